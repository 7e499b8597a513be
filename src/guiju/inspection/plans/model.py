"""A lot's plan as it is kept: tagged structs, one for each way of sampling."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

import msgspec

from guiju.briefs import SAMPLING_NAMES, Sampling
from guiju.kit import N_
from guiju.stats.acceptance.stages import Stage, Stages, Step
from guiju.stats.acceptance.tables105e import Severity as Strictness

__all__ = ["SAMPLING_NAMES", "Strictness"]


class Weight(enum.StrEnum):
    """How bad a defect is."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


WEIGHT_NAMES = {Weight.CRITICAL: N_("critical"), Weight.MAJOR: N_("major"), Weight.MINOR: N_("minor")}

STRICTNESS_NAMES = {
    Strictness.NORMAL: N_("normal inspection"),
    Strictness.TIGHTENED: N_("tightened inspection"),
    Strictness.REDUCED: N_("reduced inspection"),
}


class Note(enum.StrEnum):
    """Why a plan is another than was asked for."""

    SIMPLER = "simpler"
    TOO_LARGE = "too-large"
    WHOLE_LOT = "whole-lot"


NOTES = {
    Note.SIMPLER: N_("The tables have no plan of the type asked for here and send to this simpler one."),
    Note.TOO_LARGE: N_(
        "A plan of the type asked for could take more items than the lot has, so this is a simpler one."
    ),
    Note.WHOLE_LOT: N_("The plan's sample is as large as the lot, so every item is looked at."),
}


class Limit(msgspec.Struct, frozen=True):
    """How many items whose defect is of one of these severities the lot bears, stage by stage.

    Without stages none is borne: one among whatever is looked at rejects the lot. `severity` is how strictly these
    defects are inspected.
    """

    weights: tuple[Weight, ...]
    stages: Stages = ()
    aql: str | None = None
    severity: Strictness = Strictness.NORMAL

    @property
    def ends(self) -> list[int]:
        """The place in the sample at which each stage ends."""
        return list(accumulate(stage.n for stage in self.stages))

    @property
    def n(self) -> int:
        return sum(stage.n for stage in self.stages)

    @property
    def accept(self) -> int:
        return (self.stages[-1].accept or 0) if self.stages else 0

    @property
    def reject(self) -> int:
        return self.stages[-1].reject if self.stages else 1


class LotPlan(msgspec.Struct, frozen=True, tag_field="type", kw_only=True):
    """What all plans have: the lot's size, and limits of which the first is that of the major defects."""

    lot: int
    limits: tuple[Limit, ...]
    note: Note | None = None

    @property
    def sampling(self) -> Sampling:
        """The way of sampling."""
        raise NotImplementedError

    @property
    def main(self) -> Limit:
        return self.limits[0]

    @property
    def n(self) -> int:
        """The most that is looked at."""
        return max(limit.n for limit in self.limits)

    @property
    def accept(self) -> int:
        return self.main.accept

    @property
    def reject(self) -> int:
        return self.main.reject

    @property
    def stages(self) -> Stages:
        return self.main.stages

    @property
    def severity(self) -> Strictness:
        return self.main.severity

    @property
    def aql(self) -> str | None:
        return self.main.aql

    @property
    def level(self) -> str | None:
        return None

    @property
    def letter(self) -> str | None:
        return None

    @property
    def whole_lot(self) -> bool:
        return bool(self.stages) and self.stages[0].n >= self.lot

    def limit_of(self, weight: Weight) -> Limit:
        """The limit that counts defects of this severity."""
        return next(limit for limit in self.limits if weight in limit.weights)

    def to_dict(self) -> dict[str, object]:
        """The plan as routes and reports tell it: the numbers of the major defects, then all limits."""
        kept: dict[str, object] = msgspec.to_builtins(self)
        said = {name: value for name, value in kept.items() if name not in ("code", "at_level", "kind")}
        limits = [
            {
                "weights": [weight.value for weight in limit.weights],
                "aql": limit.aql,
                "severity": limit.severity.value,
                "n": limit.n or self.n,
                "accept": limit.accept,
                "reject": limit.reject,
                "stages": [stage.to_dict() for stage in limit.stages],
            }
            for limit in self.limits
        ]
        main = {
            "letter": self.letter,
            "n": self.n,
            "accept": self.accept,
            "reject": self.reject,
            "severity": self.severity.value,
            "level": self.level,
            "aql": self.aql,
            "whole_lot": self.whole_lot,
            "stages": [stage.to_dict() for stage in self.stages],
            "sampling": self.sampling.value,
        }
        return {**said, **main, "limits": limits}


