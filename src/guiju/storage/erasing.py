"""Deleted for good: what a database keeps of rows that were deleted or written over is overwritten too.

SQLite leaves old content in free pages, in its log and in the segments of its word indexes; PostgreSQL leaves dead rows
until they are vacuumed, which a dump does not show.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import text

from guiju.storage.connecting import sqlite_altering_engine

if TYPE_CHECKING:
    from guiju.storage.engine import Database, Tx
    from guiju.storage.fulltext import WordIndex

MERGE_PAGES = 300
MOST_MERGES = 100_000


def overwrite_deleted(tx: "Tx") -> None:
    """What this transaction deletes is written over with zeros, and not only given free."""
    if tx.dialect == "sqlite":
        tx.execute(text("PRAGMA secure_delete=ON"))


def settle(database: "Database", indexes: "Sequence[WordIndex]") -> None:
    """Rewrite word indexes without what was dropped from them, a few pages at a time, and empty the log."""
    if not database.is_sqlite:
        return
    for index in indexes:
        database.write(overwrite_deleted)
        first = True
        for _ in range(MOST_MERGES):
            if not database.write(lambda tx, index=index, first=first: index.merge(tx, MERGE_PAGES, begin=first)):
                break
            first = False
    engine = sqlite_altering_engine(database.url)
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        engine.dispose()
