"""How far two answers are apart.

Formula:
    nominal    0 if equal, else 1
    ordinal    (r_a - r_b)^2, r the mid-rank: the answers below plus half of those equal; that is Krippendorff's square
               of the answers from a to b, the ends counted half
    interval   (a - b)^2                        ratio  ((a - b) / (a + b))^2, numbers of zero and above
    jaccard    1 - |A and B| / |A or B|         of sets; two empty sets are equal, a bare label is a set of one
    masi       1 - (1 - jaccard) m              m = 1 if equal, 2/3 if one contains the other, 1/3 if they overlap
A symmetric function of two answers, or a table in the labels' order, serves for anything else and is used as it is
given, not squared.
Assumes: for `ordinal` that the labels' order is their order as numbers, or the alphabet's where they are no numbers.
Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability; Hayes & Krippendorff 2007,
doi:10.1080/19312450709336664; Jaccard 1912, doi:10.1111/j.1469-8137.1912.tb05611.x; Passonneau 2006, Measuring
Agreement on Set-valued Items (LREC), with exact thirds.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from guiju.stats.agreement.errors import ImpossibleTable, NegativeNumber
from guiju.stats.agreement.patterns import Ints, Patterns, added
from guiju.stats.columns import Floats, pairs_within
from guiju.stats.errors import NotANumber, TooManyAnswers, UnknownDistance

Distance: TypeAlias = str | Callable[[Any, Any], float] | NDArray[np.floating[Any]]
"""A name from the list above, a symmetric function of two answers, or a table in the labels' order."""

TABLE_LIMIT = 2_000
"""Distinct answers in a table of distances: 2,000 make two million calls, a second or two."""

KNOWN = ("nominal", "ordinal", "interval", "ratio", "jaccard", "masi")
EQUAL_COUNTS = ("nominal", "ordinal", "interval", "ratio")
"""Distances without a natural unit: observed agreement counts equal answers."""


def jaccard(a: frozenset[Hashable], b: frozenset[Hashable]) -> float:
    """Jaccard distance of two sets; both empty: 0.

    >>> jaccard(frozenset("ab"), frozenset("abc")) == 1 - 2 / 3
    True
    """
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


def masi(a: frozenset[Hashable], b: frozenset[Hashable]) -> float:
    """MASI distance of two sets; both empty: 0.

    >>> round(masi(frozenset("ab"), frozenset("abcd")), 4)
    0.6667
    """
    if a == b:
        return 0.0
    weight = 2 / 3 if a <= b or b <= a else 1 / 3
    return 1 - (1 - jaccard(a, b)) * weight


@dataclass(frozen=True, slots=True)
class Nominal:
    """0 or 1: needs no table, however many labels there are."""

    def within(self, patterns: Patterns) -> Floats:
        """Sum of distances over ordered pairs of answers, for each pattern."""
        return patterns.size * (patterns.size - 1) - patterns.agreeing

    def at_large(self, totals: Floats) -> Floats:
        """The same over the answers counted in `totals`, for each row of it."""
        return np.square(totals.sum(axis=-1)) - np.square(totals).sum(axis=-1)

    def toward(self, totals: Floats) -> Floats:
        """Sum of the distances from each label to the answers counted in `totals`."""
        return totals.sum() - totals

    def entries(self, patterns: Patterns) -> Floats:
        """For each entry of `patterns`, the distances from its label to all answers of its pattern."""
        return (patterns.size[patterns.row] - patterns.count).astype(np.float64)

    def apart(self, a: Ints, b: Ints) -> Floats:
        """The distance of each label in `a` from its neighbour in `b`."""
        return (a != b).astype(np.float64)

    def among(self, labels: Ints) -> "Nominal":
        """The same distance for `labels` alone, as `Patterns.used` names them."""
        del labels
        return self


@dataclass(frozen=True, slots=True)
class Squared:
    """(v_a - v_b)^2 for a value of each label: sums of pairs from sums of values, so no table either."""

    value: Floats

    def within(self, patterns: Patterns) -> Floats:
        value, count = self.value[patterns.label], patterns.count
        mean = patterns.summed(value * count) / patterns.size
        return 2 * patterns.size * patterns.summed(count * np.square(value - mean[patterns.row]))

    def at_large(self, totals: Floats) -> Floats:
        n = totals.sum(axis=-1)
        first, second = totals @ self.value, totals @ np.square(self.value)
        return np.maximum(0.0, 2 * (n * second - np.square(first)))

    def toward(self, totals: Floats) -> Floats:
        sums = (float(totals.sum()), float(totals @ self.value), float(totals @ np.square(self.value)))
        return np.square(self.value) * sums[0] - 2 * self.value * sums[1] + sums[2]

    def entries(self, patterns: Patterns) -> Floats:
        value = self.value[patterns.label]
        mean = patterns.summed(value * patterns.count) / patterns.size
        apart = np.square(value - mean[patterns.row])
        spread = patterns.summed(patterns.count * apart)
        return patterns.size[patterns.row] * apart + spread[patterns.row]

    def apart(self, a: Ints, b: Ints) -> Floats:
        return np.square(self.value[a] - self.value[b])

    def among(self, labels: Ints) -> "Squared":
        return Squared(self.value[labels])


