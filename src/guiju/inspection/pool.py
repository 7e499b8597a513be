"""SQL of what waits for inspection, and how a lot takes it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    cast,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from guiju.annotations import resolution_table, says_the_same
from guiju.data import item_table
from guiju.inspection import tables as t
from guiju.inspection.errors import UnknownDay
from guiju.inspection.model import LotState, Split
from guiju.kit import bounds_of_day, day_of
from guiju.storage import Tx

QUARTER = 900_000_000
"""Days of all zones begin with one, in microseconds."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a lot would take, as lines `item,resolution,0` by item (the database writes them: a million rows are not
    brought here one by one), and bounds that make the same set when it is taken.

    Between reading and taking, a resolution can be replaced and another lot can be drawn, both of which only take
    items away; what comes anew lies beyond `last_resolution`. So an equal count means an equal set.
    """

    lines: str
    count: int
    last_item: int
    last_resolution: int


def _free(pool: "Pool") -> Select[*tuple[Any, ...]]:
    """Resolutions that hold and wait for inspection: their item is in no undecided lot and in no rejected one that
    was not resubmitted, and they themselves were not accepted before."""
    held, entry, lot, later = resolution_table, t.lot_entry, t.lot, t.lot.alias("later")
    waiting = and_(lot.c.state == LotState.REJECTED, ~exists().where(later.c.resubmits == lot.c.id))
    taken = (
        exists()
        .where(entry.c.item_id == held.c.item_id, entry.c.lot_id == lot.c.id)
        .where(or_(lot.c.state == LotState.INSPECTING, says_the_same(entry.c.resolution_id, held), waiting))
    )
    # What stands in a lot as it is, is taken whatever became of the lot: of most items nothing else has to be asked.
    there = exists().where(entry.c.item_id == held.c.item_id, entry.c.resolution_id == held.c.id)
    wanted = select().select_from(held).where(held.c.project_id == pool.project_id, held.c.holds, ~there, ~taken)
    return wanted.where(~_folded(pool.project_id)).where(*_narrowed(pool))


def _folded(project_id: int) -> ColumnElement[bool]:
    """Whether an item lies where a large lot's entries are being written: for those seconds nothing there waits."""
    page, item = t.lot_page.c, resolution_table.c.item_id
    return exists().where(page.project_id == project_id, page.first_item <= item, page.last_item >= item)


def _narrowed(pool: "Pool") -> Iterator[ColumnElement[bool]]:
    """What a pool leaves out of a project's work."""
    held = resolution_table
    if pool.round_id is not None:
        yield held.c.round_id == pool.round_id
    if pool.annotator_id is not None:
        yield held.c.annotator_id == pool.annotator_id
    if pool.day is not None:
        yield held.c.at.between(*_bounds(pool.day))
    if pool.source_id is not None:
        yield exists().where(item_table.c.id == held.c.item_id, item_table.c.source_id == pool.source_id)
    if pool.after:
        yield held.c.item_id > pool.after


def _bounds(day: str) -> tuple[int, int]:
    """Raises `UnknownDay`."""
    try:
        return bounds_of_day(day)
    except (ValueError, OverflowError) as error:
        raise UnknownDay(day=day[:40]) from error


def _returned(lot_id: int) -> Select[*tuple[Any, ...]]:
    """The resolutions that hold now for the entries of a lot."""
    held, entry = resolution_table, t.lot_entry
    return (
        select()
        .select_from(entry)
        .join(held, and_(held.c.item_id == entry.c.item_id, held.c.holds))
        .where(entry.c.lot_id == lot_id)
    )


@dataclass(frozen=True, slots=True)
class Pool:
    """Where a lot takes its items from: a round or a whole project, one annotator's, source's or day's work of it (a
    day of this machine, 2026-11-22), items beyond `after`; or an earlier lot that comes again."""

    project_id: int
    round_id: int | None = None
    annotator_id: int | None = None
    source_id: int | None = None
    day: str | None = None
    resubmits: int | None = None
    after: int = 0

    def query(self) -> Select[*tuple[Any, ...]]:
        if self.resubmits is not None:
            return _returned(self.resubmits)
        return _free(self)


