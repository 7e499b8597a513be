"""Lines of marks: JSON, one item a line, with the spans or the outlines that several annotators made on it.

Spans:     {"id", "text", "annotations": [{"label", "start_offset", "end_offset", "user"}]}
Outlines:  {"id", "readers": [{"reader", "contours": [{"points", "label", "z"}], "ratings": {…}}]}
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, TypeAlias, cast

import msgspec

from guiju.bulk.errors import AnswersAbsent, MarkLineBroken, NotForMarks
from guiju.bulk.files import Picks
from guiju.kit import N_
from guiju.stats.agreement.marks import Answer, Span
from guiju.stats.columns import Columns, encode
from guiju.stats.shapes.collection import Shapes, polygons
from guiju.stats.shapes.errors import NoArea, NotAPolygon, NotFiniteShape

Line: TypeAlias = dict[str, Any]
_ITEM = ("item", "id", "name", "image", "nodule")
_ANNOTATOR = ("annotator", "user", "worker", "reader")
_START, _END = ("start", "start_offset"), ("end", "end_offset")
_PEOPLE = ("readers", "annotators")
_OUTLINES = ("contours", "outlines")
_UNNAMED = "object"
_HEAD = 4096

NO_OBJECT = N_("it is not one JSON object in UTF-8")
NO_FORM = N_("it has neither “annotations”, a list of spans, nor “readers”, a list of people with “contours”")
OTHER_FORM = N_("it has another form than the lines before it")
NO_ITEM = N_("it does not name its item")
NO_ANNOTATOR = N_("a mark does not say who made it")
NO_PLACE = N_("a mark has no start and end in whole characters")
BACKWARDS = N_("a mark does not end after it starts")
BEYOND = N_("a mark reaches beyond the text")
NO_PIECES = N_("the pieces of a mark are not apart from one another, or do not reach from its start to its end")
NO_LABEL = N_("a label is neither text nor a number")
NO_POINTS = N_("an outline is not at least three points of x and y")
FLAT = N_("an outline has no area")
NO_RATING = N_("a reader has no rating of this name")


@dataclass(frozen=True, slots=True)
class SpanLines:
    """Spans as the three columns that `stats` takes; `lengths` of the items that came with their text."""

    name: str
    item: list[Any] = field(default_factory=list[Any])
    annotator: list[Any] = field(default_factory=list[Any])
    spans: list[Answer] = field(default_factory=list[Answer])
    lengths: dict[Any, float] = field(default_factory=dict[Any, float])

    @property
    def measured(self) -> bool:
        """Whether every item's length is known."""
        return set(self.item) <= self.lengths.keys()


@dataclass(frozen=True, slots=True)
class OutlineLines:
    """Outlines as columns, the line of each, and who looked at what."""

    name: str
    item: list[Any] = field(default_factory=list[Any])
    annotator: list[Any] = field(default_factory=list[Any])
    label: list[Any] = field(default_factory=list[Any])
    points: list[Any] = field(default_factory=list[Any])
    line: list[int] = field(default_factory=list[int])
    looked: list[tuple[Any, Any]] = field(default_factory=list[tuple[Any, Any]])

    def shapes(self) -> Shapes:
        """For `stats`. Raises `MarkLineBroken` for an outline that is none."""
        try:
            return polygons(self.item, self.annotator, self.label, self.points, answered=self.looked)
        except (NotAPolygon, NotFiniteShape, NoArea) as refusal:
            what = FLAT if isinstance(refusal, NoArea) else NO_POINTS
            line = self.line[int(str(refusal.details["row"]))]
            raise MarkLineBroken(name=self.name, line=line, what=what) from refusal


