"""SQL of deposits, their words and labels, and of draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, exists, insert, or_, select, true, update

from guiju.annotations import resolution_table
from guiju.bank import tables as t
from guiju.bank.model import Find, Reader, Rights, Wanted
from guiju.data import item_table, source_table
from guiju.inspection import entries_of
from guiju.kinds import Media
from guiju.rulebooks import get_published
from guiju.storage import Tx

SNIPPET = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of an accepted lot, with what a deposit of it needs."""

    item_id: int
    resolution_id: int
    hash: str
    media: str
    name: str
    body: str | None
    answers: str
    rulebook_id: int
    rights: str


def read_entries(connection: Connection, lot_id: int, after: int, limit: int) -> list[Entry]:
    entry, held = entries_of(lot_id, after, limit).subquery(), resolution_table
    i = item_table.c
    found = (
        select(
            i.id, held.c.id, i.hash, i.media, i.name, i.body, held.c.answers, held.c.rulebook_id, source_table.c.rights
        )
        .join_from(entry, item_table, i.id == entry.c.item_id)
        .join(held, held.c.id == entry.c.resolution_id)
        .join(source_table, source_table.c.id == i.source_id)
        .order_by(i.id)
    )
    return [Entry(*row) for row in connection.execute(found)]


@dataclass(frozen=True, slots=True)
class Deposit:
    """A deposit ready to be stored: its row, its words, its labels with whether each is an id."""

    row: dict[str, Any]
    words: tuple[str, ...]
    labels: dict[str, bool]


def put_deposits(tx: Tx, deposits: Sequence[Deposit]) -> None:
    """Store deposits; an item that lies in the bank already is brought to what was accepted now."""
    items = [each.row["item_id"] for each in deposits]
    known = _ids_of(tx, items)
    for each in deposits:
        if each.row["item_id"] in known:
            _forget_labels(tx, known[each.row["item_id"]])
            tx.execute(update(t.deposit).where(t.deposit.c.item_id == each.row["item_id"]).values(**each.row, at=tx.at))
    fresh = [{**each.row, "at": tx.at} for each in deposits if each.row["item_id"] not in known]
    if fresh:
        tx.execute(insert(t.deposit), fresh)
    ids = _ids_of(tx, items)
    t.deposit_words.put(tx, [(ids[each.row["item_id"]], each.words) for each in deposits])
    labels = [
        {"label": label, "deposit_id": ids[each.row["item_id"]], "is_id": is_id}
        for each in deposits
        for label, is_id in each.labels.items()
    ]
    if labels:
        tx.execute(insert(t.deposit_label), labels)


def deposited_lots(connection: Connection) -> list[tuple[int, int]]:
    """Every lot with deposits, as `(project, lot)`."""
    d = t.deposit.c
    return [
        (row[0], row[1]) for row in connection.execute(select(d.project_id, d.lot_id).distinct().order_by(d.lot_id))
    ]


def _ids_of(tx: Tx, items: Sequence[int]) -> dict[int, int]:
    found = select(t.deposit.c.item_id, t.deposit.c.id).where(t.deposit.c.item_id.in_(items))
    return {row.item_id: row.id for row in tx.execute(found)}


def _forget_labels(tx: Tx, deposit_id: int) -> None:
    tx.execute(delete(t.deposit_label).where(t.deposit_label.c.deposit_id == deposit_id))


def _visible(reader: Reader) -> Any:
    if reader.everything:
        return true()
    d = t.deposit.c
    return or_(d.rights == Rights.GENERAL, d.project_id.in_(reader.projects), d.customer.in_(reader.customers))


def _matching(connection: Connection, wanted: Wanted, reader: Reader) -> Select[*tuple[Any, ...]]:
    found = select(t.deposit.c.id).where(_visible(reader))
    if wanted.tokens:
        having = t.deposit_words.having(connection, wanted.tokens)
        found = found.where(t.deposit.c.id.in_(select(t.deposit_words.rowid).where(having)))
    if wanted.label:
        named = t.deposit_label.c.label.in_([wanted.label, wanted.label.lower()])
        found = found.where(exists().where(t.deposit_label.c.deposit_id == t.deposit.c.id, named))
    return found.order_by(t.deposit.c.id.desc())


def search(connection: Connection, wanted: Wanted, reader: Reader, *, before: int | None, limit: int) -> list[Find]:
    """Deposits that match, the newest first, from before deposit `before`."""
    found = _matching(connection, wanted, reader)
    if before is not None:
        found = found.where(t.deposit.c.id < before)
    return read_finds(connection, list(connection.execute(found.limit(limit)).scalars()))


