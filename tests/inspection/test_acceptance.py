"""The customer's acceptance: who signs, what is signed, what becomes of it, and what is refused."""

import hashlib
import threading
from datetime import date, timedelta
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.annotations import RoundKind, list_rounds
from guiju.inspection import LotNotFound, LotState, NotInSample, NotOwnWork, decide_lot, draw_lot, get_lot, resubmit_lot
from guiju.inspection.acceptance import (
    AcceptanceState,
    Decision,
    Promise,
    Said,
    Sizing,
    get_acceptance,
    judge_place,
    list_acceptances,
    look_at_offer,
    meet_condition,
    open_acceptance,
    prove_acceptance,
    read_content,
    sign_acceptance,
    signed_acceptances,
)
from guiju.inspection.acceptance.errors import (
    AcceptanceChanged,
    AcceptanceDisputesOpen,
    AcceptanceLotNotAccepted,
    AcceptanceLotSigned,
    AcceptanceNotFound,
    AcceptanceOpen,
    AcceptancePageStale,
    AcceptanceSampleNotJudged,
    AcceptanceSigned,
    ConditionIncomplete,
    ConditionMet,
    ConditionNotFound,
    ConditionsMissing,
    EvidenceMissing,
    ItemNotOffered,
    NothingToAccept,
    ReturnReasonMissing,
    SampleTooLarge,
    SampleUnclear,
    SignerNameMissing,
)
from guiju.inspection.acceptance.rules import compare, counted, risks_of_sample, size_of_sample
from guiju.inspection.disputes import raise_dispute
from guiju.kit import Refusal, new_id
from guiju.people import NotAllowed, Role
from guiju.projects import ProjectNotFound, set_member
from guiju.stats.draw import draw_sample
from guiju.storage import Actor, recent_events
from guiju.work import lease_tasks, submit_annotation
from guiju.work.actions import Answered
from tests.inspection.build import DEFECT, PASS, Made, accept_a_lot, choice, judge_all, make_texts, rework
from tests.support.cast import Cast

SOON = date.today() + timedelta(days=7)  # noqa: DTZ011 - a day to come


def offered(cast: Cast, count: int = 6) -> tuple[Made, int]:
    """A project whose one lot our inspection accepted."""
    made = make_texts(cast, count)
    return made, accept_a_lot(cast, made)


def opened(cast: Cast, made: Made, n: int = 3) -> int:
    return open_acceptance(cast.house, cast.lin, made.project, request_id=new_id(), sizing=Sizing(n=n))


def look(cast: Cast, made: Made, one: int, defects: int = 0) -> list[int]:
    """lin judges the whole sample, the first `defects` places as defective; returns its items."""
    sample = get_acceptance(cast.house, cast.lin, made.project, one).sample
    for place in sample:
        said = DEFECT if place.place <= defects else PASS
        judge_place(cast.house, cast.lin, made.project, one, place.item_id, new_id(), said)
    return [place.item_id for place in sample]


def sign(cast: Cast, made: Made, one: int, decision: Decision, by: Actor | None = None, **more: Any) -> Decision:
    """Sign what the page shows now."""
    mark = more.pop("mark", None) or get_acceptance(cast.house, cast.lin, made.project, one).mark
    wanted: dict[str, Any] = {"name": "林一", "mark": mark, **more}
    said = Said(decision, **wanted)
    return sign_acceptance(cast.house, by or cast.lin, made.project, one, said, request_id=new_id())


def test_the_requester_draws_judges_and_signs_and_the_signature_can_be_proven(cast: Cast) -> None:
    made, lot = offered(cast)
    offer = look_at_offer(cast.house, cast.lin, made.project)
    assert ([row.lot.id for row in offer.rows], offer.items) == ([lot], 6)
    one = opened(cast, made)
    look(cast, made, one, defects=1)
    assert sign(cast, made, one, Decision.ACCEPT) is Decision.ACCEPT
    report = get_acceptance(cast.house, cast.lin, made.project, one)
    statement = report.acceptance.statement
    assert statement is not None
    assert (statement.name, statement.signer, statement.items) == ("林一", "lin@guiju.test", 6)
    assert (statement.theirs.judged, statement.theirs.defective, statement.ours.defective) == (3, 1, 0)
    assert [(row.ours, row.theirs) for row in report.causes] == [(0, 1)]
    proof = prove_acceptance(cast.house, cast.zhou, made.project, one)
    assert proof is not None
    assert proof.holds
    lines = read_content(cast.house, cast.zhou, made.project, one)
    assert hashlib.sha256(lines).hexdigest() == statement.content == report.acceptance.content
    assert len(lines.splitlines()) == 6
    with cast.house.reading() as connection:
        event = recent_events(connection, made.project, 1)[0]
        assert [row.acceptance.id for row in signed_acceptances(connection, made.project)] == [one]
    assert (event.action, event.subject_id, event.digest) == ("acceptance.signed", one, report.acceptance.digest)
    assert look_at_offer(cast.house, cast.lin, made.project).rows == ()