def find_candidates(connection: Connection, pool: Pool, limit: int | None) -> Candidates:
    """The items that wait in `pool`, at most `limit`, the oldest first."""
    held = resolution_table.c
    by_item = pool.query().add_columns(held.item_id, held.id.label("held")).order_by(held.item_id).limit(limit)
    one = by_item.subquery().c
    line = cast(one.item_id, Text).concat(literal_column("','")).concat(cast(one.held, Text))
    line = line.concat(literal_column("',0\n'"))
    # SQLite keeps the order of what lies beneath a concatenation; PostgreSQL is told
    nothing: ColumnElement[str] = literal_column("''")
    if connection.dialect.name == "postgresql":
        lines = func.string_agg(line, aggregate_order_by(nothing, one.item_id))
    else:
        lines = func.group_concat(line, nothing)
    row = connection.execute(select(lines, func.count(), func.max(one.item_id), func.max(one.held))).one()
    return Candidates(row[0] or "", row[1], row[2] or 0, row[3] or 0)


def count_candidates(connection: Connection, pool: Pool) -> int:
    waiting = pool.query().add_columns(resolution_table.c.item_id).subquery()
    return connection.execute(select(func.count()).select_from(waiting)).scalar_one()


def count_by(connection: Connection, pool: Pool, split: Split) -> dict[int | str, int]:
    """How many of the candidates each annotator made alone, came from each source, or were resolved on each day, the
    days in their order; what several made together is nobody's."""
    return count_by_each(connection, pool, [split])[split]


def count_by_each(connection: Connection, pool: Pool, splits: Sequence[Split]) -> dict[Split, dict[int | str, int]]:
    """What `count_by` counts, in several ways with one look at what waits."""
    held = resolution_table.c
    # which of a million wait takes longer to find than to count: they are found once and kept for the counts
    waiting = pool.query().add_columns(held.item_id, held.annotator_id, held.at).cte("waiting")
    waiting = waiting.prefix_with("MATERIALIZED")
    found: dict[Split, dict[int | str, int]] = {split: {} for split in splits}
    counts = union_all(*(_counted(waiting, split, place) for place, split in enumerate(splits)))
    for place, key, count in connection.execute(counts):
        split: Split = splits[int(place)]
        name = day_of(key * QUARTER) if split is Split.DAY else key
        found[split][name] = found[split].get(name, 0) + count
    return {split: dict(sorted(by.items())) if split is Split.DAY else by for split, by in found.items()}


def _counted(waiting: CTE, split: Split, place: int) -> Select[*tuple[Any, ...]]:
    """`(place, key, count)` of each part of what waits; a day is counted by its quarters of an hour."""
    w = waiting.c
    match split:
        case Split.ANNOTATOR:
            key, rows = w.annotator_id, select().select_from(waiting).where(w.annotator_id.is_not(None))
        case Split.SOURCE:
            key = item_table.c.source_id
            rows = select().select_from(waiting).join(item_table, item_table.c.id == w.item_id)
        case Split.DAY:
            key, rows = w.at.op("/")(literal_column(str(QUARTER))), select().select_from(waiting)
    return rows.add_columns(literal_column(str(place)), key.label("key"), func.count()).group_by(key)


def take_entries(tx: Tx, lot_id: int, pool: Pool, candidates: Candidates) -> int:
    """Put the candidates into the lot in one statement; returns how many were still there."""
    held = resolution_table
    still = pool.query().where(held.c.item_id <= candidates.last_item, held.c.id <= candidates.last_resolution)
    rows = still.add_columns(literal(lot_id), held.c.item_id, held.c.id)
    taken = insert(t.lot_entry).from_select(["lot_id", "item_id", "resolution_id"], rows)
    return tx.execute(taken.execution_options(preserve_rowcount=True)).rowcount
