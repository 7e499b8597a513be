"""Sums of answers. Days are whole days of the machine's own clock, counted from 1970; times are microseconds."""

from typing import NamedTuple

DAY = 86_400 * 10**6
HOUR_MS = 3_600_000


class Tally(NamedTuple):
    """Answers (corrections are answers too), first answers, how many say how long they took, and how long in all."""

    answers: int = 0
    firsts: int = 0
    timed: int = 0
    active_ms: int = 0
    last_at: int = 0

    @property
    def seconds(self) -> float | None:
        """The mean active time of an answer."""
        return self.active_ms / self.timed / 1000 if self.timed else None

    @property
    def hours(self) -> float | None:
        """The active time of all answers; those that do not say count as the others' mean."""
        return self.active_ms / self.timed * self.answers / HOUR_MS if self.timed else None


class DayTotal(NamedTuple):
    """What was answered for the first time on a day, and how many people did it."""

    day: int
    firsts: int
    people: int


class Person(NamedTuple):
    """Who answered: `account_id` is empty for models and imported names."""

    annotator_id: int
    account_id: int | None
    name: str


class Pace(NamedTuple):
    """How many timed answers somebody gave in a round on a day, and what they took together."""

    round_id: int
    annotator_id: int
    name: str
    day: int
    timed: int
    active_ms: int
