"""A clause that was got wrong."""

from dataclasses import dataclass

from guiju.stats.intervals import Interval, wilson


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer of the person that was judged: when it was given, and the clause of the defect, if one was found."""

    at: int
    clause: str | None
    corrected: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """What a verdict says should have been answered (JSON) instead of somebody's answer."""

    verdict_id: int
    item_id: int
    answers: str
    clause: str | None
    rulebook_id: int
    project_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class Rate:
    """`x` of `n` answers judged, with the 95% interval (Wilson)."""

    x: int
    n: int

    @property
    def share(self) -> float:
        return self.x / self.n if self.n else 0.0

    @property
    def interval(self) -> Interval:
        return wilson(self.x, self.n)


@dataclass(frozen=True, slots=True)
class Slip:
    """A clause with the defects found on it: the person's own (`own`, so many with a correction), and how many `people`
    of the rounds that they work in got it wrong. `before` are answers given before the clause was practised first,
    `after` those given since; without practice there is no `after`."""

    clause: str
    own: int
    corrected: int
    people: int
    before: Rate
    after: Rate | None
