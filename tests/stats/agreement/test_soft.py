"""Agreement of soft labels, against SciPy and the pairwise definition."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon

from guiju.stats.agreement.pairwise import agreement_of_answers
from guiju.stats.agreement.soft import jensen_shannon, soft_agreement
from guiju.stats.agreement.structured_errors import NotShares
from guiju.stats.errors import ContradictingAnswers, UnevenColumns
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY

SHARES = st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any)


@settings(max_examples=100, deadline=None)
@given(SHARES, SHARES)
def test_divergence_and_distance_are_what_scipy_gives(p: list[int], q: list[int]) -> None:
    theirs = float(jensenshannon(p, q, base=2))
    mine = jensen_shannon(p, q)
    assert mine.distance == pytest.approx(0 if np.isnan(theirs) else theirs, abs=1e-7)
    assert mine.divergence == pytest.approx(mine.distance**2)
    assert 0 <= mine.divergence <= 1


def test_the_ends_are_equal_and_disjoint() -> None:
    assert jensen_shannon([2, 1], [4, 2]).divergence == 0.0
    assert jensen_shannon([1, 0], [0, 1]).divergence == 1.0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_agreement_and_alpha_are_those_of_the_divergence_in_any_order_of_rows(pairs: list[Any], random: Any) -> None:
    rows = [(i, who, pair[k]) for i, pair in enumerate(pairs) for k, who in enumerate("ab")]
    found = soft_agreement([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])
    plain = agreement_of_answers(
        [r[0] for r in rows], [r[2] for r in rows], lambda p, q: jensen_shannon(p, q).divergence
    )
    assert found.agreement.observed.value == pytest.approx(plain.observed.value)
    if plain.alpha.value is None:
        assert found.agreement.alpha.why == ONE_ANSWER_ONLY
    else:
        assert found.agreement.alpha.value == pytest.approx(plain.alpha.value)
    random.shuffle(rows)
    again = soft_agreement([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])
    assert again.agreement.observed == pytest.approx(
        found.agreement.observed
    ) or again.agreement.observed.value == pytest.approx(found.agreement.observed.value)


def test_hard_answers_written_as_shares_give_nominal_alpha() -> None:
    labels = [0, 0, 1, 1, 2, 0, 2, 2]
    shares = np.eye(3)[labels]
    found = soft_agreement([0, 0, 1, 1, 2, 2, 3, 3], "abababab", shares)
    counts = np.bincount(labels)
    expected = 1 - (counts * (counts - 1)).sum() / (8 * 7)
    assert found.agreement.alpha.value == pytest.approx(1 - 0.25 / expected)
    assert found.agreement.observed.value == 0.75


def test_a_hundred_thousand_answers_are_compared_in_bulk() -> None:
    rng = np.random.default_rng(0)
    shares = rng.dirichlet(np.ones(5), 20_000)
    item = np.repeat(np.arange(5_000), 4).tolist()
    found = soft_agreement(item, ["a", "b", "c", "d"] * 5_000, shares)
    assert found.agreement.alpha.value == pytest.approx(0, abs=0.02)
    sample = [
        jensen_shannon(shares[4 * i + a], shares[4 * i + b]).divergence
        for i in range(50)
        for a, b in combinations(range(4), 2)
    ]
    worst = dict(found.agreement.by_item)
    assert np.mean([1 - worst[i] for i in range(50)]) == pytest.approx(np.mean(sample))


def test_what_does_not_exist_says_why() -> None:
    alone = soft_agreement([1, 2], "aa", [[1, 0], [0, 1]])
    assert alone.agreement.observed.why == NO_OVERLAP
    assert [str(one) for one in alone.meaning]
    same = soft_agreement([1, 1], "ab", [[1, 1], [1, 1]])
    assert same.agreement.alpha.why == ONE_ANSWER_ONLY
    assert same.agreement.observed.value == 1.0


def test_what_is_no_distribution_is_refused() -> None:
    for p, q in (
        ([1, -1], [1, 1]),
        ([0, 0], [1, 1]),
        ([1, float("nan")], [1, 1]),
        ([1, 1], [1, 1, 1]),
        (["x", "y"], [1, 1]),
    ):
        with pytest.raises(NotShares):
            jensen_shannon(p, q)
    for shares in ([1, 2], [[1, 0], [1]], [["a"], ["b"]]):
        with pytest.raises(NotShares):
            soft_agreement([1, 1], "ab", shares)
    with pytest.raises(ContradictingAnswers):
        soft_agreement([1, 1], "aa", [[1, 0], [0, 1]])
    with pytest.raises(UnevenColumns):
        soft_agreement([1], "ab", [[1, 0], [0, 1]])
