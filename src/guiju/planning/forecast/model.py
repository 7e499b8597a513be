"""What a forecast is made of, and what it says."""

import enum
from dataclasses import dataclass
from datetime import date


class Basis(enum.StrEnum):
    """Whether there is anything to forecast, and anything to forecast from."""

    NOTHING_LEFT = "nothing-left"
    TOO_EARLY = "too-early"
    STANDS_STILL = "stands-still"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Past:
    """First answers, and people who gave any, on each of the last working days, the oldest first; today is none yet.

    What was done on a day of rest counts for the working day before it.
    """

    answers: tuple[int, ...] = ()
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """Answers still wanted: `queued` in rounds that are open, `to_come` of items that no round has yet.

    Of the answers that lay in lots, `inspected`, so many were asked for again: `redone`. `uninspected` lay in none yet.
    """

    queued: int
    to_come: int = 0
    redone: int = 0
    inspected: int = 0
    uninspected: int = 0


@dataclass(frozen=True, slots=True)
class When:
    """`today` is the first day that work can still be done on; `done_today` what was done on it so far."""

    today: date
    days_a_week: float = 5
    due: date | None = None
    done_today: int = 0


@dataclass(frozen=True, slots=True)
class Forecast:
    """The last answer's day with its 95% interval; `rework` answers of `left` are only expected.

    `a_day` is the mean of answers a working day over `days` of them, by `people` a day. `late` is the chance that it
    is done after the date wanted, `more_people` how many more at the same pace would make it even chances.
    """

    basis: Basis
    left: int = 0
    rework: int = 0
    a_day: float = 0.0
    days: int = 0
    people: float = 0.0
    done: tuple[date, date, date] | None = None
    due: date | None = None
    late: float | None = None
    more_people: int | None = None
    # answers of items that no round has yet
    to_come: int = 0
