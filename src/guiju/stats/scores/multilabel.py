"""A model's sets of labels against the right ones: an item may have several labels, or none.

Formula: T_i the right labels of item i, P_i the predicted, per label as in `counts` (an item counts for each label):
    exact match = share of items with P_i = T_i        Hamming loss = sum_i |T_i xor P_i| / (n L), L labels that occur
    Jaccard = mean over items of |T_i and P_i| / |T_i or P_i|, 1 where both are empty
    micro, macro, weighted precision, recall and F1 as in `counts`
    intervals: Wilson for exact match and for each label's figures; else percentile bootstrap over items
Assumes: items are a random sample of those the model will meet. Wilson's for micro figures would be too narrow, because
    the labels of one item go together: hence the bootstrap.
Source: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002; Wilson 1927, doi:10.1080/01621459.1927.10502953; Efron
    1979, doi:10.1214/aos/1176344552.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Floats, in_order
from guiju.stats.figure import Figure, short
from guiju.stats.scores.classification import REPLICATES, ClassScore
from guiju.stats.scores.counts import (
    NEVER_PREDICTED,
    NEVER_TRUE,
    Average,
    Counts,
    average,
    bootstrapped,
    f1_of,
    macro,
    rates,
    share,
    weighted,
)
from guiju.stats.scores.errors import NothingToScore, UnevenAnswers

_CELLS = 4_000_000

NO_LABEL = N_("No item has a label on either side, so there is nothing that could be missed.")
_EXACT = N_("{right} of {n} items have exactly the right labels: {exact} (interval {low} to {high}).")
_MICRO = N_("Label by label, {precision} of what is predicted is right, and {recall} of what is right is predicted.")
_NOT = N_("An item with one label too many counts as wrong in the first figure, and as mostly right in the second.")


@dataclass(frozen=True, slots=True)
class MultilabelReport:
    """All figures over n items with sets of labels."""

    n: int
    exact: Figure
    jaccard: Figure
    hamming: Figure
    micro: Average
    macro: Average
    weighted: Average
    classes: tuple[ClassScore, ...]

    def to_dict(self) -> dict[str, object]:
        return {
            "n": self.n,
            "exact": self.exact.to_dict(),
            "jaccard": self.jaccard.to_dict(),
            "hamming": self.hamming.to_dict(),
            "micro": self.micro.to_dict(),
            "macro": self.macro.to_dict(),
            "weighted": self.weighted.to_dict(),
            "classes": [one.to_dict() for one in self.classes],
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        exact = self.exact.value or 0.0
        ends = {"low": short(self.exact.low or 0.0), "high": short(self.exact.high or 0.0)}
        told = {"right": round(exact * self.n), "n": self.n, "exact": short(exact), **ends}
        both = {"precision": self.micro.precision.written, "recall": self.micro.recall.written}
        return (Sentence(_EXACT, told), Sentence(_MICRO, both), Sentence(_NOT))


def multilabel_report(
    truth: Sequence[Collection[Hashable]], predicted: Sequence[Collection[Hashable]], seed: int = 0
) -> MultilabelReport:
    """Every figure of n `predicted` sets of labels against the `truth`; an empty set is an answer too.

    Raises `UnevenAnswers`, `NothingToScore`.

    >>> truth = [{"rain", "night"}, {"rain"}, set(), {"night"}]
    >>> predicted = [{"rain"}, {"rain"}, set(), {"rain", "night"}]
    >>> found = multilabel_report(truth, predicted)
    >>> found.exact.value, found.jaccard.value, round(found.micro.f1.value, 3), round(found.hamming.value, 3)
    (0.5, 0.75, 0.75, 0.25)
    """
    if len(truth) != len(predicted):
        raise UnevenAnswers(truth=len(truth), predicted=len(predicted))
    if not truth:
        raise NothingToScore
    kinds = Counter((frozenset(t), frozenset(p)) for t, p in zip(truth, predicted, strict=True))
    patterns = _Patterns.of(kinds)
    whole = patterns.counted(patterns.weight[None, :].astype(np.float64))
    drawn = patterns.resampled(seed)
    point = Counts(*(one[0] for one in whole))
    n = int(patterns.weight.sum())
    micro_point, micro_drawn = rates(point.summed()), rates(drawn.summed())
    return MultilabelReport(
        n=n,
        exact=share(float(patterns.weight @ (patterns.wrong == 0)), n, NEVER_TRUE),
        jaccard=patterns.mean(patterns.jaccard, seed),
        hamming=_hamming(patterns, seed),
        micro=average(micro_point, micro_drawn, n),
        macro=average(macro(point), macro(drawn), n),
        weighted=average(weighted(point), weighted(drawn), n),
        classes=_classes(patterns, point),
    )


class _Patterns(NamedTuple):
    """Items with the same two sets of labels are one pattern; the last three are (pattern, label) rows."""

    labels: tuple[Hashable, ...]
    weight: Codes
    wrong: Codes
    jaccard: Floats
    right: tuple[Codes, Codes]
    predicted: tuple[Codes, Codes]
    true: tuple[Codes, Codes]

    @classmethod
    def of(cls, kinds: Counter[tuple[frozenset[Hashable], frozenset[Hashable]]]) -> "_Patterns":
        labels = tuple(in_order({label for pair in kinds for side in pair for label in side}))
        code = {label: number for number, label in enumerate(labels)}

        def members(sets: list[frozenset[Hashable]]) -> tuple[Codes, Codes]:
            pairs = [(row, code[label]) for row, one in enumerate(sets) for label in one]
            both = np.array(sorted(pairs), np.int64).reshape(-1, 2)
            return both[:, 0], both[:, 1]

        # Sorted, so that the same answers draw the same resamples whatever order a set came in.
        ordered = sorted(kinds, key=lambda pair: [sorted(code[label] for label in side) for side in pair])
        true, said = [pair[0] for pair in ordered], [pair[1] for pair in ordered]
        either = np.array([len(t | p) for t, p in ordered], np.float64)
        both = np.array([len(t & p) for t, p in ordered], np.float64)
        return cls(
            labels,
            np.array([kinds[pair] for pair in ordered], np.int64),
            np.array([len(t ^ p) for t, p in ordered], np.int64),
            np.divide(both, either, out=np.ones(len(ordered)), where=either > 0),
            members([t & p for t, p in ordered]),
            members(said),
            members(true),
        )

    def counted(self, weights: Floats) -> Counts:
        """Counts of each label for each row of pattern weights."""
        return Counts(*(self._sums(weights, *one) for one in (self.right, self.predicted, self.true)))

    def _sums(self, weights: Floats, pattern: Codes, label: Codes) -> Floats:
        rows, width = np.arange(len(weights))[:, None] * len(self.labels), len(weights) * len(self.labels)
        flat = np.bincount((rows + label).ravel(), weights[:, pattern].ravel(), width).astype(np.float64)
        return flat.reshape(len(weights), len(self.labels))

    def draws(self, seed: int) -> list[Floats]:
        """Pattern weights of 1,000 resamples, in parts that fit in memory."""
        rng, n = np.random.default_rng(seed), int(self.weight.sum())
        step = max(1, min(REPLICATES, _CELLS // max(len(self.weight), len(self.labels), len(self.true[0]), 1)))
        sizes = [min(step, REPLICATES - begin) for begin in range(0, REPLICATES, step)]
        return [rng.multinomial(n, self.weight / n, size).astype(np.float64) for size in sizes]

    def resampled(self, seed: int) -> Counts:
        parts = [self.counted(weights) for weights in self.draws(seed)]
        return Counts(*(np.concatenate([part[axis] for part in parts]) for axis in range(3)))

    def mean(self, of: Floats, seed: int) -> Figure:
        n = int(self.weight.sum())
        drawn = np.concatenate([weights @ of / n for weights in self.draws(seed)])
        return bootstrapped(float(self.weight @ of / n), drawn, n)


def _hamming(patterns: _Patterns, seed: int) -> Figure:
    if not patterns.labels:
        return Figure(None, n=int(patterns.weight.sum()), why=NO_LABEL)
    return patterns.mean(patterns.wrong / len(patterns.labels), seed)


def _classes(patterns: _Patterns, counts: Counts) -> tuple[ClassScore, ...]:
    return tuple(
        ClassScore(
            label=label,
            support=int(counts.true[k]),
            predicted=int(counts.predicted[k]),
            right=int(counts.right[k]),
            precision=share(counts.right[k], counts.predicted[k], NEVER_PREDICTED),
            recall=share(counts.right[k], counts.true[k], NEVER_TRUE),
            f1=f1_of(counts.right[k], counts.predicted[k], counts.true[k]),
        )
        for k, label in enumerate(patterns.labels)
    )
