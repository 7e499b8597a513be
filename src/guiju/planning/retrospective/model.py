"""A retrospective: figures as they were when it was written, words of the trainer, a signature. Hours are active."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from guiju.kit import N_


class Section(enum.StrEnum):
    """What the trainer says something to."""

    ESTIMATE = "estimate"
    TIME = "time"
    DEFECTS = "defects"
    RULES = "rules"
    NEXT = "next"


SECTION_NAMES = {
    Section.ESTIMATE: N_("Estimate against actual"),
    Section.TIME: N_("Where time went"),
    Section.DEFECTS: N_("Defects and what they cost"),
    Section.RULES: N_("What each rule change cost and saved"),
    Section.NEXT: N_("What the next rulebook should take over"),
}

LINE_NAMES = {
    "items": N_("Items"),
    "answers_an_item": N_("Answers an item"),
    "seconds": N_("Seconds an answer"),
    "rework": N_("Rework, share of the work"),
    "hours": N_("Hours of annotators"),
    "people": N_("Annotators a day"),
    "hours_a_day": N_("Hours of annotating a day, each"),
    "days": N_("Working days"),
    "cost": N_("Cost"),
    "price": N_("Accepted items at the brief's unit price"),
}

REASON_NAMES = {
    "items": N_("more or fewer items than planned"),
    "answers_an_item": N_("more or fewer answers an item"),
    "seconds": N_("an answer took longer, or less long"),
    "rework": N_("more or less rework"),
    "trial": N_("trials: larger, smaller, more of them"),
    "recheck": N_("rechecks after changes of the rules"),
    "hours": N_("more or fewer hours of work"),
    "people": N_("more or fewer people a day"),
    "hours_a_day": N_("more or fewer hours a day"),
}

SPENT_NAMES = {
    "production": N_("annotating"),
    "trial": N_("trials"),
    "rework": N_("rework"),
    "recheck": N_("rechecks"),
    "inspection": N_("inspection"),
    "ruling": N_("questions, disputes and adjudication"),
}


class Line(msgspec.Struct, frozen=True):
    """One figure: as the brief planned it, as the trial's times said, as it was."""

    what: str
    planned: float | None
    after_trial: float | None
    actual: float | None


class Reason(msgspec.Struct, frozen=True):
    """A part of the difference between plan and actual, in hours or days; the parts add up to it."""

    of: str
    why: str
    amount: float


class Spent(msgspec.Struct, frozen=True):
    """Hours of a kind of work, for so many answers (verdicts, rulings). `is_measured`: active time, else from gaps.

    `cost` is what pay says of its `rounds`, each an id and a number.
    """

    what: str
    hours: float
    answers: int
    is_measured: bool = True
    cost: float | None = None
    rounds: list[tuple[int, int]] = []


class Costing(msgspec.Struct, frozen=True):
    """Where the actual cost comes from: `statements` that are closed, `cards` alone, or else the brief's `price`.

    `paid` stands in closed statements, `unpaid` was earned since.
    """

    basis: str
    currency: str
    statements: int = 0
    paid: float = 0.0
    unpaid: float = 0.0


class Waited(msgspec.Struct, frozen=True):
    """How long something waited between two stages, in microseconds."""

    stage: str
    n: int
    median: int
    p90: int


class Defect(msgspec.Struct, frozen=True):
    """Defects of one type under one clause; `hours` of the rework that their lots took, shared among its defects.

    `lots` are those in which they were found, each an id and a number.
    """

    type: str
    clause: str
    severity: str
    count: int
    hours: float
    cost: float | None
    lots: list[tuple[int, int]] = []


class Change(msgspec.Struct, frozen=True):
    """A version of the rulebook after the first: what was rechecked because of it, and the defects of its clauses.

    `rounds` rechecked it, at the `cost` that pay says. `before` and `after` are (defects of these clauses, items
    judged) under the version before and since;
    `difference` is that of the shares with its 95% interval (Newcombe), negative where there are fewer now.
    """

    version: str
    at: int
    weight: str
    clauses: list[str]
    rechecked: int
    hours: float
    before: tuple[int, int]
    after: tuple[int, int]
    difference: tuple[float, float, float] | None
    cost: float | None = None
    rulebook: int = 0
    rounds: list[tuple[int, int]] = []


class Ruled(msgspec.Struct, frozen=True):
    """A ruling that no clause or example took over; `asked` people wanted to know it."""

    id: int
    text: str
    clause: str
    asked: int
    question: int | None = None


class Confused(msgspec.Struct, frozen=True):
    """Two labels that were taken for one another in the last trial; their names by language."""

    a: str
    b: str
    count: int
    names: dict[str, dict[str, str]] = {}


class Learned(msgspec.Struct, frozen=True):
    """What an estimate takes from it: (timed answers, mean seconds) of each, and shares of the hours of production.

    `rework` is that of rework and rechecks, `overhead` that of inspection and rulings.
    """

    paces: list[tuple[int, float]] = []
    rework: float | None = None
    overhead: float | None = None
    items: int = 0


class Figures(msgspec.Struct, frozen=True):
    """All that the program found. `currency` is the brief's; `late_days` are working days after the date wanted.

    `trial` is the last round of that kind.
    """

    project: str
    customer: str
    trade: str
    currency: str
    first_day: str | None
    last_day: str | None
    due: str | None
    late_days: int | None
    basis: str | None
    lines: list[Line]
    reasons: list[Reason]
    spent: list[Spent]
    waited: list[Waited]
    judged: int
    defective: int
    interval: tuple[float, float] | None
    defects: list[Defect]
    changes: list[Change]
    rulings: list[Ruled]
    confused: list[Confused]
    learned: Learned
    questions: int = 0
    disputes: int = 0
    costing: Costing | None = None
    trial: int | None = None


@dataclass(frozen=True, slots=True)
class Retrospective:
    """A version of a project's retrospective."""

    id: int
    project_id: int
    version: int
    revision: int
    is_finished: bool
    is_interim: bool
    figures: Figures
    words: Mapping[str, str]
    written_by: int
    written_at: int
    signed_by: int | None
    signed_at: int | None
