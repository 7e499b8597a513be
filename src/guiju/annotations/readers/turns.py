"""CSV and TSV with one row a turn: columns session, turn, label; perhaps annotator. Rows of one session and annotator
stand together and are one answer; a row without a label says nothing of its turn.
"""

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from guiju.annotations.imports.errors import MarkUnreadable, WorkColumnMissing, WorkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, Read, RefusedMark
from guiju.annotations.readers.rows import CELL_CHARACTERS, several
from guiju.bulk.names import ALSO_KNOWN_AS
from guiju.data.intake.rules import decide_delimiter
from guiju.data.readers.encodings import find_encoding, text_lines

SESSIONS = ("session", "session_id", "dialogue", "conversation", "会话", "对话", *ALSO_KNOWN_AS["item"])
TURNS = ("turn", "turn_id", "no", "轮次", "句", "序号")


class Places(NamedTuple):
    """Where in a row each thing stands; -1 where the file does not have it."""

    session: int
    turn: int
    label: int
    annotator: int


class _Row(NamedTuple):
    number: int
    cells: list[str]


def open_turns(path: Path, name: str, options: ImportOptions) -> Opened:
    """Read the header. Raises `WorkUnreadable`, `WorkColumnMissing`."""
    csv.field_size_limit(CELL_CHARACTERS)
    written = find_encoding(path, name)
    first = next((line for line in text_lines(path, written.encoding, newline="") if line.strip()), "")
    delimiter = decide_delimiter(first, path.suffix.casefold())
    header = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), list[str]())]
    if not header:
        raise WorkUnreadable(name=name, format="turns", reason="it has no rows")
    places = _places(name, header, options)

    def marks() -> Iterator[Read]:
        rows = csv.reader(text_lines(path, written.encoding, newline=""), delimiter=delimiter)
        numbered = (_Row(rows.line_num, row) for row in rows if any(row))
        next(numbered, None)
        for (session, annotator), group in groupby(numbered, lambda row: _key(row, places, options.annotator)):
            yield _mark(session, annotator, list(group), places)

    return Opened(max(written.lines - 1, 0), marks)


def _places(name: str, header: list[str], options: ImportOptions) -> Places:
    columns = options.columns
    lowered = {column.casefold(): place for place, column in reversed(list(enumerate(header)))}

    def find(names: tuple[str, ...], told: str, *, needed: bool) -> int:
        wanted = (told.casefold(),) if told else names
        found = next((lowered[one] for one in wanted if one in lowered), -1)
        if found < 0 and (needed or told):
            raise WorkColumnMissing(name=name, column=told or names[0], found=", ".join(header)[:500])
        return found

    return Places(
        find(SESSIONS, columns.item, needed=True),
        find(TURNS, "", needed=True),
        find(ALSO_KNOWN_AS["label"], columns.label, needed=True),
        find(ALSO_KNOWN_AS["annotator"], columns.annotator, needed=not options.annotator),
    )


def _key(row: _Row, places: Places, annotator: str) -> tuple[str, str]:
    who = _cell(row, places.annotator) if places.annotator >= 0 else annotator
    return _cell(row, places.session), who


def _cell(row: _Row, place: int) -> str:
    return row.cells[place].strip() if 0 <= place < len(row.cells) else ""


def _mark(session: str, annotator: str, rows: list[_Row], places: Places) -> Read:
    position = rows[0].number
    turns: dict[str, tuple[str, ...]] = {}
    for row in rows:
        turn, label = _cell(row, places.turn), _cell(row, places.label)
        if not turn.isdecimal() or turn in turns:
            reason = f"line {row.number} has “{turn[:20]}” as its turn, which is no number, or a second time"
            details: dict[str, object] = {"reason": reason}
            return RefusedMark(position, session, annotator, MarkUnreadable.code, MarkUnreadable.sentence, details)
        if label:
            turns[str(int(turn))] = several(label)
    return Mark(position, session, annotator, turns=turns)
