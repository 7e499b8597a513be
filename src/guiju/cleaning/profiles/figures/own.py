"""The record's own columns: what they hold, what they lack, how many different values they have."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from guiju.cleaning.profiles.model import MetaColumn, Value

MOST_COLUMNS = 100
LISTED = 8
KEPT = 200
SKETCH = 256
_TYPES: dict[type, str] = {str: "text", int: "number", float: "number", bool: "yes-no", list: "list", dict: "object"}


class Own(msgspec.Struct):
    """One column in a chunk: counts, the commonest values, and the least hashes of all its values.

    The k-th least of n hashes that are spread evenly over [0, 1) lies about k / n (Bar-Yossef and others, 2002).
    """

    filled: int
    empty: int
    types: dict[str, int]
    values: dict[str, int]
    hashes: list[int]
    least: float | None = None
    most: float | None = None


class OwnColumns(msgspec.Struct):
    """The columns of a chunk's records; `left_out` names columns beyond those that are looked at."""

    items: int = 0
    columns: dict[str, Own] = msgspec.field(default_factory=dict[str, Own])
    left_out: int = 0


Filled: TypeAlias = dict[str, NDArray[np.bool_]]


def look_at_columns(metas: Sequence[str | None], known: Sequence[str]) -> tuple[OwnColumns, Filled]:
    """What the records' columns hold, and who has a value; columns in `known` are looked at before new ones."""
    records = [_decoded(meta) if meta else {} for meta in metas]
    names = dict.fromkeys(known)
    for record in records:
        names.update(dict.fromkeys(record))
    looked = list(names)[:MOST_COLUMNS]
    found, filled = OwnColumns(len(metas), left_out=max(0, len(names) - MOST_COLUMNS)), Filled()
    for name in looked:
        values = [record.get(name) for record in records]
        filled[name] = np.fromiter((value is not None and value != "" for value in values), np.bool_, len(values))
        found.columns[name] = _look(values)
    return found, filled


_decode = msgspec.json.Decoder(dict[str, Any]).decode


def _decoded(meta: str) -> dict[str, Any]:
    try:
        return _decode(meta)
    except msgspec.MsgspecError:
        return {}


def _look(values: list[Any]) -> Own:
    there = [value for value in values if value is not None and value != ""]
    types = Counter(map(type, there))
    told = [value if type(value) is str else _told(value) for value in there]
    counts = Counter(told)
    hashes = sorted({crc32(value.encode("utf-8", "replace")) for value in counts})[:SKETCH]
    numbers = _numbers(counts)
    kinds = {_TYPES.get(kind, "other"): count for kind, count in types.items()}
    return Own(
        len(there),
        sum(1 for value in values if value == ""),
        {"number": len(there)} if numbers and bool not in types else kinds,
        {value[:80]: count for value, count in counts.most_common(KEPT)},
        hashes,
        min(numbers, default=None),
        max(numbers, default=None),
    )


def _numbers(values: Iterable[str]) -> list[float]:
    """The values as numbers, where every one is: a table says its numbers as texts."""
    try:
        numbers = [float(value) for value in values]
    except ValueError:
        return []
    return numbers if all(map(math.isfinite, numbers)) else []


def _told(value: object) -> str:
    return msgspec.json.encode(value).decode()


def merge(one: OwnColumns, other: OwnColumns) -> OwnColumns:
    """Both together; columns beyond the limit are left out, and counted."""
    columns = {name: _copy(own) for name, own in one.columns.items()}
    left_out = max(one.left_out, other.left_out)
    for name, own in other.columns.items():
        if name in columns:
            columns[name] = _merged(columns[name], own)
        elif len(columns) < MOST_COLUMNS:
            columns[name] = _copy(own)
        else:
            left_out += 1
    return OwnColumns(one.items + other.items, columns, left_out)


def _copy(own: Own) -> Own:
    return msgspec.structs.replace(own)


def _merged(one: Own, other: Own) -> Own:
    values = Counter(one.values)
    values.update(other.values)
    types = Counter(one.types)
    types.update(other.types)
    hashes = sorted({*one.hashes, *other.hashes})[:SKETCH]
    least = [value for value in (one.least, other.least) if value is not None]
    most = [value for value in (one.most, other.most) if value is not None]
    return Own(
        one.filled + other.filled,
        one.empty + other.empty,
        dict(types),
        dict(values.most_common(KEPT)),
        hashes,
        min(least, default=None),
        max(most, default=None),
    )


def tell(found: OwnColumns) -> list[MetaColumn]:
    return [_told_column(name, own, found.items) for name, own in found.columns.items()]


def _told_column(name: str, own: Own, items: int) -> MetaColumn:
    is_guess = len(own.hashes) >= SKETCH
    distinct = len(own.hashes)
    if is_guess:
        distinct = min(own.filled, round((SKETCH - 1) / (own.hashes[-1] + 1) * 2**32))
    common = sorted(own.values.items(), key=lambda entry: (-entry[1], entry[0]))[:LISTED]
    values = [Value(value, count) for value, count in common if count > 1 or not is_guess]
    missing = items - own.filled - own.empty
    return MetaColumn(name, own.filled, missing, own.empty, own.types, distinct, is_guess, values, own.least, own.most)
