"""A figure with what it rests on: its interval, its n, or the reason why it does not exist."""

from dataclasses import dataclass

import numpy as np

from guiju.kit import N_
from guiju.stats.columns import Floats

NO_OVERLAP = N_("No item has answers of two annotators, so nothing can be compared.")
ONE_ANSWER_ONLY = N_("Every answer is the same, so agreement cannot be told from chance.")


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` over `n` items with its 95% interval; when there is none, `why` (a msgid) says why not."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    why: str | None = None

    def to_dict(self) -> dict[str, object]:
        return {"value": self.value, "interval": self.interval, "n": self.n, "why": self.why}

    @property
    def interval(self) -> list[float] | None:
        return None if self.low is None or self.high is None else [self.low, self.high]


def figure(value: float, replicates: Floats, n: int) -> Figure:
    """`value` with the percentile interval of its bootstrap `replicates`; none from a single item.

    Replicates that do not exist (NaN: a resample in which all answers are equal) are left out.
    """
    existing = replicates[~np.isnan(replicates)]
    if n < 2 or not existing.size:
        return Figure(float(value), n=n)
    low, high = np.percentile(existing, (2.5, 97.5))
    return Figure(float(value), float(low), float(high), n)
