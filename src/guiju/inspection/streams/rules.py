"""How a stream stands: what happened in it, folded by the rules of ISO 2859-1."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from guiju.inspection.model import Lot, Strictness, Weight
from guiju.inspection.plans.model import AqlPlan, Limit
from guiju.inspection.plans.rules import Judged
from guiju.inspection.streams.errors import InspectionStopped, StreamActEmpty, StreamNotStopped
from guiju.inspection.streams.model import ActTaken, LotDecided, Step, StreamAct, Switching
from guiju.kit import N_, Sentence
from guiju.stats.acceptance.staged import PlanType, StagedPlan
from guiju.stats.acceptance.switching import LotResult, SwitchState, resume, score_gain, switch

REASON_CHARACTERS = 500

_RESUBMITTED = N_("The lot comes again after rework, so it is inspected tightened.")
_WANTED = N_("Reduced inspection is wanted once the switching score allows it.")
_NOT_WANTED = N_("Reduced inspection is not wanted: inspection returns to normal.")


def result_of(lot: Lot, judged: int, defects: Sequence[Judged], weight: Weight = Weight.MAJOR) -> LotResult | None:
    """What the rules read of a decided lot about the defects of one severity: its verdicts are those that it was
    decided on. `None` where the tables' rules do not count it: another way of sampling, or a lot that was decided by
    other defects before these were counted to the end.

    That none is accepted of the critical ones counts for the major ones, since it has no tables of its own.
    """
    plan = lot.plan
    limit = next((one for one in plan.limits if weight in one.weights and one.stages), None)
    if not isinstance(plan, AqlPlan) or limit is None:
        return None
    original = lot.resubmits is None
    if limit is plan.main and any(
        one.weight in bad.weights for bad in plan.limits[1:] if not bad.stages for one in defects
    ):
        return LotResult(accepted=False, original=original)
    ended = _ended(limit, judged, defects)
    if ended is None:
        return None
    stage, found = ended
    counts = limit.severity is Strictness.NORMAL and limit.n < plan.lot
    numbers = limit.stages[stage - 1]
    passed = found < numbers.reject
    return LotResult(
        accepted=passed,
        original=original,
        gain=score_gain(_as_table(plan, limit), found, stage) if counts else 0,
        gap=passed and found > (numbers.accept or 0),
    )


def _ended(limit: Limit, judged: int, defects: Sequence[Judged]) -> tuple[int, int] | None:
    """The stage, counted from 1, that had the last word, and how many it had found by then."""
    for number, (stage, end) in enumerate(zip(limit.stages, limit.ends, strict=True), 1):
        found = sum(one.place <= end and one.weight in limit.weights for one in defects)
        if found >= stage.reject or (judged >= end and found <= (-1 if stage.accept is None else stage.accept)):
            return number, found
        if judged < end:
            return None
    return len(limit.stages), sum(one.weight in limit.weights for one in defects)


def _as_table(plan: AqlPlan, limit: Limit) -> StagedPlan:
    kind = PlanType(plan.kind.value) if len(limit.stages) > 1 else PlanType.SINGLE
    return StagedPlan(plan.code, kind, limit.stages, limit.severity, plan.at_level, limit.aql or "", plan.lot)


def fold(happened: Iterable[LotDecided | ActTaken]) -> tuple[Step, ...]:
    """Every step of a stream in its order. Lots that were under way when it stopped change nothing any more."""
    state, steps = SwitchState(), list[Step]()
    for each in sorted(happened, key=lambda one: one.event):
        if isinstance(each, ActTaken):
            state = _act(state, each.act)
        elif not state.discontinued:
            state = switch(state, each.result)
        steps.append(Step(each, state))
    return tuple(steps)


def _act(state: SwitchState, act: StreamAct) -> SwitchState:
    match act:
        case StreamAct.RESUME:
            return resume(state) if state.discontinued else state
        case StreamAct.REDUCE:
            return replace(state, reduced_wanted=True, reason=Sentence(_WANTED))
        case StreamAct.KEEP_NORMAL:
            severity = Strictness.NORMAL if state.severity is Strictness.REDUCED else state.severity
            return replace(state, reduced_wanted=False, severity=severity, reason=Sentence(_NOT_WANTED))


def worst_of(states: Iterable[SwitchState]) -> SwitchState:
    """The one that is stopped, if any is: a lot is not drawn where one of its severities is not inspected."""
    every = list(states)
    return next((one for one in every if one.discontinued), every[0])


def next_inspection(state: SwitchState, because: Sentence, *, resubmitted: bool) -> Switching:
    """How strictly the next lot is inspected; one that comes again, tightened. Raises `InspectionStopped`."""
    if resubmitted:
        return Switching(Strictness.TIGHTENED, Sentence(_RESUBMITTED))
    if state.discontinued:
        raise InspectionStopped(rejected=state.rejected)
    return Switching(state.severity, because)


def check_act(state: SwitchState, act: StreamAct, reason: str) -> str:
    """The reason as it is kept. Raises `StreamActEmpty`, `StreamNotStopped`."""
    said = " ".join(reason.split())[:REASON_CHARACTERS]
    if not said:
        raise StreamActEmpty
    if act is StreamAct.RESUME and not state.discontinued:
        raise StreamNotStopped
    return said
