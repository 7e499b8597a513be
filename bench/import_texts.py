"""Import of 100,000 short texts from CSV, from the request to the landed source, beside SQLite's own floor.

    python -m bench.import_texts [ROWS]

And of ten times as many from CSV, JSON Lines and TXT, each once, in a process of its own whose greatest memory is told.

The floor: the same rows by `executemany` into a bare table (no index, no foreign key, nothing checked), one commit per
5,000 with `synchronous=FULL`. Median of three, seconds.
"""

import csv
import hashlib
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import guiju.web.routes  # noqa: F401 # pyright: ignore[reportUnusedImport] - every slice's tables, as in the program
from guiju.data import JOBS, start_import
from guiju.kit import new_id
from guiju.people import get_actor, set_up
from guiju.projects import create_project
from guiju.storage import find_job, open_house, work_jobs
from guiju.storage.connecting import sqlite_module

ROUNDS = 3
CHUNK = 5_000


def main(rows: int = 100_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.csv"
        write_texts(path, rows)
        floor = [measure_floor(path, Path(folder) / f"floor{n}.db") for n in range(ROUNDS)]
        first = [measure_import(path, Path(folder) / f"home{n}") for n in range(ROUNDS)]
    print(f"{'import of ' + format(rows, ',') + ' texts (CSV)':<44}{'seconds':>9}{'rows/s':>12}")
    show("floor: executemany into a bare table", floor, rows)
    show("guiju: request, job, landed", [fresh for fresh, _ in first], rows)
    show("guiju: the same file again (all duplicates)", [again for _, again in first], rows)
    for form in ("csv", "jsonl", "txt"):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            seconds, peak = apart.submit(measure_large, form, 10 * rows).result()
        show(f"guiju: {10 * rows:,} from {form}, {peak:,} MB at most", [seconds], 10 * rows)


def measure_large(form: str, rows: int) -> tuple[float, int]:
    """Seconds of one import, and the greatest memory of this process in MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"texts.{form}"
        write_texts(path, rows)
        seconds, _ = measure_import(path, Path(folder) / "home", times=1)
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def show(name: str, seconds: list[float], rows: int) -> None:
    median = statistics.median(seconds)
    print(f"{name:<44}{median:>9.2f}{rows / median:>12,.0f}")


def write_texts(path: Path, rows: int) -> None:
    chance = random.Random(1)
    made = ((f"m{n}", f"第{n}条消息：请问我的订单什么时候发货？", chance.choice("abc")) for n in range(rows))
    with path.open("w", newline="", encoding="utf-8") as file:
        if path.suffix == ".csv":
            csv.writer(file).writerows(_headed(made))
        elif path.suffix == ".jsonl":
            file.writelines(
                f'{{"id":"{name}","text":"{text}","channel":"{channel}"}}\n' for name, text, channel in made
            )
        else:
            file.writelines(f"{text}\n" for _, text, _ in made)


def _headed(made: Iterator[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    yield ("id", "text", "channel")
    yield from made


def measure_floor(path: Path, database: Path) -> float:
    began = time.perf_counter()
    connection = sqlite_module.connect(str(database), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE text (id INTEGER PRIMARY KEY, name TEXT, body TEXT, meta TEXT, hash TEXT)")
    with path.open(newline="", encoding="utf-8") as file:
        rows = [(a, b, c, hashlib.sha256(b.encode()).hexdigest()) for a, b, c in csv.reader(file)]
    for start in range(0, len(rows), CHUNK):
        connection.execute("BEGIN IMMEDIATE")
        chunk = rows[start : start + CHUNK]
        connection.executemany("INSERT INTO text (name, body, meta, hash) VALUES (?, ?, ?, ?)", chunk)
        connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - began


def measure_import(path: Path, home: Path, times: int = 2) -> tuple[float, float]:
    """Seconds of a first import, and of the last of `times`: the same file once more."""
    house = open_house(home)
    set_up(house, email="bench@guiju.test", name="Bench", password="a short sentence")
    actor = get_actor(house, None)
    project = create_project(house, actor, request_id=new_id(), name="bench")
    seconds: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        started = start_import(house, actor, project, request_id=new_id(), paths=[path])
        work_jobs(house, JOBS, only=started.job)
        seconds.append(time.perf_counter() - began)
        with house.reading() as connection:
            job = find_job(connection, started.job)
        assert job is not None
        assert job.state == "done"
    house.close()
    return seconds[0], seconds[-1]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
