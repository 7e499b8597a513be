"""From paths to parts: what each file is, by its name and its first bytes, before anything is taken."""

import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from guiju.data.intake.errors import (
    EmptyFile,
    ImportFileGone,
    ImportRefused,
    NothingToImport,
    PathNotFound,
    UnknownFileType,
)
from guiju.data.intake.model import Columns, Record, RefusedRecord, Take, Unit
from guiju.data.readers import archives, folders, jsonl, parquet, pictures, rows, sounds, tars, word, workbooks
from guiju.data.readers import lines as texts
from guiju.data.readers.errors import MarkupNotRead
from guiju.data.readers.table import Looked


class Format(enum.StrEnum):
    FOLDER = "folder"
    ARCHIVE = "zip"
    PICTURE = "image"
    SOUND = "sound"
    WORKBOOK = "excel"
    ROWS = "csv"
    JSONL = "jsonl"
    JSON = "json"
    PARQUET = "parquet"
    WORD = "word"
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
    ".json": Format.JSON,
    ".parquet": Format.PARQUET,
    ".docx": Format.WORD,
    ".txt": Format.LINES,
}
_TRIED = 20
_MARKUP = frozenset({".xml", ".html", ".htm", ".xhtml", ".svg", ".rss"})
_LOOKED = {
    Format.WORKBOOK: workbooks.look_at_workbook,
    Format.ROWS: rows.look_at_rows,
    Format.JSONL: jsonl.look_at_jsonl,
    Format.JSON: jsonl.look_at_json,
    Format.PARQUET: parquet.look_at_parquet,
}


@dataclass(frozen=True, slots=True)
class Part:
    """One file (or folder) of an import; `name` is what people call it."""

    path: Path
    name: str
    format: Format


@dataclass(frozen=True, slots=True)
class Opened:
    """A part ready to be read. `total` records at a guess; `encodings` of text files, an archive's as they are read."""

    total: int
    records: Callable[[], Iterator[Record]]
    encodings: dict[str, str] = field(default_factory=dict[str, str])


def find_parts(paths: Sequence[Path], take: Take | None = None) -> list[Part]:
    """What `paths` hold. Raises `PathNotFound`, `UnknownFileType`, `MarkupNotRead`, `EmptyFile`, `NothingToImport`."""
    return [part for path in paths for part in _parts_of(path, take)]


def _parts_of(path: Path, take: Take | None) -> list[Part]:
    if not path.exists():
        raise PathNotFound(name=path.name)
    if path.is_dir():
        return _parts_of_folder(path, take)
    return [Part(path, path.name, _format_of(path))]


def _parts_of_folder(folder: Path, take: Take | None) -> list[Part]:
    """Every table or text is a part of its own; all other files together are one."""
    found = list(folders.files_of(folder))
    media = folders.has_media(folder)
    tables = [path for path in found if folders.is_table(path.name)] if take or not media else []
    if take is Take.MEDIA:
        tables = []
    inside = folder.resolve()
    parts = [
        Part(path, path.relative_to(folder).as_posix(), _BY_SUFFIX[path.suffix.lower()])
        for path in tables
        if path.resolve().is_relative_to(inside)
    ]
    if not parts and not media:
        raise NothingToImport(name=folder.name)
    has_others = len(tables) < len(found) and take is not Take.TABLES
    return [*parts, Part(folder, folder.name, Format.FOLDER)] if has_others else parts


def _format_of(path: Path) -> Format:
    with path.open("rb") as file:
        head = file.read(pictures.HEAD)
    if not head:
        raise EmptyFile(name=path.name)
    suffix = path.suffix.lower()
    if pictures.media_type_of(head) is not None or suffix in pictures.SUFFIXES:
        return Format.PICTURE
    if sounds.media_type_of(head) is not None or sounds.is_sound_name(path.name):
        return Format.SOUND
    if tars.is_tar(path.name):
        return Format.ARCHIVE
    if suffix in _MARKUP:
        raise MarkupNotRead(name=path.name)
    found = _BY_SUFFIX.get(suffix)
    if found is None:
        raise UnknownFileType(name=path.name)
    return found


