"""Excel: the first sheet that is seen and not empty, or the one that was asked for; a row names the columns."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.data.intake import errors
from guiju.data.intake.model import Columns
from guiju.data.readers.table import Line, Looked, look_at_lines

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MAX_UNPACKED = 2_000_000_000


def look_at_workbook(path: Path, name: str, columns: Columns) -> Looked:
    """Raises `WorkbookUnreadable`, `SheetMissing`, `NothingToImport`, `TooManyColumns`."""
    _check_size(path, name)
    sheets = _sheets(path, name)
    sheet = _sheet(sheets, name, columns.sheet)
    spread = _merged(sheet)
    names = tuple(one.name for one in sheets)
    about = {"total": sheet.height, "encoding": "Excel", "sheets": names, "sheet": sheet.name}
    return look_at_lines(name, lambda: _lines(sheet, spread), columns, **about)  # type: ignore[arg-type]


def _check_size(path: Path, name: str) -> None:
    """A workbook is an archive, and may be a harmful one."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise errors.WorkbookUnreadable(name=name)


def _sheets(path: Path, name: str) -> "list[CalamineSheet]":
    """The sheets that are seen."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - only for Excel

    try:
        book = CalamineWorkbook.from_path(str(path))  # pyright: ignore[reportUnknownMemberType] - its PathLike is of no type
        return [
            book.get_sheet_by_name(about.name)
            for about in book.sheets_metadata
            if "Visible" in str(about.visible).split(".")
        ]
    except (CalamineError, PasswordError, OSError) as error:
        raise errors.WorkbookUnreadable(name=name) from error


def _sheet(sheets: "list[CalamineSheet]", name: str, wanted: str | None) -> "CalamineSheet":
    if wanted is not None:
        found = next((sheet for sheet in sheets if sheet.name == wanted), None)
        if found is None:
            said = ", ".join(sheet.name for sheet in sheets)
            raise errors.SheetMissing(name=name, sheet=wanted, found=said[:500])
        return found
    found = next((sheet for sheet in sheets if sheet.height), None)
    if found is None:
        raise errors.NothingToImport(name=name)
    return found


def _merged(sheet: "CalamineSheet") -> dict[int, list[tuple[int, int, int]]]:
    """Cells that were merged, by row: the columns they cover, and the row whose first cell has the value."""
    spread: dict[int, list[tuple[int, int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if bottom - top > 100_000 or right - left > 2_000:
            continue
        for row in range(top, bottom + 1):
            spread.setdefault(row, []).append((left, right, top))
    return spread


def _lines(sheet: "CalamineSheet", spread: dict[int, list[tuple[int, int, int]]]) -> Iterator[Line]:
    """Rows that are not blank, by the number that the spreadsheet shows; a merged cell says its value in each row."""
    above: dict[tuple[int, int], str] = {}
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [_cell(value) for value in row]
        for left, right, top in spread.get(number - 1, ()):
            if number - 1 == top:
                above[top, left] = cells[left] if left < len(cells) else ""
            said = above.get((top, left), "")
            for place in range(left, min(right + 1, len(cells))):
                cells[place] = cells[place] or said
        if any(cells):
            yield Line(number, cells)


def _cell(value: object) -> str:
    """A cell as its reader sees it: 12.0 is 12, a date is ISO 8601."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
