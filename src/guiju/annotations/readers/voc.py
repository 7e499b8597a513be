"""Pascal VOC: a folder or zip of XML files, one an image.

A box is `x = xmin`, `y = ymin`, `w = xmax - xmin`, `h = ymax - ymin`, as most of today's tools write and read it (the
original of 2007 counts pixels from 1 and includes the last one; half a pixel of difference is left as it is). VOC
does not say who drew: whoever made the files is named for all of them.
"""

import zipfile
from collections.abc import Iterator
from math import degrees
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from guiju.annotations.imports.errors import MarkUnreadable, WorkGone, WorkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, RawBox, Read, RefusedMark
from guiju.annotations.imports.parts import BUILT_IN

MAKER = "voc"
FLAGS = ("truncated", "occluded", "difficult")
FILE_BYTES = 20_000_000


def open_voc(path: Path, name: str, options: ImportOptions) -> Opened:
    """Find the XML files, by name in their order. Raises `WorkUnreadable`, `WorkGone`."""
    if not path.exists():
        raise WorkGone(name=name)
    names = _names(path, name)
    if not names:
        raise WorkUnreadable(name=name, format="voc", reason="there is no XML file in it")
    maker = options.annotator or MAKER
    return Opened(len(names), lambda: _marks(path, names, maker))


def _names(path: Path, name: str) -> list[str]:
    if path.is_dir():
        return sorted(found.relative_to(path).as_posix() for found in path.rglob("*.xml") if found.is_file())
    if path.suffix.lower() == ".xml":
        return [path.name]
    try:
        with zipfile.ZipFile(path) as archive:
            return sorted(entry for entry in archive.namelist() if entry.lower().endswith(".xml"))
    except (zipfile.BadZipFile, OSError) as error:
        raise WorkUnreadable(name=name, format="voc", reason="it is neither a folder nor a whole zip") from error


def _contents(path: Path, names: list[str]) -> Iterator[tuple[str, bytes]]:
    if path.is_dir() or path.suffix.lower() == ".xml":
        folder = path if path.is_dir() else path.parent
        for name in names:
            yield name, (folder / name).read_bytes()[: FILE_BYTES + 1]
        return
    with zipfile.ZipFile(path) as archive:
        for name in names:
            with archive.open(name) as file:
                yield name, file.read(FILE_BYTES + 1)


def _marks(path: Path, names: list[str], maker: str) -> Iterator[Read]:
    for position, (name, content) in enumerate(_contents(path, names), start=1):
        try:
            yield _mark(position, name, content, maker)
        except (ParseError, DefusedXmlException, ValueError) as error:
            details: dict[str, object] = {"reason": str(error)[:200] or type(error).__name__}
            yield RefusedMark(position, name, maker, MarkUnreadable.code, MarkUnreadable.sentence, details)


def _mark(position: int, name: str, content: bytes, maker: str) -> Mark:
    if len(content) > FILE_BYTES:
        raise ValueError(f"it is larger than {FILE_BYTES:,} bytes")
    root = fromstring(content)
    item = _text(root, "filename") or f"{PurePosixPath(name).stem}.jpg"
    return Mark(position, item, maker, boxes=tuple(_box(drawn) for drawn in root.iter("object")))


def _box(drawn: Element) -> RawBox:
    """Its flags answer fields of their names that are asked of each box; `robndbox` is roLabelImg's turned box."""
    flags = {flag: _text(drawn, flag) for flag in FLAGS}
    told = {f"{BUILT_IN}{flag}": said == "1" for flag, said in flags.items() if said}
    if drawn.find("robndbox") is not None:
        x, y, wide, high, angle = (_number(drawn, f"robndbox/{one}") for one in ("cx", "cy", "w", "h", "angle"))
        sides = (x - wide / 2, y - high / 2, wide, high)
        return RawBox(_text(drawn, "name"), *sides, angle=degrees(angle), told=told)
    left, top, right, bottom = (_number(drawn, f"bndbox/{side}") for side in ("xmin", "ymin", "xmax", "ymax"))
    return RawBox(_text(drawn, "name"), left, top, right - left, bottom - top, told=told)


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _number(element: Element, path: str) -> float:
    text = _text(element, path)
    if not text:
        raise ValueError(f"a box has no {path.rpartition('/')[2]}")
    return float(text)
