"""Intervals of a share: `x` of `n`."""

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from guiju.stats.errors import ImpossibleCount


class Interval(NamedTuple):
    """Both ends, in [0, 1]."""

    low: float
    high: float


def wilson(x: float, n: int, confidence: float = 0.95) -> Interval:
    """Wilson's score interval of `x` of `n`; nothing looked at says nothing: (0, 1).

    (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n). Its mean coverage is near the nominal, also for small n.
    Wilson 1927, doi:10.1080/01621459.1927.10502953. `x` may be a split count. Raises `ImpossibleCount`.

    >>> [round(end, 4) for end in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    _demand_possible(x, n)
    if n == 0:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p, zz = x / n, z * z / n
    middle, half = p + zz / 2, z * sqrt(p * (1 - p) / n + zz / (4 * n))
    low, high = (middle - half) / (1 + zz), (middle + half) / (1 + zz)
    return Interval(0.0 if x == 0 else max(0.0, low), 1.0 if x == n else min(1.0, high))


def clopper_pearson(x: int, n: int, confidence: float = 0.95) -> Interval:
    """The exact interval of `x` of `n`, whose coverage is never below the nominal; (0, 1) when n is 0.

    Ends are quantiles of Beta(x, n-x+1) and Beta(x+1, n-x). Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404.
    Raises `ImpossibleCount`.

    >>> [round(end, 4) for end in clopper_pearson(0, 20)]
    [0.0, 0.1684]
    """
    _demand_possible(x, n)
    tail = (1 - confidence) / 2
    low = 0.0 if x == 0 else _beta_quantile(x, n - x + 1, tail)
    high = 1.0 if x == n else _beta_quantile(x + 1, n - x, 1 - tail)
    return Interval(low, high)


def _beta_quantile(a: float, b: float, at: float) -> float:
    from scipy.special import betaincinv  # noqa: PLC0415 - heavy: only this interval needs it

    return float(betaincinv(a, b, at))


def _demand_possible(x: float, n: int) -> None:
    if not 0 <= x <= n:
        raise ImpossibleCount(count=x, total=n)
