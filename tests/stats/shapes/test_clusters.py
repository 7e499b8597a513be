import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.shapes.boxes import iou_matrix
from guiju.stats.shapes.clusters import clusters
from guiju.stats.shapes.collection import boxes


def _naive(numbers: list[list[float]], who: list[int], least: float) -> set[frozenset[int]]:
    """The closest pair first, joined unless an annotator would be in it twice."""
    table = iou_matrix(numbers, numbers)
    pairs = [(table[a, b], a, b) for a in range(len(who)) for b in range(a) if who[a] != who[b]]
    group = {row: frozenset([row]) for row in range(len(who))}
    for value, a, b in sorted(pairs, reverse=True):
        joined = group[a] | group[b]
        people = [who[row] for row in joined]
        if value >= least and len(set(people)) == len(people):
            group |= dict.fromkeys(joined, joined)
    return set(group.values())


@settings(deadline=None)
@given(st.integers(0, 100_000), st.sampled_from([0.2, 0.5]))
def test_clusters_are_those_of_the_closest_pairs_first(seed: int, least: float) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 14))
    numbers = np.concatenate((rng.uniform(0, 12, (n, 2)), rng.uniform(5, 15, (n, 2))), axis=1).tolist()
    who = rng.integers(0, 3, n).tolist()
    shapes = boxes(["i"] * n, who, ["x"] * n, numbers)
    found = clusters(shapes, least)
    groups = {frozenset(shapes.row[found == code].tolist()) for code in range(int(found.max()) + 1)}
    assert groups == _naive(numbers, who, least)
    assert sorted(set(found.tolist()), key=found.tolist().index) == list(range(len(groups)))


def test_items_are_apart_even_where_boxes_are_equal() -> None:
    shapes = boxes([1, 2], ["ann", "bo"], ["x", "x"], [[0, 0, 4, 4]] * 2)
    assert clusters(shapes).tolist() == [0, 1]
