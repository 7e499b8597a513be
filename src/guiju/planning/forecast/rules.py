"""The forecast: a bootstrap over working days. Pure; the same figures give the same dates.

Of each run: weights w ~ Dirichlet(1, …, 1) over the n observed days (D. B. Rubin, "The Bayesian Bootstrap", Annals of
Statistics 9, 1981, doi:10.1214/aos/1176345338); with the weighted mean m and variance v of a day's answers, the time
in which a sum of such days passes R is about R/m with variance R·v/m³ (renewal theory), drawn as a gamma variate. R
has the rework that is still to be expected, of a Beta posterior of the share that was sent back so far.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil, sqrt
from random import Random

from guiju.planning.estimate.rules import last_day
from guiju.planning.forecast.model import Basis, Forecast, Left, Past, When

RUNS = 400
LEAST_DAYS = 3
MOST_DAYS = 20
MOST_WAIT = 5_000.0
# What is thought of rework before a lot was decided: a tenth, as if twenty answers had been seen.
PRIOR = (2.0, 18.0)


def past_of(by_day: Mapping[date, tuple[int, int]], today: date, days_a_week: float) -> Past:
    """The last working days before `today`, from the first on which anything was answered.

    `by_day` has answers and people by date.
    """
    worked = [day for day in by_day if day < today]
    if not worked:
        return Past()
    day, answers, people = min(worked), [0], [0]
    while day < today:
        done, by = by_day.get(day, (0, 0))
        if is_working_day(day, days_a_week) or not any(answers):
            answers.append(done)
            people.append(by)
        else:
            answers[-1] += done
            people[-1] = max(people[-1], by)
        day += timedelta(1)
    return Past(tuple(answers[1:][-MOST_DAYS:]), tuple(people[1:][-MOST_DAYS:]))


def is_working_day(day: date, days_a_week: float) -> bool:
    """Of a week of five or fewer Saturday and Sunday are none, of six Sunday."""
    return day.weekday() < (5 if days_a_week <= 5 else 6 if days_a_week < 7 else 7)


def working_days_between(first: date, last: date, days_a_week: float) -> int:
    """How many working days there are from `first` to `last`, both included."""
    if last < first:
        return 0
    weeks, rest = divmod((last - first).days + 1, 7)
    week = sum(is_working_day(first + timedelta(n), days_a_week) for n in range(7))
    return weeks * week + sum(is_working_day(first + timedelta(n), days_a_week) for n in range(rest))


def forecast(past: Past, left: Left, when: When) -> Forecast:
    """When the last answer is given, at the pace of the working days so far."""
    total = left.queued + left.to_come
    share = (left.redone + PRIOR[0]) / (left.inspected + sum(PRIOR))
    rework = round(share * (total + left.uninspected))
    n, answers = len(past.answers), sum(past.answers)
    worked = [people for people in past.people if people]
    told = Forecast(
        Basis.MEASURED,
        total + rework,
        rework,
        answers / n if n else 0.0,
        n,
        sum(worked) / len(worked) if worked else 0.0,
        due=when.due,
        to_come=left.to_come,
    )
    if total + left.uninspected == 0:
        return Forecast(Basis.NOTHING_LEFT, due=when.due, a_day=told.a_day, days=n, people=told.people)
    if n < LEAST_DAYS:
        return _without_date(told, Basis.TOO_EARLY)
    if not any(past.answers[-MOST_DAYS:]):
        return _without_date(told, Basis.STANDS_STILL)
    return _dated(told, _waits(past.answers, left, when.done_today), when)


def _without_date(told: Forecast, basis: Basis) -> Forecast:
    return replace(told, basis=basis)


def _waits(days: Sequence[int], left: Left, done_today: int) -> list[float]:
    """How many working days from today each run takes, in rising order."""
    chance = Random(f"{days}{left}")  # noqa: S311 - a simulation, and the same one for the same figures
    total = left.queued + left.to_come
    waits: list[float] = []
    for _ in range(RUNS):
        weights = [chance.expovariate(1.0) for _ in days]
        whole = sum(weights)
        mean = sum(w * x for w, x in zip(weights, days, strict=True)) / whole
        spread = sum(w * (x - mean) ** 2 for w, x in zip(weights, days, strict=True)) / whole
        share = chance.betavariate(left.redone + PRIOR[0], left.inspected - left.redone + PRIOR[1])
        wanted = total + share * (total + left.uninspected) + min(done_today, mean)
        waits.append(_wait(chance, wanted / mean, wanted * spread / mean**3) if mean > 0 else MOST_WAIT)
    return sorted(waits)


def _wait(chance: Random, mean: float, variance: float) -> float:
    if variance <= 0:
        return min(MOST_WAIT, mean)
    shape = mean * mean / variance
    return min(MOST_WAIT, chance.gammavariate(shape, mean / shape)) if sqrt(shape) < 1e6 else min(MOST_WAIT, mean)


def _dated(told: Forecast, waits: Sequence[float], when: When) -> Forecast:
    def at(share: float) -> date:
        return last_day(when.today, waits[min(len(waits) - 1, int(share * len(waits)))], when.days_a_week)

    done, late, more = (at(0.025), at(0.5), at(0.975)), None, None
    if when.due is not None:
        there = working_days_between(when.today, when.due, when.days_a_week)
        late = sum(ceil(wait) > there for wait in waits) / len(waits)
        more = _more_people(told, there) if done[1] > when.due else 0
    return replace(told, done=done, late=late, more_people=more)


def _more_people(told: Forecast, there: int) -> int | None:
    """How many more at the same pace; `None` where the date is past or nobody's pace is known."""
    if there < 1 or told.a_day <= 0 or told.people <= 0:
        return None
    return max(1, ceil(told.left / there / (told.a_day / told.people) - told.people))
