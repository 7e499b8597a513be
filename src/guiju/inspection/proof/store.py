"""SQL of commitments, and of what a draw is checked against."""

from sqlalchemy import Connection, insert, select, update

from guiju.inspection import tables as lots
from guiju.inspection.proof.model import Commitment
from guiju.inspection.proof.rules import Entry
from guiju.inspection.proof.tables import lot_commitment as t
from guiju.storage import Tx

_COLUMNS = (t.c.id, t.c.commitment, t.c.secret, t.c.event, t.c.at)


def insert_commitment(tx: Tx, project_id: int, commitment: str, secret: str, event: int) -> int:
    told = {"project_id": project_id, "commitment": commitment, "secret": secret, "event": event, "at": tx.at}
    return tx.insert(insert(t), told)


def find_open(connection: Connection, project_id: int) -> Commitment | None:
    """What the project's next lot is drawn with."""
    mine = (t.c.project_id == project_id) & t.c.lot_id.is_(None)
    row = connection.execute(select(*_COLUMNS).where(mine).order_by(t.c.id).limit(1)).first()
    return Commitment(*row) if row else None


def lock_open(tx: Tx, project_id: int) -> Commitment | None:
    """The same, held against another draw."""
    mine = (t.c.project_id == project_id) & t.c.lot_id.is_(None)
    row = tx.execute(select(*_COLUMNS).where(mine).order_by(t.c.id).limit(1).with_for_update(skip_locked=True)).first()
    return Commitment(*row) if row else None


def use_commitment(tx: Tx, commitment_id: int, lot_id: int) -> None:
    tx.execute(update(t).where(t.c.id == commitment_id).values(lot_id=lot_id))


def commitment_of_lot(connection: Connection, lot_id: int) -> Commitment | None:
    row = connection.execute(select(*_COLUMNS).where(t.c.lot_id == lot_id)).first()
    return Commitment(*row) if row else None


def read_contents(connection: Connection, lot_id: int) -> list[Entry]:
    """The lot's entries in the order of their items."""
    entry = lots.lot_entry.c
    rows = select(entry.item_id, entry.resolution_id, entry.stratum).where(entry.lot_id == lot_id)
    return [Entry(row[0], row[1], row[2] or 0) for row in connection.execute(rows.order_by(entry.item_id))]
