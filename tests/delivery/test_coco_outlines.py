"""A delivery of outlines, read back by pycocotools: polygons, boxes around them, and areas that agree."""

import json
from pathlib import Path
from typing import Any

import pytest

from guiju.kinds import Answer, Polygon, Polygons
from guiju.kinds.points import Points, area_of
from tests.annotations.moving import publish_labels
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import Made, accept_a_lot, import_pictures, resolve_all
from tests.support.cast import Cast

LEAF: Points = ((4.0, 4.0), (30.0, 6.0), (34.5, 30.0), (10.0, 40.0))
STEM: Points = ((40.0, 2.0), (60.0, 2.0), (60.0, 44.0), (50.0, 20.0))


def test_pycocotools_reads_the_outlines_back_and_finds_the_same_areas(cast: Cast, tmp_path: Path) -> None:
    from pycocotools import mask
    from pycocotools.coco import COCO

    rulebook = publish_labels(cast, "polygon", ["leaf", "stem"])
    items = import_pictures(cast, cast.project, 2)
    both = Polygons((Polygon("p1", "leaf", LEAF), Polygon("p2", "stem", STEM)))
    said: dict[int, dict[str, Answer]] = {items[0]: {"answer": both}, items[1]: {"answer": Polygons(())}}
    round_id = resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    accept_a_lot(cast, Made(cast.project, rulebook, round_id, items))
    place = tmp_path / "coco.json"
    place.write_bytes(files_of(build(cast, cast.project, "coco"))["annotations.coco.json"])
    read: Any = COCO(str(place))
    found = read.loadAnns(read.getAnnIds(imgIds=[1]))
    assert [one["segmentation"] for one in found] == [[[n for point in ring for n in point]] for ring in (LEAF, STEM)]
    assert [one["bbox"] for one in found] == [[4, 4, 30.5, 36], [40, 2, 20, 42]]
    assert [one["area"] for one in found] == [area_of(LEAF), area_of(STEM)]
    for one in found:
        drawn: Any = read.annToRLE(one)
        assert float(mask.area(drawn)) == pytest.approx(one["area"], rel=0.06)  # it counts whole pixels
        assert mask.toBbox(drawn).tolist() == pytest.approx(one["bbox"], abs=1)
    assert read.getAnnIds(imgIds=[2]) == []
    assert len(json.loads(place.read_text())["images"]) == 2
