"""A ruling that finds a gap becomes an amendment; published, it opens the recheck of exactly what it touches."""

from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import select
from typer.testing import CliRunner

from guiju.cli.lot import app as lot_cli
from guiju.inspection import LotState, decide_lot, draw_lot, get_lot, judge
from guiju.inspection.disputes import DisputeRuling, raise_dispute, rule_dispute
from guiju.kit import new_id
from guiju.people import NotAllowed, Role
from guiju.planning.amendments import (
    AmendmentState,
    Written,
    drop_amendment,
    list_amendments,
    write_amendment,
)
from guiju.planning.amendments.errors import (
    AmendmentEmpty,
    AmendmentNotFound,
    AmendmentSettled,
    ClauseNotInDraft,
)
from guiju.planning.amendments.rules import extend_clause
from guiju.projects import ProjectNotFound, set_member
from guiju.rulebooks import get_draft, parse_rulebook, publish_rulebook
from guiju.samples.documents import rulebook_text
from guiju.storage import pump, work_jobs
from guiju.web.jobs import HANDLERS
from guiju.web.subscribers import SUBSCRIBERS
from guiju.work import slot_table
from tests.inspection.build import DEFECT, PASS, Made, accept_a_lot, choice, import_texts, make_texts, resolve_all
from tests.support.cast import Cast

GAP = DisputeRuling(True, "规则没有说运费算不算退款。", gap=True)


def ruled(cast: Cast, ruling: DisputeRuling = GAP) -> tuple[Made, int, int]:
    """Twelve messages in an accepted lot; a further lot of eight, in which alice disputed a defect and xing ruled:
    the project, the dispute, the lot that is still inspected."""
    made = make_texts(cast, 12)
    accept_a_lot(cast, made, aql="4.0")
    found = import_texts(cast, made.project, (f"又一条 {new_id()}" for _ in range(8)))
    further = [each for each in found if each not in made.items]
    answers = {item: choice("ab"[n % 2]) for n, item in enumerate(further)}
    resolve_all(cast.house, cast.alice, made.project, made.rulebook, answers, made.round)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="10")
    for place in get_lot(cast.house, cast.hu, made.project, lot).sample:
        said = DEFECT if answers[place.item_id] == choice("a") else PASS
        judge(cast.house, cast.hu, made.project, lot, place.item_id, new_id(), said)
    item = next(each.item_id for each in get_lot(cast.house, cast.hu, made.project, lot).sample if _is_a(each, answers))
    told = {"request_id": new_id(), "reason": "问的是运费"}
    dispute = raise_dispute(cast.house, cast.alice, made.project, lot, item, **told)
    rule_dispute(cast.house, cast.xing, made.project, dispute, ruling, request_id=new_id())
    pump(cast.house.database, SUBSCRIBERS)
    return made, dispute, lot


def _is_a(place: Any, answers: dict[int, Any]) -> bool:
    return answers[place.item_id] == choice("a")


def items_of_round(cast: Cast, round_id: int) -> list[int]:
    with cast.house.reading() as connection:
        found = select(slot_table.c.item_id).where(slot_table.c.round_id == round_id)
        return sorted(connection.execute(found).scalars())


def test_a_rule_change_in_the_middle_of_production_opens_exactly_the_recheck_it_should(
    cast: Cast, client: TestClient[Litestar]
) -> None:
    made, dispute, _ = ruled(cast)
    set_member(cast.house, cast.zhou, made.project, account_id=cast.bob.id, roles=Role.ANNOTATOR)
    headers, home = cast.sign_in(client, "zhou"), f"/api/v1/projects/{made.project}"

    def post(path: str, **told: object) -> Any:
        answer = client.post(f"{home}{path}", json={"id": new_id(), **told}, headers=headers)
        assert answer.is_success, answer.text
        return answer.json()

    [asked] = client.get(f"{home}/amendments").json()["amendments"]
    assert (asked["dispute"], asked["state"], asked["ruling"]) == (dispute, "open", GAP.text)
    assert f"/amendments#dispute-{dispute}" in client.get(f"/projects/{made.project}/disputes?show=settled").text
    clause = post(f"/amendments/{dispute}", text="只问运费的不算退款。", title="运费")["clause"]
    post("/rulebook/impact")
    work_jobs(cast.house, HANDLERS)
    opened = post("/rulebook/impact/publish", annotators=["bob@guiju.test"])
    # Twenty answers hold; those of the label b say nothing about it, and those of the lot that is inspected wait.
    assert items_of_round(cast, opened["round"]) == made.items[0:12:2]
    [done] = client.get(f"{home}/amendments").json()["amendments"]
    assert (done["state"], done["clause"], done["round"]) == ("published", clause, opened["round"])
    assert f"/rounds/{opened['round']}/recheck" in client.get(f"/projects/{made.project}/amendments").text


