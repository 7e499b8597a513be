"""What formats of drawn shapes share: the shapes of an item, each with what was answered of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from guiju.delivery.model import Row
from guiju.kinds import (
    Answer,
    Box,
    Boxes,
    Choice,
    Each,
    Figure,
    Figures,
    Mask,
    Masks,
    Polygon,
    Polygons,
    Polyline,
    Polylines,
    Rating,
    Soft,
    Written,
    decode_stored,
)

Shape: TypeAlias = Box | Polygon | Mask | Polyline | Figure
Told: TypeAlias = dict[str, Any]


class Drawn(NamedTuple):
    """A shape, the field that it answers, and by the name of each field that asks of it what was answered."""

    field: str
    shape: Shape
    told: Told


class Layer(NamedTuple):
    """The shapes of one field in drawing order, and the fields that ask of each, with what was answered by shape."""

    field: str
    shapes: Sequence[Shape]
    asked: list[tuple[str, Mapping[str, Any]]]


def layers_on(row: Row) -> Iterator[Layer]:
    """What is drawn on an item, field by field."""
    answers = sorted(decode_stored(row.answers).items())
    for field, answer in answers:
        if isinstance(answer, Boxes | Polygons | Masks | Polylines | Figures):
            asked = [(name, one.answers) for name, one in answers if isinstance(one, Each) and one.of == field]
            yield Layer(field, answer.shapes, asked)


def drawn_on(row: Row) -> Iterator[Drawn]:
    """All shapes of an item, field by field, in drawing order."""
    for field, shapes, asked in layers_on(row):
        yield from (Drawn(field, shape, told_of_shape(shape.id, asked) if asked else {}) for shape in shapes)


def told_of_shape(shape: str, each: list[tuple[str, Mapping[str, Any]]]) -> Told:
    values = ((name, value_of(said[shape])) for name, said in each if shape in said)
    return {name: value for name, value in values if value is not None}


def value_of(answer: Answer) -> Any:
    """An answer as the value of an attribute: text, a number, a list of labels; shares as an object. `None` is none."""
    match answer:
        case Choice(labels=labels):
            return labels[0] if len(labels) == 1 else list(labels)
        case Rating(value=value):
            return value
        case Written(text=text):
            return text
        case Soft(weights=weights):
            return dict(weights)
        case _:
            return None
