"""SQL of items set aside."""

from collections.abc import Sequence

from sqlalchemy import Connection, Exists, delete, exists, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from guiju.data.asides.model import AsideReason
from guiju.data.tables import aside, item
from guiju.storage import Tx

SLICE = 2_000


def is_aside() -> Exists:
    """Whether the item of the enclosing select is set aside: found in an index, by the item's id."""
    return exists(select(aside.c.item_id).where(aside.c.item_id == item.c.id))


def is_withheld() -> Exists:
    """Whether the item of the enclosing select is kept from all who may not see originals: it holds personal data."""
    return exists(
        select(aside.c.item_id).where(aside.c.item_id == item.c.id, aside.c.reason == AsideReason.PERSONAL.value)
    )


def find_withheld(connection: Connection, items: Sequence[int]) -> set[int]:
    """Those of `items` that only who may see originals may see."""
    held = select(aside.c.item_id).where(aside.c.reason == AsideReason.PERSONAL.value)
    return {
        found
        for start in range(0, len(items), SLICE)
        for found in connection.execute(held.where(aside.c.item_id.in_(items[start : start + SLICE]))).scalars()
    }


def set_aside(tx: Tx, project_id: int, items: Sequence[int], reason: AsideReason, *, cause: str, by: int | None) -> int:
    """Give `items` of the project out no more; how many were not set aside by `cause` already.

    `cause` names what asked, such as `recipe-run:12`: bringing its items back leaves what others set aside.
    """
    make = sqlite.insert if tx.dialect == "sqlite" else postgresql.insert
    names = ["item_id", "cause", "project_id", "reason", "by", "at"]
    fresh = 0
    for start in range(0, len(items), SLICE):
        said = (literal(cause), item.c.project_id, literal(reason.value), literal(by), literal(tx.at))
        mine = select(item.c.id, *said).where(
            item.c.project_id == project_id, item.c.id.in_(items[start : start + SLICE])
        )
        added = make(aside).from_select(names, mine).on_conflict_do_nothing().returning(aside.c.item_id)
        fresh += len(tx.execute(added).all())
    return fresh


def bring_back(tx: Tx, project_id: int, cause: str) -> int:
    """Undo what `cause` set aside; how many items that were."""
    return tx.execute(delete(aside).where(aside.c.project_id == project_id, aside.c.cause == cause)).rowcount


def bring_items_back(tx: Tx, project_id: int, items: Sequence[int], cause: str) -> int:
    """Undo what `cause` set aside, of these items only."""
    back = 0
    for start in range(0, len(items), SLICE):
        mine = (aside.c.cause == cause) & aside.c.item_id.in_(items[start : start + SLICE])
        back += tx.execute(delete(aside).where(aside.c.project_id == project_id, mine)).rowcount
    return back


def count_asides(connection: Connection, project_id: int) -> int:
    """How many items of the project are set aside, by whatever."""
    mine = select(func.count(aside.c.item_id.distinct())).where(aside.c.project_id == project_id)
    return int(connection.execute(mine).scalar_one())
