"""What is wrong with a rulebook is found before anybody works by it; what changed decides the next version."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from guiju.kinds import Box, Boxes, Choice, ItemShape
from guiju.rulebooks import (
    Rulebook,
    RulebookVersion,
    Weight,
    differences,
    parse_rulebook,
    problems_of,
    propose_version,
)
from guiju.rulebooks.compiled import CompiledRulebook, compile_rulebook
from guiju.samples.documents import rulebook_text

STEEL, SERVICE = rulebook_text("steel"), rulebook_text("service")
IMAGE = ItemShape("image", width=640, height=400)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("labels: [scratch, crack,", "labels: [scratches, crack,", "unknown-label-in-rulebook"),
        ("labels: scratch, crack\n", "labels: scratch, gap\n", "unknown-label-in-rulebook"),
        ("    label: crack\n    clause: C3.2", "    label: gap\n    clause: C3.2", "unknown-label-in-rulebook"),
        ("label == \"scratch\"'", "label == \"gap\"'", "check-unknown-label"),
        ("  - id: crack\n", "  - id: scratch\n", "duplicate-id"),
        ("hotkey: '2'", "hotkey: '1'", "duplicate-hotkey"),
        ("hotkey: '2'", "hotkey: 'ab'", "bad-hotkey"),
        ("'#d55e00'", "'red'", "bad-color"),
        ("labels: [scratch, crack, pitting, scale, inclusion, rolled_in]", "labels: []", "no-labels"),
        ("hotkey: '2'", "parent: gaps", "unknown-parent"),
        ("hotkey: '2'", "parent: crack", "parent-circle"),
        ("kind: box", "kind: cube", "unknown-kind"),
        ("target: item", "target: region", "unknown-target"),
        ("version: 1.0.0", "version: 1.0", "version-malformed"),
        ("field: defects\n    expect: 'width >= 8", "field: other\n    expect: 'width >= 8", "unknown-field-of-check"),
        ("clause: C2.2", "clause: C9.9", "unknown-clause"),
        ("'width >= 8 && height >= 8'", "'width >= 8 && height'", "expression-wrong-type"),
        ("'width >= 8 && height >= 8'", "'width >= 8 && heigth >= 8'", "expression-unknown-name"),
        ("    item: steel-0000.jpg\n", "", "example-of-nothing"),
        ("defects:\n        - {label: scratch, x: 123", "others:\n        - {label: scratch, x: 123", "example-unknown-field"),  # noqa: E501
        ("{label: scratch, x: 123", "{label: scratch, y0: 123", "bad-example"),
    ],
)  # fmt: skip
def test_a_fault_is_found_and_keeps_the_rulebook_from_being_published(old: str, new: str, code: str) -> None:
    assert old in STEEL
    problems = problems_of(STEEL.replace(old, new, 1))
    assert [problem.severity for problem in problems if problem.code == code] == ["error"] * 1 or code == "duplicate-id"
    assert code in {problem.code for problem in problems}
    assert all(problem.line > 0 for problem in problems if problem.code == code)


def _swap_first(rulebook: Rulebook, group: str, **values: object) -> Rulebook:
    first, *rest = getattr(rulebook, group)
    return replace(rulebook, **{group: (replace(first, **values), *rest)})


CHANGES: list[tuple[Callable[[Rulebook], Rulebook], str]] = [
    (lambda r: r, "1.0.1"),
    (lambda r: replace(r, labels=r.labels[1:]), "2.0.0"),
    (lambda r: _swap_first(r, "labels", definition={"zh": "别的", "en": "Else"}), "2.0.0"),
    (lambda r: _swap_first(r, "labels", color="#000000"), "1.0.1"),
    (lambda r: replace(r, labels=(*r.labels, replace(r.labels[0], id="new", hotkey=None))), "1.1.0"),
    (lambda r: _swap_first(r, "fields", labels=(*r.fields[0].labels, "new")), "1.1.0"),
    (lambda r: _swap_first(r, "fields", labels=r.fields[0].labels[1:]), "2.0.0"),
    (lambda r: _swap_first(r, "fields", required=False), "2.0.0"),
    (lambda r: _swap_first(r, "checks", expect="width >= 9"), "2.0.0"),
    (lambda r: _swap_first(r, "checks", message={"zh": "框太小", "en": "Too small"}), "1.0.1"),
    (lambda r: replace(r, checks=r.checks[1:]), "2.0.0"),
    (lambda r: _swap_first(r, "clauses", text={"zh": "改", "en": "changed"}), "1.1.0"),
    (lambda r: replace(r, clauses=r.clauses[:-1]), "1.1.0"),
    (lambda r: replace(r, examples=r.examples[:-1]), "1.0.1"),
    (lambda r: replace(r, title={"zh": "新", "en": "New"}), "1.0.1"),
]


@pytest.mark.parametrize(("change", "version"), CHANGES)
def test_the_heaviest_change_decides_the_next_version(change: Callable[[Rulebook], Rulebook], version: str) -> None:
    old = parse_rulebook(STEEL)
    proposal = propose_version(old, change(old))
    assert proposal.version == version
    assert all(reason.weight is proposal.weight for reason in proposal.reasons)


def test_the_first_version_is_one() -> None:
    assert propose_version(None, parse_rulebook(STEEL)).version == "1.0.0"


def test_differences_name_what_came_went_and_changed_heaviest_first() -> None:
    old = parse_rulebook(STEEL)
    new = replace(_swap_first(old, "clauses", text={"zh": "改", "en": "changed"}), checks=old.checks[1:])
    found = differences(old, new)
    assert [(change.group, change.id, change.weight) for change in found] == [
        ("checks", "least-side", Weight.MAJOR),
        ("clauses", "C1", Weight.MINOR),
    ]
    assert "在灰度钢板图像上" in found[1].before
    assert found[1].after == "改\nchanged"


def _compiled(document: str) -> CompiledRulebook:
    return compile_rulebook(RulebookVersion(7, 1, "1.0.0", document, "d", 1, None, 1, 0, 1, 0))


def test_a_right_answer_has_no_problem() -> None:
    answers = {"defects": Boxes((Box("a", "scratch", 10, 10, 100, 9),))}
    assert _compiled(STEEL).check_answers(answers, IMAGE) == []


def test_a_check_that_fails_names_the_shape_the_clause_and_its_own_words() -> None:
    answers = {"defects": Boxes((Box("a", "crack", 0, 0, 20, 20), Box("b", "scratch", 5, 5, 20, 9)))}
    [problem] = _compiled(STEEL).check_answers(answers, IMAGE)
    assert (problem["code"], problem["field"], problem["shape"], problem["clause"]) == (
        "check-failed",
        "defects",
        "b",
        "C3.1",
    )
    assert problem["message"]["zh"].startswith("划痕应沿轧制方向细长")


def test_what_the_kind_refuses_is_said_before_the_checks() -> None:
    answers = {"defects": Boxes((Box("a", "gap", 0, 0, 2, 2),))}
    [problem] = _compiled(STEEL).check_answers(answers, IMAGE)
    assert (problem["code"], problem["shape"]) == ("unknown-label", "a")


def test_a_check_of_a_choice_counts_what_was_chosen() -> None:
    loose = SERVICE.replace("multiple: false", "multiple: true")
    text = ItemShape("text", length=4)
    codes = [
        [each["details"]["check"] for each in _compiled(loose).check_answers({"intent": Choice(labels)}, text)]
        for labels in [("refund",), ("refund", "invoice")]
    ]
    assert codes == [[], ["one-intent"]]


def test_the_examples_of_both_samples_are_answers_that_pass_their_own_rulebook() -> None:
    for document, item in ((STEEL, IMAGE), (SERVICE, ItemShape("text", length=40))):
        compiled = _compiled(document)
        for example in compiled.rulebook.examples:
            answers = compiled.answers_of(example)
            assert answers is not None
            assert compiled.check_answers(answers, item) == []


def test_the_workbench_gets_exactly_what_it_reads() -> None:
    bench = _compiled(STEEL).for_workbench()
    assert list(bench) == ["id", "version", "title", "fields", "labels", "clauses", "examples", "checks"]
    asked = {"id", "kind", "target", "required", "title", "labels", "options", "when", "told", "told_of_part"}
    assert set(bench["fields"][0]) == asked
    assert set(bench["labels"][0]) == {"id", "name", "definition", "color", "hotkey", "parent", "sound"}
    assert set(bench["clauses"][0]) == {"id", "title", "html", "labels", "over"}
    assert set(bench["examples"][0]) == {"id", "polarity", "label", "clause", "note", "text", "url"}
    assert set(bench["checks"][0]) == {"id", "field", "when", "expect", "message", "clause"}
    assert bench["checks"][2]["when"] == ["==", ["var", "label"], ["str", "scratch"]]
    assert bench["clauses"][1]["html"]["en"].startswith("<p>Ask in this order")
