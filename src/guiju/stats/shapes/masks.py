"""Masks as run lengths, the way COCO writes them: down each column, columns from left to right, background first.

Formula: IoU(a, b) = |a and b| / |a or b| in pixels. With F_b(x) the pixels of b before position x,
    |a and b| = sum over the runs [s, e) of a of F_b(e) - F_b(s)
so that no image is ever unpacked.
Assumes: both masks are of images of one size.
Source: Lin et al. 2014, Microsoft COCO, doi:10.1007/978-3-319-10602-1_48.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.stats.columns import Codes, Floats
from guiju.stats.shapes.boxes import shared_bounds
from guiju.stats.shapes.errors import NoArea, NotAMask, RunsDoNotAddUp

_CHUNK = 1_000_000


@dataclass(frozen=True, slots=True)
class MaskGeometry:
    """Runs of foreground of mask i are `begin[first[i]:first[i+1]]` up to `end`, positions down the columns."""

    bounds: tuple[Floats, Floats, Floats, Floats]
    area: Floats
    begin: Codes
    end: Codes
    first: Codes
    height: Codes
    width: Codes
    form = "mask"

    def __len__(self) -> int:
        return len(self.area)

    @property
    def comparable(self) -> bool:
        """Whether masks of different items can be laid over each other: all images are equally large."""
        return len(self) == 0 or bool((self.height == self.height[0]).all() and (self.width == self.width[0]).all())

    def take(self, rows: Codes) -> "MaskGeometry":
        x1, y1, x2, y2 = self.bounds
        many = np.diff(self.first)[rows]
        place = spread(self.first[:-1][rows], many)
        first = np.concatenate(([0], np.cumsum(many)))
        bounds = (x1[rows], y1[rows], x2[rows], y2[rows])
        begin, end = self.begin[place], self.end[place]
        return MaskGeometry(bounds, self.area[rows], begin, end, first, self.height[rows], self.width[rows])

    def iou(self, left: Codes, right: Codes, least: float) -> Floats:
        """IoU of the masks in rows `left` and `right`; 0 where their bounds already say that it is below `least`."""
        found = np.zeros(len(left))
        most = np.maximum(self.area[left], self.area[right])
        near = np.flatnonzero(shared_bounds(self.bounds, left, right) >= least * most)
        common = self._common(left[near], right[near])
        found[near] = common / (self.area[left[near]] + self.area[right[near]] - common)
        return found

    def _common(self, left: Codes, right: Codes) -> Floats:
        many = np.diff(self.first)[left]
        total = np.cumsum(many)
        if not len(left):
            return np.zeros(0)
        ends = [int(np.searchsorted(total, step)) for step in range(_CHUNK, int(total[-1]), _CHUNK)]
        cuts = [0, *ends, len(left)]
        parts = [self._common_of(left[a:b], right[a:b]) for a, b in pairwise(cuts)]
        return np.concatenate(parts)

    def _common_of(self, left: Codes, right: Codes) -> Floats:
        many = np.diff(self.first)[left]
        runs = spread(self.first[:-1][left], many)
        pair = np.repeat(np.arange(len(left)), many)
        inside = self._before(right[pair], self.end[runs]) - self._before(right[pair], self.begin[runs])
        return np.bincount(pair, inside, minlength=len(left)).astype(np.float64)

    def _before(self, mask: Codes, position: Codes) -> Codes:
        """How many pixels of `mask` lie before `position`."""
        span = int((self.height * self.width).max()) + 1
        owner = np.repeat(np.arange(len(self)), np.diff(self.first))
        covered = np.concatenate(([0], np.cumsum(self.end - self.begin)))
        run = np.searchsorted(owner * span + self.begin, mask * span + position, side="right") - 1
        before = covered[np.maximum(run, 0)] - covered[self.first[:-1][mask]]
        part = np.minimum(position, self.end[run]) - self.begin[run]
        return np.where(run < self.first[:-1][mask], 0, before + part)

    def at(self, row: int) -> dict[str, list[int]]:
        """One mask in COCO's uncompressed form."""
        place = slice(int(self.first[row]), int(self.first[row + 1]))
        return runs_of(self.begin[place], self.end[place], int(self.height[row]), int(self.width[row]))


