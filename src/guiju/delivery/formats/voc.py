"""Pascal VOC: a zip with an XML file for each image, and the lists of images. docs/formats/voc.md."""

from collections.abc import Iterator
from math import radians
from pathlib import PurePosixPath
from xml.sax.saxutils import escape

from guiju.delivery.formats.drawn import Told, drawn_on
from guiju.delivery.formats.model import PART, Format, Source
from guiju.delivery.formats.zipped import list_of, zipped
from guiju.delivery.model import Row
from guiju.delivery.packing import safe_names
from guiju.kinds import ITEM, Box
from guiju.kinds.box.plane import bounds_of, centre_of
from guiju.kit import N_

FLAGS = ("truncated", "occluded", "difficult")
_TRUE = frozenset({"yes", "true", "1"})


def write(source: Source) -> Iterator[bytes]:
    yield from zipped(_files(source))


def _files(source: Source) -> Iterator[tuple[str, str]]:
    names = list(safe_names(row.name for row in source.rows()))
    files = list(safe_names(str(PurePosixPath(name).with_suffix(".xml")) for name in names))
    lists: dict[str, list[str]] = {"trainval": []} | {list_of(part): [] for part in source.parts}
    for row, name, file in zip(source.rows(), names, files, strict=True):
        yield f"Annotations/{file}", _image(row, name)
        part, line = list_of(row.part or "trainval"), f"{file.removesuffix('.xml')}\n"
        lists[part].append(line)
        if part in {"train", "val"}:
            lists["trainval"].append(line)
    for part, lines in sorted(lists.items()):
        yield f"ImageSets/Main/{part}.txt", "".join(lines)


def _image(row: Row, name: str) -> str:
    lines = ["<annotation>", f"<folder>JPEGImages</folder><filename>{_plain(name)}</filename>"]
    lines.append(f"<size><width>{row.width}</width><height>{row.height}</height><depth>3</depth></size>")
    lines.append("<segmented>0</segmented>")
    lines += [_object(shape, told) for _, shape, told in drawn_on(row) if isinstance(shape, Box)]
    return "\n".join([*lines, "</annotation>", ""])


def _object(box: Box, told: Told) -> str:
    sides = zip(("xmin", "ymin", "xmax", "ymax"), bounds_of(box), strict=True)
    flags = "".join(f"<{flag}>{int(str(told.get(flag, '')).lower() in _TRUE)}</{flag}>" for flag in FLAGS)
    form = f"<type>robndbox</type>{_turned(box)}" if box.angle else ""
    around = "".join(f"<{side}>{round(place, 2):g}</{side}>" for side, place in sides)
    return f"<object><name>{_plain(box.label)}</name>{form}{flags}<bndbox>{around}</bndbox></object>"


def _turned(box: Box) -> str:
    """As roLabelImg writes them: centre, size, and the angle in radians, clockwise."""
    x, y = centre_of(box)
    measures = {"cx": x, "cy": y, "w": box.w, "h": box.h, "angle": radians(box.angle % 360)}
    written = "".join(f"<{name}>{round(number, 6):.10g}</{name}>" for name, number in measures.items())
    return f"<robndbox>{written}</robndbox>"


def _plain(text: str) -> str:
    return escape("".join(each for each in text if each >= " " or each in "\t\n\r"))


VOC = Format(
    "voc",
    N_("Pascal VOC: a zip with an XML file an image, boxes"),
    "annotations.voc.zip",
    frozenset({"box"}),
    write,
    targets=frozenset({ITEM, PART}),
    told=frozenset(FLAGS),
    parts_itself=True,
)
