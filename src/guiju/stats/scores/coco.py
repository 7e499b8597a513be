"""COCO's average precision and recall, by a maintained package (faster-coco-eval, the extra `ml`).

Formula: AP of a label at an IoU t is the mean, over recalls 0, .01, …, 1, of the highest precision at that recall or
above, predictions being taken by falling score and each matched to the free true shape with the greatest IoU >= t;
`ap` is the mean over labels and t = .50, .55, …, .95; `ar100` the mean over the same of the greatest recall with 100
predictions an image. Small is below 32^2 square pixels, large above 96^2.
Assumes: the truth is complete and holds no crowd regions. A label without a true shape counts nowhere.
Source: Lin et al. 2014, Microsoft COCO, doi:10.1007/978-3-319-10602-1_48.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields
from importlib import import_module
from typing import Any

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Floats
from guiju.stats.shapes.collection import Shapes
from guiju.stats.shapes.errors import ExtraWanted, UnlikeShapes
from guiju.stats.shapes.scored import facing, scores_of

_NAMES = ("ap", "ap50", "ap75", "ap_small", "ap_medium", "ap_large")
_RECALLS = ("ar1", "ar10", "ar100", "ar_small", "ar_medium", "ar_large")


@dataclass(frozen=True, slots=True)
class CocoScores:
    """COCO's twelve figures; `None` where no true shape has that size. `labels` has each label's `ap`."""

    images: int
    truths: int
    predictions: int
    ap: float | None
    ap50: float | None
    ap75: float | None
    ap_small: float | None
    ap_medium: float | None
    ap_large: float | None
    ar1: float | None
    ar10: float | None
    ar100: float | None
    ar_small: float | None
    ar_medium: float | None
    ar_large: float | None
    labels: tuple[tuple[Hashable, float | None], ...]

    def to_dict(self) -> dict[str, object]:
        plain: dict[str, object] = {field.name: getattr(self, field.name) for field in fields(self)}
        return plain | {"labels": [{"label": label, "ap": ap} for label, ap in self.labels]}

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        if self.ap is None:
            return (Sentence(N_("The truth holds no shape, so there is no average precision.")),)
        figure = N_(
            "Averaged over labels, over overlaps from .50 to .95 and over every recall, {ap} of what is predicted is"
            " right; at an overlap of .50 alone it is {ap50}."
        )
        limits = N_(
            "It ranks models and is no rate of errors: no threshold of the score is chosen, each label counts alike"
            " however rare, and it carries no interval."
        )
        places = {"ap": f"{self.ap:.3f}", "ap50": f"{self.ap50 or 0.0:.3f}"}
        return (Sentence(figure, places), Sentence(limits))


def coco_scores(
    shapes: Shapes, truth: Hashable, model: Hashable, scores: Sequence[float] | Floats | None = None
) -> CocoScores:
    """COCO's scores of what `model` drew against `truth`, for boxes and masks.

    Formula, Assumes, Source: see the module. `scores` stand beside the rows as they were given; without them all
    predictions weigh alike and their order decides. Raises `ExtraWanted` if the package is not installed,
    `UnlikeShapes` for polygons (make masks of them), `UnknownName`, `NoTruth`, `NotAScore`.

    >>> from guiju.stats.shapes.collection import boxes
    >>> drawn = boxes(["i"] * 3, ["gold", "net", "net"], ["cell"] * 3, [[0, 0, 9, 9], [0, 0, 9, 7], [40, 0, 9, 9]])
    >>> found = coco_scores(drawn, "gold", "net", [1, 0.9, 0.3])
    >>> round(found.ap, 3), found.ap50
    (0.6, 1.0)
    """
    if shapes.geometry.form == "polygon":
        raise UnlikeShapes(one="polygon", other="box, mask")
    package = _package()
    known = scores_of(shapes, model, scores)
    two = facing(shapes, truth, model)
    score = np.empty(len(shapes))
    score[shapes.row] = np.where(np.isfinite(known), known, 1.0)
    dataset, predictions = _written(two, score[two.row], package)
    found = _figures(package, dataset, predictions, "bbox" if shapes.geometry.form == "box" else "segm")
    per_label = [(label, found[1].get(k)) for k, label in enumerate(two.labels)]
    counts = (len(two.item) // 2, len(dataset["annotations"]), len(predictions))
    return CocoScores(*counts, *found[0], labels=tuple(per_label))


def _package() -> Any:
    try:
        return import_module("faster_coco_eval")
    except ImportError as error:
        raise ExtraWanted(package="faster-coco-eval", extra="ml") from error


def _written(two: Shapes, score: Floats, package: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The truth as a COCO data set, and the predictions as COCO results."""
    item, model = two.item[two.answer], two.annotator[two.answer] == 1
    rows = [
        {"id": row + 1, "image_id": int(item[row]), "category_id": int(two.label[row]), "iscrowd": 0}
        | _geometry(two, row, package)
        for row in range(len(two))
    ]
    truths = [row for row, predicted in zip(rows, model.tolist(), strict=True) if not predicted]
    predictions = [rows[row] | {"score": float(score[row])} for row in np.flatnonzero(model).tolist()]
    images = [{"id": int(code), **_size(two)} for code in two.item[::2].tolist()]
    categories = [{"id": k, "name": str(label)} for k, label in enumerate(two.labels)]
    return {"info": {}, "images": images, "annotations": truths, "categories": categories}, predictions


