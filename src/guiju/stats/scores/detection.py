"""How well a model (or anybody) finds what the truth holds: precision, recall, F1 at one overlap, and kinds of error.

Formula: predictions and true shapes of one label are matched so that the sum of their IoU is greatest among pairs with
IoU >= t (`guiju.stats.shapes.matching`). With TP the matches, P the predictions, T the true shapes, summed over images:
    precision = TP / P      recall = TP / T      F1 = 2 TP / (P + T)      localisation = mean IoU of the matches
A prediction without a match is, by the first that holds,
    duplicate   IoU >= t with a true shape of its label (which has its match already)
    confused    IoU >= t with a true shape of another label
    loose       .1 <= IoU < t with a true shape of its label
    both        .1 <= IoU < t with a true shape of another label: confused and loose at once
    background  nothing true is there
and a true shape without a match is *missed* unless a confused, loose or both prediction lies on it.
Assumes: the truth is complete; scores below the one chosen are left out first, and the order of the rest says nothing.
Source: Everingham et al. 2010, doi:10.1007/s11263-009-0275-4; kinds of error after Bolya et al. 2020, TIDE,
doi:10.1007/978-3-030-58580-8_33. Intervals over images: `guiju.stats.shapes.shares`.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Floats
from guiju.stats.figure import Figure
from guiju.stats.shapes.collection import Shapes
from guiju.stats.shapes.comparing import Comparison, compare
from guiju.stats.shapes.scored import facing, scores_of
from guiju.stats.shapes.shares import grouped_shares, shares

NOTHING_FOUND = N_("Nothing was predicted, so there is no precision.")
NOTHING_TRUE = N_("The truth holds no shape, so there is nothing to find.")
NOTHING_RIGHT = N_("No prediction is right, so no outline can be compared.")


@dataclass(frozen=True, slots=True)
class DetectionErrors:
    """Counts: the first five are predictions that are wrong, `missed` are true shapes that nothing lies on."""

    duplicate: int
    confused: int
    loose: int
    both: int
    background: int
    missed: int

    def to_dict(self) -> dict[str, int]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class LabelDetection:
    """One label's scores over `truths` true and `predictions` predicted shapes."""

    label: Hashable
    truths: int
    predictions: int
    precision: Figure
    recall: Figure
    f1: Figure

    def to_dict(self) -> dict[str, object]:
        figures = {name: getattr(self, name).to_dict() for name in ("precision", "recall", "f1")}
        return {"label": self.label, "truths": self.truths, "predictions": self.predictions, **figures}


@dataclass(frozen=True, slots=True)
class DetectionScores:
    """Scores at one IoU and above one score, over `images`."""

    images: int
    truths: int
    predictions: int
    right: int
    least: float
    precision: Figure
    recall: Figure
    f1: Figure
    localisation: Figure
    errors: DetectionErrors
    labels: tuple[LabelDetection, ...]

    def to_dict(self) -> dict[str, object]:
        counts = {name: getattr(self, name) for name in ("images", "truths", "predictions", "right", "least")}
        figures = {name: getattr(self, name).to_dict() for name in ("precision", "recall", "f1", "localisation")}
        labels = [label.to_dict() for label in self.labels]
        return {**counts, **figures, "errors": self.errors.to_dict(), "labels": labels}

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        places = {
            "right": str(self.right),
            "predictions": str(self.predictions),
            "truths": str(self.truths),
            "images": str(self.images),
            "least": f"{self.least:g}",
            **{name: str(value) for name, value in self.errors.to_dict().items()},
        }
        found = N_(
            "Of {predictions} predictions in {images} images {right} lie on one of the {truths} true shapes, with its"
            " label and an overlap of at least {least}."
        )
        wrong = N_(
            "Of the others {background} lie on nothing, {confused} have the wrong label, {loose} are drawn too"
            " loosely, {both} are both, {duplicate} repeat a right one; {missed} true shapes were missed."
        )
        limits = N_("These figures are those of one threshold of the score; another one trades precision for recall.")
        return (Sentence(found, places), Sentence(wrong, places), Sentence(limits))


