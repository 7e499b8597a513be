"""What every reader of rows shares: a table that was looked at, and how its rows become records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias, cast

import msgspec

from guiju.data.intake import errors
from guiju.data.intake.comparisons import Layout, compared_or_refused
from guiju.data.intake.dialogues import About, Row, Spoken, listed_or_refused
from guiju.data.intake.layouts import Meant, TalkLayout, TextLayout, decide_layout, letters, name_columns, plain_meta
from guiju.data.intake.model import Columns, Record, RefusedRecord, TextRecord
from guiju.data.readers.sessions import gathered

_encode = msgspec.json.Encoder().encode
SAMPLE = 5


@dataclass(frozen=True, slots=True)
class TextTable:
    """A text file ready to be read: about `total` records, in `encoding`."""

    total: int
    encoding: str
    records: Callable[[], Iterator[Record]]


class Line(NamedTuple):
    """A row as its file has it: its number, its cells or why it has none, and what else is wrong with it."""

    number: int
    cells: list[str] | errors.RecordRefused
    fault: errors.RecordRefused | None = None


class Entry(NamedTuple):
    """A record by its columns, as `Line` is a row."""

    number: int
    values: dict[str, Any] | errors.RecordRefused
    fault: errors.RecordRefused | None = None


Values: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a table is, before it is decided what its columns mean. `sample` is its first rows, as text."""

    name: str
    header: list[str]
    total: int
    encoding: str
    sample: list[list[str]]
    entries: Callable[[], Iterator[Entry]]
    lists: frozenset[str] = frozenset()
    delimiter: str | None = None
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    lines: Callable[[], Iterator[Line]] | None = None

    def decide(self, columns: Columns) -> Meant:
        found = [column for column in self.header if column]
        return decide_layout(self.name, found, columns, self.lists)

    def open(self, columns: Columns) -> TextTable:
        """Raises `ColumnMissing`, `TextColumnUnclear`, `DialogueColumnsUnclear`, `AnswerColumnsUnclear`."""
        meant = self.decide(columns)
        if isinstance(meant, TextLayout) and self.lines is not None:
            return TextTable(self.total, self.encoding, _Texts(self, meant, self.lines).records)
        return TextTable(self.total, self.encoding, lambda: self._records(meant))

    def _records(self, meant: Meant) -> Iterator[Record]:
        if isinstance(meant, Spoken):
            return gathered(lambda: _turns(self.entries()), meant, self.encoding)
        return (self._record(meant, *entry) for entry in self.entries())

    def _record(
        self,
        meant: TextLayout | TalkLayout | Layout,
        number: int,
        values: Values | errors.RecordRefused,
        fault: errors.RecordRefused | None,
    ) -> Record:
        called = f"{self.name.rpartition('/')[2]}:{number}"
        if fault is not None or not isinstance(values, dict):
            return RefusedRecord(number, called, fault or cast("errors.RecordRefused", values))
        own = values.get(meant.name) if meant.name else None
        keyed = own is not None and str(own).strip() != ""
        name = str(own).strip() if keyed else called
        meta = meta_of(plain_meta(values, meant.used))
        if isinstance(meant, Layout):
            return compared_or_refused(meant, values, (number, name, meta, self.encoding), keyed=keyed)
        if isinstance(meant, TalkLayout):
            about = About(number, name, meta, self.encoding, keyed)
            return listed_or_refused(values.get(meant.turns), about)
        said = values.get(meant.text)
        if not isinstance(said, str):
            return RefusedRecord(number, name if keyed else called, errors.TextMissing(column=meant.text))
        return TextRecord(number, name, said, meta, self.encoding, keyed)


