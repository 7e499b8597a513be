"""The points of soft labels in the rulebook: read, refused where they cannot be given, asked by checks."""

import pytest

from guiju.kinds import ItemShape, Soft, SoftOptions
from guiju.rulebooks import RulebookVersion, parse_rulebook, problems_of, render_rulebook, shape_of
from guiju.rulebooks.compiled import compile_rulebook

DOCUMENT = """---
title: {zh: "标题情绪", en: "Feeling of headlines"}
version: 1.0.0
fields:
  - {id: mood, kind: soft, title: {zh: 情绪, en: Mood}, labels: [anger, fear, joy], options: {points: 100, step: 5}}
labels:
  - {id: anger, name: {zh: 愤怒, en: Anger}, definition: {zh: 愤怒, en: anger}, color: '#d55e00'}
  - {id: fear, name: {zh: 恐惧, en: Fear}, definition: {zh: 恐惧, en: fear}, color: '#cc79a7'}
  - {id: joy, name: {zh: 喜悦, en: Joy}, definition: {zh: 喜悦, en: joy}, color: '#009e73'}
checks:
  - id: clear
    field: mood
    when: 'labels_used > 1'
    expect: 'share >= 0.1'
    message: {zh: "不到一成的不算。", en: "Less than a tenth does not count."}
examples:
  - {id: E1, polarity: boundary, note: {zh: 一, en: one}, text: "好险", answer: {mood: {fear: 0.4, joy: 0.6}}}
---

## C1 情绪 | Mood

读完标题时的感受。
"""
TEXT = ItemShape("text", length=4)


def errors(document: str) -> list[str]:
    return [problem.code for problem in problems_of(document) if problem.severity == "error"]


def test_points_are_written_as_they_were_read() -> None:
    rulebook = parse_rulebook(DOCUMENT)
    assert shape_of(rulebook.fields[0]).options == SoftOptions(points=100, step=5)
    assert parse_rulebook(render_rulebook(rulebook)) == rulebook
    assert errors(DOCUMENT) == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("{points: 1}", "points-unsound"),
        ("{points: 101}", "points-unsound"),
        ("{step: 6}", "points-unsound"),
        ("{step: 0}", "points-unsound"),
        ("{step: 0.5}", "bad-options"),
        ("{percent: true}", "bad-options"),
    ],
)
def test_points_that_cannot_be_given_are_not_published(options: str, code: str) -> None:
    assert code in errors(DOCUMENT.replace("{points: 100, step: 5}", options))


def test_checks_ask_for_each_share_and_examples_say_them_in_short() -> None:
    compiled = compile_rulebook(RulebookVersion(7, 1, "1.0.0", DOCUMENT, "d", 1, None, 1, 0, 1, 0))
    assert compiled.answers_of(compiled.rulebook.examples[0]) == {"mood": Soft({"fear": 0.4, "joy": 0.6})}
    faint = {"mood": Soft({"fear": 0.05, "joy": 0.95})}
    assert [one["code"] for one in compiled.check_answers(faint, TEXT)] == ["check-failed"]
    assert compiled.check_answers({"mood": Soft({"joy": 1.0})}, TEXT) == []
