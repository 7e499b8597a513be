"""From paths to parts: what each file is, by its name and its first bytes, before anything is taken."""

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.data.intake.errors import EmptyFile, ImportFileGone, NothingToImport, PathNotFound, UnknownFileType
from guiju.data.intake.model import Columns, Record
from guiju.data.readers import archives, folders, jsonl, pictures, rows, sounds, workbooks
from guiju.data.readers import lines as texts


class Format(enum.StrEnum):
    FOLDER = "folder"
    ARCHIVE = "zip"
    PICTURE = "image"
    SOUND = "sound"
    WORKBOOK = "excel"
    ROWS = "csv"
    JSONL = "jsonl"
    LINES = "txt"


_BY_SUFFIX = {
    ".zip": Format.ARCHIVE,
    ".xlsx": Format.WORKBOOK,
    ".xlsm": Format.WORKBOOK,
    ".xlsb": Format.WORKBOOK,
    ".xls": Format.WORKBOOK,
    ".ods": Format.WORKBOOK,
    ".csv": Format.ROWS,
    ".tsv": Format.ROWS,
    ".tab": Format.ROWS,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".txt": Format.LINES,
}
TABLES = frozenset({Format.WORKBOOK, Format.ROWS, Format.JSONL, Format.LINES})


@dataclass(frozen=True, slots=True)
class Part:
    """One file (or folder) of an import; `name` is what people call it."""

    path: Path
    name: str
    format: Format


@dataclass(frozen=True, slots=True)
class Opened:
    """A part ready to be read. `total` records at a guess, `encoding` of a text file."""

    total: int
    encoding: str | None
    records: Callable[[], Iterator[Record]]


def find_parts(paths: list[Path]) -> list[Part]:
    """What `paths` hold. Raises `PathNotFound`, `UnknownFileType`, `EmptyFile`, `NothingToImport`."""
    return [part for path in paths for part in _parts_of(path)]


def _parts_of(path: Path) -> list[Part]:
    if not path.exists():
        raise PathNotFound(name=path.name)
    if path.is_dir():
        return _parts_of_folder(path)
    return [Part(path, path.name, _format_of(path))]


def _parts_of_folder(folder: Path) -> list[Part]:
    """A folder with pictures or sounds is one part; one without, its tables and texts."""
    if folders.has_media(folder):
        return [Part(folder, folder.name, Format.FOLDER)]
    inside = [path for path in folders.files_of(folder) if _BY_SUFFIX.get(path.suffix.lower()) in TABLES]
    if not inside:
        raise NothingToImport(name=folder.name)
    return [Part(path, path.relative_to(folder).as_posix(), _format_of(path)) for path in inside]


def _format_of(path: Path) -> Format:
    with path.open("rb") as file:
        head = file.read(pictures.HEAD)
    if not head:
        raise EmptyFile(name=path.name)
    if pictures.media_type_of(head) is not None or path.suffix.lower() in pictures.SUFFIXES:
        return Format.PICTURE
    if sounds.media_type_of(head) is not None or sounds.is_sound_name(path.name):
        return Format.SOUND
    found = _BY_SUFFIX.get(path.suffix.lower())
    if found is None:
        raise UnknownFileType(name=path.name)
    return found


def open_part(part: Part, columns: Columns) -> Opened:
    """Look at a part's first rows and be ready to read it. Raises `ImportRefused`: nothing was taken yet."""
    try:
        return _open(part, columns)
    except FileNotFoundError as error:
        raise ImportFileGone(name=part.name) from error


def _open_one(part: Part) -> Opened:
    if part.format is Format.PICTURE:
        return Opened(1, None, lambda: folders.read_one(part.path, part.name))
    sounds.demand_media(part.name)
    return Opened(1, None, lambda: folders.read_sound(part.path, part.name))


def _open(part: Part, columns: Columns) -> Opened:
    path, name = part.path, part.name
    match part.format:
        case Format.FOLDER:
            if folders.has_sounds(path):
                sounds.demand_media(name)
            return Opened(folders.count(path), None, lambda: folders.read(path))
        case Format.ARCHIVE:
            return Opened(archives.count(path, name), None, lambda: archives.read(path, name))
        case Format.PICTURE | Format.SOUND:
            return _open_one(part)
        case Format.WORKBOOK:
            sheet = workbooks.open_sheet(path, name, columns)
            return Opened(sheet.total, None, sheet.records)
        case Format.ROWS:
            table = rows.open_rows(path, name, columns)
            return Opened(table.total, table.encoding, table.records)
        case Format.JSONL:
            table = jsonl.open_jsonl(path, name, columns)
            return Opened(table.total, table.encoding, table.records)
        case Format.LINES:
            table = texts.open_lines(path, name)
            return Opened(table.total, table.encoding, table.records)
