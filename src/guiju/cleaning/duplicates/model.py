"""Groups of near-duplicates and what people decide on them."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from guiju.data import Item, Media
from guiju.kit import N_

AT_LEAST = 0.8
METHOD_BITS = {Media.IMAGE: 0.92, Media.AUDIO: 0.75}
"""From which share of equal bits pictures and sounds are alike; by chance it is .5."""


class Keep(enum.StrEnum):
    """What becomes of a group: one stays, one stays and counts for all, all stay, all stay and count as one."""

    ONE = "one"
    MERGED = "merged"
    ALL = "all"
    WEIGHED = "weighed"

    @property
    def drops(self) -> bool:
        return self in {Keep.ONE, Keep.MERGED}


KEEP_NAMES = {
    Keep.ONE: N_("Keep one"),
    Keep.MERGED: N_("Keep one for all"),
    Keep.ALL: N_("Keep all"),
    Keep.WEIGHED: N_("Keep all as one"),
}
KEEP_NOTES = {
    Keep.ONE: N_("one was kept, the others are set aside"),
    Keep.MERGED: N_("one was kept and counts for all, the others are set aside"),
    Keep.ALL: N_("all were kept"),
    Keep.WEIGHED: N_("all were kept and count as one together"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """An item of a group; `weight` is how much it counts, `is_new` that it came after the decision."""

    item_id: int
    likeness: float
    weight: float
    is_new: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Items that are alike; `size` members, of which some are at hand."""

    id: int
    project_id: int
    media: Media
    least: float
    is_open: bool
    act: Keep | None
    kept: int | None
    job_id: int | None
    size: int
    members: Sequence[Member]

    @property
    def cause(self) -> str:
        """What its items are set aside by."""
        return f"duplicates:{self.id}"


@dataclass(frozen=True, slots=True)
class Run:
    """The latest search for near-duplicates."""

    at: int
    at_least: float
    items: int
    groups: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Who is set aside, and how much each of the others counts."""

    aside: list[int]
    weights: dict[int, float]


@dataclass(frozen=True, slots=True)
class Shown:
    """A member as a page shows it: its item, and its text in pieces, each with whether the first one lacks it."""

    member: Member
    item: Item
    pieces: list[tuple[str, bool]]
