"""What is answered of each thing drawn, and figures: out in COCO and CVAT, measured by others, and back."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from guiju.annotations.imports.model import Format, ImportOptions
from guiju.kinds import Answer, Box, Boxes, Choice, Each, Figure, Figures, Rating, Written, decode_answers
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from tests.annotations.moving import bring, publish_labels, refused_of, stored_answers, write_json
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import Made, accept_a_lot, import_pictures, resolve_all
from tests.support.cast import Cast

ENTRY = "  - {{id: {0}, name: {{zh: {0}, en: {0}}}, definition: {{zh: 一, en: one}}, color: '#0072b2'}}"
POINTS = "points: [{id: head}, {id: hip}, {id: foot}], skeleton: [[head, hip], [hip, foot]]"
DOCUMENT = f"""---
title: {{zh: 画, en: Drawn}}
version: 1.0.0
fields:
  - {{id: things, kind: box, labels: [person, dog], options: {{rotate: true}}}}
  - {{id: occluded, kind: choice, target: things, labels: ["yes", "no"], required: false}}
  - {{id: seen, kind: choice, target: things, labels: [left, right], options: {{multiple: true}}, required: false}}
  - {{id: sure, kind: rating, target: things, options: {{low: 1, high: 5}}, required: false}}
  - {{id: said, kind: text, target: things, required: false}}
  - {{id: bodies, kind: keypoint, labels: [person], options: {{{POINTS}}}, required: false}}
labels:
{chr(10).join(ENTRY.format(f'"{name}"') for name in ("person", "dog", "yes", "no", "left", "right"))}
---

## C1 画 | Draw

