"""Polygon: labelled outlines on an image, each one closed ring of points."""

from guiju.kinds.model import Kind
from guiju.kinds.polygon.check import check
from guiju.kinds.polygon.distance import distance
from guiju.kinds.polygon.merge import merge
from guiju.kinds.polygon.shape import Polygons, columns, is_finite, labels_of, normalise, summary, tidy
from guiju.kit import N_

POLYGON: Kind[Polygons] = Kind(
    name="polygon",
    title=N_("Polygon"),
    icon="polygon",
    hotkey="p",
    media=frozenset({"image"}),
    answer_type=Polygons,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
)