class _Texts:
    """One text a row, by the places of its cells: what most imports are, and so without a dictionary a row."""

    def __init__(self, table: Looked, meant: TextLayout, lines: Callable[[], Iterator[Line]]) -> None:
        self._file, self._encoding, self._lines = table.name.rpartition("/")[2], table.encoding, lines
        self._column, self._text = meant.text, table.header.index(meant.text)
        self._name = table.header.index(meant.name) if meant.name is not None else -1
        used = {self._text, self._name}
        self._others = [(place, column) for place, column in enumerate(table.header) if column and place not in used]

    def records(self) -> Iterator[Record]:
        for number, cells, fault in self._lines():
            called = f"{self._file}:{number}"
            if fault is not None or not isinstance(cells, list):
                yield RefusedRecord(number, called, fault or cast("errors.RecordRefused", cells))
                continue
            width = len(cells)
            name = cells[self._name].strip() if 0 <= self._name < width else ""
            if width <= self._text:
                yield RefusedRecord(number, called, errors.TextMissing(column=self._column))
                continue
            meta: dict[str, object] = {
                column: cells[place] for place, column in self._others if place < width and cells[place]
            }
            yield TextRecord(number, name or called, cells[self._text], meta_of(meta), self._encoding, bool(name))


def _turns(entries: Iterator[Entry]) -> Iterator[Row]:
    for number, values, fault in entries:
        if isinstance(values, dict):
            yield Row(number, {column: as_text(value) for column, value in values.items()}, fault)
        else:
            yield Row(number, {}, values)


def as_text(value: object) -> str:
    """A value as a cell shows it."""
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value)


def look_at_lines(  # noqa: PLR0913 - all that is known of a table of rows
    name: str,
    rows: Callable[[], Iterator[Line]],
    columns: Columns,
    *,
    total: int,
    encoding: str,
    delimiter: str | None = None,
    sheets: tuple[str, ...] = (),
    sheet: str | None = None,
) -> Looked:
    """A table of rows whose first one, behind those to be skipped, names the columns if `columns.header` says so.

    Raises `NothingToImport`, `TooManyColumns`.
    """
    first = next((line for line in _behind(rows(), columns.skip) if isinstance(line.cells, list)), None)
    if first is None or not isinstance(first.cells, list):
        raise errors.NothingToImport(name=name)
    cells = first.cells
    header = name_columns(name, cells) if columns.header else name_columns(name, letters(len(cells)))
    after = first.number if columns.header else first.number - 1

    def lines() -> Iterator[Line]:
        width = len(header)
        for line in _behind(rows(), columns.skip):
            if line.number <= after:
                continue
            if isinstance(line.cells, list) and len(line.cells) > width and any(line.cells[width:]):
                fault = errors.RowMisshapen(cells=len(line.cells), columns=width)
                yield Line(line.number, line.cells[:width], fault)
            else:
                yield line

    def entries() -> Iterator[Entry]:
        for number, cells, fault in lines():
            yield Entry(number, dict(zip(header, cells, strict=False)) if isinstance(cells, list) else cells, fault)

    sample = [
        line.cells[: len(header)]
        for line, _ in zip(lines(), range(SAMPLE), strict=False)
        if isinstance(line.cells, list)
    ]
    about = {"delimiter": delimiter, "sheets": sheets, "sheet": sheet, "lines": lines}
    return Looked(name, header, max(total - columns.skip - columns.header, 0), encoding, sample, entries, **about)  # type: ignore[arg-type]


def _behind(rows: Iterator[Line], skip: int) -> Iterator[Line]:
    return (line for line in rows if line.number > skip) if skip else rows


def meta_of(columns: dict[str, object]) -> str | None:
    """A record's other columns as a JSON object. Lone surrogates and NUL become U+FFFD: only the text must be exact."""
    if not columns:
        return None
    try:
        encoded = _encode(columns).decode()
    except (UnicodeEncodeError, msgspec.ValidationError, TypeError, ValueError):
        encoded = _encode({_clean(key): _clean(value) for key, value in columns.items()}).decode()
    return encoded.replace("\\u0000", "\ufffd")


def _clean(value: object) -> str:
    return str(value).encode("utf-8", errors="replace").decode()
