"""Agreement of orders, against SciPy and against counting."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from guiju.stats.agreement.rankings import (
    Choice,
    best_worst,
    kendall_tau,
    kendall_w,
    preference_concordance,
    ranking_agreement,
)
from guiju.stats.agreement.structured_errors import BadParameter, NotARanking, NotWins, TooFewAnnotators

RANKS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=150)


@settings(max_examples=150, deadline=None)
@given(RANKS)
def test_tau_b_is_what_scipy_gives(pairs: list[tuple[int, int]]) -> None:
    x, y = [p[0] for p in pairs], [p[1] for p in pairs]
    theirs: Any = stats.kendalltau(x, y)
    mine = kendall_tau(x, y)
    if np.isnan(theirs.statistic):
        assert mine.value is None
        assert mine.why
    else:
        assert mine.value == pytest.approx(theirs.statistic)


def test_tau_of_a_hundred_thousand_things() -> None:
    rng = np.random.default_rng(0)
    x = rng.permutation(100_000)
    y = x + rng.normal(0, 20_000, 100_000)
    theirs: Any = stats.kendalltau(x, y)
    assert kendall_tau(x, y).value == pytest.approx(theirs.statistic, abs=1e-12)
    assert kendall_tau(x, -x).value == -1.0


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 5), st.integers(2, 7), st.randoms(use_true_random=False))
def test_w_without_ties_follows_from_mean_rho_and_from_friedman(m: int, n: int, random: Any) -> None:
    table = [random.sample(range(n), n) for _ in range(m)]
    found = kendall_w(table)
    rho: list[float] = [float(np.corrcoef(a, b)[0, 1]) for a, b in combinations(table, 2)]
    assert found.mean_rho == pytest.approx(np.mean(rho))
    assert found.w.value == pytest.approx((np.mean(rho) * (m - 1) + 1) / m)
    if n >= 3 and m >= 3:
        theirs: Any = stats.friedmanchisquare(*np.array(table).T)
        assert (found.chi2, found.p) == (pytest.approx(theirs.statistic), pytest.approx(theirs.pvalue))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=3, max_size=5))
def test_w_with_ties_is_friedmans_and_relabelling_things_changes_nothing(table: list[list[int]]) -> None:
    found = kendall_w(table)
    if all(len(set(row)) == 1 for row in table):
        assert found.w.value is None
        assert found.w.why
        return
    theirs: Any = stats.friedmanchisquare(*np.array(table).T)
    assert found.chi2 == pytest.approx(theirs.statistic, abs=1e-9)
    assert kendall_w([row[::-1] for row in table]).w.value == pytest.approx(found.w.value)
    assert kendall_w(table + table).w.value == pytest.approx(found.w.value)


def test_rankings_of_many_items_agree_with_an_interval() -> None:
    rng = np.random.default_rng(0)
    item = np.repeat(np.arange(40), 3).tolist()
    truth = [rng.permutation(5) for _ in range(40)]
    rankings = [tuple((truth[i] + rng.normal(0, 1, 5)).tolist()) for i in item]
    found = ranking_agreement(item, ["a", "b", "c"] * 40, rankings)
    taus = [
        kendall_tau(rankings[3 * i + a], rankings[3 * i + b]).value or 0.0
        for i in range(40)
        for a, b in combinations(range(3), 2)
    ]
    assert found.observed.value == pytest.approx((1 + np.mean(taus)) / 2)
    low, value, high = found.observed.low, found.observed.value, found.observed.high
    assert low is not None
    assert value is not None
    assert high is not None
    assert low < value < high
    assert found.alpha.value is not None
    assert found.alpha.value < value


def test_a_scale_that_orders_every_answer_explains_them_all() -> None:
    found = preference_concordance([[0, 3, 4], [0, 0, 2], [0, 0, 0]], [4, 2, 1])
    assert (found.concordance.value, found.ceiling) == (1.0, 1.0)
    assert found.expected is not None
    assert 0.5 < found.expected < 1


def test_a_circle_of_preferences_cannot_be_explained_by_a_scale() -> None:
    found = preference_concordance([[0, 9, 0], [0, 0, 9], [9, 0, 0]], [1, 1, 1])
    assert (found.concordance.value, found.expected, found.ceiling) == (0.5, 0.5, 1.0)
    assert found.log_likelihood_per_answer == pytest.approx(-np.log(2))
    assert [str(one) for one in found.meaning]


def test_preferences_that_are_none_say_why_or_are_refused() -> None:
    assert preference_concordance([[0, 0], [0, 0]], [1, 1]).concordance.why
    for wins in ([[0, 1]], [[0, -1], [1, 0]], [[1, 0], [0, 0]], [[0, float("nan")], [0, 0]]):
        with pytest.raises(NotWins):
            preference_concordance(wins, [1, 1])
    for strengths in ([1], [1, 0], [1, float("nan")]):
        with pytest.raises(NotARanking):
            preference_concordance([[0, 1], [0, 0]], strengths)


def test_best_worst_scores_are_shares_and_come_out_again_when_the_answers_agree() -> None:
    rng = np.random.default_rng(1)
    choices: list[Choice] = []
    for _ in range(600):
        shown = sorted(rng.choice(12, 4, replace=False).tolist())
        choices.append(Choice(tuple(shown), max(shown), min(shown)))
    found = best_worst(choices)
    assert [thing for thing, _ in found.scores] == list(range(11, -1, -1))
    assert found.scores[0][1] == 1.0
    assert found.scores[-1][1] == -1.0
    assert found.split_half.value is not None
    assert found.split_half.value > 0.98


def test_best_worst_by_coin_does_not_come_out_again() -> None:
    rng = np.random.default_rng(1)
    drawn = [tuple(rng.choice(12, 4, replace=False).tolist()) for _ in range(600)]
    found = best_worst([Choice(shown, shown[0], shown[1]) for shown in drawn])
    assert found.split_half.value is not None
    assert abs(found.split_half.value) < 0.4


def test_bad_rankings_are_refused() -> None:
    for a, b in (([1, 2], [1]), ([1, float("nan")], [1, 2]), ([[1]], [[1]]), (["x", "y"], [1, 2])):
        with pytest.raises(NotARanking):
            kendall_tau(a, b)
    assert kendall_tau([1], [1]).why
    assert kendall_tau([], []).why
    with pytest.raises(TooFewAnnotators):
        kendall_w([[1, 2, 3]])
    with pytest.raises(NotARanking):
        kendall_w([[1, 2], [1]])
    assert kendall_w([[1], [1]]).w.why
    with pytest.raises(NotARanking):
        ranking_agreement([1, 1], "ab", [[1, 2], [1, 2, 3]])
    with pytest.raises(NotARanking):
        best_worst([Choice(("a", "b"), "a", "a")])
    with pytest.raises(NotARanking):
        best_worst([Choice(("a", "b"), "a", "c")])
    with pytest.raises(BadParameter):
        best_worst([], splits=0)
    assert best_worst([]).split_half.why
