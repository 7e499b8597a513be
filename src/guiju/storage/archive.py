"""The file of a backup: a tar that any program opens, and that proves itself whole.

    tables/<table>-000001.jsonl   rows as JSON arrays, one a line, columns in the manifest's order
    blobs/aa/bb/aabb…             contents, named by their SHA-256
    members.jsonl                 [name, size, sha256] of each member above, one a line, in order
    manifest.json                 schema, program, row counts, SHA-256 of members.jsonl
    manifest.sha256               SHA-256 of manifest.json

It is written and read as a stream: nothing of it grows in memory with the store.
"""

import hashlib
import io
import tarfile
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

import msgspec

from guiju.kit import N_, Refusal, sha256_hex

FORMAT = 1
CHUNK = 1 << 20
MEMBERS = "members.jsonl"
MANIFEST = "manifest.json"
SEAL = "manifest.sha256"


class BackupDamaged(Refusal):
    """The file is not what was written."""

    code = "backup-damaged"
    status = 422
    sentence = N_("The backup {file} is damaged or incomplete: {part}.")
    next_step = N_("Nothing was restored. Copy the file again from where it came, or use another backup.")


class TableEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table: the order of its columns, and how many rows the snapshot had."""

    columns: list[str]
    rows: int


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup says of itself. Sizes are bytes."""

    format: int
    program: str
    schema: str
    database: str
    taken_at: str
    tables: dict[str, TableEntry]
    blobs: int
    blob_bytes: int
    members: int
    members_sha256: str


class _Hashing(io.RawIOBase):
    """What is read through it is hashed."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.hashed = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.hashed.update(chunk)
        return chunk


class ArchiveWriter:
    """Adds members to `out`, lists them in `listing`, and ends with the manifest."""

    def __init__(self, out: BinaryIO, listing: IO[bytes], at: int) -> None:
        self._tar = tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT)  # noqa: SIM115 - closed by `close`
        self._listing = listing
        self._listed = hashlib.sha256()
        self._seconds = at // 1_000_000
        self.members = 0

    @property
    def members_sha256(self) -> str:
        return self._listed.hexdigest()

    def add(self, name: str, content: bytes) -> None:
        """A small member, given whole."""
        self.add_stream(name, io.BytesIO(content), len(content))

    def add_stream(self, name: str, source: IO[bytes], size: int) -> str:
        """A member of `size` bytes read from `source`; returns its SHA-256."""
        hashing = _Hashing(source)
        self._put(name, hashing, size)
        digest = hashing.hashed.hexdigest()
        line = _line(name, size, digest)
        self._listing.write(line)
        self._listed.update(line)
        self.members += 1
        return digest

    def close(self, manifest: Manifest) -> None:
        """Write the list of members, the manifest and its seal."""
        size = self._listing.tell()
        self._listing.seek(0)
        self._put(MEMBERS, self._listing, size)
        described = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        for name, content in ((MANIFEST, described), (SEAL, sha256_hex(described).encode())):
            self._put(name, io.BytesIO(content), len(content))
        self._tar.close()

    def _put(self, name: str, source: "IO[bytes] | _Hashing", size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, self._seconds, 0o600
        self._tar.addfile(info, source)  # type: ignore[arg-type] - it only ever reads
        _forget_members(self._tar)


def _forget_members(tar: Any) -> None:
    """A `TarFile` remembers every member it has seen, and a store has millions."""
    tar.members.clear()


def _line(name: str, size: int, digest: str) -> bytes:
    return msgspec.json.encode([name, size, digest]) + b"\n"


def read_members(file: Path) -> Iterator[tuple[str, int, IO[bytes]]]:
    """Every member in order: name, size, and the content for reading before the next one is asked for.

    Raises `BackupDamaged` where the file cannot be read as a tar of plain files.
    """
    with _as_damage(file), tarfile.open(file, mode="r:") as tar:
        while (info := tar.next()) is not None:
            _forget_members(tar)
            content = tar.extractfile(info) if info.isreg() else None
            if content is None:
                raise BackupDamaged(file=file.name, part=info.name)
            yield info.name, info.size, content


@contextmanager
def _as_damage(file: Path) -> Generator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError) as error:
        raise BackupDamaged(file=file.name, part=str(error) or "tar") from error


def check_archive(file: Path) -> Manifest:
    """Read the whole file and compare every member with the manifest. Raises `BackupDamaged`."""
    tail: dict[str, bytes] = {}
    hashed, count = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as found:
        for name, size, content in read_members(file):
            if name in {MANIFEST, SEAL}:
                tail[name] = content.read(CHUNK)
            elif name == MEMBERS:
                _compare(file, found, content)
            else:
                line = _line(name, size, _hash(file, name, content))
                found.write(line)
                hashed.update(line)
                count += 1
    manifest = _read_manifest(file, tail)
    if manifest.members != count or manifest.members_sha256 != hashed.hexdigest():
        raise BackupDamaged(file=file.name, part=MEMBERS)
    return manifest


def _hash(file: Path, name: str, content: IO[bytes]) -> str:
    hashed = hashlib.sha256()
    try:
        while chunk := content.read(CHUNK):
            hashed.update(chunk)
    except tarfile.TarError as error:
        raise BackupDamaged(file=file.name, part=name) from error
    return hashed.hexdigest()


def _compare(file: Path, found: IO[bytes], listed: IO[bytes]) -> None:
    """Name the first member that is not as the list has it."""
    found.seek(0)
    for mine in found:
        if mine != listed.readline():
            raise BackupDamaged(file=file.name, part=msgspec.json.decode(mine)[0])


def _read_manifest(file: Path, tail: dict[str, bytes]) -> Manifest:
    described = tail.get(MANIFEST, b"")
    if SEAL not in tail or tail[SEAL] != sha256_hex(described).encode():
        raise BackupDamaged(file=file.name, part=MANIFEST)
    try:
        return msgspec.json.decode(described, type=Manifest)
    except msgspec.ValidationError as error:
        raise BackupDamaged(file=file.name, part=f"{MANIFEST} ({error})") from error
