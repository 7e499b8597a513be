"""The shape of segments: `{"kind": "segment", "segments": [{"id", "label", "start", "end"}]}`.

`start` and `end` are whole milliseconds from the beginning of the sound; `end` is the first that no longer belongs to
the segment.
"""

from collections import Counter
from typing import Annotated

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape, Options


class SegmentOptions(Options, frozen=True):
    """`overlap`: segments may lie across one another; `gaps`: not all of the sound need be in one; `shortest` in
    milliseconds; `voices`: the server finds where somebody speaks as soon as a sound is there.
    """

    overlap: bool = True
    gaps: bool = True
    shortest: int = 1
    voices: bool = False


SegmentId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One stretch; `id` is unique within the answer and stays with the segment through its revisions."""

    id: SegmentId
    label: str
    start: int
    end: int


class Segments(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="segment"):
    """All segments of a field on an item. None is an answer: there is nothing to mark."""

    segments: tuple[Segment, ...]


def tidy(answer: Segments) -> Segments:
    """From the beginning to the end; of those that begin together the longest first."""
    return Segments(tuple(sorted(answer.segments, key=lambda one: (one.start, -one.end, one.label, one.id))))


def is_finite(_answer: Segments) -> bool:
    return True


def normalise(answer: Segments, _field: FieldShape) -> Segments:
    return tidy(answer)


def labels_of(answer: Segments) -> dict[str, int]:
    return dict(Counter(one.label for one in answer.segments))


def columns(answer: Segments, item: ItemShape) -> dict[str, Column]:
    """One row a segment: `label`, and in milliseconds `start`, `end`, `length`, `duration` (of the whole sound)."""
    segments = answer.segments
    return {
        "label": [one.label for one in segments],
        "start": [float(one.start) for one in segments],
        "end": [float(one.end) for one in segments],
        "length": [float(one.end - one.start) for one in segments],
        "duration": [float(item.duration)] * len(segments),
    }


def summary(answer: Segments) -> str:
    counts = sorted(labels_of(answer).items(), key=lambda entry: (-entry[1], entry[0]))
    return " · ".join(f"{label} ×{count}" for label, count in counts) or "–"


def iou(a: Segment, b: Segment) -> float:
    """Shared milliseconds by milliseconds in either."""
    shared = max(0, min(a.end, b.end) - max(a.start, b.start))
    union = (a.end - a.start) + (b.end - b.start) - shared
    return shared / union if union > 0 else 0.0
