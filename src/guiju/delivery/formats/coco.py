"""COCO instances: images, boxes, outlines, masks and categories. docs/formats/coco.md describes it.

Three passes over the rows instead of one that holds them: a package is written in memory that does not grow with it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from guiju.delivery.formats.model import Format, Source
from guiju.delivery.model import Label, Row
from guiju.kinds import Box, Boxes, Mask, Masks, Polygon, Polygons, decode_answers
from guiju.kinds.box.plane import corners_of
from guiju.kinds.mask.shape import extent
from guiju.kinds.points import area_of, bounds_of
from guiju.kit import N_

_encode = msgspec.json.Encoder().encode


def write(source: Source) -> Iterator[bytes]:
    categories = _Categories(source.labels)
    info = {"description": source.project, "version": source.rulebook}
    yield b'{"info":' + _encode(info) + b',"licenses":[],"images":[\n'
    yield from _listed(_image(number, row) for number, row in enumerate(source.rows(), 1))
    yield b'\n],"annotations":[\n'
    yield from _listed(_annotations(source.rows(), categories))
    yield b'\n],"categories":[\n'
    yield from _listed(categories.listed())
    yield b"\n]}\n"


def _listed(entries: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    separator = b""
    for entry in entries:
        yield separator + _encode(entry)
        separator = b",\n"


def _image(number: int, row: Row) -> dict[str, Any]:
    named = {"id": number, "file_name": row.name, "width": row.width, "height": row.height, "sha256": row.hash}
    return named if row.accepted else {**named, "status": "resolved"}


def _annotations(rows: Iterable[Row], categories: "_Categories") -> Iterator[dict[str, Any]]:
    number = 0
    for image, row in enumerate(rows, 1):
        for shape in shapes_of(row):
            number += 1
            named = {"id": number, "image_id": image, "category_id": categories.id_of(shape.label)}
            yield {**named, **_drawn(shape), "iscrowd": 0}


def _drawn(shape: Box | Polygon | Mask) -> dict[str, Any]:
    match shape:
        case Box():
            return _box(shape)
        case Polygon():
            return _outline(shape)
        case Mask():
            return _mask(shape)


def shapes_of(row: Row) -> Iterator[Box | Polygon | Mask]:
    """All boxes, polygons and masks of an item, field by field."""
    for _, answer in sorted(decode_answers(row.answers).items()):
        if isinstance(answer, Boxes | Polygons | Masks):
            yield from answer.shapes


def _box(box: Box) -> dict[str, Any]:
    """One that is turned is an outline too, and says by how much: its size can then be had again from its corners."""
    if box.angle:
        corners = [round(number, 6) for corner in corners_of(box) for number in corner]
        return {**_around(corners), "area": round(box.w * box.h, 4), "segmentation": [corners], "rotation": box.angle}
    return {"bbox": [box.x, box.y, box.w, box.h], "area": round(box.w * box.h, 4), "segmentation": []}


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


class _Categories:
    """1, 2, … for the rulebook's labels in their order, then for those that only an earlier version had."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._known = {label.id: label for label in labels}
        self._ids = {label: number for number, label in enumerate(self._known, 1)}

    def id_of(self, label: str) -> int:
        return self._ids.setdefault(label, len(self._ids) + 1)

    def listed(self) -> Iterator[dict[str, Any]]:
        for label, number in self._ids.items():
            known = self._known.get(label)
            names = {"name_zh": known.zh, "name_en": known.en} if known else {}
            yield {"id": number, "name": label, "supercategory": "", **names}


COCO = Format(
    "coco",
    N_("COCO, boxes, outlines and masks on images"),
    "annotations.coco.json",
    frozenset({"box", "polygon", "mask"}),
    write,
)
