"""A model's classes against the right ones: per class, on average, and beyond chance.

Formula: n_ij items truly i predicted as j, t_i and p_i the row and column sums, n all, c = sum_i n_ii:
    accuracy = c / n (it is micro precision, recall and F1 as well); precision_i = n_ii / p_i; recall_i = n_ii / t_i;
    F1_i = 2 n_ii / (t_i + p_i); macro and weighted averages as in `counts`; macro recall is the balanced accuracy
    Cohen's kappa = (n c - sum_i t_i p_i) / (n^2 - sum_i t_i p_i)
    MCC = (n c - sum_i t_i p_i) / sqrt((n^2 - sum p_i^2) (n^2 - sum t_i^2))
    intervals: Wilson for accuracy, precision, recall and, by way of the union, F1 of a class (see `counts`); for the
    rest percentile bootstrap over items, drawn as a multinomial over the cells of the table, which is the same
Assumes: items are a random sample of those the model will meet, and the right answers are right.
Source: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002; Cohen 1960, doi:10.1177/001316446002000104; Gorodkin
    2004, doi:10.1016/j.compbiolchem.2004.09.006 (MCC of many classes); Wilson 1927,
    doi:10.1080/01621459.1927.10502953; Efron 1979, doi:10.1214/aos/1176344552.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Floats, in_order, is_missing
from guiju.stats.figure import Figure, short
from guiju.stats.scores.counts import (
    NEVER_PREDICTED,
    NEVER_TRUE,
    Average,
    Counts,
    Rates,
    average,
    bootstrapped,
    f1_of,
    macro,
    share,
    weighted,
)
from guiju.stats.scores.errors import MissingAnswer, NothingToScore, TooManyClasses, UnevenAnswers

REPLICATES = 1_000
_CELLS = 4_000_000
_MOST_CLASSES = 20_000
_MOST_IN_TABLE = 5_000

ONE_CLASS = N_("Right answers or predictions are all of one class, so being right cannot be told from chance.")
_ACCURACY = N_(
    "{right} of {n} predictions are right: {accuracy}. Had other items been drawn, it could as well be {low} to {high}."
)
_MACRO = N_(
    "Every class counting the same, F1 is {macro}. Of the classes, “{worst}” does worst: F1 is {f1} on {support} items."
)
_NOT = N_(
    "It does not say how the model does on other kinds of items, and a wrong “right answer” counts against the model."
)


@dataclass(frozen=True, slots=True)
class ClassScore:
    """One class: how many are truly it and predicted to be, and the three figures."""

    label: Hashable
    support: int
    predicted: int
    right: int
    precision: Figure
    recall: Figure
    f1: Figure

    def to_dict(self) -> dict[str, object]:
        return {
            "label": str(self.label),
            "support": self.support,
            "predicted": self.predicted,
            "right": self.right,
            "precision": self.precision.to_dict(),
            "recall": self.recall.to_dict(),
            "f1": self.f1.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Cell:
    """Items truly `truth` that were predicted as `predicted`."""

    truth: Hashable
    predicted: Hashable
    count: int


@dataclass(frozen=True, slots=True)
class ClassificationReport:
    """All figures of one table; `cells` are the occurring pairs of right and predicted class."""

    n: int
    accuracy: Figure
    macro: Average
    weighted: Average
    kappa: Figure
    mcc: Figure
    classes: tuple[ClassScore, ...]
    cells: tuple[Cell, ...]

    def matrix(self) -> Codes:
        """The whole table, rows the right classes in the order of `classes`. Raises `TooManyClasses` over 5,000."""
        if len(self.classes) > _MOST_IN_TABLE:
            raise TooManyClasses(classes=len(self.classes))
        place = {one.label: code for code, one in enumerate(self.classes)}
        table = np.zeros((len(place), len(place)), np.int64)
        for cell in self.cells:
            table[place[cell.truth], place[cell.predicted]] = cell.count
        return table

    def confusions(self) -> tuple[Cell, ...]:
        """The wrong cells, the most frequent first."""
        return tuple(sorted((c for c in self.cells if c.truth != c.predicted), key=lambda cell: -cell.count))

    def to_dict(self) -> dict[str, object]:
        return {
            "n": self.n,
            "accuracy": self.accuracy.to_dict(),
            "macro": self.macro.to_dict(),
            "weighted": self.weighted.to_dict(),
            "kappa": self.kappa.to_dict(),
            "mcc": self.mcc.to_dict(),
            "classes": [one.to_dict() for one in self.classes],
            "cells": [[str(cell.truth), str(cell.predicted), cell.count] for cell in self.cells],
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        right = sum(one.right for one in self.classes)
        ends = {"low": short(self.accuracy.low or 0.0), "high": short(self.accuracy.high or 0.0)}
        worst = min(self.classes, key=lambda one: one.f1.value or 0.0)
        told = {"worst": worst.label, "f1": short(worst.f1.value or 0.0), "support": worst.support}
        return (
            Sentence(_ACCURACY, {"right": right, "n": self.n, "accuracy": short(self.accuracy.value or 0.0), **ends}),
            Sentence(_MACRO, {"macro": short(self.macro.f1.value or 0.0), **told}),
            Sentence(_NOT),
        )


def classification_report(
    truth: Sequence[Hashable] | NDArray[Any], predicted: Sequence[Hashable] | NDArray[Any], seed: int = 0
) -> ClassificationReport:
    """Every figure of n `predicted` classes against the `truth`; classes are those that occur on either side.

    Where a figure does not exist (a class never predicted) its value is `None` with the reason, and averages leave it
    out. Over 20,000 classes averages, kappa and MCC have no intervals.
    Raises `UnevenAnswers`, `NothingToScore`, `MissingAnswer`.

    >>> truth, predicted = [*"aaaaabbbbc"], [*"aaaabbbbab"]
    >>> found = classification_report(truth, predicted)
    >>> round(found.accuracy.value, 3), round(found.macro.f1.value, 3), round(found.kappa.value, 3)
    (0.7, 0.489, 0.455)
    >>> [(one.label, round(one.f1.value, 3), one.precision.value) for one in found.classes]
    [('a', 0.8, 0.8), ('b', 0.667, 0.6), ('c', 0.0, None)]
    """
    table = _table(truth, predicted)
    n = int(table.count.sum())
    whole = _scored(table, table.count[None, :].astype(np.float64))
    drawn = _resampled(table, n, seed)
    counts = Counts(*(one[0] for one in whole.counts))
    right = float(counts.right.sum())
    return ClassificationReport(
        n=n,
        accuracy=share(right, n, NEVER_TRUE),
        macro=average(Rates(*(one[0] for one in whole.macro)), drawn.macro, n),
        weighted=average(Rates(*(one[0] for one in whole.weighted)), drawn.weighted, n),
        kappa=_beyond(float(whole.kappa[0]), drawn.kappa, n),
        mcc=_beyond(float(whole.mcc[0]), drawn.mcc, n),
        classes=tuple(_classes(table, counts)),
        cells=tuple(
            Cell(table.labels[t], table.labels[p], int(c))
            for t, p, c in zip(table.truth, table.predicted, table.count, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The occurring cells, as codes into `labels`."""

    labels: tuple[Hashable, ...]
    truth: Codes
    predicted: Codes
    count: Codes


