"""How far two sets of segments are apart, and one set from several: as spans, in milliseconds instead of characters.

Distance: segments of the same label are matched one to one so that the sum of their IoU (in milliseconds) is greatest,
counting only pairs with IoU of at least 0.5. With S that sum,
    distance = 1 - 2 S / (|A| + |B|)
Merge: `stats.consensus.spans`. A group of segments stays when more than half of the annotators are in it; it begins
and ends at their middle places; a tied label goes to a person.
"""

from collections.abc import Sequence

from guiju.kinds.model import Merged
from guiju.kinds.segment.shape import Segment, Segments
from guiju.kinds.span import compare as spans
from guiju.kinds.span.shape import Spans, TextSpan


def distance(a: Segments, b: Segments) -> float:
    """In [0, 1], symmetric, 0 for equal answers."""
    return spans.distance(_as_spans(a), _as_spans(b))


def merge(answers: Sequence[Segments]) -> Merged[Segments] | None:
    """The merged segments in their order, or `None` of nothing and where a label is tied."""
    found = spans.merge([_as_spans(answer) for answer in answers])
    if found is None:
        return None
    merged = Segments(tuple(Segment(one.id, one.label, one.start, one.end) for one in found.answer.spans))
    return Merged(merged, found.confidence, found.n)


def _as_spans(answer: Segments) -> Spans:
    return Spans(tuple(TextSpan(one.id, one.label, one.start, one.end) for one in answer.segments))
