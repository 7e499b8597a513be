"""How a stream stands: what happened in it, folded by the rules of ISO 2859-1."""

from collections.abc import Iterable
from dataclasses import replace

from guiju.inspection.model import LotRow, LotState, Strictness
from guiju.inspection.streams.errors import InspectionStopped, StreamActEmpty, StreamNotStopped
from guiju.inspection.streams.model import ActTaken, LotDecided, Step, StreamAct, Switching
from guiju.kit import N_, Sentence
from guiju.stats.acceptance.switching import LotResult, SwitchState, resume, score_gain, switch

REASON_CHARACTERS = 500

_RESUBMITTED = N_("The lot comes again after rework, so it is inspected tightened.")
_WANTED = N_("Reduced inspection is wanted once the switching score allows it.")
_NOT_WANTED = N_("Reduced inspection is not wanted: inspection returns to normal.")


def result_of(row: LotRow) -> LotResult:
    """What the rules read of a decided lot: its verdicts are those that it was decided on."""
    lot, found = row.lot, row.tally.defective
    plan = lot.plan
    counts = plan.severity is Strictness.NORMAL
    return LotResult(
        accepted=lot.state is LotState.ACCEPTED,
        original=lot.resubmits is None,
        gain=score_gain(plan, found) if counts and plan.n < plan.lot else 0,
        gap=plan.accept < found < plan.reject,
    )


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
            return resume(state)
        case StreamAct.REDUCE:
            return replace(state, reduced_wanted=True, reason=Sentence(_WANTED))
        case StreamAct.KEEP_NORMAL:
            severity = Strictness.NORMAL if state.severity is Strictness.REDUCED else state.severity
            return replace(state, reduced_wanted=False, severity=severity, reason=Sentence(_NOT_WANTED))


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
