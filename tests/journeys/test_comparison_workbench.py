"""Answers of two assistants are compared in Chinese by keyboard: pairs, ties, an order of four, a second criterion."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from guiju.kinds.ranking.seats import shown_order
from guiju.kinds.ranking.shape import letter
from tests.journeys.conftest import Open
from tests.journeys.papers import found_project
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor

RULEBOOK = """---
title: {zh: "回答比较", en: "Comparing answers"}
version: 1.0.0
fields:
  - id: better
    kind: ranking
    title: {zh: "哪个更好", en: "Which is better"}
    options: {mode: rank, ties: true}
  - id: honest
    kind: ranking
    title: {zh: "谁最诚实", en: "Which is the most honest"}
    required: false
    options: {mode: best}
  - id: useful
    kind: rating
    title: {zh: "最好的有多有用", en: "How useful the best is"}
    required: false
    options: {low: 1, high: 5}
labels: []
checks:
  - {id: no-all-level, field: better, expect: 'places > 1', message: {zh: "不能全部并列。", en: "All are level."}}
---

## C1 更好 | Better

先看是否回答了问题,再看是否属实。

> en: First whether it answers, then whether it is true.
"""
PAIRS = [
    {
        "prompt": "怎么申请退款?",
        "chosen": "**步骤**\n\n1. 打开“我的订单”\n2. 点“申请退款”\n\n| 方式 | 到账 |\n|---|---|\n| 原路 | 3 天 |",
        "rejected": "不能退款。<script>document.title = 'hacked'</script>",
    },
    {"prompt": "运费谁出?", "chosen": "卖家出运费。", "rejected": "买家出运费。"},
]
FOUR = {"prompt": "写一句问候。", "responses": [{"text": text, "model": f"secret-{text}"} for text in "甲乙丙丁"]}


@pytest.fixture(scope="module")
def comparisons(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("answers")
    files = {"pairs.jsonl": PAIRS, "four.jsonl": [FOUR]}
    for name, entries in files.items():
        text = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def known_of(town: Served, project: int, who: str) -> dict[str, Any]:
    """A project's items by their first words, and who is at work: what the order of the answers hangs on."""
    with town.client(who) as client:
        person = int(client.me()["id"])
    with town.client("zhou") as zhou:
        items = zhou.get(f"/projects/{project}/items")["items"]
        texts = {one["id"]: json.loads(zhou.get(f"/items/{one['id']}")["text"]) for one in items}
    return {"person": person, "items": texts}


def test_pairs_and_orders_are_ranked_by_keyboard_and_stored_by_the_items_own_numbers(
    town: Served, window: Open, comparisons: list[Path]
) -> None:
    project = found_project(town, "Assistants", RULEBOOK, ["alice"])
    with town.client("gao") as gao:
        for path in comparisons:
            gao.wait_for_job(gao.import_file(project, path)["job"])
    with town.client("zhou") as zhou:
        round_id = zhou.open_round(project, "production", reason="Only the ranking is looked at.")
    known = known_of(town, project, "alice")
    alice = window(town.url, "zh-CN")
    alice.sign_in("alice@guiju.test", PASSWORD, "登录")
    alice.go(f"/projects/{project}/rounds/{round_id}/work")
    page = alice.page
    expected: dict[str, list[list[int]]] = {}
    for _ in range(3):
        item, prompt = in_hand(page, known)
        shown = shown_order(item, known["person"], len(known["items"][item]["answers"]))
        assert [heading.inner_text()[0] for heading in page.locator(".answer .name").all()] == [
            letter(one) for one in shown
        ]
        expected[prompt] = rank(alice, shown)
        expect(page.locator(".prompt").get_by_text(prompt)).to_have_count(0)
    expect(page.get_by_text("已存", exact=True)).to_be_visible()
    assert "hacked" not in page.title()
    assert "secret" not in page.content()
    with town.client("alice") as client:
        stored = client.get(f"/rounds/{round_id}/mine")["annotations"]
    found = {json.loads(one["item"]["text"])["prompt"]: one["answers"] for one in stored}
    assert {prompt: answers["better"]["order"] for prompt, answers in found.items()} == expected
    assert found["写一句问候。"]["honest"]["kind"] == "ranking"
    assert found["写一句问候。"]["useful"] == {"kind": "rating", "value": 4.0}


def in_hand(page: Page, known: dict[str, Any]) -> tuple[int, str]:
    prompt = page.locator(".prompt")
    expect(prompt).to_be_visible()
    said = prompt.inner_text().strip()
    (item,) = [one for one, body in known["items"].items() if body["prompt"] == said]
    return int(item), said


def rank(alice: Visitor, shown: tuple[int, ...]) -> list[list[int]]:
    """What a person does with the item in hand, and what it means in the item's own numbers."""
    page = alice.page
    if len(shown) == 2:
        return rank_a_pair(alice, shown)
    keys(page, "3", "e", "1", "4")
    expect(places(page)).to_have_text([re.compile("^1"), re.compile("^3"), re.compile("^4")])
    drag(page, rows(page).last, rows(page).first)
    keys(page, "z", "f", "2")
    expect(page.locator(".answer.first .name")).to_contain_text(letter(shown[1]))
    keys(page, "f", "4", "Enter")
    return [sorted([shown[2], shown[0]]), [shown[3]], [shown[1]]]


