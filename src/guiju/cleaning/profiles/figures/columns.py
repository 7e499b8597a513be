"""Figures of a chunk of items as columns, and the bytes that keep them."""

from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from guiju.cleaning.profiles.model import Wanted

NOTHING = 255
MOST_VALUES = 254


class Measured(NamedTuple):
    """The figures of one item: amounts and choices by code."""

    amounts: dict[str, float]
    choices: dict[str, str]


@dataclass(slots=True)
class Columns:
    """One row an item. An amount that an item has not is NaN, a choice 255; `filled` says who has a column's value."""

    items: NDArray[np.int64]
    amounts: dict[str, NDArray[np.float32]] = field(default_factory=dict[str, NDArray[np.float32]])
    choices: dict[str, tuple[list[str], NDArray[np.uint8]]] = field(
        default_factory=dict[str, tuple[list[str], NDArray[np.uint8]]]
    )
    filled: dict[str, NDArray[np.bool_]] = field(default_factory=dict[str, NDArray[np.bool_]])

    def amount(self, code: str) -> NDArray[np.float32]:
        """The column of an amount, made of NaN when it is new."""
        if code not in self.amounts:
            self.amounts[code] = np.full(len(self.items), np.nan, np.float32)
        return self.amounts[code]

    def choose(self, code: str, rows: NDArray[np.intp], values: list[str]) -> None:
        """Let `rows` have `values` of a choice."""
        names, column = self.choices.setdefault(code, ([], np.full(len(self.items), NOTHING, np.uint8)))
        place = {name: number for number, name in enumerate(names)}
        for value in values:
            if value not in place and len(names) < MOST_VALUES:
                place[value] = len(names)
                names.append(value)
        column[rows] = [place.get(value, NOTHING) for value in values]


class _Packed(msgspec.Struct, array_like=True):
    items: bytes
    amounts: dict[str, bytes]
    choices: dict[str, tuple[list[str], bytes]]
    filled: dict[str, bytes]


_decoder = msgspec.msgpack.Decoder(_Packed)


def pack(columns: Columns) -> bytes:
    """Columns that no item has are left out."""
    amounts = {
        code: np.asarray(values, "<f4").tobytes() for code, values in columns.amounts.items() if not _is_void(values)
    }
    choices = {code: (names, column.tobytes()) for code, (names, column) in columns.choices.items()}
    filled = {name: np.packbits(has).tobytes() for name, has in columns.filled.items()}
    return msgspec.msgpack.encode(_Packed(np.asarray(columns.items, "<i8").tobytes(), amounts, choices, filled))


def _is_void(values: NDArray[np.float32]) -> bool:
    return bool(np.isnan(values).all())


def unpack(kept: bytes) -> Columns:
    packed = _decoder.decode(kept)
    items = np.frombuffer(packed.items, "<i8").astype(np.int64, copy=False)
    return Columns(
        items,
        {code: np.frombuffer(values, "<f4") for code, values in packed.amounts.items()},
        {code: (names, np.frombuffer(column, np.uint8)) for code, (names, column) in packed.choices.items()},
        {
            name: np.unpackbits(np.frombuffer(has, np.uint8), count=len(items)).astype(np.bool_)
            for name, has in packed.filled.items()
        },
    )


def find_rows(columns: Columns, wanted: Wanted) -> NDArray[np.int64]:
    """The ids of the items that are wanted, in their order."""
    if not wanted.figure and wanted.lacks is None:
        return columns.items
    if wanted.lacks is not None:
        has = columns.filled.get(wanted.lacks)
        return columns.items if has is None else columns.items[~has]
    if wanted.value is not None:
        names, column = columns.choices.get(wanted.figure, ([], np.empty(0, np.uint8)))
        return columns.items[column == names.index(wanted.value)] if wanted.value in names else columns.items[:0]
    values = columns.amounts.get(wanted.figure)
    if values is None:
        return columns.items[:0]
    return columns.items[lies_in(values, wanted.low, wanted.high)]


def lies_in(values: NDArray[np.float32], low: float | None, high: float | None) -> NDArray[np.bool_]:
    """Whether low ≤ value < high; what is open has no bound. NaN lies nowhere."""
    inside = ~np.isnan(values)
    if low is not None:
        inside &= values >= np.float32(low)
    if high is not None:
        inside &= values < np.float32(high)
    return inside
