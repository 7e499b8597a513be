"""A text that a brief is drafted from, what came back, and what of it is borne out by the text."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from guiju.briefs import Facet
from guiju.cleaning.personal import PersonalKind
from guiju.kit import N_


class DraftState(enum.StrEnum):
    READ = "read"
    SENT = "sent"
    READY = "ready"
    FAILED = "failed"


STATE_NAMES = {
    DraftState.READ: N_("not sent"),
    DraftState.SENT: N_("sent, no answer yet"),
    DraftState.READY: N_("answered"),
    DraftState.FAILED: N_("failed"),
}


class Sentence(msgspec.Struct, frozen=True):
    """A sentence for a facet, and the passage that it is said to rest on."""

    text: Annotated[str, Meta(min_length=1, max_length=600)]
    rests_on: Annotated[str, Meta(max_length=1_000)] = ""


class Proposed(msgspec.Struct, frozen=True):
    """What is proposed for one facet."""

    facet: Facet
    sentences: Annotated[list[Sentence], Meta(max_length=20)]


class Asked(msgspec.Struct, frozen=True):
    """A question to the customer, and the facet that it belongs to."""

    text: Annotated[str, Meta(min_length=1, max_length=400)]
    facet: Facet


class Proposal(msgspec.Struct, frozen=True):
    """A service's whole answer."""

    facets: Annotated[list[Proposed], Meta(max_length=14)]
    questions: Annotated[list[Asked], Meta(max_length=40)] = []


@dataclass(frozen=True, slots=True)
class Borne:
    """A proposed sentence held against the text: whether its passage is in it, and the numbers that are not."""

    text: str
    rests_on: str
    found: bool
    strange: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A proposal held against the text that it was made from."""

    facets: Mapping[Facet, Sequence[Borne]] = field(default_factory=dict[Facet, Sequence[Borne]])
    questions: Sequence[Asked] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way: as it was pasted, as it was sent, and the answer (JSON) once there is one.

    `failed` is a refusal: `code`, `sentence`, `next` and the `details` that fill their places.
    """

    id: int
    project_id: int
    name: str
    text: str
    state: DraftState
    sent: str | None
    host: str
    model: str
    answer: str | None
    failed: Mapping[str, Any] | None
    made_by: int
    at: int
    job_id: int | None


@dataclass(frozen=True, slots=True)
class Going:
    """What would be sent, to whom: `content` is the request's own text, `personal` what was found in it, by kind."""

    host: str
    url: str
    model: str
    content: str
    personal: Mapping[PersonalKind, Sequence[str]]