def read_finds(connection: Connection, ids: Sequence[int]) -> list[Find]:
    """What a list shows of these deposits, the newest first."""
    if not ids:
        return []
    d, i = t.deposit.c, item_table.c
    found = (
        select(d.id, d.item_id, d.project_id, d.project_name, d.rulebook_id, d.rights, i.media, i.name, i.body, d.at)
        .join_from(t.deposit, item_table, i.id == d.item_id)
        .where(d.id.in_(ids))
        .order_by(d.id.desc())
    )
    labels = labels_of(connection, ids)
    return [_find(connection, row, labels.get(row.id, ())) for row in connection.execute(found).all()]


def _find(connection: Connection, row: Row[*tuple[Any, ...]], labels: tuple[str, ...]) -> Find:
    version = get_published(connection, row.rulebook_id).version
    text = row.body[:SNIPPET] if row.body else None
    named = (row.id, row.item_id, row.project_id, row.project_name, version, Rights(row.rights), row.media, row.name)
    return Find(*named, text, labels, row.at)


def labels_of(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The label ids of deposits."""
    said = select(t.deposit_label.c.deposit_id, t.deposit_label.c.label).where(
        t.deposit_label.c.deposit_id.in_(ids), t.deposit_label.c.is_id
    )
    found: dict[int, tuple[str, ...]] = {}
    for deposit_id, label in connection.execute(said.order_by(t.deposit_label.c.label)):
        found[deposit_id] = (*found.get(deposit_id, ()), label)
    return found


@dataclass(frozen=True, slots=True)
class Usable:
    """A deposit as a draw needs it."""

    id: int
    item_id: int
    project_id: int
    project_name: str
    rights: str
    customer: str
    answers: str
    media: Media
    size: int
    body: str | None
    width: int | None
    height: int | None
    parts: int | None
    duration: int | None
    speakers: str | None


def find_usable(
    connection: Connection, wanted: Wanted | None, ids: Sequence[int] | None, reader: Reader, limit: int
) -> list[Usable]:
    """The deposits that match (or these), as far as the reader sees them, the newest first."""
    chosen = _matching(connection, wanted or Wanted(), reader)
    if ids is not None:
        chosen = chosen.where(t.deposit.c.id.in_(ids))
    kept = list(connection.execute(chosen.limit(limit)).scalars())
    d, i, held = t.deposit.c, item_table.c, resolution_table
    found: list[Usable] = []
    for start in range(0, len(kept), 1_000):
        rows = (
            select(d.id, d.item_id, d.project_id, d.project_name, d.rights, d.customer, held.c.answers)
            .add_columns(i.media, i.size, i.body, i.width, i.height, i.parts, i.duration, i.speakers)
            .join_from(t.deposit, item_table, i.id == d.item_id)
            .join(held, held.c.id == d.resolution_id)
            .where(d.id.in_(kept[start : start + 1_000]))
        )
        found += [Usable(*row) for row in connection.execute(rows)]
    return found


def insert_draws(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Provenance of what was drawn; a deposit that the project drew before keeps its first row."""
    project = rows[0]["project_id"] if rows else 0
    there = set(tx.execute(select(t.draw.c.deposit_id).where(t.draw.c.project_id == project)).scalars())
    fresh = [{**row, "at": tx.at} for row in rows if row["deposit_id"] not in there]
    if fresh:
        tx.execute(insert(t.draw), fresh)


def items_of_source(connection: Connection, source_id: int) -> set[int]:
    return set(connection.execute(select(item_table.c.id).where(item_table.c.source_id == source_id)).scalars())


def provenance_of(connection: Connection, project_id: int, item_ids: Sequence[int]) -> dict[int, int]:
    """Of the items that the project drew from the bank, the deposit that each came from."""
    mine = (t.draw.c.project_id == project_id) & t.draw.c.item_id.in_(item_ids)
    return {row[0]: row[1] for row in connection.execute(select(t.draw.c.item_id, t.draw.c.deposit_id).where(mine))}


def find_visible(connection: Connection, deposit_id: int, reader: Reader) -> tuple[str, str] | None:
    """`(media, hash)` of a deposit that the reader may see."""
    d, i = t.deposit.c, item_table.c
    found = select(i.media, i.hash).join_from(t.deposit, item_table, i.id == d.item_id)
    row = connection.execute(found.where(d.id == deposit_id, _visible(reader))).first()
    return (row[0], row[1]) if row else None


def known_labels(connection: Connection, reader: Reader, limit: int = 60) -> list[str]:
    """Label ids that occur, for the facet: one step through the index for each."""
    found: list[str] = []
    last = ""
    while len(found) < limit:
        following = select(t.deposit_label.c.label).where(t.deposit_label.c.label > last)
        label = connection.execute(following.order_by(t.deposit_label.c.label).limit(1)).scalar()
        if label is None:
            break
        seen = (
            select(t.deposit_label.c.label)
            .join_from(t.deposit_label, t.deposit, t.deposit.c.id == t.deposit_label.c.deposit_id)
            .where(t.deposit_label.c.label == label, t.deposit_label.c.is_id, _visible(reader))
        )
        found += [label] if connection.execute(seen.limit(1)).first() else []
        last = label
    return found
