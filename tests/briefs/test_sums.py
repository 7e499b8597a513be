"""Figures that contradict are found, with the arithmetic; ranges and units are read as people write them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guiju.briefs import Facet, OpenQuestion, Plan, find_gaps, parse_brief
from guiju.briefs.checks import working_days
from guiju.briefs.checks.quantities import Unit, dates_in, quantities_in
from guiju.briefs.rules import describe_gap
from guiju.samples.documents import brief_text
from guiju.site import words_for

STEEL = parse_brief(brief_text("steel"))
MONDAY, FRIDAY = date(2027, 3, 1), date(2027, 3, 12)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("5,000–6,000 张", 5000, 6000, Unit.ITEMS),
        ("5–6 万条", 50_000, 60_000, Unit.ITEMS),
        ("两万三千句", 23_000, 23_000, Unit.ITEMS),
        ("1.2万条", 12_000, 12_000, Unit.ITEMS),
        ("12k images", 12_000, 12_000, Unit.ITEMS),
        ("three annotators", 3, 3, Unit.PEOPLE),
        ("三五名标注员", 3, 5, Unit.PEOPLE),
        ("3 周", 21, 21, Unit.DAYS),
        ("两个月", 60, 60, Unit.DAYS),
        ("2 to 3 weeks", 14, 21, Unit.DAYS),
        ("每条 30 秒", 30, 30, Unit.SECONDS),
        ("1.5 小时", 5400, 5400, Unit.SECONDS),
        ("98%", 98, 98, Unit.PERCENT),
        ("预算 3 万元", 30_000, 30_000, Unit.MONEY),
    ],
)
def test_a_number_with_its_unit_is_read(text: str, low: float, high: float, unit: Unit) -> None:
    assert [(each.low, each.high, each.unit) for each in quantities_in(text)] == [(low, high, unit)]


@pytest.mark.parametrize("text", ["640×400", "3 月 28 日", "千张", "周一开会", "C3.2", "100 人民币", "第三方"])
def test_what_counts_nothing_is_not_read_as_a_count(text: str) -> None:
    assert quantities_in(text) == []


def test_dates_are_read_in_both_languages() -> None:
    text = "2027 年 3 月 28 日、3月8号 / 28 March 2027, March 9th, 2027-04-01"
    days = [date(2027, 3, 28), date(2027, 3, 8), date(2027, 3, 28), date(2027, 3, 9), date(2027, 4, 1)]
    assert [day for day, _ in dates_in(text, 2027)] == days
    assert dates_in("2 月 30 日", 2027) == [(None, "2 月 30 日")]


def _codes(plan: Plan | None = None, facets: dict[Facet, str] | None = None, **figures: Any) -> list[str]:
    return [gap.code for gap in _gaps(plan, facets, **figures)]


def _gaps(plan: Plan | None = None, facets: dict[Facet, str] | None = None, **figures: Any) -> list[Any]:
    said = {facet: {"zh": text, "en": ""} for facet, text in (facets or {}).items()}
    numbers = replace(STEEL.figures, **{"due": FRIDAY, **figures})
    plain = {
        facet: {"zh": "按计划里写明的日期与人数进行。", "en": ""} for facet in (Facet.WHEN, Facet.WHO, Facet.HOW_MUCH)
    }
    brief = replace(STEEL, figures=numbers, plan=plan or Plan(), questions=(), facets={**STEEL.facets, **plain, **said})
    return find_gaps(brief)


@pytest.mark.parametrize(
    ("people", "codes"), [(1, ["time-too-short"]), (2, ["time-too-short"]), (3, ["time-tight"]), (5, [])]
)
def test_work_that_does_not_fit_into_the_time_is_found(people: int, codes: list[str]) -> None:
    """5,000 × 2 × 60 s = 166.7 h; a person has 10 days of 6 h."""
    plan = Plan(start=MONDAY, people=people, seconds=60, overlap=2)
    assert _codes(plan, volume=5000) == codes


def test_the_arithmetic_is_shown() -> None:
    (gap,) = _gaps(Plan(start=MONDAY, people=2, seconds=60, overlap=2), volume=5000)
    shown = describe_gap(gap, words_for("en"))
    assert shown["arithmetic"] == "5,000 × 2 × 60 s ÷ 3600 = 166.7 h; 2 × 6 h × 10 days = 120 h"
    assert shown["place"] == "people"


def test_a_range_contradicts_only_where_all_of_it_does() -> None:
    words = {Facet.HOW_MUCH: "共 5,000–8,000 张，按张计价。", Facet.WHEN: "3 周内完成全部交付。"}
    plan = Plan(people=2, seconds=60)
    tight = [gap.code for gap in _gaps(plan, words, volume=None, due=None)]
    assert "time-tight" not in tight
    codes = [gap.code for gap in _gaps(replace(plan, people=1), words, volume=None, due=None)]
    assert "time-tight" in codes
    (gap,) = [
        gap for gap in _gaps(replace(plan, people=1, seconds=120), words, volume=None, due=None) if gap.arithmetic
    ]
    assert (gap.code, str(gap.details["volume"])) == ("time-too-short", "5,000–8,000")


def test_a_price_beyond_the_budget_blocks() -> None:
    (gap,) = _gaps(Plan(budget=2000), volume=5000, unit_price=0.45)
    assert describe_gap(gap, words_for("en"))["arithmetic"] == "5,000 × 0.45 = 2,250 CNY > 2,000 CNY"
    assert _codes(Plan(budget=2250), volume=5000, unit_price=0.45) == []


@pytest.mark.parametrize(
    ("plan", "codes"),
    [
        (Plan(start=date(2027, 3, 13)), ["dates-disordered"]),
        (Plan(start=date(2027, 3, 5), trial=date(2027, 3, 4)), ["dates-disordered"]),
        (Plan(trial=date(2027, 3, 20)), ["dates-disordered"]),
        (Plan(start=MONDAY, trial=date(2027, 3, 4)), []),
    ],
)
def test_dates_in_the_wrong_order_block(plan: Plan, codes: list[str]) -> None:
    assert _codes(plan) == codes


def test_words_that_date_after_the_delivery_or_on_no_day_are_found() -> None:
    assert _codes(facets={Facet.WHEN: "试标 3 月 5 日，终稿 3 月 20 日。"}) == ["date-after-due"]
    assert _codes(facets={Facet.WHEN: "试标在 2 月 30 日前完成。"}) == ["date-impossible"]


def test_a_question_due_after_the_delivery_is_found() -> None:
    late = OpenQuestion("边界？", "林岚", date(2027, 4, 1))
    brief = replace(STEEL, questions=(late,))
    assert [gap.code for gap in find_gaps(brief)] == ["question-after-due", "question-open"]


@pytest.mark.parametrize(
    "plan",
    [
        Plan(people=0),
        Plan(seconds=0),
        Plan(seconds=float("nan")),
        Plan(overlap=0),
        Plan(hours_a_day=25),
        Plan(budget=-1),
    ],
)
def test_a_plan_outside_its_range_blocks(plan: Plan) -> None:
    assert _codes(plan) == ["plan-outside"]


def test_words_and_figures_that_count_differently_are_found() -> None:
    how_much = {Facet.HOW_MUCH: "共 6000 张，每张 2 个框，每批 500 张。"}
    assert _codes(facets=how_much, volume=5000) == ["count-contradicts"]
    assert _codes(facets=how_much, volume=6000) == []
    assert _codes(facets={Facet.HOW_MUCH: "共 5,000–6,000 张，按张计价。"}, volume=5500) == []


def test_two_languages_that_count_differently_are_found() -> None:
    facets = {**STEEL.facets, Facet.HOW_MUCH: {"zh": "共 5000 张图像。", "en": "6,000 images altogether."}}
    assert "languages-differ" in [gap.code for gap in find_gaps(replace(STEEL, facets=facets))]


@pytest.mark.parametrize(("week", "days"), [(5, 10), (7, 12), (6, 10.3)])
def test_working_days_count_both_ends(week: float, days: float) -> None:
    assert working_days(MONDAY, FRIDAY, week) == days
