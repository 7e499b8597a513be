"""From a file's bytes to the rows of a roster: which columns it has, and what is wrong with each row."""

import csv
import io
from collections.abc import Sequence
from typing import TypeAlias

from guiju.kit import Refusal
from guiju.people.errors import BadEmail
from guiju.people.roster.errors import (
    RosterColumnMissing,
    RosterEmpty,
    RosterTooLong,
    RosterUnreadable,
    RowAnswerUnclear,
    RowNameMissing,
    RowTwice,
)
from guiju.people.roster.model import RosterRow, RowProblem
from guiju.people.rules import clean_email, clean_name

Cells: TypeAlias = Sequence[Sequence[str]]

MOST_ROWS = 2_000
# A sheet may have a title above its header.
_HEADER_WITHIN = 5
_COLUMNS = {
    "name": {"姓名", "名字", "name", "full name"},
    "email": {"邮箱", "电子邮箱", "电子邮件", "邮件", "email", "e-mail", "mail", "email address"},
    "team": {"团队", "小组", "班组", "team", "group"},
    "may_open_projects": {"可开项目", "可建项目", "may_open_projects", "may open projects"},
}
_REQUIRED = {"name": "姓名 / name", "email": "邮箱 / email"}
_YES = {"是", "可", "可以", "yes", "y", "true", "1", "✓"}
_NO = {"否", "不", "不可", "no", "n", "false", "0", ""}


def decode_csv(content: bytes, file: str) -> Cells:
    """The cells of a CSV file in UTF-8 or GBK. Raises `RosterUnreadable`."""
    text = _decode(content, file)
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t，", key=header.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise RosterUnreadable(file=file) from error


def _decode(content: bytes, file: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RosterUnreadable(file=file)


def read_rows(cells: Cells, file: str) -> tuple[list[RosterRow], list[RowProblem]]:
    """The people of a sheet, and the rows that cannot be taken.

    Raises `RosterEmpty`, `RosterColumnMissing`, `RosterTooLong`.
    """
    at, columns = _find_header(cells, file)
    body = [(number, row) for number, row in enumerate(cells[at + 1 :], at + 2) if any(cell.strip() for cell in row)]
    if not body:
        raise RosterEmpty(file=file)
    if len(body) > MOST_ROWS:
        raise RosterTooLong(rows=len(body), most=MOST_ROWS)
    good: list[RosterRow] = []
    problems: list[RowProblem] = []
    seen: dict[str, int] = {}
    for number, row in body:
        try:
            person = _read_row(number, {name: _cell(row, column) for name, column in columns.items()})
            if person.email in seen:
                raise RowTwice(email=person.email, first=seen[person.email])
            seen[person.email] = number
            good.append(person)
        except Refusal as refusal:
            problems.append(RowProblem(number, refusal))
    return good, problems


def _find_header(cells: Cells, file: str) -> tuple[int, dict[str, int]]:
    """The line of the header and the place of each column that it names."""
    if not any(cell.strip() for row in cells for cell in row):
        raise RosterEmpty(file=file)
    candidates = [(at, _columns_of(row)) for at, row in enumerate(cells[:_HEADER_WITHIN])]
    at, columns = max(candidates, key=lambda candidate: (len(candidate[1]), -candidate[0]))
    for name, words in _REQUIRED.items():
        if name not in columns:
            found = ", ".join(cell.strip() for cell in cells[at] if cell.strip())[:200]
            raise RosterColumnMissing(column=words, found=found)
    return at, columns


def _columns_of(row: Sequence[str]) -> dict[str, int]:
    heads = [cell.strip().lower() for cell in row]
    found = {
        name: next((at for at, head in enumerate(heads) if head in words), None) for name, words in _COLUMNS.items()
    }
    return {name: at for name, at in found.items() if at is not None}


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _read_row(number: int, cells: dict[str, str]) -> RosterRow:
    """One person. Raises `RowNameMissing`, `BadEmail`, `RowAnswerUnclear`."""
    name = clean_name(cells["name"], "")
    if not name:
        raise RowNameMissing
    if not cells["email"]:
        raise BadEmail(email="")
    email = clean_email(cells["email"])
    return RosterRow(
        number, name, email, clean_name(cells.get("team", ""), ""), _yes(cells.get("may_open_projects", ""))
    )


def _yes(value: str) -> bool:
    if value.lower() not in _YES | _NO:
        raise RowAnswerUnclear(value=value[:40])
    return value.lower() in _YES
