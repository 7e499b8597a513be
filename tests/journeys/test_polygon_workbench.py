"""Outlines in the workbench: put point by point, closed, pulled into shape, and what cannot be meant said at once."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from guiju.samples.steel import draw_surface, item_name
from tests.journeys.conftest import Open
from tests.journeys.papers import ROLES, found_project, rulebook_of
from tests.journeys.served import PASSWORD, Served, gather, served
from tests.journeys.visitors import Visitor

SURFACES = 3
CORNERS = [(0.3, 0.3), (0.6, 0.35), (0.55, 0.6), (0.35, 0.55)]
CHECK = """checks:
  - {id: small, field: answer, expect: "area >= 60 && points <= 12", message: {zh: 太小, en: Too small}}
"""


SMOOTH = 34.0
"""Milliseconds a frame, at the median: twice a screen's own, since this machine paints by its processor."""
WATCH_FRAMES = """() => {
  window.framesSeen = [];
  let last = performance.now();
  const tick = (now) => { window.framesSeen.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""
WIDE, HIGH, MARGIN = 640, 400, 28


@dataclass(frozen=True)
class Bench:
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

    def on_item(self, x: float, y: float) -> tuple[float, float]:
        """A point of the window, from a pixel of the fitted picture."""
        frame = self.page.locator(".frame").bounding_box()
        assert frame is not None
        wide, high = frame["width"], frame["height"]
        scale = min((wide - 2 * MARGIN) / WIDE, (high - 2 * MARGIN) / HIGH, 4)
        left, top = frame["x"] + (wide - WIDE * scale) / 2, frame["y"] + (high - HIGH * scale) / 2
        return left + x * scale, top + y * scale

    def click(self, left: float, top: float) -> None:
        self.page.mouse.click(*self.place(left, top))

    def outline(self, corners: list[tuple[float, float]]) -> None:
        for corner in corners:
            self.click(*corner)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*self.place(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.place(*end), steps=4)
        self.page.mouse.up()

    def polygons(self) -> Locator:
        return self.page.locator("section.parts li")

    def key(self, key: str) -> None:
        self.page.keyboard.press(key)

    def stored(self) -> list[dict[str, Any]]:
        """alice's polygons as the server has them, of the newest answer."""
        with self.town.client("alice") as alice:
            answers = alice.get(f"/rounds/{self.round}/mine")["annotations"]
        return answers[0]["answers"]["answer"]["shapes"] if answers else []

    def submit(self) -> None:
        self.key("Enter")
        expect(self.page.get_by_text("Saved", exact=True)).to_be_visible()
        expect(self.polygons()).to_have_count(0)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("polygons") / "home"
    with served(home, gather(home, *ROLES, "alice")) as town:
        yield town


