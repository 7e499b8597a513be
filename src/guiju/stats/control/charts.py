"""Charts of a share over samples of different size: the p-chart, and Laney's p′ where samples differ more than chance.

Formula: with x_i defective of n_i, p̄ = Σx / Σn and σ_i = √(p̄(1 − p̄)/n_i). The p-chart's limits are p̄ ∓ 3σ_i, cut at 0
and 1. Laney's are p̄ ∓ 3σ_iσ_z with σ_z = (mean of |z_i − z_{i−1}|)/1.128 and z_i = (x_i/n_i − p̄)/σ_i.
Over-dispersion: Σz_i² is about χ² with k − 1 degrees of freedom when only chance makes samples differ; above its 95%
point, and with σ_z > 1, p′ is taken. The point of χ² is Wilson and Hilferty's, right to three digits from 3 degrees on.
Assumes: samples in the order of time, items drawn at random. With p̄n_i below about 1 a single defect is often outside
the limits, and no lower limit exists.
Source: Shewhart W. A., Economic Control of Quality of Manufactured Product (1931); Laney D. B., Improved control charts
for attributes, Quality Engineering 14 (2002) 531-537, doi:10.1081/QEN-120003555; Wilson & Hilferty 1931,
doi:10.1073/pnas.17.12.684.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from guiju.stats.control.errors import BadSubgroup, NoSubgroups

WIDTH = 3.0
# the mean range of two normal values, in standard deviations
_D2 = 1.128
FEWEST_FOR_PRIME = 8


class Sample(NamedTuple):
    """`x` defective of `n` looked at."""

    x: int
    n: int


@dataclass(frozen=True, slots=True)
class Point:
    """A sample on the chart: its share, its limits, and how many (inflated) standard deviations it lies from p̄."""

    share: float
    low: float
    high: float
    z: float


@dataclass(frozen=True, slots=True)
class Chart:
    """`centre` is p̄; `inflation` is σ_z, 1 for a p-chart; `prime` where the limits are Laney's."""

    centre: float
    prime: bool
    inflation: float
    points: tuple[Point, ...]


def p_chart(samples: Sequence[Sample], *, prime: bool | None = None) -> Chart:
    """The chart of samples in their order; `prime` takes one of the two, `None` decides by the over-dispersion.

    Raises `NoSubgroups`, `BadSubgroup`.

    >>> chart = p_chart([Sample(12, 50), Sample(15, 50), Sample(8, 50), Sample(10, 50)])
    >>> round(chart.centre, 3), [round(end, 3) for end in (chart.points[0].low, chart.points[0].high)]
    (0.225, [0.048, 0.402])
    """
    _check(samples)
    centre = sum(one.x for one in samples) / sum(one.n for one in samples)
    sigmas = [sqrt(centre * (1 - centre) / one.n) for one in samples]
    scores = [(one.x / one.n - centre) / s if s else 0.0 for one, s in zip(samples, sigmas, strict=True)]
    spread = sigma_z(scores)
    taken = is_overdispersed(scores, spread) if prime is None else prime
    inflation = spread if taken and spread > 0 else 1.0
    points = [
        Point(one.x / one.n, *_limits(centre, s * inflation), z / inflation)
        for one, s, z in zip(samples, sigmas, scores, strict=True)
    ]
    return Chart(centre, taken, inflation, tuple(points))


def _check(samples: Sequence[Sample]) -> None:
    if not samples or any(one.n < 1 for one in samples):
        raise NoSubgroups
    for one in samples:
        if not 0 <= one.x <= one.n:
            raise BadSubgroup(defective=one.x, n=one.n)


def _limits(centre: float, sigma: float) -> tuple[float, float]:
    return max(0.0, centre - WIDTH * sigma), min(1.0, centre + WIDTH * sigma)


def sigma_z(scores: Sequence[float]) -> float:
    """How much more samples differ from one to the next than chance explains; 1 where it explains all.

    >>> round(sigma_z([0.5, -0.9, 1.2, -1.4]), 2)
    1.8
    """
    steps = [abs(b - a) for a, b in pairwise(scores)]
    return sum(steps) / len(steps) / _D2 if steps else 1.0


def is_overdispersed(scores: Sequence[float], spread: float) -> bool:
    """Whether samples of these standard scores, whose σ_z is `spread`, differ more than chance explains.

    >>> is_overdispersed([2.5, -2.5] * 4, 4.4), is_overdispersed([0.5, -0.5] * 4, 0.9)
    (True, False)
    """
    if len(scores) < FEWEST_FOR_PRIME or spread <= 1:
        return False
    return sum(z * z for z in scores) > chi_square_95(len(scores) - 1)


def chi_square_95(degrees: int) -> float:
    """The 95% point of χ².

    >>> round(chi_square_95(10), 2)
    18.29
    """
    part = 2 / (9 * degrees)
    return degrees * (1 - part + NormalDist().inv_cdf(0.95) * sqrt(part)) ** 3
