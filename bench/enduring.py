"""Annotators at real pages, the network cut at random, the server killed: each submitted answer is there once.

Every annotator is a page of their own in Chromium. A robot inside the page presses the keys that a person presses, and
notes each item that the page let go of. Meanwhile pages are cut off, joined again and loaded anew at random, and the
server is killed (SIGKILL) and started again. At the end the notes are compared with the database.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright
from sqlalchemy import select

from bench.house import CLIENTS, ENVIRONMENT, Bench, build, free_port, scratch, wait_for
from bench.table import Row, show
from guiju.annotations import annotation_table, annotator_table
from guiju.data import item_table
from guiju.storage import opened_house
from tests.support.chromium import NONE, launch

SECONDS = 600.0
KILLS = 2
ITEMS = 20_000
CUT_SECONDS = (1.0, 20.0)
DRAIN_SECONDS = 120.0
PASSWORD = "bench bench"
# Presses a label and submits, every 0.3 to 0.9 s, and notes the item that the page let go of. Notes outlive a reload.
ROBOT = """
() => {
  const notes = JSON.parse(localStorage.getItem("noted") ?? "[]");
  const item = () => document.querySelector(".bench > .unseen[aria-live]")?.firstChild?.textContent?.trim() ?? "";
  const press = (key) => window.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  let given = "";
  const work = () => {
    const here = item();
    if (given && here !== given) {
      notes.push(given);
      localStorage.setItem("noted", JSON.stringify(notes));
    }
    given = here;
    if (localStorage.getItem("rests")) return;
    if (here) {
      press(String(1 + Math.floor(Math.random() * 4)));
      press("Enter");
    }
    setTimeout(work, 300 + Math.random() * 600);
  };
  setTimeout(work, 300);
}
"""


@dataclass
class Server:
    """The house's server, which can be killed and started again behind one address."""

    home: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        command = [sys.executable, "-m", "guiju", "serve", "--home", str(self.home), "--port", str(self.port)]
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=ENVIRONMENT, stdout=log, stderr=log)
        wait_for(self.port)

    def kill(self) -> None:
        if self.process is not None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


@dataclass
class Hand:
    """One annotator at their page."""

    number: int
    context: BrowserContext
    page: Page
    cut_until: float = 0.0

    def cut(self, seconds: float) -> None:
        self.context.set_offline(True)
        self.cut_until = time.monotonic() + seconds

    def join(self) -> None:
        self.context.set_offline(False)
        self.cut_until = 0.0

    def noted(self) -> list[str]:
        """The items that the page let go of."""
        return self.page.evaluate("() => JSON.parse(localStorage.getItem('noted') ?? '[]')")


@dataclass
class Endured:
    """What came of it: answers that pages let go of, those of them that are missing, those that are there twice."""

    seconds: float
    submitted: int
    stored: int
    missing: list[tuple[int, str]]
    doubled: int
    unsent: int
    kills: int
    cuts: int
    reloads: int


def endure(browser: Browser, folder: Path, *, hands: int, seconds: float, kills: int, seed: int = 1) -> Endured:
    """Let `hands` annotators work for so many seconds; the server is killed `kills` times at even distances."""
    bench = build(folder, ITEMS if seconds > 120 else 2_000)
    server = Server(folder)
    server.start()
    try:
        crew = [_sit_down(browser, server, bench, number) for number in range(hands)]
        cuts, reloads = _trouble(server, crew, seconds, kills, random.Random(seed))
        unsent = _drain(crew)
        noted = {hand.number: hand.noted() for hand in crew}
        for hand in crew:
            hand.context.close()
    finally:
        server.stop()
    return _compare(folder, noted, Endured(seconds, 0, 0, [], 0, unsent, kills, cuts, reloads))


