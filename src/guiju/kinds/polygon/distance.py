"""How far two sets of polygons are apart: as for boxes, by the shared area of the outlines.

Polygons of the same label are matched one to one so that the sum of their IoU is greatest, counting only pairs with
IoU of at least 0.5. With S that sum,
    distance = 1 - 2 S / (|A| + |B|)
A polygon that encloses nothing, which only an unchecked import could hold, is nobody's partner.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from guiju.kinds.points import Points
from guiju.kinds.polygon.shape import Polygon, Polygons

if TYPE_CHECKING:
    from guiju.stats.shapes.collection import Shapes

LEAST_IOU = 0.5


def distance(a: Polygons, b: Polygons) -> float:
    """In [0, 1], symmetric, 0 for equal answers."""
    if a.shapes == b.shapes:
        return 0.0
    if not {polygon.label for polygon in a.shapes} & {polygon.label for polygon in b.shapes}:
        return 1.0
    # A fixed order of the two sides makes the distance symmetric to the last bit.
    first, second = sorted((in_order(a), in_order(b)), key=lambda side: [*map(key_of, side)])
    shapes, _ = collect([first, second])
    return max(0.0, 1 - 2 * _summed(shapes) / (len(first) + len(second)))


def _summed(shapes: Shapes) -> float:
    """The greatest sum of IoU of a one to one matching of the two answers' polygons."""
    import numpy as np  # noqa: PLC0415 - heavy, and a submit never compares

    from guiju.stats.shapes.comparing import shared_overlap  # noqa: PLC0415 - the same

    share = shared_overlap(shapes, np.array([0]), np.array([1]), LEAST_IOU)
    return float(share[0]) * len(shapes) / 2


def overlaps_of(a: Polygons, b: Polygons) -> list[tuple[float, int, int]]:
    """IoU and places of all pairs with IoU of at least 0.5, whatever their labels."""
    import numpy as np  # noqa: PLC0415 - heavy, and a submit never compares

    from guiju.stats.shapes.overlaps import overlaps  # noqa: PLC0415 - the same

    shapes, rows = collect([a.shapes, b.shapes])
    near = overlaps(shapes, np.array([0]), np.array([1]), LEAST_IOU)
    lefts: list[int] = shapes.row[near.left].tolist()
    rights: list[int] = shapes.row[near.right].tolist()
    shares: list[float] = near.iou.tolist()
    return [(share, rows[i][1], rows[j][1]) for share, i, j in zip(shares, lefts, rights, strict=True)]


def collect(answers: Sequence[Sequence[Polygon]]) -> tuple[Shapes, list[tuple[int, int]]]:
    """The answers to one item as the statistics take them, and of each row the answer and the place in it."""
    from guiju.stats.shapes.collection import polygons  # noqa: PLC0415 - heavy, and a submit never compares
    from guiju.stats.shapes.errors import NoArea, NotAPolygon  # noqa: PLC0415 - the same

    rows = [(who, place) for who, answer in enumerate(answers) for place in range(len(answer))]
    looked = [(0, who) for who in range(len(answers))]
    while True:
        drawn = [answers[who][place] for who, place in rows]
        columns = ([0] * len(rows), [who for who, _ in rows], [polygon.label for polygon in drawn])
        try:
            return polygons(*columns, [polygon.points for polygon in drawn], answered=looked), rows
        except (NoArea, NotAPolygon) as refusal:
            del rows[int(str(refusal.details["row"]))]


def in_order(answer: Polygons) -> list[Polygon]:
    return sorted(answer.shapes, key=key_of)


def key_of(polygon: Polygon) -> tuple[str, Points]:
    return (polygon.label, polygon.points)
