"""Groups of vectors that lie together, steered by what people know.

k-means on vectors of length 1: in full up to 20,000 of them, in small batches beyond. Some groups may be *given*: they
begin where their seeds lie, and keep their place in the answer. Pairs that must stand together are moved as one; of
pairs that must not, the one that loses less goes to its next group.
Source: Sculley 2010, Web-Scale K-Means Clustering, doi:10.1145/1772690.1772862; Wagstaff et al. 2001, Constrained
K-means Clustering with Background Knowledge; Basu, Banerjee & Mooney 2002, Semi-supervised Clustering by Seeding.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guiju.vectors.learning import means_in_batches, means_in_full, scattered
from guiju.vectors.model import Floats, Ints, unit
from guiju.vectors.neighbours import nearest
from guiju.vectors.smoothing import field_of, neighbours_for

FULL_TO = 20_000
SEED_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Clusters:
    """`of` is each row's cluster, `centres` have length 1, `far` is each row's distance (1 − cosine) to its centre."""

    of: Ints
    centres: Floats
    far: Floats


def cluster(rows: Floats, count: int, *, given: Floats | None = None) -> Clusters:
    """At most `count` groups of `rows` (length 1), the first of them around `given`. The same rows, the same groups."""
    given = np.zeros((0, rows.shape[1]), np.float32) if given is None else given
    count = max(1, min(count, len(rows), _distinct(rows, count)))
    start = _start(rows, max(count, len(given)), given)
    centres = _settled(rows, start, len(given))
    places, far = nearest(rows, centres, 1)
    return Clusters(places[:, 0].copy(), centres, far[:, 0].copy())


def cluster_drawn(rows: Floats, count: int, *, given: Floats | None = None) -> Clusters:
    """The same, of rows drawn towards their neighbours: groups follow where rows lie densely.

    `centres` are the means of the rows as they lie; a row may lie nearer to another group's than to its own.
    """
    given = np.zeros((0, rows.shape[1]), np.float32) if given is None else given
    neighbours = neighbours_for(len(rows), max(count, len(given)))
    if not neighbours:
        return cluster(rows, count, given=given)
    field = field_of(rows, neighbours)
    drawn = field.drawn if len(field.drawn) == len(rows) else field.draw(rows)
    of = cluster(drawn, count, given=given).of
    groups = max(int(of.max()) + 1, len(given))
    sums = np.zeros((groups, rows.shape[1]), np.float32)
    np.add.at(sums, of, rows)
    centres = unit(sums)
    if len(given):
        mixed = (1 - SEED_WEIGHT) * centres[: len(given)] + SEED_WEIGHT * given
        centres[: len(given)] = unit(mixed.astype(np.float32))
    return Clusters(of, centres, (1 - np.einsum("nd,nd->n", rows, centres[of])).astype(np.float32))


def _distinct(rows: Floats, enough: int) -> int:
    """How many different rows there are, or `enough` if at least as many."""
    first = rows[: max(enough * 4, 64)]
    found = len(np.unique(np.round(first, 4), axis=0))
    return found if len(first) == len(rows) or found >= enough else len(np.unique(np.round(rows, 4), axis=0))


def _start(rows: Floats, count: int, given: Floats) -> Floats:
    """The given centres, and others drawn far from them and from each other (k-means++ on a sample)."""
    free = count - len(given)
    if free <= 0:
        return given
    sample = rows[:: max(1, len(rows) // FULL_TO)]
    if len(given):
        covered = 1 - nearest(sample, given, 1)[1][:, 0]
        away = np.argsort(covered, kind="stable")[: max(free, len(sample) * 2 // 3)]
        sample = sample[np.sort(away)]
    return np.concatenate([given, scattered(sample, min(free, len(sample)))])


def _settled(rows: Floats, start: Floats, given: int) -> Floats:
    if len(start) >= len(rows):
        return start
    settle = means_in_full if len(rows) <= FULL_TO else means_in_batches
    centres = settle(rows, start).astype(np.float32)
    # What a person said of a scene keeps its weight, however many rows drift towards it.
    centres[:given] = (1 - SEED_WEIGHT) * centres[:given] + SEED_WEIGHT * start[:given]
    return unit(centres)


def settle_ties(  # noqa: PLR0917 - what is known, and what it changes
    rows: Floats,
    centres: Floats,
    of: Ints,
    far: Floats,
    fixed: Ints,
    together: Sequence[Sequence[int]],
    apart: Sequence[tuple[int, int]],
) -> Ints:
    """Change `of` and `far` so that ties hold; `fixed` rows (≥ 0) stay and draw the others. Returns the tied rows."""
    if not len(centres):
        return np.zeros(0, np.int64)
    tied = [np.array(sorted(group), np.int64) for group in together if len(group) > 1]
    for group in tied:
        held = fixed[group][fixed[group] >= 0]
        to = int(held[0]) if len(held) else int(_ranked(rows, centres, group)[0])
        _move(rows, centres, group[fixed[group] < 0], to, of, far)
    blocks = {int(row): group for group in tied for row in group}
    for one, other in apart:
        if of[one] == of[other] and of[one] >= 0:
            _part(rows, centres, [blocks.get(each, np.array([each])) for each in (one, other)], of, far, fixed)
    return np.array(sorted({*blocks, *(row for pair in apart for row in pair)}), np.int64)


def _ranked(rows: Floats, centres: Floats, group: Ints) -> Ints:
    """The centres, nearest to the group first."""
    return np.argsort(-(rows[group].mean(axis=0) @ centres.T), kind="stable")


def _move(rows: Floats, centres: Floats, group: Ints, to: int, of: Ints, far: Floats) -> None:  # noqa: PLR0917
    of[group] = to
    far[group] = 1 - rows[group] @ centres[to]


def _part(rows: Floats, centres: Floats, pair: list[Ints], of: Ints, far: Floats, fixed: Ints) -> None:  # noqa: PLR0917
    """Let the group that loses less by it, and that nobody fixed, go to its next centre."""
    here = int(of[pair[0][0]])
    choices: list[tuple[float, int, int]] = []
    for which, group in enumerate(pair):
        if len(centres) > 1 and bool((fixed[group] < 0).all()):
            mean = rows[group].mean(axis=0)
            to = next(int(each) for each in _ranked(rows, centres, group) if each != here)
            choices.append((float(mean @ centres[here] - mean @ centres[to]), which, to))
    if choices:
        _, which, to = min(choices)
        _move(rows, centres, pair[which], to, of, far)
