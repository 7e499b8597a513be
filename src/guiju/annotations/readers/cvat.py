"""CVAT for images 1.1: one XML file of all images, with boxes, polygons, polylines and skeletons in pixels.

CVAT does not say who drew: whoever made the file is named for all of it. Masks, ellipses, cuboids and loose points are
not read; a file that has them is refused where it has them. An image without shapes says of every form that the file
has anywhere that there is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from msgspec.structs import replace

from guiju.annotations.imports.errors import MarkUnreadable, WorkGone, WorkUnreadable
from guiju.annotations.imports.model import (
    ImportOptions,
    Mark,
    Opened,
    RawBox,
    RawFigure,
    RawOutline,
    Read,
    RefusedMark,
    Said,
)
from guiju.annotations.imports.parts import BUILT_IN
from guiju.kinds.points import Points

MAKER = "cvat"
FORMS = ("box", "polygon", "polyline", "skeleton")
_SILENT = frozenset({"tag"})


@dataclass(frozen=True, slots=True)
class _Found:
    images: int
    forms: tuple[str, ...]


def open_cvat(path: Path, name: str, options: ImportOptions) -> Opened:
    """Look through the file once, for which forms it has. Raises `WorkUnreadable`, `WorkGone`."""
    found = _look(path, name)
    return Opened(found.images, lambda: _marks(path, found.forms, options.annotator or MAKER))


def _look(path: Path, name: str) -> _Found:
    images, forms = 0, set[str]()
    try:
        for image in _images(path):
            images += 1
            forms |= {shape.tag for shape in image if shape.tag in FORMS}
    except FileNotFoundError as error:
        raise WorkGone(name=name) from error
    except (ParseError, DefusedXmlException) as error:
        raise WorkUnreadable(name=name, format="cvat", reason=str(error)[:300]) from error
    if not images:
        raise WorkUnreadable(name=name, format="cvat", reason="there is no image in it")
    return _Found(images, tuple(form for form in FORMS if form in forms))


def _images(path: Path) -> Iterator[Element]:
    """Each image with its shapes; what was read is let go of."""
    for _, element in iterparse(path, events=("end",)):
        if element.tag == "image":
            yield element
            element.clear()


def _marks(path: Path, forms: tuple[str, ...], maker: str) -> Iterator[Read]:
    for position, image in enumerate(_images(path), start=1):
        name = (image.get("name") or "").strip()
        try:
            yield _mark(position, name, image, forms, maker)
        except ValueError as error:
            details: dict[str, object] = {"reason": str(error)[:200]}
            yield RefusedMark(position, name, maker, MarkUnreadable.code, MarkUnreadable.sentence, details)


def _mark(position: int, name: str, image: Element, forms: tuple[str, ...], maker: str) -> Mark:
    if not name:
        raise ValueError("an image has no name")
    odd = next((shape.tag for shape in image if shape.tag not in FORMS and shape.tag not in _SILENT), None)
    if odd is not None:
        raise ValueError(f"shapes of the form {odd} are not read")
    first, *more = [_said(form, [shape for shape in image if shape.tag == form]) for form in forms] or [Said("")]
    mark = Mark(position, name, maker, boxes=first.boxes, outlines=first.outlines, more=tuple(more), on_image=True)
    return replace(mark, lines=first.lines, figures=first.figures)


def _said(form: str, shapes: list[Element]) -> Said:
    if form == "box":
        return Said("", boxes=tuple(map(_box, shapes)))
    if form == "skeleton":
        return Said("", figures=tuple(map(_figure, shapes)))
    drawn = tuple(RawOutline(_text(shape, "label"), (_points(shape),), told=_told(shape)) for shape in shapes)
    return Said("", outlines=drawn) if form == "polygon" else Said("", lines=drawn)


def _box(shape: Element) -> RawBox:
    left, top, right, bottom = (_number(shape, side) for side in ("xtl", "ytl", "xbr", "ybr"))
    sides, angle = (left, top, right - left, bottom - top), _number(shape, "rotation", "0")
    return RawBox(_text(shape, "label"), *sides, angle=angle, told=_told(shape))


def _told(shape: Element) -> dict[str, Any]:
    """The attributes; whether it is occluded, CVAT says of every shape."""
    told: dict[str, Any] = {
        (one.get("name") or "").strip(): (one.text or "").strip() for one in shape.iter("attribute")
    }
    return {**told, f"{BUILT_IN}occluded": shape.get("occluded") == "1"} if "occluded" in shape.attrib else told


def _figure(shape: Element) -> RawFigure:
    points: dict[str, tuple[float, float, int]] = {}
    for part in shape:
        if part.tag != "points" or part.get("outside") == "1":
            continue
        found = _points(part)
        if len(found) != 1:
            raise ValueError("a point of a skeleton has not one place")
        points[_text(part, "label")] = (*found[0], 1 if part.get("occluded") == "1" else 2)
    return RawFigure(_text(shape, "label"), points, told=_told(shape))


def _points(shape: Element) -> Points:
    pairs = [pair.split(",") for pair in _text(shape, "points").split(";")]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"a {shape.tag} has points that are no pairs")
    return tuple((float(x), float(y)) for x, y in pairs)


def _text(shape: Element, name: str) -> str:
    found = (shape.get(name) or "").strip()
    if not found:
        raise ValueError(f"a {shape.tag} has no {name}")
    return found


def _number(shape: Element, name: str, default: str = "") -> float:
    text = shape.get(name) or default
    if not text:
        raise ValueError(f"a {shape.tag} has no {name}")
    return float(text)
