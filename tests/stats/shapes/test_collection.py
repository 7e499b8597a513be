import numpy as np
import pytest

from guiju.stats.shapes.collection import boxes, masks, polygons
from guiju.stats.shapes.errors import LabelMissing, MasksDifferInSize, NotAnswered, NothingDrawn, UnevenShapes

ONE = [[0, 0, 4, 4]]
MASK = {"size": [2, 2], "counts": [1, 3]}


def test_shapes_are_sorted_by_item_and_annotator_and_remember_their_rows() -> None:
    found = boxes(["b", "a", "a"], ["bo", "bo", "ann"], ["x", "x", "y"], [[1, 0, 4, 4], [2, 0, 4, 4], [3, 0, 4, 4]])
    assert found.row.tolist() == [2, 1, 0]
    assert [(found.items[i], found.annotators[a]) for i, a in zip(found.item, found.annotator, strict=True)] == [
        ("a", "ann"),
        ("a", "bo"),
        ("b", "bo"),
    ]


def test_integer_columns_are_the_same_as_lists() -> None:
    item, who, label = [5, 3, 3], [1, 1, 0], [7, 7, 8]
    numbers = [[0, 0, 4, 4], [1, 0, 4, 4], [2, 0, 4, 4]]
    fast, slow = boxes(np.array(item), np.array(who), np.array(label), numbers), boxes(item, who, label, numbers)
    assert (fast.items, fast.annotators, fast.labels) == (slow.items, slow.annotators, slow.labels)
    assert fast.row.tolist() == slow.row.tolist()


def test_who_looked_without_drawing_has_an_answer_where_that_is_said() -> None:
    item, who = ["a", "b"], ["ann", "bo"]
    numbers = [[0, 0, 4, 4], [0, 0, 4, 4]]
    assert boxes(item, who, ["x", "x"], numbers).drawn.tolist() == [1, 1]
    assert boxes(item, who, ["x", "x"], numbers, answered="everyone").drawn.tolist() == [1, 0, 0, 1]
    listed = [("a", "ann"), ("b", "bo"), ("c", "bo")]
    assert boxes(item, who, ["x", "x"], numbers, answered=listed).drawn.tolist() == [1, 1, 0]


def test_only_empty_answers_are_a_collection() -> None:
    found = boxes([], [], [], [], answered=[("a", "ann"), ("a", "bo")])
    assert (len(found), found.drawn.tolist()) == (0, [0, 0])
    assert polygons([], [], [], [], answered=[("a", "ann")]).drawn.tolist() == [0]
    assert masks([], [], [], [], answered=[("a", "ann")]).drawn.tolist() == [0]


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(NothingDrawn):
        boxes([], [], [], [])


def test_a_box_of_another_image_is_refused() -> None:
    with pytest.raises(NotAnswered) as found:
        boxes(["a"], ["ann"], ["x"], ONE, answered=[("b", "ann")])
    assert found.value.details == {"row": 0, "item": "a", "annotator": "ann"}


def test_columns_of_different_length_and_missing_labels_are_refused() -> None:
    with pytest.raises(UnevenShapes):
        boxes(["a", "b"], ["ann"], ["x"], ONE)
    with pytest.raises(LabelMissing):
        boxes(["a"], ["ann"], [None], ONE)
    with pytest.raises(LabelMissing):
        boxes(["a"], ["ann"], [float("nan")], ONE)


def test_masks_of_one_item_are_equally_large() -> None:
    other = {"size": [2, 3], "counts": [1, 5]}
    with pytest.raises(MasksDifferInSize):
        masks(["a", "a"], ["ann", "bo"], ["x", "x"], [MASK, other])
    assert not masks(["a", "b"], ["ann", "bo"], ["x", "x"], [MASK, other]).geometry.comparable
