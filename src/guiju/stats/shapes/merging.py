"""One shape from several that mean the same object.

Formula: boxes: each side is the median (or the weighted mean) of the members' sides. Polygons and masks: what lies in
more than half of the members; of k polygons the area covered at least j times follows from
    L_j <- L_j or (L_(j-1) and P)      for each member P in turn, j from high to low, L_0 the whole plane;
where no point lies in more than half of them, the member that shares most with the others stands.
`spread` is the root mean square distance of the members' bounds from the merged ones, in pixels.
Assumes: errors of drawing are as often outside as inside, and fewer than half of the members err the same way.
Source: voting on pixels as Warfield, Zou & Wells 2004 set it beside STAPLE, doi:10.1109/TMI.2004.828354.
"""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from guiju.stats.columns import Codes, Floats
from guiju.stats.shapes.boxes import BoxGeometry
from guiju.stats.shapes.collection import Shapes
from guiju.stats.shapes.masks import MaskGeometry, runs_of
from guiju.stats.shapes.polygons import PolygonGeometry, Rings, area_of, both, either


@dataclass(frozen=True, slots=True)
class MergedParts:
    """One merged shape a cluster: `shape` as plain numbers, its bounds, and the members' mean IoU with it."""

    shape: list[Any]
    bounds: Floats
    overlap: Floats
    spread: Floats


def merge_clusters(shapes: Shapes, cluster: Codes, weight: Floats | None = None) -> MergedParts:
    """Each cluster's shape; boxes by the median of their sides, or with `weight` (one a shape) by the weighted mean.

    Formula, Assumes, Source: see the module.

    >>> from guiju.stats.shapes.collection import boxes
    >>> three = boxes([1] * 3, ["ann", "bo", "cy"], ["x"] * 3, [[0, 0, 9, 9], [1, 0, 9, 9], [9, 0, 9, 9]])
    >>> merge_clusters(three, np.zeros(3, np.int64)).shape
    [[1.0, 0.0, 10.0, 9.0]]
    """
    geometry = shapes.geometry
    if isinstance(geometry, BoxGeometry):
        shape, bounds, overlap = _boxes(geometry, cluster, weight)
    else:
        shape, bounds, overlap = _regions(geometry, cluster)
    off = sum(np.square(mine - bounds[cluster, side]) for side, mine in enumerate(geometry.bounds))
    spread = np.sqrt(np.bincount(cluster, off, minlength=len(shape)) / (4 * np.bincount(cluster)))
    return MergedParts(shape, bounds, overlap, spread)


def _boxes(geometry: BoxGeometry, cluster: Codes, weight: Floats | None) -> tuple[list[Any], Floats, Floats]:
    many = np.bincount(cluster)
    bounds = np.stack([_middle(side, cluster, many, weight) for side in geometry.bounds], axis=1)
    x1, y1, x2, y2 = np.concatenate((np.stack(geometry.bounds, axis=1), bounds)).T
    both_kinds = BoxGeometry((x1, y1, x2, y2), (x2 - x1) * (y2 - y1))
    shared = both_kinds.iou(np.arange(len(cluster)), len(cluster) + cluster, 0.0)
    return bounds.tolist(), bounds, np.bincount(cluster, shared) / many


