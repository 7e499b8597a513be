"""JSON of plans: what drawing a lot now would give, and the ways of sampling it side by side."""

from typing import Any

import msgspec
from litestar import get
from litestar.params import FromPath, FromQuery

from guiju.briefs import Sampling
from guiju.inspection.drawing import list_waiting, preview_lot
from guiju.inspection.model import Split, Terms
from guiju.inspection.plans.actions import Option, compare_plans
from guiju.inspection.plans.model import LotPlan, Standing
from guiju.inspection.plans.telling import curve_points, describe_plan, meaning_of
from guiju.inspection.pool import Pool
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest


class LimitAnswer(msgspec.Struct):
    """What the verdicts say of some severities: found, and the numbers of the stage in hand."""

    weights: list[str]
    aql: str | None
    found: int
    accept: int | None
    reject: int
    step: str


class StandingAnswer(msgspec.Struct):
    """What the verdicts say of a lot: places 1 to `look_at` are to be judged now, `left` of them (at least) are not."""

    step: str
    look_at: int
    left: int
    stage: int
    limits: list[LimitAnswer]


class OptionAnswer(msgspec.Struct, omit_defaults=True):
    """A way of sampling: the most that is looked at, how many usually in a good lot, and the risks; or its refusal."""

    sampling: Sampling
    most: int | None = None
    usual: float | None = None
    accept: int | None = None
    reject: int | None = None
    good: float | None = None
    producer_risk: float | None = None
    slips: float | None = None
    hours: float | None = None
    refusal: str | None = None


def standing_answer(standing: Standing) -> StandingAnswer:
    limits = [
        LimitAnswer(
            [weight.value for weight in one.limit.weights],
            one.limit.aql,
            one.found,
            one.accept,
            one.reject,
            one.step.value,
        )
        for one in standing.limits
    ]
    return StandingAnswer(standing.step.value, standing.look_at, standing.left, standing.stage, limits)


def option_answer(option: Option) -> OptionAnswer:
    sketch = option.sketch
    if sketch is None:
        return OptionAnswer(option.sampling, refusal=option.refusal.code if option.refusal else None)
    figures = (sketch.most, round(sketch.usual, 1), sketch.accept, sketch.reject)
    risks = (sketch.good, sketch.producer, sketch.poorest)
    return OptionAnswer(option.sampling, *figures, *risks, None if option.hours is None else round(option.hours, 2))


def told_answer(request: AnyRequest, plan: LotPlan) -> dict[str, Any]:
    """A plan in words, in the language of who asks, and its operating characteristic."""
    words = words_of(request)
    return {
        "sentence": " ".join(one.spoken(words) for one in describe_plan(plan)),
        "meaning": " ".join(one.spoken(words) for one in meaning_of(plan)),
        "oc": [list(point) for point in curve_points(plan)],
    }


@get("/projects/{project_id:int}/lots/preview", sync_to_thread=True)
def get_preview(  # noqa: PLR0913, PLR0917 - the terms of a lot
    request: AnyRequest,
    project_id: FromPath[int],
    size: FromQuery[int | None] = None,
    aql: FromQuery[float | None] = None,
    level: FromQuery[str | None] = None,
    annotator: FromQuery[int | None] = None,
    source: FromQuery[int | None] = None,
    day: FromQuery[str | None] = None,
    sampling: FromQuery[Sampling | None] = None,
    critical: FromQuery[float | None] = None,
    minor: FromQuery[float | None] = None,
    good: FromQuery[float | None] = None,
    poor: FromQuery[float | None] = None,
    alpha: FromQuery[float | None] = None,
    beta: FromQuery[float | None] = None,
    rate: FromQuery[float | None] = None,
    allowed: FromQuery[float | None] = None,
    most: FromQuery[int | None] = None,
) -> dict[str, Any]:
    """The plan that drawing a lot now would give in words and as a curve, the other ways of sampling beside it, and
    what waits."""
    house, actor = house_of(request), actor_of(request)
    terms = Terms(
        size,
        aql,
        level,
        None,
        sampling,
        critical,
        minor,
        good=good,
        poor=poor,
        alpha=alpha,
        beta=beta,
        rate=rate,
        allowed=allowed,
        most=most,
    )
    pool = Pool(project_id, None, annotator, source, day)
    found = preview_lot(house, actor, project_id, pool=pool, terms=terms)
    compared = compare_plans(house, actor, pool, terms)
    waiting = list_waiting(house, actor, project_id)
    return {
        "waiting": found.waiting,
        "plan": found.plan.to_dict(),
        **told_answer(request, found.plan),
        "risks": [[risk.share, risk.accepted] for risk in found.risks],
        "options": [msgspec.to_builtins(option_answer(one)) for one in compared.options],
        "seconds": compared.seconds,
        "by": [
            {"annotator": one.annotator_id, "name": one.name, "items": one.count} for one in waiting[Split.ANNOTATOR]
        ],
        "sources": [{"source": one.key, "name": one.name, "items": one.count} for one in waiting[Split.SOURCE]],
        "days": [{"day": one.key, "items": one.count} for one in waiting[Split.DAY]],
    }


API = [get_preview]
