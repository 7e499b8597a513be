"""The kernel of every figure of agreement: items grouped by their counts of labels.

Two items on which one person said x and two said y say the same about agreement; they are one *pattern* with weight 2.
Two million items of five answers and ten labels make some two thousand patterns: all figures, and resampling items as a
multinomial draw over patterns, then cost next to nothing. Patterns of parts of the items add up to those of the whole.

Formula: pattern(u) = the number of answers of each label to item u; weight(p) = the number of items with pattern p.
Assumes: figures do not ask which item it was, or who answered.
Source: the "subjects by categories" table of Fleiss 1971, doi:10.1037/h0031619, with equal rows counted once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from guiju.stats.columns import Codes, Columns, Floats
from guiju.stats.sources import in_order

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]
_BLOCK = 1 << 20


def added(place: Codes, values: Ints | Floats, groups: int) -> Floats:
    """The sum of the `values` of each group, whose number is in `place`.

    >>> added(np.array([0, 2, 2]), np.array([0.5, 1.0, 2.0]), 4).tolist()
    [0.5, 0.0, 3.0, 0.0]
    """
    return np.bincount(place, values, groups).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Items with the same counts of labels, in an order that their counts alone decide.

    Sparse: entry j says that `count[j]` answers of pattern `row[j]` were `label[j]`. `weight` is the number of items
    of each pattern, `size` the number of answers each of them has.
    """

    labels: tuple[Any, ...]
    weight: Ints
    size: Ints
    row: Ints
    label: Ints
    count: Ints

    @classmethod
    def of(cls, columns: Columns) -> "Patterns":
        """Group the items of sorted columns, a block at a time."""
        marks = _marks(len(columns.labels))
        blocks = list(_grouped(columns, marks))
        if not blocks:
            none = np.empty(0, np.int64)
            return cls(columns.labels, none, none, none, none, none)
        key = np.concatenate([block.key for block in blocks])
        weight = np.concatenate([block.weight for block in blocks])
        start = np.concatenate([block.start for block in blocks])
        size = np.concatenate([block.size for block in blocks])
        _, first, place = np.unique(key, return_index=True, return_inverse=True)
        total = np.bincount(place, weight).astype(np.int64)
        return cls(columns.labels, total, *_entries(columns, start[first], size[first]))

    @classmethod
    def merged(cls, parts: "list[Patterns]") -> "Patterns":
        """The patterns of all items, whose labels may differ from part to part."""
        labels = parts[0].labels
        if any(part.labels != labels for part in parts):
            labels = tuple(in_order(dict.fromkeys(label for part in parts for label in part.labels)))
        place = {label: code for code, label in enumerate(labels)}
        moved = [np.array([place[label] for label in part.labels], np.int64)[part.label] for part in parts]
        shifts = np.cumsum([0, *(len(part.weight) for part in parts)])
        row = np.concatenate([part.row + shift for part, shift in zip(parts, shifts, strict=False)])
        weight = np.concatenate([part.weight for part in parts])
        size = np.concatenate([part.size for part in parts])
        count = np.concatenate([part.count for part in parts])
        return cls(labels, weight, size, row, np.concatenate(moved), count).regrouped()

    @property
    def _keys(self) -> Keys:
        key = np.zeros(len(self.weight), np.uint64)
        np.add.at(key, self.row, _marks(len(self.labels))[self.label] * self.count.astype(np.uint64))
        return key

    def places(self, columns: Columns) -> tuple[Ints, Ints]:
        """The items of `columns` that have answers, and the pattern of each."""
        marks, keys = _marks(len(self.labels)), self._keys
        order = np.argsort(keys)
        items: list[Ints] = [np.empty(0, np.int64)]
        places: list[Ints] = [np.empty(0, np.int64)]
        for block in ItemBlock.each(columns.item):
            key = np.add.reduceat(marks[columns.label[block.first : block.last]], block.starts)
            items.append(columns.item[block.first + block.starts].astype(np.int64))
            places.append(order[np.searchsorted(keys, key, sorter=order)])
        return np.concatenate(items), np.concatenate(places)

    def regrouped(self) -> "Patterns":
        """With equal patterns made one."""
        key = self._keys
        _, first, place = np.unique(key, return_index=True, return_inverse=True)
        weight = added(place, self.weight, len(first)).astype(np.int64)
        new = np.full(len(key), -1)
        new[first] = np.arange(len(first))
        kept = new[self.row] >= 0
        row, label, count = new[self.row[kept]], self.label[kept], self.count[kept]
        order = np.lexsort((label, row))
        return Patterns(self.labels, weight, self.size[first], row[order], label[order], count[order])

    @property
    def items(self) -> int:
        """Items with at least one answer."""
        return int(self.weight.sum())

    @property
    def answers(self) -> int:
        return int(self.weight @ self.size)

    @property
    def pairable(self) -> "Patterns":
        """The patterns of two answers or more: those in which something can be compared."""
        kept = self.size >= 2
        if kept.all():
            return self
        rows = np.cumsum(kept) - 1
        entry = kept[self.row]
        part = (rows[self.row[entry]], self.label[entry], self.count[entry])
        return Patterns(self.labels, self.weight[kept], self.size[kept], *part)

    @property
    def totals(self) -> Floats:
        """How often each label was given, over all items."""
        return added(self.label, self.weight[self.row] * self.count, len(self.labels))

    @property
    def shares(self) -> Floats:
        """Mean over items of the share of their answers that each label has."""
        share = self.weight[self.row] * self.count / self.size[self.row]
        return added(self.label, share, len(self.labels)) / max(1, self.items)

    @property
    def agreeing(self) -> Floats:
        """Ordered pairs of equal answers in an item of each pattern."""
        return self.summed(self.count * (self.count - 1))

    def summed(self, values: Ints | Floats) -> Floats:
        """The sum over its entries for each pattern."""
        return added(self.row, values, len(self.weight))

    @property
    def dense(self) -> Floats:
        """Patterns x labels that occur."""
        used, place = np.unique(self.label, return_inverse=True)
        table = np.zeros((len(self.weight), len(used)))
        table[self.row, place] = self.count
        return table

    @property
    def used(self) -> Ints:
        """The labels of the columns of `dense`."""
        return np.unique(self.label)


