"""TXT: every line that is not blank is a text, or every paragraph between blank lines, or the whole file."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from guiju.data.intake.errors import NothingToImport, TextTooLong
from guiju.data.intake.model import TEXT_CHARACTERS, Columns, Record, RefusedRecord, TextRecord, Unit
from guiju.data.readers.encodings import find_encoding, text_lines
from guiju.data.readers.table import TextTable


def open_lines(path: Path, name: str, columns: Columns) -> TextTable:
    """Raises `EncodingUnknown`, `EncodingWrong`, `NothingToImport`."""
    written = find_encoding(path, name, columns.encoding)
    if not any(not line.isspace() for line in text_lines(path, written.encoding, newline=None)):
        raise NothingToImport(name=name)
    pieces = _PIECES.get(columns.unit or Unit.LINE, _by_line)
    total = 1 if columns.unit is Unit.WHOLE else max(written.lines - columns.skip, 0)
    read = partial(_records, pieces, path, written.encoding, Path(name).name, columns.skip)
    return TextTable(total, written.encoding, read)


def _records(
    pieces: Callable[[Path, str, int], Iterator[tuple[int, str]]], path: Path, encoding: str, file: str, skip: int
) -> Iterator[Record]:
    for number, text in pieces(path, encoding, skip):
        name = file if pieces is _whole else f"{file}:{number}"
        if len(text) > TEXT_CHARACTERS:
            yield RefusedRecord(number, name, TextTooLong(limit=f"{TEXT_CHARACTERS:,}"))
        else:
            yield TextRecord(number, name, text, None, encoding, pieces is _whole)


def _by_line(path: Path, encoding: str, skip: int) -> Iterator[tuple[int, str]]:
    number, inside = 0, False
    for line in text_lines(path, encoding, newline=None):
        if not inside:
            number += 1
            if number > skip and not line.isspace():
                yield number, line.removesuffix("\n")
        inside = not line.endswith("\n")


def _paragraphs(path: Path, encoding: str, skip: int) -> Iterator[tuple[int, str]]:
    """Pieces between blank lines, by the number of their first line. A piece past the limit is cut off behind it."""
    held: list[str] = []
    first = size = 0
    for number, line in enumerate(text_lines(path, encoding, newline=None), 1):
        if number <= skip:
            continue
        if line.isspace():
            if held:
                yield first, "".join(held).rstrip("\n")
            held, size = [], 0
        elif size <= TEXT_CHARACTERS:
            first = first if held else number
            held.append(line)
            size += len(line)
    if held:
        yield first, "".join(held).rstrip("\n")


def _whole(path: Path, encoding: str, skip: int) -> Iterator[tuple[int, str]]:
    held: list[str] = []
    size = 0
    for number, line in enumerate(text_lines(path, encoding, newline=None), 1):
        if number > skip and size <= TEXT_CHARACTERS:
            held.append(line)
            size += len(line)
    yield 1, "".join(held).rstrip("\n")


_PIECES = {Unit.LINE: _by_line, Unit.PARAGRAPH: _paragraphs, Unit.WHOLE: _whole}
