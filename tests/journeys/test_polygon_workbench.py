"""Outlines in the workbench: put point by point, closed, pulled into shape, and what cannot be meant said at once."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.benches import surfaces
from tests.journeys.conftest import Open
from tests.journeys.drawing import Drawing, begin
from tests.journeys.papers import rulebook_of
from tests.journeys.served import Served

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


@pytest.fixture
def bench(town: Served, window: Open, tmp_path: Path) -> Drawing:
    """A project of three surfaces, production open, and alice before the first of them."""
    head, rest = rulebook_of("polygon", ["Scratch", "Scale"]).rsplit("---\n", 1)
    return begin(town, window, "Outlines", f"{head}{CHECK}---\n{rest}", surfaces(tmp_path))


def test_an_outline_is_drawn_named_undone_done_again_and_submitted(bench: Drawing) -> None:
    bench.outline(CORNERS)
    bench.alice.reads("Points: 4.")
    bench.key("Backspace")
    bench.alice.reads("Points: 3.")
    bench.key("Shift+Z")
    bench.alice.reads("Points: 4.")
    bench.click(*CORNERS[0])
    bench.key("2")
    expect(bench.shapes()).to_contain_text("Scale")
    bench.key("z")
    bench.key("z")
    expect(bench.shapes()).to_have_count(0)
    bench.key("Shift+Z")
    bench.key("Shift+Z")
    expect(bench.shapes()).to_contain_text("Scale")
    bench.submit()
    [polygon] = bench.stored()
    assert (polygon["id"], polygon["label"], len(polygon["points"])) == ("p1", "scale", 4)
    (left, top), (right, low) = (bench.place(*corner) for corner in CORNERS[:2])
    (x1, y1), (x2, y2) = polygon["points"][:2]
    assert (x2 - x1) / (y2 - y1) == pytest.approx((right - left) / (low - top), rel=0.02)
    assert all(round(number, 2) == number for point in polygon["points"] for number in point)


def test_the_submit_key_closes_and_corners_are_moved_put_in_and_taken_out(bench: Drawing) -> None:
    bench.outline(CORNERS)
    bench.key("Enter")
    expect(bench.shapes()).to_have_count(1)
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


def test_an_outline_that_crosses_itself_or_a_check_stops_the_answer(bench: Drawing) -> None:
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


def test_among_five_hundred_polygons_one_is_dragged_smoothly(bench: Drawing) -> None:
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
    expect(bench.shapes()).to_have_count(500)
    bench.shapes().first.get_by_role("button").first.click()
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
