"""YOLO: a text file an image, a line a box, everything in shares of the image. docs/formats/yolo.md."""

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import TypeAlias

import msgspec

from guiju.delivery.errors import SameStem
from guiju.delivery.formats.drawn import drawn_on
from guiju.delivery.formats.model import Format, Source
from guiju.delivery.formats.zipped import zipped
from guiju.delivery.model import Row
from guiju.delivery.packing import safe_names
from guiju.kinds import Box
from guiju.kinds.box.plane import bounds_of, corners_of
from guiju.kit import N_

Classes: TypeAlias = dict[str, int]
DECIMALS = 8


def write(source: Source, *, oriented: bool) -> Iterator[bytes]:
    yield from zipped(_files(source, oriented=oriented))


def _files(source: Source, *, oriented: bool) -> Iterator[tuple[str, str]]:
    """The labels first: what their classes are called is known once all of them were seen."""
    asked = {label for field in source.fields if field.kind == "box" for label in field.labels}
    classes = {label.id: number for number, label in enumerate(one for one in source.labels if one.id in asked)}
    images: list[str] = []
    stems: dict[str, str] = {}
    for row, name in zip(source.rows(), safe_names(row.name for row in source.rows()), strict=True):
        file = f"labels/{PurePosixPath(name).with_suffix('.txt')}"
        if stems.setdefault(file.lower(), name) != name:
            raise SameStem(one=stems[file.lower()], other=name, file=file)
        images.append(f"./images/{name}")
        yield file, "".join(_lines(row, classes, oriented=oriented))
    yield "train.txt", "".join(f"{image}\n" for image in images)
    yield "data.yaml", _described(classes)


def _described(classes: Classes) -> str:
    names = "".join(f"  {number}: {msgspec.json.encode(label).decode()}\n" for label, number in classes.items())
    return f"path: .\ntrain: train.txt\nval: train.txt\nnames:{names and chr(10)}{names or ' {}'}"


def _lines(row: Row, classes: Classes, *, oriented: bool) -> Iterator[str]:
    for _, shape, _ in drawn_on(row):
        if isinstance(shape, Box):
            number = classes.setdefault(shape.label, len(classes))
            places = _corners(shape, row) if oriented else _around(shape, row)
            yield f"{number} {' '.join(map(_share, places))}\n"


def _around(box: Box, row: Row) -> Iterator[float]:
    """Centre and size; of a turned box those of the upright rectangle around it."""
    left, top, right, bottom = bounds_of(box)
    wide, high = row.width or 1, row.height or 1
    yield from ((left + right) / 2 / wide, (top + bottom) / 2 / high, (right - left) / wide, (bottom - top) / high)


def _corners(box: Box, row: Row) -> Iterator[float]:
    """From the box's own top left on, clockwise; what rounding puts outside is put onto the edge."""
    for x, y in corners_of(box):
        yield min(1.0, max(0.0, x / (row.width or 1)))
        yield min(1.0, max(0.0, y / (row.height or 1)))


def _share(number: float) -> str:
    return f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")


YOLO = Format(
    "yolo",
    N_("YOLO: a zip with a text file an image, upright boxes"),
    "annotations.yolo.zip",
    frozenset({"box"}),
    partial(write, oriented=False),
)
YOLO_OBB = Format(
    "yolo-obb",
    N_("YOLO OBB: the same with the four corners of turned boxes"),
    "annotations.yolo-obb.zip",
    frozenset({"box"}),
    partial(write, oriented=True),
)