def test_the_customers_sample_can_be_drawn_again_from_its_seed(cast: Cast) -> None:
    made, _ = offered(cast)
    report = get_acceptance(cast.house, cast.hu, made.project, opened(cast, made, 5))
    again = draw_sample(map(str, made.items), 5, report.acceptance.seed)
    assert [str(place.item_id) for place in report.sample] == list(again)


def test_nobody_but_the_requester_draws_judges_or_signs(cast: Cast) -> None:
    made, _ = offered(cast)
    one = opened(cast, made)
    items = look(cast, made, one)
    root = Actor(cast.zhou.id, "", "", trusted=True)
    for who in (cast.zhou, cast.hu, cast.xing, cast.qian, root):
        with pytest.raises(NotAllowed):
            sign(cast, made, one, Decision.ACCEPT, by=who)
        with pytest.raises(NotAllowed):
            judge_place(cast.house, who, made.project, one, items[0], new_id(), PASS)
    with pytest.raises(ProjectNotFound):
        sign(cast, made, one, Decision.ACCEPT, by=cast.mallory)
    assert get_acceptance(cast.house, cast.zhou, made.project, one).acceptance.statement is None


def test_of_two_who_sign_at_once_exactly_one_signs(cast: Cast) -> None:
    made, _ = offered(cast)
    set_member(cast.house, cast.zhou, made.project, cast.gao.id, Role.REQUESTER)
    one = opened(cast, made, 0)
    ends, gate = list[object](), threading.Barrier(2)

    def go(who: Actor, decision: Decision) -> None:
        gate.wait()
        try:
            ends.append(sign(cast, made, one, decision, by=who, reason="重做"))
        except Refusal as refusal:
            ends.append(refusal.code)

    ways = ((cast.lin, Decision.ACCEPT), (cast.gao, Decision.RETURN))
    both = [threading.Thread(target=go, args=way) for way in ways]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len([end for end in ends if isinstance(end, Decision)]) == 1
    assert [end for end in ends if not isinstance(end, Decision)] == ["acceptance-signed"]
    with cast.house.reading() as connection:
        events = [row.action for row in recent_events(connection, made.project, 20)]
    assert events.count("acceptance.signed") == 1


def test_what_is_sent_back_is_rework_comes_again_and_is_offered_anew(cast: Cast) -> None:
    made, lot = offered(cast)
    one = opened(cast, made)
    items = look(cast, made, one, defects=1)
    sign(cast, made, one, Decision.RETURN, reason="第二句看错", items=(items[0],))
    report = get_lot(cast.house, cast.hu, made.project, lot)
    assert (report.lot.state, report.in_rework) == (LotState.REJECTED, 1)
    assert report.lot.reason is not None
    with cast.house.reading() as connection:
        [back] = [each for each in list_rounds(connection, made.project) if each.kind is RoundKind.REWORK]
    assert report.lot.rework_round == back.id
    assert look_at_offer(cast.house, cast.lin, made.project).rows == ()
    answered(cast, made, back.id)
    again = resubmit_lot(cast.house, cast.zhou, made.project, lot, new_id())
    judge_all(cast, made.project, again)
    decide_lot(cast.house, cast.hu, made.project, again, new_id())
    assert [row.lot.id for row in look_at_offer(cast.house, cast.lin, made.project).rows] == [again]
    sign(cast, made, opened(cast, made, 0), Decision.ACCEPT)


def answered(cast: Cast, made: Made, round_id: int) -> None:
    """alice does what waits in a round, through the queue."""
    for task in cast.house.write(lease_tasks(cast.house, lambda _: cast.alice, round_id, 20)):
        said = Answered(new_id(), task.slot, task.lease, 0, choice("b"))
        cast.house.write(submit_annotation(lambda _: cast.alice, round_id, said))


def test_whole_lots_go_back_with_the_reason_to_those_who_made_them(cast: Cast) -> None:
    made, lot = offered(cast)
    sign(cast, made, opened(cast, made, 0), Decision.RETURN, reason="全部重看")
    assert get_lot(cast.house, cast.hu, made.project, lot).in_rework == 6


