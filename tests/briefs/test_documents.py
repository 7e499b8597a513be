"""The brief as a file: changed where it was meant, nowhere beside; two people's changes are brought together."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from guiju.briefs import Brief, Facet, OpenQuestion, Plan, parse_brief, render_brief
from guiju.briefs.changes import compare_briefs, moved_gates
from guiju.briefs.document import edit_brief
from guiju.briefs.merging import merge_briefs
from guiju.briefs.rules import settle_question
from guiju.samples.documents import brief_text
from tests.briefs.test_briefs import BRIEFS

WRITTEN = """# 钢板，第一稿
title: {zh: "钢板",   en: 'Steel'}   # 两种语言
customer:      # 待填
facets:
  what:
    zh: |
      标出划痕。
      标出裂纹。

    # 英文稿由高工校对
    en: >-
      Mark scratches
      and cracks.

  why: plain text
    continued
figures: {volume: 5000, due: 2027-03-28}
questions:
  # 第一问
  - text: "水渍？"
    owner: 林岚      # 质检科
  - {text: 边缘？, owner: 周}

# 完
"""
HERE = parse_brief(WRITTEN)


def _changed(before: str, after: str) -> list[str]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in new if line not in old] + [f"-{line}" for line in old if line not in new]


@pytest.mark.parametrize(
    ("brief", "lines"),
    [
        (replace(HERE, customer="北辰"), ["customer: 北辰      # 待填", "-customer:      # 待填"]),
        (
            replace(HERE, figures=replace(HERE.figures, volume=6000)),
            ["figures: {volume: 6000, due: 2027-03-28}", "-figures: {volume: 5000, due: 2027-03-28}"],
        ),
        (replace(HERE, plan=Plan(people=3)), ["plan:", "  people: 3"]),
        (replace(HERE, questions=HERE.questions[:1]), ["-  - {text: 边缘？, owner: 周}"]),
        (
            replace(HERE, questions=(replace(HERE.questions[0], answer="标。"), HERE.questions[1])),
            ["    answer: 标。"],
        ),
        (
            replace(HERE, facets={**HERE.facets, Facet.WHAT: {**HERE.facets[Facet.WHAT], "zh": "只标裂纹。"}}),
            ['    zh: "只标裂纹。"', "-    zh: |", "-      标出划痕。", "-      标出裂纹。"],
        ),
    ],
)
def test_a_change_touches_its_own_line_alone(brief: Brief, lines: list[str]) -> None:
    edited = edit_brief(WRITTEN, brief)
    assert parse_brief(edited) == brief
    assert sorted(_changed(WRITTEN, edited)) == sorted(lines)


def test_nothing_changed_changes_no_byte() -> None:
    crlf = WRITTEN.replace("\n", "\r\n")
    assert edit_brief(WRITTEN, HERE) == WRITTEN
    assert edit_brief(crlf, HERE) == crlf
    assert "\n" not in edit_brief(crlf, replace(HERE, plan=Plan(people=3))).replace("\r\n", "")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BRIEFS)
def test_any_document_can_be_made_to_say_any_brief_and_keeps_its_comments(brief: Brief) -> None:
    edited = edit_brief(WRITTEN, brief)
    assert parse_brief(edited) == brief
    assert all(comment in edited for comment in ("# 钢板，第一稿", "# 两种语言", "# 完"))


def test_a_document_of_anchors_is_written_anew_rather_than_changed_in_two_places() -> None:
    text = "title: &name {zh: 甲, en: a}\nfacets: {what: *name, why: {zh: 乙, en: b}}\n"
    brief = parse_brief(text)
    wanted = replace(brief, facets={**brief.facets, Facet.WHAT: {"zh": "丙", "en": "c"}})
    assert parse_brief(edit_brief(text, wanted)) == wanted


BASE = parse_brief(brief_text("steel"))


def _with(facet: Facet, language: str, text: str, brief: Brief = BASE) -> Brief:
    return replace(brief, facets={**brief.facets, facet: {**brief.facets[facet], language: text}})


def test_two_people_in_different_places_lose_nothing() -> None:
    asked = OpenQuestion("锈斑呢？", "林岚")
    mine = replace(_with(Facet.WHAT, "zh", "我的"), questions=(*BASE.questions, asked))
    theirs = replace(
        _with(Facet.WHAT, "en", "theirs"), figures=replace(BASE.figures, volume=7), questions=BASE.questions[:1]
    )
    merged = merge_briefs(BASE, mine, theirs)
    assert merged.conflicts == ()
    assert dict(merged.brief.facets[Facet.WHAT]) == {"zh": "我的", "en": "theirs"}
    assert merged.brief.figures.volume == 7
    assert [question.text for question in merged.brief.questions] == [BASE.questions[0].text, "锈斑呢？"]


def test_two_people_in_one_place_are_a_named_conflict() -> None:
    merged = merge_briefs(BASE, _with(Facet.WHY, "zh", "我的"), _with(Facet.WHY, "zh", "别人的"))
    assert [(each.place, each.mine, each.theirs) for each in merged.conflicts] == [("facets.why.zh", "我的", "别人的")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BRIEFS, BRIEFS)
def test_who_changed_nothing_takes_the_other_s_text(base: Brief, other: Brief) -> None:
    for merged in (merge_briefs(base, base, other), merge_briefs(base, other, base)):
        assert merged.conflicts == ()
        assert _as_set(merged.brief) == _as_set(other)


def _as_set(brief: Brief) -> Brief:
    """Questions by their text: two of the same text are one, their order is not told."""
    told = {question.text: question for question in brief.questions}
    facets = dict(brief.facets)
    return replace(brief, facets=facets, questions=tuple(sorted(told.values(), key=lambda each: each.text)))


def test_a_difference_is_told_by_the_word() -> None:
    new = _with(Facet.WHAT, "zh", BASE.facets[Facet.WHAT]["zh"].replace("六类", "七类"))
    (change,) = compare_briefs(BASE, new)
    assert (change.place, change.language) == ("facets.what.zh", "zh")
    assert [(mark.kind, mark.text) for mark in change.marks if mark.kind != "same"] == [("gone", "六"), ("new", "七")]


def test_the_gates_that_move_are_named() -> None:
    figures = replace(BASE.figures, aql=2.5, due=date(2027, 5, 1))
    new = replace(_with(Facet.WHY, "zh", "换了"), figures=figures, plan=Plan(budget=9000))
    assert [each.code for each in moved_gates(BASE, new)] == ["aql", "due", "budget"]
    assert moved_gates(BASE, _with(Facet.WHY, "zh", "换了")) == []


def test_an_answer_goes_into_its_facet_in_its_language() -> None:
    question = BASE.questions[1].text
    settled = settle_question(BASE, question, "单独提示。", "how")
    assert settled.facets[Facet.HOW]["zh"].endswith("\n单独提示。")
    assert settled.facets[Facet.HOW]["en"] == BASE.facets[Facet.HOW]["en"]
    assert settled.questions[1].answer == "单独提示。"
    assert settle_question(BASE, question, "Yes.", "how").facets[Facet.HOW]["en"].endswith("\nYes.")
    assert parse_brief(render_brief(settled)) == settled