画。
"""
SAID: dict[str, Answer] = {
    "things": Boxes((Box("i1", "person", 1, 2, 20, 30), Box("i2", "dog", 30, 20, 20, 8, 15))),
    "occluded": Each("things", {"i1": Choice(("yes",)), "i2": Choice(("no",))}),
    "seen": Each("things", {"i1": Choice(("left", "right"))}),
    "sure": Each("things", {"i2": Rating(4.0)}),
    "said": Each("things", {"i2": Written("<a & b>")}),
    "bodies": Figures((Figure("i1", "person", ((5, 5, 2), (6, 20.5, 1), (0, 0, 0))),)),
}
NOTHING: dict[str, Answer] = {"things": Boxes(()), "bodies": Figures(())}


def publish(cast: Cast) -> int:
    save_draft(cast.house, cast.zhou, cast.project, document=DOCUMENT, from_revision=0, request_id=new_id())
    return publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())


def delivered(cast: Cast, name: str, file: str, place: Path) -> list[int]:
    rulebook = publish(cast)
    items = import_pictures(cast, cast.project, 2)
    round_id = resolve_all(
        cast.house, cast.alice, cast.project, rulebook, dict(zip(items, (SAID, NOTHING), strict=True))
    )
    accept_a_lot(cast, Made(cast.project, rulebook, round_id, items))
    place.write_bytes(files_of(build(cast, cast.project, name))[file])
    return items


@pytest.mark.parametrize(
    ("form", "file"), [(Format.COCO, "annotations.coco.json"), (Format.CVAT, "annotations.cvat.xml")]
)
def test_what_was_answered_of_each_thing_comes_back_with_it(
    cast: Cast, tmp_path: Path, form: Format, file: str
) -> None:
    items = delivered(cast, form.value, file, tmp_path / file)
    job = bring(cast, tmp_path / file, ImportOptions(form))
    came = {item: decode_answers(raw) for item, raw in stored_answers(cast, job)}
    assert came == {items[0]: SAID, items[1]: NOTHING}


def test_pycocotools_scores_figures_by_the_likeness_of_their_points(cast: Cast, tmp_path: Path) -> None:
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    place = tmp_path / "coco.json"
    delivered(cast, "coco", "annotations.coco.json", place)
    read: Any = COCO(str(place))
    [category] = [each for each in read.loadCats(read.getCatIds()) if "keypoints" in each]
    assert (category["keypoints"], category["skeleton"]) == (["head", "hip", "foot"], [[1, 2], [2, 3]])
    [figure] = read.loadAnns(read.getAnnIds(catIds=[category["id"]]))
    assert (figure["num_keypoints"], figure["keypoints"]) == (2, [5, 5, 2, 6, 20.5, 1, 0, 0, 0])
    result = {key: figure[key] for key in ("image_id", "category_id", "keypoints")} | {"score": 0.9}
    scores: Any = COCOeval(read, read.loadRes([result]), "keypoints")
    scores.params.kpt_oks_sigmas = np.full(3, 0.1)
    scores.params.catIds = [category["id"]]
    scores.params.areaRng, scores.params.areaRngLbl = [[0, 1e10]], ["all"]
    scores.evaluate()
    assert scores.ious[(1, category["id"])].tolist() == [[pytest.approx(1)]]


def test_another_reader_of_xml_finds_attributes_and_what_they_can_be(cast: Cast, tmp_path: Path) -> None:
    place = tmp_path / "cvat.xml"
    delivered(cast, "cvat", "annotations.cvat.xml", place)
    root = ET.fromstring(place.read_bytes())
    person, dog = root.iterfind("image/box")
    assert (person.get("occluded"), dog.get("occluded"), dog.get("rotation")) == ("1", "0", "15.0")
    assert {one.get("name"): one.text for one in dog} == {"occluded": "no", "sure": "4", "said": "<a & b>"}
    asked = root.find("meta/task/labels/label/attributes/attribute[name='occluded']")
    assert asked is not None
    assert (asked.findtext("input_type"), asked.findtext("values")) == ("select", "yes\nno")


def test_cvats_own_flag_and_true_and_false_answer_what_asks_so(cast: Cast, tmp_path: Path) -> None:
    publish(cast)
    import_pictures(cast, cast.project, 1)
    box = '<box label="dog" xtl="1" ytl="1" xbr="9" ybr="9" occluded="{}"><attribute name="track">7</attribute></box>'
    place = tmp_path / "cvat.xml"
    shapes = box.format(1) + box.format(0)
    place.write_text(f'<annotations><image id="0" name="plate-000.png">{shapes}</image></annotations>')
    [(_, raw)] = stored_answers(cast, bring(cast, place, ImportOptions(Format.CVAT)))
    assert decode_answers(raw)["occluded"] == SAID["occluded"]
    one = {"image_id": 1, "category_id": 1, "bbox": [1, 1, 8, 8]}
    told = [{**one, "attributes": {"occluded": flag}} for flag in (True, False)]
    images, categories = [{"id": 1, "file_name": "plate-000.png"}], [{"id": 1, "name": "dog"}]
    coco = write_json(tmp_path, "coco.json", {"images": images, "annotations": told, "categories": categories})
    [(_, raw)] = stored_answers(cast, bring(cast, coco, ImportOptions(Format.COCO)))
    assert decode_answers(raw)["occluded"] == SAID["occluded"]


def test_a_value_that_the_rulebook_does_not_have_is_refused_by_name(cast: Cast, tmp_path: Path) -> None:
    publish(cast)
    import_pictures(cast, cast.project, 1)
    one = {"image_id": 1, "category_id": 1, "bbox": [1, 1, 8, 8], "attributes": {"occluded": "perhaps"}}
    images, categories = [{"id": 1, "file_name": "plate-000.png"}], [{"id": 1, "name": "dog"}]
    coco = write_json(tmp_path, "coco.json", {"images": images, "annotations": [one], "categories": categories})
    [refused] = refused_of(cast, bring(cast, coco, ImportOptions(Format.COCO)))
    assert (refused.code, refused.details["label"]) == ("label-not-in-rulebook", "perhaps")


def test_a_project_of_boxes_takes_the_boxes_of_a_file_of_keypoints(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "box", ["person"])
    import_pictures(cast, cast.project, 1)
    one = {"image_id": 1, "category_id": 1, "bbox": [1, 1, 8, 8], "keypoints": [2, 2, 2, 0, 0, 0]}
    category = {"id": 1, "name": "person", "keypoints": ["head", "foot"]}
    images = [{"id": 1, "file_name": "plate-000.png"}]
    coco = write_json(tmp_path, "coco.json", {"images": images, "annotations": [one], "categories": [category]})
    [(_, raw)] = stored_answers(cast, bring(cast, coco, ImportOptions(Format.COCO)))
    assert decode_answers(raw)["answer"] == Boxes((Box("i1", "person", 1, 1, 8, 8),))
