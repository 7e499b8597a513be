"""Polygons of one ring or several, under the even-odd rule: a ray from an inner point crosses an odd number of sides.

Formula: IoU(a, b) = |a and b| / (|a| + |b| - |a and b|).
Assumes: rings close by themselves. Points are moved to a grid of integers 2^-k apart that puts the widest collection in
2^29 steps, which leaves whole pixels whole and errs by less than 1e-8 of the collection's width; there the
intersection is exact but for its corners, which are rounded to the grid.
Source: Vatti 1992, A generic solution to polygon clipping, doi:10.1145/129902.129906.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import ArrayLike

from guiju.stats.columns import Codes, Floats
from guiju.stats.shapes.boxes import shared_bounds
from guiju.stats.shapes.errors import NoArea, NotAPolygon, NotFiniteShape

Ring: TypeAlias = list[list[int]]
Rings: TypeAlias = list[Ring]
_STEPS = 2**29


class _Clipper(Protocol):
    CT_INTERSECTION: int
    CT_UNION: int
    PFT_EVENODD: int
    PT_SUBJECT: int
    PT_CLIP: int
    ClipperException: type[Exception]

    def Pyclipper(self) -> Any: ...  # noqa: N802 - the library's name
    def Area(self, ring: Ring) -> float: ...  # noqa: N802 - the library's name
    def SimplifyPolygons(self, rings: Rings, rule: int) -> Rings: ...  # noqa: N802 - the library's name


@dataclass(frozen=True, slots=True)
class PolygonGeometry:
    """`rings` on the grid: point = origin + ring / scale."""

    bounds: tuple[Floats, Floats, Floats, Floats]
    area: Floats
    rings: tuple[Rings, ...]
    origin: tuple[float, float]
    scale: float
    form = "polygon"
    comparable = True

    def __len__(self) -> int:
        return len(self.area)

    def take(self, rows: Codes) -> "PolygonGeometry":
        x1, y1, x2, y2 = self.bounds
        places: list[int] = rows.tolist()
        rings = tuple(self.rings[row] for row in places)
        bounds = (x1[rows], y1[rows], x2[rows], y2[rows])
        return PolygonGeometry(bounds, self.area[rows], rings, self.origin, self.scale)

    def iou(self, left: Codes, right: Codes, least: float) -> Floats:
        """IoU of the polygons in rows `left` and `right`; 0 where their bounds already say that it is below `least`."""
        found = np.zeros(len(left))
        most = np.maximum(self.area[left], self.area[right])
        shared = shared_bounds(self.bounds, left, right)
        near = np.flatnonzero((shared > 0) & (shared >= least * most))
        common = np.fromiter((self._common(int(left[i]), int(right[i])) for i in near), np.float64, len(near))
        found[near] = common / (self.area[left[near]] + self.area[right[near]] - common)
        return np.minimum(found, 1)

    def _common(self, left: int, right: int) -> float:
        return area_of(both(self.rings[left], self.rings[right])) / self.scale**2

    def at(self, row: int) -> list[list[list[float]]]:
        """The rings of one polygon, in pixels."""
        return self.in_pixels(self.rings[row])

    def in_pixels(self, rings: Rings) -> list[list[list[float]]]:
        (x, y), scale = self.origin, self.scale
        return [[[x + point[0] / scale, y + point[1] / scale] for point in ring] for ring in rings]


def polygon_geometry(polygons: Sequence[Any]) -> PolygonGeometry:
    """Polygons, each a ring of points `[[x, y], …]` or a list of rings, of which holes are simply further rings.

    Formula, Assumes, Source: see the module. Raises `NotAPolygon`, `NotFiniteShape`, `NoArea`, each with the row.

    >>> square, triangle = [[0, 0], [4, 0], [4, 4], [0, 4]], [[0, 0], [4, 0], [0, 4]]
    >>> found = polygon_geometry([square, triangle])
    >>> found.area.tolist(), found.iou(np.array([0]), np.array([1]), 0.0).tolist()
    ([16.0, 8.0], [0.5])
    """
    read = [_rings(row, polygon) for row, polygon in enumerate(polygons)]
    corners = [np.concatenate(rings) for rings in read]
    low = np.array([points.min(axis=0) for points in corners]).reshape(-1, 2)
    high = np.array([points.max(axis=0) for points in corners]).reshape(-1, 2)
    origin = np.floor(low.min(axis=0)) if len(low) else np.zeros(2)
    widest = float((high - origin).max()) if len(high) else 1.0
    scale = 2.0 ** np.floor(np.log2(_STEPS / widest)) if widest > 0 else 1.0
    grid = [[np.rint((ring - origin) * scale).astype(np.int64).tolist() for ring in rings] for rings in read]
    area = np.array([_own_area(row, rings) for row, rings in enumerate(grid)]) / scale**2
    bounds = (low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    return PolygonGeometry(bounds, area, tuple(grid), (float(origin[0]), float(origin[1])), float(scale))


def _rings(row: int, polygon: Any) -> list[Floats]:
    try:
        single = np.ndim(polygon[0][0]) == 0
        rings = [np.asarray(ring, np.float64) for ring in ([polygon] if single else polygon)]
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise NotAPolygon(row=row) from error
    if any(ring.ndim != 2 or ring.shape[1] != 2 or len(ring) < 3 for ring in rings):
        raise NotAPolygon(row=row)
    if not all(np.isfinite(ring).all() for ring in rings):
        raise NotFiniteShape(row=row)
    return rings


def _own_area(row: int, rings: Rings) -> float:
    clipper = _clipper()
    try:
        area = area_of(clipper.SimplifyPolygons(rings, clipper.PFT_EVENODD))
    except clipper.ClipperException:  # every point on one line
        area = 0.0
    if area <= 0:
        raise NoArea(row=row)
    return area


def area_of(rings: Rings) -> float:
    """Area in steps of the grid; of rings that Clipper gave, where holes turn the other way.

    >>> area_of([[[0, 0], [9, 0], [9, 9], [0, 9]], [[2, 2], [2, 4], [4, 4], [4, 2]]])
    77.0
    """
    clipper = _clipper()
    return abs(sum(clipper.Area(ring) for ring in rings))


def both(a: Rings, b: Rings) -> Rings:
    """What lies in `a` and in `b`.

    >>> area_of(both([[[0, 0], [9, 0], [9, 9], [0, 9]]], [[[0, 0], [4, 0], [4, 4], [0, 4]]]))
    16.0
    """
    if not a or not b:
        return []
    return _clipped(a, b, _clipper().CT_INTERSECTION)


def either(a: Rings, b: Rings) -> Rings:
    """What lies in `a` or in `b`.

    >>> area_of(either([[[0, 0], [9, 0], [9, 9], [0, 9]]], [[[8, 0], [10, 0], [10, 9], [8, 9]]]))
    90.0
    """
    if not a or not b:  # Clipper refuses to join nothing with nothing
        return a or b
    return _clipped(a, b, _clipper().CT_UNION)


def _clipped(a: Rings, b: Rings, how: int) -> Rings:
    clipper = _clipper()
    engine = clipper.Pyclipper()
    for rings, role in ((a, clipper.PT_SUBJECT), (b, clipper.PT_CLIP)):
        for ring in rings:
            _add(engine, ring, role)
    return cast("Rings", engine.Execute(how, clipper.PFT_EVENODD, clipper.PFT_EVENODD))


def _add(engine: Any, ring: Ring, role: int) -> None:
    clipper = _clipper()
    try:
        engine.AddPath(ring, role, True)
    except clipper.ClipperException:  # a ring that is a line on the grid has no inside; the others may have one
        return


def polygon_area(polygon: ArrayLike | Sequence[Any]) -> float:
    """Area of one polygon in square pixels, even-odd.

    Formula: for a ring that does not cross itself |sum_i x_i y_(i+1) - x_(i+1) y_i| / 2. Assumes, Source: the module.
    Raises `NotAPolygon`, `NotFiniteShape`, `NoArea`.

    >>> polygon_area([[0, 0], [4, 4], [4, 0], [0, 4]])  # a bow tie: two triangles of 4
    8.0
    """
    return float(polygon_geometry([polygon]).area[0])


def polygon_iou(a: ArrayLike | Sequence[Any], b: ArrayLike | Sequence[Any]) -> float:
    """IoU of two polygons, in [0, 1].

    Formula, Assumes, Source: see the module. Raises `NotAPolygon`, `NotFiniteShape`, `NoArea`.

    >>> round(polygon_iou([[0, 0], [4, 0], [0, 4]], [[0, 0], [4, 0], [4, 4]]), 6)
    0.333333
    """
    return float(polygon_geometry([a, b]).iou(np.array([0]), np.array([1]), 0.0)[0])


def _clipper() -> _Clipper:
    import pyclipper  # noqa: PLC0415 - a library in C that only polygons need

    return cast("_Clipper", pyclipper)
