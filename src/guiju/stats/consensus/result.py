"""What every categorical consensus gives back: labels of items with confidence, reliability of annotators.

A method fills the same `CategoricalConsensus`; what it cannot say is `None`, never a silent 0. Labels are codes into
`classes`, so that millions of items cost a few bytes each; names appear only in `rows()` and `to_dict()`.

Formula: label = argmax of the posterior, a tie within 1e-9 of it; accuracy = (right + sum over ties of 1/k) / items.
Assumes: gold has one right label for an item. Source: Wilson 1927, doi:10.1080/01621459.1927.10502953 (the intervals).
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Columns, Floats, is_missing
from guiju.stats.consensus.rows import row_best, row_max
from guiju.stats.figure import Figure
from guiju.stats.intervals import wilson
from guiju.stats.sources import Names

LabelCodes: TypeAlias = NDArray[np.int32]
Posterior: TypeAlias = NDArray[np.float64] | NDArray[np.float32]

NO_ANSWERS = N_("This annotator gave no answer, so nothing is known of them.")
NO_GOLD = N_("No item has both a consensus and a known right answer.")

TIE = 1e-9
"""Probabilities that differ by less than this share of the larger are a tie: rounding is no reason to choose."""


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """The labels between which items are tied: aligned arrays of item and label codes, sorted by item, then label."""

    item: Codes
    label: LabelCodes

    def of(self, item: int) -> tuple[int, ...]:
        """The codes of the labels between which the item is tied; none if it is not."""
        start, stop = np.searchsorted(self.item, (item, item + 1))
        return tuple(self.label[start:stop].tolist())


class Picked(NamedTuple):
    """The best label of each item: -1 where several are equally good (`ties`) or where there is no answer."""

    label: LabelCodes
    confidence: Floats
    ties: Ties


class ConsensusRow(NamedTuple):
    """One item's consensus by name; `label` is `None` at a tie, both are `None` without an answer."""

    item: Hashable
    label: Hashable | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Which method to trust on these answers, and why."""

    recommended: str
    because: Sentence


@dataclass(frozen=True, slots=True, eq=False)
class CategoricalConsensus:
    """One label for each item, from several.

    `label` holds codes into `classes`, -1 at a tie (see `ties`) and where an item has no answer; `confidence` is the
    posterior probability (or share of votes) of that label, or of each of the tied ones, NaN without an answer.
    `posterior` (items x classes) is `None` where a method does not keep it. `reliability` stands in the order of
    `annotators`; `priors` in that of `classes`. `iterations`, `converged` and `log_likelihood` are `None` for methods
    that do not iterate or have no likelihood.
    """

    method: str
    items: Names
    annotators: tuple[Hashable, ...]
    classes: tuple[Hashable, ...]
    label: LabelCodes
    confidence: Floats
    ties: Ties
    reliability: tuple[Figure, ...]
    posterior: Posterior | None = None
    priors: tuple[float, ...] | None = None
    iterations: int | None = None
    converged: bool | None = None
    log_likelihood: float | None = None
    meaning: tuple[Sentence, ...] = ()

    @property
    def tied(self) -> NDArray[np.bool_]:
        """Which items are tied."""
        found = np.zeros(len(self.items), bool)
        found[self.ties.item] = True
        return found

    def rows(self) -> Iterator[ConsensusRow]:
        """Item, label and confidence by name, in the order of `items`."""
        names = (*self.classes, None)  # code -1 is the last
        for item, label, confidence in zip(self.items, self.label.tolist(), self.confidence.tolist(), strict=True):
            yield ConsensusRow(item, names[label], None if is_missing(confidence) else confidence)

    def accuracy(self, gold: Mapping[Any, Any]) -> Figure:
        """Share of items whose consensus is `gold`, over items that have both; Wilson's interval.

        A tie of k labels with the right one among them counts 1/k: what guessing between them would give.
        """
        credit = self.credit(gold)
        if not credit.size:
            return Figure(None, why=NO_GOLD)
        right, n = float(credit.sum()), len(credit)
        low, high = wilson(min(right, n), n)
        return Figure(right / n, low, high, n)

    def credit(self, gold: Mapping[Any, Any]) -> Floats:
        """1 for each item that is right, 1/k for a tie of k with the right one among them, else 0; in item order."""
        classes = {label: code for code, label in enumerate(self.classes)}
        known = [(code, gold[item]) for code, item in enumerate(self.items) if item in gold]
        labels = self.label.tolist()
        return np.array(
            [self._credit(code, labels[code], classes.get(right, -2)) for code, right in known if not is_missing(right)]
        )

    def _credit(self, item: int, label: int, right: int) -> float:
        if label >= 0:
            return float(label == right)
        tied = self.ties.of(item)
        return 1 / len(tied) if right in tied else 0.0

    def to_dict(
        self, *, accuracy: Figure | None = None, recommendation: Recommendation | None = None
    ) -> dict[str, object]:
        """The keys that `guiju consensus --json` prints, and the intervals beside them."""
        names = [str(annotator) for annotator in self.annotators]
        priors = None if self.priors is None else dict(zip(map(str, self.classes), self.priors, strict=True))
        return {
            "method": self.method,
            "items": len(self.items),
            "annotators": len(self.annotators),
            "classes": len(self.classes),
            "iterations": self.iterations,
            "converged": self.converged,
            "log_likelihood": self.log_likelihood,
            "priors": priors,
            "reliability": dict(zip(names, (one.value for one in self.reliability), strict=True)),
            "reliability_intervals": dict(zip(names, (one.interval for one in self.reliability), strict=True)),
            "tied": int(self.tied.sum()),
            "accuracy": None if accuracy is None else accuracy.value,
            "accuracy_interval": None if accuracy is None else accuracy.interval,
            "recommended": None if recommendation is None else recommendation.recommended,
            "because": None if recommendation is None else str(recommendation.because),
        }


def pick(posterior: Posterior, answers: Codes | None = None) -> Picked:
    """The most probable label of each row of `posterior` (items x classes), ties told.

    `answers` counts each item's answers: one without any gets no label and no confidence.

    >>> pick(np.array([[0.9, 0.1], [0.5, 0.5]])).label.tolist()
    [0, -1]
    """
    top = row_max(posterior)
    label, width = row_best(posterior, top * (1 - TIE))
    label[width > 1] = -1
    if answers is not None:
        label[answers == 0] = -1
        width = np.where(answers == 0, 0, width)
    rows = np.flatnonzero(width > 1)
    place, code = np.nonzero(posterior[rows] >= (top[rows] * (1 - TIE))[:, None])
    ties = Ties(rows[place], code.astype(np.int32))
    return Picked(label, top if answers is None else np.where(answers == 0, np.nan, top), ties)


def shares(right: Floats, answers: Codes) -> tuple[Figure, ...]:
    """For each annotator `right` of `answers` with Wilson's interval; `right` may be an expected count.

    >>> (one,) = shares(np.array([2.5]), np.array([4]))
    >>> one.value, round(one.low or 0, 3), round(one.high or 0, 3), one.n
    (0.625, 0.219, 0.908, 4)
    """
    return tuple(_share(min(x, n), n) for x, n in zip(right.tolist(), answers.tolist(), strict=True))


def _share(right: float, n: int) -> Figure:
    if n == 0:
        return Figure(None, why=NO_ANSWERS)
    low, high = wilson(max(right, 0.0), n)
    return Figure(max(right, 0.0) / n, low, high, n)


def answers_per_annotator(columns: Columns) -> Codes:
    """How many answers each annotator gave.

    >>> from guiju.stats.columns import encode
    >>> table = encode([1, 1, 2, 2], ["a", "b", "b", "c"], ["x", "x", "x", "y"])
    >>> answers_per_annotator(table).tolist()
    [1, 2, 1]
    """
    return np.bincount(columns.annotator, minlength=len(columns.annotators))
