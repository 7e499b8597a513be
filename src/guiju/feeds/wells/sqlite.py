"""A SQLite file on the server: opened for reading, with an authoriser that lets nothing but SELECT through."""

import sqlite3
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from guiju.feeds.connections.model import Place
from guiju.feeds.connections.rules import read_address, redact
from guiju.feeds.errors import NotReadOnly, WellDied, WellFailed, WellRefused, WellTooSlow, WellUnreachable
from guiju.feeds.wells.model import BATCH, Answer, Limits

_VALUE_BYTES = 100_000_000
_STEPS = 10_000
_LETS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
_FORBIDDEN = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})


@contextmanager
def open_query(place: Place, query: str, limits: Limits) -> Generator[Answer]:
    """Raises `WellUnreachable`, `WellRefused`, `NotReadOnly`, `WellTooSlow`, `WellDied`."""
    with closing(_connect(place, limits)) as connection:
        try:
            cursor = connection.execute(query)
            columns: list[str | None] = [column[0] for column in cursor.description or ()]
            yield Answer(columns, _batches(place, cursor, limits))
        except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
            raise _told(place, error, limits, 0) from error


def _connect(place: Place, limits: Limits) -> sqlite3.Connection:
    path = read_address(place.kind, place.address).path
    if not Path(path).is_file():
        raise WellUnreachable(connection=place.name, reason="no such file")
    try:
        connection = sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True, timeout=10, isolation_level=None)
        connection.execute("PRAGMA query_only=ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        raise WellUnreachable(connection=place.name, reason=redact(str(error), place)) from error
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _VALUE_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.text_factory = _text
    deadline = time.monotonic() + limits.seconds
    connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    connection.set_authorizer(_authorise)
    return connection


def _text(value: bytes) -> str:
    """Bytes that are no characters show as such: the import refuses the record, not the whole."""
    return value.decode("utf-8", errors="replace")


def _authorise(action: int, first: str | None, second: str | None, _base: str | None, _trigger: str | None) -> int:
    del first
    if action not in _LETS or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FORBIDDEN):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _batches(place: Place, cursor: sqlite3.Cursor, limits: Limits) -> Iterator[Sequence[Sequence[Any]]]:
    rows = 0
    try:
        while batch := cursor.fetchmany(min(BATCH, limits.rows + 1)):
            rows += len(batch)
            yield batch
    except (sqlite3.Error, OverflowError) as error:
        raise _told(place, error, limits, rows) from error


def _told(place: Place, error: Exception, limits: Limits, rows: int) -> WellFailed:
    reason = redact(str(error), place)
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_INTERRUPT":
        return WellTooSlow(connection=place.name, seconds=limits.seconds)
    if name in {"SQLITE_AUTH", "SQLITE_READONLY"}:
        return NotReadOnly(connection=place.name, reason=reason)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return WellDied(connection=place.name, rows=f"{rows:,}", reason=reason)
    return WellRefused(connection=place.name, reason=reason)
