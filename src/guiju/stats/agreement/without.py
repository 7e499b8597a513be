"""Agreement from distances of pairs, by annotator: with the others, and alpha as it would be without each.

Formula: with D_i the sum of the distances of item i's pairs and m_i its answers, alpha = 1 - (sum_i m_i D_i / P_i) /
(sum_i m_i) / E with P_i = m_i (m_i - 1) / 2 and E the mean distance of answers at large. Without annotator p, who has a
part d_ip in D_i:  D_i' = D_i - d_ip, m_i' = m_i - 1, and E' is the mean over the pairs at large without p's. An item
left with one answer leaves too. An annotator's observed agreement is the mean over items of 1 - d_ip / (m_i - 1).
Assumes: what `stats.agreement.pairwise` assumes.
Interval: t on the standard error of the mean over items.
Source: leave-one-out values, Quenouille 1956, doi:10.1093/biomet/43.3-4.353; Krippendorff, Content Analysis (2004, ISBN
978-0-7619-1545-4), ch. 11.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from guiju.stats.agreement.patterns import Ints, added
from guiju.stats.agreement.slips import Pairs
from guiju.stats.columns import Floats
from guiju.stats.figure import Figure, figure_t


class AtLarge(NamedTuple):
    """Pairs of answers drawn without regard to their items: rows and annotators on either side, and their distance."""

    left: Ints
    right: Ints
    one: Ints
    other: Ints
    apart: Floats


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """One annotator (a code): agreement with the others, and alpha without them (`None`: nothing would be left)."""

    annotator: int
    observed: Figure
    without: float | None


def people_figures(pairs: Pairs, apart: Floats, at_large: AtLarge | None = None) -> tuple[PersonFigures, ...]:
    """Every annotator with a pair, in the order of their codes; `apart` is the distance of each pair.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.agreement.slips import pairs_of
    >>> pairs, left, right = pairs_of(encode([1, 1, 1, 2, 2, 2], ["al", "bo", "cy"] * 2, list("xxyxxy")))
    >>> [one.observed.value for one in people_figures(pairs, np.array([0.0, 1.0, 0.0, 1.0, 1.0, 1.0]))]
    [0.5, 0.5, 0.0]
    """
    people = max(1, pairs.people)
    cell = np.concatenate([pairs.item * people + pairs.one, pairs.item * people + pairs.other])
    known, place, others = np.unique(cell, return_inverse=True, return_counts=True)
    mine = added(place, np.concatenate([apart, apart]), len(known))
    item, who = np.divmod(known, people)
    share = 1 - mine / others
    n, total, squares = (added(who, values, people) for values in (np.ones(len(who)), share, np.square(share)))
    without = _without(pairs, apart, item, who, mine, at_large)
    found: list[PersonFigures] = []
    for code in np.flatnonzero(n).tolist():
        mean = float(total[code] / n[code])
        observed = _observed(mean, float(squares[code] / n[code]), int(n[code]))
        left = float(without[code])
        found.append(PersonFigures(code, observed, None if np.isnan(left) else left))
    return tuple(found)


def _observed(mean: float, square: float, n: int) -> Figure:
    error = (max(0.0, square - mean * mean) / (n - 1)) ** 0.5 if n > 1 else float("nan")
    found = figure_t(mean, error, n)
    return Figure(mean, None if found.low is None else max(0.0, found.low), found.high, n, how=found.how)


def _without(  # noqa: PLR0917 - the sums that leaving one out changes
    pairs: Pairs, apart: Floats, item: Ints, who: Ints, mine: Floats, at_large: AtLarge | None
) -> Floats:
    people = max(1, pairs.people)
    if at_large is None or not len(at_large.apart):
        return np.full(people, np.nan)
    count = added(pairs.item, np.ones(len(apart)), pairs.items)
    total = added(pairs.item, apart, pairs.items)
    many = np.where(count > 0, (1 + np.sqrt(1 + 8 * count)) / 2, 0.0)
    mean = np.divide(total, count, out=np.zeros(pairs.items), where=count > 0)
    left = many[item] - 1
    kept = left >= 2
    rest = np.divide(total[item] - mine, left * (left - 1) / 2, out=np.zeros(len(item)), where=kept)
    weight = (many * mean).sum() - added(who, many[item] * mean[item] - np.where(kept, left * rest, 0.0), people)
    answers = many.sum() - added(who, many[item] - np.where(kept, left, 0.0), people)
    expected = _expected(at_large, people)
    exists = (answers > 1) & (expected > 0)
    ratio = np.divide(weight, answers, out=np.full(people, np.nan), where=exists)
    return 1 - np.divide(ratio, expected, out=np.full(people, np.nan), where=exists)


def _expected(at_large: AtLarge, people: int) -> Floats:
    both = np.concatenate([at_large.one, at_large.other[at_large.other != at_large.one]])
    twice = np.concatenate([at_large.apart, at_large.apart[at_large.other != at_large.one]])
    left = len(at_large.apart) - added(both, np.ones(len(both)), people)
    sums = float(at_large.apart.sum()) - added(both, twice, people)
    return np.divide(sums, left, out=np.full(people, np.nan), where=left > 0)
