"""A round's parts, whom they are kept for, and who works on what."""

import enum
from dataclasses import dataclass, field

import msgspec

from guiju.kit import N_


class Priority(enum.IntEnum):
    """The higher is handed out first."""

    LATER = 1
    NORMAL = 5
    FIRST = 7
    URGENT = 9


PRIORITY_NAMES = {
    Priority.URGENT: N_("urgent"),
    Priority.FIRST: N_("first"),
    Priority.NORMAL: N_("normal"),
    Priority.LATER: N_("later"),
}


class Demands(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom work is kept for: people who have every language and every skill, the certificate if it is asked for, and
    who are among `accounts` or in one of `teams` where any of these are named.
    """

    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    certified: bool = False
    accounts: tuple[int, ...] = ()
    teams: tuple[int, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anybody may take it."""
        return self == ANY_DEMANDS


ANY_DEMANDS = Demands()


@dataclass(frozen=True, slots=True)
class Person:
    """What the queue knows of who asks for items."""

    account_id: int
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    certified: bool = False
    teams: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Batch:
    """A part of a round; number 0 is what lies in no part."""

    id: int
    round_id: int
    name: str
    priority: int
    due: str | None
    demands: Demands
    split_from: int | None = None
    settled: bool = True
    withdrawn_at: int | None = None
    withdrawn_why: str | None = None

    @property
    def withdrawn(self) -> bool:
        return self.withdrawn_at is not None


# What lies in no part of a round: all of it where it has none.
NOT_IN_ANY = Batch(0, 0, "", Priority.NORMAL, None, ANY_DEMANDS)


class By(enum.StrEnum):
    """By what a part is split off."""

    COUNT = "count"
    SOURCE = "source"
    SCENE = "scene"
    COLUMN = "column"


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is split off: the last `value` items, or those of a source or scene (its number), or those whose `column`
    says `value`.
    """

    by: By
    value: str
    column: str = ""


class Change(msgspec.Struct, frozen=True):
    """What a batch is called, when it is handed out, and to whom."""

    name: str = ""
    priority: int = Priority.NORMAL
    due: str | None = None
    demands: Demands = ANY_DEMANDS


# How a round is handed out of which nothing else is said.
WHOLE = Change(N_("all items"))


@dataclass(frozen=True, slots=True)
class Counts:
    """Slots of a batch or in somebody's hands, by what became of them."""

    open: int = 0
    leased: int = 0
    done: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch as its round's page lists it: `takers` are the annotators of the project who may take from it."""

    batch: Batch
    counts: Counts
    takers: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody's part in a round: what is kept for them, in their hands, answered. `drafts` are begun and kept."""

    account_id: int
    name: str
    here: bool
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    counts: Counts
    drafts: int


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Who works on what."""

    project_id: int
    round_id: int
    batches: list[BatchLine]
    people: list[PersonLine]
    kept: dict[int, int] = field(default_factory=dict[int, int])


@dataclass(frozen=True, slots=True)
class Moved:
    """How many slots an act moved, and how many it left because who should get them has answered the item."""

    moved: int
    left: int = 0
