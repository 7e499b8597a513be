"""Importing a roster: every row, or none."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from guiju.people import store as people
from guiju.people.actions import insert_first, require_admin
from guiju.people.errors import EmailTaken
from guiju.people.passwords import first_password, hash_password
from guiju.people.roster.errors import RosterRefused, RosterUnreadable
from guiju.people.roster.model import Handout, RosterRow, RowProblem
from guiju.people.roster.rules import Cells, decode_csv, read_rows
from guiju.people.teams.actions import insert_named
from guiju.people.teams.store import add_members, find_team_id
from guiju.storage import Actor, Event, House, Tx

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def import_roster(house: House, actor: Actor, *, file: str, content: bytes) -> list[Handout]:
    """Make an account for everybody in an Excel or CSV file; returns the first passwords to hand out.

    Raises `AdminOnly`, what `read_rows` raises, and `RosterRefused` with every row that cannot be taken: then no
    account was made.
    """
    require_admin(actor)
    rows, problems = read_rows(read_cells(content, file), file)
    with house.reading() as connection:
        taken = people.emails_among(connection, [row.email for row in rows])
    _refuse(problems, rows, taken)
    passwords = [first_password() for _ in rows]
    # Some 30 ms of a core each, so outside the write; argon2 lets go of the interpreter.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        hashes = list(pool.map(hash_password, passwords))
    ids = house.write(lambda tx: _insert(tx, actor, rows, hashes))
    return [
        Handout(account_id, row.name, row.email, row.team, password)
        for account_id, row, password in zip(ids, rows, passwords, strict=True)
    ]


def _refuse(problems: list[RowProblem], rows: list[RosterRow], taken: set[str]) -> None:
    """Raises `RosterRefused` if any row cannot be taken."""
    known = [RowProblem(row.row, EmailTaken(email=row.email)) for row in rows if row.email in taken]
    every = sorted([*problems, *known], key=lambda problem: problem.row)
    if every:
        raise RosterRefused(every, len(rows) + len(problems))


def _insert(tx: Tx, actor: Actor, rows: Sequence[RosterRow], hashes: Sequence[str]) -> list[int]:
    # Again, within the transaction: an account may have been made while the passwords were hashed.
    _refuse([], list(rows), people.emails_among(tx.connection, [row.email for row in rows]))
    ids = [
        insert_first(tx, email=row.email, name=row.name, hashed=hashed, may_open=row.may_open_projects)
        for row, hashed in zip(rows, hashes, strict=True)
    ]
    teams = {name: _team(tx, name) for name in sorted({row.team for row in rows if row.team})}
    add_members(tx, [(teams[row.team], account) for row, account in zip(rows, ids, strict=True) if row.team])
    tx.journal(Event(actor.id, "people.roster-imported", facts={"accounts": len(ids)}))
    return ids


def _team(tx: Tx, name: str) -> int:
    return find_team_id(tx.connection, name) or insert_named(tx, name)


def read_cells(content: bytes, file: str) -> Cells:
    """The cells of the first sheet of an Excel file, or of a CSV file. Raises `RosterUnreadable`."""
    return _read_excel(content, file) if content.startswith((_ZIP, _OLE)) else decode_csv(content, file)


def _read_excel(content: bytes, file: str) -> Cells:
    import python_calamine  # noqa: PLC0415 - Excel is read by few commands and pages

    try:
        sheet = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (python_calamine.CalamineError, ValueError) as error:
        raise RosterUnreadable(file=file) from error


def _text(cell: object) -> str:
    """A cell as a person sees it: 7.0 is 7, true is yes."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
