"""Lots drawn from a million annotations: all that waits as one lot, and what is left when most of it is in lots.

python -m bench drawing
"""

import time
from collections.abc import Callable
from typing import TypeVar

import guiju.web.routes  # noqa: F401 # pyright: ignore[reportUnusedImport] - every slice's tables, as in the program
from bench.house import build, scratch
from bench.project_page import SEEDS, fill
from bench.table import Row, show
from guiju.inspection import Pool, Terms, draw_from, prove_lot
from guiju.inspection.unfolding import unfold
from guiju.kit import new_id
from guiju.storage import Actor, House, opened_house

ME = Actor(1, "Admin", "admin@bench.test", is_admin=True, trusted=True)
T = TypeVar("T")
WANTED = "≤ 1.0 s"


def main(items: int = 1_000_000) -> None:
    """Print what drawing takes, and what the job takes that writes the entries of such a lot afterwards."""
    rows: list[Row] = []
    with scratch() as folder:
        for name, lots in (("all of it", False), ("the third that is in no lot", True)):
            bench = build(folder / name, SEEDS)
            with opened_house(folder / name) as house:
                fill(house, bench, items, lots=lots)
                rows += _drawn(house, bench.project, name)
    show(f"A lot drawn from {items * 9 // 10:,} annotations", rows)


def _drawn(house: House, project: int, name: str) -> list[Row]:
    took, busy, lot = _timed(lambda: draw_from(house, ME, Pool(project), new_id(), Terms(aql="1.0")))
    wrote, _, _ = _timed(lambda: unfold(house, project))
    proof = prove_lot(house, ME, project, lot)
    held = "the same when drawn again" if proof.holds else "NOT the same when drawn again"
    return [
        Row(f"{name}, {proof.lot.plan.lot:,} items", f"{took:.2f} s", WANTED, held),
        Row("  of which on a processor", f"{busy:.2f} s"),
        Row("  its entries, written in the background", f"{wrote:.1f} s"),
    ]


def _timed(act: Callable[[], T]) -> tuple[float, float, T]:
    """Seconds by the clock and on a processor, which tell a slow draw from a busy machine, and what came of it."""
    began, busy = time.perf_counter(), time.process_time()
    done = act()
    return time.perf_counter() - began, time.process_time() - busy, done
