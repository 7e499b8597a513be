import json
from collections.abc import Callable, Sequence
from functools import partial
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kinds import KINDS, Answer, Box, Boxes, Choice, Merged, kind_of
from guiju.kinds.box import distance as box_distance_of
from guiju.kinds.box.plane import iou
from tests.kinds.answers import box, boxes, choices, drawn
from tests.stats.published import shared

choice_distance = KINDS["choice"].distance
box_distance: Callable[[Boxes, Boxes], float] = KINDS["box"].distance


def merged(kind: str, answers: Sequence[Answer]) -> Merged[Any]:
    found = KINDS[kind].merge(answers)
    assert found is not None
    return found


def undecided(kind: str, answers: Sequence[Answer]) -> bool:
    return KINDS[kind].merge(answers) is None


pairs = st.one_of(st.tuples(choices, choices), st.tuples(boxes, boxes))


@settings(deadline=None)  # the first comparison loads SciPy
@given(pairs)
def test_a_distance_is_symmetric_and_between_nought_and_one(pair: tuple[Answer, Answer]) -> None:
    a, b = pair
    distance = kind_of(a).distance
    assert 0 <= distance(a, b) <= 1
    assert distance(a, b) == distance(b, a)


@given(st.one_of(choices, boxes))
def test_an_answer_is_no_way_from_itself(answer: Any) -> None:
    assert kind_of(answer).distance(answer, answer) == 0


@settings(deadline=None)
@given(boxes)
def test_ids_and_drawing_order_are_no_disagreement(answer: Boxes) -> None:
    other = Boxes(tuple(Box(f"x{n}", b.label, b.x, b.y, b.w, b.h) for n, b in enumerate(reversed(answer.shapes))))
    assert box_distance(answer, other) == pytest.approx(0, abs=1e-9)


def test_choices_are_apart_as_sets_are() -> None:
    assert choice_distance(Choice(("a",)), Choice(("b",))) == 1
    assert choice_distance(Choice(("a", "b")), Choice(("b",))) == pytest.approx(0.5)
    assert choice_distance(Choice(()), Choice(())) == 0
    assert choice_distance(Choice(()), Choice(("a",))) == 1


def test_published_overlaps() -> None:
    (known,) = [x for x in json.loads(shared("vectors/vectors.json").read_text()) if x["id"] == "iou"]
    for (one, other), expected in zip(known["data"]["pairs"], known["expected"]["iou"], strict=True):
        found = iou(_corners(one), _corners(other))
        assert found == pytest.approx(expected, abs=5e-6)


def _corners(corners: list[float]) -> Box:
    left, top, right, bottom = corners
    return box(left, top, right - left, bottom - top)


def test_boxes_are_apart_by_what_their_matches_do_not_share() -> None:
    whole = drawn(box(0, 0), box(100, 0))
    assert box_distance(whole, drawn(box(0, 0))) == pytest.approx(1 - 2 / 3)
    assert box_distance(whole, drawn(box(0, 0), box(100, 0, label="WBC"))) == pytest.approx(0.5)
    assert box_distance(drawn(box(0, 0)), drawn(box(0, 0, 10, 8))) == pytest.approx(0.2)
    assert box_distance(drawn(box(0, 0)), drawn(box(0, 0, 10, 4.9))) == 1
    assert box_distance(drawn(), drawn(box(0, 0))) == 1
    assert box_distance(drawn(), drawn()) == 0


def test_the_best_matching_is_found_where_greed_would_fail() -> None:
    # The middle box overlaps best with the first of the others; taking it leaves the second without a partner.
    mine = drawn(box(0, 0, 100, 10), box(20, 0, 100, 10, name="b2"))
    theirs = drawn(box(15, 0, 100, 10), box(50, 0, 100, 10, name="b2"))
    best = max(
        sum(counted(iou(a, b)) for a, b in zip(mine.shapes, order, strict=True))
        for order in permutations(theirs.shapes)
    )
    assert box_distance(mine, theirs) == pytest.approx(1 - 2 * best / 4)


def counted(value: float) -> float:
    return value if value >= 0.5 else 0.0


@given(boxes, boxes)
def test_one_box_each_is_matched_by_the_same_rule_as_many(a: Boxes, b: Boxes) -> None:
    for one in a.shapes:
        for other in b.shapes:
            if one.label == other.label:
                value = iou(one, other)
                expected = 1 - value if value >= 0.5 else 1
                assert box_distance(drawn(one), drawn(other)) == pytest.approx(expected, abs=1e-12)


def test_the_majority_of_choices_and_its_ties() -> None:
    merge = partial(merged, "choice")
    a, b, none = Choice(("a",)), Choice(("b",)), Choice(())
    assert merge([a, a, b]).answer == a
    assert merge([a, a, b]).confidence == pytest.approx(2 / 3)
    assert merge([none, none, b]).answer == none
    assert undecided("choice", [a, b])
    assert undecided("choice", [])


def test_several_labels_are_decided_one_by_one() -> None:
    merge = partial(merged, "choice")
    found = merge([Choice(("a", "b")), Choice(("a",)), Choice(("a", "c"))])
    assert (found.answer, found.confidence) == (Choice(("a",)), pytest.approx(2 / 3))
    assert undecided("choice", [Choice(("a", "b")), Choice(("a",))])


def test_boxes_that_most_drew_stay_at_their_median() -> None:
    merge = partial(merged, "box")
    found = merge(
        [
            drawn(box(0, 0), box(200, 200, name="only mine")),
            drawn(box(1, 0)),
            drawn(box(2, 1, label="WBC")),
        ]
    )
    assert found.answer == drawn(box(1, 0, name="m1"))
    assert found.confidence == pytest.approx(2 / 3)
    assert found.n == 3


def test_a_tied_label_goes_to_a_person_and_one_answer_stands_by_itself() -> None:
    merge = partial(merged, "box")
    assert undecided("box", [drawn(box(0, 0)), drawn(box(0, 0, label="WBC"))])
    assert merge([drawn(box(3, 4, name="b7"))]).answer == drawn(box(3, 4, name="m1"))
    assert merge([drawn(), drawn()]).confidence == 1
    assert undecided("box", [])


def test_what_half_of_two_drew_goes_and_says_how_sure_that_is() -> None:
    found = merged("box", [drawn(box(0, 0)), drawn()])
    assert (found.answer, found.confidence) == (drawn(), 0.5)


@given(st.lists(boxes, min_size=2, max_size=3))
def test_the_merge_of_copies_is_the_copy(answers: list[Boxes]) -> None:
    apart = drawn(*(box(100 * n, 0, 20, 20, b.label, f"b{n}") for n, b in enumerate(answers[0].shapes)))
    found = merged("box", [apart] * 3)
    assert box_distance_of(found.answer, apart) == pytest.approx(0, abs=1e-9)
    assert found.confidence == 1


near = st.integers(0, 2).map(lambda step: step / 100)
crowded = st.lists(
    st.builds(box, near, near, st.just(1.0), near.map(lambda step: 1 + step), st.sampled_from(("RBC", "WBC"))),
    max_size=3,
).map(lambda shapes: drawn(*shapes))


@given(st.lists(crowded, min_size=3, max_size=3))
def test_who_came_first_does_not_change_the_merge(answers: list[Boxes]) -> None:
    merge = KINDS["box"].merge
    assert len({repr(merge(list(order))) for order in permutations(answers)}) == 1
