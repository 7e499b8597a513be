"""Decisions of the customer's acceptance: how large the sample, what it can show, what may be signed. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from guiju.inspection.acceptance.errors import (
    ConditionIncomplete,
    ConditionsMissing,
    ReturnReasonMissing,
    SampleTooLarge,
    SampleUnclear,
    SignerNameMissing,
)
from guiju.inspection.acceptance.model import (
    CauseCount,
    Counted,
    Decision,
    LotOffered,
    Promise,
    Sizing,
    VersionUsed,
)
from guiju.inspection.model import DefectCount, LotRow, Tally
from guiju.kit import N_, Sentence, digest
from guiju.stats.acceptance.chances import Lot
from guiju.stats.intervals import Interval, share_difference, upper_bound, wilson, zero_defect_n

CONFIDENCE = 0.95
SHARES = (0.01, 0.02, 0.05, 0.1)
TEXT_CHARACTERS = 2_000
NAME_CHARACTERS = 120

_PROVES = N_(
    "{n} of {items} items are looked at. If none of them is defective, at most {share} of all are, with 95% confidence."
)
_CHANCE = N_("With {share} of the items defective, at least one of them is seen with probability {chance}.")
_ALL = N_("All {items} items are looked at: nothing is left to chance.")
_NONE = N_("No item is looked at: you would sign on the figures of our own inspection alone.")

_NOT_COMPARED = N_("There is nothing to compare yet: both inspections must have judged something.")
_EQUAL = N_(
    "Yours found {theirs} defective, ours {ours}. The difference of {points} percentage points (95% interval {low} to "
    "{high}) may be chance."
)
_WORSE = N_(
    "Yours found {theirs} defective, ours {ours}: {points} percentage points more (95% interval {low} to {high}), more "
    "than chance explains. The two inspections do not judge alike, or our samples missed something."
)
_BETTER = N_(
    "Yours found {theirs} defective, ours {ours}: {points} percentage points fewer (95% interval {low} to {high}), "
    "more than chance explains. Our inspection judges more strictly than yours."
)


def size_of_sample(sizing: Sizing, items: int) -> int:
    """How many items the customer's sample takes. Raises `SampleUnclear`, `SampleTooLarge`, `ClaimImpossible`."""
    if (sizing.n is None) == (sizing.share is None):
        raise SampleUnclear
    if sizing.share is not None:
        if not 0.001 <= sizing.share <= 0.5:
            raise SampleUnclear
        return zero_defect_n(sizing.share, 0, CONFIDENCE, items)
    n = sizing.n or 0
    if n < 0:
        raise SampleUnclear
    if n > items:
        raise SampleTooLarge(n=n, items=items)
    return n


def risks_of_sample(n: int, items: int) -> list[Sentence]:
    """What a sample of `n` can show of `items`, in words."""
    if n == 0:
        return [Sentence(_NONE)]
    if n >= items:
        return [Sentence(_ALL, {"items": f"{items:,}"})]
    places = {"n": f"{n:,}", "items": f"{items:,}", "share": _percent(upper_bound(0, n, CONFIDENCE, items))}
    seen = [(share, 1 - Lot(round(share * items), items).at_most(0, n)) for share in SHARES if round(share * items)]
    chances = [Sentence(_CHANCE, {"share": _percent(share), "chance": _percent(chance)}) for share, chance in seen]
    return [Sentence(_PROVES, places), *chances]


def _percent(share: float) -> str:
    return f"{share:.1%}"


def counted(judged: int, defective: int) -> Counted:
    low, high = wilson(defective, judged)
    return Counted(judged, defective, round(low, 6), round(high, 6))


def sum_ours(rows: Iterable[LotRow]) -> Counted:
    """What our own inspection found in the lots together, as they were decided."""
    tallies = [row.tally for row in rows]
    return counted(sum(one.judged for one in tallies), sum(one.defective for one in tallies))


def theirs_of(found: Tally) -> Counted:
    return counted(found.judged, found.defective)


def compare(ours: Counted, theirs: Counted) -> Sentence:
    """The difference of both inspections in words: the customer's less ours."""
    if not (ours.judged and theirs.judged):
        return Sentence(_NOT_COMPARED)
    interval: Interval = share_difference((theirs.defective, theirs.judged), (ours.defective, ours.judged))
    ours_rate, theirs_rate = ours.defective / ours.judged, theirs.defective / theirs.judged
    gap = theirs_rate - ours_rate
    said = _WORSE if interval.low > 0 else _BETTER if interval.high < 0 else _EQUAL
    places = {
        "ours": _percent(ours_rate),
        "theirs": _percent(theirs_rate),
        "points": f"{abs(gap) * 100:.1f}",
        "low": f"{interval.low * 100:+.1f}",
        "high": f"{interval.high * 100:+.1f}",
    }
    return Sentence(said, places)


def compare_causes(ours: Iterable[DefectCount], theirs: Iterable[DefectCount]) -> list[CauseCount]:
    """Defects by type and clause in both samples, the customer's most frequent first."""
    own, others = _by_cause(ours), _by_cause(theirs)
    rows = [CauseCount(kind, clause, own[kind, clause], others[kind, clause]) for kind, clause in {**own, **others}]
    return sorted(rows, key=lambda row: (-row.theirs, -row.ours, row.defect_type, row.clause or ""))


def _by_cause(rows: Iterable[DefectCount]) -> Counter[tuple[str, str | None]]:
    found = Counter[tuple[str, str | None]]()
    for row in rows:
        found[row.defect_type.value, row.clause] += row.count
    return found


def mark_of(content: str, lots: Sequence[LotOffered], rulebooks: Sequence[VersionUsed], theirs: Counted) -> str:
    """The digest of everything that a page shows of an acceptance and that is about to be signed."""
    return digest([content, lots, rulebooks, theirs])


def clean_name(name: str) -> str:
    """Raises `SignerNameMissing`."""
    said = " ".join(name.split())[:NAME_CHARACTERS]
    if not said:
        raise SignerNameMissing
    return said


def clean_text(text: str) -> str:
    return text.strip()[:TEXT_CHARACTERS]


def check_promises(decision: Decision, promises: Sequence[Promise], today: date) -> None:
    """Conditions are there if, and only if, it is accepted with them, and can still be met.

    Raises `ConditionsMissing`, `ConditionIncomplete`.
    """
    if (decision is Decision.CONDITIONS) != bool(promises):
        raise ConditionsMissing
    for number, each in enumerate(promises, 1):
        if not each.text or each.due < today:
            raise ConditionIncomplete(number=number)


def check_reason(decision: Decision, reason: str) -> None:
    """Raises `ReturnReasonMissing`."""
    if decision is Decision.RETURN and not reason:
        raise ReturnReasonMissing
