"""What an item costs a hand: keys, clicks and drags, counted by the page itself while it is driven."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guiju.samples.documents import rulebook_text
from tests.journeys.benches import open_production, surfaces, texts
from tests.journeys.conftest import Open
from tests.journeys.papers import found_project, rulebook_of
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor

# A modifier that is held is no act of its own; a press that moves is a drag, one that does not is a click.
COUNTER = """
  window.hand = { keys: 0, clicks: 0, drags: 0 };
  let from = null;
  addEventListener("keydown", ({ key }) => {
    if (!["Shift", "Control", "Alt", "Meta"].includes(key)) window.hand.keys += 1;
  }, true);
  addEventListener("pointerdown", ({ clientX, clientY }) => { from = [clientX, clientY]; }, true);
  addEventListener("pointerup", ({ clientX, clientY }) => {
    const moved = Math.hypot(clientX - from[0], clientY - from[1]) > 3;
    window.hand[moved ? "drags" : "clicks"] += 1;
  }, true);
"""
Cost = dict[str, int]


@pytest.fixture
def alice(town: Served, window: Open) -> Visitor:
    with town.client("alice") as client:
        client.write("PUT", "/me/workbench", settings={})  # what she chose in another test follows her into this one
    one = window(town.url)
    one.sign_in("alice@guiju.test", PASSWORD)
    one.context.add_init_script(COUNTER)
    return one


def cost(page: Page) -> Cost:
    """What was done since this was asked last, of the things that were done at all."""
    found: Cost = page.evaluate(
        "() => { const was = { ...hand }; for (const each in hand) hand[each] = 0; return was; }"
    )
    return {what: count for what, count in found.items() if count}


def next_item(page: Page, before: str) -> None:
    page.wait_for_function(
        "before => document.querySelector('.unseen[aria-live]').textContent.trim() !== before", arg=before
    )


def item(page: Page) -> str:
    return page.locator(".unseen[aria-live]").inner_text().strip()


def draw(page: Page) -> None:
    frame = page.locator(".frame").bounding_box()
    assert frame is not None
    x, y = frame["x"] + frame["width"] * 0.4, frame["y"] + frame["height"] * 0.4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40)
    page.mouse.move(x + 120, y + 80)
    page.mouse.up()


def test_a_choice_costs_one_key_where_the_choice_submits(town: Served, alice: Visitor, tmp_path: Path) -> None:
    page = alice.page
    alice.go(open_production(town, "One", rulebook_of("choice", ["A", "B"]), texts(tmp_path)))
    expect(page.locator(".text").first).to_be_visible()
    page.keyboard.press("?")
    page.get_by_label("Choosing a label submits at once").check()
    page.keyboard.press("Escape")
    cost(page)
    before = item(page)
    page.keyboard.press("2")
    next_item(page, before)
    assert cost(page) == {"keys": 1}


def test_a_choice_costs_two_keys_as_it_comes(town: Served, alice: Visitor, tmp_path: Path) -> None:
    page = alice.page
    alice.go(open_production(town, "Two", rulebook_of("choice", ["A", "B"]), texts(tmp_path)))
    expect(page.locator(".text").first).to_be_visible()
    before = item(page)
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    next_item(page, before)
    assert cost(page) == {"keys": 2}


def test_a_box_costs_a_drag_and_two_keys(town: Served, alice: Visitor, tmp_path: Path) -> None:
    """And a key less while its label stays the one in hand."""
    page = alice.page
    alice.go(open_production(town, "Box", rulebook_text("steel"), surfaces(tmp_path)))
    expect(page.get_by_role("application")).to_be_visible()
    before = item(page)
    page.keyboard.press("3")
    draw(page)
    page.keyboard.press("Enter")
    next_item(page, before)
    assert cost(page) == {"keys": 2, "drags": 1}
    before = item(page)
    draw(page)
    page.keyboard.press("Enter")
    next_item(page, before)
    assert cost(page) == {"keys": 1, "drags": 1}


def test_a_right_suggestion_costs_one_key(town: Served, alice: Visitor, tmp_path: Path) -> None:
    project = found_project(town, "Said", rulebook_of("choice", ["A", "B"]), ["alice"])
    said = tmp_path / "said.csv"
    said.write_text("item,label,confidence\n" + "".join(f"t{n},b,0.9\n" for n in range(3)), encoding="utf-8")
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, texts(tmp_path))["job"])
        sent = gao.import_annotations(project, said, format="csv", annotator="model", predictions="true")
        gao.wait_for_job(sent["job"])
    with town.client("zhou") as zhou:
        suggest = {"annotator": "model"}
        opened = zhou.open_round(project, "production", reason="Suggestions are counted.", suggest=suggest)
    alice.go(f"/projects/{project}/rounds/{opened}/work")
    page = alice.page
    expect(page.locator(".text").first).to_be_visible()
    before = item(page)
    page.keyboard.press("Enter")
    next_item(page, before)
    assert cost(page) == {"keys": 1}
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    with town.client("alice") as client:
        [kept] = client.get(f"/rounds/{opened}/mine")["annotations"]
    assert kept["answers"]["answer"]["labels"] == ["b"]
