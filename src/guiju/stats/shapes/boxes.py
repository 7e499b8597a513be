"""Boxes with sides parallel to the image's, as two corners.

Formula: IoU(a, b) = |a and b| / (|a| + |b| - |a and b|), with |.| the area; 0 where they share nothing.
Assumes: continuous coordinates (a box from 0 to 10 is 10 wide, not 11), x1 < x2 and y1 < y2.
Source: Everingham et al. 2010, The Pascal Visual Object Classes Challenge, doi:10.1007/s11263-009-0275-4.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from guiju.stats.columns import Codes, Floats
from guiju.stats.shapes.errors import NegativeSize, NoArea, NotABox, NotFiniteShape

Form = Literal["xywh", "xyxy"]
FORMS: tuple[Form, ...] = ("xywh", "xyxy")


@dataclass(frozen=True, slots=True)
class BoxGeometry:
    """`bounds` are four aligned columns x1, y1, x2, y2; `area` in square pixels."""

    bounds: tuple[Floats, Floats, Floats, Floats]
    area: Floats
    form = "box"
    comparable = True

    def __len__(self) -> int:
        return len(self.area)

    def take(self, rows: Codes) -> "BoxGeometry":
        x1, y1, x2, y2 = self.bounds
        return BoxGeometry((x1[rows], y1[rows], x2[rows], y2[rows]), self.area[rows])

    def iou(self, left: Codes, right: Codes, least: float) -> Floats:
        """IoU of each row of `left` with the row of `right` beside it; `least` would allow to skip work, unused."""
        del least
        common = shared_bounds(self.bounds, left, right)
        return common / (self.area[left] + self.area[right] - common)

    def at(self, row: int) -> list[float]:
        """The corners of one box as plain numbers."""
        return [float(side[row]) for side in self.bounds]


def shared_bounds(bounds: tuple[Floats, Floats, Floats, Floats], left: Codes, right: Codes) -> Floats:
    """Area that the bounds of each row of `left` share with those of the row of `right` beside it.

    >>> found = box_geometry([[0, 0, 4, 4], [2, 1, 4, 4]])
    >>> shared_bounds(found.bounds, np.array([0]), np.array([1])).tolist()
    [6.0]
    """
    x1, y1, x2, y2 = bounds
    wide = np.minimum(x2[left], x2[right]) - np.maximum(x1[left], x1[right])
    high = np.minimum(y2[left], y2[right]) - np.maximum(y1[left], y1[right])
    return np.maximum(wide, 0) * np.maximum(high, 0)


def box_geometry(numbers: ArrayLike, form: Form = "xywh") -> BoxGeometry:
    """Boxes from an n x 4 table: corner and size (`xywh`, COCO) or two corners (`xyxy`, Pascal VOC).

    Formula: x2 = x + w, y2 = y + h. Assumes: pixels. Source: see the module.
    Raises `NotABox`, `NotFiniteShape`, `NegativeSize`, `NoArea`, each with the row.

    >>> box_geometry([[10, 20, 4, 5]]).at(0)
    [10.0, 20.0, 14.0, 25.0]
    """
    table = _table(numbers, form)
    wide, high = (table[:, 2:] if form == "xywh" else table[:, 2:] - table[:, :2]).T
    _demand_area(wide, high)
    x1, y1 = np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])
    x2, y2 = (x1 + wide, y1 + high) if form == "xywh" else np.ascontiguousarray(table[:, 2:].T)
    return BoxGeometry((x1, y1, x2, y2), (x2 - x1) * (y2 - y1))


def iou_matrix(a: ArrayLike, b: ArrayLike, form: Form = "xywh") -> Floats:
    """IoU of each box of `a` (rows) with each box of `b` (columns), in [0, 1].

    Formula, Assumes, Source: see the module. Boxes without area share nothing: 0. Raises `NotABox`, `NotFiniteShape`,
    `NegativeSize`.

    >>> iou_matrix([[39, 63, 203, 112]], [[54, 66, 198, 114], [300, 0, 310, 9]], form="xyxy").round(5).tolist()
    [[0.79577, 0.0]]
    """
    (one, one_area), (other, other_area) = _corners(a, form), _corners(b, form)
    sides = np.minimum(one[:, None, 2:], other[None, :, 2:]) - np.maximum(one[:, None, :2], other[None, :, :2])
    common = np.maximum(sides, 0).prod(axis=-1)
    union = one_area[:, None] + other_area[None, :] - common
    found = np.divide(common, union, out=np.zeros_like(common), where=union > 0)
    return np.minimum(found, 1)


def rotated_corners(numbers: ArrayLike) -> Floats:
    """The four corners (n x 4 x 2) of rotated boxes `cx, cy, width, height, degrees`: polygons to be compared as such.

    Formula: corner = centre + R(t) (+-w/2, +-h/2), R(t) = [[cos t, -sin t], [sin t, cos t]].
    Assumes: degrees turn x towards y, which is clockwise on a screen. Source: plane geometry.
    Raises `NotABox`, `NotFiniteShape`, `NegativeSize`, `NoArea`.

    >>> rotated_corners([[0, 0, 4, 2, 90]]).round(6).tolist()[0]
    [[1.0, -2.0], [1.0, 2.0], [-1.0, 2.0], [-1.0, -2.0]]
    """
    table = np.asarray(numbers, np.float64)
    if table.ndim != 2 or table.shape[1] != 5:
        raise NotABox(known="cx, cy, width, height, degrees", given=str(table.shape))
    _demand_finite(table)
    _demand_area(table[:, 2], table[:, 3])
    turn = np.deg2rad(table[:, 4])
    half = table[:, None, 2:4] / 2 * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    x = table[:, 0:1] + cos * half[..., 0] - sin * half[..., 1]
    y = table[:, 1:2] + sin * half[..., 0] + cos * half[..., 1]
    return np.stack((x, y), axis=-1)


def _table(numbers: ArrayLike, form: Form) -> Floats:
    try:
        table = np.asarray(numbers, np.float64)
    except (TypeError, ValueError) as error:
        raise NotABox(known=" | ".join(FORMS), given=type(numbers).__name__) from error
    if table.size == 0:
        return table.reshape(0, 4)
    if table.ndim != 2 or table.shape[1] != 4 or form not in FORMS:
        raise NotABox(known=" | ".join(FORMS), given=f"{form} {table.shape}")
    _demand_finite(table)
    return table


def _corners(numbers: ArrayLike, form: Form) -> tuple[Floats, Floats]:
    """Two corners each, and the area."""
    table = _table(numbers, form)
    size = table[:, 2:] - table[:, :2] if form == "xyxy" else table[:, 2:]
    wrong = np.flatnonzero((size < 0).any(axis=1))
    if wrong.size:
        _refuse_size(int(wrong[0]), *size[wrong[0]].tolist())
    corners = table if form == "xyxy" else np.concatenate((table[:, :2], table[:, :2] + size), axis=1)
    return corners, size.prod(axis=1)


def _demand_finite(table: Floats) -> None:
    if not np.isfinite(table.sum()):  # one pass; rows are looked at only where something is wrong
        wrong = np.flatnonzero(~np.isfinite(table).all(axis=1))
        if wrong.size:
            raise NotFiniteShape(row=int(wrong[0]))


def _demand_area(wide: Floats, high: Floats) -> None:
    wrong = np.flatnonzero(~((wide > 0) & (high > 0)))
    if not wrong.size:
        return
    row = int(wrong[0])
    if wide[row] < 0 or high[row] < 0:
        _refuse_size(row, float(wide[row]), float(high[row]))
    raise NoArea(row=row)


def _refuse_size(row: int, width: float, height: float) -> None:
    raise NegativeSize(row=row, width=f"{width:g}", height=f"{height:g}")
