"""Which method to trust on these answers: does the richer model earn its parameters here, or does the majority?

Formula: the methods are asked from the simplest on. A richer one takes the place of the best so far only if it is
better by more than chance:
    with gold (30 items or more): exact McNemar test on the items where one is right and the other wrong, two-sided
    p < .05; a tie of k labels is 1/k right, differences are summed and rounded toward none;
    without: the 95% interval of the difference in mean log-probability of hidden answers lies above 0 (see `folds`);
    the majority is then the one-coin model in which everybody has the same accuracy.
Assumes: gold is right, was not used to fit, and its items are like the others. Without gold: who predicts the answers
of others better also knows the truth better, which a mistake shared by many annotators can belie.
Source: McNemar 1947, doi:10.1007/BF02295996; Zheng, Li, Li, Shan & Cheng 2017, doi:10.14778/3055540.3055547 (no method
wins everywhere, and the majority often stands up to the richer ones); for hidden answers see `folds`.
"""

from collections.abc import Callable, Mapping, Sequence
from math import ceil, floor, sqrt
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from guiju.kit import N_, Refusal, Sentence
from guiju.stats.columns import Columns, Floats
from guiju.stats.consensus.advice import Comparison, Trust, because
from guiju.stats.consensus.checks import demand_answers, demand_comparable
from guiju.stats.consensus.errors import BadSetting
from guiju.stats.consensus.folds import compare, deal, scores
from guiju.stats.consensus.methods import Method, get_method
from guiju.stats.figure import Figure

METHODS_COMPARED = ("majority", "one-coin", "dawid-skene")
LEAST_GOLD = 30
MANY_ANSWERS = 1_000_000
"""Beyond so many answers one fold is hidden, not all: it has answers enough to tell."""


class _Trial(NamedTuple):
    """One method's figures for each item (gold) or answer (hidden): what two methods are compared by."""

    method: str
    values: Floats | None
    refused: Sentence | None = None


_Judge: TypeAlias = Callable[[str, Floats, Floats], Comparison]


def recommend(
    columns: Columns,
    gold: Mapping[Any, Any] | None = None,
    *,
    methods: Sequence[str] = METHODS_COMPARED,
    seed: int = 0,
    folds: int = 5,
) -> Trust:
    """The method to trust among `methods` (simplest first): by `gold` from 30 items on, else by hiding answers.

    A method that refuses these answers is left out, and says so. Raises `NothingToResolve`, `UnknownMethod`,
    `BadSetting`.

    >>> import numpy as np
    >>> from guiju.stats.columns import from_codes
    >>> rng = np.random.default_rng(1)
    >>> truth = np.repeat(rng.integers(0, 3, 200), 5)
    >>> good = np.tile([1.0, 1.0, 0.1, 0.1, 0.1], 200)
    >>> label = np.where(rng.random(1000) < good, truth, rng.integers(0, 3, 1000))
    >>> recommend(from_codes(np.repeat(np.arange(200), 5), np.tile(np.arange(5), 200), label)).recommended
    'one-coin'
    """
    demand_answers(columns)
    if not methods:
        raise BadSetting(setting=N_("number of methods"), value=0, wanted=N_("1 or more"))
    asked = [get_method(name) for name in methods]
    if gold is not None and sum(item in gold for item in columns.items) >= LEAST_GOLD:
        return _by_gold(columns, gold, asked, seed)
    return _by_hiding(columns, asked, seed, folds)


def _by_gold(columns: Columns, gold: Mapping[Any, Any], asked: Sequence[Method], seed: int) -> Trust:
    trials = [_tried(method, lambda one: one.fit(columns, seed).credit(gold)) for method in asked]
    return _advised("gold", trials, _judge_gold, columns)


def _by_hiding(columns: Columns, asked: Sequence[Method], seed: int, folds: int) -> Trust:
    fold = deal(columns, folds, seed)
    rounds = folds if len(columns) <= MANY_ANSWERS else 1

    def hide(method: Method) -> Floats | None:
        demand_comparable(columns)
        return None if method.held_out is None else scores(columns, method.held_out, fold, rounds, seed)

    def judge(method: str, values: Floats, base: Floats) -> Comparison:
        found = compare(columns, values, base)
        low, high = found.low or 0.0, found.high or 0.0
        return Comparison(method, float(np.nanmean(values)), found, better=low > 0, worse=high < 0)

    return _advised("hidden-answers", [_tried(method, hide) for method in asked], judge, columns)


def _tried(method: Method, figures: Callable[[Method], Floats | None]) -> _Trial:
    try:
        values = figures(method)
    except Refusal as refusal:
        return _Trial(method.name, None, Sentence(refusal.sentence, refusal.details))
    unasked = Sentence(
        N_("{method} does not foretell answers; only items with a known answer can judge it."), {"method": method.name}
    )
    return _Trial(method.name, values, unasked if values is None else None)


def _judge_gold(method: str, values: Floats, base: Floats) -> Comparison:
    difference = values - base
    up, down = float(difference[difference > 0].sum()), float(-difference[difference < 0].sum())
    p = mcnemar(up, down)
    found, clear = _mean(difference), p < 0.05
    score = float(values.mean())
    return Comparison(method, score, found, better=clear and up > down, worse=clear and up < down, p=p)


def _mean(difference: Floats) -> Figure:
    """The mean difference with its 95% interval by the normal approximation."""
    mean, n = float(difference.mean()), len(difference)
    half = 1.96 * sqrt(float(((difference - mean) ** 2).sum())) / n
    return Figure(mean, max(-1.0, mean - half), min(1.0, mean + half), n)


def mcnemar(only_first: float, only_second: float) -> float:
    """Two-sided exact p that two methods are right equally often, by the items on which just one of them is.

    The larger count is rounded down and the smaller up (ties split leave fractions): never toward a difference.

    >>> round(mcnemar(9, 1), 4)
    0.0215
    """
    more, less = floor(max(only_first, only_second)), ceil(min(only_first, only_second))
    if more <= less:
        return 1.0
    from scipy.special import bdtr  # noqa: PLC0415 - heavy: only this test needs it

    return min(1.0, 2 * float(bdtr(less, more + less, 0.5)))


def _advised(basis: str, trials: Sequence[_Trial], judge: _Judge, columns: Columns) -> Trust:
    """The best so far stays until a richer one is better by more than chance."""
    best, first = trials[0], trials[0]
    for trial in trials[1:]:
        if trial.values is not None and (best.values is None or judge(trial.method, trial.values, best.values).better):
            best = trial
    comparisons = tuple(_beside(trial, first, judge) for trial in trials)
    chosen = comparisons[trials.index(best)]
    return Trust(best.method, because(basis, chosen, comparisons, columns), basis, comparisons)


def _beside(trial: _Trial, first: _Trial, judge: _Judge) -> Comparison:
    if trial.values is None or first.values is None:
        return Comparison(trial.method, None, Figure(None), refused=trial.refused or first.refused)
    return judge(trial.method, trial.values, first.values)
