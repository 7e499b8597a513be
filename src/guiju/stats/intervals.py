"""Intervals and bounds of a share: `x` of `n`, from a process or from a lot with an end.

Assumes: the n were drawn at random, and each is right or wrong independently of the others (of a lot: without
replacement). Answers of one person, or frames of one clip, are not independent, and the intervals are then too narrow.
"""

from collections.abc import Callable
from math import floor, sqrt
from statistics import NormalDist
from typing import NamedTuple

from guiju.stats.acceptance.chances import Lot, Process, Quality, demand_inside
from guiju.stats.acceptance.errors import ClaimImpossible, PlanLargerThanLot
from guiju.stats.errors import EmptyLot, ImpossibleCount

_ROUNDING = 1e-9
_TIE = 1e-12  # a probability that equals the bound may come out a last digit larger


class Interval(NamedTuple):
    """Both ends, in [0, 1]."""

    low: float
    high: float


def wilson(x: float, n: int, confidence: float = 0.95) -> Interval:
    """Wilson's score interval of `x` of `n`; nothing looked at says nothing: (0, 1).

    Formula: (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n), p = x/n, z the normal quantile.
    Assumes: independent draws. Its mean coverage is near the nominal, also for small n; `x` may be a split count.
    Source: Wilson 1927, doi:10.1080/01621459.1927.10502953. Raises `ImpossibleCount`, `NotAProbability`.

    >>> [round(end, 4) for end in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    _demand_possible(x, n, confidence)
    if n == 0:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p, zz = x / n, z * z / n
    middle, half = p + zz / 2, z * sqrt(p * (1 - p) / n + zz / (4 * n))
    low, high = (middle - half) / (1 + zz), (middle + half) / (1 + zz)
    return Interval(0.0 if x == 0 else max(0.0, low), 1.0 if x == n else min(1.0, high))


def share_difference(a: tuple[int, int], b: tuple[int, int], confidence: float = 0.95) -> Interval:
    """The interval of the difference p - q of two independent shares, each given as `(x, n)`; ends in [-1, 1].

    Formula: with (l, u) Wilson's interval of p and (m, v) that of q, d - sqrt((p-l)^2 + (v-q)^2) to
    d + sqrt((u-p)^2 + (q-m)^2), d = p - q. A sample of nothing says nothing: (-1, 1).
    Assumes: two independent samples of independent draws.
    Source: Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 10.
    Raises `ImpossibleCount`, `NotAProbability`.

    >>> [round(end, 4) for end in share_difference((56, 70), (48, 80))]
    [0.0524, 0.3339]
    """
    first, second = wilson(*a, confidence), wilson(*b, confidence)
    if not (a[1] and b[1]):
        return Interval(-1.0, 1.0)
    p, q = a[0] / a[1], b[0] / b[1]
    below = sqrt((p - first.low) ** 2 + (second.high - q) ** 2)
    above = sqrt((first.high - p) ** 2 + (q - second.low) ** 2)
    return Interval(p - q - below, p - q + above)


def clopper_pearson(x: int, n: int, confidence: float = 0.95) -> Interval:
    """The exact interval of `x` of `n`, whose coverage is never below the nominal; (0, 1) when n is 0.

    Formula: the ends are quantiles of Beta(x, n-x+1) and Beta(x+1, n-x), at (1-confidence)/2 and its complement.
    Assumes: independent draws; the price of the promise is width.
    Source: Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404. Raises `ImpossibleCount`, `NotAProbability`.

    >>> [round(end, 4) for end in clopper_pearson(0, 20)]
    [0.0, 0.1684]
    """
    _demand_possible(x, n, confidence)
    tail = (1 - confidence) / 2
    return Interval(_exact_low(x, n, tail), _exact_high(x, n, tail))


def finite_interval(x: int, n: int, lot: int, confidence: float = 0.95) -> Interval:
    """The exact interval for the share of a lot of `lot` items, when `x` of the `n` looked at are defective.

    Formula: all B/N for which neither P(X >= x | B) nor P(X <= x | B) is (1-confidence)/2 or less, X hypergeometric.
    Assumes: drawn without replacement from this lot; it speaks of this lot, not of the process behind it. With the
    whole lot looked at it is a single value.
    Source: the inversion of Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404, for the hypergeometric distribution;
    Buonaccorsi J. P., A note on confidence intervals for proportions in finite populations, The American Statistician
    41 (1987) 215-218. Raises `ImpossibleCount`, `PlanLargerThanLot`, `EmptyLot`, `NotAProbability`.

    >>> [round(end, 4) for end in finite_interval(2, 80, lot=200)], [round(end, 4) for end in clopper_pearson(2, 80)]
    ([0.01, 0.07], [0.003, 0.0874])
    """
    _demand_possible(x, n, confidence)
    _demand_lot(n, lot)
    tail = (1 - confidence) / 2
    return Interval(_finite_low(x, n, lot, tail) / lot, _finite_high(x, n, lot, tail) / lot)


def upper_bound(x: int, n: int, confidence: float = 0.95, lot: int | None = None) -> float:
    """The share that is exceeded with probability 1 - `confidence` at most: what may be promised.

    Formula: the upper end of `clopper_pearson` (of `finite_interval` with a `lot`), all of 1-confidence on one side.
    Assumes: as they do. Source: as theirs, doi:10.1093/biomet/26.4.404. Raises as they do.

    >>> round(upper_bound(0, 59), 4), round(upper_bound(0, 59, lot=200), 4)
    (0.0495, 0.04)
    """
    _demand_possible(x, n, confidence)
    if lot is None:
        return _exact_high(x, n, 1 - confidence)
    _demand_lot(n, lot)
    return _finite_high(x, n, lot, 1 - confidence) / lot


def lower_bound(x: int, n: int, confidence: float = 0.95, lot: int | None = None) -> float:
    """The share that is undercut with probability 1 - `confidence` at most.

    Formula: the lower end of `clopper_pearson` (of `finite_interval` with a `lot`), all of 1-confidence on one side.
    Assumes: as they do. Source: as theirs, doi:10.1093/biomet/26.4.404. Raises as they do.

    >>> round(lower_bound(95, 100), 4)
    0.8977
    """
    _demand_possible(x, n, confidence)
    if lot is None:
        return _exact_low(x, n, 1 - confidence)
    _demand_lot(n, lot)
    return _finite_low(x, n, lot, 1 - confidence) / lot


def zero_defect_n(share: float, errors: int = 0, confidence: float = 0.95, lot: int | None = None) -> int:
    """How many to look at so that `errors` errors or fewer prove at most `share` wrong, with this confidence.

    Formula: the smallest n with P(X <= errors; n, share) <= 1 - confidence; with a `lot`, X is hypergeometric with the
    fewest defective items that break the claim, floor(share N) + 1.
    Assumes: the number of errors that is allowed was fixed before anybody looked.
    Source: the exact binomial test, Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404.
    Raises `NotAProbability`, `ImpossibleCount`, `EmptyLot`, `ClaimImpossible`.

    >>> [zero_defect_n(0.05, errors) for errors in (0, 1, 2)], zero_defect_n(0.05, lot=100)
    ([59, 93, 124], 39)
    """
    demand_inside("share", share)
    demand_inside("confidence", confidence)
    if errors < 0:
        raise ImpossibleCount(count=errors, total=0)
    if lot is not None and lot < 1:
        raise EmptyLot(size=lot)
    bad = 0 if lot is None else floor(share * lot + _ROUNDING) + 1
    if lot is not None and errors >= bad:
        raise ClaimImpossible(errors=errors, lot=lot, share=share)
    source: Quality = Process(share) if lot is None else Lot(bad, lot)
    return _smallest(lambda n: source.at_most(errors, n) <= 1 - confidence + _TIE, errors + 1, lot)


def _smallest(holds: Callable[[int], bool], start: int, most: int | None) -> int:
    """The smallest n from `start` on for which it holds; at `most` it does."""
    low, high = start - 1, start
    while not holds(high):
        low, high = high, high * 2 if most is None else min(most, high * 2)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _exact_low(x: float, n: int, tail: float) -> float:
    return 0.0 if x == 0 else _beta_quantile(x, n - x + 1, tail)


def _exact_high(x: float, n: int, tail: float) -> float:
    return 1.0 if x == n else _beta_quantile(x + 1, n - x, 1 - tail)


def _finite_low(x: int, n: int, lot: int, tail: float) -> int:
    """The fewest defective items of the lot with P(X >= x) > tail."""
    low, high = x - 1, lot - n + x
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if 1 - Lot(middle, lot).at_most(x - 1, n) > tail + _TIE else (middle, high)
    return high


def _finite_high(x: int, n: int, lot: int, tail: float) -> int:
    """The most defective items of the lot with P(X <= x) > tail."""
    low, high = x, lot - n + x + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if Lot(middle, lot).at_most(x, n) > tail + _TIE else (low, middle)
    return low


def _beta_quantile(a: float, b: float, at: float) -> float:
    from scipy.special import betaincinv  # noqa: PLC0415 - heavy: only this interval needs it

    return float(betaincinv(a, b, at))


def _demand_possible(x: float, n: int, confidence: float) -> None:
    if not 0 <= x <= n:
        raise ImpossibleCount(count=x, total=n)
    demand_inside("confidence", confidence)


def _demand_lot(n: int, lot: int) -> None:
    if lot < 1:
        raise EmptyLot(size=lot)
    if n > lot:
        raise PlanLargerThanLot(n=n, lot=lot)
