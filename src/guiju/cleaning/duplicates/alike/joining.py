"""From likeness to groups: candidates share a band, are compared, and are joined when they are like enough."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Compare = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float32]]
AT_ONCE = 50_000


class Joined(NamedTuple):
    """For each row the least row of its group, and how like it was to the row that brought it in (1 for itself)."""

    groups: NDArray[np.int64]
    likeness: NDArray[np.float32]


def join(bands: NDArray[np.uint64], compare: Compare, at_least: float) -> Joined:
    """Groups of rows. In each band neighbours and the first of all who share its value are compared, so that
    a thousand copies of one text cost a thousand comparisons and not a million."""
    groups = np.arange(len(bands))
    like = np.ones(len(bands), np.float32)
    failed = np.empty(0, np.uint64)
    for band in range(bands.shape[1] if len(bands) else 0):
        one, other = _candidates(bands[:, band])
        apart = groups[one] != groups[other]
        one, other = one[apart], other[apart]
        keys = one.astype(np.uint64) << np.uint64(32) | other.astype(np.uint64)
        keys, first = np.unique(keys, return_index=True)
        fresh = ~np.isin(keys, failed, assume_unique=True)
        one, other, keys = one[first][fresh], other[first][fresh], keys[fresh]
        alike = _compared(compare, one, other)
        passed = alike >= at_least
        failed = np.concatenate([failed, keys[~passed]])
        _unite(groups, like, one[passed], other[passed], alike[passed])
    return Joined(groups, like)


def _candidates(values: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of rows of one value: each with the one before it and with the first."""
    order = np.argsort(values, kind="stable")
    same = np.concatenate([[False], values[order][1:] == values[order][:-1]])
    begins = np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
    later = np.flatnonzero(same)
    one = np.concatenate([order[later - 1], order[begins[later]]])
    other = np.concatenate([order[later], order[later]])
    return np.minimum(one, other), np.maximum(one, other)


def _compared(compare: Compare, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
    parts = [compare(one[n : n + AT_ONCE], other[n : n + AT_ONCE]) for n in range(0, len(one), AT_ONCE)]
    return np.concatenate(parts) if parts else np.empty(0, np.float32)


def _unite(
    groups: NDArray[np.int64],
    like: NDArray[np.float32],
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    alike: NDArray[np.float32],
) -> None:
    """Let each pair be of one group, named by its least row; in place."""
    if not len(one):
        return
    from scipy.sparse import coo_matrix  # noqa: PLC0415 - takes a second to load
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    # one of two was alone until now in nearly every pair: its likeness is that of the pair
    np.minimum.at(like, other, alike)
    count = len(groups)
    edges = coo_matrix((np.ones(len(one), np.int8), (groups[one], groups[other])), shape=(count, count))
    _, parts = connected_components(edges, directed=False)
    least = np.full(int(parts.max()) + 1, count)
    np.minimum.at(least, parts, np.arange(count))
    groups[:] = least[parts[groups]]
