"""The cells that somebody filled: the distinct (item, label) of the answers.

In a model where the labels nobody gave to an item all look alike, only the filled cells need a number of their own.
There are never more of them than answers, so neither time nor memory grows with the number of categories.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guiju.stats.columns import Codes, Columns, Floats
from guiju.stats.consensus.errors import BadSetting
from guiju.stats.consensus.result import TIE, Picked, Posterior, Ties, pick

_SAFE = 600.0
"""Below this, exp() neither overflows nor vanishes, and the shift that guards it can be left out."""
_DENSE = 20_000_000
"""A table items x classes of more cells than this is not kept; the answers themselves need far less."""
_BLOCK = 2_000_000


@dataclass(frozen=True, slots=True)
class Cells:
    """Filled cells in order of item, then label: their `item`, `label` and `count` of answers; the cell `of` a row."""

    item: Codes
    label: Codes
    count: Floats
    of: Codes
    items: int
    labels: int

    def __len__(self) -> int:
        return len(self.item)


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What is believed of each item: `p` of each filled cell; an unfilled one has `prior[label] * exp(-log_z[item])`.

    `log_z` is log P(answers) of an item over that of its answers if all were wrong.
    """

    cells: Cells
    prior: Floats
    p: Floats
    log_z: Floats

    def dense(self) -> Posterior | None:
        """The table items x classes, unless it would be too large."""
        return None if self.cells.items * self.cells.labels > _DENSE else self._rows(0, self.cells.items)

    def of(self, item: Codes, label: Codes) -> Floats:
        """The probability that `label` is right for `item`, row by row; the cell need not be filled."""
        key = _key(self.cells.item, self.cells.label, self.cells.labels)
        wanted = _key(item, label, self.cells.labels)
        place = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        return np.where(key[place] == wanted, self.p[place], self.prior[label] * np.exp(-self.log_z[item]))

    def picked(self) -> Picked:
        """The most probable label of each item, ties told; neither label nor confidence without an answer."""
        cells = self.cells
        top = np.zeros(cells.items)
        np.maximum.at(top, cells.item, self.p)
        near = self.p >= (top * (1 - TIE))[cells.item]
        width = np.bincount(cells.item[near], minlength=cells.items)
        label = np.full(cells.items, -1, np.int32)
        label[cells.item[near]] = cells.label[near]
        label[width > 1] = -1
        confidence = np.where(width > 0, top, np.nan)
        tied = near & (width > 1)[cells.item]
        unlikely = (width > 0) & (self.prior.max() * np.exp(-self.log_z) >= top * (1 - TIE))
        found = Picked(label, confidence, Ties(cells.item[tied], cells.label[tied].astype(np.int32)))
        return self._with_unfilled(found, np.flatnonzero(unlikely)) if unlikely.any() else found

    def _with_unfilled(self, found: Picked, items: Codes) -> Picked:
        """`found`, where a label that nobody gave may win `items` (all who answered are believed to be wrong)."""
        kept = ~np.isin(found.ties.item, items)
        tied = [(found.ties.item[kept], found.ties.label[kept])]
        for block in np.array_split(items, 1 + len(items) * self.cells.labels // _BLOCK):
            if not len(block):
                continue
            whole = pick(np.stack([self._rows(item, item + 1)[0] for item in block.tolist()]))
            found.label[block], found.confidence[block] = whole.label, whole.confidence
            tied.append((block[whole.ties.item], whole.ties.label))
        item, label = (np.concatenate(part) for part in zip(*tied, strict=True))
        order = np.lexsort((label, item))
        return Picked(found.label, found.confidence, Ties(item[order], label[order]))

    def _rows(self, start: int, stop: int) -> Floats:
        table = self.prior * np.exp(-self.log_z[start:stop, None])
        first, last = np.searchsorted(self.cells.item, (start, stop))
        table[self.cells.item[first:last] - start, self.cells.label[first:last]] = self.p[first:last]
        return table


def filled(columns: Columns) -> Cells:
    """Kernel: the filled cells of `columns`."""
    width = max(1, len(columns.labels))
    key, of, count = np.unique(columns.cells, return_inverse=True, return_counts=True)
    item, label = np.divmod(key, width)
    return Cells(item, label, count.astype(float), of, len(columns.items), len(columns.labels))


def believe(cells: Cells, score: Floats, prior: Floats) -> Beliefs:
    """Kernel: P(label) of each filled cell from its `score`: the log likelihood of that label over an unfilled one.

    Z_i = (1 - sum of the filled priors) + sum prior_c exp(score_ic); p_ic = prior_c exp(score_ic) / Z_i.
    """
    weight = prior[cells.label]
    rest = 1.0 - sums(cells.item, weight, cells.items)
    rest[rest < 1e-12] = 0.0  # every label was given: what is left is rounding
    if np.abs(score).max() < _SAFE:
        part = weight * np.exp(score)
        total = rest + sums(cells.item, part, cells.items)
        return Beliefs(cells, prior, part / total[cells.item], np.log(total))
    top = np.where(rest > 0, 0.0, -np.inf)
    np.maximum.at(top, cells.item, score)
    part = weight * np.exp(score - top[cells.item])
    total = rest * np.exp(-np.maximum(top, -_SAFE)) + sums(cells.item, part, cells.items)
    return Beliefs(cells, prior, part / total[cells.item], np.log(total) + top)


def demand_setting(setting: str, value: object, wanted: str, *, holds: bool) -> None:
    """Kernel: refuse a setting that does not hold."""
    if not holds:
        raise BadSetting(setting=setting, value=value, wanted=wanted)


def uniform(columns: Columns) -> Floats:
    """Kernel: the same prior probability for each class."""
    return np.full(len(columns.labels), 1 / len(columns.labels))


def sums(group: Codes, values: Floats, groups: int) -> Floats:
    """Kernel: the sum of `values` in each of `groups` groups."""
    return np.bincount(group, values, groups).astype(np.float64, copy=False)


def _key(item: Codes, label: Codes, width: int) -> NDArray[np.int64]:
    """The number of a cell, in 64 bits: items times categories may be more than 32 hold."""
    return item.astype(np.int64, copy=False) * width + label
