"""A CVAT file of everything drawn: written, read by a reader of XML, and brought back as the same answers."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from sqlalchemy import select

from guiju.annotations import annotation_table, current_annotations
from guiju.annotations.imports.model import Format, ImportOptions
from guiju.kinds import Answer, Box, Boxes, Figure, Figures, Polygon, Polygons, Polyline, Polylines, decode_answers
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from tests.annotations.moving import bring, outcome_of
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import Made, accept_a_lot, import_pictures, resolve_all
from tests.support.cast import Cast

KINDS = {"boxes": "box", "outlines": "polygon", "lanes": "polyline", "bodies": "keypoint"}
BODY = "options: {points: [{id: head}, {id: hip}, {id: foot}], skeleton: [[head, hip]]}, "
ENTRY = "  - {id: a, name: {zh: 甲 <&>, en: One}, definition: {zh: 一, en: one}, color: '#0072b2'}"
OPTIONS = {"keypoint": BODY, "box": "options: {rotate: true}, "}
FIELDS = [f"  - {{id: {name}, kind: {kind}, {OPTIONS.get(kind, '')}labels: [a]}}" for name, kind in KINDS.items()]
DOCUMENT = f"""---
title: {{zh: 画, en: Drawn}}
version: 1.0.0
fields:
{chr(10).join(FIELDS)}
labels:
{ENTRY}
---

## C1 画 | Draw

画。
"""
DRAWN: dict[str, Answer] = {
    "boxes": Boxes((Box("i1", "a", 1, 2.25, 10, 20.5), Box("i2", "a", 20, 10, 20, 8, -30.25))),
    "outlines": Polygons((Polygon("i1", "a", ((1, 1), (30, 1), (30, 30.5))),)),
    "lanes": Polylines((Polyline("i1", "a", ((1, 1), (30, 1))), Polyline("i2", "a", ((2, 2), (9, 9), (40, 2))))),
    "bodies": Figures((Figure("i1", "a", ((5, 5, 2), (6, 20, 1), (0, 0, 0))),)),
}
NOTHING: dict[str, Answer] = {
    "boxes": Boxes(()), "outlines": Polygons(()), "lanes": Polylines(()), "bodies": Figures(()),
}  # fmt: skip


def publish(cast: Cast) -> int:
    save_draft(cast.house, cast.zhou, cast.project, document=DOCUMENT, from_revision=0, request_id=new_id())
    return publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())


def delivered(cast: Cast, said: list[dict[str, Answer]]) -> tuple[bytes, list[int]]:
    rulebook = publish(cast)
    items = import_pictures(cast, cast.project, len(said))
    answers = dict(zip(items, said, strict=True))
    round_id = resolve_all(cast.house, cast.alice, cast.project, rulebook, answers)
    accept_a_lot(cast, Made(cast.project, rulebook, round_id, items))
    return files_of(build(cast, cast.project, "cvat"))["annotations.cvat.xml"], items


def test_what_was_drawn_comes_back_the_same(cast: Cast, tmp_path: Path) -> None:
    written, items = delivered(cast, [DRAWN, NOTHING])
    place = tmp_path / "cvat.xml"
    place.write_bytes(written)
    before = _stored(cast)
    outcome_of(bring(cast, place, ImportOptions(Format.CVAT)))
    came = [row for row in _stored(cast) if row not in before]
    assert {item: decode_answers(answers) for _, item, answers in came} == {items[0]: DRAWN, items[1]: NOTHING}


def _stored(cast: Cast) -> list[Any]:
    a = annotation_table.c
    with cast.house.reading() as connection:
        return [tuple(row) for row in connection.execute(select(a.id, a.item_id, a.answers))]


def test_another_reader_of_xml_finds_images_and_points(cast: Cast) -> None:
    written, _ = delivered(cast, [DRAWN])
    root = ET.fromstring(written)
    (image,) = root.findall("image")
    assert [shape.tag for shape in image] == ["skeleton", "box", "box", "polyline", "polyline", "polygon"]
    assert [box.get("rotation") for box in image.iterfind("box")] == [None, "329.75"]
    skeleton = image.find("skeleton")
    assert skeleton is not None
    flags = [(point.get("label"), point.get("occluded"), point.get("outside")) for point in skeleton]
    assert flags == [("head", "0", "0"), ("hip", "1", "0"), ("foot", "0", "1")]
    assert next(image.iterfind("polyline")).get("points") == "1.00,1.00;30.00,1.00"


def test_what_cannot_be_read_is_refused_alone_and_says_why(cast: Cast, tmp_path: Path) -> None:
    publish(cast)
    import_pictures(cast, cast.project, 1)
    shapes = {
        "a box turned out of the image": '<box label="a" xtl="1" ytl="1" xbr="60" ybr="9" rotation="90"/>',
        "a mask": '<mask label="a" rle="1, 2" left="0" top="0" width="1" height="1"/>',
        "a point that the figure lacks": '<skeleton label="a"><points label="ear" points="1,1"/></skeleton>',
        "no pairs": '<polyline label="a" points="1;2"/>',
    }
    images = "".join(f'<image id="{n}" name="{name}">{xml}</image>' for n, (name, xml) in enumerate(shapes.items()))
    place = tmp_path / "odd.xml"
    place.write_text(f"<annotations>{images}</annotations>", encoding="utf-8")
    job = bring(cast, place, ImportOptions(Format.CVAT))
    assert job.outcome is not None
    assert job.outcome["error"]["details"]["refused"] == str(len(shapes))
    with cast.house.reading() as connection:
        assert list(current_annotations(connection, job.payload["round"])) == []
