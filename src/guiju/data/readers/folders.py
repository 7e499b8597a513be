"""A folder of pictures and sounds, or one of them."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from guiju.data.intake import errors
from guiju.data.intake.model import PictureRecord, Record, RefusedRecord, SoundRecord
from guiju.data.intake.rules import is_system_file
from guiju.data.readers import sounds
from guiju.data.readers.pictures import HEAD, MAX_BYTES, SUFFIXES, media_type_of

TABLES = frozenset(
    {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json"}
    | {".txt", ".parquet", ".docx"}
)


def files_of(folder: Path) -> Iterator[Path]:
    """Every file below `folder` in the order of its path; links to folders are not followed."""
    for root, inner, names in os.walk(folder):
        inner.sort()
        yield from (
            path
            for name in sorted(names)
            if not is_system_file((path := Path(root, name)).relative_to(folder).as_posix())
        )


def is_table(name: str) -> bool:
    """Whether the file holds many records, or is one of words: it is read by itself and not among pictures."""
    return Path(name).suffix.lower() in TABLES


def has_media(folder: Path) -> bool:
    return any(path.suffix.lower() in SUFFIXES or sounds.is_sound_name(path.name) for path in files_of(folder))


def has_sounds(folder: Path) -> bool:
    return any(sounds.is_sound_name(path.name) for path in files_of(folder))


def count(folder: Path, *, tables_apart: bool) -> int:
    return sum(1 for path in files_of(folder) if not (tables_apart and is_table(path.name)))


def read(folder: Path, *, tables_apart: bool) -> Iterator[Record]:
    """A record for each file, named by its path in it; without the tables where they are parts by themselves."""
    inside = folder.resolve()
    for position, path in enumerate(files_of(folder), 1):
        name = path.relative_to(folder).as_posix()
        if tables_apart and is_table(name):
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(inside):
            yield RefusedRecord(position, name, errors.UnsafePath())
        else:
            yield _record(position, path, name)


def _record(position: int, path: Path, name: str) -> Record:
    if sounds.is_sound_name(name):
        return SoundRecord(position, name, partial(_stream, path))
    return PictureRecord(position, name, partial(_read, path, name))


def read_one(path: Path, name: str) -> Iterator[Record]:
    yield PictureRecord(1, name, partial(_read, path, name))


def read_sound(path: Path, name: str) -> Iterator[Record]:
    yield SoundRecord(1, name, partial(_stream, path))


def _stream(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from sounds.stream(file)
    except OSError as error:
        raise errors.FileUnreadable(reason=error.strerror or type(error).__name__) from error


def _read(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise errors.FileUnreadable(reason=error.strerror or type(error).__name__) from error
    check_kind(content[:HEAD], name)
    if len(content) > MAX_BYTES:
        raise errors.FileTooLarge(limit=f"{MAX_BYTES:,}")
    return content


def check_kind(head: bytes, name: str) -> None:
    """Raises `EmptyPicture`, `NotAnImage`, `ImageUnreadable` by a file's first bytes and its name."""
    if not head:
        raise errors.EmptyPicture
    if media_type_of(head) is None:
        raise (
            errors.ImageUnreadable()
            if Path(name).suffix.lower() in SUFFIXES
            else errors.NotAnImage(name=Path(name).name)
        )
