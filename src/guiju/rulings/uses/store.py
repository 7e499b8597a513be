"""SQL of what rulings became."""

from sqlalchemy import Connection, insert, select

from guiju.rulings import tables as t
from guiju.rulings.uses.model import Use, UseKind
from guiju.storage import Tx


def uses_of(connection: Connection, ruling_id: int) -> list[Use]:
    mine = select(t.ruling_use).where(t.ruling_use.c.ruling_id == ruling_id).order_by(t.ruling_use.c.id)
    return [Use(UseKind(row.kind), row.name, row.by, row.at) for row in connection.execute(mine)]


def insert_use(tx: Tx, ruling_id: int, kind: UseKind, name: str, by: int) -> int:
    return tx.insert(insert(t.ruling_use), {"ruling_id": ruling_id, "kind": kind, "name": name, "by": by, "at": tx.at})
