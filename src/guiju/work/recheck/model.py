"""What a recheck takes, what it leaves out, and what came of it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.annotations import Round
from guiju.kit import N_
from guiju.projects import Project
from guiju.work.model import RoundProgress


class LeftOut(enum.StrEnum):
    """Why an item is not rechecked."""

    OPEN = "open"
    RULED = "ruled"
    WAITING = "waiting"
    INSPECTED = "inspected"
    KNOWN = "known"


LEFT_OUT_NAMES = {
    LeftOut.OPEN: N_("have no answer of record, or are set aside"),
    LeftOut.RULED: N_("were settled by a ruling"),
    LeftOut.WAITING: N_("wait in another recheck or in rework"),
    LeftOut.INSPECTED: N_("are in a lot that is being inspected"),
    LeftOut.KNOWN: N_("were answered before by everybody who could recheck them"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """What holds for an item. `shown` is an annotation that says it, where there is one."""

    item_id: int
    resolution_id: int
    origin: str
    shown: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One item to be rechecked: by this account, or (0) by anybody who has not answered it."""

    held: Held
    account_id: int


@dataclass(frozen=True, slots=True)
class Plan:
    wanted: tuple[Wanted, ...]
    left_out: Mapping[LeftOut, int]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a recheck would take: `median_ms` is the active time of an answer in the round `measured`, if any has one.

    `price` is the signed brief's for so many items, in `currency`.
    """

    items: int
    left_out: Mapping[LeftOut, int]
    median_ms: float | None
    measured: Round | None
    price: float | None
    currency: str

    @property
    def hours(self) -> float | None:
        return None if self.median_ms is None else self.items * self.median_ms / 3_600_000


@dataclass(frozen=True, slots=True)
class Changed:
    """An item whose recheck says another thing; `stands` until the earlier answer is put back."""

    item_id: int
    name: str
    before: str
    after: str
    first: str | None
    second: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Recheck:
    """What came of a recheck so far. `interval` is the 95% one (Wilson) of the share confirmed."""

    round: Round
    project: Project
    progress: RoundProgress
    confirmed: int
    changed: int
    interval: tuple[float, float]
    listed: tuple[Changed, ...]

    @property
    def share(self) -> float | None:
        answered = self.confirmed + self.changed
        return self.confirmed / answered if answered else None
