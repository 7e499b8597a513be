"""Synthetic crowds with fixed seeds, and a child process to measure a method alone.

Each item has a true label and `answers` different annotators; each annotator is right with a probability of their own,
.6 to .95, and otherwise takes any other label. Rows are sorted by item, then annotator.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Codes: TypeAlias = NDArray[np.int32]
_BLOCK = 200_000


class Crowd(NamedTuple):
    """Three aligned columns of codes."""

    item: Codes
    annotator: Codes
    label: Codes


class Size(NamedTuple):
    """What `crowd` is asked for."""

    items: int
    answers: int
    classes: int
    annotators: int


SMALL = Size(10_000, 5, 5, 50)
MIDDLE = Size(200_000, 5, 10, 500)
LARGE = Size(2_000_000, 5, 10, 2_000)


def crowd(items: int, answers: int, classes: int, annotators: int, seed: int = 1) -> Crowd:
    """`items` x `answers` rows; the same arguments give the same rows."""
    rng = np.random.default_rng((seed, 1))
    right = accuracies(annotators, seed)
    gold = truth(items, classes, seed)
    who = np.empty((items, answers), np.int32)
    label = np.empty((items, answers), np.int32)
    for start in range(0, items, _BLOCK):
        block = slice(start, min(items, start + _BLOCK))
        who[block] = _drawn(rng, block.stop - start, answers, annotators)
        label[block] = _said(rng, gold[block, None], right[who[block]], classes)
    item = np.repeat(np.arange(items, dtype=np.int32), answers)
    return Crowd(item, who.ravel(), label.ravel())


def truth(items: int, classes: int, seed: int = 1) -> Codes:
    """The true label of each item; classes are not equally frequent."""
    rng = np.random.default_rng((seed, 2))
    share = rng.dirichlet(np.full(classes, 5.0))
    return rng.choice(classes, items, p=share).astype(np.int32)


def accuracies(annotators: int, seed: int = 1) -> NDArray[np.float32]:
    """How often each annotator is right: .6 + .35 Beta(2, 2)."""
    return (0.6 + 0.35 * np.random.default_rng((seed, 3)).beta(2, 2, annotators)).astype(np.float32)


def _drawn(rng: np.random.Generator, items: int, answers: int, annotators: int) -> Codes:
    """Different annotators for each item: one from each of `answers` arcs of a circle that starts anywhere."""
    arc = annotators // answers
    start = rng.integers(0, annotators, (items, 1), np.int32)
    steps = np.arange(answers, dtype=np.int32) * arc + rng.integers(0, arc, (items, answers), np.int32)
    return np.sort((start + steps) % annotators, axis=1)


def _said(rng: np.random.Generator, gold: Codes, right: NDArray[np.float32], classes: int) -> Codes:
    other = (gold + rng.integers(1, classes, right.shape, np.int32)) % classes
    return np.where(rng.random(right.shape, np.float32) < right, gold, other).astype(np.int32)


@contextmanager
def on_disk(size: Size, seed: int = 1) -> Generator[str]:
    """The folder of a crowd saved as three arrays, so that a child starts without having made it."""
    with tempfile.TemporaryDirectory(prefix="guiju-crowd-") as folder:
        for name, column in zip(Crowd._fields, crowd(*size, seed=seed), strict=True):
            np.save(Path(folder, name), column)
        yield folder


def load(folder: str) -> Crowd:
    """The crowd saved by `on_disk`."""
    return Crowd(*(np.load(Path(folder, f"{name}.npy")) for name in Crowd._fields))


class Alone(NamedTuple):
    """What one method cost in a process of its own: CPU and clock seconds, peak resident memory, and its answer."""

    cpu: float
    clock: float
    mebibytes: float
    answer: Any


def alone(method: str, folder: str) -> Alone:
    """Run `method` ("bench.module:function") in a child: it gets the crowd of `folder` and returns JSON.

    Imports and loading are not timed; they do count in the peak. A function with `prepare` as its attribute is given
    what that makes of the crowd, untimed.
    """
    command = [sys.executable, "-W", "ignore", "-m", "bench.crowds", method, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Alone(*json.loads(done.stdout.splitlines()[-1]))


def _measure(method: str, folder: str) -> None:
    import importlib  # noqa: PLC0415 - only the child measures
    import resource  # noqa: PLC0415 - only the child measures
    import time  # noqa: PLC0415 - only the child measures

    module, name = method.split(":")
    function: Callable[[Any], object] = getattr(importlib.import_module(module), name)
    prepare: Callable[[Crowd], Any] | None = getattr(function, "prepare", None)
    given: Any = load(folder) if prepare is None else prepare(load(folder))
    clock, cpu = time.perf_counter(), time.process_time()
    answer = function(given)
    spent = (time.process_time() - cpu, time.perf_counter() - clock)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([*spent, peak, answer]))


if __name__ == "__main__":
    _measure(sys.argv[1], sys.argv[2])
