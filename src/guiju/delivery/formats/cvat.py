"""CVAT for images 1.1: one XML file of boxes, polygons, polylines and skeletons. docs/formats/cvat.md."""

from collections.abc import Iterator
from typing import Any, cast
from xml.sax.saxutils import quoteattr

from guiju.delivery.formats.drawn import Drawn, drawn_on
from guiju.delivery.formats.model import PART, Format, Source
from guiju.delivery.model import Label, Row
from guiju.kinds import ITEM, Box, FieldShape, Figure, Mask, Polygon, Polyline
from guiju.kinds.keypoint.options import joints_of
from guiju.kinds.keypoint.shape import HIDDEN
from guiju.kit import N_

OCCLUDED = "occluded"
"""A field of this name that is asked of each thing drawn is CVAT's own flag as well."""
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n'


def write(source: Source) -> Iterator[bytes]:
    fields = {field.id: field for field in source.fields}
    yield (_HEAD + _meta(source)).encode()
    for number, row in enumerate(source.rows()):
        yield _image(number, row, fields).encode()
    yield b"</annotations>\n"


def _meta(source: Source) -> str:
    labels = "".join(_label(label, source.fields) for label in source.labels)
    return f"<meta><task><name>{_plain(source.project)}</name><labels>{labels}</labels></task></meta>\n"


def _label(label: Label, fields: tuple[FieldShape, ...]) -> str:
    """With the attributes that are asked of what bears it."""
    marked = {field.id for field in fields if label.id in field.labels}
    asked = "".join(_asked(field) for field in fields if field.target in marked)
    told = f"<attributes>{asked}</attributes>" if asked else ""
    return f"<label><name>{_plain(label.id)}</name><type>any</type>{told}</label>"


def _asked(field: FieldShape) -> str:
    form = "select" if field.kind == "choice" else "text"
    values = "\n".join(map(_plain, field.labels))
    return (
        f"<attribute><name>{_plain(field.id)}</name><mutable>False</mutable><input_type>{form}</input_type>"
        f"<default_value></default_value><values>{values}</values></attribute>"
    )


def _image(number: int, row: Row, fields: dict[str, FieldShape]) -> str:
    said = _tag("image", id=number, name=row.name, width=row.width, height=row.height)
    lines = [line for drawn in drawn_on(row) if (line := _shape(drawn, fields))]
    return "".join([said, "\n", *(f"{line}\n" for line in lines), "</image>\n"])


def _shape(drawn: Drawn, fields: dict[str, FieldShape]) -> str:
    told = "".join(map(_attribute, drawn.told.items()))
    occluded = int(str(drawn.told.get(OCCLUDED, "")).lower() in {"yes", "true", "1"})
    match drawn.shape:
        case Box():
            return _closed(*_box(drawn.shape), told, occluded)
        case Polygon() | Polyline():
            return _closed(*_path(drawn.shape), told, occluded)
        case Figure():
            names = [joint.id for joint in joints_of(fields[drawn.field])] if drawn.field in fields else []
            return _figure(drawn.shape, names, told)
        case Mask():
            return ""


def _attribute(told: tuple[str, Any]) -> str:
    name, value = told
    if isinstance(value, dict):
        parts = cast("dict[str, float]", value)
        value = "|".join(f"{label}:{share:g}" for label, share in parts.items())
    elif isinstance(value, list):
        value = "|".join(cast("list[str]", value))
    elif isinstance(value, float):
        value = f"{value:g}"
    return f"{_tag('attribute', name=name)}{_plain(str(value))}</attribute>" if value else ""


def _closed(tag: str, measures: dict[str, object], told: str, occluded: int) -> str:
    written = {"source": "manual", "occluded": occluded, **measures, "z_order": 0}
    label = written.pop("label")
    if not told:
        return _tag(tag, "/", label=label, **written)
    return f"{_tag(tag, label=label, **written)}{told}</{tag}>"


def _box(box: Box) -> tuple[str, dict[str, object]]:
    corners = {"xtl": box.x, "ytl": box.y, "xbr": round(box.x + box.w, 2), "ybr": round(box.y + box.h, 2)}
    turned = {"rotation": round(box.angle % 360, 2)} if box.angle else {}
    return "box", {"label": box.label, **corners, **turned}


def _path(path: Polygon | Polyline) -> tuple[str, dict[str, object]]:
    points = ";".join(f"{x:.2f},{y:.2f}" for x, y in path.points)
    return "polygon" if isinstance(path, Polygon) else "polyline", {"label": path.label, "points": points}


def _figure(figure: Figure, names: list[str], told: str) -> str:
    """A point that an earlier rulebook had without a name goes by its number."""
    lines = [_tag("skeleton", label=figure.label, source="manual", z_order=0)]
    for place, (x, y, flag) in enumerate(figure.points):
        name = names[place] if place < len(names) else str(place + 1)
        flags = {"outside": int(not flag), "occluded": int(flag == HIDDEN)}
        lines.append(_tag("points", "/", label=name, source="manual", **flags, points=f"{x:.2f},{y:.2f}"))
    return "\n".join([*lines, *([told] if told else []), "</skeleton>"])


def _tag(tag: str, end: str = "", /, **attributes: object) -> str:
    written = "".join(
        f" {key}={quoteattr(_clean(str(value)))}" for key, value in attributes.items() if value is not None
    )
    return f"<{tag}{written}{end}>"


def _plain(text: str) -> str:
    return _clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clean(text: str) -> str:
    """Without the control characters that XML cannot say."""
    return "".join(each for each in text if each >= " " or each in "\t\n\r")


CVAT = Format(
    "cvat",
    N_("CVAT for images: boxes, outlines, lines and keypoints"),
    "annotations.cvat.xml",
    frozenset({"box", "polygon", "polyline", "keypoint"}),
    write,
    targets=frozenset({ITEM, PART}),
)
