"""GLAD, MACE and the 2PL: fifty thousand answers beside crowd-kit, and a million alone, where theirs does not end."""

from collections.abc import Callable
from typing import Any, NamedTuple

from bench.crowds import MIDDLE, SMALL, Alone, Size, alone, on_disk
from bench.stats_consensus import Ours, Theirs
from bench.table import Row, show
from guiju.stats.columns import Columns
from guiju.stats.consensus.glad import glad
from guiju.stats.consensus.irt import irt
from guiju.stats.consensus.mace import mace
from guiju.stats.consensus.result import CategoricalConsensus

RESTARTS, ITERATIONS = 10, 50
SHOWN = 2_000
"""As many labels as are compared; `Ours` and `Theirs` tell that many."""


class _Warm(Ours):
    """As `Ours`, with the special functions loaded, too."""

    def __init__(self, fit: Callable[[Columns], CategoricalConsensus]) -> None:
        super().__init__(fit)

    @staticmethod
    def prepare(crowd: Any) -> Columns:
        """Columns, and what crowd-kit has loaded as well."""
        import scipy.special  # noqa: F401, PLC0415 # pyright: ignore[reportUnusedImport] - an import is not timed

        return Ours.prepare(crowd)


our_glad = _Warm(glad)
our_mace = _Warm(lambda columns: mace(columns, restarts=RESTARTS, iterations=ITERATIONS, tolerance=0))
our_irt = _Warm(irt)
their_glad = Theirs("GLAD")
their_mace = Theirs("MACE", n_restarts=RESTARTS, n_iter=ITERATIONS)


class Wanted(NamedTuple):
    """What a method must reach: times faster than crowd-kit on 50k; seconds of CPU on 1M."""

    method: str
    ratio: int | None
    seconds: int


WANTED = (Wanted("glad", 20, 40), Wanted("mace", 20, 40), Wanted("irt", None, 40))


def rows() -> list[Row]:
    """Fifty thousand answers side by side, then a million."""
    found = list[Row]()
    with on_disk(SMALL) as folder:
        found += [_beside(wanted, folder) for wanted in WANTED if wanted.ratio is not None]
    with on_disk(MIDDLE) as folder:
        found += [_alone(wanted, folder) for wanted in WANTED]
    return found


def _beside(wanted: Wanted, folder: str) -> Row:
    ours = alone(f"bench.stats_glad_mace:our_{wanted.method}", folder)
    theirs = alone(f"bench.stats_glad_mace:their_{wanted.method}", folder)
    same = sum(a == b for a, b in zip(ours.answer["labels"], theirs.answer["labels"], strict=True)) / SHOWN
    return Row(
        _name(wanted, SMALL),
        f"{_cost(ours)} = {theirs.cpu / ours.cpu:.0f} x",
        f"≥ {wanted.ratio} x",
        f"crowd-kit {_cost(theirs)}; {same:.1%} of labels the same",
    )


def _alone(wanted: Wanted, folder: str) -> Row:
    ours = alone(f"bench.stats_glad_mace:our_{wanted.method}", folder)
    return Row(_name(wanted, MIDDLE), f"{_cost(ours)}, {ours.answer['iterations']} iterations", f"≤ {wanted.seconds} s")


def _name(wanted: Wanted, size: Size) -> str:
    more = f", {RESTARTS} x {ITERATIONS} steps" if wanted.method == "mace" else ""
    return f"{wanted.method}, {size.items * size.answers:,} answers{more}"


def _cost(one: Alone) -> str:
    return f"{one.cpu:.2f} s CPU, {one.mebibytes:,.0f} MiB"


def main() -> None:
    """Print the table."""
    show("Models of annotators and items", rows())


if __name__ == "__main__":
    main()
