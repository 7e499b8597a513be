"""Figures that contradict one another, with the arithmetic: work against time, price against budget."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from guiju.briefs.checks.made import block, warn
from guiju.briefs.checks.quantities import Quantity, Unit, quantities_in
from guiju.briefs.model import Brief, Facet, Gap, Plan
from guiju.kit import N_

TIGHT = 0.85
"""Above this share of the time there is none left for trial, questions, rework and illness."""


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, equal for one number; `said` as a reader wants it."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:,g}" if self.low == self.high else f"{self.low:,g}–{self.high:,g}"

    def times(self, by: float) -> "Range":
        return Range(self.low * by, self.high * by)


def sum_gaps(brief: Brief, today: date | None) -> Iterator[Gap]:
    yield from _said_otherwise(brief)
    yield from _counted_otherwise(brief)
    yield from _too_little_time(brief, today)
    yield from _too_little_money(brief)


def volume_of(brief: Brief) -> Range | None:
    """The volume: the figure, else what “How much” says as a whole."""
    if brief.figures.volume is not None:
        return Range(brief.figures.volume, brief.figures.volume) if brief.figures.volume > 0 else None
    return _range(_whole(brief.facets.get(Facet.HOW_MUCH, {}), Unit.ITEMS))


def window_of(brief: Brief, today: date | None) -> Range | None:
    """Working days from the start (else today) to the delivery, both counted; else the weeks that “When” names."""
    due, start = brief.figures.due, brief.plan.start or today
    week = brief.plan.days_a_week
    if due is not None and start is not None:
        days = working_days(start, due, week)
        return Range(days, days) if start <= due else None
    span = _range(_whole(brief.facets.get(Facet.WHEN, {}), Unit.DAYS))
    return span.times(week / 7) if span and due is None else None


def working_days(start: date, due: date, days_a_week: float) -> float:
    """From `start` to `due`, both included: of a five-day week Monday to Friday, else a share of all days."""
    days = (due - start).days + 1
    if days <= 0:
        return 0
    if days_a_week != 5:
        return round(days * min(days_a_week, 7) / 7, 1)
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum((start + timedelta(n)).weekday() < 5 for n in range(rest))


def _too_little_time(brief: Brief, today: date | None) -> Iterator[Gap]:
    plan, volume, window = brief.plan, volume_of(brief), window_of(brief, today)
    if volume is None or window is None or not _counts(plan) or plan.seconds is None or plan.people is None:
        return
    need, there = volume.times(plan.overlap * plan.seconds / 3600), window.times(plan.people * plan.hours_a_day)
    details = {
        "volume": volume, "overlap": f"{plan.overlap:g}", "seconds": f"{plan.seconds:g}", "need": _rounded(need),
        "people": f"{plan.people:g}", "hours": f"{plan.hours_a_day:g}", "days": window, "there": _rounded(there),
    }  # fmt: skip
    arithmetic = N_(
        "{volume} × {overlap} × {seconds} s ÷ 3600 = {need} h; {people} × {hours} h × {days} days = {there} h"
    )
    if need.low > there.high:
        said = N_("The work takes {need} hours, the people have {there} until the delivery.")
        ask = N_("Which gives way: the volume, the answers an item, the people or the date?")
        yield replace(block("time-too-short", "people", said, ask, **details), arithmetic=arithmetic)
    elif need.high > there.low * TIGHT:
        said = N_("The work takes {need} of {there} hours until the delivery; none are left for trial and rework.")
        ask = N_("Which gives way if the first lot is rejected?")
        yield replace(warn("time-tight", "people", said, ask, **details), arithmetic=arithmetic)


def _counts(plan: Plan) -> bool:
    numbers = (plan.seconds, plan.people, plan.overlap, plan.hours_a_day, plan.days_a_week)
    return all(number is not None and 0 < number < 1e9 for number in numbers)


def _too_little_money(brief: Brief) -> Iterator[Gap]:
    volume, price, budget = volume_of(brief), brief.figures.unit_price, brief.plan.budget
    if volume is None or price is None or budget is None or not (0 <= price < 1e9 and budget >= 0):
        return
    cost = volume.times(price)
    if cost.low <= budget:
        return
    said = N_("The items cost {cost} {currency}, the budget is {budget}.")
    ask = N_("Which gives way: the volume, the price or the budget? What does the price include?")
    details = {
        "volume": volume, "price": f"{price:g}", "cost": _rounded(cost),
        "budget": Range(budget, budget),
        "currency": brief.figures.currency,
    }  # fmt: skip
    arithmetic = N_("{volume} × {price} = {cost} {currency} > {budget} {currency}")
    yield replace(block("budget-too-small", "budget", said, ask, **details), arithmetic=arithmetic)


def _rounded(value: Range) -> Range:
    return Range(round(value.low, 1), round(value.high, 1))


_SAID_AQL = re.compile(r"AQL\s*[:=：]?\s*(\d+(?:\.\d+)?)", re.IGNORECASE)
_SAID_AGREEMENT = re.compile(r"(?:一致率[^\d]{0,6}|agreement of (?:at least )?)(0?\.\d+|1\.0+)", re.IGNORECASE)


def _said_otherwise(brief: Brief) -> Iterator[Gap]:
    """Where the words of a facet name another gate than the figures do."""
    f = brief.figures
    kept = (
        ("aql", _SAID_AQL, f.aql, {f.aql, f.aql_critical, f.aql_minor}),
        ("agreement", _SAID_AGREEMENT, f.agreement.at_least, {f.agreement.at_least}),
    )
    said = N_("“{facet}” says {said}, the figure says {value}.")
    for place, pattern, value, known in kept:
        for facet in Facet:
            named = {float(number) for text in brief.facets.get(facet, {}).values() for number in pattern.findall(text)}
            for other in sorted(named - known):
                details = {"facet": facet.value, "said": f"{other:g}", "value": f"{value:g}"}
                yield replace(block("figures-contradict", place, said, N_("Which of the two holds?")), details=details)


def _counted_otherwise(brief: Brief) -> Iterator[Gap]:
    """Where words count another whole than the figures do, or the two languages count differently."""
    kept = (
        (Facet.HOW_MUCH, Unit.ITEMS, "volume", brief.figures.volume),
        (Facet.WHO, Unit.PEOPLE, "people", brief.plan.people),
        (Facet.HOW_MUCH, Unit.MONEY, "budget", brief.plan.budget),
    )
    said, ask = N_("“{facet}” says {said}, the figure says {value}."), N_("Which of the two holds?")
    for facet, unit, place, value in kept:
        if value is None or not value > 0:
            continue
        found = [each for text in brief.facets.get(facet, {}).values() if (each := _largest(text, unit))]
        other = next((each for each in found if not each.holds(value)), None)
        if other is not None and not (unit is Unit.MONEY and other.high < value):
            details = {"facet": facet.value, "said": other.said, "value": f"{value:,g}"}
            yield replace(warn("count-contradicts", place, said, ask), details=details)
    yield from _languages_differ(brief)


def _languages_differ(brief: Brief) -> Iterator[Gap]:
    sentence = N_("“{facet}” says {zh} in Chinese and {en} in English.")
    for facet in Facet:
        text = brief.facets.get(facet, {})
        for unit in (Unit.ITEMS, Unit.PERCENT, Unit.DAYS):
            zh, en = _largest(text.get("zh", ""), unit), _largest(text.get("en", ""), unit)
            if zh and en and (zh.low, zh.high) != (en.low, en.high):
                ask = N_("Which of the two holds?")
                yield warn("languages-differ", facet, sentence, ask, zh=zh.said, en=en.said)


def _largest(text: str, unit: Unit) -> Quantity | None:
    """The largest quantity that stands for the whole."""
    found = [each for each in quantities_in(text) if each.unit is unit and not each.is_of_each]
    return max(found, key=lambda each: each.high, default=None)


def _whole(text: Mapping[str, str], unit: Unit) -> Quantity | None:
    found = [each for language in ("zh", "en") if (each := _largest(text.get(language, ""), unit))]
    return found[0] if found else None


def _range(quantity: Quantity | None) -> Range | None:
    return Range(quantity.low, quantity.high) if quantity else None
