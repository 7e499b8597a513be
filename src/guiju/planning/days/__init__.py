"""How much was answered, by whom, in which round, on which day: sums of annotations, which are never changed.

`keep_days` adds up what is settled from time to time; `worked(connection, project_id, at)` is those sums with what came
since, counted where it lies, so that a page of a million answers reads some hundred rows and is never behind.
"""

from guiju.planning.days.actions import keep_days
from guiju.planning.days.model import DAY, DayTotal, Pace, Person, Tally
from guiju.planning.days.rules import date_of, day_of
from guiju.planning.days.store import Worked, by_day, by_person, by_round, by_round_and_person, paces, worked

__all__ = [
    "DAY",
    "DayTotal",
    "Pace",
    "Person",
    "Tally",
    "Worked",
    "by_day",
    "by_person",
    "by_round",
    "by_round_and_person",
    "date_of",
    "day_of",
    "keep_days",
    "paces",
    "worked",
]
