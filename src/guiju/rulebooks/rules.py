"""What is wrong with a rulebook, before anybody works by it: pure, from the document alone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from guiju.kinds import KINDS, FieldShape
from guiju.kit import N_, Words
from guiju.rulebooks.attributes import attribute_problems
from guiju.rulebooks.completeness import find_contradictions, find_gaps
from guiju.rulebooks.conditions import (
    condition_problems,
    labels_compared,
    leaning_problems,
    target_problems,
    variables_of_check,
)
from guiju.rulebooks.diff import is_version
from guiju.rulebooks.expressions import VARIABLES, Ast, BadExpression, check_expression
from guiju.rulebooks.model import Check, Clause, Example, Field, Label, Problem, Rulebook, Severity
from guiju.rulebooks.options import options_of
from guiju.rulebooks.tree import in_a_circle

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
_HOTKEY = re.compile(r"[A-Za-z0-9]")


def find_problems(rulebook: Rulebook) -> list[Problem]:
    """Every error, then every warning, each in the order of the document."""
    found = [
        *_whole(rulebook),
        *(problem for group in _GROUPS for problem in _ids(group, _entries(rulebook, group))),
        *(problem for field in rulebook.fields for problem in _field(field, rulebook)),
        *(problem for field in rulebook.fields for problem in target_problems(field, rulebook)),
        *(problem for field in rulebook.fields for problem in leaning_problems(field, rulebook)),
        *(problem for field in rulebook.fields for problem in condition_problems(field, rulebook)),
        *(problem for label in rulebook.labels for problem in _label(label)),
        *(problem for label in rulebook.labels for problem in attribute_problems(label, rulebook)),
        *_tree(rulebook),
        *_aliases(rulebook),
        *(problem for check in rulebook.checks for problem in _check(check, rulebook)),
        *(problem for example in rulebook.examples for problem in _example(example, rulebook)),
        *(problem for clause in rulebook.clauses for problem in _clause(clause, rulebook)),
        *find_contradictions(rulebook),
        *find_gaps(rulebook),
    ]
    return sorted(found, key=lambda problem: (problem.severity is Severity.WARNING, problem.line))


def errors_of(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that keep a rulebook from being published."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def describe_problem(problem: Problem, words: Words) -> dict[str, object]:
    """A problem in the reader's language, with its line and, in an expression, the caret below the place."""
    said, ask = words(problem.sentence, **problem.details), words(problem.next_step, **problem.details)
    named = {"code": problem.code, "severity": problem.severity.value, "line": problem.line}
    return {
        **named,
        "message": said,
        "next": ask,
        "caret": problem.details.get("caret"),
        "place": problem.details.get("place"),
    }


_GROUPS = ("fields", "labels", "checks", "examples", "clauses")


def _entries(rulebook: Rulebook, group: str) -> Sequence[Field | Label | Check | Example | Clause]:
    return getattr(rulebook, group)


def _whole(rulebook: Rulebook) -> Iterator[Problem]:
    if not any(rulebook.title.values()):
        yield _error("title-empty", 2, N_("The rulebook has no title."), N_("Give it one, in both languages."))
    if not is_version(rulebook.version):
        said = N_("“{version}” is not a version number of three parts.")
        yield _error("version-malformed", 2, said, N_("Write for example 1.0.0."), version=rulebook.version)
    if not rulebook.fields:
        yield _error("no-field", 2, N_("The rulebook asks nothing."), N_("Add a field with its kind and labels."))


def _ids(group: str, entries: Sequence[Field | Label | Check | Example | Clause]) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            said = N_("“{id}” stands twice in “{group}”.")
            yield _error("duplicate-id", entry.line, said, N_("Give each its own id."), id=entry.id, group=group)
        if not _ID.fullmatch(entry.id):
            said = N_("“{id}” in “{group}” cannot serve as an id.")
            ask = N_("Take up to 60 letters, digits, “_”, “-” or “.”, beginning with a letter or digit.")
            yield _error("bad-id", entry.line, said, ask, id=entry.id[:80], group=group)
        seen.add(entry.id)


