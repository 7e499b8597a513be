"""Evidence of what a person can do, and the lines that it makes."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.kit import N_
from guiju.stats.intervals import Interval


class Source(enum.StrEnum):
    """Where an answer was given that is known to be right or wrong."""

    EXAM = "exam"
    PRACTICE = "practice"
    KNOWN = "known"
    TRIAL = "trial"
    VERDICT = "verdict"


SOURCE_NAMES = {
    Source.EXAM: N_("in exams"),
    Source.PRACTICE: N_("in practice, the first answer of each day"),
    Source.KNOWN: N_("in work, where the right answer is known"),
    Source.TRIAL: N_("in trials, against what all together decided"),
    Source.VERDICT: N_("by an inspector's verdict"),
}
# Below so many answers an interval says more than the figure.
FEW = 10


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer: how much of it was right, in [0, 1], as a whole and by label."""

    source: Source
    score: float
    labels: tuple[tuple[str, float], ...]
    clause: str | None


@dataclass(frozen=True, slots=True)
class Skill:
    """The share that was right in `n` answers about a label or a clause, partial credit counted, with its interval."""

    id: str
    n: int
    share: float
    interval: Interval
    sources: Mapping[Source, int]

    @property
    def few(self) -> bool:
        return self.n < FEW


@dataclass(frozen=True, slots=True)
class Skills:
    """A person's profile: the weakest first. `weakest` is the label to practise next, if any can be practised."""

    whole: Skill
    labels: tuple[Skill, ...]
    clauses: tuple[Skill, ...]
    weakest: str | None
