"""alice before a picture on which she draws: places on it, strokes of the mouse, and what the server has of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.benches import open_production
from tests.journeys.conftest import Open
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor

WIDE, HIGH, MARGIN = 640, 400, 28


@dataclass(frozen=True)
class Drawing:
    """alice at her workbench, on a production round of her own."""

    town: Served
    alice: Visitor
    project: int
    round: int

    @property
    def page(self) -> Page:
        return self.alice.page

    def place(self, left: float, top: float) -> tuple[float, float]:
        """A point of the window, from shares of the picture's frame."""
        frame = self.page.locator(".frame").bounding_box()
        assert frame is not None
        return frame["x"] + left * frame["width"], frame["y"] + top * frame["height"]

    def scale(self) -> float:
        """Pixels of the window to a pixel of the fitted picture."""
        frame = self.page.locator(".frame").bounding_box()
        assert frame is not None
        return min((frame["width"] - 2 * MARGIN) / WIDE, (frame["height"] - 2 * MARGIN) / HIGH, 4)

    def on_item(self, x: float, y: float) -> tuple[float, float]:
        """A point of the window, from a pixel of the fitted picture."""
        frame = self.page.locator(".frame").bounding_box()
        assert frame is not None
        wide, high, scale = frame["width"], frame["height"], self.scale()
        left, top = frame["x"] + (wide - WIDE * scale) / 2, frame["y"] + (high - HIGH * scale) / 2
        return left + x * scale, top + y * scale

    def click(self, left: float, top: float) -> None:
        self.page.mouse.click(*self.place(left, top))

    def outline(self, corners: list[tuple[float, float]]) -> None:
        for corner in corners:
            self.click(*corner)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self._drag(self.place(*start), self.place(*end))

    def stroke(self, *places: tuple[float, float], held: str | None = None) -> None:
        """The same over pixels of the fitted picture, with a key held."""
        if held:
            self.page.keyboard.down(held)
        self._drag(*(self.on_item(*place) for place in places))
        if held:
            self.page.keyboard.up(held)

    def _drag(self, start: tuple[float, float], *others: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        for place in others:
            self.page.mouse.move(*place, steps=6)
        self.page.mouse.up()

    def shapes(self) -> Locator:
        return self.page.locator("section.parts li")

    def key(self, key: str) -> None:
        self.page.keyboard.press(key)

    def stored(self) -> list[dict[str, Any]]:
        """alice's shapes as the server has them, of the newest answer."""
        with self.town.client("alice") as alice:
            answers = alice.get(f"/rounds/{self.round}/mine")["annotations"]
        return answers[0]["answers"]["answer"]["shapes"] if answers else []

    def submit(self) -> None:
        self.key("Enter")
        expect(self.page.get_by_text("Saved", exact=True)).to_be_visible()
        expect(self.shapes()).to_have_count(0)


def begin(town: Served, window: Open, name: str, rulebook: str, pictures: Path) -> Drawing:
    """A project of these pictures, production open, and alice before the first of them."""
    address = open_production(town, name, rulebook, pictures)
    alice = window(town.url)
    alice.sign_in("alice@guiju.test", PASSWORD)
    alice.go(address)
    expect(alice.page.get_by_role("application")).to_be_visible()
    _, _, project, _, opened, _ = address.split("/")
    return Drawing(town, alice, int(project), int(opened))
