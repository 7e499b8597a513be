"""The search page of a large project over HTTP, as a person opens it, and what reading its words cost before."""

import statistics
import time
from urllib.parse import quote

from bench.house import Bench, build, scratch, served
from bench.table import Row, show
from bench.wire import Wire
from guiju.findings import JOBS
from guiju.findings.search import Search, search_items
from guiju.kit import PageRequest
from guiju.storage import Actor, opened_house, work_jobs

TURNS = 15
ITEMS = 1_000_000
WORDS = {
    "a word of every item": "包裹",
    "a word of one item": "m0700007",
    "three words of every item": "订单 包裹 更新",
    "a word that is nowhere": "退款",
}


def main(items: int = ITEMS) -> None:
    """Print the time to read all words, and the median of each page."""
    with scratch() as folder:
        bench = build(folder, items)
        reading = _read_words(bench)
        with served(folder) as (port, _, _):
            wire = Wire(port, bench.trainer_token)
            rows = [_row(wire, what, path) for what, path in _pages(bench).items()]
    show(f"Searching {items:,} items", [Row("the words of all items read", f"{reading:.1f} s"), *rows])


def _read_words(bench: Bench) -> float:
    with opened_house(bench.home) as house:
        actor = Actor(1, "Admin", "admin@bench.test", is_admin=True, trusted=True)
        search_items(house, actor, bench.project, Search(), PageRequest())
        begun = time.perf_counter()
        work_jobs(house, JOBS)
        return time.perf_counter() - begun


def _pages(bench: Bench) -> dict[str, str]:
    page = f"/projects/{bench.project}/search"
    by_words = {what: f"{page}?q={quote(words)}" for what, words in WORDS.items()}
    return {
        "everything": page,
        **by_words,
        "still to be annotated": f"{page}?state=open",
        "set aside: none is": f"{page}?state=aside",
        "a label that no item has, and a word": f"{page}?label=none&q={quote('包裹')}",
        "of one source, as JSON": f"/api/v1{page}?source=1&limit=200",
    }


def _row(wire: Wire, what: str, path: str) -> Row:
    status, _ = wire.get(path)
    if status != 200:
        raise RuntimeError(f"{path}: {status}")
    spent = [_timed(wire, path) for _ in range(TURNS)]
    return Row(what, f"{statistics.median(spent) * 1000:.1f} ms", "≤ 100 ms")


def _timed(wire: Wire, path: str) -> float:
    begun = time.perf_counter()
    wire.get(path)
    return time.perf_counter() - begun
