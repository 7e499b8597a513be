"""Turned boxes in COCO: an outline that pycocotools can measure, and the same boxes when they come back."""

from pathlib import Path
from typing import Any

import pytest

from guiju.annotations.imports.model import Format, ImportOptions
from guiju.kinds import Answer, Box, Boxes, decode_answers
from guiju.storage import Job
from tests.annotations.moving import bring, outcome_of, publish_labels, refused_of, stored_answers, write_json
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import Made, accept_a_lot, import_pictures, resolve_all
from tests.support.cast import Cast

TURNED = Boxes((Box("i1", "leaf", 10.5, 10.25, 30, 12.5, 33.33), Box("i2", "stem", 4, 4, 20, 8, 180)))
UPRIGHT = Boxes((Box("i1", "leaf", 1, 2, 30, 12.5),))


def delivered(cast: Cast, place: Path) -> list[int]:
    rulebook = publish_labels(cast, "box", ["leaf", "stem"], "{rotate: true}")
    items = import_pictures(cast, cast.project, 2)
    said: dict[int, dict[str, Answer]] = {items[0]: {"answer": TURNED}, items[1]: {"answer": UPRIGHT}}
    round_id = resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    accept_a_lot(cast, Made(cast.project, rulebook, round_id, items))
    place.write_bytes(files_of(build(cast, cast.project, "coco"))["annotations.coco.json"])
    return items


def test_pycocotools_measures_a_turned_box_by_its_outline(cast: Cast, tmp_path: Path) -> None:
    from pycocotools import mask
    from pycocotools.coco import COCO

    delivered(cast, tmp_path / "coco.json")
    read: Any = COCO(str(tmp_path / "coco.json"))
    turned, around, upright = read.loadAnns(read.getAnnIds())
    assert (turned["rotation"], turned["area"], around["rotation"]) == (33.33, 375, 180)
    assert float(mask.area(read.annToRLE(turned))) == pytest.approx(375, rel=0.06)  # it counts whole pixels
    assert mask.toBbox(read.annToRLE(turned)).tolist() == pytest.approx(turned["bbox"], abs=1)
    assert around["bbox"] == [4, 4, 20, 8]
    assert (upright["bbox"], upright["segmentation"], "rotation" in upright) == ([1, 2, 30, 12.5], [], False)


def test_turned_boxes_come_back_the_same(cast: Cast, tmp_path: Path) -> None:
    items = delivered(cast, tmp_path / "coco.json")
    job = bring(cast, tmp_path / "coco.json", ImportOptions(Format.COCO))
    outcome_of(job)
    came = {item: decode_answers(raw)["answer"] for item, raw in stored_answers(cast, job)}
    assert came == {items[0]: TURNED, items[1]: UPRIGHT}


def bring_one(cast: Cast, folder: Path, **more: object) -> Job:
    """A file of one image with one box of CVAT's own export of COCO."""
    import_pictures(cast, cast.project, 1)
    box = {"image_id": 1, "category_id": 1, "bbox": [10, 10, 30, 12], "segmentation": [], **more}
    images, categories = [{"id": 1, "file_name": "plate-000.png"}], [{"id": 1, "name": "leaf"}]
    told = {"images": images, "annotations": [box], "categories": categories}
    return bring(cast, write_json(folder, "cvat.json", told), ImportOptions(Format.COCO))


def test_the_form_of_cvats_own_coco_is_read_too(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "box", ["leaf", "stem"], "{rotate: true}")
    job = bring_one(cast, tmp_path, attributes={"occluded": False, "rotation": 350.0})
    [(_, raw)] = stored_answers(cast, job)
    assert decode_answers(raw)["answer"] == Boxes((Box("i1", "leaf", 10, 10, 30, 12, -10),))


def test_a_turned_box_is_refused_where_the_rulebook_takes_upright_ones(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "box", ["leaf", "stem"])
    job = bring_one(cast, tmp_path, rotation=30)
    assert [refused.code for refused in refused_of(cast, job)] == ["box-turned"]
