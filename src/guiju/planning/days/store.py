"""SQL of the sums."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, Subquery, case, cast, func, insert, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite

from guiju.annotations import annotation_table, annotator_table, round_table
from guiju.kit import midnight
from guiju.planning.days import tables as t
from guiju.planning.days.model import DAY, DayTotal, Pace, Person, Tally
from guiju.planning.days.rules import day_of, offset_of
from guiju.storage import Tx

CHUNK = 20_000
MOST_MS = 3_600_000
"""What is longer is a lunch, and counts as an hour."""
# PostgreSQL gives out ids before it commits: what is younger than this may still have an earlier one before it.
SETTLED = 5 * 60 * 10**6

_a, _d = annotation_table.c, t.work_day.c
_SUMS = ("answers", "firsts", "timed", "active_ms")


@dataclass(frozen=True, slots=True)
class Worked:
    """The rows that `by_day` and the others sum, and the day that it is."""

    rows: Subquery
    today: int


def worked(connection: Connection, project_id: int, at: int) -> Worked:
    """A project's sums by round, annotator and day as they are now. The caller authorises."""
    kept = select(*(_d[name] for name in _KEPT)).where(_d.project_id == project_id)
    fresh = _summed(offset_of(midnight(at))).where(_a.id > mark_of(connection), _a.project_id == project_id)
    rows = union_all(kept, fresh.with_only_columns(*list(fresh.selected_columns)[1:])).subquery()
    return Worked(rows, day_of(at, midnight(at)))


_KEPT = ("round_id", "annotator_id", "day", *_SUMS, "last_at")


