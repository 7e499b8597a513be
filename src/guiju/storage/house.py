"""One home folder and what is kept in it: the value that every action takes first."""

from collections.abc import Awaitable, Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from guiju.kit import Clock, now
from guiju.storage.blobs import Blobs
from guiju.storage.connecting import sqlite_url
from guiju.storage.engine import Database, Tx
from guiju.storage.schema import ensure_schema

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class House:
    """An open home: its database, its blobs, and the clock that dates what happens in it."""

    home: Path
    database: Database
    blobs: Blobs
    clock: Clock

    def write(self, work: Callable[[Tx], Result]) -> Result:
        return self.database.write(work)

    def write_async(self, work: Callable[[Tx], Result]) -> Awaitable[Result]:
        return self.database.write_async(work)

    def reading(self) -> AbstractContextManager[Connection]:
        return self.database.reading()

    @property
    def scratch(self) -> Path:
        """A folder for uploads and half-made packages; what lies in it may be thrown away at any start."""
        folder = self.home / "scratch"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def close(self) -> None:
        self.database.close()


def open_house(home: Path, *, database: str | None = None, clock: Clock = now) -> House:
    """Open (or make) the home folder; `database` is a SQLAlchemy URL, by default SQLite inside the home."""
    home.mkdir(parents=True, exist_ok=True)
    opened = Database(database or sqlite_url(home / "guiju.db"), clock)
    ensure_schema(opened)
    return House(home, opened, Blobs(home / "blobs"), clock)


@contextmanager
def opened_house(home: Path, *, database: str | None = None, clock: Clock = now) -> Generator[House]:
    """`open_house` for a `with` block."""
    house = open_house(home, database=database, clock=clock)
    try:
        yield house
    finally:
        house.close()
