"""Attributes of labels: asked of what carries the label, checked there, refused elsewhere."""

from typing import Any

import pytest

from guiju.kinds import ItemShape, decode_answers
from guiju.rulebooks import compile_document, differences, errors_of, find_problems, parse_rulebook, render_rulebook

DOCUMENT = """---
title: {zh: 甲, en: A}
fields:
  - {id: defects, kind: box, labels: [scratch, crack, dent]}
  - {id: occluded, kind: choice, target: defects, labels: ["yes", "no"]}
  - {id: depth, kind: rating, target: defects, when: 'occluded == "no"', options: {low: 1, high: 3}}
  - {id: causes, kind: choice, labels: [roll, dirt], options: {multiple: true}, required: false}
  - {id: shift, kind: choice, labels: [day, night]}
labels:
  - {id: scratch, name: 划痕, definition: 划痕, attributes: [occluded, depth]}
  - {id: crack, name: 裂纹, definition: 裂纹, attributes: [occluded]}
  - {id: dent, name: 凹, definition: 凹}
  - {id: "yes", name: 是, definition: 是}
  - {id: "no", name: 否, definition: 否}
  - {id: roll, name: 辊, definition: 辊, attributes: [shift]}
  - {id: dirt, name: 污, definition: 污}
  - {id: day, name: 白, definition: 白}
  - {id: night, name: 夜, definition: 夜}
---

## C1 甲 | A

甲
"""
PICTURE = ItemShape("image", width=99, height=99)


def _codes(answers: dict[str, Any]) -> list[str]:
    boxes = [
        {"id": f"b{n}", "label": label, "x": 1, "y": 1, "w": 9, "h": 9} for n, label in enumerate(answers.pop("_"))
    ]
    parts = {
        name: {"kind": "each", "of": "defects", "answers": {part: _wire(one) for part, one in told.items()}}
        for name, told in answers.items()
        if name in {"occluded", "depth"}
    }
    whole = {name: _wire(told) for name, told in answers.items() if name not in parts}
    told = decode_answers({"defects": {"kind": "box", "shapes": boxes}, **parts, **whole})
    return [problem["code"] for problem in compile_document(DOCUMENT).check_answers(told, PICTURE)]


def _wire(one: Any) -> dict[str, Any]:
    return {"kind": "rating", "value": one} if isinstance(one, int) else {"kind": "choice", "labels": [one]}


def test_an_attribute_is_asked_of_what_carries_its_label_and_of_nothing_else() -> None:
    conditions = {field.id: field.condition for field in parse_rulebook(DOCUMENT).fields}
    assert conditions["occluded"] == '(label == "scratch" || label == "crack")'
    assert conditions["depth"] == 'label == "scratch" && (occluded == "no")'
    assert conditions["shift"] == '"roll" in causes'
    assert not errors_of(find_problems(parse_rulebook(DOCUMENT)))


def test_answers_are_held_to_it() -> None:
    assert _codes({"_": ["dent"]}) == []
    assert _codes({"_": ["scratch"], "occluded": {"b0": "no"}, "depth": {"b0": 2}}) == []
    assert _codes({"_": ["crack"], "occluded": {"b0": "no"}}) == []
    assert _codes({"_": ["scratch"]}) != []
    assert _codes({"_": ["dent"], "occluded": {"b0": "no"}}) != []
    assert _codes({"_": ["dent"], "causes": "roll"}) != []
    assert _codes({"_": ["dent"], "causes": "roll", "shift": "day"}) == []


def test_the_workbench_is_told_by_the_same_condition() -> None:
    fields = {field["id"]: field for field in compile_document(DOCUMENT).for_workbench()["fields"]}
    assert fields["shift"]["when"] == ["in", ["str", "roll"], ["var", "causes"]]
    assert fields["depth"]["when"][0] == "and"


def test_attributes_are_kept_when_the_document_is_written_anew_and_change_the_meaning() -> None:
    old = parse_rulebook(DOCUMENT)
    assert parse_rulebook(render_rulebook(old)) == old
    new = parse_rulebook(DOCUMENT.replace("definition: 凹}", "definition: 凹, attributes: [occluded]}"))
    assert [(one.id, one.weight.name) for one in differences(old, new)] == [("occluded", "MAJOR")]


@pytest.mark.parametrize(
    ("attributes", "code"), [("[nothing]", "unknown-attribute"), ("[shift]", "attribute-of-nothing")]
)
def test_an_attribute_that_could_never_be_asked_is_named(attributes: str, code: str) -> None:
    wrong = parse_rulebook(DOCUMENT.replace("definition: 凹}", f"definition: 凹, attributes: {attributes}}}"))
    assert [problem.code for problem in errors_of(find_problems(wrong))] == [code]
