"""Whatever is done to a queue while people work: nothing is handed out twice, nothing is lost."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from guiju.annotations import RoundState, current_annotations, resolution_table
from guiju.kinds import Choice
from guiju.kit import Refusal, new_id
from guiju.storage import Actor
from guiju.work import Submitted, Task, lease_tasks, open_production, set_round_running, submit_annotation
from guiju.work.actions import Answered
from guiju.work.queue import (
    By,
    Change,
    Hands,
    Part,
    hand_over,
    put_back,
    read_queue,
    split_batch,
    withdraw_batch,
)
from guiju.work.tables import slot as slot_table
from tests.support.build import service_project
from tests.support.cast import Cast

PEOPLE = ("alice", "bob", "carol")
ACTS = st.sampled_from(["take", "take", "answer", "answer", "lapse", "split", "withdraw", "put-back", "hand-over"])
STEPS = st.lists(st.tuples(ACTS, st.integers(0, 2), st.integers(0, 5)), min_size=8, max_size=20)


def as_(actor: Actor) -> Callable[[Any], Actor]:
    return lambda _: actor


class Play:
    """One round while somebody does this and that to it; `mine` are tasks as people were handed them."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.round = open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason="a play")
        self.mine: list[tuple[Actor, Task]] = []
        self.items = self._items()

    def _items(self) -> list[int]:
        mine = select(slot_table.c.item_id).where(slot_table.c.round_id == self.round)
        with self.cast.house.reading() as connection:
            return sorted(connection.execute(mine).scalars())

    def act(self, act: str, who: int, n: int) -> None:
        house, zhou, actor = self.cast.house, self.cast.zhou, self.cast.people[PEOPLE[who]]
        batches = [line.batch.id for line in read_queue(house, zhou, self.round).batches]
        batch = batches[n % len(batches)]
        if act == "take":
            self.mine += [(actor, task) for task in house.write(lease_tasks(house, as_(actor), self.round, 1 + n % 3))]
        elif act == "answer" and self.mine:
            self.answer(*self.mine.pop(n % len(self.mine)))
        elif act == "lapse":
            house.write(lambda tx: tx.execute(update(slot_table).where(slot_table.c.state == 1).values(lease_until=1)))
        elif act == "split":
            part = Part(By.COUNT, str(1 + n))
            split_batch(house, zhou, self.round, batch, part, Change("part", 1 + 2 * who), request_id=new_id())
        elif act == "withdraw":
            withdraw_batch(house, zhou, self.round, batch, reason="not wanted")
        elif act == "put-back":
            put_back(house, zhou, self.round, batch)
        elif act == "hand-over":
            to = self.cast.people[PEOPLE[(who + 1) % 3]]
            hand_over(house, zhou, self.round, Hands(actor.id), Hands(to.id))

    def answer(self, actor: Actor, task: Task) -> None:
        given = Answered(new_id(), task.slot, task.lease, 0, {"intent": Choice(("refund",))})
        self.cast.house.write(submit_annotation(as_(actor), self.round, given))

    def check(self) -> None:
        """Every item has one slot, and no more than one answer."""
        assert self._items() == self.items
        with self.cast.house.reading() as connection:
            said = [each.item_id for each in current_annotations(connection, self.round)]
        assert len(said) == len(set(said))

    def finish(self) -> None:
        """Put everything back, and let whoever it is kept for answer the rest."""
        house = self.cast.house
        for line in read_queue(house, self.cast.zhou, self.round).batches:
            put_back(house, self.cast.zhou, self.round, line.batch.id)
        mine = (slot_table.c.round_id == self.round) & (slot_table.c.state == 1)
        house.write(
            lambda tx: tx.execute(update(slot_table).where(mine).values(state=0, annotator_id=None, lease=None))
        )
        for name in PEOPLE:
            actor = self.cast.people[name]
            while tasks := house.write(lease_tasks(house, as_(actor), self.round, 5)):
                for task in tasks:
                    self.answer(actor, task)
        with house.reading() as connection:
            assert sorted(each.item_id for each in current_annotations(connection, self.round)) == self.items


@pytest.fixture
def busy(cast: Cast, tmp_path: Path) -> Cast:
    service_project(cast, tmp_path, 9)
    return cast


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_nothing_is_handed_out_twice_and_nothing_is_lost(busy: Cast, steps: list[tuple[str, int, int]]) -> None:
    busy.house.write(lambda tx: tx.execute(_forget()))
    play = Play(busy)
    for act, who, n in steps:
        with contextlib.suppress(Refusal):
            play.act(act, who, n)
        play.check()
    play.finish()
    set_round_running(busy.house, busy.zhou, play.round, RoundState.CLOSED)


def _forget() -> Any:
    """What the plays before resolved is asked about again."""
    return update(resolution_table).values(holds=False)


def test_an_answer_that_was_handed_over_meanwhile_is_kept_as_a_draft(busy: Cast) -> None:
    play = Play(busy)
    play.act("take", 0, 0)
    play.act("hand-over", 0, 0)
    [(actor, task)] = play.mine
    given = Answered(new_id(), task.slot, task.lease, 0, {"intent": Choice(("refund",))})
    assert not isinstance(busy.house.write(submit_annotation(as_(actor), play.round, given)), Submitted)
    assert [each.drafts for each in read_queue(busy.house, busy.zhou, play.round).people if each.name == "Alice"] == [1]
