"""How often each annotator is of the others' opinion.

Formula: over the items u that annotator a and at least one other answered,
    observed_a = mean over u of (answers of others equal to a's) / (answers of others)
Assumes: the others are a fair yardstick; who is right against a careless crowd looks bad here.
Interval: t with n - 1 degrees of freedom on the standard error of that mean.
Source: the mean of a's row of pairwise agreements, as in Fleiss 1971, doi:10.1037/h0031619, item by item.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np

from guiju.stats.agreement.patterns import Ints, ItemBlock, added
from guiju.stats.columns import Columns, Floats
from guiju.stats.figure import NO_OVERLAP, Figure, figure_t
from guiju.stats.sources import in_order, plain

_CELLS = 1 << 24


@dataclass(frozen=True, slots=True)
class AnnotatorAgreement:
    """One annotator's `answers`, and agreement with the others on the items that others answered too."""

    annotator: Hashable
    answers: int
    observed: Figure

    def to_dict(self) -> dict[str, object]:
        found = self.observed
        interval = {"observed": found.value, "observed_interval": found.interval, "n": found.n, "why": found.why}
        return {"annotator": plain(self.annotator), "answers": self.answers, **interval}


@dataclass(frozen=True, slots=True)
class People:
    """Sums by annotator that add up over parts of the items."""

    names: tuple[Any, ...]
    answers: Ints
    compared: Ints
    agreed: Floats
    squared: Floats

    @classmethod
    def of(cls, columns: Columns) -> "People":
        many = len(columns.annotators)
        answers, compared = np.zeros(many, np.int64), np.zeros(many, np.int64)
        agreed, squared = np.zeros(many), np.zeros(many)
        for block in ItemBlock.each(columns.item, 1 << 18):
            who = columns.annotator[block.first : block.last]
            share, comparable = _shares(block, columns)
            answers += np.bincount(who, minlength=many)
            compared += np.bincount(who[comparable], minlength=many)
            agreed += added(who, share, many)
            squared += added(who, np.square(share), many)
        return cls(columns.annotators, answers, compared, agreed, squared)

    @classmethod
    def merged(cls, parts: "list[People]") -> "People":
        names = tuple(in_order(dict.fromkeys(name for part in parts for name in part.names)))
        code = {name: place for place, name in enumerate(names)}
        place = np.array([code[name] for part in parts for name in part.names], np.int64)

        def together(sums: list[Floats]) -> Floats:
            return added(place, np.concatenate(sums), len(names))

        answers = together([part.answers.astype(np.float64) for part in parts]).astype(np.int64)
        compared = together([part.compared.astype(np.float64) for part in parts]).astype(np.int64)
        agreed, squared = together([part.agreed for part in parts]), together([part.squared for part in parts])
        return cls(names, answers, compared, agreed, squared)

    def agreements(self) -> tuple[AnnotatorAgreement, ...]:
        """Who agrees least first; who was never compared last."""
        found = [self._one(place) for place in range(len(self.names))]
        return tuple(sorted(found, key=lambda one: (one.observed.value is None, one.observed.value or 0.0)))

    def _one(self, place: int) -> AnnotatorAgreement:
        n, answers = int(self.compared[place]), int(self.answers[place])
        if not n:
            return AnnotatorAgreement(self.names[place], answers, Figure(None, why=NO_OVERLAP))
        mean = float(self.agreed[place] / n)
        spread = max(0.0, float(self.squared[place] / n) - mean * mean)
        error = (spread / (n - 1)) ** 0.5 if n > 1 else float("nan")
        found = figure_t(mean, error, n)
        low = None if found.low is None else max(0.0, found.low)
        return AnnotatorAgreement(self.names[place], answers, Figure(mean, low, found.high, n, how=found.how))


def annotator_agreements(columns: Columns) -> tuple[AnnotatorAgreement, ...]:
    """Each annotator against all others, who agrees least first.

    >>> from guiju.stats.columns import encode
    >>> columns = encode([1, 1, 1, 2, 2, 2], ["al", "bo", "cy"] * 2, list("xxyyyy"))
    >>> [(one.annotator, one.observed.value) for one in annotator_agreements(columns)]
    [('cy', 0.5), ('al', 0.75), ('bo', 0.75)]
    """
    return People.of(columns).agreements()


def _shares(block: ItemBlock, columns: Columns) -> tuple[Floats, np.ndarray[Any, np.dtype[np.bool_]]]:
    """For each row the share of the item's other answers that say the same (0 where there are none)."""
    label = columns.label[block.first : block.last]
    sizes = block.sizes
    cell = np.repeat(np.arange(len(sizes)), sizes) * max(1, len(columns.labels)) + label
    if len(sizes) * len(columns.labels) <= _CELLS:
        same = np.bincount(cell)[cell]
    else:
        _, place, count = np.unique(cell, return_inverse=True, return_counts=True)
        same = count[place]
    others = np.repeat(sizes, sizes) - 1
    share = np.divide(same - 1, others, out=np.zeros(len(label)), where=others > 0)
    return share, others > 0
