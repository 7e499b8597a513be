"""Figures that no gate can read: outside their tables, missing, impossible; and dates in the wrong order."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import isfinite

from guiju.briefs.checks.made import block, warn
from guiju.briefs.checks.quantities import dates_in
from guiju.briefs.model import MEASURES, RIGHTS, RULES, Brief, Facet, Figures, Gap, Level, Plan
from guiju.kit import N_

# The acceptable quality levels of MIL-STD-105E, in percent or defects per hundred.
AQLS = (
    *(0.010, 0.015, 0.025, 0.040, 0.065, 0.10, 0.15, 0.25, 0.40, 0.65),
    *(1.0, 1.5, 2.5, 4.0, 6.5, 10.0, 15.0, 25.0, 40.0, 65.0, 100.0, 150.0, 250.0, 400.0, 650.0, 1000.0),
)
PLAN_RANGES: dict[str, tuple[str, float, float]] = {
    "seconds": (N_("Seconds of work on one item"), 0.1, 86_400),
    "overlap": (N_("Answers an item"), 1, 50),
    "people": (N_("Annotators"), 1, 100_000),
    "hours_a_day": (N_("Hours of annotating a day"), 0.5, 16),
    "days_a_week": (N_("Days of work a week"), 1, 7),
    "budget": (N_("Budget"), 0, 1e12),
}
"""Name and range of each number in the plan."""


def figure_gaps(brief: Brief, today: date | None) -> Iterator[Gap]:
    figures = brief.figures
    yield from _volume_gaps(figures)
    yield from _gate_gaps(figures)
    yield from _due_gaps(figures, today)
    yield from _price_gaps(figures)
    yield from _plan_gaps(brief.plan)
    yield from _order_gaps(brief)
    yield from _mix_gaps(brief)


def _volume_gaps(figures: Figures) -> Iterator[Gap]:
    ask = N_("How many items are to be delivered?")
    if figures.volume is None:
        yield block("volume-missing", "volume", N_("The volume is missing."), ask)
    elif figures.volume <= 0:
        yield block("volume-not-positive", "volume", N_("A volume of {value} is no work."), ask, value=figures.volume)


def _mix_gaps(brief: Brief) -> Iterator[Gap]:
    """Shares that are none, and shares that add up to more than the whole."""
    for name, share in brief.mix.items():
        if not 0 < share <= 1:
            said = N_("A share of {value} for “{part}” in the mix cannot be.")
            yield block(
                "mix-share-outside", "mix", said, N_("Which share, above 0 and at most 1?"), value=share, part=name
            )
    total = sum(brief.mix.values())
    if total > 1.0005:
        said = N_("The shares of the mix add up to {sum}%.")
        yield block("mix-over-whole", "mix", said, N_("Which of them gives way?"), sum=f"{total * 100:g}")


_ASK_AQL = N_("Which share of defects is acceptable in the long run? Take one of 0.010 … 1.0, 1.5, 2.5, 4.0 … 1000.")


def _gate_gaps(figures: Figures) -> Iterator[Gap]:
    gate = figures.agreement
    if not 0 < gate.at_least <= 1 or gate.measure not in MEASURES or gate.rule not in RULES:
        said = N_("The agreement gate {value} is not a share above 0 and at most 1.")
        ask = N_("Which agreement opens production? 0.80 is usual.")
        yield block("gate-outside", "agreement", said, ask, value=gate.at_least)
    if figures.aql not in AQLS or figures.level not in tuple(Level):
        said = N_("AQL {value} at level {level} is not in the sampling tables.")
        yield block("aql-not-in-table", "aql", said, _ASK_AQL, value=f"{figures.aql:g}", level=figures.level)
    for place, aql in (("aql_critical", figures.aql_critical), ("aql_minor", figures.aql_minor)):
        if aql is not None and aql not in AQLS:
            said = N_("AQL {value} at level {level} is not in the sampling tables.")
            yield block("aql-not-in-table", place, said, _ASK_AQL, value=f"{aql:g}", level=figures.level)
    if figures.rights not in RIGHTS:
        said = N_("“{value}” does not say who may use the data later.")
        yield block("rights-unknown", "rights", said, N_("This customer only, or anybody?"), value=figures.rights)


def _due_gaps(figures: Figures, today: date | None) -> Iterator[Gap]:
    if figures.due is None:
        yield warn("due-missing", "due", N_("There is no date of delivery."), N_("On which date is all of it due?"))
    elif today is not None and figures.due < today:
        said = N_("The date of delivery, {value}, has passed.")
        yield block("due-passed", "due", said, N_("What is the new date, and who agreed to it?"), value=figures.due)


def _price_gaps(figures: Figures) -> Iterator[Gap]:
    price, ask = figures.unit_price, N_("What is one item paid, and what is in it?")
    if price is None:
        yield warn("price-missing", "unit_price", N_("There is no unit price."), ask)
    elif not (isfinite(price) and price >= 0):
        yield block("price-negative", "unit_price", N_("A unit price of {value} cannot be."), ask, value=price)


def _plan_gaps(plan: Plan) -> Iterator[Gap]:
    said = N_("“{name}” is {value}; it lies between {low} and {high}.")
    for place, (name, low, high) in PLAN_RANGES.items():
        value = getattr(plan, place)
        if value is not None and not (isfinite(value) and low <= value <= high):
            details = {"value": f"{value:g}", "low": f"{low:g}", "high": f"{high:g}", "named": name}
            yield block("plan-outside", place, said, N_("What is it really?"), **details)


ORDER = (("start", N_("Start")), ("trial", N_("End of the trial")), ("due", N_("Date of delivery")))


def _order_gaps(brief: Brief) -> Iterator[Gap]:
    """Start before the trial's end before the delivery; nothing that the words date lies after the delivery."""
    dates = {"start": brief.plan.start, "trial": brief.plan.trial, "due": brief.figures.due}
    known = [(place, name, day) for place, name in ORDER if (day := dates[place]) is not None]
    said, ask = N_("“{earlier}” {first} lies after “{later}” {second}."), N_("Which of the two dates is right?")
    for (_, earlier, first), (place, later, second) in pairwise(known):
        if first > second:
            details = {"named_earlier": earlier, "first": first, "named_later": later, "second": second}
            yield block("dates-disordered", place, said, ask, **details)
    yield from _late_words(brief)
    yield from _late_questions(brief)


def _late_words(brief: Brief) -> Iterator[Gap]:
    due, told = brief.figures.due, set[object]()
    for text in brief.facets.get(Facet.WHEN, {}).values():
        for day, said in dates_in(text, due.year if due else None):
            if day is None:
                sentence = N_("“{said}” in “{facet}” is on no calendar.")
                yield block("date-impossible", Facet.WHEN, sentence, N_("Which day is meant?"), said=said)
            elif due is not None and day > due and day not in told:
                told.add(day)
                sentence = N_("“{facet}” says {said}; that is after the date of delivery, {value}.")
                yield warn("date-after-due", Facet.WHEN, sentence, N_("Which of the two holds?"), said=said, value=due)


def _late_questions(brief: Brief) -> Iterator[Gap]:
    due = brief.figures.due
    for question in brief.questions:
        if due is not None and question.due is not None and question.due > due and not question.answer.strip():
            said = N_("“{question}” would be answered on {first}, after the date of delivery, {second}.")
            ask = N_("By when must it be answered for the work to be done?")
            details = {"question": question.text, "first": question.due, "second": due}
            yield warn("question-after-due", "questions", said, ask, **details)
