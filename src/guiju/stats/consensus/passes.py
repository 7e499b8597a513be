"""One pass over all answers, wherever they lie: in memory, or in shards on disks and machines.

An iterating method here is a *driver* and a few *kernels*. A kernel is a top-level function (picklable) of one shard
and the parameters; what it returns is small (expected counts, sums) and adds up over shards, or belongs to the items of
that shard alone (labels, confidences). The driver adds in the order of the shards, so a result does not depend on which
machine was faster. No kernel keeps state between passes, and no driver holds a number per item.

All answers to one item lie in one shard. Annotators and labels are coded alike in every shard.

Formula: total = kernel(shard 1) + kernel(shard 2) + ...
Assumes: all answers to one item lie in one shard; annotators and labels are coded alike in every shard.
Source: expected counts add up over items (Dempster, Laird & Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from guiju.stats.columns import Columns

P = TypeVar("P")
R = TypeVar("R")
Integers: TypeAlias = NDArray[np.signedinteger[Any]]

ANSWERS_A_BLOCK = 40_000
CELLS_A_BLOCK = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Shard:
    """Answers of some items: item i of the shard has the answers `starts[i]` up to `starts[i + 1]`."""

    starts: Integers
    annotator: Integers
    label: Integers

    @property
    def items(self) -> int:
        return len(self.starts) - 1

    @property
    def answers(self) -> int:
        return len(self.annotator)


class Shards(Protocol):
    """What a driver needs to know of the answers, and its one verb.

    `map` yields `kernel(shard, parameters)` for every shard, in the same order each time.
    """

    @property
    def annotators(self) -> int: ...

    @property
    def classes(self) -> int: ...

    def map(self, kernel: Callable[[Shard, P], R], parameters: P) -> Iterable[R]: ...


@dataclass(frozen=True, slots=True, eq=False)
class InMemory:
    """Shards that lie in memory, passed over one after another."""

    shards: tuple[Shard, ...]
    annotators: int
    classes: int

    def map(self, kernel: Callable[[Shard, P], R], parameters: P) -> Iterable[R]:
        return (kernel(shard, parameters) for shard in self.shards)


def in_memory(columns: Columns, shards: int = 1) -> InMemory:
    """The columns as so many shards of about equally many items. Nothing is copied.

    >>> from guiju.stats.columns import encode
    >>> table = encode([1, 1, 2, 3], ["a", "b", "a", "b"], ["x", "y", "x", "x"])
    >>> [(shard.items, shard.answers) for shard in in_memory(table, shards=2).shards]
    [(1, 2), (2, 2)]
    """
    starts = _starts(columns)
    edges = np.linspace(0, len(columns.items), shards + 1).astype(np.int64).tolist()
    parts = tuple(_part(columns, starts[low : high + 1]) for low, high in pairwise(edges))
    return InMemory(parts, len(columns.annotators), len(columns.labels))


def _starts(columns: Columns) -> NDArray[np.int64]:
    """Where each item's answers begin, and the end; items without answers are rare, and cost a count."""
    changes = np.flatnonzero(columns.item[1:] != columns.item[:-1]) + 1
    if len(columns) and len(changes) + 1 == len(columns.items):
        return np.concatenate(([0], changes, [len(columns)]))
    return np.concatenate(([0], np.cumsum(columns.answers_per_item)))


def _part(columns: Columns, starts: NDArray[np.int64]) -> Shard:
    rows = slice(int(starts[0]), int(starts[-1]))
    return Shard(starts - starts[0], columns.annotator[rows], columns.label[rows])


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A few items of a shard, few enough for the processor's cache; `first` is the first one's number in the shard."""

    first: int
    starts: Integers
    annotator: Integers
    label: Integers

    @property
    def items(self) -> int:
        return len(self.starts) - 1

    @property
    def per_item(self) -> NDArray[np.int64]:
        return np.diff(self.starts).astype(np.int64)

    @property
    def place(self) -> NDArray[np.int64]:
        """The item of each answer, counted from the block's first."""
        return np.repeat(np.arange(self.items), self.per_item)


def blocks(shard: Shard, cells_an_item: int, answers: int = ANSWERS_A_BLOCK) -> Iterator[Block]:
    """The shard cut into blocks of about so many answers, and of few cells (items x `cells_an_item`).

    >>> from guiju.stats.columns import encode
    >>> (shard,) = in_memory(encode([1, 1, 2, 3], ["a", "b", "a", "b"], ["x", "y", "x", "x"])).shards
    >>> [block.items for block in blocks(shard, cells_an_item=2, answers=2)]
    [1, 2]
    """
    most_items = max(1, max(CELLS_A_BLOCK, answers) // max(1, cells_an_item))
    first = 0
    while first < shard.items:
        full = int(np.searchsorted(shard.starts, int(shard.starts[first]) + answers, "right")) - 1
        last = max(first + 1, min(full, first + most_items, shard.items))
        rows = slice(int(shard.starts[first]), int(shard.starts[last]))
        starts = (shard.starts[first : last + 1] - shard.starts[first]).astype(np.int32)
        yield Block(first, starts, shard.annotator[rows], shard.label[rows])
        first = last
