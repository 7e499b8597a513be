"""What the answers of two rounds say about the change between them. Pure: answers in, figures out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from guiju.kinds import ITEM, FieldShape
from guiju.kit import N_, Words
from guiju.work.trial.model import Given
from guiju.work.trial.rounds.model import Comparison, FieldChange, LabelChange, Moved

LEAST_LABEL = 5
"""Items on which a label must have been given in each round for it to be compared."""
VERDICTS = {
    "better": N_("better"),
    "worse": N_("worse"),
    "unshown": N_("not shown"),
    "too-few": N_("too few items"),
}


def compare_fields(
    fields: Sequence[FieldShape], before: Sequence[Given], after: Sequence[Given]
) -> tuple[FieldChange, ...]:
    """The change of each field; `fields` are those that both rulebooks ask in the same way."""
    return tuple(_compare(field, before, after) for field in fields)


def _compare(field: FieldShape, before: Sequence[Given], after: Sequence[Given]) -> FieldChange:
    from guiju.work.trial.compare import agreement_of_field, agreement_of_parts  # noqa: PLC0415 - brings NumPy

    agreement = agreement_of_field if field.target == ITEM else agreement_of_parts
    old, new = agreement(field, before), agreement(field, after)
    labels = [
        LabelChange(label, _moved(old.labels[label], new.labels[label]))
        for label in field.labels
        if min(len(old.labels.get(label, ())), len(new.labels.get(label, ()))) >= LEAST_LABEL
    ]
    return FieldChange(field.id, _moved(old.items, new.items), old.alpha, new.alpha, _adjusted(labels))


def _moved(before: Mapping[int, float], after: Mapping[int, float]) -> Moved:
    from guiju.stats.agreement.change import compare_rounds  # noqa: PLC0415 - NumPy, which only a comparison needs

    found = compare_rounds(before, after)
    told = (found.before, found.after, found.difference, found.low, found.high, found.p, found.meaning)
    return Moved(found.verdict.value, found.paired, found.n_before, found.n_after, *told)


def _adjusted(labels: Sequence[LabelChange]) -> tuple[LabelChange, ...]:
    """With p adjusted together: of twenty labels one would look changed by chance."""
    from guiju.stats.agreement.change import ALPHA, adjusted  # noqa: PLC0415 - NumPy, which only a comparison needs

    told = [one for one in labels if one.moved.p is not None]
    found = [
        replace(one, moved=replace(one.moved, p=p, verdict=one.moved.verdict if p <= ALPHA else "unshown"))
        for one, p in zip(told, adjusted([one.moved.p or 0.0 for one in told]), strict=True)
    ]
    rest = [one for one in labels if one.moved.p is None]
    return tuple(sorted(found, key=lambda one: (-abs(one.moved.difference or 0.0), one.label))) + tuple(rest)


def describe_comparison(found: Comparison, words: Words, name_of: Callable[[str], str] = str) -> dict[str, Any]:
    """The comparison as JSON, with what it means in words."""
    shown: dict[str, Any] = msgspec.to_builtins(found)
    for field, told in zip(found.fields, shown["fields"], strict=True):
        told["moved"]["meaning"] = _said(field.moved, words)
        for line, label in zip(field.labels, told["labels"], strict=True):
            label["name"] = name_of(line.label)
            label["moved"]["meaning"] = _said(line.moved, words)
    return shown


def _said(moved: Moved, words: Words) -> list[str]:
    return [sentence.spoken(words) for sentence in moved.meaning]
