"""How far two sets of polygons are apart: as for boxes, by the shared area of the outlines (`guiju.kinds.by_area`).

A polygon that encloses nothing, which only an unchecked import could hold, is nobody's partner.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from guiju.kinds import by_area
from guiju.kinds.model import Rect
from guiju.kinds.points import Points, bounds_of
from guiju.kinds.polygon.shape import Polygon, Polygons

if TYPE_CHECKING:
    from guiju.kinds.by_area import Collected


def distance(a: Polygons, b: Polygons) -> float:
    """In [0, 1], symmetric, 0 for equal answers."""
    return by_area.distance_of(a.shapes, b.shapes, collect, key_of)


def flat(answer: Polygons) -> tuple[bool, list[Rect]]:
    """The bounds of each outline: where those share nothing, the outlines do not."""
    bounds = [bounds_of(one.points or ((0.0, 0.0),)) for one in answer.shapes]
    told = zip(answer.shapes, bounds, strict=True)
    return False, [(one.label, each.left, each.top, each.right, each.bottom) for one, each in told]


def overlaps_of(a: Polygons, b: Polygons) -> list[tuple[float, int, int]]:
    """IoU and places of all pairs with IoU of at least 0.5, whatever their labels."""
    return by_area.overlaps_of(a.shapes, b.shapes, collect)


def collect(answers: Sequence[Sequence[Polygon]]) -> Collected:
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
