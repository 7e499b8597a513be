"""Answers asked for until they are sure, on two real crowds: answers used → accuracy, beside all of the answers.

Reads the crowds that lie beside the project and says so where they are absent. The answers arrive in a random order,
with several seeds; reliabilities are learned on the way (`guiju.stats.consensus.arrival`). ± is the standard deviation
over the orders of arrival.
"""

import csv
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.table import Row, show
from guiju.stats.columns import encode
from guiju.stats.consensus.arrival import Replay, replay
from guiju.stats.consensus.dawid_skene import dawid_skene
from guiju.stats.consensus.majority import majority

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
SEEDS = 10
SURE = (0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9995)
LEAST, MOST = 2, 20


class Crowd(NamedTuple):
    """`line` is where it is as right as Dawid and Skene's model on all of its answers, found on these very answers."""

    name: str
    line: float
    answers: list[tuple[str, int, str]]
    gold: dict[str, str]


def crowds() -> Iterator[Crowd]:
    """Those that are there."""
    found = {
        "SP (sentiment of sentences)": (0.995, SHARED / "activecrowd" / "SP.csv", ",", (0, 1, 2, 3), 0),
        "RTE (does it follow)": (0.9995, SHARED / "snow2008" / "rte.standardized.tsv", "\t", (1, 2, 3, 4), 1),
    }
    for name, (line, path, delimiter, places, head) in found.items():
        if not path.is_file():
            print(f"{name}: {path} is not there")
            continue
        with path.open(encoding="utf-8", newline="") as file:
            rows = [[row[place] for place in places] for row in csv.reader(file, delimiter=delimiter)][head:]
        number = {who: place for place, who in enumerate(sorted({row[0] for row in rows}))}
        yield Crowd(name, line, [(i, number[a], label) for a, i, label, _ in rows], {row[1]: row[3] for row in rows})


def runs(crowd: Crowd, sure: float, seeds: int = SEEDS, *, most: int = MOST) -> list[Replay]:
    classes = len({label for _, _, label in crowd.answers})
    return [
        replay(sorted(crowd.answers), least=LEAST, most=most, sure=sure, seed=seed, classes=classes)
        for seed in range(seeds)
    ]


def beside(crowd: Crowd) -> dict[str, float]:
    """The accuracy of the majority and of Dawid–Skene over all of the answers."""
    columns = encode(*map(list, zip(*((i, a, label) for i, a, label in crowd.answers), strict=True)))
    fits = {"majority of all": majority, "Dawid–Skene of all": dawid_skene}
    return {name: fit(columns).accuracy(crowd.gold).value or 0.0 for name, fit in fits.items()}


def _wanted(crowd: Crowd, sure: float, known: dict[str, float]) -> str:
    """The line that is to be as right as Dawid–Skene on all, with a fifth fewer."""
    return f"≥ {known['Dawid–Skene of all']:.4f}, ≥ 20% fewer" if sure == crowd.line else ""


def main() -> None:
    for crowd in crowds():
        known = beside(crowd)
        rows = [Row(name, f"{value:.4f}", "", f"{len(crowd.answers):,} answers") for name, value in known.items()]
        for sure in SURE:
            found = runs(crowd, sure)
            saved = [one.saved for one in found]
            right = [one.accuracy(crowd.gold) for one in found]
            spread = statistics.stdev(right)
            told = f"{statistics.mean(right):.4f} ± {spread:.4f} ({min(right):.4f} – {max(right):.4f})"
            used = f"{found[0].used / len(found[0].beliefs):.2f} an item, {statistics.mean(saved):.1%} fewer"
            rows.append(Row(f"until {sure:.4g} sure", told, _wanted(crowd, sure, known), used))
        show(f"Answers until sure: {crowd.name}, {SEEDS} seeds", rows)


if __name__ == "__main__":
    main()
