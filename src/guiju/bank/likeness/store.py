"""SQL of what is compared."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from guiju.bank.likeness import tables as t
from guiju.bank.tables import deposit
from guiju.data import item_table
from guiju.storage import Tx

_d, _i = deposit.c, item_table.c
Row = tuple[int, str, str, str | None]


def find_way(connection: Connection, medium: str) -> str:
    """The way that was chosen; empty where nobody chose."""
    found = connection.execute(select(t.bank_likeness.c.way).where(t.bank_likeness.c.medium == medium)).scalar()
    return found or ""


def set_way(tx: Tx, medium: str, way: str, by: int) -> None:
    tx.execute(delete(t.bank_likeness).where(t.bank_likeness.c.medium == medium))
    tx.execute(insert(t.bank_likeness), {"medium": medium, "way": way, "chosen_by": by, "at": tx.at})


def read_contents(connection: Connection, media: Sequence[str], after: int, limit: int) -> list[Row]:
    """`(deposit, hash, media, body)` of the next deposits of these media."""
    found = (
        select(_d.id, _i.hash, _i.media, _i.body)
        .join_from(deposit, item_table, _i.id == _d.item_id)
        .where(_d.id > after, _i.media.in_(media))
        .order_by(_d.id)
        .limit(limit)
    )
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(found)]


def ids_standing(connection: Connection, after: int, limit: int) -> list[tuple[int, str]]:
    """The next deposits and the hash of what they hold today."""
    found = select(_d.id, _i.hash).join_from(deposit, item_table, _i.id == _d.item_id).where(_d.id > after)
    return [(row[0], row[1]) for row in connection.execute(found.order_by(_d.id).limit(limit))]


def count_of(connection: Connection, media: Sequence[str]) -> int:
    found = select(func.count()).select_from(deposit).join(item_table, _i.id == _d.item_id).where(_i.media.in_(media))
    return int(connection.execute(found).scalar_one())


def media_and_hash(connection: Connection, deposit_id: int) -> tuple[str, str] | None:
    found = select(_i.media, _i.hash).join_from(deposit, item_table, _i.id == _d.item_id).where(_d.id == deposit_id)
    row = connection.execute(found).first()
    return (row[0], row[1]) if row else None


def contents_of(connection: Connection, deposit_id: int) -> Row | None:
    found = select(_d.id, _i.hash, _i.media, _i.body).join_from(deposit, item_table, _i.id == _d.item_id)
    row = connection.execute(found.where(_d.id == deposit_id)).first()
    return (row[0], row[1], row[2], row[3]) if row else None
