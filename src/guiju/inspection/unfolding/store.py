"""SQL of pages: what a large lot holds and is not yet written as entries."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Select, delete, func, insert, select

from guiju.annotations import resolution_table
from guiju.inspection import tables as t
from guiju.inspection.proof.rules import Entry
from guiju.storage import Tx

IN_ONE = 500


def set_pages(tx: Tx, project_id: int, lot_id: int, pages: Iterable[tuple[int, int, str]]) -> None:
    """Keep `(first item, last item, lines)` of a lot until its entries are written."""
    shared = {"project_id": project_id, "lot_id": lot_id}
    rows = [{**shared, "first_item": one[0], "last_item": one[1], "lines": one[2]} for one in pages]
    tx.execute(insert(t.lot_page), rows)


def next_page(connection: Connection, project_id: int) -> tuple[int, int] | None:
    """`(lot, first item)` of a page of the project that is to be written as entries."""
    page = t.lot_page.c
    mine = select(page.lot_id, page.first_item).where(page.project_id == project_id)
    row = connection.execute(mine.order_by(page.first_item, page.lot_id).limit(1)).first()
    return (row[0], row[1]) if row else None


def count_pages(connection: Connection, lot_id: int) -> int:
    mine = select(func.count()).select_from(t.lot_page).where(t.lot_page.c.lot_id == lot_id)
    return connection.execute(mine).scalar_one()


def take_page(tx: Tx, lot_id: int, first_item: int) -> tuple[int, str] | None:
    """`(last item, lines)` of a page, which is gone then; nothing where somebody else took it."""
    page = t.lot_page.c
    gone = delete(t.lot_page).where(page.lot_id == lot_id, page.first_item == first_item)
    return next(((row.last_item, row.lines) for row in tx.execute(gone.returning(page.last_item, page.lines))), None)


def insert_entries(tx: Tx, lot_id: int, entries: Iterable[Entry], drawn: bool = False) -> None:
    """Write entries of a lot, numbered 1… in their order where they are the sample."""
    rows = [
        {
            "lot_id": lot_id,
            "item_id": one.item_id,
            "resolution_id": one.resolution_id,
            "stratum": one.stratum or None,
            "drawn": place if drawn else None,
        }
        for place, one in enumerate(entries, 1)
    ]
    if rows:
        tx.execute(insert(t.lot_entry), rows)


def drawn_between(connection: Connection, lot_id: int, first: int, last: int) -> set[int]:
    """The items of the sample from one number to another."""
    entry = t.lot_entry.c
    mine = select(entry.item_id).where(entry.lot_id == lot_id, entry.item_id.between(first, last))
    return set(connection.execute(mine).scalars())


def entries_between(lot_id: int, first: int, last: int) -> Select[tuple[int]]:
    """The items of a lot from one number to another: for a statement of another room."""
    entry = t.lot_entry.c
    return select(entry.item_id).where(entry.lot_id == lot_id, entry.item_id.between(first, last))


def count_holding(connection: Connection, resolutions: Sequence[int]) -> int:
    """How many of these resolutions are what holds for their items."""
    held, count = resolution_table.c, 0
    for start in range(0, len(resolutions), IN_ONE):
        some = held.id.in_(resolutions[start : start + IN_ONE])
        count += connection.execute(select(func.count()).where(some, held.holds)).scalar_one()
    return count
