"""Labels of `banking77` flipped on purpose, and found again: how many of as many suspects as were flipped are right.

Beside it `cleanlab` on the same probabilities. Skipped, saying so, where the data is not there.
"""

import csv
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from bench.table import Row, show
from guiju.findings.analysis.guessing import guess_texts
from guiju.stats.label_errors.ranking import label_quality

DATA = Path(__file__).parents[2] / "shared/data/banking77/train.csv"
SHARES = (0.05, 0.10, 0.20)
SEED = 7


def main() -> None:
    """Print the precision for each share of flipped labels."""
    if not DATA.exists():
        print(f"label errors: {DATA.name} of banking77 is not here, nothing was measured")
        return
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = sorted({row["category"] for row in rows})
    place = {name: number for number, name in enumerate(names)}
    right = np.array([place[row["category"]] for row in rows], np.int64)
    texts = [row["text"] for row in rows]
    title = f"Labels flipped and found: banking77, {len(rows):,} texts, {len(names)} labels, seed {SEED}"
    show(title, [_row(texts, right, len(names), share) for share in SHARES])


def _row(texts: list[str], right: Any, classes: int, share: float) -> Row:
    drawn = np.random.default_rng(SEED)
    flipped = drawn.choice(len(right), int(share * len(right)), replace=False)
    labels = right.copy()
    labels[flipped] = (labels[flipped] + drawn.integers(1, classes, len(flipped))) % classes
    wrong = labels != right
    begun = time.perf_counter()
    probabilities = guess_texts(texts, labels, classes)
    spent = time.perf_counter() - begun
    ours = np.argsort(label_quality(labels, probabilities), kind="stable")[: len(flipped)]
    cleanlab: Any = import_module("cleanlab.rank")
    theirs = np.argsort(cleanlab.get_label_quality_scores(labels, probabilities), kind="stable")[: len(flipped)]
    figure = f"precision {wrong[ours].mean():.3f}, {spent:.1f} s"
    return Row(f"{share:.0%} flipped", figure, "≥ .80", f"cleanlab {wrong[theirs].mean():.3f}")
