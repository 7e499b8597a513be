"""F1 between annotators who mark spans: exact, by any overlap, and with partial credit.

Formula: of two annotators a and b on their common items, over marks of the same label,
    exact    P = R-counts of marks with equal start, end and label;         F1 = 2 tp / (n_a + n_b)
    overlap  P = share of a's marks that touch a mark of b, R = of b's;     F1 = 2 P R / (P + R)
    partial  P = mean over a's marks of the share of the mark that b covers, R likewise (each mark at most 1)
`mean` is the mean of F1 over the pairs of annotators; `pooled` takes every pair in both directions together, which is
sum of credits / sum of marks. Which of two annotators is called gold changes P and R, never F1.
Assumes: marks are half open [start, end); all marks weigh alike, long or short; no correction for chance: text that
nobody marks has no countable "true negatives", and where most of a text is unmarked chance agreement is near 0.
Source: Hripcsak & Rothschild 2005, doi:10.1197/jamia.M1733 (F1 as agreement); Johansson & Moschitti 2010, Syntactic
and semantic structure for opinion expression detection, CoNLL (partial credit by intersection).
Intervals: percentile bootstrap over items, 1,000 resamples, fixed seed.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.agreement.credits import Credited, cover, credited, exact, marks_given, resamples, touch
from guiju.stats.agreement.marks import Answer, Marks, answer_pairs, encode_marks
from guiju.stats.columns import AnswerPairs, Floats
from guiju.stats.figure import NO_OVERLAP, Figure


@dataclass(frozen=True, slots=True)
class LabelF1:
    """Pooled F1 of one label; `n` marks of it lie in items that two annotators answered."""

    label: Hashable
    n: int
    f1: Figure

    def to_dict(self) -> dict[str, object]:
        return {"label": self.label, "n": self.n, "f1": self.f1.to_dict()}


@dataclass(frozen=True, slots=True)
class SpanMeasure:
    """One way to give credit: the mean over pairs of annotators, all pairs pooled, and each label pooled."""

    mean: Figure
    pooled: Figure
    labels: tuple[LabelF1, ...]

    def to_dict(self) -> dict[str, object]:
        labels = [label.to_dict() for label in self.labels]
        return {"mean": self.mean.to_dict(), "pooled": self.pooled.to_dict(), "labels": labels}


@dataclass(frozen=True, slots=True)
class SpanPair:
    """Two annotators on the `n` items that both answered; `None` where neither marked anything in them."""

    a: Hashable
    b: Hashable
    n: int
    exact: float | None
    overlap: float | None
    partial: float | None

    def to_dict(self) -> dict[str, object]:
        parts = {"exact": self.exact, "overlap": self.overlap, "partial": self.partial}
        return {"a": self.a, "b": self.b, "n": self.n, **parts}


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """All that F1 between annotators says."""

    items: int
    annotators: int
    marks: int
    exact: SpanMeasure
    overlap: SpanMeasure
    partial: SpanMeasure
    pairs: tuple[SpanPair, ...]

    def to_dict(self) -> dict[str, object]:
        return {
            "items": self.items,
            "annotators": self.annotators,
            "marks": self.marks,
            "exact": self.exact.to_dict(),
            "overlap": self.overlap.to_dict(),
            "partial": self.partial.to_dict(),
            "pairs": [pair.to_dict() for pair in self.pairs],
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        if self.exact.mean.value is None or self.overlap.mean.value is None:
            return (Sentence(self.exact.mean.why or NO_OVERLAP),)
        places = {"exact": f"{self.exact.mean.value:.3f}", "overlap": f"{self.overlap.mean.value:.3f}"}
        said = N_("Two annotators mark exactly the same span with the same label at an F1 of {exact} on average.")
        loose = N_("If touching with the same label is enough, it is {overlap}: the difference is about boundaries.")
        caution = N_("It does not say who is right, and it is not corrected for chance.")
        return (Sentence(said, places), Sentence(loose, places), Sentence(caution))


def span_agreement(
    item: Sequence[Hashable], annotator: Sequence[Hashable], spans: Sequence[Answer], seed: int = 0
) -> SpanAgreement:
    """F1 between every two annotators in three senses, with parts by label and intervals (see the module).

    One row for each item and annotator; `spans` holds sequences of `Span(start, end, label)`, empty for "nothing
    found". Raises `UnevenColumns`, `ContradictingAnswers`, `BadMark`. Without two annotators on one item the figures
    are `None` with the reason.

    >>> from guiju.stats.agreement.marks import Span
    >>> found = span_agreement([1, 1], ["a", "b"], [[Span(0, 4, "PER"), Span(9, 12, "LOC")], [Span(0, 5, "PER")]])
    >>> [round(f.mean.value, 3) for f in (found.exact, found.overlap, found.partial)]
    [0.0, 0.667, 0.615]
    """
    return agreement_of_marks(encode_marks(item, annotator, spans), seed)


def agreement_of_marks(marks: Marks, seed: int = 0) -> SpanAgreement:
    """`span_agreement` of encoded marks: for callers who hold arrays, or want several figures from one encoding.

    >>> from guiju.stats.agreement.marks import Span, encode_marks
    >>> agreement_of_marks(encode_marks([1, 1], "ab", [[Span(0, 4)], [Span(1, 5)]])).partial.mean.value
    0.75
    """
    pairs = answer_pairs(marks)
    given = marks_given(marks, pairs)
    covers = cover(marks, pairs)
    weights = resamples(pairs, seed)
    ways = [credited(marks, pairs, given, credit, weights) for credit in (exact(marks, pairs), touch(covers), covers)]
    measures = [span_measure(marks, pairs, one) for one in ways]
    parts = _pairs(marks, pairs, [one.by_pair for one in ways])
    return SpanAgreement(
        len(marks.items), len(marks.annotators), len(marks.start), measures[0], measures[1], measures[2], parts
    )


def span_measure(marks: Marks, pairs: AnswerPairs, found: Credited) -> SpanMeasure:
    """The figures of one way to give credit, with the labels' names and how often each was given.

    >>> from guiju.stats.agreement.marks import Span, encode_marks
    >>> marks = encode_marks([1, 1], "ab", [[Span(0, 4)], [Span(0, 4), Span(6, 7)]])
    >>> pairs = answer_pairs(marks)
    >>> given = marks_given(marks, pairs)
    >>> span_measure(marks, pairs, credited(marks, pairs, given, exact(marks, pairs), resamples(pairs, 0))).pooled.value
    0.6666666666666666
    """
    compared = np.union1d(pairs.left, pairs.right)
    n = np.bincount(marks.label[np.isin(marks.answer, compared)], minlength=len(marks.labels))
    labels = [LabelF1(name, int(n[code]), found.labels[code]) for code, name in enumerate(marks.labels)]
    return SpanMeasure(found.mean, found.pooled, tuple(labels))


def _pairs(marks: Marks, pairs: AnswerPairs, values: list[Floats]) -> tuple[SpanPair, ...]:
    """Most common items first."""
    who = marks.answer_annotator[pairs.left] * len(marks.annotators) + marks.answer_annotator[pairs.right]
    codes, n = np.unique(who, return_counts=True)
    names = [divmod(int(code), len(marks.annotators)) for code in codes]
    rows = [
        SpanPair(marks.annotators[a], marks.annotators[b], int(n[i]), *(_value(one[i]) for one in values))
        for i, (a, b) in enumerate(names)
    ]
    order: list[int] = np.lexsort((codes, -n)).tolist()
    return tuple(rows[i] for i in order)


def _value(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
