"""Masks as pictures: a folder or zip of grey or indexed PNGs, a number a pixel, and tables of what the numbers mean.

`labels.csv` has `value` and `label`; 0 is background, and 255 too where the table does not have it. With
`instances.csv` (`image`, `value`, `label`) the numbers are of shapes, else each number is one mask of its label.
A picture belongs to the image of its path below `masks`, or of its name, whatever that one's ending is.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from guiju.annotations.imports.errors import MarkUnreadable, WorkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, RawOutline, Read, RefusedMark
from guiju.annotations.readers.folders import Folder, open_folder
from guiju.kinds.runs import write_runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAKER = "masks"
VOID = 255
MOST_PIXELS = 400_000_000
_MODES = frozenset({"1", "L", "P", "I", "I;16", "I;16B"})


@dataclass(frozen=True, slots=True)
class _Tables:
    """The label of each number; of each shape's number by image, where the tables say so."""

    labels: Mapping[int, str]
    instances: Mapping[str, Mapping[int, str]] | None

    def of(self, stem: str) -> Mapping[int, str]:
        return self.labels if self.instances is None else self.instances.get(stem, {})


def open_masks(path: Path, name: str, options: ImportOptions) -> Opened:
    """Read the tables and find the pictures. Raises `WorkUnreadable`, `WorkGone`."""
    folder = open_folder(path, name, "masks")
    pictures = [file for file in folder.names if file.lower().endswith(".png")]
    try:
        tables = _tables(folder)
        if not pictures:
            raise ValueError("there is no PNG in it")
    except (ValueError, csv.Error) as error:
        raise WorkUnreadable(name=name, format="masks", reason=str(error)[:300]) from error
    return Opened(len(pictures), lambda: _marks(folder, pictures, tables, options.annotator or MAKER))


def _tables(folder: Folder) -> _Tables:
    found = {PurePosixPath(file).name.lower(): file for file in folder.names if file.lower().endswith(".csv")}
    if "labels.csv" not in found:
        raise ValueError("no labels.csv (value, label) says what its numbers mean")
    labels = {int(row["value"]): row["label"] for row in _rows(folder, found["labels.csv"], "value", "label")}
    if "instances.csv" not in found:
        return _Tables(labels, None)
    instances: dict[str, dict[int, str]] = {}
    for row in _rows(folder, found["instances.csv"], "image", "value", "label"):
        instances.setdefault(_stem(row["image"]), {})[int(row["value"])] = row["label"]
    return _Tables(labels, instances)


def _rows(folder: Folder, file: str, *columns: str) -> list[dict[str, str]]:
    rows = list(csv.DictReader(StringIO(folder.text(file))))
    for column in columns if rows else ():
        if column not in rows[0] or any(row[column] is None for row in rows):
            raise ValueError(f"{PurePosixPath(file).name} has no column “{column}”, or not in every row")
    return rows


def _stem(path: str) -> str:
    return PurePosixPath(path).with_suffix("").as_posix()


def _item(file: str) -> str:
    parts = PurePosixPath(file).with_suffix("").parts
    places = [place for place, part in enumerate(parts[:-1]) if part.lower() == "masks"]
    return "/".join(parts[places[-1] + 1 :] if places else parts)


def _marks(folder: Folder, pictures: list[str], tables: _Tables, maker: str) -> Iterator[Read]:
    for position, file in enumerate(pictures, start=1):
        item = _item(file)
        try:
            outlines = tuple(_outlines(folder.read(file), tables.of(item)))
        except (ValueError, OSError, SyntaxError) as error:  # Pillow says SyntaxError of a broken PNG
            details: dict[str, object] = {"reason": str(error)[:200] or type(error).__name__}
            yield RefusedMark(position, item, maker, MarkUnreadable.code, MarkUnreadable.sentence, details)
            continue
        yield Mark(position, item, maker, outlines=outlines, on_image=True)


def _outlines(content: bytes, labels: Mapping[int, str]) -> Iterator[RawOutline]:
    import numpy as np  # noqa: PLC0415 - heavy, and only this format looks at pixels

    pixels = _pixels(content)
    tall, wide = pixels.shape
    column = np.asfortranarray(pixels).ravel(order="F")
    edges = np.flatnonzero(column[1:] != column[:-1]) + 1
    starts, ends = np.concatenate(([0], edges)), np.concatenate((edges, [len(column)]))
    numbers = column[starts]
    for number in np.unique(numbers).tolist():
        if number and (number in labels or number != VOID):
            if number not in labels:
                raise ValueError(f"the number {number} is in no table")
            mine = numbers == number
            yield RawOutline(labels[number], (), runs=_runs(starts[mine], ends[mine], len(column)), size=(tall, wide))


def _pixels(content: bytes) -> "NDArray[np.int32]":
    import numpy as np  # noqa: PLC0415 - the same
    from PIL import Image  # noqa: PLC0415 - the same

    with Image.open(BytesIO(content), formats=("PNG",)) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError(f"it has more than {MOST_PIXELS:,} pixels")
        if picture.mode not in _MODES:
            raise ValueError(f"its pixels are colours ({picture.mode}) and no numbers")
        return np.asarray(picture).astype(np.int32)


def _runs(starts: "NDArray[np.int64]", ends: "NDArray[np.int64]", length: int) -> str:
    """COCO's lengths from where the stretches of one number begin and end."""
    import numpy as np  # noqa: PLC0415 - the same

    borders = np.stack((starts, ends), axis=1).ravel()
    lengths: list[int] = np.diff(np.concatenate(([0], borders, [length]))).tolist()
    return write_runs(lengths if lengths[-1] else lengths[:-1])
