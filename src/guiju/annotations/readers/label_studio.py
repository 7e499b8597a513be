"""Label Studio's JSON export: tasks with annotations; `choices`, `textarea`, `rectanglelabels`, `polygonlabels`,
`brushlabels`. What is said of a region (a result with the region's `id`) answers what is asked of each thing drawn.

What one annotation says by several controls is one answer to several fields; a control's `from_name` names its field.
Shapes are in percent of the image. The annotator is `completed_by`, the time `created_at` and `lead_time`. An
uploaded file's name has eight hexadecimal digits and a hyphen before the name that its owner gave it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, cast
from urllib.parse import unquote, urlsplit

import msgspec

from guiju.annotations.imports.errors import MarkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, RawBox, RawOutline, Read, RefusedMark, Said
from guiju.annotations.imports.parts import RATING, TEXT
from guiju.annotations.readers.brush import brushed
from guiju.annotations.readers.coco import read_json
from guiju.annotations.readers.rows import milliseconds, moment
from guiju.kinds.points import Points, without_repeats

MAKER = "label-studio"
_DRAWN = frozenset({"rectanglelabels", "polygonlabels", "brushlabels"})
_UPLOADED = re.compile(r"^[0-9a-f]{8}-")
_PICTURES = ("image", "img", "picture", "图片")
_TEXTS = ("text", "content", "文本")


class Rectangle(msgspec.Struct):
    x: float
    y: float
    width: float
    height: float
    rectanglelabels: list[str] = []
    rotation: float = 0.0


class Outline(msgspec.Struct):
    points: Points
    polygonlabels: list[str] = []
    closed: bool = True


class Brush(msgspec.Struct):
    rle: list[Annotated[int, msgspec.Meta(ge=0, le=255)]] = []
    brushlabels: list[str] = []
    format: str = "rle"


class Choices(msgspec.Struct):
    choices: list[str]


class Text(msgspec.Struct):
    text: list[str] | str


class Stars(msgspec.Struct):
    rating: float


class Result(msgspec.Struct):
    type: str
    value: dict[str, Any]
    from_name: str = ""
    score: float | None = None
    id: str = ""
    original_width: int = 0
    original_height: int = 0


class Answer(msgspec.Struct):
    result: list[Result] = []
    completed_by: Any = None
    created_at: str = ""
    lead_time: float | None = None
    was_cancelled: bool = False


class Prediction(msgspec.Struct):
    result: list[Result] = []
    score: float | None = None
    model_version: str | None = None
    created_at: str = ""


class Task(msgspec.Struct):
    data: dict[str, Any]
    annotations: list[Answer] = []
    predictions: list[Prediction] = []
    id: int | str = ""


def open_label_studio(path: Path, name: str, options: ImportOptions) -> Opened:
    """Read the file, which has to be read whole. Raises `WorkUnreadable`."""
    tasks: list[Task] = read_json(path, name, list[Task], "label-studio")
    maker = options.annotator or MAKER
    wanted = [task.predictions if options.predictions else task.annotations for task in tasks]
    return Opened(sum(map(len, wanted)), lambda: _marks(tasks, maker, predicted=options.predictions))


def _marks(tasks: list[Task], maker: str, *, predicted: bool) -> Iterator[Read]:
    for position, task in enumerate(tasks, start=1):
        item, text = _item_of(task)
        for one in task.predictions if predicted else ():
            who = one.model_version or maker
            answer = Answer(one.result, who, one.created_at)
            yield from (_sure(read, one.score) for read in _answers(position, item, text, answer, maker))
        for answer in () if predicted else task.annotations:
            if not answer.was_cancelled:
                yield from _answers(position, item, text, answer, maker)


def _item_of(task: Task) -> tuple[str, str | None]:
    """The item's name, and its text where it is one."""
    picture = next((str(task.data[key]) for key in _PICTURES if task.data.get(key)), None)
    if picture is not None:
        return _file_name(picture), None
    text = next((str(task.data[key]) for key in _TEXTS if task.data.get(key)), None)
    return str(task.data.get("name") or task.data.get("id") or task.id), text


def _file_name(address: str) -> str:
    """What the owner called the file, from its address in the other house (`/data/upload/1/0a1b2c3d-steel.jpg`)."""
    split = urlsplit(address)
    place = split.query.removeprefix("d=") if split.query.startswith("d=") else split.path
    return _UPLOADED.sub("", PurePosixPath(unquote(place)).name)


