"""Confident learning on a million items of ten classes, beside `cleanlab`'s API for large data, with its best batch."""

import contextlib
import io
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from bench.table import Row, median_of, show
from guiju.stats.label_errors.filters import suspects
from guiju.stats.label_errors.report import find_label_errors

ITEMS, CLASSES = 1_000_000, 10
BATCH = 100_000


def _low(labels: NDArray[np.int64], table: NDArray[Any]) -> object:
    return suspects(labels, table, "low-self-confidence")


WAYS: dict[str, Callable[[NDArray[np.int64], NDArray[Any]], object]] = {
    "low-self-confidence": _low,
    "prune-by-noise-rate": suspects,
    "the ranked list": find_label_errors,
}


def drawn(dtype: str, items: int = ITEMS, seed: int = 1) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Labels of which one in ten is another class's, and a model's probabilities."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, CLASSES, items)
    truth = np.where(rng.random(items) < 0.9, labels, rng.integers(0, CLASSES, items))
    table = rng.standard_normal((items, CLASSES))
    table[np.arange(items), truth] += 3
    np.exp(table, out=table)
    table /= table.sum(axis=1, keepdims=True)
    return labels, table.astype(dtype)


def rows() -> list[Row]:
    """CPU seconds of ours and theirs, the answers compared, and our memory beyond the arguments."""
    return [*_speeds("float64"), *_speeds("float32"), _memory()]


def _speeds(dtype: str) -> list[Row]:
    labels, table = drawn(dtype)
    theirs = _batched(labels, table)
    alike = set(theirs().tolist()) == set(np.flatnonzero(suspects(labels, table, "low-self-confidence")).tolist())
    beside = f"{_cpu(theirs):.3f} s, cleanlab batched; {'the same answer' if alike else 'ANOTHER ANSWER'}"
    spent = {name: _cpu(partial(find, labels, table)) for name, find in WAYS.items()}
    return [
        Row(f"{name}, {dtype}", f"{spent[name]:.3f} s", *(("not slower", beside) if find is _low else ()))
        for name, find in WAYS.items()
    ]


def _batched(labels: NDArray[np.int64], table: NDArray[Any]) -> Callable[[], NDArray[np.int64]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from cleanlab.experimental import label_issues_batched  # noqa: PLC0415 - only where it is measured

    find = cast("Any", label_issues_batched).find_label_issues_batched
    return lambda: find(labels=labels, pred_probs=table, batch_size=BATCH, verbose=False)


def _cpu(work: Callable[[], object]) -> float:
    def once() -> float:
        begun = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            work()
        return time.process_time() - begun

    return median_of(5, once)


def _memory() -> Row:
    """What a child's peak grows by when it looks for label errors in arrays that it has loaded."""
    labels, table = drawn("float64")
    with tempfile.TemporaryDirectory(prefix="guiju-labels-") as folder:
        np.save(Path(folder, "labels"), labels)
        np.save(Path(folder, "table"), table)
        command = [sys.executable, "-m", "bench.stats_label_errors", folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    held = (labels.nbytes + table.nbytes) / 2**20
    return Row("memory beyond the arguments", f"{float(done.stdout):.0f} MiB", "", f"{held:.0f} MiB of arguments")


def _child(folder: str) -> None:
    labels, table = np.load(Path(folder, "labels.npy")), np.load(Path(folder, "table.npy"))
    find_label_errors(labels[:1_000], table[:1_000])
    # A child's ru_maxrss begins at its parent's; the kernel's own high-water mark can be set back.
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmRSS")
    find_label_errors(labels, table)
    print((_status("VmHWM") - before) / 1024)


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def main() -> None:
    """Print the table."""
    show(f"Label errors, {ITEMS:,} items x {CLASSES} classes", rows())


if __name__ == "__main__":
    _child(sys.argv[1]) if sys.argv[1:] else main()
