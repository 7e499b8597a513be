"""The scale of a rating in the rulebook: read, written, and refused where it is none."""

import pytest

from guiju.kinds import Anchor, ItemShape, Rating, Scale
from guiju.rulebooks import (
    RulebookVersion,
    Weight,
    differences,
    parse_rulebook,
    problems_of,
    render_rulebook,
    shape_of,
)
from guiju.rulebooks.compiled import compile_rulebook

OPTIONS = "{low: 1, high: 5, anchors: [{at: 1, zh: 差, en: poor}, {at: 5, zh: 好, en: good}]}"
DOCUMENT = f"""---
title: {{zh: "通顺度", en: "Fluency"}}
version: 1.0.0
fields:
  - id: fluency
    kind: rating
    title: {{zh: "通顺度", en: "Fluency"}}
    options: {OPTIONS}
labels: []
checks:
  - id: perfect
    field: fluency
    when: 'value > 3'
    expect: 'value < 5'
    message: {{zh: "没有满分。", en: "Nothing is perfect."}}
examples:
  - {{id: E1, polarity: boundary, note: {{zh: 一, en: one}}, text: "好", answer: {{fluency: 2}}}}
---

## C1 通顺 | Fluency

读起来通顺。
"""


def errors(document: str) -> list[str]:
    return [problem.code for problem in problems_of(document) if problem.severity == "error"]


def test_a_scale_is_written_as_it_was_read() -> None:
    rulebook = parse_rulebook(DOCUMENT)
    anchors = (Anchor(1, "差", "poor"), Anchor(5, "好", "good"))
    assert shape_of(rulebook.fields[0]).options == Scale(1, 5, 1, anchors, "ordinal")
    assert parse_rulebook(render_rulebook(rulebook)) == rulebook
    assert errors(DOCUMENT) == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("{}", "bad-options"),
        ("{low: 5, high: 1}", "scale-unsound"),
        ("{low: 1, high: 5, step: 0}", "scale-unsound"),
        ("{low: 1, high: 5, step: 3}", "scale-unsound"),
        ("{low: 0, high: 1000}", "scale-unsound"),
        ("{low: 1, high: 5, anchors: [{at: 6, zh: 好, en: good}]}", "anchor-off-scale"),
        ("{low: 1, high: 5, anchors: [{at: 2, zh: 好}, {at: 2, zh: 好}]}", "anchor-off-scale"),
        ("{low: 1}", "bad-options"),
        ("{low: one, high: 5}", "bad-options"),
        ("{low: 1, high: 5, apart: nominal}", "bad-options"),
        ("{low: 1, high: 5, steps: 2}", "bad-options"),
    ],
)
def test_what_is_no_scale_keeps_the_rulebook_from_being_published(options: str, code: str) -> None:
    assert code in errors(DOCUMENT.replace(OPTIONS, options))


def test_a_scale_for_another_kind_is_refused() -> None:
    assert "bad-options" in errors(DOCUMENT.replace("kind: rating", "kind: choice"))


def test_another_scale_changes_the_meaning() -> None:
    wider = parse_rulebook(DOCUMENT.replace("high: 5,", "high: 5, step: 0.5,"))
    assert [change.weight for change in differences(parse_rulebook(DOCUMENT), wider)] == [Weight.MAJOR]


def test_checks_ask_for_the_value_and_examples_say_it_in_short() -> None:
    compiled = compile_rulebook(RulebookVersion(7, 1, "1.0.0", DOCUMENT, "d", 1, None, 1, 0, 1, 0))
    assert compiled.answers_of(compiled.rulebook.examples[0]) == {"fluency": Rating(2)}
    text = ItemShape("text", length=30)
    assert [found["code"] for found in compiled.check_answers({"fluency": Rating(5)}, text)] == ["check-failed"]
    assert compiled.check_answers({"fluency": Rating(4)}, text) == []
    assert compiled.for_workbench()["fields"][0]["options"]["high"] == 5
