"""The plan of a lot that is to be drawn, read from the brief and from the lots before; plans laid side by side."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from guiju.briefs import Figures, Sampling, get_current_brief, get_signed_figures
from guiju.inspection import store
from guiju.inspection.errors import NothingToInspect
from guiju.inspection.model import Terms
from guiju.inspection.plans.making import ALPHA, BETA, Demands, plan_lot
from guiju.inspection.plans.model import (
    AnyPlan,
    AqlPlan,
    RatePlan,
    SequentialLotPlan,
    Strictness,
    TwoPointLotPlan,
    Weight,
)
from guiju.inspection.plans.telling import Sketch, good_share, sketch_plan
from guiju.inspection.pool import Pool, count_candidates
from guiju.inspection.streams.actions import read_every
from guiju.inspection.streams.model import StreamKey, Switching
from guiju.inspection.streams.rules import next_inspection, worst_of
from guiju.kit import Refusal
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, House


@dataclass(frozen=True, slots=True)
class Option:
    """A way of sampling the same lot: its plan in figures and hours of inspection, or why it cannot be."""

    sampling: Sampling
    plan: AnyPlan | None
    sketch: Sketch | None
    hours: float | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The options for `lot` items; `seconds` is what one verdict takes, measured on `measured` of them."""

    lot: int
    options: list[Option]
    seconds: float | None
    measured: int


def plan_for(connection: Connection, pool: Pool, terms: Terms, size: int) -> tuple[AnyPlan, Switching]:
    """The plan for a lot of `size` items of the pool, and how strict it is and why.

    Raises `FiguresMissing`, `InspectionStopped`, and what plans refuse.
    """
    asked, switching = demands_for(connection, pool, terms)
    return plan_lot(size, asked), switching


def demands_for(connection: Connection, pool: Pool, terms: Terms) -> tuple[Demands, Switching]:
    """What a plan for the pool shall keep to, and how strict it is and why. Raises `InspectionStopped`."""
    figures = get_signed_figures(connection, pool.project_id)
    streams = read_every(connection, StreamKey(pool.project_id, pool.annotator_id, pool.source_id))
    again = pool.resubmits is not None
    main = worst_of(stream.state for stream in streams)
    because = next(stream.because for stream in streams if stream.state is main)
    switching = next_inspection(main, because, resubmitted=again)
    each = {stream.weight: Strictness.TIGHTENED if again else stream.state.severity for stream in streams}
    strictness = dict.fromkeys(Weight, terms.severity) if terms.severity else each
    return demands_of(figures, terms, strictness), switching


def demands_of(figures: Figures | None, terms: Terms, strictness: dict[Weight, Strictness]) -> Demands:
    """What a plan shall keep to: what was said, else what was signed."""
    signed = figures or Figures(aql=0)
    aql = terms.aql if terms.aql is not None else (signed.aql if figures else None)
    return Demands(
        sampling=terms.sampling or signed.sampling,
        aql=aql,
        critical=_own(terms.critical, signed.aql_critical),
        minor=_own(terms.minor, signed.aql_minor),
        level=terms.level or signed.level,
        strictness=strictness,
        good=terms.good,
        poor=terms.poor,
        alpha=ALPHA if terms.alpha is None else terms.alpha,
        beta=BETA if terms.beta is None else terms.beta,
        rate=terms.rate,
        allowed=terms.allowed,
        most=terms.most,
    )


def _own(said: str | float | None, signed: float | None) -> str | float | None:
    """The AQL of a severity that has its own; 0 was said where it has none."""
    if said is None:
        return signed
    return None if str(said) in ("0", "0.0") else said


def terms_of(plan: AnyPlan) -> Terms:
    """What makes the same plan again, for a lot that comes again."""
    own = {weight: limit.aql for weight in Weight for limit in plan.limits if limit.weights == (weight,)}
    told = Terms(
        aql=plan.aql,
        level=plan.level,
        sampling=plan.sampling,
        critical=own.get(Weight.CRITICAL) or 0,
        minor=own.get(Weight.MINOR) or 0,
    )
    match plan:
        case TwoPointLotPlan() | SequentialLotPlan():
            return replace(told, good=plan.good, poor=plan.poor, alpha=plan.alpha, beta=plan.beta)
        case RatePlan():
            return replace(told, rate=plan.rate, allowed=plan.allowed)
        case AqlPlan():
            return told
        case _:
            return told


def compare_plans(house: House, actor: Actor, pool: Pool, terms: Terms, *, counted: int | None = None) -> Comparison:
    """Every way of sampling what waits, side by side; `counted` as `preview_lot` has it. Raises `NothingToInspect`."""
    with house.reading() as connection:
        authorise(connection, actor, pool.project_id, Act.SEE_REPORTS)
        waiting = count_candidates(connection, pool) if counted is None else counted
        if waiting == 0:
            raise NothingToInspect
        lot = min(waiting, terms.size or waiting)
        gaps = store.verdict_seconds(connection, pool.project_id)
        brief = get_current_brief(connection, pool.project_id)
        seconds = _median(gaps) if len(gaps) >= LEAST_GAPS else brief.plan.seconds if brief else None
        asked, _ = demands_for(connection, pool, terms)
    options = [_option(replace(asked, sampling=each), lot, seconds) for each in Sampling]
    return Comparison(lot, options, seconds, len(gaps) if len(gaps) >= LEAST_GAPS else 0)


LEAST_GAPS = 10


def _median(values: list[float]) -> float:
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _option(asked: Demands, lot: int, seconds: float | None) -> Option:
    try:
        plan = plan_lot(lot, asked)
    except Refusal as refusal:
        return Option(asked.sampling, None, None, None, refusal)
    good = good_share(plan) if asked.aql is None else float(asked.aql) / 100
    sketch = sketch_plan(plan, min(1.0, good))
    return Option(asked.sampling, plan, sketch, sketch.usual * seconds / 3600 if seconds else None, None)
