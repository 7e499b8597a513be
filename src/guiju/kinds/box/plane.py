"""Plane geometry of boxes, upright and turned; no NumPy, since a submit is checked by it."""

from math import cos, hypot, radians, sin
from typing import NamedTuple, TypeAlias

from guiju.kinds.box.shape import Box

Point: TypeAlias = tuple[float, float]


class Bounds(NamedTuple):
    """The upright rectangle around a box."""

    left: float
    top: float
    right: float
    bottom: float


def centre_of(box: Box) -> Point:
    return box.x + box.w / 2, box.y + box.h / 2


def corners_of(box: Box) -> tuple[Point, Point, Point, Point]:
    """The corners from the box's own top left on, clockwise.

    >>> corners_of(Box("b", "a", 0, 0, 4, 2, 180.0))[0]
    (4.0, 2.0)
    """
    (x, y), half_w, half_h = centre_of(box), box.w / 2, box.h / 2
    cosine, sine = _direction(box.angle)
    across, along = (cosine * half_w, sine * half_w), (-sine * half_h, cosine * half_h)
    return (
        (x - across[0] - along[0], y - across[1] - along[1]),
        (x + across[0] - along[0], y + across[1] - along[1]),
        (x + across[0] + along[0], y + across[1] + along[1]),
        (x - across[0] + along[0], y - across[1] + along[1]),
    )


def bounds_of(box: Box) -> Bounds:
    if not box.angle:
        return Bounds(box.x, box.y, box.x + box.w, box.y + box.h)
    xs, ys = zip(*corners_of(box), strict=True)
    return Bounds(min(xs), min(ys), max(xs), max(ys))


def reach_of(box: Box) -> float:
    """How far a corner is from the centre."""
    return hypot(box.w, box.h) / 2


def iou(a: Box, b: Box) -> float:
    """Intersection over union; two boxes without area share nothing."""
    common = _common_turned(a, b) if a.angle or b.angle else _common(bounds_of(a), bounds_of(b))
    union = a.w * a.h + b.w * b.h - common
    return min(1.0, common / union) if union > 0 else 0.0


def _common(a: Bounds, b: Bounds) -> float:
    wide = min(a.right, b.right) - max(a.left, b.left)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(0.0, wide) * max(0.0, high)


def _common_turned(a: Box, b: Box) -> float:
    """The area of `b`'s corners, seen from `a`'s own frame and cut off at its four sides (Sutherland and Hodgman)."""
    if not _common(bounds_of(a), bounds_of(b)) or min(a.w, a.h, b.w, b.h) <= 0:
        return 0.0
    (x, y), (cosine, sine) = centre_of(a), _direction(-a.angle)
    seen = [(px - x, py - y) for px, py in corners_of(b)]
    ring = [(cosine * px - sine * py, sine * px + cosine * py) for px, py in seen]
    for axis, side in ((0, a.w / 2), (1, a.h / 2)):
        for sign in (1.0, -1.0):
            ring = _cut(ring, axis, sign, side)
    twice = sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(ring, ring[1:] + ring[:1], strict=True))
    return abs(twice) / 2


def _cut(ring: list[Point], axis: int, sign: float, side: float) -> list[Point]:
    """What of the ring lies on this side of a line parallel to an axis."""
    kept: list[Point] = []
    for p, q in zip(ring, ring[1:] + ring[:1], strict=True):
        near, far = side - sign * p[axis], side - sign * q[axis]
        if near >= 0:
            kept.append(p)
        if (near >= 0) != (far >= 0):
            share = near / (near - far)
            kept.append((p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])))
    return kept


def _direction(degrees: float) -> Point:
    """Cosine and sine, exact for quarters of a turn."""
    quarters = {0.0: (1.0, 0.0), 90.0: (0.0, 1.0), 180.0: (-1.0, 0.0), 270.0: (0.0, -1.0)}
    turn = radians(degrees)
    return quarters.get(degrees % 360) or (cos(turn), sin(turn))
