"""Labels that contradict the scene they stand in, and scenes whose labels are mixed.

A scene is whatever was known of an item before it was labelled: camera, shop, intent of the dialogue, time of day.

Formula: of n items, n_s lie in scene s, n_y carry label y, n_sy both. If scenes did not matter, X = n_sy would be drawn
    like n_s items out of n without replacement:
    expected = n_s n_y / n        p = P(X <= n_sy), X hypergeometric (Fisher's exact test, one-sided)
    adjusted = Benjamini-Hochberg over the m cells with n_sy > 0: min over p' >= p of p' m / rank(p'), at most 1
    surprise = -log2(n_sy / n_s) bits: how unusual the label is among its scene's items
    entropy of a scene = -sum_y (n_sy / n_s) log2(n_sy / n_s) bits; purity = max_y n_sy / n_s
Assumes: one row for each item, items independent. Adjusted values bound the expected share of listed cells that are
    there by chance alone; cells share margins, and the bound is known to hold for such mild dependence in practice.
Source: Fisher 1922, doi:10.2307/2340521; Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x;
    Shannon 1948, doi:10.1002/j.1538-7305.1948.tb01338.x.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Floats, in_order, is_missing
from guiju.stats.label_errors.errors import LevelOutside, NothingToCheck, UnevenLabels

_REASON = N_(
    "In scene “{scene}”, {count} of {size} items are labelled “{label}”; "
    "if scenes did not matter it would be about {expected}."
)
_MIXED = N_("Scene “{scene}” has {kinds} different labels on {size} items; the most frequent, “{label}”, has {share}.")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A label that is rarer in a scene than elsewhere, with the rows to look at."""

    scene: Hashable
    label: Hashable
    rows: tuple[int, ...]
    scene_size: int
    expected: float
    surprise: float
    p: float
    adjusted: float

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        places = {
            "scene": self.scene,
            "label": self.label,
            "count": self.count,
            "size": self.scene_size,
            "expected": f"{self.expected:.1f}",
        }
        return (Sentence(_REASON, places),)

    def to_dict(self) -> dict[str, object]:
        return {
            "scene": str(self.scene),
            "label": str(self.label),
            "rows": list(self.rows),
            "scene_size": self.scene_size,
            "expected": self.expected,
            "surprise": self.surprise,
            "p": self.p,
            "adjusted": self.adjusted,
            "reason": str(self.meaning[0]),
        }


@dataclass(frozen=True, slots=True)
class SceneMix:
    """The labels of one scene, the most frequent first."""

    scene: Hashable
    size: int
    labels: tuple[tuple[Hashable, int], ...]
    entropy: float
    purity: float

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        label, share = self.labels[0][0], f"{100 * self.purity:.0f}%"
        places = {"scene": self.scene, "kinds": len(self.labels), "size": self.size, "label": label, "share": share}
        return (Sentence(_MIXED, places),)

    def to_dict(self) -> dict[str, object]:
        labels = [[str(label), count] for label, count in self.labels]
        return {
            "scene": str(self.scene),
            "size": self.size,
            "labels": labels,
            "entropy": self.entropy,
            "purity": self.purity,
        }


@dataclass(frozen=True, slots=True)
class _Crossed:
    """The cells of scene x label that occur, with what stands in them; `cell` is each kept row's cell."""

    scenes: tuple[Hashable, ...]
    labels: tuple[Hashable, ...]
    rows: Codes
    cell: Codes
    scene: Codes
    label: Codes
    count: Codes


