"""The shape of figures: `{"kind": "keypoint", "shapes": [{"id", "label", "points": [[x, y, v], …]}]}`.

One entry a point of the field's figure, in its order. `v` is 2 where the point is seen, 1 where something hides it and
its place was judged, 0 where it is not in the image (then x and y are 0): COCO's flags. Places are in pixels of the
item after EXIF orientation, to 2 decimals.
"""

from collections.abc import Iterable
from math import isfinite
from typing import Annotated, TypeAlias

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape
from guiju.kinds.points import Points, bounds_of
from guiju.kinds.shapes import ShapeId, count_labels, rounded, summarise

ABSENT, HIDDEN, SEEN = 0, 1, 2
Flag: TypeAlias = Annotated[int, msgspec.Meta(ge=ABSENT, le=SEEN)]
Put: TypeAlias = tuple[float, float, Flag]


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One figure; `id` is unique within the answer and stays with the figure through its revisions."""

    id: ShapeId
    label: str
    points: tuple[Put, ...]


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="keypoint"):
    """All figures of a field on an item, in drawing order. None is an answer: there is none."""

    shapes: tuple[Figure, ...]


def tidy(answer: Figures) -> Figures:
    """Numbers to 2 decimals, no negative zero, and no place for what is not there."""
    return Figures(tuple(Figure(one.id, one.label, tuple(map(_tidy, one.points))) for one in answer.shapes))


def _tidy(put: Put) -> Put:
    x, y, flag = put
    return (rounded(x), rounded(y), flag) if flag else (0.0, 0.0, ABSENT)


def is_finite(answer: Figures) -> bool:
    return all(isfinite(x) and isfinite(y) for figure in answer.shapes for x, y, _ in figure.points)


def normalise(answer: Figures, _field: FieldShape) -> Figures:
    """Figures keep their drawing order."""
    return answer


def labels_of(answer: Figures) -> dict[str, int]:
    return count_labels(answer.shapes)


def places_of(points: Iterable[Put]) -> Points:
    """Of the points that are in the image."""
    return tuple((x, y) for x, y, flag in points if flag)


def columns(answer: Figures, item: ItemShape) -> dict[str, Column]:
    """One row a figure: `label`, `seen` and `hidden` (how many points), and in pixels bounds and the image's size."""
    shapes = answer.shapes
    bounds = [bounds_of(places_of(figure.points) or ((0.0, 0.0),)) for figure in shapes]
    return {
        "label": [figure.label for figure in shapes],
        "seen": [float(_count(figure, SEEN)) for figure in shapes],
        "hidden": [float(_count(figure, HIDDEN)) for figure in shapes],
        "x": [each.left for each in bounds],
        "y": [each.top for each in bounds],
        "width": [each.width for each in bounds],
        "height": [each.height for each in bounds],
        "image_width": [float(item.width)] * len(shapes),
        "image_height": [float(item.height)] * len(shapes),
    }


def _count(figure: Figure, flag: int) -> int:
    return sum(each == flag for _, _, each in figure.points)


def summary(answer: Figures) -> str:
    return summarise(answer.shapes)
