"""Excel: the first sheet that is seen and not empty; its first row names the columns."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.data.intake import errors
from guiju.data.intake.comparisons import Layout, compared_or_refused, find_layout
from guiju.data.intake.dialogues import Row, Spoken, find_spoken, grouped
from guiju.data.intake.model import Columns, Record, RefusedRecord, TextRecord
from guiju.data.intake.rules import decide_columns, find_name_column
from guiju.data.readers.table import meta_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MAX_UNPACKED = 2_000_000_000


def open_sheet(path: Path, name: str, columns: Columns) -> "Sheet":
    """Read the workbook and its header. Raises `WorkbookUnreadable`, `NothingToImport`, `ColumnMissing`."""
    _check_size(path, name)
    sheet = _first_sheet(path, name)
    rows = _rows(sheet)
    header = [_cell(cell).strip() for cell in next(rows, (0, list[object]()))[1]]
    if not any(header):
        raise errors.NothingToImport(name=name)
    found = [column for column in header if column]
    spoken = find_spoken(found, columns)
    if spoken is not None:
        return Sheet(sheet, Path(name).name, tuple(header), spoken.text, None, spoken=spoken)
    layout = find_layout(found, columns, find_name_column(name, found, columns))
    text, named = decide_columns(name, found, columns) if layout is None else (layout.answers[0], layout.name)
    return Sheet(sheet, Path(name).name, tuple(header), text, named, layout)


def _check_size(path: Path, name: str) -> None:
    """A workbook is an archive, and may be a harmful one."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise errors.WorkbookUnreadable(name=name)


def _first_sheet(path: Path, name: str) -> "CalamineSheet":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - only for Excel

    try:
        book = CalamineWorkbook.from_path(str(path))  # pyright: ignore[reportUnknownMemberType] - its PathLike is of no type
        sheets = [
            book.get_sheet_by_name(about.name)
            for about in book.sheets_metadata
            if "Visible" in str(about.visible).split(".")
        ]
    except (CalamineError, PasswordError, OSError) as error:
        raise errors.WorkbookUnreadable(name=name) from error
    found = next((sheet for sheet in sheets if sheet.height), None)
    if found is None:
        raise errors.NothingToImport(name=name)
    return found


def _rows(sheet: "CalamineSheet") -> Iterator[tuple[int, list[object]]]:
    """Rows that are not blank, by the number that the spreadsheet shows."""
    for number, row in enumerate(sheet.iter_rows(), 1):
        if any(cell != "" for cell in row):
            yield number, list(row)


def _cell(value: object) -> str:
    """A cell as its reader sees it: 12.0 is 12, a date is ISO 8601."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet ready to be read."""

    sheet: "CalamineSheet"
    file: str
    header: tuple[str, ...]
    text: str
    named: str | None
    layout: Layout | None = None
    spoken: Spoken | None = None

    @property
    def total(self) -> int:
        return max(self.sheet.height - 1, 0)

    def records(self) -> Iterator[Record]:
        rows = _rows(self.sheet)
        next(rows, None)
        if self.spoken is not None:
            yield from grouped((Row(number, self._cells(row)) for number, row in rows), self.spoken, "Excel")
            return
        for number, row in rows:
            yield self._record(number, row)

    def _cells(self, row: list[object]) -> dict[str, str]:
        return {column: _cell(cell) for column, cell in zip(self.header, row, strict=False) if column}

    def _record(self, number: int, row: list[object]) -> Record:
        cells = self._cells(row)
        called = f"{self.file}:{number}"
        if self.layout is not None:
            return self._comparison(self.layout, number, cells)
        text = cells.pop(self.text, "")
        if text == "":
            return RefusedRecord(number, called, errors.TextMissing(column=self.text))
        name = cells.pop(self.named, "") if self.named else ""
        meta: dict[str, object] = {column: cell for column, cell in cells.items() if cell != ""}
        return TextRecord(number, name.strip() or called, text, meta_of(meta), "Excel")

    def _comparison(self, layout: Layout, number: int, cells: dict[str, str]) -> Record:
        name = cells.get(layout.name, "").strip() if layout.name else ""
        meta: dict[str, object] = {column: cell for column, cell in cells.items() if cell and column not in layout.used}
        about = (number, name or f"{self.file}:{number}", meta_of(meta), "Excel")
        return compared_or_refused(layout, cells, about)
