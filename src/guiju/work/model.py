"""Slots, tasks, and what became of an answer."""

import enum
from dataclasses import dataclass
from typing import Any

import msgspec

from guiju.kinds import Media
from guiju.work.prefill.model import Suggestion

ANYBODY = 0


class SlotState(enum.IntEnum):
    OPEN = 0
    LEASED = 1
    DONE = 2
    # taken into a lot: its answer is being judged and cannot be changed by its annotator
    SEALED = 3
    # its batch was withdrawn from the round: no answer is wanted any more
    WITHDRAWN = 4


@dataclass(frozen=True, slots=True)
class Slot:
    id: int
    round_id: int
    item_id: int
    state: SlotState
    annotator_id: int | None
    lease: str | None
    lease_until: int | None
    leased_at: int | None = None
    suggestion_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Slots that wait in one order: of a batch, kept for one annotator, for a team, or for anybody."""

    batch_id: int
    reserved: int


@dataclass(frozen=True, slots=True)
class TaskItem:
    """What the workbench shows. `text` is inline when it is short; otherwise, and for images and sounds, `url` has the
    content (of a picture that is tiled its overview). Of a dialogue and a comparison `text` is their JSON.
    """

    id: int
    media: Media
    name: str
    text: str | None
    url: str | None
    width: int | None
    height: int | None
    parts: int | None
    duration: int | None
    is_tiled: bool


class Found(msgspec.Struct, frozen=True):
    """What an inspector found wrong with an answer: `what` and `severity` are msgids, `judged` is the answer, `right`
    what should have been answered, if that was said.
    """

    what: str
    severity: str
    clause: str | None
    note: str | None
    judged: Any
    right: Any


@dataclass(frozen=True, slots=True)
class Returned:
    """An item that goes back: to whom (nobody: to anybody), why in a line, and what was found."""

    item_id: int
    annotator_id: int | None
    note: str | None = None
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One item handed to one annotator until `lease_until`. `answers` is a draft, or what is to be reworked.

    `suggestion` is what a round that is not blind suggests, where its source has an answer to the item. `found` is what
    an inspector found (`Found`), where it came back from a lot.
    """

    slot: int
    lease: str
    lease_until: str
    item: TaskItem
    revision: int
    answers: Any
    note: str | None
    suggestion: Suggestion | None = None
    found: Any = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """An answer that is stored, and the next tasks that came with it."""

    annotation_id: int
    revision: int
    tasks: list[Task]


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The lease was over: the answer was kept as a draft, for whoever holds the item next if it is the same person."""

    slot: int


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """How far a round is, in slots."""

    round_id: int
    open: int
    leased: int
    done: int

    @property
    def total(self) -> int:
        return self.open + self.leased + self.done
