"""What people did, set by set: the rows behind every line of a statement."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, select

from guiju.annotations import RoundKind, annotation_table, annotator_table, resolution_table, round_table
from guiju.inspection.model import Outcome
from guiju.inspection.tables import lot as lot_table
from guiju.inspection.tables import verdict as verdict_table
from guiju.kinds import decode_stored, kind_of
from guiju.pay.model import PAID_KINDS, Counted, LineKind, LineRow, Period, Unit
from guiju.work.gold.tables import gold_policy

_FIRST, _LATER, _BEFORE = (annotation_table.alias(name) for name in ("first_said", "later_said", "said_before"))
_WHO, _ROUND = annotator_table, round_table
_OLDER = verdict_table.alias("older_verdict")


def _newest_by(as_of: int) -> ColumnElement[bool]:
    """Whether a verdict was the one that held at the moment `as_of`."""
    v = verdict_table.c
    newest = select(func.max(_OLDER.c.revision)).where(
        _OLDER.c.lot_id == v.lot_id, _OLDER.c.item_id == v.item_id, _OLDER.c.at <= as_of
    )
    return and_(v.revision == newest.correlate(verdict_table).scalar_subquery(), v.outcome == Outcome.DEFECT)


def _own_redone() -> ColumnElement[bool]:
    """Rework of what the annotator answered themselves before."""
    earlier = and_(
        _BEFORE.c.item_id == _FIRST.c.item_id,
        _BEFORE.c.annotator_id == _FIRST.c.annotator_id,
        _BEFORE.c.round_id != _FIRST.c.round_id,
        _BEFORE.c.at < _FIRST.c.at,
    )
    return and_(_ROUND.c.kind == RoundKind.REWORK, exists().where(earlier))


def _done(
    kind: LineKind, project_id: int, period: Period, as_of: int, account_id: int | None = None
) -> Select[*tuple[Any, ...]]:
    """Each item that somebody answered first in the period, with the active time of all their revisions of it; of
    `kind`: work, own work done again where a defect was found, or what was found defective."""
    same = and_(
        _LATER.c.round_id == _FIRST.c.round_id,
        _LATER.c.item_id == _FIRST.c.item_id,
        _LATER.c.annotator_id == _FIRST.c.annotator_id,
        _LATER.c.at <= as_of,
    )
    # An item whose answer is known is work like any other, and nobody can tell it from the others by what it pays.
    round_id = func.coalesce(gold_policy.c.round_id, _FIRST.c.round_id).label("round_id")
    keys = (_WHO.c.account_id, round_id, _FIRST.c.item_id, _FIRST.c.id, _FIRST.c.at)
    found = (
        select(
            *keys,
            func.coalesce(func.sum(_LATER.c.active_ms), 0).label("active_ms"),
            func.max(_LATER.c.id).label("last"),
        )
        .select_from(_FIRST)
        .join(_WHO, _WHO.c.id == _FIRST.c.annotator_id)
        .join(_ROUND, _ROUND.c.id == _FIRST.c.round_id)
        .join(gold_policy, gold_policy.c.gold_round_id == _FIRST.c.round_id, isouter=True)
        .join(_LATER, same)
        .where(
            _ROUND.c.project_id == project_id,
            _ROUND.c.kind.in_((*PAID_KINDS, RoundKind.GOLD)),
            _FIRST.c.revision == 1,
            _FIRST.c.at >= period.from_at,
            _FIRST.c.at < period.to_at,
            _WHO.c.account_id.is_not(None) if account_id is None else _WHO.c.account_id == account_id,
        )
        .group_by(*keys)
    )
    if kind is LineKind.DEFECT:
        bad = _defective(project_id, as_of)
        return found.join(
            bad,
            and_(
                bad.c.round_id == _FIRST.c.round_id,
                bad.c.item_id == _FIRST.c.item_id,
                bad.c.annotator_id == _FIRST.c.annotator_id,
            ),
        )
    if kind is LineKind.REWORK:
        v = verdict_table.c
        sent_back = exists().where(v.lot_id == _ROUND.c.lot_id, v.item_id == _FIRST.c.item_id, _newest_by(as_of))
        return found.where(_own_redone(), sent_back)
    return found.where(~_own_redone())


def _defective(project_id: int, as_of: int) -> Any:
    """What inspectors found defective, and which one person answered alone: a consensus is nobody's fault."""
    held, v = resolution_table.c, verdict_table.c
    found = (
        select(held.round_id, held.item_id, held.annotator_id)
        .select_from(lot_table)
        .join(verdict_table, v.lot_id == lot_table.c.id)
        .join(resolution_table, held.id == v.resolution_id)
        .where(lot_table.c.project_id == project_id, _newest_by(as_of), held.annotator_id.is_not(None))
    )
    return found.distinct().subquery("bad")


