"""One partner each, at most, so that the sum of what partners share is the greatest there is.

Formula: max sum_e w_e x_e with x_e in {0, 1} and, for each shape, the sum of x_e over its pairs <= 1.
An edge that weighs more than the best other edge at its one end and the best other at its other end together is in
every best matching: taking it in instead of those two would gain. Such edges are settled at once, all together, and
again on what remains; drawn shapes leave almost nothing after that. The rest falls into small components, each solved
by the Hungarian method.
Assumes: weights above 0. Source: Kuhn 1955, doi:10.1002/nav.3800020109; the solver: Crouse 2016,
doi:10.1109/TAES.2016.140952.
"""

import numpy as np

from guiju.stats.columns import Codes, Floats


def best_matching(left: Codes, right: Codes, weight: Floats) -> Codes:
    """Which edges (their numbers, ascending) make the matching with the greatest sum of weights.

    `left` and `right` number the two sides' shapes from 0, each side by itself; an edge stands between `left[e]` and
    `right[e]`, once. Formula, Assumes, Source: see the module. No edge: nothing.

    >>> greedy_would_take_the_first = np.array([0.9, 0.8, 0.7])
    >>> best_matching(np.array([0, 0, 1]), np.array([0, 1, 0]), greedy_would_take_the_first).tolist()
    [1, 2]
    """
    alone = (np.bincount(left)[left] == 1) & (np.bincount(right)[right] == 1) if len(left) else np.zeros(0, bool)
    chosen = [np.flatnonzero(alone)]
    rest = np.flatnonzero(~alone)
    while len(rest):
        # Numbered anew, the few that are left cost what they are and not what there were.
        mine = np.unique(left[rest], return_inverse=True)[1]
        theirs = np.unique(right[rest], return_inverse=True)[1]
        sure = weight[rest] > _rival(mine, weight[rest]) + _rival(theirs, weight[rest])
        if not sure.any():
            chosen.append(rest[_by_component(mine, theirs, weight[rest])])
            break
        chosen.append(rest[sure])
        gone_left, gone_right = np.zeros(mine.max() + 1, bool), np.zeros(theirs.max() + 1, bool)
        gone_left[mine[sure]] = gone_right[theirs[sure]] = True
        rest = rest[~(gone_left[mine] | gone_right[theirs])]
    return np.sort(np.concatenate(chosen))


def _rival(end: Codes, weight: Floats) -> Floats:
    """The weight of the best other edge at the same end, 0 if there is none."""
    size = int(end.max()) + 1
    best = np.zeros(size)
    np.maximum.at(best, end, weight)
    holder = np.zeros(size, np.int64)
    leads = np.flatnonzero(weight == best[end])
    holder[end[leads]] = leads
    held = holder[end] == np.arange(len(end))
    second = np.zeros(size)
    np.maximum.at(second, end[~held], weight[~held])
    return np.where(held, second[end], best[end])


def _by_component(left: Codes, right: Codes, weight: Floats) -> Codes:
    """The Hungarian method on each connected component."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - heavy: most matchings are settled without

    part = _components(left, right)
    order = np.argsort(part, kind="stable")
    row, rows = _ranks(left[order], part[order])
    column, columns = _ranks(right[order], part[order])
    begin = np.concatenate(([0], np.cumsum(rows * columns)))
    cell = begin[part[order]] + row * columns[part[order]] + column
    dense = np.zeros(int(begin[-1]))
    dense[cell] = weight[order]
    taken = np.zeros(len(dense), bool)
    for start, height, width in zip(begin[:-1].tolist(), rows.tolist(), columns.tolist(), strict=True):
        table = dense[start : start + height * width].reshape(height, width)
        mine, theirs = linear_sum_assignment(table, maximize=True)
        taken[start + mine * width + theirs] = True
    return np.sort(order[taken[cell]])


def _components(left: Codes, right: Codes) -> Codes:
    """Which connected component each edge lies in."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy: most matchings are settled without
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - the same

    wide = int(left.max()) + 1
    size = wide + int(right.max()) + 1
    graph = coo_array((np.ones(len(left), np.int8), (left, right + wide)), shape=(size, size))
    _, part = connected_components(graph, directed=False)
    return np.asarray(part, np.int64)[left]


def _ranks(end: Codes, part: Codes) -> tuple[Codes, Codes]:
    """Each end's place among those of its component, and how many there are in each; `part` ascends from 0."""
    known, first, place = np.unique(end, return_index=True, return_inverse=True)
    order = np.argsort(part[first], kind="stable")
    many = np.bincount(part[first], minlength=int(part[-1]) + 1)
    rank = np.empty(len(known), np.int64)
    rank[order] = np.arange(len(known)) - np.repeat(np.cumsum(many) - many, many)
    return rank[place], many
