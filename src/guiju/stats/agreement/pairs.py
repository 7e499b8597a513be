"""Who disagrees with whom: each two annotators on the items that both answered.

Formula: p_o the share of equal answers, p_e = sum_k p_ak p_bk from the two annotators' own label shares,
    kappa = (p_o - p_e) / (1 - p_e)
Assumes: two annotators, independent, each with habits of their own; `n` common items. With small n it says little.
Interval: t on Fleiss, Cohen and Everitt's large-sample standard error, cut at -1 and 1.
Source: Cohen 1960, doi:10.1177/001316446002000104; Fleiss, Cohen & Everitt 1969, doi:10.1037/h0028106.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from guiju.stats.agreement.errors import TooManyPairs
from guiju.stats.agreement.patterns import Ints, ItemBlock, added
from guiju.stats.columns import Columns, Floats, pairs_within
from guiju.stats.errors import TooManyAnswers
from guiju.stats.figure import Figure, figure_t
from guiju.stats.sources import in_order, plain

PEOPLE = 4_000
"""Annotators among whom pairs are counted; of more, those with the most answers."""
_ROWS = 1 << 18
_ANSWERS = 5_000
_PAIRS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two annotators on the `n` items that both answered; `kappa` is `None` where chance alone would agree fully."""

    a: Hashable
    b: Hashable
    n: int
    observed: float
    kappa: float | None
    low: float | None = None
    high: float | None = None

    def to_dict(self) -> dict[str, object]:
        interval = None if self.low is None else [self.low, self.high]
        found = {"observed": self.observed, "kappa": self.kappa, "kappa_interval": interval}
        return {"a": plain(self.a), "b": plain(self.b), "n": self.n, **found}


