"""Effort and cost from a trial's times."""

import csv
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kit import Refusal
from guiju.stats.sizes.effort import Work, estimate_effort
from guiju.stats.sizes.errors import (
    NotACount,
    NotAnAmount,
    NotAShare,
    NotATime,
    TooFewTimes,
    UnevenTimes,
    UnknownSharing,
)
from guiju.stats.sizes.times import Times, read_times
from tests.stats.published import shared

JOB = Work(items=1_000, answers_per_item=2, hourly_rate=40.0)


def _trial(seed: int, annotators: int = 6, items: int = 40) -> tuple[list[int], list[float], list[int]]:
    rng = np.random.default_rng(seed)
    speed, hard = rng.normal(0, 0.3, annotators), rng.normal(0, 0.3, items)
    who, what = np.repeat(np.arange(annotators), items), np.tile(np.arange(items), annotators)
    seconds = 20 * np.exp(speed[who] + hard[what] + rng.normal(0, 0.5, who.size))
    return who.tolist(), seconds.tolist(), what.tolist()


def test_planted_idle_hours_change_little() -> None:
    who, seconds, what = _trial(1)
    clean = estimate_effort(read_times(who, seconds, what), JOB)
    for place in range(0, 240, 24):
        seconds[place] = 3600.0
    idle = estimate_effort(read_times(who, seconds, what), JOB)
    assert idle.hours.value == pytest.approx(clean.hours.value, rel=0.05)
    assert idle.hours.high == pytest.approx(clean.hours.high, rel=0.1)
    assert idle.raw_seconds > 5 * clean.raw_seconds


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000), st.integers(1, 8))
def test_any_few_idle_hours_change_little(seed: int, many: int) -> None:
    who, seconds, what = _trial(seed)
    clean = read_times(who, seconds, what).to_dict()["active_hours"]
    for place in np.random.default_rng(seed).choice(240, many, replace=False):
        seconds[place] = 3600.0
    assert read_times(who, seconds, what).to_dict()["active_hours"] == pytest.approx(clean, rel=0.15)


def test_the_interval_holds_the_truth_of_other_people_as_often_as_promised() -> None:
    truth = 20 * np.exp((0.3**2 + 0.3**2 + 0.5**2) / 2)
    held = 0
    for seed in range(200):
        low, high = cast("list[float]", estimate_effort(read_times(*_trial(seed)), JOB).seconds.interval)
        held += low <= truth <= high
    assert 0.90 <= held / 200 <= 0.99


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=10)
def test_rows_in_any_order_and_units_scale(random: Any) -> None:
    rows = list(zip(*_trial(3), strict=True))
    mixed = random.sample(rows, len(rows))

    def hours(some: list[Any], by: float) -> float:
        times = read_times([r[0] for r in some], [r[1] * by for r in some], [r[2] for r in some])
        return estimate_effort(times, JOB).hours.value or 0.0

    assert hours(mixed, 1) == pytest.approx(hours(rows, 1))
    assert hours(rows, 3) == pytest.approx(3 * hours(rows, 1))


def test_who_does_how_much_matters() -> None:
    times = read_times(["slow"] * 10 + ["fast"] * 30, [30.0] * 10 + [10.0] * 30)

    def seconds(sharing: Any) -> float | None:
        return estimate_effort(times, Work(items=100, shared=sharing)).seconds.value

    assert seconds("equal-items") == pytest.approx(20)
    assert seconds("equal-hours") == pytest.approx(15)
    assert seconds("as-in-trial") == pytest.approx(15)
    assert estimate_effort(times, Work(items=100)).slowest_to_fastest == pytest.approx(3)


