"""What two answers' shapes have in common, for many pairs of answers at once.

Formula: with M the matching of the greatest sum of IoU among pairs of shapes with IoU >= t (`matching`):
    free    M over all pairs, whatever their labels           named   M over pairs of equal labels only
    loose   shapes without a partner in `free`, matched the same way among pairs with .1 <= IoU < t
Ties are broken towards equal labels, then towards more pairs: 2^-40 and 2^-42 are added to the IoU, which is less than
any difference that a drawing hand makes.
Assumes: IoU means the same for large and small shapes, which it does not quite: a pixel costs a small one more.
Source: Kuhn 1955, doi:10.1002/nav.3800020109.
"""

from dataclasses import dataclass

import numpy as np

from guiju.stats.columns import Codes, Floats
from guiju.stats.shapes.collection import Shapes
from guiju.stats.shapes.errors import NotAnOverlap
from guiju.stats.shapes.matching import best_matching
from guiju.stats.shapes.overlaps import Overlaps, overlaps

LOOSE = 0.1
"""Two shapes that share at least this much probably mean the same thing."""

_EQUAL, _MORE = 2.0**-40, 2.0**-42


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every pair of answers compared: `near` all overlaps from .1 on, and the edges of the three matchings."""

    left_drawn: Codes
    right_drawn: Codes
    near: Overlaps
    same: Codes
    free: Codes
    named: Codes
    loose: Codes

    def count(self, edges: Codes, weight: Floats | None = None) -> Floats:
        """How many of `edges` each pair of answers has, or the sum of their `weight`."""
        return np.bincount(self.near.pair[edges], weight, minlength=len(self.left_drawn)).astype(np.float64)


def compare(shapes: Shapes, left: Codes, right: Codes, least: float = 0.5) -> Comparison:
    """Answers `left[p]` and `right[p]` of one collection compared, for every p.

    Formula, Assumes, Source: see the module. Raises `NotAnOverlap` unless 0 < `least` <= 1.

    >>> from guiju.stats.shapes.collection import boxes
    >>> drawn = boxes([1] * 4, ["ann", "ann", "bo", "bo"], ["x", "y", "x", "x"],
    ...               [[0, 0, 4, 4], [9, 9, 4, 4], [0, 0, 4, 3], [9, 9, 4, 4]])
    >>> found = compare(drawn, np.array([0]), np.array([1]))
    >>> len(found.free), len(found.named), found.near.iou[found.free].tolist()
    (2, 1, [0.75, 1.0])
    """
    demand_overlap(least)
    near = overlaps(shapes, left, right, min(LOOSE, least))
    same = (shapes.label[near.left] == shapes.label[near.right]).astype(np.int64)
    close = near.iou >= least
    free = _matched(near, same, np.flatnonzero(close))
    named = _matched(near, same, np.flatnonzero(close & (same == 1)))
    idle = ~np.isin(near.left_slot, near.left_slot[free]) & ~np.isin(near.right_slot, near.right_slot[free])
    loose = _matched(near, same, np.flatnonzero(idle))
    return Comparison(shapes.drawn[left], shapes.drawn[right], near, same, free, named, loose)


def shared_overlap(shapes: Shapes, left: Codes, right: Codes, least: float = 0.5) -> Floats:
    """2 S / (|A| + |B|) for each pair of answers, S the summed IoU of the matching that demands equal labels.

    Formula: as said; two empty answers agree fully, 1 by definition. 1 minus it is the distance that alpha uses.
    Assumes, Source: see the module. Raises `NotAnOverlap`.

    >>> from guiju.stats.shapes.collection import boxes
    >>> two = boxes([1, 1], ["ann", "bo"], ["x", "x"], [[0, 0, 4, 4], [0, 0, 4, 3]])
    >>> shared_overlap(two, np.array([0]), np.array([1])).tolist()
    [0.75]
    """
    demand_overlap(least)
    near = overlaps(shapes, left, right, least)
    same = shapes.label[near.left] == shapes.label[near.right]
    chosen = _matched(near, same.astype(np.int64), np.flatnonzero(same))
    total = np.bincount(near.pair[chosen], near.iou[chosen], minlength=len(left)).astype(np.float64)
    return share_of(total, shapes.drawn[left], shapes.drawn[right])


def share_of(matched: Floats, left_drawn: Codes, right_drawn: Codes) -> Floats:
    """2 m / (|A| + |B|), and 1 where both drew nothing.

    Formula: F1, the harmonic mean of m / |A| and m / |B|. Assumes: m <= min(|A|, |B|).
    Source: van Rijsbergen 1979, Information Retrieval, ch. 7.

    >>> share_of(np.array([1.0, 0.0]), np.array([1, 0]), np.array([2, 0])).round(3).tolist()
    [0.667, 1.0]
    """
    drawn = (left_drawn + right_drawn).astype(np.float64)
    return np.divide(2 * matched, drawn, out=np.ones_like(drawn), where=drawn > 0)


def demand_overlap(least: float) -> None:
    """Formula: 0 < least <= 1. Assumes, Source: the definition of IoU. Raises `NotAnOverlap`.

    >>> demand_overlap(0.5)
    """
    if not 0 < least <= 1:
        raise NotAnOverlap(value=f"{least:g}")


def _matched(near: Overlaps, same: Codes, edges: Codes) -> Codes:
    weight = near.iou[edges] + same[edges] * _EQUAL + _MORE
    return edges[best_matching(near.left_slot[edges], near.right_slot[edges], weight)]
