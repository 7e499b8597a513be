"""Recipes as they are written, what passes through them, and what a run of one found."""

import enum
from dataclasses import dataclass, field
from typing import Any

import msgspec

from guiju.data import Media
from guiju.kit import N_, Mark


class StepSaid(msgspec.Struct, frozen=True):
    """One step as a recipe says it: which, and what it was told beside its defaults."""

    step: str
    options: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Recipe:
    """A version of a recipe. Versions never change: a change is a new one."""

    id: int
    project_id: int
    name: str
    version: int
    steps: tuple[StepSaid, ...]
    created_at: int


class Piece(msgspec.Struct, frozen=True):
    """An item on its way through a recipe: what is written (`text`, or a `document` of several), or a file's bytes."""

    media: Media
    name: str
    text: str | None = None
    document: dict[str, Any] | None = None
    content: bytes | None = None
    meta: dict[str, Any] | None = None


@dataclass(slots=True)
class Around:
    """What a step is told beside the piece, and what it tells: `lost` characters, whether a person was masked."""

    key: bytes
    lost: int = 0
    masked: int = 0
    steps: dict[int, "Tally"] = field(default_factory=dict[int, "Tally"])


class Tally(msgspec.Struct):
    """What one step did: the pieces it saw, changed, dropped, split; and those on which it failed."""

    seen: int = 0
    changed: int = 0
    dropped: int = 0
    split: int = 0
    failed: int = 0

    def add(self, other: "Tally") -> None:
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Outcome(enum.StrEnum):
    """What became of an item in a run. What failed or was held back stays as it is and may be run again."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    SPLIT = "split"
    DROPPED = "dropped"
    FAILED = "failed"


OUTCOME_NAMES = {
    Outcome.UNCHANGED: N_("unchanged"),
    Outcome.CHANGED: N_("changed"),
    Outcome.SPLIT: N_("split"),
    Outcome.DROPPED: N_("dropped"),
    Outcome.FAILED: N_("not cleaned"),
}


class RunState(enum.StrEnum):
    """Running → done, or undoing (cancelled and failed runs, too) → undone."""

    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


RUN_STATE_NAMES = {
    RunState.RUNNING: N_("running"),
    RunState.DONE: N_("done"),
    RunState.UNDOING: N_("being undone"),
    RunState.UNDONE: N_("undone"),
}


class Counts(msgspec.Struct):
    """What a run found so far: its checkpoint, and its figures afterwards."""

    unchanged: int = 0
    changed: int = 0
    split: int = 0
    dropped: int = 0
    failed: int = 0
    made: int = 0
    after: int = 0
    steps: list[Tally] = []

    @property
    def seen(self) -> int:
        return self.unchanged + self.changed + self.split + self.dropped + self.failed


@dataclass(frozen=True, slots=True)
class Run:
    id: int
    project_id: int
    recipe_id: int
    recipe_name: str
    version: int
    state: RunState
    from_source: int | None
    source_id: int
    job_id: int
    counts: Counts
    created_by: int
    created_at: int

    @property
    def cause(self) -> str:
        """What its parents are set aside by."""
        return f"recipe-run:{self.id}"


class RunPayload(msgspec.Struct, frozen=True):
    run: int
    until: int


class FileFacts(msgspec.Struct, frozen=True):
    """A file in a line ("320 × 240 JPEG, 12 kB"), and whether it says more than it shows, even the place.

    `small` is the address of a small picture that holds itself.
    """

    line: str
    is_marked: bool
    is_located: bool
    small: str = ""


class Example(msgspec.Struct, frozen=True):
    """An item before and after: what is written with the differences marked; of files their facts."""

    item: int
    name: str
    media: str
    outcome: Outcome
    marks: list[Mark]
    pieces: int
    fault: str = ""
    before: FileFacts | None = None
    after: FileFacts | None = None


class Preview(msgspec.Struct, frozen=True):
    """What a recipe would do, tried on `tried` of `items` items drawn at random.

    `erased` is the share of the characters that it would take away, `dropped` that of the items.
    """

    items: int
    tried: int
    counts: Counts
    erased: float
    dropped: float
    needs_confirmation: bool
    examples: list[Example]


@dataclass(frozen=True, slots=True)
class Descent:
    """One item came out of another: by which run of which recipe."""

    item_id: int
    name: str
    is_withheld: bool
    run_id: int
    recipe_name: str
    version: int
