"""A sound in the workbench: heard, marked by keys and by mouse, undone, and stored to the millisecond."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.papers import found_project, rulebook_of
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor
from tests.support.sounds import noise, silence, tone, voice, write_sound

FRAMES_P95 = """async () => {
  const line = document.querySelector(".timeline canvas + canvas");
  const found = [];
  const next = () => new Promise(done => requestAnimationFrame(done));
  await next();
  for (let n = 0; n < 90; n += 1) {
    line.dispatchEvent(new WheelEvent("wheel", { deltaX: 60, cancelable: true, bubbles: true }));
    const began = performance.now();
    await next();
    await new Promise(done => setTimeout(done, 0));
    found.push(performance.now() - began);
  }
  return found.sort((a, b) => a - b)[85];
}"""
"""Milliseconds from a turn of the wheel to the end of the frame that shows it."""


@dataclass(frozen=True)
class Bench:
    """alice before a sound."""

    town: Served
    alice: Visitor
    round: int

    @property
    def page(self) -> Page:
        return self.alice.page

    def segments(self) -> Locator:
        return self.page.locator("section.parts li")

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def drag(self, start: float, end: float) -> None:
        """From one share of the timeline's width to another."""
        box = self.page.locator(".timeline").bounding_box()
        assert box is not None
        y = box["y"] + box["height"] / 2
        self.page.mouse.move(box["x"] + start * box["width"], y)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + end * box["width"], y, steps=5)
        self.page.mouse.up()

    def at(self) -> str:
        return self.page.locator(".soundbar output").inner_text().split(" ")[0]

    def submit(self) -> list[tuple[str, int, int]]:
        self.keys("Enter")
        expect(self.page.get_by_text("Saved", exact=True)).to_be_visible()
        with self.town.client("alice") as alice:
            found: list[dict[str, Any]] = alice.get(f"/rounds/{self.round}/mine")["annotations"]
        return [(one["label"], one["start"], one["end"]) for one in found[0]["answers"]["answer"]["segments"]]


def open_bench(
    town: Served, window: Open, sound: Path, options: str = "", locale: str = "en-GB", more: str = ""
) -> Bench:
    rulebook = rulebook_of("segment", ["Agent", "Customer"]).replace("labels:\n", f"{more}labels:\n", 1)
    if options:
        rulebook = rulebook.replace("kind: segment,", f"kind: segment, options: {options},")
    project = found_project(town, "Calls", rulebook, ["alice"])
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, sound)["job"])
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", reason="Calls are listened to.")
    alice = window(town.url, locale)
    alice.sign_in("alice@guiju.test", PASSWORD)
    alice.go(f"/projects/{project}/rounds/{opened}/work")
    expect(alice.page.locator(".timeline")).to_be_visible()
    return Bench(town, alice, opened)


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """Four seconds: a tone, a pause, noise, a pause."""
    samples = np.concatenate([tone(1), silence(1), noise(1), silence(1)])
    return write_sound(tmp_path / "call.wav", samples)


def test_segments_are_made_by_keys_alone_and_stored_to_the_millisecond(town: Served, window: Open, call: Path) -> None:
    bench = open_bench(town, window, call)
    bench.keys("i", "ArrowRight", "o")
    expect(bench.segments()).to_have_count(1)
    bench.keys("ArrowRight", "i", "ArrowRight", "Shift+ArrowRight", "o", "2")
    expect(bench.segments()).to_have_count(2)
    bench.keys("Control+ArrowLeft", "Control+ArrowLeft", "Alt+ArrowRight")
    bench.keys("Shift+Tab", "Control+ArrowRight")
    assert bench.submit() == [("agent", 0, 1010), ("customer", 2010, 3080)]


def test_segments_are_drawn_resized_split_merged_and_undone(town: Served, window: Open, call: Path) -> None:
    bench = open_bench(town, window, call)
    bench.drag(0.1, 0.3)
    bench.drag(0.5, 0.75)
    expect(bench.segments()).to_have_count(2)
    bench.drag(0.75, 0.9)
    expect(bench.segments()).to_have_count(2)
    bench.keys("z", "Shift+Z", "Home", "ArrowRight", "ArrowRight", "ArrowRight", "s")
    expect(bench.segments()).to_have_count(3)
    bench.keys("Shift+Tab", "m")
    expect(bench.segments()).to_have_count(2)
    bench.keys("z")
    expect(bench.segments()).to_have_count(3)
    bench.keys("z")
    expect(bench.segments()).to_have_count(2)
    bench.keys("Tab", "Delete", "z", "Escape")
    found = bench.submit()
    assert [label for label, _, _ in found] == ["agent", "agent"]
    step = 4000 / 600
    for given, wanted in zip([edge for _, *edges in found for edge in edges], [400, 1200, 2000, 3600], strict=True):
        assert given == pytest.approx(wanted, abs=2 * step)


def test_the_sound_plays_at_the_speed_that_is_chosen_and_loops_what_is_in_hand(
    town: Served, window: Open, call: Path
) -> None:
    bench = open_bench(town, window, call)
    page = bench.page
    bench.keys("i", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "o", "l", ".", ".", "Space")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0.05")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    page.wait_for_timeout(900)
    assert page.evaluate("document.querySelector('audio').currentTime") < 0.45
    bench.keys("Space")
    assert page.evaluate("document.querySelector('audio').paused")
    bench.keys("l", "j")
    page.wait_for_function("() => document.querySelector('audio').paused")
    assert bench.at() == "0:00.30"


