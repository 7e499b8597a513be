"""Switching between normal, tightened and reduced inspection, as ISO 2859-1 has it: a machine without memory elsewhere.

Formula: normal to tightened when 2 of 5 or fewer lots in a row are rejected; tightened to normal after 5 accepted in a
row; stop when 5 lots are rejected on tightened; normal to reduced when the switching score reaches 30, production is
steady and reduced inspection is wanted; reduced to normal on a rejected lot, a lot in the gap, or unsteady production.
Score of a lot on normal: single plans with Ac >= 2 earn 3 if the next tighter AQL had accepted too, with Ac <= 1 earn 2
if accepted; double plans earn 3 if the first sample accepts, multiple ones if one of the first three does; else it is
0.
Assumes: lots in the order in which they were made. Only original inspections count: lots that come again do not. The
count of lots begins anew with every switch.
Source: ISO 2859-1:1999, 9.1 to 9.4 (the rules in our words); the gap of reduced plans is MIL-STD-105E's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from guiju.kit import N_, Sentence
from guiju.stats.acceptance.errors import InspectionDiscontinued
from guiju.stats.acceptance.single import Plan
from guiju.stats.acceptance.staged import PlanType, StagedPlan
from guiju.stats.acceptance.tables105e import Severity

WINDOW = 5
REJECTED_TO_TIGHTEN = 2
ACCEPTED_TO_RELAX = 5
REJECTED_TO_STOP = 5
SCORE_TO_REDUCE = 30

_START = N_("Inspection begins as normal.")
_STAYS = N_("Nothing calls for a change.")
_AGAIN = N_("The lot came again after rework, and only first inspections count.")
_TIGHTEN = N_("{rejected} of the last {lots} lots were rejected: inspection becomes tightened.")
_RELAX = N_("{accepted} lots in a row were accepted: inspection returns to normal.")
_STOP = N_("{rejected} lots were rejected on tightened inspection: inspection stops until the work is improved.")
_REDUCE = N_("The switching score reached {score} and production is steady: inspection becomes reduced.")
_REJECTED_REDUCED = N_("A lot was rejected on reduced inspection: inspection returns to normal.")
_GAP = N_("The lot is accepted, but lies between the two numbers of the reduced plan: inspection returns to normal.")
_UNSTEADY = N_("Production is not steady: inspection returns to normal.")
_RESUMED = N_("The work was improved: inspection resumes as tightened.")


@dataclass(frozen=True, slots=True)
class LotResult:
    """How a lot fared. `gain` is what it adds to the switching score (see `score_gain`), `gap` that it was accepted
    between the two numbers of a reduced plan, `steady` that production runs at a steady rate.
    """

    accepted: bool
    original: bool = True
    gain: int = 0
    gap: bool = False
    steady: bool = True


@dataclass(frozen=True, slots=True)
class SwitchState:
    """How the next lot is inspected, what is counted towards a change, and the `reason` of the last step.

    `recent` are the last lots on normal (True: accepted), `run` those accepted in a row and `rejected` all
    rejected ones on tightened, `score` the switching score.
    """

    severity: Severity = Severity.NORMAL
    recent: tuple[bool, ...] = ()
    run: int = 0
    rejected: int = 0
    score: int = 0
    discontinued: bool = False
    reduced_wanted: bool = False
    reason: Sentence = field(default=Sentence(_START), compare=False)

    def to_dict(self) -> dict[str, object]:
        return {
            "severity": self.severity.value,
            "recent": list(self.recent),
            "run": self.run,
            "rejected": self.rejected,
            "score": self.score,
            "discontinued": self.discontinued,
            "reduced_wanted": self.reduced_wanted,
            "reason": str(self.reason),
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """Why it is so."""
        return (self.reason,)


def switch(state: SwitchState, lot: LotResult) -> SwitchState:
    """The state after one more lot. Raises `InspectionDiscontinued` once inspection was stopped.

    >>> state = SwitchState()
    >>> for accepted in (True, False, True, False):
    ...     state = switch(state, LotResult(accepted))
    >>> state.severity.value, str(state.reason)
    ('tightened', '2 of the last 4 lots were rejected: inspection becomes tightened.')
    """
    if state.discontinued:
        raise InspectionDiscontinued(rejected=state.rejected)
    if not lot.original:
        return replace(state, reason=Sentence(_AGAIN))
    steps = {
        Severity.NORMAL: _on_normal,
        Severity.TIGHTENED: _on_tightened,
        Severity.REDUCED: _on_reduced,
    }
    return steps[state.severity](state, lot)


def resume(state: SwitchState) -> SwitchState:
    """After a stop and an improvement of the work: tightened, with nothing counted yet.

    >>> resume(SwitchState(Severity.TIGHTENED, rejected=5, discontinued=True)).severity.value
    'tightened'
    """
    return _fresh(state, Severity.TIGHTENED, Sentence(_RESUMED))


def score_gain(plan: Plan | StagedPlan, found: int, stage: int = 1) -> int:
    """What a lot on normal inspection adds to the switching score; 0 sets the score back to 0.

    `found` are its defective items, and `stage` the sample (counted from 1) after which it was accepted.

    >>> from guiju.stats.acceptance.single import single_plan
    >>> plan = single_plan(1200, "1.0")
    >>> [score_gain(plan, found) for found in (0, 1, 2, 3)]
    [3, 3, 0, 0]
    """
    kind = plan.kind if isinstance(plan, StagedPlan) else PlanType.SINGLE
    accept = plan.stages[stage - 1].accept
    if accept is None or found > accept:
        return 0
    if kind is not PlanType.SINGLE:
        return 3 if stage <= _EARLY_STAGES[kind] else 0
    if accept <= 1:
        return 2
    return 3 if found <= tighter_accept(accept) else 0


def tighter_accept(accept: int) -> int:
    """The acceptance number of a single normal plan one AQL tighter, in the same row, for `accept` of 2 or more.

    >>> [tighter_accept(number) for number in (2, 3, 5, 21)]
    [1, 2, 3, 14]
    """
    return _TIGHTER[accept]


_TIGHTER: Mapping[int, int] = {2: 1, 3: 2, 5: 3, 7: 5, 10: 7, 14: 10, 21: 14, 30: 21, 44: 30}
_EARLY_STAGES: Mapping[PlanType, int] = {PlanType.DOUBLE: 1, PlanType.MULTIPLE: 3}


def _on_normal(state: SwitchState, lot: LotResult) -> SwitchState:
    recent = (*state.recent, lot.accepted)[-WINDOW:]
    rejected = recent.count(False)
    if rejected >= REJECTED_TO_TIGHTEN:
        said = Sentence(_TIGHTEN, {"rejected": rejected, "lots": len(recent)})
        return _fresh(state, Severity.TIGHTENED, said)
    score = state.score + lot.gain if lot.accepted and lot.gain else 0
    if state.reduced_wanted and lot.steady and score >= SCORE_TO_REDUCE:
        return _fresh(state, Severity.REDUCED, Sentence(_REDUCE, {"score": score}))
    return replace(state, recent=recent, score=score, reason=Sentence(_STAYS))


def _on_tightened(state: SwitchState, lot: LotResult) -> SwitchState:
    run = state.run + 1 if lot.accepted else 0
    rejected = state.rejected + (not lot.accepted)
    if run >= ACCEPTED_TO_RELAX:
        return _fresh(state, Severity.NORMAL, Sentence(_RELAX, {"accepted": run}))
    stops = rejected >= REJECTED_TO_STOP
    said = Sentence(_STOP, {"rejected": rejected}) if stops else Sentence(_STAYS)
    return replace(state, run=run, rejected=rejected, discontinued=stops, reason=said)


def _on_reduced(state: SwitchState, lot: LotResult) -> SwitchState:
    if not lot.accepted:
        return _fresh(state, Severity.NORMAL, Sentence(_REJECTED_REDUCED))
    if lot.gap:
        return _fresh(state, Severity.NORMAL, Sentence(_GAP))
    if not lot.steady:
        return _fresh(state, Severity.NORMAL, Sentence(_UNSTEADY))
    return replace(state, reason=Sentence(_STAYS))


def _fresh(state: SwitchState, severity: Severity, said: Sentence) -> SwitchState:
    return SwitchState(severity, reduced_wanted=state.reduced_wanted, reason=said)
