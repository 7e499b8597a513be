"""Feelings of headlines are given in points by keyboard: given, taken, evened out at submit, stored as shares."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.papers import found_project, shared
from tests.journeys.served import PASSWORD, Served

LABELS = (
    ("anger", "愤怒", "#d55e00"),
    ("fear", "恐惧", "#cc79a7"),
    ("joy", "喜悦", "#009e73"),
    ("sad", "悲伤", "#0072b2"),
)
ENTRY = "  - {{id: {0}, name: {{zh: {1}, en: {0}}}, definition: {{zh: {1}, en: {0}}}, color: '{2}'}}\n"
RULEBOOK = """---
title: {zh: "标题情绪", en: "Feeling of headlines"}
version: 1.0.0
fields:
  - {id: mood, kind: soft, title: {zh: 情绪, en: Mood}, labels: [anger, fear, joy, sad]}
labels:
LABELS---

## C1 情绪 | Mood

读完标题时的感受,各占几成。

> en: What a reader feels, and how much of each.
""".replace("LABELS", "".join(ENTRY.format(*each) for each in LABELS))


@pytest.fixture
def opened(town: Served, tmp_path: Path) -> tuple[int, int]:
    rows = shared("snow2008/texts_affect.tsv").read_text(encoding="utf-8").splitlines()[1:3]
    path = tmp_path / "headlines.csv"
    texts = (row.split("\t")[1].replace('"', "") for row in rows)
    path.write_text("text\n" + "".join(f'"{text}"\n' for text in texts), encoding="utf-8")
    project = found_project(town, "Feelings", RULEBOOK, ["alice"])
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, path)["job"])
    with town.client("zhou") as zhou:
        return project, zhou.open_round(project, "production", reason="The shares alone are looked at.")


def test_feelings_are_given_and_taken_in_points_and_stored_as_shares(
    town: Served, window: Open, opened: tuple[int, int]
) -> None:
    alice = window(town.url, "zh-CN")
    alice.sign_in("alice@guiju.test", PASSWORD, "登录")
    alice.go("/projects/{}/rounds/{}/work".format(*opened))
    page = alice.page
    expect(page.locator("article")).to_be_visible()
    first = page.locator("article").inner_text()
    keys(page, "3", "3", "3", "4", "4", "Shift+Digit4")
    expect(share(page, "喜悦")).to_have_text("30%")
    expect(share(page, "悲伤")).to_have_text("10%")
    keys(page, "z")
    expect(share(page, "悲伤")).to_have_text("20%")
    keys(page, "Enter")
    expect(page.get_by_text(first)).to_have_count(0)
    second = page.locator("article").inner_text()
    page.locator(".shares li button", has_text="恐惧").click()
    page.locator(".shares li", has_text="恐惧").locator(".less").click()
    keys(page, "Enter")
    alice.reads("请先选择答案。")
    keys(page, *"1111111111", "2", "Enter")
    expect(page.get_by_text(second)).to_have_count(0)
    expect(page.get_by_text("已存", exact=True)).to_be_visible()
    with town.client("alice") as client:
        stored = client.get(f"/rounds/{opened[1]}/mine")["annotations"]
    assert {one["item"]["text"]: one["answers"]["mood"]["weights"] for one in stored} == {
        first: {"joy": 0.6, "sad": 0.4},
        second: {"anger": 0.9, "fear": 0.1},
    }


def share(page: Page, label: str) -> Locator:
    return page.locator(".shares li", has_text=label).locator(".num")


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)