def test_more_of_a_clause_is_written_at_its_end_and_nothing_else_changes() -> None:
    before = rulebook_text("service")
    first, second = parse_rulebook(before).clauses[:2]
    after = extend_clause(before, first.id, "只问运费的不算。")
    clauses = parse_rulebook(after).clauses
    assert clauses[0].text["zh"] == f"{first.text['zh']}\n\n只问运费的不算。"
    assert [clause.text for clause in clauses[1:]] == [clause.text for clause in parse_rulebook(before).clauses[1:]]
    assert [line for line in after.split("\n") if line] == [
        *[line for line in before.split("\n")[: second.line - 1] if line],
        "只问运费的不算。",
        *[line for line in before.split("\n")[second.line - 1 :] if line],
    ]
    english = extend_clause(before, first.id, "Shipping alone is none.")
    assert parse_rulebook(english).clauses[0].text["en"].endswith("Shipping alone is none.")
    with pytest.raises(ClauseNotInDraft):
        extend_clause(before, "C99", "x")


def test_a_ruling_without_a_gap_asks_for_nothing(cast: Cast) -> None:
    made, dispute, _ = ruled(cast, DisputeRuling(True, "第二句问的是运费。"))
    assert list_amendments(cast.house, cast.zhou, made.project).amendments == []
    with pytest.raises(AmendmentNotFound):
        write_amendment(cast.house, cast.zhou, made.project, dispute, Written("x", "y"), request_id=new_id())


def test_an_amendment_is_written_once_by_who_writes_the_rules_or_dropped_with_a_reason(cast: Cast) -> None:
    made, dispute, _ = ruled(cast)
    pump(cast.house.database, SUBSCRIBERS)

    def write(who: str, written: Written) -> str:
        return write_amendment(cast.house, cast.people[who], made.project, dispute, written, request_id=new_id())

    with pytest.raises(NotAllowed):
        write("hu", Written("不算。", "运费"))
    with pytest.raises(ProjectNotFound):
        write("mallory", Written("不算。", "运费"))
    for written in (Written("  "), Written("不算。")):
        with pytest.raises(AmendmentEmpty):
            write("zhou", written)
    with pytest.raises(ClauseNotInDraft):
        write("zhou", Written("不算。", clause="C99"))
    clause = write("zhou", Written("不算。", clause="C1"))
    assert write("zhou", Written("不算。", clause="C1")) == clause == "C1"
    assert get_draft(cast.house, cast.zhou, made.project).document.count("不算。") == 1
    with pytest.raises(AmendmentSettled):
        drop_amendment(cast.house, cast.zhou, made.project, dispute, request_id=new_id(), reason="不用了")
    publish_rulebook(cast.house, cast.zhou, made.project, request_id=new_id())
    pump(cast.house.database, SUBSCRIBERS)
    [one] = list_amendments(cast.house, cast.zhou, made.project).amendments
    assert (one.state, one.round_id) == (AmendmentState.PUBLISHED, None)


def test_the_page_writes_and_drops_and_the_command_lists(cast: Cast, client: TestClient[Litestar]) -> None:
    made, dispute, lot = ruled(cast)
    headers, home = cast.sign_in(client, "zhou"), f"/projects/{made.project}"
    told = {"csrf": headers["X-CSRF-Token"], "request_id": new_id()}
    assert GAP.text in client.get(f"{home}/amendments").text
    client.post(f"{home}/amendments/{dispute}", data={**told, "act": "drop", "text": "条款里已有。"})
    shown = client.get(f"{home}/amendments").text
    assert "条款里已有。" in shown
    house = ["--home", str(cast.house.home), "--database", cast.house.database.url, "--json"]
    answer = CliRunner().invoke(lot_cli, ["amendments", str(made.project), *house], catch_exceptions=False)
    [one] = msgspec.json.decode(answer.output)
    assert (one["lot"], one["state"], one["dropped_why"]) == (lot, "dropped", "条款里已有。")
    assert decide_lot(cast.house, cast.zhou, made.project, lot, new_id()) in set(LotState)
