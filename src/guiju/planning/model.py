"""Where a project stands: the stages of its life, what to do next, who is waited for."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from guiju.kit import N_
from guiju.people import Act


class StageState(enum.StrEnum):
    PAST = "past"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence to be translated, with what goes into its places."""

    msgid: str
    places: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Stage:
    """One stop on the line of life. `path` is under the project's own address."""

    key: str
    name: str
    path: str
    state: StageState
    note: Said


@dataclass(frozen=True, slots=True)
class NextStep:
    """What moves the project on: a sentence of where it stands, one act, and who may do it."""

    title: Said
    why: Said
    button: Said
    path: str
    act: Act
    # what the button sends at once, where the act needs no page of its own: an address under the project's, and a form
    sends: tuple[str, Mapping[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A production round whose every item is answered. `overlap`: how many answers each has."""

    round_id: int
    number: int
    total: int
    overlap: int


@dataclass(frozen=True, slots=True)
class TrialFacts:
    """The latest trial: how far it is, and its gate once it is decided."""

    round_id: int
    number: int
    done: int
    total: int
    decided: bool
    passed: bool
    figure: float | None


@dataclass(frozen=True, slots=True)
class LotFacts:
    """Lots by what became of them. `rework_open`: answers still wanted of what was sent back."""

    inspecting: int = 0
    accepted: int = 0
    rejected: int = 0
    accepted_items: int = 0
    first_inspecting: int | None = None
    waiting_resubmission: int | None = None
    rework_open: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the line of life is decided from.

    `due`, `days_a_week` and `overlap` are the brief's. `lotted` items lie in lots, `redone` answers were asked
    for again. `working` are the rounds of production, rework and recheck that are not closed, with how many answers
    they lack; `worked` are all rounds of those kinds.

    `answered`: production that only waits to be closed. `unsettled`: production that is closed, and whose several
    answers to each item are not resolved yet. `recheck`: the oldest one that is open.
    """

    brief_written: bool = False
    brief_gaps: int = 0
    brief_signed_at: int | None = None
    aql: float | None = None
    volume: int | None = None
    items: int = 0
    sources: int = 0
    rulebook: str | None = None
    labels: int = 0
    trial: TrialFacts | None = None
    production_done: int = 0
    production_total: int = 0
    answered: RoundFacts | None = None
    unsettled: RoundFacts | None = None
    recheck: TrialFacts | None = None
    resolved: int = 0
    unlotted: int = 0
    lots: LotFacts = LotFacts()
    # items of accepted lots that the customer has not signed for; the last signature, with its number and decision
    unsigned: int = 0
    signed: tuple[int, str] | None = None
    deliveries: int = 0
    deposits: int = 0
    questions: int = 0
    due: date | None = None
    days_a_week: float = 5
    overlap: int = 1
    lotted: int = 0
    redone: int = 0
    working: Mapping[int, int] = field(default_factory=dict[int, int])
    worked: tuple[int, ...] = ()


STAGE_NAMES = {
    "brief": N_("Brief"),
    "data": N_("Data"),
    "rulebook": N_("Rulebook"),
    "trial": N_("Trial"),
    "production": N_("Production"),
    "inspection": N_("Inspection"),
    "delivery": N_("Delivery"),
    "acceptance": N_("Acceptance"),
    "bank": N_("Bank"),
}
