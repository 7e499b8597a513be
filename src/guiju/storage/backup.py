"""Backups while the house is in use: one snapshot of every table, and the blobs that it names, in one file."""

import os
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from sqlalchemy import Connection

from guiju import __version__
from guiju.kit import N_, iso
from guiju.storage.archive import FORMAT, ArchiveWriter, Manifest, TableEntry
from guiju.storage.blobs import Blobs, sync_folder
from guiju.storage.full import writing_files
from guiju.storage.journal import seal_all
from guiju.storage.rows import columns_of, encode_rows, read_rows, tables
from guiju.storage.schema import HEAD

if TYPE_CHECKING:
    from guiju.storage.engine import Database
    from guiju.storage.house import House

# What is going on (a marked sentence), how much of it is done, and of how much where that is known.
Progress: TypeAlias = Callable[[str, int, int | None], None]
TABLES = N_("Tables: {done} rows")
CONTENTS = N_("Contents: {done} files")


def in_silence(_what: str, _done: int, _total: int | None) -> None:
    """Progress for nobody."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written. Sizes are bytes; `damaged` are the first blobs that no longer have their hash."""

    file: str
    size: int
    rows: int
    blobs: int
    blob_bytes: int
    sealed: int
    damaged: tuple[str, ...]


@contextmanager
def snapshot(database: "Database") -> Generator[Connection]:
    """A connection that sees one moment of the database until the block ends."""
    if database.is_sqlite:
        with database.reading() as connection:
            yield connection
    else:
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with database.engine.connect().execution_options(**options) as connection:
            yield connection


def back_up(house: "House", file: Path, progress: Progress = in_silence) -> Backup:
    """Write a backup of `house` to `file`, which is there whole or not at all. Raises `StorageFull`."""
    sealed = seal_all(house.database)
    with writing_files(), _landing(file) as out, tempfile.TemporaryFile() as listing:
        writer = ArchiveWriter(out, listing, house.clock())
        with snapshot(house.database) as connection:
            entries = _write_tables(connection, writer, progress)
        copied = _write_blobs(house.blobs, writer, progress)
        writer.close(_describe(house, entries, copied, writer))
    rows = sum(entry.rows for entry in entries.values())
    return Backup(str(file), file.stat().st_size, rows, copied.count, copied.size, sealed, copied.damaged)


@contextmanager
def _landing(file: Path) -> Generator[BinaryIO]:
    """A file beside `file`, only its owner may read it, that takes its place once it is durable."""
    handle, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(file)
        sync_folder(file.absolute().parent)
    finally:
        temporary.unlink(missing_ok=True)


def _write_tables(connection: Connection, writer: ArchiveWriter, progress: Progress) -> dict[str, TableEntry]:
    entries: dict[str, TableEntry] = {}
    done = 0
    for table in tables():
        rows = 0
        for number, (lines, count) in enumerate(encode_rows(table, read_rows(connection, table)), start=1):
            writer.add(f"tables/{table.name}-{number:06}.jsonl", lines)
            rows += count
            progress(TABLES, done + rows, None)
        done += rows
        entries[str(table.name)] = TableEntry([str(column.name) for column in columns_of(table)], rows)
    return entries


@dataclass(slots=True)
class _Copied:
    count: int = 0
    size: int = 0
    damaged: tuple[str, ...] = ()


def _write_blobs(blobs: Blobs, writer: ArchiveWriter, progress: Progress) -> _Copied:
    """Every blob that lies in the folder: content is stored before the row that names it, so none is wanting."""
    copied = _Copied()
    for key in blobs:
        try:
            source = blobs.path(key).open("rb")
        except FileNotFoundError:
            continue  # forgotten at somebody's wish since the folder was read
        with source:
            size = os.fstat(source.fileno()).st_size
            if writer.add_stream(f"blobs/{key[:2]}/{key[2:4]}/{key}", source, size) != key:
                copied.damaged = (*copied.damaged, key)[:20]
        copied.count += 1
        copied.size += size
        progress(CONTENTS, copied.count, None)
    return copied


def _describe(house: "House", entries: dict[str, TableEntry], copied: _Copied, writer: ArchiveWriter) -> Manifest:
    return Manifest(
        format=FORMAT,
        program=__version__,
        schema=HEAD,
        database="sqlite" if house.database.is_sqlite else "postgresql",
        taken_at=iso(house.clock()),
        tables=entries,
        blobs=copied.count,
        blob_bytes=copied.size,
        members=writer.members,
        members_sha256=writer.members_sha256,
    )
