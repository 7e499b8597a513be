"""The data contract of this room: three aligned columns item, annotator, label, as integer codes."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from guiju.stats.errors import ContradictingAnswers, UnevenColumns

Codes: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Columns:
    """Answers as codes into the distinct items, annotators and labels; all three sorted, so row order tells nothing."""

    items: tuple[Hashable, ...]
    annotators: tuple[Hashable, ...]
    labels: tuple[Hashable, ...]
    item: Codes
    annotator: Codes
    label: Codes

    def __len__(self) -> int:
        return len(self.item)

    @property
    def answers_per_item(self) -> Codes:
        return np.bincount(self.item, minlength=len(self.items))


def encode(
    item: Sequence[Hashable], annotator: Sequence[Hashable], label: Sequence[Hashable], *, keep_repeats: bool = False
) -> Columns:
    """The columns as codes, without the missing labels (`None`, NaN) and without rows that repeat an answer.

    With `keep_repeats` an annotator who answered an item again counts each time, as if it were somebody else.
    Raises `UnevenColumns`, and `ContradictingAnswers` when one annotator gives one item two labels.
    """
    if not len(item) == len(annotator) == len(label):
        raise UnevenColumns(items=len(item), annotators=len(annotator), labels=len(label))
    kept = [row for row in zip(item, annotator, label, strict=True) if not is_missing(row[2])]
    items, item_code = _codes([row[0] for row in kept])
    annotators, annotator_code = _codes([row[1] for row in kept])
    labels, label_code = _codes([row[2] for row in kept])
    columns = Columns(items, annotators, labels, item_code, annotator_code, label_code)
    return _sorted(columns) if keep_repeats else _once_each(_sorted(columns))


def from_codes(
    item: Codes,
    annotator: Codes,
    label: Codes,
    *,
    items: Sequence[Hashable] | None = None,
    annotators: Sequence[Hashable] | None = None,
    labels: Sequence[Hashable] | None = None,
) -> Columns:
    """Columns whose values are codes already, 0 up to the number of distinct ones; names are the codes if not given.

    Nothing is hashed: this is the way in for millions of rows. Repeated rows are merged as `encode` does.
    Raises `UnevenColumns`, `ContradictingAnswers`.
    """
    if not len(item) == len(annotator) == len(label):
        raise UnevenColumns(items=len(item), annotators=len(annotator), labels=len(label))
    names = (_names(items, item), _names(annotators, annotator), _names(labels, label))
    return _once_each(_sorted(Columns(*names, item, annotator, label)))


def _names(given: Sequence[Hashable] | None, codes: Codes) -> tuple[Hashable, ...]:
    return tuple(range(int(codes.max()) + 1 if codes.size else 0)) if given is None else tuple(given)


def is_missing(label: Hashable) -> bool:
    """Whether `label` stands for no answer: `None` or NaN, which alone differs from itself."""
    return label is None or label != label  # noqa: PLR0124 - the test for NaN that works on any type


def in_order(values: Iterable[Hashable]) -> list[Hashable]:
    """`values` as numbers if all of them read as numbers, else by their own order, else by how they are written."""
    found = list(values)
    numbers = [_finite(value) for value in found]
    if all(number is not None for number in numbers):
        return [value for _, _, value in sorted(zip(numbers, map(_written, found), found, strict=True), key=_first_two)]
    return sorted(found, key=lambda value: (type(value).__name__, _written(value)))


def _first_two(row: tuple[float | None, str, Hashable]) -> tuple[float, str]:
    return (row[0] or 0.0, row[1])


def _finite(value: Hashable) -> float | None:
    try:
        number = float(cast("str", value))
    except (TypeError, ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def _written(value: Hashable) -> str:
    """A set is written in whatever order its hashes fall, which differs from run to run: sort it first."""
    if isinstance(value, frozenset):
        return repr(sorted(repr(member) for member in cast("frozenset[Hashable]", value)))
    return value if isinstance(value, str) else repr(value)


def _codes(values: list[Hashable]) -> tuple[tuple[Hashable, ...], Codes]:
    distinct = tuple(in_order(set(values)))
    place = {value: code for code, value in enumerate(distinct)}
    return distinct, np.fromiter((place[value] for value in values), np.int64, len(values))


def _sorted(columns: Columns) -> Columns:
    order = np.lexsort((columns.label, columns.annotator, columns.item))
    item, annotator, label = columns.item[order], columns.annotator[order], columns.label[order]
    return Columns(columns.items, columns.annotators, columns.labels, item, annotator, label)


def _once_each(columns: Columns) -> Columns:
    """Sorted `columns` with one row for each item and annotator."""
    item, annotator, label = columns.item, columns.annotator, columns.label
    again = (item[1:] == item[:-1]) & (annotator[1:] == annotator[:-1])
    contrary = np.flatnonzero(again & (label[1:] != label[:-1]))
    if contrary.size:
        row = int(contrary[0])
        raise ContradictingAnswers(
            item=str(columns.items[item[row]]),
            annotator=str(columns.annotators[annotator[row]]),
            rows=int(contrary.size),
        )
    first = np.ones(len(item), bool)
    first[1:] = ~again
    return Columns(columns.items, columns.annotators, columns.labels, item[first], annotator[first], label[first])


@dataclass(frozen=True, slots=True)
class AnswerPairs:
    """Every unordered pair of answers to the same item, as row numbers into the columns (left before right)."""

    item: Codes
    left: Codes
    right: Codes


def pairs_within(item: Codes) -> AnswerPairs:
    """All pairs of rows with equal `item`; `item` must be sorted. Memory grows with the sum of m(m-1)/2."""
    rows = np.arange(len(item), dtype=np.int64)
    lefts: list[Codes] = []
    most = int(np.bincount(item).max()) if len(item) else 0
    offsets: list[Codes] = []
    for offset in range(1, most):
        left = rows[:-offset][item[:-offset] == item[offset:]]
        lefts.append(left)
        offsets.append(left + offset)
    left, right = _joined(lefts), _joined(offsets)
    return AnswerPairs(item[left], left, right)


def _joined(parts: list[Codes]) -> Codes:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)
