"""Inspectors put texts and shares right on the canvas; who wrote them sees what was changed, and takes it over."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Open
from tests.journeys.judging import annotate, is_saved, texts
from tests.journeys.served import Served
from tests.journeys.test_inspection_bench import found_in, inspects, reworks

LONG = "We are sorry that the parcel has not reached you, and have asked the carrier where it is. It comes on Monday."
RIGHT = LONG.replace("Monday", "Tuesday")


def test_a_text_is_rewritten_by_the_inspector_and_taken_over_by_who_wrote_it(
    town: Served, window: Open, tmp_path: Path
) -> None:
    made = annotate(
        town, "text", ["x"], texts(tmp_path, "Where is it?"), {"alice": lambda _: {"kind": "text", "text": LONG}}
    )
    hu, lot = inspects(made, window)
    box = hu.page.get_by_role("textbox", name="Answer")
    expect(box).to_have_value(LONG)
    expect(box).not_to_be_focused()
    hu.page.keyboard.press("t")
    expect(box).to_be_focused()
    hu.page.keyboard.press("Control+End")
    for _ in "Monday.":
        hu.page.keyboard.press("Backspace")
    hu.page.keyboard.type("Tuesday.")
    expect(hu.page.locator(".whole del")).to_have_text("Mon")
    expect(hu.page.locator(".whole ins")).to_have_text("Tues")
    assert violations(hu.page) == []
    hu.page.keyboard.press("Escape")
    hu.page.keyboard.press("c")
    hu.page.keyboard.press("d")
    hu.heads("Nothing of the sample is left for you to judge.")
    [place] = found_in(made, lot)
    assert (place["type"], place["correction"]) == ("wrong-text", {"answer": {"kind": "text", "text": RIGHT}})

    alice = reworks(made, lot, window)
    alice.reads("Should have been", RIGHT)
    alice.page.keyboard.press("Escape")
    alice.page.keyboard.press("Shift+X")
    expect(alice.page.get_by_role("textbox", name="Answer")).to_have_value(RIGHT)
    alice.page.keyboard.press("Enter")
    is_saved(alice)


def test_shares_are_given_anew_and_the_verdict_evens_them_out(town: Served, window: Open, tmp_path: Path) -> None:
    said = {"kind": "soft", "weights": {"a": 1.0}}
    made = annotate(town, "soft", ["a", "b"], texts(tmp_path, "Mixed"), {"alice": lambda _: said}, name="Shares")
    hu, lot = inspects(made, window)
    for key in ("Shift+Digit1", "Shift+Digit1", "Shift+Digit1", "2"):
        hu.page.keyboard.press(key)
    hu.reads("a 70% · b 10%")
    assert violations(hu.page) == []
    hu.page.keyboard.press("c")
    hu.page.keyboard.press("d")
    hu.heads("Nothing of the sample is left for you to judge.")
    [place] = found_in(made, lot)
    assert place["type"] == "wrong-shares"
    assert place["correction"] == {"answer": {"kind": "soft", "weights": {"a": 0.9, "b": 0.1}}}
