"""Plane geometry of rings of points, without NumPy: reading and checking is on the path of every submit."""

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple, TypeAlias

from guiju.kinds.shapes import rounded

Point: TypeAlias = tuple[float, float]
Points: TypeAlias = tuple[Point, ...]
Side: TypeAlias = tuple[int, int, int, int]


class Bounds(NamedTuple):
    """The smallest upright rectangle around some points."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


def rounded_points(points: Points) -> Points:
    return tuple((rounded(x), rounded(y)) for x, y in points)


def are_finite(points: Points) -> bool:
    return all(isfinite(x) and isfinite(y) for x, y in points)


def bounds_of(points: Points) -> Bounds:
    """Of at least one point."""
    across, down = [x for x, _ in points], [y for _, y in points]
    return Bounds(min(across), min(down), max(across), max(down))


def are_inside(points: Points, width: float, height: float) -> bool:
    left, top, right, bottom = bounds_of(points)
    return left >= 0 and top >= 0 and right <= width and bottom <= height


def area_of(points: Points) -> float:
    """Of a ring that does not cross itself, by the shoelace formula; the first point is not repeated at the end."""
    twice = 0.0
    for (x, y), (next_x, next_y) in zip(points, (*points[1:], *points[:1]), strict=True):
        twice += x * next_y - next_x * y
    return abs(twice) / 2


def crosses_itself(points: Points) -> bool:
    """Whether two sides of a ring cross in a point inside of both. Touching, or going back the same way, is none.

    Decided in whole hundredths, as the points are stored, so that no rounding has a say.
    """
    sides = sorted(_sides(points), key=lambda side: min(side[0], side[2]))
    starts = [min(side[0], side[2]) for side in sides]
    for at, one in enumerate(sides):
        end, low, high = max(one[0], one[2]), min(one[1], one[3]), max(one[1], one[3])
        for other in range(at + 1, len(sides)):
            if starts[other] >= end:
                break
            side = sides[other]
            if min(side[1], side[3]) < high and max(side[1], side[3]) > low and _cross(one, side):
                return True
    return False


def _sides(points: Points) -> list[Side]:
    grid = [(round(x * 100), round(y * 100)) for x, y in points]
    pairs = zip(grid, (*grid[1:], *grid[:1]), strict=True)
    return [(*start, *end) for start, end in pairs if start != end]


def _cross(one: Side, other: Side) -> bool:
    return _apart(one, other) and _apart(other, one)


def _apart(line: Side, side: Side) -> bool:
    """Whether the ends of `side` lie truly on both sides of the straight line through `line`."""
    return _turn(line, side[0], side[1]) * _turn(line, side[2], side[3]) < 0


def _turn(line: Side, x: int, y: int) -> int:
    return (line[2] - line[0]) * (y - line[1]) - (line[3] - line[1]) * (x - line[0])


def without_repeats(points: Sequence[Point]) -> Points:
    """A ring without points that repeat the one before, and not closed by its first point."""
    kept: list[Point] = []
    for point in points:
        if not kept or kept[-1] != point:
            kept.append(point)
    while len(kept) > 1 and kept[-1] == kept[0]:
        kept.pop()
    return tuple(kept)