def _sit_down(browser: Browser, server: Server, bench: Bench, number: int) -> Hand:
    """Sign in and open the workbench of the round."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.port}", locale="en-GB")
    page = context.new_page()
    page.goto("/sign-in")
    page.locator('main [name="email"]').fill(f"a{number}@bench.test")
    page.locator('main [name="password"]').fill(PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"/projects/{bench.project}/rounds/{bench.round}/work")
    page.locator(".bench").wait_for()
    page.evaluate(ROBOT)
    return Hand(number, context, page)


def _trouble(server: Server, crew: list[Hand], seconds: float, kills: int, chance: random.Random) -> tuple[int, int]:
    """Cut, join and reload at random, and kill the server; returns how often pages were cut off and loaded anew."""
    begun = time.monotonic()
    due = [begun + seconds * (n + 1) / (kills + 1) for n in range(kills)]
    cuts = reloads = 0
    while (now := time.monotonic()) < begun + seconds:
        for hand in crew:
            if 0.0 < hand.cut_until <= now:
                hand.join()
        whole = [hand for hand in crew if hand.cut_until == 0.0]
        if due and now >= due[0]:
            due.pop(0)
            server.kill()
            time.sleep(chance.uniform(1.0, 4.0))
            server.start()
        elif whole and chance.random() < 0.6:
            chance.choice(whole).cut(chance.uniform(*CUT_SECONDS))
            cuts += 1
        elif whole:
            reloads += _reload(chance.choice(whole))
        crew[0].page.wait_for_timeout(chance.uniform(300, 2_500) * CLIENTS / len(crew) / 2)
    return cuts, reloads


def _reload(hand: Hand) -> int:
    try:
        hand.page.reload(timeout=20_000)
        hand.page.locator(".bench").wait_for(timeout=20_000)
        hand.page.evaluate(ROBOT)
    except Error:
        return 0
    return 1


def _drain(crew: list[Hand]) -> int:
    """Everybody rests and is joined again; how many answers have still not gone out after a while."""
    for hand in crew:
        hand.join()
        hand.page.evaluate("() => localStorage.setItem('rests', '1')")
    crew[0].page.wait_for_timeout(1_500)
    deadline = time.monotonic() + DRAIN_SECONDS
    waiting = crew
    while waiting and time.monotonic() < deadline:
        waiting = [hand for hand in waiting if not hand.page.locator(".saved.good").is_visible()]
        crew[0].page.wait_for_timeout(500)
    return len(waiting)


def _compare(folder: Path, noted: dict[int, list[str]], endured: Endured) -> Endured:
    """Each item that a page let go of is there once, of its annotator."""
    a, who, item = annotation_table.c, annotator_table.c, item_table.c
    rows = (
        select(who.name, item.name)
        .join_from(annotation_table, annotator_table, who.id == a.annotator_id)
        .join(item_table, item.id == a.item_id)
    )
    with opened_house(folder) as house, house.reading() as connection:
        there = Counter((row[0], row[1]) for row in connection.execute(rows))
    submitted = {(f"A{number}", name.split()[-1]) for number, names in noted.items() for name in names}
    endured.submitted, endured.stored = len(submitted), sum(there.values())
    endured.missing = [(int(who[1:]), name) for who, name in sorted(submitted - there.keys())]
    items = Counter(name for _, name in there.elements())
    endured.doubled = sum(count > 1 for count in items.values())
    return endured


def main(seconds: float = 0.0, hands: int = CLIENTS) -> None:
    """Print what came of ten minutes, or of as many seconds as `GUIJU_BENCH_SECONDS` says."""
    seconds = seconds or float(os.environ.get("GUIJU_BENCH_SECONDS", SECONDS))
    with scratch() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            raise SystemExit(NONE)
        found = endure(browser, folder, hands=hands, seconds=seconds, kills=KILLS)
        browser.close()
    rows = [
        Row("answers that pages let go of", f"{found.submitted:,}"),
        Row("annotations stored", f"{found.stored:,}"),
        Row("missing", f"{len(found.missing):,}", "0"),
        Row("items answered twice", f"{found.doubled:,}", "0"),
        Row("pages with unsent work at the end", str(found.unsent), "0"),
        Row("pages cut off, loaded anew", f"{found.cuts}, {found.reloads}"),
        Row("server killed", str(found.kills)),
    ]
    show(f"{hands} annotators at their pages for {seconds:,.0f} s, the network cut at random", rows)
