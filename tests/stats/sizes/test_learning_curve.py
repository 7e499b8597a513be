"""Learning curves."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from guiju.kit import Refusal
from guiju.stats.sizes.errors import NotACount, NotALearningRate, NotATime, TooFewTimes, UnknownSharing
from guiju.stats.sizes.learning_curve import fit_learning_curve, wright_time, wright_total


def _times(n: int, rate: float = 0.85, noise: float = 0.3, seed: int = 1) -> list[float]:
    rng = np.random.default_rng(seed)
    return [wright_time(k, 60, rate) * float(rng.lognormal(0, noise)) for k in range(1, n + 1)]


def test_wrights_published_curve(vector: Callable[[str], Any]) -> None:
    known = vector("wright")
    times = [wright_time(n, known["data"]["T1"], known["data"]["r"]) for n in (1, 2, 4, 8, 10, 100)]
    assert times == pytest.approx(known["expected"]["n=1,2,4,8,10,100"], abs=5e-3)
    assert np.log2(known["data"]["r"]) == pytest.approx(known["expected"]["b"], abs=5e-5)


@given(st.integers(1, 6_000), st.floats(0.3, 1.4), st.sampled_from(["unit", "average"]))
@settings(deadline=None, max_examples=40)
def test_a_total_is_the_sum_of_its_units(n: int, rate: float, model: Any) -> None:
    rate = rate if model == "unit" else max(rate, 0.51)
    units = sum(wright_time(k, 3.0, rate, model) for k in range(1, n + 1))
    assert wright_total(n, 3.0, rate, model) == pytest.approx(units, rel=1e-9)


def test_a_total_of_many_is_exact_also_where_the_integral_is_a_logarithm() -> None:
    assert wright_total(1_000_000, 1, 0.5) == pytest.approx(float((1 / np.arange(1, 1_000_001)).sum()), rel=1e-13)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(0.1, 1e4), min_size=8, max_size=60))
def test_slope_and_interval_are_those_of_scipy(times: list[float]) -> None:
    x, y = np.log(np.arange(1, len(times) + 1)), np.log(times)
    theirs = cast("Any", stats).theilslopes(y, x, 0.95, method="joint")
    found = fit_learning_curve(times)
    assert found.rate.value == pytest.approx(2 ** float(theirs.slope))
    assert found.first.value == pytest.approx(np.exp(float(theirs.intercept)))
    assert [found.rate.low, found.rate.high] == pytest.approx([2**theirs.low_slope, 2**theirs.high_slope])


def test_the_rate_and_the_time_to_come_are_covered_as_often_as_promised() -> None:
    rate = total = 0
    for seed in range(300):
        curve = fit_learning_curve(_times(60, seed=seed))
        low, high = cast("list[float]", curve.rate.interval)
        rate += low <= 0.85 <= high
        low, high = cast("list[float]", curve.time_at(120).interval)
        total += low <= wright_time(120, 60, 0.85) <= high
    assert 0.92 <= rate / 300 <= 0.99
    assert total / 300 >= 0.95


def test_hours_left_on_the_desk_change_little() -> None:
    times = _times(100)
    idle = times.copy()
    for place in (0, 7, 31, 55, 90):
        idle[place] = 3600.0
    one, other = fit_learning_curve(times), fit_learning_curve(idle)
    assert other.idle == one.idle + 5
    assert other.rate.value == pytest.approx(one.rate.value, abs=0.02)
    assert other.total(200, after=100).value == pytest.approx(one.total(200, after=100).value, rel=0.08)


def test_the_total_to_come_is_near_what_comes() -> None:
    ratio = [
        (fit_learning_curve(_times(150, seed=seed)[:50]).total(100, after=50).value or 0)
        / sum(_times(150, seed=seed)[50:])
        for seed in range(100)
    ]
    assert float(np.median(ratio)) == pytest.approx(1, abs=0.05)


def test_thousands_of_times_are_taken_in_runs() -> None:
    found = fit_learning_curve(_times(5_000))
    assert found.rate.value == pytest.approx(0.85, abs=0.01)
    assert found.n == 5_000


def test_the_average_model_has_a_rate_without_interval() -> None:
    times = [wright_time(n, 60, 0.8, "average") for n in range(1, 41)]
    found = fit_learning_curve(times, "average")
    assert found.rate.value == pytest.approx(0.8)
    assert found.rate.why is not None
    assert found.first.value == pytest.approx(60)
    assert found.total(40).value == pytest.approx(sum(times))
    assert found.total(10, after=40).interval is None
    assert found.time_at(40).interval is None
    assert "average" in str(found.meaning[0])


def test_it_says_whether_there_is_learning() -> None:
    assert "brings the time to" in str(fit_learning_curve(_times(80)).meaning[0])
    flat = fit_learning_curve(_times(30, rate=1.0, noise=0.5))
    assert "do not show learning" in str(flat.meaning[0])
    assert flat.to_dict()["model"] == "unit"


def test_equal_times_learn_nothing() -> None:
    found = fit_learning_curve([5.0] * 20)
    assert (found.rate.value, found.rate.low, found.rate.high) == (1.0, 1.0, 1.0)
    assert found.total(10).value == pytest.approx(50)


NONSENSE: list[tuple[Callable[[], object], type[Refusal]]] = [
    (lambda: fit_learning_curve([1.0] * 7), TooFewTimes),
    (lambda: fit_learning_curve([]), TooFewTimes),
    (lambda: fit_learning_curve([1.0] * 9 + [0.0]), NotATime),
    (lambda: fit_learning_curve([1.0] * 9 + [float("nan")]), NotATime),
    (lambda: fit_learning_curve(cast("Any", ["x"] * 9)), NotATime),
    (lambda: fit_learning_curve([1.0] * 9, cast("Any", "s-curve")), UnknownSharing),
    (lambda: wright_time(0, 10, 0.8), NotACount),
    (lambda: wright_time(1, -10, 0.8), NotATime),
    (lambda: wright_time(1, 10, 0), NotALearningRate),
    (lambda: wright_time(3, 10, 0.5, "average"), NotALearningRate),
    (lambda: wright_total(1, 10, float("nan")), NotALearningRate),
    (lambda: fit_learning_curve([1.0] * 9).total(0), NotACount),
    (lambda: fit_learning_curve([1.0] * 9).time_at(0), NotACount),
]


@pytest.mark.parametrize(("ask", "refusal"), NONSENSE)
def test_nonsense_is_refused_by_name(ask: Callable[[], object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        ask()
