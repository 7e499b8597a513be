"""A whole annotation against what the rulebook asks: each field there, of its kind, and right in itself."""

from collections.abc import Mapping, Sequence

from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import field_missing, unknown_field, wrong_kind, wrong_media
from guiju.kinds.registry import Answer, get_kind, kind_of


def check_answers(answers: Mapping[str, Answer], fields: Sequence[FieldShape], item: ItemShape) -> list[Problem]:
    """Every problem of an annotation, in the order of the fields; none means that it may be stored."""
    known = {field.id for field in fields}
    problems = [unknown_field(field=field) for field in answers if field not in known]
    for field in fields:
        problems += _check_field(answers.get(field.id), field, item)
    return problems


def normalise_answers(answers: Mapping[str, Answer], fields: Sequence[FieldShape]) -> dict[str, Answer]:
    """Each answer ordered as the rulebook orders it; what no field asks for, or in another kind, stays as it is."""
    by_id = {field.id: field for field in fields}
    return {name: _normalise(answer, by_id.get(name)) for name, answer in answers.items()}


def _normalise(answer: Answer, field: FieldShape | None) -> Answer:
    kind = kind_of(answer)
    return kind.normalise(answer, field) if field is not None and field.kind == kind.name else answer


def _check_field(answer: Answer | None, field: FieldShape, item: ItemShape) -> list[Problem]:
    if answer is None:
        return [field_missing(field=field.id)] if field.required else []
    kind = kind_of(answer)
    if kind is not get_kind(field.kind):
        return [wrong_kind(field=field.id, expected=field.kind, given=kind.name)]
    if item.media not in kind.media:
        return [wrong_media(field=field.id, given=kind.name, media=item.media)]
    return kind.check(answer, field, item)
