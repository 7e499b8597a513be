"""One set of boxes from several annotators'.

1. Boxes of different annotators that overlap with IoU of at least 0.5 are joined into groups, the closest first, so
   that no group has two boxes of one annotator (greedy).
2. A group stays when more than half of the annotators are in it.
3. Its corners are the medians of its boxes' corners; its label is the majority's. Where one of them is turned, its
   centre, size and angle are those of `guiju.kinds.box.middle`.
If the label of a group that stays is tied, the answers do not decide and the item goes to a person.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import partial
from statistics import median
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from guiju.kinds.box.distance import LEAST_IOU
from guiju.kinds.box.middle import middle_of
from guiju.kinds.box.plane import bounds_of, iou
from guiju.kinds.box.shape import Box, Boxes, tidy
from guiju.kinds.model import Merged

BoxKey: TypeAlias = tuple[float, float, float, float, float, str]


class _Drawn(NamedTuple):
    annotator: int
    box: Box


def merge(answers: Sequence[Boxes]) -> Merged[Boxes] | None:
    """The merged boxes from top to bottom, or `None` of nothing and where a label is tied.

    The confidence is the mean, over groups, of the share of annotators who stand behind what became of the group:
    those who drew it under its label if it stays, those who did not draw it if it goes; 1 if nobody drew anything.
    """
    n = len(answers)
    if n == 0:
        return None
    groups = _groups([_Drawn(who, box) for who, boxes in enumerate(_in_order(answers)) for box in boxes])
    kept = [group for group in groups if len(group) * 2 > n]
    labels = [_majority(group) for group in kept]
    if any(label is None for label in labels):
        return None
    behind = [votes[1] for votes in labels if votes] + [n - len(group) for group in groups if len(group) * 2 <= n]
    confidence = sum(behind) / (n * len(behind)) if behind else 1.0
    boxes = [_median(group, votes[0]) for group, votes in zip(kept, labels, strict=True) if votes]
    return Merged(_numbered(boxes), confidence, n)


def _in_order(answers: Sequence[Boxes]) -> list[list[Box]]:
    """Answers by what they say and not by who came first: equal overlaps are then joined in the same order."""
    return sorted((sorted(answer.shapes, key=_key) for answer in answers), key=lambda boxes: [*map(_key, boxes)])


def _groups(drawn: list[_Drawn]) -> list[list[_Drawn]]:
    group_of = [{place} for place in range(len(drawn))]
    for _, a, b in sorted(_close_pairs(drawn), key=partial(_rank, drawn)):
        first, second = group_of[a], group_of[b]
        people = [drawn[place].annotator for place in first | second]
        if first is not second and len(set(people)) == len(people):
            first |= second
            for place in second:
                group_of[place] = first
    unique = {id(group): group for group in group_of}
    return [[drawn[place] for place in sorted(group)] for group in unique.values()]


def _close_pairs(drawn: list[_Drawn]) -> list[tuple[float, int, int]]:
    """Sweeping from left to right: a box is compared with those that begin before it ends."""
    around = [bounds_of(one.box) for one in drawn]
    order = sorted(range(len(drawn)), key=lambda place: around[place].left)
    starts = [around[place].left for place in order]
    found: list[tuple[float, int, int]] = []
    for step, a in enumerate(order):
        end = bisect_left(starts, around[a].right)
        for b in order[step + 1 : end]:
            value = iou(drawn[a].box, drawn[b].box)
            if value >= LEAST_IOU and drawn[a].annotator != drawn[b].annotator:
                found.append((value, a, b))
    return found


def _rank(drawn: list[_Drawn], pair: tuple[float, int, int]) -> tuple[float, list[BoxKey]]:
    """The closest first; among equals by where they lie."""
    value, a, b = pair
    return (-value, sorted((_key(drawn[a].box), _key(drawn[b].box))))


def _key(box: Box) -> BoxKey:
    return (box.y, box.x, box.h, box.w, box.angle, box.label)


def _majority(group: list[_Drawn]) -> tuple[str, int] | None:
    """The most frequent label of a group and its votes, or `None` at a tie."""
    first, *rest = Counter(one.box.label for one in group).most_common(2)
    return None if rest and rest[0][1] == first[1] else first


def _median(group: list[_Drawn], label: str) -> Box:
    boxes = [one.box for one in group]
    if any(box.angle for box in boxes):
        return middle_of(boxes, label)
    left, top = median(box.x for box in boxes), median(box.y for box in boxes)
    right, bottom = median(box.x + box.w for box in boxes), median(box.y + box.h for box in boxes)
    return Box("m", label, left, top, right - left, bottom - top)


def _numbered(boxes: list[Box]) -> Boxes:
    ordered = sorted(boxes, key=lambda box: (box.y, box.x, box.label))
    named = (replace(box, id=f"m{number}") for number, box in enumerate(ordered, start=1))
    return tidy(Boxes(tuple(named)))
