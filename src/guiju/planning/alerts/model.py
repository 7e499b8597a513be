"""Alerts: what is the matter, since when, and what can be done. Times are microseconds."""

import enum
from dataclasses import dataclass, field

from guiju.people import Act
from guiju.planning.model import Said

HOUR = 3_600 * 10**6


class AlertKind(enum.StrEnum):
    LATE = "late"
    MAY_BE_LATE = "may-be-late"
    IDLE = "idle"
    LOT = "lot"
    REWORK = "rework"
    RESUBMISSION = "resubmission"
    DISPUTES = "disputes"
    QUESTIONS = "questions"
    DELIVERY = "delivery"
    SLOW = "slow"
    FAST = "fast"
    STOPPED = "stopped"

    @property
    def is_personal(self) -> bool:
        """Whether it tells of somebody's work, which only those hear who lead them."""
        return self in {AlertKind.SLOW, AlertKind.FAST, AlertKind.STOPPED}


@dataclass(frozen=True, slots=True)
class Quiet:
    """An alert that somebody quieted, why, and until when."""

    key: str
    reason: str
    by: int
    at: int
    until: int


@dataclass(frozen=True, slots=True)
class Alert:
    """`key` tells it from the project's others, for as long as what it tells of lasts; `path` is under the project's
    own address, and leads to what `step` says."""

    key: str
    kind: AlertKind
    title: Said
    why: Said
    step: Said
    path: str
    act: Act
    since: int | None = None
    is_bad: bool = False
    quiet: Quiet | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Unlike:
    """Somebody whose answers take so many times as long as the others' in a round (less than 1: who is quicker)."""

    round_id: int
    annotator_id: int
    name: str
    answers: int
    seconds: float
    others: float

    @property
    def times(self) -> float:
        return self.seconds / self.others
