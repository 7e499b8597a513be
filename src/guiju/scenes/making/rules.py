"""The arithmetic of a map: vectors in, groups and places out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guiju.scenes.making.model import NOWHERE, Layout, Told
from guiju.vectors.clusters import cluster, cluster_drawn, settle_ties
from guiju.vectors.model import Floats, Ints, State, unit
from guiju.vectors.neighbours import nearest
from guiju.vectors.plane import lay_out, place

MOST_GROUPS = 160
CELLS = 200
NARROW = 0.02
# Of texts of which next to nothing is known ("uh-huh"), the backend makes next to nothing.
FAINT = 0.25
PARENTS_FROM = 13
ENOUGH_FOR_OUTLIERS = 30
LEAST_PROPOSED = 6


def group_count(rows: int) -> int:
    """How many scenes are looked for unless somebody says.

    >>> [group_count(each) for each in (1, 10, 200, 15_000, 1_000_000)]
    [1, 3, 10, 87, 160]
    """
    return int(min(max(round((rows / 2) ** 0.5), min(rows, 3)), MOST_GROUPS))


def centred(rows: Floats, mean: Floats | None = None) -> tuple[Floats, Floats]:
    """Rows around their mean, at length 1, and the mean; what is zeros, or next to it, becomes zeros."""
    lengths = np.linalg.norm(rows, axis=1)
    blank = lengths < max(1e-6, FAINT * float(np.median(lengths)) if len(rows) else 0)
    around: Floats = _mean(rows[~blank]) if mean is None else mean
    moved = rows - around
    alike = np.linalg.norm(moved, axis=1) < 1e-5
    # All rows equal: around their mean nothing is left of them.
    found = unit(rows if bool((alike | blank).all()) else moved)
    found[blank] = 0
    return found, around


def _mean(rows: Floats) -> Floats:
    return np.asarray(rows.mean(axis=0) if len(rows) else np.zeros(rows.shape[1]), np.float32)


def make_layout(rows: Floats, told: Told, count: int) -> Layout:
    """Groups and places for `rows` (centred); `count` is how many groups there are in all, the given ones too."""
    blank = ~rows.any(axis=1)
    of, far = np.full(len(rows), NOWHERE, np.int64), np.ones(len(rows), np.float32)
    free = np.flatnonzero((told.fixed == NOWHERE) & ~blank)
    centres = told.given
    if len(free):
        found = cluster_drawn(rows[free], max(count, len(told.given) + 1), given=told.given)
        centres, of[free], far[free] = found.centres, found.of, found.far
    held = np.flatnonzero(told.fixed != NOWHERE)
    of[held] = told.fixed[held]
    far[held] = 1 - np.einsum("nd,nd->n", rows[held], centres[of[held]]) if len(held) else far[held]
    tied = settle_ties(rows, centres, of, far, told.fixed, told.together, told.apart)
    limit = far_limit(far[free])
    out = np.setdiff1d(free[far[free] > limit], tied)
    of[out] = NOWHERE
    of, centres = _without_crumbs(of, centres, len(told.given), len(rows))
    shown = np.flatnonzero(~blank)
    plane = _plane(rows[shown], centres, of[shown])
    x, y = place(rows, plane)
    cell = nearest(rows, plane["centres"], 1)[0][:, 0]
    sure = _sureness(rows, centres, of, far, told.fixed)
    parents = _parents(rows, of, len(centres), len(told.given))
    return Layout(of, far, sure, cell, x, y, len(centres), limit, plane, parents)


def far_limit(far: Floats) -> float:
    """From where an item fits nowhere: Tukey's fence of all distances to their centres, one in twenty at most."""
    if len(far) < ENOUGH_FOR_OUTLIERS:
        return 2.0
    low, high, rare = np.percentile(far, [25, 75, 95])
    return float(max(min(high + 1.5 * (high - low), 0.97), rare)) + 1e-3


