"""Shapes of a file brought onto the image: from percent to pixels, and cut off at its edges."""

from collections.abc import Sequence
from math import atan2, cos, degrees, hypot, radians, sin

from msgspec.structs import replace

from guiju.annotations.imports.errors import NotARectangle, PointNotInFigure
from guiju.annotations.imports.model import ItemRow, RawBox, RawFigure, RawOutline
from guiju.kinds import Box
from guiju.kinds.box.plane import corners_of
from guiju.kinds.keypoint.shape import Put
from guiju.kinds.points import Points, without_repeats
from guiju.kinds.runs import fill_rings, write_runs

LEAST_OFF, MOST_OFF = 2.0, 0.02
"""How far a corner may be from a rectangle's: so many pixels, or that share of its diagonal."""
UPRIGHT = 0.01
"""Degrees times pixels under which an angle is what rounding left."""


def in_pixels(box: RawBox, item: ItemRow) -> RawBox:
    """A box in percent of the image (Label Studio, YOLO) as pixels. Raises `NotARectangle`."""
    across, down = (item.width / 100, item.height / 100) if box.percent else (1.0, 1.0)
    if box.corners is not None:
        return _of_corners(box, [(x * across, y * down) for x, y in box.corners])
    if not box.percent:
        return box
    sides = {"x": box.x * across, "y": box.y * down, "w": box.w * across, "h": box.h * down}
    placed = replace(box, **sides, percent=False)
    return _about_centre(placed, box.angle) if box.angle else placed


def _of_corners(box: RawBox, corners: Sequence[tuple[float, float]]) -> RawBox:
    """The box of four corners that go round it, from its own top left on where they go clockwise."""
    if _goes_left(corners):
        corners = [corners[0], *corners[:0:-1]]
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    along, down = (bx - ax + cx - dx, by - ay + cy - dy), (dx - ax + cx - bx, dy - ay + cy - by)
    wide, high = hypot(*along) / 2, hypot(*down) / 2
    x, y = (ax + bx + cx + dx) / 4, (ay + by + cy + dy) / 4
    angle = degrees(atan2(along[1], along[0]))
    found = RawBox(box.label, x - wide / 2, y - high / 2, wide, high, score=box.score, angle=angle, told=box.told)
    meant = corners_of(Box("", "", found.x, found.y, wide, high, angle))
    off = max(hypot(p[0] - q[0], p[1] - q[1]) for p, q in zip(meant, corners, strict=True))
    if off > max(LEAST_OFF, MOST_OFF * hypot(wide, high)):
        raise NotARectangle(label=box.label[:40], off=round(off, 1))
    # Corners are rounded in their file: what is upright but for that is upright.
    return found if abs(angle) * hypot(wide, high) > UPRIGHT else replace(found, angle=0.0)


def _goes_left(ring: Sequence[tuple[float, float]]) -> bool:
    return sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(ring, [*ring[1:], ring[0]], strict=True)) < 0


def _about_centre(box: RawBox, angle: float) -> RawBox:
    """A box that is turned about its top left corner, as one that is turned about its centre."""
    turn = radians(angle)
    x = box.x + (cos(turn) * box.w - sin(turn) * box.h) / 2
    y = box.y + (sin(turn) * box.w + cos(turn) * box.h) / 2
    return replace(box, x=x - box.w / 2, y=y - box.h / 2)


def clipped(box: RawBox, item: ItemRow) -> RawBox:
    """The part of a box that lies inside the image; one that is turned is left as it is, since no box is its part."""
    if box.angle:
        return box
    left, top = max(0.0, box.x), max(0.0, box.y)
    right, bottom = min(float(item.width), box.x + box.w), min(float(item.height), box.y + box.h)
    return replace(box, x=left, y=top, w=right - left, h=bottom - top)


def mask_in_pixels(outline: RawOutline, item: ItemRow) -> tuple[tuple[int, int], str]:
    """Size and run lengths: as the file has them, or of what its rings enclose on the image."""
    if outline.runs is not None:
        return outline.size, outline.runs
    across, down = (item.width / 100, item.height / 100) if outline.percent else (1.0, 1.0)
    rings = [[(x * across, y * down) for x, y in ring] for ring in outline.rings]
    return (item.height, item.width), write_runs(fill_rings(rings, item.width, item.height))


def outline_in_pixels(outline: RawOutline, item: ItemRow, *, clip: bool) -> Points:
    """The one ring of an outline in pixels; with `clip`, points outside of the image are moved to its edge."""
    across, down = (item.width / 100, item.height / 100) if outline.percent else (1.0, 1.0)
    points = [(x * across, y * down) for x, y in outline.rings[0]]
    if not clip:
        return tuple(points)
    wide, high = float(item.width), float(item.height)
    return without_repeats([(min(max(x, 0.0), wide), min(max(y, 0.0), high)) for x, y in points])


def points_of(figure: RawFigure, joints: Sequence[str], field: str) -> tuple[Put, ...]:
    """The figure's points in the rulebook's order, absent where the file has none. Raises `PointNotInFigure`."""
    for name in figure.points:
        if name not in joints:
            raise PointNotInFigure(point=name[:40], field=field, known=", ".join(joints)[:200])
    return tuple(figure.points.get(joint, (0.0, 0.0, 0)) for joint in joints)
