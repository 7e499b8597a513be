"""Polygons: compared by the area they share, merged by what most enclose, and held against real readers' outlines."""

import json
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kinds import KINDS, FieldShape, ItemShape, Merged, Polygon, Polygons, check_answers
from guiju.kinds.points import Points, area_of, crosses_itself, without_repeats
from guiju.stats.shapes.collection import polygons
from guiju.work.trial.compare import NOTHING, compare_field, confused
from guiju.work.trial.model import Answered
from tests.stats.published import shared

FIELD = FieldShape("parts", "polygon", ("leaf", "stem"))
IMAGE = ItemShape("image", width=512, height=512)
distance = KINDS["polygon"].distance
TOOTH = 40.0


def rectangle(x: float, y: float, w: float = 10, h: float = 10) -> Points:
    return ((x, y), (x + w, y), (x + w, y + h), (x, y + h))


def drawn(*rings: Points, label: str = "leaf") -> Polygons:
    return Polygons(tuple(Polygon(f"p{n}", label, ring) for n, ring in enumerate(rings)))


def merged(*answers: Polygons) -> Merged[Polygons]:
    found = KINDS["polygon"].merge(answers)
    assert found is not None
    return found


whole = st.integers(0, 40).map(float)
rings = st.builds(rectangle, whole, whole, st.integers(1, 20).map(float), st.integers(1, 20).map(float))
named = st.tuples(rings, st.sampled_from(("leaf", "stem")))
answers = st.lists(named, max_size=5).map(
    lambda rows: Polygons(tuple(Polygon(f"p{n}", label, ring) for n, (ring, label) in enumerate(rows)))
)


@settings(deadline=None)  # the first comparison loads NumPy
@given(answers, answers)
def test_a_distance_is_symmetric_and_between_nought_and_one(a: Polygons, b: Polygons) -> None:
    assert 0 <= distance(a, b) <= 1
    assert distance(a, b) == distance(b, a)
    assert distance(a, a) == 0


@settings(deadline=None)
@given(answers)
def test_where_a_ring_begins_and_which_way_it_runs_is_no_disagreement(answer: Polygons) -> None:
    turned = [Polygon(f"x{n}", p.label, (*p.points[2:], *p.points[:2])[::-1]) for n, p in enumerate(answer.shapes)]
    assert distance(answer, Polygons(tuple(reversed(turned)))) == pytest.approx(0, abs=1e-9)


@settings(deadline=None)
@given(st.lists(answers, min_size=3, max_size=3))
def test_who_came_first_does_not_change_the_merge(three: list[Polygons]) -> None:
    merge = KINDS["polygon"].merge
    assert repr(merge(three)) == repr(merge(three[::-1])) == repr(merge([three[1], three[0], three[2]]))


@settings(deadline=None)
@given(st.lists(answers, min_size=2, max_size=4))
def test_what_was_merged_may_be_submitted(several: list[Polygons]) -> None:
    found = KINDS["polygon"].merge(several)
    if found is not None:
        assert check_answers({"parts": found.answer}, [FIELD], IMAGE) == []


def test_polygons_are_apart_by_the_area_they_do_not_share() -> None:
    both = drawn(rectangle(0, 0), rectangle(100, 0))
    triangle = drawn(((0.0, 0.0), (10.0, 0.0), (0.0, 10.0)))
    assert distance(both, drawn(rectangle(0, 0))) == pytest.approx(1 - 2 / 3)
    assert distance(drawn(rectangle(0, 0)), drawn(rectangle(0, 0, 10, 8))) == pytest.approx(0.2)
    assert distance(drawn(rectangle(0, 0)), triangle) == pytest.approx(0.5)
    assert distance(drawn(rectangle(0, 0)), drawn(rectangle(0, 0), label="stem")) == 1
    assert distance(drawn(), both) == 1
    assert distance(drawn(), drawn()) == 0


def test_an_unchecked_outline_without_an_inside_is_nobodys_partner() -> None:
    line = ((0.0, 0.0), (5.0, 5.0), (9.0, 9.0))
    assert distance(drawn(rectangle(0, 0), line), drawn(rectangle(0, 0))) == pytest.approx(1 - 2 / 3)
    assert distance(drawn(line), drawn(line[:2])) == 1


def test_an_outline_that_most_drew_encloses_what_most_enclose() -> None:
    found = merged(
        drawn(rectangle(0, 0), rectangle(200, 200)), drawn(rectangle(0, 0, 10, 8)), drawn(rectangle(0, 0, 8, 10))
    )
    (one,) = found.answer.shapes
    assert (one.id, one.label, area_of(one.points)) == ("m1", "leaf", 96)
    assert found.confidence == pytest.approx((1 + 2 / 3) / 2)


def test_a_tied_label_goes_to_a_person() -> None:
    merge = KINDS["polygon"].merge
    assert merge([drawn(rectangle(0, 0)), drawn(rectangle(0, 0), label="stem")]) is None
    assert merge([]) is None
    assert merged(drawn(), drawn()).confidence == 1