def _without_crumbs(of: Ints, centres: Floats, given: int, rows: int) -> tuple[Ints, Floats]:
    """New groups of so few that they are no scene are let go; the others keep their order."""
    least = 1 if rows < ENOUGH_FOR_OUTLIERS else max(3, rows // 10_000)
    sizes = np.bincount(of[of != NOWHERE], minlength=len(centres))
    staying = np.flatnonzero((np.arange(len(centres)) < given) | (sizes >= least))
    place_of = np.full(len(centres) + 1, NOWHERE, np.int64)
    place_of[staying] = np.arange(len(staying))
    return place_of[of], centres[staying]


def _plane(rows: Floats, centres: Floats, of: Ints) -> State:
    """The map is drawn of finer cells than the scenes, so that it stays when scenes are merged and split."""
    if not len(rows):
        rows, of = np.zeros((1, centres.shape[1]), np.float32), np.zeros(1, np.int64)
        return lay_out(rows, rows, of)
    wanted = min(CELLS, max(len(rows) // 40, len(centres), 1))
    if wanted <= len(centres) * 1.3 and (of != NOWHERE).all():
        return lay_out(centres, rows, of)
    found = cluster(rows, wanted, given=centres[: min(len(centres), wanted)])
    return lay_out(found.centres, rows, found.of)


def _sureness(rows: Floats, centres: Floats, of: Ints, far: Floats, fixed: Ints) -> Ints:
    """1 where an item lies well inside its group."""
    if not len(centres):
        return np.zeros(len(rows), np.int64)
    places, two = nearest(rows, centres, 2)
    other = np.where(places == of[:, None], 3.0, two).min(axis=1)
    narrow = other - far < NARROW
    inside = of != NOWHERE
    sure = inside & ~narrow
    sure[inside] &= far[inside] <= _fences(of[inside], far[inside], len(centres))[of[inside]]
    return (sure | (fixed != NOWHERE)).astype(np.int64)


def _fences(of: Ints, far: Floats, groups: int) -> Floats:
    """Of each group the distance that 95 of 100 members keep; small groups have none."""
    fences = np.full(groups, 2.0, np.float32)
    order = np.argsort(of, kind="stable")
    starts = np.searchsorted(of[order], np.arange(groups + 1))
    for group in range(groups):
        members = far[order[starts[group] : starts[group + 1]]]
        if len(members) >= ENOUGH_FOR_OUTLIERS:
            fences[group] = np.percentile(members, 95) + 1e-4
    return fences


def _parents(rows: Floats, of: Ints, groups: int, given: int) -> dict[int, int]:
    """Larger groups of the new ones, where there are many; a group that stays alone has none.

    Found among the items and not among the groups' centres, which lie so far apart that half of them end in one group.
    """
    new = groups - given
    if new < PARENTS_FROM:
        return {}
    inside = np.flatnonzero(of >= given)
    larger = cluster(rows[inside], max(3, min(16, round(new**0.5)))).of
    counts = np.zeros((new, int(larger.max()) + 1), np.int64)
    np.add.at(counts, (of[inside] - given, larger), 1)
    parent = counts.argmax(axis=1)
    members = np.bincount(parent)
    return {given + place: int(group) for place, group in enumerate(parent) if members[group] > 1}


@dataclass(frozen=True, slots=True)
class Prototypes:
    """What new items are compared with: the middle of each scene within each cell of the map."""

    rows: Floats
    scenes: Ints
    fences: dict[int, float]


def prototypes_of(rows: Floats, scenes: Ints, cells: Ints) -> Prototypes:
    """`scenes` are ids, at least one row each; a cell that holds next to nothing of a large scene is left out."""
    keys, group = np.unique(scenes * (1 << 20) + cells, return_inverse=True)
    sums = np.zeros((len(keys), rows.shape[1]), np.float32)
    np.add.at(sums, group, rows)
    sizes = np.bincount(group)
    owner = keys >> 20
    most = {int(scene): int(sizes[owner == scene].max()) for scene in np.unique(owner)}
    staying = np.array([size * 50 >= most[int(scene)] for size, scene in zip(sizes, owner, strict=True)])
    middles = unit(sums)
    far = 1 - np.einsum("nd,nd->n", rows, middles[group])
    fences = {
        int(scene): float(np.percentile(far[scenes == scene], 97)) + 1e-4
        for scene in np.unique(owner)
        if int((scenes == scene).sum()) >= ENOUGH_FOR_OUTLIERS
    }
    return Prototypes(middles[staying], owner[staying], fences)


@dataclass(frozen=True, slots=True)
class Landed:
    """Where new rows stand: `scenes` are ids or `NOWHERE`."""

    scenes: Ints
    far: Floats
    sure: Ints


def land(rows: Floats, known: Prototypes, limit: float) -> Landed:
    """Each row into the nearest scene, or nowhere when that is farther than anything that fits."""
    blank = ~rows.any(axis=1)
    if not len(known.rows):
        nowhere = np.full(len(rows), NOWHERE, np.int64)
        return Landed(nowhere, np.ones(len(rows), np.float32), np.zeros(len(rows), np.int64))
    places, far = nearest(rows, known.rows, min(8, len(known.rows)))
    scenes = known.scenes[places[:, 0]].astype(np.int64)
    other = known.scenes[places] != scenes[:, None]
    second = np.where(other, far, 3.0).min(axis=1)
    fences = np.array([known.fences.get(int(scene), limit) for scene in scenes], np.float32)
    sure = (second - far[:, 0] >= NARROW) & (far[:, 0] <= fences)
    out = blank | (far[:, 0] > np.maximum(limit, 0))
    scenes[out] = NOWHERE
    return Landed(scenes, far[:, 0], (sure & ~out).astype(np.int64))


def new_groups(rows: Floats, limit: float) -> list[Ints]:
    """Groups among what fits nowhere that are as tight as the scenes there are: rows of each, the largest first."""
    inside = np.flatnonzero(rows.any(axis=1))
    if len(inside) < LEAST_PROPOSED:
        return []
    found = cluster(rows[inside], max(1, round((len(inside) / 4) ** 0.5)))
    groups: list[Ints] = []
    for group in range(len(found.centres)):
        members = np.flatnonzero((found.of == group) & (found.far <= limit * 0.85))
        if len(members) >= LEAST_PROPOSED and float(found.far[members].mean()) <= limit * 0.75:
            groups.append(inside[members])
    return sorted(groups, key=len, reverse=True)


def split(rows: Floats, parts: int) -> list[Ints]:
    """A scene's rows in at most `parts` groups, the largest first; one group where they are all alike."""
    found = cluster(rows, parts)
    groups = [np.flatnonzero(found.of == group) for group in range(len(found.centres))]
    return sorted((group for group in groups if len(group)), key=len, reverse=True)


def typical(far: Floats, members: Ints, most: int) -> Ints:
    """The members nearest to their centre."""
    return members[np.argsort(far[members], kind="stable")[:most]]


def rows_of(groups: Sequence[Sequence[int]], place: dict[int, int]) -> list[list[int]]:
    """Groups of items as rows of the matrix, as far as they are in it."""
    found = [[place[item] for item in group if item in place] for group in groups]
    return [group for group in found if len(group) > 1]
