"""SQL of when things happened, and of what waits."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, exists, func, select

from guiju.annotations import annotation_table, annotator_table, resolution_table
from guiju.delivery import delivery_table
from guiju.delivery.model import Terms
from guiju.inspection import LotState, lot_entry_table, lot_table
from guiju.inspection.disputes.model import DisputeState
from guiju.inspection.disputes.tables import dispute as dispute_table
from guiju.inspection.tables import verdict as verdict_table
from guiju.planning.stages.model import LotTimes, Sampled
from guiju.rulings import question_table, ruling_table
from guiju.work import slot_table

NEWEST_LOTS = 400
MOST_PLACES = 200
"""Of a sample the first places are a random draw too, so that a lot inspected whole is not read whole."""

_lot, _entry, _verdict, _slot = lot_table.c, lot_entry_table.c, verdict_table.c, slot_table.c


class Package(NamedTuple):
    """A delivery: what it was frozen at, which lots it asked for (none: all), and when it was asked for."""

    as_of: int
    lots: frozenset[int]
    at: int


def packages(connection: Connection, project_id: int) -> list[Package]:
    d = delivery_table.c
    found = select(d.as_of, d.terms, d.created_at).where(d.project_id == project_id, d.state == "ready").order_by(d.id)
    return [
        Package(row.as_of, frozenset(msgspec.json.decode(row.terms, type=Terms).lots), row.created_at)
        for row in connection.execute(found)
    ]


def lot_times(connection: Connection, project_id: int) -> list[LotTimes]:
    """The newest lots and when things happened to them; when they were delivered is for the caller to add."""
    mine = select(_lot.id).where(_lot.project_id == project_id).order_by(_lot.id.desc()).limit(NEWEST_LOTS)
    ids = list(connection.execute(mine).scalars())
    counted = select(_entry.lot_id, func.count()).where(_entry.lot_id.in_(ids)).group_by(_entry.lot_id)
    sizes: dict[int, int] = {row[0]: row[1] for row in connection.execute(counted)}
    judged = select(_verdict.lot_id, func.min(_verdict.at)).where(_verdict.lot_id.in_(ids)).group_by(_verdict.lot_id)
    first: dict[int, int] = {row[0]: row[1] for row in connection.execute(judged)}
    again = lot_table.alias("again")
    found = (
        select(_lot.id, _lot.number, _lot.state, _lot.created_at, _lot.decided_at, _lot.decided_event)
        .add_columns(again.c.created_at)
        .join(again, again.c.resubmits == _lot.id, isouter=True)
        .where(_lot.id.in_(ids))
        .order_by(_lot.id)
    )
    return [
        LotTimes(row[0], row[1], row[2], sizes.get(row[0], 0), row[3], row[4], row[5], first.get(row[0]), row[6])
        for row in connection.execute(found)
    ]


def sampled_waits(connection: Connection, lot_ids: Sequence[int]) -> list[Sampled]:
    """How long the answers of the samples had waited when their lots were drawn."""
    said = func.coalesce(annotation_table.c.at, resolution_table.c.at)
    found = (
        select(_entry.lot_id, _lot.created_at - said)
        .join_from(lot_entry_table, lot_table, _lot.id == _entry.lot_id)
        .join(resolution_table, resolution_table.c.id == _entry.resolution_id)
        .join(annotation_table, annotation_table.c.id == resolution_table.c.annotation_id, isouter=True)
        .where(_entry.lot_id.in_(lot_ids), _entry.drawn <= MOST_PLACES)
    )
    return [Sampled(row[0], max(0, row[1])) for row in connection.execute(found)]


def question_waits(connection: Connection, project_id: int) -> list[int]:
    q, r = question_table.c, ruling_table.c
    found = (
        select(func.min(r.at) - q.at)
        .join_from(question_table, ruling_table, r.question_id == q.id)
        .where(q.project_id == project_id)
        .group_by(q.id, q.at)
    )
    return [max(0, row[0]) for row in connection.execute(found)]


def dispute_waits(connection: Connection, project_id: int) -> list[int]:
    d = dispute_table.c
    found = select(d.ruled_at - d.raised_at).where(d.project_id == project_id, d.ruled_at.is_not(None))
    return [max(0, row[0]) for row in connection.execute(found)]


class LotNow(NamedTuple):
    """A lot that is not over: `judged` items of its sample, the last of them at `judged_at`."""

    lot_id: int
    number: int
    state: str
    drawn_at: int
    decided_at: int | None
    rework_round: int | None
    judged: int
    judged_at: int | None


def open_lots(connection: Connection, project_id: int) -> list[LotNow]:
    """Lots under inspection, and those that were sent back and have not come again."""
    again = lot_table.alias("again")
    waits = (_lot.state == LotState.INSPECTING) | (
        (_lot.state == LotState.REJECTED) & ~exists().where(again.c.resubmits == _lot.id)
    )
    found = (
        select(_lot.id, _lot.number, _lot.state, _lot.created_at, _lot.decided_at, _lot.rework_round)
        .add_columns(func.count(_verdict.item_id.distinct()), func.max(_verdict.at))
        .join(verdict_table, _verdict.lot_id == _lot.id, isouter=True)
        .where(_lot.project_id == project_id, waits)
        .group_by(_lot.id, _lot.number, _lot.state, _lot.created_at, _lot.decided_at, _lot.rework_round)
        .order_by(_lot.id)
    )
    return [LotNow(*row) for row in connection.execute(found)]


def still_out(connection: Connection, round_ids: Sequence[int]) -> dict[int, dict[str | None, int]]:
    """How many slots of these rounds are open or in somebody's hand, by round and by the name they are kept for."""
    found = (
        select(_slot.round_id, annotator_table.c.name, func.count())
        .join_from(slot_table, annotator_table, annotator_table.c.id == _slot.reserved, isouter=True)
        .where(_slot.round_id.in_(round_ids), _slot.state.in_([0, 1]))
        .group_by(_slot.round_id, annotator_table.c.name)
    )
    told: dict[int, dict[str | None, int]] = {}
    for round_id, name, count in connection.execute(found):
        told.setdefault(round_id, {})[name] = count
    return told


