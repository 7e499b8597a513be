"""An hour of sound scrolled and zoomed in headless Chromium: from a turn of the wheel to the end of its frame."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np
from playwright.sync_api import Page, expect

from bench.table import Row, quantile
from tests.support.sounds import noise, silence, tone, write_sound

MINUTES = 60
# A turn of the wheel and the whole frame that shows it; "floor" clears the same canvases instead.
TURNS = """async ({ across, zoom, floor }) => {
  const line = document.querySelector(".timeline canvas + canvas");
  const canvases = [...document.querySelectorAll(".timeline canvas, .overview canvas")];
  const next = () => new Promise((done) => requestAnimationFrame(done));
  const clear = () => {
    for (const canvas of canvases) {
      const ctx = canvas.getContext("2d");
      ctx.clearRect(0, 0, canvas.width, canvas.height);
      ctx.fillRect(found.length, 0, 1, canvas.height);
    }
  };
  const found = [];
  await next();
  for (let n = 0; n < 240; n += 1) {
    const turn = zoom ? { deltaY: n % 40 < 20 ? -30 : 30, ctrlKey: true } : { deltaX: across };
    const began = performance.now();
    if (floor) requestAnimationFrame(clear);
    else line.dispatchEvent(new WheelEvent("wheel", { ...turn, cancelable: true, bubbles: true }));
    await next();
    await new Promise((done) => setTimeout(done, 0));
    found.push(performance.now() - began);
  }
  return found;
}"""


def hour_of_sound(place: Path) -> Path:
    """Tones, silence and noise, sixty times over."""
    minute = np.concatenate([tone(20, 300), silence(10), noise(30)])
    return write_sound(place / "hour.flac", np.tile(minute, MINUTES))


def scrolled(page: Page, address: str) -> Iterator[Row]:
    """Rows of an hour that is looked at whole, from near and while it is zoomed, the machine's floor beside them."""
    page.goto(address)
    expect(page.locator(".timeline")).to_be_visible()
    page.wait_for_timeout(2_000)
    floor = _frames(page, floor=True)
    yield _row("frame while an hour of sound is scrolled", _near(page, 8), floor)
    yield _row("the same, seen from very near", _near(page, 14), floor)
    yield _row("frame while it is zoomed", _frames(page, zoom=True), floor)


def _near(page: Page, presses: int) -> list[float]:
    page.keyboard.press("0")
    for _ in range(presses):
        page.keyboard.press("+")
    page.wait_for_timeout(300)
    return _frames(page, across=60)


def _frames(page: Page, *, across: int = 0, zoom: bool = False, floor: bool = False) -> list[float]:
    found: list[float] = page.evaluate(TURNS, {"across": across, "zoom": zoom, "floor": floor})
    return found


def _row(what: str, frames: list[float], floor: list[float]) -> Row:
    least = f"floor {median(floor):.1f} ms, p95 {quantile(floor, 0.95):.1f} ms"
    return Row(what, f"{median(frames):.1f} ms, p95 {quantile(frames, 0.95):.1f} ms", "p95 ≤ 33 ms", least)
