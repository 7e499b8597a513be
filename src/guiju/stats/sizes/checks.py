"""What every size is asked: is the share a share, is the count a count."""

from math import isfinite
from statistics import NormalDist

from guiju.stats.sizes.errors import NotACount, NotAShare

MOST = 1_000_000_000


def demand_share(value: float, what: str, *, closed: bool = False) -> None:
    """Refuse what lies outside (0, 1), or outside [0, 1] if `closed`. NaN lies nowhere."""
    if not (0 <= value <= 1 if closed else 0 < value < 1):
        raise NotAShare(value=value, what=what)


def demand_count(value: float, what: str, least: int = 0) -> None:
    """Refuse what is no whole number of at least `least`."""
    if not isfinite(value) or value != int(value) or value < least:
        raise NotACount(value=value, what=what, least=least)


def normal_quantile(probability: float) -> float:
    """The z below which the standard normal has this probability."""
    return NormalDist().inv_cdf(probability)


def percent(share: float) -> str:
    """.05 as 5%, without more digits than it has."""
    return f"{100 * share:.4g}%"
