"""Lots, samples, verdicts: their states and words."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from guiju.briefs import Sampling
from guiju.inspection.plans.model import STRICTNESS_NAMES, WEIGHT_NAMES, AnyPlan, Strictness, Weight
from guiju.inspection.strata.model import Strata, Stratify
from guiju.kit import N_
from guiju.stats.intervals import Interval

__all__ = ["STRICTNESS_NAMES", "WEIGHT_NAMES", "Strictness", "Weight"]


class LotState(enum.StrEnum):
    """Inspecting → accepted or rejected, and nothing after."""

    INSPECTING = "inspecting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


LOT_STATE_NAMES = {
    LotState.INSPECTING: N_("being inspected"),
    LotState.ACCEPTED: N_("accepted"),
    LotState.REJECTED: N_("rejected"),
}


class Outcome(enum.StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict, no password
    DEFECT = "defect"


class DefectType(enum.StrEnum):
    WRONG_LABEL = "wrong-label"
    MISSED = "missed"
    EXTRA = "extra"
    WRONG_VALUE = "wrong-value"
    WRONG_ORDER = "wrong-order"
    WRONG_TEXT = "wrong-text"
    WRONG_SHARES = "wrong-shares"
    LOOSE_BOX = "loose-box"
    BOUNDARY = "boundary"
    WRONG_END = "wrong-end"
    SHIFTED_OUTLINE = "shifted-outline"
    SHIFTED_LINE = "shifted-line"
    SHIFTED_POINT = "shifted-point"
    NOT_THE_PROMPT = "not-the-prompt"
    BAD_RECORDING = "bad-recording"
    WRONG_ANGLE = "wrong-angle"
    WRONG_VISIBILITY = "wrong-visibility"
    MERGED = "merged"


DEFECT_NAMES = {
    DefectType.WRONG_LABEL: N_("wrong label"),
    DefectType.MISSED: N_("missed"),
    DefectType.EXTRA: N_("should not be there"),
    DefectType.WRONG_VALUE: N_("wrong point of the scale"),
    DefectType.WRONG_ORDER: N_("wrong order"),
    DefectType.WRONG_TEXT: N_("wrong or badly written text"),
    DefectType.WRONG_SHARES: N_("wrong shares"),
    DefectType.LOOSE_BOX: N_("box too loose or too tight"),
    DefectType.BOUNDARY: N_("boundary shifted"),
    DefectType.WRONG_END: N_("wrong end or direction"),
    DefectType.SHIFTED_OUTLINE: N_("outline beside the object’s edge"),
    DefectType.SHIFTED_LINE: N_("line beside what it follows"),
    DefectType.SHIFTED_POINT: N_("point in a wrong place"),
    DefectType.NOT_THE_PROMPT: N_("not what the prompt asks for"),
    DefectType.BAD_RECORDING: N_("badly recorded, photographed or written"),
    DefectType.WRONG_ANGLE: N_("turned wrongly"),
    DefectType.WRONG_VISIBILITY: N_("seen, hidden or absent said wrongly"),
    DefectType.MERGED: N_("several marked as one, or one as several"),
}

_MARKED = (DefectType.MISSED, DefectType.EXTRA, DefectType.WRONG_LABEL)
# What can be wrong with an answer of each kind. Behind what all marks share stands first what is wrong most often: a
# correction that moves a mark is taken for that.
DEFECTS_OF_KIND: Mapping[str, tuple[DefectType, ...]] = {
    "choice": (DefectType.WRONG_LABEL, DefectType.MISSED, DefectType.EXTRA),
    "rating": (DefectType.WRONG_VALUE,),
    "ranking": (DefectType.WRONG_ORDER,),
    "text": (DefectType.WRONG_TEXT, DefectType.MISSED, DefectType.EXTRA),
    "soft": (DefectType.WRONG_SHARES,),
    "box": (*_MARKED, DefectType.LOOSE_BOX, DefectType.WRONG_ANGLE, DefectType.MERGED),
    "span": (*_MARKED, DefectType.BOUNDARY, DefectType.MERGED),
    "relation": (*_MARKED, DefectType.WRONG_END),
    "segment": (*_MARKED, DefectType.BOUNDARY, DefectType.MERGED),
    "polygon": (*_MARKED, DefectType.SHIFTED_OUTLINE, DefectType.MERGED),
    "mask": (*_MARKED, DefectType.SHIFTED_OUTLINE, DefectType.MERGED),
    "polyline": (*_MARKED, DefectType.SHIFTED_LINE),
    "contribution": (DefectType.NOT_THE_PROMPT, DefectType.BAD_RECORDING),
    "keypoint": (*_MARKED, DefectType.SHIFTED_POINT, DefectType.WRONG_VISIBILITY),
}


class Split(enum.StrEnum):
    """What makes several lots of what waits."""

    ANNOTATOR = "annotator"
    SOURCE = "source"
    DAY = "day"


SPLIT_NAMES = {
    Split.ANNOTATOR: N_("a lot for each annotator"),
    Split.SOURCE: N_("a lot for each source"),
    Split.DAY: N_("a lot for each day"),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """How a lot is to be inspected. What is `None` is read: the way of sampling, AQLs and level from the signed brief,
    strictness from the lots before. `size` is the most that a lot takes; `None` takes all that waits.

    `critical` and `minor` are AQLs of their own; 0 says that none critical is accepted, and that minor ones are counted
    with the major ones. The other figures are those of `guiju.inspection.plans.Demands`.
    """

    size: int | None = None
    aql: str | float | None = None
    level: str | None = None
    severity: Strictness | None = None
    sampling: Sampling | None = None
    critical: str | float | None = None
    minor: str | float | None = None
    good: float | None = None
    poor: float | None = None
    alpha: float | None = None
    beta: float | None = None
    rate: float | None = None
    allowed: float | None = None
    most: int | None = None
    strata: Stratify | None = None


class Scope(enum.StrEnum):
    """What of a rejected lot goes back to its annotators."""

    ALL = "all"
    DEFECTS = "defects"
    # what the customer named
    CHOSEN = "chosen"


class Reason(msgspec.Struct, frozen=True):
    """A sentence (msgid) with what fills its places: kept, so that every reader has it in their own language."""

    sentence: str
    details: dict[str, int]


@dataclass(frozen=True, slots=True)
class Lot:
    id: int
    project_id: int
    number: int
    state: LotState
    round_id: int | None
    annotator_id: int | None
    source_id: int | None
    day: str | None
    plan: AnyPlan
    seed: str
    contents: str
    strata: Strata | None
    drawn_event: int | None
    resubmits: int | None
    reason: Reason | None
    rework_round: int | None
    rework_scope: Scope | None
    created_by: int
    created_at: int
    decided_by: int | None
    decided_at: int | None
    decided_event: int | None

    @property
    def state_name(self) -> str:
        """The state in words, still to be translated."""
        return LOT_STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class Finding:
    """What an inspector says of one item. `correction` is what they would have answered, as JSON."""

    outcome: Outcome
    defect_type: DefectType | None = None
    severity: Weight | None = None
    clause: str | None = None
    note: str | None = None
    correction: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding on record: the revision that holds."""

    id: int
    item_id: int
    inspector_id: int
    revision: int
    at: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One place of the sample, and what was found there."""

    place: int
    item_id: int
    resolution_id: int
    verdict: Verdict | None
    stratum: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """What the sample shows so far: defective items among the judged ones, and the 95% interval of their share."""

    n: int
    judged: int
    defective: int
    interval: Interval

    @property
    def rate(self) -> float | None:
        return self.defective / self.judged if self.judged else None

    @property
    def left(self) -> int:
        return self.n - self.judged


@dataclass(frozen=True, slots=True)
class DefectCount:
    """A row of the table of defects."""

    defect_type: DefectType
    clause: str | None
    severity: Weight
    count: int


@dataclass(frozen=True, slots=True)
class Risk:
    """A share of defective items in the lot, and how probably such a lot is accepted."""

    share: float
    accepted: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What the plan makes of the verdicts, and why."""

    accepted: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot in the project's list."""

    lot: Lot
    tally: Tally
