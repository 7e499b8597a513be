"""Word: a document, each of its paragraphs, or each row of its tables.

A .docx is a zip of XML. What it unpacks to is measured before python-docx reads it; its parser resolves no entities and
asks no network, and a document with a DTD, which Word never writes, is refused.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.data.intake import errors
from guiju.data.intake.model import TEXT_CHARACTERS, Columns, Record, RefusedRecord, TextRecord, Unit
from guiju.data.readers.errors import WordUnreadable
from guiju.data.readers.table import Line, Looked, TextTable, look_at_lines

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

MAX_UNPACKED = 200_000_000
_MAIN = "word/document.xml"


def open_document(path: Path, name: str, columns: Columns) -> TextTable:
    """Raises `WordUnreadable`, `NothingToImport`."""
    document = _document(path, name)
    file = Path(name).name
    texts = [text for text in _paragraphs(document) if text.strip()]
    if not texts:
        raise errors.NothingToImport(name=name)
    if columns.unit is Unit.WHOLE:
        return TextTable(1, "Word", lambda: iter([_record(1, file, "\n".join(texts), keyed=True)]))
    pieces = texts[columns.skip :]
    return TextTable(
        len(pieces),
        "Word",
        lambda: (_record(n, f"{file}:{n}", text) for n, text in enumerate(pieces, columns.skip + 1)),
    )


def read_words(path: Path, name: str) -> str:
    """All that a document says, a line for each paragraph. Raises `WordUnreadable`."""
    return "\n".join(_paragraphs(_document(path, name)))


def look_at_tables(path: Path, name: str, columns: Columns) -> Looked:
    """The rows of a document's tables; the first one's first row names the columns.

    Raises `WordUnreadable`, `NothingToImport`, `TooManyColumns`.
    """
    document = _document(path, name)
    rows = [row for table in document.tables for row in _rows(table)]
    lines = [Line(number, row) for number, row in enumerate(rows, 1) if any(row)]
    return look_at_lines(name, lambda: iter(lines), columns, total=len(lines), encoding="Word")


def _record(number: int, name: str, text: str, *, keyed: bool = False) -> Record:
    if len(text) > TEXT_CHARACTERS:
        return RefusedRecord(number, name, errors.TextTooLong(limit=f"{TEXT_CHARACTERS:,}"))
    return TextRecord(number, name, text, None, "Word", keyed)


def _rows(table: "Table") -> Iterator[list[str]]:
    for row in table.rows:
        yield [cell.text.strip() for cell in row.cells]


def _paragraphs(document: "Document") -> Iterator[str]:
    """Paragraphs in their order, also those in tables: a row of a table is one, its cells between tabs."""
    from docx.table import Table  # noqa: PLC0415 - lxml, which only Word costs

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in _rows(block):
                yield "\t".join(dict.fromkeys(row))
        else:
            yield block.text


def _document(path: Path, name: str) -> "Document":
    from docx import Document  # noqa: PLC0415
    from docx.opc.exceptions import OpcError  # noqa: PLC0415

    _check(path, name)
    try:
        return Document(str(path))
    except (OpcError, SyntaxError, KeyError, ValueError, OSError, AttributeError, zipfile.BadZipFile) as error:
        raise WordUnreadable(name=name) from error


def _check(path: Path, name: str) -> None:
    """Refuse what is no document, what unpacks to more than a document is, and what brings entities of its own."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            parts = [entry for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels"))]
            if unpacked > MAX_UNPACKED or _MAIN not in archive.namelist():
                raise WordUnreadable(name=name)
            for part in parts:
                with archive.open(part) as file:
                    if b"<!DOCTYPE" in file.read(4_096):
                        raise WordUnreadable(name=name)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise WordUnreadable(name=name) from error
