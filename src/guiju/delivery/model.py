"""A package handed over: its rows, its states, what it includes."""

import enum
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from guiju.delivery.splits.model import Splits
from guiju.kit import N_


class DeliveryState(enum.StrEnum):
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


STATE_NAMES = {
    DeliveryState.BUILDING: N_("being built"),
    DeliveryState.READY: N_("ready"),
    DeliveryState.FAILED: N_("failed"),
    DeliveryState.WITHDRAWN: N_("removed: what it held was withdrawn"),
}


class Include(enum.StrEnum):
    """What goes in: what accepted lots hold, or everything resolved, each row marked."""

    ACCEPTED = "accepted"
    ALL = "all"


INCLUDE_NAMES = {Include.ACCEPTED: N_("accepted lots only"), Include.ALL: N_("everything resolved, marked")}


class Terms(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a package is asked to be beside its format.

    `splits` are its parts. `since` is the number of an earlier delivery: only what is new or other since then goes in.
    `lots` are the numbers of the accepted lots that go in; none means all. `references` leaves gold and examples in.
    `personal` has the texts looked through for personal data.
    """

    splits: Splits | None = None
    since: int | None = None
    lots: tuple[int, ...] = ()
    references: bool = False
    personal: bool = True


class LeftOut(enum.StrEnum):
    """Why an item that could be delivered is not."""

    GOLD = "gold"
    EXAMPLE = "example"
    EXAM = "exam"
    ASIDE = "aside"


LEFT_OUT_NAMES = {
    LeftOut.GOLD: N_("a gold item: its answer was known before"),
    LeftOut.EXAMPLE: N_("an example of the rulebook: exams are made of it"),
    LeftOut.EXAM: N_("asked in an exam"),
    LeftOut.ASIDE: N_("set aside in the data"),
}


class ChangeKind(enum.StrEnum):
    """What became of an item since an earlier delivery; `moved` is in another part, with the same answers."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


CHANGE_NAMES = {
    ChangeKind.ADDED: N_("added"),
    ChangeKind.CHANGED: N_("changed"),
    ChangeKind.MOVED: N_("moved to another part"),
    ChangeKind.REMOVED: N_("removed"),
}


class Loss(msgspec.Struct, frozen=True):
    """A field that the format does not carry: its `kind`, or what it is asked of (`part`, `turn`)."""

    field: str
    why: str


class PartCount(msgspec.Struct, frozen=True):
    """A part of a package: how many items, and how many of each label by which it was split."""

    name: str
    items: int
    labels: dict[str, int]


class Summary(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a package turned out to be: its parts, what was left out and why, what changed, by the words' own names."""

    parts: tuple[PartCount, ...] = ()
    groups: int = 0
    left_out: dict[str, int] = {}
    changes: dict[str, int] = {}
    personal: dict[str, int] = {}
    losses: tuple[str, ...] = ()


class Row(NamedTuple):
    """One item with the answer that is delivered for it. `answers` is `{field: answer}` in JSON.

    `text` is complete: of a dialogue and a comparison their JSON. `duration` is in milliseconds. `part` is the part of
    the package that it belongs to, where there are any.
    """

    name: str
    hash: str
    media: str
    media_type: str | None
    text: str | None
    size: int
    width: int | None
    height: int | None
    meta: str | None
    parts: int | None
    duration: int | None
    answers: str
    rulebook: str
    accepted: bool
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the delivered rulebook, for formats that list their categories."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Delivery:
    id: int
    project_id: int
    number: int
    format: str
    include: Include
    with_media: bool
    state: DeliveryState
    rulebook_id: int
    as_of: int
    job_id: int | None
    blob: str | None
    items: int | None
    size: int | None
    created_by: int
    created_at: int
    terms: Terms = field(default_factory=Terms)
    ledger: str | None = None
    summary: Summary = field(default_factory=Summary)

    @property
    def state_name(self) -> str:
        """The state in words, still to be translated."""
        return STATE_NAMES[self.state]


class Frozen(msgspec.Struct, frozen=True):
    """What the job is told: the state of the project at the moment of asking, as bounds on what only ever grows.

    `last_resolution` bounds the resolutions, `at` the gate decisions (µs); what can also shrink is counted at once.
    """

    delivery: int
    last_resolution: int
    at: int
    open_questions: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A delivery that is being built, and its job."""

    delivery: int
    number: int
    job: int
