"""Segment: labelled stretches of a sound, which may lie across one another, or must cover it without a gap."""

from guiju.kinds.marked import all_pairs, confused_parts, expand_into, not_of_label, of_label, relabelled
from guiju.kinds.model import Kind
from guiju.kinds.segment.check import check, faults
from guiju.kinds.segment.compare import distance, merge
from guiju.kinds.segment.shape import (
    SegmentOptions,
    Segments,
    columns,
    iou,
    is_finite,
    labels_of,
    normalise,
    summary,
    tidy,
)
from guiju.kit import N_

SEGMENT: Kind[Segments] = Kind(
    name="segment",
    title=N_("Segment"),
    icon="segment",
    hotkey="a",
    media=frozenset({"audio"}),
    answer_type=Segments,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
    asks={"label": "text", **dict.fromkeys(("start", "end", "length", "duration"), "number")},
    options=SegmentOptions,
    hint="{overlap: false, gaps: false, shortest: 100, voices: true}",
    faults=faults,
    parts=lambda answer: answer.segments,
    expand=expand_into("segment", "segments"),
    only=lambda answer, label: Segments(of_label(answer.segments, label)),
    without=lambda answer, label: Segments(not_of_label(answer.segments, label)),
    relabel=lambda answer, swap: tidy(Segments(relabelled(answer.segments, swap))),
    flat=lambda answer: (True, [(one.label, one.start, 0.0, one.end, 1.0) for one in answer.segments]),
    confused=lambda one, other: confused_parts(
        one.segments, other.segments, all_pairs(one.segments, other.segments, iou)
    ),
)
