"""The share of defects that inspectors who err would have found if they did not.

Formula: with p the share found, Se the hit rate and Sp one minus the false-alarm rate, (p + Sp − 1)/(Se + Sp − 1), cut
at 0 and 1 (Rogan and Gladen). The interval is Lang and Reiczigel's: p with z²/2 of z² added, Se and Sp with 1 of 2; its
middle is moved by 2z²(πSe(1−Se)/n_Se − (1−π)Sp(1−Sp)/n_Sp).
Assumes: p, Se and Sp from independent random samples. Where Se and Sp are read from a share of the same sample, the
interval is about right while that share is small.
Source: Rogan & Gladen 1978, doi:10.1093/oxfordjournals.aje.a112510; Lang & Reiczigel 2014,
doi:10.1016/j.prevetmed.2013.09.015.
"""

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from guiju.stats.intervals import Interval


class Counted(NamedTuple):
    """`x` of `n`."""

    x: int
    n: int


class Corrected(NamedTuple):
    """The corrected share with its interval, in [0, 1]."""

    value: float
    interval: Interval


def corrected_share(found: Counted, hits: Counted, passes: Counted, confidence: float = 0.95) -> Corrected | None:
    """`found` defective of the judged; `hits` of the truly defective, `passes` of the truly good ones called so.

    `None` where nothing was judged, one of the rates is not known, or inspectors do no better than chance
    (Se + Sp <= 1): then no correction exists.

    >>> found = corrected_share(Counted(23, 150), Counted(96, 100), Counted(89, 100))
    >>> round(found.value, 3)
    0.051
    """
    if not (found.n and hits.n and passes.n):
        return None
    p, se, sp = found.x / found.n, hits.x / hits.n, passes.x / passes.n
    if se + sp <= 1:
        return None
    return Corrected(_cut((p + sp - 1) / (se + sp - 1)), _interval(found, hits, passes, confidence))


def _interval(found: Counted, hits: Counted, passes: Counted, confidence: float) -> Interval:
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    n, n_se, n_sp = found.n + z * z, hits.n + 2, passes.n + 2
    p, se, sp = (found.x + z * z / 2) / n, (hits.x + 1) / n_se, (passes.x + 1) / n_sp
    youden = se + sp - 1
    if youden <= 0:
        return Interval(0.0, 1.0)
    middle = (p + sp - 1) / youden
    of_se, of_sp = se * (1 - se) / n_se, sp * (1 - sp) / n_sp
    error = sqrt(p * (1 - p) / n + of_se * middle**2 + of_sp * (1 - middle) ** 2) / youden
    moved = middle + 2 * z * z * (middle * of_se - (1 - middle) * of_sp)
    return Interval(_cut(moved - z * error), _cut(moved + z * error))


def _cut(value: float) -> float:
    return min(1.0, max(0.0, value))