def _size(two: Shapes) -> dict[str, int]:
    x2, y2 = two.geometry.bounds[2:]
    return {"width": int(np.ceil(x2.max(initial=1))), "height": int(np.ceil(y2.max(initial=1)))}


def _geometry(two: Shapes, row: int, package: Any) -> dict[str, Any]:
    x1, y1, x2, y2 = (float(side[row]) for side in two.geometry.bounds)
    plain = {"bbox": [x1, y1, x2 - x1, y2 - y1], "area": float(two.geometry.area[row])}
    if two.geometry.form == "box":
        return plain
    mask = two.geometry.at(row)
    return plain | {"segmentation": package.mask.frPyObjects(mask, *mask["size"])}


def _figures(
    package: Any, dataset: dict[str, Any], predictions: list[dict[str, Any]], form: str
) -> tuple[list[float | None], dict[int, float | None]]:
    if not dataset["annotations"]:
        return [None] * 12, {}
    if not predictions:
        return _all_missed(dataset)
    truth = package.COCO(dataset)
    engine = package.COCOeval_faster(truth, truth.loadRes(predictions), form, print_function=_quiet)
    engine.evaluate()
    engine.accumulate()
    engine.summarize()
    figures = [None if value < 0 else float(value) for value in list(engine.stats[:12])]
    precision = engine.eval["precision"][:, :, :, 0, -1]  # overlap x recall x label, any size, 100 predictions
    per_label: dict[int, float | None] = {}
    for place, label in enumerate(engine.params.catIds):
        values = precision[:, :, place]
        per_label[int(label)] = float(values[values > -1].mean()) if (values > -1).any() else None
    return figures, per_label


def _all_missed(dataset: dict[str, Any]) -> tuple[list[float | None], dict[int, float | None]]:
    """Nothing predicted: 0 wherever something true could have been found."""
    area = np.array([row["area"] for row in dataset["annotations"]])
    small, large = bool((area <= 32**2).any()), bool((area >= 96**2).any())
    medium = bool(((area >= 32**2) & (area <= 96**2)).any())
    sized = [0.0 if there else None for there in (small, medium, large)]
    labels = {int(row["category_id"]): 0.0 for row in dataset["annotations"]}
    return [0.0, 0.0, 0.0, *sized, 0.0, 0.0, 0.0, *sized], dict(labels)


def _quiet(*_: object) -> None:
    """The package prints its table; ours is the result."""