def test_without_a_network_the_sound_that_came_ahead_still_plays(town: Served, window: Open, call: Path) -> None:
    bench = open_bench(town, window, call)
    page = bench.page
    page.wait_for_function("() => document.querySelector('audio').src.startsWith('blob:')")
    page.context.set_offline(True)
    bench.keys("ArrowRight", "Space")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 1.2")
    page.context.set_offline(False)


def test_where_no_gap_may_stay_the_submit_says_which_and_a_shared_boundary_moves_for_both(
    town: Served, window: Open, call: Path
) -> None:
    bench = open_bench(town, window, call, "{overlap: false, gaps: false}")
    bench.keys("i", "ArrowRight", "ArrowRight", "o", "Enter")
    expect(bench.page.locator(".notice")).to_contain_text("From 0:02.000 to 0:04.000 nothing is marked")
    bench.keys("i", "End", "o", "2")
    expect(bench.segments()).to_have_count(2)
    bench.drag(0.5, 0.25)
    found = bench.submit()
    assert [label for label, _, _ in found] == ["agent", "customer"]
    assert found[0][2] == found[1][1] == pytest.approx(1000, abs=30)
    assert (found[0][1], found[1][2]) == (0, 4000)


def test_proposed_voices_are_segments_like_others_and_one_undo_takes_them_away(
    town: Served, window: Open, call: Path
) -> None:
    bench = open_bench(town, window, call)
    page = bench.page
    heard = {"state": "found", "segments": [[100, 900], [2050, 2950]]}
    page.route("**/voices", lambda route: route.fulfill(status=202, json=heard))
    bench.keys("2", "v")
    expect(bench.segments()).to_have_count(2)
    expect(page.locator("section.parts li.suggested")).to_have_count(2)
    bench.keys("v")
    expect(page.locator(".notice")).to_contain_text("All voices that are heard are marked")
    bench.keys("z")
    expect(bench.segments()).to_have_count(0)
    bench.keys("Shift+Z", "Tab", "Control+ArrowRight")
    expect(page.locator("section.parts li.suggested")).to_have_count(1)
    page.unroute("**/voices")
    assert bench.submit() == [("customer", 100, 910), ("customer", 2050, 2950)]


def test_voices_are_found_by_a_job_while_the_annotator_goes_on_working(
    town: Served, window: Open, tmp_path: Path
) -> None:
    spoken = np.concatenate([silence(1.5), voice(2.0), silence(90)])
    bench = open_bench(town, window, write_sound(tmp_path / "said.wav", spoken))
    bench.keys("v")
    expect(bench.page.get_by_role("toolbar", name="Playing")).to_contain_text("Voices are being found")
    bench.drag(0.8, 0.9)
    expect(bench.segments()).to_have_count(1)
    expect(bench.page.locator(".notice")).to_contain_text("stretches are proposed", timeout=30_000)
    expect(bench.page.locator("progress")).to_have_count(0)
    expect(bench.page.locator("section.parts li.suggested").first).to_be_visible()
    bench.keys("v")
    expect(bench.page.locator(".notice")).to_contain_text("All voices that are heard are marked")


def test_why_no_voices_could_be_found_is_said_in_words(town: Served, window: Open, call: Path) -> None:
    bench = open_bench(town, window, call)
    full = {"code": "storage-full", "message": "The disk is full.", "next": "Make room."}
    failed = {"state": "failed", "segments": None, "job": 1, "done": 0, "total": None, "error": full}
    bench.page.route("**/voices", lambda route: route.fulfill(status=202, json=failed))
    bench.keys("v")
    expect(bench.page.locator(".notice")).to_contain_text("The disk is full. Make room.")


def test_half_an_hour_scrolls_within_a_frame_or_two(town: Served, window: Open, tmp_path: Path) -> None:
    minute = np.concatenate([tone(20, 300), silence(10), noise(30)])
    bench = open_bench(town, window, write_sound(tmp_path / "long.flac", np.tile(minute, 30)))
    bench.keys("+", "+", "+", "+", "+", "+", "+", "+")
    p95 = bench.page.evaluate(FRAMES_P95)
    assert p95 < 150, f"from a turn of the wheel to the frame that shows it: {p95:.0f} ms"


SAID = "  - {id: said, kind: text, target: answer, title: {zh: 转写, en: Said}, options: {multiline: false}}\n"


def test_each_segment_has_its_own_transcript_written_without_the_mouse(town: Served, window: Open, call: Path) -> None:
    bench = open_bench(town, window, call, more=SAID)
    bench.keys("i", "ArrowRight", "o", "f")
    bench.page.keyboard.type("你好，请讲。")
    bench.keys("Escape", "f", "ArrowRight", "i", "ArrowRight", "o", "2", "f")
    bench.page.keyboard.type("我要退款")
    bench.keys("Escape", "f", "Shift+Tab")
    expect(bench.page.get_by_label("Said", exact=True)).to_have_value("你好，请讲。")
    assert [label for label, _, _ in bench.submit()] == ["agent", "customer"]
    with town.client("alice") as alice:
        answers = alice.get(f"/rounds/{bench.round}/mine")["annotations"][0]["answers"]
    written = answers["said"]["answers"]
    names = [one["id"] for one in answers["answer"]["segments"]]
    assert [written[name]["text"] for name in names] == ["你好，请讲。", "我要退款"]
