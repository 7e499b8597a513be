"""A published rulebook, ready to be worked by: fields for the kinds, checks as functions, JSON for the bench."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import msgspec

from guiju.kinds import (
    ITEM,
    Answer,
    Asking,
    BadAnswer,
    Each,
    FieldShape,
    ItemShape,
    decode_answers,
    expand_each,
    find_asked,
    get_kind,
    kind_of,
    put_away,
    relabel_answers,
    resolve_answers,
    same_everywhere,
    told_of,
    told_of_answer,
)
from guiju.kinds import Problem as AnswerProblem
from guiju.kinds import check_answers as check_by_kind
from guiju.kit import N_, Refusal, sha256_hex
from guiju.rulebooks.clauses import html_of
from guiju.rulebooks.conditions import variables_of_check
from guiju.rulebooks.document import parse_rulebook
from guiju.rulebooks.errors import BadExample, RulebookHasProblems
from guiju.rulebooks.expressions import Ast, Evaluate, check_expression, compile_expression, parse_expression
from guiju.rulebooks.model import Check, Example, Field, Label, Problem, Rulebook, RulebookVersion, Severity
from guiju.rulebooks.options import options_of
from guiju.rulebooks.rules import errors_of, find_problems
from guiju.rulebooks.tree import sound_of

Shapes: TypeAlias = Callable[[Sequence[str]], Mapping[str, ItemShape]]

LOOK_AT_CLAUSE = N_("Correct it, or ask the trainer; the clause cited says why.")
LOOK_AT_RULE = N_("Correct it, or ask the trainer.")


@dataclass(frozen=True, slots=True)
class CompiledCheck:
    """A check with its trees and its functions."""

    check: Check
    when_ast: Ast | None
    expect_ast: Ast
    applies: Evaluate | None
    holds: Evaluate

    def fails(self, variables: Mapping[str, Any]) -> bool:
        return (self.applies is None or self.applies(variables)) and not self.holds(variables)


@dataclass(frozen=True)
class CompiledRulebook:
    """Not slotted, since what the workbench reads is made once and kept."""

    id: int
    project_id: int
    version: str
    digest: str
    rulebook: Rulebook
    fields: tuple[FieldShape, ...]
    labels: Mapping[str, Label]
    checks: tuple[CompiledCheck, ...]

    @cached_property
    def _bench(self) -> dict[str, Any]:
        return _bench(self)

    def for_workbench(self) -> dict[str, Any]:
        """The rulebook as the browser's workbench reads it; not to be changed by the caller."""
        return self._bench

    def check_answers(self, answers: Mapping[str, Answer], item: ItemShape) -> list[dict[str, Any]]:
        """Everything wrong with an annotation: by its kinds, and if they find nothing by the rulebook's checks.

        `message` is a msgid with places in `details`, or the check's own text in both languages.
        """
        found = check_by_kind(answers, self.fields, item)
        if found:
            return [_of_kind(problem) for problem in found]
        answers = resolve_answers(answers, self.fields)
        asked = {field.id: field for field in self.fields}
        asking = find_asked(answers, self.fields, item)
        return [
            problem
            for check in self.checks
            for problem in _failures(check, answers, item, asked[check.check.field], asking)
        ]

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """The ids that labels had before, with those that stand now."""
        return {alias: label.id for label in self.rulebook.labels for alias in label.aliases}

    def today(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """Answers of an earlier version, read with the labels of this one."""
        swap = same_everywhere(self.aliases)
        return relabel_answers(answers, dict.fromkeys(answers, swap)) if self.aliases else dict(answers)

    def put_away(self, answers: Mapping[str, Answer], item: ItemShape) -> dict[str, Answer]:
        """The answers without those that are not asked, given the others."""
        return put_away(answers, self.fields, item)

    def answers_of(self, example: Example) -> dict[str, Answer] | None:
        """The example's known answer, in the form of the kinds; `None` where it has none. Raises `BadExample`."""
        if example.answer is None:
            return None
        fields = {field.id: field for field in self.fields}
        long = {name: _expanded(fields[name], one) if name in fields else one for name, one in example.answer.items()}
        try:
            return decode_answers(long)
        except BadAnswer as refusal:
            raise BadExample(line=example.line, example=example.id, reason=refusal.details["reason"]) from refusal


def _expanded(field: FieldShape, short: object) -> object:
    expand = get_kind(field.kind).expand
    return expand(short) if field.target == ITEM else expand_each(field.target, short, expand)


def compile_rulebook(version: RulebookVersion) -> CompiledRulebook:
    """A version whose document has no errors, compiled."""
    return _compiled(parse_rulebook(version.document), version.id, version.project_id, version.digest)


def compile_document(document: str) -> CompiledRulebook:
    """A document that stands in no project, compiled. Raises `RulebookHasProblems` and the refusals of reading it."""
    rulebook = parse_rulebook(document)
    errors = errors_of(find_problems(rulebook))
    if errors:
        raise RulebookHasProblems(count=len(errors), line=errors[0].line)
    return _compiled(rulebook, 0, 0, sha256_hex(document.encode()))


def _compiled(rulebook: Rulebook, rulebook_id: int, project_id: int, digest: str) -> CompiledRulebook:
    return CompiledRulebook(
        id=rulebook_id,
        project_id=project_id,
        version=rulebook.version,
        digest=digest,
        rulebook=rulebook,
        fields=tuple(shape_of(field) for field in rulebook.fields),
        labels={label.id: label for label in rulebook.labels},
        checks=tuple(_compile(check, rulebook) for check in rulebook.checks),
    )


def shape_of(field: Field) -> FieldShape:
    """What the kinds read of a field. Raises `msgspec.ValidationError` for options that its kind does not know."""
    when = compile_expression(parse_expression(field.condition).ast) if field.condition else None
    return FieldShape(
        field.id, field.kind, field.labels, field.required, options_of(field), target=field.target, when=when
    )


def _compile(check: Check, rulebook: Rulebook) -> CompiledCheck:
    variables = variables_of_check(next(field for field in rulebook.fields if field.id == check.field))
    expect = check_expression(check.expect, variables)
    when = check_expression(check.when, variables) if check.when else None
    return CompiledCheck(check, when, expect, compile_expression(when) if when else None, compile_expression(expect))


def _failures(
    compiled: CompiledCheck, answers: Mapping[str, Answer], item: ItemShape, field: FieldShape, asking: Asking
) -> Iterator[dict[str, Any]]:
    answer = answers.get(compiled.check.field)
    for part, variables in rows_asked(answer, item, field, asking) if answer is not None else ():
        if compiled.fails(variables):
            yield _of_check(compiled.check, part)


def rows_asked(
    answer: Answer, item: ItemShape, field: FieldShape, asking: Asking
) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """The variables of a check, and the part that they are of: a shape, a turn, or `None` for the whole answer."""
    if not isinstance(answer, Each):
        parts = kind_of(answer).parts(answer)
        for place, variables in enumerate(rows_of(answer, item)):
            yield parts[place].id if parts else None, variables
        return
    for part in asking.parts[field.id]:
        one = answer.answers.get(part.id)
        if one is not None:
            told = told_of_answer(field, one, part)
            yield from ((part.id, {**told, **variables}) for variables in rows_of(one, item))


def rows_of(answer: Answer, item: ItemShape) -> Iterator[dict[str, Any]]:
    """The variables of a check, one row for each shape, or one for the whole answer."""
    columns = dict(kind_of(answer).columns(answer, item))
    if "labels" in columns:
        columns["count"] = columns.pop("labels")
    names = list(columns)
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(names, values, strict=True))


