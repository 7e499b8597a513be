"""Which shapes of several annotators are one object: clusters with one shape of each annotator at most.

Formula: pairs of shapes by different annotators with IoU >= t, the closest first; a pair joins its two clusters unless
the joined one would hold two shapes of one annotator. (The best partition into such clusters is NP-hard from three
annotators on; taking the closest first is the usual answer, and is exact where an object stands by itself.)
Assumes: nobody draws an object twice. Source: Sneath 1957, doi:10.1099/00221287-17-1-201 (single linkage).
"""

import numpy as np

from guiju.stats.columns import Codes, Floats, pairs_within
from guiju.stats.shapes.collection import Shapes
from guiju.stats.shapes.comparing import demand_overlap
from guiju.stats.shapes.overlaps import Overlaps, overlaps


def clusters(shapes: Shapes, least: float = 0.5) -> Codes:
    """The number of each shape's cluster, 0 up, in the order of their first shapes; a shape nobody shares is alone.

    Formula, Assumes, Source: see the module. Raises `NotAnOverlap`.

    >>> from guiju.stats.shapes.collection import boxes
    >>> drawn = boxes([1] * 3, ["ann", "bo", "bo"], ["x"] * 3, [[0, 0, 9, 9], [0, 0, 9, 8], [50, 50, 9, 9]])
    >>> clusters(drawn).tolist()
    [0, 0, 1]
    """
    demand_overlap(least)
    pairs = pairs_within(shapes.item)
    near = overlaps(shapes, pairs.left, pairs.right, least)
    if not len(near):
        return np.arange(len(shapes))
    part = _components(len(shapes), near)
    answer = shapes.answer
    cell, place = np.unique(part * len(shapes.item) + answer, return_inverse=True)
    crowded = np.zeros(int(part.max()) + 1, bool)
    crowded[(cell // len(shapes.item))[np.bincount(place) > 1]] = True
    doubtful = np.flatnonzero(crowded[part])
    found = part + len(shapes)
    if len(doubtful):
        found[doubtful] = _closest_first(shapes, near, np.flatnonzero(crowded[part[near.left]]), answer)[doubtful]
    _, first, number = np.unique(found, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[number]


def _components(size: int, near: Overlaps) -> Codes:
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy: only a consensus of shapes needs it
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - the same

    graph = coo_array((np.ones(len(near), np.int8), (near.left, near.right)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], np.int64)


def _closest_first(shapes: Shapes, near: Overlaps, edges: Codes, answer: Codes) -> Codes:
    """Each shape's cluster, named by one of its shapes."""
    head = list(range(len(shapes)))
    members = {row: [row] for row in set(near.left[edges].tolist()) | set(near.right[edges].tolist())}
    who: dict[int, set[int]] = {row: {int(answer[row])} for row in members}
    order = edges[np.lexsort((near.right[edges], near.left[edges], *_place(shapes, near, edges), -near.iou[edges]))]
    lefts: list[int] = near.left[order].tolist()
    rights: list[int] = near.right[order].tolist()
    for a, b in zip(lefts, rights, strict=True):
        one, other = head[a], head[b]
        if one != other and not who[one] & who[other]:
            who[one] |= who.pop(other)
            for row in members[other]:
                head[row] = one
            members[one] += members.pop(other)
    return np.array(head, np.int64)


def _place(shapes: Shapes, near: Overlaps, edges: Codes) -> list[Floats]:
    """Equal overlaps are joined by where they lie, and not by who drew them."""
    left, right = near.left[edges], near.right[edges]
    return [
        one(side[left], side[right]) for side in reversed(shapes.geometry.bounds) for one in (np.maximum, np.minimum)
    ]
