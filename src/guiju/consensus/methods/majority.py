"""The majority: for each field what its kind's own merge says; a tie in any field leaves the item to a person."""

from collections.abc import Mapping, Sequence

from guiju.consensus.model import Decided
from guiju.kinds import Answer, kind_of


def decide_by_majority(answers: Sequence[Mapping[str, Answer]]) -> Decided | None:
    """One answer for every field and the smallest confidence among them, or `None` at a tie."""
    merged: dict[str, Answer] = {}
    confidence = 1.0
    for field in sorted({field for one in answers for field in one}):
        found = [one[field] for one in answers if field in one]
        result = kind_of(found[0]).merge(found)
        if result is None:
            return None
        merged[field] = result.answer
        confidence = min(confidence, result.confidence)
    return Decided(merged, confidence)
