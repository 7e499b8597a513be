"""The shape of boxes: `{"kind": "box", "shapes": [{"id", "label", "x", "y", "w", "h"}]}`.

`x`, `y` is the top left corner and `w`, `h` the size, in pixels of the item after EXIF orientation, to 2 decimals.
Where the field allows it, a box may have an `angle`: it is then turned by so many degrees, clockwise, about its centre.
"""

from math import ceil, isfinite

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape
from guiju.kinds.shapes import ShapeId, count_labels, rounded, summarise


class Box(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One rectangle; `id` is unique within the answer and stays with the box through its revisions.

    It holds texts and numbers alone, so the garbage collector need not look at millions of them.

    `angle` is in (-180, 180]; 0 is not written, so an upright box has the bytes that it always had.
    """

    id: ShapeId
    label: str
    x: float
    y: float
    w: float
    h: float
    angle: float = 0.0


class Boxes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="box"):
    """All boxes of a field on an item, in drawing order. None is an answer: there is nothing to draw."""

    shapes: tuple[Box, ...]


def tidy(answer: Boxes) -> Boxes:
    """Numbers to 2 decimals, and no negative zero."""
    return Boxes(tuple(_tidy(box) for box in answer.shapes))


def _tidy(box: Box) -> Box:
    sides = map(rounded, (box.x, box.y, box.w, box.h))
    angle = tidy_angle(box.angle) if box.angle else 0.0
    # What is left out when it is written is the default itself, not what equals it.
    return Box(box.id, box.label, *sides, angle=angle) if angle else Box(box.id, box.label, *sides)


def tidy_angle(degrees: float) -> float:
    """The same direction in (-180, 180], to 2 decimals.

    >>> tidy_angle(270), tidy_angle(-180), tidy_angle(-179.999), tidy_angle(720.004)
    (-90.0, 180.0, 180.0, 0.0)
    """
    if not isfinite(degrees):
        return degrees
    angle = rounded(degrees % 360)
    return rounded(angle - 360 * ceil((angle - 180) / 360))


def is_finite(answer: Boxes) -> bool:
    return all(map(is_finite_box, answer.shapes))


def is_finite_box(box: Box) -> bool:
    return isfinite(box.x) and isfinite(box.y) and isfinite(box.w) and isfinite(box.h) and isfinite(box.angle)


def normalise(answer: Boxes, _field: FieldShape) -> Boxes:
    """Boxes keep their drawing order, which says what lies on top."""
    return answer


def labels_of(answer: Boxes) -> dict[str, int]:
    return count_labels(answer.shapes)


def columns(answer: Boxes, item: ItemShape) -> dict[str, Column]:
    """One row a box: `label`, and in pixels `x`, `y`, `width`, `height`, `area`, `image_width`, `image_height`; `angle`
    in degrees. A turned box has the corner and size of the box before it is turned.
    """
    shapes = answer.shapes
    return {
        "label": [box.label for box in shapes],
        "x": [box.x for box in shapes],
        "y": [box.y for box in shapes],
        "width": [box.w for box in shapes],
        "height": [box.h for box in shapes],
        "area": [box.w * box.h for box in shapes],
        "angle": [box.angle for box in shapes],
        "image_width": [float(item.width)] * len(shapes),
        "image_height": [float(item.height)] * len(shapes),
    }


def summary(answer: Boxes) -> str:
    return summarise(answer.shapes)
