"""Sources and items as the rest of the house sees them."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from guiju.kinds import ItemShape
from guiju.kinds import Media as KindsMedia
from guiju.kit import N_


class SourceState(enum.StrEnum):
    """Staging → landed by one row's update; staging or landed → dropped. Only a landed source's items are seen."""

    STAGING = "staging"
    LANDED = "landed"
    DROPPED = "dropped"


SOURCE_STATE_NAMES = {
    SourceState.STAGING: N_("being imported"),
    SourceState.LANDED: N_("imported"),
    SourceState.DROPPED: N_("taken back"),
}


class Media(enum.StrEnum):
    TEXT = "text"
    IMAGE = "image"
    DIALOGUE = "dialogue"
    COMPARISON = "comparison"
    AUDIO = "audio"

    @property
    def is_written(self) -> bool:
        """Whether the item is words: a text, or a document of several in JSON."""
        return self in {Media.TEXT, Media.DIALOGUE, Media.COMPARISON}


MEDIA_NAMES = {
    Media.TEXT: N_("Text"),
    Media.IMAGE: N_("Image"),
    Media.DIALOGUE: N_("Dialogue"),
    Media.COMPARISON: N_("Comparison"),
    Media.AUDIO: N_("Sound"),
}


class Rights(enum.StrEnum):
    """Who may profit from the data later: this customer only, or everybody through the bank."""

    CUSTOMER = "customer"
    GENERAL = "general"


RIGHTS_NAMES = {Rights.CUSTOMER: N_("this customer only"), Rights.GENERAL: N_("general")}


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import found: `records = taken + duplicates + refused`."""

    records: int = 0
    taken: int = 0
    duplicates: int = 0
    refused: int = 0

    def plus(self, *, taken: int, duplicates: int, refused: int) -> "Counts":
        more = taken + duplicates + refused
        return Counts(self.records + more, self.taken + taken, self.duplicates + duplicates, self.refused + refused)


@dataclass(frozen=True, slots=True)
class Source:
    """Where items came from, and in what state its import is."""

    id: int
    project_id: int
    name: str
    state: SourceState
    owner: str | None
    licence: str | None
    rights: Rights
    job_id: int | None
    created_by: int
    created_at: int
    landed_at: int | None
    counts: Counts
    collected_on: str | None = None
    mapping: str | None = None
    family: str | None = None
    read_from: str | None = None


TILED_FROM = 25_000_000
"""Pixels from which a picture is looked at in tiles: as one, a browser would hold 100 MB and more of it."""


def is_tiled(width: int | None, height: int | None) -> bool:
    return (width or 0) * (height or 0) >= TILED_FROM


def shape_of_item(
    media: KindsMedia,
    length: int,
    width: int | None,
    height: int | None,
    *,
    parts: int | None,
    duration: int | None,
    speakers: str | None = None,
) -> ItemShape:
    """The shape of an item from its row; `speakers` as `spoken` wrote them."""
    heard = speakers_of(speakers) if speakers else ()
    return ItemShape(media, length, width or 0, height or 0, parts or 0, duration or 0, heard)


def spoken(speakers: Sequence[str]) -> str:
    """Who speaks, turn for turn, as it is stored: each name once, then each turn's place among the names.

    >>> spoken(["客户", "客服", "客户"])
    '[["客户","客服"],[0,1,0]]'
    """
    names = list(dict.fromkeys(speakers))
    place = {name: number for number, name in enumerate(names)}
    return msgspec.json.encode([names, [place[name] for name in speakers]]).decode()


def speakers_of(stored: str) -> tuple[str, ...]:
    """
    >>> speakers_of('[["a","b"],[0,1,0]]')
    ('a', 'b', 'a')
    """
    names, turns = msgspec.json.decode(stored, type=tuple[list[str], list[int]])
    return tuple(names[place] for place in turns)


@dataclass(frozen=True, slots=True)
class Item:
    """One immutable unit of data. `body` is what is written, up to 8,000 characters; anything else lies in the blob
    `hash`. A dialogue is `{"turns": [{"speaker", "text"}]}`, a comparison `{"prompt", "answers": [{"text", "name"}]}`.

    `size` is in bytes, `width` and `height` in pixels after the EXIF orientation, `duration` in milliseconds; `parts`
    counts turns or answers, `speakers` says who speaks in a dialogue. `meta` is a JSON object or `None`.
    """

    id: int
    project_id: int
    source_id: int
    hash: str
    media: Media
    name: str
    body: str | None
    media_type: str | None
    size: int
    width: int | None
    height: int | None
    meta: str | None
    parts: int | None = None
    duration: int | None = None
    speakers: str | None = None

    @property
    def is_tiled(self) -> bool:
        """Whether it is a picture that is looked at in tiles."""
        return self.media is Media.IMAGE and is_tiled(self.width, self.height)

    @property
    def shape(self) -> ItemShape:
        """What an answer must fit."""
        return shape_of_item(
            self.media.value,
            self.length,
            self.width,
            self.height,
            parts=self.parts,
            duration=self.duration,
            speakers=self.speakers,
        )

    @property
    def spoken_by(self) -> str:
        """Who speaks in a dialogue whose turns are too long for a list, and how often: `客户, 客服 · 500`."""
        names = dict.fromkeys(speakers_of(self.speakers)) if self.speakers else ()
        return f"{', '.join(names)} · {self.parts}"

    @property
    def length(self) -> int:
        """A text's length in characters; where its body lies in a blob, its bytes, which are never fewer."""
        return self.size if self.body is None else len(self.body)


class NewItem(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An item on its way in: what the database is given of it, as a JSON array in this order."""

    hash: str
    media: Media
    name: str
    body: str | None
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    meta: str | None = None
    parts: int | None = None
    duration: int | None = None
    speakers: str | None = None


@dataclass(frozen=True, slots=True)
class Leftover:
    """A record that was not taken: where it stood and the named reason."""

    id: int
    position: int
    name: str
    code: str
    details: dict[str, object]


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items a list shows: of one source, of one media, whose name begins with `prefix`; by id or by name."""

    source_id: int | None = None
    media: Media | None = None
    prefix: str = ""
    by_name: bool = False

    @property
    def ordered_by_name(self) -> bool:
        return self.by_name or bool(self.prefix)
