"""Stages between an answer and its delivery, and what waits in them. Times are microseconds."""

import enum
from dataclasses import dataclass
from typing import NamedTuple

from guiju.kit import N_
from guiju.people import Act


class Stage(enum.StrEnum):
    """From where to where something waits."""

    TO_LOT = "to-lot"
    TO_VERDICT = "to-verdict"
    TO_DECISION = "to-decision"
    REWORK = "rework"
    TO_DELIVERY = "to-delivery"
    QUESTION = "question"
    DISPUTE = "dispute"


STAGE_NAMES = {
    Stage.TO_LOT: N_("submitted, until it is drawn into a lot"),
    Stage.TO_VERDICT: N_("drawn, until the lot’s first verdict"),
    Stage.TO_DECISION: N_("first verdict, until the lot is decided"),
    Stage.REWORK: N_("sent back, until the lot comes again"),
    Stage.TO_DELIVERY: N_("accepted, until it is delivered"),
    Stage.QUESTION: N_("asked, until it is answered"),
    Stage.DISPUTE: N_("disputed, until it is ruled on"),
}


class SlowLot(NamedTuple):
    lot_id: int
    number: int
    wait: int


@dataclass(frozen=True, slots=True)
class StageTime:
    """How long so many items (of questions and disputes: so many of them) waited, and the lots that waited longest."""

    stage: Stage
    n: int
    median: int
    p90: int
    slowest: tuple[SlowLot, ...] = ()


class LotTimes(NamedTuple):
    """When things happened to a lot; `again_at` is when it was drawn once more after its rework."""

    lot_id: int
    number: int
    state: str
    items: int
    drawn_at: int
    decided_at: int | None
    decided_event: int | None
    first_verdict: int | None
    again_at: int | None
    delivered_at: int | None = None


class Sampled(NamedTuple):
    """One place of a lot's sample: how long its answer had waited when the lot was drawn."""

    lot_id: int
    wait: int


class WaitKind(enum.StrEnum):
    """What waits."""

    IN_NO_LOT = "in-no-lot"
    LOT = "lot"
    REWORK = "rework"
    RESUBMISSION = "resubmission"
    DISPUTES = "disputes"
    QUESTIONS = "questions"
    DELIVERY = "delivery"


WAIT_NAMES = {
    WaitKind.IN_NO_LOT: N_("answers in no lot"),
    WaitKind.LOT: N_("a lot under inspection"),
    WaitKind.REWORK: N_("items sent back"),
    WaitKind.RESUBMISSION: N_("a reworked lot"),
    WaitKind.DISPUTES: N_("disputed findings"),
    WaitKind.QUESTIONS: N_("open questions"),
    WaitKind.DELIVERY: N_("accepted items that no delivery holds"),
}


@dataclass(frozen=True, slots=True)
class Wait:
    """What waits now: how much, since when (`None`: nobody looked), for those who may do `act`; `path` is under the
    project's own address. `number` is a lot's, `names` are those it waits for, where it is they alone."""

    kind: WaitKind
    count: int
    since: int | None
    act: Act
    path: str
    lot_id: int | None = None
    number: int | None = None
    names: tuple[str, ...] = ()