def holds_marks(path: Path) -> bool:
    """Whether the file begins as JSON lines do."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def holds_ratings(path: Path, picks: Picks) -> bool:
    """Whether `picks.label` names what people said of the items that they outlined."""
    if not picks.label or not holds_marks(path):
        return False
    first = next(_lines(path), None)
    return first is not None and any(key in first[1] for key in _PEOPLE)


def read_marks(path: Path, picks: Picks) -> SpanLines | OutlineLines:
    """All marks of the file. Raises `MarkLineBroken`, `NotForMarks`."""
    _demand_no_table(path, picks)
    lines = _lines(path)
    first = next(lines, (0, Line()))
    return (_spans if "annotations" in first[1] else _outlines)(path.name, chain([first], lines), picks)


def read_ratings(path: Path, picks: Picks) -> Columns:
    """The ratings that `picks.label` names, as a table of answers. Raises `MarkLineBroken` and what `encode` raises."""
    _demand_no_table(path, picks)
    return _ratings(path.name, _lines(path), picks)


def _demand_no_table(path: Path, picks: Picks) -> None:
    given = {"--columns": picks.columns, "--wide": picks.wide, "--skip": picks.skip}
    option = next((name for name, value in given.items() if value), None)
    if option is not None:
        raise NotForMarks(option=option, name=path.name)


def read_known_spans(path: Path, picks: Picks) -> dict[Any, Sequence[Span]]:
    """The right spans of each item, whoever made them. Raises as `read_marks` does."""
    if not path.is_file():
        raise AnswersAbsent(name=path.name)
    found: dict[Any, list[Span]] = {}
    for number, line in _lines(path):
        with _at(path.name, number):
            marks = [_span(mark, picks) for mark in _list(line, "annotations", NO_FORM)]
            found.setdefault(_name(line, picks.item), []).extend(mark for mark in marks if mark is not None)
    return dict(found)


class _BrokenLineError(Exception):
    """What is wrong with the line at hand."""


@contextmanager
def _at(name: str, number: int) -> Generator[None]:
    try:
        yield
    except _BrokenLineError as broken:
        raise MarkLineBroken(name=name, line=number, what=str(broken)) from broken


def _lines(path: Path) -> Iterator[tuple[int, Line]]:
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            text = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
            if not text.strip():
                continue
            with _at(path.name, number):
                yield number, _object(text)


def _object(text: bytes) -> Line:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _BrokenLineError(NO_OBJECT) from error


def _spans(name: str, lines: Iterator[tuple[int, Line]], picks: Picks) -> SpanLines:
    found = SpanLines(name)
    for number, line in lines:
        with _at(name, number):
            _read_spans(found, line, picks)
    return found


def _read_spans(found: SpanLines, line: Line, picks: Picks) -> None:
    if any(key in line for key in _PEOPLE):
        raise _BrokenLineError(OTHER_FORM)
    item, text = _name(line, picks.item), line.get("text")
    by_annotator: dict[Any, list[Span]] = {}
    for mark in _list(line, "annotations", NO_FORM):
        span = _span(mark, picks)
        if span is not None and isinstance(text, str) and span.end > len(text):
            raise _BrokenLineError(BEYOND)
        who = _plain(_first(mark, (picks.annotator,) if picks.annotator else _ANNOTATOR), NO_ANNOTATOR)
        by_annotator.setdefault(who, []).extend([] if span is None else [span])
    for who, spans in by_annotator.items():
        found.item.append(item)
        found.annotator.append(who)
        found.spans.append(spans)
    if isinstance(text, str):
        found.lengths[item] = len(text)


def _span(mark: Any, picks: Picks) -> Span | None:
    """One mark, or `None` for "looked and found nothing", which is written as a start of -1."""
    if not isinstance(mark, dict):
        raise _BrokenLineError(NO_PLACE)
    known = cast("Line", mark)
    start, end = _first(known, _START), _first(known, _END)
    if type(start) is not int or type(end) is not int:
        raise _BrokenLineError(NO_PLACE)
    if start < 0:
        return None
    if end <= start:
        raise _BrokenLineError(BACKWARDS)
    return Span(start, end, _label(known.get(picks.label or "label"), _UNNAMED), _pieces(known, start, end))


def _pieces(mark: Line, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The pieces of a mark that has several, from front to back."""
    given = mark.get("pieces")
    if given is None:
        return ()
    try:
        pieces = tuple(sorted(msgspec.convert(given, tuple[tuple[int, int], ...])))
    except msgspec.ValidationError as error:
        raise _BrokenLineError(NO_PIECES) from error
    apart = all(one[1] < other[0] for one, other in pairwise(pieces)) and all(a < b for a, b in pieces)
    if not pieces or not apart or (pieces[0][0], pieces[-1][1]) != (start, end):
        raise _BrokenLineError(NO_PIECES)
    return pieces if len(pieces) > 1 else ()


