"""Consensus of a million and of ten million answers, beside crowd-kit, each in a process of its own."""

import importlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from bench.crowds import LARGE, MIDDLE, Alone, Crowd, Size, alone, on_disk
from bench.table import Row, show
from guiju.stats.columns import Columns, from_codes
from guiju.stats.consensus.dawid_skene import dawid_skene
from guiju.stats.consensus.majority import majority
from guiju.stats.consensus.one_coin import one_coin
from guiju.stats.consensus.result import CategoricalConsensus

TOLERANCE, ITERATIONS = 1e-5, 100
SHOWN = 2_000


class Ours:
    """A method of ours on columns of codes."""

    def __init__(self, fit: Callable[[Columns], CategoricalConsensus]) -> None:
        self.fit = fit

    @staticmethod
    def prepare(crowd: Crowd) -> Columns:
        """Columns, and the sparse products loaded as crowd-kit's pandas is."""
        importlib.import_module("scipy.sparse")
        return from_codes(*crowd)

    def __call__(self, columns: Columns) -> dict[str, Any]:
        found = self.fit(columns)
        return {"iterations": found.iterations, "labels": found.label[:SHOWN].tolist()}


class Theirs:
    """A method of crowd-kit on a data frame of codes."""

    def __init__(self, name: str, **settings: Any) -> None:
        self.name, self.settings = name, settings

    @staticmethod
    def prepare(crowd: Crowd) -> Any:
        """The frame, and crowd-kit loaded."""
        importlib.import_module("crowdkit.aggregation")
        import pandas as pd  # noqa: PLC0415 - only this child needs it

        return pd.DataFrame({"task": crowd.item, "worker": crowd.annotator, "label": crowd.label})

    def __call__(self, frame: Any) -> dict[str, Any]:
        from crowdkit import aggregation  # noqa: PLC0415 - loaded by `prepare`

        found: Any = getattr(aggregation, self.name)(**self.settings).fit(frame)
        labels: Any = found.labels_.loc[range(SHOWN)]
        return {"iterations": len(getattr(found, "loss_history_", ())), "labels": [int(one) for one in labels]}


our_majority = Ours(majority)
our_dawid_skene = Ours(lambda columns: dawid_skene(columns, tolerance=TOLERANCE, iterations=ITERATIONS))
our_one_coin = Ours(lambda columns: one_coin(columns, tolerance=TOLERANCE, iterations=ITERATIONS))
their_majority = Theirs("MajorityVote")
their_dawid_skene = Theirs("DawidSkene", n_iter=ITERATIONS, tol=TOLERANCE)
their_one_coin = Theirs("OneCoinDawidSkene", n_iter=ITERATIONS, tol=TOLERANCE)


class Wanted(NamedTuple):
    """What a method must reach: how many times faster, and at most how much memory."""

    method: str
    ratio: int
    mebibytes: int | None = None


WANTED: dict[Size, Sequence[Wanted]] = {
    MIDDLE: (Wanted("dawid_skene", 20), Wanted("one_coin", 20)),
    LARGE: (Wanted("dawid_skene", 15, 1229), Wanted("one_coin", 15, 1229), Wanted("majority", 25)),
}


def rows(sizes: Sequence[Size] = (MIDDLE, LARGE)) -> list[Row]:
    """Ours and theirs for each size; the ratio is of clock seconds in this run."""
    found = list[Row]()
    for size in sizes:
        with on_disk(size) as folder:
            found += [_row(size, wanted, folder) for wanted in WANTED[size]]
    return found


def _row(size: Size, wanted: Wanted, folder: str) -> Row:
    ours = alone(f"bench.stats_consensus:our_{wanted.method}", folder)
    theirs = alone(f"bench.stats_consensus:their_{wanted.method}", folder)
    ceiling = "" if wanted.mebibytes is None else f", ≤ {wanted.mebibytes:,} MiB"
    same = sum(a == b for a, b in zip(ours.answer["labels"], theirs.answer["labels"], strict=True)) / SHOWN
    return Row(
        f"{wanted.method.replace('_', '-')}, {size.items * size.answers:,} answers",
        f"{_cost(ours)} = {theirs.clock / ours.clock:.0f} x",
        f"≥ {wanted.ratio} x{ceiling}",
        f"crowd-kit {_cost(theirs)}; {same:.1%} of labels the same",
    )


def _cost(one: Alone) -> str:
    steps = one.answer["iterations"]
    return f"{one.clock:.2f} s, {one.mebibytes:,.0f} MiB" + (f", {steps} iterations" if steps else "")


def main() -> None:
    """Print the table."""
    show("Consensus of integer-coded answers", rows())


if __name__ == "__main__":
    main()
