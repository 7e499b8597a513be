"""SQL of deliveries, and of the rows that go into one."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

import msgspec
from sqlalchemy import Connection, Select, func, insert, literal, select, update
from sqlalchemy import Row as SqlRow

from guiju.annotations import resolution_table, round_table
from guiju.cleaning import find_search
from guiju.data import aside_table, item_table, source_table
from guiju.delivery import tables as t
from guiju.delivery.model import Delivery, DeliveryState, Include, LeftOut, Summary, Terms
from guiju.exams import items_asked
from guiju.inspection import LotState, accepted_entries, lot_table
from guiju.rulings import QuestionState, ReferenceOrigin, question_table, reference_table
from guiju.storage import Tx

AT_ONCE = 5_000
_Columns: TypeAlias = tuple[Any, ...]


class Head(NamedTuple):
    """An item that could be delivered: why it is set aside if it is; the rest only where it is asked for."""

    item: int
    resolution: int
    rulebook: int
    aside: str | None
    hash: str = ""
    source: int = 0
    meta: str | None = None
    answers: str = "{}"


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
    built = (row.blob, row.items, row.size, row.created_by, row.created_at)
    terms = msgspec.json.decode(row.terms, type=Terms)
    summary = msgspec.json.decode(row.summary, type=Summary) if row.summary else Summary()
    return Delivery(*named, *frozen, *built, terms, row.ledger, summary)


def insert_delivery(tx: Tx, **values: object) -> tuple[int, int]:
    """The project's next delivery; returns its id and number."""
    same = t.delivery.c.project_id == values["project_id"]
    number = tx.scalar(select(func.coalesce(func.max(t.delivery.c.number), 0)).where(same)) + 1
    row = {"number": number, "state": DeliveryState.BUILDING, "created_at": tx.at, **values}
    return tx.insert(insert(t.delivery), row), number


def update_delivery(tx: Tx, delivery_id: int, **values: object) -> None:
    tx.execute(update(t.delivery).where(t.delivery.c.id == delivery_id).values(values))


def withdraw_package(tx: Tx, delivery_id: int, sha256: str) -> bool:
    """The package is not in the house any more; whether no other delivery has the same bytes. Again it is the same."""
    update_delivery(tx, delivery_id, state=DeliveryState.WITHDRAWN, blob=None)
    return tx.execute(select(t.delivery.c.id).where(t.delivery.c.blob == sha256).limit(1)).first() is None


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


def list_ready(connection: Connection, project_id: int, limit: int = 50) -> list[Delivery]:
    """Deliveries that another can be compared with, the newest first."""
    mine = (t.delivery.c.project_id == project_id) & t.delivery.c.ledger.is_not(None)
    found = select(t.delivery).where(mine).order_by(t.delivery.c.number.desc()).limit(limit)
    return [_delivery(row) for row in connection.execute(found)]


def list_columns(connection: Connection, project_id: int, among: int = 200) -> list[str]:
    """Columns that the newest items have beside their content."""
    i = item_table.c
    found = select(i.meta).where(i.project_id == project_id).order_by(i.id.desc()).limit(among)
    names = {name for meta in connection.execute(found).scalars() if meta for name in msgspec.json.decode(meta)}
    return sorted(str(name) for name in names)


def list_licences(connection: Connection, project_id: int) -> list[str]:
    s = source_table.c
    found = select(s.licence).where(s.project_id == project_id, s.licence.is_not(None)).distinct()
    return sorted(str(one) for one in connection.execute(found).scalars() if one)


def is_searched(connection: Connection, project_id: int) -> bool:
    """Whether near-duplicates were looked for."""
    return find_search(connection, project_id) is not None


def last_resolution(connection: Connection, project_id: int) -> int:
    mine = resolution_table.c.project_id == project_id
    return connection.execute(select(func.coalesce(func.max(resolution_table.c.id), 0)).where(mine)).scalar_one()


def count_open_questions(connection: Connection, project_id: int) -> int:
    waiting = (question_table.c.project_id == project_id) & (question_table.c.state == QuestionState.OPEN)
    return connection.execute(select(func.count()).where(waiting)).scalar_one()


def has_accepted(connection: Connection, project_id: int, as_of: int) -> bool:
    return connection.execute(accepted_entries(project_id, as_of).limit(1)).first() is not None


def find_lots(connection: Connection, project_id: int, numbers: Sequence[int]) -> dict[int, tuple[int, LotState]]:
    """Id and state of the project's lots by their numbers."""
    mine = (lot_table.c.project_id == project_id) & lot_table.c.number.in_(numbers)
    rows = connection.execute(select(lot_table.c.number, lot_table.c.id, lot_table.c.state).where(mine))
    return {int(row.number): (int(row.id), LotState(row.state)) for row in rows}


def reference_items(connection: Connection, project_id: int, at: int) -> dict[int, str]:
    """Items that are gold, examples, or were asked in an exam: which of them each is; gold goes before."""
    r = reference_table.c
    wanted = (ReferenceOrigin.GOLD.value, ReferenceOrigin.EXAMPLE.value)
    mine = (r.project_id == project_id) & r.item_id.is_not(None) & r.origin.in_(wanted) & (r.at <= at)
    rows = connection.execute(select(r.item_id, func.max(r.origin)).where(mine).group_by(r.item_id))
    known = {int(item): str(origin) for item, origin in rows}
    return {**dict.fromkeys(items_asked(connection, project_id, at), LeftOut.EXAM.value), **known}


