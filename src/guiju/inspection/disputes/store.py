"""SQL of disputes and of the findings on one's own work."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from guiju.annotations import resolution_table
from guiju.inspection import store as inspection
from guiju.inspection import tables as lots
from guiju.inspection.disputes.model import Dispute, Disputed, DisputeState, MyFinding
from guiju.inspection.disputes.tables import dispute as t
from guiju.inspection.model import Outcome
from guiju.storage import Tx

_COLUMNS = tuple(t.c[name] for name in Dispute.__dataclass_fields__)


def _dispute(row: Row[*tuple[Any, ...]]) -> Dispute:
    kept: dict[str, Any] = {name: getattr(row, name) for name in Dispute.__dataclass_fields__}
    kept["state"] = DisputeState(row.state)
    return Dispute(**kept)


def insert_dispute(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t), {"state": DisputeState.OPEN, "raised_at": tx.at, "gap": False, **values})


def find_by_verdict(connection: Connection, verdict_id: int) -> Dispute | None:
    row = connection.execute(select(*_COLUMNS).where(t.c.verdict_id == verdict_id)).first()
    return _dispute(row) if row else None


def lock_dispute(tx: Tx, project_id: int, dispute_id: int) -> Dispute | None:
    """The dispute, held against another ruling until the transaction ends."""
    mine = (t.c.id == dispute_id) & (t.c.project_id == project_id)
    row = tx.execute(select(*_COLUMNS).where(mine).with_for_update()).first()
    return _dispute(row) if row else None


def settle(tx: Tx, dispute_id: int, state: DisputeState, **values: object) -> None:
    tx.execute(update(t).where(t.c.id == dispute_id).values(state=state, ruled_at=tx.at, **values))


def count_open(connection: Connection, project_id: int, lot_id: int | None = None, item_id: int | None = None) -> int:
    """How many disputes wait for a ruling: in the project, in one of its lots, on one of that lot's items."""
    found = select(func.count()).where(t.c.project_id == project_id, t.c.state == DisputeState.OPEN)
    if lot_id is not None:
        found = found.where(t.c.lot_id == lot_id)
    if item_id is not None:
        found = found.where(t.c.item_id == item_id)
    return connection.execute(found).scalar_one()


def disputes_of_lot(connection: Connection, lot_id: int) -> dict[int, Dispute]:
    """The last dispute about each item of a lot that has one."""
    rows = connection.execute(select(*_COLUMNS).where(t.c.lot_id == lot_id).order_by(t.c.id))
    return {row.item_id: _dispute(row) for row in rows}


def list_disputed(
    connection: Connection, project_id: int, states: Iterable[DisputeState], *, before: int | None, limit: int
) -> list[Disputed]:
    """Disputes with what they are about, the newest first."""
    verdict, lot, held = lots.verdict, lots.lot, resolution_table
    extra = (lot.c.number, held.c.answers, held.c.rulebook_id)
    found = (
        select(*_COLUMNS, *extra, *(column.label(f"v_{column.name}") for column in inspection.VERDICT))
        .join_from(t, verdict, verdict.c.id == t.c.verdict_id)
        .join(lot, lot.c.id == t.c.lot_id)
        .join(held, held.c.id == verdict.c.resolution_id)
        .where(t.c.project_id == project_id, t.c.state.in_(list(states)))
        .order_by(t.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        found = found.where(t.c.id < before)
    return [
        Disputed(
            _dispute(row),
            row.number,
            inspection.finding_from(row, "v_"),
            row.v_inspector_id,
            row.answers,
            row.rulebook_id,
        )
        for row in connection.execute(found)
    ]


def list_findings_on(
    connection: Connection, project_id: int, account_id: int, *, before: int | None, limit: int
) -> list[MyFinding]:
    """Defects on an account's own work, the newest first. A withdrawn one stays, with its dispute."""
    verdict, lot, held = lots.verdict, lots.lot, resolution_table
    found = (
        select(*inspection.VERDICT, lot.c.id.label("lot_id"), lot.c.number, held.c.answers, held.c.rulebook_id)
        .join_from(verdict, lot, lot.c.id == verdict.c.lot_id)
        .join(held, held.c.id == verdict.c.resolution_id)
        .where(
            lot.c.project_id == project_id,
            verdict.c.outcome == Outcome.DEFECT,
            inspection.newest_verdict() | verdict.c.id.in_(select(t.c.verdict_id)),
            inspection.is_work_of(account_id),
        )
        .order_by(verdict.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        found = found.where(verdict.c.id < before)
    rows = list(connection.execute(found))
    disputed = connection.execute(select(*_COLUMNS).where(t.c.verdict_id.in_([row.id for row in rows])))
    by_verdict = {row.verdict_id: _dispute(row) for row in disputed}
    return [
        MyFinding(
            row.id,
            row.lot_id,
            row.number,
            row.item_id,
            row.at,
            inspection.finding_from(row),
            row.answers,
            row.rulebook_id,
            by_verdict.get(row.id),
        )
        for row in rows
    ]
