"""SQL of profiles and of the figures that they are made of."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select

from guiju.cleaning.profiles import tables as t
from guiju.cleaning.profiles.model import METHOD, Kept, Profile
from guiju.data import Item, Media, SourceState, item_table, source_table
from guiju.storage import Tx

FILE_WEIGHT = 100_000
_decode = msgspec.json.Decoder(Profile).decode


class Chunk(NamedTuple):
    """Figures as they are kept; `guiju.cleaning.profiles.figures` reads them."""

    source_id: int
    first_item: int
    last_item: int
    columns: bytes
    own: str


def insert_chunk(  # noqa: PLR0917 - a row has as many parts as it has
    tx: Tx, source_id: int, job_id: int, ends: Sequence[int], items: int, columns: bytes, own: str
) -> None:
    """`ends` are the first and the last item."""
    values = {"first_item": ends[0], "last_item": ends[1], "items": items, "columns": columns, "own": own}
    tx.execute(insert(t.profile_chunk).values(source_id=source_id, job_id=job_id, **values))


_ITEM = tuple(item_table.c[field.name] for field in fields(Item))
_MEDIA = _ITEM.index(item_table.c.media)


def read_items(connection: Connection, source_id: int, after: int, limit: int, weight: int) -> list[Item]:
    """The next items of a source behind `after`: no more than `limit`, and than about `weight` bytes in memory."""
    wanted = select(*_ITEM).where(item_table.c.source_id == source_id, item_table.c.id > after)
    found: list[Item] = []
    wanted = wanted.order_by(item_table.c.id).limit(limit)
    with connection.execute(wanted, execution_options={"yield_per": 1_000}) as rows:
        for row in rows:
            values = list(row)
            values[_MEDIA] = Media(values[_MEDIA])
            item = Item(*values)
            found.append(item)
            weight -= FILE_WEIGHT if not item.media.is_written else item.size + len(item.meta or "")
            if weight <= 0:
                break
    return found


def count_source_items(connection: Connection, source_id: int) -> int:
    mine = select(func.count()).select_from(item_table).where(item_table.c.source_id == source_id)
    return int(connection.execute(mine).scalar_one())


def read_chunks(connection: Connection, source_id: int, job_id: int) -> Iterator[Chunk]:
    """The chunks of one run, in the order of their items, one at a time in memory."""
    yield from _in_order(connection, [(source_id, job_id)], 0)


def read_project_chunks(
    connection: Connection, project_id: int, *, source_id: int | None = None, behind: int = 0
) -> Iterator[Chunk]:
    """What is seen of a project: chunks of the profiles of its landed sources, of one or of all, by their first item.

    Only those whose items go beyond `behind`.
    """
    seen = (
        select(t.profile.c.source_id, t.profile.c.job_id)
        .join(source_table, source_table.c.id == t.profile.c.source_id)
        .where(t.profile.c.project_id == project_id, source_table.c.state == SourceState.LANDED)
    )
    if source_id is not None:
        seen = seen.where(t.profile.c.source_id == source_id)
    runs = [(int(row.source_id), int(row.job_id)) for row in connection.execute(seen)]
    yield from _in_order(connection, runs, behind)


def _in_order(connection: Connection, runs: Sequence[tuple[int, int]], behind: int) -> Iterator[Chunk]:
    c = t.profile_chunk.c
    places: list[tuple[int, int]] = []
    for source_id, job_id in runs:
        mine = (c.source_id == source_id) & (c.job_id == job_id) & (c.last_item > behind)
        places += [(row.first_item, row.id) for row in connection.execute(select(c.first_item, c.id).where(mine))]
    wanted = select(c.source_id, c.first_item, c.last_item, c.columns, c.own).where(c.id == bindparam("chunk"))
    for _, chunk_id in sorted(places):
        row = connection.execute(wanted, {"chunk": chunk_id}).one()
        yield Chunk(row.source_id, row.first_item, row.last_item, bytes(row.columns), row.own)


def put_profile(tx: Tx, project_id: int, source_id: int | None, job_id: int, profile: Profile) -> None:
    """In place of the one before it."""
    mine = (t.profile.c.project_id == project_id) & (t.profile.c.source_id.is_not_distinct_from(source_id))
    tx.execute(delete(t.profile).where(mine))
    document = msgspec.json.encode(profile).decode()
    values = {"project_id": project_id, "source_id": source_id, "job_id": job_id, "method": METHOD}
    tx.execute(insert(t.profile).values(**values, made_at=tx.at, document=document))


def delete_some_chunks(tx: Tx, source_id: int, job_id: int, limit: int) -> int:
    """Chunks of other runs, which nobody sees any more."""
    c = t.profile_chunk.c
    old = select(c.id).where(c.source_id == source_id, c.job_id != job_id).order_by(c.id).limit(limit)
    ids = list(tx.execute(old).scalars())
    tx.execute(delete(t.profile_chunk).where(c.id.in_(ids)))
    return len(ids)


def delete_dropped(tx: Tx, project_id: int, limit: int) -> int:
    """Chunks and profiles of sources that were taken back; how many of both."""
    dropped = select(source_table.c.id).where(
        source_table.c.project_id == project_id, source_table.c.state == SourceState.DROPPED
    )
    old = select(t.profile_chunk.c.id).where(t.profile_chunk.c.source_id.in_(dropped)).limit(limit)
    ids = list(tx.execute(old).scalars())
    tx.execute(delete(t.profile_chunk).where(t.profile_chunk.c.id.in_(ids)))
    mine = (t.profile.c.project_id == project_id) & t.profile.c.source_id.in_(dropped)
    return len(ids) + tx.execute(delete(t.profile).where(mine)).rowcount


def find_profile(connection: Connection, project_id: int, source_id: int | None) -> Kept | None:
    mine = select(t.profile).where(
        t.profile.c.project_id == project_id, t.profile.c.source_id.is_not_distinct_from(source_id)
    )
    row = connection.execute(mine).first()
    return Kept(row.source_id, row.method, row.made_at, _decode(row.document)) if row else None


def profiled_sources(connection: Connection, project_id: int) -> set[int]:
    """Sources that have a profile by today's method."""
    mine = select(t.profile.c.source_id).where(t.profile.c.project_id == project_id, t.profile.c.method == METHOD)
    return {int(source) for source in connection.execute(mine).scalars() if source is not None}
