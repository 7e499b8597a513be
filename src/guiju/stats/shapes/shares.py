"""A ratio of sums over items, with its interval: so many of so many, counted in clusters that hang together.

Formula: R = sum_i x_i / sum_i y_i over items i. Interval, either percentiles of R over 1,000 resamples of items, or
    R -+ 1.96 se,  se^2 = n / (n - 1) * sum_i (x_i - R y_i)^2 / (sum_i y_i)^2      (linearised)
Shapes of one image stand or fall together, so images are the units and not shapes. With y_i = 1 it is a plain mean.
Assumes: items are a random sample of those meant; the linearised interval wants some 30 of them, and where every item
is perfect both intervals have no width, which says nothing about the next item.
Source: Efron 1979, doi:10.1214/aos/1176344552; Cochran 1977, Sampling Techniques, ch. 6, ISBN 978-0-471-16240-7.
"""

import numpy as np

from guiju.kit import N_
from guiju.stats.columns import Codes, Floats
from guiju.stats.figure import ANALYTIC, BOOTSTRAP, Figure

REPLICATES = 1_000
MOST_RESAMPLED = 10_000
"""From this many items on the resamples would tell the same as the formula, and cost a hundred times more."""

_Z = 1.959963984540054
_CHUNK = 2_000_000
NOTHING_THERE = N_("There is nothing of this kind to count.")


def shares(x: Floats, y: Floats, seed: int = 0, why: str = NOTHING_THERE) -> tuple[Figure, ...]:
    """One figure for each column of `x` over the same of `y` (items x figures), by resampling items with `seed`.

    Formula, Assumes, Source: see the module. Where all of y is 0 there is no figure, and `why` says so.

    >>> [round(found.value, 3) for found in shares(np.array([[2.0], [1.0]]), np.array([[2.0], [4.0]]))]
    [0.5]
    """
    many = (y > 0).sum(axis=0)
    if len(x) > MOST_RESAMPLED:
        return tuple(_linear(x[:, k], y[:, k], why) for k in range(x.shape[1]))
    replicates = _replicates(np.concatenate((x, y), axis=1), seed)
    return tuple(
        _figure(x[:, k], y[:, k], replicates[:, [k, x.shape[1] + k]], int(many[k]), why) for k in range(x.shape[1])
    )


def grouped_shares(
    group: Codes, item: Codes, x: Floats, y: Floats, *, groups: int, why: str = NOTHING_THERE
) -> tuple[Figure, ...]:
    """One figure for each of `groups`, rows being added up by group and item first; linearised intervals.

    Formula, Assumes, Source: see the module. n is the number of items that a group has anything of.

    >>> who, item = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> [f.value for f in grouped_shares(who, item, np.array([1.0, 2, 0, 1]), np.array([2.0, 2, 1, 1]), groups=2)]
    [0.75, 0.5]
    """
    width = int(item.max(initial=0)) + 1
    cell, place = np.unique(group * width + item, return_inverse=True)
    found_x = np.bincount(place, x, minlength=len(cell))
    found_y = np.bincount(place, y, minlength=len(cell))
    owner = cell // width
    total_x = np.bincount(owner, found_x, minlength=groups)
    total_y = np.bincount(owner, found_y, minlength=groups)
    many = np.bincount(owner[found_y > 0], minlength=groups)
    value = np.divide(total_x, total_y, out=np.full(groups, np.nan), where=total_y > 0)
    off = np.bincount(owner, np.square(found_x - np.nan_to_num(value)[owner] * found_y), minlength=groups)
    rows = zip(value.tolist(), off.tolist(), total_y.tolist(), many.tolist(), strict=True)
    return tuple(_bounded(*row, why) for row in rows)


def _linear(x: Floats, y: Floats, why: str) -> Figure:
    total = float(y.sum())
    value = float(x.sum()) / total if total else 0.0
    return _bounded(value, float(np.square(x - value * y).sum()), total, int((y > 0).sum()), why)


def _bounded(value: float, off: float, total: float, n: int, why: str) -> Figure:
    if total == 0:
        return Figure(None, why=why)
    if n < 2:
        return Figure(value, n=n)
    half = _Z * (n / (n - 1) * off) ** 0.5 / total
    return Figure(value, max(0.0, value - half), min(1.0, value + half), n, how=ANALYTIC)


def _figure(x: Floats, y: Floats, replicates: Floats, n: int, why: str) -> Figure:
    """Sums of `x` over sums of `y`; `replicates` (r x 2) are both sums in each resample."""
    total = float(y.sum())
    if total == 0:
        return Figure(None, why=why)
    value = float(x.sum()) / total
    if n < 2:
        return Figure(value, n=n)
    existing = replicates[replicates[:, 1] > 0]
    low, high = np.percentile(existing[:, 0] / existing[:, 1], (2.5, 97.5))
    return Figure(value, float(low), float(high), n, how=BOOTSTRAP)


def _replicates(columns: Floats, seed: int) -> Floats:
    """The sums of `columns` over each resample of their rows."""
    items = len(columns)
    rng = np.random.default_rng(seed)
    step = max(1, _CHUNK // max(1, items))
    parts: list[Floats] = []
    for start in range(0, REPLICATES, step):
        many = min(step, REPLICATES - start)
        drawn = rng.integers(0, items, (many, items), np.int32) + np.arange(many, dtype=np.int32)[:, None] * items
        times = np.bincount(drawn.ravel(), minlength=many * items).reshape(many, items)
        parts.append(times.astype(np.float64) @ columns)
    return np.concatenate(parts)
