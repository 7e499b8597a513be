"""Second looks, and what they say of inspectors."""

from dataclasses import dataclass

from guiju.inspection.model import Finding, Outcome
from guiju.kit import N_
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
    at: int = 0

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
class Stretch:
    """What was judged twice in some time, as to one inspector: how often both said the same, how many true defects
    they missed, and how many good items they called defective. `begins` is a day, of a week its Monday."""

    begins: str
    looked: int
    agreed: Rate
    missed: Rate
    alarms: Rate


@dataclass(frozen=True, slots=True)
class Trend:
    """How often both said the same in the newer half against the older one, with Newcombe's 95% interval."""

    older: Rate
    newer: Rate
    low: float
    high: float

    @property
    def sentence(self) -> str:
        """What that says, still to be translated."""
        if self.low > 0:
            return BETTER
        return WORSE if self.high < 0 else STEADY


BETTER = N_("Agreement rose beyond what chance explains.")
WORSE = N_("Agreement fell beyond what chance explains: look at the latest differences together.")
STEADY = N_("The halves differ by no more than chance explains.")


@dataclass(frozen=True, slots=True)
class Course:
    """An inspector over time: all of it, week by week, the trend (`None` while there is too little), and with whom
    they agreed, which is shown to those alone who answer for the inspection."""

    account_id: int
    name: str
    whole: Stretch
    weeks: tuple[Stretch, ...]
    trend: Trend | None
    partners: tuple[tuple[str, Rate], ...]


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
