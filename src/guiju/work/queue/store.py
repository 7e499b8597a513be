"""SQL of a round's parts."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import (
    JSON,
    ColumnClause,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    false,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from guiju.annotations import round_table
from guiju.data import item_table
from guiju.scenes import placement_table, scene_map_table
from guiju.storage import Prepared, Tx
from guiju.work import tables as t
from guiju.work.model import SlotState
from guiju.work.queue.model import ANY_DEMANDS, Batch, By, Counts, Demands, Part
from guiju.work.queue.tables import batch
from guiju.work.rules import LAYER, MOST_LAYERS

_b, _s = batch.c, t.slot.c
BACK = {"state": SlotState.OPEN.value, "annotator_id": None, "lease": None, "lease_until": None}
_OPEN: ColumnClause[int] = literal_column(str(SlotState.OPEN.value))
_BATCH = (_b.id, _b.round_id, _b.name, _b.priority, _b.due, _b.demands)
_MORE = (_b.split_from, _b.settled, _b.withdrawn_at, _b.withdrawn_why)
_OF_ROUND = Prepared(select(*_BATCH, *_MORE).where(_b.round_id == bindparam("round_id")).order_by(_b.id))
_LOWEST = Prepared(
    select(_s.reserved).where(_s.round_id == bindparam("round_id"), _s.state == _OPEN).order_by(_s.reserved).limit(1)
)
_waits = select(_s.id).where(
    _s.round_id == bindparam("round_id"), _s.reserved == bindparam("reserved"), _s.batch_id == _b.id, _s.state == _OPEN
)
_WAITING = Prepared(
    select(_b.id).where(_b.round_id == bindparam("round_id"), _b.withdrawn_at.is_(None), _waits.exists())
)


def batches_of(connection: Connection, round_id: int) -> list[Batch]:
    """The round's parts, the oldest first, withdrawn ones too."""
    return [_batch(row) for row in _OF_ROUND.rows(connection, {"round_id": round_id})]


def _batch(row: tuple[Any, ...]) -> Batch:
    demands = ANY_DEMANDS if row[5] == "{}" else msgspec.json.decode(row[5], type=Demands)
    named, rest = (row[0], row[1], row[2], row[3], row[4]), (row[6], bool(row[7]), row[8], row[9])
    return Batch(*named, demands, *rest)


def find_batch(connection: Connection, batch_id: int) -> Batch | None:
    row = connection.execute(select(*_BATCH, *_MORE).where(_b.id == batch_id)).first()
    return _batch(tuple(row)) if row else None


def lowest_reserved(connection: Connection, round_id: int) -> int:
    """The lowest number that an open slot of the round is kept for: below 0 where any is kept for a team."""
    return int(_LOWEST.scalar(connection, {"round_id": round_id}) or 0)


def waiting_batches(connection: Connection, round_id: int, reserved: int) -> set[int]:
    """The parts of which something that is kept so waits."""
    return {row[0] for row in _WAITING.rows(connection, {"round_id": round_id, "reserved": reserved})}


def insert_batch(tx: Tx, round_id: int, created_by: int, **values: object) -> int:
    usual = {"demands": "{}", "settled": True, "due": None, "split_from": None, "part": None}
    made = {"round_id": round_id, "created_by": created_by, "created_at": tx.at, "withdrawn_at": None}
    return tx.insert(insert(batch), {**usual, **made, "withdrawn_why": None, **values})


def update_batch(tx: Tx, batch_id: int, **values: object) -> None:
    tx.execute(update(batch).where(_b.id == batch_id).values(**values))


def lock_batch(tx: Tx, batch_id: int) -> Batch | None:
    row = tx.execute(select(*_BATCH, *_MORE).where(_b.id == batch_id).with_for_update()).first()
    return _batch(tuple(row)) if row else None


def span_of(connection: Connection, round_id: int) -> tuple[int, int] | None:
    """The lowest and the highest slot of a round."""
    row = connection.execute(select(func.min(_s.id), func.max(_s.id)).where(_s.round_id == round_id)).one()
    return (row[0], row[1]) if row[0] is not None else None


def is_of(connection: Connection, part: Part) -> ColumnElement[bool]:
    """Which slots are of a part that is split off by source, scene or column; by count `part.value` is the first of
    the items.
    """
    if part.by is By.COUNT:
        return _s.item_id >= int(part.value)
    i = item_table.c
    mine = select(i.id).where(i.id == _s.item_id)
    if part.by is By.SOURCE:
        return mine.where(i.source_id == int(part.value)).exists()
    if part.by is By.COLUMN:
        return mine.where(_said(connection, part.column) == part.value).exists()
    p, m = placement_table.c, scene_map_table.c
    placed = select(p.item_id).join(scene_map_table, m.id == p.map_id)
    return placed.where(p.item_id == _s.item_id, p.scene_id == int(part.value), m.state == "current").exists()


def _said(connection: Connection, column: str) -> ColumnElement[str]:
    """What a record's column says, as text."""
    if connection.dialect.name == "postgresql":
        return cast(item_table.c.meta, JSON).op("->>")(column)
    return cast(func.json_extract(item_table.c.meta, f'$."{column}"'), Text)


