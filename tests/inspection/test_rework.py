"""To whom a rejected lot goes back."""

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import select
from typer.testing import CliRunner

from guiju.annotations import annotator_table
from guiju.cli.lot import app as lot_cli
from guiju.inspection import LotState, NotOwnWork, decide_lot, draw_lot, get_lot, judge, resubmit_lot
from guiju.inspection.rework import ReworkTo, To
from guiju.inspection.rework.errors import NobodyElse, NotAReworker
from guiju.inspection.rework.rules import share_out
from guiju.kit import new_id
from guiju.people import Role, create_team, set_team_member
from guiju.projects import set_member
from guiju.work import slot_table
from tests.inspection.build import PASS, Made, choice, judge_all, make_texts, resolve_all
from tests.support.cast import Cast


def failed(cast: Cast) -> tuple[Made, int]:
    """A lot of alice's work in which everything that was judged is defective; bob annotates as well."""
    made = make_texts(cast, 20)
    set_member(cast.house, cast.zhou, made.project, account_id=cast.bob.id, roles=Role.ANNOTATOR | Role.INSPECTOR)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="10")
    judge_all(cast, made.project, lot, defects=5)
    return made, lot


def kept_for(cast: Cast, made: Made, lot: int) -> set[int]:
    """The accounts that the slots of the rework wait for; a team as its negative."""
    round_id = get_lot(cast.house, cast.zhou, made.project, lot).lot.rework_round
    with cast.house.reading() as connection:
        kept = set(connection.execute(select(slot_table.c.reserved).where(slot_table.c.round_id == round_id)).scalars())
        who = select(annotator_table.c.id, annotator_table.c.account_id)
        accounts = {row[0]: row[1] for row in connection.execute(who)}
    return {accounts.get(each, each) for each in kept}


def test_rework_goes_to_who_made_it_unless_something_else_is_said(cast: Cast) -> None:
    made, lot = failed(cast)
    assert decide_lot(cast.house, cast.zhou, made.project, lot, new_id()) is LotState.REJECTED
    assert kept_for(cast, made, lot) == {cast.alice.id}


def test_rework_of_others_is_inspected_by_neither_of_them(cast: Cast) -> None:
    made, lot = failed(cast)
    decide_lot(cast.house, cast.zhou, made.project, lot, new_id(), to=ReworkTo(To.PERSON, cast.bob.id))
    assert kept_for(cast, made, lot) == {cast.bob.id}
    rework = get_lot(cast.house, cast.zhou, made.project, lot).lot.rework_round or 0
    said = {item: choice("b") for item in made.items}
    said |= {item: choice("a") for n, item in enumerate(made.items) if n % 2}
    resolve_all(cast.house, cast.bob, made.project, made.rulebook, said, rework)
    again = resubmit_lot(cast.house, cast.zhou, made.project, lot, new_id())
    item = get_lot(cast.house, cast.hu, made.project, again).sample[0].item_id
    with pytest.raises(NotOwnWork):
        judge(cast.house, cast.bob, made.project, again, item, new_id(), PASS)
    assert judge(cast.house, cast.hu, made.project, again, item, new_id(), PASS)


def test_anybody_else_is_never_who_answered(cast: Cast, client: TestClient[Litestar]) -> None:
    made, lot = failed(cast)
    headers = cast.sign_in(client, "zhou")
    home = f"/projects/{made.project}/lots/{lot}"
    assert 'value="others"' in client.get(home).text
    form = {"csrf": headers["X-CSRF-Token"], "request_id": new_id(), "to": "others"}
    assert client.post(f"{home}/decide", data=form).status_code == 200
    kept = kept_for(cast, made, lot)
    assert cast.bob.id in kept
    assert cast.alice.id not in kept


def test_a_team_takes_it_together_and_strangers_to_the_work_do_not(cast: Cast) -> None:
    made, lot = failed(cast)
    team = create_team(cast.house, cast.admin, request_id=new_id(), name="返修组")
    for wrong in (ReworkTo(To.TEAM, team), ReworkTo(To.PERSON, cast.mallory.id), ReworkTo(To.PERSON)):
        with pytest.raises(NotAReworker):
            decide_lot(cast.house, cast.zhou, made.project, lot, new_id(), to=wrong)
    assert get_lot(cast.house, cast.zhou, made.project, lot).lot.state is LotState.INSPECTING
    set_team_member(cast.house, cast.admin, team, cast.bob.id, belongs=True)
    decide_lot(cast.house, cast.zhou, made.project, lot, new_id(), to=ReworkTo(To.TEAM, team))
    assert kept_for(cast, made, lot) == {-team}


def test_items_are_shared_out_evenly_and_what_all_answered_is_refused() -> None:
    given = share_out(range(6), {0: {1}, 1: {1}, 2: {1, 2}}, [1, 2, 3])
    assert given[0] != 1
    assert given[2] == 3
    assert sorted([*given.values()].count(who) for who in (1, 2, 3)) == [2, 2, 2]
    with pytest.raises(NobodyElse) as refused:
        share_out([7, 8], {7: {1}, 8: set()}, [1])
    assert refused.value.details == {"count": 1}


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_the_command_sends_a_rejected_lot_to_a_named_person(cast: Cast) -> None:
    made, lot = failed(cast)
    words = ["decide", str(made.project), str(lot), "--home", str(cast.house.home), "--person"]
    run = CliRunner()
    nobody = run.invoke(lot_cli, [*words, "Nobody"])
    assert nobody.exit_code == 1
    assert "not-a-reworker" in run.invoke(lot_cli, [*words, "Nobody", "--json"]).output
    done = run.invoke(lot_cli, [*words, cast.bob.name, "--json"], catch_exceptions=False)
    assert msgspec.json.decode(done.output)["lot"]["state"] == "rejected"
    assert kept_for(cast, made, lot) == {cast.bob.id}
