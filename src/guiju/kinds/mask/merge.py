"""One set of masks from several annotators', by `guiju.stats.consensus.shapes`.

1. Masks of different annotators with IoU of at least 0.5 are joined, the closest first, one of each annotator.
2. A group that more than half of the annotators are in stays; its label is the majority's.
3. Its pixels are those that more than half of its members hold.
If the label of a group that stays is tied, the answers do not decide and the item goes to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from guiju.kinds.by_area import LEAST_IOU
from guiju.kinds.mask.distance import collect, in_order, key_of
from guiju.kinds.mask.shape import Mask, Masks, tidy
from guiju.kinds.model import Merged
from guiju.kinds.runs import plain_runs, write_runs

if TYPE_CHECKING:
    from guiju.stats.consensus.shapes import MergedShape


def merge(answers: Sequence[Masks]) -> Merged[Masks] | None:
    """The merged masks from left to right, or `None` of nothing and where a label is tied.

    The confidence is the mean, over groups, of the share of annotators who stand behind what became of the group:
    those who drew it under its label if it stays, those who did not draw it if it goes; 1 if nobody drew anything.
    """
    from guiju.stats.consensus.shapes import shape_consensus  # noqa: PLC0415 - NumPy, which only merging needs

    n = len(answers)
    if n == 0:
        return None
    ordered = sorted((in_order(answer) for answer in answers), key=lambda side: [*map(key_of, side)])
    found = shape_consensus(collect(ordered)[0], LEAST_IOU)
    if any(group.tied for group in found.kept):
        return None
    behind = [group.confidence for group in found.kept] + [1 - group.found / n for group in found.left_out]
    confidence = sum(behind) / len(behind) if behind else 1.0
    return Merged(_numbered(found.kept), confidence, n)


def _numbered(groups: Sequence[MergedShape]) -> Masks:
    ordered = sorted(groups, key=lambda group: (group.shape["counts"], str(group.label)))
    return tidy(Masks(tuple(_mask(f"m{n}", group) for n, group in enumerate(ordered, start=1))))


def _mask(name: str, group: MergedShape) -> Mask:
    high, wide = group.shape["size"]
    return Mask(name, str(group.label), (high, wide), write_runs(plain_runs(group.shape["counts"])))