def test_of_pieces_the_largest_becomes_the_outline() -> None:
    whole_comb = ((0.0, 0.0), (100.0, 0.0), (100.0, 40.0), (0.0, 40.0))
    left, right = rectangle(0, 0, 60, TOOTH), rectangle(62, 0, 38, TOOTH)
    gap = (*left[:2], (60.0, 0.5), (62.0, 0.5), *right[:3], (62.0, TOOTH), (62.0, 1.0), (60.0, 1.0), *left[2:])
    assert not crosses_itself(gap)
    found = merged(drawn(whole_comb), drawn(gap), drawn(gap))
    assert area_of(found.answer.shapes[0].points) == pytest.approx(area_of(gap))


def test_polygons_in_one_place_are_confused_by_label_and_one_alone_with_nothing() -> None:
    one = Polygons((*drawn(rectangle(0, 0)).shapes, Polygon("p9", "leaf", rectangle(50, 0))))
    other = drawn(rectangle(1, 0), label="stem")
    assert sorted(confused(one, other)) == [("leaf", NOTHING), ("leaf", "stem")]


def test_a_trial_is_reported_by_label_and_confusion() -> None:
    same, moved = drawn(rectangle(0, 0)), drawn(rectangle(0, 0), label="stem")
    rows = [Answered(1, 1, same), Answered(1, 2, same), Answered(2, 1, same), Answered(2, 2, moved)]
    report = compare_field(FIELD, rows)
    assert report.observed.value == pytest.approx(0.5)
    assert {line.label: line.n for line in report.labels} == {"leaf": 3, "stem": 1}
    assert [(line.a, line.b, line.count) for line in report.confusions] == [("leaf", "stem", 1)]


def test_sides_that_cross_are_told_from_sides_that_touch() -> None:
    assert crosses_itself(((0, 0), (10, 10), (10, 0), (0, 10)))
    assert not crosses_itself(((0, 0), (5, 5), (10, 0), (10, 10), (5, 5), (0, 10)))
    assert without_repeats([(0, 0), (0, 0), (1, 0), (1, 1), (0, 0)]) == ((0, 0), (1, 0), (1, 1))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=9))
def test_the_sweep_over_sides_finds_what_looking_at_all_pairs_finds(points: list[tuple[int, int]]) -> None:
    def turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
        found = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        return (found > 0) - (found < 0)

    sides = list(zip(points, (*points[1:], points[0]), strict=True))
    naive = any(
        turn(*one, other[0]) * turn(*one, other[1]) < 0 and turn(*other, one[0]) * turn(*other, one[1]) < 0
        for one, other in combinations(sides, 2)
    )
    assert crosses_itself(tuple((float(x), float(y)) for x, y in points)) is naive


# Real readers


def readings() -> dict[str, dict[str, list[Points]]]:
    """The outlines of each slice by reader, of 80 nodules."""
    found: dict[str, dict[str, list[Points]]] = {}
    for line in shared("data/lidc_polygons/nodules.jsonl").read_text().splitlines():
        nodule: dict[str, Any] = json.loads(line)
        for reader in nodule["readers"]:
            for contour in reader["contours"]:
                ring = without_repeats([(float(x), float(y)) for x, y in contour["points"]])
                by_reader = found.setdefault(f"{nodule['nodule']}@{contour['z']}", {})
                by_reader.setdefault(reader["reader"], []).append(ring)
    return found


def test_real_outlines_agree_through_the_kind_as_they_do_by_the_statistics() -> None:
    pairs = [pair for by_reader in readings().values() for pair in combinations(by_reader.values(), 2)]
    alone = [(a[0], b[0]) for a, b in pairs if len(a) == len(b) == 1 and min(len(a[0]), len(b[0])) > 2]
    assert len(alone) == 1_440
    ours = [1 - distance(drawn(a), drawn(b)) for a, b in alone]
    geometry = polygons(
        [0] * 2 * len(alone), [0] * 2 * len(alone), ["x"] * 2 * len(alone), [r for p in alone for r in p]
    )
    theirs = _ious(geometry, len(alone))
    assert ours == pytest.approx([share if share >= 0.5 else 0.0 for share in theirs], abs=1e-6)
    assert sum(ours) / len(ours) == pytest.approx(0.7171, abs=1e-4)


def _ious(shapes: Any, pairs: int) -> list[float]:
    place = np.argsort(shapes.row)
    return shapes.geometry.iou(place[0::2], place[1::2], 0.0).tolist()[:pairs]


def test_of_960_real_outlines_all_but_two_may_be_submitted() -> None:
    rings = [ring for by_reader in readings().values() for outlines in by_reader.values() for ring in outlines]
    found = [p.code for ring in rings for p in check_answers({"parts": drawn(ring)}, [FIELD], IMAGE)]
    assert len(rings) == 960
    assert found == ["crosses-itself"] * 2, "two readers' hands slipped into a knot"