class AqlPlan(LotPlan, frozen=True, tag="aql", kw_only=True):
    """From the tables of MIL-STD-105E, `kind` being what they gave: single, double or multiple."""

    code: str
    at_level: str
    kind: Sampling

    @property
    def sampling(self) -> Sampling:
        return self.kind

    @property
    def letter(self) -> str | None:
        return self.code

    @property
    def level(self) -> str | None:
        return self.at_level


class TwoPointLotPlan(LotPlan, frozen=True, tag="two-point", kw_only=True):
    """The smallest plan that rejects a share `good` with `alpha` at most, and accepts a share `poor` with `beta`."""

    good: float
    poor: float
    alpha: float
    beta: float

    @property
    def sampling(self) -> Sampling:
        return Sampling.TWO_POINT


class RatePlan(LotPlan, frozen=True, tag="fixed-rate", kw_only=True):
    """`rate` of the lot is looked at, of which `allowed` may be defective."""

    rate: float
    allowed: float

    @property
    def sampling(self) -> Sampling:
        return Sampling.FIXED_RATE


class SequentialLotPlan(LotPlan, frozen=True, tag="sequential", kw_only=True):
    """Wald's lines, truncated at the `n` of its limit, whose numbers are those at the end."""

    good: float
    poor: float
    alpha: float
    beta: float

    @property
    def sampling(self) -> Sampling:
        return Sampling.SEQUENTIAL


class FullPlan(LotPlan, frozen=True, tag="full", kw_only=True):
    """Every item is looked at."""

    @property
    def sampling(self) -> Sampling:
        return Sampling.FULL


AnyPlan: TypeAlias = AqlPlan | TwoPointLotPlan | RatePlan | SequentialLotPlan | FullPlan


@dataclass(frozen=True, slots=True)
class StandingLimit:
    """What the verdicts say of one limit: `found` among the places that count, and the numbers of the stage in hand.

    `accept` is None where the lot cannot be accepted yet.
    """

    limit: Limit
    found: int
    accept: int | None
    reject: int
    step: Step


@dataclass(frozen=True, slots=True)
class Standing:
    """What the verdicts say of the lot.

    Places 1 to `look_at` are to be judged now, of which `left` are not; in a sequential plan `left` is the fewest that
    may still be enough. `stage` counts from 1.
    """

    step: Step
    look_at: int
    left: int
    stage: int
    limits: Sequence[StandingLimit]

    @property
    def decided(self) -> bool:
        return self.step is not Step.GO_ON

    @property
    def rejects(self) -> bool:
        return self.step is Step.REJECT

    @property
    def deciding(self) -> StandingLimit:
        """The limit that rejects the lot, or that of the major defects."""
        return next((one for one in self.limits if one.step is Step.REJECT), self.limits[0])

    def of(self, weight: Weight) -> StandingLimit:
        return next(one for one in self.limits if weight in one.limit.weights)


def stages_of(n: int, accept: int) -> Stages:
    return (Stage(n, accept, accept + 1),)


POORER, WORST = 5, 0.9
"""Where the poor quality is not said, it is five times the good one, and never beyond this."""


def poorer(good: float) -> float:
    return min(WORST, POORER * good)
