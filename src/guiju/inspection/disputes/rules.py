"""Decisions about disputes."""

from guiju.inspection.disputes.errors import DisputeEmpty, NothingToDispute, RejectionStands
from guiju.inspection.errors import LotNotRejected
from guiju.inspection.model import Lot, LotState, Outcome, SampleItem, Tally, Verdict

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


def would_stand(lot: Lot, found: Tally) -> bool:
    """Whether the verdicts as they are now would still reject the lot."""
    return found.defective >= lot.plan.reject


def check_reopening(lot: Lot, found: Tally) -> None:
    """A rejection that withdrawn defects no longer carry. Raises `LotNotRejected`, `RejectionStands`."""
    if lot.state is not LotState.REJECTED:
        raise LotNotRejected(number=lot.number)
    if would_stand(lot, found):
        raise RejectionStands(number=lot.number, defective=found.defective, accept=lot.plan.accept)
