"""The methods that learn from the whole round who can be relied on, for fields with one label to choose.

Every such field is fitted by itself (`guiju.stats.consensus.methods`); all others are merged by their kind, as the
majority does. The confidence of an item is the smallest among its fields.
"""

from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

from guiju.consensus.methods.majority import majority
from guiju.consensus.methods.merging import MERGES, OWN, Decide, Given
from guiju.consensus.model import Decided, Method, Said
from guiju.kinds import Answer, Choice, FieldShape, decode_answers
from guiju.work.overlap import chooses_one

if TYPE_CHECKING:
    from guiju.stats.columns import Columns

NOT_ASKED = ""
Answered = Mapping[int, Sequence[tuple[int, Mapping[str, Answer]]]]


def fitted(name: str) -> Method:
    """The method of that name in `guiju.stats.consensus.methods`."""

    def decide(
        fields: Sequence[FieldShape], said: Mapping[int, Sequence[Said]], merge: str = OWN
    ) -> dict[int, Decided | None]:
        if name == "majority" and merge == OWN:
            return majority(fields, said)
        answered = read_answers(said)
        found = {field.id: _fit(name, field, answered) for field in fields if chooses_one(field)}
        by = MERGES[merge](rest_of(answered, found))
        return {item_id: _decide(item_id, answers, found, by) for item_id, answers in answered.items()}

    return decide


def read_answers(said: Mapping[int, Sequence[Said]]) -> dict[int, list[tuple[int, dict[str, Answer]]]]:
    """Decoded; equal answers are decoded once."""
    known: dict[str, dict[str, Answer]] = {}
    for given in said.values():
        known.update({one.answers: decode_answers(one.answers) for one in given if one.answers not in known})
    return {item: [(one.annotator_id, known[one.answers]) for one in given] for item, given in sorted(said.items())}


def columns_of(field: FieldShape, answered: Answered) -> "Columns":
    """Item, annotator, label; who was not asked, or left the field open, said `NOT_ASKED`."""
    from guiju.stats.columns import encode  # noqa: PLC0415 - NumPy, only where somebody resolves by more than votes

    rows = [(item, who, label_of(answers.get(field.id))) for item, given in answered.items() for who, answers in given]
    items, people, labels = zip(*rows, strict=True)
    return encode(list(items), list(people), list(labels))


def label_of(answer: Answer | None) -> str:
    return answer.labels[0] if isinstance(answer, Choice) and answer.labels else NOT_ASKED


def _fit(name: str, field: FieldShape, answered: Answered) -> dict[int, tuple[str | None, float]]:
    from guiju.stats.consensus.methods import get_method  # noqa: PLC0415 - NumPy

    columns = columns_of(field, answered)
    if len(columns.labels) == 1:  # everybody says the same: there is nothing to learn
        return dict.fromkeys(answered, (str(columns.labels[0]), 1.0))
    rows = get_method(name).fit(columns, 0).rows()
    return {int(str(row.item)): (None if row.label is None else str(row.label), row.confidence or 0.0) for row in rows}


def rest_of(answered: Answered, labels: Container[str]) -> dict[int, Given]:
    """The answers without the fields that are decided by their labels."""
    return {item: _rest(given, labels) for item, given in answered.items()}


def _rest(given: Given, labels: Container[str]) -> Given:
    return [(who, {name: one for name, one in answers.items() if name not in labels}) for who, answers in given]


def _decide(
    item_id: int,
    given: Sequence[tuple[int, Mapping[str, Answer]]],
    found: Mapping[str, Mapping[int, tuple[str | None, float]]],
    by: Decide,
) -> Decided | None:
    labels = {name: by_item[item_id] for name, by_item in found.items()}
    if any(label is None for label, _ in labels.values()):
        return None
    merged = by(_rest(given, found))
    if merged is None:
        return None
    chosen: dict[str, Answer] = {name: Choice((label,)) for name, (label, _) in labels.items() if label}
    confidence = min([merged.confidence, *(p for _, p in labels.values())])
    return Decided({**merged.answers, **chosen}, confidence)
