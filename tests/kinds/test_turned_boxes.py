"""Boxes that are turned: what two of them share, how far answers are apart, and one answer from several."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kinds import KINDS, Box, Boxes, FieldShape, ItemShape
from guiju.kinds.box.options import BoxOptions
from guiju.kinds.box.plane import corners_of, iou
from guiju.kinds.box.shape import tidy_angle
from guiju.stats.shapes.polygons import polygon_iou
from tests.kinds.answers import LABELS, drawn, pixels, sides

KIND = KINDS["box"]
angles = st.integers(-18_000, 18_000).map(lambda hundredths: hundredths / 100)
turned = st.builds(Box, st.just("b1"), st.sampled_from(LABELS), pixels, pixels, sides, sides, angles)
answers = st.lists(turned, max_size=5).map(lambda shapes: Boxes(tuple(shapes)))


def box(x: float, y: float, w: float, h: float, angle: float = 0.0, label: str = "RBC") -> Box:
    return Box("b1", label, x, y, w, h, angle)


def middle(*boxes: Box) -> Box:
    merged = KIND.merge([drawn(one) for one in boxes])
    assert merged is not None
    [found] = merged.answer.shapes
    return found


def test_the_corners_go_round_clockwise_from_the_boxs_own_top_left() -> None:
    assert corners_of(box(0, 0, 4, 2)) == ((0, 0), (4, 0), (4, 2), (0, 2))
    assert corners_of(box(0, 0, 4, 2, 90)) == ((3, -1), (3, 3), (1, 3), (1, -1))
    assert corners_of(box(0, 0, 2, 2, 45))[0] == pytest.approx((1, 1 - 2**0.5))


def test_two_squares_an_eighth_of_a_turn_apart_share_an_octagon() -> None:
    octagon = 8 * (2**0.5 - 1)  # of a square of side 2
    assert iou(box(0, 0, 2, 2), box(0, 0, 2, 2, 45)) == pytest.approx(octagon / (8 - octagon))


def test_a_quarter_of_a_turn_with_the_sides_exchanged_is_the_same_box() -> None:
    assert iou(box(10, 20, 40, 10), box(25, 5, 10, 40, 90)) == pytest.approx(1)
    assert KIND.distance(drawn(box(10, 20, 40, 10)), drawn(box(25, 5, 10, 40, -90))) == pytest.approx(0, abs=1e-9)


@settings(deadline=None)
@given(turned, turned)
def test_what_two_boxes_share_is_what_their_outlines_share(one: Box, other: Box) -> None:
    assert iou(one, other) == pytest.approx(polygon_iou(corners_of(one), corners_of(other)), abs=1e-6)
    assert iou(one, other) == pytest.approx(iou(other, one), abs=1e-9)


@settings(deadline=None)
@given(answers, answers)
def test_a_distance_is_symmetric_between_nought_and_one_and_nought_to_itself(a: Boxes, b: Boxes) -> None:
    assert KIND.distance(a, b) == KIND.distance(b, a)
    assert 0 <= KIND.distance(a, b) <= 1
    assert KIND.distance(a, a) == 0


def test_a_box_that_is_turned_too_far_is_another_one() -> None:
    long = drawn(box(100, 100, 100, 10))
    assert KIND.distance(long, drawn(box(100, 100, 100, 10, 2))) < 0.3
    assert KIND.distance(long, drawn(box(100, 100, 100, 10, 45))) == 1
    assert KIND.confused(long, drawn(box(100, 100, 100, 10, 1, "WBC"))) == [("RBC", "WBC")]


def test_a_box_without_area_is_nobodys_partner() -> None:
    assert KIND.distance(drawn(box(0, 0, 0, 4, 30)), drawn(box(0, 0, 4, 4, 30))) == 1


def test_several_become_the_median_place_and_size_and_the_mean_direction() -> None:
    found = middle(box(10, 10, 40, 10, 28), box(12, 10, 40, 12, 30), box(11, 11, 44, 11, 32))
    assert (found.w, found.h, found.angle) == (40, 11, 30)
    assert (found.x + found.w / 2, found.y + found.h / 2) == pytest.approx((32, 16))


def test_directions_on_either_side_of_the_turning_point_have_their_middle_there() -> None:
    assert middle(box(0, 0, 40, 10, 179), box(0, 0, 40, 10, -179), box(0, 0, 40, 10, 180)).angle == 180
    assert middle(box(0, 0, 40, 10, 1), box(0, 0, 40, 10, 179), box(0, 0, 40, 10, 0)).angle == 0


def test_a_box_read_with_its_sides_exchanged_is_no_other_opinion() -> None:
    found = middle(box(0, 0, 40, 10, 10), box(15, -15, 10, 40, -80), box(0, 0, 40, 10, 10))
    assert (found.w, found.h, found.angle) == (40, 10, 10)


def test_upright_boxes_become_one_as_they_always_did() -> None:
    found = middle(box(0, 0, 10, 10), box(1, 0, 10, 10), box(0, 2, 12, 10))
    assert (found.x, found.y, found.w, found.h, found.angle) == (0, 0, 11, 10, 0)


@settings(deadline=None, max_examples=20)
@given(st.lists(answers, min_size=3, max_size=3))
def test_who_drew_first_does_not_matter(three: list[Boxes]) -> None:
    found = [KIND.merge(list(order)) for order in permutations(three)]
    assert all(one == found[0] for one in found)


@given(st.floats(-1e6, 1e6))
def test_an_angle_is_written_in_one_way(degrees: float) -> None:
    angle = tidy_angle(degrees)
    assert -180 < angle <= 180
    assert tidy_angle(angle) == angle
    away = abs(angle - degrees) % 360
    assert min(away, 360 - away) == pytest.approx(0, abs=0.0051)


def test_a_box_drawn_against_the_edges_is_inside_whatever_its_angle() -> None:
    field = FieldShape("cells", "box", LABELS, options=BoxOptions(rotate=True))
    item = ItemShape("image", width=6000, height=4000)
    for hundredths in range(1, 9_000, 37):
        angle = hundredths / 100 + 0.005
        left, top = (min(p[axis] for p in corners_of(box(0, 0, 5000, 200, angle))) for axis in (0, 1))
        shape = Box("b1", "RBC", -left, -top, 5000, 200, angle)
        right, bottom = (max(p[axis] for p in corners_of(shape)) for axis in (0, 1))
        if right <= item.width and bottom <= item.height:
            assert KIND.check(KIND.tidy(Boxes((shape,))), field, item) == []
