"""Many pairs of answers that are shares of labels compared at once: the same distances as the kind's own, faster."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from guiju.kinds.model import AnyKind
from guiju.stats.agreement.soft import divergences

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
_ROUNDED = 1e-6
"""Shares are stored with six decimals: less than this is not left over, it is what rounding took."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Answers as a table of rows x labels."""

    labels: tuple[str, ...]
    table: Floats

    @classmethod
    def of(cls, kind: AnyKind, answers: Sequence[Any]) -> "Shared | None":
        """`None` for a kind whose answers are no shares."""
        if kind.shares is None:
            return None
        told = [kind.shares(answer) for answer in answers]
        labels = tuple(sorted({label for one in told for label in one}))
        rows = [[max(0.0, one.get(label, 0.0)) for label in labels] for one in told]
        return cls(labels, np.array(rows, np.float64).reshape(len(told), len(labels)))

    def kept(self, label: str, *, alone: bool) -> "Shared":
        """The same answers with one label `alone`, or with all but that."""
        chosen = np.array([(one == label) == alone for one in self.labels], bool)
        return Shared(self.labels, self.table * chosen)

    def distances(self, left: Ints, right: Ints) -> Floats:
        """The distance of each pair of rows; what an answer did not give out is a share of its own."""
        rest = 1 - self.table.sum(axis=1)
        whole = np.column_stack([self.table, np.where(rest > _ROUNDED, rest, 0.0)])
        return divergences(whole, left, right)
