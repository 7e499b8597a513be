"""TXT: every line that is not blank is a text."""

from collections.abc import Iterator
from pathlib import Path

from guiju.data.intake.errors import NothingToImport, TextTooLong
from guiju.data.intake.model import TEXT_CHARACTERS, Record, RefusedRecord, TextRecord
from guiju.data.readers.encodings import find_encoding, text_lines
from guiju.data.readers.table import TextTable


def open_lines(path: Path, name: str) -> TextTable:
    """Raises `EncodingUnknown`, `NothingToImport`."""
    written = find_encoding(path, name)
    if not any(not line.isspace() for line in text_lines(path, written.encoding, newline=None)):
        raise NothingToImport(name=name)
    return TextTable(written.lines, written.encoding, lambda: _records(path, written.encoding, Path(name).name))


def _records(path: Path, encoding: str, file: str) -> Iterator[Record]:
    number, inside = 0, False
    for line in text_lines(path, encoding, newline=None):
        if not inside:
            number += 1
            if not line.isspace():
                yield _record(number, f"{file}:{number}", line, encoding)
        inside = not line.endswith("\n")


def _record(number: int, name: str, line: str, encoding: str) -> Record:
    text = line.removesuffix("\n")
    if len(text) > TEXT_CHARACTERS:
        return RefusedRecord(number, name, TextTooLong(limit=f"{TEXT_CHARACTERS:,}"))
    return TextRecord(number, name, text, None, encoding)
