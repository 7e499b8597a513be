"""How far two sets of masks are apart: as for polygons, by the pixels that they share.

Masks of the same label are matched one to one so that the sum of their IoU is greatest, counting only pairs with IoU of
at least 0.5. With S that sum,
    distance = 1 - 2 S / (|A| + |B|)
Masks of pictures of two sizes, and what holds no pixel (only an unchecked import could), are nobody's partner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from guiju.kinds.mask.shape import Mask, Masks
from guiju.kinds.runs import read_runs

if TYPE_CHECKING:
    from guiju.stats.shapes.collection import Shapes

LEAST_IOU = 0.5


def distance(a: Masks, b: Masks) -> float:
    """In [0, 1], symmetric, 0 for equal answers."""
    if a.shapes == b.shapes:
        return 0.0
    if not {mask.label for mask in a.shapes} & {mask.label for mask in b.shapes}:
        return 1.0
    # A fixed order of the two sides makes the distance symmetric to the last bit.
    first, second = sorted((in_order(a), in_order(b)), key=lambda side: [*map(key_of, side)])
    shapes, _ = collect([first, second])
    return max(0.0, 1 - 2 * _summed(shapes) / (len(first) + len(second)))


def _summed(shapes: Shapes) -> float:
    """The greatest sum of IoU of a one to one matching of the two answers' masks."""
    import numpy as np  # noqa: PLC0415 - heavy, and a submit never compares

    from guiju.stats.shapes.comparing import shared_overlap  # noqa: PLC0415 - the same

    share = shared_overlap(shapes, np.array([0]), np.array([1]), LEAST_IOU)
    return float(share[0]) * len(shapes) / 2


def overlaps_of(a: Masks, b: Masks) -> list[tuple[float, int, int]]:
    """IoU and places of all pairs with IoU of at least 0.5, whatever their labels."""
    import numpy as np  # noqa: PLC0415 - heavy, and a submit never compares

    from guiju.stats.shapes.overlaps import overlaps  # noqa: PLC0415 - the same

    shapes, rows = collect([a.shapes, b.shapes])
    near = overlaps(shapes, np.array([0]), np.array([1]), LEAST_IOU)
    lefts: list[int] = shapes.row[near.left].tolist()
    rights: list[int] = shapes.row[near.right].tolist()
    shares: list[float] = near.iou.tolist()
    return [(share, rows[i][1], rows[j][1]) for share, i, j in zip(shares, lefts, rights, strict=True)]


def collect(answers: Sequence[Sequence[Mask]]) -> tuple[Shapes, list[tuple[int, int]]]:
    """The answers to one item as the statistics take them, and of each row the answer and the place in it."""
    from guiju.stats.shapes.collection import masks  # noqa: PLC0415 - heavy, and a submit never compares

    read = {(who, place): _runs(mask) for who, answer in enumerate(answers) for place, mask in enumerate(answer)}
    size = _usual_size([answers[who][place] for (who, place), runs in read.items() if runs])
    rows = [row for row, runs in read.items() if runs and answers[row[0]][row[1]].size == size]
    drawn = [answers[who][place] for who, place in rows]
    columns = ([0] * len(rows), [who for who, _ in rows], [mask.label for mask in drawn])
    runs = [{"size": list(size), "counts": read[row]} for row in rows]
    return masks(*columns, runs, answered=[(0, who) for who in range(len(answers))]), rows


def _runs(mask: Mask) -> list[int] | None:
    """A mask's run lengths, or `None` where they fill no picture or hold no pixel."""
    runs = read_runs(mask.counts)
    return runs if runs and sum(runs) == mask.size[0] * mask.size[1] and any(runs[1::2]) else None


def _usual_size(masks: Sequence[Mask]) -> tuple[int, int]:
    counted = Counter(mask.size for mask in masks)
    return max(counted, key=lambda size: (counted[size], size), default=(1, 1))


def in_order(answer: Masks) -> list[Mask]:
    return sorted(answer.shapes, key=key_of)


def key_of(mask: Mask) -> tuple[str, tuple[int, int], str]:
    return (mask.label, mask.size, mask.counts)
