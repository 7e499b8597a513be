"""Attributes of labels: fields that are asked of what carries a label, as `occluded` of each scratch."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from guiju.kinds import ITEM, TURN
from guiju.kit import N_
from guiju.rulebooks.model import Field, Label, Problem, Rulebook, Severity

CHOICE = "choice"


def with_carried(fields: Sequence[Field], labels: Sequence[Label]) -> tuple[Field, ...]:
    """The fields, those that labels have for attributes asked only of what carries such a label."""
    return tuple(replace(field, carried=_carried(field, fields, labels)) for field in fields)


def carrier_of(field: Field, label: str, fields: Sequence[Field]) -> Field | None:
    """What can carry `label` where `field` is asked: the marked things it is asked of, or a choice above it."""
    above = fields[: [one.id for one in fields].index(field.id)]
    if field.target not in {ITEM, TURN}:
        return next((one for one in above if one.id == field.target and label in one.labels), None)
    choices = (one for one in above if one.kind == CHOICE and one.target in {field.target, ITEM})
    return next((one for one in choices if label in one.labels), None)


def _carried(field: Field, fields: Sequence[Field], labels: Sequence[Label]) -> str | None:
    """As a condition in the grammar of checks; `None` where no label has it for an attribute."""
    mine = [label.id for label in labels if field.id in label.attributes]
    told = [(label, carrier_of(field, label, fields)) for label in mine]
    parts = [_said(json.dumps(label), field, carrier) for label, carrier in told if carrier is not None]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else f"({' || '.join(parts)})"


def _said(label: str, field: Field, carrier: Field) -> str:
    if field.target == carrier.id:
        return f"label == {label}"
    return f"{label} in {carrier.id}" if carrier.options.get("multiple") else f"{carrier.id} == {label}"


def attribute_problems(label: Label, rulebook: Rulebook) -> Iterator[Problem]:
    """An attribute is a field, and is asked of something that can carry the label."""
    known = {field.id: field for field in rulebook.fields}
    for name in label.attributes:
        details = {"label": label.id, "field": name[:60], "known": ", ".join(known)}
        if name not in known:
            said, ask = N_("Label “{label}” has an attribute “{field}”, which is no field."), N_("Fields are: {known}.")
            yield Problem("unknown-attribute", Severity.ERROR, said, ask, details, label.line)
        elif carrier_of(known[name], label.id, rulebook.fields) is None:
            said = N_(
                "Field “{field}” is an attribute of “{label}”, but nothing that it is asked of can carry that label."
            )
            ask = N_("Let its target be a field above it with this label, or put it below a choice that has the label.")
            yield Problem("attribute-of-nothing", Severity.ERROR, said, ask, details, label.line)
