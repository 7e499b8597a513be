"""SQL of settings."""

from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from guiju.people import tables as t
from guiju.storage import Tx


class Kept(NamedTuple):
    document: str
    changed_at: int


def find(connection: Connection, account_id: int) -> Kept | None:
    found = select(t.account_settings.c.document, t.account_settings.c.changed_at)
    row = connection.execute(found.where(t.account_settings.c.account_id == account_id)).first()
    return Kept(*row) if row else None


def keep(tx: Tx, account_id: int, document: str) -> None:
    """Whoever writes last is right; the writer's transaction lets one in at a time."""
    values = {"document": document, "changed_at": tx.at}
    mine = t.account_settings.c.account_id == account_id
    # two browsers of one person at once: the account's row lets them in one after the other
    tx.execute(select(t.account.c.id).where(t.account.c.id == account_id).with_for_update())
    if tx.execute(update(t.account_settings).where(mine).values(values)).rowcount == 0:
        tx.execute(insert(t.account_settings).values(account_id=account_id, **values))
