"""How many items make an interval as narrow as wanted: Wilson's, and Krejcie and Morgan's published table.

Formula: h is half the width of Wilson's interval at the expected share p, z the normal quantile
    h = z sqrt(p(1-p)/n + z^2/(4 n^2)) / (1 + z^2/n), solved for n:
    n = (b + sqrt(b^2 + h^2 z^4 (1 - 4 h^2))) / (2 h^2), b = z^2 p(1-p) - 2 h^2 z^2; rounded up
    in a population of N: n_N = n N / (N - 1 + n), rounded up (the variance shrinks by (N - n) / (N - 1))
    Krejcie-Morgan: s = X^2 N P(1-P) / (d^2 (N-1) + X^2 P(1-P)), X^2 the chi-square of 1 degree of freedom; rounded
Assumes: a simple random sample; p is a guess, and .5 is the guess that is never too optimistic.
Source: Wilson 1927, doi:10.1080/01621459.1927.10502953; Krejcie & Morgan 1970, doi:10.1177/001316447003000308;
    Cochran, Sampling Techniques (1977), ISBN 0-471-16240-X.
"""

from math import ceil, floor, sqrt

from guiju.kit import N_, Sentence
from guiju.stats.sizes.checks import MOST, demand_count, demand_share, normal_quantile, percent
from guiju.stats.sizes.errors import TooLarge
from guiju.stats.sizes.size import Size

_MEANING = N_("Look at {n} items: the {confidence} interval will then be about {share} plus or minus {half}.")
_MEANING_NOT = N_(
    "That holds if about {share} is what you find. It says how exact the figure will be, "
    "not that the figure will be good; and it needs items drawn at random."
)


def size_for_interval(
    half_width: float, expected: float = 0.5, confidence: float = 0.95, population: int | None = None
) -> Size:
    """The items for which Wilson's interval is no wider than plus or minus `half_width` when `expected` is found.

    `reached` is the half width at n. Raises `NotAShare`, `NotACount`, `TooLarge`.

    >>> size_for_interval(0.05).n, size_for_interval(0.05, expected=0.95).n, size_for_interval(0.05, population=500).n
    (381, 83, 217)
    """
    demand_share(half_width, N_("half the width of an interval"))
    demand_share(expected, N_("the share expected"), closed=True)
    demand_share(confidence, N_("a confidence"))
    z = normal_quantile(0.5 + confidence / 2)
    n = _endless(half_width, expected, z)
    if n > MOST:
        raise TooLarge(limit=MOST)
    if population is not None:
        demand_count(population, N_("a population"), 1)
        n = min(population, max(1, ceil(n * population / (population - 1 + n) - 1e-9)))
    else:
        n = max(1, ceil(n - 1e-9))
    reached = _half(n, expected, z, population)
    places = {
        "n": n,
        "confidence": percent(confidence),
        "share": percent(expected),
        "half": percent(float(f"{reached:.2g}")),
    }
    return Size(n, reached, (Sentence(_MEANING, places), Sentence(_MEANING_NOT, {"share": percent(expected)})))


def krejcie_morgan(population: int, share: float = 0.5, half_width: float = 0.05, chi_square: float = 3.841) -> int:
    """The sample size of Krejcie and Morgan's table, rounded to the nearest as they printed it.

    `chi_square` 3.841 is 95% confidence. The table rests on Wald's interval, which is too short near 0 and 1: where
    shares are extreme, prefer `size_for_interval`. Raises `NotACount`, `NotAShare`.

    >>> [krejcie_morgan(n) for n in (100, 1000, 1_000_000)]
    [80, 278, 384]
    """
    demand_count(population, N_("a population"), 1)
    demand_share(share, N_("the share expected"))
    demand_share(half_width, N_("half the width of an interval"))
    if not 0 < chi_square < MOST:
        raise TooLarge(limit=MOST)
    spread = chi_square * share * (1 - share)
    return floor(population * spread / (half_width**2 * (population - 1) + spread) + 0.5)


def _endless(half: float, share: float, z: float) -> float:
    """The n, not rounded, at which Wilson's interval is 2 `half` wide; below 0 where none is that wide."""
    hh, zz = half * half, z * z
    b = zz * share * (1 - share) - 2 * hh * zz
    inside = b * b + hh * zz * zz * (1 - 4 * hh)
    return (b + sqrt(inside)) / (2 * hh) if inside >= 0 else 0.0


def _half(n: int, share: float, z: float, population: int | None) -> float:
    if population is not None:
        if n >= population:
            return 0.0
        effective = n * (population - 1) / (population - n)
    else:
        effective = float(n)
    zz = z * z / effective
    return z * sqrt(share * (1 - share) / effective + zz / (4 * effective)) / (1 + zz)
