"""COCO: images, boxes, outlines, masks, keypoints and categories. docs/formats/coco.md describes it.

Three passes over the rows instead of one that holds them: a package is written in memory that does not grow with it.
A million boxes are a million entries: each is one struct without a dict, and a thousand of them are encoded at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from guiju.delivery.formats.drawn import Told, layers_on, told_of_shape
from guiju.delivery.formats.model import PART, Format, Source
from guiju.delivery.model import Row
from guiju.kinds import ITEM, Box, Figure, Mask, Polygon, Polyline
from guiju.kinds.box.plane import corners_of
from guiju.kinds.keypoint.options import joints_of, limbs_of
from guiju.kinds.mask.shape import extent
from guiju.kinds.points import area_of, bounds_of
from guiju.kit import N_

_encoder = msgspec.json.Encoder()
_encode, _encode_lines = _encoder.encode, _encoder.encode_lines
AT_ONCE = 1_000


class _Annotation(msgspec.Struct, gc=False):
    """An entry in the order in which it is written; what is unset is left out."""

    id: int
    image_id: int
    category_id: int
    bbox: Sequence[float]
    area: float
    segmentation: Sequence[list[float]] | dict[str, Any]
    rotation: float | msgspec.UnsetType = msgspec.UNSET
    keypoints: list[float] | msgspec.UnsetType = msgspec.UNSET
    num_keypoints: int | msgspec.UnsetType = msgspec.UNSET
    iscrowd: int = 0
    attributes: Told | msgspec.UnsetType = msgspec.UNSET


def write(source: Source) -> Iterator[bytes]:
    categories = _Categories(source)
    info = {"description": source.project, "version": source.rulebook}
    yield b'{"info":' + _encode(info) + b',"licenses":[],"images":[\n'
    yield from _listed(_image(number, row) for number, row in enumerate(source.rows(), 1))
    yield b'\n],"annotations":[\n'
    yield from _listed(_annotations(source.rows(), categories))
    yield b'\n],"categories":[\n'
    yield from _listed(categories.listed())
    yield b"\n]}\n"


def _listed(entries: Iterable[dict[str, Any] | _Annotation]) -> Iterator[bytes]:
    """An entry a line; within an entry there is no line end, since JSON writes those of a text in letters."""
    separator, each = b"", iter(entries)
    while some := list(islice(each, AT_ONCE)):
        yield separator + _encode_lines(some)[:-1].replace(b"\n", b",\n")
        separator = b",\n"


def _image(number: int, row: Row) -> dict[str, Any]:
    named = {"id": number, "file_name": row.name, "width": row.width, "height": row.height, "sha256": row.hash}
    return named if row.accepted else {**named, "status": "resolved"}


def _annotations(rows: Iterable[Row], categories: "_Categories") -> Iterator[_Annotation]:
    number = 0
    for image, row in enumerate(rows, 1):
        for field, shapes, asked in layers_on(row):
            for shape in shapes:
                if isinstance(shape, Polyline):
                    continue
                number += 1
                if isinstance(shape, Box) and not shape.angle:  # nearly all, and so without a further call
                    sides, area = (shape.x, shape.y, shape.w, shape.h), round(shape.w * shape.h, 4)
                    made = _Annotation(number, image, categories.of_label(shape.label), sides, area, ())
                else:
                    made = _Annotation(number, image, categories.id_of(shape.label, field, shape), **_drawn(shape))
                if asked and (told := told_of_shape(shape.id, asked)):
                    made.attributes = told
                yield made


def _drawn(shape: Box | Polygon | Mask | Figure) -> dict[str, Any]:
    match shape:
        case Box():
            return _turned(shape)
        case Polygon():
            return _outline(shape)
        case Mask():
            return _mask(shape)
        case Figure():
            return _figure(shape)


def _turned(box: Box) -> dict[str, Any]:
    """A turned box is an outline too, and says by how much: its size can then be had again from its corners."""
    corners = [round(number, 6) for corner in corners_of(box) for number in corner]
    return {**_around(corners), "area": round(box.w * box.h, 4), "segmentation": [corners], "rotation": box.angle}


def _around(ring: list[float]) -> dict[str, Any]:
    left, top = min(ring[::2]), min(ring[1::2])
    sides = (left, top, max(ring[::2]) - left, max(ring[1::2]) - top)
    return {"bbox": [round(side, 2) for side in sides]}


def _outline(polygon: Polygon) -> dict[str, Any]:
    around = bounds_of(polygon.points)
    return {
        "bbox": [around.left, around.top, round(around.width, 2), round(around.height, 2)],
        "area": round(area_of(polygon.points), 4),
        "segmentation": [[number for point in polygon.points for number in point]],
    }


def _mask(mask: Mask) -> dict[str, Any]:
    found = extent(mask)
    return {
        "bbox": [found.left, found.top, found.width, found.height],
        "area": found.area,
        "segmentation": {"size": list(mask.size), "counts": mask.counts},
    }


def _figure(figure: Figure) -> dict[str, Any]:
    """Its area is that of the rectangle around its points, which is what OKS measures distances by."""
    there = tuple((x, y) for x, y, flag in figure.points if flag)
    around = bounds_of(there or ((0.0, 0.0),))
    return {
        "bbox": [around.left, around.top, round(around.width, 2), round(around.height, 2)],
        "area": round(around.width * around.height, 4),
        "segmentation": [],
        "keypoints": [number for point in figure.points for number in point],
        "num_keypoints": len(there),
    }


class _Categories:
    """1, 2, … for the rulebook's labels in their order, then for those that only an earlier version had.

    A label that figures have is a category with their points; if boxes or other figures have it too, it is two.
    """

    def __init__(self, source: Source) -> None:
        self._known = {label.id: label for label in source.labels}
        self._points = {field.id: tuple(joint.id for joint in joints_of(field)) for field in source.fields}
        self._limbs = {self._points[field.id]: limbs_of(field) for field in source.fields}
        asked = [(label, self._points[field.id]) for field in source.fields for label in field.labels]
        self._ids: dict[tuple[str, tuple[str, ...]], int] = {}
        self._plain: dict[str, int] = {}
        for label in self._known:
            for key in [key for key in asked if key[0] == label] or [(label, ())]:
                self._ids.setdefault(key, len(self._ids) + 1)

    def id_of(self, label: str, field: str, shape: Box | Polygon | Mask | Figure) -> int:
        if not isinstance(shape, Figure):
            return self.of_label(label)
        points = self._points.get(field, ())
        if len(points) != len(shape.points):  # an earlier rulebook's figure
            points = tuple(str(number) for number in range(1, len(shape.points) + 1))
        return self._ids.setdefault((label, points), len(self._ids) + 1)

    def of_label(self, label: str) -> int:
        """The category of what has no points of its own."""
        return self._plain.get(label) or self._plain.setdefault(
            label, self._ids.setdefault((label, ()), len(self._ids) + 1)
        )

    def listed(self) -> Iterator[dict[str, Any]]:
        for (label, points), number in self._ids.items():
            known = self._known.get(label)
            names = {"name_zh": known.zh, "name_en": known.en} if known else {}
            limbs = [[points.index(a) + 1, points.index(b) + 1] for a, b in self._limbs.get(points, ())]
            figure = {"keypoints": points, "skeleton": limbs} if points else {}
            yield {"id": number, "name": label, "supercategory": "", **names, **figure}


COCO = Format(
    "coco",
    N_("COCO: boxes, outlines, masks and keypoints on images"),
    "annotations.coco.json",
    frozenset({"box", "polygon", "mask", "keypoint"}),
    write,
    targets=frozenset({ITEM, PART}),
)
