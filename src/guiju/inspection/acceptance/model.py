"""What the customer accepts: its states, the sample, the statement that is signed."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from guiju.inspection.model import Lot, SampleItem, Tally
from guiju.kit import N_


class AcceptanceState(enum.StrEnum):
    """Judging → accepted, conditional, returned or dropped, and nothing after."""

    JUDGING = "judging"
    ACCEPTED = "accepted"
    CONDITIONAL = "conditional"
    RETURNED = "returned"
    DROPPED = "dropped"


ACCEPTANCE_NAMES = {
    AcceptanceState.JUDGING: N_("the customer is looking"),
    AcceptanceState.ACCEPTED: N_("accepted by the customer"),
    AcceptanceState.CONDITIONAL: N_("accepted with conditions"),
    AcceptanceState.RETURNED: N_("sent back by the customer"),
    AcceptanceState.DROPPED: N_("put aside unsigned"),
}


class Decision(enum.StrEnum):
    """What the requester says in the end. `DROP` signs nothing."""

    ACCEPT = "accepted"
    CONDITIONS = "conditional"
    RETURN = "returned"
    DROP = "dropped"


@dataclass(frozen=True, slots=True)
class Sizing:
    """How large the customer's own sample is: `n` items, or as many as show that at most `share` are defective, if none
    of them is. Neither: no item is looked at."""

    n: int | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A condition as it is asked for: what is to be done, and by when."""

    text: str
    due: date


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of an acceptance, open until somebody said with what it was met."""

    number: int
    text: str
    due: date
    evidence: str | None
    met_by: int | None
    met_at: int | None

    @property
    def is_open(self) -> bool:
        return self.met_at is None


class LotOffered(msgspec.Struct, frozen=True):
    """A lot as it is offered and signed: its number, how many items it holds, and what our own sample of it showed."""

    number: int
    items: int
    judged: int
    defective: int


class VersionUsed(msgspec.Struct, frozen=True):
    """A rulebook's version, and how many of the items were answered under it."""

    version: str
    digest: str
    items: int


class Counted(msgspec.Struct, frozen=True):
    """What a sample showed: defective items among those judged, with the 95% interval (Wilson) of their share."""

    judged: int
    defective: int
    low: float
    high: float

    @property
    def rate(self) -> float | None:
        return self.defective / self.judged if self.judged else None


class Statement(msgspec.Struct, frozen=True):
    """What is signed. Its canonical JSON has the digest that the journal holds; `content` is the digest of the accepted
    answers, line by line."""

    project: str
    number: int
    decision: Decision
    signer: str
    name: str
    at: str
    items: int
    content: str
    lots: tuple[LotOffered, ...]
    rulebooks: tuple[VersionUsed, ...]
    seed: str
    sample: int
    ours: Counted
    theirs: Counted
    conditions: tuple[Mapping[str, str], ...] = ()
    reason: str = ""
    returned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One acceptance: what was offered, the customer's own sample, and the signature."""

    id: int
    project_id: int
    number: int
    state: AcceptanceState
    n: int
    seed: str
    items: int
    content: str
    versions: tuple[VersionUsed, ...]
    last_resolution: int
    opened_by: int
    opened_at: int
    statement: Statement | None
    digest: str | None
    signed_by: int | None
    signed_at: int | None
    signed_event: int | None

    @property
    def state_name(self) -> str:
        """The state in words, still to be translated."""
        return ACCEPTANCE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class CauseCount:
    """A row of the table of both inspections: defects of a type and clause, in our sample and in the customer's."""

    defect_type: str
    clause: str | None
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class Taken:
    """An acceptance with what its page shows."""

    acceptance: Acceptance
    lots: tuple[Lot, ...]
    sample: tuple[SampleItem, ...]
    tally: Tally
    conditions: tuple[Condition, ...]
