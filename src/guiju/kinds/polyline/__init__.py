"""Polyline: labelled open lines on an image, each of two points or more."""

from guiju.kinds.marked import all_pairs, confused_parts, expand_into, not_of_label, of_label, relabelled
from guiju.kinds.model import Kind
from guiju.kinds.polyline.check import check
from guiju.kinds.polyline.compare import distance, merge, share
from guiju.kinds.polyline.shape import Polylines, columns, is_finite, labels_of, normalise, summary, tidy
from guiju.kinds.shapes import BOUNDS
from guiju.kit import N_

POLYLINE: Kind[Polylines] = Kind(
    name="polyline",
    title=N_("Polyline"),
    icon="polyline",
    hotkey="y",
    media=frozenset({"image"}),
    answer_type=Polylines,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
    asks={**{name: asked for name, asked in BOUNDS.items() if name != "area"}, "points": "number", "length": "number"},
    parts=lambda answer: answer.shapes,
    expand=expand_into("polyline", "shapes"),
    only=lambda answer, label: Polylines(of_label(answer.shapes, label)),
    without=lambda answer, label: Polylines(not_of_label(answer.shapes, label)),
    relabel=lambda answer, swap: Polylines(relabelled(answer.shapes, swap)),
    confused=lambda one, other: confused_parts(one.shapes, other.shapes, all_pairs(one.shapes, other.shapes, share)),
)
