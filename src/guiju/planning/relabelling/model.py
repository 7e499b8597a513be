"""What is asked of labels, what reading the answers finds, and what came of it."""

import enum
from dataclasses import dataclass

import msgspec

from guiju.kit import N_


class Kind(enum.StrEnum):
    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    UNDO = "undo"


KIND_NAMES = {
    Kind.RENAME: N_("Rename"),
    Kind.MERGE: N_("Merge"),
    Kind.SPLIT: N_("Split"),
    Kind.UNDO: N_("Undo"),
}


class State(enum.StrEnum):
    """Read first, decided by a person, then done as a whole."""

    READING = "reading"
    READY = "ready"
    ACTING = "acting"
    DONE = "done"
    DISCARDED = "discarded"


STATE_NAMES = {
    State.READING: N_("reading the answers"),
    State.READY: N_("to be decided"),
    State.ACTING: N_("being done"),
    State.DONE: N_("done"),
    State.DISCARDED: N_("discarded"),
}


class Recheck(enum.StrEnum):
    """Which of the answers that changed somebody looks at again; what was left open by a split always is."""

    ALL = "all"
    SAMPLE = "sample"
    NONE = "none"


class Rule(enum.StrEnum):
    """How a split tells its labels apart."""

    SCENE = "scene"
    ITEMS = "items"
    CHECK = "check"
    NEAREST = "nearest"


RULE_NAMES = {
    Rule.SCENE: N_("by scene"),
    Rule.ITEMS: N_("by a list of items"),
    Rule.CHECK: N_("by a condition"),
    Rule.NEAREST: N_("by the nearest examples"),
}


class Target(msgspec.Struct, frozen=True):
    """A label that is to stand. What is empty of name and definition stays, or comes from what it replaces."""

    id: str
    zh: str = ""
    en: str = ""
    definition_zh: str = ""
    definition_en: str = ""


class Split(msgspec.Struct, frozen=True):
    """How answers get one of several labels.

    `by` a label lists scenes (their ids) or items (their names); `condition` gives the first label where it holds and
    the second where it does not. `rest` is for items that nothing decides: a label, or empty, and they stay as they
    are until a recheck has decided.
    """

    rule: Rule
    by: dict[str, list[str]] = {}
    condition: str = ""
    rest: str = ""


class Asked(msgspec.Struct, frozen=True):
    """`sources` become `targets`: one of one is a rename, several to one a merge, one to several a split."""

    sources: list[str]
    targets: list[Target]
    reason: str
    recheck: Recheck = Recheck.NONE
    sample: int = 0
    split: Split | None = None

    @property
    def kind(self) -> Kind:
        if len(self.targets) > 1:
            return Kind.SPLIT
        return Kind.MERGE if len(self.sources) > 1 else Kind.RENAME

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """What stands for each label from then on; a label that stays what it is, is not among them."""
        new = tuple(target.id for target in self.targets)
        return {old: new for old in self.sources if (old,) != new}


class Sample(msgspec.Struct, frozen=True):
    """An item with what is said of it before and after, in one line a field."""

    item: int
    before: str
    after: str


class Found(msgspec.Struct, frozen=True):
    """What an act would touch.

    `answers` are answers of record that change, `rulings` those of them that an expert gave, `open` those that a split
    leaves to a recheck, `superseded` what lots hold of items that were answered otherwise since. `together`: several
    of the labels stand in one answer; `between`: annotators gave different ones of them to one item; `refused`: the
    new version's checks refuse the answer and the old one's did not. `annotations` name the labels and stay as they
    were given. `accepted` and `inspecting` are lots that hold any.
    """

    answers: int = 0
    rulings: int = 0
    open: int = 0
    superseded: int = 0
    together: int = 0
    between: int = 0
    refused: int = 0
    annotations: int = 0
    accepted: int = 0
    inspecting: int = 0
    references: int = 0
    deposits: int = 0
    deliveries: int = 0
    rounds: int = 0
    by_label: dict[str, int] = {}
    by_target: dict[str, int] = {}
    shown: list[Sample] = []
    shown_together: list[Sample] = []
    shown_refused: list[Sample] = []


class Came(msgspec.Struct, frozen=True):
    """What came of it: `answers` changed, which are the resolutions above `low` up to `high`; `kept` were answered
    otherwise meanwhile and stay; `rechecks` are the rounds that were opened, over `rechecked` items."""

    answers: int
    kept: int
    low: int
    high: int
    rechecks: list[int] = []
    rechecked: int = 0
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Relabelling:
    id: int
    project_id: int
    act: Kind
    state: State
    asked: Asked
    found: Found | None
    came_of: Came | None
    before_id: int
    after_id: int | None
    undoes: int | None
    read_upto: int
    job_id: int | None
    created_by: int
    created_at: int
    acted_by: int | None
    acted_at: int | None
