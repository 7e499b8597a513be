"""The 5W2H brief: seven facets in words, the figures that later gates read, and what is still open."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from guiju.kit import N_
from guiju.kit.words import Bilingual


class Facet(enum.StrEnum):
    """One question of 5W2H."""

    WHAT = "what"
    WHY = "why"
    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    HOW = "how"
    HOW_MUCH = "how_much"


FACET_NAMES = {
    Facet.WHAT: N_("What"),
    Facet.WHY: N_("Why"),
    Facet.WHO: N_("Who"),
    Facet.WHEN: N_("When"),
    Facet.WHERE: N_("Where"),
    Facet.HOW: N_("How"),
    Facet.HOW_MUCH: N_("How much"),
}

FACET_QUESTIONS = {
    Facet.WHAT: N_("What is one item, what is marked on it, with which labels, in which format does it come back?"),
    Facet.WHY: N_("Which model or decision uses the data? Which mistake costs most, and which figure must be reached?"),
    Facet.WHO: N_("Who signs, who answers questions, who annotates, who rules on hard cases, and what must they know?"),
    Facet.WHEN: N_("When is the trial done, when is each lot due, when is the whole due, what waits for what?"),
    Facet.WHERE: N_("Where does the data come from, what does it not cover, may it leave the house, who is in it?"),
    Facet.HOW: N_("How is it worked: trial, agreement, overlap, sampling, rework, and what settles a hard case?"),
    Facet.HOW_MUCH: N_("How many items, how many marks on one, at what price, and what is included in it?"),
}


class Level(enum.StrEnum):
    """Inspection levels of MIL-STD-105E."""

    S1 = "S-1"
    S2 = "S-2"
    S3 = "S-3"
    S4 = "S-4"
    I = "I"  # noqa: E741 - the standard's own name
    II = "II"
    III = "III"


class Sampling(enum.StrEnum):
    """How much of a lot is looked at, and when that is enough."""

    SINGLE = "single"
    DOUBLE = "double"
    MULTIPLE = "multiple"
    TWO_POINT = "two-point"
    FIXED_RATE = "fixed-rate"
    SEQUENTIAL = "sequential"
    FULL = "full"


SAMPLING_NAMES = {
    Sampling.SINGLE: N_("AQL, one sample"),
    Sampling.DOUBLE: N_("AQL, two samples"),
    Sampling.MULTIPLE: N_("AQL, up to seven samples"),
    Sampling.TWO_POINT: N_("two promises"),
    Sampling.FIXED_RATE: N_("a fixed share"),
    Sampling.SEQUENTIAL: N_("one item after the other"),
    Sampling.FULL: N_("every item"),
}

MEASURES = ("observed", "alpha")
RULES = ("point", "lower95")
RIGHTS = ("customer", "general")


@dataclass(frozen=True, slots=True)
class Gate:
    """What a trial must reach: `measure` at least `at_least`, as a point or with its lower 95% bound."""

    measure: str = "observed"
    at_least: float = 0.80
    rule: str = "point"


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers that later gates read. `volume` in items, `unit_price` in `currency` an item.

    `aql` is that of major defects; without `aql_minor` minor ones are counted with them, without `aql_critical` no
    critical one is accepted.
    """

    volume: int | None = None
    agreement: Gate = Gate()
    aql: float = 1.0
    level: str = "II"
    sampling: Sampling = Sampling.SINGLE
    aql_critical: float | None = None
    aql_minor: float | None = None
    due: date | None = None
    unit_price: float | None = None
    currency: str = "CNY"
    rights: str = "customer"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the work is planned with: `seconds` of one annotator on one item, `overlap` answers an item, `budget` in the
    figures' currency. Figures that contradict it are found, and the estimate begins with it."""

    start: date | None = None
    trial: date | None = None
    people: int | None = None
    hours_a_day: float = 6
    days_a_week: float = 5
    seconds: float | None = None
    overlap: int = 1
    budget: float | None = None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """To be answered by `owner` until `due`, open while `answer` is empty; it belongs to `facet`."""

    text: str
    owner: str = ""
    due: date | None = None
    answer: str = ""
    facet: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole document. `trade` names the questions that stand beside the facets (`guiju.briefs.trades`); `mix` is
    the wanted share in [0, 1] of scenes or labels, by their names."""

    title: Bilingual
    customer: str = ""
    facets: Mapping[Facet, Bilingual] = field(default_factory=dict[Facet, Bilingual])
    figures: Figures = Figures()
    plan: Plan = Plan()
    trade: str = ""
    mix: Mapping[str, float] = field(default_factory=dict[str, float])
    questions: tuple[OpenQuestion, ...] = ()


class Severity(enum.StrEnum):
    """How a gap weighs: a blocking one keeps the brief from being signed."""

    BLOCKING = "blocking"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing missing, contradictory or open to two readings, and what to ask about it.

    `place` is the facet or figure; `sentence`, `ask` and `arithmetic` (empty where nothing was computed) are msgids
    with places filled from `details`.
    """

    code: str
    severity: Severity
    place: str
    sentence: str
    ask: str
    details: Mapping[str, object] = field(default_factory=dict[str, object])
    arithmetic: str = ""


@dataclass(frozen=True, slots=True)
class BriefVersion:
    """A version as it is kept. `revision` rises with each save until it is signed; then it never changes."""

    id: int
    project_id: int
    version: int
    revision: int
    document: str
    digest: str
    created_by: int
    created_at: int
    signed_by: int | None
    signed_at: int | None

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


@dataclass(frozen=True, slots=True)
class Save:
    """One save of a version, the latest being what the version holds."""

    revision: int
    document: str
    saved_by: int
    saved_at: int


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a facet or figure (`place`, empty for the whole); open until it is closed."""

    id: int
    project_id: int
    version: int
    place: str
    text: str
    written_by: int
    written_at: int
    closed_by: int | None
    closed_at: int | None