def scene_contradictions(
    label: Sequence[Hashable], scene: Sequence[Hashable], level: float = 0.05
) -> tuple[Contradiction, ...]:
    """Labels significantly rarer in their scene than scene-blind labelling would make them; the least likely first.

    Rows whose label or scene is missing (`None`, NaN) are left out. `level` bounds the adjusted value. A label that is
    rare everywhere contradicts no scene and is not listed. Raises `UnevenLabels`, `NothingToCheck`, `LevelOutside`.

    >>> label = ["ship"] * 31 + ["desk"] * 30
    >>> scene = ["harbour"] * 30 + ["office"] * 31
    >>> [found] = [one for one in scene_contradictions(label, scene) if one.scene == "office"]
    >>> found.label, found.rows, round(found.expected, 1), round(found.surprise, 2)
    ('ship', (30,), 15.8, 4.95)
    """
    if not 0 < level < 1:
        raise LevelOutside(value=level)
    cells = _crossed(label, scene)
    n_scene = np.bincount(cells.scene, weights=cells.count)[cells.scene].astype(np.int64)
    n_label = np.bincount(cells.label, weights=cells.count)[cells.label].astype(np.int64)
    expected = n_scene * n_label / len(cells.rows)
    p = _lower_tail(cells.count, len(cells.rows), n_label, n_scene)
    adjusted = _benjamini_hochberg(p)
    order = np.lexsort((np.arange(p.size), -expected, p))
    listed = [int(one) for one in order if adjusted[one] <= level]
    rows = _rows_of_cells(cells)
    return tuple(
        Contradiction(
            scene=cells.scenes[cells.scene[one]],
            label=cells.labels[cells.label[one]],
            rows=tuple(rows[one].tolist()),
            scene_size=int(n_scene[one]),
            expected=float(expected[one]),
            surprise=float(-np.log2(cells.count[one] / n_scene[one])),
            p=float(p[one]),
            adjusted=float(adjusted[one]),
        )
        for one in listed
    )


def mixed_scenes(label: Sequence[Hashable], scene: Sequence[Hashable]) -> tuple[SceneMix, ...]:
    """Scenes with more than one label, the most mixed (highest entropy) first: for scenes that should be of one kind.

    Rows whose label or scene is missing are left out. Raises `UnevenLabels`, `NothingToCheck`.

    >>> [mix] = mixed_scenes(["day", "day", "day", "night", "day"], ["a", "a", "a", "a", "b"])
    >>> mix.scene, mix.labels, mix.purity, round(mix.entropy, 3)
    ('a', (('day', 3), ('night', 1)), 0.75, 0.811)
    """
    cells = _crossed(label, scene)
    size = np.bincount(cells.scene, weights=cells.count)
    share = cells.count / size[cells.scene]
    entropy = np.bincount(cells.scene, weights=-share * np.log2(share))
    mixed = np.flatnonzero(np.bincount(cells.scene) > 1)
    order = mixed[np.lexsort((mixed, -size[mixed], -entropy[mixed]))]
    return tuple(_mix(cells, int(one), float(entropy[one])) for one in order)


def _mix(cells: _Crossed, scene: int, entropy: float) -> SceneMix:
    first, last = np.searchsorted(cells.scene, [scene, scene + 1])
    order = first + np.argsort(-cells.count[first:last], kind="stable")
    labels = tuple((cells.labels[cells.label[one]], int(cells.count[one])) for one in order)
    size = sum(count for _, count in labels)
    return SceneMix(cells.scenes[scene], size, labels, entropy, labels[0][1] / size)


def _crossed(label: Sequence[Hashable], scene: Sequence[Hashable]) -> _Crossed:
    if len(label) != len(scene):
        raise UnevenLabels(labels=len(label), others=len(scene), what=N_("scenes"))
    kept = [row for row in range(len(label)) if not (is_missing(label[row]) or is_missing(scene[row]))]
    if not kept:
        raise NothingToCheck
    scenes, scene_code = _coded([scene[row] for row in kept])
    labels, label_code = _coded([label[row] for row in kept])
    cell, place, count = np.unique(scene_code * len(labels) + label_code, return_inverse=True, return_counts=True)
    return _Crossed(
        scenes, labels, np.array(kept, np.int64), place, cell // len(labels), cell % len(labels), count.astype(np.int64)
    )


def _coded(values: list[Hashable]) -> tuple[tuple[Hashable, ...], Codes]:
    distinct = tuple(in_order(set(values)))
    place = {value: code for code, value in enumerate(distinct)}
    return distinct, np.fromiter((place[value] for value in values), np.int64, len(values))


def _rows_of_cells(cells: _Crossed) -> list[Codes]:
    order = np.argsort(cells.cell, kind="stable")
    return np.split(cells.rows[order], np.cumsum(cells.count)[:-1])


def _lower_tail(count: Codes, n: int, n_label: Codes, n_scene: Codes) -> Floats:
    """P(X <= count) for X hypergeometric."""
    from scipy.stats import hypergeom  # noqa: PLC0415 - heavy: only this test needs it

    return np.asarray(hypergeom.cdf(count, n, n_label, n_scene), np.float64)


def _benjamini_hochberg(p: Floats) -> Floats:
    order = np.argsort(p, kind="stable")
    scaled = p[order] * p.size / np.arange(1, p.size + 1)
    adjusted = np.empty(p.size)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted
