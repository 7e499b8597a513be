"""How far two answers are apart, as a table over the distinct answers.

`nominal`   0 if equal, else 1.
`ordinal`   the square of the number of answers that lie between the two ranks (Krippendorff 2011); ranks are the
            numbers' order if all labels read as numbers, else the alphabet's.
`interval`  (a - b)^2.        `ratio`  ((a - b) / (a + b))^2, for values that are not negative.
`jaccard`   1 - |A and B| / |A or B| for sets (frozenset or tuple of labels); two empty sets are equal.
`masi`      1 - (1 - jaccard) * m, with m = 1 if equal, 2/3 if one contains the other, 1/3 if they overlap, else 0
            (Passonneau 2006, with exact thirds).
A callable or a ready table serves for anything else; its values are used as they are given, not squared.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeAlias, cast

import numpy as np

from guiju.stats.columns import Codes, Floats
from guiju.stats.errors import NotANumber, TooManyAnswers, UnknownDistance

Distance: TypeAlias = str | Callable[[Any, Any], float] | Floats
"""A name from the list above, a symmetric function of two answers in [0, 1], or a table in the labels' order."""

TABLE_LIMIT = 2_000
"""Distinct answers in a table of distances: 2,000 make two million calls, a second or two."""

KNOWN = ("nominal", "ordinal", "interval", "ratio", "jaccard", "masi")


def distance_table(distance: Distance, labels: Sequence[Hashable], totals: Codes) -> Floats | None:
    """Distances between all `labels` (n x n), or `None` for nominal, which needs no table.

    `totals` says how often each label was given, in the same order; only the ordinal distance reads it.
    Raises `UnknownDistance`, `NotANumber`, `TooManyAnswers`.
    """
    if isinstance(distance, str) and distance == "nominal":
        return None
    if len(labels) > TABLE_LIMIT:
        raise TooManyAnswers(distinct=len(labels), limit=TABLE_LIMIT)
    if isinstance(distance, str):
        return _named(distance, labels, totals)
    return _called(distance, labels) if callable(distance) else np.asarray(distance, np.float64)


def jaccard(a: frozenset[Hashable], b: frozenset[Hashable]) -> float:
    """Jaccard distance of two sets; both empty: 0."""
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


def masi(a: frozenset[Hashable], b: frozenset[Hashable]) -> float:
    """MASI distance of two sets; both empty: 0."""
    if a == b:
        return 0.0
    weight = 2 / 3 if a <= b or b <= a else 1 / 3
    return 1 - (1 - jaccard(a, b)) * weight


def _named(distance: str, labels: Sequence[Hashable], totals: Codes) -> Floats:
    if distance == "ordinal":
        middle = np.cumsum(totals) - totals / 2
        return np.square(middle[:, None] - middle[None, :])
    if distance in ("interval", "ratio"):
        return _numeric(distance, labels)
    if distance in ("jaccard", "masi"):
        sets = [frozenset(cast("Sequence[Hashable]", label)) for label in labels]
        return _called(jaccard if distance == "jaccard" else masi, sets)
    raise UnknownDistance(distance=distance, known=", ".join(KNOWN))


def _numeric(distance: str, labels: Sequence[Hashable]) -> Floats:
    values = np.array([_number(label, distance) for label in labels])
    difference = values[:, None] - values[None, :]
    if distance == "interval":
        return np.square(difference)
    total = values[:, None] + values[None, :]
    return np.square(np.divide(difference, total, out=np.zeros_like(difference), where=total != 0))


def _number(label: Hashable, distance: str) -> float:
    try:
        return float(cast("str", label))
    except (TypeError, ValueError) as error:
        raise NotANumber(label=str(label), distance=distance) from error


def _called(distance: Callable[[Any, Any], float], labels: Sequence[Any]) -> Floats:
    table = np.zeros((len(labels), len(labels)))
    for i, a in enumerate(labels):
        for j in range(i):
            table[i, j] = table[j, i] = distance(a, labels[j])
    return table