@pytest.fixture(scope="module")
def surfaces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip of surfaces."""
    path = tmp_path_factory.mktemp("surfaces") / "surfaces.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for seed in range(SURFACES):
            archive.writestr(item_name(seed), draw_surface(seed).image_bytes)
    return path


@pytest.fixture
def bench(town: Served, window: Open, surfaces: Path) -> Bench:
    """A project of three surfaces, production open, and alice before the first of them."""
    head, rest = rulebook_of("polygon", ["Scratch", "Scale"]).rsplit("---\n", 1)
    project = found_project(town, "Outlines", f"{head}{CHECK}---\n{rest}", ["alice"])
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, surfaces)["job"])
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", reason="The outlines alone are looked at.")
    alice = window(town.url)
    alice.sign_in("alice@guiju.test", PASSWORD)
    alice.go(f"/projects/{project}/rounds/{opened}/work")
    expect(alice.page.get_by_role("application")).to_be_visible()
    return Bench(town, alice, project, opened)


def test_an_outline_is_drawn_named_undone_done_again_and_submitted(bench: Bench) -> None:
    bench.outline(CORNERS)
    bench.alice.reads("Points: 4.")
    bench.key("Backspace")
    bench.alice.reads("Points: 3.")
    bench.key("Shift+Z")
    bench.alice.reads("Points: 4.")
    bench.click(*CORNERS[0])
    bench.key("2")
    expect(bench.polygons()).to_contain_text("Scale")
    bench.key("z")
    bench.key("z")
    expect(bench.polygons()).to_have_count(0)
    bench.key("Shift+Z")
    bench.key("Shift+Z")
    expect(bench.polygons()).to_contain_text("Scale")
    bench.submit()
    [polygon] = bench.stored()
    assert (polygon["id"], polygon["label"], len(polygon["points"])) == ("p1", "scale", 4)
    (left, top), (right, low) = (bench.place(*corner) for corner in CORNERS[:2])
    (x1, y1), (x2, y2) = polygon["points"][:2]
    assert (x2 - x1) / (y2 - y1) == pytest.approx((right - left) / (low - top), rel=0.02)
    assert all(round(number, 2) == number for point in polygon["points"] for number in point)


def test_the_submit_key_closes_and_corners_are_moved_put_in_and_taken_out(bench: Bench) -> None:
    bench.outline(CORNERS)
    bench.key("Enter")
    expect(bench.polygons()).to_have_count(1)
    bench.drag(CORNERS[2], (0.6, 0.7))
    bench.page.mouse.dblclick(*bench.place(0.45, 0.325))
    bench.key("Delete")
    bench.key("i")
    bench.key("ArrowDown")
    bench.submit()
    [polygon] = bench.stored()
    points = polygon["points"]
    assert len(points) == 5
    assert points[1] == [
        pytest.approx((points[0][0] + points[2][0]) / 2, abs=0.02),
        pytest.approx((points[0][1] + points[2][1]) / 2 + 1, abs=0.02),
    ]


def test_an_outline_that_crosses_itself_or_a_check_stops_the_answer(bench: Bench) -> None:
    bench.outline([(0.3, 0.3), (0.6, 0.6), (0.6, 0.3), (0.3, 0.6)])
    bench.key("Enter")
    bench.alice.reads("The outline crosses itself. Move a point, or take it out.")
    bench.key("Enter")
    bench.alice.reads("A check does not hold; see beside the item.")
    bench.key("z")
    bench.outline([(0.3, 0.3), (0.31, 0.3), (0.31, 0.312)])
    bench.key("Enter")
    bench.alice.reads("Too small")
    assert bench.stored() == []


def test_among_five_hundred_polygons_one_is_dragged_smoothly(bench: Bench) -> None:
    ring = [(0, 6), (2, 2), (6, 0), (10, 2), (12, 6), (10, 10), (6, 12), (2, 10)]
    spots = [(4 + 25 * (n % 25), 4 + 19 * (n // 25)) for n in range(500)]
    shapes = [
        {"id": f"p{n}", "label": "scratch", "points": [[x + right, y + down] for right, down in ring]}
        for n, (x, y) in enumerate(spots)
    ]
    with bench.town.client("alice") as alice:
        alice.submit(bench.round, alice.lease(bench.round, 1)[0], {"answer": {"kind": "polygon", "shapes": shapes}})
    bench.key("b")
    bench.page.locator(".mine li button").first.click()
    expect(bench.polygons()).to_have_count(500)
    bench.polygons().first.get_by_role("button").first.click()
    bench.page.evaluate(WATCH_FRAMES)
    start, end = bench.on_item(10, 10), bench.on_item(300, 200)
    bench.page.mouse.move(*start)
    bench.page.mouse.down()
    bench.page.mouse.move(*end, steps=60)
    bench.page.mouse.up()
    frames = sorted(bench.page.evaluate("window.framesSeen"))
    assert frames[len(frames) // 2] < SMOOTH
    bench.submit()
    assert bench.stored()[0]["points"][0] == [pytest.approx(294, abs=1), pytest.approx(200, abs=1)]
