"""Columns from anywhere as integer codes: lists, NumPy, pandas, Polars, Arrow. None of those libraries is imported.

Each is asked for its own coding (Arrow `dictionary_encode`, pandas `factorize`, Polars `unique` and `search_sorted`);
NumPy arrays of numbers and of strings are coded without a Python loop over rows; anything else goes by a dictionary.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from guiju.stats.errors import UncountableAnswer

Codes: TypeAlias = NDArray[np.signedinteger[Any]]
Names: TypeAlias = Sequence[Hashable]


def is_missing(label: object) -> bool:
    """Whether `label` stands for no answer: `None`, or what is not equal to itself (NaN, NaT, pandas' NA).

    Formula: missing(x) = x is None or not (x = x).   Assumes: nothing.   Source: IEEE 754, where only NaN differs
    from itself.

    >>> [is_missing(label) for label in (None, float("nan"), 0, "")]
    [True, True, False, False]
    """
    if label is None:
        return True
    try:
        return bool(label != label)  # noqa: PLR0124 - the test for NaN that works on any type
    except (TypeError, ArithmeticError):  # pandas' NA has no truth, a signalling Decimal NaN no equality
        return True


def in_order(values: Iterable[Hashable]) -> list[Hashable]:
    """`values` by number if all of them read as finite numbers, else by type and by how they are written.

    Formula: sort by (number, text), or by (type, text).   Assumes: nothing; equal sets of values give equal lists in
    every run.   Source: own convention, so that "10" follows "9" and no figure depends on the order of rows.

    >>> in_order({"10", "9", "1"}), in_order({"b", "a", "10"})
    (['1', '9', '10'], ['10', 'a', 'b'])
    """
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


def plain(value: object) -> object:
    """A name or label as JSON can hold it: text, numbers and truth as they are, sets and tuples as lists, else as text.

    Formula: none.   Assumes: nothing.   Source: RFC 8259, which knows no other values.

    >>> plain(frozenset("ba")), plain((1, "x")), plain(2.5)
    (['a', 'b'], [1, 'x'], 2.5)
    """
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, frozenset):
        return [plain(member) for member in in_order(cast("frozenset[Hashable]", value))]
    if isinstance(value, tuple):
        return [plain(member) for member in cast("tuple[object, ...]", value)]
    return value.item() if isinstance(value, np.integer | np.floating) else str(value)


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as codes into its distinct `names`, which stand in order; -1 where the value is missing."""

    names: Names
    code: Codes

    @classmethod
    def of(cls, values: Any) -> "Coded":
        """Any one-dimensional column. Raises `UncountableAnswer` for values that cannot be told apart by hashing."""
        names, code = _coded(values)
        return cls(*_ordered(names, code))


_Found: TypeAlias = tuple[Names | NDArray[Any], Codes]


def _coded(values: Any) -> _Found:
    if isinstance(values, np.ndarray):
        return _of_numpy(cast("NDArray[Any]", values))
    if hasattr(values, "dictionary_encode"):
        return _of_arrow(values)
    if hasattr(values, "search_sorted") and hasattr(values, "is_null"):
        return _of_polars(values)
    if hasattr(values, "factorize"):
        code, names = values.factorize()
        return list(names.tolist()), np.asarray(code, np.int64)
    return _of_list(list(values))


def _of_arrow(values: Any) -> _Found:
    try:
        whole = values.dictionary_encode()
    except Exception:  # noqa: BLE001 - Arrow's own errors cannot be named without importing it; lists and structs
        return _of_list(values.to_pylist())
    whole = whole.combine_chunks() if hasattr(whole, "combine_chunks") else whole
    if hasattr(whole, "num_chunks"):  # no chunk at all stays a chunked array
        return [], np.empty(0, np.int64)
    code = whole.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return list(whole.dictionary.to_pylist()), np.asarray(code, np.int64)


def _of_polars(values: Any) -> _Found:
    try:
        distinct = values.drop_nulls().unique().sort()
        code = np.asarray(distinct.search_sorted(values).to_numpy(), np.int64)
    except Exception:  # noqa: BLE001 - Polars' own errors cannot be named without importing it; lists and structs
        return _of_list(values.to_list())
    return list(distinct.to_list()), np.where(values.is_null().to_numpy(), -1, code)


def _of_numpy(values: NDArray[Any]) -> _Found:
    if values.ndim != 1:
        raise UncountableAnswer(label=f"array of shape {values.shape}")
    if values.dtype.kind in "iu":
        return _of_integers(values)
    if values.dtype.kind not in "fbUSMm":
        return _of_list(values.tolist())
    names, code = np.unique(values, return_inverse=True)
    return (names if values.dtype.kind == "U" else names.tolist()), code


def _of_integers(values: NDArray[Any]) -> _Found:
    if not values.size:
        return [], np.empty(0, np.int64)
    low, high = int(values.min()), int(values.max())
    if high - low > 4 * values.size + 1_024 or high > np.iinfo(np.int64).max:
        names, code = np.unique(values, return_inverse=True)
        return names, code
    place = values.astype(np.int64) - low
    seen = np.zeros(high - low + 1, bool)
    seen[place] = True
    rank = np.cumsum(seen, dtype=np.int64) - 1
    return np.flatnonzero(seen) + low, rank[place]


def _of_list(values: list[Any]) -> _Found:
    try:
        distinct = dict.fromkeys(values)
    except TypeError:
        values = [_hashable(value) for value in values]
        distinct = dict.fromkeys(values)
    kept = [value for value in distinct if not is_missing(value)]
    place = dict.fromkeys(distinct, -1) | {value: code for code, value in enumerate(kept)}
    return kept, np.fromiter(map(place.__getitem__, values), np.int64, len(values))


def _hashable(value: Any) -> Hashable:
    """A set of labels as a frozen one, a list as a tuple."""
    if isinstance(value, set):
        return frozenset(cast("set[Hashable]", value))
    frozen = tuple(cast("list[Hashable]", value)) if isinstance(value, list) else value
    try:
        hash(frozen)
    except TypeError as error:
        raise UncountableAnswer(label=str(cast("object", value))) from error
    return cast("Hashable", frozen)


def _ordered(names: Names | NDArray[Any], code: Codes) -> tuple[Names, Codes]:
    if isinstance(names, np.ndarray):
        if names.dtype.kind != "U":
            return names.tolist(), code  # integers come sorted
        order = _order_of_strings(names)
        return names[order].tolist(), _moved(order, code, len(names))
    present = {_hashable(name): old for old, name in enumerate(names) if not is_missing(name)}
    ordered = in_order(present)
    return ordered, _moved(np.array([present[name] for name in ordered], np.int64), code, len(names))


def _order_of_strings(sorted_names: NDArray[Any]) -> Codes:
    """As `in_order`, without a loop: the text's order unless all of them read as finite numbers."""
    try:
        numbers = sorted_names.astype(np.float64)
    except ValueError:
        return np.arange(len(sorted_names))
    if not np.isfinite(numbers).all():
        return np.arange(len(sorted_names))
    return np.argsort(numbers, kind="stable")


def _moved(order: Codes, code: Codes, names: int) -> Codes:
    """`code` after `names` were put into `order`; what is in no order, and -1, become -1."""
    new = np.full(names + 1, -1, np.int64)
    new[order] = np.arange(len(order))
    return new[code]
