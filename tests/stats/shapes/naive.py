"""Slow and plain ways to the same figures, to hold the fast ones against."""

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray


def best_total(table: NDArray[Any]) -> float:
    """The greatest sum of one cell a row and column at most, by trying all of them."""
    cells: list[list[float]] = (table.T if table.shape[0] > table.shape[1] else table).tolist()
    if not cells:
        return 0.0
    orders = permutations(range(len(cells[0])), len(cells))
    return max(sum(row[c] for row, c in zip(cells, order, strict=True)) for order in orders)


def raster(points: Sequence[Sequence[float]], size: int, fine: int = 8) -> NDArray[np.bool_]:
    """Which cells, `fine` a pixel, have their middle inside the ring: even-odd, by counting crossings of a ray."""
    middle = (np.arange(size * fine) + 0.5) / fine
    x, y = np.meshgrid(middle, middle)
    inside = np.zeros(x.shape, bool)
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        if y1 == y2:
            continue
        crosses = (y >= min(y1, y2)) & (y < max(y1, y2))
        inside ^= crosses & (x < x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return inside


def raster_iou(a: Sequence[Sequence[float]], b: Sequence[Sequence[float]], size: int, fine: int = 8) -> float:
    one, other = raster(a, size, fine), raster(b, size, fine)
    return float((one & other).sum() / (one | other).sum())
