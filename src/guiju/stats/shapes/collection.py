"""Shapes beside who drew them on what: the data contract of everything that compares shapes.

An *answer* is one annotator on one item, and may hold no shape: "there is nothing" is an answer too. Who looked without
drawing cannot be seen in a table of shapes, so it is said: `answered` is "drawn" (only those with a shape answered),
"everyone" (all annotators looked at all items), or the pairs (item, annotator) who did.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guiju.stats.columns import Codes, Floats, in_order, is_missing
from guiju.stats.shapes.boxes import Form, box_geometry
from guiju.stats.shapes.errors import LabelMissing, MasksDifferInSize, NotAnswered, NothingDrawn, UnevenShapes
from guiju.stats.shapes.masks import MaskGeometry, mask_geometry
from guiju.stats.shapes.polygons import polygon_geometry

Names: TypeAlias = Sequence[Hashable] | NDArray[Any]
Answered: TypeAlias = Literal["drawn", "everyone"] | Sequence[tuple[Hashable, Hashable]]


class Geometry(Protocol):
    """What boxes, polygons and masks can do alike; rows are shapes."""

    @property
    def form(self) -> str: ...
    @property
    def comparable(self) -> bool: ...
    @property
    def bounds(self) -> tuple[Floats, Floats, Floats, Floats]: ...
    @property
    def area(self) -> Floats: ...
    def __len__(self) -> int: ...
    def take(self, rows: Codes) -> "Geometry": ...
    def iou(self, left: Codes, right: Codes, least: float) -> Floats: ...
    def at(self, row: int) -> Any: ...


@dataclass(frozen=True, slots=True)
class Shapes:
    """Answers sorted by item and annotator; shapes of answer k are the rows `first[k]` up to `first[k + 1]`.

    `label` are codes into `labels`; `row` says where each shape stood in the columns that were given.
    """

    items: tuple[Hashable, ...]
    annotators: tuple[Hashable, ...]
    labels: tuple[Hashable, ...]
    item: Codes
    annotator: Codes
    first: Codes
    label: Codes
    geometry: Geometry
    row: Codes

    def __len__(self) -> int:
        return len(self.label)

    @property
    def drawn(self) -> Codes:
        """How many shapes each answer holds."""
        return np.diff(self.first)

    @property
    def answer(self) -> Codes:
        """The answer of each shape."""
        return np.repeat(np.arange(len(self.item)), self.drawn)


def boxes(
    item: Names,
    annotator: Names,
    label: Names,
    numbers: ArrayLike,
    *,
    form: Form = "xywh",
    answered: Answered = "drawn",
) -> Shapes:
    """Boxes as an n x 4 table beside their item, annotator and label.

    Formula: none, it only sorts and checks. Assumes: pixels, `form` corner and size or two corners. Source: the module.
    Raises `UnevenShapes`, `NothingDrawn`, `LabelMissing`, `NotAnswered` and what `box_geometry` raises.

    >>> found = boxes(["i", "i"], ["ann", "bo"], ["cell", "cell"], [[0, 0, 9, 9], [1, 0, 9, 9]])
    >>> found.annotators, found.drawn.tolist()
    (('ann', 'bo'), [1, 1])
    """
    return _collected((item, annotator, label), box_geometry(numbers, form), answered)


def polygons(
    item: Names, annotator: Names, label: Names, points: Sequence[Any], *, answered: Answered = "drawn"
) -> Shapes:
    """Polygons, each a ring of points or a list of rings, beside their item, annotator and label.

    Formula: none, it only sorts and checks. Assumes, Source: `guiju.stats.shapes.polygons`.
    Raises as `boxes` does, and what `polygon_geometry` raises.

    >>> polygons(["i"], ["ann"], ["cell"], [[[0, 0], [4, 0], [0, 4]]]).geometry.area.tolist()
    [8.0]
    """
    return _collected((item, annotator, label), polygon_geometry(points), answered)


def masks(
    item: Names,
    annotator: Names,
    label: Names,
    runs: Sequence[Mapping[str, Any]],
    *,
    answered: Answered = "drawn",
) -> Shapes:
    """Masks in COCO's uncompressed run lengths, beside their item, annotator and label.

    Formula: none, it only sorts and checks. Assumes, Source: `guiju.stats.shapes.masks`.
    Raises as `boxes` does, `MasksDifferInSize`, and what `mask_geometry` raises.

    >>> masks(["i"], ["ann"], ["cell"], [{"size": [2, 2], "counts": [1, 3]}]).geometry.area.tolist()
    [3.0]
    """
    geometry = mask_geometry(runs)
    found = _collected((item, annotator, label), geometry, answered)
    _demand_one_size(found)
    return found


def _demand_one_size(shapes: Shapes) -> None:
    geometry = shapes.geometry
    if not isinstance(geometry, MaskGeometry):
        return
    item = shapes.item[shapes.answer]
    size = geometry.height * (int(geometry.width.max(initial=0)) + 1) + geometry.width
    other = np.flatnonzero((item[1:] == item[:-1]) & (size[1:] != size[:-1]))
    if other.size:
        raise MasksDifferInSize(item=str(shapes.items[item[other[0]]]))


def _collected(names: tuple[Names, Names, Names], geometry: Geometry, answered: Answered) -> Shapes:
    lengths = [len(column) for column in names]
    if {*lengths, len(geometry)} != {len(geometry)}:
        raise UnevenShapes(items=lengths[0], annotators=lengths[1], labels=lengths[2], shapes=len(geometry))
    _demand_labels(names[2])
    listed = [] if isinstance(answered, str) else list(answered)
    items, item = _coded(names[0], [pair[0] for pair in listed])
    annotators, annotator = _coded(names[1], [pair[1] for pair in listed])
    labels, label = _coded(names[2], [])
    if not items or not annotators:
        raise NothingDrawn
    n, width = len(geometry), len(annotators)
    key = item * width + annotator
    answers = np.arange(len(items) * width) if isinstance(answered, str) and answered == "everyone" else np.unique(key)
    if not isinstance(answered, str):
        _demand_answered(names, key[:n], key[n:])
    x1, y1, _, _ = geometry.bounds
    order = np.lexsort((label, y1, x1, key[:n])).astype(np.int64)  # a fixed order, whoever's row came first
    first = np.searchsorted(key[:n][order], np.append(answers, len(items) * width)).astype(np.int64)
    codes = (answers // width, answers % width)
    return Shapes(items, annotators, labels, *codes, first, label[order], geometry.take(order), order)


def _coded(column: Names, more: Sequence[Hashable]) -> tuple[tuple[Hashable, ...], Codes]:
    """The distinct names, and the code of each of `column` and then of `more`."""
    if isinstance(column, np.ndarray) and column.dtype.kind in "iu" and not more:
        distinct, codes = np.unique(column, return_inverse=True)
        return tuple(distinct.tolist()), codes.astype(np.int64)
    values: list[Hashable] = [*(column.tolist() if isinstance(column, np.ndarray) else column), *more]
    names = tuple(in_order(set(values)))
    place = {name: code for code, name in enumerate(names)}
    return names, np.fromiter((place[value] for value in values), np.int64, len(values))


def _demand_labels(label: Names) -> None:
    if isinstance(label, np.ndarray) and label.dtype.kind in "iu":
        return
    for row, one in enumerate(label):
        if is_missing(one):
            raise LabelMissing(row=row)


def _demand_answered(names: tuple[Names, Names, Names], key: Codes, known: Codes) -> None:
    strange = np.flatnonzero(~np.isin(key, known))
    if strange.size:
        row = int(strange[0])
        raise NotAnswered(row=row, item=str(names[0][row]), annotator=str(names[1][row]))
