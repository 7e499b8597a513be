"""The map of scenes in headless Chromium: 100,000 points opened, panned, zoomed, lassoed, and the worst that can come.

    python -m bench map

The points are of a real project: texts brought in, scenes found. What cannot be had so (all in one place, one alone) is
given to the page in the server's stead. `script` is what the page's own code takes for a frame, `frames` what Chromium
drew, without a graphics card, on the machine that serves the page. A folder in GUIJU_BESIDE with regl-scatterplot and
what it needs, as npm installs it, is measured beside: WebGL in software (SwiftShader).
"""

import json
import os
import struct
import tempfile
import time
from array import array
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from bench.scenes import many_texts
from bench.table import Row, quantile, show
from guiju.sdk import Client
from tests.journeys.served import PASSWORD, Served, gather, served
from tests.journeys.visitors import visitor
from tests.support.chromium import NONE, launch

POINTS, CAUGHT = 100_000, 30_000
FRAMES = "disabled-by-default-devtools.timeline.frame,devtools.timeline.frame,devtools.timeline"
OPENED, DRAWN = "≤ 1,500 ms", "p95 ≤ 20 ms"
GL = ("--enable-unsafe-swiftshader", "--use-gl=angle", "--use-angle=swiftshader")


def main() -> None:
    """Print the table; says so where there is no Chromium."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as place:
        browser = launch(playwright)
        if browser is None:
            show("The map in Chromium", [Row(NONE, "not measured")])
            return
        home = Path(place) / "home"
        with served(home, gather(home, "zhou")) as town:
            project = _project(town, Path(place))
            rows = [*_measured(browser, town, project), *_beside(playwright)]
        show(f"The map of {POINTS:,} points in Chromium without a graphics card", rows)
        browser.close()


def _project(town: Served, place: Path) -> int:
    texts = place / "texts.txt"
    texts.write_text("\n".join(many_texts([], POINTS)), encoding="utf-8")
    with town.client("zhou") as zhou:
        project = int(zhou.create_project("Map")["id"])
        zhou.wait_for_job(zhou.import_file(project, texts)["job"], timeout=900)
        _wait(zhou, zhou.find_scenes(project))
    return project


def _wait(zhou: Client, job: int) -> None:
    zhou.wait_for_job(job, timeout=1_800)


def _measured(browser: Browser, town: Served, project: int) -> Iterator[Row]:
    address = f"{town.url}/projects/{project}/scenes"
    with _page(browser, town) as page:
        opened = [_opened(page, address) for _ in range(5)]
        yield Row("opened and drawn", f"{median(opened):,.0f} ms", OPENED, "server, transfer and first frame")
        yield from _moved(browser, page, "a whole map")
        yield _lassoed(browser, page)
        yield Row("held by the page", f"{_held(page):.0f} MB", "", "script's heap, after a collection")
    for what, points in (("all in one place", _pile(POINTS)), ("one point", _pile(1))):
        with _page(browser, town) as page:
            page.route("**/scenes/points?*", _answer(points))
            yield Row(f"opened, {what}", f"{_opened(page, address):,.0f} ms", OPENED)
            yield from _moved(browser, page, what)


@contextmanager
def _page(browser: Browser, town: Served) -> Generator[Page]:
    zhou = visitor(browser, town.url)
    try:
        zhou.sign_in("zhou@guiju.test", PASSWORD)
        zhou.page.wait_for_url(lambda url: "sign-in" not in url)
        yield zhou.page
    finally:
        zhou.page.context.close()


def _opened(page: Page, address: str) -> float:
    """Milliseconds from the call of the page to the frame that shows its points."""
    devtools: Any = page.context.new_cdp_session(page)
    devtools.send("Network.clearBrowserCache")
    page.goto(address, wait_until="commit")
    page.wait_for_selector("scene-map[data-ready]", state="attached")
    shown: float = page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
    )
    devtools.detach()
    return shown


def _middle(page: Page) -> tuple[float, float, float, float]:
    page.locator("scene-map canvas").scroll_into_view_if_needed()
    box = page.locator("scene-map canvas").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"], box["height"]


def _moved(browser: Browser, page: Page, what: str) -> Iterator[Row]:
    x, y, _, _ = _middle(page)

    def pan() -> None:
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(120):
            page.mouse.move(x + 90 * np.sin(step / 9), y + 60 * np.cos(step / 7))
        page.mouse.up()

    def zoom() -> None:
        page.mouse.move(x, y)
        for step in range(60):
            page.mouse.wheel(0, -120 if step % 40 < 20 else 120)

    for name, act in (("panned", pan), ("zoomed", zoom)):
        yield _row(f"{what}, {name}", *_traced(browser, page, act))


def _lassoed(browser: Browser, page: Page) -> Row:
    """A line around about 30,000 points, drawn in 120 steps, and what it caught shown."""
    page.get_by_role("button", name="The whole map").click()
    x, y, wide, high = _middle(page)
    reach = 0.5 * min(wide, high) * (CAUGHT / POINTS) ** 0.5 * 1.25

    def lasso() -> None:
        page.keyboard.down("Shift")
        page.mouse.move(x + reach, y)
        page.mouse.down()
        for step in range(120):
            turn = 2 * np.pi * step / 120
            page.mouse.move(x + reach * np.cos(turn), y + reach * np.sin(turn))
        page.mouse.up()
        page.keyboard.up("Shift")
        expect(page.locator("scene-map .selection h2")).to_be_visible()

    script, frames = _traced(browser, page, lasso)
    caught = page.locator("scene-map .selection h2").inner_text()
    return _row(f"lassoed, {caught}", script, frames)


def _traced(browser: Browser, page: Page, act: Callable[[], None]) -> tuple[list[float], list[float]]:
    """Milliseconds that the page's own code took for each frame, and from each drawn frame to the next."""
    page.evaluate("document.querySelector('scene-map').frames.length = 0")
    browser.start_tracing(page=page, categories=FRAMES.split(","))
    act()
    events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    drawn = sorted(event["ts"] for event in events if event["name"] == "DrawFrame")
    script: list[float] = page.evaluate("document.querySelector('scene-map').frames")
    return script, [(later - earlier) / 1_000 for earlier, later in pairwise(drawn)]


