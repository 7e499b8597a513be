"""How far two sets of figures are apart, and one set from several.

Two figures share what COCO's object keypoint similarity gives them, with one tolerance for all points:
    share = sum of exp(-d^2 / (2 A k^2)) over the points that both put / number of points that either put
d is how far apart a point was put, A the mean area of the two figures' bounds (at least 1 square pixel), k = 0.1. A
point that only one put counts nothing. Seen or hidden makes no difference: both say where the point is.
"""

from collections.abc import Sequence
from math import exp
from statistics import median

from guiju.kinds.by_share import Group, distance_of, group
from guiju.kinds.keypoint.shape import ABSENT, HIDDEN, SEEN, Figure, Figures, Put, places_of, tidy
from guiju.kinds.model import Merged
from guiju.kinds.points import bounds_of

TOLERANCE = 0.1


def share(one: Figure, other: Figure) -> float:
    """In [0, 1]; figures of different make, or without any point, share nothing."""
    both = list(zip(one.points, other.points, strict=False))
    either = sum(bool(a[2] or b[2]) for a, b in both)
    if len(one.points) != len(other.points) or not either:
        return 0.0
    scale = 2 * (_area(one) + _area(other)) / 2 * TOLERANCE**2
    near = (exp(-((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) / scale) for a, b in both if a[2] and b[2])
    return sum(near) / either


def _area(figure: Figure) -> float:
    places = places_of(figure.points)
    bounds = bounds_of(places) if places else None
    return max(1.0, bounds.width * bounds.height) if bounds else 1.0


def distance(a: Figures, b: Figures) -> float:
    """In [0, 1], symmetric, 0 for equal answers."""
    return 0.0 if a.shapes == b.shapes else distance_of(a.shapes, b.shapes, share, _key)


def _key(figure: Figure) -> tuple[str, tuple[Put, ...]]:
    return (figure.label, figure.points)


def merge(answers: Sequence[Figures]) -> Merged[Figures] | None:
    """The merged figures from top to bottom, or `None` of nothing and where a label is tied.

    A point that more than half of a group put is there, at the median of their places, seen where more than half of
    those saw it.
    """
    found = group([answer.shapes for answer in answers], share, _key)
    if found is None:
        return None
    figures = sorted((_median(one) for one in found.kept), key=lambda figure: (_corner(figure), _key(figure)))
    named = tuple(Figure(f"m{number}", one.label, one.points) for number, one in enumerate(figures, start=1))
    return Merged(tidy(Figures(named)), found.confidence, len(answers))


def _median(of: Group[Figure]) -> Figure:
    points = tuple(_point([member.points[at] for member in of.members]) for at in range(len(of.members[0].points)))
    best = points if any(flag for _, _, flag in points) else min(of.members, key=_key).points
    return Figure("m", of.label or "", best)


def _point(puts: Sequence[Put]) -> Put:
    there = [put for put in puts if put[2]]
    if 2 * len(there) <= len(puts):
        return (0.0, 0.0, ABSENT)
    seen = sum(put[2] == SEEN for put in there)
    return (median(x for x, _, _ in there), median(y for _, y, _ in there), SEEN if 2 * seen > len(there) else HIDDEN)


def _corner(figure: Figure) -> tuple[float, float]:
    bounds = bounds_of(places_of(figure.points) or ((0.0, 0.0),))
    return (bounds.top, bounds.left)
