"""How good a deposit is: a grade by what the inspection of its lot promises. Pure.

A lot's share of defective items is not known, only what its sample says of it. The grade goes by the upper end of the
exact 95% interval of that share (`stats.intervals.finite_interval`): what is promised, not what was hoped. Without a
verdict nothing is promised.
"""

from collections.abc import Mapping
from typing import NamedTuple

from guiju.kit import N_
from guiju.stats.intervals import finite_interval

GRADES: Mapping[str, tuple[float, str]] = {
    "A": (0.025, N_("at most 2.5 in 100 are wrong")),
    "B": (0.065, N_("at most 6.5 in 100 are wrong")),
    "C": (0.15, N_("at most 15 in 100 are wrong")),
    "D": (1.0, N_("more than 15 in 100 may be wrong, or nobody looked")),
}
"""From the best: the share that the interval's upper end may have, and what it promises. The shares are of the
preferred series of acceptance sampling."""
METHOD = N_("by the upper end of the exact 95% interval of the lot's share of defective items")


class Graded(NamedTuple):
    """A grade with the interval that it was given for, of `n` judged items."""

    grade: str
    low: float
    high: float
    n: int


def grade_of(defective: int, judged: int, lot: int) -> Graded:
    """The grade of a lot of `lot` items, `defective` of the `judged` of which were found so.

    >>> grade_of(0, 200, 5_000).grade, grade_of(3, 80, 1_200).grade, grade_of(0, 0, 10).grade
    ('A', 'C', 'D')
    """
    if judged == 0 or lot < judged:
        return Graded("D", 0.0, 1.0, judged)
    low, high = finite_interval(defective, judged, lot)
    return Graded(next(grade for grade, (most, _) in GRADES.items() if high <= most), low, high, judged)
