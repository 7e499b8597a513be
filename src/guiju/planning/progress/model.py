"""What the page of a project's progress shows."""

from dataclasses import dataclass

from guiju.annotations import Round
from guiju.planning.days import DayTotal, Tally
from guiju.work import RoundProgress


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round: how far it is, and what was answered in it; `seconds` are active time, the mean of an answer."""

    round: Round
    progress: RoundProgress
    tally: Tally


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody's answers in production, rework and rechecks: in all, of the last seven days, of today."""

    annotator_id: int
    name: str
    tally: Tally
    week: int
    today: int


@dataclass(frozen=True, slots=True)
class DayBar:
    """A day of the last weeks; `share` is its height beside the highest."""

    day: str
    firsts: int
    people: int
    share: float


def bars_of(days: list[DayTotal], first: int, last: int, said: dict[int, str]) -> list[DayBar]:
    """Every day from `first` to `last`, those without an answer too."""
    of = {one.day: one for one in days}
    most = max((one.firsts for one in days), default=0) or 1
    empty = DayTotal(0, 0, 0)
    return [
        DayBar(said[day], of.get(day, empty).firsts, of.get(day, empty).people, of.get(day, empty).firsts / most)
        for day in range(first, last + 1)
    ]