def _of_kind(problem: AnswerProblem) -> dict[str, Any]:
    details = dict(problem.details)
    named = {"field": details.get("field"), "shape": details.get("shape"), "clause": None, "details": details}
    return {"code": problem.code, "message": problem.sentence, "next": problem.next_step, **named}


def _of_check(check: Check, shape: str | None) -> dict[str, Any]:
    named = {"field": check.field, "shape": shape, "clause": check.clause, "details": {"check": check.id}}
    next_step = LOOK_AT_CLAUSE if check.clause else LOOK_AT_RULE
    return {"code": "check-failed", "message": dict(check.message), "next": next_step, **named}


def _bench(compiled: CompiledRulebook) -> dict[str, Any]:
    rulebook = compiled.rulebook
    return {
        "id": compiled.id,
        "version": compiled.version,
        "title": dict(rulebook.title),
        "fields": [_bench_field(*both) for both in zip(rulebook.fields, compiled.fields, strict=True)],
        "labels": [_bench_label(label) for label in rulebook.labels],
        "clauses": [
            {
                **_plain(clause, "id", "title"),
                "html": html_in_both(clause.text),
                "labels": list(clause.labels),
                "over": list(clause.over),
            }
            for clause in rulebook.clauses
        ],
        "examples": [
            {**_plain(example, "id", "polarity", "label", "clause", "note", "text"), "url": None}
            for example in rulebook.examples
        ],
        "checks": [
            {
                **_plain(each.check, "id", "field", "message", "clause"),
                "when": each.when_ast,
                "expect": each.expect_ast,
            }
            for each in compiled.checks
        ],
    }


