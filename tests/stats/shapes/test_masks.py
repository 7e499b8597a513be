from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from pycocotools import mask as coco_mask

from guiju.kit import Refusal
from guiju.stats.shapes.errors import NoArea, NotAMask, RunsDoNotAddUp
from guiju.stats.shapes.masks import encode_mask, mask_geometry

picture = arrays(np.uint8, (5, 7), elements=st.integers(0, 1)).filter(lambda pixels: bool(pixels.any()))


@settings(deadline=None)
@given(st.lists(picture, min_size=1, max_size=5), st.data())
def test_masks_share_what_coco_says(pictures: list[NDArray[np.uint8]], data: st.DataObject) -> None:
    theirs = [coco_mask.encode(np.asfortranarray(one)) for one in pictures]
    expected = np.asarray(coco_mask.iou(theirs, theirs, [0] * len(theirs)))
    found = mask_geometry([encode_mask(one) for one in pictures])
    rows = np.array(data.draw(st.lists(st.integers(0, len(pictures) - 1), min_size=1, max_size=8)))
    columns = rows[::-1].copy()
    assert found.iou(rows, columns, 0.0) == pytest.approx(expected[rows, columns])
    assert found.area.tolist() == [float(one.sum()) for one in pictures]
    assert found.take(rows).iou(np.arange(len(rows)), np.arange(len(rows)), 0.0) == pytest.approx(1)


@given(picture)
def test_runs_are_those_of_coco_and_bounds_those_of_the_pixels(pixels: NDArray[np.uint8]) -> None:
    runs = encode_mask(pixels)
    theirs: Any = coco_mask
    assert theirs.frPyObjects(runs, 5, 7)["counts"] == coco_mask.encode(np.asfortranarray(pixels))["counts"]
    geometry = mask_geometry([runs])
    assert geometry.at(0) == runs
    y, x = np.nonzero(pixels)
    x1, y1, x2, y2 = (int(side[0]) for side in geometry.bounds)
    assert (x1, x2) == (x.min(), x.max() + 1)
    assert y1 <= y.min()
    assert y2 >= y.max() + 1


@settings(deadline=None)
@given(picture, picture)
def test_bounds_drop_only_what_shares_too_little(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> None:
    geometry = mask_geometry([encode_mask(a), encode_mask(b)])
    one, other = np.array([0]), np.array([1])
    whole = geometry.iou(one, other, 0.0)[0]
    assert geometry.iou(one, other, 0.5)[0] in (whole, 0.0)
    if whole >= 0.5:
        assert geometry.iou(one, other, 0.5)[0] == whole


def test_many_pairs_are_done_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    geometry = mask_geometry([encode_mask(rng.integers(0, 2, (9, 9))) for _ in range(6)])
    left, right = np.repeat(np.arange(6), 6), np.tile(np.arange(6), 6)
    whole = geometry.iou(left, right, 0.0)
    monkeypatch.setattr("guiju.stats.shapes.masks._CHUNK", 20)
    assert geometry.iou(left, right, 0.0).tolist() == whole.tolist()


@pytest.mark.parametrize(
    ("mask", "refusal"),
    [
        ({"size": [2, 2], "counts": [1, 2]}, RunsDoNotAddUp),
        ({"size": [2, 2], "counts": [5, -1]}, RunsDoNotAddUp),
        ({"size": [2, 2], "counts": [4]}, NoArea),
        ({"size": [2, 2], "counts": [4, 0]}, NoArea),
        ({"size": [2, 2], "counts": "04"}, NotAMask),
        ({"size": [2, 2], "counts": [1.5, 2.5]}, NotAMask),
        ({"size": [0, 2], "counts": [0]}, NotAMask),
        ({"counts": [4]}, NotAMask),
        (None, NotAMask),
    ],
)
def test_what_is_no_mask_is_refused_by_name(mask: Any, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as found:
        mask_geometry([{"size": [1, 1], "counts": [0, 1]}, mask])
    assert found.value.details["row"] == 1
