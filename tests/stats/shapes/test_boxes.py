from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycocotools import mask as coco_mask

from guiju.kit import Refusal
from guiju.stats.shapes.boxes import box_geometry, iou_matrix, rotated_corners
from guiju.stats.shapes.errors import NegativeSize, NoArea, NotABox, NotFiniteShape
from guiju.stats.shapes.polygons import polygon_area, polygon_iou

number = st.floats(0, 60, allow_nan=False)
box = st.tuples(number, number, st.floats(0.5, 40), st.floats(0.5, 40))
some = st.lists(box, min_size=1, max_size=6)


def test_published_overlaps(vector: Callable[[str], Any]) -> None:
    known = vector("iou")
    for (one, other), expected in zip(known["data"]["pairs"], known["expected"]["iou"], strict=True):
        assert iou_matrix([one], [other], form="xyxy")[0, 0] == pytest.approx(expected, abs=5e-6)


@settings(deadline=None)
@given(some, some)
def test_the_matrix_is_that_of_coco(a: list[Any], b: list[Any]) -> None:
    theirs = coco_mask.iou(np.array(a), np.array(b), [0] * len(b))
    assert iou_matrix(a, b) == pytest.approx(np.asarray(theirs), abs=1e-9)
    rows = np.repeat(np.arange(len(a)), len(b))
    columns = len(a) + np.tile(np.arange(len(b)), len(a))
    assert box_geometry([*a, *b]).iou(rows, columns, 0.1).reshape(len(a), -1) == pytest.approx(iou_matrix(a, b))


def test_corner_and_size_and_two_corners_are_the_same_box() -> None:
    assert box_geometry([[1, 2, 3, 4]]).at(0) == box_geometry([[1, 2, 4, 6]], form="xyxy").at(0)


@pytest.mark.parametrize(
    ("numbers", "refusal"),
    [
        ([[0, 0, 0, 5]], NoArea),
        ([[0, 0, -1, 5]], NegativeSize),
        ([[0, float("nan"), 4, 5]], NotFiniteShape),
        ([[0, float("inf"), 4, 5]], NotFiniteShape),
        ([[0, 0, 4]], NotABox),
        ([["a", 0, 4, 5]], NotABox),
    ],
)
def test_what_is_no_box_is_refused_by_name(numbers: Any, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        box_geometry([[0, 0, 1, 1], *numbers] if refusal is not NotABox else numbers)


def test_a_refusal_names_the_row() -> None:
    with pytest.raises(NoArea) as found:
        box_geometry([[0, 0, 1, 1], [0, 0, 1, 0]])
    assert found.value.details["row"] == 1


def test_corners_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(NegativeSize):
        iou_matrix([[5, 5, 1, 1]], [[0, 0, 1, 1]], form="xyxy")


def test_a_box_without_area_shares_nothing_in_the_matrix() -> None:
    assert iou_matrix([[0, 0, 0, 0]], [[0, 0, 0, 0], [0, 0, 1, 1]]).tolist() == [[0.0, 0.0]]


def test_two_squares_turned_by_45_degrees_share_an_octagon() -> None:
    straight, turned = rotated_corners([[0, 0, 2, 2, 0], [0, 0, 2, 2, 45]])
    octagon = 8 * (2**0.5 - 1)  # of the inscribed circle's radius 1
    assert polygon_area(turned) == pytest.approx(4, abs=1e-6)
    assert polygon_iou(straight, turned) == pytest.approx(octagon / (8 - octagon), abs=1e-6)


def test_rotated_boxes_want_five_numbers_and_area() -> None:
    with pytest.raises(NotABox):
        rotated_corners([[0, 0, 2, 2]])
    with pytest.raises(NoArea):
        rotated_corners([[0, 0, 2, 0, 10]])
