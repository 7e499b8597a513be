"""The data contract of this room: three aligned columns item, annotator, label, as integer codes.

Formula: a value's code is its place among the distinct values, which stand in order; a row is one answer.
Assumes: an annotator answers an item once. What repeats an answer is dropped, what contradicts one is refused, what is
missing (`None`, NaN, NaT, null) is no answer. Figures compare answers to the same item and know nothing of row order.
Source: DESIGN of this project, "one data contract"; the layout is that of sorted run lengths, known to every database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from guiju.stats.errors import CodeOutOfRange, ContradictingAnswers, NamelessAnswer, UnevenColumns
from guiju.stats.sources import Coded, Codes, Names, in_order, is_missing

__all__ = [
    "AnswerPairs",
    "Codes",
    "Columns",
    "Floats",
    "encode",
    "from_codes",
    "in_order",
    "is_missing",
    "pairs_within",
]

Floats: TypeAlias = NDArray[np.float64]
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Columns:
    """Answers as codes into the distinct items, annotators and labels, sorted by item, annotator, label.

    Codes are int32 where they were given so or fit. Products of codes (item x label) need int64: see `cells`.
    """

    items: Names
    annotators: tuple[Any, ...]
    labels: tuple[Any, ...]
    item: Codes
    annotator: Codes
    label: Codes

    def __len__(self) -> int:
        return len(self.item)

    @property
    def answers_per_item(self) -> NDArray[np.int64]:
        return np.bincount(self.item, minlength=len(self.items))

    @property
    def cells(self) -> NDArray[np.int64]:
        """item x number of labels + label of each row, in 64 bits."""
        return self.item.astype(np.int64) * max(1, len(self.labels)) + self.label

    @property
    def repeats(self) -> bool:
        """Whether some annotator answers some item in two rows (kept on purpose)."""
        same = (self.item[1:] == self.item[:-1]) & (self.annotator[1:] == self.annotator[:-1])
        return bool(same.any())


def encode(item: Any, annotator: Any, label: Any, *, keep_repeats: bool = False) -> Columns:
    """The columns as codes, without the missing labels and without rows that repeat an answer.

    Each column is a list, a NumPy array, a pandas or Polars series or an Arrow array. With `keep_repeats` an annotator
    who answered an item again counts each time, as if it were somebody else. Raises `UnevenColumns`, `NamelessAnswer`
    when an answer has no item or no annotator, `UncountableAnswer` when labels cannot be told apart by hashing, and
    `ContradictingAnswers` when one annotator gives one item two labels.

    >>> encode([1, 1, 2], ["bo", "al", "al"], ["x", None, "y"]).label.tolist()
    [0, 1]
    """
    items, annotators, labels = Coded.of(item), Coded.of(annotator), Coded.of(label)
    _demand_even(items.code, annotators.code, labels.code)
    given = labels.code >= 0
    nameless = int(np.count_nonzero(given & ((items.code < 0) | (annotators.code < 0))))
    if nameless:
        raise NamelessAnswer(rows=nameless)
    used = (_used(items, given), _used(annotators, given), labels)
    codes = [_narrow(column.code[given], len(column.names)) for column in used]
    names = (used[0].names, tuple(used[1].names), tuple(labels.names))
    return _arranged(Columns(*names, *codes), keep_repeats=keep_repeats)


def from_codes(
    item: Codes,
    annotator: Codes,
    label: Codes,
    *,
    items: Names | None = None,
    annotators: Sequence[Any] | None = None,
    labels: Sequence[Any] | None = None,
    keep_repeats: bool = False,
) -> Columns:
    """Columns whose values are codes already, 0 up to the number of distinct ones; names are the codes if not given.

    Nothing is hashed, and rows sorted by item and annotator are not even copied: this is the way in for millions of
    rows. Labels named and never given count as possible answers (in AC1, Bennett's S). Repeated rows are handled as
    `encode` does. Raises `UnevenColumns`, `CodeOutOfRange`, `ContradictingAnswers`.

    >>> import numpy as np
    >>> len(from_codes(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([2, 2, 0])).labels)
    3
    """
    _demand_even(item, annotator, label)
    names = (_names(items, item), tuple(_names(annotators, annotator)), tuple(_names(labels, label)))
    codes = [_whole(code, len(known)) for code, known in zip((item, annotator, label), names, strict=True)]
    return _arranged(Columns(*names, *codes), keep_repeats=keep_repeats)


def _demand_even(item: Codes, annotator: Codes, label: Codes) -> None:
    if not len(item) == len(annotator) == len(label):
        raise UnevenColumns(items=len(item), annotators=len(annotator), labels=len(label))


def _used(column: Coded, given: NDArray[np.bool_]) -> Coded:
    """Without the names that only missing answers had."""
    if given.all():
        return column
    seen = np.zeros(len(column.names), bool)
    seen[column.code[given]] = True
    place = np.cumsum(seen) - 1
    return Coded([column.names[code] for code in np.flatnonzero(seen).tolist()], np.append(place, -1)[column.code])


def _names(given: Names | None, codes: Codes) -> Names:
    return range(int(codes.max()) + 1 if len(codes) else 0) if given is None else given


def _whole(codes: Codes, names: int) -> Codes:
    array = np.asarray(codes)
    if array.dtype.kind not in "iu":
        raise CodeOutOfRange(code=str(array.dtype), names=names)
    if array.size and (array.min() < 0 or array.max() >= names):
        raise CodeOutOfRange(code=int(array.min() if array.min() < 0 else array.max()), names=names)
    return array if array.dtype.name in ("int32", "int64") else _narrow(array, names)


def _narrow(codes: Codes, names: int) -> Codes:
    return codes.astype(np.int32 if names < 2**31 else np.int64, copy=False)


def _arranged(columns: Columns, *, keep_repeats: bool) -> Columns:
    """Sorted, and with one row for each item and annotator unless repeats are kept."""
    if _strictly_sorted(columns.item, columns.annotator):
        return columns
    columns = _sorted(columns)
    return columns if keep_repeats else _once_each(columns)


def _strictly_sorted(item: Codes, annotator: Codes) -> bool:
    """In blocks, which stay in the cache and give up at the first disorder."""
    for start in range(0, len(item) - 1, _BLOCK):
        one, other = slice(start, start + _BLOCK), slice(start + 1, start + _BLOCK + 1)
        after = item[other]
        before, who = item[one][: len(after)], annotator[one][: len(after)]
        if not ((after > before) | ((after == before) & (annotator[other] > who))).all():
            return False
    return True


def _sorted(columns: Columns) -> Columns:
    """By one sort of a combined key where it fits 63 bits: the rows are read back from the key."""
    item, annotator, label = columns.item, columns.annotator, columns.label
    people, kinds = max(1, len(columns.annotators)), max(1, len(columns.labels))
    names = (columns.items, columns.annotators, columns.labels)
    if len(columns.items) * people * kinds >= 2**63:
        order = np.lexsort((label, annotator, item))
        return Columns(*names, item[order], annotator[order], label[order])
    key = item.astype(np.int64)
    key *= people
    key += annotator
    key *= kinds
    key += label
    key.sort()
    found = tuple(np.empty(len(key), codes.dtype) for codes in (item, annotator, label))
    for start in range(0, len(key), _BLOCK):
        block = slice(start, start + _BLOCK)
        rest, found[2][block] = np.divmod(key[block], kinds)
        found[0][block], found[1][block] = np.divmod(rest, people)
    return Columns(*names, *found)


def _once_each(columns: Columns) -> Columns:
    """Sorted `columns` with one row for each item and annotator."""
    item, annotator, label = columns.item, columns.annotator, columns.label
    again = (item[1:] == item[:-1]) & (annotator[1:] == annotator[:-1])
    if not again.any():
        return columns
    contrary = np.flatnonzero(again & (label[1:] != label[:-1]))
    if contrary.size:
        row = int(contrary[0])
        raise ContradictingAnswers(
            item=str(columns.items[item[row]]),
            annotator=str(columns.annotators[annotator[row]]),
            rows=int(contrary.size),
        )
    first = np.append(True, ~again)
    return Columns(columns.items, columns.annotators, columns.labels, item[first], annotator[first], label[first])


@dataclass(frozen=True, slots=True)
class AnswerPairs:
    """Every unordered pair of answers to the same item, as row numbers into the columns (left before right)."""

    item: Codes
    left: NDArray[np.int64]
    right: NDArray[np.int64]


def pairs_within(item: Codes) -> AnswerPairs:
    """All pairs of rows with equal `item`; `item` must be sorted. Memory grows with the sum of m(m-1)/2.

    >>> import numpy as np
    >>> found = pairs_within(np.array([0, 0, 0, 1]))
    >>> list(zip(found.left.tolist(), found.right.tolist()))
    [(0, 1), (1, 2), (0, 2)]
    """
    lefts: list[NDArray[np.int64]] = []
    offsets: list[NDArray[np.int64]] = []
    left = np.arange(len(item), dtype=np.int64)
    for offset in range(1, len(item)):
        left = left[left < len(item) - offset]
        left = left[item[left] == item[left + offset]]  # sorted: who has no row k further has none k + 1 further
        if not left.size:
            break
        lefts.append(left)
        offsets.append(left + offset)
    left, right = _joined(lefts), _joined(offsets)
    return AnswerPairs(item[left], left, right)


def _joined(parts: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)
