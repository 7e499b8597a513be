"""A round is split, its parts are reserved, put first, withdrawn, handed over; nothing of it is lost.

What touches many slots goes over them in windows of their numbers, each a short write: other people go on meanwhile,
and the same request again finishes what a killed one began.
"""

from collections.abc import Callable

import msgspec
from sqlalchemy import Connection, select

from guiju.annotations import Round, RoundKind, RoundNotFound, RoundState, find_round
from guiju.people import Act, Role, list_teams
from guiju.projects import Member, ProjectNotFound, authorise, list_members
from guiju.storage import Actor, Event, House, Tx
from guiju.work import tables as t
from guiju.work.errors import NotAnAnnotatorHere
from guiju.work.model import SlotState
from guiju.work.queue import store
from guiju.work.queue.errors import (
    BatchNotFound,
    BatchWithdrawn,
    HandsUnclear,
    NothingToSplit,
    NotSplittable,
    RoundOver,
    SplitTakesAll,
    WithdrawalUnexplained,
)
from guiju.work.queue.model import NOT_IN_ANY, Batch, By, Change, Part
from guiju.work.queue.rules import check_change, check_part

WINDOW = 4_000
SPLITTABLE = {RoundKind.PRODUCTION, RoundKind.REWORK, RoundKind.RECHECK}
_s = t.slot.c
_WAITS = _s.state.in_([SlotState.OPEN.value, SlotState.LEASED.value])


def led_round(connection: Connection, actor: Actor, round_id: int, act: Act = Act.OPEN_ROUND) -> Round:
    """The round, for somebody who may do this in its project; a stranger may not know that it exists."""
    round_ = find_round(connection, round_id)
    if round_ is None:
        raise RoundNotFound(round=round_id)
    try:
        authorise(connection, actor, round_.project_id, act)
    except ProjectNotFound as refusal:
        raise RoundNotFound(round=round_id) from refusal
    return round_


def movable(connection: Connection, actor: Actor, round_id: int) -> Round:
    """The same, where its work may be moved. Raises `NotSplittable`, `RoundOver`."""
    round_ = led_round(connection, actor, round_id)
    if round_.kind not in SPLITTABLE:
        raise NotSplittable
    if round_.state is RoundState.CLOSED:
        raise RoundOver
    return round_


def get_batch(tx: Tx, round_id: int, batch_id: int) -> Batch:
    """The batch, as nobody changes it meanwhile; number 0 is what lies in none. Raises `BatchNotFound`."""
    if batch_id == NOT_IN_ANY.id:
        return NOT_IN_ANY
    found = store.lock_batch(tx, batch_id)
    if found is None or found.round_id != round_id:
        raise BatchNotFound(batch=batch_id)
    return found


def _check_named(connection: Connection, project_id: int, change: Change) -> None:
    """Raises `NotAnAnnotatorHere`, `HandsUnclear` of people and teams that are not there."""
    here = {each.account_id for each in annotators_of(connection, project_id)}
    for account_id in change.demands.accounts:
        if account_id not in here:
            raise NotAnAnnotatorHere(account=account_id)
    known = {team.id for team in list_teams(connection)} if change.demands.teams else set[int]()
    for team_id in change.demands.teams:
        if team_id not in known:
            raise HandsUnclear(value=f"team-{team_id}")


def annotators_of(connection: Connection, project_id: int) -> list[Member]:
    """Who annotates in the project and may sign in."""
    return [each for each in list_members(connection, project_id) if each.roles & Role.ANNOTATOR and not each.blocked]


def keep_whole(tx: Tx, actor: Actor, round_id: int, change: Change) -> int:
    """The batch that all of a new round lies in, made once; the caller has authorised and checked."""
    there = store.batches_of(tx.connection, round_id)
    if there:
        return there[0].id
    told = {"name": change.name, "priority": change.priority, "due": change.due}
    return store.insert_batch(tx, round_id, actor.id, **told, demands=store.json_of(change.demands))


def split_batch(  # noqa: PLR0917 - what, off what, and how it goes on
    house: House, actor: Actor, round_id: int, batch_id: int, part: Part, change: Change, *, request_id: str
) -> int:
    """Split a part off into a batch of its own, with its own priority, day and people; returns the new batch.

    What was answered of these items goes with them. Raises `BatchNotFound`, `BatchWithdrawn`, `NothingToSplit`,
    `SplitTakesAll`, `BadPart`, `NotSplittable`, `RoundOver`, and what `check_change` raises.
    """
    part, change = check_part(part), check_change(change)

    def start(tx: Tx) -> int:
        round_ = movable(tx.connection, actor, round_id)
        return tx.once(request_id, actor.id, f"batch.split.{batch_id}", lambda: act(tx, round_))

    def act(tx: Tx, round_: Round) -> int:
        from_ = get_batch(tx, round_id, batch_id)
        if from_.withdrawn:
            raise BatchWithdrawn(batch=from_.name)
        _check_named(tx.connection, round_.project_id, change)
        of = _settle_part(tx.connection, from_, round_id, part)
        told = {"name": change.name, "priority": change.priority, "due": change.due}
        kept = {
            "demands": store.json_of(change.demands),
            "part": store.json_of(of),
            "split_from": from_.id,
            "settled": False,
        }
        made = store.insert_batch(tx, round_id, actor.id, **told, **kept)
        facts: dict[str, object] = {"from": from_.id, "by": part.by.value, "value": part.value}
        tx.journal(Event(actor.id, "batch.split", round_.project_id, made, facts=facts))
        return made

    made = house.write(start)
    settle_batch(house, round_id, made)
    return made


