"""What data is drawn from: one file a kind of connection, each opened by a `Place` and closed when its block ends.

A database gives an answer's columns and its rows in batches; an object store or folder gives its files, and copies one.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeAlias

from guiju.feeds.connections.model import ConnectionKind, Place
from guiju.feeds.wells import folders, mysql, objects, postgresql, sqlite
from guiju.feeds.wells.model import Answer, Files, Limits

OpenQuery: TypeAlias = Callable[[Place, str, Limits], AbstractContextManager[Answer]]
OpenFiles: TypeAlias = Callable[[Place, str], AbstractContextManager[Files]]

QUERIES: dict[ConnectionKind, OpenQuery] = {
    ConnectionKind.POSTGRESQL: postgresql.open_query,
    ConnectionKind.MYSQL: mysql.open_query,
    ConnectionKind.SQLITE: sqlite.open_query,
}
FILES: dict[ConnectionKind, OpenFiles] = {
    ConnectionKind.OBJECTS: objects.open_files,
    ConnectionKind.FOLDER: folders.open_files,
}
PROBE_SECONDS = 15


def open_query(place: Place, query: str, limits: Limits) -> AbstractContextManager[Answer]:
    """Raises `WellFailed` of every kind."""
    return QUERIES[place.kind](place, query, limits)


def open_files(place: Place, folder: str) -> AbstractContextManager[Files]:
    """Raises `WellFailed` of every kind."""
    return FILES[place.kind](place, folder)


def probe(place: Place) -> None:
    """Whether the place answers, and with no more than the right to read. Raises `WellFailed` of every kind."""
    if place.kind.is_database:
        with open_query(place, "SELECT 1 AS answer", Limits(1, PROBE_SECONDS)) as answer:
            next(iter(answer.batches), None)
    else:
        with open_files(place, "") as files:
            next(iter(files.walk()), None)
