"""One way to print figures."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured thing: what it is, the figure, what it should be, and what others or the machine's floor give."""

    what: str
    figure: str
    wanted: str = ""
    beside: str = ""


def show(title: str, rows: Sequence[Row]) -> None:
    """Print `rows` under `title`, in columns."""
    table = [("", "here", "wanted", "beside"), *((row.what, row.figure, row.wanted, row.beside) for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(4)]
    print(f"\n{title}", flush=True)
    for line in table:
        print(
            "  " + "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip(), flush=True
        )


def median_of(runs: int, measure: Callable[[], float]) -> float:
    """The median of several runs."""
    return statistics.median(measure() for _ in range(runs))


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
