"""Decisions about disputes."""

from collections.abc import Sequence

from guiju.inspection.disputes.errors import DisputeEmpty, NothingToDispute, RejectionStands
from guiju.inspection.errors import LotNotRejected
from guiju.inspection.model import Lot, LotState, Outcome, SampleItem, Verdict
from guiju.inspection.plans.rules import standing_of
from guiju.inspection.rules import judged_of, tally

REASON_CHARACTERS = 2_000


def clean_reason(text: str) -> str:
    """Raises `DisputeEmpty`."""
    said = text.strip()[:REASON_CHARACTERS]
    if not said:
        raise DisputeEmpty
    return said


def defect_of(place: SampleItem | None) -> Verdict:
    """The verdict that can be disputed. Raises `NothingToDispute`."""
    if place is None or place.verdict is None or place.verdict.finding.outcome is not Outcome.DEFECT:
        raise NothingToDispute
    return place.verdict


def would_stand(lot: Lot, sample: Sequence[SampleItem]) -> bool:
    """Whether the verdicts as they are now would still reject the lot."""
    return standing_of(lot.plan, judged_of(sample)).rejects


def check_reopening(lot: Lot, sample: Sequence[SampleItem]) -> None:
    """A rejection that withdrawn defects no longer carry. Raises `LotNotRejected`, `RejectionStands`."""
    if lot.state is not LotState.REJECTED:
        raise LotNotRejected(number=lot.number)
    if would_stand(lot, sample):
        raise RejectionStands(number=lot.number, defective=tally(sample).defective, accept=lot.plan.accept)
