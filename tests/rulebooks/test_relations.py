"""What relations are told in the rulebook: read, written, refused by name, read by checks, conditions and the bench."""

import json
from typing import Any

import pytest

from guiju.kinds import Allowed, ItemShape, RelationOptions, decode_answers
from guiju.rulebooks import RulebookVersion, parse_rulebook, problems_of, render_rulebook, shape_of
from guiju.rulebooks.compiled import compile_rulebook

OPTIONS = "{of: things, ends: {treats: {from: [drug], to: [illness]}, same: {symmetric: true}}}"
NAMES = ("drug", "illness", "treats", "same")
LABELS = "".join(
    f"\n  - {{id: {name}, name: {{zh: 甲, en: {name}}}, definition: {{zh: 甲, en: {name}}}, color: '#0072b2'}}"
    for name in NAMES
)
DOCUMENT = f"""---
title: {{zh: "关系", en: "Relations"}}
version: 1.0.0
fields:
  - {{id: things, kind: span, title: {{zh: 物, en: Things}}, labels: [drug, illness]}}
  - {{id: facts, kind: relation, title: {{zh: 事, en: Facts}}, labels: [treats, same], options: {OPTIONS}}}
  - {{id: why, kind: text, title: {{zh: 为何, en: Why}}, labels: [], required: false, when: '"treats" in facts'}}
  - {{id: sure, kind: rating, title: {{zh: 把握, en: Sure}}, labels: [], target: facts, required: false,
     options: {{low: 1, high: 5}}}}
labels:{LABELS}
checks:
  - id: near
    field: facts
    when: 'label == "treats" && from_label == "drug"'
    expect: 'distance <= 10 && from_same < 3'
    message: {{zh: "太远。", en: "Too far."}}
examples:
  - id: E1
    polarity: positive
    note: {{zh: 一, en: one}}
    text: "aspirin for pain"
    answer:
      things: [{{label: drug, start: 0, end: 7}}, {{label: illness, start: 12, end: 16}}]
      facts: [{{label: treats, from: 1, to: 2}}]
---

## C1 关系 | Relations

只连说明了的。
"""
ITEM = ItemShape("text", length=60)


def errors(document: str) -> list[str]:
    return [problem.code for problem in problems_of(document) if problem.severity == "error"]


def compiled() -> Any:
    return compile_rulebook(RulebookVersion(7, 1, "1.0.0", DOCUMENT, "d", 1, None, 1, 0, 1, 0))


def answers(end: int, **more: object) -> dict[str, Any]:
    spans = [
        {"id": "s1", "label": "drug", "start": 0, "end": 7},
        {"id": "s2", "label": "illness", "start": end, "end": 50},
    ]
    link = {"id": "r1", "label": "treats", "from": "s1", "to": "s2", **more}
    return {"things": {"kind": "span", "spans": spans}, "facts": {"kind": "relation", "links": [link]}}


def test_what_may_be_joined_is_written_as_it_was_read() -> None:
    rulebook = parse_rulebook(DOCUMENT)
    rules = {"treats": Allowed(("drug",), ("illness",)), "same": Allowed(symmetric=True)}
    assert shape_of(rulebook.fields[1]).options == RelationOptions("things", rules)
    assert parse_rulebook(render_rulebook(rulebook)) == rulebook
    assert errors(DOCUMENT) == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("{}", "of-missing"),
        ("{of: nothing}", "of-unknown"),
        ("{of: facts}", "of-unknown"),
        ("{of: why}", "of-unknown"),
        ("{of: things, ends: {drug: {symmetric: true}}}", "ends-of-other-label"),
        ("{of: things, ends: {treats: {from: [same]}}}", "ends-unknown-label"),
        ("{of: things, ends: {treats: {from: drug}}}", "bad-options"),
        ("{of: things, ends: {treats: {between: [drug]}}}", "bad-options"),
        ("{over: things}", "bad-options"),
    ],
)
def test_what_could_join_nothing_is_not_published(options: str, code: str) -> None:
    found = errors(DOCUMENT.replace(OPTIONS, options))
    # A condition cannot read a field that nobody can make sense of.
    assert [one for one in found if one != "expression-unknown-name"] == [code]


def test_relations_are_of_the_whole_item() -> None:
    assert "kind-not-for-parts" in errors(DOCUMENT.replace("kind: relation,", "kind: relation, target: things,"))


def test_examples_number_their_spans_and_hold() -> None:
    found = compiled().answers_of(compiled().rulebook.examples[0])
    assert compiled().check_answers(found, ItemShape("text", length=16)) == []


def test_checks_read_the_spans_and_not_what_a_client_says_of_them() -> None:
    def codes(wire: dict[str, Any]) -> list[tuple[str, str]]:
        found = compiled().check_answers(decode_answers(wire), ITEM)
        return [(one["code"], one["shape"]) for one in found]

    lie = [{"id": "s1", "label": "drug", "start": 0, "end": 7}, {"id": "s2", "label": "illness", "start": 8, "end": 50}]
    assert codes(answers(17)) == []
    assert codes(answers(18)) == [("check-failed", "r1")]
    assert codes(answers(18, ends=lie)) == [("check-failed", "r1")]


def test_conditions_read_the_labels_of_links_and_links_can_be_asked_about() -> None:
    wire = {
        **answers(10),
        "why": {"kind": "text", "text": "It says so."},
        "sure": {"kind": "each", "of": "facts", "answers": {"r1": {"kind": "rating", "value": 4}}},
    }
    assert compiled().check_answers(decode_answers(wire), ITEM) == []
    wire["facts"] = {"kind": "relation", "links": []}
    found = [one["code"] for one in compiled().check_answers(decode_answers(wire), ITEM)]
    assert found == ["not-asked", "no-such-part"]


def test_the_bench_is_told_what_may_be_joined() -> None:
    options = json.loads(json.dumps(compiled().for_workbench()["fields"][1]["options"]))
    assert options["of"] == "things"
    assert options["ends"]["treats"] == {"from": ["drug"], "to": ["illness"], "symmetric": False}
