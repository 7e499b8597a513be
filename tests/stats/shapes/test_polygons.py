from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guiju.kit import Refusal
from guiju.stats.shapes.boxes import iou_matrix
from guiju.stats.shapes.errors import NoArea, NotAPolygon, NotFiniteShape
from guiju.stats.shapes.polygons import polygon_area, polygon_geometry, polygon_iou
from tests.stats.shapes.naive import raster, raster_iou

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4]]
point = st.tuples(st.integers(0, 16), st.integers(0, 16))
ring = st.lists(point, min_size=3, max_size=7, unique=True)


def _area(points: Any) -> float:
    try:
        return polygon_area(points)
    except NoArea:
        return 0.0


@settings(deadline=None, max_examples=60)
@given(ring, ring)
def test_any_two_rings_share_what_a_fine_raster_says(a: list[Any], b: list[Any]) -> None:
    """Also rings that cross themselves, which random ones mostly do."""
    assume(_area(a) > 8 and _area(b) > 8)
    assert polygon_area(a) == pytest.approx(raster(a, 16, 12).mean() * 256, abs=2)
    assert polygon_iou(a, b) == pytest.approx(raster_iou(a, b, 16, 12), abs=0.03)


@given(st.tuples(*[st.integers(0, 9), st.integers(0, 9), st.integers(1, 9), st.integers(1, 9)] * 2))
def test_rectangles_are_boxes(sides: tuple[int, ...]) -> None:
    one, other = sides[:4], sides[4:]
    as_rings = [[[x, y], [x + w, y], [x + w, y + h], [x, y + h]] for x, y, w, h in (one, other)]
    assert polygon_iou(*as_rings) == pytest.approx(iou_matrix([one], [other])[0, 0], abs=1e-9)


def test_where_a_ring_begins_and_which_way_it_turns_is_nothing() -> None:
    turned = [SQUARE[2], SQUARE[1], SQUARE[0], SQUARE[3]]
    assert polygon_iou(SQUARE, turned) == 1


def test_a_second_ring_inside_is_a_hole_and_one_outside_a_second_part() -> None:
    hole, part = [[1, 1], [2, 1], [2, 2], [1, 2]], [[9, 9], [10, 9], [10, 10], [9, 10]]
    assert polygon_area([SQUARE, hole]) == 15
    assert polygon_area([SQUARE, part]) == 17
    assert polygon_iou([SQUARE, hole], SQUARE) == pytest.approx(15 / 16)


def test_a_point_that_touches_is_no_overlap() -> None:
    assert polygon_iou(SQUARE, [[4, 4], [8, 4], [8, 8]]) == 0


def test_small_fractions_of_a_pixel_are_kept() -> None:
    thin = [[0, 0], [4, 0], [4, 0.001], [0, 0.001]]
    assert polygon_iou(SQUARE, thin) == pytest.approx(0.001 / 4, rel=1e-4)


def test_far_from_the_origin_it_is_the_same() -> None:
    far = (np.array(SQUARE) + 1e6).tolist()
    moved = (np.array(SQUARE) + 1e6 + 2).tolist()
    assert polygon_iou(far, moved) == pytest.approx(4 / 28)


@pytest.mark.parametrize(
    ("points", "refusal"),
    [
        ([[0, 0], [1, 1]], NotAPolygon),
        ([], NotAPolygon),
        ([[0, 0, 0], [1, 1, 1], [2, 2, 3]], NotAPolygon),
        ("abc", NotAPolygon),
        (None, NotAPolygon),
        ([[0, 0], [1, float("nan")], [1, 0]], NotFiniteShape),
        ([[0, 0], [1, 1], [2, 2]], NoArea),
        ([[3, 3], [3, 3], [3, 3]], NoArea),
    ],
)
def test_what_is_no_polygon_is_refused_by_name(points: Any, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as found:
        polygon_geometry([SQUARE, points])
    assert found.value.details["row"] == 1


def test_no_polygon_at_all_is_an_empty_collection() -> None:
    assert len(polygon_geometry([])) == 0
