"""The majority: for each field what its kind's own merge says; a tie in any field leaves the item to a person."""

from collections.abc import Mapping, Sequence

from guiju.consensus.model import Decided
from guiju.kinds import Answer, merge_annotations


def decide_by_majority(answers: Sequence[Mapping[str, Answer]]) -> Decided | None:
    """One answer for every field and the smallest confidence among them, or `None` at a tie."""
    found = merge_annotations(answers)
    return found and Decided(found.answer, found.confidence)