def detection_scores(
    shapes: Shapes,
    truth: Hashable,
    model: Hashable,
    *,
    least: float = 0.5,
    scores: Sequence[float] | Floats | None = None,
    score_from: float = 0.0,
    seed: int = 0,
) -> DetectionScores:
    """What the annotator `model` drew against what `truth` did, on every item that `truth` answered.

    Formula, Assumes, Source: see the module. `scores` stand beside the rows as they were given (those of the truth are
    not read); predictions below `score_from` are left out. An item that only the truth answered counts as nothing
    predicted. Raises `UnknownName`, `NoTruth` for a prediction on an item without truth (say who looked with
    `answered` when the collection is made), `NotAScore`, `NotAnOverlap`.

    >>> from guiju.stats.shapes.collection import boxes
    >>> drawn = boxes(["i"] * 4, ["gold", "gold", "net", "net"], ["cell", "cell", "cell", "clot"],
    ...               [[0, 0, 9, 9], [50, 50, 9, 9], [0, 0, 9, 8], [50, 50, 9, 9]])
    >>> found = detection_scores(drawn, "gold", "net")
    >>> found.precision.value, found.recall.value, found.errors.confused, found.errors.missed
    (0.5, 0.5, 1, 0)
    """
    known = scores_of(shapes, model, scores)
    two = facing(shapes, truth, model, known >= score_from)
    pairs = np.arange(0, len(two.item), 2)
    found = compare(two, pairs, pairs + 1, least)
    right = found.count(found.named)
    truths, predictions = found.left_drawn.astype(np.float64), found.right_drawn.astype(np.float64)
    overlap = found.count(found.named, found.near.iou[found.named])
    precision, recall, f1, place = _figures(right, truths, predictions, overlap, seed)
    return DetectionScores(
        images=len(pairs),
        truths=int(truths.sum()),
        predictions=int(predictions.sum()),
        right=int(right.sum()),
        least=least,
        precision=precision,
        recall=recall,
        f1=f1,
        localisation=place,
        errors=_errors(two, found, least),
        labels=_labels(two, found),
    )


def _figures(right: Floats, truths: Floats, predictions: Floats, overlap: Floats, seed: int) -> tuple[Figure, ...]:
    x = np.column_stack((right, right, 2 * right, overlap))
    y = np.column_stack((predictions, truths, truths + predictions, right))
    whys = (NOTHING_FOUND, NOTHING_TRUE, NOTHING_TRUE, NOTHING_RIGHT)
    found = shares(x, y, seed)
    return tuple(
        figure if figure.why is None else Figure(None, why=why) for figure, why in zip(found, whys, strict=True)
    )


class _Wrong(NamedTuple):
    """Edges between true shapes and predictions without a match, and which kind of error each would be."""

    truth: Codes
    prediction: Codes
    kind: Codes


def _errors(two: Shapes, found: Comparison, least: float) -> DetectionErrors:
    near = found.near
    matched = np.zeros(len(two), bool)
    matched[near.left[found.named]] = matched[near.right[found.named]] = True
    edges = np.flatnonzero(~matched[near.right])
    kind = 2 * (near.iou[edges] < least) + (found.same[edges] == 0)
    wrong = _Wrong(near.left[edges], near.right[edges], kind)
    first = np.full(len(two), 4)
    np.minimum.at(first, wrong.prediction, wrong.kind)
    model = two.annotator[two.answer] == 1
    counts = np.bincount(first[model & ~matched], minlength=5).tolist()
    covered = np.zeros(len(two), bool)
    covered[wrong.truth[(wrong.kind == first[wrong.prediction]) & (wrong.kind > 0)]] = True
    missed = int((~model & ~matched & ~covered).sum())
    return DetectionErrors(*(int(count) for count in counts), missed=missed)


def _labels(two: Shapes, found: Comparison) -> tuple[LabelDetection, ...]:
    near, width = found.near, len(two.labels)
    who = two.annotator[two.answer]
    matched = np.zeros(len(two))
    matched[near.left[found.named]] = matched[near.right[found.named]] = 1.0
    item = two.item[two.answer]
    ones = np.ones(len(two))

    def share(rows: Codes, why: str) -> tuple[Figure, ...]:
        return grouped_shares(two.label[rows], item[rows], matched[rows], ones[rows], groups=width, why=why)

    precision = share(np.flatnonzero(who == 1), NOTHING_FOUND)
    recall, f1 = share(np.flatnonzero(who == 0), NOTHING_TRUE), share(np.arange(len(two)), NOTHING_TRUE)
    truths = np.bincount(two.label[who == 0], minlength=width).tolist()
    predictions = np.bincount(two.label[who == 1], minlength=width).tolist()
    rows = zip(two.labels, truths, predictions, precision, recall, f1, strict=True)
    return tuple(LabelDetection(*row) for row in rows if row[1] or row[2])
