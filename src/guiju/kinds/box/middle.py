"""One box from several that are turned.

A rectangle turned by a quarter, its sides exchanged, is the same rectangle: each box is first read the way that comes
nearest to the one that lies in the middle of them. Then centre and size are medians, and the angle is the mean of the
directions, where a direction and its opposite count as the same: half of the direction of the sum of
(cos 2a, sin 2a). Of the two ways round, the one that more of the boxes were drawn in.
Source: Mardia and Jupp, Directional Statistics, 1.2 and 9.1 (axial data).
"""

from collections.abc import Sequence
from math import atan2, cos, degrees, radians, sin
from statistics import median

from msgspec.structs import replace

from guiju.kinds.box.plane import centre_of
from guiju.kinds.box.shape import Box, tidy_angle


def middle_of(boxes: Sequence[Box], label: str) -> Box:
    """The box between these, whatever order they come in."""
    ordered = sorted(boxes, key=lambda box: (box.angle, box.w, box.h, box.x, box.y))
    middle = min(ordered, key=lambda box: (_strayed(box, ordered, 90), _strayed(box, ordered, 180)))
    read = [_nearest(box, middle.angle) for box in ordered]
    centres = [centre_of(box) for box in ordered]
    x, y = median(x for x, _ in centres), median(y for _, y in centres)
    w, h = median(box.w for box in read), median(box.h for box in read)
    return Box("m", label, x - w / 2, y - h / 2, w, h, _mean([box.angle for box in read]))


def _nearest(box: Box, angle: float) -> Box:
    """The same rectangle, its angle as near to `angle` as a quarter of a turn allows."""
    quarter = replace(box, w=box.h, h=box.w, angle=box.angle + 90)
    return min((box, quarter), key=lambda one: _apart(one.angle, angle, 180))


def _strayed(box: Box, others: Sequence[Box], period: float) -> float:
    return round(sum(_apart(box.angle, other.angle, period) for other in others), 6)


def _apart(one: float, other: float, period: float) -> float:
    """How far two angles are from each other that come back after `period` degrees."""
    away = (one - other) % period
    return min(away, period - away)


def _mean(angles: Sequence[float]) -> float:
    twice = [radians(2 * angle) for angle in angles]
    axis = degrees(atan2(sum(map(sin, twice)), sum(map(cos, twice)))) / 2
    facing = sum(1 if abs(tidy_angle(angle - axis)) <= 90 else -1 for angle in angles)
    return tidy_angle(axis if facing >= 0 else axis + 180)
