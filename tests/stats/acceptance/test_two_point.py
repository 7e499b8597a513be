"""Two-point and fixed-rate plans, held against a search that tries everything."""

from math import ceil, floor

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom

from guiju.stats.acceptance.errors import NotAProbability, PointsCrossed, PointsTooClose
from guiju.stats.acceptance.fixed_rate import fixed_rate_plan
from guiju.stats.acceptance.two_point import two_point_plan
from guiju.stats.errors import EmptyLot


def smallest(prp: tuple[float, float], crp: tuple[float, float], lot: int | None) -> int | None:
    """The smallest n for which some c keeps both promises, by trying all."""
    for n in range(1, 400 if lot is None else lot + 1):
        for c in range(n + 1):
            if lot is None:
                good, poor = binom.cdf(c, n, prp[0]), binom.cdf(c, n, crp[0])
            else:
                bad = floor(prp[0] * lot + 1e-9), ceil(crp[0] * lot - 1e-9)
                good, poor = (hypergeom.cdf(c, lot, one, n) for one in bad)
            if poor > crp[1] + 1e-12:
                break
            if good >= prp[1] - 1e-12:
                return n
    return None


@settings(max_examples=40, deadline=None)
@given(good=st.floats(0.01, 0.2), apart=st.floats(2, 8), often=st.floats(0.8, 0.97), seldom=st.floats(0.05, 0.3))
def test_no_smaller_plan_keeps_both_promises_for_a_process(
    good: float, apart: float, often: float, seldom: float
) -> None:
    poor = good * apart
    assume(poor < 0.9)
    known = smallest((good, often), (poor, seldom), None)
    assume(known is not None)
    plan = two_point_plan((good, often), (poor, seldom))
    assert plan.n == known
    assert plan.producer_risk <= 1 - often + 1e-12
    assert plan.consumer_risk <= seldom + 1e-12


@settings(max_examples=40, deadline=None)
@given(lot=st.integers(2, 120), good=st.floats(0.01, 0.2), apart=st.floats(1.2, 6), often=st.floats(0.8, 0.97))
def test_no_smaller_plan_keeps_both_promises_for_a_lot(lot: int, good: float, apart: float, often: float) -> None:
    poor = good * apart
    assume(poor < 0.95)
    plan = two_point_plan((good, often), (poor, 0.1), lot)
    assert plan.n == smallest((good, often), (poor, 0.1), lot)
    assert plan.n <= lot


@pytest.mark.parametrize(
    ("prp", "crp", "n", "c"),
    [((0.01, 0.95), (0.05, 0.10), 132, 3), ((0.02, 0.95), (0.08, 0.10), 98, 4), ((0.01, 0.95), (0.02, 0.10), 1235, 18)],
)
def test_known_plans(prp: tuple[float, float], crp: tuple[float, float], n: int, c: int) -> None:
    plan = two_point_plan(prp, crp)
    assert (plan.n, plan.accept, plan.reject) == (n, c, c + 1)


@settings(max_examples=25, deadline=None)
@given(good=st.floats(0.05, 0.5), apart=st.floats(1.25, 1.6), often=st.floats(0.6, 0.98), seldom=st.floats(0.02, 0.4))
def test_points_that_are_close_are_searched_to_the_very_edge(
    good: float, apart: float, often: float, seldom: float
) -> None:
    poor = good * apart
    plan = two_point_plan((good, often), (poor, seldom))
    assume(plan.n < 20_000)
    n = np.arange(1, plan.n + 1)
    c = np.asarray(binom.ppf(seldom, n, poor), dtype=int)
    c -= np.asarray(binom.cdf(c, n, poor)) > seldom + 1e-12  # the largest c that the poor point allows
    kept = (c >= 0) & (np.asarray(binom.cdf(c, n, good)) >= often - 1e-12)
    assert n[kept].tolist() == [plan.n]


def test_a_huge_lot_needs_what_the_process_needs() -> None:
    assert two_point_plan((0.01, 0.95), (0.05, 0.10), 5_000_000).n == pytest.approx(132, abs=1)


def test_points_that_are_close_still_have_their_plan_and_closer_ones_are_refused() -> None:
    plan = two_point_plan((0.10, 0.95), (0.11, 0.10))
    assert 6_000 < plan.n < 10_000
    with pytest.raises(PointsTooClose):
        two_point_plan((0.10, 0.95), (0.1001, 0.10))


def test_the_risks_are_told_in_words() -> None:
    said = [str(one) for one in two_point_plan((0.01, 0.95), (0.05, 0.10)).meaning]
    assert said[0].startswith("A lot with 1% defective is rejected with probability .044")
    assert "5%" in said[1]
    assert said[2] == "Between 1% and 5% the draw decides: nothing is promised about such lots."


def test_crossed_points_and_impossible_shares_are_refused() -> None:
    for prp, crp in (((0.05, 0.95), (0.05, 0.1)), ((0.06, 0.95), (0.05, 0.1)), ((0.01, 0.1), (0.05, 0.1))):
        with pytest.raises(PointsCrossed):
            two_point_plan(prp, crp)
    for share in (0, 1, -0.1, float("nan")):
        with pytest.raises(NotAProbability):
            two_point_plan((share, 0.95), (0.5, 0.1))
        with pytest.raises(NotAProbability):
            two_point_plan((0.01, share), (0.5, 0.1))
    with pytest.raises(EmptyLot):
        two_point_plan((0.01, 0.95), (0.05, 0.1), 0)


def test_lots_of_one_and_two_are_looked_at_whole() -> None:
    assert [two_point_plan((0.01, 0.95), (0.5, 0.1), lot).n for lot in (1, 2)] == [1, 2]


def test_a_flat_rate_hides_its_risk() -> None:
    plans = [fixed_rate_plan(lot, 0.10, 0.03) for lot in (100, 1000, 10_000)]
    assert [(plan.n, plan.accept) for plan in plans] == [(10, 0), (100, 3), (1000, 30)]
    risks = [plan.accepted(0.05) for plan in plans]
    assert risks == [pytest.approx(0.58, abs=0.005), pytest.approx(0.24, abs=0.005), pytest.approx(0.0008, abs=5e-5)]
    assert "The rate fixes no risk" in str(plans[0].meaning[1])
    assert plans[0].to_dict()["n"] == 10


def test_a_rate_looks_at_one_item_at_least_and_at_all_at_most() -> None:
    assert [fixed_rate_plan(lot, 0.1, 0.0).n for lot in (1, 5, 10, 11)] == [1, 1, 1, 2]
    assert fixed_rate_plan(70, 1.0, 0.07).n == 70
    assert fixed_rate_plan(70, 0.1, 0.0).n == 7


def test_an_impossible_rate_is_refused() -> None:
    for rate, allowed in ((0, 0.1), (1.1, 0.1), (0.1, 1), (0.1, -0.1), (float("nan"), 0.1)):
        with pytest.raises(NotAProbability):
            fixed_rate_plan(100, rate, allowed)
    with pytest.raises(EmptyLot):
        fixed_rate_plan(0, 0.1, 0.1)
