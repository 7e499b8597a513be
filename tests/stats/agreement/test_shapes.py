import json
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from guiju.kinds.box import distance as box_distance
from guiju.kinds.box.shape import Box, Boxes
from guiju.stats.agreement.pairwise import agreement_of_answers
from guiju.stats.agreement.shapes import ShapeAgreement, shape_agreement
from guiju.stats.figure import NO_OVERLAP
from guiju.stats.shapes.boxes import iou_matrix
from guiju.stats.shapes.breakdown import NOTHING_MATCHED
from guiju.stats.shapes.collection import Shapes, boxes, masks, polygons
from guiju.stats.shapes.masks import encode_mask
from tests.stats.published import shared
from tests.stats.shapes.bccd import cells, second_hand
from tests.stats.shapes.naive import raster

Drawn: TypeAlias = dict[tuple[int, str], list[tuple[str, list[float]]]]


def drawn(seed: int, items: int = 5, annotators: int = 3) -> Drawn:
    """What each annotator drew on each item, shapes close together and sometimes none."""
    rng = np.random.default_rng(seed)
    found: Drawn = {}
    for item in range(items):
        objects = rng.uniform((0, 0, 6, 6), (60, 60, 25, 25), (rng.integers(0, 6), 4))
        for who in "abcd"[:annotators]:
            seen = [one for one in objects if rng.random() < 0.8]
            found[item, who] = [
                (rng.choice(["x", "y"], p=[0.8, 0.2]), list(one + rng.normal(0, 1.2, 4))) for one in seen
            ]
    return found


def collected(answers: Drawn) -> Shapes:
    rows = [(item, who, label, numbers) for (item, who), shapes in answers.items() for label, numbers in shapes]
    columns: list[list[Any]] = [[row[k] for row in rows] for k in range(4)]
    item, who, label, numbers = columns
    return boxes(item, who, label, numbers or np.zeros((0, 4)), answered=list(answers))


def _matched(a: list[Any], b: list[Any], named: bool) -> list[tuple[float, bool]]:
    """IoU and equality of labels of the pairs that the plain Hungarian method makes."""
    if not a or not b:
        return []
    cells = iou_matrix([one[1] for one in a], [one[1] for one in b])
    same = np.array([[one[0] == other[0] for other in b] for one in a])
    cells = np.where((cells >= 0.5) & (same | (not named)), cells, 0)
    rows, columns = linear_sum_assignment(cells, maximize=True)
    return [(cells[r, c], bool(same[r, c])) for r, c in zip(rows, columns, strict=True) if cells[r, c] > 0]


def _naive(answers: Drawn) -> dict[str, float | None]:
    """The figures from their definitions, pair by pair."""
    means: dict[str, list[float]] = {"objects": [], "detection": [], "overlap": []}
    free: list[tuple[float, bool]] = []
    for item in sorted({item for item, _ in answers}):
        people = sorted(who for one, who in answers if one == item)
        parts: dict[str, list[float]] = {name: [] for name in means}
        for one, other in combinations(people, 2):
            a, b = answers[item, one], answers[item, other]
            total = len(a) + len(b)
            named, matched = _matched(a, b, True), _matched(a, b, False)
            free += matched
            parts["objects"].append(2 * len(named) / total if total else 1)
            parts["detection"].append(2 * len(matched) / total if total else 1)
            parts["overlap"].append(2 * sum(iou for iou, _ in named) / total if total else 1)
        for name, values in parts.items():
            means[name].append(float(np.mean(values)))
    figures: dict[str, float | None] = {name: float(np.mean(values)) for name, values in means.items()}
    figures["classification"] = float(np.mean([same for _, same in free])) if free else None
    figures["localisation"] = float(np.mean([iou for iou, _ in free])) if free else None
    return figures


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 100_000))
def test_every_figure_is_its_definition_pair_by_pair(seed: int) -> None:
    answers = drawn(seed)
    found = shape_agreement(collected(answers))
    for name, expected in _naive(answers).items():
        assert getattr(found, name).value == pytest.approx(expected, abs=1e-9), name


def _kind(shapes: list[tuple[str, list[float]]]) -> Boxes:
    return Boxes(tuple(Box(f"b{n}", label, *numbers) for n, (label, numbers) in enumerate(shapes)))


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 100_000))
def test_alpha_is_that_of_the_kinds_own_distance(seed: int) -> None:
    answers = drawn(seed, items=4, annotators=2)
    theirs = agreement_of_answers([item for item, _ in answers], [_kind(one) for one in answers.values()], box_distance)
    ours = shape_agreement(collected(answers))
    assert ours.overlap.value == pytest.approx(theirs.observed.value, abs=1e-9)
    assert ours.alpha.value == pytest.approx(theirs.alpha.value, abs=1e-9)


