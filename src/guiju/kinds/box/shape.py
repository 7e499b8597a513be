"""The shape of boxes: `{"kind": "box", "shapes": [{"id", "label", "x", "y", "w", "h"}]}`.

`x`, `y` is the top left corner and `w`, `h` the size, in pixels of the item after EXIF orientation, to 2 decimals.
"""

from math import isfinite

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape
from guiju.kinds.shapes import ShapeId, count_labels, rounded, summarise


class Box(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rectangle; `id` is unique within the answer and stays with the box through its revisions."""

    id: ShapeId
    label: str
    x: float
    y: float
    w: float
    h: float


class Boxes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="box"):
    """All boxes of a field on an item, in drawing order. None is an answer: there is nothing to draw."""

    shapes: tuple[Box, ...]


def tidy(answer: Boxes) -> Boxes:
    """Numbers to 2 decimals, and no negative zero."""
    return Boxes(tuple(_tidy(box) for box in answer.shapes))


def _tidy(box: Box) -> Box:
    return Box(box.id, box.label, *map(rounded, (box.x, box.y, box.w, box.h)))


def is_finite(answer: Boxes) -> bool:
    return all(map(is_finite_box, answer.shapes))


def is_finite_box(box: Box) -> bool:
    return isfinite(box.x) and isfinite(box.y) and isfinite(box.w) and isfinite(box.h)


def normalise(answer: Boxes, _field: FieldShape) -> Boxes:
    """Boxes keep their drawing order, which says what lies on top."""
    return answer


def labels_of(answer: Boxes) -> dict[str, int]:
    return count_labels(answer.shapes)


def columns(answer: Boxes, item: ItemShape) -> dict[str, Column]:
    """One row a box: `label`, and in pixels `x`, `y`, `width`, `height`, `area`, `image_width`, `image_height`."""
    shapes = answer.shapes
    return {
        "label": [box.label for box in shapes],
        "x": [box.x for box in shapes],
        "y": [box.y for box in shapes],
        "width": [box.w for box in shapes],
        "height": [box.h for box in shapes],
        "area": [box.w * box.h for box in shapes],
        "image_width": [float(item.width)] * len(shapes),
        "image_height": [float(item.height)] * len(shapes),
    }


def summary(answer: Boxes) -> str:
    return summarise(answer.shapes)


def iou(a: Box, b: Box) -> float:
    """Intersection over union; two boxes without area share nothing."""
    wide = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
    high = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    common = max(0.0, wide) * max(0.0, high)
    union = a.w * a.h + b.w * b.h - common
    return min(1.0, common / union) if union > 0 else 0.0
