"""Comparing and merging sets of labelled things by any measure of how much two of them share.

Distance: things of the same label are matched one to one so that the sum of their shares is greatest (Hungarian
method), counting only pairs that share at least `SAME_PLACE`. With S that sum,
    distance = 1 - 2 S / (|A| + |B|)
Merge: things of different annotators that share as much are joined, the closest first, one of each annotator; a group
that more than half of the annotators are in stays under the majority's label.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from guiju.kinds.marked import SAME_PLACE, of_label
from guiju.kinds.model import Part

P = TypeVar("P", bound=Part)
Share: TypeAlias = Callable[[P, P], float]
Key: TypeAlias = Callable[[P], Any]


def distance_of(a: Sequence[P], b: Sequence[P], share: Share[P], key: Key[P]) -> float:
    """In [0, 1], symmetric, 0 for equal answers; `share` is symmetric, in [0, 1], and `key` a total order."""
    if not a and not b:
        return 0.0
    labels = {one.label for one in a} & {one.label for one in b}
    # A fixed order of the two sides and of the sum makes the distance symmetric to the last bit.
    first, second = sorted((sorted(a, key=key), sorted(b, key=key)), key=lambda side: [*map(key, side)])
    total = sum(_matched(of_label(first, label), of_label(second, label), share) for label in sorted(labels))
    return max(0.0, 1 - 2 * total / (len(a) + len(b)))


def _matched(a: Sequence[P], b: Sequence[P], share: Share[P]) -> float:
    """The greatest sum of shares of a one to one matching, of pairs that share enough."""
    table = [[found if (found := share(one, other)) >= SAME_PLACE else 0.0 for other in b] for one in a]
    if len(a) == len(b) == 1:
        return table[0][0]
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - heavy, and a submit never compares

    rows, places = linear_sum_assignment(table, maximize=True)
    return float(sum(table[row][place] for row, place in zip(rows, places, strict=True)))


class Group(NamedTuple, Generic[P]):
    """What several annotators mean by one thing; `label` is the majority's, `None` at a tie, `votes` those for it."""

    members: list[P]
    label: str | None
    votes: int


class Grouped(NamedTuple, Generic[P]):
    """What stays, and how sure: the mean, over groups, of the share of annotators behind what became of the group."""

    kept: list[Group[P]]
    confidence: float


def group(answers: Sequence[Sequence[P]], share: Share[P], key: Key[P]) -> Grouped[P] | None:
    """`None` of nothing, and where the label of a group that stays is tied. Does not depend on who came first."""
    n = len(answers)
    if n == 0:
        return None
    ordered = sorted((sorted(answer, key=key) for answer in answers), key=lambda side: [*map(key, side)])
    groups = _joined([(who, one) for who, answer in enumerate(ordered) for one in answer], share, key)
    kept = [_named(members) for members in groups if 2 * len(members) > n]
    if any(one.label is None for one in kept):
        return None
    behind = [one.votes for one in kept] + [n - len(members) for members in groups if 2 * len(members) <= n]
    return Grouped(kept, sum(behind) / (n * len(behind)) if behind else 1.0)


def _joined(drawn: list[tuple[int, P]], share: Share[P], key: Key[P]) -> list[list[P]]:
    group_of = [{place} for place in range(len(drawn))]
    close = [
        (-found, sorted((key(one), key(other))), a, b)
        for a, (who, one) in enumerate(drawn)
        for b, (by, other) in enumerate(drawn[a + 1 :], a + 1)
        if who != by and (found := share(one, other)) >= SAME_PLACE
    ]
    for _, _, a, b in sorted(close, key=lambda pair: pair[:2]):
        first, second = group_of[a], group_of[b]
        people = [drawn[place][0] for place in first | second]
        if first is not second and len(set(people)) == len(people):
            first |= second
            for place in second:
                group_of[place] = first
    unique = {id(places): places for places in group_of}
    return [[drawn[place][1] for place in sorted(places)] for places in unique.values()]


def _named(members: list[P]) -> Group[P]:
    (label, votes), *rest = Counter(one.label for one in members).most_common(2)
    return Group(members, None if rest and rest[0][1] == votes else label, votes)