def _field(field: Field, rulebook: Rulebook) -> Iterator[Problem]:
    if field.kind not in KINDS:
        said = N_("Field “{field}”: there is no kind “{kind}”.")
        details = {"field": field.id, "kind": field.kind, "known": ", ".join(KINDS)}
        yield _error("unknown-kind", field.line, said, N_("Choose one of: {known}."), **details)
    else:
        yield from _options(field)
    if not field.labels and (field.kind not in KINDS or KINDS[field.kind].labelled):
        yield _error(
            "no-labels", field.line, N_("Field “{field}” has no labels."), N_("List their ids."), field=field.id
        )
    if len(set(field.labels)) < len(field.labels):
        said = N_("Field “{field}” lists a label twice.")
        yield _error("label-listed-twice", field.line, said, N_("List each once."), field=field.id)
    yield from _unknown_labels(field.labels, rulebook, field.line, f"fields.{field.id}")
    yield from _hotkeys(field, {label.id: label for label in rulebook.labels})


def _options(field: Field) -> Iterator[Problem]:
    """What the kind cannot read of the options, else what it finds wrong with them."""
    kind = KINDS[field.kind]
    try:
        options = options_of(field)
    except msgspec.ValidationError as error:
        said = N_("Field “{field}”: these are no options of kind “{kind}”: {reason}.")
        ask = N_("Write for example options: {hint}.") if kind.hint else N_("Take the options away.")
        details = {"field": field.id, "kind": field.kind, "reason": str(error).rstrip("."), "hint": kind.hint}
        yield _error("bad-options", field.line, said, ask, **details)
        return
    for fault in kind.faults(FieldShape(field.id, field.kind, field.labels, field.required, options)):
        yield _error(fault.code, field.line, fault.sentence, fault.next_step, **fault.details)


def _hotkeys(field: Field, labels: Mapping[str, Label]) -> Iterator[Problem]:
    keys = Counter(labels[name].hotkey for name in set(field.labels) if name in labels and labels[name].hotkey)
    for key, count in sorted(keys.items(), key=str):
        if count > 1:
            said = N_("Key “{key}” stands for {count} labels of field “{field}”.")
            details = {"key": key, "count": count, "field": field.id}
            yield _error("duplicate-hotkey", field.line, said, N_("Give each label its own key."), **details)


def _label(label: Label) -> Iterator[Problem]:
    if not any(text.strip() for text in label.definition.values()):
        said = N_("Label “{label}” has no definition.")
        ask = N_("Say in one sentence how to tell it from its neighbours.")
        yield _error("definition-missing", label.line, said, ask, label=label.id)
    if not _COLOR.fullmatch(label.color):
        said = N_("Label “{label}”: “{color}” is not a colour.")
        yield _error(
            "bad-color",
            label.line,
            said,
            N_("Write it between quotes, like '#0072b2'."),
            label=label.id,
            color=label.color[:40],
        )
    if label.hotkey is not None and not _HOTKEY.fullmatch(label.hotkey):
        said = N_("Label “{label}”: “{key}” is not one letter or digit.")
        yield _error(
            "bad-hotkey", label.line, said, N_("Take a single key, like '1'."), label=label.id, key=label.hotkey[:40]
        )


def _aliases(rulebook: Rulebook) -> Iterator[Problem]:
    """An id that was stands for one label, and is none itself."""
    known = Counter(label.id for label in rulebook.labels)
    known.update(alias for label in rulebook.labels for alias in dict.fromkeys(label.aliases))
    for label in rulebook.labels:
        for alias in dict.fromkeys(label.aliases):
            if known[alias] > 1:
                said = N_("Label “{label}” is read where answers say “{alias}”, which stands for another label too.")
                ask = N_("Take it out of the aliases of one of them.")
                yield _error("alias-taken", label.line, said, ask, label=label.id, alias=alias[:60])


def _tree(rulebook: Rulebook) -> Iterator[Problem]:
    """Every parent is a label, and no label stands above itself."""
    parents = {label.id: label.parent for label in rulebook.labels}
    for label in rulebook.labels:
        if label.parent is not None and label.parent not in parents:
            said = N_("Label “{label}” stands under “{parent}”, which is no label of this rulebook.")
            ask = N_("Write the id of a label, or take “parent” away.")
            yield _error("unknown-parent", label.line, said, ask, label=label.id, parent=label.parent[:60])
        elif circle := in_a_circle(label.id, parents):
            said = N_("Label “{label}” stands above itself: {circle}.")
            ask = N_("Take “parent” away from one of them.")
            yield _error("parent-circle", label.line, said, ask, label=label.id, circle=" → ".join(circle))