def look_at_part(part: Part, columns: Columns) -> Looked | None:
    """What a table is, before it is decided what its columns mean; `None` of what has no columns.

    Raises `ImportRefused`.
    """
    look = _LOOKED.get(part.format)
    if look is None and part.format is Format.WORD and columns.unit is Unit.ROW:
        look = word.look_at_tables
    if look is None:
        return None
    try:
        if part.path.stat().st_size == 0:
            raise EmptyFile(name=part.name)
        return look(part.path, part.name, columns)
    except FileNotFoundError as error:
        raise ImportFileGone(name=part.name) from error


def open_part(part: Part, columns: Columns) -> Opened:
    """Look at a part's first rows and be ready to read it. Raises `ImportRefused`: nothing was taken yet."""
    try:
        if part.format is not Format.FOLDER and part.path.stat().st_size == 0:
            raise EmptyFile(name=part.name)
        return _open(part, columns)
    except FileNotFoundError as error:
        raise ImportFileGone(name=part.name) from error


def open_parts(parts: Sequence[Part], columns: Columns) -> list[tuple[Part, Opened]]:
    """All parts. Of several, one that cannot be opened is a record that is refused; of one, the import.

    Raises `ImportRefused` where none can be opened.
    """
    opened: list[tuple[Part, Opened]] = []
    refusals: list[ImportRefused] = []
    for part in parts:
        try:
            opened.append((part, open_part(part, columns)))
        except ImportRefused as refusal:
            refusals.append(refusal)
            opened.append((part, _refused(part, refusal)))
    if refusals and len(refusals) == len(parts):
        raise refusals[0]
    return opened


def family_of(form: str, header: Sequence[str]) -> str:
    """The fingerprint of a kind of table: how it is written, and its columns in their order."""
    return sha256("\x1f".join([form, *header]).encode("utf-8", "replace")).hexdigest()


def find_family(parts: Sequence[Part]) -> str:
    """The fingerprint of the first table that can be read; of texts without columns, of their format."""
    for part in parts[:_TRIED]:
        try:
            looked = look_at_part(part, Columns())
        except ImportRefused:
            continue
        if looked is not None:
            return family_of(part.format.value, looked.header)
    return family_of(parts[0].format.value, ()) if parts else ""


def _refused(part: Part, refusal: ImportRefused) -> Opened:
    return Opened(1, lambda: iter([RefusedRecord(1, part.name[-300:], refusal)]))


def _open(part: Part, columns: Columns) -> Opened:
    path, name = part.path, part.name
    match part.format:
        case Format.FOLDER:
            if folders.has_sounds(path):
                sounds.demand_media(name)
            apart = columns.take is Take.ALL or not folders.has_media(path)
            return Opened(folders.count(path, tables_apart=apart), lambda: folders.read(path, tables_apart=apart))
        case Format.ARCHIVE:
            return _open_archive(path, name, columns)
        case Format.PICTURE:
            return Opened(1, lambda: folders.read_one(path, name))
        case Format.SOUND:
            sounds.demand_media(name)
            return Opened(1, lambda: folders.read_sound(path, name))
        case Format.LINES:
            table = texts.open_lines(path, name, columns)
        case Format.WORD if columns.unit is not Unit.ROW:
            table = word.open_document(path, name, columns)
        case _:
            looked = look_at_part(part, columns)
            assert looked is not None
            table = looked.open(columns)
    return Opened(table.total, table.records, {name: table.encoding})


def _open_archive(path: Path, name: str, columns: Columns) -> Opened:
    """A zip's tables are unpacked one after another, each to a file that is gone when it has been read."""
    encodings: dict[str, str] = {}

    def open_inner(file: Path, called: str) -> Iterator[Record]:
        try:
            inner = open_part(Part(file, called, _BY_SUFFIX[Path(called).suffix.lower()]), columns)
        except ImportRefused as refusal:
            return iter([RefusedRecord(1, called[-300:], refusal)])
        encodings.update(inner.encodings)
        return inner.records()

    take = archives.find_take(path, name, columns.take)
    total = archives.count(path, name, take)
    return Opened(total, lambda: archives.read(path, name, take, open_inner), encodings)
