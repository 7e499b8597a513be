"""One set of time segments from several annotators'.

Formula: as `consensus.spans`, with seconds: start and end are the medians, of an even number the mean of the two middle
ones. Or by vote over time: at every instant the label that more than `share` of the annotators give it.
Assumes: as `consensus.spans`; the vote over time assumes that a label's segments need not be told apart.
Source: as `consensus.spans`.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from guiju.stats.agreement.marks import Answer, Marks, encode_marks
from guiju.stats.agreement.structured_errors import BadParameter
from guiju.stats.consensus.spans import ItemSpans, Merging, span_consensus


def segment_consensus(
    item: Sequence[Hashable],
    annotator: Sequence[Hashable],
    segments: Sequence[Answer],
    merging: Merging | None = None,
) -> tuple[ItemSpans, ...]:
    """The merged segments of every item, ends in seconds; `merging.whole` is not read. Raises as `span_consensus`.

    >>> from guiju.stats.agreement.marks import Span
    >>> found = segment_consensus([1, 1], "ab", [[Span(0.0, 2.0, "s")], [Span(0.2, 2.4, "s")]])[0]
    >>> [(m.start, round(m.end, 1), m.confidence) for m in found.kept]
    [(0.1, 2.2, 1.0)]
    """
    return span_consensus(item, annotator, segments, replace(merging or Merging(), whole=False))


@dataclass(frozen=True, slots=True)
class VotedSegment:
    """A stretch of time with the label that `confidence` of the annotators give it, on average over the stretch."""

    start: float
    end: float
    label: Hashable
    confidence: float

    def to_dict(self) -> dict[str, object]:
        return {"start": self.start, "end": self.end, "label": self.label, "confidence": self.confidence}


def time_vote(
    item: Sequence[Hashable], annotator: Sequence[Hashable], segments: Sequence[Answer], share: float = 0.5
) -> dict[Hashable, tuple[VotedSegment, ...]]:
    """For each item the stretches, by label, where more than `share` of its annotators give that label.

    Stretches of different labels may overlap only if annotators' own segments do. Raises `BadParameter` and what
    `encode_marks` raises.

    >>> from guiju.stats.agreement.marks import Span
    >>> found = time_vote([1, 1, 1], "abc", [[Span(0, 2, "s")], [Span(1, 3, "s")], []])
    >>> [(v.start, v.end, round(v.confidence, 3)) for v in found[1]]
    [(1.0, 2.0, 0.667)]
    """
    if not 0 <= share < 1:
        raise BadParameter(name="share", value=share, wanted="0 … 1")
    marks = encode_marks(item, annotator, segments)
    answers = np.bincount(marks.answer_item, minlength=len(marks.items)).tolist()
    found: dict[Hashable, tuple[VotedSegment, ...]] = {}
    for place, name in enumerate(marks.items):
        own = np.flatnonzero(marks.item == place)
        voted = [one for code in np.unique(marks.label[own]) for one in _voted(marks, own, int(code), answers[place])]
        kept = [one for one in voted if one.confidence > share]
        found[name] = tuple(sorted(_joined(kept), key=lambda one: (one.start, one.end, str(one.label))))
    return found


def _voted(
    marks: Marks, own: "np.ndarray[tuple[int], np.dtype[np.int64]]", code: int, annotators: int
) -> list[VotedSegment]:
    """Between each two ends the share of annotators who mark all of it with this label."""
    rows = own[marks.label[own] == code]
    ends = np.unique(np.concatenate([marks.start[rows], marks.end[rows]]))
    inside = (marks.start[rows][:, None] <= ends[None, :-1]) & (marks.end[rows][:, None] >= ends[None, 1:])
    answers = marks.answer[rows]
    votes = np.array([len(np.unique(answers[column])) for column in inside.T])
    return [
        VotedSegment(float(a), float(b), marks.labels[code], float(v) / annotators)
        for a, b, v in zip(ends[:-1], ends[1:], votes, strict=True)
    ]


def _joined(parts: list[VotedSegment]) -> list[VotedSegment]:
    """Stretches of one label that touch, as one; its confidence is their mean over time."""
    found: list[VotedSegment] = []
    for part in parts:
        last = found[-1] if found else None
        if last is None or last.label != part.label or last.end != part.start:
            found.append(part)
            continue
        weight = (last.end - last.start) / (part.end - last.start)
        confidence = last.confidence * weight + part.confidence * (1 - weight)
        found[-1] = VotedSegment(last.start, part.end, last.label, confidence)
    return found
