"""A zip of pictures and sounds. Nothing is unpacked to a path an archive names, nothing is unpacked unmeasured."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from guiju.data.intake import errors
from guiju.data.intake.model import PictureRecord, Record, RefusedRecord, SoundRecord
from guiju.data.intake.rules import is_bomb, is_safe_path, is_system_file
from guiju.data.readers import sounds
from guiju.data.readers.folders import check_kind
from guiju.data.readers.pictures import HEAD, MAX_BYTES, SUFFIXES

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
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


def count(path: Path, name: str) -> int:
    """How many files the archive names. Raises `ArchiveUnreadable`, `NothingToImport`, `MediaExtraMissing`."""
    with _open(path, name) as archive:
        names = [entry_name for _, entry_name in _entries(archive)]
    if any(sounds.is_sound_name(entry_name) for entry_name in names):
        sounds.demand_media(name)
    elif not any(Path(entry_name).suffix.lower() in SUFFIXES for entry_name in names):
        raise errors.NothingToImport(name=name)
    return len(names)


def read(path: Path, name: str) -> Iterator[Record]:
    """A record for each file in the archive's own order."""
    with _open(path, name) as archive:
        for position, (entry, entry_name) in enumerate(_entries(archive), 1):
            refusal = _find_fault(entry, entry_name)
            if refusal is not None:
                yield RefusedRecord(position, entry_name[-300:], refusal)
            elif sounds.is_sound_name(entry_name):
                yield SoundRecord(position, entry_name, partial(_stream, archive, entry))
            else:
                yield PictureRecord(position, entry_name, partial(_read, archive, entry, entry_name))


def _find_fault(entry: zipfile.ZipInfo, name: str) -> errors.RecordRefused | None:
    mode = entry.external_attr >> 16
    if not is_safe_path(name) or stat.S_ISLNK(mode):
        return errors.UnsafePath()
    if entry.flag_bits & _ENCRYPTED:
        return errors.EntryEncrypted()
    if is_bomb(entry.file_size, entry.compress_size):
        return errors.EntryBomb(ratio=entry.file_size // max(entry.compress_size, 1))
    limit = sounds.MAX_BYTES if sounds.is_sound_name(name) else MAX_BYTES
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