def _bench_label(label: Label) -> dict[str, Any]:
    """`sound` is how the Chinese name is typed: its initials and its full pinyin."""
    named = _plain(label, "id", "name", "definition", "color", "hotkey", "parent")
    return {**named, "sound": sound_of(label.name.get("zh", ""))}


def _bench_field(field: Field, shape: FieldShape) -> dict[str, Any]:
    named = _plain(field, "id", "kind", "target", "required", "title")
    told = {"told": told_of(shape), "told_of_part": None if field.target == ITEM else told_of(shape, per_part=True)}
    when = parse_expression(field.condition).ast if field.condition else None
    options = msgspec.to_builtins(shape.options)
    return {**named, "labels": list(field.labels), "options": options, "when": when, **told}


def _plain(value: object, *names: str) -> dict[str, Any]:
    return {name: msgspec.to_builtins(getattr(value, name)) for name in names}


def html_in_both(text: Mapping[str, str]) -> dict[str, str]:
    """Markdown in both languages as HTML that a page may show."""
    return {language: html_of(text.get(language, "")) for language in ("zh", "en")}


def problems_of(
    document: str, shapes: Callable[[Sequence[str]], Mapping[str, ItemShape]] | None = None
) -> list[Problem]:
    """Everything wrong with a document: what keeps it from being read, else what is wrong in it.

    `shapes` looks up the items that examples name; without it those are not tried against the checks.
    """
    try:
        rulebook = parse_rulebook(document)
    except Refusal as refusal:
        line = int(str(refusal.details.get("line", 0)))
        return [Problem(refusal.code, Severity.ERROR, refusal.sentence, refusal.next_step, refusal.details, line)]
    problems = find_problems(rulebook)
    if errors_of(problems):
        return problems
    named = [example.item for example in rulebook.examples if example.item and example.answer]
    known: Mapping[str, ItemShape] = shapes(named) if shapes and named else {}
    return [*_wrong_examples(rulebook, known), *problems]


def _wrong_examples(rulebook: Rulebook, shapes: Mapping[str, ItemShape]) -> Iterator[Problem]:
    compiled = _compiled(rulebook, 0, 0, "")
    for example in rulebook.examples:
        try:
            answers = compiled.answers_of(example)
        except BadExample as refusal:
            yield Problem(
                refusal.code, Severity.ERROR, refusal.sentence, refusal.next_step, refusal.details, example.line
            )
            continue
        text, item = example.text, example.item
        shape = ItemShape("text", len(text)) if text is not None else shapes.get(item or "")
        if answers and shape:
            yield from _refused(compiled, example, answers, shape)


def _refused(
    compiled: CompiledRulebook, example: Example, answers: Mapping[str, Answer], shape: ItemShape
) -> Iterator[Problem]:
    """An example that the rulebook's own checks would refuse. What it leaves out it does not answer wrongly."""
    for problem in compiled.check_answers(answers, shape):
        if problem["code"] == "check-failed":
            said = N_("Example “{example}” is refused by check “{check}” of this rulebook.")
            details = {"example": example.id, "check": problem["details"]["check"]}
            ask = N_("Correct the example's answer, or the check.")
            yield Problem("example-refused", Severity.ERROR, said, ask, details, example.line)
