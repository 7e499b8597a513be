"""Inspectors judge on the workbench's own canvas: labels, boxes and spans are corrected, sent back, and put right."""

import time
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Open
from tests.journeys.judging import Annotated, annotate, boxes, choice, drag, is_saved, parts, spans, surfaces, texts
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor


def inspects(made: Annotated, window: Open) -> tuple[Visitor, int]:
    """hu before the first place of a lot of everything."""
    with made.town.client("hu") as hu:
        lot = hu.draw_lot(made.project, aql=1.0)
    visitor = window(made.town.url)
    visitor.sign_in("hu@guiju.test", PASSWORD)
    visitor.go(f"/projects/{made.project}/lots/{lot}/inspect")
    visitor.reads("Place 1 of")
    return visitor, lot


def found_in(made: Annotated, lot: int) -> list[dict[str, Any]]:
    """The defects on record; what was said last may still be on its way."""
    with made.town.client("hu") as hu:
        sample = list(hu.sample(made.project, lot))
        for _ in range(100):
            if all(place["outcome"] is not None for place in sample):
                break
            time.sleep(0.1)
            sample = list(hu.sample(made.project, lot))
        return [place for place in sample if place["outcome"] == "defect"]


def reworks(made: Annotated, lot: int, window: Open) -> Visitor:
    """The lot is sent back; alice before what was found defective."""
    with made.town.client("hu") as hu:
        hu.decide(made.project, lot, "defects")
        opened = hu.lot(made.project, lot)["lot"]["rework_round"]
    alice = window(made.town.url)
    alice.sign_in("alice@guiju.test", PASSWORD)
    alice.go(f"/projects/{made.project}/rounds/{opened}/work")
    alice.reads("Came back")
    return alice


def test_a_label_is_corrected_by_its_key_without_a_network_and_comes_back_to_be_put_right(
    town: Served, window: Open, tmp_path: Path
) -> None:
    made = annotate(
        town, "choice", ["yes", "no"], texts(tmp_path, "one", "two", "three"), {"alice": lambda _: choice("yes")}
    )
    hu, lot = inspects(made, window)
    hu.context.set_offline(True)
    hu.page.keyboard.press("2")
    hu.reads("Corrected")
    hu.page.keyboard.press("p")
    hu.reads("You changed the answer")
    hu.page.keyboard.press("c")
    hu.page.keyboard.press("d")
    hu.reads("1 waiting", "Place 2 of 3")
    hu.context.set_offline(False)
    for _ in range(2):
        hu.page.keyboard.press("p")
    hu.heads("Nothing of the sample is left for you to judge.")
    hu.reads("3 of 3 judged, 1 defective.")
    [place] = found_in(made, lot)
    assert (place["type"], place["clause"], place["revision"]) == ("wrong-label", "C1", 1)
    assert place["correction"] == {"answer": choice("no")}
    hu.press("Back to lot 1")
    hu.heads("Ready to be rejected")

    alice = reworks(made, lot, window)
    alice.reads("wrong label", "Should have been")
    alice.page.keyboard.press("Shift+X")
    expect(alice.page.locator(".chip")).to_have_text("no")
    alice.page.keyboard.press("Enter")
    is_saved(alice)
    with town.client("hu") as client:
        assert client.lot(made.project, client.resubmit(made.project, lot))["lot"]["resubmits"] == lot


def test_a_missed_box_is_drawn_by_the_inspector_and_shown_to_its_annotator(
    town: Served, window: Open, tmp_path: Path
) -> None:
    drawn = boxes(("a", 40, 40, 120, 60))
    made = annotate(town, "box", ["a", "b"], surfaces(tmp_path, 1), {"alice": lambda _: drawn})
    hu, lot = inspects(made, window)
    hu.page.keyboard.press("2")
    drag(hu.page, 0.5, 0.5, 0.2, 0.2)
    expect(parts(hu)).to_have_count(2)
    expect(hu.page.get_by_label("missed")).to_be_checked()
    assert violations(hu.page) == []
    hu.page.keyboard.press("w")
    hu.page.keyboard.press("+")
    hu.page.get_by_label("Note for the annotator").fill("lower right")
    hu.page.keyboard.press("Control+Enter")
    hu.heads("Nothing of the sample is left for you to judge.")
    is_saved(hu)
    [place] = found_in(made, lot)
    assert (place["type"], place["severity"], place["note"]) == ("missed", "critical", "lower right")
    assert [shape["label"] for shape in place["correction"]["answer"]["shapes"]] == ["a", "b"]

    alice = reworks(made, lot, window)
    alice.reads("missed", "lower right", "Should have been")
    assert violations(alice.page) == []
    expect(parts(alice)).to_have_count(1)
    alice.page.get_by_role("button", name="Take it over").click()
    expect(parts(alice)).to_have_count(2)
    alice.page.keyboard.press("z")
    expect(parts(alice)).to_have_count(1)


def test_a_span_that_was_missed_is_marked_and_one_with_another_label_named_anew(
    town: Served, window: Open, tmp_path: Path
) -> None:
    text = "李雷住在北京。"
    made = annotate(town, "span", ["PER", "LOC"], texts(tmp_path, text), {"alice": lambda _: spans(("loc", 0, 2))})
    hu, lot = inspects(made, window)
    expect(hu.page.locator(".marks .span")).to_have_count(1)
    hu.page.keyboard.press("Tab")
    hu.page.keyboard.press("1")
    expect(hu.page.get_by_label("wrong label")).to_be_checked()
    expect(hu.page.locator(".marks .span.other")).to_have_count(1)
    hu.page.keyboard.press("d")
    hu.heads("Nothing of the sample is left for you to judge.")
    is_saved(hu)
    [place] = found_in(made, lot)
    assert place["correction"]["answer"]["spans"] == [{"id": "s0", "label": "per", "start": 0, "end": 2}]

    alice = reworks(made, lot, window)
    alice.reads("wrong label")
    expect(alice.page.locator(".marks .span-name.by").first).to_be_visible()
