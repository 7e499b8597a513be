"""Agreement of any number of annotators who draw: boxes, polygons or masks, with missing answers.

Formula: for two answers A and B to an item, with the matchings of `guiju.stats.shapes.comparing`,
    objects         2 |named| / (|A| + |B|)        found by both, under the same label (F1 of one against the other)
    overlap         2 S / (|A| + |B|)              the same, each match counting its IoU
    detection       2 |free| / (|A| + |B|)         found by both, whatever its label; the curve asks for more IoU of
                                                   the same partners
    classification  |free with equal labels| / |free|
    localisation    sum of IoU over free / |free|
Two answers without a shape agree fully: 1 by definition. `objects`, `overlap` and `detection` are means over items of
the mean over pairs of answers; `classification` and `localisation` are ratios of sums. Krippendorff's alpha takes
1 - overlap as its distance, and its expected distance from answers to different items laid over each other.
Of each two annotators every shape is one of: agreed, confused (its partner has another label), loose (something is
there, with IoU from .1 up to the demanded), or found by one only: *missing* with the other, *extra* with the one.
Assumes: at most one shape for an object in an answer; for alpha, that items share one frame (a fixed camera or a fixed
size), else it says little.
Source: Kuhn 1955, doi:10.1002/nav.3800020109; Hripcsak & Rothschild 2005, doi:10.1197/jamia.M1733 (F1 where nothing
tells how often both rightly saw nothing); Krippendorff 2004, Content Analysis, ch. 11.
Intervals: `guiju.stats.shapes.shares`; that of alpha holds the expected distance fixed.
"""

from collections.abc import Hashable
from dataclasses import dataclass, fields
from typing import Protocol, cast, runtime_checkable

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.agreement.pairwise import chance_pairs
from guiju.stats.columns import Codes, Floats, pairs_within
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY, Figure, short
from guiju.stats.shapes.breakdown import (
    NOTHING_MATCHED,
    AnnotatorShapes,
    Compared,
    LabelConfusion,
    LabelShapes,
    PairShapes,
    Tally,
    by_annotator,
    by_label,
    by_pair,
    label_confusions,
    tally,
)
from guiju.stats.shapes.collection import Shapes
from guiju.stats.shapes.comparing import Comparison, compare, share_of, shared_overlap
from guiju.stats.shapes.shares import shares

UNLIKE_FRAMES = N_("The images are not equally large, so answers to different images cannot be laid over each other.")


@runtime_checkable
class _HasDict(Protocol):
    def to_dict(self) -> dict[str, object]: ...