def spread(start: Codes, many: Codes) -> Codes:
    """start[0], start[0]+1, … (`many[0]` of them), then from start[1], and so on.

    >>> spread(np.array([5, 20]), np.array([3, 2])).tolist()
    [5, 6, 7, 20, 21]
    """
    offset = np.cumsum(many) - many
    return np.repeat(start - offset, many) + np.arange(int(many.sum()))


def runs_of(begin: Codes, end: Codes, height: int, width: int) -> dict[str, list[int]]:
    """COCO's run lengths from the foreground's runs.

    >>> runs_of(np.array([1, 5]), np.array([3, 6]), 4, 2)
    {'size': [4, 2], 'counts': [1, 2, 2, 1, 2]}
    """
    edges = np.stack((begin, end), axis=1).ravel()
    counts: list[int] = np.diff(np.concatenate(([0], edges, [height * width]))).tolist()
    if counts[-1] == 0:
        counts.pop()
    return {"size": [height, width], "counts": counts}


def encode_mask(pixels: NDArray[Any]) -> dict[str, list[int]]:
    """A picture (height x width, non-zero is foreground) as COCO's uncompressed run lengths.

    Formula, Assumes, Source: see the module.

    >>> encode_mask(np.array([[0, 1], [1, 1]]))
    {'size': [2, 2], 'counts': [1, 3]}
    """
    column = np.concatenate(([0], (pixels != 0).astype(np.int8).ravel(order="F"), [0]))
    edges = np.flatnonzero(np.diff(column))
    return runs_of(edges[::2], edges[1::2], *pixels.shape)


def mask_geometry(masks: Sequence[Mapping[str, Any]]) -> MaskGeometry:
    """Masks from COCO's uncompressed form `{"size": [height, width], "counts": [background, foreground, …]}`.

    Formula, Assumes, Source: see the module. Raises `NotAMask`, `RunsDoNotAddUp`, `NoArea`, each with the row.

    >>> found = mask_geometry([{"size": [2, 2], "counts": [1, 3]}, {"size": [2, 2], "counts": [2, 2]}])
    >>> found.area.tolist(), found.iou(np.array([0]), np.array([1]), 0.0).round(4).tolist()
    ([3.0, 2.0], [0.6667])
    """
    parts = [_runs(row, mask) for row, mask in enumerate(masks)]
    sizes = np.array([[part[2], part[3]] for part in parts], np.int64).reshape(-1, 2)
    first = np.concatenate(([0], np.cumsum([len(part[0]) for part in parts]))).astype(np.int64)
    begin = np.concatenate([part[0] for part in parts]) if parts else np.zeros(0, np.int64)
    end = np.concatenate([part[1] for part in parts]) if parts else np.zeros(0, np.int64)
    area = np.array([float((part[1] - part[0]).sum()) for part in parts])
    bounds = np.array([_bounds(part[0], part[1], part[2]) for part in parts], np.float64).reshape(-1, 4)
    x1, y1, x2, y2 = np.ascontiguousarray(bounds.T)
    return MaskGeometry((x1, y1, x2, y2), area, begin, end, first, sizes[:, 0], sizes[:, 1])


def _runs(row: int, mask: Mapping[str, Any]) -> tuple[Codes, Codes, int, int]:
    try:
        height, width = (int(side) for side in mask["size"])
        counts = np.asarray(mask["counts"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotAMask(row=row) from error
    if counts.ndim != 1 or counts.dtype.kind not in "iu" or not counts.size or height < 1 or width < 1:
        raise NotAMask(row=row)
    counts = counts.astype(np.int64)
    total = int(counts.sum())
    if total != height * width or (counts < 0).any():
        raise RunsDoNotAddUp(row=row, total=total, height=height, width=width, pixels=height * width)
    edges = np.cumsum(counts)
    begin, end = edges[:-1:2], edges[1::2]
    solid = end > begin
    if not solid.any():
        raise NoArea(row=row)
    return begin[solid], end[solid], height, width


def _bounds(begin: Codes, end: Codes, height: int) -> tuple[int, int, int, int]:
    left, right = begin // height, (end - 1) // height
    whole = bool((left != right).any())
    top = 0 if whole else int((begin % height).min())
    bottom = height if whole else int(((end - 1) % height).max()) + 1
    return int(left.min()), top, int(right.max()) + 1, bottom
