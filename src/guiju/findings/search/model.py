"""What is searched for, and what is found."""

import enum
from dataclasses import dataclass
from urllib.parse import urlencode

from guiju.data import Item, Media
from guiju.data.media.cropping import Region
from guiju.kit import N_


class State(enum.StrEnum):
    ANY = ""
    OPEN = "open"
    RESOLVED = "resolved"
    ASIDE = "aside"


STATE_NAMES = {
    State.ANY: N_("In any state"),
    State.OPEN: N_("Still to be annotated"),
    State.RESOLVED: N_("With an answer of record"),
    State.ASIDE: N_("Set aside"),
}


@dataclass(frozen=True, slots=True)
class Search:
    """Words that must all be there, and filters that must all hold."""

    q: str = ""
    label: str = ""
    source: int | None = None
    media: Media | None = None
    state: State = State.ANY
    scene: int | None = None
    # the number of an item, or a text: what is found is like it, the nearest first
    like: str = ""
    # a part of the picture that `like` names: what is found is like that
    region: Region | None = None

    @property
    def is_empty(self) -> bool:
        return self == Search()

    @property
    def link(self) -> str:
        """As the query of an address; nothing where nothing is asked."""
        said = {"q": self.q, "label": self.label, "source": self.source, "media": self.media, "state": self.state}
        more = {"scene": self.scene, "like": self.like}
        link = urlencode({key: value for key, value in {**said, **more}.items() if value})
        return f"{link}&region={self.region}" if self.region else link


@dataclass(frozen=True, slots=True)
class Found:
    """One item that was found: the labels of its answer of record, whether it has one, whether it is set aside."""

    item: Item
    labels: tuple[str, ...]
    is_resolved: bool
    is_aside: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A page of what was found. `examined` items were looked at for it; `unread` are not in the index of words yet.

    `part` is the part of a picture that was compared, small, as WebP.
    """

    rows: list[Found]
    cursor: str | None
    unread: int
    labels_behind: bool
    part: bytes | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A search that somebody keeps under a name."""

    id: int
    name: str
    query: str
    created_by: int
