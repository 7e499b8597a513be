"""The nearest of gathered vectors, asked again and again: by the index, and what it does not cover one by one.

What the index finds is ordered anew by the whole rows, so that its eight bits a number cost candidates and no order.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from guiju.vectors.errors import IndexNotInstalled
from guiju.vectors.gathered import CHUNK, INDEX_FROM, Gathered
from guiju.vectors.model import Floats, Ints

MOST_EXACT = 200_000
"""Without faiss so many are compared one by one; beyond, a search would take a second and more."""
RERANKED = 4


class Searcher:
    """A folder of vectors, read for searching. `refresh` takes in what came since."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        held = gathered.read_index()
        self._told = gathered.told()
        self._index: Any = held[0] if held else None
        self._covered = held[1].rows if held else 0
        if held:
            self._index.nprobe = held[1].probes
        self._names = gathered.names()
        self._sorted: Ints | None = None
        self._rows: Floats | None = None

    def __len__(self) -> int:
        return len(self._names)

    @property
    def is_exact(self) -> bool:
        return self._index is None

    @property
    def is_outdated(self) -> bool:
        """Whether there is another index by now."""
        return self._gathered.told() != self._told

    def refresh(self) -> None:
        if len(self._gathered) != len(self._names):
            self._names, self._sorted, self._rows = self._gathered.names(), None, None

    def marks_of(self, numbers: Ints) -> dict[int, int]:
        """The mark of each of these that is held."""
        places = self.places_of(numbers)
        return {int(self._names[at, 0]): int(self._names[at, 1]) for at in places}

    def places_of(self, numbers: Ints) -> Ints:
        """Where those of `numbers` that are held stand, in no order."""
        if not len(self._names):
            return np.zeros(0, np.int64)
        if self._sorted is None:
            self._sorted = np.argsort(self._names[:, 0], kind="stable")
        at = np.searchsorted(self._names[:, 0], numbers, sorter=self._sorted)
        places = self._sorted[np.minimum(at, len(self._sorted) - 1)]
        return places[self._names[places, 0] == numbers]

    def row_of(self, number: int) -> Floats | None:
        places = self.places_of(np.array([number], np.int64))
        return self._gathered.read(places)[0] if len(places) else None

    def nearest(self, point: Floats, count: int) -> tuple[Ints, Floats]:
        """The numbers of the nearest and their cosines, nearest first. Raises `IndexNotInstalled`."""
        if self._index is None:
            if len(self) > MOST_EXACT and find_spec("faiss") is None:
                raise IndexNotInstalled(count=len(self), most=MOST_EXACT)
            return self._best(*self._scanned(point, 0, count), count)
        _, found = self._index.search(point[None, :], min(count * RERANKED, self._covered))
        places = self.places_of(found[0][found[0] >= 0])
        close = self._gathered.read(places) @ point
        tail, tail_close = self._scanned(point, self._covered, count)
        return self._best(np.concatenate([places, tail]), np.concatenate([close, tail_close]), count)

    def nearest_among(self, point: Floats, numbers: Sequence[int], count: int) -> tuple[Ints, Floats]:
        """The nearest of these alone; exact."""
        places = np.sort(self.places_of(np.fromiter(numbers, np.int64, len(numbers))))
        close = [self._gathered.read(places[at : at + CHUNK]) @ point for at in range(0, len(places), CHUNK)]
        return self._best(places, np.concatenate(close) if close else np.zeros(0, np.float32), count)

    def _scanned(self, point: Floats, start: int, count: int) -> tuple[Ints, Floats]:
        """The places from `start` with the largest cosines."""
        places, closes = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
        for at in range(start, len(self), CHUNK):
            close = self._part(at, min(at + CHUNK, len(self))) @ point
            best = np.argpartition(-close, count - 1)[:count] if count < len(close) else np.arange(len(close))
            places.append(best + at)
            closes.append(close[best])
        return np.concatenate(places), np.concatenate(closes)

    def _part(self, start: int, end: int) -> Floats:
        """Few rows are kept at hand, many are read each time."""
        if len(self) > INDEX_FROM:
            return self._gathered.read(slice(start, end))
        if self._rows is None:
            self._rows = self._gathered.read(slice(0, len(self)))
        return self._rows[start:end]

    def _best(self, places: Ints, close: Floats, count: int) -> tuple[Ints, Floats]:
        order = np.argsort(-close, kind="stable")[:count]
        return self._names[places[order], 0], close[order]


def threads_for_one() -> None:
    """One search at a time on one core: with other work on the machine threads wait for each other."""
    if find_spec("faiss") is not None:
        import_module("faiss").omp_set_num_threads(1)
