"""A delivery of masks, read back by pycocotools: the same pixels, boxes and areas."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guiju.kinds import Answer, Mask, Masks
from guiju.kinds.runs import write_runs
from tests.annotations.moving import publish_labels
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import Made, accept_a_lot, import_pictures, resolve_all
from tests.support.cast import Cast

WIDE, HIGH = 64, 48


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # pycocotools' own
def test_pycocotools_reads_the_masks_back_pixel_by_pixel(cast: Cast, tmp_path: Path) -> None:
    from pycocotools import mask
    from pycocotools.coco import COCO

    pixels = np.zeros((HIGH, WIDE), np.uint8)
    pixels[10:30, 5:25] = 1
    pixels[15:20, 10:15] = 0
    pixels[40:48, 60:64] = 1
    encoded: Any = mask.encode(np.asfortranarray(pixels))
    counts = str(encoded["counts"], "ascii")
    last = write_runs([WIDE * HIGH - 3, 3])
    rulebook = publish_labels(cast, "mask", ["leaf", "stem"])
    items = import_pictures(cast, cast.project, 2)
    both = Masks((Mask("m1", "leaf", (HIGH, WIDE), counts), Mask("m2", "stem", (HIGH, WIDE), last)))
    said: dict[int, dict[str, Answer]] = {items[0]: {"answer": both}, items[1]: {"answer": Masks(())}}
    round_id = resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    accept_a_lot(cast, Made(cast.project, rulebook, round_id, items))
    place = tmp_path / "coco.json"
    place.write_bytes(files_of(build(cast, cast.project, "coco"))["annotations.coco.json"])
    read: Any = COCO(str(place))
    leaf, stem = read.loadAnns(read.getAnnIds(imgIds=[1]))
    assert (read.annToMask(leaf) == pixels).all()
    assert read.annToMask(stem).sum() == 3
    for one in (leaf, stem):
        assert float(mask.area(read.annToRLE(one))) == one["area"]
        assert mask.toBbox(read.annToRLE(one)).tolist() == one["bbox"]
    assert read.getAnnIds(imgIds=[2]) == []
