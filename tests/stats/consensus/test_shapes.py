import json
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from guiju.kinds.box import merge as merge_boxes
from guiju.kinds.box.shape import Box, Boxes
from guiju.stats.consensus.shapes import shape_consensus
from guiju.stats.shapes.collection import boxes, masks, polygons
from guiju.stats.shapes.errors import NotAnOverlap, NotAWeight
from guiju.stats.shapes.masks import encode_mask
from guiju.stats.shapes.polygons import polygon_area, polygon_iou
from tests.stats.published import shared
from tests.stats.shapes.bccd import cells, second_hand
from tests.stats.shapes.naive import raster

THREE = ["ann", "bo", "cy"]
SQUARE = [[0, 0], [8, 0], [8, 8], [0, 8]]


def test_sides_are_the_members_medians_or_their_weighted_mean() -> None:
    numbers = [[0, 0, 10, 10], [1, 0, 10, 10], [5, 0, 10, 10]]
    shapes = boxes(["i"] * 3, THREE, ["x"] * 3, numbers, form="xyxy")
    (median,) = shape_consensus(shapes, 0.4).kept
    assert median.shape == [1, 0, 10, 10]
    assert median.overlap == pytest.approx((90 / 100 + 1 + 50 / 90) / 3)
    assert median.spread == pytest.approx(((1 + 16) / (4 * 3)) ** 0.5)
    (mean,) = shape_consensus(shapes, 0.4, merge="mean", weights={"cy": 2}).kept
    assert mean.shape == pytest.approx([11 / 4, 0, 10, 10])


def test_what_no_majority_drew_is_left_out_and_named_by_its_rows() -> None:
    shapes = boxes(["i"] * 3, ["ann", "bo", "ann"], ["x"] * 3, [[50, 50, 9, 9], [0, 0, 9, 9], [0, 0, 9, 8]])
    found = shape_consensus(shapes)
    assert [one.members for one in found.kept] == [(1, 2)]
    assert [(one.members, one.found, one.of, one.confidence) for one in found.left_out] == [((0,), 1, 2, 0.5)]
    json.dumps(found.to_dict())


def test_an_item_where_most_drew_nothing_is_empty() -> None:
    shapes = boxes(
        ["i", "j"], ["ann", "ann"], ["x", "x"], [[0, 0, 4, 4]] * 2, answered=[(i, a) for i in "ij" for a in THREE]
    )
    found = shape_consensus(shapes)
    assert (found.kept, found.empty, found.items) == ((), ("i", "j"), 2)


def test_weights_count_in_votes_and_in_what_stays() -> None:
    same = [[0, 0, 9, 9]] * 3
    shapes = boxes(["i"] * 3, THREE, ["x", "y", "y"], same)
    assert shape_consensus(shapes).kept[0].label == "y"
    (found,) = shape_consensus(shapes, weights={"ann": 3}).kept
    assert (found.label, found.confidence) == ("x", pytest.approx(3 / 5))
    alone = boxes(["i"], ["ann"], ["x"], same[:1], answered=[("i", who) for who in THREE])
    assert shape_consensus(alone).kept == ()
    assert len(shape_consensus(alone, weights={"ann": 3}).kept) == 1


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf")])
def test_a_weight_that_is_none_is_refused(weight: float) -> None:
    with pytest.raises(NotAWeight):
        shape_consensus(boxes(["i"], ["ann"], ["x"], [[0, 0, 4, 4]]), weights={"ann": weight})
    with pytest.raises(NotAnOverlap):
        shape_consensus(boxes(["i"], ["ann"], ["x"], [[0, 0, 4, 4]]), least=0)


def test_a_tie_of_labels_is_told_and_one_answer_stands_by_itself() -> None:
    shapes = boxes(["i", "i", "j"], ["ann", "bo", "ann"], ["x", "y", "x"], [[0, 0, 4, 4]] * 3)
    tied, alone = shape_consensus(shapes).kept
    assert (tied.label, tied.tied, tied.confidence) == (None, ("x", "y"), 0.5)
    assert (alone.label, alone.of, alone.confidence) == ("x", 1, 1)
    assert "1 of those that stay" in str(shape_consensus(shapes).meaning[0])


def test_nothing_drawn_is_an_empty_consensus() -> None:
    found = shape_consensus(boxes([], [], [], [], answered=[("i", "ann")]))
    assert (found.shapes, found.empty) == ((), ("i",))
    assert shape_consensus(polygons([], [], [], [], answered=[("i", "ann")])).shapes == ()
    assert shape_consensus(masks([], [], [], [], answered=[("i", "ann")])).shapes == ()


def _drawn(seed: int) -> list[list[tuple[str, list[float]]]]:
    rng = np.random.default_rng(seed)
    objects = rng.uniform((0, 0, 8, 8), (70, 70, 25, 25), (4, 4))
    hands = (rng.normal(0, 1, (3, 4, 4)) + objects).round(2)
    return [[(str(rng.choice(["x", "y"])), one.tolist()) for one in hand if rng.random() < 0.8] for hand in hands]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 100_000))
