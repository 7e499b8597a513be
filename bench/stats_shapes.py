"""Agreement of three annotators' boxes, beside what people do today: COCOeval between each two of them."""

import contextlib
import io
import time
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.table import Row, median_of, show
from guiju.stats.agreement.shapes import shape_agreement
from guiju.stats.consensus.shapes import shape_consensus
from guiju.stats.scores.detection import detection_scores
from guiju.stats.shapes.collection import boxes

IMAGES, OBJECTS, CLASSES, PEOPLE = 5_000, 20, 5, 3


class Drawn(NamedTuple):
    """Aligned columns: item, annotator and label codes, and x, y, w, h."""

    item: NDArray[np.int64]
    annotator: NDArray[np.int64]
    label: NDArray[np.int64]
    numbers: NDArray[np.float64]


def drawn(seed: int = 1) -> Drawn:
    """Three hands on the same objects, each some pixels off, 5% of the labels taken for another."""
    rng = np.random.default_rng(seed)
    n = IMAGES * OBJECTS
    truth = np.concatenate((rng.uniform(0, 600, (n, 2)), rng.uniform(10, 80, (n, 2))), axis=1)
    label = rng.integers(0, CLASSES, n)
    hands = np.concatenate([truth + rng.normal(0, 2, truth.shape) for _ in range(PEOPLE)])
    hands[:, 2:] = np.maximum(hands[:, 2:], 3)
    wrong = rng.random(n * PEOPLE) < 0.05
    labels = np.where(wrong, rng.integers(0, CLASSES, n * PEOPLE), np.tile(label, PEOPLE))
    item = np.tile(np.repeat(np.arange(IMAGES), OBJECTS), PEOPLE)
    return Drawn(item, np.repeat(np.arange(PEOPLE), n), labels, hands)


def rows(runs: int = 3) -> list[Row]:
    """Ours, theirs, and the ratio of the two in this run."""
    columns = drawn()
    _ours(columns)  # SciPy is loaded once, and not timed
    ours = median_of(runs, lambda: _timed(lambda: _ours(columns)))
    shapes = boxes(*columns)
    theirs = _timed(lambda: _theirs(columns))
    ready = median_of(runs, lambda: _timed(lambda: shape_agreement(shapes)))
    merged = median_of(runs, lambda: _timed(lambda: shape_consensus(shapes)))
    scored = median_of(runs, lambda: _timed(lambda: detection_scores(shapes, 0, 1)))
    once = f"{theirs / 3:.2f} s for one pair"
    return [
        Row(
            "agreement, from columns",
            f"{ours:.2f} s",
            "≥ 20 x",
            f"COCOeval x 3: {theirs:.1f} s = {theirs / ours:.0f} x",
        ),
        Row("agreement, from a collection", f"{ready:.2f} s", "", f"{theirs / ready:.0f} x"),
        Row("consensus", f"{merged:.2f} s"),
        Row("detection scores of one against another", f"{scored:.2f} s", "", f"{once} = {theirs / 3 / scored:.0f} x"),
    ]


def main() -> None:
    """Print the table."""
    show(f"Boxes of {PEOPLE} annotators, {IMAGES:,} images x {OBJECTS}", rows())


def _ours(columns: Drawn) -> None:
    shape_agreement(boxes(*columns))


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _theirs(columns: Drawn) -> None:
    for one, other in ((0, 1), (0, 2), (1, 2)):
        _pair(columns, one, other)


def _pair(columns: Drawn, one: int, other: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pycocotools.coco import COCO  # noqa: PLC0415 - only the benchmark's other side needs it
        from pycocotools.cocoeval import COCOeval  # noqa: PLC0415 - the same
    with contextlib.redirect_stdout(io.StringIO()):
        truth: Any = COCO()
        truth.dataset = {
            "images": [{"id": image} for image in range(IMAGES)],
            "categories": [{"id": label} for label in range(CLASSES)],
            "annotations": _coco(columns, one),
        }
        truth.createIndex()
        found = truth.loadRes([row | {"score": 1.0} for row in _coco(columns, other)])
        engine: Any = COCOeval(truth, found, "bbox")
        engine.evaluate()
        engine.accumulate()
        engine.summarize()


def _coco(columns: Drawn, who: int) -> list[dict[str, Any]]:
    mine = columns.annotator == who
    parts = (columns.item[mine].tolist(), columns.label[mine].tolist(), columns.numbers[mine].tolist())
    return [
        {"id": k + 1, "image_id": image, "category_id": label, "bbox": box, "area": box[2] * box[3], "iscrowd": 0}
        for k, (image, label, box) in enumerate(zip(*parts, strict=True))
    ]
