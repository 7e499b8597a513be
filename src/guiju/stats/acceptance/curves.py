"""The curves of a plan: how often it accepts, what it lets through, and how much is looked at.

Formula: OC(p) = P(accept); ASN(p) = sum_k n_k P(stage k is looked at); with rejected lots looked at whole and every
defective item found put right, AOQ(p) = E[defective items left in the lot] / N, that is p P(accept) for N without end;
ATI(p) = sum_k n_(1..k) P(accept at k) + N P(reject); AOQL = max over p of AOQ(p).
Assumes: no curtailment (a stage is looked at whole); those who look again miss nothing.
Source: Dodge & Romig, Sampling Inspection Tables, 2nd ed. 1959; Schilling & Neubauer, Acceptance Sampling in Quality
Control, 3rd ed. 2017, ISBN 978-1-4987-3357-1.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from guiju.stats.acceptance.chances import Process, Quality, demand_inside, quality
from guiju.stats.acceptance.stages import Stage, StageChance, Stages, accepted_of, check_stages, stage_chances

_GRID = 100
_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """At `share` defective: accepted so often; `outgoing` share after rejected lots were put right; items looked at.

    `sample` is what the plan looks at; `inspected` counts rejected lots whole, and is None for lots without end.
    """

    share: float
    accepted: float
    outgoing: float
    sample: float
    inspected: float | None

    def to_dict(self) -> dict[str, float | None]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class OutgoingLimit:
    """The worst quality that leaves on average, and the incoming `share` at which it does."""

    limit: float
    share: float

    def to_dict(self) -> dict[str, float]:
        return asdict(self)


def accepted(stages: Sequence[Stage], share: float, lot: int | None = None) -> float:
    """Probability that a lot with `share` defective is accepted: with `lot` hypergeometric, without binomial.

    Raises `ImpossiblePlan`, `PlanLargerThanLot`, `NotAProbability`, `EmptyLot`.

    >>> round(accepted([Stage(52, 3, 4)], 0.05), 3), round(accepted([Stage(52, 3, 4)], 0.05, lot=200), 3)
    (0.738, 0.756)
    """
    return accepted_of(check_stages(stages, lot), quality(share, lot))


def curve_point(stages: Sequence[Stage], share: float, lot: int | None = None) -> CurvePoint:
    """All the curves at one `share`. Raises as `accepted` does.

    >>> point = curve_point([Stage(50, 1, 4), Stage(50, 4, 5)], 0.02, lot=1000)
    >>> round(point.accepted, 3), round(point.sample, 1), round(point.inspected, 1), round(point.outgoing, 4)
    (0.96, 62.5, 99.3, 0.0182)
    """
    return _point(check_stages(stages, lot), quality(share, lot), lot)


def curve(stages: Sequence[Stage], shares: Sequence[float], lot: int | None = None) -> tuple[CurvePoint, ...]:
    """The curves at each of `shares`. Raises as `accepted` does.

    >>> [round(point.accepted, 3) for point in curve([Stage(52, 3, 4)], [0.01, 0.05, 0.1])]
    [0.998, 0.738, 0.223]
    """
    return tuple(curve_point(stages, share, lot) for share in shares)


def telling_shares(stages: Sequence[Stage], lot: int | None = None, points: int = 21) -> tuple[float, ...]:
    """Where a curve is worth a look: from 0 to where acceptance falls under 1% (or to 1), evenly.

    With `lot` they are shares that such a lot can have, so a small lot gives fewer.

    >>> telling_shares([Stage(13, 0, 1)], lot=20, points=5)
    (0.0, 0.05, 0.1, 0.15, 0.2)
    """
    end = quality_accepted(stages, 0.01, lot)
    last = 1.0 if end is None else end
    steps = [last * step / (points - 1) for step in range(points)]
    return tuple(steps) if lot is None else tuple(sorted({round(share * lot) / lot for share in steps}))


def outgoing_limit(stages: Sequence[Stage], lot: int | None = None) -> OutgoingLimit:
    """The average outgoing quality limit, AOQL. Raises as `accepted` does.

    >>> found = outgoing_limit([Stage(52, 3, 4)], lot=10_000)
    >>> round(found.limit, 3), round(found.share, 2)
    (0.037, 0.06)
    """
    plan = check_stages(stages, lot)

    def left(share: float) -> float:
        return _point(plan, quality(share, lot), lot).outgoing

    top = quality_accepted(plan, 1e-4, lot) or 1.0
    if lot is None:
        best = _highest(left, top)
    else:
        best = _highest_count(lambda bad: left(bad / lot), max(1, round(top * lot))) / lot
    return OutgoingLimit(left(best), best)


def quality_accepted(stages: Sequence[Stage], probability: float, lot: int | None = None) -> float | None:
    """The share of defective items at which a lot is accepted with `probability`; 0.1 gives the customer's LQ.

    With `lot` the smallest share such a lot can have that is accepted no more often. None when even a lot that is
    wholly defective is accepted more often. Raises as `accepted` does.

    >>> round(quality_accepted([Stage(80, 2, 3)], 0.10), 4)
    0.0652
    """
    demand_inside("P(accept)", probability)
    plan = check_stages(stages, lot)
    if accepted_of(plan, quality(1.0, lot)) > probability:
        return None
    if lot is not None:
        return _first_count(lambda bad: accepted_of(plan, quality(bad / lot, lot)) <= probability, lot) / lot
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if accepted_of(plan, Process(middle)) <= probability else (middle, high)
    return high


def _point(plan: Stages, source: Quality, lot: int | None) -> CurvePoint:
    steps = stage_chances(plan, source)
    accepted_share = min(1.0, sum(step.accepted for step in steps))
    sample = float(plan[0].n) + sum(after.n * step.goes_on for step, after in zip(steps, plan[1:], strict=False))
    if lot is None:
        return CurvePoint(source.share, accepted_share, source.share * accepted_share, sample, None)
    left = sum(step.accepted * source.share * lot - step.found for step in steps) / lot
    return CurvePoint(source.share, accepted_share, max(0.0, left), sample, _inspected(steps, accepted_share, lot))


def _inspected(steps: Sequence[StageChance], accepted_share: float, lot: int) -> float:
    return sum(step.seen * step.accepted for step in steps) + lot * (1 - accepted_share)


def _first_count(holds: Callable[[int], bool], most: int) -> int:
    """The smallest count up to `most` for which it holds, by halving; at `most` it does."""
    low, high = -1, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _highest(value: Callable[[float], float], top: float) -> float:
    """Where `value` is highest in 0 … top: the best of a grid, then a golden section between its neighbours."""
    at = max(range(_GRID + 1), key=lambda step: value(top * step / _GRID))
    low, high = top * max(0, at - 1) / _GRID, top * min(_GRID, at + 1) / _GRID
    for _ in range(_HALVINGS):
        a, b = high - (high - low) * 0.618033988749895, low + (high - low) * 0.618033988749895
        low, high = (low, b) if value(a) >= value(b) else (a, high)
    return (low + high) / 2


def _highest_count(value: Callable[[int], float], most: int) -> int:
    stride = max(1, most // _GRID)
    at = max(range(0, most + 1, stride), key=value)
    while stride > 1:
        finer = max(1, stride // 4)
        at = max(range(max(0, at - stride), min(most, at + stride) + 1, finer), key=value)
        stride = finer
    return at
