"""Turns of a dialogue, and segments with what is said in them, are judged, put right, and seen by their annotator."""

from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Open
from tests.journeys.judging import Annotated, is_saved, parts
from tests.journeys.papers import found_project, rulebook_of
from tests.journeys.served import Served
from tests.journeys.test_dialogue_workbench import TURNS, written
from tests.journeys.test_inspection_bench import found_in, inspects, reworks
from tests.journeys.test_segment_workbench import SAID
from tests.rulebooks.asked import TALK
from tests.support.sounds import noise, silence, tone, write_sound


def answered(town: Served, title: str, rulebook: str, file: Path, answers: dict[str, Any]) -> Annotated:
    """alice has answered everything so."""
    project = found_project(town, title, rulebook, ["alice"])
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, file)["job"])
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", reason="Judging is looked at.")
    with town.client("alice") as alice:
        for task in alice.lease(opened, 10):
            alice.submit(opened, task, answers)
    return Annotated(town, project, opened)


def of_turns(**turns: list[str]) -> dict[str, Any]:
    answers = {turn[1:]: {"kind": "choice", "labels": labels} for turn, labels in turns.items()}
    return {"kind": "each", "of": "turn", "answers": answers}


def test_the_turn_that_is_wrong_is_named_put_right_and_shown_to_its_annotator(
    town: Served, window: Open, tmp_path: Path
) -> None:
    said = {"intent": of_turns(t1=["ask"], t3=["ask"], t5=["ask"])}
    made = answered(town, "Talk", TALK, written(tmp_path, TURNS), said)
    hu, lot = inspects(made, window)
    turns = hu.page.locator(".turn")
    expect(turns).to_have_count(5)
    turns.nth(2).click()
    # A complaint asks how angry it is: the hand stays on the turn, and the scale has the digits.
    hu.page.keyboard.press("2")
    hu.page.keyboard.press("3")
    expect(turns.nth(2).locator(".chip.other")).to_have_text("Ask · Judged")
    expect(turns.nth(0).locator(".chip.other")).to_have_count(0)
    corrected = hu.page.locator(".corrected")
    expect(corrected).to_contain_text("Turn 3 Ask → Complain")
    assert violations(hu.page) == []
    expect(hu.page.get_by_label("wrong label")).to_be_checked()
    hu.page.keyboard.press("c")
    # A correction has to answer what it opens: whether it was solved.
    hu.page.keyboard.press("d")
    expect(hu.page.locator(".notice", has_text="Choose an answer first.")).to_be_visible()
    hu.page.keyboard.press("1")
    hu.page.keyboard.press("d")
    hu.heads("Nothing of the sample is left for you to judge.")
    [place] = found_in(made, lot)
    assert place["correction"] == {
        "intent": of_turns(t1=["ask"], t3=["complain"], t5=["ask"]),
        "anger": {"kind": "each", "of": "turn", "answers": {"3": {"kind": "rating", "value": 3.0}}},
        "solved": {"kind": "choice", "labels": ["yes"]},
    }

    alice = reworks(made, lot, window)
    alice.reads("Should have been", "Turn 3 Complain")
    alice.page.keyboard.press("Shift+X")
    expect(alice.page.locator(".turn").nth(2).locator(".chip").first).to_have_text("Complain")
    assert violations(alice.page) == []
    alice.page.keyboard.press("Enter")
    is_saved(alice)


def hears_it_looped(page: Page) -> None:
    """The second segment, from its beginning again before it runs on."""
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("l")
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 2.05")
    # It is looped: the stretch in hand begins again, and never runs on.
    page.wait_for_timeout(900)
    assert 1.9 < page.evaluate("document.querySelector('audio').currentTime") < 2.7
    page.keyboard.press("Space")


def test_a_segment_and_what_is_said_in_it_are_heard_put_right_and_shown_to_its_annotator(
    town: Served, window: Open, tmp_path: Path
) -> None:
    call = write_sound(tmp_path / "call.wav", np.concatenate([tone(1), silence(1), noise(1), silence(1)]))
    rulebook = rulebook_of("segment", ["Agent", "Customer"]).replace("labels:\n", f"{SAID}labels:\n", 1)
    segments = [
        {"id": "s1", "label": "agent", "start": 0, "end": 1000},
        {"id": "s2", "label": "customer", "start": 2000, "end": 2600},
    ]
    text = {name: {"kind": "text", "text": words} for name, words in (("s1", "你好"), ("s2", "我要退货"))}
    answers = {
        "answer": {"kind": "segment", "segments": segments},
        "said": {"kind": "each", "of": "answer", "answers": text},
    }
    made = answered(town, "Calls", rulebook, call, answers)
    hu, lot = inspects(made, window)
    expect(hu.page.locator(".timeline")).to_be_visible()
    expect(parts(hu)).to_have_count(2)
    hears_it_looped(hu.page)
    for _ in range(3):
        hu.page.keyboard.press("Control+ArrowRight")
    hu.page.keyboard.press("f")
    hu.page.keyboard.press("Control+a")
    hu.page.keyboard.type("我要退款")
    hu.page.keyboard.press("Escape")
    corrected = hu.page.locator(".corrected")
    expect(corrected.locator(".part")).to_have_text("2 Customer 我要退货款")
    expect(corrected.locator("del")).to_have_text("货")
    expect(corrected.locator("ins")).to_have_text("款")
    assert violations(hu.page) == []
    hu.page.keyboard.press("d")
    hu.heads("Nothing of the sample is left for you to judge.")
    [place] = found_in(made, lot)
    assert place["type"] == "boundary"
    segments[1]["end"] = 2630
    text["s2"]["text"] = "我要退款"
    assert place["correction"] == answers

    alice = reworks(made, lot, window)
    alice.reads("Should have been", "2 Customer 我要退款")
    expect(parts(alice)).to_have_count(2)
    alice.page.keyboard.press("Shift+X")
    alice.page.keyboard.press("Enter")
    is_saved(alice)
    with town.client("hu") as client:
        rework = client.lot(made.project, lot)["lot"]["rework_round"]
    with town.client("alice") as client:
        [mine] = client.get(f"/rounds/{rework}/mine")["annotations"]
    assert mine["answers"] == answers
