"""The workbench in headless Chromium: until it is painted, from item to item, dragging a box, over 1,000 items."""

import json
import tempfile
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.hearing import hour_of_sound, scrolled
from bench.table import Row, quantile, show
from guiju.samples.documents import rulebook_text
from guiju.samples.steel import draw_surface, item_name
from tests.journeys.benches import open_production, texts
from tests.journeys.papers import ROLES, rulebook_of
from tests.journeys.served import PASSWORD, Served, gather, served
from tests.journeys.visitors import visitor
from tests.support.chromium import NONE, launch

ITEMS = 1_000
PICTURES = 120
WIDE, HIGH, MARGIN = 640, 400, 28
FRAMES = "disabled-by-default-devtools.timeline.frame,devtools.timeline.frame,devtools.timeline"
# Notes how long it takes from the submit key to the frame that shows another item.
WATCH = """() => {
  const item = () => document.querySelector(".bench > .unseen[aria-live]")?.firstChild?.textContent ?? "";
  window.waits = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const [from, before] = [performance.now(), item()];
    const look = () => {
      if (item() === before) return requestAnimationFrame(look);
      requestAnimationFrame(() => setTimeout(() => window.waits.push(performance.now() - from)));
    };
    look();
  }, { capture: true });
}"""


@dataclass(frozen=True)
class Paint:
    """From the call of the page to its first item, and what was sent for it."""

    milliseconds: float
    script_kb: float


@dataclass(frozen=True)
class Held:
    """What a page holds after a garbage collection."""

    megabytes: float
    listeners: int


