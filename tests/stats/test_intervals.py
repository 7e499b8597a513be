from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats import proportion

from guiju.stats.acceptance.errors import ClaimImpossible, NotAProbability, PlanLargerThanLot
from guiju.stats.errors import EmptyLot, ImpossibleCount
from guiju.stats.intervals import clopper_pearson, finite_interval, lower_bound, upper_bound, wilson, zero_defect_n

# the oracles' own types are wider than what they give here
hypergeom: Any = stats.hypergeom
proportion_confint: Any = vars(proportion)["proportion_confint"]


def test_newcombes_published_intervals(vector: Callable[[str], Any]) -> None:
    known = vector("ci_newcombe")
    for number, share in enumerate(known["data"]["x/n"]):
        x, n = map(int, share.split("/"))
        assert wilson(x, n) == pytest.approx(known["expected"]["wilson"][number], abs=5.1e-5)
        assert clopper_pearson(x, n) == pytest.approx(known["expected"]["clopper_pearson"][number], abs=5.1e-5)


def test_ninety_five_percent_seen_right_means_what_practice_says() -> None:
    known = {300: (0.919, 0.970), 1000: (0.935, 0.962)}
    for n, interval in known.items():
        assert wilson(0.95 * n, n) == pytest.approx(interval, abs=6e-4)


def test_the_smallest_sample_for_a_claim_is_where_the_exact_bound_passes(vector: Callable[[str], Any]) -> None:
    known = vector("zero_defect_n")
    for errors in (0, 1, 2, 3, 5):
        for share, n in zip(known["data"]["p"], known["expected"][f"k={errors}"], strict=True):
            assert clopper_pearson(errors, n, 0.90).high <= share
            assert clopper_pearson(errors, n - 1, 0.90).high > share


def test_nothing_looked_at_says_nothing() -> None:
    assert wilson(0, 0) == clopper_pearson(0, 0) == (0.0, 1.0)


def test_more_found_than_looked_at_is_refused() -> None:
    with pytest.raises(ImpossibleCount):
        wilson(3, 2)
    with pytest.raises(ImpossibleCount):
        clopper_pearson(-1, 2)


@settings(deadline=None)
@given(st.integers(1, 400), st.data())
def test_the_share_lies_in_both_and_failures_mirror_successes(n: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, n))
    for interval in (wilson, clopper_pearson):
        low, high = interval(x, n)
        assert 0 <= low <= x / n <= high <= 1
        mirrored = interval(n - x, n)
        assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((low, high), abs=1e-9)


@settings(deadline=None)
@given(n=st.integers(1, 500), confidence=st.floats(0.5, 0.999), data=st.data())
def test_statsmodels_gives_the_same_intervals(n: int, confidence: float, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, n))
    for ours, method in ((wilson, "wilson"), (clopper_pearson, "beta")):
        low, high = proportion_confint(x, n, 1 - confidence, method=method)
        known = (0.0 if x == 0 else float(low), 1.0 if x == n else float(high))
        assert ours(x, n, confidence) == pytest.approx(known, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(lot=st.integers(1, 60), data=st.data())
def test_the_finite_interval_inverts_the_test_of_every_lot(lot: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, lot))
    x = data.draw(st.integers(0, n))
    possible = [
        bad
        for bad in range(x, lot - n + x + 1)
        if hypergeom.cdf(x, lot, bad, n) > 0.025 + 1e-12 and hypergeom.sf(x - 1, lot, bad, n) > 0.025 + 1e-12
    ]
    low, high = finite_interval(x, n, lot)
    assert (low * lot, high * lot) == pytest.approx((min(possible), max(possible)))
    assert low <= (x / n if n else 0) <= high or n < lot


@pytest.mark.parametrize(("lot", "n"), [(40, 12), (25, 20), (60, 7)])
def test_the_finite_interval_covers_every_lot_as_often_as_it_promises(lot: int, n: int) -> None:
    for bad in range(lot + 1):
        covered = sum(
            hypergeom.pmf(x, lot, bad, n)
            for x in range(max(0, n - (lot - bad)), min(n, bad) + 1)
            if finite_interval(x, n, lot).low - 1e-9 <= bad / lot <= finite_interval(x, n, lot).high + 1e-9
        )
        assert covered >= 0.95 - 1e-9


def test_a_lot_looked_at_whole_has_no_doubt_left_and_a_huge_one_is_a_process() -> None:
    assert finite_interval(3, 50, 50) == (0.06, 0.06)
    assert finite_interval(3, 50, 3_000_000) == pytest.approx(clopper_pearson(3, 50), abs=1e-5)


@settings(deadline=None)
@given(n=st.integers(1, 200), data=st.data())
def test_one_sided_bounds_are_ends_of_wider_intervals(n: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, n))
    assert (lower_bound(x, n), upper_bound(x, n)) == pytest.approx(clopper_pearson(x, n, 0.90), abs=1e-12)
    assert lower_bound(x, n, lot=n) == upper_bound(x, n, lot=n) == pytest.approx(x / n)


def test_the_published_sizes_for_a_claim_are_found(vector: Callable[[str], Any]) -> None:
    known = vector("zero_defect_n")
    for errors in (0, 1, 2, 3, 5):
        found = [zero_defect_n(share, errors) for share in known["data"]["p"]]
        assert found == known["expected"][f"k={errors}"]


@settings(deadline=None, max_examples=50)
@given(lot=st.integers(1, 150), share=st.floats(0.01, 0.6), errors=st.integers(0, 3))
def test_a_claim_on_a_lot_takes_the_fewest_that_prove_it(lot: int, share: float, errors: int) -> None:
    bad = int(share * lot + 1e-9) + 1
    if errors >= bad:
        with pytest.raises(ClaimImpossible):
            zero_defect_n(share, errors, lot=lot)
        return
    proving = [n for n in range(errors + 1, lot + 1) if hypergeom.cdf(errors, lot, bad, n) <= 0.05 + 1e-12]
    assert zero_defect_n(share, errors, lot=lot) == min(proving)
    assert min(proving) <= zero_defect_n(share, errors)


@pytest.mark.parametrize("confidence", [0, 1, -1, 95, float("nan")])
def test_a_confidence_that_is_none_is_refused(confidence: float) -> None:
    for interval in (wilson, clopper_pearson, upper_bound, lower_bound):
        with pytest.raises(NotAProbability):
            interval(1, 2, confidence)
    with pytest.raises(NotAProbability):
        finite_interval(1, 2, 10, confidence)
    with pytest.raises(NotAProbability):
        zero_defect_n(0.05, confidence=confidence)


def test_nonsense_is_refused_by_name() -> None:
    for interval in (wilson, clopper_pearson, upper_bound, lower_bound):
        with pytest.raises(ImpossibleCount):
            interval(float("nan"), 2)  # type: ignore[arg-type]
    with pytest.raises(PlanLargerThanLot):
        finite_interval(1, 20, 10)
    with pytest.raises(EmptyLot):
        upper_bound(0, 0, lot=0)
    with pytest.raises(EmptyLot):
        zero_defect_n(0.05, lot=0)
    with pytest.raises(ImpossibleCount):
        zero_defect_n(0.05, errors=-1)
    with pytest.raises(NotAProbability):
        zero_defect_n(0)