def _answers(position: int, item: str, text: str | None, answer: Answer, maker: str) -> Iterator[Read]:
    who = _annotator(answer.completed_by) or maker
    try:
        said = _said(answer.result)
        at = moment(answer.created_at) if answer.created_at else None
    except (msgspec.ValidationError, ValueError) as error:
        details: dict[str, object] = {"reason": str(error).rstrip(".")[:200]}
        yield RefusedMark(position, item, who, MarkUnreadable.code, MarkUnreadable.sentence, details)
        return
    time = milliseconds(answer.lead_time) if answer.lead_time is not None else None
    if said:
        first, *more = said
        shown = (first.labels, first.boxes, first.field, text, "", time, at, tuple(more), first.outlines)
        yield Mark(position, item, who, *shown, cell=first.cell, kinds=first.kinds)


def _sure(read: Read, score: float | None) -> Read:
    return msgspec.structs.replace(read, confidence=score) if isinstance(read, Mark) else read


def _annotator(completed_by: Any) -> str:
    """`completed_by` is a number, or an object with the person's address."""
    if isinstance(completed_by, dict):
        person = cast("dict[str, Any]", completed_by)
        return str(person.get("email") or person.get("username") or person.get("id") or "")
    return "" if completed_by is None else str(completed_by)


def _said(results: list[Result]) -> list[Said]:
    """What each control says, of the whole before shapes. Raises `ValueError` where one says two things."""
    regions = {result.id for result in results if result.id and result.type in _DRAWN}
    told = _of_regions([result for result in results if result.id in regions and result.type not in _DRAWN])
    whole: dict[str, Said] = {}
    boxes: dict[str, list[RawBox]] = defaultdict(list)
    outlines: dict[str, list[RawOutline]] = defaultdict(list)
    for result in results:
        mine = told.get(result.id, {})
        if result.type == "rectanglelabels":
            boxes[result.from_name].append(_box(msgspec.convert(result.value, Rectangle), result.score, mine))
        elif result.type == "polygonlabels":
            drawn = _outline(msgspec.convert(result.value, Outline), result.score)
            outlines[result.from_name].append(msgspec.structs.replace(drawn, told=mine))
        elif result.type == "brushlabels":
            outlines[result.from_name].append(_brush(msgspec.convert(result.value, Brush), result, mine))
        elif result.id not in regions:
            said = _of_whole(result)
            if whole.setdefault(result.from_name, said) != said:
                raise ValueError(f"“{result.from_name}” says two things, perhaps of two regions")
    return [
        *whole.values(),
        *(Said(field, boxes=tuple(drawn)) for field, drawn in boxes.items()),
        *(Said(field, outlines=tuple(drawn)) for field, drawn in outlines.items()),
    ]


def _of_whole(result: Result) -> Said:
    value = _value(result)
    if isinstance(value, list):
        return Said(result.from_name, labels=tuple(value))
    kind = TEXT if isinstance(value, str) else RATING
    text = value if isinstance(value, str) else f"{value:g}"
    return Said(result.from_name, labels=(text,), cell=text, kinds=(kind,))


def _of_regions(results: list[Result]) -> dict[str, dict[str, Any]]:
    """What is said of each region, by the control's name."""
    told: dict[str, dict[str, Any]] = defaultdict(dict)
    for result in results:
        value = _value(result)
        if told[result.id].setdefault(result.from_name, value) != value:
            raise ValueError(f"“{result.from_name}” says two things of one region")
    return told


def _value(result: Result) -> list[str] | str | float:
    match result.type:
        case "choices":
            return msgspec.convert(result.value, Choices).choices
        case "textarea":
            text = msgspec.convert(result.value, Text).text
            return text if isinstance(text, str) else "\n".join(text)
        case "rating":
            return msgspec.convert(result.value, Stars).rating
        case _:
            raise ValueError(f"results of type {result.type} are not read")


def _box(drawn: Rectangle, score: float | None, told: dict[str, Any]) -> RawBox:
    """In Label Studio a rectangle turns about its top left corner."""
    label = drawn.rectanglelabels[0] if drawn.rectanglelabels else ""
    sides = (drawn.x, drawn.y, drawn.width, drawn.height)
    return RawBox(label, *sides, percent=True, score=score, angle=drawn.rotation, told=told)


def _brush(drawn: Brush, result: Result, told: dict[str, Any]) -> RawOutline:
    if drawn.format != "rle":
        raise ValueError(f"what was brushed is in the form {drawn.format}, which is not read")
    wide, tall = result.original_width, result.original_height
    label = drawn.brushlabels[0] if drawn.brushlabels else ""
    runs = brushed(bytes(drawn.rle), wide, tall)
    return RawOutline(label, (), score=result.score, runs=runs, size=(tall, wide), told=told)


def _outline(drawn: Outline, score: float | None) -> RawOutline:
    if not drawn.closed:
        raise ValueError("an outline that was never closed is no polygon")
    label = drawn.polygonlabels[0] if drawn.polygonlabels else ""
    return RawOutline(label, (without_repeats(drawn.points),), percent=True, score=score)
