"""Label Studio's JSON of tasks, with a labelling interface that opens them. docs/formats/label-studio.md."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias
from xml.sax.saxutils import quoteattr

import msgspec

from guiju.delivery.formats.drawn import drawn_on
from guiju.delivery.formats.model import PART, Format, Source
from guiju.delivery.model import Row
from guiju.kinds import (
    ITEM,
    Answer,
    Box,
    Choice,
    ChoiceOptions,
    FieldShape,
    Polygon,
    Rating,
    Written,
    decode_answers,
)
from guiju.kinds.box.plane import corners_of
from guiju.kinds.rating.scale import Scale
from guiju.kit import N_

_encode = msgspec.json.Encoder().encode
_DRAWN = {"box": "RectangleLabels", "polygon": "PolygonLabels"}
DECIMALS = 10
_Said: TypeAlias = tuple[str, dict[str, Any]]
"""A control and what it says."""


def write(source: Source) -> Iterator[bytes]:
    """A list of tasks, one a line."""
    before, written = b"[\n", frozenset(field.id for field in source.fields if field.kind == "text")
    for number, row in enumerate(source.rows(), start=1):
        yield before + _encode(_task(number, row, written))
        before = b",\n"
    yield b"\n]\n" if before == b",\n" else b"[]\n"


def _task(number: int, row: Row, written: frozenset[str]) -> dict[str, Any]:
    data = {"image": row.name} if row.media == "image" else {"text": row.text or "", "name": row.name}
    told = {"sha256": row.hash, "rulebook": row.rulebook, "status": "accepted" if row.accepted else "resolved"}
    return {
        "id": number,
        "data": data,
        "meta": told,
        "annotations": [{"id": number, "result": [*_results(row, written)]}],
    }


def _results(row: Row, written: frozenset[str]) -> Iterator[dict[str, Any]]:
    shown = "image" if row.media == "image" else "text"
    for field, answer in sorted(decode_answers(row.answers).items()):
        value = _value(answer)
        if value is not None:
            kind, said = value
            yield {"id": field, "type": kind, "from_name": field, "to_name": shown, "value": said}
    for field, shape, told in drawn_on(row):
        if isinstance(shape, Box | Polygon):
            yield from _region(row, field, shape, _attributes(told, written))


def _value(answer: Answer) -> _Said | None:
    match answer:
        case Choice(labels=labels):
            return ("choices", {"choices": labels}) if labels else None
        case Written(text=text):
            return "textarea", {"text": [text]}
        case Rating(value=value):
            return "rating", {"rating": value}
        case _:
            return None


def _region(row: Row, field: str, shape: Box | Polygon, told: Sequence[tuple[str, _Said]]) -> Iterator[dict[str, Any]]:
    wide, high = row.width or 1, row.height or 1
    place = {"original_width": wide, "original_height": high, "image_rotation": 0, "to_name": "image"}
    named = {"id": f"{field}.{shape.id}", **place}
    kind = "rectanglelabels" if isinstance(shape, Box) else "polygonlabels"
    drawn = _rectangle(shape, wide, high) if isinstance(shape, Box) else _outline(shape, wide, high)
    yield {**named, "type": kind, "from_name": field, "value": {**drawn, kind: [shape.label]}}
    for name, (control, said) in told:
        yield {**named, "type": control, "from_name": name, "value": {**drawn, **said}}


def _attributes(told: Mapping[str, Any], written: frozenset[str]) -> list[tuple[str, _Said]]:
    """What is said of a thing, each by its control; shares have none there, which `losses` has said."""
    return [
        (name, _attribute(said, name in written))
        for name, said in sorted(told.items())
        if not isinstance(said, Mapping)
    ]


def _attribute(value: Any, is_text: bool) -> _Said:
    if isinstance(value, int | float):
        return "rating", {"rating": value}
    if is_text:
        return "textarea", {"text": [value]}
    return "choices", {"choices": [value] if isinstance(value, str) else list(value)}


def _rectangle(box: Box, wide: int, high: int) -> dict[str, Any]:
    """In Label Studio a rectangle turns about its own top left corner."""
    x, y = corners_of(box)[0] if box.angle else (box.x, box.y)
    sides = {"x": x / wide, "y": y / high, "width": box.w / wide, "height": box.h / high}
    percent = {name: round(100 * side, DECIMALS) for name, side in sides.items()}
    return {**percent, "rotation": box.angle % 360}


def _outline(polygon: Polygon, wide: int, high: int) -> dict[str, Any]:
    points = [[round(100 * x / wide, DECIMALS), round(100 * y / high, DECIMALS)] for x, y in polygon.points]
    return {"points": points, "closed": True}


def write_interface(source: Source) -> Iterator[bytes]:
    """The labelling interface, in whose words the tasks are written."""
    names = {label.id: label.zh or label.en for label in source.labels}
    pictures = any(field.kind in _DRAWN for field in source.fields)
    shown = ('<Image name="image" value="$image"/>',) if pictures else ('<Text name="text" value="$text"/>',)
    fields = [line for field in source.fields for line in _control(field, names, "image" if pictures else "text")]
    yield "\n".join(["<View>", *(f"  {line}" for line in (*shown, *fields)), "</View>", ""]).encode()


def _control(field: FieldShape, names: Mapping[str, str], shown: str) -> Iterable[str]:
    own = f"name={quoteattr(field.id)} toName={quoteattr(shown)}"
    each = ' perRegion="true"' if field.target != ITEM else ""
    if field.kind in _DRAWN:
        return _listed(_DRAWN[field.kind], own, "Label", field, names)
    if field.kind == "choice":
        several = "multiple" if field.option(ChoiceOptions).multiple else "single"
        return _listed("Choices", f'{own} choice="{several}"{each}', "Choice", field, names)
    if field.kind == "rating":
        return [f'<Rating {own} maxRating="{field.option(Scale).high:g}"{each}/>']
    return [f"<TextArea {own}{each}/>"] if field.kind == "text" else []


def _listed(control: str, own: str, entry: str, field: FieldShape, names: Mapping[str, str]) -> Iterable[str]:
    yield f"<{control} {own}>"
    for label in field.labels:
        yield f"  <{entry} value={quoteattr(label)} hint={quoteattr(names.get(label, label))}/>"
    yield f"</{control}>"


LABEL_STUDIO = Format(
    "label-studio",
    N_("Label Studio: its JSON of tasks, with the labelling interface"),
    "annotations.label-studio.json",
    frozenset({"choice", "text", "rating", "box", "polygon"}),
    write,
    targets=frozenset({ITEM, PART}),
    once={"annotations.label-studio.xml": write_interface},
)
