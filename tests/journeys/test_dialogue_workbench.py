"""A dialogue answered turn by turn from the keyboard, and boxes with attributes: what is asked comes and goes."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from guiju.samples.steel import draw_surface, item_name
from tests.journeys.conftest import Open
from tests.journeys.papers import found_project
from tests.journeys.served import PASSWORD, Served
from tests.rulebooks.asked import STEEL, TALK

TURNS = [
    ("客户", "你好，我上周买的鞋 😀 什么时候发货？"),
    ("客服", "您好，今天就发。"),
    ("客户", "已经第三次说“今天”了！\n我要投诉。"),
    ("客服", "非常抱歉，שלום，马上处理。"),
    ("客户", "好的，谢谢。"),
]
LONGEST_FRAME = """async () => {
  const list = document.querySelector(".talk");
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const found = [];
  for (let n = 0; n < 60; n += 1) {
    const began = performance.now();
    list.scrollTop += 300;
    await frame();
    found.push(performance.now() - began);
  }
  return found.sort((a, b) => a - b)[56];
}"""
"""Milliseconds of a frame while the dialogue is scrolled, p95."""
KEYS_P95 = """async () => {
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  const found = [];
  for (let n = 0; n < 40; n += 1) {
    const began = performance.now();
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "1", cancelable: true }));
    await frame();
    found.push(performance.now() - began);
  }
  return found.sort((a, b) => a - b)[37];
}"""
"""Milliseconds from a label's key to the frame that shows the answer and the next turn."""


# The digits are the labels' own where no scale wants them.
ATTRIBUTES = re.sub(r"  - \{id: depth.*?\}\}\n", "", STEEL, flags=re.DOTALL).replace(", depth: [2]", "")


def written(folder: Path, *dialogues: Sequence[tuple[str, str]]) -> Path:
    rows = (
        {"name": f"d{number}", "turns": [{"speaker": speaker, "text": text} for speaker, text in turns]}
        for number, turns in enumerate(dialogues)
    )
    path = folder / "talk.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def open_round(town: Served, title: str, document: str, *files: Path) -> tuple[int, int]:
    project = found_project(town, title, document, ["alice"])
    with town.client("gao") as gao:
        for file in files:
            gao.wait_for_job(gao.import_file(project, file)["job"])
    with town.client("zhou") as zhou:
        return project, zhou.open_round(project, "production", reason="It is looked at.")


def at_work(town: Served, window: Open, project: int, round_id: int, locale: str = "en-GB") -> Page:
    alice = window(town.url, locale)
    alice.sign_in("alice@guiju.test", PASSWORD)
    alice.go(f"/projects/{project}/rounds/{round_id}/work")
    return alice.page


def stored(town: Served, round_id: int, page: Page) -> list[dict[str, Any]]:
    """alice's answers once the page says that all of them have arrived."""
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    with town.client("alice") as alice:
        return [each["answers"] for each in alice.get(f"/rounds/{round_id}/mine")["annotations"]]


def test_a_dialogue_is_answered_turn_by_turn_with_one_key_each(town: Served, window: Open, tmp_path: Path) -> None:
    project, round_id = open_round(town, "Talk", TALK, written(tmp_path, TURNS))
    page = at_work(town, window, project, round_id)
    turns = page.locator(".turn")
    expect(turns).to_have_count(5)
    expect(turns.nth(0)).to_have_class("turn s0 near held")
    expect(turns.nth(1)).to_have_class("turn s1 far ")
    expect(turns.nth(2).locator(".words")).to_have_text("已经第三次说“今天”了！\n我要投诉。", use_inner_text=True)
    expect(page.locator("nav.labels").get_by_role("heading", name="Solved")).to_have_count(0)
    page.keyboard.press("1")
    expect(turns.nth(2)).to_have_class("turn s0 near held")
    page.keyboard.press("2")
    # A complaint is weighed before the hand goes on, and asks at the end whether it was solved.
    page.keyboard.press("3")
    expect(turns.nth(4)).to_have_class("turn s0 near held")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator(".notice", has_text="Choose an answer first.")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing left for you here")).to_be_visible()
    [answers] = stored(town, round_id, page)
    assert {turn: one["labels"] for turn, one in answers["intent"]["answers"].items()} == {
        "1": ["ask"], "3": ["complain"], "5": ["ask"],
    }  # fmt: skip
    assert answers["anger"]["answers"] == {"3": {"kind": "rating", "value": 3.0}}
    assert answers["solved"]["labels"] == ["yes"]


def test_what_is_no_longer_asked_is_put_away_and_comes_back_with_undo(
    town: Served, window: Open, tmp_path: Path
) -> None:
    project, round_id = open_round(town, "Talk again", TALK, written(tmp_path, TURNS[:3]))
    page = at_work(town, window, project, round_id)
    expect(page.locator(".turn")).to_have_count(3)
    for key in ("1", "2", "3"):
        page.keyboard.press(key)
    third = page.locator(".turn").nth(2)
    expect(third.locator(".chip")).to_have_count(2)
    third.click()
    page.keyboard.press("F")
    page.keyboard.press("k")
    page.keyboard.press("j")
    expect(third).to_have_class("turn s0 near held")
    page.get_by_role("button", name="Ask", exact=False).first.click()
    expect(third.locator(".chip")).to_have_count(1)
    expect(page.locator("nav.labels").get_by_role("heading", name="Solved")).to_have_count(0)
    page.keyboard.press("z")
    expect(third.locator(".chip")).to_have_count(2)
    expect(page.locator("nav.labels").get_by_role("heading", name="Solved")).to_be_visible()


