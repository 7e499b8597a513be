"""One set of polygons from several annotators', by `guiju.stats.consensus.shapes`.

1. Polygons of different annotators with IoU of at least 0.5 are joined, the closest first, one of each annotator.
2. A group that more than half of the annotators are in stays; its label is the majority's.
3. Its outline encloses what lies in more than half of its members: the largest piece, holes filled.
If the label of a group that stays is tied, the answers do not decide and the item goes to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from guiju.kinds.by_area import LEAST_IOU
from guiju.kinds.model import Merged
from guiju.kinds.points import Points, area_of, bounds_of, crosses_itself, rounded_points, without_repeats
from guiju.kinds.polygon.check import MOST_POINTS
from guiju.kinds.polygon.distance import collect, in_order, key_of
from guiju.kinds.polygon.shape import Polygon, Polygons, tidy

if TYPE_CHECKING:
    from guiju.stats.consensus.shapes import MergedShape


def merge(answers: Sequence[Polygons]) -> Merged[Polygons] | None:
    """The merged polygons from top to bottom, or `None` of nothing and where a label is tied.

    The confidence is the mean, over groups, of the share of annotators who stand behind what became of the group:
    those who drew it under its label if it stays, those who did not draw it if it goes; 1 if nobody drew anything.
    """
    from guiju.stats.consensus.shapes import shape_consensus  # noqa: PLC0415 - NumPy, which only merging needs

    n = len(answers)
    if n == 0:
        return None
    ordered = sorted((in_order(answer) for answer in answers), key=lambda side: [*map(key_of, side)])
    shapes, rows = collect(ordered)
    drawn = [ordered[who][place] for who, place in rows]
    found = shape_consensus(shapes, LEAST_IOU)
    if any(group.tied for group in found.kept):
        return None
    behind = [group.confidence for group in found.kept] + [1 - group.found / n for group in found.left_out]
    merged = [Polygon("m", str(group.label), _outline(group, drawn)) for group in found.kept]
    return Merged(_numbered(merged), sum(behind) / len(behind) if behind else 1.0, n)


def _outline(group: MergedShape, drawn: Sequence[Polygon]) -> Points:
    """The largest piece of what most members enclose; the member of middling area where that makes no outline."""
    rings = (without_repeats(rounded_points(tuple((x, y) for x, y in ring))) for ring in group.shape)
    usable = [ring for ring in rings if 0 < len(ring) <= MOST_POINTS and area_of(ring) > 0 and not crosses_itself(ring)]
    if usable:
        return _from_the_top(max(usable, key=lambda ring: (area_of(ring), ring)))
    members = sorted(
        (drawn[row] for row in group.members), key=lambda polygon: (area_of(polygon.points), key_of(polygon))
    )
    return members[(len(members) - 1) // 2].points


def _from_the_top(ring: Points) -> Points:
    """The ring begun at its topmost point, so that the same outline is always written the same way."""
    first = min(range(len(ring)), key=lambda place: (ring[place][1], ring[place][0]))
    return ring[first:] + ring[:first]


def _numbered(polygons: list[Polygon]) -> Polygons:
    ordered = sorted(polygons, key=lambda one: (bounds_of(one.points)[1::-1], one.label, one.points))
    return tidy(Polygons(tuple(Polygon(f"m{n}", one.label, one.points) for n, one in enumerate(ordered, start=1))))
