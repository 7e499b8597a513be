"""Precision, recall and F1 from counts, one class or thousands, one sample or a thousand resamples.

Formula: tp found and right, p predicted, t true:  precision = tp / p, recall = tp / t, F1 = 2 tp / (p + t)
    micro: the same of the sums over classes; macro: the mean over classes; weighted: the mean weighted by t
    interval of a class's F1: of the u = p + t - tp items that are or are said to be of the class, tp are both, which
    is binomial with J = tp / u; F1 = 2 J / (1 + J) rises with J, so Wilson's interval of J gives that of F1
Assumes: nothing; where a denominator is 0 the figure does not exist (NaN here, `None` with its reason outside).
Source: van Rijsbergen, Information Retrieval (1979), ISBN 0-408-70929-4; Sokolova & Lapalme 2009,
    doi:10.1016/j.ipm.2009.03.002.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from guiju.kit import N_
from guiju.stats.columns import Floats
from guiju.stats.figure import ANALYTIC, Figure, figure
from guiju.stats.intervals import wilson

NEVER_PREDICTED = N_("It is never predicted, so there is no telling how often its predictions are right.")
NEVER_TRUE = N_("No right answer is of this kind, so there is no telling how many would be found.")
NOTHING_EITHER_WAY = N_("Neither right answers nor predictions hold any label.")


class Counts(NamedTuple):
    """Right, predicted and true ones; the last axis are the classes, those before it resamples."""

    right: Floats
    predicted: Floats
    true: Floats

    def summed(self) -> "Counts":
        return Counts(*(one.sum(axis=-1) for one in self))


class Rates(NamedTuple):
    """NaN where there is none."""

    precision: Floats
    recall: Floats
    f1: Floats


@dataclass(frozen=True, slots=True)
class Average:
    """Precision, recall and F1 averaged over classes, each with a bootstrap interval over items."""

    precision: Figure
    recall: Figure
    f1: Figure

    def to_dict(self) -> dict[str, object]:
        return {"precision": self.precision.to_dict(), "recall": self.recall.to_dict(), "f1": self.f1.to_dict()}


def rates(counts: Counts) -> Rates:
    """Of each class; NaN where the denominator is 0.

    >>> rates(Counts(np.array([4.0, 0]), np.array([5.0, 0]), np.array([8.0, 2]))).precision.tolist()
    [0.8, nan]
    """
    return Rates(
        _divided(counts.right, counts.predicted),
        _divided(counts.right, counts.true),
        _divided(2 * counts.right, counts.predicted + counts.true),
    )


def macro(counts: Counts) -> Rates:
    """The mean over the classes where the figure exists.

    >>> float(macro(Counts(np.array([4.0, 0]), np.array([5.0, 0]), np.array([8.0, 2]))).recall)
    0.25
    """
    return Rates(*(_mean(one, np.ones_like(one)) for one in rates(counts)))


def weighted(counts: Counts) -> Rates:
    """The mean weighted by true ones, over the classes where the figure exists.

    >>> float(weighted(Counts(np.array([4.0, 0]), np.array([5.0, 0]), np.array([8.0, 2]))).recall)
    0.4
    """
    return Rates(*(_mean(one, counts.true) for one in rates(counts)))


def average(point: Rates, replicates: Rates, n: int) -> Average:
    """Figures with percentile intervals; the reason where there is none.

    >>> point = Rates(np.array(0.5), np.array(0.4), np.array(np.nan))
    >>> found = average(point, Rates(*[np.linspace(0, 1, 101)] * 3), 20)
    >>> found.precision.interval, found.f1.value
    ([0.025, 0.975], None)
    """
    whys = (NEVER_PREDICTED, NEVER_TRUE, NOTHING_EITHER_WAY)
    three = (_figure(float(p), r, n, why) for p, r, why in zip(point, replicates, whys, strict=True))
    return Average(*three)


def _figure(value: float, replicates: Floats, n: int, why: str) -> Figure:
    return Figure(None, n=n, why=why) if np.isnan(value) else bootstrapped(value, replicates, n)


def bootstrapped(value: float, replicates: Floats, n: int) -> Figure:
    """`value` with its percentile interval; none where all resamples are alike.

    From ten items all of which are right no resample can show an error: the bootstrap is blind there, not certain.

    >>> bootstrapped(1.0, np.ones(1000), 10).interval, bootstrapped(0.5, np.linspace(0, 1, 101), 10).interval
    (None, [0.025, 0.975])
    """
    existing = replicates[~np.isnan(replicates)]
    blind = not existing.size or existing.max() - existing.min() < 1e-12
    return Figure(float(value), n=n) if blind else figure(value, existing, n)


def f1_of(right: float, predicted: float, true: float) -> Figure:
    """F1 of one class with its interval over the items that are, or are said to be, of the class.

    >>> f1_of(3, 5, 4).written, f1_of(0, 1, 1).written, f1_of(0, 0, 0).value
    ('.667 (.316 – .896)', '.000 (.000 – .793)', None)
    """
    union = int(predicted + true - right)
    if union == 0:
        return Figure(None, why=NOTHING_EITHER_WAY)
    low, high = wilson(right, union)
    return Figure(
        float(2 * right / (predicted + true)), 2 * low / (1 + low), 2 * high / (1 + high), union, how=ANALYTIC
    )


def share(right: float, of: float, why: str) -> Figure:
    """`right` of `of` with Wilson's interval (Wilson 1927, doi:10.1080/01621459.1927.10502953), or why there is none.

    >>> share(8, 10, NEVER_TRUE).value, share(0, 0, NEVER_TRUE).value
    (0.8, None)
    """
    if of == 0:
        return Figure(None, why=why)
    low, high = wilson(right, int(of))
    return Figure(float(right / of), low, high, int(of), how=ANALYTIC)


def _divided(over: Floats, under: Floats) -> Floats:
    return np.divide(over, under, out=np.full(np.shape(over), np.nan), where=under > 0)


def _mean(values: Floats, weights: Floats) -> Floats:
    exists = ~np.isnan(values)
    total = np.where(exists, weights, 0.0).sum(axis=-1)
    return _divided(np.where(exists, values * weights, 0.0).sum(axis=-1), total)
