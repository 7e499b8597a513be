"""A stream of lots, and what moved it."""

import enum
from dataclasses import dataclass

from guiju.inspection.model import Strictness, Weight
from guiju.kit import N_, Sentence
from guiju.stats.acceptance.switching import LotResult, SwitchState


class StreamAct(enum.StrEnum):
    """What a person decides about a stream."""

    RESUME = "resume"
    REDUCE = "reduce"
    KEEP_NORMAL = "keep-normal"


ACT_NAMES = {
    StreamAct.RESUME: N_("inspection resumed"),
    StreamAct.REDUCE: N_("reduced inspection is wanted"),
    StreamAct.KEEP_NORMAL: N_("reduced inspection is not wanted"),
}


@dataclass(frozen=True, slots=True)
class StreamKey:
    """The lots of one making: of one annotator, of one source, or with neither those drawn from everybody's work."""

    project_id: int
    annotator_id: int | None = None
    source_id: int | None = None


@dataclass(frozen=True, slots=True)
class LotDecided:
    """A lot that was decided, as the journal's row `event`: what the rules read of it."""

    event: int
    lot_id: int
    number: int
    result: LotResult


@dataclass(frozen=True, slots=True)
class ActTaken:
    """What somebody decided about the stream, and why."""

    event: int
    act: StreamAct
    reason: str
    by: int
    at: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened in a stream, and how it stood afterwards."""

    what: LotDecided | ActTaken
    state: SwitchState


@dataclass(frozen=True, slots=True)
class Stream:
    """How a stream stands as to the defects of one severity, and how it came to it, the newest step first."""

    key: StreamKey
    name: str | None
    state: SwitchState
    steps: tuple[Step, ...]
    weight: Weight = Weight.MAJOR

    @property
    def because(self) -> Sentence:
        """Why it stands so: what was said when it last changed."""
        for step, before in zip(self.steps, self.steps[1:], strict=False):
            if (step.state.severity, step.state.discontinued) != (before.state.severity, before.state.discontinued):
                return step.state.reason
        return self.steps[-1].state.reason if self.steps else self.state.reason


@dataclass(frozen=True, slots=True)
class Switching:
    """How strictly the next lot is inspected, and why."""

    severity: Strictness
    because: Sentence