def rank_a_pair(alice: Visitor, shown: tuple[int, ...]) -> list[list[int]]:
    page = alice.page
    keys(page, "ArrowDown", "Enter")
    alice.reads("不能全部并列。")
    keys(page, "ArrowLeft", "ArrowRight")
    expect(page.locator(".answer.first .name")).to_contain_text(letter(shown[1]))
    keys(page, "z")
    expect(page.locator(".answer.first .name")).to_contain_text(letter(shown[0]))
    keys(page, "Enter")
    return [[shown[0]], [shown[1]]]


def test_an_order_is_changed_by_dragging(town: Served, window: Open, comparisons: list[Path]) -> None:
    project = found_project(town, "Greetings", RULEBOOK, ["bob"])
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, comparisons[1])["job"])
    with town.client("zhou") as zhou:
        round_id = zhou.open_round(project, "production", reason="Only the ranking is looked at.")
    bob = window(town.url, "en-GB")
    bob.sign_in("bob@guiju.test", PASSWORD)
    bob.go(f"/projects/{project}/rounds/{round_id}/work")
    page = bob.page
    expect(page.locator(".answer")).to_have_count(4)
    keys(page, "1", "2", "3")
    before = [row.locator("b").inner_text() for row in rows(page).all()]
    drag(page, rows(page).last, rows(page).first)
    expect(rows(page).first.locator("b")).to_have_text(before[3])
    after = [row.locator("b").inner_text() for row in rows(page).all()]
    assert after == [before[3], *before[:3]]
    keys(page, "z")
    expect(rows(page).first.locator("b")).to_have_text(before[0])
    rows(page).nth(1).click()
    expect(page.locator(".places").first.locator(".left button")).to_have_count(3)


def ranked(*order: int) -> dict[str, Any]:
    return {"kind": "ranking", "order": [[one] for one in order]}


def annotated(town: Served, file: Path, name: str, **said: dict[str, Any]) -> tuple[int, int]:
    """A project whose comparisons everybody ranked, each always in one way, and its round."""
    project = found_project(town, name, RULEBOOK, list(said))
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, file)["job"])
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", overlap=len(said), reason="Judging alone is looked at.")
    for person, answer in said.items():
        with town.client(person) as client:
            for task in client.lease(opened, 10):
                client.submit(opened, task, {"better": answer})
    return project, opened


def pairs_file(folder: Path) -> Path:
    entries = [{"name": f"p{n}", "prompt": f"第{n}问", "answers": ["是。", "不是。"]} for n in range(2)]
    path = folder / "two.jsonl"
    path.write_text("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries), encoding="utf-8")
    return path


def test_an_inspector_turns_a_pair_round_and_the_lot_knows_what_was_right(
    town: Served, window: Open, tmp_path: Path
) -> None:
    project, _ = annotated(town, pairs_file(tmp_path), "Turned round", alice=ranked(0, 1))
    with town.client("hu") as client:
        lot = client.draw_lot(project, aql=1.0)
    hu = window(town.url)
    hu.sign_in("hu@guiju.test", PASSWORD)
    hu.go(f"/projects/{project}/lots/{lot}/inspect")
    hu.reads("Place 1 of 2")
    expect(hu.page.locator(".answer.first b")).to_have_text("A")
    right = hu.page.locator(".answer b").all_inner_texts().index("B")
    keys(hu.page, "ArrowLeft" if right == 0 else "ArrowRight")
    expect(hu.page.locator(".answer.first b")).to_have_text("B")
    hu.reads("Corrected")
    keys(hu.page, "d")
    hu.reads("Place 2 of 2")
    expect(hu.page.locator(".answer.first b")).to_have_text("A")
    keys(hu.page, "p")
    hu.heads("Nothing of the sample is left for you to judge.")
    with town.client("hu") as client:
        [place] = [place for place in client.sample(project, lot) if place["outcome"] == "defect"]
    assert (place["type"], place["correction"]) == ("wrong-order", {"better": ranked(1, 0)})


def test_an_expert_picks_one_of_two_contrary_rankings(town: Served, window: Open, tmp_path: Path) -> None:
    project, opened = annotated(town, pairs_file(tmp_path), "Contrary", alice=ranked(0, 1), bob=ranked(1, 0))
    xing = window(town.url)
    xing.sign_in("xing@guiju.test", PASSWORD)
    xing.go(f"/projects/{project}/rounds/{opened}/undecided")
    xing.press("Rule on them one by one")
    xing.reads("Their answers", "agreement 0.00", "A > B", "B > A")
    told = xing.page.locator(".voices li").nth(1).inner_text()
    keys(xing.page, "2")
    expect(xing.page.locator(".answer.first b")).to_have_text("A" if "A > B" in told else "B")
    first = xing.page.locator(".prompt").inner_text()
    keys(xing.page, "c", "Enter")
    expect(xing.page.locator(".prompt")).not_to_have_text(first)
    expect(xing.page.get_by_text("Saved", exact=True)).to_be_visible()
    with town.client("xing") as client:
        assert len(client.get(f"/rounds/{opened}/cases")["tasks"]) == 1


def rows(page: Page) -> Locator:
    return page.locator(".places").first.locator("ol .row")


def places(page: Page) -> Locator:
    return page.locator(".places").first.locator("ol > li")


def drag(page: Page, what: Locator, onto: Locator) -> None:
    """To just above the middle third of the other: before it."""
    start, end = what.bounding_box(), onto.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 30, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, end["y"] + end["height"] / 2)
    page.mouse.move(end["x"] + 30, end["y"] + 2, steps=4)
    page.mouse.up()


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)
