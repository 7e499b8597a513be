"""From columns to what a page tells of them: quantiles, bars, fences, and what is worth a look."""

import math

import numpy as np
from numpy.typing import NDArray

from guiju.cleaning.profiles.figures.columns import NOTHING, Columns, lies_in
from guiju.cleaning.profiles.model import AMOUNTS, Amount, Bar, Choice, Figure, Scale, Value

MOST_LISTED = 30
FEWEST_FOR_OUTLIERS = 20
FENCE = 3.5
_DECADE = (1, 1.5, 2, 3, 5, 7)
_RATIOS = (0.25, 0.33, 0.5, 0.66, 0.74, 0.79, 0.9, 0.99, 1.01, 1.1, 1.26, 1.34, 1.51, 1.79, 2.01, 3, 4)


def spread(figure: Figure, values: NDArray[np.float32]) -> Amount | None:
    """How an amount is spread; `None` when no item has it."""
    values = values[~np.isnan(values)]
    if not len(values):
        return None
    q05, q25, median, q75, q95 = (float(each) for each in np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95]))
    low, high = _fences(figure, values) if figure.has_outliers else (None, None)
    return Amount(
        figure=figure.code,
        count=len(values),
        least=float(values.min()),
        q05=q05,
        q25=q25,
        median=median,
        q75=q75,
        q95=q95,
        most=float(values.max()),
        mean=float(values.mean(dtype=np.float64)),
        bars=bars_of(figure, values),
        low_fence=low,
        high_fence=high,
        below=int(lies_in(values, None, low).sum()) if low is not None else 0,
        above=int(lies_in(values, high, None).sum()) if high is not None else 0,
    )


def _fences(figure: Figure, values: NDArray[np.float32]) -> tuple[float | None, float | None]:
    """Between which amounts there is no outlier. Where half are equal, the mean deviation stands for the median one."""
    if len(values) < FEWEST_FOR_OUTLIERS:
        return None, None
    seen = values.astype(np.float64)
    if figure.scale is not Scale.EVEN:
        seen = np.log(np.maximum(seen, 1e-3))
    median = float(np.median(seen))
    away = np.abs(seen - median)
    sigma = float(np.median(away)) / 0.6745 or float(away.mean()) * 1.253314
    if sigma == 0:
        return None, None
    low, high = median - FENCE * sigma, median + FENCE * sigma
    if figure.scale is not Scale.EVEN:
        low, high = math.exp(low), math.exp(min(high, 700.0))
    return _rounded(low), _rounded(high)


def _rounded(value: float) -> float:
    """Three digits that a person can read."""
    return float(f"{value:.3g}")


def bars_of(figure: Figure, values: NDArray[np.float32]) -> list[Bar]:
    """A histogram without the empty bars at its ends, the first and the last bar open."""
    edges = np.array(_edges(figure, float(values.max())), np.float32)
    counts = np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1)
    bounds = [None, *(float(f"{edge:.6g}") for edge in edges), None]
    bars = [Bar(bounds[n], bounds[n + 1], int(count)) for n, count in enumerate(counts)]
    filled = [n for n, bar in enumerate(bars) if bar.count]
    return bars[filled[0] : filled[-1] + 1]


def _edges(figure: Figure, most: float) -> list[float]:
    if figure.scale is Scale.RATIO:
        return list(_RATIOS)
    if figure.scale is Scale.EVEN:
        first, step, last = figure.even
        return [round(first + step * n, 6) for n in range(1, round((last - first) / step))]
    decades = range(max(1, math.ceil(math.log10(max(most, 1))) + 1))
    edges = [step * 10**decade for decade in decades for step in _DECADE]
    return [edge for edge in edges if edge == int(edge) or figure.code in {"sharpness", "duration"}]


def choice_of(code: str, counts: dict[str, int]) -> Choice:
    """The commonest first."""
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    listed = [Value(value, count) for value, count in ranked[:MOST_LISTED]]
    return Choice(code, sum(counts.values()), listed, sum(count for _, count in ranked[MOST_LISTED:]))


class Gathered:
    """The columns of many chunks: five bytes for each text."""

    def __init__(self) -> None:
        self.items = 0
        self._amounts: dict[str, list[NDArray[np.float32]]] = {}
        self.choices: dict[str, dict[str, int]] = {}

    def take(self, columns: Columns) -> None:
        self.items += len(columns.items)
        for code, values in columns.amounts.items():
            self._amounts.setdefault(code, []).append(values[~np.isnan(values)])
        for code, (names, column) in columns.choices.items():
            counts = np.bincount(column, minlength=NOTHING + 1)
            mine = self.choices.setdefault(code, {})
            for number, name in enumerate(names):
                mine[name] = mine.get(name, 0) + int(counts[number])

    def amounts(self) -> list[Amount]:
        found = (
            spread(AMOUNTS[code], np.concatenate(self._amounts[code])) for code in AMOUNTS if code in self._amounts
        )
        return [amount for amount in found if amount is not None]

    def count(self, code: str, low: float | None, high: float | None) -> int:
        """How many items have an amount in [low, high)."""
        return sum(int(lies_in(values, low, high).sum()) for values in self._amounts.get(code, []))
