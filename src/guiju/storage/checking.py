"""Whether everything is as it was written: the journal's chain, the blobs that rows name, the database itself."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, func, select, text

from guiju.kit import N_
from guiju.storage.backup import CONTENTS, Progress, in_silence, snapshot
from guiju.storage.journal import verify_chain
from guiju.storage.rows import tables

if TYPE_CHECKING:
    from guiju.storage.blobs import Blobs
    from guiju.storage.house import House

SHOWN = 100
CHAIN_BROKEN = N_("The journal was changed after it was sealed: seal {seal} does not hold.")
BLOB_MISSING = N_("The content {key}, named by {named_by}, is missing.")
BLOB_DAMAGED = N_("The content {key}, named by {named_by}, is damaged.")
DATABASE_DAMAGED = N_("The database is damaged: {fault}.")
REFERENCE_BROKEN = N_("A row of “{table}” refers to a row of “{parent}” that is not there.")
INDEX_INVALID = N_("The index {index} is not valid.")


@dataclass(frozen=True, slots=True)
class BlobReference:
    """Rows that name blobs: `keys` selects one column, the key (SHA-256), empty values aside."""

    name: str
    keys: Select[Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written; `sentence` is marked for translation, its places are in `details`."""

    code: str
    sentence: str
    details: Mapping[str, object]


@dataclass(slots=True)
class Verified:
    """What `verify` found: `count` findings, of which the first `SHOWN` are kept.

    `sealed` and `unsealed` count rows of the journal, in the chain and after its last seal. `orphans` are blobs that
    no row names, `orphan_bytes` their size: of an import that is running, or that was given up; no fault.
    """

    sealed: int = 0
    unsealed: int = 0
    blobs: int = 0
    orphans: int = 0
    orphan_bytes: int = 0
    count: int = 0
    findings: list[Finding] = field(default_factory=list[Finding])

    @property
    def is_whole(self) -> bool:
        return self.count == 0

    def found(self, code: str, sentence: str, **details: object) -> None:
        self.count += 1
        if len(self.findings) < SHOWN:
            self.findings.append(Finding(code, sentence, details))


def verify(house: "House", references: Sequence[BlobReference], progress: Progress = in_silence) -> Verified:
    """Read everything once, beside the running house. Memory does not grow with the store."""
    verified = Verified()
    with snapshot(house.database) as connection:
        _check_chain(connection, verified)
        (_check_sqlite if house.database.is_sqlite else _check_postgres)(connection, verified)
        _check_blobs(connection, house.blobs, references, verified, progress)
    return verified


def _check_chain(connection: Connection, verified: Verified) -> None:
    chain = verify_chain(connection)
    verified.sealed, verified.unsealed = chain.sealed, chain.unsealed
    if chain.broken_at is not None:
        verified.found("chain-broken", CHAIN_BROKEN, seal=chain.broken_at)


def _check_sqlite(connection: Connection, verified: Verified) -> None:
    for (fault,) in connection.execute(text("PRAGMA integrity_check")):
        if fault != "ok":
            verified.found("database-damaged", DATABASE_DAMAGED, fault=fault)
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        verified.found("reference-broken", REFERENCE_BROKEN, table=table, row=row, parent=parent)


def _check_postgres(connection: Connection, verified: Verified) -> None:
    """PostgreSQL keeps its own references; reading every row once lets it compare the checksums of its pages."""
    for table in tables():
        connection.execute(select(func.count()).select_from(table)).scalar()
    invalid = text("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
    for (index,) in connection.execute(invalid):
        verified.found("index-invalid", INDEX_INVALID, index=index)


def _check_blobs(
    connection: Connection,
    blobs: "Blobs",
    references: Sequence[BlobReference],
    verified: Verified,
    progress: Progress,
) -> None:
    """Both sides come sorted by key, so one walk along them finds what either lacks."""
    with ExitStack() as open_cursors:
        named = _named_keys(connection, references, open_cursors)
        wanted = next(named, None)
        for key in blobs:
            while wanted is not None and wanted[0] < key:
                verified.found("blob-missing", BLOB_MISSING, key=wanted[0], named_by=wanted[1])
                wanted = next(named, None)
            if wanted is None or wanted[0] != key:
                _count_orphan(blobs, key, verified)
                continue
            _check_blob(blobs, key, wanted[1], verified)
            wanted = next(named, None)
            progress(CONTENTS, verified.blobs, None)
        for key, name in ([wanted] if wanted else []) + list(named):
            verified.found("blob-missing", BLOB_MISSING, key=key, named_by=name)


def _named_keys(
    connection: Connection, references: Sequence[BlobReference], open_cursors: ExitStack
) -> Iterator[tuple[str, str]]:
    """Every key that a row names, once, in order, with the name of the first reference that has it."""
    last = ""
    streams = [_keys_of(connection, reference, open_cursors) for reference in references]
    for key, name in heapq.merge(*streams):
        if key != last:
            yield key, name
        last = key


def _keys_of(connection: Connection, reference: BlobReference, open_cursors: ExitStack) -> Iterator[tuple[str, str]]:
    key = reference.keys.selected_columns[0]
    # A database sorts by its own language, Python by bytes; SQLite's own order is by bytes, and has an index.
    order = key if connection.dialect.name == "sqlite" else key.collate("C")
    wanted = reference.keys.where(key.is_not(None)).order_by(order)
    answer = connection.execute(wanted, execution_options={"yield_per": 1_000})
    open_cursors.callback(answer.close)
    return ((row[0], reference.name) for row in answer)


def _check_blob(blobs: "Blobs", key: str, name: str, verified: Verified) -> None:
    verified.blobs += 1
    try:
        whole = blobs.is_whole(key)
    except OSError:  # the disk does not give it back
        whole = False
    if not whole:
        verified.found("blob-damaged", BLOB_DAMAGED, key=key, named_by=name)


def _count_orphan(blobs: "Blobs", key: str, verified: Verified) -> None:
    verified.orphans += 1
    verified.orphan_bytes += blobs.path(key).stat().st_size
