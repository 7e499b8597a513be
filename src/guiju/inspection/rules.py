"""Decisions of inspection: how strict, which plan, what the sample says of the lot."""

from collections import Counter
from collections.abc import Iterable

from guiju.inspection.errors import DefectIncomplete, LotDecided, SampleNotJudged
from guiju.inspection.model import (
    DEFECTS_OF_KIND,
    Curve,
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
from guiju.stats.acceptance.single import LotDecision, Plan, acceptance_of, decide_lot, oc_curve
from guiju.stats.intervals import wilson

RISK_AT = (1, 2, 5, 10)


def tally_of(n: int, judged: int, defective: int) -> Tally:
    return Tally(n, judged, defective, wilson(defective, judged))


def tally(sample: Iterable[SampleItem]) -> Tally:
    """Defective *items* are counted; what is wrong with them is in `count_defects`."""
    places = list(sample)
    found = [place.verdict.finding.outcome for place in places if place.verdict]
    return tally_of(len(places), len(found), found.count(Outcome.DEFECT))


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


def decide(plan: Plan, found: Tally) -> LotDecision:
    """Accept or reject. Early only to reject, once no further verdict can change it. Raises `SampleNotJudged`."""
    if found.left and found.defective < plan.reject:
        raise SampleNotJudged(left=found.left, n=found.n, reject=plan.reject)
    return decide_lot(plan, found.defective)


def reason_of(decision: LotDecision) -> Reason:
    return Reason(decision.reason, dict(decision.details))


def can_be_decided(plan: Plan, found: Tally) -> bool:
    return not found.left or found.defective >= plan.reject


def risks_of(plan: Plan) -> list[Risk]:
    """How probably the plan accepts a lot as bad as its AQL, and twice, five and ten times as bad."""
    shares = dict.fromkeys(min(1.0, float(plan.aql) * times / 100) for times in RISK_AT)
    return [Risk(share, acceptance_of(plan, share)) for share in shares]


def curve_of(plan: Plan) -> Curve:
    """The operating characteristic as a picture draws it: `points` in hundredths of its width and height."""
    points = oc_curve(plan)
    last = points[-1].share or 1.0
    line = " ".join(f"{point.share / last * 100:.1f},{(1 - point.accepted) * 100:.1f}" for point in points)
    aql = min(1.0, float(plan.aql) / 100)
    return Curve(line, last, aql / last * 100 if aql <= last else None, acceptance_of(plan, aql))
