"""The majority: for each field what its kind's own merge says; a tie in any field leaves the item to a person."""

from collections.abc import Mapping, Sequence

from guiju.consensus.model import Decided, Said
from guiju.kinds import Answer, FieldShape, decode_answers, merge_annotations


def decide_by_majority(answers: Sequence[Mapping[str, Answer]]) -> Decided | None:
    """One answer for every field and the smallest confidence among them, or `None` at a tie."""
    found = merge_annotations(answers)
    return found and Decided(found.answer, found.confidence)


def majority(
    _fields: Sequence[FieldShape], said: Mapping[int, Sequence[Said]], _merge: str = ""
) -> dict[int, Decided | None]:
    """Each item by itself. Equal sets of answers are decided once: a crowd on five labels says few different things."""
    known: dict[str, dict[str, Answer]] = {}
    decided: dict[tuple[str, ...], Decided | None] = {}
    found: dict[int, Decided | None] = {}
    for item_id in sorted(said):
        key = tuple(sorted(one.answers for one in said[item_id]))
        if key not in decided:
            decided[key] = decide_by_majority([_decoded(raw, known) for raw in key])
        found[item_id] = decided[key]
    return found


def _decoded(raw: str, known: dict[str, dict[str, Answer]]) -> dict[str, Answer]:
    if raw not in known:
        known[raw] = decode_answers(raw)
    return known[raw]
