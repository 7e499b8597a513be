"""Second looks, and what they say of inspectors."""

from dataclasses import dataclass

from guiju.inspection.model import Finding, Outcome
from guiju.stats.control.corrected import Corrected
from guiju.stats.intervals import Interval, wilson


@dataclass(frozen=True, slots=True)
class Look:
    """A second look beside the first verdict: who judged what, and what was ruled where they differ."""

    lot_id: int
    item_id: int
    first_by: int
    first: Outcome
    second_by: int
    second: Outcome
    right: Outcome | None

    @property
    def truth(self) -> Outcome | None:
        """What both say, or what was ruled; `None` while that waits."""
        return self.first if self.first is self.second else self.right


@dataclass(frozen=True, slots=True)
class Rate:
    """`x` of `n` with its 95% interval (Wilson)."""

    x: int
    n: int

    @property
    def share(self) -> float | None:
        return self.x / self.n if self.n else None

    @property
    def interval(self) -> Interval:
        return wilson(self.x, self.n)


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement with its 95% interval; nothing where it cannot be told."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class MeasuredOne:
    """An inspector: how many of the true defects they found, and how many good items they called defective."""

    account_id: int
    name: str
    looked: int
    hits: Rate
    alarms: Rate


@dataclass(frozen=True, slots=True)
class Measured:
    """What second looks say. `percent` is the share in force; `waiting` places wait for a second look, `open` for a
    ruling. `found` are the defective ones of all first verdicts in these lots, `corrected` what the share would be if
    inspectors did not err; `why` (a msgid) where that cannot be said."""

    percent: int
    looked: int
    waiting: int
    open: int
    people: tuple[MeasuredOne, ...]
    observed: Agreed | None
    alpha: Agreed | None
    found: Rate
    hits: Rate
    passes: Rate
    corrected: Corrected | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two inspectors who differ on an item; their names are not shown to who rules."""

    lot_id: int
    lot_number: int
    item_id: int
    first: Finding
    second: Finding
    judged: str
    rulebook_id: int
