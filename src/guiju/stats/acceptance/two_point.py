"""The smallest single plan that keeps two promises: good lots are accepted, poor lots are not.

Formula: the smallest n, with its c, such that P(d <= c; n, p1) >= PA1 and P(d <= c; n, p2) <= PA2. For each c the
second promise asks for n of at least n2(c); the first c whose n2(c) keeps the first promise has the smallest n. In a
lot of N, good means floor(p1 N) defective items and poor means ceil(p2 N), and P is hypergeometric.
Assumes: a random sample looked at whole; the two points are promises about quality, not about a share of the sample.
Source: Guenther W. C., Use of the binomial, hypergeometric and Poisson tables to obtain sampling plans, Journal of
Quality Technology 1 (1969) 105-109.
"""

from dataclasses import dataclass
from math import ceil, floor, sqrt
from statistics import NormalDist

from guiju.kit import N_, Sentence
from guiju.stats.acceptance.chances import Lot, Process, Quality, demand_inside
from guiju.stats.acceptance.errors import PointsCrossed, PointsTooClose
from guiju.stats.acceptance.risks import percent, probability
from guiju.stats.acceptance.stages import Stage, Stages
from guiju.stats.errors import EmptyLot

LIMIT = 100_000
_ROUNDING = 1e-9
_TIE = 1e-12  # a probability that equals a promise may come out a last digit off
_SURELY = 30
_LEAST_SPREAD = 0.1
_GOOD = N_("A lot with {good} defective is rejected with probability {risk}: the risk of whoever made it.")
_POOR = N_("A lot with {poor} defective is accepted with probability {risk}: the risk of whoever takes it.")
_NOT = N_("Between {good} and {poor} the draw decides: nothing is promised about such lots.")


@dataclass(frozen=True, slots=True)
class TwoPointPlan:
    """Look at `n`, accept at `accept` or fewer; the risks are those really reached, at the two qualities asked for."""

    n: int
    accept: int
    good: float
    poor: float
    producer_risk: float
    consumer_risk: float
    lot: int | None

    @property
    def reject(self) -> int:
        return self.accept + 1

    @property
    def stages(self) -> Stages:
        return (Stage(self.n, self.accept, self.reject),)

    def to_dict(self) -> dict[str, float | None]:
        return {
            "n": self.n,
            "accept": self.accept,
            "reject": self.reject,
            "good": self.good,
            "poor": self.poor,
            "producer_risk": self.producer_risk,
            "consumer_risk": self.consumer_risk,
            "lot": self.lot,
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """The two promises as they are kept, and where nothing is promised."""
        good, poor = percent(self.good), percent(self.poor)
        return (
            Sentence(_GOOD, {"good": good, "risk": probability(self.producer_risk)}),
            Sentence(_POOR, {"poor": poor, "risk": probability(self.consumer_risk)}),
            Sentence(_NOT, {"good": good, "poor": poor}),
        )


def two_point_plan(prp: tuple[float, float], crp: tuple[float, float], lot: int | None = None) -> TwoPointPlan:
    """The smallest plan that accepts quality `prp[0]` at least, and `crp[0]` at most, as often as `[1]` says.

    Raises `NotAProbability`, `PointsCrossed`, `PointsTooClose` (past 100,000 items, without a lot), `EmptyLot`.

    >>> plan = two_point_plan((0.01, 0.95), (0.05, 0.10))
    >>> plan.n, plan.accept
    (132, 3)
    >>> plan = two_point_plan((0.01, 0.95), (0.05, 0.10), lot=500)
    >>> plan.n, plan.accept
    (123, 3)
    """
    (good, often), (poor, seldom) = prp, crp
    for what, value in (("PRP", good), ("P(accept)", often), ("CRP", poor), ("P(accept)", seldom)):
        demand_inside(what, value)
    if good >= poor or often <= seldom:
        raise PointsCrossed(good=percent(good), poor=percent(poor))
    points = _Points(*_sources(good, poor, lot), often, seldom, lot)
    c = _first_feasible(points, _spread(prp, crp, lot))
    n = points.enough(c)
    risks = 1 - points.good.at_most(c, n), points.poor.at_most(c, n)
    return TwoPointPlan(n, c, good, poor, *risks, lot)


def number_keeping(n: int, prp: tuple[float, float], crp: tuple[float, float], lot: int) -> int | None:
    """The smallest acceptance number at which a sample of `n` keeps both promises in a lot; `None` where none does.

    For several promises about one sample: each has its own smallest sample, and what is looked at is looked at for all.

    >>> [number_keeping(n, (0.01, 0.95), (0.05, 0.10), 500) for n in (122, 123, 150)]
    [None, 3, 3]
    """
    points = _Points(*_sources(prp[0], crp[0], lot), prp[1], crp[1], lot)
    c = next(c for c in range(n + 1) if points.feasible(c, n))
    return c if points.poor.at_most(c, n) <= points.seldom + _TIE else None


@dataclass(frozen=True, slots=True)
class _Points:
    """The two promises, and what each acceptance number makes of them."""

    good: Quality
    poor: Quality
    often: float
    seldom: float
    lot: int | None

    def enough(self, c: int, start: int = 0) -> int:
        """The smallest sample, `start` or more, in which poor quality shows `c` or fewer seldom enough."""
        low, step = max(c, start - 1), 1
        while self.poor.at_most(c, self._capped(low + step)) > self.seldom + _TIE:
            if low + step >= (self.lot or low + step + 1):  # the whole lot: nothing more can be looked at
                return self.lot or 0
            low, step = low + step, step * 2
        high = self._capped(low + step)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.poor.at_most(c, middle) <= self.seldom + _TIE else (middle, high)
        return high

    def feasible(self, c: int, n: int) -> bool:
        return self.good.at_most(c, n) >= self.often - _TIE

    def _capped(self, n: int) -> int:
        return n if self.lot is None else min(n, self.lot)


def _first_feasible(points: _Points, spread: float) -> int:
    """The first c that keeps both promises.

    Larger c are feasible, save that samples come in whole items: near the edge feasible and infeasible c alternate,
    over a stretch of about 2 sqrt(c) / spread. So halving finds the edge, and a longer stretch before it is walked.
    """
    low, high = -1, 1
    while not points.feasible(high, points.enough(high)):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if points.feasible(middle, points.enough(middle)) else (middle, high)
    c = max(0, high - _SURELY - ceil(4 * sqrt(high) / spread))
    n = points.enough(c)
    while not points.feasible(c, n):
        c += 1
        n = points.enough(c, n)
    return c


def _sources(good: float, poor: float, lot: int | None) -> tuple[Quality, Quality]:
    if lot is None:
        return Process(good), Process(poor)
    if lot < 1:
        raise EmptyLot(size=lot)
    return Lot(floor(good * lot + _ROUNDING), lot), Lot(ceil(poor * lot - _ROUNDING), lot)


def _spread(prp: tuple[float, float], crp: tuple[float, float], lot: int | None) -> float:
    """How many standard deviations the two promises lie apart. Raises `PointsTooClose` when no lot sets an end."""
    (good, often), (poor, seldom) = prp, crp
    z1, z2 = NormalDist().inv_cdf(often), NormalDist().inv_cdf(1 - seldom)
    n = (max(0.0, z1 * sqrt(good * (1 - good)) + z2 * sqrt(poor * (1 - poor))) / (poor - good)) ** 2
    if lot is None and n > LIMIT:
        raise PointsTooClose(good=percent(good), poor=percent(poor), n=round(n), limit=LIMIT)
    return max(z1 + z2, _LEAST_SPREAD)
