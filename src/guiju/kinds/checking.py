"""A whole annotation against what the rulebook asks: each field there, of its kind, and right in itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from guiju.kinds.asking import Asking, PartAsked, find_asked
from guiju.kinds.each.shape import Each
from guiju.kinds.model import ITEM, TURN, FieldShape, ItemShape, Problem
from guiju.kinds.problems import (
    field_missing,
    no_such_part,
    not_asked,
    part_not_asked,
    parts_missing,
    unknown_field,
    wrong_kind,
    wrong_media,
    wrong_parts,
)
from guiju.kinds.registry import Answer, Plain, get_kind, kind_of


def check_answers(answers: Mapping[str, Answer], fields: Sequence[FieldShape], item: ItemShape) -> list[Problem]:
    """Every problem of an annotation, in the order of the fields; none means that it may be stored."""
    known = {field.id for field in fields}
    problems = [unknown_field(field=field) for field in answers if field not in known]
    asking = find_asked(answers, fields, item)
    answers = resolve_answers(answers, fields)
    for field in fields:
        check = _check_field if field.target == ITEM else _check_parts
        found = check(answers.get(field.id), field, item, asking)
        problems += found or _check_beside(field, answers, asking)
    return problems


def _check_beside(field: FieldShape, answers: Mapping[str, Answer], asking: Asking) -> list[Problem]:
    """What is wrong with an answer that is right in itself, beside the field that it leans on."""
    answer, leans = answers.get(field.id), get_kind(field.kind).leans
    if leans is None or answer is None or field.id not in asking.fields or kind_of(answer).name != field.kind:
        return []
    return leans.check(answer, field, answers.get(leans.of(field)))


def resolve_answers(answers: Mapping[str, Answer], fields: Sequence[FieldShape]) -> dict[str, Answer]:
    """The answers with what each reads in another written into it anew: what was sent of that is never trusted."""
    resolved = dict(answers)
    for field in fields:
        answer, leans = answers.get(field.id), get_kind(field.kind).leans
        if leans is not None and answer is not None and kind_of(answer).name == field.kind:
            resolved[field.id] = leans.resolve(answer, field, answers.get(leans.of(field)))
    return resolved


def normalise_answers(answers: Mapping[str, Answer], fields: Sequence[FieldShape]) -> dict[str, Answer]:
    """Each answer resolved, and ordered as the rulebook orders it; what no field asks for, or in another kind, stays.

    Answers for each part of which there are none are left out: a field nobody answered is absent.
    """
    by_id = {field.id: field for field in fields}
    normal = {name: _normalise(answer, by_id.get(name)) for name, answer in resolve_answers(answers, fields).items()}
    return {name: answer for name, answer in normal.items() if not isinstance(answer, Each) or answer.answers}


def _normalise(answer: Answer, field: FieldShape | None) -> Answer:
    kind = kind_of(answer)
    if field is None or not (isinstance(answer, Each) or field.kind == kind.name):
        return answer
    return kind.normalise(answer, field)


def _check_field(answer: Answer | None, field: FieldShape, item: ItemShape, asking: Asking) -> list[Problem]:
    is_asked = field.id in asking.fields
    if answer is None:
        return [field_missing(field=field.id)] if field.required and is_asked else []
    if not is_asked:
        return [not_asked(field=field.id)]
    kind = kind_of(answer)
    if kind is not get_kind(field.kind):
        return [wrong_kind(field=field.id, expected=field.kind, given=kind.name)]
    if item.media not in kind.media:
        return [wrong_media(field=field.id, given=kind.name, media=item.media)]
    return kind.check(answer, field, item)


def _check_parts(answer: Answer | None, field: FieldShape, item: ItemShape, asking: Asking) -> list[Problem]:
    if answer is not None and not isinstance(answer, Each):
        return [wrong_kind(field=field.id, expected="each", given=kind_of(answer).name)]
    if answer is not None and answer.of != field.target:
        return [wrong_parts(field=field.id, expected=field.target, given=answer.of)]
    if answer is not None and field.target == TURN and item.media != "dialogue":
        return [wrong_media(field=field.id, given="each", media=item.media)]
    asked = asking.parts[field.id]
    given: Mapping[str, Plain] = answer.answers if answer else {}
    return [
        *_astray(given, field, asked, asking),
        *(problem for part in asked if part.id in given for problem in _check_part(given[part.id], field, part, item)),
        *_missing(given, field, asked),
    ]


def _astray(given: Mapping[str, Plain], field: FieldShape, asked: Sequence[PartAsked], asking: Asking) -> list[Problem]:
    """Answers for parts that there are not, or of which the field is not asked."""
    wanted = {part.id for part in asked}
    there = {part.id for part in asking.there.get(field.target, ())}
    return [
        (part_not_asked if part in there else no_such_part)(field=field.id, shape=part)
        for part in sorted(given)
        if part not in wanted
    ]


def _check_part(answer: Plain, field: FieldShape, part: PartAsked, item: ItemShape) -> list[Problem]:
    kind = kind_of(answer)
    if kind is not get_kind(field.kind):
        return [wrong_kind(field=field.id, expected=field.kind, given=kind.name, shape=part.id)]
    found = kind.check(answer, field, item)
    return [replace(problem, details={**problem.details, "shape": part.id}) for problem in found]


def _missing(given: Mapping[str, Plain], field: FieldShape, asked: Sequence[PartAsked]) -> list[Problem]:
    """One problem for all parts that lack an answer, at the first of them."""
    lacking = [part.id for part in asked if part.id not in given]
    if not field.required or not lacking:
        return []
    return [parts_missing(field=field.id, shape=lacking[0], count=len(lacking))]
