"""The interval of a probability in which every answer's likelihood is a straight line.

Formula:
    L(theta) = prod_a (1 + u_a (theta - theta0)),  u_a = d log P(answer a) / d theta at theta0
    posterior(theta) ~ L(theta) theta^(a-1) (1 - theta)^(b-1), integrated over phi = arcsin(sqrt(theta)) by the
    trapezoid rule on a grid that closes in on where the mass is; the interval is from its 2.5% to its 97.5% quantile.
Assumes:
    everything else in the model is held at its estimate, so the interval is a little too narrow.
Source:
    elementary. In phi the prior Beta(1/2, 1/2) is flat: Jeffreys 1946, doi:10.1098/rspa.1946.0056
"""

from typing import NamedTuple

import numpy as np

from guiju.stats.columns import Codes, Floats

_DEEP = 9.0
"""A grid point whose log density is this far below the highest has no mass worth keeping."""
_GRIDS = (17, 17, 33, 129)


class Prior(NamedTuple):
    """Beta(a, b), both at least 1/2."""

    a: float
    b: float


class Ends(NamedTuple):
    """The lower and the upper end for each group."""

    low: Floats
    high: Floats


def mixture_interval(group: Codes, slope: Floats, at: Floats, prior: Prior) -> Ends:
    """The 95% posterior interval of each group's probability, in [0, 1].

    `slope` is u of each answer, `group` whose answer it is, `at` theta0 of each group. The prior alone speaks for a
    group without answers. Formula, Assumes, Source: see the module.

    >>> right = np.array([True] * 9 + [False])
    >>> ends = mixture_interval(np.zeros(10, int), np.where(right, 1 / 0.9, -1 / 0.1), np.array([0.9]), Prior(0.5, 0.5))
    >>> [round(float(end[0]), 3) for end in ends]  # without doubt about what is right: Jeffreys' interval of 9 of 10
    [0.619, 0.989]
    """
    low, high = np.zeros(len(at)), np.full(len(at), np.pi / 2)
    phi = density = np.zeros((len(at), 1))
    for points in _GRIDS:
        phi = np.linspace(low, high, points, axis=1)
        density = _density(phi, group, slope, at, prior)
        low, high = _closer(phi, density)
    return Ends(*(np.sin(_quantile(phi, density, share)) ** 2 for share in (0.025, 0.975)))


def _density(phi: Floats, group: Codes, slope: Floats, at: Floats, prior: Prior) -> Floats:
    """The log density on the grid `phi` (groups x points)."""
    theta = np.sin(phi) ** 2
    with np.errstate(divide="ignore"):
        density = _weighted(2 * prior.a - 1, np.sin(phi)) + _weighted(2 * prior.b - 1, np.cos(phi))
        for point in range(phi.shape[1]):
            gain = 1 + slope * (theta[:, point] - at)[group]
            density[:, point] += np.bincount(group, np.log(np.maximum(gain, 0)), len(at))
    return density


def _weighted(power: float, base: Floats) -> Floats:
    return power * np.log(np.maximum(base, 0)) if power else np.zeros(base.shape)


def _closer(phi: Floats, density: Floats) -> tuple[Floats, Floats]:
    """The part of each grid that holds the mass, with one point more on either side."""
    massive = density >= density.max(axis=1, keepdims=True) - _DEEP
    last = phi.shape[1] - 1
    first = np.maximum(massive.argmax(axis=1) - 1, 0)
    final = np.minimum(last - massive[:, ::-1].argmax(axis=1) + 1, last)
    rows = np.arange(len(phi))
    return phi[rows, first], phi[rows, final]


def _quantile(phi: Floats, density: Floats, share: float) -> Floats:
    mass = np.exp(density - density.max(axis=1, keepdims=True))
    part = (mass[:, 1:] + mass[:, :-1]) / 2
    below = np.concatenate([np.zeros((len(phi), 1)), np.cumsum(part, axis=1)], axis=1)
    below /= below[:, -1:]
    found = np.empty(len(phi))
    for row in range(len(phi)):
        found[row] = np.interp(share, below[row], phi[row])
    return found
