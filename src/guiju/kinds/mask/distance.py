"""How far two sets of masks are apart: as for polygons, by the pixels that they share (`guiju.kinds.by_area`).

Masks of pictures of two sizes, and what holds no pixel (only an unchecked import could), are nobody's partner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from guiju.kinds import by_area
from guiju.kinds.mask.shape import Mask, Masks
from guiju.kinds.runs import read_runs

if TYPE_CHECKING:
    from guiju.kinds.by_area import Collected


def distance(a: Masks, b: Masks) -> float:
    """In [0, 1], symmetric, 0 for equal answers."""
    return by_area.distance_of(a.shapes, b.shapes, collect, key_of)


def overlaps_of(a: Masks, b: Masks) -> list[tuple[float, int, int]]:
    """IoU and places of all pairs with IoU of at least 0.5, whatever their labels."""
    return by_area.overlaps_of(a.shapes, b.shapes, collect)


def collect(answers: Sequence[Sequence[Mask]]) -> Collected:
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
