"""The flat-rate habit, "look at 10% and allow 3% wrong", and the risk that it hides.

Formula: n = ceil(rate N), Ac = floor(allowed n); P(accept) = sum_(d <= Ac) H(d; n, B, N), B defective items of N.
Assumes: a random sample without replacement, looked at whole.
Source: Schilling & Neubauer, Acceptance Sampling in Quality Control, 3rd ed. 2017, ISBN 978-1-4987-3357-1.
"""

from dataclasses import asdict, dataclass
from math import ceil, floor

from guiju.kit import N_, Sentence
from guiju.stats.acceptance.curves import accepted
from guiju.stats.acceptance.errors import NotAProbability
from guiju.stats.acceptance.risks import percent, probability
from guiju.stats.acceptance.stages import Stage, Stages
from guiju.stats.errors import EmptyLot

_ROUNDING = 1e-9
_MEANS = N_(
    "Of {lot} items {n} are looked at and at most {accept} may be defective. "
    "A lot with {twice} defective, twice what is allowed, is still accepted with probability {slips}."
)
_NOT = N_(
    "The rate fixes no risk: the same rate is lenient on small lots and harsh on large ones. "
    "Ten times as large a lot of that quality would be accepted with probability {tenfold}."
)


@dataclass(frozen=True, slots=True)
class FixedRatePlan:
    """Look at `n` items of the lot and accept at `accept` defective ones or fewer."""

    lot: int
    rate: float
    allowed: float
    n: int
    accept: int

    @property
    def stages(self) -> Stages:
        return (Stage(self.n, self.accept, self.accept + 1),)

    def accepted(self, share: float) -> float:
        """Probability that the lot is accepted when `share` of it is defective."""
        return accepted(self.stages, share, self.lot)

    def to_dict(self) -> dict[str, float]:
        return asdict(self)

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """What slips through here, and that it would be otherwise in a larger lot."""
        twice = min(1.0, 2 * self.allowed)
        larger = fixed_rate_plan(10 * self.lot, self.rate, self.allowed)
        filled = {"lot": self.lot, "n": self.n, "accept": self.accept, "twice": percent(twice)}
        return (
            Sentence(_MEANS, {**filled, "slips": probability(self.accepted(twice))}),
            Sentence(_NOT, {"tenfold": probability(larger.accepted(twice))}),
        )


def fixed_rate_plan(lot: int, rate: float, allowed: float) -> FixedRatePlan:
    """The plan that looks at `rate` of the lot and accepts if at most `allowed` of the sample is defective.

    Raises `EmptyLot`, and `NotAProbability` unless 0 < rate <= 1 and 0 <= allowed < 1.

    >>> [round(fixed_rate_plan(lot, 0.10, 0.03).accepted(0.05), 4) for lot in (100, 1000, 10_000)]
    [0.5838, 0.2433, 0.0008]
    """
    if lot < 1:
        raise EmptyLot(size=lot)
    if not 0 < rate <= 1:
        raise NotAProbability(what="rate", low=0, high=1, value=rate)
    if not 0 <= allowed < 1:
        raise NotAProbability(what="allowed", low=0, high=1, value=allowed)
    n = max(1, ceil(rate * lot - _ROUNDING))
    return FixedRatePlan(lot, rate, allowed, n, floor(allowed * n + _ROUNDING))