def test_hours_days_and_cost_hang_together() -> None:
    found = estimate_effort(read_times(*_trial(5)), Work(3_000, 3, sent_back=0.1, hours_a_day=5, hourly_rate=60))
    hours = found.hours.value or 0
    assert hours == pytest.approx((found.seconds.value or 0) * 10_000 / 3600)
    assert found.person_days.value == pytest.approx(hours / 5)
    assert found.cost is not None
    assert found.cost.value == pytest.approx(hours * 60)
    assert found.cost.interval == pytest.approx([60 * one for one in cast("list[float]", found.hours.interval)])
    assert found.rework_hours == pytest.approx(hours / 10)
    assert any("come back" in str(one) for one in found.assumptions)
    assert all("{" not in str(one) for one in (*found.assumptions, *found.meaning))


def test_one_annotator_has_a_value_and_the_reason_why_no_interval() -> None:
    found = estimate_effort(read_times(["a"] * 12, [10.0, 12.0, 11.0] * 4), JOB)
    assert found.seconds.value == pytest.approx(11)
    assert found.hours.interval is None
    assert found.hours.why is not None
    assert "as fast as this one" in str(found.meaning[0])
    assert found.cost is not None


def test_two_annotators_have_a_wide_interval_that_is_told() -> None:
    who, seconds, what = _trial(2, annotators=2)
    found = estimate_effort(read_times(who, seconds, what), JOB)
    assert (found.hours.high or 0) > 2 * (found.hours.value or 0)


def test_equal_times_leave_room_for_idle_ones() -> None:
    times = read_times(["a"] * 20, [5.0] * 19 + [3600.0])
    assert times.idle.sum() == 1
    assert times.speeds[0].limit == pytest.approx(5 * np.exp(0.75))


def _amt(name: str) -> Times:
    with shared(f"data/activecrowd/{name}.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    return read_times([r[0] for r in rows], [float(r[4]) for r in rows], [r[1] for r in rows])


@pytest.mark.parametrize(("name", "answers"), [("CF_amt", 6030), ("SP_amt", 10_000)])
def test_real_crowds_have_times_that_can_be_read(name: str, answers: int) -> None:
    times = _amt(name)
    assert len(times) == answers
    assert 0 < times.idle.mean() < 0.15
    found = estimate_effort(times, Work(items=1_000, answers_per_item=5))
    told = times.to_dict()
    assert cast("float", told["active_hours"]) < cast("float", told["hours"])
    assert found.seconds.low is not None
    assert found.seconds.high is not None
    assert found.seconds.low < (found.seconds.value or 0) < found.seconds.high
    assert "idle" in str(times.meaning[0])
    assert len(cast("list[Any]", told["annotators"])) == len(times.annotators)


FINE = read_times(*_trial(1))
NONSENSE: list[tuple[Callable[[], object], type[Refusal]]] = [
    (lambda: read_times([], []), TooFewTimes),
    (lambda: read_times(["a"], [1.0, 2.0]), UnevenTimes),
    (lambda: read_times(["a"], [1.0], []), UnevenTimes),
    (lambda: read_times(["a"], [-1.0]), NotATime),
    (lambda: read_times(["a"], [0.0]), NotATime),
    (lambda: read_times(["a"], [float("nan")]), NotATime),
    (lambda: read_times(["a"], [float("inf")]), NotATime),
    (lambda: read_times(["a"], [cast("Any", None)]), NotATime),
    (lambda: estimate_effort(FINE, Work(0)), NotACount),
    (lambda: estimate_effort(FINE, Work(1, 0)), NotACount),
    (lambda: estimate_effort(FINE, Work(1, sent_back=1.0)), NotAShare),
    (lambda: estimate_effort(FINE, Work(1, sent_back=-0.1)), NotAShare),
    (lambda: estimate_effort(FINE, Work(1, shared=cast("Any", "x"))), UnknownSharing),
    (lambda: estimate_effort(FINE, Work(1, hours_a_day=25)), NotAnAmount),
    (lambda: estimate_effort(FINE, Work(1, hourly_rate=float("nan"))), NotAnAmount),
]


@pytest.mark.parametrize(("ask", "refusal"), NONSENSE)
def test_nonsense_is_refused_by_name(ask: Callable[[], object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        ask()
