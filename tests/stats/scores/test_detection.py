import contextlib
import io
import json
import sys
import warnings
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.scores.coco import coco_scores
from guiju.stats.scores.detection import NOTHING_FOUND, NOTHING_TRUE, detection_scores
from guiju.stats.shapes.boxes import iou_matrix
from guiju.stats.shapes.collection import Shapes, boxes, masks, polygons
from guiju.stats.shapes.errors import ExtraWanted, NotAScore, NoTruth, UnevenShapes, UnknownName, UnlikeShapes
from tests.stats.shapes.bccd import Cells, cells, second_hand
from tests.stats.shapes.naive import best_total

SQUARE = [[0, 0], [8, 0], [8, 8], [0, 8]]
MASK = {"size": [4, 4], "counts": [1, 15]}


def versus(truth: list[tuple[str, list[float]]], model: list[tuple[str, list[float]]]) -> Shapes:
    rows = [("gold", *one) for one in truth] + [("net", *one) for one in model]
    listed = [("i", "gold"), ("i", "net")]
    columns: list[list[Any]] = [[row[k] for row in rows] for k in range(3)]
    who, label, numbers = columns
    return boxes(["i"] * len(rows), who, label, numbers or np.zeros((0, 4)), answered=listed)


def test_each_kind_of_error_is_counted_as_what_it_is() -> None:
    truth = [("x", [100.0 * k, 0, 10, 10]) for k in range(6)]
    model: list[tuple[str, list[float]]] = [
        ("x", [0, 0, 10, 9]),  # right
        ("x", [0, 0, 10, 8]),  # the same again
        ("y", [100, 0, 10, 10]),  # confused
        ("x", [200, 6, 10, 10]),  # loose
        ("y", [300, 6, 10, 10]),  # both at once
        ("x", [900, 0, 10, 10]),  # on nothing
    ]
    found = detection_scores(versus(truth, model), "gold", "net")
    assert found.errors.to_dict() == {
        "duplicate": 1,
        "confused": 1,
        "loose": 1,
        "both": 1,
        "background": 1,
        "missed": 2,
    }
    assert (found.precision.value, found.recall.value, found.f1.value) == pytest.approx((1 / 6, 1 / 6, 1 / 6))
    assert found.localisation.value == pytest.approx(0.9)
    assert {one.label: (one.truths, one.predictions) for one in found.labels} == {"x": (6, 4), "y": (0, 2)}
    assert "2 true shapes were missed" in str(found.meaning[1])
    json.dumps(found.to_dict())


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 100_000))
def test_predictions_are_right_or_wrong_in_one_way_and_none_more_could_be_right(seed: int) -> None:
    rng = np.random.default_rng(seed)

    def some(n: int) -> list[tuple[str, list[float]]]:
        return [(str(rng.choice(["x", "y"])), [*rng.uniform(0, 25, 2), *rng.uniform(6, 15, 2)]) for _ in range(n)]

    truth, model = some(int(rng.integers(0, 6))), some(int(rng.integers(0, 6)))
    found = detection_scores(versus(truth, model), "gold", "net")
    errors = found.errors
    wrong = errors.duplicate + errors.confused + errors.loose + errors.both + errors.background
    assert found.right + wrong == len(model)
    assert errors.missed <= len(truth) - found.right
    if truth and model:
        cells_ = iou_matrix([one[1] for one in truth], [one[1] for one in model])
        same = np.array([[a[0] == b[0] for b in model] for a in truth])
        best = best_total(np.where((cells_ >= 0.5) & same, cells_, 0))
        assert (found.localisation.value or 0) * found.right == pytest.approx(best)


def test_nothing_predicted_has_no_precision_and_nothing_true_no_recall() -> None:
    one = [("x", [0.0, 0, 4, 4])]
    nothing = detection_scores(versus(one, []), "gold", "net")
    assert (nothing.precision.value, nothing.precision.why) == (None, NOTHING_FOUND)
    assert (nothing.recall.value, nothing.f1.value, nothing.errors.missed) == (0, 0, 1)
    empty = detection_scores(versus([], one), "gold", "net")
    assert (empty.recall.value, empty.recall.why) == (None, NOTHING_TRUE)
    assert (empty.precision.value, empty.errors.background) == (0, 1)
    neither = detection_scores(versus([], []), "gold", "net")
    assert (neither.f1.value, neither.f1.why) == (None, NOTHING_TRUE)


def test_scores_below_the_chosen_one_are_left_out() -> None:
    shapes = versus([("x", [0.0, 0, 4, 4])], [("x", [0.0, 0, 4, 4]), ("x", [9.0, 9, 4, 4])])
    scores = [float("nan"), 0.9, 0.2]
    assert detection_scores(shapes, "gold", "net", scores=scores).precision.value == 0.5
    assert detection_scores(shapes, "gold", "net", scores=scores, score_from=0.5).precision.value == 1
    with pytest.raises(NotAScore):
        detection_scores(shapes, "gold", "net", scores=[1, float("nan"), 1])
    with pytest.raises(UnevenShapes):
        detection_scores(shapes, "gold", "net", scores=[1])


