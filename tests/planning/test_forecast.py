"""The forecast: a date with its interval from working days as they were, and who it would take."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from guiju.planning.forecast import Basis, Forecast, Left, Past, When, forecast, past_of
from guiju.planning.forecast.rules import working_days_between

MONDAY = date(2027, 3, 1)
# a thousand inspected answers of which none came back: hardly any rework is to be expected
NO_REWORK = {"inspected": 100_000}
EVEN = Past((100,) * 10, (2,) * 10)


def _days(told: Forecast) -> tuple[int, int, int]:
    assert told.done is not None
    low, point, high = ((day - MONDAY).days for day in told.done)
    return low, point, high


def test_an_even_pace_gives_the_day_by_division() -> None:
    told = forecast(EVEN, Left(450, **NO_REWORK), When(MONDAY))
    assert (told.basis, told.a_day, told.people) == (Basis.MEASURED, 100, 2)
    assert _days(told) == (4, 4, 4), "450 at 100 a day: on the fifth day, Friday"


def test_a_weekend_lies_between() -> None:
    assert _days(forecast(EVEN, Left(550, **NO_REWORK), When(MONDAY)))[1] == 7
    assert _days(forecast(EVEN, Left(550, **NO_REWORK), When(MONDAY, days_a_week=7)))[1] == 5


def test_days_that_differ_and_few_days_make_the_interval_wider() -> None:
    def width(past: Past) -> int:
        low, _, high = _days(forecast(past, Left(2_000, **NO_REWORK), When(MONDAY)))
        return high - low

    uneven = Past((20, 180) * 5, (2,) * 10)
    assert width(EVEN) < width(uneven) < width(Past((20, 180, 100), (2,) * 3))


def test_what_is_sent_back_is_expected_to_be_sent_back_again() -> None:
    clean = forecast(EVEN, Left(1_000, inspected=500, redone=0), When(MONDAY))
    sent_back = forecast(EVEN, Left(1_000, inspected=500, redone=250), When(MONDAY))
    assert clean.rework < 10
    assert 450 < sent_back.rework < 500
    assert _days(clean) < _days(sent_back)


def test_behind_the_date_it_says_how_many_more_people_it_takes() -> None:
    told = forecast(EVEN, Left(2_000, **NO_REWORK), When(MONDAY, due=MONDAY + timedelta(11)))
    assert told.late == 1.0
    assert told.more_people == 2, "ten days for 2,000 are 200 a day, which four do at fifty each"
    kept = forecast(EVEN, Left(2_000, **NO_REWORK), When(MONDAY, due=MONDAY + timedelta(60)))
    assert (kept.late, kept.more_people) == (0.0, 0)
    assert forecast(EVEN, Left(2_000), When(MONDAY, due=MONDAY - timedelta(1))).more_people is None


def test_before_three_days_of_work_and_where_nothing_moves_there_is_no_date() -> None:
    assert forecast(Past((5, 5), (1, 1)), Left(100), When(MONDAY)).basis is Basis.TOO_EARLY
    still = forecast(Past((0,) * 20, (0,) * 20), Left(100), When(MONDAY))
    assert (still.basis, still.done) == (Basis.STANDS_STILL, None)
    assert forecast(EVEN, Left(0), When(MONDAY)).basis is Basis.NOTHING_LEFT


def test_the_same_figures_give_the_same_dates() -> None:
    uneven = Past((20, 180) * 5, (2,) * 10)
    assert forecast(uneven, Left(2_000), When(MONDAY)) == forecast(uneven, Left(2_000), When(MONDAY))


def test_what_was_done_on_sunday_counts_for_friday_and_days_without_anybody_count() -> None:
    worked = {MONDAY: (10, 1), MONDAY + timedelta(4): (20, 2), MONDAY + timedelta(6): (5, 3)}
    told = past_of(worked, MONDAY + timedelta(8), 5)
    assert told == Past((10, 0, 0, 0, 25, 0), (1, 0, 0, 0, 3, 0))
    assert past_of(worked, MONDAY, 5) == Past(), "today is not over"


@pytest.mark.parametrize(("last", "week", "days"), [(0, 5, 1), (4, 5, 5), (6, 5, 5), (7, 5, 6), (6, 6, 6), (-1, 5, 0)])
def test_working_days_are_counted(last: int, week: float, days: int) -> None:
    assert working_days_between(MONDAY, MONDAY + timedelta(last), week) == days


def test_what_was_done_today_is_not_done_again_today() -> None:
    begun = When(MONDAY, done_today=100)
    assert _days(forecast(EVEN, Left(450, **NO_REWORK), begun)) == (7, 7, 7)
    assert replace(begun, done_today=0) == When(MONDAY)