def first_of_last(connection: Connection, round_id: int, batch_id: int, count: int) -> tuple[int | None, int]:
    """Of the last `count` items of a batch that wait the one with the lowest number, and how many wait in all."""
    waits = (_s.round_id == round_id) & (_s.batch_id == batch_id) & (_s.state == _OPEN)
    items = select(_s.item_id).where(waits).distinct()
    every = connection.execute(select(func.count()).select_from(items.subquery())).scalar_one()
    found = connection.execute(items.order_by(_s.item_id.desc()).offset(count - 1).limit(1)).scalar()
    return found, every


def any_waiting(connection: Connection, round_id: int, batch_id: int, of: ColumnElement[bool]) -> bool:
    mine = and_(_s.round_id == round_id, _s.batch_id == batch_id, _s.state.in_([0, 1]), of)
    return connection.execute(select(_s.id).where(mine).limit(1)).first() is not None


def move_some(tx: Tx, window: tuple[int, int], mine: ColumnElement[bool], **values: object) -> int:
    """Change what is `mine` among the slots with these numbers; how many."""
    wanted = _s.id.between(*window) & mine
    return int(tx.execute(update(t.slot).where(wanted).values(**values)).rowcount)


Beside: TypeAlias = Callable[[Sequence[int] | Select[Any]], Select[Any]]
"""Rounds → the rounds whose items are handed out among theirs, and must not be told from them."""

_beside: list[Beside] = []


def add_beside(beside: Beside) -> None:
    _beside.append(beside)


def lies_beside(rounds: Sequence[int] | Select[Any]) -> ColumnElement[bool]:
    """Slots of what is handed out among the items of these rounds."""
    return or_(false(), *(_s.round_id.in_(each(rounds)) for each in _beside))


def take_back_beside(tx: Tx, round_id: int, mine: ColumnElement[bool]) -> int:
    """What is in hand of it waits again, as the ordinary items do: what alone stayed would be known by that."""
    return move_where(tx, lies_beside([round_id]) & (_s.state == SlotState.LEASED.value) & mine, **BACK)


def move_where(tx: Tx, mine: ColumnElement[bool], **values: object) -> int:
    """Change slots that an index finds; how many."""
    return int(tx.execute(update(t.slot).where(mine).values(**values)).rowcount)


def count_where(connection: Connection, mine: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(t.slot).where(mine)).scalar_one()


def json_of(value: object) -> str:
    return msgspec.json.encode(value).decode()


def count_slots(connection: Connection, round_id: int) -> dict[tuple[int, int | None], Counts]:
    """Slots by batch and annotator (nobody: open ones), from the index alone."""
    n = func.count()
    rows = select(_s.batch_id, _s.annotator_id, _s.state, n).where(_s.round_id == round_id)
    by: dict[tuple[int, int | None], dict[int, int]] = {}
    for batch_id, annotator_id, state, count in connection.execute(
        rows.group_by(_s.batch_id, _s.annotator_id, _s.state)
    ):
        by.setdefault((batch_id, annotator_id), {})[state] = count
    return {key: counts_of(of) for key, of in by.items()}


def counts_of(of: dict[int, int]) -> Counts:
    return Counts(of.get(0, 0), of.get(1, 0), of.get(2, 0) + of.get(3, 0), of.get(4, 0))


def kept_for(connection: Connection, round_id: int) -> dict[int, int]:
    """How many open slots are kept for whom: n for annotator n, -n for team n."""
    rows = select(_s.reserved, func.count()).where(_s.round_id == round_id, _s.state == _OPEN, _s.reserved != 0)
    return {row[0]: row[1] for row in connection.execute(rows.group_by(_s.reserved))}


def drafts_of(connection: Connection, round_id: int) -> dict[int, int]:
    """How many unfinished answers of the round are kept, by annotator."""
    d = t.draft.c
    rows = select(d.annotator_id, func.count()).join_from(t.draft, t.slot, _s.id == d.slot_id)
    return {row[0]: row[1] for row in connection.execute(rows.where(_s.round_id == round_id).group_by(d.annotator_id))}


def bring_forward(tx: Tx, project_id: int, items: Sequence[int]) -> int:
    """Give the open production slots of these items places before all others; how many items wait there.

    They keep their layers, so that nobody meets an item twice in a row.
    """
    r, s, moved = round_table.c, t.slot.c, set[int]()
    running = select(r.id).where(r.project_id == project_id, r.kind == "production", r.state.in_(["open", "paused"]))
    for start in range(0, len(items), 1_000):
        mine = s.round_id.in_(running) & (s.state == _OPEN) & s.item_id.in_(items[start : start + 1_000])
        moved |= set(tx.execute(select(s.item_id).where(mine)).scalars())
        tx.execute(update(t.slot).where(mine, s.ordinal >= 0).values(ordinal=s.ordinal - MOST_LAYERS * LAYER))
    return len(moved)


def seal_slots(tx: Tx, items: "Select[Any] | Sequence[int]") -> None:
    """What is taken into a lot can no longer be changed by its annotator. `items`: ids, or a select of them."""
    taken = (t.slot.c.state == SlotState.DONE.value) & t.slot.c.item_id.in_(items)
    tx.execute(update(t.slot).where(taken).values(state=SlotState.SEALED.value))
