"""Feeds as the rest of the room sees them: what is asked of a connection, and what was seen of its files."""

import enum
from dataclasses import dataclass
from typing import Annotated

import msgspec

from guiju.data import Columns, Origin
from guiju.data.mapping.model import Told
from guiju.feeds.connections.model import ConnectionKind
from guiju.kit import N_

ROWS = 1_000_000
MOST_ROWS = 10_000_000
SECONDS = 600
SAMPLE_ROWS = 200
SAMPLE_SECONDS = 30
SAMPLE_FILES = 20
SAMPLE_BYTES = 50_000_000
MOST_FILES = 200_000
LEAST_MINUTES, MOST_MINUTES = 1, 7 * 24 * 60


class Asked(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a feed asks of its connection: a `query` of a database, else the files below `folder`.

    A query that gives more than `rows` rows is refused, and so is one that takes longer than `seconds`.
    """

    query: str = ""
    folder: str = ""
    rows: Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS)] = ROWS
    seconds: Annotated[int, msgspec.Meta(ge=1, le=24 * 3600)] = SECONDS


class FileState(enum.StrEnum):
    """Waiting until it has come to rest → taken, or failed; changed, it waits again."""

    WAITING = "waiting"
    TAKEN = "taken"
    FAILED = "failed"


FILE_STATE_NAMES = {
    FileState.WAITING: N_("waits until it has come to rest"),
    FileState.TAKEN: N_("brought"),
    FileState.FAILED: N_("not taken"),
}


class Found(msgspec.Struct, frozen=True, gc=False):
    """A file or object as it is found now. `fault` says why it is not even tried."""

    name: str
    sign: str
    size: int
    fault: Told | None = None


class Seen(msgspec.Struct, frozen=True, gc=False):
    """The same as it was seen at the last look."""

    name: str
    sign: str
    size: int
    state: FileState
    changed: bool = False
    source_id: int | None = None
    fault: Told | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class LookPlan:
    """What a look does with what it found: `take` is brought now, `rest` is written down as it stands."""

    take: list[Seen]
    rest: list[Seen]
    waiting: int
    size: int


@dataclass(frozen=True, slots=True)
class Feed:
    """`columns` is `None` until somebody said how it is read; then it may look."""

    id: int
    project_id: int
    connection_id: int
    connection: str
    kind: ConnectionKind
    name: str
    asked: Asked
    columns: Columns | None
    origin: Origin
    every: int | None
    running: bool
    job_id: int | None
    source_id: int | None
    looked_at: int | None
    next_look_at: int | None
    failures: int
    fault: Told | None
    created_by: int
    created_at: int
