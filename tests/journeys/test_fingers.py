"""Surfaces under fingers and a pen: one finger draws, two move and zoom, and the hand beside the pen leaves no mark."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from guiju.samples.documents import rulebook_text
from tests.journeys.benches import open_production, surfaces
from tests.journeys.conftest import Open
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor

Place = tuple[float, float]


@dataclass(frozen=True)
class Tablet:
    """alice at a glass; places are shares of the picture's frame."""

    alice: Visitor
    glass: Any

    def at(self, place: Place) -> dict[str, float]:
        frame = self.alice.page.locator(".frame").bounding_box()
        assert frame is not None
        return {"x": frame["x"] + place[0] * frame["width"], "y": frame["y"] + place[1] * frame["height"]}

    def touch(self, kind: str, *places: Place) -> None:
        points = [{**self.at(place), "id": n} for n, place in enumerate(places)]
        self.glass.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    def finger(self, start: Place, end: Place) -> None:
        self.touch("Start", start)
        self.touch("Move", ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
        self.touch("Move", end)
        self.touch("End")

    def fingers(self, starts: tuple[Place, Place], ends: tuple[Place, Place]) -> None:
        self.touch("Start", starts[0])
        self.touch("Start", *starts)
        for share in (0.25, 0.5, 0.75, 1.0):
            way = [
                (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])) for a, b in zip(starts, ends, strict=True)
            ]
            self.touch("Move", *way)
        self.touch("End")

    def pen(self, kind: str, place: Place) -> None:
        self.glass.send(
            "Input.dispatchMouseEvent",
            {"type": f"mouse{kind}", **self.at(place), "button": "left", "clickCount": 1, "pointerType": "pen"},
        )

    def shapes(self) -> Locator:
        return self.alice.page.locator("section.parts li")

    def sizes(self) -> list[tuple[int, int]]:
        said = self.alice.page.locator("section.parts li .num").all_inner_texts()
        return [(int(each.split("×")[0]), int(each.split("×")[1])) for each in said]


@pytest.fixture
def tablet(town: Served, window: Open, tmp_path: Path) -> Tablet:
    alice = window(town.url)
    alice.sign_in("alice@guiju.test", PASSWORD)
    alice.go(open_production(town, "Tablet", rulebook_text("steel"), surfaces(tmp_path)))
    expect(alice.page.get_by_role("application")).to_be_visible()
    return Tablet(alice, alice.context.new_cdp_session(alice.page))


def test_one_finger_draws_moves_and_is_met_by_large_buttons(tablet: Tablet) -> None:
    tablet.finger((0.2, 0.3), (0.4, 0.5))
    expect(tablet.shapes()).to_have_count(1)
    [(wide, high)] = tablet.sizes()
    # A fingertip meets a grip that a pointer would miss.
    tablet.finger((0.415, 0.52), (0.5, 0.6))
    [(wider, higher)] = tablet.sizes()
    assert (wider > wide, higher > high) == (True, True)
    tablet.alice.page.get_by_role("button", name="Undo").click()
    assert tablet.sizes() == [(wide, high)]


def test_two_fingers_zoom_and_move_and_draw_nothing(tablet: Tablet) -> None:
    tablet.finger((0.2, 0.3), (0.4, 0.5))
    [before] = tablet.sizes()
    tablet.fingers(((0.45, 0.5), (0.55, 0.5)), ((0.35, 0.5), (0.65, 0.5)))
    expect(tablet.shapes()).to_have_count(1)
    assert tablet.sizes() == [before], "what is drawn stays as it was"
    tablet.alice.page.keyboard.press("Escape")
    tablet.finger((0.6, 0.6), (0.8, 0.8))
    expect(tablet.shapes()).to_have_count(2)
    small = tablet.sizes()[1]
    assert small[0] == pytest.approx(before[0] / 3, rel=0.1), "three times as near, a third as large"


def test_the_hand_beside_the_pen_leaves_no_mark(tablet: Tablet) -> None:
    tablet.pen("Moved", (0.2, 0.3))
    tablet.pen("Pressed", (0.2, 0.3))
    tablet.pen("Moved", (0.3, 0.4))
    tablet.touch("Start", (0.7, 0.8))
    tablet.touch("Move", (0.75, 0.85))
    tablet.pen("Moved", (0.4, 0.5))
    tablet.touch("End")
    tablet.pen("Released", (0.4, 0.5))
    expect(tablet.shapes()).to_have_count(1)
    frame = tablet.alice.page.locator(".frame").bounding_box()
    assert frame is not None
    [(wide, high)] = tablet.sizes()
    assert wide / high == pytest.approx(frame["width"] / frame["height"], rel=0.03), "the pen's stroke from end to end"
