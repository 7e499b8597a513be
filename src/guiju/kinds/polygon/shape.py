"""The shape of polygons: `{"kind": "polygon", "shapes": [{"id", "label", "points": [[x, y], …]}]}`.

Points are in pixels of the item after EXIF orientation, to 2 decimals; the ring closes by itself.
"""

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape
from guiju.kinds.points import Points, are_finite, area_of, bounds_of, rounded_points
from guiju.kinds.shapes import ShapeId, count_labels, summarise


class Polygon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One outline; `id` is unique within the answer and stays with the polygon through its revisions."""

    id: ShapeId
    label: str
    points: Points


class Polygons(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="polygon"):
    """All outlines of a field on an item, in drawing order. None is an answer: there is nothing to draw."""

    shapes: tuple[Polygon, ...]


def tidy(answer: Polygons) -> Polygons:
    """Numbers to 2 decimals, and no negative zero."""
    return Polygons(tuple(Polygon(one.id, one.label, rounded_points(one.points)) for one in answer.shapes))


def is_finite(answer: Polygons) -> bool:
    return all(are_finite(polygon.points) for polygon in answer.shapes)


def normalise(answer: Polygons, _field: FieldShape) -> Polygons:
    """Polygons keep their drawing order, which says what lies on top."""
    return answer


def labels_of(answer: Polygons) -> dict[str, int]:
    return count_labels(answer.shapes)


def columns(answer: Polygons, item: ItemShape) -> dict[str, Column]:
    """One row a polygon: `label`, `points` (how many), and in pixels its bounds, `area` and the image's size."""
    shapes = answer.shapes
    bounds = [bounds_of(polygon.points) for polygon in shapes]
    return {
        "label": [polygon.label for polygon in shapes],
        "points": [float(len(polygon.points)) for polygon in shapes],
        "x": [each.left for each in bounds],
        "y": [each.top for each in bounds],
        "width": [each.width for each in bounds],
        "height": [each.height for each in bounds],
        "area": [area_of(polygon.points) for polygon in shapes],
        "image_width": [float(item.width)] * len(shapes),
        "image_height": [float(item.height)] * len(shapes),
    }


def summary(answer: Polygons) -> str:
    return summarise(answer.shapes)