class _Block(NamedTuple):
    key: Keys
    weight: Ints
    start: Ints
    size: Ints


def _marks(labels: int) -> Keys:
    """A random 64-bit number for each label: their sum names a multiset of labels.

    Two of a million different patterns share a sum with chance 3e-8.
    """
    return np.random.default_rng(20_190_404).integers(0, 2**64 - 1, labels, np.uint64)


class ItemBlock(NamedTuple):
    """Rows `first` up to `last` of the columns, which are whole items; each item's first row counted from `first`."""

    first: int
    last: int
    starts: Ints

    @property
    def sizes(self) -> Ints:
        return np.diff(self.starts, append=self.last - self.first)

    @classmethod
    def each(cls, item: Codes, rows: int = _BLOCK) -> "Iterator[ItemBlock]":
        """Blocks of about `rows` rows of the sorted `item`: what is done to each stays in the cache."""
        first = 0
        while first < len(item):
            last = min(len(item), first + rows)
            if last < len(item):
                last = int(np.searchsorted(item, cast("int", item[last - 1]), "right"))
            block = item[first:last]
            turns: Ints = np.flatnonzero(block[1:] != block[:-1]) + 1
            yield cls(first, last, np.concatenate([np.zeros(1, np.int64), turns]))
            first = last


def _grouped(columns: Columns, marks: Keys) -> Iterator[_Block]:
    known: Keys | None = None
    for block in ItemBlock.each(columns.item):
        keys = np.add.reduceat(marks[columns.label[block.first : block.last]], block.starts)
        distinct, weight = np.unique(keys, return_counts=True)
        fresh = distinct if known is None else np.setdiff1d(distinct, known, assume_unique=True)
        start, size = np.zeros(len(distinct), np.int64), np.zeros(len(distinct), np.int64)
        where = np.searchsorted(distinct, fresh)
        example = _example_of(keys, fresh)
        start[where], size[where] = block.first + block.starts[example], block.sizes[example]
        yield _Block(distinct, weight, start, size)
        known = distinct if known is None else known


def _example_of(keys: Keys, wanted: Keys) -> Ints:
    """Where each of the sorted `wanted` keys stands first; keys seen in the first block have an example there."""
    if not wanted.size:
        return np.empty(0, np.int64)
    near = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
    found = np.flatnonzero(wanted[near] == keys)
    first = np.zeros(len(wanted), np.int64)
    first[near[found[::-1]]] = found[::-1]
    return first


def _entries(columns: Columns, start: Ints, size: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Size, row, label and count of the patterns whose example items begin at `start`."""
    row = np.repeat(np.arange(len(start)), size)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
    width = max(1, len(columns.labels))
    cells, count = np.unique(row * width + columns.label[start[row] + offset], return_counts=True)
    return size, cells // width, cells % width, count
