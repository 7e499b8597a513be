"""SQL of amendments; what they rest on is read from the disputes."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from guiju.inspection.disputes.tables import dispute as disputes
from guiju.planning.amendments.model import Amendment
from guiju.planning.amendments.tables import amendment as t
from guiju.storage import Tx

_WANTED = (
    t.c.dispute_id,
    t.c.project_id,
    disputes.c.lot_id,
    disputes.c.item_id,
    disputes.c.ruling,
    disputes.c.clause.label("cited"),
    t.c.opened_at,
    t.c.clause,
    t.c.written_by,
    t.c.written_at,
    t.c.rulebook_id,
    t.c.round_id,
    t.c.dropped_why,
)


def _amendment(row: Row[*tuple[Any, ...]]) -> Amendment:
    return Amendment(**{name: getattr(row, name) for name in Amendment.__dataclass_fields__})


def list_of(connection: Connection, project_id: int) -> list[Amendment]:
    """The newest first."""
    found = select(*_WANTED).join_from(t, disputes, disputes.c.id == t.c.dispute_id)
    mine = found.where(t.c.project_id == project_id).order_by(t.c.dispute_id.desc())
    return [_amendment(row) for row in connection.execute(mine)]


def find(connection: Connection, project_id: int, dispute_id: int) -> Amendment | None:
    found = select(*_WANTED).join_from(t, disputes, disputes.c.id == t.c.dispute_id)
    row = connection.execute(found.where(t.c.project_id == project_id, t.c.dispute_id == dispute_id)).first()
    return _amendment(row) if row else None


def is_there(connection: Connection, dispute_id: int) -> bool:
    return connection.execute(select(t.c.dispute_id).where(t.c.dispute_id == dispute_id)).first() is not None


def is_gap(connection: Connection, dispute_id: int) -> bool:
    """Whether the ruling says that the rules leave the case open."""
    return bool(connection.execute(select(disputes.c.gap).where(disputes.c.id == dispute_id)).scalar())


def open_one(tx: Tx, project_id: int, dispute_id: int) -> None:
    tx.execute(insert(t), {"dispute_id": dispute_id, "project_id": project_id, "opened_at": tx.at})


def settle(tx: Tx, dispute_id: int, **values: object) -> None:
    tx.execute(update(t).where(t.c.dispute_id == dispute_id).values(**values))


def keep_published(tx: Tx, project_id: int, rulebook_id: int, clauses: Collection[str]) -> int:
    """Note the version that has these clauses with what was written into them; how many amendments it has."""
    mine = (t.c.project_id == project_id) & t.c.clause.in_(list(clauses)) & t.c.rulebook_id.is_(None)
    return tx.execute(update(t).where(mine, t.c.dropped_why.is_(None)).values(rulebook_id=rulebook_id)).rowcount


def keep_recheck(tx: Tx, project_id: int, rulebook_id: int, round_id: int) -> None:
    mine = (t.c.project_id == project_id) & (t.c.rulebook_id == rulebook_id)
    tx.execute(update(t).where(mine).values(round_id=round_id))