def _row(what: str, script: list[float], frames: list[float]) -> Row:
    said = f"{median(frames):.1f} ms, p95 {quantile(frames, 0.95):.1f} ms" if frames else "no frame"
    own = f"script {median(script):.1f} ms, p95 {quantile(script, 0.95):.1f} ms" if script else ""
    return Row(what, said, DRAWN, f"{own}; {len(frames)} frames")


def _held(page: Page) -> float:
    devtools: Any = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    for _ in range(3):
        devtools.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(200)
    found = {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}
    devtools.detach()
    return found["JSHeapUsedSize"] / 1e6


def _answer(points: bytes) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=points)


def _pile(count: int) -> bytes:
    columns = (array("d", range(1, count + 1)), array("I", [0] * count), *[array("H", [30_000] * count)] * 2)
    return b"GJP1" + struct.pack("<I", count) + b"".join(column.tobytes() for column in columns)


_PAGE = """<!doctype html><script src="/regl/dist/regl.js"></script><script type="importmap">{"imports": {
  "regl": "data:text/javascript,export default window.createREGL",
  "pub-sub-es": "/pub-sub-es/dist/index.js",
  "regl-scatterplot": "/regl-scatterplot/dist/regl-scatterplot.esm.js"}}</script>
<canvas id="c" style="width:700px;height:620px"></canvas><script type="module">
import createScatterplot from "regl-scatterplot";
const plot = createScatterplot({ canvas: document.getElementById("c"), width: 700, height: 620, pointSize: 2 });
const next = ((seed) => () => (seed = (seed * 16807) %% 2147483647) / 2147483647)(7);
const column = () => Float32Array.from({ length: %d }, () => next() * 2 - 1);
await plot.draw({ x: column(), y: column() });
requestAnimationFrame(() => setTimeout(() => { window.shown = performance.now(); }));
</script><scene-map hidden></scene-map><script>document.querySelector("scene-map").frames = [];</script>"""


def _beside(playwright: Any) -> Iterator[Row]:
    folder = os.environ.get("GUIJU_BESIDE")
    if not folder:
        yield Row("regl-scatterplot", "not measured: GUIJU_BESIDE names no folder")
        return
    browser: Any = launch(playwright, *GL)
    page = browser.new_page(viewport={"width": 1_280, "height": 900})
    yield from _scatterplot(browser, page, Path(folder) / "node_modules")
    browser.close()


def _scatterplot(browser: Browser, page: Page, modules: Path) -> Iterator[Row]:
    site = "http://127.0.0.1:9/"
    page.route(f"{site}**", lambda route: route.fulfill(path=modules / route.request.url.removeprefix(site)))
    page.route(site, lambda route: route.fulfill(content_type="text/html", body=_PAGE % POINTS))
    began = time.perf_counter()
    page.goto(site)
    page.wait_for_function("window.shown", timeout=60_000)
    yield Row("regl-scatterplot, drawn", "", "", f"{(time.perf_counter() - began) * 1_000:,.0f} ms, no server")

    def pan() -> None:
        page.mouse.move(350, 300)
        page.mouse.down()
        for step in range(120):
            page.mouse.move(350 + 90 * np.sin(step / 9), 300 + 60 * np.cos(step / 7))
        page.mouse.up()

    _, frames = _traced(browser, page, pan)
    yield Row("regl-scatterplot, panned", "", "", f"{median(frames):.1f} ms, p95 {quantile(frames, 0.95):.1f} ms")


if __name__ == "__main__":
    main()
