"""CSV and TSV: the first row names the columns, every other row is a record."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from guiju.data.intake import errors
from guiju.data.intake.model import TEXT_CHARACTERS, Columns
from guiju.data.intake.rules import decide_delimiter
from guiju.data.readers.encodings import find_encoding, text_lines
from guiju.data.readers.table import Line, Looked, look_at_lines


class CsvRows(Protocol):
    """What `csv.reader` gives; its type has no name of its own before Python 3.13."""

    @property
    def line_num(self) -> int: ...
    def __iter__(self) -> "Iterator[list[str]]": ...
    def __next__(self) -> list[str]: ...


# Past this a cell is a quotation mark that was never closed; the csv module's own limit is 131,072.
csv.field_size_limit(4 * TEXT_CHARACTERS)


def look_at_rows(path: Path, name: str, columns: Columns) -> Looked:
    """Read the header. Raises `EncodingUnknown`, `NothingToImport`, `TooManyColumns`."""
    written = find_encoding(path, name, columns.encoding)
    delimiter = columns.delimiter or decide_delimiter(
        _first_line(path, written.encoding, columns.skip), Path(name).suffix.lower()
    )

    def lines() -> Iterator[Line]:
        return _lines(csv.reader(text_lines(path, written.encoding, newline=""), delimiter=delimiter))

    about = {"total": written.lines, "encoding": written.encoding, "delimiter": delimiter}
    return look_at_lines(name, lines, columns, **about)  # type: ignore[arg-type]


def _first_line(path: Path, encoding: str, skip: int) -> str:
    lines = enumerate(text_lines(path, encoding, newline=""), 1)
    return next((line for number, line in lines if number > skip and line.strip()), "")


def _lines(rows: CsvRows) -> Iterator[Line]:
    while True:
        try:
            for row in rows:
                if any(row):
                    yield Line(rows.line_num, row)
            return
        except csv.Error:
            yield Line(rows.line_num, errors.TextTooLong(limit=f"{TEXT_CHARACTERS:,}"))
