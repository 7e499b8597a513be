"""What is taken back, how far, and what came of it."""

import enum
from dataclasses import dataclass

import msgspec

from guiju.kit import N_


class Scope(enum.StrEnum):
    CUSTOMER = "customer"
    PROJECT = "project"
    ITEM = "item"


class Extent(enum.StrEnum):
    """What others got of it; or all, in its own projects too."""

    GENERAL = "general"
    ALL = "all"


SCOPE_NAMES = {
    Scope.CUSTOMER: N_("everything of a customer"),
    Scope.PROJECT: N_("everything of a project"),
    Scope.ITEM: N_("one item, and whatever has the same content"),
}
EXTENT_NAMES = {
    Extent.GENERAL: N_("what others got of it; its own projects keep it"),
    Extent.ALL: N_("every copy in the house, in its own projects too"),
}
HOW_NAMES = {
    "origin": N_("as it was given"),
    "copy": N_("the same content in another place"),
    "draw": N_("drawn from the bank"),
    "derived": N_("made of another, or what it was made of"),
}
STATE_NAMES = {
    "asked": N_("waits to begin"),
    "finding": N_("looking for copies"),
    "removing": N_("removing"),
    "done": N_("done"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be taken back: a customer by name, or a project, or an item of a project."""

    scope: Scope
    extent: Extent
    reason: str
    customer: str = ""
    project: int | None = None
    item: int | None = None


class Removed(msgspec.Struct):
    """What a withdrawal found and removed, by what it was; counts only, no content."""

    items: dict[str, int] = {}
    rows: dict[str, int] = {}
    deposits: int = 0
    contents: int = 0
    kept_contents: int = 0
    cached: int = 0
    packages: int = 0
    consents: int = 0
    covered: int = 0
    """Draws that stay, since another source of the same content and answer covers them."""


@dataclass(frozen=True, slots=True)
class Package:
    """A delivery that held some of it: it lies with whoever fetched it, and is to be called back there."""

    project_id: int
    project: str
    number: int
    format: str
    items: int
    sha256: str
    removed: bool
    made_at: int
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    id: int
    scope: Scope
    extent: Extent
    customer: str | None
    project_id: int | None
    item_id: int | None
    reason: str
    state: str
    job_id: int | None
    report: Removed | None
    asked_by: str
    asked_at: int
    done_at: int | None

    @property
    def state_name(self) -> str:
        """The state in words, still to be translated."""
        return STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a withdrawal would reach at the first look: its own items, and how many were drawn elsewhere."""

    projects: int
    items: int
    deposits: int
    drawn: int
