"""What of a rulebook is asked of one item: which fields, of which parts, given what was answered so far.

A condition (`when`) reads the fields above its own: a single choice as the label, a rating as its number (not a number
while there is none), anything else as the labels that were used. A field that is not asked counts as unanswered, so
conditions follow from one another down the page and can never go in a circle.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Any, Literal, TypeAlias

from guiju.kinds.choice.shape import ChoiceOptions
from guiju.kinds.each.shape import Each, turn_keys
from guiju.kinds.model import ITEM, TURN, AnyKind, FieldShape, ItemShape
from guiju.kinds.registry import Answer, get_kind, kind_of

Told: TypeAlias = Literal["text", "texts", "number"]
"""What a condition reads of a field: a label, several labels, or a number."""

PART_TOLD: Mapping[bool, Mapping[str, Told]] = {True: {"speaker": "text", "turn": "number"}, False: {"label": "text"}}
"""What is told of a part: of a turn (`True`) who speaks and its number, of a thing marked its label."""


def told_of(field: FieldShape, *, per_part: bool = False) -> Told | None:
    """What a condition reads of a field's answer; `None` where there is nothing that it could compare.

    `per_part`: read by another field of the same target, part by part.
    """
    kind = get_kind(field.kind)
    several = field.target != ITEM and not per_part
    if kind.asks.get("value") == "number":
        return None if several else "number"
    if field.kind == "choice" and not field.option(ChoiceOptions).multiple:
        return "texts" if several else "text"
    return "texts" if kind.labelled else None


def leans_on(field: FieldShape) -> str | None:
    """The field that this one can only be answered beside: where that is not asked, neither is this."""
    leans = get_kind(field.kind).leans
    return leans.of(field) if leans else None


def value_of(field: FieldShape, answer: Answer | None, *, per_part: bool = False) -> Any:
    """The value that a condition reads. Of no answer, or one of another kind: no label, no labels, not a number."""
    told = told_of(field, per_part=per_part)
    wanted = Each if field.target != ITEM and not per_part else get_kind(field.kind).answer_type
    if not isinstance(answer, wanted):
        answer = None
    if told == "number":
        value = None if answer is None else kind_of(answer).value(answer)
        return nan if value is None else value
    labels = [] if answer is None else sorted(kind_of(answer).labels_of(answer))
    if told == "text":
        return labels[0] if labels else ""
    return frozenset(labels)


@dataclass(frozen=True, slots=True)
class PartAsked:
    """One part of an item: its id, and what conditions and checks can read of it."""

    id: str
    told: Mapping[str, Any]


@dataclass(slots=True)
class Asking:
    """What is asked, field by field in the rulebook's order.

    `fields` are those asked of the whole item; `parts` the parts of which a field is asked, for all others; `there`
    all parts that a target has.
    """

    fields: set[str] = field(default_factory=set[str])
    parts: dict[str, list[PartAsked]] = field(default_factory=dict[str, list[PartAsked]])
    there: dict[str, list[PartAsked]] = field(default_factory=dict[str, list[PartAsked]])

    def is_asked(self, asked: FieldShape) -> bool:
        return asked.id in self.fields or bool(self.parts.get(asked.id))


def find_asked(answers: Mapping[str, Answer], fields: Sequence[FieldShape], item: ItemShape) -> Asking:
    """What the rulebook asks of this item, given these answers."""
    asking = Asking()
    kept: dict[str, Answer] = {}
    for number, one in enumerate(fields):
        above = fields[:number]
        if one.target == ITEM:
            if leans_on(one) in {None, *asking.fields} and (one.when is None or one.when(_told_of_item(above, kept))):
                asking.fields.add(one.id)
        else:
            if one.target not in asking.there:
                asking.there[one.target] = list(parts_of(one.target, kept, item))
            asking.parts[one.id] = _parts_asked(one, above, kept, asking.there[one.target])
        answer = answers.get(one.id)
        if answer is not None and asking.is_asked(one):
            kept[one.id] = _share_asked(answer, asking.parts.get(one.id))
    return asking


def put_away(answers: Mapping[str, Answer], fields: Sequence[FieldShape], item: ItemShape) -> dict[str, Answer]:
    """The answers without those that are not asked."""
    asking = find_asked(answers, fields, item)
    known = {one.id: one for one in fields}
    left: dict[str, Answer] = {}
    for name, answer in answers.items():
        if name not in known:
            left[name] = answer
        elif asking.is_asked(known[name]):
            left[name] = _share_asked(answer, asking.parts.get(name))
    return left


def _share_asked(answer: Answer, parts: Sequence[PartAsked] | None) -> Answer:
    if parts is None or not isinstance(answer, Each):
        return answer
    asked = {part.id for part in parts}
    return Each(answer.of, {part: one for part, one in answer.answers.items() if part in asked})


def _parts_asked(
    one: FieldShape, above: Sequence[FieldShape], answers: Mapping[str, Answer], parts: list[PartAsked]
) -> list[PartAsked]:
    if one.when is None or not parts:
        return parts
    whole = _told_of_item(above, answers)
    siblings = [other for other in above if other.target == one.target]
    return [part for part in parts if one.when({**whole, **_told_of_part(part, siblings, answers)})]


def parts_of(target: str, answers: Mapping[str, Answer], item: ItemShape) -> Iterator[PartAsked]:
    """The parts that a target has on this item, in their order."""
    if target == TURN:
        speakers = item.speakers or ("",) * item.parts
        for number, key in enumerate(turn_keys(item), 1):
            speaker = speakers[number - 1] if number <= len(speakers) else ""
            yield PartAsked(key, {"speaker": speaker, "turn": float(number)})
        return
    parent = answers.get(target)
    if parent is not None:
        kind: AnyKind = kind_of(parent)
        yield from (PartAsked(part.id, {"label": part.label}) for part in kind.parts(parent))


def _told_of_item(above: Sequence[FieldShape], answers: Mapping[str, Answer]) -> dict[str, Any]:
    return {one.id: value_of(one, answers.get(one.id)) for one in above if told_of(one) is not None}


def _told_of_part(part: PartAsked, siblings: Sequence[FieldShape], answers: Mapping[str, Answer]) -> dict[str, Any]:
    own = {
        one.id: value_of(one, _of_part(answers.get(one.id), part.id), per_part=True)
        for one in siblings
        if told_of(one, per_part=True) is not None
    }
    return {**own, **part.told}


def _of_part(answer: Answer | None, part: str) -> Answer | None:
    return answer.answers.get(part) if isinstance(answer, Each) else None


def told_of_answer(asked: FieldShape, answer: Answer, part: PartAsked) -> dict[str, Any]:
    """What a check of a field that is asked of parts can read beside its kind's own variables."""
    own = {} if told_of(asked, per_part=True) is None else {asked.id: value_of(asked, answer, per_part=True)}
    return {**own, **part.told}
