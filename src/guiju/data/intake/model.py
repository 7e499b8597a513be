"""Records on their way in, and what is decided about a chunk of them."""

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, TypeAlias

import msgspec

from guiju.data.intake.errors import ImportRefused, RecordRefused
from guiju.data.model import Media, NewItem, Rights
from guiju.kit import N_

BODY_CHARACTERS = 8_000
TEXT_CHARACTERS = 1_000_000
NAME_CHARACTERS = 300


class TextRecord(msgspec.Struct, frozen=True, gc=False):
    """A text as its file has it. A struct without garbage collection: there are a hundred thousand of them."""

    position: int
    name: str
    text: str
    meta: str | None
    encoding: str
    keyed: bool = False
    """Whether the name is the record's own, and not made of its file and line."""


class ComparisonRecord(msgspec.Struct, frozen=True, gc=False):
    """A prompt with its answers, as the JSON that is stored."""

    position: int
    name: str
    body: str
    parts: int
    meta: str | None
    encoding: str
    keyed: bool = False


class PictureRecord(msgspec.Struct, frozen=True):
    """A picture not yet read. `read()` gives the file's bytes or raises `RecordRefused`."""

    position: int
    name: str
    read: Callable[[], bytes]


class SoundRecord(msgspec.Struct, frozen=True):
    """A sound not yet read. `stream()` gives the file's bytes piece by piece or raises `RecordRefused`."""

    position: int
    name: str
    stream: Callable[[], Iterator[bytes]]


class RefusedRecord(msgspec.Struct, frozen=True):
    """A record whose file already says why it cannot be taken; of several files, one that cannot be opened at all."""

    position: int
    name: str
    refusal: RecordRefused | ImportRefused


class DialogueRecord(msgspec.Struct, frozen=True, gc=False):
    """A dialogue, as the JSON that is stored, and who speaks in it, turn for turn."""

    position: int
    name: str
    body: str
    speakers: tuple[str, ...]
    meta: str | None
    keyed: bool = False


Record: TypeAlias = TextRecord | ComparisonRecord | DialogueRecord | PictureRecord | SoundRecord | RefusedRecord


class Unit(enum.StrEnum):
    """What of a plain text or a Word document is one record."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    WHOLE = "whole"
    ROW = "row"


UNIT_NAMES = {
    Unit.LINE: N_("every line"),
    Unit.PARAGRAPH: N_("every paragraph"),
    Unit.WHOLE: N_("the whole file"),
    Unit.ROW: N_("every row of its tables"),
}


class Changed(enum.StrEnum):
    """What becomes of a record that came before under the same name, with other content."""

    REPLACE = "replace"
    REFUSE = "refuse"
    BOTH = "both"


CHANGED_NAMES = {
    Changed.REPLACE: N_("take the new one, set the old one aside"),
    Changed.REFUSE: N_("keep the old one, refuse the new one"),
    Changed.BOTH: N_("keep both"),
}


class Take(enum.StrEnum):
    """Which files of a folder or zip are meant. Unsaid: pictures and sounds if there are any, else tables and texts."""

    MEDIA = "media"
    TABLES = "tables"
    ALL = "all"


TAKE_NAMES = {
    Take.MEDIA: N_("pictures and sounds"),
    Take.TABLES: N_("tables and texts"),
    Take.ALL: N_("everything"),
}


class Columns(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How a file becomes records, as somebody said: the mapping. What is `None` is guessed."""

    text: str | None = None
    name: str | None = None
    media: Media | None = None
    session: str | None = None
    speaker: str | None = None
    time: str | None = None
    prompt: str | None = None
    answers: tuple[str, ...] = ()
    sheet: str | None = None
    skip: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    header: bool = True
    unit: Unit | None = None
    records: str | None = None
    encoding: str | None = None
    delimiter: Annotated[str, msgspec.Meta(min_length=1, max_length=1)] | None = None
    changed: Changed = Changed.BOTH
    take: Take | None = None

    @property
    def wanted_media(self) -> Media | None:
        """What was asked for, by itself or by the columns that only it has."""
        if self.media is not None:
            return self.media
        if self.session or self.speaker:
            return Media.DIALOGUE
        if self.answers or self.prompt:
            return Media.COMPARISON
        return Media.TEXT if self.text is not None else None


class Origin(msgspec.Struct, frozen=True):
    """What is said about a source: its name, whose it is, what it may be used for, the day it was collected."""

    name: str = ""
    rights: Rights = Rights.CUSTOMER
    owner: str | None = None
    licence: str | None = None
    collected_on: str | None = None


class ImportPayload(msgspec.Struct, frozen=True):
    """What the job is told. `uploaded` is the folder of the server's own copies, removed when the job is over."""

    source: int
    paths: list[str]
    columns: Columns = Columns()
    uploaded: str | None = None
    family: str | None = None


class Progress(msgspec.Struct, frozen=True):
    """How far an import is: the records behind it, and what became of them. The job's checkpoint."""

    taken: int = 0
    duplicates: int = 0
    refused: int = 0
    changed: int = 0
    """How many of those taken came before with other content."""

    @property
    def records(self) -> int:
        return self.taken + self.duplicates + self.refused


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A record that could be taken: its place, and the item that it would become."""

    position: int
    item: NewItem
    keyed: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """An item of the project with the same content: its name, and whether its own import is still running.

    `is_past`: a later content of its record took its place.
    """

    name: str
    staging: bool
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """Records looked at but not yet compared with the store."""

    candidates: list[Candidate] = field(default_factory=list[Candidate])
    refused: list[RefusedRecord] = field(default_factory=list[RefusedRecord])

    @property
    def size(self) -> int:
        return len(self.candidates) + len(self.refused)


@dataclass(frozen=True, slots=True)
class ChunkPlan:
    """What to write of a chunk: the new items, and a leftover for every other record, in their order."""

    items: list[NewItem]
    leftovers: list[RefusedRecord]
    duplicates: int
    refused: int
    changes: list["Change"] = field(default_factory=list["Change"])


@dataclass(frozen=True, slots=True)
class Earlier:
    """An item that came before from a table with the same columns."""

    id: int
    hash: str


@dataclass(frozen=True, slots=True)
class Change:
    """A record that came before under its name with other content, and is taken in the place of what it was."""

    old_item_id: int
    name: str
    old_hash: str
    new_hash: str


class FileRead(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file that a source was read from; of a folder how many files, and no hash: its items have their own."""

    name: str
    size: int
    sha256: str | None = None
    files: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """What the header and a whole decoding say about an image. Pixels after the EXIF orientation."""

    media_type: str
    width: int
    height: int
