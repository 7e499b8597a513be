"""How many lists of an index are looked through, measured on its own rows.

Recall@10 = |found ∩ exact| / 10, meaned over rows drawn by a fixed seed; each row is left out of its own neighbours.
The fewest of `PROBES` that reach `WANTED` are taken, or all the most.
Source: Jégou, Douze & Schmid 2011, Product Quantization for Nearest Neighbor Search, doi:10.1109/TPAMI.2010.57.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from guiju.vectors.model import Floats, Ints

PROBES = (4, 8, 16, 32, 64, 128, 256)
WANTED = 0.98
ASKED = 64
NEAREST = 10
CHUNK = 50_000


class Tuned(NamedTuple):
    probes: int
    recall: float


def tune(read: Callable[[Any], Floats], numbers: Ints, index: Any) -> Tuned:
    """`read` gives the rows at places; `numbers` what each is called in the index."""
    rng = np.random.default_rng(11)
    asked = np.sort(rng.choice(len(numbers), min(ASKED, len(numbers)), replace=False))
    points = read(asked)
    exact = _exact(read, points, asked, len(numbers))
    wanted = [set(numbers[row].tolist()) for row in exact]
    recall = 0.0
    for probes in PROBES:
        index.nprobe = probes
        # as many as are ordered anew by the whole rows, and the point itself
        _, found = index.search(points, NEAREST * 4 + 1)
        hits = [len(each & set(row.tolist())) for each, row in zip(wanted, found, strict=True)]
        recall = float(np.mean(hits)) / max(1, exact.shape[1])
        if recall >= WANTED or probes >= index.nlist:
            return Tuned(min(probes, index.nlist), recall)
    return Tuned(PROBES[-1], recall)


def _exact(read: Callable[[Any], Floats], points: Floats, own: Ints, count: int) -> Ints:
    """The places of the nearest of each point, itself left out."""
    most = min(NEAREST, count - 1)
    close = np.full((len(points), most), -np.inf, np.float32)
    places = np.zeros((len(points), most), np.int64)
    for start in range(0, count, CHUNK):
        part = points @ read(slice(start, min(start + CHUNK, count))).T
        inside = (own >= start) & (own < start + part.shape[1])
        part[np.flatnonzero(inside), own[inside] - start] = -np.inf
        both = np.concatenate([close, part], axis=1)
        here = np.zeros(part.shape, np.int64) + np.arange(start, start + part.shape[1], dtype=np.int64)
        where: Ints = np.concatenate([places, here], axis=1)
        best = np.argpartition(-both, most - 1, axis=1)[:, :most]
        close, places = np.take_along_axis(both, best, axis=1), np.take_along_axis(where, best, axis=1)
    return places
