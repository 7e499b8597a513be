"""Lines of several points: how much of two of them runs along the other.

Formula: share(a, b) = (l(a near b) + l(b near a)) / (l(a) + l(b)), with l the length, and `near` within reach of the
other line: the buffer method's completeness and correctness, weighted by length.
Assumes: that a line has no direction; that what is within reach is the same line, and what is not is another.
Source: Goodchild and Hunter 1997, A simple positional accuracy measure for linear features,
doi:10.1080/136588197242419; Heipke, Mayer, Wiedemann and Jamet 1997, Evaluation of automatic road extraction.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from guiju.stats.columns import Floats
from guiju.stats.shapes.errors import NotALine

STEPS = 512
"""A line is looked at in so many places, evenly along its length; what lies between two of them is not seen."""


def line_share(a: ArrayLike, b: ArrayLike, reach: float) -> float:
    """The share of two lines, n x 2 points each, that runs within `reach` of the other, in [0, 1]; symmetric.

    Formula, assumptions and source: see the module. Raises `NotALine` for fewer than two different points.

    >>> line_share([[0, 0], [10, 0]], [[0, 1], [10, 1]], reach=2)
    1.0
    >>> round(line_share([[0, 0], [10, 0]], [[0, 0], [20, 0]], reach=1), 2)
    0.7
    """
    one, other = _line(a), _line(b)
    there, back = _near(one, other, reach), _near(other, one, reach)
    lengths = length_of(one), length_of(other)
    # In a fixed order, so that the share is symmetric to the last bit.
    parts = sorted(((lengths[0], there), (lengths[1], back)))
    return float(sum(length * near for length, near in parts) / sum(length for length, _ in parts))


def length_of(points: ArrayLike) -> float:
    """The length along an n x 2 line.

    Formula: the sum of its stretches. Assumes: pixels. Source: Euclid.

    >>> length_of([[0, 0], [3, 4], [3, 5]])
    6.0
    """
    line = np.asarray(points, dtype=float)
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def _line(points: ArrayLike) -> Floats:
    line = np.asarray(points, dtype=float)
    if line.ndim != 2 or line.shape[1:] != (2,) or not np.isfinite(line).all() or len(np.unique(line, axis=0)) < 2:
        raise NotALine
    return line[np.r_[True, (np.diff(line, axis=0) != 0).any(axis=1)]]


def _near(line: Floats, other: Floats, reach: float) -> float:
    """The share of `line`, looked at in `STEPS` places, that is within reach of `other`."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    along = np.r_[0, np.cumsum(steps)]
    looked = (np.arange(STEPS) + 0.5) / STEPS * along[-1]
    places: Floats = np.empty((STEPS, 2))
    for axis in (0, 1):
        places[:, axis] = np.interp(looked, along, line[:, axis])
    least = np.full(STEPS, np.inf)
    for start, end in pairwise(other):
        side = end - start
        share = np.clip(((places - start) @ side) / (side @ side), 0, 1)
        least = np.minimum(least, np.hypot(*(places - start - share[:, None] * side).T))
    return float((least <= reach).mean())
