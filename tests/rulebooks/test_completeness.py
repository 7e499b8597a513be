"""A rulebook that could be published says what it leaves open; one that contradicts itself is not published."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from guiju.kinds import ItemShape
from guiju.rulebooks import Clause, Example, Label, Polarity, Rulebook, find_problems, parse_rulebook, problems_of
from guiju.rulebooks import render_rulebook as rendered
from guiju.rulebooks.completeness import alike
from guiju.samples.documents import rulebook_text

STEEL, SERVICE = parse_rulebook(rulebook_text("steel")), parse_rulebook(rulebook_text("service"))
NOTE = {"zh": "一", "en": "one"}


def _codes(rulebook: Rulebook) -> list[str]:
    return [problem.code for problem in find_problems(rulebook)]


def _labels(*names: tuple[str, str]) -> Rulebook:
    labels = tuple(Label(f"l{n}", {"zh": zh, "en": en}, NOTE, "#000000") for n, (zh, en) in enumerate(names))
    field = replace(STEEL.fields[0], labels=tuple(label.id for label in labels))
    return replace(STEEL, fields=(field,), labels=labels, checks=(), examples=(), clauses=())


def test_a_label_without_a_definition_is_an_error() -> None:
    first = replace(STEEL.labels[0], definition={"zh": "", "en": " "})
    codes = _codes(replace(STEEL, labels=(first, *STEEL.labels[1:])))
    assert codes[0] == "definition-missing"


def test_labels_without_example_or_counter_example_are_named_in_one_warning_each() -> None:
    bare = find_problems(replace(STEEL, examples=()))
    assert {problem.severity.value for problem in bare} == {"warning"}
    found = {problem.code: problem.details for problem in bare}
    assert found["label-without-example"]["count"] == 6
    assert "no-boundary-example" in found
    shown = replace(STEEL, examples=(Example("E1", Polarity.POSITIVE, NOTE, label="scratch", text="x"),))
    found = {problem.code: problem.details for problem in find_problems(shown)}
    assert found["label-without-counter-example"] == {"count": 1, "labels": "scratch"}


def test_a_label_defined_in_one_language_is_named_where_the_others_have_two() -> None:
    silent = replace(STEEL.labels[0], definition={"zh": "划痕", "en": ""})
    assert "defined-in-one-language" in _codes(replace(STEEL, labels=(silent, *STEEL.labels[1:])))
    chinese = tuple(replace(label, definition={"zh": "是", "en": ""}) for label in STEEL.labels)
    assert "defined-in-one-language" not in _codes(replace(STEEL, labels=chinese))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("退款", "refund"), ("退款进度", "refund status"), True),
        (("订单修改", "change order"), ("订单更改", "order change"), True),
        (("一级品", "grade 1"), ("二级品", "grade 2"), False),
        (("划痕", "scratch"), ("裂纹", "crack"), False),
        (("甲", "same"), ("乙", "same"), True),
    ],
)
def test_names_that_are_easily_taken_for_each_other_are_found(
    one: tuple[str, str], other: tuple[str, str], *, expected: bool
) -> None:
    assert [(a.id, b.id) for a, b in alike(_labels(one, other))] == ([("l0", "l1")] if expected else [])


def test_a_boundary_example_that_cites_a_clause_about_both_settles_a_pair() -> None:
    rulebook = _labels(("退款", "refund"), ("退款进度", "refund status"))
    assert "confusable-labels" in _codes(rulebook)
    settled = replace(
        rulebook,
        clauses=(Clause("C1", NOTE, NOTE, ("l0", "l1")),),
        examples=(Example("E1", Polarity.BOUNDARY, NOTE, label="l1", clause="C1", text="到账了吗"),),
    )
    assert "confusable-labels" not in _codes(settled)


def test_two_examples_that_answer_one_case_differently_keep_a_rulebook_from_being_published() -> None:
    first = Example("E1", Polarity.POSITIVE, NOTE, text="没收到", answer={"intent": ["logistics"]})
    other = replace(first, id="E2", answer={"intent": ["refund"]})
    codes = _codes(replace(SERVICE, examples=(*SERVICE.examples, first, other)))
    assert codes.count("examples-contradict") == 1
    assert "examples-contradict" not in _codes(replace(SERVICE, examples=(first, replace(first, id="E2"))))


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        ({"C1": ("C2",)}, []),
        ({"C1": ("C9",)}, ["over-unknown"]),
        ({"C1": ("C1",)}, ["over-circle"]),
        ({"C1": ("C2",), "C2": ("C3",), "C3": ("C1",)}, ["over-circle"]),
    ],
)
def test_clauses_say_which_wins_and_never_in_a_circle(over: dict[str, tuple[str, ...]], codes: list[str]) -> None:
    clauses = tuple(replace(clause, over=over.get(clause.id, ())) for clause in STEEL.clauses)
    found = [problem.code for problem in find_problems(replace(STEEL, clauses=clauses))]
    assert [code for code in found if code.startswith("over-")] == codes


def test_what_a_clause_wins_over_is_written_and_read_in_either_order_with_its_labels() -> None:
    clauses = (replace(STEEL.clauses[0], over=("C2", "C3"), labels=("scratch",)), *STEEL.clauses[1:])
    rulebook = replace(STEEL, clauses=clauses)
    text = rendered(rulebook)
    assert parse_rulebook(text) == rulebook
    turned = text.replace("labels: scratch\nover: C2, C3\n", "over: C2, C3\nlabels: scratch\n")
    assert turned != text
    assert parse_rulebook(turned) == rulebook


def _pictures(names: Sequence[str]) -> dict[str, ItemShape]:
    return {name: ItemShape("image", 0, 640, 400) for name in names}


def test_an_example_that_the_rulebooks_own_checks_refuse_is_an_error() -> None:
    document = rulebook_text("steel").replace("width: 228, height: 8}", "width: 3, height: 8}", 1)
    assert "example-refused" in {problem.code for problem in problems_of(document, _pictures)}


@pytest.mark.parametrize("name", ["steel", "service"])
def test_the_samples_leave_nothing_open(name: str) -> None:
    assert problems_of(rulebook_text(name), _pictures) == []
