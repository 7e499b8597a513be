"""What work is paid by, and what a statement says. Money is in millionths of its currency."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from guiju.annotations import RoundKind
from guiju.kit import N_
from guiju.kit.money import divide, to_cents


class Unit(enum.StrEnum):
    ITEM = "item"
    SHAPE = "shape"
    HOUR = "hour"


UNIT_NAMES = {Unit.ITEM: N_("an item"), Unit.SHAPE: N_("each thing marked"), Unit.HOUR: N_("an hour of active time")}


class LineKind(enum.StrEnum):
    WORK = "work"
    REWORK = "rework"
    DEFECT = "defect"


LINE_NAMES = {
    LineKind.WORK: N_("work"),
    LineKind.REWORK: N_("own work done again, where a defect was found"),
    LineKind.DEFECT: N_("less for defective items"),
}

# What people answer, and so can be paid for.
PAID_KINDS = (
    RoundKind.PRODUCTION,
    RoundKind.TRIAL,
    RoundKind.REWORK,
    RoundKind.RECHECK,
    RoundKind.EXAM,
)


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit is paid in rounds of a kind, or in one round alone."""

    kind: RoundKind
    unit: Unit
    rate: int
    round_id: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """A rate card as it is written: `defect_percent` and `rework_percent` are what of its rate a defective item, and
    work of one's own that is done again, is paid."""

    currency: str
    rates: tuple[Rate, ...]
    defect_percent: int = 0
    rework_percent: int = 100
    floor: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A rate card in force from `valid_from` on."""

    id: int
    version: int
    valid_from: int
    terms: Terms

    def rate_of(self, kind: RoundKind, round_id: int) -> Rate | None:
        """That of the round, else that of its kind."""
        mine = [one for one in self.terms.rates if one.round_id == round_id]
        return next(iter(mine or [one for one in self.terms.rates if one.kind is kind and one.round_id is None]), None)


@dataclass(frozen=True, slots=True)
class Period:
    """The days [from, to) in microseconds."""

    from_at: int
    to_at: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A period that was closed."""

    id: int
    number: int
    period: Period
    closed_by: int
    closed_at: int


class Line(msgspec.Struct, frozen=True):
    """One line: so many units of a round at a rate, at `percent` of it. `quantity` of hours is in milliseconds.
    `adjusts` is the closed statement that it corrects."""

    kind: LineKind
    card_id: int
    round_id: int
    unit: Unit
    quantity: int
    rate: int
    percent: int
    amount: int
    adjusts: int | None = None

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What the line is about, whatever its amount."""
        return (self.kind.value, self.card_id, self.round_id, self.unit.value)


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody is paid for a period: open as it stands now, or closed with its number."""

    account_id: int
    period: Period
    currency: str
    lines: tuple[Line, ...]
    total: int
    active_ms: int
    floor: int | None = None
    id: int | None = None
    number: int | None = None
    digest: str | None = None

    @property
    def hourly(self) -> int | None:
        """What an hour of active time came to."""
        return to_cents(divide(self.total * 3_600_000, self.active_ms)) if self.active_ms else None

    @property
    def below_floor(self) -> bool:
        return self.floor is not None and self.hourly is not None and self.hourly < self.floor


@dataclass(frozen=True, slots=True)
class Paid:
    """What a project's work costs by its rate cards, in all and by round.

    `closed` stands in so many statements, `open` was earned since.
    """

    currency: str
    statements: int
    closed: int
    open: int
    by_round: Mapping[int, int]

    @property
    def total(self) -> int:
        return self.closed + self.open


@dataclass(frozen=True, slots=True)
class Counted:
    """What somebody did in one round under one card: items, things marked, milliseconds."""

    round_id: int
    items: int
    active_ms: int
    shapes: int = 0

    def of(self, unit: Unit) -> int:
        return {Unit.ITEM: self.items, Unit.SHAPE: self.shapes, Unit.HOUR: self.active_ms}[unit]


@dataclass(frozen=True, slots=True)
class LineRow:
    """What a line counts: an item of a round, its annotation, when it was first answered."""

    item_id: int
    annotation_id: int
    at: int
    active_ms: int
    quantity: int


@dataclass(frozen=True, slots=True)
class LineQuestion:
    """What somebody asks about a line of their statement."""

    id: int
    statement_id: int
    place: int
    text: str
    asked_at: int
    answer: str | None
    answered_by: int | None
    answered_at: int | None