def test_boxes_become_what_their_kind_makes_of_them(seed: int) -> None:
    answers = _drawn(seed)
    rows = [(who, label, numbers) for who, shapes in zip(THREE, answers, strict=True) for label, numbers in shapes]
    listed = [("i", who) for who in THREE]
    columns: list[list[Any]] = [[row[k] for row in rows] for k in range(3)]
    found = shape_consensus(boxes(["i"] * len(rows), columns[0], columns[1], columns[2], answered=listed))
    kind = merge_boxes([Boxes(tuple(Box(f"b{n}", a, *b) for n, (a, b) in enumerate(shapes))) for shapes in answers])
    if kind is None:
        assert any(one.tied for one in found.kept)
        return
    ours = [(one.label, *one.shape) for one in found.kept]
    theirs = [(b.label, b.x, b.y, b.x + b.w, b.y + b.h) for b in kind.answer.shapes]
    assert [one[0] for one in ours] == [one[0] for one in theirs]
    assert [one[1:] for one in ours] == [pytest.approx(one[1:], abs=0.02) for one in theirs]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 100_000))
def test_who_is_who_and_which_row_came_first_changes_nothing(seed: int) -> None:
    answers = _drawn(seed)
    seen: set[str] = set()
    for order in permutations(range(3)):
        rows = [
            (THREE[k], label, numbers) for k, hand in enumerate(order) for label, numbers in reversed(answers[hand])
        ]
        columns: list[list[Any]] = [[row[k] for row in rows] for k in range(3)]
        found = shape_consensus(
            boxes(["i"] * len(rows), columns[0], columns[1], columns[2], answered=[("i", who) for who in THREE])
        )
        plain = [
            (one.label, one.tied, one.shape, one.found, round(one.confidence, 9), round(one.spread, 9))
            for one in found.shapes
        ]
        seen.add(repr(plain))
    assert len(seen) == 1


picture = arrays(np.uint8, (6, 6), elements=st.sampled_from([0, 1, 1, 1])).filter(lambda pixels: bool(pixels.any()))


@settings(deadline=None, max_examples=60)
@given(st.lists(picture, min_size=2, max_size=5))
def test_a_pixel_stays_where_most_of_an_objects_masks_have_it(pictures: list[NDArray[np.uint8]]) -> None:
    n = len(pictures)
    found = shape_consensus(
        masks(["i"] * n, list(range(n)), ["x"] * n, [encode_mask(one) for one in pictures]), least=0.2
    )
    for one in found.shapes:
        votes = np.sum([pictures[row] for row in one.members], axis=0)
        majority = 2 * votes > len(one.members)
        if not majority.any():
            continue
        assert one.shape == encode_mask(majority)
        shares = [(pictures[row] & majority).sum() / (pictures[row] | majority).sum() for row in one.members]
        assert one.overlap == pytest.approx(np.mean(shares))


def test_where_no_point_is_in_most_of_them_the_closest_member_stands() -> None:
    steps = [[[x, 0], [x + 9, 0], [x + 9, 9], [x, 9]] for x in (0, 5, 10, 15)]
    shapes = polygons(["i"] * 4, list("abcd"), ["x"] * 4, steps)
    (found,) = shape_consensus(shapes, least=0.25).kept
    assert found.shape == [[[5.0, 0.0], [14.0, 0.0], [14.0, 9.0], [5.0, 9.0]]]
    rows = [encode_mask(raster(step, 25, 1)) for step in steps]
    (as_masks,) = shape_consensus(masks(["i"] * 4, list("abcd"), ["x"] * 4, rows), least=0.25).kept
    assert as_masks.shape == rows[1]
    assert as_masks.overlap == pytest.approx(found.overlap)


def test_of_two_polygons_what_both_have_and_of_three_what_two_have() -> None:
    low = [[0, 0], [8, 0], [8, 6], [0, 6]]
    (two,) = shape_consensus(polygons(["i"] * 2, THREE[:2], ["x"] * 2, [SQUARE, low])).kept
    assert polygon_iou(two.shape, low) == 1
    assert two.overlap == pytest.approx((1 + 0.75) / 2)
    (three,) = shape_consensus(polygons(["i"] * 3, THREE, ["x"] * 3, [SQUARE, low, SQUARE])).kept
    assert polygon_area(three.shape) == 64


def test_readers_of_lung_nodules_by_area_are_what_a_raster_votes() -> None:
    rows: list[tuple[str, str, Any]] = []
    for line in shared("data/lidc_polygons/nodules.jsonl").read_text().splitlines()[:12]:
        one = json.loads(line)
        for reader in one["readers"]:
            contour = reader["contours"][0]
            rows.append((f"{one['nodule']}@{contour['z']}", reader["reader"], contour["points"]))
    shapes = polygons([r[0] for r in rows], [r[1] for r in rows], ["nodule"] * len(rows), [r[2] for r in rows])
    checked = 0
    for one in shape_consensus(shapes).kept:
        points = np.concatenate([np.array(rows[row][2], float) for row in one.members])
        low, size = points.min(axis=0) - 1, int(np.ptp(points, axis=0).max()) + 3
        grids = [raster((np.array(rows[row][2]) - low).tolist(), size, 6) for row in one.members]
        area = float((2 * np.sum(grids, axis=0) > len(grids)).sum()) / 36
        assert polygon_area(one.shape) == pytest.approx(area, rel=0.03)
        checked += 1
    assert checked >= 12


def test_three_hands_on_blood_cells_find_what_one_overlooked() -> None:
    first = cells()
    hands = [first, second_hand(first, 1), second_hand(first, 2)]
    item, label = [i for hand in hands for i in hand.item], [i for hand in hands for i in hand.label]
    who = [name for name, hand in zip(THREE, hands, strict=True) for _ in hand.item]
    found = shape_consensus(boxes(item, who, label, np.concatenate([h.numbers for h in hands]), answered="everyone"))
    assert len(found.kept) == pytest.approx(len(first.item), rel=0.03)
    assert np.mean([one.confidence for one in found.kept]) > 0.9