def test_a_models_intents_wait_at_their_turns_and_each_is_counted_for_what_became_of_it(
    town: Served, window: Open, tmp_path: Path
) -> None:
    file, guesses = written(tmp_path, TURNS), tmp_path / "guesses.jsonl"
    turns = {"1": "ask", "3": "ask", "5": "ask"}
    said = {turn: {"kind": "choice", "labels": [label]} for turn, label in turns.items()}
    line = {"name": "d0", "answers": {"intent": {"kind": "each", "of": "turn", "answers": said}}}
    guesses.write_text(json.dumps({**line, "scores": {"intent": {"1": 0.91, "3": 0.42}}}), encoding="utf-8")
    project = found_project(town, "Guessed", TALK, ["alice"])
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, file)["job"])
        told = gao.import_annotations(project, guesses, format="jsonl", annotator="intent-1", predictions="yes")
        assert gao.wait_for_job(told["job"])["outcome"]["annotations"] == 1
    with town.client("zhou") as zhou:
        round_id = zhou.open_round(project, "production", reason="It is looked at.", suggest={"annotator": "intent-1"})
    page = at_work(town, window, project, round_id)
    waiting = page.locator(".turn .chip.suggested")
    expect(waiting).to_have_count(3)
    expect(waiting.nth(0)).to_contain_text("91%")
    page.keyboard.press("y")
    expect(waiting).to_have_count(2)
    expect(page.locator(".turn").nth(2)).to_have_class("turn s0 near held")
    page.keyboard.press("2")
    page.keyboard.press("3")
    expect(waiting).to_have_count(1)
    expect(page.locator(".turn").nth(4)).to_have_class("turn s0 near held")
    page.keyboard.press("n")
    expect(waiting).to_have_count(0)
    page.keyboard.press("z")
    expect(waiting).to_have_count(1)
    page.locator("nav.labels").get_by_role("button", name="Yes").click()
    page.keyboard.press("Enter")
    assert stored(town, round_id, page)
    with town.client("zhou") as zhou:
        report = zhou.get(f"/rounds/{round_id}/pace")
    assert {row["label"]: (row["kept"], row["changed"]) for row in report["labels"]} == {"ask": (2, 1)}


def test_five_hundred_turns_scroll_and_answer_without_waiting(town: Served, window: Open, tmp_path: Path) -> None:
    long = [TURNS[number % 5] for number in range(500)]
    project, round_id = open_round(town, "Long talk", TALK, written(tmp_path, long))
    page = at_work(town, window, project, round_id)
    expect(page.locator(".turn")).to_have_count(500)
    scrolled, answered = page.evaluate(LONGEST_FRAME), page.evaluate(KEYS_P95)
    assert scrolled < 150, f"a frame of scrolling takes {scrolled:.1f} ms (p95)"
    assert answered < 150, f"a key is answered in {answered:.1f} ms (p95)"


def test_every_box_is_asked_and_a_box_that_goes_takes_its_answers_along(
    town: Served, window: Open, tmp_path: Path
) -> None:
    picture = tmp_path / item_name(1)
    picture.write_bytes(draw_surface(1).image_bytes)
    project, round_id = open_round(town, "Attributes", ATTRIBUTES, picture)
    page = at_work(town, window, project, round_id)
    expect(page.get_by_role("application")).to_be_visible()
    expect(page.locator("nav.labels").get_by_role("heading", name="Defects")).to_have_count(0)
    page.get_by_role("button", name="Defect", exact=False).first.click()
    page.get_by_role("button", name="Scratch").click()
    frame = page.locator(".frame").bounding_box()
    assert frame is not None

    def draw(left: float) -> None:
        x, y = frame["x"] + left * frame["width"], frame["y"] + 0.4 * frame["height"]
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y + 40, steps=3)
        page.mouse.up()

    draw(0.3)
    expect(page.get_by_text("of the selected Scratch").first).to_be_visible()
    page.keyboard.press("7")
    draw(0.6)
    expect(page.locator("section.parts li")).to_have_count(2)
    # The submit key says what is missing and takes the hand there.
    page.keyboard.press("Enter")
    expect(page.locator(".notice", has_text="Choose an answer first.")).to_be_visible()
    page.keyboard.press("Delete")
    expect(page.locator("section.parts li")).to_have_count(1)
    page.keyboard.press("z")
    expect(page.locator("section.parts li")).to_have_count(2)
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing left for you here")).to_be_visible()
    [answers] = stored(town, round_id, page)
    assert [shape["id"] for shape in answers["defects"]["shapes"]] == ["b1"]
    assert answers["occluded"] == {
        "kind": "each", "of": "defects", "answers": {"b1": {"kind": "choice", "labels": ["yes"]}},
    }  # fmt: skip
