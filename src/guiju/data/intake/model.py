"""Records on their way in, and what is decided about a chunk of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import msgspec

from guiju.data.intake.errors import RecordRefused
from guiju.data.model import NewItem, Rights

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


class ComparisonRecord(msgspec.Struct, frozen=True, gc=False):
    """A prompt with its answers, as the JSON that is stored."""

    position: int
    name: str
    body: str
    parts: int
    meta: str | None
    encoding: str


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
    """A record whose file already says why it cannot be taken."""

    position: int
    name: str
    refusal: RecordRefused


class DialogueRecord(msgspec.Struct, frozen=True, gc=False):
    """A dialogue, as the JSON that is stored, and who speaks in it, turn for turn."""

    position: int
    name: str
    body: str
    speakers: tuple[str, ...]
    meta: str | None


Record: TypeAlias = TextRecord | ComparisonRecord | DialogueRecord | PictureRecord | SoundRecord | RefusedRecord


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold the text and the name, as somebody said; `None` is guessed."""

    text: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """What is said about a source: its name, whose it is and what it may be used for."""

    name: str = ""
    rights: Rights = Rights.CUSTOMER
    owner: str | None = None
    licence: str | None = None


class ImportPayload(msgspec.Struct, frozen=True):
    """What the job is told. `uploaded` is the folder of the server's own copies, removed when the job is over."""

    source: int
    paths: list[str]
    text: str | None = None
    name: str | None = None
    uploaded: str | None = None

    @property
    def columns(self) -> Columns:
        return Columns(self.text, self.name)


class Progress(msgspec.Struct, frozen=True):
    """How far an import is: the records behind it, and what became of them. The job's checkpoint."""

    taken: int = 0
    duplicates: int = 0
    refused: int = 0

    @property
    def records(self) -> int:
        return self.taken + self.duplicates + self.refused


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A record that could be taken: its place, and the item that it would become."""

    position: int
    item: NewItem


@dataclass(frozen=True, slots=True)
class Known:
    """An item of the project with the same content: its name, and whether its own import is still running."""

    name: str
    staging: bool


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


@dataclass(frozen=True, slots=True)
class Picture:
    """What the header and a whole decoding say about an image. Pixels after the EXIF orientation."""

    media_type: str
    width: int
    height: int