def main() -> None:
    """Print the table; says so where there is no Chromium."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as place:
        browser = launch(playwright)
        if browser is None:
            show("The workbench in Chromium", [Row(NONE, "not measured")])
            return
        home = Path(place) / "home"
        with served(home, gather(home, *ROLES, "alice")) as town:
            show("The workbench in Chromium (medians and p95; two cores, server and browser beside each other)", [
                *_on_texts(browser, town, Path(place)),
                *_on_images(browser, town, Path(place)),
                *_on_sounds(browser, town, Path(place)),
            ])  # fmt: skip
        browser.close()


def _on_texts(browser: Browser, town: Served, place: Path) -> Iterator[Row]:
    address = open_production(town, "Texts", rulebook_text("service"), texts(place, ITEMS + 40))
    with _page(browser, town) as page:
        paints = [_paint(page, town.url + address) for _ in range(7)]
        yield Row("first item painted, texts", f"{median(one.milliseconds for one in paints):,.0f} ms", "≤ 1,000 ms")
        yield Row("script sent, compressed", f"{paints[0].script_kb:,.0f} kB", "≤ 150 kB")
        page.evaluate(WATCH)
        _work(page, 50)
        early = _held(page)
        _work(page, ITEMS - 50)
        late = _held(page)
        waits: list[float] = page.evaluate("window.waits")
        yield _waited("next text after submit", waits)
        change = late.megabytes - early.megabytes
        yield Row(
            f"held after {ITEMS:,} texts, less than after 50",
            f"{change:+.1f} MB",
            "± 20 MB",
            f"{late.megabytes:.0f} MB",
        )
        yield Row("listeners, the same", f"{late.listeners - early.listeners:+d}", "0", f"{late.listeners}")


def _on_images(browser: Browser, town: Served, place: Path) -> Iterator[Row]:
    path = place / "surfaces.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for seed in range(PICTURES):
            archive.writestr(item_name(seed), draw_surface(seed).image_bytes)
    address = open_production(town, "Images", rulebook_of("box", ["Mark", "Spot"]), path)
    with _page(browser, town) as page:
        paints = [_paint(page, town.url + address) for _ in range(7)]
        yield Row("first item painted, images", f"{median(one.milliseconds for one in paints):,.0f} ms", "≤ 1,000 ms")
        page.evaluate(WATCH)
        for _ in range(PICTURES - 20):
            # The first press on a picture without boxes asks whether there is truly nothing.
            page.keyboard.press("Enter")
            page.keyboard.press("Enter")
            page.wait_for_timeout(120)
        yield _waited("next image after submit", page.evaluate("window.waits"))
    for count, most in ((500, 20), (2_000, 33)):
        frames = _dragged(browser, town, address, count)
        yield Row(
            f"frame while a box is dragged among {count:,}",
            f"{median(frames):.1f} ms, p95 {quantile(frames, 0.95):.1f} ms",
            f"p95 ≤ {most} ms",
            f"{len(frames)} frames",
        )


def _on_sounds(browser: Browser, town: Served, place: Path) -> Iterator[Row]:
    address = open_production(town, "Sounds", rulebook_of("segment", ["Agent", "Customer"]), hour_of_sound(place))
    with _page(browser, town) as page:
        yield from scrolled(page, town.url + address)


@contextmanager
def _page(browser: Browser, town: Served) -> Generator[Page]:
    """A window of its own in which alice is signed in."""
    alice = visitor(browser, town.url)
    try:
        alice.sign_in("alice@guiju.test", PASSWORD)
        alice.page.wait_for_url(lambda url: "sign-in" not in url)
        yield alice.page
    finally:
        alice.page.context.close()


def _paint(page: Page, address: str) -> Paint:
    """Load the page with an empty cache, to the frame in which its item is there."""
    devtools: Any = page.context.new_cdp_session(page)
    devtools.send("Network.clearBrowserCache")
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".stage .text, [role=application]")
    shown: float = page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
    )
    sent: float = page.evaluate(
        "() => performance.getEntriesByType('resource').filter((each) => each.name.endsWith('.js'))"
        ".reduce((sum, each) => sum + each.encodedBodySize, 0)"
    )
    devtools.detach()
    return Paint(shown, sent / 1000)


def _work(page: Page, count: int) -> None:
    """So many texts, a label and the submit key each, as fast as the next one is there."""
    for done in range(count):
        page.keyboard.press(str(done % 4 + 1))
        page.keyboard.press("Enter")
        # Nobody answers faster than this; what is measured is the wait after each press.
        page.wait_for_timeout(25)


def _waited(what: str, waits: list[float]) -> Row:
    return Row(
        what, f"{median(waits):.1f} ms, p95 {quantile(waits, 0.95):.1f} ms", "p95 ≤ 50 ms", f"{len(waits)} items"
    )


def _held(page: Page) -> Held:
    devtools: Any = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    for _ in range(3):
        devtools.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(200)
    found: dict[str, float] = {
        each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]
    }
    devtools.detach()
    return Held(found["JSHeapUsedSize"] / 1e6, int(found["JSEventListeners"]))


def _dragged(browser: Browser, town: Served, address: str, count: int) -> list[float]:
    """Milliseconds from frame to frame, by Chromium's own trace, while one of so many boxes is dragged about."""
    round_id = int(address.split("/")[4])
    spots = [(2 + 12.6 * (n % 50), 2 + 9.5 * (n // 50)) for n in range(count)]
    shapes = [
        {"id": f"b{n}", "label": "mark", "x": round(x, 2), "y": round(y, 2), "w": 9.0, "h": 8.0}
        for n, (x, y) in enumerate(spots)
    ]
    with town.client("alice") as alice:
        task = alice.lease(round_id, 1)[0]
        alice.submit(round_id, task, {"answer": {"kind": "box", "shapes": shapes}})
    with _page(browser, town) as page:
        page.goto(town.url + address)
        expect(page.get_by_role("application")).to_be_visible()
        page.keyboard.press("b")
        page.locator(".mine li button").first.click()
        expect(page.locator("section.parts li").nth(min(count, 100) - 1)).to_be_attached()
        page.locator("section.parts li button").first.click()
        return _traced(browser, page)


def _traced(browser: Browser, page: Page) -> list[float]:
    frame = page.locator(".frame").bounding_box()
    assert frame is not None
    scale = min((frame["width"] - 2 * MARGIN) / WIDE, (frame["height"] - 2 * MARGIN) / HIGH, 4)
    left = frame["x"] + (frame["width"] - WIDE * scale) / 2
    top = frame["y"] + (frame["height"] - HIGH * scale) / 2
    page.mouse.move(left + 6 * scale, top + 6 * scale)
    page.mouse.down()
    browser.start_tracing(page=page, categories=FRAMES.split(","))
    for step in range(240):
        across, down = 6 + (step * 7) % 600, 6 + (step * 3) % 360
        page.mouse.move(left + across * scale, top + down * scale)
    page.mouse.up()
    events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    drawn = sorted(event["ts"] for event in events if event["name"] == "DrawFrame")
    return [(later - earlier) / 1000 for earlier, later in pairwise(drawn)]
