"""Every pair of shapes of two answers that share enough, for many pairs of answers in one pass.

Formula: IoU as in `boxes`, `polygons` and `masks`; pairs whose bounds do not meet have none and are dropped before.
Assumes: shapes of one collection. Source: see the forms.
"""

from dataclasses import dataclass

import numpy as np

from guiju.stats.columns import Codes, Floats
from guiju.stats.shapes.collection import Shapes
from guiju.stats.shapes.masks import spread

_CHUNK = 250_000
"""Candidates at once: a dozen columns of that many numbers stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Shapes `left` and `right` (rows) of the pair of answers number `pair` share `iou`.

    A shape meets another partner in every pair of answers, so it has a number of its own in each: `left_slot` and
    `right_slot`, which is what a matching must use once at most.
    """

    pair: Codes
    left: Codes
    right: Codes
    left_slot: Codes
    right_slot: Codes
    iou: Floats

    def __len__(self) -> int:
        return len(self.pair)


def overlaps(shapes: Shapes, left: Codes, right: Codes, least: float) -> Overlaps:
    """All pairs of shapes with IoU of at least `least` (above 0) of answers `left[p]` and `right[p]`, for every p.

    Formula, Assumes, Source: see the module. In the order of p, then of the left shape, then of the right one.

    >>> from guiju.stats.shapes.collection import boxes
    >>> two = boxes([1, 1, 1], ["ann", "bo", "bo"], ["x"] * 3, [[0, 0, 4, 4], [0, 0, 4, 2], [9, 9, 4, 4]])
    >>> overlaps(two, np.array([0]), np.array([1]), 0.1).iou.tolist()
    [0.5]
    """
    many = shapes.drawn
    pair = np.repeat(np.arange(len(left)), many[left])
    row = spread(shapes.first[left], many[left])
    opposite = many[right][pair]
    begin = shapes.first[right][pair]
    offset = (np.cumsum(many[right]) - many[right])[pair] - begin
    work = np.cumsum(opposite)
    parts: list[Overlaps] = []
    start = 0
    while start < len(row):
        done = work[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(work, done + _CHUNK, side="right")))
        one = slice(start, stop)
        found = _near(shapes, row[one], begin[one], opposite[one], least)
        slot = found[0] + start
        parts.append(Overlaps(pair[slot], row[slot], found[1], slot, found[1] + offset[slot], found[2]))
        start = stop
    return _joined(parts)


def _near(shapes: Shapes, row: Codes, begin: Codes, many: Codes, least: float) -> tuple[Codes, Codes, Floats]:
    """Number of the left shape, right row and IoU, of those of `row` against `many` rows each from `begin`."""
    x1, y1, x2, y2 = shapes.geometry.bounds
    other = spread(begin, many)
    meet = np.flatnonzero((np.repeat(x1[row], many) < x2[other]) & (x1[other] < np.repeat(x2[row], many)))
    slot = np.repeat(np.arange(len(row)), many)[meet]
    mine, other = row[slot], other[meet]
    high = np.flatnonzero((y1[mine] < y2[other]) & (y1[other] < y2[mine]))
    slot, mine, other = slot[high], mine[high], other[high]
    value = shapes.geometry.iou(mine, other, least)
    enough = np.flatnonzero(value >= least)
    return slot[enough], other[enough], value[enough]


def _joined(parts: list[Overlaps]) -> Overlaps:
    if not parts:
        none = np.zeros(0, np.int64)
        return Overlaps(none, none, none, none, none, np.zeros(0))
    return Overlaps(
        np.concatenate([part.pair for part in parts]),
        np.concatenate([part.left for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate([part.left_slot for part in parts]),
        np.concatenate([part.right_slot for part in parts]),
        np.concatenate([part.iou for part in parts]),
    )
