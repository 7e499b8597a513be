"""A plan in words, its risks, and its curve as a picture draws it. Pure; the curve of a sequential plan takes NumPy."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from guiju.inspection.plans.model import (
    NOTES,
    AqlPlan,
    LotPlan,
    RatePlan,
    SequentialLotPlan,
    TwoPointLotPlan,
    Weight,
    poorer,
)
from guiju.inspection.plans.rules import lines_of
from guiju.kit import N_, Sentence
from guiju.stats.acceptance.curves import accepted, curve_point, quality_accepted, telling_shares
from guiju.stats.acceptance.fixed_rate import fixed_rate_plan
from guiju.stats.acceptance.risks import percent, probability, risks
from guiju.stats.acceptance.sequential import sequential_curve
from guiju.stats.acceptance.stages import Stage
from guiju.stats.acceptance.two_point import two_point_plan

POINTS = 41
_SEQUENTIAL_TO = 3
"""The curve of a sequential plan is drawn up to so many times its poor share."""

_SINGLE = N_(
    "{n} of {lot} items are looked at. Accepted with {accept} defective or fewer, rejected with {reject} or more."
)
_STAGES = N_(
    "First {first} of {lot} items are looked at: accepted with {accept} defective or fewer, rejected with {reject} "
    "or more; between the two more are looked at, up to {n}."
)
_STAGES_ON = N_(
    "First {first} of {lot} items are looked at: rejected with {reject} defective or more, else more are looked at, "
    "up to {n}."
)
_SEQUENTIAL = N_(
    "Of {lot} items one after the other is looked at: {first} without a defect are enough to accept, {n} are the most."
)
_NO_CRITICAL = N_(
    "One critical defect rejects the lot. A lot with {share} critical items passes with probability {slips} at most."
)
_CRITICAL = N_("Critical defects are counted apart: accepted with {accept} or fewer, rejected with {reject} or more.")
_MINOR = N_("Minor defects are counted apart: accepted with {accept} or fewer, rejected with {reject} or more.")
_CRITICAL_LINES = N_("Critical defects are counted apart, by lines of their own between {good} and {poor}.")
_MINOR_LINES = N_("Minor defects are counted apart, by lines of their own between {good} and {poor}.")
_EYES = N_("Every item of the lot is looked at: nothing is left to the draw, only to the eyes of the inspectors.")
_NO_SHARE = N_("At an AQL of 100 or more every item may be defective, so there is no share at which to tell the risks.")
_BOTH = N_(
    "In this lot {good} defective are rejected with probability {alpha}, {poor} are accepted with {beta}; "
    "on average {low} and {high} items are looked at."
)


@dataclass(frozen=True, slots=True)
class Curve:
    """An operating characteristic to be drawn: `points` are "x,y" in percent of the picture, whose right edge is the
    share `last`; `mark` is where the share `good` stands, and `at_good` how probably a lot of that quality passes."""

    points: str
    last: float
    good: float
    mark: float | None
    at_good: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """A plan in figures, to be laid beside others: `most` items, `usual` on average where `good` is defective, the risk
    of the maker there, and the share that slips through one time in ten."""

    most: int
    usual: float
    accept: int
    reject: int
    good: float
    producer: float
    poorest: float | None


def describe_plan(plan: LotPlan) -> tuple[Sentence, ...]:
    """What is done and when it ends, in words."""
    said = [_done(plan)]
    for limit in plan.limits[1:]:
        if limit.stages and isinstance(plan, SequentialLotPlan):
            good = float(limit.aql or 0) / 100
            places = {"good": percent(good), "poor": percent(poorer(good))}
            said.append(Sentence(_CRITICAL_LINES if Weight.CRITICAL in limit.weights else _MINOR_LINES, places))
        elif limit.stages:
            places = {"accept": limit.accept, "reject": limit.reject}
            said.append(Sentence(_CRITICAL if Weight.CRITICAL in limit.weights else _MINOR, places))
        else:
            said.append(_no_critical(plan))
    return (*said, Sentence(NOTES[plan.note])) if plan.note else tuple(said)


def _done(plan: LotPlan) -> Sentence:
    first = plan.stages[0]
    places = {"n": plan.n, "lot": plan.lot, "first": first.n, "accept": first.accept, "reject": first.reject}
    if isinstance(plan, SequentialLotPlan):
        return Sentence(_SEQUENTIAL, {**places, "first": _least(plan)})
    if len(plan.stages) == 1:
        return Sentence(_SINGLE, places)
    return Sentence(_STAGES_ON if first.accept is None else _STAGES, places)


def _least(plan: LotPlan) -> int:
    """The fewest items after which a lot can be accepted."""
    if isinstance(plan, SequentialLotPlan):
        every = [lines_of(plan, limit).first_accept_at for limit in plan.limits if limit.stages]
        return min(plan.n, max(every))
    ends = zip(plan.stages, plan.main.ends, strict=True)
    return next(end for stage, end in ends if stage.accept is not None)


def _no_critical(plan: LotPlan) -> Sentence:
    share = max(1, ceil(plan.lot / 100)) / plan.lot
    slips = accepted([Stage(_least(plan), 0, 1)], share, plan.lot)
    return Sentence(_NO_CRITICAL, {"share": percent(share), "slips": probability(slips)})


def meaning_of(plan: LotPlan) -> tuple[Sentence, ...]:
    """What the plan risks and for whom."""
    match plan:
        case _ if plan.whole_lot:
            return (Sentence(_EYES),)
        case AqlPlan():
            good = good_share(plan)
            return risks(plan.stages, good, plan.lot).meaning if good < 1 else (Sentence(_NO_SHARE),)
        case TwoPointLotPlan():
            return two_point_plan((plan.good, 1 - plan.alpha), (plan.poor, plan.beta), plan.lot).meaning
        case RatePlan():
            return fixed_rate_plan(plan.lot, plan.rate, plan.allowed).meaning
        case SequentialLotPlan():
            return (_sequential_meaning(plan),)
        case _:
            return (Sentence(_EYES),)


def _sequential_meaning(plan: SequentialLotPlan) -> Sentence:
    good, poor = sequential_curve(lines_of(plan), [plan.good, plan.poor], most=plan.n, lot=plan.lot)
    return Sentence(
        _BOTH,
        {
            "good": percent(good.share),
            "poor": percent(poor.share),
            "alpha": probability(1 - good.accepted),
            "beta": probability(poor.accepted),
            "low": round(good.sample),
            "high": round(poor.sample),
        },
    )


def good_share(plan: LotPlan) -> float:
    """The share of defective items that the plan takes for good enough."""
    match plan:
        case RatePlan():
            return plan.allowed
        case TwoPointLotPlan() | SequentialLotPlan():
            return plan.good
        case _:
            return float(plan.aql or 0) / 100


def chances_of(plan: LotPlan, shares: Sequence[float]) -> list[float]:
    """How probably the lot is accepted when such shares of it are defective, none of them critically."""
    if isinstance(plan, SequentialLotPlan):
        return [one.accepted for one in sequential_curve(lines_of(plan), shares, most=plan.n, lot=plan.lot)]
    return [accepted(plan.stages, share, plan.lot) for share in shares]


def curve_points(plan: LotPlan) -> list[tuple[float, float]]:
    """The operating characteristic: shares, and how probably such a lot is accepted."""
    if isinstance(plan, SequentialLotPlan):
        last = min(1.0, _SEQUENTIAL_TO * plan.poor)
        counts = sorted({round(last * step / (POINTS - 1) * plan.lot) for step in range(POINTS)})
        shares = [count / plan.lot for count in counts]
    else:
        shares = list(telling_shares(plan.stages, plan.lot, POINTS))
    return list(zip(shares, chances_of(plan, shares), strict=True))


def curve_of(plan: LotPlan) -> Curve:
    """The operating characteristic as a picture draws it: `points` in hundredths of its width and height."""
    points = curve_points(plan)
    last = points[-1][0] or 1.0
    line = " ".join(f"{share / last * 100:.1f},{(1 - passes) * 100:.1f}" for share, passes in points)
    good = min(1.0, good_share(plan))
    return Curve(line, last, good, good / last * 100 if good <= last else None, chances_of(plan, [good])[0])


def sketch_plan(plan: LotPlan, good: float) -> Sketch:
    """The plan beside others, all of them asked at the same share `good`."""
    if isinstance(plan, SequentialLotPlan):
        usual, passes = _sequential_at(plan, good)
        poorest = _first_poor(curve_points(plan))
    else:
        at = curve_point(plan.stages, good, plan.lot)
        usual, passes = at.sample, at.accepted
        poorest = quality_accepted(plan.stages, 0.1, plan.lot)
    return Sketch(plan.n, usual, plan.accept, plan.reject, good, 1 - passes, poorest)


def _sequential_at(plan: SequentialLotPlan, good: float) -> tuple[float, float]:
    at = sequential_curve(lines_of(plan), [good], most=plan.n, lot=plan.lot)[0]
    return at.sample, at.accepted


def _first_poor(points: Sequence[tuple[float, float]]) -> float | None:
    """Between which shares acceptance falls under one in ten, by a straight line."""
    for (a, high), (b, low) in pairwise(points):
        if low <= 0.1 < high:
            return a + (b - a) * (high - 0.1) / (high - low)
    return None
