"""A backup becomes a home again, on either database; a home's database becomes another. All of it or nothing."""

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

import msgspec
from sqlalchemy import Connection, Table, func, inspect, select

from guiju.kit import N_, Clock, Refusal, now
from guiju.storage.archive import CHUNK, FORMAT, BackupDamaged, Manifest, check_archive, read_members
from guiju.storage.backup import CONTENTS, TABLES, Progress, in_silence, snapshot
from guiju.storage.connecting import sqlite_url
from guiju.storage.engine import Database, Tx
from guiju.storage.full import writing_files
from guiju.storage.rows import Row, columns_of, decode_rows, fill, read_rows, tables
from guiju.storage.schema import HEAD, find_version, upgrade
from guiju.storage.tables import journal

if TYPE_CHECKING:
    from guiju.storage.house import House

# What a slice makes anew from its own tables after they were filled: an index of words that is no table of ours.
Rebuild: TypeAlias = Callable[[Tx], None]
STAGING = ".restoring"
_TABLE = re.compile(r"tables/(\w+)-\d{6,}\.jsonl")
_BLOB = re.compile(r"blobs/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})")


class HomeNotEmpty(Refusal):
    """A backup is restored into an empty home only."""

    code = "home-not-empty"
    status = 409
    sentence = N_("There is something in {home} already.")
    next_step = N_("Nothing was changed. Give --home a new folder, then serve from there.")


class DatabaseNotEmpty(Refusal):
    """Rows are filled into an empty database only."""

    code = "database-not-empty"
    status = 409
    sentence = N_("The database that should be filled is in use: it has the table “{table}”.")
    next_step = N_("Nothing was changed. Make an empty database and give its address.")


class BackupOfAnotherSchema(Refusal):
    """The backup was written by another version of the program."""

    code = "backup-of-another-schema"
    status = 422
    sentence = N_("The backup has schema {found}, written by version {program}; this program restores schema {known}.")
    next_step = N_("Restore it with that version of the program, then update the program.")


class StillInUse(Refusal):
    """Something was written while the database was being moved."""

    code = "still-in-use"
    status = 409
    sentence = N_("Somebody worked in this home while it was being moved.")
    next_step = N_("Nothing was moved. Stop the server and its workers, then try again.")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was filled: rows by table, and the blobs that were unpacked."""

    rows: dict[str, int]
    blobs: int


def restore(
    file: Path,
    home: Path,
    *,
    database: str | None = None,
    rebuild: Sequence[Rebuild] = (),
    progress: Progress = in_silence,
    clock: Clock = now,
) -> Restored:
    """Make the empty `home` (and the empty `database`, if it is not SQLite in the home) what `file` holds.

    The file is proven whole before anything is touched, and every step is undone if a later one fails.
    Raises `HomeNotEmpty`, `DatabaseNotEmpty`, `BackupDamaged`, `BackupOfAnotherSchema`, `RowsRefused`, `StorageFull`.
    """
    _refuse_used(home)
    manifest = check_archive(file)
    _refuse_other_schema(manifest)
    with writing_files(), _staged(home) as staging:
        with _filling(Database(database or sqlite_url(staging / "guiju.db"), clock)) as connection:
            upgrade_empty(connection)
            restored = _pour(file, manifest, connection, staging / "blobs", progress)
            _rebuild(connection, rebuild, clock)
            os.sync()  # the blobs, all at once, before the database says that they are there
            (staging / "blobs").rename(home / "blobs")
        if database is None:
            (staging / "guiju.db").rename(home / "guiju.db")
    return restored


def _refuse_used(home: Path) -> None:
    if home.exists() and (not home.is_dir() or {entry.name for entry in home.iterdir()} - {STAGING}):
        raise HomeNotEmpty(home=str(home))


def _refuse_other_schema(manifest: Manifest) -> None:
    known = {table.name: [column.name for column in columns_of(table)] for table in tables()}
    found = {name: entry.columns for name, entry in manifest.tables.items()}
    if manifest.format != FORMAT or manifest.schema != HEAD or found != known:
        raise BackupOfAnotherSchema(found=manifest.schema, program=manifest.program, known=HEAD)


@contextmanager
def _staged(home: Path) -> Generator[Path]:
    """A folder inside `home`, hence on its disk; whatever fails, `home` is left as empty as it was."""
    is_new = not home.exists()
    staging = home / STAGING
    shutil.rmtree(staging, ignore_errors=True)  # of a restore that was killed
    (staging / "blobs" / "tmp").mkdir(parents=True)
    try:
        yield staging
    except BaseException:
        shutil.rmtree(home / "blobs", ignore_errors=True)
        if is_new:
            shutil.rmtree(home, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    os.sync()


@contextmanager
def _filling(database: Database) -> Generator[Connection]:
    """One transaction that fills `database`."""
    try:
        with database.altering() as connection:
            yield connection
    finally:
        database.close()


def upgrade_empty(connection: Connection) -> None:
    """Bring an empty database to this program's schema. Raises `DatabaseNotEmpty`."""
    if find_version(connection) is None:
        for name in inspect(connection).get_table_names():
            raise DatabaseNotEmpty(table=name)
        upgrade(connection)
    elif (found := find_version(connection)) != HEAD:
        raise DatabaseNotEmpty(table=f"alembic_version: {found}")
    for table in tables():
        if connection.execute(select(1).select_from(table).limit(1)).first() is not None:
            raise DatabaseNotEmpty(table=table.name)


