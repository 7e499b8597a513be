"""Figures over answers that do not fit in memory: partitioned Parquet, on one machine and on two workers.

Run: python -m bench.stats_shards [answers]
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from bench.table import Row, show
from guiju.bulk.engines import cluster
from guiju.bulk.figures import Engine, agreement_over, consensus_over
from guiju.bulk.files import Picks, open_answers
from guiju.bulk.shards import OneByOne, deal_out

ANSWERS = 100_000_000
AN_ITEM = 5
CLASSES = 10
ANNOTATORS = 5_000
PARTS = 20
# five annotators an item, one of each fifth of them; annotator a is right with probability .6 to .95
_PART = f"""
COPY (
    SELECT i // {AN_ITEM} AS item, a AS annotator,
        CAST(CASE WHEN hash(i, 1) % 1000 < 600 + hash(a) % 350 THEN hash(i // {AN_ITEM}, 2) % {CLASSES}
            ELSE hash(i, 3) % {CLASSES} END AS INTEGER) AS label
    FROM (SELECT i, CAST((i % {AN_ITEM}) * {ANNOTATORS // AN_ITEM}
        + hash(i, 4) % {ANNOTATORS // AN_ITEM} AS INTEGER) AS a FROM range(?, ?) t(i))
) TO '{{file}}' (FORMAT parquet)
"""


def _write(folder: Path, answers: int) -> None:
    connection: Any = duckdb.connect()
    step = answers // PARTS // AN_ITEM * AN_ITEM
    for part in range(PARTS):
        place = folder / f"part={part}"
        place.mkdir(parents=True)
        end = answers if part == PARTS - 1 else (part + 1) * step
        connection.execute(_PART.format(file=place / "0.parquet"), [part * step, end])


def _peak_gib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


@contextmanager
def _timed(rows: list[Row], what: str, wanted: str = "") -> Generator[Callable[[str], None]]:
    said: list[str] = []
    begun = time.perf_counter()
    yield said.append
    rows.append(Row(what, f"{time.perf_counter() - begun:,.1f} s", wanted, " ".join([*said, f"{_peak_gib():.2f} GiB"])))


def _figures(engine: Engine, rows: list[Row], name: str) -> tuple[float, float]:
    with _timed(rows, f"{name}: α with its interval", "≤ 4 GiB") as say:
        alpha = agreement_over(engine).alpha.value or 0.0
        say(f"α {alpha:.6f};")
    with _timed(rows, f"{name}: Dawid–Skene", "≤ 4 GiB") as say:
        made = consensus_over(engine, "dawid-skene").whole
        likelihood = made.log_likelihood or 0.0
        say(f"{made.iterations} steps;")
    return alpha, likelihood


def measure(answers: int) -> list[Row]:
    """The table of so many answers."""
    rows = list[Row]()
    with tempfile.TemporaryDirectory(prefix="guiju-bench-") as name:
        folder = Path(name)
        _write(folder / "set", answers)
        (folder / "shards").mkdir()
        with _timed(rows, "dealt out into shards"):
            stored = deal_out(open_answers(folder / "set", Picks(), folder), folder / "shards")
        here = _figures(OneByOne(stored), rows, "one machine")
        with cluster(stored, workers=2) as shards:
            there = _figures(shards, rows, "two workers")
    apart = max(abs(a - b) / max(1.0, abs(a)) for a, b in zip(here, there, strict=True))
    return [*rows, Row("one machine and two workers differ by", f"{apart:.1e}", "≤ 1e-9")]


def main(answers: int = ANSWERS) -> None:
    """Print the table."""
    show(f"{answers:,} answers in partitioned Parquet", measure(answers))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS)
