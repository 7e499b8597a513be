"""A package handed over: its rows, its states, what it includes."""

import enum
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from guiju.kit import N_


class DeliveryState(enum.StrEnum):
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"


STATE_NAMES = {
    DeliveryState.BUILDING: N_("being built"),
    DeliveryState.READY: N_("ready"),
    DeliveryState.FAILED: N_("failed"),
}


class Include(enum.StrEnum):
    """What goes in: what accepted lots hold, or everything resolved, each row marked."""

    ACCEPTED = "accepted"
    ALL = "all"


INCLUDE_NAMES = {Include.ACCEPTED: N_("accepted lots only"), Include.ALL: N_("everything resolved, marked")}


class Row(NamedTuple):
    """One item with the answer that is delivered for it. `answers` is `{field: answer}` in JSON.

    `text` is complete: of a dialogue and a comparison their JSON. `duration` is in milliseconds.
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
