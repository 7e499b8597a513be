import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from guiju.stats.shapes.boxes import iou_matrix
from guiju.stats.shapes.collection import Shapes, boxes
from guiju.stats.shapes.comparing import compare, shared_overlap
from guiju.stats.shapes.errors import NotAnOverlap
from guiju.stats.shapes.matching import best_matching
from guiju.stats.shapes.overlaps import overlaps
from tests.stats.shapes.naive import best_total

weight = st.one_of(st.just(0.0), st.floats(0.5, 1), st.sampled_from([0.5, 0.75, 1.0]))
table = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=weight)
)


def matched_total(cells: NDArray[np.float64]) -> float:
    left, right = np.nonzero(cells)
    chosen = best_matching(left, right, cells[left, right])
    assert len(set(left[chosen].tolist())) == len(set(right[chosen].tolist())) == len(chosen)
    return float(cells[left[chosen], right[chosen]].sum())


@settings(deadline=None)
@given(table)
def test_no_other_partners_share_more(cells: NDArray[np.float64]) -> None:
    assert matched_total(cells) == pytest.approx(best_total(cells), abs=1e-12)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.floats(0.02, 0.6))
def test_many_shapes_have_the_optimum_of_the_plain_hungarian_method(seed: int, dense: float) -> None:
    rng = np.random.default_rng(seed)
    cells = np.where(rng.random((30, 25)) < dense, rng.uniform(0.01, 1, (30, 25)), 0.0)
    rows, columns = linear_sum_assignment(cells, maximize=True)
    assert matched_total(cells) == pytest.approx(cells[rows, columns].sum(), abs=1e-12)


def test_nothing_to_match_is_nothing() -> None:
    none = np.zeros(0, np.int64)
    assert best_matching(none, none, np.zeros(0)).tolist() == []


def crowded(seed: int, items: int = 6, shapes: int = 12) -> tuple[Shapes, NDArray[np.float64], NDArray[np.int64]]:
    """Two annotators' boxes, close together."""
    rng = np.random.default_rng(seed)
    numbers = np.concatenate((rng.uniform(0, 30, (items * shapes, 2)), rng.uniform(5, 20, (items * shapes, 2))), axis=1)
    item, who = rng.integers(0, items, items * shapes), rng.integers(0, 2, items * shapes)
    label = rng.integers(0, 2, items * shapes)
    return boxes(item, who, label, numbers, answered="everyone"), numbers, label


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.sampled_from([0.2, 0.5, 0.7]))
def test_all_items_at_once_are_what_each_is_alone(seed: int, least: float) -> None:
    shapes, numbers, label = crowded(seed)
    assert len(shapes.annotators) == 2
    left = np.arange(0, len(shapes.item), 2)
    found = compare(shapes, left, left + 1, least)
    shared = shared_overlap(shapes, left, left + 1, least)
    for pair, answer in enumerate(left.tolist()):
        mine, theirs = (shapes.row[shapes.first[k] : shapes.first[k + 1]] for k in (answer, answer + 1))
        cells = iou_matrix(numbers[mine], numbers[theirs])
        near = found.near.pair == pair
        assert near.sum() == (cells >= min(0.1, least)).sum()
        close = np.where(cells >= least, cells, 0)
        assert _total(found.free, found.near.iou, near) == pytest.approx(_best(close), abs=1e-9)
        same = np.where(label[mine][:, None] == label[theirs][None, :], close, 0)
        assert _total(found.named, found.near.iou, near) == pytest.approx(_best(same), abs=1e-9)
        drawn = len(mine) + len(theirs)
        assert shared[pair] == pytest.approx(2 * _best(same) / drawn if drawn else 1, abs=1e-9)


def _total(edges: NDArray[np.int64], iou: NDArray[np.float64], near: NDArray[np.bool_]) -> float:
    return float(iou[edges[near[edges]]].sum())


def _best(cells: NDArray[np.float64]) -> float:
    rows, columns = linear_sum_assignment(cells, maximize=True)
    return float(cells[rows, columns].sum())


def test_in_pieces_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes, _, _ = crowded(3)
    left = np.arange(0, len(shapes.item), 2)
    whole = overlaps(shapes, left, left + 1, 0.1)
    monkeypatch.setattr("guiju.stats.shapes.overlaps._CHUNK", 10)
    pieces = overlaps(shapes, left, left + 1, 0.1)
    for name in ("pair", "left", "right", "left_slot", "right_slot", "iou"):
        assert getattr(pieces, name).tolist() == getattr(whole, name).tolist()


def test_equal_overlaps_go_to_equal_labels() -> None:
    same = [[0, 0, 9, 9]] * 4
    shapes = boxes([1] * 4, ["ann", "ann", "bo", "bo"], ["x", "y", "y", "x"], same)
    found = compare(shapes, np.array([0]), np.array([1]))
    assert found.same[found.free].tolist() == [1, 1]


def test_a_loose_pair_is_none_that_could_do_better() -> None:
    shapes = boxes([1] * 3, ["ann", "bo", "bo"], ["x"] * 3, [[0, 0, 10, 10], [0, 0, 10, 9], [0, 6, 10, 10]])
    found = compare(shapes, np.array([0]), np.array([1]))
    assert (len(found.near), len(found.free), len(found.loose)) == (2, 1, 0)
    alone = boxes([1] * 2, ["ann", "bo"], ["x"] * 2, [[0, 0, 10, 10], [0, 6, 10, 10]])
    assert len(compare(alone, np.array([0]), np.array([1])).loose) == 1


@pytest.mark.parametrize("least", [0, -1, 1.1, float("nan")])
def test_an_overlap_to_demand_lies_above_0_and_is_at_most_1(least: float) -> None:
    with pytest.raises(NotAnOverlap):
        compare(crowded(0)[0], np.array([0]), np.array([1]), least)
