"""The best alignment of what several annotators marked: which unit of one stands for which unit of another.

Formula: a unitary alignment takes at most one unit of each of n annotators; its disorder is the mean over the
n(n-1)/2 pairs of annotators of
    d(u, v) = alpha d_pos + beta d_cat,   d(u, nothing) = delta_empty,
    d_pos   = delta_empty ((|start_u - start_v| + |end_u - end_v|) / (length_u + length_v))^2
    d_cat   = delta_empty x distance of the two labels in [0, 1] (nominal: 0 if equal, else 1)
An alignment uses every unit exactly once; the best one has the least sum of disorders. It is a set partition problem,
solved exactly by linear and where needed integer programming (HiGHS).
Exact shortcuts: a unitary alignment that does better split in two is never tried; what no pair of units that could be
aligned connects falls into independent stretches, each solved for itself.
Assumes: every annotator saw the whole; alpha > 0, or units at any distance could be aligned.
Source: Mathet, Widlöcher & Métivier 2015, doi:10.1162/COLI_a_00227, sections 4 and 5.1.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from guiju.stats.agreement.structured_errors import TooManyAlignments
from guiju.stats.columns import Codes, Floats

LIMIT = 500_000
"""Unitary alignments that are tried at most: a minute or so, and 100 MB."""

_TIE = 1e-6  # of equally good alignments the one with fewer parts; above the tolerance of the solver
_BLOCK = 4_000_000


class Units(NamedTuple):
    """Marks on one continuum, sorted by annotator; annotators are 0 to `annotators` - 1, some may have no unit."""

    annotators: int
    annotator: Codes
    start: Floats
    end: Floats
    label: Codes


@dataclass(frozen=True, slots=True)
class Dissimilarity:
    """How far two units are apart; `between` has the distances of labels in [0, 1]."""

    alpha: float
    beta: float
    delta_empty: float
    between: Floats

    def position(self, units: Units, left: Codes, right: Codes) -> Floats:
        """alpha d_pos, in the unit of delta_empty."""
        apart = np.abs(units.start[left] - units.start[right]) + np.abs(units.end[left] - units.end[right])
        lengths = units.end[left] - units.start[left] + units.end[right] - units.start[right]
        return self.alpha * np.square(apart / lengths)

    def label(self, units: Units, left: Codes, right: Codes) -> Floats:
        return self.between[units.label[left], units.label[right]]

    def of(self, units: Units, left: Codes, right: Codes) -> Floats:
        """d(u, v) in the unit of delta_empty."""
        return self.position(units, left, right) + self.beta * self.label(units, left, right)


class Alignment(NamedTuple):
    """One row a unitary alignment: the unit of each annotator, -1 for none; and its disorder."""

    rows: Codes
    disorder: Floats

    def mean(self, units: Units) -> float:
        """The disorder of the whole: the sum over the mean number of units an annotator has."""
        return float(self.disorder.sum()) * units.annotators / len(units.start)


def best_alignment(units: Units, rule: Dissimilarity) -> Alignment:
    """The alignment of least disorder, its rows in the order of the continuum. Raises `TooManyAlignments`.

    >>> start, end = np.array([0.0, 9.0, 1.0]), np.array([4.0, 12.0, 5.0])
    >>> units = Units(2, np.array([0, 0, 1]), start, end, np.zeros(3, np.int64))
    >>> found = best_alignment(units, Dissimilarity(3.0, 1.0, 1.0, np.zeros((1, 1))))
    >>> found.rows.tolist(), found.disorder.tolist()
    ([[0, 2], [1, -1]], [0.1875, 1.0])
    """
    rows, cost = _candidates(units, rule)
    chosen = _solved(units, rows, cost)
    rows, cost = rows[chosen], cost[chosen]
    first = np.where(rows >= 0, units.start[rows], np.inf).min(axis=1)
    order = np.lexsort((*rows.T, first))
    return Alignment(rows[order], cost[order] * rule.delta_empty)


class _Partial(NamedTuple):
    """Unitary alignments of the first annotators, and for each member the sum of its distances to the others."""

    rows: Codes
    sums: Floats


def _candidates(units: Units, rule: Dissimilarity) -> tuple[Codes, Floats]:
    """Unitary alignments that are not better split, with their disorder in the unit of delta_empty.

    Taking unit u out of an alignment of k units pays if the distances of u to the others exceed C + k - 1, with
    C = n(n-1)/2: it frees k - 1 distances, and then C - (k-1)(k-2)/2 and C empties are paid in place of C - k(k-1)/2.
    """
    n = units.annotators
    pairs = n * (n - 1) // 2
    near = _neighbours(units, rule, pairs + n - 1)
    found = _Partial(np.full((1, 0), -1, np.int64), np.zeros((1, 0)))
    for annotator in range(n):
        found = _extended(units, rule, found, near, annotator)
        if len(found.rows) > LIMIT:
            raise TooManyAlignments(annotators=n, units=len(units.start), limit=LIMIT)
    size = (found.rows >= 0).sum(axis=1)
    kept = (size > 0) & (found.sums <= (pairs + size - 1)[:, None]).all(axis=1)
    rows, size = found.rows[kept], size[kept]
    return rows, (found.sums[kept].sum(axis=1) / 2 + pairs - size * (size - 1) // 2) / pairs


class _Near(NamedTuple):
    """For unit u and annotator a, the `many[u, a]` units from `other[first[u, a]]` on that u may be aligned to."""

    first: Codes
    many: Codes
    other: Codes


def _neighbours(units: Units, rule: Dissimilarity, bound: float) -> _Near:
    many, n = len(units.start), units.annotators
    step = max(1, _BLOCK // max(1, many))
    every = np.arange(many)
    lefts, rights = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for at in range(0, many, step):
        left = np.repeat(every[at : at + step], many)
        right = np.tile(every, len(every[at : at + step]))
        close = (units.annotator[left] != units.annotator[right]) & (rule.of(units, left, right) <= bound)
        lefts.append(left[close])
        rights.append(right[close])
    left, right = np.concatenate(lefts), np.concatenate(rights)  # sorted by left, then by right and so by annotator
    count = np.bincount(left * n + units.annotator[right], minlength=many * n)
    first = np.cumsum(count) - count
    return _Near(first.reshape(many, n), count.reshape(many, n), right)


def _extended(units: Units, rule: Dissimilarity, found: _Partial, near: _Near, annotator: int) -> _Partial:
    """Each partial alignment without a unit of `annotator`, and with each unit that fits."""
    which, unit = _choices(units, found, near, annotator)
    rows = np.hstack([found.rows[which], unit[:, None]])
    sums = np.hstack([found.sums[which], np.zeros((len(which), 1))])
    for column in range(annotator):
        both = np.flatnonzero(rows[:, column] >= 0)
        apart = rule.of(units, rows[both, column], unit[both])
        sums[both, column] += apart
        sums[both, annotator] += apart
    n = units.annotators
    fits = (sums <= n * (n - 1) // 2 + n - 1).all(axis=1)
    empty = np.full((len(found.rows), 1), -1)
    without = np.hstack([found.rows, empty]), np.hstack([found.sums, np.zeros((len(found.rows), 1))])
    return _Partial(np.vstack([without[0], rows[fits]]), np.vstack([without[1], sums[fits]]))


def _choices(units: Units, found: _Partial, near: _Near, annotator: int) -> tuple[Codes, Codes]:
    """Pairs of a partial alignment and a unit of `annotator` near its first member; any unit if it has none."""
    members = found.rows >= 0
    some = np.flatnonzero(members.any(axis=1))
    first = found.rows[some, members[some].argmax(axis=1)] if some.size else np.empty(0, np.int64)
    count = near.many[first, annotator]
    which = np.repeat(some, count)
    if len(which) > 4 * LIMIT:
        raise TooManyAlignments(annotators=units.annotators, units=len(units.start), limit=LIMIT)
    within = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    unit = near.other[np.repeat(near.first[first, annotator], count) + within]
    own = np.flatnonzero(units.annotator == annotator)
    none = np.flatnonzero(~members.any(axis=1))
    return np.concatenate([which, np.repeat(none, len(own))]), np.concatenate([unit, np.tile(own, len(none))])


def _solved(units: Units, rows: Codes, cost: Floats) -> Codes:
    """The rows that cover every unit once at the least cost."""
    price = cost + _TIE
    chosen = _programme(rows, price, len(units.start), whole=False)
    split = (chosen > 1e-6) & (chosen < 1 - 1e-6)
    if split.any():  # the linear programme halved some rows: solve those stretches again with whole rows
        stretch = _stretches(rows, len(units.start))
        for one in np.unique(stretch[split]):
            own = np.flatnonzero(stretch == one)
            chosen[own] = _programme(rows[own], price[own], len(units.start), whole=True)
    return np.flatnonzero(chosen > 0.5)


def _programme(rows: Codes, price: Floats, units: int, *, whole: bool) -> Floats:
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - heavy: only alignments need it
    from scipy.sparse import csc_array  # noqa: PLC0415 - heavy

    row, annotator = np.nonzero(rows >= 0)
    used, unit = np.unique(rows[row, annotator], return_inverse=True)
    table = csc_array((np.ones(len(row)), (unit, row)), shape=(len(used), len(rows)))
    integrality = np.full(len(rows), int(whole))
    once = LinearConstraint(table, 1, 1)  # pyright: ignore[reportArgumentType] - the stubs do not know sparse arrays
    found = milp(price, integrality=integrality, bounds=Bounds(0, 1), constraints=once, options={"mip_rel_gap": 0.0})
    if found.x is None:
        raise TooManyAlignments(annotators=rows.shape[1], units=units, limit=LIMIT)
    return np.asarray(found.x, np.float64)


def _stretches(rows: Codes, units: int) -> Codes:
    """Which independent stretch each row belongs to: rows that share a unit are of one."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - heavy

    row, annotator = np.nonzero(rows >= 0)
    first = rows[np.arange(len(rows)), (rows >= 0).argmax(axis=1)]
    edges = coo_array((np.ones(len(row)), (first[row], rows[row, annotator])), shape=(units, units))
    _, stretch = connected_components(edges, directed=False)
    return np.asarray(stretch, np.int64)[first]
