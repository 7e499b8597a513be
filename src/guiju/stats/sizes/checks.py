"""What every size is asked: is the share a share, is the count a count.

Formula: a share lies in (0, 1), or [0, 1] where the ends make sense; z is the quantile of the standard normal.
Assumes: nothing.
Source: the quantile is that of Python's `statistics.NormalDist`: Wichura 1988, algorithm AS 241, doi:10.2307/2347330.
"""

from math import isfinite
from statistics import NormalDist

from guiju.stats.sizes.errors import NotACount, NotAShare

MOST = 1_000_000_000


def demand_share(value: float, what: str, *, closed: bool = False) -> None:
    """Refuse what lies outside (0, 1), or outside [0, 1] if `closed`; NaN lies nowhere. Raises `NotAShare`.

    >>> demand_share(1.0, "a share", closed=True)
    >>> demand_share(1.0, "a confidence")
    Traceback (most recent call last):
    guiju.stats.sizes.errors.NotAShare: 1.0 cannot be a confidence: it must lie between 0 and 1. Write 5% as .05.
    """
    if not (0 <= value <= 1 if closed else 0 < value < 1):
        raise NotAShare(value=value, what=what)


def demand_count(value: float, what: str, least: int = 0) -> None:
    """Refuse what is no whole number of at least `least`. Raises `NotACount`.

    >>> demand_count(0, "a number of items", 1)
    Traceback (most recent call last):
    guiju.stats.sizes.errors.NotACount: 0 cannot be a number of items: ... at least 1. Check the number.
    """
    if not isfinite(value) or value != int(value) or value < least:
        raise NotACount(value=value, what=what, least=least)


def normal_quantile(probability: float) -> float:
    """The z below which the standard normal has this probability.

    >>> round(normal_quantile(0.975), 3)
    1.96
    """
    return NormalDist().inv_cdf(probability)


def percent(share: float) -> str:
    """A share as people write it, to four digits at most.

    >>> percent(0.05), percent(0.3333333)
    ('5%', '33.33%')
    """
    return f"{100 * share:.4g}%"