def _settle_part(connection: Connection, from_: Batch, round_id: int, part: Part) -> Part:
    """What is moved; of a number of items, from which item on."""
    name = from_.name
    if part.by is By.COUNT:
        first, every = store.first_of_last(connection, round_id, from_.id, int(part.value))
        if every <= int(part.value):
            raise SplitTakesAll(batch=name, count=every)
        return Part(By.COUNT, str(first))
    if not store.any_waiting(connection, round_id, from_.id, store.is_of(connection, part)):
        raise NothingToSplit(batch=name)
    return part


def settle_batch(house: House, round_id: int, batch_id: int) -> None:
    """Move what belongs into a batch that was split off; one that is settled stays as it is."""
    with house.reading() as connection:
        row = connection.execute(select(store.batch).where(store.batch.c.id == batch_id)).one()
        if row.settled:
            return
        of = store.is_of(connection, msgspec.json.decode(row.part, type=Part))
    mine = (_s.round_id == round_id) & (_s.batch_id == row.split_from) & of
    in_windows(house, round_id, lambda tx, window: store.move_some(tx, window, mine, batch_id=batch_id))

    def finish(tx: Tx) -> None:
        store.move_where(tx, store.lies_beside([round_id]) & (_s.batch_id == row.split_from) & of, batch_id=batch_id)
        store.update_batch(tx, batch_id, settled=True)

    house.write(finish)


def in_windows(house: House, round_id: int, act: Callable[[Tx, tuple[int, int]], int]) -> int:
    """Go over the round's slots, some thousands a write; the sum of what `act` returns."""
    with house.reading() as connection:
        span = store.span_of(connection, round_id)
    low, high = span or (1, 0)
    starts = range(low, high + 1, WINDOW)
    return sum(house.write(lambda tx, at=at: act(tx, (at, at + WINDOW - 1))) for at in starts)


def change_batch(house: House, actor: Actor, round_id: int, batch_id: int, change: Change) -> None:
    """Change what a batch is called, when it is handed out and to whom; what is in hand stays there.

    Raises `BatchNotFound`, `RoundOver`, and what `check_change` raises.
    """
    change = check_change(change)

    def write(tx: Tx) -> None:
        round_ = movable(tx.connection, actor, round_id)
        if not get_batch(tx, round_id, batch_id).id:
            raise BatchNotFound(batch=batch_id)
        _check_named(tx.connection, round_.project_id, change)
        told = {"name": change.name, "priority": change.priority, "due": change.due}
        store.update_batch(tx, batch_id, **told, demands=store.json_of(change.demands))
        facts: dict[str, object] = {
            "priority": change.priority,
            "due": change.due,
            "demands": store.json_of(change.demands),
        }
        tx.journal(Event(actor.id, "batch.changed", round_.project_id, batch_id, facts=facts))

    house.write(write)


def withdraw_batch(house: House, actor: Actor, round_id: int, batch_id: int, *, reason: str) -> int:
    """Take what waits of a batch out of the round, with a reason; returns how many slots.

    What was answered stays, and an answer on its way is kept as its annotator's draft. Raises `BatchNotFound`,
    `WithdrawalUnexplained`.
    """
    why = reason.strip()[:2_000]
    if not why:
        raise WithdrawalUnexplained

    def start(tx: Tx) -> None:
        round_ = movable(tx.connection, actor, round_id)
        batch = get_batch(tx, round_id, batch_id)
        if not batch.id:
            raise BatchNotFound(batch=batch_id)
        if not batch.withdrawn:
            store.update_batch(tx, batch_id, withdrawn_at=tx.at, withdrawn_why=why)
            tx.journal(Event(actor.id, "batch.withdrawn", round_.project_id, batch_id, facts={"reason": why}))

    house.write(start)
    settle_batch(house, round_id, batch_id)
    gone = {"state": SlotState.WITHDRAWN.value, "annotator_id": None, "lease": None, "lease_until": None}
    mine = (_s.round_id == round_id) & (_s.batch_id == batch_id) & _WAITS
    moved = in_windows(house, round_id, lambda tx, window: store.move_some(tx, window, mine, **gone))
    house.write(lambda tx: store.take_back_beside(tx, round_id, _s.batch_id == batch_id))
    return moved


def put_back(house: House, actor: Actor, round_id: int, batch_id: int) -> int:
    """Let a withdrawn batch be handed out again; how many slots. Raises `BatchNotFound`."""

    def start(tx: Tx) -> None:
        round_ = movable(tx.connection, actor, round_id)
        batch = get_batch(tx, round_id, batch_id)
        if not batch.id:
            raise BatchNotFound(batch=batch_id)
        if batch.withdrawn:
            store.update_batch(tx, batch_id, withdrawn_at=None, withdrawn_why=None)
            tx.journal(Event(actor.id, "batch.put-back", round_.project_id, batch_id))

    house.write(start)
    mine = (_s.round_id == round_id) & (_s.batch_id == batch_id) & (_s.state == SlotState.WITHDRAWN.value)
    return in_windows(house, round_id, lambda tx, window: store.move_some(tx, window, mine, state=SlotState.OPEN.value))
