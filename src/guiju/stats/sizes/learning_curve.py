"""Learning curves: each doubling of the work done cuts the time by the same share.

Formula: with T_1 the first unit's time, r the learning rate, b = log2(r):
    unit model (Crawford)      the n-th unit takes T_n = T_1 n^b
    average model (Wright)     the first n units take T_1 n^b each *on average*, so n T_1 n^b in all
    fit: ln t = a + b ln n by Theil-Sen: b is the median of all slopes between two points, a the median of
    ln t - b ln n; interval of b by the ranks of the slopes (Kendall's variance); r = 2^b, T_1 = e^a
    the typical (median) time at n is e^(a + b ln n); the mean is that times s, the mean of e^residual, leaving out
    residuals beyond 3 x 1.4826 MAD, which are idle time
Assumes: times are in the order of the work and of one annotator; units are alike; rounds of the same difficulty.
    Neighbouring times that go up and down together (tired, hard batch) make the interval too narrow.
Source: Wright 1936, doi:10.2514/8.155; Sen 1968, doi:10.1080/01621459.1968.10480934 (robust slope and its interval);
    Duan 1983, doi:10.1080/01621459.1983.10478017 (from the median to the mean).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, log2
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Floats
from guiju.stats.figure import ANALYTIC, Figure
from guiju.stats.sizes.checks import demand_count, normal_quantile, percent
from guiju.stats.sizes.errors import NotALearningRate, NotATime, TooFewTimes, UnknownSharing
from guiju.stats.sizes.times import checked_seconds, spread_of

Model: TypeAlias = Literal["unit", "average"]
_LEAST = 8
_MOST_POINTS = 1_000
_IDLE = 3.0

_NO_INTERVAL = N_("Averages of all times so far lean on each other, so their fit has no honest interval.")
_LEARNS = N_(
    "Each doubling of the units done brings the time to {rate} of what it was (interval {low} to {high}). "
    "The first unit took about {first} s, unit {n} takes about {now} s."
)
_UNSURE = N_("The {n} times do not show learning: the interval of the learning rate, {low} to {high}, holds 100%.")
_NO_ENDS = N_(
    "Each doubling of the units done brings the average time to {rate} of what it was. "
    "The first unit took about {first} s."
)
_CAUTION = N_(
    "A curve fitted to {n} units says little beyond a few times as many: everybody stops getting faster at some point. "
    "It measures speed alone; look at quality beside it."
)


def wright_time(n: float, first: float, rate: float, model: Model = "unit") -> float:
    """Seconds of the `n`-th unit, when the `first` takes `first` and each doubling brings it to `rate`.

    In the average model `rate` governs the average of the first n, and this is still the n-th unit's own time; there
    a rate must lie above .5, or later units would take no time. Raises `NotATime`, `NotALearningRate`, `NotACount`.

    >>> [round(wright_time(n, 100, 0.8), 2) for n in (1, 2, 4, 8, 10, 100)]
    [100.0, 80.0, 64.0, 51.2, 47.65, 22.71]
    """
    slope = _slope(n, first, rate, model)
    if model == "unit":
        return first * n**slope
    return first * (n ** (slope + 1) - (n - 1) ** (slope + 1))


def wright_total(n: int, first: float, rate: float, model: Model = "unit") -> float:
    """Seconds of the first `n` units together. Raises `NotATime`, `NotALearningRate`, `NotACount`.

    >>> round(wright_total(100, 100, 0.8)), round(wright_total(100, 100, 0.8, "average"))
    (3265, 2271)
    """
    slope = _slope(n, first, rate, model)
    return first * (_sum_of_powers(int(n), slope) if model == "unit" else n ** (slope + 1))


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """A fitted curve over `n` units: learning `rate` and `first` time, each with its interval.

    `smear` turns a typical time into a mean one; `idle` counts the times left out of it.
    """

    n: int
    model: Model
    rate: Figure
    first: Figure
    smear: float
    idle: int
    line: "_Line"

    def time_at(self, n: float) -> Figure:
        """The typical (median) seconds of unit `n`; in the average model, of the first n on average."""
        demand_count(n, N_("a unit"), 1)
        low, high = self.line.ends(log(n))
        value = exp(self.line.at(log(n)))
        if self.model == "average":
            return Figure(value, n=self.n)
        return Figure(value, low, high, self.n, how=ANALYTIC)

    def total(self, units: int, after: int = 0) -> Figure:
        """Seconds, idle time excluded, of `units` more units when `after` have been done; a careful interval."""
        demand_count(units, N_("a number of units"), 1)
        demand_count(after, N_("a number of units"))
        value = self.smear * self._sum(units, after, self.line.slope, self.line.level)
        if self.model == "average":
            return Figure(value, n=self.n)
        slopes = (self.line.slope_low, self.line.slope_high)
        low = min(self._sum(units, after, slope, self.line.level_low) for slope in slopes)
        high = max(self._sum(units, after, slope, self.line.level_high) for slope in slopes)
        return Figure(value, self.smear * low, self.smear * high, self.n, how=ANALYTIC)

    def _sum(self, units: int, after: int, slope: float, level: float) -> float:
        first = exp(level - slope * self.line.pivot)
        if self.model == "average":
            return first * ((after + units) ** (slope + 1) - (after ** (slope + 1) if after else 0.0))
        before = _sum_of_powers(after, slope) if after else 0.0
        return first * (_sum_of_powers(after + units, slope) - before)

    def to_dict(self) -> dict[str, object]:
        rate, first = self.rate.to_dict(), self.first.to_dict()
        return {
            "n": self.n,
            "model": self.model,
            "rate": rate,
            "first": first,
            "smear": self.smear,
            "idle": self.idle,
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        return (self._told(), Sentence(_CAUTION, {"n": self.n}))

    def _told(self) -> Sentence:
        rate, first = percent(round(self.rate.value or 0.0, 3)), f"{self.first.value or 0.0:.1f}"
        if self.rate.low is None or self.rate.high is None:
            return Sentence(_NO_ENDS, {"rate": rate, "first": first})
        ends = {"low": percent(round(self.rate.low, 3)), "high": percent(round(self.rate.high, 3)), "n": self.n}
        if self.rate.low <= 1 <= self.rate.high:
            return Sentence(_UNSURE, ends)
        return Sentence(
            _LEARNS, {"rate": rate, "first": first, "now": f"{self.time_at(self.n).value or 0:.1f}", **ends}
        )


def fit_learning_curve(seconds: Sequence[float], model: Model = "unit") -> LearningCurve:
    """The learning curve of one annotator's `seconds` per unit, in the order of the work; idle times do little harm.

    Of more than 1,000 times, equal runs of neighbours are first taken together by their medians. The rate has a 95%
    interval; `time_at` and `total` use 97.5% for slope and level each, so that both hold at once with 95%.
    Raises `TooFewTimes` under 8, `NotATime`.

    >>> noise = np.random.default_rng(1).lognormal(0, 0.2, 60)
    >>> curve = fit_learning_curve([wright_time(n, 60, 0.85) * noise[n - 1] for n in range(1, 61)])
    >>> [round(end, 3) for end in (curve.rate.value, curve.rate.low, curve.rate.high)]
    [0.834, 0.808, 0.868]
    >>> round(curve.total(100, after=60).value)
    1940
    """
    _demand_model(model)
    times = checked_seconds(seconds)
    if len(times) < _LEAST:
        raise TooFewTimes(count=len(times), least=_LEAST)
    shown = times if model == "unit" else np.cumsum(times) / np.arange(1, len(times) + 1)
    x, y = _points(shown)
    ends = _theil_sen(x, y, 0.05)
    line = _Line.through(x, y, _theil_sen(x, y, 0.025))
    rest = np.log(shown) - line.slope * np.log(np.arange(1, len(shown) + 1)) - line.at(0.0)
    idle = rest > _IDLE * spread_of(rest)
    rate = Figure(2.0**ends.middle, 2.0**ends.low, 2.0**ends.high, len(times), how=ANALYTIC)
    if model == "average":
        rate = Figure(rate.value, n=len(times), why=_NO_INTERVAL)
    smear = float(np.exp(rest[~idle]).mean()) if model == "unit" else 1.0
    low, high = line.ends(0.0)
    first = Figure(exp(line.at(0.0)), low, high, len(times), how=ANALYTIC)
    first = first if model == "unit" else Figure(first.value, n=len(times), why=_NO_INTERVAL)
    return LearningCurve(len(times), model, rate, first, smear, int(idle.sum()), line)


class _Ends(NamedTuple):
    low: float
    middle: float
    high: float


class _Line(NamedTuple):
    """ln t = level + slope (ln n - pivot), with the ends of both."""

    pivot: float
    slope: float
    slope_low: float
    slope_high: float
    level: float
    level_low: float
    level_high: float

    @classmethod
    def through(cls, x: Floats, y: Floats, slope: _Ends) -> "_Line":
        pivot = float(np.median(x))
        levels = np.sort(y - slope.middle * (x - pivot))
        reach = normal_quantile(1 - 0.0125) * len(x) ** 0.5 / 2
        low = levels[max(0, int(np.floor(len(x) / 2 - reach)))]
        high = levels[min(len(x) - 1, int(np.ceil(len(x) / 2 + reach)))]
        level = float(np.median(levels))
        return cls(pivot, slope.middle, slope.low, slope.high, level, float(low), float(high))

    def at(self, x: float) -> float:
        return self.level + self.slope * (x - self.pivot)

    def ends(self, x: float) -> tuple[float, float]:
        """The ends of e^line at `x`, when slope and level may both be off."""
        away = (self.slope_low * (x - self.pivot), self.slope_high * (x - self.pivot))
        return exp(self.level_low + min(away)), exp(self.level_high + max(away))


def _slope(n: float, first: float, rate: float, model: Model) -> float:
    demand_count(n, N_("a unit"), 1)
    if not 0 < first < float("inf"):
        raise NotATime(row=1, value=first)
    _demand_model(model)
    least = 0.0 if model == "unit" else 0.5
    if not least < rate <= 2:
        raise NotALearningRate(value=rate, least=least)
    return log2(rate)


def _demand_model(model: Model) -> None:
    if model not in ("unit", "average"):
        raise UnknownSharing(value=model, known="unit, average")


def _points(times: Floats) -> tuple[Floats, Floats]:
    x, y = np.log(np.arange(1, len(times) + 1)), np.log(times)
    if len(times) <= _MOST_POINTS:
        return x, y
    runs = np.array_split(np.arange(len(times)), _MOST_POINTS)
    return np.array([np.median(x[run]) for run in runs]), np.array([np.median(y[run]) for run in runs])


def _theil_sen(x: Floats, y: Floats, alpha: float) -> _Ends:
    n = len(x)
    i, j = np.triu_indices(n, 1)
    slopes = np.sort((y[j] - y[i]) / (x[j] - x[i]))
    _, ties = np.unique(y, return_counts=True)
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    reach = normal_quantile(1 - alpha / 2) * float(variance) ** 0.5
    low = max(0, round((slopes.size - reach) / 2) - 1)
    high = min(slopes.size - 1, round((slopes.size + reach) / 2))
    return _Ends(float(slopes[low]), float(np.median(slopes)), float(slopes[high]))


def _sum_of_powers(n: int, power: float) -> float:
    """1 + 2^power + ... + n^power; beyond 1,000 terms by Euler and Maclaurin, exact to some 14 digits."""
    m = min(n, 1_000)
    head = float(np.power(np.arange(1.0, m + 1), power).sum())
    if n == m:
        return head
    area = log(n / m) if power == -1 else (n ** (power + 1) - m ** (power + 1)) / (power + 1)
    edge = (n**power - m**power) / 2 + power * (n ** (power - 1) - m ** (power - 1)) / 12
    return head + area + edge
