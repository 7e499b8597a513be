"""Headlines are rated by keyboard: Snow et al.'s feelings on a scale, undone and done again, stored as pressed."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.papers import found_project, shared
from tests.journeys.served import PASSWORD, Served

RULEBOOK = """---
title: {zh: "标题情绪", en: "Feeling of headlines"}
version: 1.0.0
fields:
  - id: valence
    kind: rating
    title: {zh: "情绪", en: "Valence"}
    options: {low: 1, high: 7, anchors: [{at: 1, zh: 很坏, en: very bad}, {at: 4, zh: 中性, en: neutral}, {at: 7, zh: 很好, en: very good}]}
labels: []
checks:
  - {id: perfect, field: valence, expect: 'value < 7', message: {zh: "没有满分。", en: "Nothing is perfect."}}
---

## C1 情绪 | Valence

读完标题时的感受。

> en: What a reader feels.
"""  # noqa: E501 - a field on one line


@pytest.fixture
def headlines(tmp_path: Path) -> Path:
    rows = shared("snow2008/texts_affect.tsv").read_text(encoding="utf-8").splitlines()[1:4]
    path = tmp_path / "headlines.csv"
    texts = (row.split("\t")[1].replace('"', "") for row in rows)
    path.write_text("text\n" + "".join(f'"{text}"\n' for text in texts), encoding="utf-8")
    return path


def test_headlines_are_rated_by_digits_and_steps_and_stored_as_pressed(
    town: Served, window: Open, headlines: Path
) -> None:
    project = found_project(town, "Headlines", RULEBOOK, ["alice"])
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, headlines)["job"])
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", reason="The scale alone is looked at.")
    alice = window(town.url, "zh-CN")
    alice.sign_in("alice@guiju.test", PASSWORD, "登录")
    alice.go(f"/projects/{project}/rounds/{opened}/work")
    page = alice.page
    expect(page.locator("article")).to_be_visible()
    first = page.locator("article").inner_text()
    keys(page, "5", "]", "z")
    expect(held(page)).to_contain_text("5")
    keys(page, "Shift+Z")
    expect(held(page)).to_contain_text("6")
    keys(page, "[", "4")
    expect(held(page)).to_contain_text("中性")
    keys(page, "Enter")
    expect(page.get_by_text(first)).to_have_count(0)
    second = page.locator("article").inner_text()
    keys(page, "7", "Enter")
    alice.reads("没有满分。")
    page.get_by_role("button", name="很坏").click()
    keys(page, "Enter")
    expect(page.get_by_text(second)).to_have_count(0)
    expect(page.get_by_text("已存", exact=True)).to_be_visible()
    with town.client("alice") as client:
        stored = client.get(f"/rounds/{opened}/mine")["annotations"]
    assert {one["item"]["text"]: one["answers"] for one in stored} == {
        first: {"valence": {"kind": "rating", "value": 4.0}},
        second: {"valence": {"kind": "rating", "value": 1.0}},
    }


def held(page: Page) -> Locator:
    return page.locator(".points [aria-pressed=true]")


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)
