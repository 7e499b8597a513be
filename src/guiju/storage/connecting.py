"""How the databases are connected to: SQLite's pragmas, and the pools."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

if TYPE_CHECKING:  # the wheel says no types: it has the names of Python's own module
    sqlite_module = sqlite3
else:
    try:  # The wheel carries a newer SQLite than most systems, without the WAL-reset fault of 3.40 to 3.51.2.
        from pysqlite3 import dbapi2 as sqlite_module
    except ImportError:  # pragma: no cover - platforms without the wheel
        sqlite_module = sqlite3

BUSY_MILLISECONDS = 30_000
WRITER_CACHE_KIB = 64_000
READER_CACHE_KIB = 16_000
# 64 MB of log before it is brought home: an import touches the same pages of its indexes again and again, and every
# checkpoint writes them once more.
CHECKPOINT_PAGES = 16_000


def sqlite_engine(url: str, cache_kib: int = WRITER_CACHE_KIB) -> Engine:
    """The one that writes: WAL, `synchronous=FULL`, no implicit transactions."""
    engine = create_engine(url, module=sqlite_module, poolclass=QueuePool, pool_size=8, max_overflow=32)

    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        connection.execute(f"PRAGMA cache_size=-{cache_kib}")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA mmap_size=268435456")

    event.listen(engine, "connect", configure)
    return engine


def sqlite_reading_engine(url: str) -> Engine:
    """For reading alone; what a block sees stays the same until it ends."""
    engine = sqlite_engine(url, READER_CACHE_KIB)

    def only_read(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA query_only=ON")

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    event.listen(engine, "connect", only_read)
    event.listen(engine, "begin", begin)
    return engine


def sqlite_altering_engine(url: str) -> Engine:
    """For changes of the schema, which take the write lock at once."""
    engine = sqlite_engine(url)

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "begin", begin)
    return engine


def postgres_engine(url: str) -> Engine:
    """A pool that notices connections which the server closed."""
    return create_engine(url, pool_size=8, max_overflow=24, pool_pre_ping=True)


def sqlite_url(path: Path) -> str:
    """The URL of the SQLite database at `path`."""
    return f"sqlite:///{path}"
