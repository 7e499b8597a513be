"""Messages are answered in words: typed and composed by an input method, kept over a reload, delivered as a table."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.papers import found_project
from tests.journeys.served import PASSWORD, Served

RULEBOOK = """---
title: {zh: "客服回复", en: "Replies"}
version: 1.0.0
fields:
  - {id: mood, kind: choice, title: {zh: 语气, en: Mood}, labels: [calm, angry]}
  - id: reply
    kind: text
    title: {zh: 回复, en: Reply}
    options: {max: 12, pattern: han, placeholder: {zh: 用一两句话回复, en: Answer in a sentence or two}}
labels:
  - {id: calm, name: {zh: 平静, en: Calm}, definition: {zh: 平静, en: calm}, color: '#0072b2'}
  - {id: angry, name: {zh: 生气, en: Angry}, definition: {zh: 生气, en: angry}, color: '#d55e00'}
---

## C1 回复 | Reply

先道歉,再说什么时候到。

> en: Apologise, then say when it comes.
"""
TEXTS = ("我的快递呢?都三天了!", "أين طلبي؟")


@pytest.fixture
def opened(town: Served, tmp_path: Path) -> tuple[int, int]:
    """A project with its messages, and the round in which they are answered."""
    project = found_project(town, "Replies", RULEBOOK, ["alice"])
    file = tmp_path / "messages.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in TEXTS), encoding="utf-8")
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, file)["job"])
    with town.client("zhou") as zhou:
        return project, zhou.open_round(project, "production", reason="The words alone are looked at.")


def test_replies_are_typed_and_composed_and_kept_and_stored_in_one_form(
    town: Served, window: Open, opened: tuple[int, int]
) -> None:
    alice = window(town.url, "zh-CN")
    alice.sign_in("alice@guiju.test", PASSWORD, "登录")
    alice.go("/projects/{}/rounds/{}/work".format(*opened))
    page = alice.page
    write_among_the_keys(page)
    page.reload()
    expect(reply(page)).to_have_value("今天1 q z 2\n到")
    keys(page, "f", "Control+End")
    page.keyboard.type("了,请放心")
    keys(page, "Control+Enter")
    expect(page.locator(".writing p.bad")).to_be_visible()
    keys(page, *["Backspace"] * 4, "Control+Enter")
    expect(page.get_by_text("1 q z 2")).to_have_count(0)
    keys(page, "1", "Enter")
    expect(reply(page)).to_be_focused()
    page.keyboard.type("马上到")
    keys(page, "Control+Enter")
    expect(page.get_by_text("已存", exact=True)).to_be_visible()
    with town.client("alice") as client:
        stored = client.get(f"/rounds/{opened[1]}/mine")["annotations"]
    assert sorted(one["answers"]["reply"]["text"] for one in stored) == ["今天1 q z 2\n到了", "马上到"]


def write_among_the_keys(page: Page) -> None:
    """Letters that are keys of the workbench are letters in the field, and an input method keeps its own."""
    expect(reply(page)).to_be_visible()
    keys(page, "2", "f")
    expect(reply(page)).to_be_focused()
    compose(page, "jin'tian", "今天")
    expect(reply(page)).to_have_value("今天")
    page.keyboard.type("1 q z 2 ")
    keys(page, "Enter")
    page.keyboard.type("到")
    expect(reply(page)).to_have_value("今天1 q z 2 \n到")
    with page.expect_response(lambda response: "draft" in response.url and response.ok):
        keys(page, "Escape")
    expect(page.locator("li.on", has_text="生气")).to_be_visible()
    expect(page.get_by_text("11 / 12")).to_be_visible()


def reply(page: Page) -> Locator:
    return page.get_by_label("回复", exact=True)


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def compose(page: Page, typed: str, chosen: str) -> None:
    """As an input method does: letters stand in the field until the word is chosen."""
    hand: Any = page.context.new_cdp_session(page)
    for end in range(1, len(typed) + 1):
        hand.send("Input.imeSetComposition", {"text": typed[:end], "selectionStart": end, "selectionEnd": end})
    hand.send("Input.insertText", {"text": chosen})
