"""One label from several: the majority, with its ties told and not hidden."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np

from guiju.stats.columns import Codes, Columns
from guiju.stats.figure import Figure
from guiju.stats.intervals import wilson


@dataclass(frozen=True, slots=True)
class ItemConsensus:
    """What the answers to one item say together.

    `label` is `None` at a tie, whose labels are `tied`; `confidence` is the share of answers that gave the winner
    (or each of the tied labels), out of `n`.
    """

    item: Hashable
    label: Hashable | None
    confidence: float
    n: int
    tied: tuple[Hashable, ...] = ()

    def to_dict(self) -> dict[str, object]:
        tied = list(self.tied)
        return {"item": self.item, "label": self.label, "confidence": self.confidence, "n": self.n, "tied": tied}


def majority(columns: Columns) -> tuple[ItemConsensus, ...]:
    """The most frequent label of each item, in the order of `columns.items`.

    >>> from guiju.stats.columns import encode
    >>> [(c.label, c.confidence, c.tied) for c in majority(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"]))]
    [('x', 1.0, ()), (None, 0.5, ('x', 'y'))]
    """
    width = max(1, len(columns.labels))
    cell, count = np.unique(columns.item * width + columns.label, return_counts=True)
    item = cell // width
    most = np.zeros(len(columns.items), np.int64)
    np.maximum.at(most, item, count)
    top = count == most[item]
    starts = np.searchsorted(item[top], np.arange(len(columns.items) + 1))
    answers = columns.answers_per_item
    winners = (cell % width)[top]
    return tuple(
        _item(columns, place, winners[starts[place] : starts[place + 1]], int(most[place]), int(answers[place]))
        for place in range(len(columns.items))
    )


def _item(columns: Columns, place: int, winners: Codes, most: int, n: int) -> ItemConsensus:
    labels = tuple(columns.labels[code] for code in winners)
    label, tied = (labels[0], ()) if len(labels) == 1 else (None, labels)
    return ItemConsensus(columns.items[place], label, most / n, n, tied)


def accuracy(found: tuple[ItemConsensus, ...], gold: Mapping[Hashable, Hashable]) -> Figure:
    """Share of items whose consensus is `gold`; a tie of k labels with the right one among them counts 1/k.

    Only items with gold count. The interval is Wilson's, on the split count.
    """
    parts = [_credit(one, gold[one.item]) for one in found if one.item in gold]
    if not parts:
        return Figure(None)
    right = sum(parts)
    low, high = wilson(right, len(parts))
    return Figure(right / len(parts), low, high, len(parts))


def _credit(found: ItemConsensus, gold: Hashable) -> float:
    if found.label is not None:
        return float(found.label == gold)
    return 1 / len(found.tied) if gold in found.tied else 0.0
