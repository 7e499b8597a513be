"""A dispute and its states."""

import enum
from dataclasses import dataclass

from guiju.inspection.model import Finding
from guiju.kit import N_


class DisputeState(enum.StrEnum):
    """Open → the defect is withdrawn or confirmed, and nothing after."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"


DISPUTE_NAMES = {
    DisputeState.OPEN: N_("disputed"),
    DisputeState.WITHDRAWN: N_("defect withdrawn"),
    DisputeState.CONFIRMED: N_("defect confirmed"),
}


@dataclass(frozen=True, slots=True)
class Dispute:
    """`gap` says that the rules leave the case open; `ruling` is what was said, with the clause it rests on."""

    id: int
    project_id: int
    lot_id: int
    item_id: int
    verdict_id: int
    raised_by: int
    raised_at: int
    reason: str
    state: DisputeState
    ruled_by: int | None
    ruled_at: int | None
    ruling: str | None
    clause: str | None
    gap: bool

    @property
    def state_name(self) -> str:
        """The state in words, still to be translated."""
        return DISPUTE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class DisputeRuling:
    """What is ruled: the defect is withdrawn or confirmed, why, by which clause; `gap`: the rules leave it open."""

    withdraw: bool
    text: str
    clause: str | None = None
    gap: bool = False

    @property
    def state(self) -> DisputeState:
        return DisputeState.WITHDRAWN if self.withdraw else DisputeState.CONFIRMED


@dataclass(frozen=True, slots=True)
class Disputed:
    """A dispute with what it is about: the finding that is disputed, and the answer that was judged, as JSON."""

    dispute: Dispute
    lot_number: int
    finding: Finding
    inspector_id: int
    judged: str
    rulebook_id: int


@dataclass(frozen=True, slots=True)
class MyFinding:
    """What an inspector found wrong with somebody's own answer, and the dispute about it if there is one."""

    verdict_id: int
    lot_id: int
    lot_number: int
    item_id: int
    at: int
    finding: Finding
    judged: str
    rulebook_id: int
    dispute: Dispute | None
