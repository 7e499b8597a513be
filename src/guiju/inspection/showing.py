"""An answer as a page shows it: chosen labels by their names, shapes in per cent of the picture."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.data import Item
from guiju.kinds import Answer, Box, Boxes, Choice, Polygon, Polygons, Rating, Scale, Spans
from guiju.kit.words import Bilingual
from guiju.rulebooks import CompiledRulebook, Field

NO_COLOR = "#666666"


@dataclass(frozen=True, slots=True)
class ShownLabel:
    """A label's name in both languages and its colour; one that the rulebook lacks goes by its id."""

    name: Bilingual
    color: str


@dataclass(frozen=True, slots=True)
class ShownBox:
    """A box over its picture; `left`, `top`, `width`, `height` in per cent."""

    label: ShownLabel
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ShownOutline:
    """An outline over its picture: `points` as SVG reads them, and where its name stands; all in per cent."""

    label: ShownLabel
    points: str
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class ShownSpan:
    """A stretch of the text, in characters."""

    label: ShownLabel
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShownRating:
    """A point of a scale with the scale's ends, and what the point means where the rulebook says it."""

    value: str
    low: str
    high: str
    words: Bilingual | None


@dataclass(frozen=True, slots=True)
class ShownField:
    title: Bilingual
    labels: list[ShownLabel]
    boxes: list[ShownBox]
    spans: list[ShownSpan] = field(default_factory=list[ShownSpan])
    outlines: list[ShownOutline] = field(default_factory=list[ShownOutline])
    rating: ShownRating | None = None


def show_answers(answers: Mapping[str, Answer], rulebook: CompiledRulebook, item: Item) -> list[ShownField]:
    """The answers in the rulebook's order of fields."""
    return [
        _show(answers[field.id], field, rulebook, item) for field in rulebook.rulebook.fields if field.id in answers
    ]


def _show(answer: Answer, asked: Field, rulebook: CompiledRulebook, item: Item) -> ShownField:
    title = asked.title
    match answer:
        case Rating(value=value):
            return ShownField(title, [], [], rating=_show_rating(value, asked.scale))
        case Choice(labels=labels):
            return ShownField(title, [show_label(label, rulebook) for label in labels], [])
        case Boxes(shapes=shapes):
            return ShownField(title, [], [_show_box(box, rulebook, item) for box in shapes])
        case Polygons(shapes=shapes):
            outlines = [_show_outline(polygon, rulebook, item) for polygon in shapes]
            return ShownField(title, [], [], outlines=outlines)
        case Spans(spans=spans):
            shown = [ShownSpan(show_label(one.label, rulebook), one.start, one.end) for one in spans]
            return ShownField(title, [], [], shown)


def _show_rating(value: float | None, scale: Scale | None) -> ShownRating | None:
    if value is None or scale is None:
        return None
    words = next((anchor.words for anchor in scale.anchors if anchor.at == value), None)
    return ShownRating(f"{value:g}", f"{scale.low:g}", f"{scale.high:g}", words)


def show_label(label: str, rulebook: CompiledRulebook) -> ShownLabel:
    known = rulebook.labels.get(label)
    return ShownLabel(known.name, known.color) if known else ShownLabel({"en": label}, NO_COLOR)


def _show_box(box: Box, rulebook: CompiledRulebook, item: Item) -> ShownBox:
    wide, high = item.width or 1, item.height or 1
    place = (box.x / wide * 100, box.y / high * 100, box.w / wide * 100, box.h / high * 100)
    return ShownBox(show_label(box.label, rulebook), *(round(number, 3) for number in place))


def _show_outline(polygon: Polygon, rulebook: CompiledRulebook, item: Item) -> ShownOutline:
    wide, high = item.width or 1, item.height or 1
    places = [(round(x / wide * 100, 3), round(y / high * 100, 3)) for x, y in polygon.points]
    left, top = min(places, key=lambda place: (place[1], place[0]))
    return ShownOutline(show_label(polygon.label, rulebook), " ".join(f"{x},{y}" for x, y in places), left, top)
