"""A plan is made for a lot: by the brief's figures, or as somebody asked. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor

from guiju.briefs import Sampling
from guiju.inspection.errors import FiguresMissing
from guiju.inspection.plans.errors import LotLimitTooLow, SharesMissing
from guiju.inspection.plans.model import (
    AnyPlan,
    AqlPlan,
    FullPlan,
    Limit,
    Note,
    RatePlan,
    SequentialLotPlan,
    Strictness,
    TwoPointLotPlan,
    Weight,
    poorer,
    stages_of,
)
from guiju.stats.acceptance.errors import NotAProbability
from guiju.stats.acceptance.fixed_rate import fixed_rate_plan
from guiju.stats.acceptance.sequential import SequentialPlan, sequential_plan
from guiju.stats.acceptance.single import cell_of, known_aql, letter_of
from guiju.stats.acceptance.staged import PlanType, StagedPlan, staged_in_row
from guiju.stats.acceptance.two_point import number_keeping, two_point_plan

ALPHA, BETA, RATE = 0.05, 0.10, 0.10
_ROUNDING = 1e-9
_TYPES = {
    Sampling.SINGLE: PlanType.SINGLE,
    Sampling.DOUBLE: PlanType.DOUBLE,
    Sampling.MULTIPLE: PlanType.MULTIPLE,
}


@dataclass(frozen=True, slots=True)
class Demands:
    """What a plan shall keep to. AQLs in percent as the tables have them: `aql` of the major defects; without `minor`
    the minor ones are counted with them; without `critical` no critical one is accepted.

    `good` and `poor` are shares, `alpha` the risk of rejecting the good and `beta` that of accepting the poor one, for
    two promises and for one after the other; `most` ends the latter. Of a fixed `rate`, `allowed` may be defective.
    What is `None` follows from the AQL. `strictness` tells how strictly each severity is inspected.
    """

    sampling: Sampling = Sampling.SINGLE
    aql: str | float | None = None
    critical: str | float | None = None
    minor: str | float | None = None
    level: str = "II"
    strictness: dict[Weight, Strictness] = field(default_factory=dict[Weight, Strictness])
    good: float | None = None
    poor: float | None = None
    alpha: float = ALPHA
    beta: float = BETA
    rate: float | None = None
    allowed: float | None = None
    most: int | None = None


def plan_lot(lot: int, asked: Demands) -> AnyPlan:
    """The plan for a lot of `lot` items.

    Raises `FiguresMissing`, `SharesMissing`, `LotLimitTooLow`, and of the figures `UnknownPlan`, `EmptyLot`,
    `NotAProbability`, `PointsCrossed`, `PointsTooClose`, `RisksTooLarge`.
    """
    match asked.sampling:
        case Sampling.SINGLE | Sampling.DOUBLE | Sampling.MULTIPLE:
            return _aql(lot, asked)
        case Sampling.TWO_POINT:
            return _two_point(lot, asked)
        case Sampling.FIXED_RATE:
            return _rate(lot, asked)
        case Sampling.SEQUENTIAL:
            return _sequential(lot, asked)
        case Sampling.FULL:
            return _full(lot, asked)


def classes_of(asked: Demands) -> dict[tuple[Weight, ...], str]:
    """The AQL of each group of severities that is counted together, the major defects first."""
    if asked.aql is None:
        raise FiguresMissing
    return {_major(asked): known_aql(asked.aql), **_apart(asked)}


def _major(asked: Demands) -> tuple[Weight, ...]:
    """What is counted as the major defects."""
    return (Weight.MAJOR,) if asked.minor is not None else (Weight.MAJOR, Weight.MINOR)


def _apart(asked: Demands) -> dict[tuple[Weight, ...], str]:
    """The AQLs of the severities that are counted apart."""
    own = {(Weight.MINOR,): asked.minor, (Weight.CRITICAL,): asked.critical}
    return {weights: known_aql(aql) for weights, aql in own.items() if aql is not None}


def _with_critical(limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """No critical defect is accepted where nothing else was said."""
    if any(Weight.CRITICAL in limit.weights for limit in limits):
        return tuple(limits)
    return (*limits, Limit((Weight.CRITICAL,)))


def _aql(lot: int, asked: Demands) -> AqlPlan:
    made = _in_one_row(lot, asked)
    limits = [Limit(weights, plan.stages, plan.aql, plan.severity) for weights, plan in made.items()]
    main = next(iter(made.values()))
    kind = next(known for known, each in _TYPES.items() if each is main.kind)
    return AqlPlan(
        lot=lot,
        limits=_with_critical(limits),
        note=_note(main, _TYPES[asked.sampling]),
        code=main.letter,
        at_level=main.level,
        kind=kind,
    )


def _in_one_row(lot: int, asked: Demands) -> dict[tuple[Weight, ...], StagedPlan]:
    """The plan of each severity. Where arrows give them different samples, the letter of the largest holds for all
    (MIL-STD-105E, 4.9.3), so that every defect that is found counts."""
    row, kind = letter_of(lot, asked.level), _TYPES[asked.sampling]
    classes = classes_of(asked)
    while True:
        made = {
            weights: staged_in_row(
                lot, row, aql, asked.level, asked.strictness.get(weights[0], Strictness.NORMAL), kind=kind
            )
            for weights, aql in classes.items()
        }
        largest = max((cell_of(row, one.aql, one.severity) for one in made.values()), key=lambda cell: cell.letter)
        if len(made) == 1 or largest.letter <= row:
            return made
        row = largest.letter


def _note(made: StagedPlan, asked: PlanType) -> Note | None:
    if made.whole_lot:
        return Note.WHOLE_LOT
    if made.kind is asked:
        return None
    return Note.TOO_LARGE if made.too_large else Note.SIMPLER


def _points(asked: Demands) -> tuple[float, float]:
    """The good and the poor share: as they were said, else by the AQL. Raises `SharesMissing`."""
    good = asked.good
    if good is None and asked.aql is not None:
        good = float(known_aql(asked.aql)) / 100
    if good is None:
        raise SharesMissing
    return good, asked.poor if asked.poor is not None else poorer(good)


def _two_point(lot: int, asked: Demands) -> TwoPointLotPlan:
    """Each severity has its two promises; the sample is large enough for all of them, and whatever is found counts."""
    good, poor = _points(asked)
    promises = {_major(asked): (good, poor)}
    promises |= {weights: (float(aql) / 100, poorer(float(aql) / 100)) for weights, aql in _apart(asked).items()}
    asks = [((one, 1 - asked.alpha), (other, asked.beta)) for one, other in promises.values()]
    n = max(two_point_plan(prp, crp, lot).n for prp, crp in asks)
    while None in (numbers := [number_keeping(n, prp, crp, lot) for prp, crp in asks]):
        n += 1
    limits = [
        Limit(weights, stages_of(n, accept or 0), _apart(asked).get(weights))
        for weights, accept in zip(promises, numbers, strict=True)
    ]
    return TwoPointLotPlan(
        lot=lot,
        limits=_with_critical(limits),
        note=Note.WHOLE_LOT if n >= lot else None,
        good=good,
        poor=poor,
        alpha=asked.alpha,
        beta=asked.beta,
    )


def _rate(lot: int, asked: Demands) -> RatePlan:
    rate = RATE if asked.rate is None else asked.rate
    allowed = asked.allowed if asked.allowed is not None else _points(asked)[0]
    made = fixed_rate_plan(lot, rate, allowed)
    own = [
        Limit(weights, fixed_rate_plan(lot, rate, float(aql) / 100).stages, aql)
        for weights, aql in _apart(asked).items()
    ]
    return RatePlan(
        lot=lot,
        limits=_with_critical([Limit(_major(asked), made.stages), *own]),
        note=Note.WHOLE_LOT if made.n >= lot else None,
        rate=rate,
        allowed=allowed,
    )


def _sequential(lot: int, asked: Demands) -> SequentialLotPlan:
    """Each severity has lines of its own: inspection goes on until all of them accept, or one rejects."""
    good, poor = _points(asked)
    lines: list[tuple[tuple[Weight, ...], str | None, SequentialPlan]] = [
        (_major(asked), None, sequential_plan(good, poor, asked.alpha, asked.beta))
    ]
    for weights, aql in _apart(asked).items():
        share = float(aql) / 100
        lines.append((weights, aql, sequential_plan(share, poorer(share), asked.alpha, asked.beta)))
    most = min(lot, max(one.longest for _, _, one in lines)) if asked.most is None else asked.most
    if not 1 <= most <= lot:
        raise LotLimitTooLow(most=most, lot=lot)
    limits = [Limit(weights, stages_of(most, floor(one.s * most)), aql) for weights, aql, one in lines]
    return SequentialLotPlan(
        lot=lot,
        limits=_with_critical(limits),
        good=good,
        poor=poor,
        alpha=asked.alpha,
        beta=asked.beta,
    )


def _full(lot: int, asked: Demands) -> FullPlan:
    limits = [
        Limit(weights, stages_of(lot, min(lot - 1, floor(float(aql) / 100 * lot + _ROUNDING))), aql)
        for weights, aql in classes_of(asked).items()
    ]
    for limit in limits:
        if float(limit.aql or 0) >= 100:
            raise NotAProbability(what="AQL", low=0, high=1, value=float(limit.aql or 0) / 100)
    return FullPlan(lot=lot, limits=_with_critical(limits))
