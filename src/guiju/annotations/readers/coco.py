"""COCO: images, annotations and categories in one JSON file. Boxes are `[x, y, width, height]` in pixels, outlines
`segmentation`: rings of `x, y, x, y, …`. run lengths (masks), as the tools' short
text or as a list, stand there too.

COCO does not say who drew a box: whoever made the file is named for all of it (an annotation's own `annotator`, a
common addition, goes before). An image without boxes is an answer too: there was nothing to draw. A model's results are
read where they stand in such a file, with their `score`; alone they name their images and categories by numbers only.
An annotation whose category has `keypoints` is a figure too; its `attributes` answer what is asked of each thing drawn.
"""

from collections import defaultdict
from collections.abc import Iterator
from math import hypot
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec

from guiju.annotations.imports.errors import ResultsAlone, WorkGone, WorkUnreadable
from guiju.annotations.imports.model import (
    ImportOptions,
    Mark,
    Opened,
    RawBox,
    RawFigure,
    RawOutline,
    Read,
    Said,
)
from guiju.kinds.points import Points, without_repeats
from guiju.kinds.runs import write_runs

MAKER = "coco"


class CocoImage(msgspec.Struct):
    id: int | str
    file_name: str


class CocoCategory(msgspec.Struct):
    id: int | str
    name: str
    keypoints: list[str] = []


class CocoAnnotation(msgspec.Struct):
    image_id: int | str
    category_id: int | str
    bbox: tuple[float, float, float, float]
    annotator: str = ""
    segmentation: list[list[float]] | dict[str, Any] = []
    score: float | None = None
    rotation: float | None = None
    attributes: dict[str, Any] = {}
    keypoints: list[float] = []


class CocoRuns(msgspec.Struct):
    """Height and width of the picture, and the run lengths down its columns."""

    size: tuple[int, int]
    counts: str | list[Annotated[int, msgspec.Meta(ge=0, le=10**10)]]


class CocoFile(msgspec.Struct):
    images: list[CocoImage]
    annotations: list[CocoAnnotation]
    categories: list[CocoCategory]


def open_coco(path: Path, name: str, options: ImportOptions) -> Opened:
    """Read the file, which has to be read whole. Raises `WorkUnreadable`."""
    if _is_list(path):
        raise ResultsAlone(name=name)
    found = read_json(path, name, CocoFile, "coco")
    maker = options.annotator or MAKER
    return Opened(len(found.images), lambda: _marks(found, maker))


def _is_list(path: Path) -> bool:
    """Whether it is the results format, which evaluation tools take beside the images' own file."""
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")


def read_json(path: Path, name: str, shape: Any, said: str) -> Any:
    """A JSON file as `shape`. Raises `WorkUnreadable`, `WorkGone`."""
    try:
        return msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), type=shape)
    except FileNotFoundError as error:
        raise WorkGone(name=name) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise WorkUnreadable(name=name, format=said, reason=str(error).rstrip(".")[:300]) from error


def _marks(found: CocoFile, maker: str) -> Iterator[Read]:
    known = {category.id: category for category in found.categories}
    figured = {category.id for category in found.categories if category.keypoints}
    apart = (
        [one for one in found.annotations if one.category_id not in figured],
        [one for one in found.annotations if one.category_id in figured],
    )
    forms = tuple(_Form(bool(place), any(map(_is_outlined, side))) for place, side in enumerate(apart) if side)
    drawn: dict[int | str, dict[str, list[CocoAnnotation]]] = defaultdict(lambda: defaultdict(list))
    for one in found.annotations:
        drawn[one.image_id][one.annotator or maker].append(one)
    for position, image in enumerate(found.images, start=1):
        for annotator, shapes in (drawn.get(image.id) or {maker: []}).items():
            sides = [
                [(_category(known, one), one) for one in shapes if (one.category_id in figured) is form.figures]
                for form in forms or (_Form(figures=False, outlined=False),)
            ]
            said = map(_said, forms or (_Form(figures=False, outlined=False),), sides)
            first, *more = said
            shown = (first.boxes, first.field, None, "", None, None, tuple(more), first.outlines)
            yield Mark(position, image.file_name, annotator, None, *shown, figures=first.figures)


class _Form(NamedTuple):
    """Of the annotations whose category has keypoints, or of the others: whether any has an outline."""

    figures: bool
    outlined: bool


def _is_outlined(one: CocoAnnotation) -> bool:
    return bool(one.segmentation) and not _rotation(one)


def _category(known: dict[int | str, CocoCategory], one: CocoAnnotation) -> CocoCategory:
    return known.get(one.category_id) or CocoCategory(one.category_id, f"category {one.category_id}")


def _said(form: _Form, side: list[tuple[CocoCategory, CocoAnnotation]]) -> Said:
    """The same shapes in each form that they have; which one is taken is the rulebook's to say."""
    boxes = tuple(_box(category.name, one) for category, one in side)
    outlines = tuple(_outline(category.name, one) for category, one in side) if form.outlined else None
    figures = tuple(_figure(category, one) for category, one in side if any(one.keypoints[2::3]))
    return Said("", boxes=boxes, outlines=outlines, figures=figures if form.figures else None)


def _figure(category: CocoCategory, one: CocoAnnotation) -> RawFigure:
    names, numbers = category.keypoints, one.keypoints
    places = zip(names, numbers[::3], numbers[1::3], numbers[2::3], strict=False)
    points = {name: (x, y, min(2, int(flag))) for name, x, y, flag in places if flag > 0}
    return RawFigure(category.name, points, score=one.score, told=one.attributes)


def _box(label: str, one: CocoAnnotation) -> RawBox:
    """A turned box from its four corners, from its own top left on, where the file has them; else its `bbox` is taken
    for the box before it is turned, as CVAT's export of COCO has it.
    """
    angle = _rotation(one)
    rings = one.segmentation if isinstance(one.segmentation, list) else []
    if not angle or len(rings) != 1 or len(rings[0]) != 8:
        return RawBox(label, *one.bbox, score=one.score, angle=angle, told=one.attributes)
    xs, ys = rings[0][::2], rings[0][1::2]
    wide, high = hypot(xs[1] - xs[0], ys[1] - ys[0]), hypot(xs[3] - xs[0], ys[3] - ys[0])
    return RawBox(
        label,
        sum(xs) / 4 - wide / 2,
        sum(ys) / 4 - high / 2,
        wide,
        high,
        score=one.score,
        angle=angle,
        told=one.attributes,
    )


def _rotation(one: CocoAnnotation) -> float:
    told = one.attributes.get("rotation") if one.rotation is None else one.rotation
    return float(told) if isinstance(told, int | float) else 0.0


def _outline(label: str, one: CocoAnnotation) -> RawOutline:
    if not isinstance(one.segmentation, dict):
        return RawOutline(label, _rings(one.segmentation), score=one.score, told=one.attributes)
    try:
        found = msgspec.convert(one.segmentation, CocoRuns)
    except msgspec.ValidationError:
        return RawOutline(label, (), score=one.score)
    counts = found.counts if isinstance(found.counts, str) else write_runs(found.counts)
    return RawOutline(label, (), score=one.score, runs=counts, size=found.size, told=one.attributes)


def _rings(segmentation: list[list[float]]) -> tuple[Points, ...]:
    return tuple(without_repeats(list(zip(ring[::2], ring[1::2], strict=False))) for ring in segmentation)
