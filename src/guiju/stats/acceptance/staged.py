"""Double and multiple plans of MIL-STD-105E: a small first sample decides the clear cases, the rest take more.

Formula: after stage k with D_k defective items so far, accept if D_k <= Ac_k, reject if D_k >= Re_k, else go on.
Assumes: each stage is a random sample of what is left of the lot. They judge about as the single plan of the same
letter and AQL does, with fewer items looked at on average where quality is clearly good or clearly poor.
Source: MIL-STD-105E (1989), tables III and IV, public domain.
"""

from dataclasses import dataclass
from enum import Enum

from guiju.kit import N_, Sentence
from guiju.stats.acceptance.single import cell_of, known_aql, letter_of
from guiju.stats.acceptance.staged105e import double_stages, multiple_stages
from guiju.stats.acceptance.stages import Stage, Stages
from guiju.stats.acceptance.tables105e import LETTERS, Severity


class PlanType(Enum):
    """In how many samples a lot is judged."""

    SINGLE = "single"
    DOUBLE = "double"
    MULTIPLE = "multiple"


_NO_SUCH_PLAN = Sentence(N_("The tables have no plan of the type asked for here and send to this simpler one."))
_TOO_LARGE = Sentence(
    N_("A plan of the type asked for could take more items than the lot has, so this is a simpler one.")
)


@dataclass(frozen=True, slots=True)
class StagedPlan:
    """A plan in one, two or seven stages, for one lot.

    `kind` is what the tables give, which may be simpler than what was asked; `note` then says why. `n` is the most that
    is looked at, `accept` and `reject` are the numbers of the last stage.
    """

    letter: str
    kind: PlanType
    stages: Stages
    severity: Severity
    level: str
    aql: str
    lot: int
    note: Sentence | None = None

    @property
    def n(self) -> int:
        return sum(stage.n for stage in self.stages)

    @property
    def accept(self) -> int:
        return self.stages[-1].accept or 0

    @property
    def reject(self) -> int:
        return self.stages[-1].reject

    @property
    def whole_lot(self) -> bool:
        """Whether the first stage is all of the lot already."""
        return self.stages[0].n >= self.lot

    @property
    def too_large(self) -> bool:
        """Whether it is simpler than what was asked for because the lot is too small."""
        return self.note is _TOO_LARGE

    def to_dict(self) -> dict[str, object]:
        return {
            "letter": self.letter,
            "type": self.kind.value,
            "n": self.n,
            "accept": self.accept,
            "reject": self.reject,
            "stages": [stage.to_dict() for stage in self.stages],
            "severity": self.severity.value,
            "level": self.level,
            "aql": self.aql,
            "lot": self.lot,
            "whole_lot": self.whole_lot,
            "note": None if self.note is None else str(self.note),
        }


def staged_plan(
    lot: int,
    aql: str | float,
    level: str = "II",
    severity: Severity = Severity.NORMAL,
    *,
    kind: PlanType = PlanType.DOUBLE,
) -> StagedPlan:
    """The double or multiple plan for a lot, or the simpler one that the tables name in its place.

    Plans that accept at zero have no double form, and the first letters have no multiple one. A plan whose stages
    together are more than the lot gives way to the simpler one, which may be to look at every item.
    Raises `UnknownPlan`, `EmptyLot`.

    >>> plan = staged_plan(1200, "1.0")
    >>> plan.letter, [(stage.n, stage.accept, stage.reject) for stage in plan.stages]
    ('J', [(50, 0, 3), (50, 3, 4)])
    >>> staged_plan(50, "1.0").kind.value
    'single'
    """
    return staged_in_row(lot, letter_of(lot, level), aql, level, severity, kind=kind)


def staged_in_row(
    lot: int, row: int, aql: str | float, level: str, severity: Severity, *, kind: PlanType
) -> StagedPlan:
    """The plan of a given row of the tables (A is 0), whatever the lot's size would lead to. Raises `UnknownPlan`.

    >>> [stage.n for stage in staged_in_row(1200, 9, "1.0", "II", Severity.NORMAL, kind=PlanType.DOUBLE).stages]
    [80, 80]
    """
    known = known_aql(aql)
    cell = cell_of(row, known, severity)
    tables = {PlanType.MULTIPLE: multiple_stages, PlanType.DOUBLE: double_stages}
    note: Sentence | None = None
    for candidate in _from(kind):
        stages = tables[candidate](cell, severity)
        if stages is not None and sum(stage.n for stage in stages) <= lot:
            return StagedPlan(LETTERS[row], candidate, stages, severity, level, known, lot, note)
        note = note or (_NO_SUCH_PLAN if stages is None else _TOO_LARGE)
    n, accept, reject = cell.plan
    single = (Stage(min(n, lot), accept, reject),)
    return StagedPlan(LETTERS[row], PlanType.SINGLE, single, severity, level, known, lot, note)


def _from(kind: PlanType) -> tuple[PlanType, ...]:
    """What to look for, in the order in which the tables send from one to the next."""
    return {
        PlanType.MULTIPLE: (PlanType.MULTIPLE, PlanType.DOUBLE),
        PlanType.DOUBLE: (PlanType.DOUBLE,),
        PlanType.SINGLE: (),
    }[kind]
