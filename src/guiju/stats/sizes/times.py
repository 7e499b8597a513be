"""The seconds of a trial, cleaned of idle time: who is how fast.

Formula: for each annotator, of x = ln seconds: m = median(x), s = 1.4826 median|x - m|, at least .25
    an answer is idle if x > m + 3 s, and is left out; what remains is the active time
    an annotator with under 8 answers has too few for an s of their own: there s is that of all annotators' |x - m|
Assumes: active times are roughly lognormal, so that a time beyond 3 s comes once in 700; a few hard items may be taken
    for idle time, which makes the estimate a little too short. At most half of an annotator's times are idle.
Source: Hampel 1974, doi:10.1080/01621459.1974.10482962 (median and MAD); Leys et al. 2013,
    doi:10.1016/j.jesp.2013.03.013 (3 MAD as a rule); van der Linden 2006, doi:10.3102/10769986031002181 (lognormal).
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Floats, in_order
from guiju.stats.sizes.errors import NotATime, TooFewTimes, UnevenTimes

IDLE_AT = 3.0
_OWN_SPREAD_FROM = 8
_LEAST_SPREAD = 0.25
_MEANING = N_(
    "{idle} of {n} answers took so much longer than is usual for the same annotator that they count as idle time: "
    "{lost} of {all} hours on the clock."
)


@dataclass(frozen=True, slots=True)
class Speed:
    """One annotator's answers: how many, how many of them idle, and the seconds of the others."""

    annotator: Hashable
    answers: int
    idle: int
    limit: float
    median: float
    mean: float

    def to_dict(self) -> dict[str, object]:
        return {
            "annotator": str(self.annotator),
            "answers": self.answers,
            "idle": self.idle,
            "limit": self.limit,
            "median": self.median,
            "mean": self.mean,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """Seconds of answers with the codes of their annotator and item; `idle` says which are left out, and above what."""

    annotators: tuple[Hashable, ...]
    annotator: Codes
    item: Codes
    seconds: Floats
    limit: Floats
    idle: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.seconds)

    @property
    def speeds(self) -> tuple[Speed, ...]:
        """Each annotator's speed, the fastest mean first."""
        order = np.argsort(self.annotator, kind="stable")
        runs = np.split(order, np.cumsum(np.bincount(self.annotator, minlength=len(self.annotators)))[:-1])
        found = [self._speed(code, run) for code, run in enumerate(runs)]
        return tuple(sorted(found, key=lambda one: one.mean))

    def _speed(self, code: int, rows: Codes) -> Speed:
        active = self.seconds[rows][~self.idle[rows]]
        name, limit = self.annotators[code], float(self.limit[code])
        return Speed(name, len(rows), len(rows) - active.size, limit, float(np.median(active)), float(active.mean()))

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        hours = {"lost": f"{self.seconds[self.idle].sum() / 3600:.1f}", "all": f"{self.seconds.sum() / 3600:.1f}"}
        return (Sentence(_MEANING, {"idle": int(self.idle.sum()), "n": len(self), **hours}),)

    def to_dict(self) -> dict[str, object]:
        return {
            "answers": len(self),
            "idle": int(self.idle.sum()),
            "hours": float(self.seconds.sum() / 3600),
            "active_hours": float(self.seconds[~self.idle].sum() / 3600),
            "annotators": [speed.to_dict() for speed in self.speeds],
        }


def read_times(
    annotator: Sequence[Hashable], seconds: Sequence[float], item: Sequence[Hashable] | None = None
) -> Times:
    """The times of a trial with idle ones marked; without `item` each answer counts as an item of its own.

    Raises `UnevenTimes`, `NotATime`, `TooFewTimes` when there is none.

    >>> times = read_times(["a"] * 9, [10, 12, 9, 11, 10, 3600, 8, 13, 10])
    >>> int(times.idle.sum()), round(times.speeds[0].mean, 2), times.to_dict()["hours"] > 1
    (1, 10.38, True)
    """
    found = checked_seconds(seconds)
    if not found.size:
        raise TooFewTimes(count=0, least=1)
    for others, what in ((annotator, N_("annotators")), (item, N_("items"))):
        if others is not None and len(others) != len(found):
            raise UnevenTimes(times=len(found), others=len(others), what=what)
    names, who = _coded(annotator)
    which = np.arange(len(found)) if item is None else _coded(item)[1]
    limit = _limits(np.log(found), who, len(names))
    return Times(names, who, which, found, limit, found > limit[who])


def checked_seconds(seconds: Sequence[float]) -> Floats:
    """`seconds` as an array. Raises `NotATime` at the first that is zero, negative, infinite or no number.

    >>> checked_seconds([3, 4.5]).tolist()
    [3.0, 4.5]
    """
    try:
        found = np.asarray(seconds, np.float64)
    except (TypeError, ValueError):
        wrong = next((row for row, one in enumerate(seconds) if not isinstance(cast("Any", one), (int, float))), 0)
        raise NotATime(row=wrong, value=str(seconds[wrong])) from None
    bad = np.flatnonzero(~((found > 0) & np.isfinite(found)))
    if bad.size:
        raise NotATime(row=int(bad[0]), value=float(found[bad[0]]))
    return found


def spread_of(x: Floats) -> float:
    """The MAD of `x` about its median, made to fit a normal, and at least .25: equal times still leave some room.

    >>> spread_of(np.array([0.0, 1.0, 2.0, 3.0, 100.0])), spread_of(np.zeros(9))
    (1.4826, 0.25)
    """
    return max(_LEAST_SPREAD, 1.4826 * float(np.median(np.abs(x - np.median(x)))))


def _limits(x: Floats, who: Codes, annotators: int) -> Floats:
    order = np.argsort(who, kind="stable")
    runs = np.split(x[order], np.cumsum(np.bincount(who, minlength=annotators))[:-1])
    medians = np.array([np.median(run) for run in runs])
    pooled = spread_of(x - medians[who])
    spread = [spread_of(run) if run.size >= _OWN_SPREAD_FROM else pooled for run in runs]
    return np.exp(medians + IDLE_AT * np.array(spread))


def _coded(values: Sequence[Hashable]) -> tuple[tuple[Hashable, ...], Codes]:
    distinct = tuple(in_order(set(values)))
    place = {value: code for code, value in enumerate(distinct)}
    return distinct, np.fromiter((place[value] for value in values), np.int64, len(values))
