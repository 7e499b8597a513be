"""The limits of a text in the rulebook: read, written, refused where no text could keep them, asked by checks."""

import pytest

from guiju.kinds import ItemShape, TextOptions, Written
from guiju.kinds.text.options import Placeholder
from guiju.rulebooks import RulebookVersion, parse_rulebook, problems_of, render_rulebook, shape_of
from guiju.rulebooks.compiled import compile_rulebook

OPTIONS = "{max: 40, multiline: false, placeholder: {zh: 一句话, en: One sentence}}"
DOCUMENT = f"""---
title: {{zh: "翻译", en: "Translation"}}
version: 1.0.0
fields:
  - id: english
    kind: text
    title: {{zh: "英文", en: "English"}}
    options: {OPTIONS}
labels: []
checks:
  - id: shouted
    field: english
    when: 'length > 3'
    expect: 'text != "STOP"'
    message: {{zh: "不要喊。", en: "Do not shout."}}
examples:
  - {{id: E1, polarity: positive, note: {{zh: 一, en: one}}, text: "在路上了", answer: {{english: On its way.}}}}
---

## C1 翻译 | Translation

译成英文。
"""


def errors(document: str) -> list[str]:
    return [problem.code for problem in problems_of(document) if problem.severity == "error"]


def test_limits_are_written_as_they_were_read() -> None:
    rulebook = parse_rulebook(DOCUMENT)
    limits = TextOptions(max=40, multiline=False, placeholder=Placeholder("一句话", "One sentence"))
    assert shape_of(rulebook.fields[0]).options == limits
    assert parse_rulebook(render_rulebook(rulebook)) == rulebook
    assert errors(DOCUMENT) == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("{min: 5, max: 4}", "text-limits-unsound"),
        ("{min: -1}", "text-limits-unsound"),
        ("{max: 0}", "text-limits-unsound"),
        ("{max: 200001}", "text-limits-unsound"),
        ("{pattern: '(a+)+'}", "bad-options"),
        ("{max: many}", "bad-options"),
        ("{placeholder: Write}", "bad-options"),
    ],
)
def test_what_no_text_could_keep_is_not_published(options: str, code: str) -> None:
    assert code in errors(DOCUMENT.replace(OPTIONS, options))


def test_checks_ask_for_the_text_and_examples_say_it_in_short() -> None:
    compiled = compile_rulebook(RulebookVersion(7, 1, "1.0.0", DOCUMENT, "d", 1, None, 1, 0, 1, 0))
    assert compiled.answers_of(compiled.rulebook.examples[0]) == {"english": Written("On its way.")}
    item = ItemShape("text", length=4)
    assert [one["code"] for one in compiled.check_answers({"english": Written(" STOP ")}, item)] == ["check-failed"]
    assert compiled.check_answers({"english": Written("Stop")}, item) == []
    assert compiled.for_workbench()["fields"][0]["options"]["placeholder"] == {"zh": "一句话", "en": "One sentence"}
