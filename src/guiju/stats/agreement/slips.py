"""Pairs of answers to one item and the slips in them: who gave which label where another gave a different one.

Formula: a *pair* is two answers to the same item. A *slip* is one thing in a pair to which the two give labels a ≠ b;
a pair of single labels holds one slip or none, a pair of marked shapes may hold several, and one of the labels may be
"nothing", where only one of the two marked it.
Assumes: nothing; these are counts.
Source: the table of coincidences before it is weighted, Krippendorff, Content Analysis (2004, ISBN 978-0-7619-1545-4),
ch. 11.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from guiju.stats.agreement.patterns import Ints
from guiju.stats.columns import Columns, pairs_within


@dataclass(frozen=True, slots=True)
class Pairs:
    """Aligned columns, one row for each pair of answers: the item, and the annotator on either side, as codes.

    `people` is the number of annotators, `items` of items.
    """

    item: Ints
    one: Ints
    other: Ints
    people: int
    items: int

    def answers(self) -> "Incidence":
        """Which annotator answered which of the items that have a pair."""
        item, who = np.concatenate([self.item, self.item]), np.concatenate([self.one, self.other])
        cell = np.sort(item * max(1, self.people) + who)
        first = np.append(True, cell[1:] != cell[:-1]) if len(cell) else np.zeros(0, bool)
        return Incidence(*np.divmod(cell[first], max(1, self.people)))


class Incidence(NamedTuple):
    """Items and what occurs on them, one row for each item and thing."""

    item: Ints
    what: Ints


@dataclass(frozen=True, slots=True)
class Slips:
    """Aligned columns, one row for each slip: the annotator `one` gave label `a` where `other` gave label `b`.

    `nothing` is the code of the label that stands for "not marked", -1 where there is none.
    """

    item: Ints
    one: Ints
    other: Ints
    a: Ints
    b: Ints
    labels: int
    nothing: int = -1

    def of(self, a: int, b: int) -> "Slips":
        """Those of two labels, turned so that `one` is always who gave `a`."""
        straight, turned = (self.a == a) & (self.b == b), (self.a == b) & (self.b == a)
        item = np.concatenate([self.item[straight], self.item[turned]])
        one = np.concatenate([self.one[straight], self.other[turned]])
        other = np.concatenate([self.other[straight], self.one[turned]])
        return Slips(item, one, other, np.full(len(item), a), np.full(len(item), b), self.labels, self.nothing)

    def ranked(self) -> tuple[tuple[int, int, int], ...]:
        """Each two labels (the lower code first) and their slips, most first."""
        low, high = np.minimum(self.a, self.b), np.maximum(self.a, self.b)
        cell, count = np.unique(low * max(1, self.labels) + high, return_counts=True)
        order = np.lexsort((cell, -count))
        rows = zip((cell // max(1, self.labels))[order], (cell % max(1, self.labels))[order], count[order], strict=True)
        return tuple((int(a), int(b), int(n)) for a, b, n in rows)

    def by_person(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Who gave which label where the other gave which, and how often: both sides of every slip."""
        who = np.concatenate([self.one, self.other])
        mine, theirs = np.concatenate([self.a, self.b]), np.concatenate([self.b, self.a])
        width = max(1, self.labels)
        cell, count = np.unique((who * width + mine) * width + theirs, return_counts=True)
        rest, theirs = np.divmod(cell, width)
        who, mine = np.divmod(rest, width)
        return who, mine, theirs, count


def pairs_of(columns: Columns) -> tuple[Pairs, Ints, Ints]:
    """Every pair of answers in sorted `columns`, and the rows of its left and of its right answer.

    >>> from guiju.stats.columns import encode
    >>> pairs, left, right = pairs_of(encode([1, 1, 2, 2], ["a", "b"] * 2, list("xyxx")))
    >>> pairs.item.tolist(), pairs.one.tolist(), pairs.other.tolist()
    ([0, 1], [0, 0], [1, 1])
    """
    found = pairs_within(columns.item)
    who = columns.annotator.astype(np.int64)
    people, items = len(columns.annotators), len(columns.items)
    pairs = Pairs(found.item.astype(np.int64), who[found.left], who[found.right], people, items)
    return pairs, found.left, found.right


def slips_of(columns: Columns) -> Slips:
    """The slips of single labels: every pair whose labels differ.

    >>> from guiju.stats.columns import encode
    >>> slips_of(encode([1, 1, 2, 2], ["a", "b"] * 2, list("xyxx"))).ranked()
    ((0, 1, 1),)
    """
    pairs, left, right = pairs_of(columns)
    label = columns.label.astype(np.int64)
    a, b = label[left], label[right]
    kept = a != b
    return Slips(pairs.item[kept], pairs.one[kept], pairs.other[kept], a[kept], b[kept], len(columns.labels))
