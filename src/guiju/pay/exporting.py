"""Statements as a table: CSV for programs, Excel for people."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.annotations import ROUND_NAMES
from guiju.kit import N_, Refusal, Words, iso
from guiju.kit.money import money_text
from guiju.pay import store
from guiju.pay.actions import manages
from guiju.pay.model import LINE_NAMES, UNIT_NAMES, Line, Statement, Unit
from guiju.people import account_table
from guiju.storage import Actor, House

_HEAD = (
    N_("Statement"),
    N_("Name"),
    N_("From"),
    N_("To"),
    N_("Line"),
    N_("What for"),
    N_("Round"),
    N_("Unit"),
    N_("Quantity"),
    N_("Rate"),
    N_("Percent"),
    N_("Amount"),
    N_("Currency"),
    N_("Corrects statement"),
)
# A cell that begins so would be read as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ExportUnknown(Refusal):
    code = "pay-export-unknown"
    status = 422
    sentence = N_("Statements are not given as “{format}”.")
    next_step = N_("Choose csv or xlsx.")


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its bytes, its ending, its type."""

    content: bytes
    suffix: str
    media_type: str


def export_statements(house: House, actor: Actor, project_id: int, format: str, words: Words) -> Made:  # noqa: A002
    """Every line of every closed statement that the actor may see. Raises `ExportUnknown`."""
    if format not in {"csv", "xlsx"}:
        raise ExportUnknown(format=format[:20])
    with house.reading() as connection:
        mine = None if manages(connection, actor, project_id) else actor.id
        statements = store.list_statements(connection, project_id, account_id=mine)
        account = account_table.c
        names = dict[int, str]()
        wanted = {one.account_id for one in statements}
        for row in connection.execute(account_table.select().where(account.id.in_(wanted))):
            names[row.id] = row.name
        rounds = {id_: (kind, number) for id_, kind, number in store.rounds_of(connection, project_id)}
    numbers = {one.id: one.number for one in statements}

    def rows() -> Iterator[list[object]]:
        for one in reversed(statements):
            for place, line in enumerate(one.lines, 1):
                kind, number = rounds[line.round_id]
                named = f"{words(ROUND_NAMES[kind])} {number}"
                yield [*_about(one, names), place, *_said(line, named, words), one.currency, numbers.get(line.adjusts)]

    head = [words(each) for each in _HEAD]
    return _csv(head, rows()) if format == "csv" else _xlsx(head, rows())


def _about(one: Statement, names: dict[int, str]) -> list[object]:
    return [one.number, names.get(one.account_id, ""), iso(one.period.from_at)[:10], iso(one.period.to_at - 1)[:10]]


def _said(line: Line, round_name: str, words: Words) -> list[object]:
    quantity = f"{line.quantity / 3_600_000:.4f}" if line.unit is Unit.HOUR else line.quantity
    what = [words(LINE_NAMES[line.kind]), round_name, words(UNIT_NAMES[line.unit]), quantity]
    return [*what, _plain(line.rate), line.percent, _plain(line.amount)]


def _plain(micros: int) -> str:
    return money_text(micros).replace(",", "")


def _csv(head: list[str], rows: Iterator[list[object]]) -> Made:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    # with a mark at the beginning, so that Excel reads Chinese
    return Made(out.getvalue().encode("utf-8-sig"), "csv", "text/csv; charset=utf-8")


def _harmless(cell: object) -> object:
    """A name that would be a formula is text; a negative amount stays a number."""
    if isinstance(cell, str) and cell.startswith(_FORMULA) and not cell.removeprefix("-").replace(".", "").isdecimal():
        return f"'{cell}"
    return "" if cell is None else cell


def _xlsx(head: list[str], rows: Iterator[list[object]]) -> Made:
    import xlsxwriter  # noqa: PLC0415 - heavy

    out = io.BytesIO()
    book: Any = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            # as text: a number of Excel's is a float, and money is exact
            sheet.write_string(number, column, "" if cell is None else str(cell))
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return Made(out.getvalue(), "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
