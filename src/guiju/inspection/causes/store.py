"""SQL of causes: counted in the database where a column says the cause, read where an answer does."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from guiju.annotations import annotator_table, resolution_table
from guiju.data import item_table
from guiju.inspection import store as inspection
from guiju.inspection import tables as t
from guiju.inspection.causes.model import By, Row, Where
from guiju.inspection.model import LotState, Outcome
from guiju.inspection.seconds.store import awaits_second

_v, _lot, _held = t.verdict.c, t.lot.c, resolution_table.c
CAUSES: dict[By, ColumnElement[Any]] = {
    By.TYPE: _v.defect_type,
    By.CLAUSE: _v.clause,
    By.SEVERITY: _v.severity,
    By.ANNOTATOR: _held.annotator_id,
}
MOST_READ = 20_000
IN_ONE = 500


def _judged(project_id: int, where: Where, *columns: Any) -> Select[*tuple[Any, ...]]:
    """The verdicts that hold, of the project's lots."""
    found = (
        select(*columns)
        .join_from(t.verdict, t.lot, _lot.id == _v.lot_id)
        .join(resolution_table, _held.id == _v.resolution_id)
        .where(_lot.project_id == project_id, inspection.newest_verdict())
    )
    if where.veiled_for is not None:
        found = found.where(~awaits_second() | (_v.inspector_id == where.veiled_for))
    if where.lot_id is not None:
        found = found.where(_lot.id == where.lot_id)
    if where.round_id is not None:
        found = found.where(_held.round_id == where.round_id)
    if where.since is not None:
        found = found.where(_v.at >= where.since)
    return found if where.until is None else found.where(_v.at < where.until)


_DEFECTIVE = func.sum(case((_v.outcome == Outcome.DEFECT, 1), else_=0))


def count_judged(connection: Connection, project_id: int, where: Where) -> tuple[int, int]:
    """`(judged, defective)` items."""
    row = connection.execute(_judged(project_id, where, func.count(), _DEFECTIVE)).one()
    return int(row[0]), int(row[1] or 0)


def count_by(connection: Connection, project_id: int, where: Where, by: By) -> dict[Any, tuple[int, int]]:
    """`(judged, defective)` by the value of a column; only an annotator is known of what passed, too."""
    column = CAUSES[by]
    rows = connection.execute(_judged(project_id, where, column, func.count(), _DEFECTIVE).group_by(column))
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


class Answered(NamedTuple):
    """A judged answer and its correction, as JSON."""

    verdict_id: int
    lot_id: int
    judged: str
    correction: str | None
    defective: bool


_ANSWERED = (_v.id, _v.lot_id, _held.answers, _v.correction, _v.outcome)


def read_defects(connection: Connection, project_id: int, where: Where) -> Iterator[Answered]:
    """The newest defects with their answers, at most `MOST_READ`."""
    found = _judged(project_id, where, *_ANSWERED).where(_v.outcome == Outcome.DEFECT)
    for row in connection.execute(found.order_by(_v.id.desc()).limit(MOST_READ)):
        yield Answered(row[0], row[1], row[2], row[3], defective=True)


def list_rows(
    connection: Connection,
    project_id: int,
    where: Where,
    *,
    only: tuple[By, Any] | list[int],
    before: int | None,
    limit: int,
) -> list[Row]:
    """The defects of one cause, or of these verdicts, the newest first."""
    extra = (_lot.number, _held.answers, _held.rulebook_id, annotator_table.c.name.label("who"))
    columns = (*inspection.VERDICT, _v.lot_id, item_table.c.name.label("item_name"), *extra)
    found = (
        _judged(project_id, where, *columns)
        .join(item_table, item_table.c.id == _v.item_id)
        .join(annotator_table, annotator_table.c.id == _held.annotator_id, isouter=True)
        .where(_v.outcome == Outcome.DEFECT)
    )
    if isinstance(only, tuple):
        column = CAUSES[only[0]]
        found = found.where(column.is_(None) if only[1] is None else column == only[1])
    else:
        found = found.where(_v.id.in_(only))
    if before is not None:
        found = found.where(_v.id < before)
    return [
        Row(
            row.id,
            row.lot_id,
            row.number,
            row.item_id,
            row.item_name,
            row.at,
            row.who,
            inspection.finding_from(row),
            row.answers,
            row.rulebook_id,
        )
        for row in connection.execute(found.order_by(_v.id.desc()).limit(limit))
    ]


class Decided(NamedTuple):
    """A lot that was decided at its first inspection."""

    id: int
    number: int


def first_lots(connection: Connection, project_id: int, most: int) -> list[Decided]:
    """The newest lots that were decided and do not come again, in the order of the decisions."""
    first = (_lot.project_id == project_id) & _lot.resubmits.is_(None) & (_lot.state != LotState.INSPECTING)
    rows = connection.execute(
        select(_lot.id, _lot.number).where(first).order_by(_lot.decided_event.desc()).limit(most)
    ).all()
    return [Decided(row[0], row[1]) for row in reversed(rows)]


def count_people(
    connection: Connection, project_id: int, lots: Iterable[int], where: Where
) -> list[tuple[int, int, int, int]]:
    """`(annotator, lot, judged, defective)` of work that one person made alone."""
    found = _judged(project_id, where, _held.annotator_id, _v.lot_id, func.count(), _DEFECTIVE)
    mine = found.where(_v.lot_id.in_(list(lots)), _held.annotator_id.is_not(None))
    rows = connection.execute(mine.group_by(_held.annotator_id, _v.lot_id))
    return [(row[0], row[1], int(row[2]), int(row[3])) for row in rows]


def read_judged(connection: Connection, project_id: int, lots: Iterable[int], where: Where) -> Iterator[Answered]:
    """Every judged answer of these lots."""
    found = _judged(project_id, where, *_ANSWERED).where(_v.lot_id.in_(list(lots)))
    for row in connection.execute(found.limit(MOST_READ)):
        yield Answered(row[0], row[1], row[2], row[3], defective=row[4] == Outcome.DEFECT)
