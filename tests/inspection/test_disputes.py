"""Findings that annotators dispute: who may, who rules, and what becomes of verdicts, lots and references."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import select
from typer.testing import CliRunner

from guiju.annotations import RoundState, get_round
from guiju.cli.lot import app as lot_cli
from guiju.inspection import (
    DisputesOpen,
    LotNotRejected,
    LotState,
    NotOwnWork,
    UnknownClause,
    VerdictDisputed,
    decide_lot,
    draw_lot,
    get_lot,
    judge,
    list_decided_lots,
)
from guiju.inspection.disputes import (
    DisputedAlready,
    DisputeEmpty,
    DisputeNotFound,
    DisputeRuled,
    DisputeRuling,
    DisputeState,
    NothingToDispute,
    NotYourFinding,
    RejectionStands,
    ReworkBegun,
    RulesOnOwnVerdict,
    list_disputes,
    list_my_findings,
    raise_dispute,
    reopen_lot,
    rule_dispute,
)
from guiju.inspection.errors import LotNotFound
from guiju.kinds import encode_answers
from guiju.kit import new_id
from guiju.people import NotAllowed, Role
from guiju.projects import ProjectNotFound, set_member
from guiju.rulings import ReferenceOrigin, reference_table
from guiju.storage import Actor, recent_events
from tests.inspection.build import DEFECT, PASS, Made, choice, judge_all, make_texts, rework
from tests.support.cast import Cast

WITHDRAW = DisputeRuling(True, "第二句问的是运费，不是退款。", "C1")
CONFIRM = DisputeRuling(False, "第二句说的是退款。", "C1", gap=True)


def judged(cast: Cast, defects: int = 1, count: int = 20) -> tuple[Made, int, list[int]]:
    """A lot whose whole sample hu judged; its items in the order of the sample, the defective ones first."""
    made = make_texts(cast, count)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="4.0")
    judge_all(cast, made.project, lot, defects)
    return made, lot, [place.item_id for place in get_lot(cast.house, cast.hu, made.project, lot).sample]


def dispute(cast: Cast, made: Made, lot: int, item: int, by: Actor | None = None) -> int:
    who = by or cast.alice
    return raise_dispute(cast.house, who, made.project, lot, item, request_id=new_id(), reason=" 第二句是问运费 ")


def rule(cast: Cast, made: Made, number: int, said: DisputeRuling, by: Actor | None = None) -> DisputeState:
    return rule_dispute(cast.house, by or cast.xing, made.project, number, said, request_id=new_id())


def references(cast: Cast, item: int) -> list[str]:
    kept = reference_table.c
    with cast.house.reading() as connection:
        found = select(kept.answers).where(kept.item_id == item, kept.origin == ReferenceOrigin.RULING)
        return list(connection.execute(found).scalars())


def test_an_annotator_sees_what_was_found_on_their_own_answers_alone(cast: Cast) -> None:
    made, lot, items = judged(cast, defects=2)
    mine = list_my_findings(cast.house, cast.alice, made.project).rows
    assert [(one.item_id, one.lot_id, one.finding) for one in mine] == [
        (items[1], lot, DEFECT),
        (items[0], lot, DEFECT),
    ]
    assert list_my_findings(cast.house, cast.zhou, made.project).rows == []


def test_a_withdrawn_defect_is_a_pass_and_the_answer_is_known_to_be_right(cast: Cast) -> None:
    made, lot, items = judged(cast)
    number = dispute(cast, made, lot, items[0])
    assert rule(cast, made, number, WITHDRAW) is DisputeState.WITHDRAWN
    report = get_lot(cast.house, cast.hu, made.project, lot)
    assert (report.tally.defective, report.defects) == (0, [])
    verdict = report.sample[0].verdict
    assert verdict is not None
    assert (verdict.finding, verdict.revision) == (replace(PASS, note=WITHDRAW.text), 2)
    [mine] = list_my_findings(cast.house, cast.alice, made.project).rows
    assert references(cast, items[0]) == [mine.judged]
    assert mine.dispute is not None
    assert (mine.dispute.state, mine.dispute.ruling, mine.dispute.clause) == ("withdrawn", WITHDRAW.text, "C1")
    with cast.house.reading() as connection:
        said = [row.action for row in recent_events(connection, made.project, 5)]
    assert said[:2] == ["dispute.ruled", "dispute.raised"]


def test_a_confirmed_defect_stands_and_its_correction_is_known_to_be_right(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="4.0")
    first = get_lot(cast.house, cast.hu, made.project, lot).sample[0].item_id
    now = "a" if made.items.index(first) % 2 else "b"
    right = encode_answers(choice(now)).decode()
    judge(cast.house, cast.hu, made.project, lot, first, new_id(), replace(DEFECT, correction=right))
    number = dispute(cast, made, lot, first)
    assert rule(cast, made, number, CONFIRM) is DisputeState.CONFIRMED
    assert get_lot(cast.house, cast.hu, made.project, lot).tally.defective == 1
    assert references(cast, first) == [right]
    [row] = list_disputes(cast.house, cast.zhou, made.project).rows
    assert (row.dispute.gap, row.dispute.reason, row.finding.correction) == (True, "第二句是问运费", right)


def test_a_defect_without_a_correction_confirms_without_a_right_answer(cast: Cast) -> None:
    made, lot, items = judged(cast)
    rule(cast, made, dispute(cast, made, lot, items[0]), CONFIRM)
    assert references(cast, items[0]) == []


def test_only_who_gave_the_answer_disputes_and_only_a_defect_once(cast: Cast) -> None:
    made, lot, items = judged(cast)
    set_member(cast.house, cast.zhou, made.project, account_id=cast.bob.id, roles=Role.ANNOTATOR)
    with pytest.raises(NotYourFinding):
        dispute(cast, made, lot, items[0], cast.bob)
    with pytest.raises(NotAllowed):
        dispute(cast, made, lot, items[0], cast.lin)
    with pytest.raises(NothingToDispute):
        dispute(cast, made, lot, items[1])
    with pytest.raises(LotNotFound):
        dispute(cast, made, lot + 1, items[0])
    with pytest.raises(DisputeEmpty):
        raise_dispute(cast.house, cast.alice, made.project, lot, items[0], request_id=new_id(), reason="  ")
    number = dispute(cast, made, lot, items[0])
    with pytest.raises(DisputedAlready):
        dispute(cast, made, lot, items[0])
    rule(cast, made, number, CONFIRM)
    with pytest.raises(DisputedAlready):
        dispute(cast, made, lot, items[0])


def test_the_same_request_again_is_one_dispute_and_one_ruling(cast: Cast) -> None:
    made, lot, items = judged(cast)
    again = new_id()
    raised = [
        raise_dispute(cast.house, cast.alice, made.project, lot, items[0], request_id=again, reason="为什么")
        for _ in range(2)
    ]
    assert raised[0] == raised[1]
    once = new_id()
    for _ in range(2):
        rule_dispute(cast.house, cast.xing, made.project, raised[0], WITHDRAW, request_id=once)
    assert get_lot(cast.house, cast.hu, made.project, lot).sample[0].verdict is not None
    assert len(references(cast, items[0])) == 1


def test_neither_the_inspector_nor_the_annotator_nor_a_stranger_rules(cast: Cast) -> None:
    made, lot, items = judged(cast)
    number = dispute(cast, made, lot, items[0])
    with pytest.raises(NotAllowed):
        rule(cast, made, number, WITHDRAW, cast.alice)
    for who, refused in ((cast.hu, RulesOnOwnVerdict), (cast.alice, NotOwnWork)):
        set_member(cast.house, cast.zhou, made.project, account_id=who.id, roles=Role.EXPERT)
        with pytest.raises(refused):
            rule(cast, made, number, WITHDRAW, who)
    with pytest.raises(ProjectNotFound):
        rule(cast, made, number, WITHDRAW, cast.mallory)
    with pytest.raises(UnknownClause):
        rule(cast, made, number, replace(WITHDRAW, clause="C99"))
    with pytest.raises(DisputeNotFound):
        rule(cast, made, number + 1, WITHDRAW)
    assert rule(cast, made, number, CONFIRM) is DisputeState.CONFIRMED
    with pytest.raises(DisputeRuled):
        rule(cast, made, number, WITHDRAW)


def test_a_lot_waits_for_its_disputes(cast: Cast) -> None:
    made, lot, items = judged(cast)
    number = dispute(cast, made, lot, items[0])
    with pytest.raises(DisputesOpen):
        decide_lot(cast.house, cast.zhou, made.project, lot, new_id())
    with pytest.raises(VerdictDisputed):
        judge(cast.house, cast.hu, made.project, lot, items[0], new_id(), PASS)
    rule(cast, made, number, CONFIRM)
    decide_lot(cast.house, cast.zhou, made.project, lot, new_id())


def rejected(cast: Cast) -> tuple[Made, int, list[int]]:
    made, lot, items = judged(cast, defects=2)
    assert decide_lot(cast.house, cast.zhou, made.project, lot, new_id()) is LotState.REJECTED
    return made, lot, items


def test_a_rejection_that_withdrawn_defects_no_longer_carry_is_taken_back(cast: Cast) -> None:
    made, lot, items = rejected(cast)
    with pytest.raises(RejectionStands):
        reopen_lot(cast.house, cast.zhou, made.project, lot, request_id=new_id())
    for item in items[:2]:
        rule(cast, made, dispute(cast, made, lot, item), WITHDRAW)
    with cast.house.reading() as connection:
        [told] = list_decided_lots(connection, made.project, 1_000_000_000)
    assert told.tally.defective == 2, "what it was decided on"
    back = get_lot(cast.house, cast.hu, made.project, lot).lot.rework_round
    reopen_lot(cast.house, cast.zhou, made.project, lot, request_id=new_id())
    with cast.house.reading() as connection:
        assert get_round(connection, back or 0).state is RoundState.CLOSED
    assert decide_lot(cast.house, cast.zhou, made.project, lot, new_id()) is LotState.ACCEPTED
    with pytest.raises(LotNotRejected):
        reopen_lot(cast.house, cast.zhou, made.project, lot, request_id=new_id())
    with cast.house.reading() as connection:
        [told] = list_decided_lots(connection, made.project, 1_000_000_000)
    assert told.tally.defective == 0


def test_a_lot_whose_items_were_sent_again_comes_again_instead(cast: Cast) -> None:
    made, lot, items = rejected(cast)
    for item in items[:2]:
        rule(cast, made, dispute(cast, made, lot, item), WITHDRAW)
    rework(cast, made, items[:1])
    with pytest.raises(ReworkBegun):
        reopen_lot(cast.house, cast.zhou, made.project, lot, request_id=new_id())


def test_pages_and_routes_carry_a_dispute_to_its_end(cast: Cast, client: TestClient[Litestar]) -> None:
    made, lot, items = rejected(cast)
    home, api = f"/projects/{made.project}", f"/api/v1/projects/{made.project}"
    headers = cast.sign_in(client, "alice")
    form = {"csrf": headers["X-CSRF-Token"]}
    assert "看第二句" in client.get(f"{home}/my-findings").text
    told = {**form, "request_id": new_id(), "item": str(items[0]), "reason": "<b>问运费</b>"}
    assert client.post(f"{home}/lots/{lot}/disputes", data=told).status_code == 200
    raised = client.post(
        f"{api}/lots/{lot}/disputes", json={"id": new_id(), "item": items[1], "reason": "同上"}, headers=headers
    )
    assert raised.status_code == 201, raised.text
    assert client.get(f"{api}/my-findings").json()["findings"][1]["dispute"]["state"] == "open"
    assert client.get(f"{home}/disputes").status_code == 403
    headers = cast.sign_in(client, "xing")
    page = client.get(f"{home}/disputes").text
    assert "&lt;b&gt;问运费&lt;/b&gt;" in page
    assert client.get(f"{home}/lots/{lot}").text.count("/disputes") >= 3
    first, second = (one["dispute"]["id"] for one in client.get(f"{api}/disputes?show=open").json()["disputes"])
    told = {"csrf": headers["X-CSRF-Token"], "request_id": new_id(), "outcome": "withdrawn", "text": "问的是运费。"}
    assert client.post(f"{home}/disputes/{first}", data=told).status_code == 200
    said = {"id": new_id(), "withdraw": True, "text": "也是。"}
    assert client.post(f"{api}/disputes/{second}/ruling", json=said, headers=headers).json() == {"state": "withdrawn"}
    assert "问的是运费。" in client.get(f"{home}/disputes?show=settled").text
    headers = cast.sign_in(client, "zhou")
    assert f"/lots/{lot}/reopen" in client.get(f"{home}/lots/{lot}").text
    answer = client.post(f"{api}/lots/{lot}/reopen", json={"id": new_id()}, headers=headers)
    assert answer.json() == {"lot": lot}
    assert get_lot(cast.house, cast.zhou, made.project, lot).lot.state == "inspecting"


def test_commands_dispute_rule_and_reopen(cast: Cast) -> None:
    made, lot, items = rejected(cast)
    runner = CliRunner()

    def run(*words: object, as_: str) -> Any:
        house = ["--home", str(cast.house.home), "--database", cast.house.database.url]
        given = [*map(str, words), *house, "--as", f"{as_}@guiju.test", "--json"]
        answer = runner.invoke(lot_cli, given, catch_exceptions=False)
        assert answer.exit_code == 0, answer.output
        return msgspec.json.decode(answer.output)

    assert [one["item"] for one in run("findings", made.project, as_="alice")] == items[:2][::-1]
    for item in items[:2]:
        number = run("dispute", made.project, lot, item, "问运费", as_="alice")["dispute"]
        assert [one["dispute"]["id"] for one in run("disputes", made.project, as_="xing")] == [number]
        assert run("rule", made.project, number, "是运费", "--withdraw", as_="xing") == {"state": "withdrawn"}
    assert run("reopen", made.project, lot, as_="zhou")["lot"]["state"] == "inspecting"