def last_answer_in(connection: Connection, round_ids: Sequence[int]) -> dict[int, int]:
    a = annotation_table.c
    found = select(a.round_id, func.max(a.at)).where(a.round_id.in_(round_ids)).group_by(a.round_id)
    return {row[0]: row[1] for row in connection.execute(found)}


def open_disputes(connection: Connection, project_id: int) -> tuple[int, int | None]:
    """How many, and since when the oldest waits."""
    d = dispute_table.c
    mine = (d.project_id == project_id) & (d.state == DisputeState.OPEN)
    count, since = connection.execute(select(func.count(), func.min(d.raised_at)).where(mine)).one()
    return int(count), since


def accepted_lots(connection: Connection, project_id: int) -> list[tuple[int, int, int, int]]:
    """(id, number, the journal's row of its decision, when) of each accepted lot."""
    found = select(_lot.id, _lot.number, _lot.decided_event, _lot.decided_at).where(
        _lot.project_id == project_id, _lot.state == LotState.ACCEPTED
    )
    return [(row[0], row[1], row[2] or 0, row[3] or 0) for row in connection.execute(found)]


def count_entries(connection: Connection, lot_ids: Sequence[int]) -> int:
    return connection.execute(select(func.count()).where(_entry.lot_id.in_(lot_ids))).scalar_one()


def oldest_in_no_lot(connection: Connection, project_id: int) -> int | None:
    """When the answer was given that has waited longest for a lot."""
    r = resolution_table.c
    lotted = exists().where(_entry.item_id == r.item_id)
    first = select(r.at).where(r.project_id == project_id, r.holds, ~lotted).order_by(r.id).limit(1)
    return connection.execute(first).scalar()