def test_conditions_stay_open_until_somebody_says_with_what_they_are_met(cast: Cast) -> None:
    made, _ = offered(cast)
    one = opened(cast, made, 0)
    sign(cast, made, one, Decision.CONDITIONS, conditions=(Promise("补一份说明", SOON),))
    [condition] = get_acceptance(cast.house, cast.lin, made.project, one).conditions
    assert (condition.text, condition.due, condition.is_open) == ("补一份说明", SOON, True)

    def close(number: int, said: str) -> None:
        meet_condition(cast.house, cast.zhou, made.project, one, number, evidence=said, request_id=new_id())

    with pytest.raises(EvidenceMissing):
        close(1, "  ")
    with pytest.raises(ConditionNotFound):
        close(2, "交付 2 附说明")
    close(1, "交付 2 附说明")
    with pytest.raises(ConditionMet):
        close(1, "再来一次")
    [condition] = get_acceptance(cast.house, cast.lin, made.project, one).conditions
    assert (condition.evidence, condition.met_by) == ("交付 2 附说明", cast.zhou.id)
    with pytest.raises(NotAllowed):
        meet_condition(cast.house, cast.hu, made.project, one, 1, evidence="x", request_id=new_id())


def test_while_a_finding_is_disputed_nothing_is_drawn_or_signed(cast: Cast) -> None:
    made = make_texts(cast, 6)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="40")
    judge_all(cast, made.project, lot, 1)
    decide_lot(cast.house, cast.hu, made.project, lot, new_id())
    one = opened(cast, made, 0)
    item = get_lot(cast.house, cast.hu, made.project, lot).sample[0].item_id
    raise_dispute(cast.house, cast.alice, made.project, lot, item, request_id=new_id(), reason="问的是运费")
    with pytest.raises(AcceptanceDisputesOpen) as refused:
        sign(cast, made, one, Decision.ACCEPT)
    assert refused.value.code == "acceptance-disputes-open"
    sign(cast, made, one, Decision.DROP)
    with pytest.raises(AcceptanceDisputesOpen):
        opened(cast, made, 0)


def test_a_lot_that_changed_since_the_acceptance_was_opened_is_not_signed(cast: Cast) -> None:
    made, _ = offered(cast)
    one = opened(cast, made, 0)
    rework(cast, made, made.items[:1])
    with pytest.raises(AcceptanceChanged):
        sign(cast, made, one, Decision.ACCEPT)
    sign(cast, made, one, Decision.DROP)
    issues = [str(each) for each in look_at_offer(cast.house, cast.lin, made.project).issues]
    assert issues == ["1 items of lot 1 were answered anew since it was accepted; they come again in another lot."]


def test_what_was_judged_after_the_page_was_opened_is_read_before_it_is_signed(cast: Cast) -> None:
    made, _ = offered(cast)
    one = opened(cast, made)
    before = get_acceptance(cast.house, cast.lin, made.project, one).mark
    look(cast, made, one)
    with pytest.raises(AcceptancePageStale):
        sign(cast, made, one, Decision.ACCEPT, mark=before)


def test_only_lots_that_our_own_inspection_accepted_are_offered_and_each_is_signed_once(cast: Cast) -> None:
    made = make_texts(cast, 6)
    with pytest.raises(NothingToAccept):
        opened(cast, made, 0)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="1.0")

    def ask(number: int) -> int:
        of = (number,)
        return open_acceptance(cast.house, cast.lin, made.project, request_id=new_id(), sizing=Sizing(n=0), lots=of)

    with pytest.raises(AcceptanceLotNotAccepted):
        ask(lot)
    judge_all(cast, made.project, lot)
    decide_lot(cast.house, cast.hu, made.project, lot, new_id())
    one = ask(lot)
    with pytest.raises(AcceptanceOpen):
        ask(lot)
    sign(cast, made, one, Decision.ACCEPT)
    with pytest.raises(AcceptanceLotSigned):
        ask(lot)
    with pytest.raises(LotNotFound):
        ask(lot + 99)


def test_nobody_gives_a_verdict_on_their_own_work_nor_outside_the_sample(cast: Cast) -> None:
    made = make_texts(cast, 6)
    accept_a_lot(cast, made)
    one = opened(cast, made)
    set_member(cast.house, cast.zhou, made.project, cast.alice.id, Role.ANNOTATOR | Role.REQUESTER)
    items = [place.item_id for place in get_acceptance(cast.house, cast.lin, made.project, one).sample]
    with pytest.raises(NotOwnWork):
        judge_place(cast.house, cast.alice, made.project, one, items[0], new_id(), PASS)
    outside = next(item for item in made.items if item not in items)
    with pytest.raises(NotInSample):
        judge_place(cast.house, cast.lin, made.project, one, outside, new_id(), PASS)


