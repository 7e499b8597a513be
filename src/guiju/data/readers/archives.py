"""A zip (or a tar) of pictures, sounds and tables. Nothing is unpacked to where an archive says, nothing unmeasured."""

import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from guiju.data.intake import errors
from guiju.data.intake.model import PictureRecord, Record, RefusedRecord, SoundRecord, Take
from guiju.data.intake.rules import is_bomb, is_safe_path, is_system_file
from guiju.data.readers import sounds, tars
from guiju.data.readers.errors import EntryNested
from guiju.data.readers.folders import check_kind, is_table
from guiju.data.readers.pictures import HEAD, MAX_BYTES, SUFFIXES
from guiju.storage.blobs import CHUNK

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_ROW_BYTES = 100
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def _open(path: Path, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise
    except _BROKEN as error:
        raise errors.ArchiveUnreadable(name=name) from error


def _entries(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    for entry in archive.infolist():
        name = _name_of(entry)
        if not entry.is_dir() and not is_system_file(name):
            yield entry, name


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The entry's path; without the mark of UTF-8, it is as a Chinese Windows writes it."""
    if entry.flag_bits & _UTF8_NAME or entry.orig_filename.isascii():
        return entry.orig_filename
    raw = entry.orig_filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.orig_filename


def find_take(path: Path, name: str, asked: Take | None) -> Take:
    """Which of the archive's files are meant. Raises `ArchiveUnreadable`, `NothingToImport`, `MediaExtraMissing`."""
    if tars.is_tar(name):
        return tars.find_take(path, name, asked)
    with _open(path, name) as archive:
        names = [entry_name for _, entry_name in _entries(archive)]
    has_sounds = any(sounds.is_sound_name(one) for one in names)
    has_media = has_sounds or any(Path(one).suffix.lower() in SUFFIXES for one in names)
    has_tables = any(is_table(one) for one in names)
    take = asked or (Take.MEDIA if has_media else Take.ALL)
    if not (has_media and take is not Take.TABLES) and not (has_tables and take is not Take.MEDIA):
        raise errors.NothingToImport(name=name)
    if has_sounds and take is not Take.TABLES:
        sounds.demand_media(name)
    return take


def count(path: Path, name: str, take: Take) -> int:
    """About how many records there are: a file each, of tables by their size. Raises `ArchiveUnreadable`."""
    if tars.is_tar(name):
        return tars.count(path, name, take)
    with _open(path, name) as archive:
        found = [(is_table(entry_name), entry.file_size) for entry, entry_name in _entries(archive)]
    tables = sum(max(size // _ROW_BYTES, 1) for table, size in found if table and take is not Take.MEDIA)
    others = sum(1 for table, _ in found if take is Take.MEDIA or (not table and take is Take.ALL))
    return tables + others


def read(path: Path, name: str, take: Take, open_inner: Callable[[Path, str], Iterator[Record]]) -> Iterator[Record]:
    """A record for each file in the archive's own order; of a table, those that `open_inner` finds in it."""
    if tars.is_tar(name):
        yield from tars.read(path, name, take, open_inner)
        return
    with _open(path, name) as archive:
        for position, (entry, entry_name) in enumerate(_entries(archive), 1):
            table = is_table(entry_name) and take is not Take.MEDIA
            if take is Take.TABLES and not table:
                continue
            refusal = _find_fault(entry, entry_name)
            if refusal is not None:
                yield RefusedRecord(position, entry_name[-300:], refusal)
            elif table:
                yield from _inner(archive, entry, (position, entry_name), open_inner)
            elif sounds.is_sound_name(entry_name):
                yield SoundRecord(position, entry_name, partial(_stream, archive, entry))
            else:
                yield PictureRecord(position, entry_name, partial(_read, archive, entry, entry_name))


def _inner(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    about: tuple[int, str],
    open_inner: Callable[[Path, str], Iterator[Record]],
) -> Iterator[Record]:
    """Unpacked to a name of our own, never to the archive's."""
    position, name = about
    with tempfile.TemporaryDirectory(prefix="guiju-entry-") as folder:
        file = Path(folder) / f"table{Path(name).suffix.lower()}"
        try:
            with archive.open(entry) as packed, file.open("xb") as out:
                shutil.copyfileobj(packed, out, CHUNK)
        except _BROKEN:
            yield RefusedRecord(position, name[-300:], errors.EntryDamaged())
            return
        yield from open_inner(file, name)


def _find_fault(entry: zipfile.ZipInfo, name: str) -> errors.RecordRefused | None:
    mode = entry.external_attr >> 16
    if not is_safe_path(name) or stat.S_ISLNK(mode):
        return errors.UnsafePath()
    if entry.flag_bits & _ENCRYPTED:
        return errors.EntryEncrypted()
    if tars.is_archive(name):
        return EntryNested()
    if is_bomb(entry.file_size, entry.compress_size):
        return errors.EntryBomb(ratio=entry.file_size // max(entry.compress_size, 1))
    limit = sounds.MAX_BYTES if sounds.is_sound_name(name) or is_table(name) else MAX_BYTES
    return errors.FileTooLarge(limit=f"{limit:,}") if entry.file_size > limit else None


def _stream(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(entry) as file:
            yield from sounds.stream(cast("BinaryIO", file))
    except _BROKEN as error:
        raise errors.EntryDamaged from error


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with archive.open(entry) as file:
            head = file.read(HEAD)
            check_kind(head, name)
            content = head + file.read(MAX_BYTES)
    except _BROKEN as error:
        raise errors.EntryDamaged from error
    if len(content) > MAX_BYTES:
        raise errors.FileTooLarge(limit=f"{MAX_BYTES:,}")
    return content
