"""CVAT for images 1.1: one XML file of boxes, polygons, polylines and skeletons. docs/formats/cvat.md."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from guiju.delivery.formats.model import Format, Source
from guiju.delivery.model import Label, Row
from guiju.kinds import (
    Answer,
    Box,
    Boxes,
    FieldShape,
    Figure,
    Figures,
    Polygon,
    Polygons,
    Polyline,
    Polylines,
    decode_answers,
)
from guiju.kinds.keypoint.options import joints_of
from guiju.kinds.keypoint.shape import HIDDEN
from guiju.kit import N_

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n'


def write(source: Source) -> Iterator[bytes]:
    fields = {field.id: field for field in source.fields}
    yield (_HEAD + _meta(source)).encode()
    for number, row in enumerate(source.rows()):
        yield _image(number, row, fields).encode()
    yield b"</annotations>\n"


def _meta(source: Source) -> str:
    labels = "".join(map(_label, source.labels))
    return f"<meta><task><name>{_plain(source.project)}</name><labels>{labels}</labels></task></meta>\n"


def _label(label: Label) -> str:
    return f"<label><name>{_plain(label.id)}</name><type>any</type></label>"


def _image(number: int, row: Row, fields: dict[str, FieldShape]) -> str:
    said = _tag("image", id=number, name=row.name, width=row.width, height=row.height)
    shapes = [
        line for field, answer in sorted(decode_answers(row.answers).items()) for line in _shapes(answer, field, fields)
    ]
    return "".join([said, "\n", *(f"{line}\n" for line in shapes), "</image>\n"])


def _shapes(answer: Answer, field: str, fields: dict[str, FieldShape]) -> Iterator[str]:
    if isinstance(answer, Boxes):
        yield from map(_box, answer.shapes)
    elif isinstance(answer, Polygons | Polylines):
        yield from map(_path, answer.shapes)
    elif isinstance(answer, Figures):
        names = [joint.id for joint in joints_of(fields[field])] if field in fields else []
        yield from (_figure(figure, names) for figure in answer.shapes)


def _box(box: Box) -> str:
    corners = {"xtl": box.x, "ytl": box.y, "xbr": round(box.x + box.w, 2), "ybr": round(box.y + box.h, 2)}
    turned = {"rotation": round(box.angle % 360, 2)} if box.angle else {}
    return _tag("box", "/", label=box.label, source="manual", occluded=0, **corners, **turned, z_order=0)


def _path(path: Polygon | Polyline) -> str:
    points = ";".join(f"{x:.2f},{y:.2f}" for x, y in path.points)
    name = "polygon" if isinstance(path, Polygon) else "polyline"
    return _tag(name, "/", label=path.label, source="manual", occluded=0, points=points, z_order=0)


def _figure(figure: Figure, names: list[str]) -> str:
    """A point that an earlier rulebook had without a name goes by its number."""
    lines = [_tag("skeleton", label=figure.label, source="manual", z_order=0)]
    for place, (x, y, flag) in enumerate(figure.points):
        name = names[place] if place < len(names) else str(place + 1)
        flags = {"outside": int(not flag), "occluded": int(flag == HIDDEN)}
        lines.append(_tag("points", "/", label=name, source="manual", **flags, points=f"{x:.2f},{y:.2f}"))
    return "\n".join([*lines, "</skeleton>"])


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
)