def _summed(offset: int) -> Select[*tuple[Any, ...]]:
    """Annotations summed; where from is the caller's condition."""
    day = ((_a.at + offset) // DAY).label("day")
    spent = case((_a.active_ms > MOST_MS, MOST_MS), else_=_a.active_ms)
    firsts = func.sum(case((_a.revision == 1, 1), else_=0))
    return select(
        _a.project_id,
        _a.round_id,
        _a.annotator_id,
        day,
        func.count().label("answers"),
        firsts.label("firsts"),
        func.count(_a.active_ms).label("timed"),
        cast(func.coalesce(func.sum(spent), 0), BigInteger).label("active_ms"),
        func.max(_a.at).label("last_at"),
    ).group_by(_a.project_id, _a.round_id, _a.annotator_id, day)


def _totals(rows: Subquery) -> list[Any]:
    sums = [cast(func.coalesce(func.sum(rows.c[name]), 0), BigInteger) for name in _SUMS]
    return [*sums, func.coalesce(func.max(rows.c.last_at), 0)]


def by_day(connection: Connection, seen: Worked, round_ids: Collection[int], since: int) -> list[DayTotal]:
    """First answers of these rounds on each day from `since` on, the oldest first; days without any are left out."""
    rows = seen.rows.c
    found = (
        select(rows.day, cast(func.sum(rows.firsts), BigInteger), func.count(rows.annotator_id.distinct()))
        .where(rows.round_id.in_(round_ids), rows.day >= since, rows.firsts > 0)
        .group_by(rows.day)
        .order_by(rows.day)
    )
    return [DayTotal(*map(int, row)) for row in connection.execute(found)]


def by_round(connection: Connection, seen: Worked) -> dict[int, Tally]:
    rows = seen.rows.c
    found = select(rows.round_id, *_totals(seen.rows)).group_by(rows.round_id)
    return {row[0]: Tally(*map(int, row[1:])) for row in connection.execute(found)}


def by_person(
    connection: Connection, seen: Worked, round_ids: Collection[int], since: int = 0
) -> list[tuple[Person, Tally]]:
    """Everybody's sums in these rounds since a day, whoever answered most first."""
    rows, who = seen.rows.c, annotator_table.c
    found = (
        select(rows.annotator_id, who.account_id, who.name, *_totals(seen.rows))
        .join_from(seen.rows, annotator_table, who.id == rows.annotator_id)
        .where(rows.round_id.in_(round_ids), rows.day >= since)
        .group_by(rows.annotator_id, who.account_id, who.name)
        .order_by(func.sum(rows.answers).desc(), rows.annotator_id)
    )
    return [(Person(*row[:3]), Tally(*map(int, row[3:]))) for row in connection.execute(found)]


def by_round_and_person(connection: Connection, seen: Worked) -> dict[tuple[int, int], Tally]:
    """The sums of each annotator in each round."""
    rows = seen.rows.c
    found = select(rows.round_id, rows.annotator_id, *_totals(seen.rows)).group_by(rows.round_id, rows.annotator_id)
    return {(row[0], row[1]): Tally(*map(int, row[2:])) for row in connection.execute(found)}


def paces(connection: Connection, seen: Worked, round_ids: Collection[int], since: int) -> list[Pace]:
    """What an answer took in these rounds since a day, by round, person and day. Models are no persons."""
    rows, who = seen.rows.c, annotator_table.c
    sums = [cast(func.sum(rows[name]), BigInteger) for name in ("timed", "active_ms")]
    found: Select[*tuple[Any, ...]] = (
        select(rows.round_id, rows.annotator_id, who.name, rows.day, *sums)
        .join_from(seen.rows, annotator_table, who.id == rows.annotator_id)
        .where(rows.round_id.in_(round_ids), rows.day >= since, rows.timed > 0, who.account_id.is_not(None))
        .group_by(rows.round_id, rows.annotator_id, who.name, rows.day)
    )
    return [Pace(row[0], row[1], row[2], row[3], int(row[4]), int(row[5])) for row in connection.execute(found)]


def mark_of(connection: Connection) -> int:
    return connection.execute(select(t.work_day_mark.c.last_id)).scalar() or 0


def settled_upto(connection: Connection, after: int, at: int) -> int:
    """The last annotation of the next chunk that may be summed for good: `after` itself where there is none.

    Answers of a round that is still being filled can be taken back, and their ids be given out again: they wait, and
    what follows them.
    """
    chunk = select(_a.id, _a.at).where(_a.id > after).order_by(_a.id).limit(CHUNK).subquery().c
    young = func.min(case((chunk.at >= at - SETTLED, chunk.id)))
    last, fresh = connection.execute(select(func.max(chunk.id), young)).one()
    filling = select(round_table.c.id).where(round_table.c.state == "draft")
    first_draft = select(func.min(_a.id)).where(_a.round_id.in_(filling), _a.id > after)
    bounds = [each - 1 for each in (fresh, connection.execute(first_draft).scalar()) if each is not None]
    return max(after, min([*bounds, last or after]))


def sums_between(connection: Connection, after: int, upto: int, at: int) -> list[dict[str, Any]]:
    found = _summed(offset_of(midnight(at))).where(_a.id > after, _a.id <= upto)
    return [dict(row) for row in connection.execute(found).mappings()]


def add_sums(tx: Tx, rows: Sequence[dict[str, Any]], after: int, upto: int) -> bool:
    """Put the sums of `after` … `upto` in; `False` where another process was faster."""
    mark = t.work_day_mark.c
    known = tx.execute(select(mark.last_id).with_for_update()).scalar()
    if (known or 0) != after:
        return False
    if known is None:
        tx.execute(insert(t.work_day_mark).values(id=1, last_id=upto))
    else:
        tx.execute(update(t.work_day_mark).values(last_id=upto))
    if not rows:
        return True
    new = (postgresql.insert if tx.dialect == "postgresql" else sqlite.insert)(t.work_day)
    both = {name: _d[name] + new.excluded[name] for name in _SUMS}
    later = case((new.excluded.last_at > _d.last_at, new.excluded.last_at), else_=_d.last_at)
    keys = ["project_id", "round_id", "annotator_id", "day"]
    tx.execute(new.on_conflict_do_update(index_elements=keys, set_={**both, "last_at": later}), list(rows))
    return True
