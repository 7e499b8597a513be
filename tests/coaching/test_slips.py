"""What inspectors found comes back as something to practise, with what it was before and after."""

from litestar import Litestar
from litestar.testing import TestClient

from guiju.coaching import Said, Wanted, ask_next, practise
from guiju.coaching.slips import read_slips
from guiju.coaching.slips.model import Judged
from guiju.coaching.slips.rules import find_slips
from guiju.coaching.slips.store import standing_corrections
from guiju.inspection import Finding, LotState, Outcome, Weight, decide_lot, draw_lot, get_lot, judge
from guiju.inspection.disputes import DisputeRuling, raise_dispute, rule_dispute
from guiju.inspection.model import DefectType
from guiju.kinds import encode_answers
from guiju.kit import new_id
from guiju.storage import Actor, pump
from guiju.web.subscribers import SUBSCRIBERS
from tests.inspection.build import PASS, Made, choice, judge_all, make_texts
from tests.support.cast import Cast


def test_defects_before_and_after_practice_are_told_apart() -> None:
    judged = [Judged(at, "C1" if at in {1, 2} else None, at == 1) for at in range(1, 9)]
    [one] = find_slips(judged, {"C1": 1}, {"C1": 5})
    assert (one.own, one.corrected) == (2, 1)
    assert one.after is not None
    assert [(rate.x, rate.n) for rate in (one.before, one.after)] == [(2, 4), (0, 4)]
    [never] = find_slips(judged, {"C1": 1}, {})
    assert (never.before.n, never.after) == (8, None)


def test_what_several_of_a_round_got_wrong_is_shown_to_who_did_not() -> None:
    shown = find_slips([Judged(1, None, False)], {"C1": 1, "C2": 2}, {})
    assert [(one.clause, one.own, one.people) for one in shown] == [("C2", 0, 2)]


def test_the_practice_page_shows_a_persons_own_slips_and_nobody_elses(cast: Cast, client: TestClient[Litestar]) -> None:
    made = make_texts(cast, 20)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="10")
    judge_all(cast, made.project, lot, defects=2)
    [one] = read_slips(cast.house, cast.alice, made.project)
    assert (one.clause, one.own, one.before.n) == ("C1", 2, 5)
    assert read_slips(cast.house, cast.hu, made.project) == []
    cast.sign_in(client, "alice")
    assert "/my-findings" in client.get(f"/projects/{made.project}/practice").text


def asked(cast: Cast, who: Actor, made: Made) -> list[int]:
    """The items that practice asks this person, in its order."""
    _, known = ask_next(cast.house, who, made.project, Wanted(want=10))
    return [one.reference.item_id for one in known if one.reference.item_id is not None]


def test_a_corrected_item_is_practised_by_who_got_it_wrong_until_the_defect_is_withdrawn(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="10")
    sample = [place.item_id for place in get_lot(cast.house, cast.zhou, made.project, lot).sample]
    right = {item: choice("ba"[made.items.index(item) % 2]) for item in sample}
    for item in sample:
        said = encode_answers(right[item]).decode()
        bad = Finding(Outcome.DEFECT, DefectType.WRONG_LABEL, Weight.MAJOR, "C1", "看第二句", said)
        judge(cast.house, cast.hu, made.project, lot, item, new_id(), bad if item in sample[:2] else PASS)
    assert decide_lot(cast.house, cast.zhou, made.project, lot, new_id()) is LotState.REJECTED
    pump(cast.house.database, SUBSCRIBERS)
    assert set(asked(cast, cast.alice, made)[:2]) == set(sample[:2])
    assert not set(asked(cast, cast.bob, made)) & set(sample)
    _, [one] = ask_next(cast.house, cast.alice, made.project, Wanted(want=1))
    answers = right[one.reference.item_id or 0]
    done = practise(cast.house, cast.alice, made.project, Said(new_id(), one.reference.id, answers))
    assert (done.marked.score, done.note["zh"]) == (1.0, "看第二句")
    left = next(item for item in sample[:2] if item != one.reference.item_id)
    told = {"request_id": new_id(), "reason": "第一句已经说了退款。"}
    dispute = raise_dispute(cast.house, cast.alice, made.project, lot, left, **told)
    assert left not in asked(cast, cast.alice, made)
    ruling = DisputeRuling(withdraw=True, text="对，不是缺陷。", clause="C1")
    rule_dispute(cast.house, cast.xing, made.project, dispute, ruling, request_id=new_id())
    pump(cast.house.database, SUBSCRIBERS)
    with cast.house.reading() as connection:
        assert standing_corrections(connection, [f"{cast.alice.id}-1", f"{cast.alice.id}-2"]) == {
            one.reference.origin_id
        }
