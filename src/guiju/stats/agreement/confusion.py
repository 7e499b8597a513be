"""Which label is taken for which.

Formula: for labels a and b, the sum over items of n_ua n_ub: pairs of answers to one item that said a and b. For two
annotators, the table of how often the one said a where the other said b.
Assumes: nothing; these are counts. A frequent label is in many confusions because it is frequent.
Source: the table of coincidences before it is weighted, Krippendorff, Content Analysis (2004, ISBN 978-0-7619-1545-4),
ch. 11; Cohen 1960, doi:10.1177/001316446002000104 for the table of two annotators.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.agreement.errors import RepeatedAnswers, UnknownAnnotator
from guiju.stats.agreement.patterns import Ints, Patterns
from guiju.stats.columns import Columns, pairs_within
from guiju.stats.errors import TooManyAnswers
from guiju.stats.sources import plain

ITEMS_SHOWN = 50
_LIMIT = 2_000
_ROWS = N_("Each row is what {a} said, each column what {b} said of the same item; the diagonal is where they agree.")


@dataclass(frozen=True, slots=True)
class Confusion:
    """Pairs of answers that said `a` and `b` of one item, in either order; `items` names at most 50 of those items."""

    a: Hashable
    b: Hashable
    count: int
    items: tuple[Hashable, ...]

    def to_dict(self) -> dict[str, object]:
        return {"a": plain(self.a), "b": plain(self.b), "count": self.count, "items": list(map(plain, self.items))}


@dataclass(frozen=True, slots=True)
class ConfusionMatrix:
    """`counts[i][j]` items of which `a` said `labels[i]` and `b` said `labels[j]`."""

    a: Hashable
    b: Hashable
    labels: tuple[Hashable, ...]
    counts: tuple[tuple[int, ...], ...]

    def to_dict(self) -> dict[str, object]:
        labels, counts = list(map(plain, self.labels)), list(map(list, self.counts))
        return {"a": plain(self.a), "b": plain(self.b), "labels": labels, "counts": counts}

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        return (Sentence(_ROWS, {"a": str(self.a), "b": str(self.b)}),)


class Shared(NamedTuple):
    """The labels that two annotators gave to each item that both answered."""

    left: Ints
    right: Ints

    @classmethod
    def of(cls, columns: Columns, a: Hashable, b: Hashable) -> "Shared":
        """Raises `UnknownAnnotator`, and `RepeatedAnswers` where one of them answered an item twice."""
        one, other = (_of_one(columns, name) for name in (a, b))
        _, left, right = np.intersect1d(columns.item[one], columns.item[other], assume_unique=True, return_indices=True)
        return cls(columns.label[one][left].astype(np.int64), columns.label[other][right].astype(np.int64))


def _of_one(columns: Columns, name: Hashable) -> Ints:
    if name not in columns.annotators:
        raise UnknownAnnotator(annotator=str(name))
    rows = np.flatnonzero(columns.annotator == columns.annotators.index(name))
    item = columns.item[rows]
    if (item[1:] == item[:-1]).any():
        raise RepeatedAnswers
    return rows


def confusion_matrix(columns: Columns, a: Hashable, b: Hashable) -> ConfusionMatrix:
    """What `a` said against what `b` said, over the labels that either used on their common items.

    Raises `UnknownAnnotator`, `RepeatedAnswers` and `TooManyAnswers` (2,000 labels).

    >>> from guiju.stats.columns import encode
    >>> confusion_matrix(encode([1, 1, 2, 2, 3, 3], ["al", "bo"] * 3, list("xxyyxy")), "al", "bo").counts
    ((1, 1), (0, 1))
    """
    shared = Shared.of(columns, a, b)
    used, place = np.unique(np.concatenate(shared), return_inverse=True)
    if len(used) > _LIMIT:
        raise TooManyAnswers(distinct=len(used), limit=_LIMIT)
    table = np.zeros((len(used), len(used)), np.int64)
    np.add.at(table, (place[: len(shared.left)], place[len(shared.left) :]), 1)
    rows: list[list[int]] = table.tolist()
    return ConfusionMatrix(a, b, tuple(columns.labels[code] for code in used.tolist()), tuple(map(tuple, rows)))


def confusions(columns: Columns, most: int | None = None) -> tuple[Confusion, ...]:
    """Each two labels given to the same item, most pairs of answers first; only the first `most` if that is given.

    >>> from guiju.stats.columns import encode
    >>> [(one.a, one.b, one.count, one.items) for one in confusions(encode([1, 1, 2, 2], ["a", "b"] * 2, list("xyyx")))]
    [('x', 'y', 2, (1, 2))]
    """
    patterns = Patterns.of(columns)
    found = _Pairs.of(patterns, most)
    item, place = patterns.places(columns)
    order = np.argsort(place, kind="stable")
    return found.named(
        columns.items, columns.labels, item[order], np.searchsorted(place[order], np.arange(len(patterns.weight) + 1))
    )


def confusions_of(patterns: Patterns, most: int | None = None) -> tuple[Confusion, ...]:
    """The same from patterns alone, which know no item by name.

    >>> from guiju.stats.columns import encode
    >>> confusions_of(Patterns.of(encode([1, 1], ["a", "b"], ["x", "y"])))[0].count
    1
    """
    none = np.empty(0, np.int64)
    return _Pairs.of(patterns, most).named((), patterns.labels, none, np.zeros(len(patterns.weight) + 1, np.int64))


class _Pairs(NamedTuple):
    """Pairs of labels, how often they met, and the patterns in which they did."""

    code: Ints
    met: Ints
    rows: list[Ints]

    @classmethod
    def of(cls, patterns: Patterns, most: int | None) -> "_Pairs":
        pairs = pairs_within(patterns.row)
        met = patterns.weight[pairs.item] * patterns.count[pairs.left] * patterns.count[pairs.right]
        code = patterns.label[pairs.left] * max(1, len(patterns.labels)) + patterns.label[pairs.right]
        order = np.lexsort((pairs.item, code))
        distinct, start = np.unique(code[order], return_index=True)
        total = np.add.reduceat(met[order], start) if len(start) else start
        ends = np.append(start[1:], len(order))
        best = np.lexsort((distinct, -total))[:most]
        rows = [pairs.item[order[start[i] : ends[i]]].astype(np.int64) for i in best.tolist()]
        return cls(distinct[best], total[best], rows)

    def named(self, items: Any, labels: tuple[Any, ...], item: Ints, starts: Ints) -> tuple[Confusion, ...]:
        found: list[Confusion] = []
        for code, count, rows in zip(self.code.tolist(), self.met.tolist(), self.rows, strict=True):
            a, b = divmod(code, len(labels))
            parts = [item[starts[row] : starts[row + 1]][:ITEMS_SHOWN] for row in rows.tolist()]
            shown: list[int] = np.sort(np.concatenate(parts))[:ITEMS_SHOWN].tolist()
            found.append(Confusion(labels[a], labels[b], count, tuple(items[one] for one in shown)))
        return tuple(found)
