"""CSV and TSV: one row an answer. Columns item, annotator, label; perhaps text, gold, seconds, at, confidence."""

import csv
from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from guiju.annotations.imports.errors import MarkUnreadable, WorkColumnMissing, WorkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, Read, RefusedMark
from guiju.bulk.names import ALSO_KNOWN_AS
from guiju.data.intake.rules import decide_delimiter
from guiju.data.readers.encodings import find_encoding, text_lines
from guiju.kit import parse_iso

if TYPE_CHECKING:
    import _csv

SEVERAL = "|"
CELL_CHARACTERS = 4_000_000


class Places(NamedTuple):
    """Where in a row each thing stands; -1 where the file does not have it."""

    item: int
    annotator: int
    label: int
    text: int
    gold: int
    seconds: int
    at: int
    confidence: int
    strengths: tuple[tuple[str, int], ...] = ()


def open_rows(path: Path, name: str, options: ImportOptions) -> Opened:
    """Read the header, or take the one that was told."""
    csv.field_size_limit(CELL_CHARACTERS)
    written = find_encoding(path, name)
    first = next((line for line in text_lines(path, written.encoding, newline="") if line.strip()), "")
    delimiter = decide_delimiter(first, path.suffix.casefold())
    told = options.columns.header
    header = list(told) or [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), list[str]())]
    if not header:
        raise WorkUnreadable(name=name, format="csv", reason="it has no rows")
    places = find_places(name, header, options)

    def marks() -> Iterator[Read]:
        lines = text_lines(path, written.encoding, newline="")
        rows = csv.reader(lines, delimiter=delimiter)
        return _marks(rows, places, options.annotator, has_header=not told)

    return Opened(max(written.lines - (not told), 0), marks)


def find_places(name: str, header: Sequence[str], options: ImportOptions) -> Places:
    """Which column is which. Raises `WorkColumnMissing`."""
    columns = options.columns
    lowered = {column.strip().casefold(): place for place, column in reversed(list(enumerate(header)))}

    def find(meant: str, told: str, *, needed: bool) -> int:
        wanted = (told,) if told else ALSO_KNOWN_AS.get(meant, ())
        found = next((lowered[one.casefold()] for one in wanted if one.casefold() in lowered), -1)
        if found < 0 and (needed or told):
            raise WorkColumnMissing(name=name, column=told or meant, found=", ".join(header)[:500])
        return found

    several = columns.label.split(SEVERAL) if SEVERAL in columns.label else []
    own = f"answer.{options.field}."
    strengths = tuple((one.strip().removeprefix(own), find("label", one.strip(), needed=True)) for one in several)
    return Places(
        item=find("item", columns.item, needed=not columns.text),
        annotator=find("annotator", columns.annotator, needed=not options.annotator),
        label=strengths[-1][1] if strengths else find("label", columns.label, needed=True),
        text=find("text", columns.text, needed=False),
        gold=find("gold", "", needed=False),
        seconds=find("seconds", "", needed=False),
        at=find("at", "", needed=False),
        confidence=find("confidence", "", needed=False),
        strengths=strengths,
    )


def _marks(rows: "_csv.Reader", places: Places, annotator: str, *, has_header: bool) -> Iterator[Read]:
    needed = max(places.item, places.annotator, places.label, places.text, *(at for _, at in places.strengths))
    skip = has_header
    while True:
        try:
            for row in rows:
                if not any(row):
                    continue
                if skip:
                    skip = False
                elif len(row) <= needed:
                    yield _unreadable(rows.line_num, row, "it has too few cells")
                else:
                    yield _mark(rows.line_num, row, places, annotator)
            return
        except csv.Error as error:
            yield _unreadable(rows.line_num, [], str(error))


def _unreadable(position: int, row: list[str], reason: str) -> RefusedMark:
    details: dict[str, object] = {"reason": reason}
    return RefusedMark(position, row[0] if row else "", "", MarkUnreadable.code, MarkUnreadable.sentence, details)


def _mark(position: int, row: list[str], places: Places, annotator: str) -> Read:
    try:
        seconds = _cell(row, places.seconds)
        at = _cell(row, places.at)
        confidence = _cell(row, places.confidence)
        cell = _strengths(row, places) if places.strengths else row[places.label]
        return Mark(
            position,
            row[places.item].strip() if places.item >= 0 else "",
            row[places.annotator].strip() if places.annotator >= 0 else annotator,
            several(cell),
            text=row[places.text] if places.text >= 0 else None,
            gold=_cell(row, places.gold),
            active_ms=milliseconds(float(seconds)) if seconds else None,
            at=moment(at) if at else None,
            confidence=float(confidence) if confidence else None,
            cell=cell,
        )
    except ValueError as error:
        return _unreadable(position, row, str(error))


def _strengths(row: list[str], places: Places) -> str:
    """One cell from a column a label: `anger:0|joy:62`; an empty cell is no strength. Raises `ValueError`."""
    told = ((name, row[at].strip()) for name, at in places.strengths)
    return SEVERAL.join(f"{name}:{float(cell):g}" for name, cell in told if cell)


def _cell(row: list[str], place: int) -> str:
    return row[place].strip() if 0 <= place < len(row) else ""


def several(cell: str) -> tuple[str, ...]:
    """`refund`, or `refund|delay` where several labels were given."""
    if SEVERAL not in cell:
        return (cell.strip(),)
    return tuple(part for label in cell.split(SEVERAL) if (part := label.strip()))


def milliseconds(seconds: float) -> int | None:
    """A duration as it is stored; nothing for one that is negative, not finite or longer than three weeks."""
    return round(seconds * 1000) if isfinite(seconds) and 0 <= seconds < 2_000_000 else None


def moment(text: str) -> int:
    """Microseconds of an ISO time, or of seconds or milliseconds since 1970. Raises `ValueError`."""
    try:
        number = float(text)
    except ValueError:
        return parse_iso(text)
    return round(number * (1_000 if number > 1e11 else 1_000_000))
