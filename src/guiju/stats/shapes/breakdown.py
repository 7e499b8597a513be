"""Where agreement on shapes is lost: between whom, by whom, and on which label.

Formula: as in `guiju.stats.agreement.shapes`. A pair of annotators and an annotator have means over their pairs of
answers (an annotator's against everybody else's); a label has 2 |named with it| / (shapes with it), a ratio of sums,
because most items have none. Intervals are linearised over items (`shares`).
Assumes: what the agreement assumes. Source: the same as there.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from guiju.kit import N_
from guiju.stats.columns import Codes, Floats
from guiju.stats.figure import Figure
from guiju.stats.shapes.collection import Shapes
from guiju.stats.shapes.comparing import Comparison, share_of
from guiju.stats.shapes.shares import grouped_shares

NOTHING_MATCHED = N_("No two shapes lie on each other, so there is nothing whose label or outline could be compared.")
ITEMS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class PairShapes:
    """Two annotators on the `n` items that both answered; of their shapes `only_a` and `only_b` have no counterpart."""

    a: Hashable
    b: Hashable
    n: int
    objects: Figure
    detection: Figure
    classification: Figure
    localisation: Figure
    agreed: int
    confused: int
    loose: int
    only_a: int
    only_b: int

    def to_dict(self) -> dict[str, object]:
        figures = _dicts(self)
        counts = {name: getattr(self, name) for name in ("agreed", "confused", "loose", "only_a", "only_b")}
        return {"a": self.a, "b": self.b, "n": self.n, **figures, **counts}


@dataclass(frozen=True, slots=True)
class AnnotatorShapes:
    """One annotator against everybody else, over all pairs of answers that they are part of.

    `missing` is what another drew and they did not, `extra` what they drew and the other did not; an object that two
    others drew is missing twice.
    """

    annotator: Hashable
    shapes: int
    objects: Figure
    detection: Figure
    classification: Figure
    localisation: Figure
    agreed: int
    confused: int
    loose: int
    missing: int
    extra: int

    def to_dict(self) -> dict[str, object]:
        figures = _dicts(self)
        counts = {name: getattr(self, name) for name in ("agreed", "confused", "loose", "missing", "extra")}
        return {"annotator": self.annotator, "shapes": self.shapes, **figures, **counts}


@dataclass(frozen=True, slots=True)
class LabelShapes:
    """One label: `objects` is F1 of its shapes, `localisation` the mean IoU of those that agree."""

    label: Hashable
    shapes: int
    objects: Figure
    localisation: Figure

    def to_dict(self) -> dict[str, object]:
        figures = {"objects": self.objects.to_dict(), "localisation": self.localisation.to_dict()}
        return {"label": self.label, "shapes": self.shapes, **figures}


@dataclass(frozen=True, slots=True)
class LabelConfusion:
    """Pairs of shapes on each other that are called `a` and `b`, in either order; `items` names at most 50."""

    a: Hashable
    b: Hashable
    count: int
    items: tuple[Hashable, ...]

    def to_dict(self) -> dict[str, object]:
        return {"a": self.a, "b": self.b, "count": self.count, "items": list(self.items)}


def _dicts(one: "PairShapes | AnnotatorShapes") -> dict[str, object]:
    figures = (one.objects, one.detection, one.classification, one.localisation)
    return dict(
        zip(("objects", "detection", "classification", "localisation"), (f.to_dict() for f in figures), strict=True)
    )


class Compared(NamedTuple):
    """Pairs of answers: which item, which two annotators, and what came out."""

    shapes: Shapes
    item: Codes
    left: Codes
    right: Codes
    found: Comparison


class Tally(NamedTuple):
    """Columns over pairs of answers (or what they are added up by)."""

    left_drawn: Floats
    right_drawn: Floats
    matched: Floats
    same: Floats
    overlap: Floats
    named: Floats
    loose: Floats

    @property
    def confused(self) -> Floats:
        return self.matched - self.same

    @property
    def only_left(self) -> Floats:
        return self.left_drawn - self.matched - self.loose

    @property
    def only_right(self) -> Floats:
        return self.right_drawn - self.matched - self.loose


def tally(found: Comparison) -> Tally:
    """Each pair of answers' counts.

    Formula: sums over the matchings' edges. Assumes, Source: see the module.

    >>> from guiju.stats.shapes.collection import boxes
    >>> from guiju.stats.shapes.comparing import compare
    >>> two = boxes([1, 1], ["ann", "bo"], ["x", "y"], [[0, 0, 4, 4], [0, 0, 4, 3]])
    >>> found = tally(compare(two, np.array([0]), np.array([1])))
    >>> found.matched.tolist(), found.confused.tolist(), found.overlap.tolist()
    ([1.0], [1.0], [0.75])
    """
    near, free = found.near, found.free
    return Tally(
        found.left_drawn.astype(np.float64),
        found.right_drawn.astype(np.float64),
        found.count(free),
        found.count(free, found.same[free].astype(np.float64)),
        found.count(free, near.iou[free]),
        found.count(found.named),
        found.count(found.loose),
    )


def by_pair(one: Compared, sums: Tally) -> tuple[PairShapes, ...]:
    """Every two annotators with items in common, most items first.

    Formula, Assumes, Source: see the module.

    >>> from guiju.stats.agreement.shapes import shape_agreement
    >>> from guiju.stats.shapes.collection import boxes
    >>> drawn = boxes([1, 1, 1], ["ann", "ann", "bo"], ["cell"] * 3, [[0, 0, 9, 9], [50, 50, 9, 9], [0, 0, 9, 8]])
    >>> [(pair.a, pair.b, pair.agreed, pair.only_a) for pair in shape_agreement(drawn).pairs]
    [('ann', 'bo', 1, 1)]
    """
    shapes = one.shapes
    names = shapes.annotators
    mine, theirs = shapes.annotator[one.left], shapes.annotator[one.right]
    codes, group, n = np.unique(mine * len(names) + theirs, return_inverse=True, return_counts=True)
    figures = _figures(group, one, sums, len(codes))
    counts = _sums(group, (sums.same, sums.confused, sums.loose, sums.only_left, sums.only_right), len(codes))
    rows = [
        PairShapes(names[code // len(names)], names[code % len(names)], int(n[k]), *figures[k], *counts[k])
        for k, code in enumerate(codes.tolist())
    ]
    return tuple(sorted(rows, key=lambda row: -row.n))


def by_annotator(one: Compared, sums: Tally) -> tuple[AnnotatorShapes, ...]:
    """Everybody against everybody else, in the order of their names.

    Formula, Assumes, Source: see the module.

    >>> from guiju.stats.agreement.shapes import shape_agreement
    >>> from guiju.stats.shapes.collection import boxes
    >>> drawn = boxes([1, 1, 1], ["ann", "ann", "bo"], ["cell"] * 3, [[0, 0, 9, 9], [50, 50, 9, 9], [0, 0, 9, 8]])
    >>> [(who.annotator, who.missing, who.extra) for who in shape_agreement(drawn).by_annotator]
    [('ann', 0, 1), ('bo', 1, 0)]
    """
    shapes = one.shapes
    names = shapes.annotators
    group = np.concatenate((shapes.annotator[one.left], shapes.annotator[one.right]))
    twice = Compared(shapes, np.tile(one.item, 2), one.left, one.right, one.found)
    both = Tally(*(np.tile(column, 2) for column in sums))
    figures = _figures(group, twice, both, len(names))
    missing = np.concatenate((sums.only_right, sums.only_left))
    extra = np.concatenate((sums.only_left, sums.only_right))
    counts = _sums(group, (both.same, both.confused, both.loose, missing, extra), len(names))
    drawn = np.bincount(shapes.annotator, shapes.drawn, minlength=len(names)).astype(np.int64).tolist()
    compared = set(group.tolist())
    return tuple(
        AnnotatorShapes(name, drawn[k], *figures[k], *counts[k]) for k, name in enumerate(names) if k in compared
    )


def by_label(one: Compared) -> tuple[LabelShapes, ...]:
    """Every label that a compared answer holds, the worst first.

    Formula, Assumes, Source: see the module.

    >>> from guiju.stats.agreement.shapes import shape_agreement
    >>> from guiju.stats.shapes.collection import boxes
    >>> drawn = boxes([1, 1, 1], ["ann", "ann", "bo"], ["cell"] * 3, [[0, 0, 9, 9], [50, 50, 9, 9], [0, 0, 9, 8]])
    >>> [(label.label, label.shapes, round(label.objects.value, 3)) for label in shape_agreement(drawn).labels]
    [('cell', 3, 0.667)]
    """
    shapes, found = one.shapes, one.found
    width = len(shapes.labels)
    sides = np.bincount(one.left, minlength=len(shapes.item)) + np.bincount(one.right, minlength=len(shapes.item))
    times = sides[shapes.answer].astype(np.float64)
    label = shapes.label[found.near.left[found.named]]
    item = one.item[found.near.pair[found.named]]
    group = np.concatenate((shapes.label, label))
    at = np.concatenate((shapes.item[shapes.answer], item))
    twos = np.concatenate((np.zeros(len(times)), np.full(len(label), 2.0)))
    objects = grouped_shares(group, at, twos, np.concatenate((times, np.zeros(len(label)))), groups=width)
    iou, ones = found.near.iou[found.named], np.ones(len(label))
    place = grouped_shares(label, item, iou, ones, groups=width, why=NOTHING_MATCHED)
    n = np.bincount(shapes.label[times > 0], minlength=width).tolist()
    rows = [LabelShapes(name, n[k], objects[k], place[k]) for k, name in enumerate(shapes.labels) if n[k]]
    return tuple(sorted(rows, key=lambda row: row.objects.value or 0.0))


def label_confusions(one: Compared) -> tuple[LabelConfusion, ...]:
    """Which label is taken for which, most pairs of shapes first.

    Formula: a count. Assumes, Source: see the module.

    >>> from guiju.stats.shapes.collection import boxes
    >>> from guiju.stats.agreement.shapes import shape_agreement
    >>> two = boxes([1, 1], ["ann", "bo"], ["x", "y"], [[0, 0, 4, 4], [0, 0, 4, 3]])
    >>> [(c.a, c.b, c.count, c.items) for c in shape_agreement(two).confusions]
    [('x', 'y', 1, (1,))]
    """
    shapes, found = one.shapes, one.found
    edges = found.free[found.same[found.free] == 0]
    a, b = shapes.label[found.near.left[edges]], shapes.label[found.near.right[edges]]
    code = np.minimum(a, b) * len(shapes.labels) + np.maximum(a, b)
    item = one.item[found.near.pair[edges]]
    order = np.lexsort((item, code))
    codes, start, count = np.unique(code[order], return_index=True, return_counts=True)
    rows: list[LabelConfusion] = []
    for k in np.lexsort((codes, -count)).tolist():
        where = np.unique(item[order[start[k] : start[k] + count[k]]])[:ITEMS_SHOWN]
        names = (shapes.labels[int(codes[k]) // len(shapes.labels)], shapes.labels[int(codes[k]) % len(shapes.labels)])
        rows.append(LabelConfusion(*names, int(count[k]), tuple(shapes.items[place] for place in where.tolist())))
    return tuple(rows)


def _figures(group: Codes, one: Compared, sums: Tally, groups: int) -> list[tuple[Figure, Figure, Figure, Figure]]:
    ones = np.ones(len(group))
    drawn = (sums.left_drawn.astype(np.int64), sums.right_drawn.astype(np.int64))
    found = (
        grouped_shares(group, one.item, share_of(sums.named, *drawn), ones, groups=groups),
        grouped_shares(group, one.item, share_of(sums.matched, *drawn), ones, groups=groups),
        grouped_shares(group, one.item, sums.same, sums.matched, groups=groups, why=NOTHING_MATCHED),
        grouped_shares(group, one.item, sums.overlap, sums.matched, groups=groups, why=NOTHING_MATCHED),
    )
    return list(zip(*found, strict=True))


def _sums(group: Codes, columns: tuple[Floats, ...], groups: int) -> list[list[int]]:
    sums = [np.bincount(group, column, minlength=groups) for column in columns]
    return np.rint(np.stack(sums, axis=1)).astype(np.int64).tolist()
