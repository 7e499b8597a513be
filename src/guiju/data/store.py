"""SQL of sources, items and leftovers."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from guiju.data import tables as t
from guiju.data.asides import AsideReason, is_withheld
from guiju.data.model import Counts, Item, ItemFilter, Leftover, Media, NewItem, Rights, Source, SourceState
from guiju.storage import Tx, metadata

SLICE = 2_000
_ITEM = (
    t.item.c.id,
    t.item.c.project_id,
    t.item.c.source_id,
    t.item.c.hash,
    t.item.c.media,
    t.item.c.name,
    t.item.c.body,
    t.item.c.media_type,
    t.item.c.size,
    t.item.c.width,
    t.item.c.height,
    t.item.c.meta,
    t.item.c.parts,
    t.item.c.duration,
    t.item.c.speakers,
)
_COPIED = tuple(column for column in t.item.c if column.name not in {"id", "project_id", "source_id"})
_landed = (t.source.c.id == t.item.c.source_id) & (t.source.c.state == SourceState.LANDED)


def _source(row: Row[*tuple[Any, ...]]) -> Source:
    return Source(
        row.id,
        row.project_id,
        row.name,
        SourceState(row.state),
        row.owner,
        row.licence,
        Rights(row.rights),
        row.job_id,
        row.created_by,
        row.created_at,
        row.landed_at,
        Counts(row.records or 0, row.taken or 0, row.duplicates or 0, row.refused or 0),
        row.collected_on,
        row.mapping,
        row.family,
        row.read_from,
    )


def _item(row: Row[*tuple[Any, ...]]) -> Item:
    about = (row.id, row.project_id, row.source_id, row.hash, Media(row.media), row.name, row.body)
    return Item(
        *about, row.media_type, row.size, row.width, row.height, row.meta, row.parts, row.duration, row.speakers
    )


def _slices(values: Iterable[Any], size: int = SLICE) -> Iterable[list[Any]]:
    walk = iter(values)
    while part := list(islice(walk, size)):
        yield part


def insert_source(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.source), {"state": SourceState.STAGING, "created_at": tx.at, **values})


def set_job(tx: Tx, source_id: int, job_id: int) -> None:
    tx.execute(update(t.source).where(t.source.c.id == source_id).values(job_id=job_id))


def land(tx: Tx, source_id: int, counts: Counts, files: Sequence[msgspec.Struct] = ()) -> bool:
    """Let the source's items be seen; whether it was still staging."""
    staging = (t.source.c.id == source_id) & (t.source.c.state == SourceState.STAGING)
    values = {
        "records": counts.records,
        "taken": counts.taken,
        "duplicates": counts.duplicates,
        "refused": counts.refused,
        "read_from": msgspec.json.encode(files).decode() if files else None,
    }
    landed = update(t.source).where(staging).values(state=SourceState.LANDED, landed_at=tx.at, **values)
    return tx.execute(landed).rowcount == 1


def drop(tx: Tx, source_id: int) -> bool:
    """Let the source's items not be seen any more; whether they could be until now, or were to be."""
    there = (t.source.c.id == source_id) & (t.source.c.state != SourceState.DROPPED)
    return tx.execute(update(t.source).where(there).values(state=SourceState.DROPPED)).rowcount == 1


def find_source(connection: Connection, source_id: int) -> Source | None:
    row = connection.execute(select(t.source).where(t.source.c.id == source_id)).first()
    return _source(row) if row else None


def list_sources(connection: Connection, project_id: int) -> list[Source]:
    """Every source of a project, the newest first."""
    mine = select(t.source).where(t.source.c.project_id == project_id)
    return [_source(row) for row in connection.execute(mine.order_by(t.source.c.id.desc()))]