INCOMPLETE: list[tuple[dict[str, Any], Decision, type[Refusal]]] = [
    ({"name": "  "}, Decision.ACCEPT, SignerNameMissing),
    ({}, Decision.CONDITIONS, ConditionsMissing),
    ({"conditions": (Promise("说明", SOON),)}, Decision.ACCEPT, ConditionsMissing),
    ({"conditions": (Promise("说明", date(2020, 1, 1)),)}, Decision.CONDITIONS, ConditionIncomplete),
    ({"conditions": (Promise("", SOON),)}, Decision.CONDITIONS, ConditionIncomplete),
    ({"reason": " "}, Decision.RETURN, ReturnReasonMissing),
    ({"reason": "重做", "items": (10**9,)}, Decision.RETURN, ItemNotOffered),
    ({}, Decision.ACCEPT, AcceptanceSampleNotJudged),
]


def test_an_incomplete_signature_is_refused_by_name_and_signs_nothing(cast: Cast) -> None:
    made, _ = offered(cast)
    one = opened(cast, made)
    for said, decision, error in INCOMPLETE:
        with pytest.raises(error):
            sign(cast, made, one, decision, **said)
    assert [each.state for each in list_acceptances(cast.house, cast.lin, made.project)] == [AcceptanceState.JUDGING]
    sign(cast, made, one, Decision.RETURN, reason="重做")
    with pytest.raises(AcceptanceSigned):
        judge_place(cast.house, cast.lin, made.project, one, made.items[0], new_id(), PASS)
    with pytest.raises(AcceptanceNotFound):
        sign_acceptance(cast.house, cast.lin, made.project, one + 9, Said(Decision.DROP), request_id=new_id())


WRONG_SIZES: list[tuple[Sizing, type[Refusal]]] = [
    (Sizing(n=21), SampleTooLarge),
    (Sizing(n=-1), SampleUnclear),
    (Sizing(), SampleUnclear),
    (Sizing(n=3, share=0.02), SampleUnclear),
    (Sizing(share=0.9), SampleUnclear),
]


@pytest.mark.parametrize(("sizing", "error"), WRONG_SIZES)
def test_a_sample_of_no_clear_size_is_refused(sizing: Sizing, error: type[Refusal]) -> None:
    with pytest.raises(error):
        size_of_sample(sizing, 20)


def test_a_samples_size_follows_from_what_it_is_to_show_and_its_risk_is_said() -> None:
    assert size_of_sample(Sizing(share=0.05), 200) == 47
    assert str(risks_of_sample(47, 200)[0]).startswith("47 of 200 items are looked at. If none of them is defective")
    assert "own inspection alone" in str(risks_of_sample(0, 200)[0])
    assert "nothing is left to chance" in str(risks_of_sample(200, 200)[0])


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [((2, 100), (3, 100), "may be chance"), ((2, 200), (20, 100), "more than chance"), ((60, 200), (1, 100), "fewer")],
)
def test_the_difference_of_both_inspections_is_said_in_words(
    ours: tuple[int, int], theirs: tuple[int, int], said: str
) -> None:
    assert said in str(compare(counted(ours[1], ours[0]), counted(theirs[1], theirs[0])))


def test_the_requester_accepts_through_the_pages_and_a_program_checks_it(
    cast: Cast, client: TestClient[Litestar]
) -> None:
    made, _ = offered(cast)
    home = f"/projects/{made.project}/acceptances"
    headers = cast.sign_in(client, "lin")

    def form(**said: object) -> dict[str, Any]:
        return {"csrf": headers["X-CSRF-Token"], "request_id": new_id(), **said}

    shown = client.get(f"{home}?n=4&lang=en").text
    assert "Look at 4 of 6 items" in shown
    drawn = client.post(home, data=form(n="4"), follow_redirects=False).headers["location"]
    assert client.get(f"{drawn}/inspect").status_code == 200
    api = f"/api/v1{drawn}"
    laid = client.get(f"{api}/bench?rulebook={made.rulebook}&want=9").json()["tasks"]
    assert len(laid) == 4
    for task in laid:
        said = {"id": new_id(), "item": task["item"]["id"], "outcome": "pass", "revision": 0}
        assert client.post(f"{api}/verdicts", json=said, headers=headers).status_code == 201
    mark = client.get(api).json()["mark"]
    signed = form(decision="conditional", name="Lin Yi", mark=mark, condition1="Write it down", due1=SOON.isoformat())
    assert client.post(f"{drawn}/sign", data=signed).status_code == 200
    cast.sign_in(client, "gao")
    proof = client.get(f"{api}/proof").json()
    assert (proof["holds"], proof["statement"]["name"]) == (True, "Lin Yi")
    assert hashlib.sha256(client.get(f"{api}/content").content).hexdigest() == proof["statement"]["content"]
    headers = cast.sign_in(client, "zhou")
    assert client.post(f"{drawn}/conditions/1", data=form(evidence="README")).status_code == 200
    assert "README" in client.get(drawn).text
    cast.sign_in(client, "mallory")
    for path in (home, drawn, f"{drawn}/inspect", api, f"{api}/proof", f"{api}/content", f"{api}/bench"):
        assert client.get(path).status_code == 404, path
