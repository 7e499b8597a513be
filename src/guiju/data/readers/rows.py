"""CSV and TSV: the first row names the columns, every other row is a text."""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

from guiju.data.intake import errors
from guiju.data.intake.comparisons import Layout, compared_or_refused, find_layout
from guiju.data.intake.dialogues import Row, find_spoken, grouped
from guiju.data.intake.model import TEXT_CHARACTERS, Columns, Record, RefusedRecord, TextRecord
from guiju.data.intake.rules import decide_columns, decide_delimiter, find_name_column
from guiju.data.readers.encodings import find_encoding, text_lines
from guiju.data.readers.table import TextTable, meta_of


class CsvRows(Protocol):
    """What `csv.reader` gives; its type has no name of its own before Python 3.13."""

    @property
    def line_num(self) -> int: ...
    def __iter__(self) -> "Iterator[list[str]]": ...
    def __next__(self) -> list[str]: ...


# Past this a cell is a quotation mark that was never closed; the csv module's own limit is 131,072.
csv.field_size_limit(4 * TEXT_CHARACTERS)


def open_rows(path: Path, name: str, columns: Columns) -> TextTable:
    """Read the header. Raises `EncodingUnknown`, `NothingToImport`, `ColumnMissing`, `TextColumnUnclear`."""
    written = find_encoding(path, name)
    first = next((line for line in text_lines(path, written.encoding, newline="") if line.strip()), "")
    delimiter = decide_delimiter(first, Path(name).suffix.lower())
    header = _header(_rows(path, written.encoding, delimiter))
    if not header:
        raise errors.NothingToImport(name=name)
    spoken = find_spoken(header, columns)
    if spoken is not None:
        return TextTable(
            max(written.lines - 1, 0),
            written.encoding,
            lambda: grouped(_talk_rows(_rows(path, written.encoding, delimiter), header), spoken, written.encoding),
        )
    layout = find_layout(header, columns, find_name_column(name, header, columns))
    text, named = decide_columns(name, header, columns) if layout is None else (layout.answers[0], layout.name)
    reading = _Reading(path, name, written.encoding, delimiter, header, Meant(text, named, layout))
    return TextTable(max(written.lines - 1, 0), written.encoding, reading.records)


def _rows(path: Path, encoding: str, delimiter: str) -> CsvRows:
    return csv.reader(text_lines(path, encoding, newline=""), delimiter=delimiter)


def _header(rows: CsvRows) -> list[str]:
    for row in islice(rows, 100):
        if any(row):
            return [cell.strip() for cell in row]
    return []


def _talk_rows(rows: CsvRows, header: list[str]) -> Iterator[Row]:
    _header(rows)
    while True:
        try:
            for row in rows:
                if any(row):
                    misshapen = len(row) > len(header) and any(row[len(header) :])
                    refusal = errors.RowMisshapen(cells=len(row), columns=len(header)) if misshapen else None
                    yield Row(rows.line_num, dict(zip(header, row, strict=False)), refusal)
            return
        except csv.Error:
            yield Row(rows.line_num, {}, errors.TextTooLong(limit=f"{TEXT_CHARACTERS:,}"))


class Meant(NamedTuple):
    """Which columns hold the text and the name; or those of a comparison."""

    text: str
    name: str | None
    layout: Layout | None


class _Reading:
    """One pass over the rows of a file."""

    def __init__(  # noqa: PLR0917 - what the header said, and nothing else
        self, path: Path, name: str, encoding: str, delimiter: str, header: list[str], meant: Meant
    ) -> None:
        text, named, layout = meant
        self._path, self._file, self._encoding, self._delimiter = path, Path(name).name, encoding, delimiter
        self._header, self._column, self._layout = header, text, layout
        self._text = header.index(text)
        self._name = header.index(named) if named is not None else None
        used = {self._text, self._name} | {header.index(one) for one in (layout.used if layout else ())}
        self._others = [(index, column) for index, column in enumerate(header) if index not in used and column]

    def records(self) -> Iterator[Record]:
        rows = _rows(self._path, self._encoding, self._delimiter)
        _header(rows)
        while True:
            try:
                for row in rows:
                    if any(row):
                        yield self._record(rows.line_num, row)
                return
            except csv.Error:
                limit = f"{TEXT_CHARACTERS:,}"
                yield RefusedRecord(rows.line_num, self._called(rows.line_num), errors.TextTooLong(limit=limit))

    def _called(self, line: int) -> str:
        return f"{self._file}:{line}"

    def _record(self, line: int, row: list[str]) -> Record:
        width = len(self._header)
        if len(row) > width and any(row[width:]):
            return RefusedRecord(line, self._called(line), errors.RowMisshapen(cells=len(row), columns=width))
        if len(row) <= self._text and self._layout is None:
            return RefusedRecord(line, self._called(line), errors.TextMissing(column=self._column))
        name = row[self._name].strip() if self._name is not None and self._name < len(row) else ""
        meta: dict[str, object] = {
            column: row[index] for index, column in self._others if index < len(row) and row[index]
        }
        if self._layout is not None:
            cells = dict(zip(self._header, row, strict=False))
            return compared_or_refused(
                self._layout, cells, (line, name or self._called(line), meta_of(meta), self._encoding)
            )
        return TextRecord(line, name or self._called(line), row[self._text], meta_of(meta), self._encoding)
