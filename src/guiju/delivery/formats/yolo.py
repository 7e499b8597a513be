"""YOLO: a text file an image, a line a box, everything in shares of the image. docs/formats/yolo.md."""

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import TypeAlias

import msgspec

from guiju.delivery.errors import SameStem
from guiju.delivery.formats.drawn import drawn_on
from guiju.delivery.formats.model import Format, Source
from guiju.delivery.formats.zipped import list_of, zipped
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
    lists: dict[str, list[str]] = {list_of(name): [] for name in source.parts or ("train",)}
    stems: dict[str, str] = {}
    for row, name in zip(source.rows(), safe_names(row.name for row in source.rows()), strict=True):
        file = f"labels/{PurePosixPath(name).with_suffix('.txt')}"
        if stems.setdefault(file.lower(), name) != name:
            raise SameStem(one=stems[file.lower()], other=name, file=file)
        lists[list_of(row.part or "train")].append(f"./images/{name}\n")
        yield file, "".join(_lines(row, classes, oriented=oriented))
    for part, images in lists.items():
        yield f"{part}.txt", "".join(images)
    yield "data.yaml", _described(classes, list(lists))


def _described(classes: Classes, lists: list[str]) -> str:
    """A reader wants a list for training and one for validation; where there is none of that name, the first."""
    wanted = {"train": lists[0], "val": lists[0]} | {name: name for name in lists}
    parts = "".join(f"{name}: {file}.txt\n" for name, file in wanted.items())
    names = "".join(f"  {number}: {msgspec.json.encode(label).decode()}\n" for label, number in classes.items())
    return f"path: .\n{parts}names:{names and chr(10)}{names or ' {}'}"


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
    parts_itself=True,
)
YOLO_OBB = Format(
    "yolo-obb",
    N_("YOLO OBB: the same with the four corners of turned boxes"),
    "annotations.yolo-obb.zip",
    frozenset({"box"}),
    partial(write, oriented=True),
    parts_itself=True,
)
