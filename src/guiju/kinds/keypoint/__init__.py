"""Keypoint: figures of named points on an image, such as the joints of a body, each seen, hidden or not there."""

from guiju.kinds.keypoint.check import check
from guiju.kinds.keypoint.compare import distance, merge, share
from guiju.kinds.keypoint.options import KeypointOptions, faults
from guiju.kinds.keypoint.shape import Figures, columns, is_finite, labels_of, normalise, summary, tidy
from guiju.kinds.marked import all_pairs, confused_parts, expand_into, not_of_label, of_label, relabelled
from guiju.kinds.model import Kind
from guiju.kinds.shapes import BOUNDS
from guiju.kit import N_

KEYPOINT: Kind[Figures] = Kind(
    name="keypoint",
    title=N_("Keypoints"),
    icon="keypoint",
    hotkey="j",
    media=frozenset({"image"}),
    answer_type=Figures,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
    asks={**{name: asked for name, asked in BOUNDS.items() if name != "area"}, "seen": "number", "hidden": "number"},
    options=KeypointOptions,
    hint="{points: [{id: head, zh: 头, en: Head}, {id: tail, zh: 尾, en: Tail}], skeleton: [[head, tail]]}",
    faults=faults,
    parts=lambda answer: answer.shapes,
    expand=expand_into("keypoint", "shapes"),
    only=lambda answer, label: Figures(of_label(answer.shapes, label)),
    without=lambda answer, label: Figures(not_of_label(answer.shapes, label)),
    relabel=lambda answer, swap: Figures(relabelled(answer.shapes, swap)),
    confused=lambda one, other: confused_parts(one.shapes, other.shapes, all_pairs(one.shapes, other.shapes, share)),
)
