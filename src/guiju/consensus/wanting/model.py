"""How sure the answers to an item are, and what a round's answers come to so far."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from guiju.stats.consensus.online import Belief, Crowd
from guiju.work.overlap import Overlap


class Sureness(enum.IntEnum):
    # fewer answers than every item gets
    WAITING = 0
    SETTLED = 1
    # unsure, and one more is wanted
    WANTED = 2
    # as many answers as an item gets at most, and still unsure
    UNSURE = 3


class Learned(msgspec.Struct):
    """What was learned in a round: of whoever answered, by field with one label to choose."""

    crowds: dict[str, Crowd]


@dataclass(frozen=True, slots=True)
class Weighed:
    """An item: how many answered it, how sure their answers are, and what was learned from it.

    `sure` is the probability of its label, the least of its fields that ask for one label; `alike` the agreement that
    a majority of its answers reaches, the least of its other fields. `None` without such fields.
    """

    item_id: int
    answers: int
    state: Sureness
    sure: float | None
    alike: float | None
    beliefs: Mapping[str, Belief]


@dataclass(frozen=True, slots=True)
class Reliable:
    """An annotator as far as known: how often they are right in a field, by how many answers that others gave too."""

    annotator_id: int
    name: str
    field: str
    accuracy: float
    answers: float


@dataclass(frozen=True, slots=True)
class OverlapReport:
    """A round's answers so far. `used` are all that were given; `fixed` what as many for every item would have been.

    `spread` says how many items have how many answers. `drawn` are the items of a share; `several` those that have
    more than one answer wanted.
    """

    round_id: int
    project_id: int
    overlap: Overlap
    asks: bool
    items: int
    used: int
    fixed: int
    open: int
    states: Mapping[Sureness, int]
    spread: Mapping[int, int]
    drawn: int
    people: tuple[Reliable, ...]
    chooses: bool
    compares: bool

    @property
    def saved(self) -> float | None:
        """The share of answers that was not needed, against the most for every item that is settled or unsure."""
        return 1 - self.used_of_decided / self.fixed if self.fixed else None

    @property
    def used_of_decided(self) -> int:
        return sum(answers * items for answers, items in self.spread.items())
