"""Decisions of inspection: how strict, which plan, what the sample says of the lot."""

from collections import Counter
from collections.abc import Iterable

from guiju.inspection.errors import DefectIncomplete, LotDecided, SampleNotJudged
from guiju.inspection.model import (
    DEFECTS_OF_KIND,
    Decision,
    DefectCount,
    DefectType,
    Finding,
    Lot,
    LotState,
    Outcome,
    Reason,
    Risk,
    SampleItem,
    Tally,
    Verdict,
    Weight,
)
from guiju.inspection.plans.model import LotPlan, Standing, StandingLimit
from guiju.inspection.plans.rules import Judged
from guiju.inspection.plans.telling import chances_of, good_share
from guiju.kit import N_
from guiju.stats.acceptance.stages import Step
from guiju.stats.intervals import wilson

RISK_AT = (1, 2, 5, 10)
_ACCEPTED = N_("{defects} defective of {n} inspected: the plan accepts up to {accept}.")
_ACCEPTED_EACH = N_("{defects} defective of {n} inspected, and each severity keeps to its own number.")
_GAP = N_(
    "{defects} defective of {n} inspected: more than {accept} and fewer than {reject}. "
    "The lot is accepted and inspection returns to normal."
)
_REJECTED = N_("{defects} defective of {n} inspected: the plan rejects from {reject}.")
_REJECTED_CRITICAL = N_("{defects} critically defective of {n} inspected: the plan rejects from {reject}.")
_REJECTED_MINOR = N_("{defects} with minor defects of {n} inspected: the plan rejects from {reject}.")


def tally_of(n: int, judged: int, defective: int) -> Tally:
    return Tally(n, judged, defective, wilson(defective, judged))


def tally(sample: Iterable[SampleItem], n: int | None = None) -> Tally:
    """Defective *items* are counted; what is wrong with them is in `count_defects`. `n` are to be looked at."""
    places = list(sample)
    found = [place.verdict.finding.outcome for place in places if place.verdict]
    return tally_of(len(places) if n is None else n, len(found), found.count(Outcome.DEFECT))


def count_defects(sample: Iterable[SampleItem]) -> list[DefectCount]:
    """Defects by type, clause and severity, the most frequent first."""
    counted = Counter(_cause(place.verdict) for place in sample if place.verdict and _is_defect(place.verdict))
    rows = [DefectCount(kind, clause, weight, count) for (kind, clause, weight), count in counted.items()]
    return sorted(rows, key=lambda row: (-row.count, row.defect_type, row.clause or "", row.severity))


def _is_defect(verdict: Verdict) -> bool:
    return verdict.finding.outcome is Outcome.DEFECT


def _cause(verdict: Verdict) -> tuple[DefectType, str | None, Weight]:
    finding = verdict.finding
    assert finding.defect_type is not None  # `check_finding` saw to it
    assert finding.severity is not None
    return finding.defect_type, finding.clause, finding.severity


def check_finding(finding: Finding, kinds: Iterable[str]) -> None:
    """A defect says what and how bad, in the words of the answer's kinds. Raises `DefectIncomplete`."""
    if finding.outcome is Outcome.PASS:
        return
    known = defect_types(kinds)
    if finding.defect_type not in known:
        raise DefectIncomplete(missing="type", known=", ".join(known))
    if finding.severity is None:
        raise DefectIncomplete(missing="severity", known=", ".join(Weight))


def defect_types(kinds: Iterable[str]) -> list[DefectType]:
    """What can be wrong with answers of these kinds, each once."""
    return list(dict.fromkeys(kind for name in kinds for kind in DEFECTS_OF_KIND.get(name, tuple(DefectType))))


def check_undecided(lot: Lot) -> None:
    """Raises `LotDecided`."""
    if lot.state is not LotState.INSPECTING:
        raise LotDecided(number=lot.number, state=lot.state.value)


def judged_of(sample: Iterable[SampleItem]) -> list[Judged]:
    """The judged places as plans read them."""
    return [
        Judged(each.place, each.verdict.finding.severity if _is_defect(each.verdict) else None)
        for each in sample
        if each.verdict
    ]


def decide(plan: LotPlan, found: Standing) -> Decision:
    """Accept or reject, as soon as the plan can tell. Raises `SampleNotJudged`."""
    if not found.decided:
        raise SampleNotJudged(left=found.left, n=found.look_at, reject=found.limits[0].reject)
    return Decision(not found.rejects, _reason(plan, found))


def _reason(plan: LotPlan, found: Standing) -> Reason:
    one = found.deciding
    n = one.limit.ends[found.stage - 1] if len(one.limit.stages) >= found.stage else found.look_at
    counts = {"defects": one.found, "n": n, "accept": one.accept or 0, "reject": one.reject}
    if found.rejects:
        return Reason(_rejected(plan, one), counts)
    if found.step is Step.ACCEPT_AND_RETURN_TO_NORMAL:
        return Reason(_GAP, counts)
    return Reason(_ACCEPTED_EACH if sum(bool(limit.stages) for limit in plan.limits) > 1 else _ACCEPTED, counts)


def _rejected(plan: LotPlan, one: StandingLimit) -> str:
    """The sentence for the severity that rejects the lot."""
    if one.limit is plan.main:
        return _REJECTED
    return _REJECTED_CRITICAL if Weight.CRITICAL in one.limit.weights else _REJECTED_MINOR


def risks_of(plan: LotPlan) -> list[Risk]:
    """How probably the plan accepts a lot of its good quality, and twice, five and ten times as bad."""
    shares = list(dict.fromkeys(min(1.0, good_share(plan) * times) for times in RISK_AT))
    return [Risk(share, accepted) for share, accepted in zip(shares, chances_of(plan, shares), strict=True)]
