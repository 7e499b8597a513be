"""The few causes that make most of the defects.

Formula: causes in falling order of their counts; share = count / total; cumulative = the running sum of the shares.
Assumes: each defect is counted under one cause of a kind; with several (labels of one answer) the total is that of the
counts, not of the defects.
Source: Juran J. M., Universals in management planning and controlling, The Management Review 43 (1954) 748-761.
"""

from collections.abc import Mapping
from dataclasses import dataclass

MOST_OF_THEM = 0.8


@dataclass(frozen=True, slots=True)
class Bar:
    """A cause: how often, its share of all, and the share of it and all before it, in [0, 1]."""

    cause: str
    count: int
    share: float
    cumulative: float


def pareto(counts: Mapping[str, int]) -> list[Bar]:
    """The causes that occurred, the most frequent first; equal ones by name.

    >>> [(bar.cause, bar.count, round(bar.cumulative, 2)) for bar in pareto({"missed": 6, "loose": 1, "label": 3})]
    [('missed', 6, 0.6), ('label', 3, 0.9), ('loose', 1, 1.0)]
    """
    total = sum(counts.values())
    ordered = sorted(((cause, n) for cause, n in counts.items() if n > 0), key=lambda each: (-each[1], each[0]))
    bars, sofar = list[Bar](), 0
    for cause, n in ordered:
        sofar += n
        bars.append(Bar(cause, n, n / total, sofar / total))
    return bars


def vital_few(bars: list[Bar], most: float = MOST_OF_THEM) -> int:
    """How many causes, from the first, are needed to reach the share `most`; 0 where there is none.

    >>> vital_few(pareto({"missed": 6, "loose": 1, "label": 3}))
    2
    """
    return next((n for n, bar in enumerate(bars, 1) if bar.cumulative >= most - 1e-9), 0)
