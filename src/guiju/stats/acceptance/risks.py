"""What risk a plan leaves to whom: the maker's at the AQL, and the quality that still slips past the customer.

Formula: producer's risk = 1 - OC(AQL); LQ10 = the share at which OC = 0.10; indifference quality = where OC = 0.50;
AOQL = max p OC(p) with rejected lots put right.
Assumes: as the OC curve does; rejected lots are looked at whole for the AOQL.
Source: MIL-STD-105E (1989), tables VI and X; Schilling & Neubauer, Acceptance Sampling in Quality Control, 3rd ed.
2017, ISBN 978-1-4987-3357-1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from guiju.kit import N_, Sentence
from guiju.stats.acceptance.chances import demand_inside, quality
from guiju.stats.acceptance.curves import outgoing_limit, quality_accepted
from guiju.stats.acceptance.stages import Stage, accepted_of, check_stages

_ROUNDING = 1e-9
_MAKER = N_(
    "A lot with {good} defective is good enough, and is rejected with probability {risk}: the risk of whoever made it."
)
_FLAWLESS = N_("A lot of this size keeps to the AQL only without any defective item, and then it is always accepted.")
_CUSTOMER = N_("A lot with {lq} defective is still accepted one time in ten: the risk of whoever takes it.")
_NO_LIMIT = N_("Even a lot that is wholly defective is accepted more than one time in ten: this plan protects nobody.")
_WHOLE = N_("Every item of the lot is looked at: nothing is left to the draw, only to the eyes of the inspectors.")
_NOT = N_(
    "It does not say that an accepted lot has at most {aql} defective: "
    "the AQL is what is tolerated on average over many lots."
)


@dataclass(frozen=True, slots=True)
class Risks:
    """`producer` is the risk at `good`, the worst share that such a lot can have within the `aql` (both shares).

    `lq10` and `lq50` are accepted one time in ten, in two; `aoql` is the worst that leaves on average. `lq10` and
    `lq50` are None where even the worst lot is accepted more often.
    """

    aql: float
    good: float
    producer: float
    lq10: float | None
    lq50: float | None
    aoql: float
    whole_lot: bool

    def to_dict(self) -> dict[str, float | bool | None]:
        return {
            "aql": self.aql,
            "good": self.good,
            "producer": self.producer,
            "lq10": self.lq10,
            "lq50": self.lq50,
            "aoql": self.aoql,
            "whole_lot": self.whole_lot,
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """What the plan risks and for whom, and what it does not promise."""
        if self.whole_lot:
            return (Sentence(_WHOLE), Sentence(_NOT, {"aql": percent(self.aql)}))
        filled = {"good": percent(self.good), "risk": probability(self.producer)}
        maker = Sentence(_MAKER, filled) if self.good else Sentence(_FLAWLESS)
        customer = Sentence(_NO_LIMIT) if self.lq10 is None else Sentence(_CUSTOMER, {"lq": percent(self.lq10)})
        return (maker, customer, Sentence(_NOT, {"aql": percent(self.aql)}))


def risks(stages: Sequence[Stage], aql: float, lot: int | None = None) -> Risks:
    """The risks of a plan at an AQL given as a share (1% is 0.01).

    Raises `NotAProbability`, `ImpossiblePlan`, `PlanLargerThanLot`, `EmptyLot`.

    >>> found = risks([Stage(80, 2, 3)], 0.01, lot=1200)
    >>> round(found.producer, 3), round(found.lq10, 3)
    (0.041, 0.064)
    """
    demand_inside("AQL", aql)
    plan = check_stages(stages, lot)
    good = aql if lot is None else floor(aql * lot + _ROUNDING) / lot
    return Risks(
        aql,
        good,
        1 - accepted_of(plan, quality(good, lot)),
        quality_accepted(plan, 0.1, lot),
        quality_accepted(plan, 0.5, lot),
        outgoing_limit(plan, lot).limit,
        whole_lot=lot is not None and plan[0].n >= lot,
    )


def percent(share: float) -> str:
    """A share as people read it.

    >>> percent(0.01), percent(0.00065), percent(0.0652)
    ('1%', '0.065%', '6.52%')
    """
    return f"{100 * share:.3g}%"


def probability(value: float) -> str:
    """A probability to three places, without the zero in front, and never rounded to a certainty that it is not.

    >>> probability(0.0412), probability(1.0), probability(0.99996), probability(0.00002)
    ('.041', '1', '>.999', '<.001')
    """
    if value in (0.0, 1.0):
        return f"{value:.0f}"
    if value < 0.0005:
        return "<.001"
    return ">.999" if value >= 0.9995 else f"{value:.3f}"[1:]
