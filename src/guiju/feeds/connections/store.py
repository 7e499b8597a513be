"""SQL of connections and grants, and the files that hold the secrets."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from guiju.feeds import tables as t
from guiju.feeds.connections.model import ConnectionKind, NamedConnection
from guiju.storage import House, Tx

FOLDER = "secrets"


def _connection(row: Row[*tuple[Any, ...]], projects: Sequence[int]) -> NamedConnection:
    about = (row.id, row.name, ConnectionKind(row.kind), row.address, row.reference, bool(row.for_all))
    return NamedConnection(*about, tuple(projects), row.created_at, row.checked_at, row.fault)


def list_connections(connection: Connection) -> list[NamedConnection]:
    """Every connection, by name."""
    granted: dict[int, list[int]] = {}
    for row in connection.execute(select(t.connection_grant).order_by(t.connection_grant.c.project_id)):
        granted.setdefault(row.connection_id, []).append(row.project_id)
    rows = connection.execute(select(t.connection).order_by(t.connection.c.name))
    return [_connection(row, granted.get(row.id, ())) for row in rows]


def find_connection(connection: Connection, connection_id: int) -> NamedConnection | None:
    row = connection.execute(select(t.connection).where(t.connection.c.id == connection_id)).first()
    if row is None:
        return None
    mine = select(t.connection_grant.c.project_id).where(t.connection_grant.c.connection_id == connection_id)
    return _connection(row, connection.execute(mine.order_by(t.connection_grant.c.project_id)).scalars().all())


def find_by_name(connection: Connection, name: str) -> int | None:
    return connection.execute(select(t.connection.c.id).where(t.connection.c.name == name)).scalar()


def count_feeds(connection: Connection, connection_id: int) -> int:
    mine = select(func.count()).where(t.feed.c.connection_id == connection_id)
    return int(connection.execute(mine).scalar_one())


def insert_connection(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.connection), {"created_at": tx.at, **values})


def update_connection(tx: Tx, connection_id: int, **values: object) -> None:
    tx.execute(update(t.connection).where(t.connection.c.id == connection_id).values(**values))


def delete_connection(tx: Tx, connection_id: int) -> None:
    tx.execute(delete(t.connection_grant).where(t.connection_grant.c.connection_id == connection_id))
    tx.execute(delete(t.connection).where(t.connection.c.id == connection_id))


def set_grants(tx: Tx, connection_id: int, projects: Sequence[int], *, for_all: bool) -> None:
    tx.execute(delete(t.connection_grant).where(t.connection_grant.c.connection_id == connection_id))
    if projects:
        rows = [{"connection_id": connection_id, "project_id": project} for project in projects]
        tx.execute(insert(t.connection_grant), rows)
    update_connection(tx, connection_id, for_all=int(for_all))


def keep_secret(house: House, key: str, secret: str) -> None:
    """Write a secret to a file of its own that nobody but the server's account can read."""
    folder = _folder(house)
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    temporary = folder / f".{key}.new"
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / key)


def forget_secret(house: House, key: str) -> None:
    (_folder(house) / key).unlink(missing_ok=True)


def read_secret(house: House, reference: str, key: str) -> str | None:
    """The secret itself, or `None` where it is not there any more."""
    kind, _, rest = reference.partition(":")
    if kind == "env":
        return os.environ.get(rest)
    path = _folder(house) / (rest if kind == "file" else key)
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n") if not path.is_symlink() else None
    except (OSError, UnicodeDecodeError):
        return None


def _folder(house: House) -> Path:
    return house.home / FOLDER
