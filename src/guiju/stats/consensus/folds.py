"""Hiding answers from a model to see whether it can say what they were.

Formula: the answers to each item are dealt to F folds in a random order from a random fold on, so that each fold takes
at most ceil(m / F) of an item's m answers. For each fold the model is fitted on the rest, and gives the log-probability
of each hidden answer; an item with one answer keeps it. A model's score is the mean over hidden answers, in nats. Two
models are compared on the same answers: d = mean of the differences, with the larger of two standard errors, answers
to one item taken together and answers of one annotator taken together,
    se = sqrt(sum_g (sum of the group's differences - n_g d)^2) / n.
Assumes: answers of different items (annotators) are independent. Folds share most of their training answers, so the
interval is somewhat too short: a difference at its edge is not to be leant on.
Source: Stone 1974, doi:10.1111/j.2517-6161.1974.tb00994.x; Gneiting & Raftery 2007, doi:10.1198/016214506000001437 (the
logarithmic score); Cameron & Miller 2015, doi:10.3368/jhr.50.2.317 (errors in groups).
"""

from collections.abc import Iterator
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from guiju.kit import N_
from guiju.stats.columns import Codes, Columns, Floats
from guiju.stats.consensus.errors import BadSetting
from guiju.stats.consensus.methods import HeldOut
from guiju.stats.figure import Figure

NEVER = -1
_Z = NormalDist().inv_cdf(0.975)


def deal(columns: Columns, folds: int, seed: int) -> NDArray[np.int64]:
    """The fold of each row; -1 for the only answer of an item, which is never hidden.

    Raises `BadSetting`.

    >>> from guiju.stats.columns import encode
    >>> sorted(deal(encode([1, 1, 1, 2], ["a", "b", "c", "a"], ["x", "y", "y", "x"]), folds=3, seed=0).tolist())
    [-1, 0, 1, 2]
    """
    if folds < 2:
        raise BadSetting(setting=N_("number of folds"), value=folds, wanted=N_("2 or more"))
    rng = np.random.default_rng(seed)
    answers = columns.answers_per_item
    shuffled = np.lexsort((rng.random(len(columns)), columns.item))
    rank = np.empty(len(columns), np.int64)
    rank[shuffled] = np.arange(len(columns)) - np.repeat(np.cumsum(answers) - answers, answers)
    fold = (rank + rng.integers(0, folds, len(columns.items))[columns.item]) % folds
    fold[answers[columns.item] < 2] = NEVER
    return fold


class Hidden(NamedTuple):
    """The answers a model sees and those it does not; names and codes are the same in both."""

    training: Columns
    hidden: Columns
    rows: NDArray[np.bool_]


def hidings(columns: Columns, fold: NDArray[np.int64], rounds: int) -> Iterator[Hidden]:
    """The first `rounds` folds, each hidden once.

    >>> from guiju.stats.columns import encode
    >>> table = encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])
    >>> [len(one.hidden) for one in hidings(table, deal(table, folds=2, seed=0), rounds=2)]
    [2, 2]
    """
    for number in range(rounds):
        rows = fold == number
        yield Hidden(_only(columns, ~rows), _only(columns, rows), rows)


def _only(columns: Columns, rows: NDArray[np.bool_]) -> Columns:
    kept = columns.item[rows], columns.annotator[rows], columns.label[rows]
    return Columns(columns.items, columns.annotators, columns.labels, *kept)


def scores(columns: Columns, held_out: HeldOut, fold: NDArray[np.int64], rounds: int, seed: int) -> Floats:
    """The log-probability of each answer when it was hidden, in nats; NaN for rows that never were.

    >>> from guiju.stats.columns import encode
    >>> table = encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])
    >>> guess = lambda training, hidden, seed: np.full(len(hidden), -0.7)
    >>> found = scores(table, guess, deal(table, folds=2, seed=0), rounds=1, seed=0)
    >>> float(np.nanmean(found)), int(np.isnan(found).sum())
    (-0.7, 2)
    """
    found = np.full(len(columns), np.nan)
    for one in hidings(columns, fold, rounds):
        found[one.rows] = held_out(one.training, one.hidden, seed)
    return found


def compare(columns: Columns, better: Floats, worse: Floats) -> Figure:
    """The mean of `better` - `worse` over the answers that both have, with its 95% interval and their number.

    >>> from guiju.stats.columns import encode
    >>> table = encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])
    >>> found = compare(table, np.array([-0.1, -0.2, -0.1, -0.4]), np.full(4, -0.7))
    >>> round(found.value or 0, 3), round(found.low or 0, 3), round(found.high or 0, 3), found.n
    (0.5, 0.361, 0.639, 4)
    """
    rows = ~(np.isnan(better) | np.isnan(worse))
    difference = (better - worse)[rows]
    if not difference.size:
        return Figure(None)
    mean = float(difference.mean())
    deviation = difference - mean
    half = _Z * max(_error(deviation, columns.item[rows]), _error(deviation, columns.annotator[rows]))
    return Figure(mean, mean - half, mean + half, len(difference))


def _error(deviation: Floats, group: Codes) -> float:
    return sqrt(float((np.bincount(group, weights=deviation) ** 2).sum())) / len(deviation)
