"""How far two sets of spans are apart, and one set from several.

Distance: spans of the same label are matched one to one so that the sum of their IoU (in characters) is greatest,
counting only pairs with IoU of at least 0.5. With S that sum,
    distance = 1 - 2 S / (|A| + |B|)
which is 1 - F1 where a match counts as much as it overlaps. A span is a box one pixel high: the arithmetic is theirs.
Of spans in several pieces only the characters of the pieces count, not those of the gaps.

Merge: `stats.consensus.spans`. A group of spans stays when more than half of the annotators are in it; it begins and
ends at their middle places; where one of them is in pieces, it has what at least half of them hold. A tied label goes
to a person.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from guiju.kinds.box.distance import distance as distance_of_boxes
from guiju.kinds.box.shape import Box, Boxes
from guiju.kinds.by_share import distance_of
from guiju.kinds.model import Merged, Rect
from guiju.kinds.span.shape import Spans, Stretch, iou, span_of, tidy

if TYPE_CHECKING:
    from guiju.stats.consensus.spans import MergedSpan


def distance(a: Spans, b: Spans) -> float:
    """In [0, 1], symmetric, 0 for equal answers."""
    if any(one.pieces for answer in (a, b) for one in answer.spans):
        return distance_of(a.spans, b.spans, iou, lambda one: (one.label, one.stretches))
    return distance_of_boxes(_flat(a), _flat(b))


def _flat(answer: Spans) -> Boxes:
    """Spans as boxes one pixel high; one turned round, which only an unchecked import could hold, has no length."""
    ordered = tidy(answer).spans
    return Boxes(tuple(Box("", one.label, one.start, 0.0, max(0, one.end - one.start), 1.0) for one in ordered))


def flat(answer: Spans) -> tuple[bool, list[Rect]]:
    """Each span as a rectangle one character high; of one in pieces its bounds."""
    whole = not any(one.pieces for one in answer.spans)
    return whole, [(one.label, one.start, 0.0, one.end, 1.0) for one in answer.spans]


def merge(answers: Sequence[Spans]) -> Merged[Spans] | None:
    """The merged spans from front to back, or `None` of nothing and where a label is tied.

    The confidence is the mean, over groups, of the share of annotators who stand behind what became of the group:
    those who marked it under its label if it stays, those who did not mark it if it goes; 1 if nobody marked anything.
    """
    n = len(answers)
    if n == 0:
        return None
    kept, dropped = _groups(answers)
    if any(one.label is None for one in kept):
        return None
    behind = [sum(member.mark.label == one.label for member in one.members) for one in kept]
    behind += [n - len(one.members) for one in dropped]
    confidence = sum(behind) / (n * len(behind)) if behind else 1.0
    places = sorted({(int(one.start), -int(one.end), str(one.label), _stretches(one)) for one in kept})
    named = (span_of(f"m{number}", label, held) for number, (_, _, label, held) in enumerate(places, start=1))
    return Merged(tidy(Spans(tuple(named))), confidence, n)


def _stretches(one: "MergedSpan") -> tuple[Stretch, ...]:
    return tuple((int(start), int(end)) for start, end in one.pieces or ((one.start, one.end),))


def _groups(answers: Sequence[Spans]) -> "tuple[Sequence[MergedSpan], Sequence[MergedSpan]]":
    """What enough annotators marked, and what too few did; annotators are numbered by what they say."""
    from guiju.stats.agreement.marks import Span  # noqa: PLC0415 - NumPy, which only merging needs
    from guiju.stats.consensus.spans import span_consensus  # noqa: PLC0415

    real = [[one for one in answer.spans if one.start < one.end] for answer in answers]
    marks = sorted(sorted(Span(one.start, one.end, one.label, one.pieces) for one in given) for given in real)
    found = span_consensus([0] * len(marks), range(len(marks)), marks)
    return (found[0].kept, found[0].dropped) if found else ((), ())
