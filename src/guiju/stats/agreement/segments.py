"""Agreement on segments of a recording: how alike people cut time, without frames.

Formula: of two annotators on their common items, within a label,
    within    F1 of segments matched one to one with both ends at most `tolerance` apart (as many as can be matched)
    overlap, partial   as in `spans`, with seconds in place of characters
    time      seconds that both give the same label / seconds that either gives it, summed over items and labels
`mean` is the mean over pairs of annotators, `pooled` takes all pairs together.
Assumes: seconds are exact, so nothing depends on a frame length; within an answer segments of one label that overlap
are one segment for `time`; silence, which nobody marks, counts nowhere.
Source: Hripcsak & Rothschild 2005, doi:10.1197/jamia.M1733 (F1 as agreement); Jaccard 1912,
doi:10.1111/j.1469-8137.1912.tb05611.x (time). For chance correction on time see `units_alpha` with unit 0, and gamma.
Intervals: percentile bootstrap over items.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.agreement.credits import Credit, cover, credited, marks_given, resamples, touch
from guiju.stats.agreement.marks import Answer, Marks, answer_pairs, encode_marks, overlaps, pair_of, totals
from guiju.stats.agreement.spans import SpanMeasure, span_measure
from guiju.stats.agreement.structured_errors import BadParameter
from guiju.stats.columns import AnswerPairs, Codes, Floats
from guiju.stats.figure import NO_OVERLAP, Figure, figure

NO_TIME = N_("Neither annotator marked any time in the items that both answered.")


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """Two annotators on the `n` items that both answered; `None` where neither marked anything."""

    a: Hashable
    b: Hashable
    n: int
    within: float | None
    time: float | None

    def to_dict(self) -> dict[str, object]:
        return {"a": self.a, "b": self.b, "n": self.n, "within": self.within, "time": self.time}


@dataclass(frozen=True, slots=True)
class SegmentAgreement:
    """F1 within the tolerance, by overlap and by share, and shared time."""

    items: int
    annotators: int
    segments: int
    tolerance: float
    within: SpanMeasure
    overlap: SpanMeasure
    partial: SpanMeasure
    time: Figure
    pairs: tuple[SegmentPair, ...]

    def to_dict(self) -> dict[str, object]:
        return {
            "items": self.items,
            "annotators": self.annotators,
            "segments": self.segments,
            "tolerance": self.tolerance,
            "within": self.within.to_dict(),
            "overlap": self.overlap.to_dict(),
            "partial": self.partial.to_dict(),
            "time": self.time.to_dict(),
            "pairs": [pair.to_dict() for pair in self.pairs],
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        if self.within.mean.value is None or self.time.value is None:
            return (Sentence(self.within.mean.why or NO_OVERLAP),)
        said = N_("Two annotators set both ends of a segment within {tolerance} s at an F1 of {within} on average.")
        time = N_("Of the time that either marks, both give the same label to a share of {time}.")
        caution = N_(
            "Neither is corrected for chance: where most of a recording is speech, shared time is high for free."
        )
        places = {"tolerance": f"{self.tolerance:g}", "within": f"{self.within.mean.value:.3f}"}
        return (Sentence(said, places), Sentence(time, {"time": f"{self.time.value:.3f}"}), Sentence(caution))


def segment_agreement(
    item: Sequence[Hashable],
    annotator: Sequence[Hashable],
    segments: Sequence[Answer],
    tolerance: float = 0.2,
    seed: int = 0,
) -> SegmentAgreement:
    """Agreement on segments in seconds, `Span(start, end, label)`; one row for each item and annotator.

    `tolerance` is in seconds. Raises `BadParameter` and what `encode_marks` raises.

    >>> from guiju.stats.agreement.marks import Span
    >>> ann, bob = [Span(0.0, 2.0, "speech"), Span(3.0, 4.0, "noise")], [Span(0.1, 2.1, "speech")]
    >>> found = segment_agreement(["clip"] * 2, ["ann", "bob"], [ann, bob])
    >>> round(found.within.mean.value, 3), round(found.time.value, 3)
    (0.667, 0.613)
    """
    if not 0 <= tolerance < np.inf:
        raise BadParameter(name="tolerance", value=tolerance, wanted=">= 0")
    marks = encode_marks(item, annotator, segments)
    pairs = answer_pairs(marks)
    given, covers = marks_given(marks, pairs), cover(marks, pairs)
    weights = resamples(pairs, seed)
    near = credited(marks, pairs, given, _within(marks, pairs, tolerance), weights)
    loose = [credited(marks, pairs, given, one, weights) for one in (touch(covers), covers)]
    measures = [span_measure(marks, pairs, one) for one in (near, *loose)]
    shared, either = _time(marks, pairs)
    time = _pooled(pairs, shared, either, weights)
    rows = _pairs(marks, pairs, near.by_pair, shared, either)
    counts = len(marks.items), len(marks.annotators), len(marks.start)
    return SegmentAgreement(*counts, tolerance, measures[0], measures[1], measures[2], time, rows)


def _within(marks: Marks, pairs: AnswerPairs, tolerance: float) -> Credit:
    """One for each segment of a largest one-to-one matching of segments whose ends are near."""
    left, right = _near(marks, tolerance)
    pair = pair_of(pairs, marks.answer[left], marks.answer[right])
    once = _alone(pair, left) & _alone(pair, right)
    kept = [np.flatnonzero(once), *(_matched(pair, left, right, one) for one in np.unique(pair[~once]))]
    rows = np.concatenate(kept)
    # `_matched` takes every near pair of its two answers anew, the unambiguous ones among them: count rows once.
    rows = np.unique(rows)
    return Credit(pair[rows], marks.label[left[rows]], np.ones(len(rows)), np.ones(len(rows)))


def _near(marks: Marks, tolerance: float) -> tuple[Codes, Codes]:
    """Pairs with both ends near; segments are stretched first so that short ones that lie side by side meet too."""
    reach = tolerance + 1e-9 * max(1.0, float(np.abs(marks.end).max()) if len(marks.end) else 1.0)
    wide = Marks(
        marks.items,
        marks.annotators,
        marks.labels,
        marks.answer_item,
        marks.answer_annotator,
        marks.answer,
        marks.start - reach,
        marks.end + reach,
        marks.label,
    )
    found = overlaps(wide, same_label=True)
    starts = np.abs(marks.start[found.left] - marks.start[found.right])
    ends = np.abs(marks.end[found.left] - marks.end[found.right])
    near = (starts <= reach) & (ends <= reach)
    return found.left[near], found.right[near]


def _alone(pair: Codes, mark: Codes) -> Codes:
    """Which rows are the only one of their pair with this mark."""
    width = int(mark.max()) + 1 if len(mark) else 1
    _, place, count = np.unique(pair * width + mark, return_inverse=True, return_counts=True)
    return count[place] == 1


def _matched(pair: Codes, left: Codes, right: Codes, one: int) -> Codes:
    from scipy.sparse import csr_array  # noqa: PLC0415 - heavy: only where a segment has two near ones
    from scipy.sparse.csgraph import maximum_bipartite_matching  # noqa: PLC0415 - heavy

    rows = np.flatnonzero(pair == one)
    _, a = np.unique(left[rows], return_inverse=True)
    _, b = np.unique(right[rows], return_inverse=True)
    table = csr_array((np.arange(1, len(rows) + 1), (a, b)))
    partner = maximum_bipartite_matching(table, perm_type="column")
    matched = np.flatnonzero(partner >= 0)
    place = {(int(x), int(y)): int(row) for x, y, row in zip(a, b, rows, strict=True)}
    return np.array([place[(int(x), int(partner[x]))] for x in matched], np.int64)


def _time(marks: Marks, pairs: AnswerPairs) -> tuple[Floats, Floats]:
    """Seconds of each pair of answers with the same label on both sides, and with it on either side."""
    joined = _joined(marks)
    both = overlaps(joined, same_label=True)
    pair = pair_of(pairs, joined.answer[both.left], joined.answer[both.right])
    shared = totals(pair, both.shared, len(pairs.left))
    own = totals(joined.answer, joined.length, len(marks.answer_item))
    return shared, own[pairs.left] + own[pairs.right] - shared


def _joined(marks: Marks) -> Marks:
    """Segments of one answer and label that overlap or touch, as one."""
    order = np.lexsort((marks.start, marks.label, marks.answer))
    group = marks.answer[order] * max(1, len(marks.labels)) + marks.label[order]
    start, end = marks.start[order], _reach(group, marks.end[order])
    new = np.r_[True, (group[1:] != group[:-1]) | (start[1:] > end[:-1])][: len(order)]
    last = np.r_[np.flatnonzero(new)[1:] - 1, len(order) - 1][: int(new.sum())]
    row = order[new]
    heads = marks.items, marks.annotators, marks.labels, marks.answer_item, marks.answer_annotator
    return Marks(*heads, marks.answer[row], start[new], end[last], marks.label[row])


def _reach(group: Codes, end: Floats) -> Floats:
    """The furthest end so far within each group."""
    if not len(end):
        return end
    base = float(end.max() - end.min()) + 1.0
    place = np.cumsum(np.r_[0, np.diff(group) != 0])
    return np.maximum.accumulate(end + place * base) - place * base


def _pooled(pairs: AnswerPairs, shared: Floats, either: Floats, weights: Floats) -> Figure:
    if not len(pairs.left):
        return Figure(None, why=NO_OVERLAP)
    if not either.sum():
        return Figure(None, why=NO_TIME)
    _, place = np.unique(pairs.item, return_inverse=True)
    above, below = np.bincount(place, shared), np.bincount(place, either)
    held = weights @ below
    replicates = np.divide(weights @ above, held, out=np.full(len(held), np.nan), where=held > 0)
    return figure(float(shared.sum() / either.sum()), replicates, int((below > 0).sum()))


def _pairs(marks: Marks, pairs: AnswerPairs, within: Floats, shared: Floats, either: Floats) -> tuple[SegmentPair, ...]:
    who = marks.answer_annotator[pairs.left] * len(marks.annotators) + marks.answer_annotator[pairs.right]
    codes, place, n = np.unique(who, return_inverse=True, return_counts=True)
    above, below = np.bincount(place, shared, minlength=len(codes)), np.bincount(place, either, minlength=len(codes))
    names = [divmod(int(code), len(marks.annotators)) for code in codes]
    rows = [
        SegmentPair(
            marks.annotators[a],
            marks.annotators[b],
            int(n[i]),
            None if np.isnan(within[i]) else float(within[i]),
            float(above[i] / below[i]) if below[i] else None,
        )
        for i, (a, b) in enumerate(names)
    ]
    order: list[int] = np.lexsort((codes, -n)).tolist()
    return tuple(rows[i] for i in order)
