"""What feeds draw from in the tests: a folder, a SQLite file, a PostgreSQL database with a reader who only reads."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from guiju.data import JOBS as DATA_JOBS
from guiju.data import Columns, Origin, find_items, item_ids
from guiju.feeds import JOBS, Asked, add_connection, create_feed, grant_connection, map_feed
from guiju.feeds.actions import FeedReport, ask_for_look, read_feed
from guiju.feeds.connections.model import ConnectionKind
from guiju.kit import new_id
from guiju.storage import Job, find_job, work_jobs
from tests.support.cast import Cast
from tests.support.needs import do_without
from tests.support.postgres import Cluster, Missing

HANDLERS = {**JOBS, **DATA_JOBS}


@dataclass(frozen=True)
class Drawer:
    """admin names and grants, zhou draws."""

    cast: Cast

    def connect(self, kind: ConnectionKind, address: str, secret: str = "", name: str = "Service desk") -> int:
        """A connection named on the server itself, granted to the cast's project."""
        house = self.cast.house
        operator = self.cast.admin.__class__(self.cast.admin.id, "Admin", "", is_admin=True, trusted=True)
        about: dict[str, Any] = {"name": name, "kind": kind, "address": address, "secret": secret}
        made = add_connection(house, operator, request_id=new_id(), **about)
        grant_connection(house, operator, made, [self.cast.project])
        return made

    def feed(self, connection: int, *, every: object = None, columns: Columns | None = None, **asked: Any) -> int:
        """A feed that was told how it is read; its first look waits for a worker."""
        house, zhou, project = self.cast.house, self.cast.zhou, self.cast.project
        about: dict[str, Any] = {"connection_id": connection, "name": "Messages", "asked": Asked(**asked)}
        made = create_feed(house, zhou, project, request_id=new_id(), **about)
        map_feed(house, zhou, project, made, columns=columns or Columns(), origin=Origin(owner="星河"), every=every)
        return made

    def work(self) -> None:
        work_jobs(self.cast.house, HANDLERS)

    def look(self, feed: int) -> Job:
        """Look now and carry out whatever that asks for; the look's job."""
        job_id = ask_for_look(self.cast.house, self.cast.zhou, self.cast.project, feed, request_id=new_id())
        self.work()
        return self.job(job_id)

    def job(self, job_id: int) -> Job:
        with self.cast.house.reading() as connection:
            found = find_job(connection, job_id)
        assert found is not None
        return found

    def report(self, feed: int) -> FeedReport:
        return read_feed(self.cast.house, self.cast.zhou, self.cast.project, feed)

    def fault(self, feed: int) -> str | None:
        told = self.report(feed).line.feed.fault
        return told.code if told else None

    def texts(self) -> list[str]:
        """What the project has, by name."""
        with self.cast.house.reading() as connection:
            ids = item_ids(connection, self.cast.project)
            items = find_items(connection, self.cast.project, ids)
        return [f"{items[one].name}: {items[one].body or items[one].media.value}" for one in sorted(items)]


@pytest.fixture
def drawer(cast: Cast) -> Drawer:
    return Drawer(cast)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A SQLite file with three messages."""
    path = tmp_path / "desk" / "desk.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("CREATE TABLE message (id TEXT, content TEXT, at TEXT)")
        rows = [("m1", "我要退款", "2026-03-31"), ("m2", "包裹在哪里", "2026-03-31"), ("m3", "谢谢", None)]
        made.executemany("INSERT INTO message VALUES (?, ?, ?)", rows)
    return path


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@dataclass(frozen=True)
class Server:
    """A PostgreSQL database: `url` for a reader with SELECT and no other right, `owner` for who fills it."""

    url: str
    owner: str

    def run(self, statement: str) -> None:
        with psycopg.connect(self.owner, autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def server(postgres: Cluster | Missing) -> Iterator[Server]:
    if isinstance(postgres, Missing):
        do_without(postgres.reason)
    owner = _plain(postgres.create_database("well"))
    made = Server(owner.replace("guiju@", "reader@"), owner)
    made.run("CREATE ROLE reader LOGIN")
    made.run("CREATE TABLE message (id int PRIMARY KEY, content text, price numeric, at timestamptz, photo bytea)")
    made.run(
        "INSERT INTO message VALUES (1, '我要退款', 12.50, '2026-03-31 09:05+08', '\\xff00'),"
        " (2, '包裹在哪里', 'NaN', 'infinity', 'text'), (3, NULL, NULL, NULL, NULL)"
    )
    made.run("GRANT SELECT ON message TO reader")
    yield made
    made.run("DROP OWNED BY reader")


def _plain(url: str) -> str:
    """As libpq reads it."""
    told = make_url(url)
    return f"postgresql://{told.username}@/{told.database}?host={told.query['host']}"
