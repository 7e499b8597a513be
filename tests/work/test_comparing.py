"""What became of a suggestion is read from the two answers alone."""

from guiju.kinds import Answer, Box, Boxes, Choice, Each, Rating
from guiju.work.prefill import Comparison, Count, Outcome, compare


def boxes(*drawn: tuple[str, str, float]) -> dict[str, Answer]:
    """Boxes by id, label and left edge."""
    return {"defects": Boxes(tuple(Box(name, label, x, 0, 10, 10) for name, label, x in drawn))}


def chosen(*labels: str) -> dict[str, Answer]:
    return {"mood": Choice(labels)}


def became(before: dict[str, Answer], after: dict[str, Answer], **more: float) -> Comparison:
    return compare(before, after, {"defects": {"i2": 0.3}}, more.get("hidden_below", 0.0))


def test_an_answer_equal_to_the_suggestion_accepts_it() -> None:
    made = became(boxes(("i1", "crack", 1), ("i2", "scale", 2)), boxes(("i1", "crack", 1), ("i2", "scale", 2)))
    assert (made.outcome, made.total) == (Outcome.ACCEPTED, Count(kept=2))


def test_a_shape_drawn_anew_in_the_same_place_counts_as_kept() -> None:
    assert became(boxes(("i1", "crack", 1)), boxes(("b7", "crack", 1))).outcome is Outcome.ACCEPTED


def test_what_was_moved_taken_away_and_added_is_counted_by_label() -> None:
    before = boxes(("i1", "crack", 1), ("i2", "scale", 2), ("i3", "crack", 3))
    after = boxes(("i1", "crack", 1), ("i2", "scale", 9), ("b4", "pitting", 4))
    made = became(before, after)
    assert (made.outcome, made.total) == (Outcome.CORRECTED, Count(kept=1, changed=1, removed=1, added=1))
    assert made.labels == {
        "crack": Count(kept=1, removed=1),
        "scale": Count(changed=1),
        "pitting": Count(added=1),
    }


def test_a_label_changed_is_counted_under_the_label_that_was_suggested() -> None:
    made = became(boxes(("i1", "crack", 1)), boxes(("i1", "scale", 1)))
    assert made.labels == {"crack": Count(changed=1)}


def test_nothing_left_of_a_suggestion_rejects_it() -> None:
    assert became(boxes(("i1", "crack", 1)), boxes()).outcome is Outcome.REJECTED
    assert became(boxes(), boxes(("b1", "crack", 1))).outcome is Outcome.REJECTED
    assert became(boxes(), boxes()).outcome is Outcome.ACCEPTED


def test_one_shape_suggested_twice_is_kept_as_often_as_it_is_there() -> None:
    made = became(boxes(("i1", "crack", 1), ("i2", "crack", 1)), boxes(("i1", "crack", 1)))
    assert made.total == Count(kept=1, removed=1)


def test_a_shape_under_the_annotators_threshold_is_hidden_not_removed() -> None:
    before, after = boxes(("i1", "crack", 1), ("i2", "scale", 2)), boxes(("i1", "crack", 1))
    made = became(before, after, hidden_below=0.5)
    assert (made.outcome, made.hidden, made.total) == (Outcome.ACCEPTED, 1, Count(kept=1))
    assert became(before, after, hidden_below=0.2).outcome is Outcome.CORRECTED


def test_a_shape_without_a_score_is_never_under_a_threshold() -> None:
    assert became(boxes(("i1", "crack", 1)), boxes(), hidden_below=1.0).outcome is Outcome.REJECTED


def test_another_label_corrects_a_choice_and_none_rejects_it() -> None:
    assert became(chosen("refund"), chosen("refund")).outcome is Outcome.ACCEPTED
    made = became(chosen("refund"), chosen("invoice"))
    assert (made.outcome, made.labels) == (Outcome.CORRECTED, {"refund": Count(changed=1)})
    assert became(chosen("refund"), chosen()).outcome is Outcome.REJECTED
    several = became(chosen("a", "b"), chosen("a", "c"))
    assert several.total == Count(kept=1, removed=1, added=1)
    assert became(chosen("a"), chosen("a", "b")).total == Count(kept=1, added=1)


def test_a_rating_of_nought_is_an_answer() -> None:
    assert became({"sure": Rating(0.0)}, {"sure": Rating(0.0)}).total == Count(kept=1)
    assert became({"sure": Rating(0.0)}, {"sure": Rating(2.0)}).total == Count(changed=1)


def test_a_field_that_the_suggestion_left_open_does_not_count() -> None:
    made = became(boxes(("i1", "crack", 1)), {**boxes(("i1", "crack", 1)), **chosen("refund")})
    assert (made.outcome, made.total) == (Outcome.ACCEPTED, Count(kept=1))


def about(of: str, **said: Choice) -> dict[str, Answer]:
    return {"intent": Each(of, {part.removeprefix("t"): one for part, one in said.items()})}


def test_what_is_said_of_each_turn_is_kept_changed_removed_or_added_by_itself() -> None:
    ask, refund, thanks = Choice(("ask",)), Choice(("refund",)), Choice(("thanks",))
    before = about("turn", t1=ask, t3=refund, t5=ask)
    assert compare(before, before, {}, 0.0).outcome is Outcome.ACCEPTED
    found = compare(before, about("turn", t1=ask, t3=thanks, t7=ask), {}, 0.0)
    assert found.total == Count(kept=1, changed=1, removed=1, added=1)
    assert found.outcome is Outcome.CORRECTED
    assert found.labels == {"ask": Count(kept=1, removed=1, added=1), "refund": Count(changed=1)}


def test_the_same_answer_to_another_turn_is_another_answer() -> None:
    ask = Choice(("ask",))
    found = compare(about("turn", t1=ask), about("turn", t2=ask), {}, 0.0)
    assert (found.outcome, found.total) == (Outcome.REJECTED, Count(removed=1, added=1))


def test_what_was_said_of_a_thing_out_of_sight_was_out_of_sight_too() -> None:
    yes = Choice(("yes",))
    scores = {"defects": {"b1": 0.3, "b2": 0.9}, "intent": {"b2": 0.8}}
    nothing = about("defects")
    found = compare(about("defects", b1=yes, b2=yes), nothing, scores, 0.5)
    assert (found.total.removed, found.hidden) == (1, 1)
    assert compare(about("defects", b1=yes, b2=yes), nothing, scores, 0.85).hidden == 2