def _pour(file: Path, manifest: Manifest, connection: Connection, blobs: Path, progress: Progress) -> Restored:
    """The tables into `connection`, then the blobs into their folder. The tables come first in the file."""
    unpacked = 0

    def chunks() -> Iterator[tuple[Table, list[Row]]]:
        nonlocal unpacked
        known = {table.name: table for table in tables()}
        done, total = 0, sum(entry.rows for entry in manifest.tables.values())
        for name, _, content in read_members(file):
            if match := _TABLE.fullmatch(name):
                rows = _decode(file, name, known.get(match[1]), content.read())
                done += len(rows[1])
                progress(TABLES, done, total)
                yield rows
            elif match := _BLOB.fullmatch(name):
                unpacked += 1
                _unpack(content, blobs / match[1] / match[2] / match[3])
                progress(CONTENTS, unpacked, manifest.blobs)

    counts = fill(connection, chunks())
    expected = {name: entry.rows for name, entry in manifest.tables.items()}
    if counts != expected or unpacked != manifest.blobs:
        raise BackupDamaged(file=file.name, part="manifest.json")
    return Restored(counts, unpacked)


def _decode(file: Path, name: str, table: Table | None, lines: bytes) -> tuple[Table, list[Row]]:
    if table is None:
        raise BackupDamaged(file=file.name, part=name)
    try:
        return table, decode_rows(table, lines)
    except (msgspec.DecodeError, ValueError, IndexError) as error:
        raise BackupDamaged(file=file.name, part=name) from error


def _unpack(content: IO[bytes], place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as out:
        shutil.copyfileobj(content, out, CHUNK)


def _rebuild(connection: Connection, rebuild: Sequence[Rebuild], clock: Clock) -> None:
    tx = Tx(connection, clock())
    for again in rebuild:
        again(tx)


def move_database(
    house: "House", url: str, *, rebuild: Sequence[Rebuild] = (), progress: Progress = in_silence
) -> Restored:
    """Copy every row of `house` into the empty database at `url`; the blobs stay where they are.

    The old database is left as it was. Raises `DatabaseNotEmpty`, `StillInUse`, `RowsRefused`, `StorageFull`.
    """
    with snapshot(house.database) as source, _filling(Database(url, house.clock)) as target:
        upgrade_empty(target)
        before = _last_row(source)
        counts = fill(target, _read_all(source, progress))
        _rebuild(target, rebuild, house.clock)
        with house.reading() as fresh:
            if _last_row(fresh) != before:
                raise StillInUse
    return Restored(counts, 0)


def _read_all(source: Connection, progress: Progress) -> Iterator[tuple[Table, list[Row]]]:
    done = 0
    for table in tables():
        for rows in read_rows(source, table):
            done += len(rows)
            progress(TABLES, done, None)
            yield table, rows


def _last_row(connection: Connection) -> int | None:
    return connection.execute(select(func.max(journal.c.id))).scalar()