def count_done(
    connection: Connection,
    kind: LineKind,
    project_id: int,
    period: Period,
    *,
    as_of: int,
    account_id: int | None = None,
    with_shapes: Iterable[int] = (),
) -> dict[int, list[Counted]]:
    """By account, what each did in each round; things marked are counted in the rounds `with_shapes` alone."""
    done = _done(kind, project_id, period, as_of, account_id).subquery("done")
    per_round = (
        select(done.c.account_id, done.c.round_id, func.count(), func.sum(done.c.active_ms))
        .group_by(done.c.account_id, done.c.round_id)
        .order_by(done.c.account_id, done.c.round_id)
    )
    shaped = list(with_shapes)
    shapes = _count_shapes(connection, done, shaped) if shaped else {}
    found = dict[int, list[Counted]]()
    for account, round_id, items, active_ms in connection.execute(per_round):
        one = Counted(round_id, items, int(active_ms), shapes.get((account, round_id), 0))
        found.setdefault(account, []).append(one)
    return found


def _count_shapes(connection: Connection, done: Any, rounds: Sequence[int]) -> dict[tuple[int, int], int]:
    said = annotation_table
    rows = (
        select(done.c.account_id, done.c.round_id, said.c.answers)
        .join(said, said.c.id == done.c.last)
        .where(done.c.round_id.in_(rounds))
    )
    found = dict[tuple[int, int], int]()
    for account, round_id, answers in connection.execute(rows.execution_options(yield_per=2_000)):
        found[account, round_id] = found.get((account, round_id), 0) + shapes_in(answers)
    return found


def shapes_in(answers: str) -> int:
    """How many things an annotation marks, over all its fields."""
    return sum(len(kind_of(one).parts(one)) for one in decode_stored(answers).values())


def list_done(  # noqa: PLR0913 - whose, of what, when, and from where on
    connection: Connection,
    kind: LineKind,
    project_id: int,
    period: Period,
    *,
    as_of: int,
    account_id: int,
    round_id: int,
    unit: Unit,
    after: int = 0,
    limit: int = 100,
) -> list[LineRow]:
    """The rows behind a line, by annotation."""
    done = _done(kind, project_id, period, as_of, account_id).subquery("done")
    said = annotation_table
    rows = (
        select(done.c.item_id, done.c.id, done.c.at, done.c.active_ms, said.c.answers)
        .join(said, said.c.id == done.c.last)
        .where(done.c.round_id == round_id, done.c.id > after)
        .order_by(done.c.id)
        .limit(limit)
    )
    return [
        LineRow(row.item_id, row.id, row.at, int(row.active_ms), _quantity(unit, int(row.active_ms), row.answers))
        for row in connection.execute(rows)
    ]


def _quantity(unit: Unit, active_ms: int, answers: str) -> int:
    return {Unit.ITEM: 1, Unit.HOUR: active_ms}.get(unit) or (shapes_in(answers) if unit is Unit.SHAPE else 0)
