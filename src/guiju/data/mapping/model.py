"""What is shown before anything is imported."""

import msgspec

from guiju.data.intake.model import Columns
from guiju.data.model import Media

SHOWN_PARTS = 20
SHOWN_RECORDS = 8
LOOKED_AT = 200
EXCERPT = 300


class Told(msgspec.Struct, frozen=True):
    """A refusal as a value, for the reader's language to be found later."""

    code: str
    sentence: str
    next: str
    details: dict[str, str] = {}


class SeenPart(msgspec.Struct, frozen=True):
    """One file of an import: what it was recognised as, or why it cannot be read."""

    name: str
    format: str
    size: int
    records: int = 0
    encoding: str = ""
    refusal: Told | None = None


class Line(msgspec.Struct, frozen=True):
    """One thing said: a turn of a dialogue, an answer of a comparison."""

    who: str
    text: str


class SeenRecord(msgspec.Struct, frozen=True):
    """What a record would become, or why it would be refused."""

    position: int
    name: str
    media: Media | None = None
    text: str = ""
    lines: list[Line] = []
    more: int = 0
    meta: dict[str, str] = {}
    refusal: Told | None = None


class Remembered(msgspec.Struct, frozen=True):
    """What was said for a table of these columns the last time."""

    columns: Columns
    at: int
    by: str


class Preview(msgspec.Struct, frozen=True):
    """`columns` is the mapping with every guess filled in; `header` and `rows` are those of `table`, the first table.

    `looked` records were tried; `taken` of them would become items.
    """

    parts: list[SeenPart]
    more_parts: int
    columns: Columns
    table: str = ""
    header: list[str] = []
    rows: list[list[str]] = []
    sheets: list[str] = []
    sheet: str | None = None
    delimiter: str | None = None
    lists: list[str] = []
    family: str = ""
    remembered: Remembered | None = None
    refusal: Told | None = None
    looked: int = 0
    taken: int = 0
    shown: list[SeenRecord] = []
    refused: list[SeenRecord] = []

    @property
    def formats(self) -> set[str]:
        return {part.format for part in self.parts}

    @property
    def records(self) -> int:
        return sum(part.records for part in self.parts)
