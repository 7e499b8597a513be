"""SQL of quieted alerts."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from guiju.annotations import round_table
from guiju.planning.alerts.model import Quiet
from guiju.planning.alerts.tables import alert_quiet
from guiju.storage import Tx

_q = alert_quiet.c


def quieted(connection: Connection, project_id: int, at: int) -> dict[str, Quiet]:
    """Those that are quiet at `at`, by key: what was said last holds."""
    mine = (_q.project_id == project_id) & (_q.until > at) & _q.ended_at.is_(None)
    found = select(_q.key, _q.reason, _q.quieted_by, _q.at, _q.until).where(mine).order_by(_q.id)
    return {row.key: Quiet(*row) for row in connection.execute(found)}


def insert_quiet(tx: Tx, **values: object) -> int:
    return tx.insert(insert(alert_quiet), {"at": tx.at, **values})


def end_quiet(tx: Tx, project_id: int, key: str) -> int:
    """Let an alert speak again; how many times it had been quieted."""
    mine = (_q.project_id == project_id) & (_q.key == key) & (_q.until > tx.at) & _q.ended_at.is_(None)
    return tx.execute(update(alert_quiet).where(mine).values(ended_at=tx.at)).rowcount


def open_since(connection: Connection, round_ids: Sequence[int]) -> dict[int, int]:
    """Those of the rounds that take answers now, and when each was opened."""
    r = round_table.c
    found = select(r.id, r.created_at).where(r.id.in_(round_ids), r.state == "open")
    return {row[0]: row[1] for row in connection.execute(found)}
