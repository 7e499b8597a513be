"""Chances of finding defective items in a sample, exact to the last digits of a float.

Formula: binomial P(d) = C(n,d) p^d (1-p)^(n-d); hypergeometric P(d) = C(B,d) C(N-B,n-d) / C(N,n). Both are computed by
Loader's saddle point: log P = e(n) - e(d) - e(n-d) - D(d; np) - D(n-d; nq) + log(n / (2 pi d (n-d))) / 2, with e the
error of Stirling's formula and D(x; m) = x log(x/m) + m - x. Sums run from the near end of the tail by ratios.
Assumes: every item of the lot is equally likely to be drawn, and an inspector sees each defective item that is there.
Source: Loader C., Fast and accurate computation of binomial probabilities, 2000; Schilling & Neubauer, Acceptance
Sampling in Quality Control, 3rd ed. 2017, ISBN 978-1-4987-3357-1.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import exp, floor, lgamma, log, log1p, pi, sqrt
from typing import TypeAlias

from guiju.stats.acceptance.errors import NotAProbability, PlanLargerThanLot
from guiju.stats.errors import EmptyLot, ImpossibleCount

_NEGLIGIBLE = 1e-18


@dataclass(frozen=True, slots=True)
class Process:
    """Lots without end from a process of which `share` is defective."""

    share: float

    def chance(self, d: int, n: int) -> float:
        """Probability of exactly `d` defective items among `n`."""
        return binomial(d, n, self.share)

    def at_most(self, c: int, n: int) -> float:
        """Probability of `c` defective items or fewer among `n`."""
        p, q = self.share, 1 - self.share
        if c < 0 or c >= n or p in (0.0, 1.0):
            return float(c >= 0 and (c >= n or p == 0))

        def up(d: int) -> float:
            return (n - d) * p / ((d + 1) * q)

        return _cumulated(c, floor((n + 1) * p), (0, n), lambda d: self.chance(d, n), up)


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot of `size` items, `bad` of them defective."""

    bad: int
    size: int

    @property
    def share(self) -> float:
        return self.bad / self.size

    def chance(self, d: int, n: int) -> float:
        """Probability of exactly `d` defective items among `n`."""
        return hypergeometric(d, n, self.bad, self.size)

    def at_most(self, c: int, n: int) -> float:
        """Probability of `c` defective items or fewer among `n`."""
        bad, good = self.bad, self.size - self.bad
        least, most = max(0, n - good), min(n, bad)
        if c < least or c >= most:
            return float(c >= most)

        def up(d: int) -> float:
            return (bad - d) * (n - d) / ((d + 1) * (good - n + d + 1))

        mode = floor((n + 1) * (bad + 1) / (self.size + 2))
        return _cumulated(c, mode, (least, most), lambda d: self.chance(d, n), up)


Quality: TypeAlias = Process | Lot


def quality(share: float, lot: int | None = None) -> Quality:
    """What samples are drawn from: a lot with round(share * lot) defective items, or a process when there is no lot.

    Raises `NotAProbability`, `EmptyLot`.

    >>> quality(0.03, 1000).at_most(3, 100) > quality(0.03).at_most(3, 100)
    True
    """
    if not 0 <= share <= 1:
        raise NotAProbability(what="p", low=0, high=1, value=share)
    if lot is None:
        return Process(share)
    if lot < 1:
        raise EmptyLot(size=lot)
    return Lot(round(share * lot), lot)


def demand_inside(what: str, value: float) -> None:
    """Refuse a probability that is not strictly between 0 and 1. Raises `NotAProbability`.

    >>> demand_inside("alpha", 5)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    guiju.stats.acceptance.errors.NotAProbability: alpha must lie between 0 and 1; 5 does not. Give it as a share: ...
    """
    if not 0 < value < 1:
        raise NotAProbability(what=what, low=0, high=1, value=value)


def binomial(d: int, n: int, share: float) -> float:
    """Probability of exactly `d` defective items among `n` from a process. Raises `ImpossibleCount`.

    >>> round(binomial(3, 52, 0.05), 6)
    0.223748
    """
    if n < 0:
        raise ImpossibleCount(count=d, total=n)
    if not 0 <= d <= n:
        return 0.0
    if share in (0.0, 1.0):
        return float(d == n * share)
    if d == 0:
        return exp(n * log1p(-share))
    if d == n:
        return exp(n * log(share))
    spread = _stirling(n) - _stirling(d) - _stirling(n - d)
    off = _deviance(d, n * share) + _deviance(n - d, n * (1 - share))
    return exp(spread - off) * sqrt(n / (2 * pi * d * (n - d)))


def hypergeometric(d: int, n: int, bad: int, lot: int) -> float:
    """Probability of exactly `d` defective items among `n` drawn from a lot that has `bad` of them.

    Raises `ImpossibleCount`, `PlanLargerThanLot`.

    >>> round(hypergeometric(1, 10, 3, 50), 4)
    0.398
    """
    if not 0 <= bad <= lot:
        raise ImpossibleCount(count=bad, total=lot)
    if not 0 <= n <= lot:
        raise PlanLargerThanLot(n=n, lot=lot)
    if not max(0, n - (lot - bad)) <= d <= min(n, bad):
        return 0.0
    if n in (0, lot):
        return 1.0
    p = n / lot
    return binomial(d, bad, p) * binomial(n - d, lot - bad, p) / binomial(n, lot, p)


def _cumulated(
    c: int, mode: int, ends: tuple[int, int], chance: Callable[[int], float], ratio: Callable[[int], float]
) -> float:
    """P(at most c) from one P(d) and the `ratio` P(d+1) / P(d): the sum of the nearer tail, or 1 less it."""
    if c <= mode:
        total = term = chance(c)
        for d in range(c - 1, ends[0] - 1, -1):
            term /= ratio(d)
            total += term
            if term <= total * _NEGLIGIBLE:
                break
        return min(1.0, total)
    total = term = chance(c + 1)
    for d in range(c + 1, ends[1]):
        term *= ratio(d)
        total += term
        if term <= total * _NEGLIGIBLE:
            break
    return max(0.0, 1.0 - total)


@lru_cache(maxsize=65_536)
def _stirling(n: int) -> float:
    """log n! less Stirling's formula for it."""
    if n < 16:
        return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * pi)
    nn = n * n
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / nn) / nn) / nn) / nn) / n


def _deviance(x: float, m: float) -> float:
    """x log(x/m) + m - x, without cancellation where x is near m."""
    if abs(x - m) >= 0.1 * (x + m):
        return x * log(x / m) + m - x
    v = (x - m) / (x + m)
    total, term, odd = (x - m) * v, 2 * x * v, 1
    while True:
        term *= v * v
        odd += 2
        more = total + term / odd
        if more == total:
            return total
        total = more
