"""What is looked at around a box, and how pixels become an outline or run lengths. Pure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, floor, hypot, sqrt

import numpy as np

from guiju.data.outlining.model import Box, Pixels, View
from guiju.kinds.points import Point, Points, area_of, crosses_itself, rounded_points
from guiju.kinds.runs import plain_runs, write_runs

ROOM = 0.35
"""Of the box's size, looked at on each side: what lies outside of the box shows what the object is not."""
LEAST_ROOM = 12
COARSE = 0.75
"""How far, in shown pixels, the outline may lie beside the pixels' edges."""
MOST_POINTS = 400


def plan_view(box: Box, width: int, height: int, most_pixels: int) -> View | None:
    """The part of the picture around the box, shown in at most so many pixels; `None` for a box beside the picture."""
    left, top = max(0.0, box.x), max(0.0, box.y)
    right, bottom = min(float(width), box.x + box.w), min(float(height), box.y + box.h)
    if right - left < 1 or bottom - top < 1:
        return None
    across, down = max(LEAST_ROOM, ROOM * (right - left)), max(LEAST_ROOM, ROOM * (bottom - top))
    sides = (
        max(0, floor(left - across)),
        max(0, floor(top - down)),
        min(width, ceil(right + across)),
        min(height, ceil(bottom + down)),
    )
    wide, high = sides[2] - sides[0], sides[3] - sides[1]
    scale = min(1.0, sqrt(most_pixels / (wide * high)))
    return View(*sides, max(1, floor(wide * scale)), max(1, floor(high * scale)))


def box_in_view(box: Box, view: View) -> Box:
    """The box in pixels of what is shown, cut off at its edges."""
    left, top = max(0.0, (box.x - view.left) / view.across), max(0.0, (box.y - view.top) / view.down)
    right = min(float(view.wide), (box.x + box.w - view.left) / view.across)
    bottom = min(float(view.high), (box.y + box.h - view.top) / view.down)
    return Box(left, top, right - left, bottom - top)


def largest_ring(mask: Pixels) -> Points:
    """The outline of the largest piece of what is true, holes filled, along the pixels' edges; of nothing, nothing."""
    rings = list(_rings(mask))
    return max(rings, key=area_of, default=())


def _rings(mask: Pixels) -> Iterator[Points]:
    """Rings of unit steps, the pixels at their right hand; where two pieces touch in a corner they stay apart."""
    steps = _steps(mask)
    while steps:
        corner = next(iter(steps))
        way = steps[corner][0]
        ring: list[Point] = []
        while corner in steps:
            ways = steps[corner]
            way = (way + 1) % 4 if (way + 1) % 4 in ways else ways[0]
            ways.remove(way)
            if not ways:
                del steps[corner]
            ring.append((float(corner[0]), float(corner[1])))
            corner = (corner[0] + (1, 0, -1, 0)[way], corner[1] + (0, 1, 0, -1)[way])
        yield tuple(ring)


def _steps(mask: Pixels) -> dict[tuple[int, int], list[int]]:
    """The sides of the pixels by the corner that each begins at: 0 right, 1 down, 2 left, 3 up."""
    solid = np.pad(mask.astype(bool), 1)
    inside = solid[1:-1, 1:-1]
    found: dict[tuple[int, int], list[int]] = {}
    sides = (
        (inside & ~solid[:-2, 1:-1], 0, 0, 0),
        (inside & ~solid[1:-1, 2:], 1, 1, 0),
        (inside & ~solid[2:, 1:-1], 2, 1, 1),
        (inside & ~solid[1:-1, :-2], 3, 0, 1),
    )
    for where, way, across, down in sides:
        rows, columns = np.nonzero(where)
        starts: list[tuple[int, int]] = list(zip((columns + across).tolist(), (rows + down).tolist(), strict=True))
        for start in starts:
            found.setdefault(start, []).append(way)
    return found


def outline_of(mask: Pixels, view: View) -> Points:
    """The largest piece as a polygon on the item: few points, none beside the image, its sides never crossing."""
    ring = largest_ring(mask)
    if len(ring) < 4:
        return ()
    soft = [((x + nx) / 2, (y + ny) / 2) for (x, y), (nx, ny) in zip(ring, (*ring[1:], *ring[:1]), strict=True)]
    for coarse in (COARSE, 2 * COARSE, 4 * COARSE, 8 * COARSE, 0.0):
        points = _on_item(_simplified(soft, coarse), view)
        if 3 <= len(points) <= MOST_POINTS and area_of(points) > 0 and not crosses_itself(points):
            return points
    return ()


def _on_item(points: Sequence[Point], view: View) -> Points:
    return rounded_points(tuple((view.left + x * view.across, view.top + y * view.down) for x, y in points))


def _simplified(ring: Sequence[Point], coarse: float) -> list[Point]:
    """Douglas and Peucker's: no point that was left out lies farther than `coarse` from what stays."""
    far = max(range(len(ring)), key=lambda place: hypot(ring[place][0] - ring[0][0], ring[place][1] - ring[0][1]))
    closed = np.array([*ring, ring[0]])
    kept = {0, far}
    waiting = [(0, far), (far, len(ring))]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:
            continue
        apart = _from_line(closed[start + 1 : end], closed[start], closed[end])
        worst = int(apart.argmax())
        if apart[worst] > coarse:
            place = start + 1 + worst
            kept.add(place)
            waiting += [(start, place), (place, end)]
    return [ring[place] for place in sorted(kept)]


def _from_line(points: Pixels, start: Pixels, end: Pixels) -> Pixels:
    """How far each point lies from the stretch between two."""
    along = end - start
    length = float(along @ along)
    share = np.clip((points - start) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.hypot(*(points - start - share[:, None] * along).T)


def counts_of(mask: Pixels, view: View, height: int, width: int) -> str:
    """Run lengths, on the whole item, of a mask of the part that was looked at (in item pixels)."""
    solid = np.zeros((mask.shape[1], mask.shape[0] + 2), np.int8)
    solid[:, 1:-1] = mask.T.astype(bool)
    turns = np.diff(solid, axis=1)
    columns, begins = np.nonzero(turns == 1)
    ends = np.nonzero(turns == -1)[1]
    origin = (columns + view.left) * height + view.top
    places: list[int] = np.stack((origin + begins, origin + ends), axis=1).ravel().tolist()
    edges = [0, *places, width * height]
    return write_runs(plain_runs([end - start for start, end in pairwise(edges)]))
