"""Near-duplicates with contrary labels: things that are as good as the same and were labelled differently.

Formula: items linked by pairs form groups (the connected components of the pairs). A group is contrary if its known
    labels are not all the same. Its majority label is the one with the most items, none if two have equally many;
    the minority are the items that carry another one. share = items of the majority label / labelled items.
Assumes: the pairs or groups are right, and two near-duplicates deserve one label. Chains link far things: if a is near
    b and b near c, all three are one group, so give pairs of a strict similarity.
Source: Barz & Denzler 2020, doi:10.3390/jimaging6060041 (near-duplicates in test sets); the grouping is the classic
    union-find, Tarjan 1975, doi:10.1145/321879.321884.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, in_order, is_missing
from guiju.stats.label_errors.errors import NotAnItem, UnevenLabels

_REASON = N_("{size} near-duplicates carry {kinds} different labels; {count} of them say “{label}”.")
_REASON_TIE = N_("{size} near-duplicates carry {kinds} different labels, and no label has more items than all others.")


@dataclass(frozen=True, slots=True)
class ContraryGroup:
    """Near-duplicates with different labels: all rows with their labels, the majority if there is one, the others."""

    rows: tuple[int, ...]
    labels: tuple[Hashable, ...]
    majority: Hashable | None
    minority: tuple[int, ...]

    @property
    def share(self) -> float:
        """How many of the group's items carry its most frequent label."""
        return Counter(self.labels).most_common(1)[0][1] / len(self.labels)

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        places: dict[str, object] = {"size": len(self.rows), "kinds": len(set(self.labels))}
        if self.majority is None:
            return (Sentence(_REASON_TIE, places),)
        count = len(self.rows) - len(self.minority)
        return (Sentence(_REASON, {**places, "count": count, "label": self.majority}),)

    def to_dict(self) -> dict[str, object]:
        return {
            "rows": list(self.rows),
            "labels": [str(label) for label in self.labels],
            "majority": None if self.majority is None else str(self.majority),
            "minority": list(self.minority),
            "share": self.share,
            "reason": str(self.meaning[0]),
        }


def contrary_duplicates(label: Sequence[Hashable], group: Sequence[Hashable]) -> tuple[ContraryGroup, ...]:
    """Groups of near-duplicates whose labels differ: those with a majority first, the clearest first.

    `group` names each item's group; `None` stands for none. Items without a label (`None`, NaN) are left out. In a
    group without a majority every item is in the minority. Raises `UnevenLabels`.

    >>> [found] = contrary_duplicates(["cat", "cat", "dog", "dog"], [1, 1, 1, 2])
    >>> found.rows, found.majority, found.minority, str(found.meaning[0])
    ((0, 1, 2), 'cat', (2,), '3 near-duplicates carry 2 different labels; 2 of them say “cat”.')
    """
    if len(label) != len(group):
        raise UnevenLabels(labels=len(label), others=len(group), what=N_("groups"))
    members: dict[Hashable, list[int]] = {}
    for row, name in enumerate(group):
        if not (is_missing(name) or is_missing(label[row])):
            members.setdefault(name, []).append(row)
    found = [_group(rows, label) for rows in members.values() if len({label[row] for row in rows}) > 1]
    return tuple(sorted(found, key=lambda one: (one.majority is None, -one.share, -len(one.rows), one.rows)))


def _group(rows: list[int], label: Sequence[Hashable]) -> ContraryGroup:
    labels = tuple(label[row] for row in rows)
    counts = Counter(labels)
    most = max(counts.values())
    winners = in_order(one for one, count in counts.items() if count == most)
    majority = winners[0] if len(winners) == 1 else None
    minority = tuple(row for row in rows if majority is None or label[row] != majority)
    return ContraryGroup(tuple(rows), labels, majority, minority)


def groups_of_pairs(n: int, left: Sequence[int] | NDArray[Any], right: Sequence[int] | NDArray[Any]) -> Codes:
    """The group of each of `n` items from pairs of near-duplicates: the lowest row number in it.

    Raises `UnevenLabels`, and `NotAnItem` for a pair that points outside.

    >>> groups_of_pairs(5, [0, 3], [2, 2]).tolist()
    [0, 1, 0, 0, 4]
    """
    ends = (np.asarray(left, np.int64), np.asarray(right, np.int64))
    if len(ends[0]) != len(ends[1]):
        raise UnevenLabels(labels=len(ends[0]), others=len(ends[1]), what=N_("partners"))
    for one in ends:
        outside = one[(one < 0) | (one >= n)]
        if outside.size:
            raise NotAnItem(item=int(outside[0]), last=n - 1)
    return _components(n, *ends)


def _components(n: int, left: Codes, right: Codes) -> Codes:
    """Each round hangs the higher of two roots under the lower, then shortens all paths: a few rounds suffice."""
    root = np.arange(n, dtype=np.int64)
    while True:
        a, b = root[left], root[right]
        open_pairs = a != b
        if not open_pairs.any():
            return root
        left, right, a, b = left[open_pairs], right[open_pairs], a[open_pairs], b[open_pairs]
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        while (root[root] != root).any():
            root = root[root]
