"""What this machine gives at best: an fsync, and the commits of a bare table."""

import os
import statistics
import tempfile
import time
from pathlib import Path

from guiju.storage.connecting import sqlite_module


def fsync_milliseconds(times: int = 200) -> float:
    """The median time of one fsync after a 4 kB append."""
    spent: list[float] = []
    with tempfile.NamedTemporaryFile(dir=os.environ.get("GUIJU_BENCH_DIR")) as out:
        for _ in range(times):
            out.write(b"x" * 4096)
            out.flush()
            begun = time.perf_counter()
            os.fsync(out.fileno())
            spent.append(time.perf_counter() - begun)
    return statistics.median(spent) * 1000


def commits_a_second(rows_each: int, seconds: float = 1.0) -> float:
    """Rows a second into a bare table, `rows_each` in each durable commit."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("GUIJU_BENCH_DIR")) as folder:
        database = sqlite_module.connect(str(Path(folder) / "floor.db"), isolation_level=None)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE floor (id INTEGER PRIMARY KEY, a TEXT, b INTEGER)")
        rows, stored, begun = [("x" * 60, 1)] * rows_each, 0, time.perf_counter()
        while time.perf_counter() - begun < seconds:
            database.execute("BEGIN IMMEDIATE")
            database.executemany("INSERT INTO floor (a, b) VALUES (?, ?)", rows)
            database.execute("COMMIT")
            stored += rows_each
        spent = time.perf_counter() - begun
        database.close()
    return stored / spent
