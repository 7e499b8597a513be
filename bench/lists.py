"""List pages at 100,000 items, over HTTP as a person opens them: the whole page, rendered."""

import statistics
import time

from bench.house import Bench, build, scratch, served
from bench.table import Row, show
from bench.wire import Wire

TURNS = 15
ITEMS = 100_000


def pages(bench: Bench) -> dict[str, str]:
    """What is opened: pages, filters and sorts of a large project."""
    project = f"/projects/{bench.project}"
    return {
        "my work today": "/work",
        "the project's own page": project,
        "items": f"{project}/items",
        "items, by name": f"{project}/items?sort=name",
        "items, filtered by name": f"{project}/items?name=m00999",
        "items, filtered by media": f"{project}/items?media=text",
        "sources": f"{project}/data",
        "rounds": f"{project}/rounds",
        "lots": f"{project}/lots",
        "questions": f"{project}/questions",
        "items by the API, 200": f"/api/v1/projects/{bench.project}/items?limit=200",
    }


def main(items: int = ITEMS) -> None:
    """Print the median of each page."""
    with scratch() as folder:
        bench = build(folder, items)
        with served(folder) as (port, _, _):
            wire = Wire(port, bench.trainer_token)
            rows = [_row(wire, what, path) for what, path in pages(bench).items()]
    show(f"List pages, {items:,} items in the project", rows)


def _row(wire: Wire, what: str, path: str) -> Row:
    status, _ = wire.get(path)
    if status != 200:
        raise RuntimeError(f"{path}: {status}")
    spent = [_timed(wire, path) for _ in range(TURNS)]
    return Row(what, f"{statistics.median(spent) * 1000:.1f} ms", "≤ 25 ms", "200–430 ms, 70–360 ms")


def _timed(wire: Wire, path: str) -> float:
    begun = time.perf_counter()
    wire.get(path)
    return time.perf_counter() - begun