def _chosen(columns: _Columns, asked: Delivery, last: int, page: "_Page") -> Select[*tuple[Any, ...]]:
    """`columns` of what goes in, by item; an item accepted twice has two rows, the newest decision first."""
    if asked.include is Include.ACCEPTED:
        return _accepted(columns, asked, last, page)
    return _resolved(columns, asked, last, page)


def _accepted(columns: _Columns, asked: Delivery, last: int, page: "_Page") -> Select[*tuple[Any, ...]]:
    accepted = page.of(accepted_entries(asked.project_id, asked.as_of, last))
    if asked.terms.lots:
        accepted = accepted.where(lot_table.c.number.in_(asked.terms.lots))
    entry, held = accepted.subquery(), resolution_table
    return (
        select(*columns, literal(1).label("accepted"))
        .join_from(entry, item_table, item_table.c.id == entry.c.item_id)
        .join(held, held.c.id == entry.c.resolution_id)
        .order_by(item_table.c.id, entry.c.decided_event.desc())
    )


def _resolved(columns: _Columns, asked: Delivery, last: int, page: "_Page") -> Select[*tuple[Any, ...]]:
    """What held at the time: resolutions are only ever added, so of each item the last one up to `last`."""
    held = resolution_table
    # both named, so that the index on project, `holds` and item finds the page
    either = held.c.holds.in_([True, False])
    written = select(held.c.item_id, func.max(held.c.id).label("id")).where(held.c.project_id == asked.project_id)
    newest = page.of(written.where(either, held.c.id <= last)).group_by(held.c.item_id).subquery()
    entry = page.of(accepted_entries(asked.project_id, asked.as_of, last)).subquery()
    accepted = (entry.c.item_id == held.c.item_id) & (entry.c.resolution_id == held.c.id)
    return (
        select(*columns, entry.c.resolution_id.is_not(None).label("accepted"))
        .join_from(newest, held, held.c.id == newest.c.id)
        .join(item_table, item_table.c.id == held.c.item_id)
        .join(entry, accepted, isouter=True)
        .order_by(item_table.c.id)
    )


class _Page(NamedTuple):
    """Items above `after`, up to `last`."""

    after: int
    last: int

    def of(self, rows: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """The rows of the page, by their column `item_id`."""
        item = rows.selected_columns.item_id
        return rows.where(item > self.after, item <= self.last)


def _pages(connection: Connection, project_id: int) -> Iterator[_Page]:
    """The project's items, some thousand at a time."""
    i, after = item_table.c, 0
    while True:
        mine = select(i.id).where(i.project_id == project_id, i.id > after).order_by(i.id).limit(AT_ONCE).subquery()
        last = connection.execute(select(func.max(mine.c.id))).scalar_one()
        if last is None:
            return
        yield _Page(after, last)
        after = last


def _once(connection: Connection, columns: _Columns, asked: Delivery, last: int) -> Iterator[SqlRow[*tuple[Any, ...]]]:
    """Read page by page: in one query the database would keep all rows, with their answers, to sort them."""
    seen = 0
    for page in _pages(connection, asked.project_id):
        for row in connection.execute(_chosen(columns, asked, last, page)).all():
            if row[0] != seen:
                seen = row[0]
                yield row


def read_rows(connection: Connection, asked: Delivery, last: int) -> Iterator[SqlRow[*tuple[Any, ...]]]:
    """`(item id, name, hash, media, media type, body, size, width, height, meta, answers, rulebook id, accepted)`, by
    item, each item once, as the project stood when the delivery was asked for."""
    columns = (item_table.c.id, *_ITEM, resolution_table.c.answers, resolution_table.c.rulebook_id)
    return _once(connection, columns, asked, last)


def read_heads(connection: Connection, asked: Delivery, last: int, *, whole: bool) -> Iterator[Head]:
    """The same rows in the same order, without contents; `whole` with what a split needs."""
    item, held = item_table.c, resolution_table.c
    aside = select(func.min(aside_table.c.reason)).where(aside_table.c.item_id == item.id)
    aside = aside.where(aside_table.c.at <= asked.created_at).scalar_subquery().label("aside")
    columns: list[Any] = [item.id, held.id.label("resolution"), held.rulebook_id, aside]
    columns += [item.hash, item.source_id, item.meta, held.answers] if whole else []
    for row in _once(connection, tuple(columns), asked, last):
        named = (row.id, row.resolution, row.rulebook_id, row.aside)
        yield Head(*named, row.hash, row.source_id, row.meta, row.answers) if whole else Head(*named)


def said_in(connection: Connection, resolutions: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Answers and rulebook of resolutions, to be compared."""
    r = resolution_table.c
    rows = connection.execute(select(r.id, r.answers, r.rulebook_id).where(r.id.in_(resolutions)))
    return {int(row.id): (str(row.answers), int(row.rulebook_id)) for row in rows}


def reasons_of(connection: Connection, resolutions: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Where resolutions come from: the origin, and the kind of the round."""
    r = resolution_table.c
    found = select(r.id, r.origin, round_table.c.kind).join(round_table, round_table.c.id == r.round_id)
    return {int(row.id): (row.origin, row.kind) for row in connection.execute(found.where(r.id.in_(resolutions)))}


def names_of(connection: Connection, items: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Name and hash of items; of one that was taken back nothing is left."""
    found = select(item_table.c.id, item_table.c.name, item_table.c.hash).where(item_table.c.id.in_(items))
    return {int(row.id): (row.name, row.hash) for row in connection.execute(found)}


def aside_reasons(connection: Connection, items: Sequence[int]) -> dict[int, str]:
    a = aside_table.c
    found = select(a.item_id, func.min(a.reason)).where(a.item_id.in_(items)).group_by(a.item_id)
    return {int(item): str(reason) for item, reason in connection.execute(found)}
