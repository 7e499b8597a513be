"""SQL of feeds, the sources that they brought, and the files that they saw."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from guiju.data import Columns, Origin, SourceState, source_table
from guiju.data.mapping.model import Told
from guiju.feeds import tables as t
from guiju.feeds.connections.model import ConnectionKind
from guiju.feeds.model import Asked, Feed, FileState, Seen
from guiju.kit import sha256_hex
from guiju.storage import Tx

_FEED = (*t.feed.c, t.connection.c.name.label("connection"), t.connection.c.kind)
_SLICE = 1_000


def _told(kept: str | None) -> Told | None:
    return msgspec.json.decode(kept, type=Told) if kept else None


def encoded(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _feed(row: Row[*tuple[Any, ...]]) -> Feed:
    return Feed(
        row.id,
        row.project_id,
        row.connection_id,
        row.connection,
        ConnectionKind(row.kind),
        row.name,
        msgspec.json.decode(row.asked, type=Asked),
        msgspec.json.decode(row.mapping, type=Columns) if row.mapping else None,
        msgspec.json.decode(row.origin, type=Origin) if row.origin else Origin(),
        row.every,
        bool(row.running),
        row.job_id,
        row.source_id,
        row.looked_at,
        row.next_look_at,
        row.failures,
        _told(row.fault),
        row.created_by,
        row.created_at,
    )


def _feeds() -> Any:
    return select(*_FEED).join_from(t.feed, t.connection, t.connection.c.id == t.feed.c.connection_id)


def find_feed(connection: Connection, feed_id: int, *, lock: bool = False) -> Feed | None:
    wanted = _feeds().where(t.feed.c.id == feed_id)
    row = connection.execute(wanted.with_for_update(of=t.feed) if lock else wanted).first()
    return _feed(row) if row else None


def list_feeds(connection: Connection, project_id: int) -> list[Feed]:
    """A project's feeds, the newest first."""
    wanted = _feeds().where(t.feed.c.project_id == project_id).order_by(t.feed.c.id.desc())
    return [_feed(row) for row in connection.execute(wanted)]


def find_feed_of_source(connection: Connection, source_id: int) -> int | None:
    mine = select(t.feed_source.c.feed_id).where(t.feed_source.c.source_id == source_id)
    return connection.execute(mine).scalar()


def list_sources_of(connection: Connection, feed_id: int, limit: int) -> list[int]:
    """The ids of the sources that a feed brought, the newest first."""
    mine = select(t.feed_source.c.source_id).where(t.feed_source.c.feed_id == feed_id)
    return list(connection.execute(mine.order_by(t.feed_source.c.source_id.desc()).limit(limit)).scalars())


def find_source_of_job(connection: Connection, feed_id: int, job_id: int) -> int | None:
    """The source that a look has brought already, before its worker died."""
    mine = (t.feed_source.c.feed_id == feed_id) & (t.feed_source.c.job_id == job_id)
    return connection.execute(select(t.feed_source.c.source_id).where(mine)).scalar()


def find_due(connection: Connection, now: int, limit: int = 50) -> list[int]:
    due = (t.feed.c.running == 1) & (t.feed.c.next_look_at <= now)
    return list(connection.execute(select(t.feed.c.id).where(due).limit(limit)).scalars())


def insert_feed(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.feed), {"created_at": tx.at, **values})


def update_feed(tx: Tx, feed_id: int, **values: object) -> None:
    tx.execute(update(t.feed).where(t.feed.c.id == feed_id).values(**values))


def insert_source_of(tx: Tx, feed_id: int, source_id: int, job_id: int) -> None:
    values = {"feed_id": feed_id, "source_id": source_id, "job_id": job_id, "at": tx.at}
    tx.execute(insert(t.feed_source).values(**values))


def source_state(connection: Connection, source_id: int) -> tuple[SourceState, int | None] | None:
    """A source's state and its import's job."""
    mine = select(source_table.c.state, source_table.c.job_id).where(source_table.c.id == source_id)
    row = connection.execute(mine).first()
    return (SourceState(row.state), row.job_id) if row else None


def find_seen(connection: Connection, feed_id: int) -> dict[str, Seen]:
    """Every file that was seen, by its name."""
    rows = connection.execute(select(t.feed_file).where(t.feed_file.c.feed_id == feed_id))
    return {row.name: _seen(row) for row in rows}


def _seen(row: Row[*tuple[Any, ...]]) -> Seen:
    about = (row.name, row.sign, row.size, FileState(row.state), bool(row.changed), row.source_id)
    return Seen(*about, _told(row.fault), row.at)


def list_files(
    connection: Connection, feed_id: int, state: FileState, limit: int, *, changed: bool = False
) -> list[Seen]:
    """The latest files in a state; with `changed`, those that came before with other content."""
    mine = (t.feed_file.c.feed_id == feed_id) & (t.feed_file.c.state == state)
    wanted = select(t.feed_file).where(mine, t.feed_file.c.changed == 1) if changed else select(t.feed_file).where(mine)
    rows = connection.execute(wanted.order_by(t.feed_file.c.at.desc(), t.feed_file.c.name).limit(limit))
    return [_seen(row) for row in rows]


def count_files(connection: Connection, feed_id: int) -> Mapping[FileState, int]:
    mine = select(t.feed_file.c.state, func.count()).where(t.feed_file.c.feed_id == feed_id)
    return {FileState(state): count for state, count in connection.execute(mine.group_by(t.feed_file.c.state)).all()}


def write_files(tx: Tx, feed_id: int, files: Sequence[Seen]) -> None:
    """Write down how files were seen, in the place of what was written before."""
    make = sqlite.insert if tx.dialect == "sqlite" else postgresql.insert
    rows = [
        {
            "feed_id": feed_id,
            "key": sha256_hex(one.name.encode()),
            "name": one.name,
            "sign": one.sign,
            "size": one.size,
            "state": one.state,
            "changed": int(one.changed),
            "source_id": one.source_id,
            "fault": encoded(one.fault),
            "at": tx.at,
        }
        for one in files
    ]
    statement = make(t.feed_file)
    kept = {name: statement.excluded[name] for name in ("sign", "size", "state", "changed", "source_id", "fault", "at")}
    both = statement.on_conflict_do_update(index_elements=["feed_id", "key"], set_=kept)
    for start in range(0, len(rows), _SLICE):
        tx.execute(both, rows[start : start + _SLICE])


def fail_files_of(tx: Tx, feed_id: int, source_id: int, fault: Told) -> None:
    """What came with a source whose import failed is not brought again until it changes."""
    mine = (t.feed_file.c.feed_id == feed_id) & (t.feed_file.c.source_id == source_id)
    values = {"state": FileState.FAILED, "fault": encoded(fault), "source_id": None}
    tx.execute(update(t.feed_file).where(mine).values(**values))


def forget_files(tx: Tx, feed_id: int) -> int:
    return tx.execute(delete(t.feed_file).where(t.feed_file.c.feed_id == feed_id)).rowcount


def delete_feed(tx: Tx, feed_id: int) -> None:
    forget_files(tx, feed_id)
    tx.execute(delete(t.feed_source).where(t.feed_source.c.feed_id == feed_id))
    tx.execute(delete(t.feed).where(t.feed.c.id == feed_id))