def _plain(found: ShapeAgreement) -> list[float | None]:
    names = ("objects", "overlap", "alpha", "detection", "classification", "localisation")
    return [getattr(found, name).value for name in names] + [point.detection.value for point in found.curve]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 100_000), st.permutations("abc"), st.randoms(use_true_random=False))
def test_names_and_the_order_of_rows_change_nothing(seed: int, names: list[str], random: Any) -> None:
    answers = drawn(seed)
    renamed = [((item, names["abc".index(who)]), shapes) for (item, who), shapes in answers.items()]
    random.shuffle(renamed)
    one, other = shape_agreement(collected(answers)), shape_agreement(collected(dict(renamed)))
    assert _plain(one) == pytest.approx(_plain(other), abs=1e-9, nan_ok=False)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 100_000))
def test_an_annotator_and_a_copy_agree_fully(seed: int) -> None:
    answers = {(item, who): shapes for (item, _), shapes in drawn(seed, annotators=1).items() for who in ("a", "copy")}
    found = shape_agreement(collected(answers))
    assert (found.objects.value, found.detection.value) == (1, 1)
    assert found.overlap.value == pytest.approx(1)
    assert found.confusions == ()
    assert all((one.missing, one.extra, one.loose, one.confused) == (0, 0, 0, 0) for one in found.by_annotator)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 100_000))
def test_every_shape_of_a_pair_is_counted_once(seed: int) -> None:
    answers = drawn(seed)
    found = shape_agreement(collected(answers))
    for pair in found.pairs:
        both = pair.agreed + pair.confused + pair.loose
        assert both + pair.only_a == sum(len(s) for (_, who), s in answers.items() if who == pair.a)
        assert both + pair.only_b == sum(len(s) for (_, who), s in answers.items() if who == pair.b)
    assert sum(one.missing for one in found.by_annotator) == sum(one.extra for one in found.by_annotator)
    assert sum(one.count for one in found.confusions) == sum(pair.confused for pair in found.pairs)
    curve = [point.detection.value or 0 for point in found.curve]
    assert curve == sorted(curve, reverse=True)


def test_nothing_drawn_by_both_is_full_agreement_and_says_that_nothing_was_matched() -> None:
    found = shape_agreement(boxes([], [], [], [], answered=[("i", "ann"), ("i", "bo")]))
    assert (found.objects.value, found.detection.value, found.overlap.value) == (1, 1, 1)
    assert (found.classification.value, found.classification.why) == (None, NOTHING_MATCHED)
    assert found.alpha.value is None
    assert found.alpha.why
    assert len(found.meaning) == 3


def test_one_annotator_or_no_item_in_common_is_no_agreement() -> None:
    one = [[0, 0, 4, 4], [0, 0, 4, 4]]
    for who in (["ann", "ann"], ["ann", "bo"]):
        found = shape_agreement(boxes(["i", "j"], who, ["x", "x"], one))
        assert (found.items, found.objects.value, found.objects.why) == (0, None, NO_OVERLAP)
        assert str(found.meaning[0]) == NO_OVERLAP
        json.dumps(found.to_dict())


def test_what_one_overlooked_counts_only_if_it_is_said_that_they_looked() -> None:
    columns = (["i", "i", "j"], ["ann", "bo", "ann"], ["x"] * 3, [[0, 0, 4, 4]] * 3)
    assert shape_agreement(boxes(*columns)).objects.value == 1
    assert shape_agreement(boxes(*columns, answered="everyone")).objects.value == 0.5


def test_missing_extra_loose_and_confused_are_told_apart() -> None:
    mine: list[tuple[str, list[float]]] = [
        ("x", [0, 0, 10, 10]),
        ("x", [50, 0, 10, 10]),
        ("x", [100, 0, 10, 10]),
        ("x", [150, 0, 10, 10]),
    ]
    theirs: list[tuple[str, list[float]]] = [
        ("x", [0, 0, 10, 9]),
        ("y", [50, 0, 10, 10]),
        ("x", [100, 6, 10, 10]),
        ("y", [200, 0, 10, 10]),
    ]
    found = shape_agreement(collected({(1, "ann"): mine, (1, "bo"): theirs}))
    ann, bo = found.by_annotator
    assert (ann.agreed, ann.confused, ann.loose, ann.missing, ann.extra) == (1, 1, 1, 1, 1)
    assert (bo.missing, bo.extra) == (1, 1)
    assert [(one.a, one.b, one.count, one.items) for one in found.confusions] == [("x", "y", 1, (1,))]
    assert {one.label: one.objects.value for one in found.labels} == {"x": pytest.approx(1 / 3), "y": 0}
    assert found.objects.value == pytest.approx(0.25)


