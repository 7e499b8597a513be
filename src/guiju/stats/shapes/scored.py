"""Two annotators of a collection set against each other: the truth, and whoever is measured by it.

Formula: none, it only arranges. Assumes: who is measured and did not answer an item found nothing there.
Source: the module `collection`.
"""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from guiju.stats.columns import Floats
from guiju.stats.shapes.collection import Shapes
from guiju.stats.shapes.errors import NotAScore, NoTruth, UnevenShapes, UnknownName


def scores_of(shapes: Shapes, model: Hashable, scores: Sequence[float] | Floats | None) -> Floats:
    """The score of each shape in the collection's order; infinite for all that is not the model's, or if none is given.

    Formula, Assumes, Source: see the module. Raises `UnevenShapes`, `NotAScore`, `UnknownName`.

    >>> from guiju.stats.shapes.collection import boxes
    >>> drawn = boxes([2, 1], ["net", "gold"], ["x", "x"], [[0, 0, 9, 9], [0, 0, 9, 9]])
    >>> scores_of(drawn, "net", [0.7, float("nan")]).tolist()
    [inf, 0.7]
    """
    mine = shapes.annotator[shapes.answer] == _code(shapes, model)
    if scores is None:
        return np.full(len(shapes), np.inf)
    if len(scores) != len(shapes):
        raise UnevenShapes(items=len(shapes), annotators=len(shapes), labels=len(scores), shapes=len(shapes))
    found = np.asarray(scores, np.float64)[shapes.row]
    wrong = np.flatnonzero(mine & ~np.isfinite(found))
    if wrong.size:
        raise NotAScore(row=int(shapes.row[wrong[0]]))
    return np.where(mine, found, np.inf)


def facing(shapes: Shapes, truth: Hashable, model: Hashable, wanted: NDArray[np.bool_] | None = None) -> Shapes:
    """Those two alone, two answers an item: even ones the truth's (annotator 0), odd ones the model's (annotator 1).

    Formula, Assumes, Source: see the module. Shapes that are not `wanted` go. Raises `UnknownName`, `NoTruth`.

    >>> from guiju.stats.shapes.collection import boxes
    >>> drawn = boxes([1, 1, 2], ["gold", "net", "gold"], ["x"] * 3, [[0, 0, 9, 9]] * 3)
    >>> facing(drawn, "gold", "net").drawn.tolist()
    [1, 1, 1, 0]
    """
    one, other = _code(shapes, truth), _code(shapes, model)
    items = shapes.item[shapes.annotator == one]
    who, item = shapes.annotator[shapes.answer], shapes.item[shapes.answer]
    mine = (who == other) if wanted is None else (who == other) & wanted
    strange = np.flatnonzero(mine & ~np.isin(item, items))
    if strange.size:
        row = int(strange[0])
        raise NoTruth(row=int(shapes.row[row]), item=str(shapes.items[item[row]]))
    rows = np.flatnonzero(mine | (who == one))
    answer = 2 * np.searchsorted(items, item[rows]) + (who[rows] == other)
    order = np.argsort(answer, kind="stable")
    rows = rows[order]
    return replace(
        shapes,
        annotators=(truth, model),
        item=np.repeat(items, 2),
        annotator=np.tile(np.arange(2), len(items)),
        first=cast("NDArray[np.int64]", np.searchsorted(answer[order], np.arange(2 * len(items) + 1))),
        label=shapes.label[rows],
        geometry=shapes.geometry.take(rows),
        row=shapes.row[rows],
    )


def _code(shapes: Shapes, name: Hashable) -> int:
    if name not in shapes.annotators:
        raise UnknownName(name=str(name), known=", ".join(str(one) for one in shapes.annotators))
    return shapes.annotators.index(name)
