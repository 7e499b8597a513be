"""Box: labelled rectangles on an image, upright or, where the field allows it, turned."""

from guiju.kinds.box.check import check
from guiju.kinds.box.distance import distance, flat, overlaps_of
from guiju.kinds.box.merge import merge
from guiju.kinds.box.options import BoxOptions
from guiju.kinds.box.shape import Boxes, columns, is_finite, labels_of, normalise, summary, tidy
from guiju.kinds.marked import confused_parts, expand_into, not_of_label, of_label, relabelled
from guiju.kinds.model import Kind
from guiju.kinds.shapes import BOUNDS
from guiju.kit import N_

BOX: Kind[Boxes] = Kind(
    name="box",
    title=N_("Box"),
    icon="box",
    hotkey="b",
    media=frozenset({"image"}),
    answer_type=Boxes,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
    asks={**BOUNDS, "angle": "number"},
    options=BoxOptions,
    hint="{rotate: true}",
    parts=lambda answer: answer.shapes,
    expand=expand_into("box", "shapes"),
    only=lambda answer, label: Boxes(of_label(answer.shapes, label)),
    without=lambda answer, label: Boxes(not_of_label(answer.shapes, label)),
    relabel=lambda answer, swap: Boxes(relabelled(answer.shapes, swap)),
    flat=flat,
    confused=lambda one, other: confused_parts(one.shapes, other.shapes, overlaps_of(one, other)),
)
