"""Production that has all its answers says so, and is closed before what follows."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from guiju.annotations import RoundState, get_round
from guiju.consensus import resolve_round
from guiju.inspection import draw_lot
from guiju.kinds import Choice
from guiju.kit import new_id
from guiju.people import Act
from guiju.planning import Facts, NextStep, decide_line, decide_next, look_at_project
from guiju.planning.model import LotFacts, RoundFacts
from guiju.storage import Actor
from guiju.work import lease_tasks, open_production, set_round_running, submit_annotation
from guiju.work.actions import Answered
from tests.support.build import service_project
from tests.support.cast import Cast


@dataclass(frozen=True)
class Production:
    """An open production round of the cast's project, and the people who answer it."""

    cast: Cast
    round: int

    def answer(self, name: str, most: int = 99, label: str = "refund") -> int:
        """The person answers all that the round gives them, or `most` items; returns how many."""
        who: Actor = getattr(self.cast, name)
        count = 0
        while count < most:
            tasks = self.cast.house.write(lease_tasks(self.cast.house, lambda _: who, self.round, 1))
            if not tasks:
                break
            said = Answered(new_id(), tasks[0].slot, tasks[0].lease, 0, {"intent": Choice((label,))})
            self.cast.house.write(submit_annotation(lambda _: who, self.round, said))
            count += 1
        return count

    def state(self) -> RoundState:
        with self.cast.house.reading() as connection:
            return get_round(connection, self.round).state

    def next(self) -> NextStep:
        step = look_at_project(self.cast.house, self.cast.zhou, self.cast.project).step
        assert step is not None
        return step


@pytest.fixture
def production(cast: Cast, tmp_path: Path) -> Production:
    service_project(cast, tmp_path, 4)
    return Production(cast, open_round(cast))


def open_round(cast: Cast, overlap: int = 1) -> int:
    told: dict[str, Any] = {"overlap": overlap, "reason": "a small project"}
    return open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), **told)


def test_production_with_an_answer_missing_asks_for_it(production: Production) -> None:
    production.answer("alice", 3)
    assert production.next().act is Act.ANNOTATE


def test_production_with_all_answers_asks_to_be_closed(production: Production) -> None:
    production.answer("alice")
    step = production.next()
    assert (step.title.places, step.act) == ({"n": 1, "total": "4"}, Act.OPEN_ROUND)
    line = look_at_project(production.cast.house, production.cast.zhou, production.cast.project).line
    assert [stage.note.places for stage in line if stage.key == "production"] == [{"total": "4"}]


def test_the_trainer_closes_it_on_the_project_s_page_and_a_lot_comes_next(production: Production, client: Any) -> None:
    cast = production.cast
    production.answer("alice")
    headers = cast.sign_in(client, "zhou")
    shown = client.get(f"/projects/{cast.project}").text
    action = f"/projects/{cast.project}/rounds/{production.round}/state"
    assert f'action="{action}"' in shown
    sent = {"csrf": headers["X-CSRF-Token"], "state": "closed", "back": "project"}
    answer = client.post(action, data=sent, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, f"/projects/{cast.project}")
    assert production.state() is RoundState.CLOSED
    assert production.next().act is Act.DRAW_LOT
    assert f'action="{action}"' not in client.get(f"/projects/{cast.project}").text


def test_who_may_not_close_it_reads_that_it_is_complete_and_has_no_button(production: Production, client: Any) -> None:
    production.answer("alice")
    cast = production.cast
    headers = cast.sign_in(client, "hu")
    shown = client.get(f"/projects/{cast.project}").text
    action = f"/projects/{cast.project}/rounds/{production.round}/state"
    assert f'action="{action}"' not in shown
    sent = {"csrf": headers["X-CSRF-Token"], "state": "closed"}
    assert client.post(action, data=sent).status_code == 403
    headers = cast.sign_in(client, "mallory")
    assert client.post(action, data={**sent, "csrf": headers["X-CSRF-Token"]}).status_code == 404
    assert production.state() is RoundState.OPEN


def test_a_round_that_is_closed_twice_is_closed_once_in_the_journal(production: Production) -> None:
    cast = production.cast
    production.answer("alice")
    for _ in range(2):
        set_round_running(cast.house, cast.zhou, production.round, RoundState.CLOSED)
    with cast.house.reading() as connection:
        told = connection.exec_driver_sql("SELECT COUNT(*) FROM journal WHERE action = 'round.closed'").scalar()
    assert told == 1


def test_what_was_closed_can_be_opened_again_on_the_page_of_rounds(production: Production, client: Any) -> None:
    cast = production.cast
    production.answer("alice", 3)
    headers = cast.sign_in(client, "zhou")
    page, action = f"/projects/{cast.project}/rounds", f"/projects/{cast.project}/rounds/{production.round}/state"
    assert 'value="closed"' not in client.get(page).text, "an answer is missing"
    production.answer("alice")
    assert 'value="closed"' in client.get(page).text
    for state in ("closed", "open"):
        assert f'value="{state}"' in client.get(page).text
        client.post(action, data={"csrf": headers["X-CSRF-Token"], "state": state})
        assert production.state() == state


def test_several_answers_are_resolved_after_the_closing_and_then_a_lot_is_drawn(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 3)
    production = Production(cast, open_round(cast, overlap=2))
    production.answer("alice")
    production.answer("bob")
    step = production.next()
    assert (step.act, step.why.places) == (Act.OPEN_ROUND, {"overlap": 2})
    set_round_running(cast.house, cast.zhou, production.round, RoundState.CLOSED)
    step = production.next()
    assert (step.act, step.path) == (Act.DECIDE_GATE, f"/rounds/{production.round}/trial")
    resolve_round(cast.house, cast.zhou, production.round, request_id=new_id())
    assert production.next().act is Act.DRAW_LOT


def test_a_lot_that_waits_for_its_inspector_goes_before_the_closing(production: Production) -> None:
    cast = production.cast
    production.answer("alice")
    draw_lot(cast.house, cast.zhou, cast.project, new_id())
    assert production.next().act is Act.INSPECT


DONE = Facts(
    brief_written=True,
    brief_signed_at=1,
    items=9,
    rulebook="1.0.0",
    production_done=9,
    production_total=9,
    resolved=9,
    answered=RoundFacts(7, 2, 9, 1),
    lots=LotFacts(accepted=1, accepted_items=9),
    deliveries=1,
    deposits=9,
)


def test_a_delivered_project_still_says_that_its_production_is_open() -> None:
    step = decide_next(DONE)
    assert step is not None
    assert step.sends == ("/rounds/7/state", {"state": "closed", "back": "project"})
    assert {stage.state.value for stage in decide_line(DONE)} == {"past"}, "its life does not go back for that"


def test_what_comes_before_production_is_asked_for_first() -> None:
    step = decide_next(Facts(brief_written=True, answered=DONE.answered, production_done=9, production_total=9))
    assert step is not None
    assert step.act is Act.SIGN_BRIEF
