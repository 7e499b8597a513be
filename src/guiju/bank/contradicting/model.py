"""A contradiction, its sides, and what became of each."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.kinds import Answer
from guiju.kit import N_


class State(enum.StrEnum):
    OPEN = "open"
    SETTLED = "settled"
    GONE = "gone"


class Fate(enum.StrEnum):
    """What was ruled of one side."""

    OPEN = "open"
    STANDS = "stands"
    ASIDE = "aside"


class Doubt(enum.StrEnum):
    """Why a draw leaves a deposit's answer out."""

    OPEN = "open"
    ASIDE = "aside"


STATE_NAMES = {
    State.OPEN: N_("open"),
    State.SETTLED: N_("settled"),
    State.GONE: N_("contradicts no more"),
}
FATE_NAMES = {
    Fate.OPEN: N_("nobody has ruled"),
    Fate.STANDS: N_("stands"),
    Fate.ASIDE: N_("set aside"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a deposit answers, as far as two of them are compared."""

    deposit_id: int
    cluster: int
    hash: str
    digest: str
    rulebook_id: int
    project_id: int
    rights: str
    customer: str
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a case, as a reader sees it. Of a stranger's, the item, the project, who ruled and why, and the
    question say nothing. `clauses` are those that the answer cites; `likeness` is 1 for the same content."""

    deposit_id: int
    item_id: int
    project_id: int
    project: str
    rulebook: str
    grade: str
    clauses: str
    rights: str
    answers: str
    likeness: float
    sources: int
    fate: Fate
    ruled_by: str
    ruled_at: int | None
    reason: str
    question_id: int
    question_state: str
    is_stranger: bool
    may_ask: bool = False
    may_rule: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    id: int
    state: State
    found_at: int
    settled_at: int | None
    media: str
    sides: tuple[Side, ...]

    @property
    def name(self) -> str:
        """The state in words, still to be translated."""
        return STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class Counted:
    """Cases that the reader sees, by state."""

    open: int
    settled: int