def _middle(side: Floats, cluster: Codes, many: Codes, weight: Floats | None) -> Floats:
    if weight is not None:
        return np.bincount(cluster, side * weight) / np.bincount(cluster, weight)
    ordered = side[np.lexsort((side, cluster))]
    first = np.cumsum(many) - many
    return (ordered[first + (many - 1) // 2] + ordered[first + many // 2]) / 2


def _regions(geometry: Any, cluster: Codes) -> tuple[list[Any], Floats, Floats]:
    order = np.argsort(cluster, kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(cluster))[:-1]) if len(order) else []
    if isinstance(geometry, PolygonGeometry):
        found = [_polygon(geometry, rows) for rows in groups]
    else:
        found = [_mask(cast("MaskGeometry", geometry), rows) for rows in groups]
    bounds = np.array([one[1] for one in found], np.float64).reshape(-1, 4)
    return [one[0] for one in found], bounds, np.array([one[2] for one in found])


def _polygon(geometry: PolygonGeometry, rows: Codes) -> tuple[Any, list[float], float]:
    places: list[int] = rows.tolist()
    members = [geometry.rings[row] for row in places]
    if len(members) == 1:
        return geometry.at(int(rows[0])), [float(side[rows[0]]) for side in geometry.bounds], 1.0
    merged = _covered(members, len(members) // 2 + 1)
    area = area_of(merged)
    if not area:
        chosen = _closest(geometry, rows)
        merged, area = geometry.rings[chosen], float(geometry.area[chosen]) * geometry.scale**2
    areas = geometry.area[rows] * geometry.scale**2
    common = np.array([area_of(both(member, merged)) for member in members])
    plain = geometry.in_pixels(merged)
    points = np.concatenate([np.array(ring) for ring in plain])
    bounds: list[float] = [*points.min(axis=0).tolist(), *points.max(axis=0).tolist()]
    return plain, bounds, float((common / (areas + area - common)).mean())


def _covered(members: list[Rings], times: int) -> Rings:
    """What lies in at least `times` of the members."""
    levels: list[Rings] = [[] for _ in range(times)]
    for member in members:
        for level in range(times - 1, 0, -1):
            levels[level] = either(levels[level], both(levels[level - 1], member))
        levels[0] = either(levels[0], member)
    return levels[-1]


def _mask(geometry: MaskGeometry, rows: Codes) -> tuple[Any, list[float], float]:
    if len(rows) == 1:
        return geometry.at(int(rows[0])), [float(side[rows[0]]) for side in geometry.bounds], 1.0
    height, width = int(geometry.height[rows[0]]), int(geometry.width[rows[0]])
    places: list[int] = rows.tolist()
    part = [slice(int(geometry.first[row]), int(geometry.first[row + 1])) for row in places]
    begin, end = _voted(geometry, part, len(rows) // 2 + 1)
    if not len(begin):
        chosen = part[places.index(_closest(geometry, rows))]
        begin, end = geometry.begin[chosen], geometry.end[chosen]
    merged = _as_geometry(geometry, rows, begin, end)
    last = np.full(len(rows), len(rows))
    shared = merged.iou(np.arange(len(rows)), last, 0.0)
    columns, where = (begin // height, (end - 1) // height), (begin % height, (end - 1) % height)
    crossing = bool((columns[0] != columns[1]).any())
    top, bottom = (0, height) if crossing else (int(where[0].min()), int(where[1].max()) + 1)
    bounds = [float(columns[0].min()), float(top), float(columns[1].max() + 1), float(bottom)]
    return runs_of(begin, end, height, width), bounds, float(shared.mean())


def _voted(geometry: MaskGeometry, part: list[slice], times: int) -> tuple[Codes, Codes]:
    """Runs of pixels that lie in at least `times` of the masks."""
    begin = np.concatenate([geometry.begin[one] for one in part])
    end = np.concatenate([geometry.end[one] for one in part])
    position = np.concatenate((begin, end))
    step = np.concatenate((np.ones(len(begin), np.int64), np.full(len(end), -1)))
    places, number = np.unique(position, return_inverse=True)
    votes = np.cumsum(np.bincount(number, step).astype(np.int64))
    inside = np.concatenate(([False], votes >= times))
    turns = np.flatnonzero(inside[1:] != inside[:-1])
    return places[turns[::2]], places[turns[1::2]]


def _as_geometry(geometry: MaskGeometry, rows: Codes, begin: Codes, end: Codes) -> MaskGeometry:
    """The masks of `rows` and, after them, one of the runs given."""
    kept = geometry.take(rows)
    x1, y1, x2, y2 = (np.append(side, whole) for side, whole in zip(kept.bounds, (0, 0, np.inf, np.inf), strict=True))
    return MaskGeometry(
        (x1, y1, x2, y2),
        np.append(kept.area, (end - begin).sum()),
        np.concatenate((kept.begin, begin)),
        np.concatenate((kept.end, end)),
        np.append(kept.first, kept.first[-1] + len(begin)),
        np.append(kept.height, kept.height[0]),
        np.append(kept.width, kept.width[0]),
    )


def _closest(geometry: Any, rows: Codes) -> int:
    """The member that shares most with all members together."""
    left, right = np.repeat(rows, len(rows)), np.tile(rows, len(rows))
    shared = geometry.iou(left, right, 0.0).reshape(len(rows), -1).sum(axis=1)
    return int(rows[int(np.argmax(shared))])
