"""A tar of pictures, sounds and tables, packed or not, read from front to back.

Nothing is unpacked to a path that the archive names. Links, devices, pipes, files with holes and archives within are
refused by their names; one that unpacks to hundreds of times its size is refused as a whole. What it holds is kept
only as names and sizes, and no more than a block of it is in memory at a time.
"""

import bz2
import gzip
import lzma
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from io import RawIOBase
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple, cast

from guiju.data.intake import errors
from guiju.data.intake.model import PictureRecord, Record, RefusedRecord, SoundRecord, Take
from guiju.data.intake.rules import MAX_RATIO, is_bomb, is_safe_path, is_system_file
from guiju.data.readers import sounds
from guiju.data.readers.errors import ArchiveBomb, EntryNested, EntrySpecial, TarUnreadable
from guiju.data.readers.folders import check_kind, is_table
from guiju.data.readers.pictures import HEAD, MAX_BYTES, SUFFIXES
from guiju.storage.blobs import CHUNK

ENDINGS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
ARCHIVES = (*ENDINGS, ".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".zst")
_ROW_BYTES = 100
# A header may say that its own attributes are gigabytes long; nobody's are.
_MOST_AT_ONCE = 4 * CHUNK
_BROKEN = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, MemoryError, RecursionError)


class _Listed(NamedTuple):
    name: str
    size: int


class _TooMuchError(Exception):
    """More was unpacked than what is packed can honestly hold."""


class _Measured(RawIOBase):
    """What is unpacked, counted against what is packed, never more than a few blocks at a time."""

    def __init__(self, file: IO[bytes], packed: int) -> None:
        super().__init__()
        self._file, self._packed = file, packed

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _MOST_AT_ONCE:
            raise tarfile.ReadError("a header that is far too long")
        found = self._file.read(size)
        if is_bomb(self._file.tell(), self._packed):
            raise _TooMuchError
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence == 0 and is_bomb(offset, self._packed):
            raise _TooMuchError
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()


def is_tar(name: str) -> bool:
    return name.lower().endswith(ENDINGS)


def is_archive(name: str) -> bool:
    return name.lower().endswith(ARCHIVES)


def _unpacked(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        head = file.read(6)
    if head[:2] == b"\x1f\x8b":
        return cast("IO[bytes]", gzip.open(path))
    if head[:3] == b"BZh":
        return cast("IO[bytes]", bz2.open(path))
    return cast("IO[bytes]", lzma.open(path)) if head == b"\xfd7zXZ\x00" else path.open("rb")


@contextmanager
def _opened(path: Path, name: str) -> Generator[tarfile.TarFile]:
    """Raises `TarUnreadable`, `ArchiveBomb`, whatever is done with it."""
    with _Measured(_unpacked(path), path.stat().st_size) as file:
        try:
            with tarfile.open(fileobj=cast("BinaryIO", file), mode="r:") as archive:
                yield archive
        except _TooMuchError as error:
            raise ArchiveBomb(name=name, ratio=MAX_RATIO) from error
        except errors.RecordRefused:
            raise
        except _BROKEN as error:
            raise TarUnreadable(name=name) from error


def _entries(archive: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, str]]:
    while (entry := archive.next()) is not None:
        # It would keep every entry of a million; we need none that is behind.
        cast("Any", archive).members.clear()
        name = _name_of(entry)
        if not entry.isdir() and not is_system_file(name):
            yield entry, name


def _name_of(entry: tarfile.TarInfo) -> str:
    """The entry's path; what is no UTF-8 is as a Chinese Windows writes it."""
    raw = entry.name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _listed(path: Path, name: str) -> tuple[_Listed, ...]:
    about = path.stat()
    return _list(path, name, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=4)
def _list(path: Path, name: str, _changed: int, _size: int) -> tuple[_Listed, ...]:
    """A packed archive is unpacked to its end to know its names: once, though they are asked for several times."""
    with _opened(path, name) as archive:
        return tuple(_Listed(called, entry.size) for entry, called in _entries(archive))


