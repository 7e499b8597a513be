"""Chances held against SciPy's distributions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom

from guiju.stats.acceptance.chances import Lot, Process, binomial, hypergeometric, quality
from guiju.stats.acceptance.errors import NotAProbability, PlanLargerThanLot
from guiju.stats.errors import EmptyLot, ImpossibleCount

shares = st.floats(1e-9, 1) | st.sampled_from([0.0, 1e-9, 0.001, 0.5, 1.0])


@settings(deadline=None)
@given(n=st.integers(0, 4000), share=shares, data=st.data())
def test_a_process_is_scipys_binomial(n: int, share: float, data: st.DataObject) -> None:
    d = data.draw(st.integers(0, n))
    assert binomial(d, n, share) == pytest.approx(float(binom.pmf(d, n, share)), rel=1e-9, abs=1e-300)
    assert Process(share).at_most(d, n) == pytest.approx(float(binom.cdf(d, n, share)), rel=1e-9, abs=1e-14)


@settings(deadline=None)
@given(lot=st.integers(1, 20_000), data=st.data())
def test_a_lot_is_scipys_hypergeometric(lot: int, data: st.DataObject) -> None:
    bad, n = data.draw(st.integers(0, lot)), data.draw(st.integers(0, lot))
    d = data.draw(st.integers(max(0, n - (lot - bad)), min(n, bad)))
    # SciPy's own sums of logarithms are good to some 1e-9 in lots of this size
    assert hypergeometric(d, n, bad, lot) == pytest.approx(float(hypergeom.pmf(d, lot, bad, n)), rel=1e-7, abs=1e-200)
    assert Lot(bad, lot).at_most(d, n) == pytest.approx(float(hypergeom.cdf(d, lot, bad, n)), rel=1e-7, abs=1e-12)


@settings(deadline=None)
@given(n=st.integers(1, 300), share=shares)
def test_what_can_happen_adds_up_to_one(n: int, share: float) -> None:
    assert sum(binomial(d, n, share) for d in range(n + 1)) == pytest.approx(1, abs=1e-12)
    lot = 2 * n
    assert sum(hypergeometric(d, n, round(share * lot), lot) for d in range(n + 1)) == pytest.approx(1, abs=1e-12)


def test_drawing_is_symmetric_in_what_is_drawn_and_what_is_bad() -> None:
    assert hypergeometric(3, 40, 17, 200) == pytest.approx(hypergeometric(3, 17, 40, 200), rel=1e-13)


def test_exact_fractions_are_met_to_the_last_digits() -> None:
    assert binomial(2, 4, 0.5) == pytest.approx(6 / 16, rel=1e-15)
    assert hypergeometric(1, 2, 2, 4) == pytest.approx(2 / 3, rel=1e-14)
    assert Lot(bad=1, size=1_000_000).at_most(0, 1000) == pytest.approx(0.999, rel=1e-12)


def test_a_small_lower_tail_keeps_its_digits() -> None:
    assert Process(0.5).at_most(10, 1000) == pytest.approx(float(binom.cdf(10, 1000, 0.5)), rel=1e-9)
    assert Process(0.5).at_most(10, 1000) < 1e-250


def test_nonsense_is_refused_by_name() -> None:
    for share in (-0.1, 1.1, float("nan")):
        with pytest.raises(NotAProbability):
            quality(share)
    with pytest.raises(EmptyLot):
        quality(0.1, 0)
    with pytest.raises(ImpossibleCount):
        hypergeometric(0, 1, 5, 4)
    with pytest.raises(PlanLargerThanLot):
        hypergeometric(0, 5, 1, 4)
    with pytest.raises(ImpossibleCount):
        binomial(0, -1, 0.5)