@dataclass(frozen=True, slots=True)
class Table:
    """Any symmetric distances between labels."""

    table: Floats

    def within(self, patterns: Patterns) -> Floats:
        return patterns.summed(patterns.count * self.entries(patterns))

    def at_large(self, totals: Floats) -> Floats:
        return ((totals @ self.table) * totals).sum(axis=-1)

    def toward(self, totals: Floats) -> Floats:
        return self.table @ totals

    def entries(self, patterns: Patterns) -> Floats:
        pairs = pairs_within(patterns.row)
        apart = self.table[patterns.label[pairs.left], patterns.label[pairs.right]]
        found = added(pairs.left, apart * patterns.count[pairs.right], len(patterns.row))
        found += added(pairs.right, apart * patterns.count[pairs.left], len(patterns.row))
        return found + np.diag(self.table)[patterns.label] * (patterns.count - 1)

    def apart(self, a: Ints, b: Ints) -> Floats:
        return self.table[a, b]

    def among(self, labels: Ints) -> "Table":
        return Table(self.table[np.ix_(labels, labels)])


Measure: TypeAlias = Nominal | Squared | Table


@dataclass(frozen=True, slots=True)
class Between:
    """A distance that was asked for, made ready for labels."""

    measure: Measure
    counts_equal: bool

    @classmethod
    def of(cls, distance: Distance, labels: Sequence[Any], totals: Floats) -> "Between":
        """`totals` says how often each label was given in pairable items; only the ordinal distance reads it.

        Raises `UnknownDistance`, `NotANumber`, `NegativeNumber`, `TooManyAnswers`, `ImpossibleTable`.
        """
        if isinstance(distance, str):
            return cls(_named(distance, labels, totals), distance in EQUAL_COUNTS)
        table = _called(distance, labels) if callable(distance) else np.asarray(distance, np.float64)
        return cls(Table(_possible(table, len(labels))), counts_equal=False)


def _named(distance: str, labels: Sequence[Any], totals: Floats) -> Measure:
    if distance == "nominal":
        return Nominal()
    if distance == "ordinal":
        return Squared(_centred(np.cumsum(totals) - totals / 2, totals))
    if distance == "interval":
        return Squared(_centred(_numbers(labels, distance), totals))
    if distance == "ratio":
        return Table(_ratios(labels))
    if distance in ("jaccard", "masi"):
        return Table(_called(jaccard if distance == "jaccard" else masi, [_as_set(label) for label in labels]))
    raise UnknownDistance(distance=distance, known=", ".join(KNOWN))


def _centred(values: Floats, totals: Floats) -> Floats:
    """Differences are the same, and sums of squares lose fewer digits."""
    n = totals.sum()
    return values - (values @ totals / n if n else 0.0)


def _numbers(labels: Sequence[Any], distance: str) -> Floats:
    return np.array([_number(label, distance) for label in labels], np.float64)


def _number(label: Any, distance: str) -> float:
    try:
        number = float(label)
    except (TypeError, ValueError, OverflowError) as error:
        raise NotANumber(label=str(label), distance=distance) from error
    if not isfinite(number):
        raise NotANumber(label=str(label), distance=distance)
    return number


def _ratios(labels: Sequence[Any]) -> Floats:
    _demand_few(labels)
    values = _numbers(labels, "ratio")
    if len(values) and values.min() < 0:
        raise NegativeNumber(label=str(labels[int(values.argmin())]))
    difference, total = values[:, None] - values[None, :], values[:, None] + values[None, :]
    return np.square(np.divide(difference, total, out=np.zeros_like(difference), where=total != 0))


def _as_set(label: object) -> frozenset[Hashable]:
    if isinstance(label, (frozenset, set, tuple, list)):
        return frozenset(cast("Iterable[Hashable]", label))
    return frozenset((cast("Hashable", label),))


def _demand_few(labels: Sequence[Any]) -> None:
    if len(labels) > TABLE_LIMIT:
        raise TooManyAnswers(distinct=len(labels), limit=TABLE_LIMIT)


def _called(distance: Callable[[Any, Any], float], labels: Sequence[Any]) -> Floats:
    _demand_few(labels)
    table = np.zeros((len(labels), len(labels)))
    for i, a in enumerate(labels):
        for j in range(i):
            table[i, j] = table[j, i] = distance(a, labels[j])
    return table


def _possible(table: Floats, labels: int) -> Floats:
    if table.shape != (labels, labels):
        raise ImpossibleTable(reason=f"{table.shape} != {(labels, labels)}")
    if not np.isfinite(table).all() or (table < 0).any():
        raise ImpossibleTable(reason="distance < 0, NaN")
    if not np.allclose(table, table.T) or np.diag(table).any():
        raise ImpossibleTable(reason="d(a, b) != d(b, a), d(a, a) != 0")
    return table