class _Scored(NamedTuple):
    """Figures of each row of cell counts."""

    counts: Counts
    macro: Rates
    weighted: Rates
    kappa: Floats
    mcc: Floats


def _coded(values: Sequence[Hashable] | NDArray[Any], what: str) -> list[Hashable]:
    """`values` as a list, refused if one is missing."""
    found: list[Hashable] = values.tolist() if isinstance(values, np.ndarray) else list(values)
    for row, value in enumerate(found):
        if is_missing(value):
            raise MissingAnswer(row=row, what=what)
    return found


def _table(truth: Sequence[Hashable] | NDArray[Any], predicted: Sequence[Hashable] | NDArray[Any]) -> _Table:
    if len(truth) != len(predicted):
        raise UnevenAnswers(truth=len(truth), predicted=len(predicted))
    if len(truth) == 0:
        raise NothingToScore
    labels, right, said = _both_coded(truth, predicted)
    cell, count = np.unique(right * len(labels) + said, return_counts=True)
    return _Table(labels, cell // len(labels), cell % len(labels), count)


def _both_coded(
    truth: Sequence[Hashable] | NDArray[Any], predicted: Sequence[Hashable] | NDArray[Any]
) -> tuple[tuple[Hashable, ...], Codes, Codes]:
    if isinstance(truth, np.ndarray) and isinstance(predicted, np.ndarray) and _whole(truth) and _whole(predicted):
        numbers, place = np.unique(np.concatenate([truth, predicted]), return_inverse=True)
        return tuple(numbers.tolist()), place[: len(truth)], place[len(truth) :]
    one, other = _coded(truth, N_("right answer")), _coded(predicted, N_("prediction"))
    labels = tuple(in_order({*one, *other}))
    code = {label: number for number, label in enumerate(labels)}
    return labels, np.array([code[label] for label in one]), np.array([code[label] for label in other])


def _whole(values: NDArray[Any]) -> bool:
    return values.dtype.kind == "i"


def _scored(table: _Table, weights: Floats) -> _Scored:
    counts = Counts(
        _sums(weights * (table.truth == table.predicted), table.truth, len(table.labels)),
        _sums(weights, table.predicted, len(table.labels)),
        _sums(weights, table.truth, len(table.labels)),
    )
    n, right = weights.sum(axis=1), counts.right.sum(axis=1)
    chance = (counts.true * counts.predicted).sum(axis=1)
    spread = (np.square(n) - np.square(counts.predicted).sum(axis=1)) * (
        np.square(n) - np.square(counts.true).sum(axis=1)
    )
    missing = np.full(len(n), np.nan)
    gain = n * right - chance
    kappa = np.divide(gain, np.square(n) - chance, out=missing.copy(), where=np.square(n) > chance)
    mcc = np.divide(gain, np.sqrt(np.maximum(spread, 0)), out=missing, where=spread > 0)
    return _Scored(counts, macro(counts), weighted(counts), kappa, mcc)


def _sums(weights: Floats, codes: Codes, classes: int) -> Floats:
    rows = np.arange(len(weights))[:, None] * classes
    flat = np.bincount((rows + codes).ravel(), weights.ravel(), len(weights) * classes).astype(np.float64)
    return flat.reshape(len(weights), classes)


def _resampled(table: _Table, n: int, seed: int) -> _Scored:
    rng = np.random.default_rng(seed)
    # Over so many classes a thousand resamples would take minutes: none are drawn, and no interval is given.
    replicates = REPLICATES if len(table.labels) <= _MOST_CLASSES else 0
    step = max(1, min(replicates, _CELLS // max(len(table.count), len(table.labels))))
    sizes = [min(step, replicates - begin) for begin in range(0, max(1, replicates), step)]
    return _joined([_scored(table, rng.multinomial(n, table.count / n, size).astype(np.float64)) for size in sizes])


def _joined(parts: list[_Scored]) -> _Scored:
    return _Scored(
        parts[0].counts,
        _joined_rates([part.macro for part in parts]),
        _joined_rates([part.weighted for part in parts]),
        np.concatenate([part.kappa for part in parts]),
        np.concatenate([part.mcc for part in parts]),
    )


def _joined_rates(parts: list[Rates]) -> Rates:
    return Rates(*(np.concatenate([part[axis] for part in parts]) for axis in range(3)))


def _classes(table: _Table, counts: Counts) -> list[ClassScore]:
    return [
        ClassScore(
            label=label,
            support=int(counts.true[k]),
            predicted=int(counts.predicted[k]),
            right=int(counts.right[k]),
            precision=share(counts.right[k], counts.predicted[k], NEVER_PREDICTED),
            recall=share(counts.right[k], counts.true[k], NEVER_TRUE),
            f1=f1_of(counts.right[k], counts.predicted[k], counts.true[k]),
        )
        for k, label in enumerate(table.labels)
    ]


def _beyond(value: float, replicates: Floats, n: int) -> Figure:
    return Figure(None, n=n, why=ONE_CLASS) if np.isnan(value) else bootstrapped(value, replicates, n)
