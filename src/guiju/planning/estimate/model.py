"""What an estimate is made of, and what it says."""

import enum
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from guiju.kit import N_


class Basis(enum.StrEnum):
    """Where the seconds an answer come from, the nearest first."""

    TRIAL = "trial"
    FINISHED = "finished"
    PAST = "past"
    BRIEF = "brief"
    TRADE = "trade"


BASIS_NAMES = {
    Basis.TRIAL: N_("the times of this project's own trial"),
    Basis.FINISHED: N_("the retrospectives of finished projects of the same trade"),
    Basis.PAST: N_("the trials of earlier projects in the same trade"),
    Basis.BRIEF: N_("the seconds that the brief plans with; nobody has measured them"),
    Basis.TRADE: N_("what is usual in the trade; nothing is known of this work"),
}


class Pace(NamedTuple):
    """One annotator's answers in a trial: how many, and the mean of their seconds."""

    answers: int
    seconds: float


class Spread(NamedTuple):
    """A figure with its 80% interval."""

    low: float
    point: float
    high: float

    def times(self, by: float) -> "Spread":
        return Spread(self.low * by, self.point * by, self.high * by)


class Lesson(NamedTuple):
    """What a finished retrospective says: paces, and shares of the hours of production: rework, and work beside."""

    paces: tuple[Pace, ...]
    rework: float | None
    overhead: float | None


REWORK = Spread(0.05, 0.10, 0.20)
"""The share of the work that is done again after inspection."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done, by whom, from when. `seconds` are the brief's or the trade's, where there are any."""

    volume: Spread
    overlap: int
    people: int
    hours_a_day: float
    days_a_week: float
    start: date
    seconds: float | None = None
    is_usual: bool = False
    price: float | None = None
    planned_overlap: int = 1
    rework: Spread = REWORK
    trial_items: int = 60
    reused: int = 0
    """Items whose answer comes from the bank: they are paid for and not annotated."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hours of annotators, working days and last day, cost in the brief's currency; each with its 80% interval."""

    basis: Basis
    answers: int
    annotators: int
    seconds: Spread
    hours: Spread
    trial_hours: float
    rework_hours: float
    days: Spread
    done: tuple[date, date, date]
    cost: Spread | None
    # projects whose retrospectives it learned from, and the hours of inspection and rulings that they had beside
    projects: int = 0
    beside: float | None = None