def _check(check: Check, rulebook: Rulebook) -> Iterator[Problem]:
    field = next((field for field in rulebook.fields if field.id == check.field), None)
    if field is None:
        said = N_("Check “{check}”: there is no field “{field}”.")
        yield _error(
            "unknown-field-of-check", check.line, said, N_("Name a field above."), check=check.id, field=check.field
        )
    elif field.kind in VARIABLES:
        yield from _expressions(check, field, rulebook)
    yield from _unknown_clause(check.clause, rulebook, check.line, f"checks.{check.id}")


def _expressions(check: Check, field: Field, rulebook: Rulebook) -> Iterator[Problem]:
    for part, source in (("when", check.when), ("expect", check.expect)):
        if source is None:
            continue
        try:
            ast = check_expression(source, variables_of_check(field))
        except BadExpression as refusal:
            details = {**refusal.details, "place": f"checks.{check.id}.{part}"}
            yield Problem(refusal.code, Severity.ERROR, refusal.sentence, refusal.next_step, details, check.line)
            continue
        yield from _labels_compared(ast, check, field, rulebook)


def _labels_compared(ast: Ast, check: Check, field: Field, rulebook: Rulebook) -> Iterator[Problem]:
    """A text that a label is compared with should be one of its field's, or the check never applies."""
    labelled = {"label": next((one for one in rulebook.fields if one.id == field.target), field), field.id: field}
    for name, one in labelled.items():
        for text in sorted(labels_compared(ast, name) - {*one.labels, ""}):
            said = N_("Check “{check}” compares with “{label}”, which is no label of field “{field}”.")
            details = {"check": check.id, "label": text, "field": one.id}
            ask = N_("Write the id of a label of this field.")
            yield _error("check-unknown-label", check.line, said, ask, **details)


def _example(example: Example, rulebook: Rulebook) -> Iterator[Problem]:
    place = f"examples.{example.id}"
    if example.label:
        yield from _unknown_labels([example.label], rulebook, example.line, place)
    yield from _unknown_clause(example.clause, rulebook, example.line, place)
    if (example.text is None) == (example.item is None):
        said = N_("Example “{example}” needs either a text or the name of an item.")
        yield _error("example-of-nothing", example.line, said, N_("Write text: … or item: …"), example=example.id)
    known = {field.id for field in rulebook.fields}
    for name in sorted(set(example.answer or {}) - known):
        said = N_("Example “{example}” answers “{field}”, which is no field.")
        yield _error(
            "example-unknown-field", example.line, said, N_("Name a field above."), example=example.id, field=name
        )


def _clause(clause: Clause, rulebook: Rulebook) -> Iterator[Problem]:
    yield from _unknown_labels(clause.labels, rulebook, clause.line, clause.id)


def _unknown_labels(names: Iterable[str], rulebook: Rulebook, line: int, place: str) -> Iterator[Problem]:
    known = {label.id for label in rulebook.labels}
    for name in names:
        if name not in known:
            said = N_("“{place}” names “{label}”, which is no label of this rulebook.")
            details = {"place": place, "label": name[:60], "known": ", ".join(sorted(known))}
            yield _error("unknown-label-in-rulebook", line, said, N_("Labels are: {known}."), **details)


def _unknown_clause(clause: str | None, rulebook: Rulebook, line: int, place: str) -> Iterator[Problem]:
    if clause is not None and clause not in {known.id for known in rulebook.clauses}:
        said = N_("“{place}” cites clause {clause}, which does not exist.")
        yield _error(
            "unknown-clause", line, said, N_("Write the clause below, or cite another."), place=place, clause=clause
        )


def _error(code: str, line: int, sentence: str, next_step: str, **details: object) -> Problem:
    return Problem(code, Severity.ERROR, sentence, next_step, details, line)
