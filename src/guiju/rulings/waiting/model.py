"""Who owns which open questions, and how long they have waited. Times are microseconds."""

from dataclasses import dataclass

HOUR = 3_600 * 10**6
DEFAULT_HOURS = 48
MOST_HOURS = 24 * 60


@dataclass(frozen=True, slots=True)
class Owned:
    """The open questions of one owner (`None`: nobody's), and when the oldest was asked."""

    owner_id: int | None
    open: int
    oldest_at: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a project still has to answer: `overdue` are the open ones older than `hours`."""

    open: int
    overdue: int
    oldest_at: int | None
    oldest_id: int | None
    hours: int
    owners: tuple[Owned, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """An open question that waits for the reader."""

    id: int
    project_id: int
    project: str
    text: str
    at: int
    overdue: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may rule: `rank` 0 for experts, 1 for trainers, 2 for requesters; `open` questions are theirs."""

    account_id: int
    rank: int
    open: int


@dataclass(frozen=True, slots=True)
class Merge:
    """Questions that become one with `into`: those named, and what was merged into them before."""

    into: int
    questions: tuple[int, ...]
    # whether `into` is answered already, so that all who asked are told at once
    answered: bool
