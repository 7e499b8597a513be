"""Slots, tasks, and what became of an answer."""

import enum
from dataclasses import dataclass
from typing import Any

ANYBODY = 0


class SlotState(enum.IntEnum):
    OPEN = 0
    LEASED = 1
    DONE = 2
    # taken into a lot: its answer is being judged and cannot be changed by its annotator
    SEALED = 3


@dataclass(frozen=True, slots=True)
class Slot:
    id: int
    round_id: int
    item_id: int
    state: SlotState
    annotator_id: int | None
    lease: str | None
    lease_until: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class TaskItem:
    """What the workbench shows. `text` is inline when it is short; otherwise, and for images, `url` has the content."""

    id: int
    media: str
    name: str
    text: str | None
    url: str | None
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class Task:
    """One item handed to one annotator until `lease_until`. `answers` is a draft, or what is to be reworked."""

    slot: int
    lease: str
    lease_until: str
    item: TaskItem
    revision: int
    answers: Any
    note: str | None


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
