from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.stats.errors import ImpossibleCount
from guiju.stats.intervals import clopper_pearson, wilson


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


@given(st.integers(1, 400), st.data())
def test_the_share_lies_in_both_and_failures_mirror_successes(n: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, n))
    for interval in (wilson, clopper_pearson):
        low, high = interval(x, n)
        assert 0 <= low <= x / n <= high <= 1
        mirrored = interval(n - x, n)
        assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((low, high), abs=1e-9)
