"""The share of defects corrected for inspectors who err, against published examples."""

import pytest

from guiju.stats.control.corrected import Counted, corrected_share


def share(found: tuple[int, int], hits: tuple[int, int], passes: tuple[int, int]) -> tuple[float, float, float]:
    known = corrected_share(Counted(*found), Counted(*hits), Counted(*passes))
    assert known is not None
    return round(known.value, 3), round(known.interval.low, 3), round(known.interval.high, 3)


def test_the_herd_of_the_veterinary_handbook_has_five_cases_in_a_hundred() -> None:
    # R package epiR, epi.prev: 23 of 150 positive, sensitivity 96%, specificity 89% -> 5.1 cases per 100
    assert share((23, 150), (96, 100), (89, 100))[0] == 0.051


def test_a_share_that_false_alarms_explain_wholly_is_none() -> None:
    # Moujaber et al. 2008, as in epiR: 6 of 151, sensitivity 96.4%, specificity 92.7% -> 0
    assert share((6, 151), (964, 1000), (927, 1000))[:2] == (0.0, 0.0)


def test_inspectors_who_do_not_err_change_nothing() -> None:
    value, low, high = share((10, 100), (100_000, 100_000), (100_000, 100_000))
    assert value == 0.1
    assert (low, high) == (pytest.approx(0.055, abs=0.003), pytest.approx(0.176, abs=0.003))


def test_what_is_missed_is_added_and_the_interval_holds_what_was_not_known() -> None:
    value, low, high = share((10, 100), (8, 10), (90, 90))
    assert value == 0.125
    assert low < 0.125 < high
    assert high - low > 0.12


@pytest.mark.parametrize(("hits", "passes"), [((0, 0), (9, 9)), ((9, 9), (0, 0)), ((5, 10), (5, 10))])
def test_no_correction_exists_where_nothing_is_known_or_inspectors_guess(
    hits: tuple[int, int], passes: tuple[int, int]
) -> None:
    assert corrected_share(Counted(1, 9), Counted(*hits), Counted(*passes)) is None
