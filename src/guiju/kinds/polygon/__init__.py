"""Polygon: labelled outlines on an image, each one closed ring of points."""

from guiju.kinds.marked import confused_parts, expand_into, not_of_label, of_label, relabelled
from guiju.kinds.model import Kind
from guiju.kinds.polygon.check import check
from guiju.kinds.polygon.distance import distance, flat, overlaps_of
from guiju.kinds.polygon.merge import merge
from guiju.kinds.polygon.shape import Polygons, columns, is_finite, labels_of, normalise, summary, tidy
from guiju.kinds.shapes import BOUNDS
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
    asks={**BOUNDS, "points": "number"},
    parts=lambda answer: answer.shapes,
    expand=expand_into("polygon", "shapes"),
    only=lambda answer, label: Polygons(of_label(answer.shapes, label)),
    without=lambda answer, label: Polygons(not_of_label(answer.shapes, label)),
    relabel=lambda answer, swap: Polygons(relabelled(answer.shapes, swap)),
    flat=flat,
    confused=lambda one, other: confused_parts(one.shapes, other.shapes, overlaps_of(one, other)),
)