def insert_items(tx: Tx, project_id: int, source_id: int, items: Sequence[NewItem]) -> int:
    """Insert items by one statement over one JSON array; returns how many were new to their project.

    A third of the time that a statement run for each row takes.
    """
    if not items:
        return 0
    rows = msgspec.json.encode(items).decode()
    statement = _INSERT_SQLITE if tx.dialect == "sqlite" else _INSERT_POSTGRES
    return tx.execute(statement, {"rows": rows, "project": project_id, "source": source_id}).rowcount


_INSERT_HEAD = (
    f"INSERT INTO item (project_id, source_id, {', '.join(NewItem.__struct_fields__)}) SELECT :project, :source, "
)
_INSERT_SQLITE = text(
    _INSERT_HEAD
    + ", ".join(f"value ->> {place}" for place in range(len(NewItem.__struct_fields__)))
    + " FROM json_each(:rows) WHERE true ON CONFLICT DO NOTHING"
)
_INTEGERS = frozenset({"size", "width", "height", "parts", "duration"})
_INSERT_POSTGRES = text(
    _INSERT_HEAD
    + ", ".join(
        f"CAST(value ->> {place} AS bigint)" if name in _INTEGERS else f"value ->> {place}"
        for place, name in enumerate(NewItem.__struct_fields__)
    )
    + " FROM json_array_elements(CAST(:rows AS json)) WHERE true ON CONFLICT DO NOTHING"
)


