"""How far two sets of boxes are apart.

Boxes of the same label are matched one to one so that the sum of their IoU is greatest (Hungarian method), counting
only pairs with IoU of at least 0.5. With S that sum,
    distance = 1 - 2 S / (|A| + |B|)
which is 1 - F1 where every match counts as much as it overlaps. Two empty answers agree: 0. A box that only one drew,
or drew under another label, lowers the agreement of the whole item.

Where a box is turned, the answers are compared as outlines (`guiju.kinds.by_area`), which is the same formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from guiju.kinds import by_area
from guiju.kinds.box.plane import bounds_of, corners_of, iou
from guiju.kinds.box.shape import Box, Boxes
from guiju.kinds.marked import all_pairs
from guiju.kinds.model import Rect

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from guiju.kinds.by_area import Collected

LEAST_IOU = 0.5
LEAST_SIDE = 0.005
"""Pixels: what is stored has two decimals."""


def distance(a: Boxes, b: Boxes) -> float:
    """In [0, 1], symmetric, 0 for equal answers."""
    if a.shapes == b.shapes:
        return 0.0
    if is_turned(a) or is_turned(b):
        return by_area.distance_of(a.shapes, b.shapes, _collect, _key)
    labels = {box.label for box in a.shapes} & {box.label for box in b.shapes}
    if not labels:
        return 1.0
    # A fixed order of the two sides and of the sum makes the distance symmetric to the last bit.
    first, second = sorted((_plain(a), _plain(b)), key=lambda boxes: [_key(box) for box in boxes])
    total = sum(_overlap(_of(first, label), _of(second, label)) for label in sorted(labels))
    return max(0.0, 1 - 2 * total / (len(a.shapes) + len(b.shapes)))


def flat(answer: Boxes) -> tuple[bool, list[Rect]]:
    """Each box by its bounds, which are all of it unless it is turned."""
    if is_turned(answer):
        bounds = [bounds_of(box) for box in answer.shapes]
        told = zip(answer.shapes, bounds, strict=True)
        return False, [(box.label, each.left, each.top, each.right, each.bottom) for box, each in told]
    return True, [(box.label, box.x, box.y, box.x + box.w, box.y + box.h) for box in answer.shapes]


def is_turned(answer: Boxes) -> bool:
    return any(box.angle for box in answer.shapes)


def overlaps_of(a: Boxes, b: Boxes) -> Iterable[tuple[float, int, int]]:
    """IoU and places of pairs, whatever their labels."""
    if is_turned(a) or is_turned(b):
        return by_area.overlaps_of(a.shapes, b.shapes, _collect)
    return all_pairs(a.shapes, b.shapes, iou)


def _collect(answers: Sequence[Sequence[Box]]) -> Collected:
    """The boxes of the answers to one item as outlines; one without an area is nobody's partner."""
    from guiju.stats.shapes.collection import polygons  # noqa: PLC0415 - heavy, and a submit never compares

    rows = [(who, place) for who, answer in enumerate(answers) for place, box in enumerate(answer) if _has_area(box)]
    drawn = [answers[who][place] for who, place in rows]
    columns = ([0] * len(rows), [who for who, _ in rows], [box.label for box in drawn])
    looked = [(0, who) for who in range(len(answers))]
    return polygons(*columns, [corners_of(box) for box in drawn], answered=looked), rows


def _has_area(box: Box) -> bool:
    """Enough of it that the grid on which outlines are compared does not lose it."""
    return min(box.w, box.h) >= LEAST_SIDE


def _plain(answer: Boxes) -> list[Box]:
    return sorted(answer.shapes, key=_key)


def _key(box: Box) -> tuple[str, float, float, float, float, float]:
    return (box.label, box.x, box.y, box.w, box.h, box.angle)


def _of(boxes: Sequence[Box], label: str) -> list[Box]:
    return [box for box in boxes if box.label == label]


def _table(a: Sequence[Box], b: Sequence[Box]) -> NDArray[np.float64]:
    """IoU of each box of `a` (rows) with each of `b`, 0 where it is too small."""
    from guiju.stats.shapes.boxes import iou_matrix  # noqa: PLC0415 - heavy, and a submit never compares

    found = iou_matrix([_sides(box) for box in a], [_sides(box) for box in b])
    found[found < LEAST_IOU] = 0
    return found


def _sides(box: Box) -> tuple[float, float, float, float]:
    """A box pulled inside out, which only an unchecked import could hold, has no area."""
    return (box.x, box.y, max(0.0, box.w), max(0.0, box.h))


def _overlap(a: Sequence[Box], b: Sequence[Box]) -> float:
    """The greatest sum of IoU of a one to one matching, of pairs that overlap enough."""
    if len(a) == len(b) == 1:
        value = iou(a[0], b[0])
        return value if value >= LEAST_IOU else 0.0
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - heavy, and a submit never compares

    table = _table(a, b)
    rows, places = linear_sum_assignment(table, maximize=True)
    return float(table[rows, places].sum())
