"""Comparing sets of labelled shapes by the area that two of them share, through the arithmetic of `stats.shapes`.

Shapes of the same label are matched one to one so that the sum of their IoU is greatest, counting only pairs with IoU
of at least 0.5. With S that sum,
    distance = 1 - 2 S / (|A| + |B|)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from guiju.kinds.model import Part

if TYPE_CHECKING:
    from guiju.stats.shapes.collection import Shapes

LEAST_IOU = 0.5
P = TypeVar("P", bound=Part)
Collected: TypeAlias = "tuple[Shapes, list[tuple[int, int]]]"
"""The answers to one item as the statistics take them, and of each row the answer and the place in it."""
Collect: TypeAlias = Callable[[Sequence[Sequence[P]]], Collected]


def distance_of(a: Sequence[P], b: Sequence[P], collect: Collect[P], key: Callable[[P], Any]) -> float:
    """In [0, 1], symmetric, 0 for equal answers; `key` is a total order. What `collect` leaves out has no partner."""
    if a == b:
        return 0.0
    if not {shape.label for shape in a} & {shape.label for shape in b}:
        return 1.0
    # A fixed order of the two sides makes the distance symmetric to the last bit.
    first, second = sorted((sorted(a, key=key), sorted(b, key=key)), key=lambda side: [*map(key, side)])
    shapes, _ = collect([first, second])
    return max(0.0, 1 - 2 * _summed(shapes) / (len(first) + len(second)))


def _summed(shapes: Shapes) -> float:
    """The greatest sum of IoU of a one to one matching of the two answers' shapes."""
    import numpy as np  # noqa: PLC0415 - heavy, and a submit never compares

    from guiju.stats.shapes.comparing import shared_overlap  # noqa: PLC0415 - the same

    share = shared_overlap(shapes, np.array([0]), np.array([1]), LEAST_IOU)
    return float(share[0]) * len(shapes) / 2


def overlaps_of(a: Sequence[P], b: Sequence[P], collect: Collect[P]) -> list[tuple[float, int, int]]:
    """IoU and places of all pairs with IoU of at least 0.5, whatever their labels."""
    import numpy as np  # noqa: PLC0415 - heavy, and a submit never compares

    from guiju.stats.shapes.overlaps import overlaps  # noqa: PLC0415 - the same

    shapes, rows = collect([a, b])
    near = overlaps(shapes, np.array([0]), np.array([1]), LEAST_IOU)
    lefts: list[int] = shapes.row[near.left].tolist()
    rights: list[int] = shapes.row[near.right].tolist()
    shares: list[float] = near.iou.tolist()
    return [(share, rows[i][1], rows[j][1]) for share, i, j in zip(shares, lefts, rights, strict=True)]
