"""Rankings of answers, as JSON Lines or CSV: preference pairs (`prompt`, `chosen`, `rejected`), or answers and who won.

What makes a comparison is read as when data comes in, so an item is found by its content. Which answer is better say
`chosen` and `rejected`; or `ranking` (`B > A = C`, or numbers from 0); or `winner`, by its column's letter or number.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias, cast

import msgspec

from guiju.annotations.imports.errors import MarkUnreadable, WorkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, Read, RefusedMark
from guiju.annotations.readers.rows import milliseconds
from guiju.data.intake.comparisons import Comparison, Layout, compared, find_layout, read_comparison, sign_of
from guiju.data.intake.model import Columns
from guiju.data.intake.rules import decide_delimiter
from guiju.data.readers.encodings import find_encoding, text_lines
from guiju.kinds import get_kind
from guiju.kit import Refusal

Row: TypeAlias = Mapping[str, Any]
Order: TypeAlias = tuple[tuple[int, ...], ...]
RANKINGS = ("ranking", "order", "排序", "排名")
WINNERS = ("winner", "preference", "preferred", "better", "label", "更好", "胜者", "标签")
ANNOTATORS = ("annotator", "worker", "user", "标注员", "标注人")
NAMES = ("name", "id", "名称", "编号")
LEVEL = frozenset({"tie", "ties", "equal", "same", "both", "=", "平", "平手", "并列", "一样", "一样好"})
_LOOK = 1_000


@dataclass(frozen=True, slots=True)
class _Meant:
    """Which columns hold the comparison, who answered, and what they said."""

    layout: Layout
    ranking: str | None
    winner: str | None
    annotator: str | None
    seconds: str | None


class _UnclearError(Exception):
    """Why a row says nothing that can be taken."""


def open_preference(path: Path, name: str, options: ImportOptions) -> Opened:
    """Look at the first rows. Raises `WorkUnreadable` where they make no comparison, or do not say what is better."""
    rows = _rows(path, name)
    found: dict[str, None] = {}
    lists = set[str]()
    for _, row in islice(rows(), _LOOK):
        found.update(dict.fromkeys(row or ()))
        lists.update(key for key, value in (row or {}).items() if isinstance(value, list))
    meant = _meant(list(found), lists, name, options)
    with path.open("rb") as file:
        total = sum(1 for line in file if line.strip())
    return Opened(total, lambda: (_read(position, row, meant, options.annotator) for position, row in rows()))


def _rows(path: Path, name: str) -> Callable[[], Iterator[tuple[int, Row | None]]]:
    with path.open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    if first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return lambda: _lines(path)
    encoding = find_encoding(path, name).encoding
    header = next((line for line in text_lines(path, encoding, newline="") if line.strip()), "")
    sign = decide_delimiter(header, Path(name).suffix.lower())
    return lambda: _cells(path, encoding, sign)


def _lines(path: Path) -> Iterator[tuple[int, Row | None]]:
    with path.open("rb") as file:
        for position, raw in enumerate(file, start=1):
            line = raw.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            try:
                yield position, msgspec.json.decode(line, type=dict[str, Any])
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                yield position, None


def _cells(path: Path, encoding: str, sign: str) -> Iterator[tuple[int, Row | None]]:
    rows = csv.DictReader(text_lines(path, encoding, newline=""), delimiter=sign)
    for row in rows:
        yield rows.line_num, {str(key).strip(): value for key, value in row.items()}


def _meant(found: list[str], lists: set[str], name: str, options: ImportOptions) -> _Meant:
    known = {column.strip().casefold(): column for column in reversed(found)}

    def first(names: tuple[str, ...], told: str = "") -> str | None:
        return next((known[each] for each in ((told.casefold(),) if told else names) if each in known), None)

    layout = find_layout(found, Columns(), first(NAMES, options.columns.item), lists)
    if layout is None:
        raise WorkUnreadable(name=name, format="preference", reason="no columns make a prompt with two answers")
    said = first(RANKINGS), first(WINNERS, options.columns.label)
    if not layout.preferred and not any(said):
        raise WorkUnreadable(name=name, format="preference", reason="no column says which answer is better")
    return _Meant(layout, *said, first(ANNOTATORS, options.columns.annotator), first(("seconds", "秒", "用时")))


def _read(position: int, row: Row | None, meant: _Meant, maker: str) -> Read:
    who = str((row or {}).get(meant.annotator or "") or maker)
    try:
        if row is None:
            raise _UnclearError("it is no JSON object")
        record = compared(meant.layout, row, (position, "", None, "UTF-8"))
        order = _order(row, meant, read_comparison(record.body))
    except _UnclearError as unclear:
        return _refused(position, who, str(unclear))
    except Refusal as refusal:
        return RefusedMark(position, "", who, refusal.code, refusal.sentence, dict(refusal.details))
    seconds = row.get(meant.seconds or "")
    try:
        spent = None if seconds is None or seconds == "" else milliseconds(float(seconds))
    except (TypeError, ValueError) as error:
        return _refused(position, who, str(error))
    return Mark(position, "", who, text=record.body, order=order, active_ms=spent)


def _refused(position: int, who: str, reason: str) -> RefusedMark:
    details: dict[str, object] = {"reason": reason.rstrip(".")[:200]}
    return RefusedMark(position, "", who, MarkUnreadable.code, MarkUnreadable.sentence, details)


def _order(row: Row, meant: _Meant, found: Comparison) -> Order:
    n = len(found.answers)
    if meant.layout.preferred:
        return _chosen(row, meant, found)
    told = row.get(meant.ranking) if meant.ranking else None
    if told not in {None, ""} if not isinstance(told, list) else True:
        return _ranked(told)
    winner = row.get(meant.winner) if meant.winner else None
    if winner is None or not str(winner).strip():
        raise _UnclearError("it does not say which answer is better")
    if str(winner).strip().casefold() in LEVEL:
        return (tuple(range(n)),)
    best = _named(str(winner), meant.layout, found)
    return ((best,), tuple(one for one in range(n) if one != best))


def _chosen(row: Row, meant: _Meant, found: Comparison) -> Order:
    """The item's answers stand in an order of their own: the chosen one is found by its words."""
    as_given = Layout(meant.layout.prompt, meant.layout.answers)
    chosen = read_comparison(compared(as_given, row, (0, "", None, "UTF-8")).body).answers[0].text
    first, second = (answer.text for answer in found.answers)
    if first == second:
        raise _UnclearError("what was chosen and what was rejected are the same")
    return ((0,), (1,)) if first == chosen else ((1,), (0,))


def _ranked(told: Any) -> Order:
    wire = get_kind("ranking").expand(told.upper() if isinstance(told, str) else told)
    try:
        groups = cast("dict[str, Any]", wire)["order"]
        return tuple(tuple(msgspec.convert(group, list[int])) for group in groups)
    except (TypeError, KeyError, msgspec.ValidationError) as error:
        raise _UnclearError(f"“{told}” is no ranking such as B > A = C") from error


def _named(winner: str, layout: Layout, found: Comparison) -> int:
    """The answer that a word means: its column's sign, its letter, or who wrote it."""
    word = winner.strip().casefold()
    signs = [] if layout.listed else [sign_of(column) for column in layout.answers]
    writers = [(answer.name or "").strip().casefold() for answer in found.answers]
    letters = [chr(ord("a") + place) for place in range(len(found.answers))]
    tail = word.replace("-", "_").replace(" ", "_").rpartition("_")[2]
    for names in (writers, signs[: len(found.answers)], letters):
        for said in (word, tail):
            if names.count(said) == 1:
                return names.index(said)
    raise _UnclearError(f"“{winner[:40]}” names none of its answers")
