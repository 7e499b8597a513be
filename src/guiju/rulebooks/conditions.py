"""What a field is asked of and when: its target and its condition, read against the fields that stand above it."""

from collections.abc import Iterator, Mapping

import msgspec

from guiju.kinds import ITEM, KINDS, TURN, FieldShape, told_of
from guiju.kinds.asking import PART_TOLD
from guiju.kit import N_
from guiju.rulebooks.expressions import VARIABLES, Ast, BadExpression, Type, Variables, check_expression
from guiju.rulebooks.expressions.errors import UnknownName
from guiju.rulebooks.model import Field, Problem, Rulebook, Severity
from guiju.rulebooks.options import options_of


def target_problems(field: Field, rulebook: Rulebook) -> Iterator[Problem]:
    """A target is `item`, `turn`, or a field above that marks things; what is asked of a part marks nothing itself."""
    if field.id in {ITEM, TURN}:
        said = N_("A field cannot be called “{field}”: that name says what a field is asked of.")
        yield _error(field, "reserved-id", said, N_("Give it another id."))
    if field.target == ITEM:
        return
    if field.kind in KINDS and KINDS[field.kind].marks:
        said = N_("Field “{field}”: kind “{kind}” marks things itself and cannot be asked of each part.")
        ask = N_("Choose a kind without places, for example choice or rating, or write target: item.")
        yield _error(field, "kind-not-for-parts", said, ask, kind=field.kind)
    if field.target != TURN:
        yield from _unknown_target(field, rulebook)


def _unknown_target(field: Field, rulebook: Rulebook) -> Iterator[Problem]:
    above = _above(field, rulebook)
    marking = [one.id for one in above if one.target == ITEM and one.kind in KINDS and KINDS[one.kind].marks]
    if field.target in marking:
        return
    said = N_("Field “{field}” cannot be asked of “{target}”.")
    ask = N_("Write target: item, target: turn, or the id of a field above it that marks things: {known}.")
    yield _error(field, "unknown-target", said, ask, target=field.target[:60], known=", ".join(marking) or "–")


def leaning_problems(field: Field, rulebook: Rulebook) -> Iterator[Problem]:
    """What a field says of another one that it leans on, which must stand above it and be of the right kind."""
    shape, leans = _shape(field), KINDS[field.kind].leans if field.kind in KINDS else None
    if shape is None or leans is None:
        return
    above = {one.id: one for one in _above(field, rulebook) if one.target == ITEM and one.kind == leans.on}
    parent = above.get(leans.of(shape))
    for fault in leans.faults(shape, parent and _shape(parent)):
        yield Problem(fault.code, Severity.ERROR, fault.sentence, fault.next_step, fault.details, field.line)


def condition_problems(field: Field, rulebook: Rulebook) -> Iterator[Problem]:
    """A condition types against the fields above; one that reads a field below, or itself, would go in a circle."""
    if field.condition is None:
        return
    variables = variables_of_condition(field, rulebook)
    place = f"fields.{field.id}.when"
    try:
        ast = check_expression(field.condition, variables)
    except UnknownName as refusal:
        below = {one.id for one in rulebook.fields} - {one.id for one in _above(field, rulebook)}
        name = str(refusal.details["name"])
        if name in below:
            said = N_("Field “{field}”: its condition asks for “{name}”, which does not stand above it.")
            ask = N_("A condition can only read fields above its own; put “{name}” higher, or ask for another.")
            yield _error(field, "condition-of-later-field", said, ask, name=name, place=place)
        else:
            yield _of_expression(refusal, field, place)
        return
    except BadExpression as refusal:
        yield _of_expression(refusal, field, place)
        return
    yield from _unknown_labels(ast, field, rulebook)


def _of_expression(refusal: BadExpression, field: Field, place: str) -> Problem:
    details = {**refusal.details, "place": place}
    return Problem(refusal.code, Severity.ERROR, refusal.sentence, refusal.next_step, details, field.line)


def _unknown_labels(ast: Ast, field: Field, rulebook: Rulebook) -> Iterator[Problem]:
    """A text that a field is compared with must be one of its labels, or the condition could never hold."""
    fields = {one.id: one for one in _above(field, rulebook)}
    asked = {**fields, **({"label": fields[field.target]} if field.target in fields else {})}
    for name, one in asked.items():
        for text in sorted(labels_compared(ast, name) - {*one.labels, ""}):
            said = N_("Field “{field}”: its condition compares with “{label}”, which is no label of field “{other}”.")
            ask = N_("Write the id of a label of that field.")
            yield _error(field, "condition-unknown-label", said, ask, label=text, other=one.id)


def labels_compared(ast: Ast, name: str) -> set[str]:
    """The texts that the variable `name` is compared with, or that are looked for in it."""
    sides: list[Ast] = [side for side in ast[1:] if isinstance(side, list)]
    found: set[str] = set()
    if ast[0] in {"==", "!=", "in"} and ["var", name] in sides:
        for side in sides:
            members: list[Ast] = side[1:] if side[0] == "list" else [side]
            found |= {str(member[1]) for member in members if member[0] == "str"}
    for side in sides:
        found |= labels_compared(side, name)
    return found


def variables_of_condition(field: Field, rulebook: Rulebook) -> Variables:
    """What a field's condition can read: the fields above, and what is told of the part that it is asked of."""
    above = [(one, _shape(one)) for one in _above(field, rulebook)]
    found = {one.id: Type(told) for one, shape in above if shape and (told := told_of(shape))}
    if field.target == ITEM:
        return found
    for one, shape in above:
        if one.target == field.target and shape:
            found.pop(one.id, None)
            if told := told_of(shape, per_part=True):
                found[one.id] = Type(told)
    return {**found, **_of_part(field)}


def variables_of_check(field: Field) -> Variables:
    """What a check of a field can read: its kind's own, and where it is asked of parts the answer and its part."""
    own = VARIABLES[field.kind]
    shape = _shape(field)
    if field.target == ITEM or shape is None:
        return own
    told = told_of(shape, per_part=True)
    answer = {field.id: Type(told)} if told else {}
    return {**answer, **_of_part(field), **own}


def _of_part(field: Field) -> Mapping[str, Type]:
    return {name: Type(told) for name, told in PART_TOLD[field.target == TURN].items()}


def _shape(field: Field) -> FieldShape | None:
    """The field as kinds read it, its condition aside; `None` where it is unsound, which is said elsewhere."""
    if field.kind not in KINDS:
        return None
    try:
        options = options_of(field)
    except msgspec.ValidationError:
        return None
    return FieldShape(field.id, field.kind, field.labels, field.required, options, target=field.target)


def _above(field: Field, rulebook: Rulebook) -> list[Field]:
    names = [one.id for one in rulebook.fields]
    return list(rulebook.fields[: names.index(field.id)])


def _error(field: Field, code: str, sentence: str, next_step: str, **details: object) -> Problem:
    return Problem(code, Severity.ERROR, sentence, next_step, {"field": field.id, **details}, field.line)
