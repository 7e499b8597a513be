"""Label Studio's JSON export: tasks with annotations; `choices`, `rectanglelabels`, `polygonlabels`.

What one annotation says by several controls is one answer to several fields; a control's `from_name` names its field.
Shapes are in percent of the image. The annotator is `completed_by`, the time `created_at` and `lead_time`. An
uploaded file's name has eight hexadecimal digits and a hyphen before the name that its owner gave it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import msgspec

from guiju.annotations.imports.errors import MarkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, RawBox, RawOutline, Read, RefusedMark, Said
from guiju.annotations.readers.coco import read_json
from guiju.annotations.readers.rows import milliseconds, moment
from guiju.kinds.points import Points, without_repeats

MAKER = "label-studio"
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


class Choices(msgspec.Struct):
    choices: list[str]


class Result(msgspec.Struct):
    type: str
    value: dict[str, Any]
    from_name: str = ""
    score: float | None = None


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
        yield Mark(
            position, item, who, first.labels, first.boxes, first.field, text, "", time, at, tuple(more), first.outlines
        )


def _sure(read: Read, score: float | None) -> Read:
    return msgspec.structs.replace(read, confidence=score) if isinstance(read, Mark) else read


def _annotator(completed_by: Any) -> str:
    """`completed_by` is a number, or an object with the person's address."""
    if isinstance(completed_by, dict):
        person = cast("dict[str, Any]", completed_by)
        return str(person.get("email") or person.get("username") or person.get("id") or "")
    return "" if completed_by is None else str(completed_by)


def _said(results: list[Result]) -> list[Said]:
    """What each control says, choices before shapes. Raises `ValueError` where one says two things."""
    choices: dict[str, tuple[str, ...]] = {}
    boxes: dict[str, list[RawBox]] = defaultdict(list)
    outlines: dict[str, list[RawOutline]] = defaultdict(list)
    for result in results:
        if result.type == "choices":
            chosen = tuple(msgspec.convert(result.value, Choices).choices)
            if choices.setdefault(result.from_name, chosen) != chosen:
                raise ValueError(f"“{result.from_name}” says two things, perhaps of two regions")
        elif result.type == "rectanglelabels":
            boxes[result.from_name].append(_box(msgspec.convert(result.value, Rectangle), result.score))
        elif result.type == "polygonlabels":
            outlines[result.from_name].append(_outline(msgspec.convert(result.value, Outline), result.score))
        else:
            raise ValueError(f"results of type {result.type} are not read")
    return [
        *(Said(field, labels=labels) for field, labels in choices.items()),
        *(Said(field, boxes=tuple(drawn)) for field, drawn in boxes.items()),
        *(Said(field, outlines=tuple(drawn)) for field, drawn in outlines.items()),
    ]


def _box(drawn: Rectangle, score: float | None) -> RawBox:
    if drawn.rotation:
        raise ValueError("a rotated rectangle has no place in a box")
    label = drawn.rectanglelabels[0] if drawn.rectanglelabels else ""
    return RawBox(label, drawn.x, drawn.y, drawn.width, drawn.height, percent=True, score=score)


def _outline(drawn: Outline, score: float | None) -> RawOutline:
    if not drawn.closed:
        raise ValueError("an outline that was never closed is no polygon")
    label = drawn.polygonlabels[0] if drawn.polygonlabels else ""
    return RawOutline(label, (without_repeats(drawn.points),), percent=True, score=score)
