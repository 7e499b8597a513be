"""SQL of deliveries, and of the rows that go into one."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, insert, literal, select, update
from sqlalchemy import Row as SqlRow

from guiju.annotations import resolution_table
from guiju.data import item_table
from guiju.delivery import tables as t
from guiju.delivery.model import Delivery, DeliveryState, Include
from guiju.inspection import accepted_entries
from guiju.rulings import QuestionState, question_table
from guiju.storage import Tx

FETCHED_AT_ONCE = 5_000
_ITEM = (
    item_table.c.name,
    item_table.c.hash,
    item_table.c.media,
    item_table.c.media_type,
    item_table.c.body,
    item_table.c.size,
    item_table.c.width,
    item_table.c.height,
    item_table.c.meta,
    item_table.c.parts,
    item_table.c.duration,
)


def _delivery(row: SqlRow[*tuple[Any, ...]]) -> Delivery:
    named = (row.id, row.project_id, row.number, row.format, Include(row.include), row.with_media)
    frozen = (DeliveryState(row.state), row.rulebook_id, row.as_of, row.job_id)
    return Delivery(*named, *frozen, row.blob, row.items, row.size, row.created_by, row.created_at)


def insert_delivery(tx: Tx, **values: object) -> tuple[int, int]:
    """The project's next delivery; returns its id and number."""
    same = t.delivery.c.project_id == values["project_id"]
    number = tx.scalar(select(func.coalesce(func.max(t.delivery.c.number), 0)).where(same)) + 1
    row = {"number": number, "state": DeliveryState.BUILDING, "created_at": tx.at, **values}
    return tx.insert(insert(t.delivery), row), number


def update_delivery(tx: Tx, delivery_id: int, **values: object) -> None:
    tx.execute(update(t.delivery).where(t.delivery.c.id == delivery_id).values(values))


def find_delivery(connection: Connection, delivery_id: int) -> Delivery | None:
    row = connection.execute(select(t.delivery).where(t.delivery.c.id == delivery_id)).first()
    return _delivery(row) if row else None


def find_by_number(connection: Connection, project_id: int, number: int) -> Delivery | None:
    mine = (t.delivery.c.project_id == project_id) & (t.delivery.c.number == number)
    row = connection.execute(select(t.delivery).where(mine)).first()
    return _delivery(row) if row else None


def list_deliveries(connection: Connection, project_id: int, before: int | None, limit: int) -> list[Delivery]:
    """A project's deliveries, the newest first."""
    found = select(t.delivery).where(t.delivery.c.project_id == project_id)
    if before is not None:
        found = found.where(t.delivery.c.number < before)
    return [_delivery(row) for row in connection.execute(found.order_by(t.delivery.c.number.desc()).limit(limit))]


def last_resolution(connection: Connection, project_id: int) -> int:
    mine = resolution_table.c.project_id == project_id
    return connection.execute(select(func.coalesce(func.max(resolution_table.c.id), 0)).where(mine)).scalar_one()


def count_open_questions(connection: Connection, project_id: int) -> int:
    waiting = (question_table.c.project_id == project_id) & (question_table.c.state == QuestionState.OPEN)
    return connection.execute(select(func.count()).where(waiting)).scalar_one()


def has_accepted(connection: Connection, project_id: int, as_of: int) -> bool:
    return connection.execute(accepted_entries(project_id, as_of).limit(1)).first() is not None


def _accepted(project_id: int, as_of: int) -> Select[*tuple[Any, ...]]:
    entry, held = accepted_entries(project_id, as_of).subquery(), resolution_table
    return (
        select(item_table.c.id, *_ITEM, held.c.answers, held.c.rulebook_id, literal(1))
        .join_from(entry, item_table, item_table.c.id == entry.c.item_id)
        .join(held, held.c.id == entry.c.resolution_id)
        .order_by(item_table.c.id, entry.c.decided_event.desc())
    )


def _resolved(project_id: int, as_of: int, last: int) -> Select[*tuple[Any, ...]]:
    """What held at the time: resolutions are only ever added, so of each item the last one up to `last`."""
    held = resolution_table
    newest = (
        select(func.max(held.c.id).label("id"))
        .where(held.c.project_id == project_id, held.c.id <= last)
        .group_by(held.c.item_id)
        .subquery()
    )
    entry = accepted_entries(project_id, as_of).subquery()
    accepted = (entry.c.item_id == held.c.item_id) & (entry.c.resolution_id == held.c.id)
    return (
        select(item_table.c.id, *_ITEM, held.c.answers, held.c.rulebook_id, entry.c.resolution_id.is_not(None))
        .join_from(newest, held, held.c.id == newest.c.id)
        .join(item_table, item_table.c.id == held.c.item_id)
        .join(entry, accepted, isouter=True)
        .order_by(item_table.c.id)
    )


def read_rows(connection: Connection, asked: Delivery, last: int) -> Iterator[SqlRow[*tuple[Any, ...]]]:
    """`(item id, name, hash, media, media type, body, size, width, height, meta, answers, rulebook id, accepted)`, by
    item, each item once, as the project stood when the delivery was asked for."""
    if asked.include is Include.ACCEPTED:
        wanted = _accepted(asked.project_id, asked.as_of)
    else:
        wanted = _resolved(asked.project_id, asked.as_of, last)
    seen = 0
    for row in connection.execution_options(yield_per=FETCHED_AT_ONCE).execute(wanted):
        if row[0] != seen:
            seen = row[0]
            yield row