def find_take(path: Path, name: str, asked: Take | None) -> Take:
    """Which of the archive's files are meant. Raises `TarUnreadable`, `ArchiveBomb`, `NothingToImport`,
    `MediaExtraMissing`.
    """
    names = [one.name for one in _listed(path, name)]
    has_sounds = any(sounds.is_sound_name(one) for one in names)
    has_media = has_sounds or any(Path(one).suffix.lower() in SUFFIXES for one in names)
    take = asked or (Take.MEDIA if has_media else Take.ALL)
    wanted = (has_media and take is not Take.TABLES) or (any(map(is_table, names)) and take is not Take.MEDIA)
    if not wanted:
        raise errors.NothingToImport(name=name)
    if has_sounds and take is not Take.TABLES:
        sounds.demand_media(name)
    return take


def count(path: Path, name: str, take: Take) -> int:
    """About how many records there are: a file each, of tables by their size."""
    found = [(is_table(one.name), one.size) for one in _listed(path, name)]
    tables = sum(max(size // _ROW_BYTES, 1) for table, size in found if table and take is not Take.MEDIA)
    return tables + sum(1 for table, _ in found if take is Take.MEDIA or (not table and take is Take.ALL))


def read(path: Path, name: str, take: Take, open_inner: Callable[[Path, str], Iterator[Record]]) -> Iterator[Record]:
    """A record for each file in the archive's own order, to be looked at before the next one is asked for."""
    with _opened(path, name) as archive:
        for position, (entry, called) in enumerate(_entries(archive), 1):
            table = is_table(called) and take is not Take.MEDIA
            if take is Take.TABLES and not table:
                continue
            refusal = _find_fault(entry, called)
            if refusal is not None:
                yield RefusedRecord(position, called[-300:], refusal)
            elif table:
                yield from _inner(archive, entry, called, open_inner)
            elif sounds.is_sound_name(called):
                yield SoundRecord(position, called, partial(_stream, archive, entry))
            else:
                yield PictureRecord(position, called, partial(_read, archive, entry, called))


def _find_fault(entry: tarfile.TarInfo, name: str) -> errors.RecordRefused | None:
    if not is_safe_path(name) or entry.issym() or entry.islnk():
        return errors.UnsafePath()
    if not entry.isreg() or entry.issparse():
        return EntrySpecial()
    if is_archive(name):
        return EntryNested()
    limit = sounds.MAX_BYTES if sounds.is_sound_name(name) or is_table(name) else MAX_BYTES
    return errors.FileTooLarge(limit=f"{limit:,}") if entry.size > limit else None


def _inner(
    archive: tarfile.TarFile, entry: tarfile.TarInfo, name: str, open_inner: Callable[[Path, str], Iterator[Record]]
) -> Iterator[Record]:
    """Unpacked to a name of our own, never to the archive's."""
    with tempfile.TemporaryDirectory(prefix="guiju-entry-") as folder:
        file = Path(folder) / f"table{Path(name).suffix.lower()}"
        with _content(archive, entry) as packed, file.open("xb") as out:
            shutil.copyfileobj(packed, out, CHUNK)
        yield from open_inner(file, name)


@contextmanager
def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> Generator[IO[bytes]]:
    file = archive.extractfile(entry)
    if file is None:
        raise EntrySpecial
    with file:
        yield file


def _stream(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> Iterator[bytes]:
    try:
        with _content(archive, entry) as file:
            yield from sounds.stream(cast("BinaryIO", file))
    except _BROKEN as error:
        raise errors.EntryDamaged from error


def _read(archive: tarfile.TarFile, entry: tarfile.TarInfo, name: str) -> bytes:
    """`_find_fault` has looked at its size."""
    try:
        with _content(archive, entry) as file:
            head = file.read(HEAD)
            check_kind(head, name)
            return b"".join([head, *iter(partial(file.read, CHUNK), b"")])
    except _BROKEN as error:
        raise errors.EntryDamaged from error