def _outlines(name: str, lines: Iterator[tuple[int, Line]], picks: Picks) -> OutlineLines:
    found = OutlineLines(name)
    for number, line in lines:
        with _at(name, number):
            _read_outlines(found, number, line, picks)
    return found


def _read_outlines(found: OutlineLines, number: int, line: Line, picks: Picks) -> None:
    item, people = _name(line, picks.item), _people(line)
    drawn = [(_reader(one, picks), _list(one, _one_of(one, _OUTLINES), NO_FORM)) for one in people]
    items = {_slice(item, outline): None for _, outlines in drawn for outline in outlines} or {item: None}
    for who, outlines in drawn:
        found.looked.extend((each, who) for each in items)
        for outline in outlines:
            found.item.append(_slice(item, outline))
            found.annotator.append(who)
            found.label.append(_label(outline.get("label", line.get("label")), _UNNAMED))
            found.points.append(outline.get("points"))
            found.line.append(number)


def _slice(item: Any, outline: Any) -> Any:
    """The item that an outline lies on: of a body in slices each slice is one."""
    if not isinstance(outline, dict):
        raise _BrokenLineError(NO_POINTS)
    z = cast("Line", outline).get("z")
    return item if z is None else f"{item}@{z}"


def _ratings(name: str, lines: Iterator[tuple[int, Line]], picks: Picks) -> Columns:
    item: list[Any] = []
    annotator: list[Any] = []
    label: list[Any] = []
    for number, line in lines:
        with _at(name, number):
            for one in _people(line):
                ratings = one.get("ratings")
                value = cast("Line", ratings).get(picks.label) if isinstance(ratings, dict) else None
                item.append(_name(line, picks.item))
                annotator.append(_reader(one, picks))
                label.append(_plain(value, NO_RATING))
    return encode(item, annotator, label)


def _people(line: Line) -> list[Line]:
    if "annotations" in line:
        raise _BrokenLineError(OTHER_FORM)
    people = _list(line, _one_of(line, _PEOPLE), NO_FORM)
    if not all(isinstance(one, dict) for one in people):
        raise _BrokenLineError(NO_FORM)
    return people


def _reader(one: Line, picks: Picks) -> Any:
    return _plain(_first(one, (picks.annotator,) if picks.annotator else _ANNOTATOR), NO_ANNOTATOR)


def _name(line: Line, told: str) -> Any:
    return _plain(_first(line, (told,) if told else _ITEM), NO_ITEM)


def _label(value: Any, otherwise: str) -> Any:
    return otherwise if value is None else _plain(value, NO_LABEL)


def _plain(value: Any, what: str) -> Any:
    """A name: text or a whole number."""
    if type(value) is int or (isinstance(value, str) and value.strip()):
        return value
    raise _BrokenLineError(what)


def _first(line: Line, keys: Sequence[str]) -> Any:
    return next((line[key] for key in keys if key in line), None)


def _one_of(line: Line, keys: Sequence[str]) -> str:
    return next((key for key in keys if key in line), keys[0])


def _list(line: Line, key: str, what: str) -> list[Any]:
    found = line.get(key)
    if not isinstance(found, list):
        raise _BrokenLineError(what)
    return cast("list[Any]", found)
