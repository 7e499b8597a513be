"""A PostgreSQL cluster of the tests' own: made in a temporary folder, reached by a Unix socket, gone afterwards.

One cluster for each pytest process (a second and 60 MB), so workers need no lock between them. A test module makes
one database with the tables in it and clones that for each test:

    with private_cluster() as cluster:
        if isinstance(cluster, Missing):
            do_without(cluster.reason)
        migrated = cluster.create_database("empty")
        fresh = cluster.create_database("test_1", template="empty")
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import psycopg
from psycopg import sql
from sqlalchemy import URL

_OWNER = "guiju"
_START_SECONDS = 30.0
_ROOM_BYTES = 2 << 30
# Tests may lose their data with the machine: without these a commit waits for the disk.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}


@dataclass(frozen=True)
class Missing:
    """Why there is no cluster."""

    reason: str


@dataclass(frozen=True)
class Cluster:
    """A running server whose Unix socket lies in `folder`."""

    folder: Path

    def url(self, database: str) -> str:
        """The address of `database`, as SQLAlchemy and `guiju --database` read it."""
        url = URL.create("postgresql+psycopg", _OWNER, database=database, query={"host": str(self.folder)})
        return url.render_as_string(hide_password=False)

    def create_database(self, name: str, template: str | None = None) -> str:
        """Make the database `name`, empty or a copy of `template` (to which nobody may be connected); its address."""
        # By copying files: through the log each page of the template would be written a second time.
        self._do(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                _names(name), _names(template or "template0")
            )
        )
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Remove `name` if it is there, whoever is connected."""
        self._do(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_names(name)))

    def _do(self, statement: sql.Composed) -> None:
        with psycopg.connect(host=str(self.folder), user=_OWNER, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)


class _Who(TypedDict, total=False):
    """Whom a program runs as, in the words of `subprocess`."""

    user: int
    group: int
    extra_groups: list[int]


def _names(name: str) -> sql.Identifier:
    return sql.Identifier(name)


@contextmanager
def private_cluster() -> Generator[Cluster | Missing]:
    """A cluster that lives as long as the context, or the reason why there is none."""
    programs = _find_programs()
    who = _find_server_user()
    if programs is None:
        yield Missing("no PostgreSQL server (Debian: apt-get install postgresql)")
    elif who is None:
        yield Missing("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as")
    else:
        yield from _run_cluster(programs, who)


def _run_cluster(programs: Path, who: _Who) -> Generator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="guiju-pg-", dir=_where()))
    try:
        if "user" in who and "group" in who:
            os.chown(folder, who["user"], who["group"])
        _make_data(programs, folder, who)
        server = _start(programs, folder, who)
        try:
            _wait_until_ready(server, folder)
            yield Cluster(folder)
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _where() -> str:
    """In memory where there is room: a clone of a database is twenty times as quick there.

    Never TMPDIR: a socket's path has at most 107 bytes, and that may be long.
    """
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM_BYTES
    return str(memory) if roomy else "/tmp"


def _find_programs() -> Path | None:
    """The folder with `initdb` and `postgres`: the newest of Debian's, else the one on the PATH."""
    on_path = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    candidates = [*reversed(folders), *([Path(on_path).resolve().parent] if on_path else [])]
    return next(
        (folder for folder in candidates if (folder / "initdb").exists() and (folder / "postgres").exists()), None
    )


def _find_server_user() -> _Who | None:
    """Empty for oneself; PostgreSQL refuses to run as root, so for root another account; `None` if there is none."""
    if os.geteuid() != 0:
        return _Who()
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known.get("nobody")
    return _Who(user=entry.pw_uid, group=entry.pw_gid, extra_groups=[]) if entry else None


def _make_data(programs: Path, folder: Path, who: _Who) -> None:
    """Run `initdb`. The socket's folder is closed to other accounts, so whoever reaches it is trusted."""
    command = [programs / "initdb", "--pgdata", folder / "data", "--username", _OWNER, "--auth", "trust"]
    options = ["--no-sync", "--encoding", "UTF8", "--locale", "C.UTF-8"]
    made = subprocess.run([*command, *options], cwd=folder, capture_output=True, text=True, check=False, **who)
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr[-2000:]}")


def _start(programs: Path, folder: Path, who: _Who) -> "subprocess.Popen[bytes]":
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    command = [programs / "postgres", "-D", folder / "data", "-k", folder, *settings]
    # Should the tests be killed, the kernel tells the server to stop: no orphan stays behind.
    guard = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
    with (folder / "log").open("wb") as log:
        return subprocess.Popen([*guard, *command], cwd=folder, stdout=log, stderr=log, **who)


def _wait_until_ready(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), user=_OWNER, dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()[-2000:]}") from None
            time.sleep(0.05)
        else:
            return


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """Ask for a fast stop (connections are cut), then insist."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