def test_images_of_different_size_have_no_alpha() -> None:
    small, large = {"size": [2, 2], "counts": [1, 3]}, {"size": [2, 3], "counts": [1, 5]}
    found = shape_agreement(masks(["i", "i", "j", "j"], ["ann", "bo"] * 2, ["x"] * 4, [small, small, large, large]))
    assert found.objects.value == 1
    assert found.alpha.value is None
    assert "equally large" in (found.alpha.why or "")


def test_blood_cells_by_two_hands() -> None:
    first = cells()
    second = second_hand(first)
    item, who = [*first.item, *second.item], ["one"] * len(first.item) + ["two"] * len(second.item)
    numbers = np.concatenate((first.numbers, second.numbers))
    found = shape_agreement(boxes(item, who, [*first.label, *second.label], numbers, answered="everyone"))
    answers: Drawn = {(code, who): [] for code in range(len(set(item))) for who in ("one", "two")}
    place = {name: code for code, name in enumerate(sorted(set(item)))}
    for row, name in enumerate(item):
        answers[place[name], who[row]].append(([*first.label, *second.label][row], list(numbers[row])))
    for name, expected in _naive(answers).items():
        assert getattr(found, name).value == pytest.approx(expected, abs=1e-9), name
    assert (found.items, len(first.item)) == (73, 978)
    two = found.by_annotator[1]
    assert (two.missing + two.loose, two.confused) == (84, 27)


@pytest.fixture(scope="module")
def nodules() -> list[dict[str, Any]]:
    return [json.loads(line) for line in shared("data/lidc_polygons/nodules.jsonl").read_text().splitlines()]


Outlines: TypeAlias = dict[tuple[str, str], list[list[float]]]


def outlines(nodules: list[dict[str, Any]]) -> Outlines:
    """By slice and reader; two outlines of one reader in a slice would be an inner and an outer one."""
    return {
        (f"{one['nodule']}@{contour['z']}", reader["reader"]): contour["points"]
        for one in nodules
        for reader in one["readers"]
        for contour in reader["contours"]
    }


def _pixels(points: list[list[float]], low: NDArray[np.float64], size: int) -> NDArray[np.bool_]:
    return raster([[float(x) - low[0], float(y) - low[1]] for x, y in points], size, fine=6)


def test_four_readers_outlines_agree_as_a_raster_of_them_says(nodules: list[dict[str, Any]]) -> None:
    found_lines = {key: points for key, points in outlines(nodules).items() if key[0] < "n020"}
    keys = [key for key in found_lines if len(found_lines[key]) >= 3]
    shapes = polygons(
        [k[0] for k in keys], [k[1] for k in keys], ["nodule"] * len(keys), [found_lines[k] for k in keys]
    )
    found = shape_agreement(shapes, least=0.1)
    naive: list[float] = []
    for item in sorted({key[0] for key in keys}):
        lines = [found_lines[key] for key in keys if key[0] == item]
        points = np.concatenate([np.array(line, float) for line in lines])
        low, size = points.min(axis=0) - 1, int(np.ptp(points, axis=0).max()) + 3
        grids = [_pixels(line, low, size) for line in lines]
        shares = [(a & b).sum() / (a | b).sum() for a, b in combinations(grids, 2)]
        naive.append(float(np.mean([share if share >= 0.1 else 0 for share in shares])))
    assert found.overlap.value == pytest.approx(float(np.mean(naive)), abs=0.003)


def test_four_readers_of_lung_nodules(nodules: list[dict[str, Any]]) -> None:
    lines = outlines(nodules)
    item, who = [key[0] for key in lines], [key[1] for key in lines]
    found = shape_agreement(polygons(item, who, ["nodule"] * len(lines), list(lines.values())))
    assert (found.items, found.annotators, found.shapes) == (240, 4, 960)
    assert found.objects.value == pytest.approx(0.9424, abs=5e-5)
    assert found.overlap.value == pytest.approx(0.7171, abs=5e-5)
    assert found.localisation.value == pytest.approx(0.7610, abs=5e-5)
    assert found.alpha.value == pytest.approx(0.7149, abs=5e-5)


def test_masks_agree_as_the_polygons_do_that_they_were_made_of() -> None:
    squares = [[[0, 0], [8, 0], [8, 8], [0, 8]], [[0, 0], [8, 0], [8, 6], [0, 6]]]
    runs = [encode_mask(raster(square, 10, 1)) for square in squares]
    columns = (["i", "i"], ["ann", "bo"], ["x", "x"])
    drawn_by = shape_agreement(polygons(*columns, squares)), shape_agreement(masks(*columns, runs))
    assert drawn_by[0].localisation.value == pytest.approx(0.75)
    assert _plain(drawn_by[0]) == pytest.approx(_plain(drawn_by[1]))
