"""YOLO: a folder or zip with a text file an image, and `data.yaml`, `classes.txt` or `obj.names` for the classes.

A line is a class and, in shares of the image, the centre and size of a box; or its four corners (OBB); or more points,
which are an outline. A sixth number of a box is a model's confidence. Four corners are a box that may be turned, and
an outline too, whichever the rulebook asks for. Images that a list beside `data.yaml` names, or that lie in the folder,
and that have no text file have nothing on them. YOLO does not say who drew.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias, cast

from ruamel.yaml import YAML, YAMLError

from guiju.annotations.imports.errors import MarkUnreadable, WorkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, RawBox, RawOutline, Read, RefusedMark
from guiju.annotations.readers.folders import Folder, open_folder
from guiju.kinds.points import Points, without_repeats

MAKER = "yolo"
_Said: TypeAlias = tuple[tuple[RawBox, ...] | None, tuple[RawOutline, ...] | None]
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp", ".gif"})
_LISTS = frozenset({"train.txt", "val.txt", "test.txt", "trainval.txt"})
_NAMES = frozenset({"classes.txt", "obj.names", "predefined_classes.txt"})


def open_yolo(path: Path, name: str, options: ImportOptions) -> Opened:
    """Find the classes and the text files. Raises `WorkUnreadable`, `WorkGone`."""
    folder = open_folder(path, name, "yolo")
    try:
        classes = _classes(folder)
        files = _files(folder)
    except (ValueError, YAMLError) as error:
        raise WorkUnreadable(name=name, format="yolo", reason=str(error).splitlines()[0][:300]) from error
    maker = options.annotator or MAKER
    return Opened(len(files), lambda: _marks(folder, files, classes, maker))


def _classes(folder: Folder) -> dict[int, str]:
    for file in folder.names:
        leaf = PurePosixPath(file).name.lower()
        if leaf in _NAMES:
            return dict(enumerate(line.strip() for line in folder.text(file).splitlines() if line.strip()))
        if leaf.endswith((".yaml", ".yml")) and (found := _named(_yaml(folder.text(file)))):
            return found
    raise ValueError("no data.yaml with names, classes.txt or obj.names says what its classes are")


def _yaml(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)  # pyright: ignore[reportUnknownMemberType]


def _named(told: Any) -> dict[int, str]:
    names: Any = cast("dict[str, Any]", told).get("names") if isinstance(told, dict) else None
    if isinstance(names, list):
        return {number: str(one) for number, one in enumerate(cast("list[Any]", names))}
    return {int(number): str(one) for number, one in cast("dict[Any, Any]", names or {}).items()}


def _files(folder: Folder) -> dict[str, str]:
    """The text file, or "", of each image, by the image's path below `images` or its name without an ending."""
    texts = {
        _below(PurePosixPath(file), "labels").with_suffix("").as_posix(): file
        for file in folder.names
        if file.lower().endswith(".txt") and PurePosixPath(file).name.lower() not in _LISTS | _NAMES
    }
    images = {_below(PurePosixPath(image), "images") for image in _images(folder)}
    known = {image.with_suffix("").as_posix(): image.as_posix() for image in sorted(images)}
    if not texts and not known:
        raise ValueError("there is no text file of an image in it")
    return {known.get(stem, stem): texts.get(stem, "") for stem in sorted({*texts, *known})}


def _images(folder: Folder) -> Iterator[str]:
    for file in folder.names:
        if PurePosixPath(file).suffix.lower() in _PICTURES:
            yield file
        elif PurePosixPath(file).name.lower() in _LISTS:
            yield from (line.strip() for line in folder.text(file).splitlines() if line.strip())


def _below(path: PurePosixPath, base: str) -> PurePosixPath:
    """What follows the last folder of this name; the whole path where none has it."""
    parts = [part for part in path.parts if part not in {".", "/"}]
    places = [place for place, part in enumerate(parts[:-1]) if part.lower() == base]
    return PurePosixPath(*parts[places[-1] + 1 :]) if places else PurePosixPath(*parts)


def _marks(folder: Folder, files: Mapping[str, str], classes: Mapping[int, str], maker: str) -> Iterator[Read]:
    empty = _nothing(folder, files, classes)
    for position, (item, file) in enumerate(files.items(), start=1):
        try:
            drawn = _lines(folder, file, classes)
        except (ValueError, OverflowError) as error:
            details: dict[str, object] = {"reason": str(error)[:200]}
            yield RefusedMark(position, item, maker, MarkUnreadable.code, MarkUnreadable.sentence, details)
            continue
        boxes, outlines = _apart(drawn) if drawn else empty
        yield Mark(position, item, maker, boxes=boxes, outlines=outlines, on_image=True)


def _nothing(folder: Folder, files: Mapping[str, str], classes: Mapping[int, str]) -> _Said:
    """What an image without lines says: that there is none of what the first other image has."""
    for file in files.values():
        try:
            drawn = _lines(folder, file, classes)
        except (ValueError, OverflowError):
            continue
        if drawn:
            boxes, outlines = _apart(drawn)
            return (None if boxes is None else ()), (None if outlines is None else ())
    return (), None


def _apart(drawn: list[tuple[RawBox | None, RawOutline | None]]) -> _Said:
    """All of them as boxes, and all of them as outlines, where they can be."""
    boxes = tuple(box for box, _ in drawn if box is not None)
    outlines = tuple(outline for _, outline in drawn if outline is not None)
    if max(len(boxes), len(outlines)) < len(drawn):
        raise ValueError("some lines are boxes and others outlines")
    return (boxes if len(boxes) == len(drawn) else None), (outlines if len(outlines) == len(drawn) else None)


def _lines(folder: Folder, file: str, classes: Mapping[int, str]) -> list[tuple[RawBox | None, RawOutline | None]]:
    lines = [line.split() for line in folder.text(file).splitlines() if line.strip()] if file else []
    drawn = [_drawn(words, classes) for words in lines]
    if drawn:
        _apart(drawn)
    return drawn


def _drawn(words: list[str], classes: Mapping[int, str]) -> tuple[RawBox | None, RawOutline | None]:
    """What a line draws: a box, an outline, or (of four points) either."""
    number, places = int(words[0]), [100 * float(word) for word in words[1:]]
    label = classes.get(number, f"class {number}")
    if len(places) in {4, 5}:
        x, y, w, h = places[:4]
        score = places[4] / 100 if len(places) == 5 else None
        return RawBox(label, x - w / 2, y - h / 2, w, h, percent=True, score=score), None
    if len(places) < 6 or len(places) % 2:
        raise ValueError(f"a line has {len(words)} numbers, which is neither a box nor an outline")
    points: Points = tuple(zip(places[::2], places[1::2], strict=True))
    outline = RawOutline(label, (without_repeats(points),), percent=True)
    return (RawBox(label, 0, 0, 0, 0, percent=True, corners=points) if len(points) == 4 else None), outline