@dataclass(frozen=True, slots=True)
class Crossings:
    """For pairs of annotators (a before b): `count` items on which a said `left` and b said `right`."""

    annotators: tuple[Any, ...]
    labels: tuple[Any, ...]
    a: Ints
    b: Ints
    left: Ints
    right: Ints
    count: Ints

    @classmethod
    def of(cls, columns: Columns, at_least: int = 1, most: int | None = None) -> "Crossings":
        """Of all pairs with `at_least` common items, or of the `most` with the most common items."""
        people, kinds = max(1, len(columns.annotators)), max(1, len(columns.labels))
        if not cls.countable(columns):
            answers = columns.answers_per_item
            raise TooManyPairs(answers=int(answers.max()), pairs=int((answers * (answers - 1)).sum() // 2))
        pair, n = _counted(columns)
        order = np.lexsort((pair, -n))
        order = order[n[order] >= at_least][:most]
        chosen = np.sort(pair[order])
        if len(chosen) * kinds * kinds >= 2**63:
            raise TooManyAnswers(distinct=kinds, limit=int((2**63 / len(chosen)) ** 0.5))
        keys = [np.empty(0, np.int64)]
        counts = [np.empty(0, np.int64)]
        for pairs, left, right in _pairs(columns):
            place = np.minimum(np.searchsorted(chosen, pairs), max(0, len(chosen) - 1))
            kept = np.flatnonzero(chosen[place] == pairs) if len(chosen) else np.empty(0, np.int64)
            cell, count = np.unique((place[kept] * kinds + left[kept]) * kinds + right[kept], return_counts=True)
            keys.append(cell)
            counts.append(count)
        cell, where = np.unique(np.concatenate(keys), return_inverse=True)
        count = added(where, np.concatenate(counts), len(cell)).astype(np.int64)
        rest, right = np.divmod(cell, kinds)
        place, left = np.divmod(rest, kinds)
        a, b = np.divmod(chosen[place] if len(chosen) else place, people)
        return cls(columns.annotators, columns.labels, a, b, left, right, count)

    @staticmethod
    def countable(columns: Columns) -> bool:
        """Whether pairs of answers are few enough: at most 5,000 answers an item, and a thousand million pairs."""
        answers = columns.answers_per_item
        return int(answers.max(initial=0)) <= _ANSWERS and int((answers * (answers - 1)).sum()) <= 2 * _PAIRS

    @classmethod
    def merged(cls, parts: "list[Crossings]") -> "Crossings":
        annotators = tuple(in_order(dict.fromkeys(name for part in parts for name in part.annotators)))
        labels = tuple(in_order(dict.fromkeys(name for part in parts for name in part.labels)))
        rows = [part.moved(annotators, labels) for part in parts]
        a, b, left, right, count = (np.concatenate(column) for column in zip(*rows, strict=True))
        kinds = max(1, len(labels))
        pair, place = np.unique(a * max(1, len(annotators)) + b, return_inverse=True)
        cell, where = np.unique((place * kinds + left) * kinds + right, return_inverse=True)
        total = added(where, count, len(cell)).astype(np.int64)
        rest, right = np.divmod(cell, kinds)
        place, left = np.divmod(rest, kinds)
        a, b = np.divmod(pair[place] if len(pair) else place, max(1, len(annotators)))
        return cls(annotators, labels, a, b, left, right, total)

    def moved(self, annotators: tuple[Any, ...], labels: tuple[Any, ...]) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """In the codes of a longer list of names, which may turn a pair round."""
        who = {name: code for code, name in enumerate(annotators)}
        what = {name: code for code, name in enumerate(labels)}
        person = np.array([who[name] for name in self.annotators], np.int64)
        kind = np.array([what[name] for name in self.labels], np.int64)
        a, b, left, right = person[self.a], person[self.b], kind[self.left], kind[self.right]
        turned = a > b
        swapped = (np.where(turned, b, a), np.where(turned, a, b))
        return *swapped, np.where(turned, right, left), np.where(turned, left, right), self.count

    def agreements(self) -> tuple[PairAgreement, ...]:
        """Most common items first."""
        people = max(1, len(self.annotators))
        code, place = np.unique(self.a * people + self.b, return_inverse=True)
        n = added(place, self.count, len(code))
        found = _Kappas.of(self, place, n)
        order: list[int] = np.lexsort((code, -n)).tolist()
        return tuple(self._one(int(code[i]), int(n[i]), found, i) for i in order)

    def _one(self, code: int, n: int, found: "_Kappas", i: int) -> PairAgreement:
        a, b = divmod(code, max(1, len(self.annotators)))
        names = (self.annotators[a], self.annotators[b])
        observed, kappa = float(found.observed[i]), float(found.kappa[i])
        if np.isnan(kappa):
            return PairAgreement(*names, n, observed, None)
        whole: Figure = figure_t(kappa, float(found.error[i]), n)
        return PairAgreement(*names, n, observed, whole.value, whole.low, whole.high)


class _Kappas(NamedTuple):
    observed: Floats
    kappa: Floats
    error: Floats

    @classmethod
    def of(cls, found: Crossings, place: Ints, n: Floats) -> "_Kappas":
        kinds = max(1, len(found.labels))
        left, right = (
            _Margin.of(place * kinds + found.left, found.count),
            _Margin.of(place * kinds + found.right, found.count),
        )
        observed = added(place, found.count * (found.left == found.right), len(n)) / n
        both = right.at(left.key)
        expected = added(left.key // kinds, left.times * both, len(n)) / np.square(n)
        exists = expected < 1 - 1e-12
        rest = np.where(exists, 1 - expected, np.nan)
        kappa = (observed - expected) / rest
        chance = (right.at(place * kinds + found.left) + left.at(place * kinds + found.right)) / n[place]
        each = (found.left == found.right) - expected[place] - (1 - kappa[place]) * (chance - 2 * expected[place])
        spread = added(place, found.count * np.square(each / rest[place] - kappa[place]), len(n)) / n
        return cls(observed, kappa, np.sqrt(spread / n))


class _Margin(NamedTuple):
    """How often one of a pair gave a label, by pair and label."""

    key: Ints
    times: Floats

    @classmethod
    def of(cls, key: Ints, count: Ints) -> "_Margin":
        distinct, place = np.unique(key, return_inverse=True)
        return cls(distinct, added(place, count, len(distinct)))

    def at(self, key: Ints) -> Floats:
        place = np.minimum(np.searchsorted(self.key, key), max(0, len(self.key) - 1))
        return np.where(self.key[place] == key, self.times[place], 0.0) if len(self.key) else np.zeros(len(key))


def pair_agreements(columns: Columns, at_least: int = 1, most: int | None = None) -> tuple[PairAgreement, ...]:
    """Each two annotators with `at_least` common items, most items first; only the first `most` if that is given.

    Of more than 4,000 annotators the 4,000 with the most answers are paired. Repeats pair nobody with themselves.
    Raises `TooManyPairs` (5,000 answers to one item, a thousand million pairs) and `TooManyAnswers`.

    >>> from guiju.stats.columns import encode
    >>> columns = encode([1, 1, 2, 2, 3, 3], ["al", "bo"] * 3, list("xxyyxy"))
    >>> [(one.a, one.b, one.n, round(one.kappa, 2)) for one in pair_agreements(columns)]
    [('al', 'bo', 3, 0.4)]
    """
    return Crossings.of(columns, at_least, most).agreements()


class _Block(NamedTuple):
    pair: Ints
    left: Ints
    right: Ints


def _pairs(columns: Columns) -> Iterator[_Block]:
    """Pairs of answers by different annotators, a block of items at a time, the annotator with the lower code left."""
    people = max(1, len(columns.annotators))
    for block in ItemBlock.each(columns.item, _ROWS):
        rows = slice(block.first, block.last)
        who, label = columns.annotator[rows].astype(np.int64), columns.label[rows].astype(np.int64)
        found = pairs_within(columns.item[rows])
        two = who[found.left] != who[found.right]
        left, right = found.left[two], found.right[two]
        yield _Block(who[left] * people + who[right], label[left], label[right])


def _counted(columns: Columns) -> tuple[Ints, Ints]:
    """Pairs with common items and how many those are."""
    people = max(1, len(columns.annotators))
    if people <= PEOPLE:
        n = np.zeros(people * people, np.int64)
        for block in _pairs(columns):
            np.add.at(n, block.pair, 1)
        pair = np.flatnonzero(n)
        return pair, n[pair]
    busy = np.zeros(people, bool)
    busy[np.argsort(-np.bincount(columns.annotator), kind="stable")[:PEOPLE]] = True
    place, back = np.cumsum(busy) - 1, np.flatnonzero(busy)
    n = np.zeros(PEOPLE * PEOPLE, np.int64)
    for block in _pairs(columns):
        a, b = np.divmod(block.pair, people)
        kept = busy[a] & busy[b]
        np.add.at(n, place[a[kept]] * PEOPLE + place[b[kept]], 1)
    found = np.flatnonzero(n)
    return back[found // PEOPLE] * people + back[found % PEOPLE], n[found]
