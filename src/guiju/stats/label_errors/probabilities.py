"""Labels and predicted probabilities, checked once and read in blocks that stay in the processor's cache.

Formula: p_ij >= 0 and |sum_j p_ij - 1| <= .01 for every item i; each label is one of the K columns.
Assumes: nothing. A hundredth is left for probabilities stored with few digits.
Source: our own.
"""

from collections.abc import Generator, Sequence
from typing import Any, NamedTuple, TypeAlias, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guiju.stats.columns import Codes
from guiju.stats.label_errors.errors import NothingToCheck, NotProbabilities, UnevenProbabilities, UnknownClass

Probabilities: TypeAlias = NDArray[np.floating[Any]]
_BLOCK_CELLS = 131_072
_SUM_MAY_MISS = 0.01


class Block(NamedTuple):
    """Rows `begin` to `end`, with their labels and probabilities."""

    begin: int
    end: int
    labels: Codes
    probabilities: Probabilities


class Checked(NamedTuple):
    """Labels as column numbers beside an n x K table of probabilities."""

    labels: Codes
    probabilities: Probabilities

    @property
    def classes(self) -> int:
        return self.probabilities.shape[1]

    def blocks(self) -> Generator[Block]:
        """The rows in order, a few thousand at a time: memory does not grow with n."""
        step = max(1, _BLOCK_CELLS // self.classes)
        for begin in range(0, len(self.labels), step):
            end = min(begin + step, len(self.labels))
            yield Block(begin, end, self.labels[begin:end], self.probabilities[begin:end])


def checked(labels: Sequence[int] | NDArray[Any], probabilities: ArrayLike) -> Checked:
    """Both as arrays: float32 stays float32, all else becomes float64.

    Raises `NothingToCheck`, `UnevenProbabilities`, `UnknownClass`, `NotProbabilities`.

    >>> checked([0, 1], [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]]).classes
    3
    """
    table = _floating(probabilities)
    if len(labels) == 0:
        raise NothingToCheck
    if table.ndim != 2 or len(table) != len(labels) or table.shape[1] < 2:
        raise UnevenProbabilities(labels=len(labels), shape=" x ".join(map(str, table.shape)))
    found = Checked(_codes(labels, table.shape[1]), table)
    for block in found.blocks():
        _demand_distributions(block)
    return found


def own(block: Block) -> NDArray[np.floating[Any]]:
    """The probability of each row's given label.

    >>> [own(block).tolist() for block in checked([0, 1], [[0.7, 0.3], [0.1, 0.9]]).blocks()]
    [[0.7, 0.9]]
    """
    return block.probabilities[np.arange(len(block.labels)), block.labels]


def _floating(probabilities: ArrayLike) -> Probabilities:
    try:
        table = np.asarray(probabilities)
        return cast("Probabilities", table if table.dtype == np.float32 else table.astype(np.float64, copy=False))
    except (TypeError, ValueError):
        raise NotProbabilities(row=0) from None


def _codes(labels: Sequence[int] | NDArray[Any], classes: int) -> Codes:
    given = np.asarray(labels)
    if given.ndim != 1 or given.dtype.kind not in "iu":
        wrong = next((row for row, one in enumerate(given.tolist()) if not isinstance(one, int)), 0)
        raise UnknownClass(label=str(given.tolist()[wrong]), row=wrong, classes=classes)
    if given.min() < 0 or given.max() >= classes:
        wrong = int(np.flatnonzero((given < 0) | (given >= classes))[0])
        raise UnknownClass(label=str(given[wrong]), row=wrong, classes=classes)
    return given.astype(np.int64, copy=False)


def _demand_distributions(block: Block) -> None:
    table = block.probabilities
    sums = table @ np.ones(table.shape[1], table.dtype)
    # Written so that NaN, which compares false with everything, fails it.
    fine = table.min() >= 0 and abs(sums - 1).max() <= _SUM_MAY_MISS
    if not fine:
        good = (table.min(axis=1) >= 0) & (abs(sums - 1) <= _SUM_MAY_MISS)
        raise NotProbabilities(row=block.begin + int(np.flatnonzero(~good)[0]))
