"""An expert rules where annotators differ: the answers lie over one another, one is picked or put right."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Open
from tests.journeys.judging import Annotated, Say, annotate, boxes, choice, drag, is_saved, parts, surfaces, texts
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor


def rules(made: Annotated, window: Open) -> Visitor:
    """xing comes by the list of undecided items."""
    xing = window(made.town.url)
    xing.sign_in("xing@guiju.test", PASSWORD)
    xing.go(f"/projects/{made.project}/rounds/{made.round}/undecided")
    assert violations(xing.page) == []
    xing.press("Rule on them one by one")
    xing.reads("Their answers")
    return xing


def test_boxes_of_two_annotators_are_compared_one_is_picked_and_corrected(
    town: Served, window: Open, tmp_path: Path
) -> None:
    said: dict[str, Say] = {
        "alice": lambda _: boxes(("a", 40, 40, 120, 60)),
        "bob": lambda _: boxes(("a", 200, 200, 100, 90)),
    }
    made = annotate(town, "box", ["a", "b"], surfaces(tmp_path, 1), said)
    xing = rules(made, window)
    xing.reads("agreement 0.00")
    rows = xing.page.locator(".voices li")
    expect(rows).to_have_count(2)
    expect(xing.page.get_by_text("Show names")).to_have_count(0)
    xing.page.keyboard.press("Tab")
    expect(rows.nth(0)).to_have_class("alone-shown")
    xing.page.keyboard.press("1")
    expect(parts(xing)).to_have_count(1)
    assert violations(xing.page) == []
    drag(xing.page, 0.6, 0.1, 0.2, 0.2)
    expect(parts(xing)).to_have_count(2)
    xing.page.keyboard.press("Enter")
    xing.reads("Say why")
    xing.page.keyboard.type("Both edges show.")
    xing.page.keyboard.press("Enter")
    xing.heads("Nothing is left here for you to rule on.")
    is_saved(xing)
    with town.client("xing") as client:
        [item] = client.items(made.project)
        assert client.get(f"/rounds/{made.round}/cases")["tasks"] == []
        [case] = client.get(f"/rounds/{made.round}/cases", item=item["id"])["tasks"]
    assert case["ruling"]["text"] == "Both edges show."
    assert len(case["answers"]["answer"]["shapes"]) == 2
    xing.press("Back to the undecided items")
    xing.reads("Nothing of this round waits for a ruling")


def test_choices_are_ruled_by_a_key_and_a_cited_clause_and_what_is_left_for_later_stays(
    town: Served, window: Open, tmp_path: Path
) -> None:
    said: dict[str, Say] = {
        "alice": lambda _: choice("yes"),
        "bob": lambda place: choice("yes" if place == 2 else "no"),
    }
    made = annotate(town, "choice", ["yes", "no"], texts(tmp_path, "one", "two", "three"), said)
    xing = rules(made, window)
    first = xing.page.locator("article").inner_text()
    xing.page.keyboard.press("l")
    expect(xing.page.locator("article")).not_to_have_text(first)
    second = xing.page.locator("article").inner_text()
    chosen = xing.page.locator(".voices li").nth(1)
    told = chosen.locator(".name").inner_text().strip()
    xing.page.keyboard.press("2")
    expect(xing.page.locator(".chip")).to_have_text(told)
    xing.page.keyboard.press("c")
    xing.page.keyboard.press("Enter")
    xing.heads("Nothing is left here for you to rule on.")
    is_saved(xing)
    with town.client("xing") as client:
        [open_] = client.get(f"/rounds/{made.round}/cases")["tasks"]
        items = {item["text"]: item["id"] for item in client.items(made.project)}
        [case] = client.get(f"/rounds/{made.round}/cases", item=items[second])["tasks"][:1]
    assert open_["item"]["text"] == first
    assert (case["answers"], case["ruling"]["clause"]) == ({"answer": choice(told)}, "C1")
