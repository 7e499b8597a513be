"""The answers of all to one item, laid side by side: outlines over the picture, marks in the text, labels in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from guiju.data import Item
from guiju.kinds import Answer, Boxes, Each, Polygons, Polylines, Spans
from guiju.kinds.box.plane import corners_of
from guiju.kinds.registry import kind_of
from guiju.rulebooks import CompiledRulebook

PASSAGE = 1_200
"""Characters of a text that are shown; further on the item's own page has them."""
_BOUNDS = ("x", "y", "width", "height")


@dataclass(frozen=True, slots=True)
class Outline:
    """A shape over the picture, in its pixels: `points` as an SVG polygon has them."""

    points: str
    color: str
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, with the labels that mark it."""

    text: str
    labels: tuple[str, ...]
    color: str | None


@dataclass(frozen=True, slots=True)
class Voice:
    """What one or several people (ids) answered alike. `said` are fields' ids and their answers as label ids."""

    people: tuple[int, ...]
    said: tuple[tuple[str, tuple[str, ...]], ...]
    outlines: tuple[Outline, ...]
    passage: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """An item and its voices, the most frequent first; `observed` is how far they agree."""

    item: Item
    observed: float
    voices: tuple[Voice, ...]

    @property
    def box(self) -> str:
        """The picture's pixels, as an SVG view box."""
        return f"0 0 {self.item.width or 1} {self.item.height or 1}"


def lay_beside(
    item: Item, observed: float, given: Sequence[tuple[int, Mapping[str, Answer]]], rulebook: CompiledRulebook
) -> Case:
    """One voice for each different annotation of the item."""
    alike: dict[str, list[tuple[int, Mapping[str, Answer]]]] = {}
    for who, answers in given:
        alike.setdefault(repr(sorted((name, _bare(answer)) for name, answer in answers.items())), []).append(
            (who, answers)
        )
    groups = sorted(alike.values(), key=lambda group: (-len(group), min(who for who, _ in group)))
    voices = tuple(_voice(item, tuple(sorted(who for who, _ in group)), group[0][1], rulebook) for group in groups)
    return Case(item, observed, voices)


def _bare(answer: Answer) -> str:
    """The answer without the ids of its parts, which differ from hand to hand."""
    if isinstance(answer, Spans):
        return repr([(one.start, one.end, one.label) for one in answer.spans])
    if isinstance(answer, Boxes):
        return repr([(one.x, one.y, one.w, one.h, one.angle, one.label) for one in answer.shapes])
    return repr(answer)


def _voice(item: Item, people: tuple[int, ...], answers: Mapping[str, Answer], rulebook: CompiledRulebook) -> Voice:
    colors = {name: label.color for name, label in rulebook.labels.items()}
    said = tuple((name, _labels(answer)) for name, answer in answers.items())
    outlines = tuple(outline for answer in answers.values() for outline in _outlines(item, answer, colors))
    spans = [one for answer in answers.values() if isinstance(answer, Spans) for one in answer.spans]
    marks = [(start, end, one.label) for one in spans for start, end in one.stretches]
    return Voice(people, said, outlines, _passage(item.body or "", marks, colors) if spans and item.body else ())


def _labels(answer: Answer) -> tuple[str, ...]:
    if isinstance(answer, Each):
        return tuple(label for one in answer.answers.values() for label in _labels(one))
    counted = kind_of(answer).labels_of(answer)
    if not counted:
        return (kind_of(answer).summary(answer),)
    return tuple(label for label, n in counted.items() for _ in range(min(n, 6)))


def _outlines(item: Item, answer: Answer, colors: Mapping[str, str]) -> list[Outline]:
    if isinstance(answer, Boxes):
        return [_outline(corners_of(one), one.label, colors) for one in answer.shapes]
    if isinstance(answer, Polygons | Polylines):
        return [_outline(one.points, one.label, colors) for one in answer.shapes]
    if isinstance(answer, Each) or item.width is None:
        return []
    columns = kind_of(answer).columns(answer, item.shape)
    if not columns.keys() >= {*_BOUNDS, "label"}:
        return []
    rows = zip(*(columns[name] for name in ("label", *_BOUNDS)), strict=True)
    return [_outline(((x, y), (x + w, y), (x + w, y + h), (x, y + h)), label, colors) for label, x, y, w, h in rows]


def _outline(points: Any, label: str, colors: Mapping[str, str]) -> Outline:
    return Outline(" ".join(f"{x:g},{y:g}" for x, y in points), colors.get(label, "#888888"), label)


def _passage(text: str, marks: Sequence[tuple[int, int, str]], colors: Mapping[str, str]) -> tuple[Piece, ...]:
    """The text cut where a mark begins or ends, from a little before the first mark on."""
    shown = min(len(text), PASSAGE)
    cuts = sorted({0, shown, *(place for start, end, _ in marks for place in (start, end) if 0 < place < shown)})
    pieces: list[Piece] = []
    for start, end in pairwise(cuts):
        labels = tuple(dict.fromkeys(label for a, b, label in marks if a <= start and end <= b))
        pieces.append(Piece(text[start:end], labels, colors.get(labels[0]) if labels else None))
    return tuple(pieces)
