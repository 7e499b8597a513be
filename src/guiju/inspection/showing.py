"""An answer as a page shows it: chosen labels by their names, boxes in per cent of the picture."""

from collections.abc import Mapping
from dataclasses import dataclass

from guiju.data import Item
from guiju.kinds import Answer, Box, Boxes, Choice
from guiju.kit.words import Bilingual
from guiju.rulebooks import CompiledRulebook

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
class ShownField:
    title: Bilingual
    labels: list[ShownLabel]
    boxes: list[ShownBox]


def show_answers(answers: Mapping[str, Answer], rulebook: CompiledRulebook, item: Item) -> list[ShownField]:
    """The answers in the rulebook's order of fields."""
    return [
        _show(answers[field.id], field.title, rulebook, item)
        for field in rulebook.rulebook.fields
        if field.id in answers
    ]


def _show(answer: Answer, title: Bilingual, rulebook: CompiledRulebook, item: Item) -> ShownField:
    match answer:
        case Choice(labels=labels):
            return ShownField(title, [show_label(label, rulebook) for label in labels], [])
        case Boxes(shapes=shapes):
            return ShownField(title, [], [_show_box(box, rulebook, item) for box in shapes])


def show_label(label: str, rulebook: CompiledRulebook) -> ShownLabel:
    known = rulebook.labels.get(label)
    return ShownLabel(known.name, known.color) if known else ShownLabel({"en": label}, NO_COLOR)


def _show_box(box: Box, rulebook: CompiledRulebook, item: Item) -> ShownBox:
    wide, high = item.width or 1, item.height or 1
    place = (box.x / wide * 100, box.y / high * 100, box.w / wide * 100, box.h / high * 100)
    return ShownBox(show_label(box.label, rulebook), *(round(number, 3) for number in place))
