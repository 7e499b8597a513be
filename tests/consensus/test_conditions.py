"""What fields come to one by one, and what conditions then make of it."""

from guiju.consensus.methods.majority import majority
from guiju.consensus.model import Plan, Said
from guiju.consensus.rules import plan_resolutions, settle_conditions
from guiju.data import Item, Media
from guiju.kinds import Answer, Choice, Each, Rating, decode_answers, encode_answers
from tests.kinds.answers import box, drawn
from tests.rulebooks.test_conditions import compiled

ITEM = Item(1, 1, 1, "aa", Media.IMAGE, "a.png", None, "image/png", 9, 64, 64, None)


def said(label: str, occluded: str, *, depth: float | None = None, grade: str = "defect") -> dict[str, Answer]:
    cells = drawn(box(1, 1, label=label, name="b1"))
    answers: dict[str, Answer] = {"grade": Choice((grade,)), "defects": cells}
    answers["occluded"] = Each("defects", {"b1": Choice((occluded,))})
    return answers if depth is None else {**answers, "depth": Each("defects", {"b1": Rating(depth)})}


def settled(*annotations: dict[str, Answer]) -> Plan:
    said = {1: [Said(who, encode_answers(one).decode()) for who, one in enumerate(annotations)]}
    plan = plan_resolutions("majority", majority, (), said)
    assert plan.ties == ()
    return settle_conditions(plan, compiled("steel"), {1: ITEM})


def test_what_the_merged_answers_do_not_ask_for_is_put_away() -> None:
    plan = settled(said("crack", "no"), said("crack", "no"), said("scratch", "no", depth=2))
    (one,) = plan.resolved
    assert sorted(decode_answers(one.answers)) == ["defects", "grade", "occluded"]
    good: dict[str, Answer] = {"grade": Choice(("good",))}
    (one,) = settled(good, good, said("scratch", "no", depth=2)).resolved
    assert decode_answers(one.answers) == good


def test_an_item_whose_merged_answers_ask_for_more_goes_to_a_person() -> None:
    hidden, seen = said("scratch", "yes"), said("crack", "no")
    plan = settled(hidden, seen, said("scratch", "no", depth=2))
    assert (plan.resolved, plan.ties) == ((), (1,))


def test_what_most_answered_alike_holds_with_its_parts() -> None:
    (one,) = settled(said("scratch", "no", depth=2), said("scratch", "no", depth=2), said("scratch", "yes")).resolved
    assert decode_answers(one.answers)["depth"] == Each("defects", {"m1": Rating(2)})