def insert_leftovers(tx: Tx, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        tx.execute(insert(t.leftover), rows)


def find_by_hash(connection: Connection, project_id: int, hashes: Sequence[str]) -> list[Row[*tuple[Any, ...]]]:
    """Rows (hash, name, source_id, state, is_past) of the project's items with these contents, whatever their source's
    state; `is_past` where a later content of the record took the item's place."""
    given = "SELECT value FROM json_each(:hashes)"
    if connection.dialect.name != "sqlite":
        given = "SELECT value FROM json_array_elements_text(CAST(:hashes AS json))"
    mine = (t.aside.c.item_id == t.item.c.id) & (t.aside.c.reason == AsideReason.CHANGED.value)
    past = exists(select(t.aside.c.item_id).where(mine))
    wanted = (
        select(t.item.c.hash, t.item.c.name, t.item.c.source_id, t.source.c.state, past.label("is_past"))
        .join_from(t.item, t.source, t.source.c.id == t.item.c.source_id)
        .where(t.item.c.project_id == project_id, t.item.c.hash.in_(text(given)))
    )
    return list(connection.execute(wanted, {"hashes": msgspec.json.encode(hashes).decode()}))


def find_items(
    connection: Connection, project_id: int, ids: Sequence[int], *, withheld: bool = True
) -> dict[int, Item]:
    """The landed items among `ids`, by id; without `withheld` none that only who may see originals may see."""
    wanted = (
        select(*_ITEM)
        .join_from(t.item, t.source, _landed)
        .where(t.item.c.project_id == project_id, t.item.c.id.in_(bindparam("ids", expanding=True)))
    )
    wanted = wanted if withheld else wanted.where(~is_withheld())
    return {row.id: _item(row) for part in _slices(ids) for row in connection.execute(wanted, {"ids": part})}


def find_items_by_name(connection: Connection, project_id: int, names: Sequence[str]) -> dict[str, Item]:
    """The landed items of these names; of several with one name, the first that came."""
    # Ordered by id, the rows would be looked for in the order of ids: through all of a project's items.
    first = (
        select(func.min(t.item.c.id))
        .join_from(t.item, t.source, _landed)
        .where(t.item.c.project_id == project_id, t.item.c.name.in_(bindparam("names", expanding=True)))
        .group_by(t.item.c.name)
    )
    ids = [each for part in _slices(names) for each in connection.execute(first, {"names": part}).scalars()]
    return {item.name: item for item in find_items(connection, project_id, ids).values()}


def find_item(connection: Connection, item_id: int) -> Item | None:
    """A landed item of whatever project."""
    row = connection.execute(select(*_ITEM).join_from(t.item, t.source, _landed).where(t.item.c.id == item_id)).first()
    return _item(row) if row else None


def item_ids(
    connection: Connection, project_id: int, *, source_id: int | None = None, after: int = 0, limit: int = 10_000
) -> list[int]:
    """Ids of landed items in their order, from behind `after`."""
    wanted = select(t.item.c.id).join_from(t.item, t.source, _landed)
    wanted = wanted.where(t.item.c.project_id == project_id, t.item.c.id > after)
    if source_id is not None:
        wanted = wanted.where(t.item.c.source_id == source_id)
    return list(connection.execute(wanted.order_by(t.item.c.id).limit(limit)).scalars())


def count_of_source(connection: Connection, source_id: int) -> int:
    """How many items a source has, landed or not."""
    return int(connection.execute(select(func.count()).where(t.item.c.source_id == source_id)).scalar_one())


def count_items(connection: Connection, project_id: int) -> int:
    """How many landed items a project has: one walk over an index."""
    mine = select(t.source.c.id).where(t.source.c.project_id == project_id, t.source.c.state == SourceState.LANDED)
    return int(connection.execute(select(func.count()).where(t.item.c.source_id.in_(mine))).scalar_one())


def list_items(
    connection: Connection,
    project_id: int,
    wanted: ItemFilter,
    after: Sequence[int | str | None] | None,
    limit: int,
    *,
    withheld: bool = True,
) -> list[Item]:
    """`limit` items behind the key `after` ([id], or [name, id] by name): found in an index, then fetched."""
    key = (t.item.c.name, t.item.c.id) if wanted.ordered_by_name else (t.item.c.id,)
    found = select(t.item.c.id).join_from(t.item, t.source, _landed).where(t.item.c.project_id == project_id)
    found = _filtered(connection, found, wanted)
    if not withheld:
        found = found.where(~is_withheld())
    if after:
        found = found.where(tuple_(*key) > tuple_(*(literal(value) for value in after)))
    ids = list(connection.execute(found.order_by(*key).limit(limit)).scalars())
    items = find_items(connection, project_id, ids)
    return [items[item_id] for item_id in ids if item_id in items]


def _filtered(connection: Connection, found: Select[Any], wanted: ItemFilter) -> Select[Any]:
    if wanted.source_id is not None:
        found = found.where(t.item.c.source_id == wanted.source_id)
    if wanted.media is not None:
        found = found.where(t.item.c.media == wanted.media)
    if wanted.prefix and connection.dialect.name == "sqlite":  # a range of the index, in SQLite's own order of bytes
        end = wanted.prefix[:-1] + chr(min(ord(wanted.prefix[-1]) + 1, 0x10FFFF))
        found = found.where(and_(t.item.c.name >= wanted.prefix, t.item.c.name < end))
    elif wanted.prefix:
        found = found.where(t.item.c.name.startswith(wanted.prefix, autoescape=True))
    return found


def list_leftovers(connection: Connection, source_id: int, after: int, limit: int) -> list[Leftover]:
    mine = select(t.leftover).where(t.leftover.c.source_id == source_id, t.leftover.c.id > after)
    return [
        Leftover(row.id, row.position, row.name, row.code, msgspec.json.decode(row.details))
        for row in connection.execute(mine.order_by(t.leftover.c.id).limit(limit))
    ]


def has_use(connection: Connection, source_id: int) -> bool:
    """Whether any table of the house, of whatever slice, refers to an item of the source.

    What is read out of items (profiles, places on a map) goes with them: its foreign keys cascade, and are no use.
    """
    mine = (t.item.c.source_id == source_id) & (t.item.c.project_id.is_not(None))
    referring = [
        foreign.parent
        for table in metadata.tables.values()
        for foreign in table.foreign_keys
        if foreign.column is t.item.c.id and foreign.ondelete != "CASCADE"
    ]
    return any(connection.execute(select(exists().where(mine, column == t.item.c.id))).scalar() for column in referring)


def delete_some_items(tx: Tx, source_id: int, limit: int) -> tuple[int, list[str]]:
    """Delete a slice of a source's items; how many, and the blobs that they had. Foreign keys may refuse."""
    mine = select(t.item.c.id, t.item.c.hash, t.item.c.body).where(t.item.c.source_id == source_id)
    rows = tx.execute(mine.order_by(t.item.c.id).limit(limit)).all()
    if rows:
        inside = t.item.c.id.between(rows[0].id, rows[-1].id)
        tx.execute(delete(t.item).where(t.item.c.source_id == source_id, inside))
    return len(rows), [row.hash for row in rows if row.body is None]


def delete_items(tx: Tx, project_id: int, items: Sequence[int]) -> list[str]:
    """Delete items to which nothing refers; the blobs that they had. Foreign keys refuse what is at work."""
    blobs: list[str] = []
    for part in _slices(items):
        mine = (t.item.c.project_id == project_id) & t.item.c.id.in_(part)
        blobs += tx.execute(select(t.item.c.hash).where(mine, t.item.c.body.is_(None))).scalars()
        tx.execute(delete(t.item).where(mine))
    return blobs


def delete_some_leftovers(tx: Tx, source_id: int, limit: int) -> int:
    mine = select(t.leftover.c.id).where(t.leftover.c.source_id == source_id).order_by(t.leftover.c.id).limit(limit)
    return tx.execute(delete(t.leftover).where(t.leftover.c.id.in_(mine))).rowcount


def find_unreferred(connection: Connection, hashes: Sequence[str]) -> set[str]:
    """Those of `hashes` that no item refers to; none while any import is running, which may be about to."""
    if connection.execute(select(t.source.c.id).where(t.source.c.state == SourceState.STAGING).limit(1)).first():
        return set()
    held = select(t.item.c.hash).where(t.item.c.hash.in_(bindparam("hashes", expanding=True)))
    found = {row.hash for part in _slices(hashes) for row in connection.execute(held, {"hashes": part})}
    return set(hashes) - found - _contributed(connection, hashes)


def _contributed(connection: Connection, hashes: Sequence[str]) -> set[str]:
    """Those that people gave and that hold. They live in a room above; their table is known by its name."""
    table = metadata.tables.get("contribution")
    if table is None:
        return set()
    holding = table.c.state.in_((1, 2))  # kept or used: what was refused or withdrawn holds nothing any more
    held = select(table.c.hash).where(table.c.hash.in_(bindparam("hashes", expanding=True)), holding)
    return {row.hash for part in _slices(hashes) for row in connection.execute(held, {"hashes": part})}


def rename_items(tx: Tx, source_id: int, names: Mapping[int, str]) -> None:
    """Other names for items of this source, and nothing of what else their records said."""
    one = update(t.item).where(t.item.c.id == bindparam("of_item"), t.item.c.source_id == source_id)
    if names:
        rows = [{"of_item": item, "as_name": name} for item, name in names.items()]
        tx.execute(one.values(name=bindparam("as_name"), meta=None), rows)


def copy_items(tx: Tx, project_id: int, source_id: int, ids: Sequence[int]) -> dict[int, int]:
    """Copy items into another project's source; each old id with its new one, or the one that was there already."""
    make = sqlite.insert if tx.dialect == "sqlite" else postgresql.insert
    names = ["project_id", "source_id", *(column.name for column in _COPIED)]
    new = t.item.alias("new")
    known: dict[int, int] = {}
    for part in _slices(ids):
        old = (
            select(literal(project_id), literal(source_id), *_COPIED).where(t.item.c.id.in_(part)).order_by(t.item.c.id)
        )
        tx.execute(make(t.item).from_select(names, old).on_conflict_do_nothing())
        pairs = select(t.item.c.id.label("old_id"), new.c.id.label("new_id")).join_from(
            t.item, new, (new.c.hash == t.item.c.hash) & (new.c.project_id == project_id)
        )
        found = tx.execute(pairs.where(t.item.c.id.in_(part)).order_by(t.item.c.id))
        known.update((row.old_id, row.new_id) for row in found)
    return known
