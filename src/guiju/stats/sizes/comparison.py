"""How many items show that two shares differ: two samples, or the same items judged twice.

Formula: za, zb the normal quantiles of 1 - alpha/2 and of the power, p = (p1 + p2) / 2, q = 1 - p, d = p1 - p2
    two samples, in each    n = (za sqrt(2 p q) + zb sqrt(p1 q1 + p2 q2))^2 / d^2
    the same items          n = (za sqrt(w) + zb sqrt(w - d^2))^2 / d^2, w the share of items judged differently
    both rounded up
Assumes: simple random samples; a two-sided test at alpha = 1 - confidence; normal approximation, which is a little
    short when few wrong items are expected: below five in a sample, take a quarter more.
Source: Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions (2003), doi:10.1002/0471445428, section 4.2;
    Connor 1987, doi:10.2307/2531961 (the same items).
"""

from math import ceil, sqrt
from statistics import NormalDist

from guiju.kit import N_, Sentence
from guiju.stats.sizes.checks import MOST, demand_share, normal_quantile, percent
from guiju.stats.sizes.errors import NoDifference, TooLarge
from guiju.stats.sizes.size import Size

_TWO = N_(
    "With {n} items in each of the two samples, a difference as large as {a} against {b} is found significant "
    "with probability {power}."
)
_PAIRED = N_(
    "If both judge the same {n} items, {discordant} of them differently, a difference of {difference} is found "
    "significant with probability {power}."
)
_NOT = N_("A smaller difference may well be missed: a test that finds none does not show that there is none.")


def size_for_difference(a: float, b: float, power: float = 0.8, confidence: float = 0.95) -> Size:
    """The items in *each* of two samples that show shares `a` and `b` to differ; for agreement rates and error rates.

    `reached` is the power at n. Raises `NotAShare`, `NoDifference`, `TooLarge`.

    >>> found = size_for_difference(0.90, 0.95)
    >>> found.n, round(found.reached, 4)
    (435, 0.8005)
    """
    _demand_shares(a, b, power, confidence)
    if abs(a - b) < 1e-12:
        raise NoDifference(a=a, b=b)
    alpha, beta = _quantiles(power, confidence)
    middle, gap = (a + b) / 2, abs(a - b)
    null, spread = sqrt(2 * middle * (1 - middle)), sqrt(a * (1 - a) + b * (1 - b))
    n = _whole((alpha * null + beta * spread) / gap)
    reached = _power((sqrt(n) * gap - alpha * null) / spread) if spread else 1.0
    places = {"n": n, "a": percent(a), "b": percent(b), "power": f"{reached:.2f}"}
    return Size(n, reached, (Sentence(_TWO, places), Sentence(_NOT)))


def size_for_paired_difference(
    discordant: float, difference: float, power: float = 0.8, confidence: float = 0.95
) -> Size:
    """The items that two annotators or models must both judge, to show that one is right more often by `difference`.

    `discordant` is the share of items on which exactly one of them is right; it bounds the difference. Far fewer items
    than two samples need, if the two mostly agree. `reached` is the power at n. Raises `NotAShare`, `NoDifference`.

    >>> size_for_paired_difference(discordant=0.10, difference=0.05).n
    312
    """
    _demand_shares(discordant, difference, power, confidence)
    if not 0 < difference <= discordant:
        raise NoDifference(a=discordant, b=difference)
    alpha, beta = _quantiles(power, confidence)
    null, spread = sqrt(discordant), sqrt(max(0.0, discordant - difference**2))
    n = _whole((alpha * null + beta * spread) / difference)
    reached = _power((sqrt(n) * difference - alpha * null) / spread) if spread else 1.0
    shares = {"discordant": percent(discordant), "difference": percent(difference)}
    return Size(n, reached, (Sentence(_PAIRED, {"n": n, **shares, "power": f"{reached:.2f}"}), Sentence(_NOT)))


def _demand_shares(a: float, b: float, power: float, confidence: float) -> None:
    demand_share(a, N_("a share"), closed=True)
    demand_share(b, N_("a share"), closed=True)
    demand_share(power, N_("a power"))
    demand_share(confidence, N_("a confidence"))


def _quantiles(power: float, confidence: float) -> tuple[float, float]:
    return normal_quantile(0.5 + confidence / 2), normal_quantile(power)


def _whole(root: float) -> int:
    if root * root > MOST:
        raise TooLarge(limit=MOST)
    return max(1, ceil(root * root - 1e-9))


def _power(z: float) -> float:
    return NormalDist().cdf(z)