_STEPS = tuple(step / 100 for step in range(50, 100, 5))


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Detection if partners must share at least `iou`."""

    iou: float
    detection: Figure

    def to_dict(self) -> dict[str, object]:
        return {"iou": self.iou, "detection": self.detection.to_dict()}


@dataclass(frozen=True, slots=True)
class ShapeAgreement:
    """All that drawn answers say about agreement, on the `items` that two annotators or more answered."""

    items: int
    annotators: int
    shapes: int
    least: float
    objects: Figure
    overlap: Figure
    alpha: Figure
    detection: Figure
    curve: tuple[CurvePoint, ...]
    classification: Figure
    localisation: Figure
    pairs: tuple[PairShapes, ...] = ()
    by_annotator: tuple[AnnotatorShapes, ...] = ()
    labels: tuple[LabelShapes, ...] = ()
    confusions: tuple[LabelConfusion, ...] = ()
    by_item: tuple[tuple[Hashable, float], ...] = ()

    def to_dict(self) -> dict[str, object]:
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        if self.objects.value is None:
            return (Sentence(self.objects.why or NO_OVERLAP),)
        objects = N_(
            "Two annotators draw the same object, under the same label and with an overlap of at least {least}, in"
            " {objects} of what they draw; the mean over {items} items, where nothing drawn by both counts as 1."
        )
        parts = N_(
            "Labels aside they find the same objects to {detection}; of those found by both, {classification} have"
            " the same label, and outlines share {localisation} of their area."
        )
        limits = N_("It does not say who is right, and an object that everybody overlooked leaves no trace in it.")
        places = {name: _shown(getattr(self, name)) for name in ("objects", "detection", "classification")}
        places |= {"localisation": _shown(self.localisation), "least": f"{self.least:g}", "items": str(self.items)}
        middle = NOTHING_MATCHED if self.localisation.value is None else parts
        return (Sentence(objects, places), Sentence(middle, places), Sentence(limits))


def shape_agreement(shapes: Shapes, least: float = 0.5, seed: int = 0) -> ShapeAgreement:
    """Every figure of agreement for one collection of shapes; `least` is the IoU from which two are the same object.

    Formula, Assumes, Source: see the module. With one annotator, or no item that two answered, every figure is `None`
    and says why. Raises `NotAnOverlap` unless 0 < `least` <= 1.

    >>> from guiju.stats.shapes.collection import boxes
    >>> drawn = boxes(["i1", "i1", "i1", "i2", "i2"], ["ann", "ann", "bo", "ann", "bo"],
    ...               ["cell", "cell", "cell", "cell", "clot"],
    ...               [[0, 0, 10, 10], [50, 50, 8, 8], [0, 0, 10, 8], [5, 5, 10, 10], [5, 5, 10, 10]])
    >>> found = shape_agreement(drawn)
    >>> round(found.objects.value, 4), round(found.detection.value, 4), found.classification.value
    (0.3333, 0.8333, 0.5)
    """
    pairs = pairs_within(shapes.item)
    found = compare(shapes, pairs.left, pairs.right, least)
    annotators, count = len(set(shapes.annotator.tolist())), len(shapes)
    if not len(pairs.item):
        none = Figure(None, why=NO_OVERLAP)
        return ShapeAgreement(0, annotators, count, least, none, none, none, none, (), none, none)
    one, sums = Compared(shapes, pairs.item, pairs.left, pairs.right, found), tally(found)
    codes, place, many = np.unique(pairs.item, return_inverse=True, return_counts=True)
    steps = tuple(sorted({least, *(step for step in _STEPS if step > least)}))
    columns = _pair_columns(found, sums, steps)
    totals = [np.bincount(place, column, minlength=len(codes)) for column in columns]
    per_item = np.stack(totals, axis=1).astype(np.float64)
    per_item[:, :-3] /= many[:, None]
    *figures, apart = _figures(per_item, many, seed)
    alpha = _alpha(one, apart, least, seed)
    worst = np.argsort(per_item[:, 0], kind="stable")
    return ShapeAgreement(
        items=len(codes),
        annotators=annotators,
        shapes=count,
        least=least,
        objects=figures[0],
        overlap=figures[1],
        alpha=alpha,
        detection=figures[2],
        curve=tuple(CurvePoint(step, figure) for step, figure in zip(steps, figures[2:-2], strict=True)),
        classification=figures[-2],
        localisation=figures[-1],
        pairs=by_pair(one, sums),
        by_annotator=by_annotator(one, sums),
        labels=by_label(one),
        confusions=label_confusions(one),
        by_item=tuple((shapes.items[int(codes[k])], float(per_item[k, 0])) for k in worst),
    )


def _pair_columns(found: Comparison, sums: Tally, steps: tuple[float, ...]) -> list[Floats]:
    """Per pair of answers: objects, overlap, detection at each step; then matched, same and overlap, to be summed."""
    drawn = (found.left_drawn, found.right_drawn)
    iou = found.near.iou
    shared = share_of(found.count(found.named, iou[found.named]), *drawn)
    tight = [share_of(found.count(found.free[iou[found.free] >= step]), *drawn) for step in steps]
    return [share_of(sums.named, *drawn), shared, *tight, sums.matched, sums.same, sums.overlap]


def _figures(per_item: Floats, many: Codes, seed: int) -> tuple[Figure, ...]:
    """objects, overlap, detection at each step, classification, localisation, and the distance that alpha observes."""
    matched, same, overlap = per_item[:, -3:].T
    means = per_item[:, :-3]
    answers = (1 + np.sqrt(1 + 8 * many)) / 2  # m answers make m(m-1)/2 pairs
    x = np.column_stack((means, same, overlap, answers * (1 - means[:, 1])))
    y = np.column_stack((np.ones_like(means), matched, matched, answers))
    return shares(x, y, seed, NOTHING_MATCHED)


def _alpha(one: Compared, apart: Figure, least: float, seed: int) -> Figure:
    """1 - D_o / D_e, from `apart`, which is D_o."""
    if not one.shapes.geometry.comparable:
        return Figure(None, n=apart.n, why=UNLIKE_FRAMES)
    answers = np.unique(np.concatenate((one.left, one.right)))
    chance = chance_pairs(len(answers), seed)
    expected = 1 - float(shared_overlap(one.shapes, answers[chance.left], answers[chance.right], least).mean())
    if expected <= 0 or apart.value is None:
        return Figure(None, n=apart.n, why=ONE_ANSWER_ONLY)
    ends = [None if end is None else 1 - end / expected for end in (apart.high, apart.low)]
    return Figure(1 - apart.value / expected, ends[0], ends[1], apart.n, how=apart.how)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in cast("tuple[object, ...]", value)]
    return value.to_dict() if isinstance(value, _HasDict) else value


def _shown(figure: Figure) -> str:
    return "–" if figure.value is None else short(figure.value)