def test_an_item_that_the_model_did_not_answer_is_missed_and_one_without_truth_refused() -> None:
    columns = (["i", "j", "i"], ["gold", "gold", "net"], ["x"] * 3, [[0, 0, 4, 4]] * 3)
    assert detection_scores(boxes(*columns), "gold", "net").recall.value == 0.5
    with pytest.raises(NoTruth):
        detection_scores(boxes(*columns), "net", "gold")
    with pytest.raises(UnknownName):
        detection_scores(boxes(*columns), "gold", "other")


def _cells_and_model() -> tuple[Shapes, list[float], Cells, Cells]:
    truth = cells()
    model = second_hand(truth, 3)
    rng = np.random.default_rng(4)
    scores = rng.permutation(np.linspace(0.05, 0.95, len(model.item)))
    item = [*truth.item, *model.item]
    who = ["gold"] * len(truth.item) + ["net"] * len(model.item)
    numbers = np.concatenate((truth.numbers, model.numbers))
    shapes = boxes(item, who, [*truth.label, *model.label], numbers, answered="everyone")
    return shapes, [1.0] * len(truth.item) + scores.tolist(), truth, model


def _pycocotools(truth: Cells, model: Cells, scores: list[float]) -> list[float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pycocotools.coco import COCO
        from pycocotools.cocoeval import COCOeval
    images, labels = sorted(set(truth.item)), sorted({*truth.label, *model.label})

    def rows(one: Cells) -> list[dict[str, Any]]:
        return [
            {
                "image_id": images.index(i),
                "category_id": labels.index(c),
                "bbox": n,
                "area": n[2] * n[3],
                "iscrowd": 0,
                "id": k + 1,
            }
            for k, (i, c, n) in enumerate(zip(one.item, one.label, one.numbers.tolist(), strict=True))
        ]

    with contextlib.redirect_stdout(io.StringIO()):
        gold: Any = COCO()
        gold.dataset = {
            "images": [{"id": k} for k in range(len(images))],
            "categories": [{"id": k} for k in range(len(labels))],
            "annotations": rows(truth),
        }
        gold.createIndex()
        found = gold.loadRes([row | {"score": score} for row, score in zip(rows(model), scores, strict=True)])
        engine: Any = COCOeval(gold, found, "bbox")
        engine.evaluate()
        engine.accumulate()
        engine.summarize()
    return cast("list[float]", engine.stats.tolist())


def test_average_precision_of_real_boxes_is_that_of_pycocotools() -> None:
    shapes, scores, truth, model = _cells_and_model()
    found = coco_scores(shapes, "gold", "net", scores)
    theirs = _pycocotools(truth, model, scores[len(truth.item) :])
    names = (
        "ap",
        "ap50",
        "ap75",
        "ap_small",
        "ap_medium",
        "ap_large",
        "ar1",
        "ar10",
        "ar100",
        "ar_small",
        "ar_medium",
        "ar_large",
    )
    ours = [getattr(found, name) for name in names]
    assert ours == [pytest.approx(value, abs=1e-9) if value >= 0 else None for value in theirs]
    per_label = [ap for _, ap in found.labels]
    assert np.mean([ap for ap in per_label if ap is not None]) == pytest.approx(found.ap)
    assert (found.images, found.truths, found.predictions) == (73, len(truth.item), len(model.item))
    assert "average" not in str(found.meaning[1])


def test_real_boxes_have_intervals_that_hold_their_value() -> None:
    shapes, scores, truth, model = _cells_and_model()
    found = detection_scores(shapes, "gold", "net", scores=scores)
    for figure in (found.precision, found.recall, found.f1, found.localisation):
        assert figure.value is not None
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low < figure.value < figure.high
    assert (found.truths, found.predictions) == (len(truth.item), len(model.item))


def test_masks_have_average_precision_and_polygons_are_refused() -> None:
    half = {"size": [4, 4], "counts": [8, 8]}
    shapes = masks(["i", "i", "i"], ["gold", "net", "net"], ["x"] * 3, [MASK, MASK, half])
    found = coco_scores(shapes, "gold", "net", [1, 0.9, 0.8])
    assert (found.ap, found.ap_small, found.ap_large) == (pytest.approx(1), pytest.approx(1), None)
    with pytest.raises(UnlikeShapes):
        coco_scores(polygons(["i"] * 2, ["gold", "net"], ["x"] * 2, [SQUARE, SQUARE]), "gold", "net")


def test_nothing_predicted_is_nought_and_nothing_true_is_none() -> None:
    found = coco_scores(versus([("x", [0.0, 0, 50, 50])], []), "gold", "net")
    assert (found.ap, found.ap_small, found.ap_medium, found.ar100, found.labels) == (0, None, 0, 0, (("x", 0.0),))
    none = coco_scores(versus([], [("x", [0.0, 0, 50, 50])]), "gold", "net")
    assert (none.ap, none.labels) == (None, (("x", None),))
    assert len(none.meaning) == 1


def test_without_the_extra_the_refusal_says_which_one_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_coco_eval", None)
    with pytest.raises(ExtraWanted) as found:
        coco_scores(versus([], []), "gold", "net")
    assert "guiju[ml]" in str(found.value)
