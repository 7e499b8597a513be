"""Effort, people, cost and date with an interval: from measured times where there are any, else from a wide guess.

People differ more than items do, so the unit is the annotator: x = ln(mean seconds of one), k of them with mean m and
standard deviation s. A team of P new people works at exp(m ± t·s·√(1/k + 1/P)), the predictive interval of the mean of
P further draws. s² is pooled with a prior of two-fold differences being rare (s₀ = 0.4 with 3 degrees of freedom), so
that two alike annotators promise nothing. Earlier projects add how projects differ (s = 0.35); where nothing was
measured the interval is a factor: 1.8 about the brief's own figure, 2.5 about what is usual in a trade.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil, exp, log, sqrt
from statistics import NormalDist, fmean, variance

from guiju.planning.estimate.model import Asked, Basis, Estimate, Lesson, Pace, Spread

PRIOR_SD, PRIOR_DF = 0.4, 3
PROJECTS_SD = 0.35
UNKNOWN = {Basis.BRIEF: 1.8, Basis.TRADE: 2.5}
_Z = NormalDist().inv_cdf(0.9)


def estimate(
    asked: Asked, own: Sequence[Pace] = (), past: Sequence[Pace] = (), lessons: Sequence[Lesson] = ()
) -> Estimate | None:
    """`None` where nothing at all says how long an item takes.

    `lessons` of finished projects say how much is done again and how much work is beside it, whatever the times come
    from; where there are no times of `own` they say the times too, before trials of the `past` do.
    """
    learned = [pace for lesson in lessons for pace in lesson.paces]
    asked, paces = replace(asked, rework=learned_rework(asked.rework, lessons)), own or learned or past
    basis = _basis(asked, own, learned, past)
    seconds = _measured(paces, asked.people, is_past=not own) if paces else _guessed(asked.seconds, basis)
    if seconds is None:
        return None
    trial = asked.trial_items * asked.people * seconds.point / 3600
    clean = _product(_left(asked), seconds).times(asked.overlap / 3600)
    hours = Spread(
        clean.low * (1 + asked.rework.low) + trial,
        clean.point * (1 + asked.rework.point) + trial,
        clean.high * (1 + asked.rework.high) + trial,
    )
    days = hours.times(1 / (asked.people * asked.hours_a_day))
    done = tuple(last_day(asked.start, each, asked.days_a_week) for each in days)
    answers = sum(pace.answers for pace in paces)
    rework = clean.point * asked.rework.point
    beside = [lesson.overhead for lesson in lessons if lesson.overhead is not None]
    return Estimate(
        basis,
        answers,
        len(paces),
        seconds,
        hours,
        trial,
        rework,
        days,
        (done[0], done[1], done[2]),
        _cost(asked),
        len(lessons),
        clean.point * fmean(beside) if beside else None,
    )


def _left(asked: Asked) -> Spread:
    """What is annotated anew: the volume without what the bank answers."""
    low, point, high = (max(0.0, each - asked.reused) for each in asked.volume)
    return Spread(low, point, high)


def _basis(asked: Asked, own: Sequence[Pace], learned: Sequence[Pace], past: Sequence[Pace]) -> Basis:
    if own or learned:
        return Basis.TRIAL if own else Basis.FINISHED
    if past:
        return Basis.PAST
    return Basis.TRADE if asked.is_usual else Basis.BRIEF


def learned_rework(planned: Spread, lessons: Sequence[Lesson]) -> Spread:
    """The share that was done again: the planned one counts as one more project, and few projects keep it wide."""
    known = [lesson.rework for lesson in lessons if lesson.rework is not None]
    if not known:
        return planned
    point = (planned.point + sum(known)) / (1 + len(known))
    seen = [planned.low, planned.high, *known]
    shrunk = 1 / sqrt(1 + len(known))
    return Spread(max(0.0, point - (point - min(seen)) * shrunk), point, point + (max(seen) - point) * shrunk)


def _measured(paces: Sequence[Pace], people: int, *, is_past: bool) -> Spread:
    logs = [log(pace.seconds) for pace in paces]
    k = len(logs)
    spread = variance(logs) if k > 1 else 0.0
    pooled = (PRIOR_DF * PRIOR_SD**2 + (k - 1) * spread) / (PRIOR_DF + k - 1)
    width = t_quantile(PRIOR_DF + k - 1) * sqrt(pooled * (1 / k + 1 / people) + (PROJECTS_SD**2 if is_past else 0.0))
    point = exp(fmean(logs))
    return Spread(point * exp(-width), point, point * exp(width))


def _guessed(seconds: float | None, basis: Basis) -> Spread | None:
    if seconds is None or not seconds > 0:
        return None
    return Spread(seconds / UNKNOWN[basis], seconds, seconds * UNKNOWN[basis])


def _product(a: Spread, b: Spread) -> Spread:
    """Two independent figures multiplied: their widths add as squares of logarithms do."""
    point = a.point * b.point
    low = sqrt(_log(a.point, a.low) ** 2 + _log(b.point, b.low) ** 2)
    high = sqrt(_log(a.high, a.point) ** 2 + _log(b.high, b.point) ** 2)
    return Spread(point * exp(-low), point, point * exp(high))


def _log(a: float, b: float) -> float:
    return log(a / b) if a > 0 and b > 0 else 0.0


def t_quantile(degrees: int) -> float:
    """Student's t at 0.9, by the expansion in 1/ν (Abramowitz and Stegun 26.7.5).

    >>> round(t_quantile(5), 2)
    1.48
    """
    z, v = _Z, degrees
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / v + second / v**2 + third / v**3


def last_day(start: date, days: float, days_a_week: float) -> date:
    """The day on which `days` of work end, weekends left out of a week of five."""
    whole = min(max(1, ceil(days)), 100_000)
    if days_a_week != 5:
        return start + timedelta(ceil(whole * 7 / days_a_week) - 1)
    begin = start + timedelta(max(0, 7 - start.weekday()) if start.weekday() > 4 else 0)
    weeks, rest = divmod(begin.weekday() + whole - 1, 5)
    return begin - timedelta(begin.weekday()) + timedelta(weeks * 7 + rest)


def _cost(asked: Asked) -> Spread | None:
    """Paid for each accepted item; more answers an item than the brief plans with are paid in proportion."""
    if asked.price is None:
        return None
    return asked.volume.times(asked.price * asked.overlap / asked.planned_overlap)
