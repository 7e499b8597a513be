"""One answer from several that were drawn: boxes, polygons or masks, matched and merged.

Formula: shapes of one object are a cluster (`guiju.stats.shapes.clusters`: the closest first, one of each annotator at
most); its shape is merged from its members' (`guiju.stats.shapes.merging`); its label is the one with most votes. With
W the summed weight of those who answered the item (each 1 if no weights are given),
    kept        if the weight of those who drew it is more than W / 2
    confidence  weight of those who drew it under its label / W
A tie of labels is told as a tie: no label, and `tied` names them.
Assumes: annotators err independently; weights, if given, are those of a reliability found elsewhere.
Source: Sneath 1957, doi:10.1099/00221287-17-1-201 (linkage); Condorcet 1785, Essai sur l’application de l’analyse
(majority).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Floats
from guiju.stats.shapes.clusters import clusters
from guiju.stats.shapes.collection import Shapes
from guiju.stats.shapes.errors import NotAWeight
from guiju.stats.shapes.merging import merge_clusters


@dataclass(frozen=True, slots=True)
class MergedShape:
    """One object of an item: found by `found` of `of` annotators.

    `shape` is corners x1, y1, x2, y2 of a box, the rings of a polygon, or the run lengths of a mask. `overlap` is the
    members' mean IoU with it and `spread` how far their bounds lie from its own, in pixels. `members` are the rows of
    the columns as they were given.
    """

    item: Hashable
    label: Hashable | None
    shape: Any
    confidence: float
    found: int
    of: int
    overlap: float
    spread: float
    kept: bool
    members: tuple[int, ...]
    tied: tuple[Hashable, ...] = ()

    def to_dict(self) -> dict[str, object]:
        names = ("item", "label", "shape", "confidence", "found", "of", "overlap", "spread", "kept")
        return {**{name: getattr(self, name) for name in names}, "members": [*self.members], "tied": [*self.tied]}


@dataclass(frozen=True, slots=True)
class ShapesConsensus:
    """Every object that anybody drew, by item; `kept` are the answer, `left_out` what too few drew."""

    items: int
    annotators: int
    shapes: tuple[MergedShape, ...]
    empty: tuple[Hashable, ...] = ()

    @property
    def kept(self) -> tuple[MergedShape, ...]:
        return tuple(shape for shape in self.shapes if shape.kept)

    @property
    def left_out(self) -> tuple[MergedShape, ...]:
        return tuple(shape for shape in self.shapes if not shape.kept)

    def to_dict(self) -> dict[str, object]:
        return {
            "items": self.items,
            "annotators": self.annotators,
            "kept": [shape.to_dict() for shape in self.kept],
            "left_out": [shape.to_dict() for shape in self.left_out],
            "empty": list(self.empty),
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        kept = self.kept
        found = N_(
            "{kept} objects were drawn by more than half of those who looked and stay; {out} were not and are left"
            " out; {tied} of those that stay have a tied label, which a person must decide."
        )
        limits = N_(
            "The confidence is the share of annotators behind an object and its label, and no probability: people"
            " who learnt the same mistake agree on it."
        )
        places = {"kept": len(kept), "out": len(self.shapes) - len(kept), "tied": sum(1 for one in kept if one.tied)}
        return (Sentence(found, {name: str(value) for name, value in places.items()}), Sentence(limits))


def shape_consensus(
    shapes: Shapes,
    least: float = 0.5,
    merge: Literal["median", "mean"] = "median",
    weights: Mapping[Hashable, float] | None = None,
) -> ShapesConsensus:
    """The objects of every item, merged over annotators; the order of rows and of annotators changes nothing.

    Formula, Assumes, Source: see the module. `weights` (1 for who is not named) count in the votes on labels and on
    what stays, and in the `mean` of boxes' sides; the median and areas count members alike.
    Raises `NotAnOverlap`, and `NotAWeight` for a weight that is not a finite number above 0.

    >>> from guiju.stats.shapes.collection import boxes
    >>> drawn = boxes(["i"] * 4, ["ann", "bo", "cy", "cy"], ["cell", "cell", "clot", "cell"],
    ...               [[0, 0, 10, 10], [1, 0, 10, 10], [2, 1, 10, 10], [50, 50, 9, 9]])
    >>> found = shape_consensus(drawn)
    >>> [(one.label, one.shape, round(one.confidence, 3)) for one in found.kept]
    [('cell', [1.0, 0.0, 11.0, 10.0], 0.667)]
    >>> [(one.found, one.of) for one in found.left_out]
    [(1, 3)]
    """
    force = _forces(shapes, weights or {})
    cluster = clusters(shapes, least)
    many = int(cluster.max(initial=-1)) + 1
    own = force[shapes.annotator[shapes.answer]]
    item = np.zeros(many, np.int64)
    item[cluster] = shapes.item[shapes.answer]
    total = np.bincount(shapes.item, force[shapes.annotator], minlength=len(shapes.items))[item]
    behind, winners = _votes(shapes, cluster, own, many)
    parts = merge_clusters(shapes, cluster, own if merge == "mean" else None)
    stays = 2 * np.bincount(cluster, own, minlength=many) > total
    answers = np.bincount(shapes.item, minlength=len(shapes.items))[item]
    order: list[int] = np.lexsort((*parts.bounds.T[[2, 3, 0, 1]], item)).tolist()
    members = _members(shapes, cluster, many)
    found = tuple(
        MergedShape(
            item=shapes.items[int(item[k])],
            label=shapes.labels[winners[k][0]] if len(winners[k]) == 1 else None,
            shape=parts.shape[k],
            confidence=float(behind[k] / total[k]),
            found=len(members[k]),
            of=int(answers[k]),
            overlap=float(parts.overlap[k]),
            spread=float(parts.spread[k]),
            kept=bool(stays[k]),
            members=members[k],
            tied=tuple(shapes.labels[code] for code in winners[k]) if len(winners[k]) > 1 else (),
        )
        for k in order
    )
    filled = set(item[stays].tolist())
    answered: list[int] = np.unique(shapes.item).tolist()
    empty = tuple(shapes.items[code] for code in answered if code not in filled)
    return ShapesConsensus(len(answered), len(shapes.annotators), found, empty)


def _forces(shapes: Shapes, weights: Mapping[Hashable, float]) -> Floats:
    for name, value in weights.items():
        if not (isfinite(value) and value > 0):
            raise NotAWeight(value=f"{value:g}", annotator=str(name))
    return np.array([weights.get(name, 1.0) for name in shapes.annotators], np.float64)


def _votes(shapes: Shapes, cluster: Codes, own: Floats, many: int) -> tuple[Floats, list[list[int]]]:
    """The weight behind the winning label of each cluster, and which labels have it."""
    width = len(shapes.labels)
    cell, place = np.unique(cluster * width + shapes.label, return_inverse=True)
    votes = np.bincount(place, own, minlength=len(cell))
    most = np.zeros(many)
    np.maximum.at(most, cell // max(1, width), votes)
    winners: list[list[int]] = [[] for _ in range(many)]
    # Weights are sums of floats: two orders of adding them may differ in the last bits.
    tops: list[int] = cell[votes >= most[cell // max(1, width)] * (1 - 1e-12)].tolist()
    for code in tops:
        winners[code // width].append(code % width)
    return most, winners


def _members(shapes: Shapes, cluster: Codes, many: int) -> list[tuple[int, ...]]:
    rows: list[list[int]] = [[] for _ in range(many)]
    numbers: list[int] = cluster.tolist()
    given: list[int] = shapes.row.tolist()
    for number, row in zip(numbers, given, strict=True):
        rows[number].append(row)
    return [tuple(sorted(one)) for one in rows]
