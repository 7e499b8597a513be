"""The shape of polylines: `{"kind": "polyline", "shapes": [{"id", "label", "points": [[x, y], …]}]}`.

Points are in pixels of the item after EXIF orientation, to 2 decimals, from one end of the line to the other.
"""

from itertools import pairwise
from math import hypot

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape
from guiju.kinds.points import Points, are_finite, bounds_of, rounded_points
from guiju.kinds.shapes import ShapeId, count_labels, summarise


class Polyline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line; `id` is unique within the answer and stays with the line through its revisions."""

    id: ShapeId
    label: str
    points: Points


class Polylines(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="polyline"):
    """All lines of a field on an item, in drawing order. None is an answer: there is nothing to draw."""

    shapes: tuple[Polyline, ...]


def tidy(answer: Polylines) -> Polylines:
    """Numbers to 2 decimals, and no negative zero."""
    return Polylines(tuple(Polyline(one.id, one.label, rounded_points(one.points)) for one in answer.shapes))


def is_finite(answer: Polylines) -> bool:
    return all(are_finite(line.points) for line in answer.shapes)


def normalise(answer: Polylines, _field: FieldShape) -> Polylines:
    """Lines keep their drawing order, which says what lies on top, and their direction."""
    return answer


def labels_of(answer: Polylines) -> dict[str, int]:
    return count_labels(answer.shapes)


def length_of(points: Points) -> float:
    """Along the line, in pixels.

    >>> length_of(((0, 0), (3, 4), (3, 5)))
    6.0
    """
    return sum(hypot(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points))


def columns(answer: Polylines, item: ItemShape) -> dict[str, Column]:
    """One row a line: `label`, `points` (how many), and in pixels its bounds, `length` and the image's size."""
    shapes = answer.shapes
    bounds = [bounds_of(line.points) for line in shapes]
    return {
        "label": [line.label for line in shapes],
        "points": [float(len(line.points)) for line in shapes],
        "length": [length_of(line.points) for line in shapes],
        "x": [each.left for each in bounds],
        "y": [each.top for each in bounds],
        "width": [each.width for each in bounds],
        "height": [each.height for each in bounds],
        "image_width": [float(item.width)] * len(shapes),
        "image_height": [float(item.height)] * len(shapes),
    }


def summary(answer: Polylines) -> str:
    return summarise(answer.shapes)
