"""Groups of a lot's items, as they were when it was drawn."""

import enum
from dataclasses import dataclass

import msgspec

from guiju.kit import N_
from guiju.stats.intervals import Interval


class By(enum.StrEnum):
    """What makes the groups."""

    SCENE = "scene"
    LABEL = "label"
    ANNOTATOR = "annotator"
    SOURCE = "source"


BY_NAMES = {
    By.SCENE: N_("by scene"),
    By.LABEL: N_("by label"),
    By.ANNOTATOR: N_("by annotator"),
    By.SOURCE: N_("by source"),
}


class Share(enum.StrEnum):
    """How places are shared out among the groups."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"


SHARE_NAMES = {
    Share.PROPORTIONAL: N_("as large a share of the sample as of the lot"),
    Share.EQUAL: N_("equally many of each, and the figure weighed"),
}


@dataclass(frozen=True, slots=True)
class Stratify:
    """How somebody wants a sample drawn."""

    by: By
    share: Share = Share.PROPORTIONAL


class Part(msgspec.Struct, frozen=True):
    """A group: its number in the lot from 1 on, its items in the lot, its places in the sample."""

    key: int
    name: str
    items: int
    n: int


class Strata(msgspec.Struct, frozen=True):
    by: By
    share: Share
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PartShare:
    """What the sample shows of one group."""

    part: Part
    judged: int
    defective: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class Weighed:
    """The share of defective items in the lot, each group counting as it stands in the lot; `None` until each group
    that has a place has a verdict."""

    share: float | None
    interval: Interval
    parts: tuple[PartShare, ...]
