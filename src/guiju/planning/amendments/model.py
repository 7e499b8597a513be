"""An amendment and its states."""

import enum
from dataclasses import dataclass

from guiju.kit import N_


class AmendmentState(enum.StrEnum):
    """Open → in the draft → published; or dropped, while it is not published."""

    OPEN = "open"
    DRAFTED = "drafted"
    PUBLISHED = "published"
    DROPPED = "dropped"


STATE_NAMES = {
    AmendmentState.OPEN: N_("to be written"),
    AmendmentState.DRAFTED: N_("in the draft"),
    AmendmentState.PUBLISHED: N_("published"),
    AmendmentState.DROPPED: N_("dropped"),
}


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a ruling asks of the rules.

    `cited` is the clause that the ruling rests on; `clause` the one that was written or amended in the draft;
    `round_id` the recheck that publishing it opened.
    """

    dispute_id: int
    project_id: int
    lot_id: int
    item_id: int
    ruling: str
    cited: str | None
    opened_at: int
    clause: str | None
    written_by: int | None
    written_at: int | None
    rulebook_id: int | None
    round_id: int | None
    dropped_why: str | None

    @property
    def state(self) -> AmendmentState:
        if self.rulebook_id is not None:
            return AmendmentState.PUBLISHED
        if self.dropped_why is not None:
            return AmendmentState.DROPPED
        return AmendmentState.DRAFTED if self.clause is not None else AmendmentState.OPEN

    @property
    def state_name(self) -> str:
        """The state in words, still to be translated."""
        return STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class Written:
    """What goes into the draft: more of the clause `clause`, or (without one) a clause of its own with a `title`."""

    text: str
    title: str = ""
    clause: str | None = None
