"""Masks as pictures: an indexed PNG for each image, a number a pixel, and a table of them. docs/formats/masks.md.

Masks and polygons are painted field by field in drawing order, so that the one on top has the pixel.
"""

import csv
from collections.abc import Iterable, Iterator
from functools import partial
from io import BytesIO, StringIO
from itertools import chain, islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeAlias

from guiju.delivery.errors import SameStem
from guiju.delivery.formats.drawn import drawn_on
from guiju.delivery.formats.model import Format, Source
from guiju.delivery.formats.zipped import Content, zipped
from guiju.delivery.model import Row
from guiju.delivery.packing import safe_names
from guiju.kinds import Mask, Polygon
from guiju.kinds.runs import fill_rings, foreground, read_runs
from guiju.kit import N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Pixels: TypeAlias = NDArray[np.unsignedinteger[Any]]

FOLDER = "masks"
LABELS, INSTANCES = "labels.csv", "instances.csv"
ROWS_AT_ONCE = 10_000
MOST_8_BIT = 254
"""255 is left alone: many tools take it for pixels that do not count."""
COLORS = ((0, 114, 178), (213, 94, 0), (0, 158, 115), (204, 121, 167), (230, 159, 0), (86, 180, 233), (240, 228, 66))


def write(source: Source, *, instances: bool) -> Iterator[bytes]:
    yield from zipped(_files(source, instances=instances))


def _files(source: Source, *, instances: bool) -> Iterator[tuple[str, Content]]:
    asked = {label for field in source.fields if field.kind in {"mask", "polygon"} for label in field.labels}
    values = {label.id: number for number, label in enumerate((one for one in source.labels if one.id in asked), 1)}
    most = max((_count(row, values) for row in source.rows()), default=0)
    wide = (most if instances else len(values)) > MOST_8_BIT
    for row, _, file in _placed(source):
        shapes = _shapes_on(row)
        numbers = list(range(1, len(shapes) + 1)) if instances else [values[shape.label] for shape in shapes]
        yield file, _png(_painted(row, shapes, numbers, wide=wide))
    yield LABELS, _table(("value", "label", "name_zh", "name_en"), _named(source, values))
    if instances:
        yield INSTANCES, _pieces(("image", "value", "label", "shape"), _instances(source))


def _placed(source: Source) -> Iterator[tuple[Row, str, str]]:
    """Each item with its image's name and the picture's. Raises `SameStem`."""
    stems: dict[str, str] = {}
    for row, name in zip(source.rows(), safe_names(row.name for row in source.rows()), strict=True):
        file = f"{FOLDER}/{PurePosixPath(name).with_suffix('.png')}"
        if stems.setdefault(file.lower(), name) != name:
            raise SameStem(one=stems[file.lower()], other=name, file=file)
        yield row, name, file


def _shapes_on(row: Row) -> list[Mask | Polygon]:
    return [shape for _, shape, _ in drawn_on(row) if isinstance(shape, Mask | Polygon)]


def _instances(source: Source) -> Iterator[tuple[object, ...]]:
    """Read anew from the rows: shapes are far more than images, and are not kept."""
    for row, name, _ in _placed(source):
        yield from ((name, number, shape.label, shape.id) for number, shape in enumerate(_shapes_on(row), 1))


def _named(source: Source, values: dict[str, int]) -> Iterator[tuple[object, ...]]:
    known = {label.id: (label.zh, label.en) for label in source.labels}
    yield 0, "", "", ""
    yield from ((number, label, *known.get(label, ("", ""))) for label, number in values.items())


def _count(row: Row, values: dict[str, int]) -> int:
    """How many shapes an image has; labels that only an earlier version had get the next numbers on the way."""
    count = 0
    for _, shape, _ in drawn_on(row):
        if isinstance(shape, Mask | Polygon):
            values.setdefault(shape.label, len(values) + 1)
            count += 1
    return count


def _painted(row: Row, shapes: Iterable[Mask | Polygon], numbers: Iterable[int], *, wide: bool) -> "_Pixels":
    import numpy as np  # noqa: PLC0415 - heavy, and only this format paints

    across, down = row.width or 1, row.height or 1
    painted = np.zeros(across * down, np.uint16 if wide else np.uint8)  # down the columns, as run lengths go
    for shape, number in zip(shapes, numbers, strict=True):
        enclosed = fill_rings([shape.points], across, down) if isinstance(shape, Polygon) else read_runs(shape.counts)
        for begin, end in zip(*foreground(enclosed or []), strict=True):
            painted[begin:end] = number
    return painted.reshape(across, down).T


def _png(painted: "_Pixels") -> bytes:
    import numpy as np  # noqa: PLC0415 - the same
    from PIL import Image  # noqa: PLC0415 - the same

    out = BytesIO()
    picture = Image.fromarray(np.ascontiguousarray(painted))
    if painted.dtype == np.uint8:
        picture.putpalette([part for number in range(256) for part in _color(number)])
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _color(number: int) -> tuple[int, int, int]:
    """Only to be looked at: seven colours that everybody can tell apart, then the same, darker."""
    if not number:
        return (0, 0, 0)
    round_, place = divmod(number - 1, len(COLORS))
    red, green, blue = (int(part * 0.8 ** (round_ % 6)) for part in COLORS[place])
    return red, green, blue


def _table(head: tuple[object, ...], rows: Iterable[tuple[object, ...]]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *rows])
    return out.getvalue()


def _pieces(head: tuple[object, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """A table too long to be held."""
    each = chain((head,), rows)
    while some := list(islice(each, ROWS_AT_ONCE)):
        yield _table(some[0], some[1:]).encode()


MASK_PNG = Format(
    "mask-png",
    N_("Masks as PNGs: a label's number a pixel, with the table of labels"),
    "annotations.masks.zip",
    frozenset({"mask", "polygon"}),
    partial(write, instances=False),
)
INSTANCE_PNG = Format(
    "instance-png",
    N_("Masks as PNGs: each shape its own number, with the table of shapes"),
    "annotations.instances.zip",
    frozenset({"mask", "polygon"}),
    partial(write, instances=True),
)
