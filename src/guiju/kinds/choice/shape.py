"""The shape of a choice: `{"kind": "choice", "labels": ["pos"]}`."""

from collections import Counter
from typing import Any, cast

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape, Options, Swap


class ChoiceOptions(Options, frozen=True):
    """`multiple`: several labels may hold at once."""

    multiple: bool = False


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="choice"):
    """The ids of the labels chosen; an empty list says that none was."""

    labels: tuple[str, ...]


def tidy(answer: Choice) -> Choice:
    return answer


def is_finite(_answer: Choice) -> bool:
    return True


def normalise(answer: Choice, field: FieldShape) -> Choice:
    """Labels in the rulebook's order, whatever order they were clicked in; unknown ones last, as they came."""
    if len(answer.labels) < 2:
        return answer
    rank, last = field.rank, len(field.labels)
    return Choice(tuple(sorted(answer.labels, key=lambda label: rank.get(label, last))))


def labels_of(answer: Choice) -> dict[str, int]:
    return dict(Counter(answer.labels))


def relabel(answer: Choice, swap: Swap) -> Choice:
    """Two labels that become one are chosen once.

    >>> relabel(Choice(("late", "lost", "rude")), lambda label, _: "rude" if label == "rude" else "delivery")
    Choice(labels=('delivery', 'rude'))
    """
    return Choice(tuple(dict.fromkeys(swap(label, "") for label in answer.labels)))


def columns(answer: Choice, item: ItemShape) -> dict[str, Column]:
    """One row: `labels` (how many were chosen) and `text_length` (characters)."""
    return {"labels": [float(len(answer.labels))], "text_length": [float(item.length)]}


def summary(answer: Choice) -> str:
    return ", ".join(answer.labels) or "–"


def expand(value: Any) -> object:
    """`[refund]` as a choice."""
    return {"kind": "choice", "labels": cast("Any", value)} if isinstance(value, list) else value
