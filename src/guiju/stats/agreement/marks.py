"""Answers that are sets of marks on an item: spans of a text in characters, segments of a recording in seconds.

Three aligned columns as everywhere in this room, *item, annotator, marks*, with one row for each annotator and item;
an empty sequence says "looked and marked nothing", `None` says "did not answer".

Formula: two marks share min(end_a, end_b) - max(start_a, start_b) where that is above 0; marks are half open. Of marks
in several pieces (discontinuous) the length is that of the pieces, and what two share is the sum over their pieces.
Assumes: one unit of place for all marks of an item.
Source: the intersection of two intervals; swept by start as in Shamos & Hoey 1976, Geometric Intersection Problems.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import isfinite
from typing import NamedTuple, TypeAlias

import numpy as np

from guiju.stats.agreement.structured_errors import BadMark
from guiju.stats.columns import AnswerPairs, Codes, Floats, in_order, is_missing, pairs_within
from guiju.stats.errors import ContradictingAnswers, UnevenColumns


class Span(NamedTuple):
    """A mark from `start` up to and without `end`, in characters or in seconds."""

    start: float
    end: float
    label: Hashable = ""
    pieces: "tuple[Piece, ...]" = ()
    """Of a mark in several pieces: each from front to back, apart from one another; the first begins at `start`, the
    last ends at `end`."""


Piece: TypeAlias = tuple[float, float]
Answer: TypeAlias = Sequence[Span] | None


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks as arrays, one entry a mark, sorted by answer, start, end; answers are sorted by item, annotator."""

    items: tuple[Hashable, ...]
    annotators: tuple[Hashable, ...]
    labels: tuple[Hashable, ...]
    answer_item: Codes
    answer_annotator: Codes
    answer: Codes
    start: Floats
    end: Floats
    label: Codes
    pieces: Mapping[int, tuple[Piece, ...]] = field(default_factory=dict[int, tuple[Piece, ...]])
    """Of the marks that have several, by row."""

    @property
    def item(self) -> Codes:
        return self.answer_item[self.answer]

    @property
    def length(self) -> Floats:
        found = self.end - self.start
        for row, pieces in self.pieces.items():
            found[row] = sum(end - start for start, end in pieces)
        return found

    def stretches(self, row: int) -> tuple[Piece, ...]:
        """The pieces of a mark; itself where it has one."""
        return self.pieces.get(row) or ((float(self.start[row]), float(self.end[row])),)


class Overlaps(NamedTuple):
    """Pairs of marks of one item by different annotators, the first of the earlier answer, and what they share."""

    left: Codes
    right: Codes
    shared: Floats


def encode_marks(item: Sequence[Hashable], annotator: Sequence[Hashable], marks: Sequence[Answer]) -> Marks:
    """The columns as arrays; a mark given twice in one answer counts once, an answer of `None` is left out.

    Raises `UnevenColumns`, `BadMark`, and `ContradictingAnswers` when one annotator gives one item two sets of marks.

    >>> marks = encode_marks([1, 1], "ab", [[Span(3, 7, "PER")], [Span(3, 5, "PER"), Span(0, 2, "LOC")]])
    >>> marks.labels, marks.length.tolist()
    (('LOC', 'PER'), [4.0, 2.0, 2.0])
    """
    if not len(item) == len(annotator) == len(marks):
        raise UnevenColumns(items=len(item), annotators=len(annotator), labels=len(marks))
    answers = _once_each(item, annotator, marks)
    items, annotators = _names(key[0] for key in answers), _names(key[1] for key in answers)
    labels = _names(mark.label for found in answers.values() for mark in found)
    codes = sorted((items[i], annotators[a], found) for (i, a), found in answers.items())
    rows = [(row, m.start, m.end, labels[m.label], m.pieces) for row, one in enumerate(codes) for m in one[2]]
    order = sorted(rows)
    return Marks(
        tuple(items),
        tuple(annotators),
        tuple(labels),
        np.array([one[0] for one in codes], np.int64),
        np.array([one[1] for one in codes], np.int64),
        np.array([row[0] for row in order], np.int64),
        np.array([row[1] for row in order], np.float64),
        np.array([row[2] for row in order], np.float64),
        np.array([row[3] for row in order], np.int64),
        {place: row[4] for place, row in enumerate(order) if row[4]},
    )


def in_pieces(marks: Marks) -> Marks:
    """Every piece as a mark of its own.

    >>> marks = encode_marks([1], "a", [[Span(0, 9, "PER", ((0, 2), (5, 9)))]])
    >>> in_pieces(marks).end.tolist()
    [2.0, 9.0]
    """
    if not marks.pieces:
        return marks
    rows = [(row, *piece) for row in range(len(marks.start)) for piece in marks.stretches(row)]
    rows.sort(key=lambda one: (int(marks.answer[one[0]]), *one[1:]))
    of = np.array([row for row, *_ in rows], np.int64)
    start, end = (np.array([one[at] for one in rows], np.float64) for at in (1, 2))
    return replace(marks, answer=marks.answer[of], start=start, end=end, label=marks.label[of], pieces={})


class MarkColumns(NamedTuple):
    """The three columns that this room takes."""

    item: list[Hashable]
    annotator: list[Hashable]
    marks: list[tuple[Span, ...]]


def marks_from_rows(rows: Iterable[tuple[Hashable, Hashable, Hashable, float | None, float | None]]) -> MarkColumns:
    """Gather rows (item, annotator, label, start, end), one a mark, into one row for each item and annotator.

    A row without start stands for an annotator who looked at the item and marked nothing.

    >>> marks_from_rows([(1, "ann", "PER", 0, 4), (1, "bob", None, None, None)]).marks
    [(Span(start=0, end=4, label='PER', pieces=()),), ()]
    """
    found: dict[tuple[Hashable, Hashable], list[Span]] = {}
    for item, annotator, label, start, end in rows:
        marks = found.setdefault((item, annotator), [])
        if start is not None and end is not None:
            marks.append(Span(start, end, label))
    return MarkColumns([key[0] for key in found], [key[1] for key in found], [tuple(one) for one in found.values()])


def overlaps(marks: Marks, same_label: bool) -> Overlaps:
    """Every two marks of different annotators that share something; with `same_label` only those of one label.

    Marks are swept by their start: a mark is compared with the next ones until one starts after its end, so the work
    grows with the overlaps that there are and not with the square of the marks.

    >>> marks = encode_marks([1, 1], "ab", [[Span(0, 4)], [Span(1, 5), Span(7, 8)]])
    >>> overlaps(marks, same_label=True).shared.tolist()
    [3.0]
    """
    group = marks.item * len(marks.labels) + marks.label if same_label else marks.item
    order = np.lexsort((marks.start, group))
    group, start, end = group[order], marks.start[order], marks.end[order]
    lefts, rights = _sweep(group, start, end)
    left, right = order[lefts], order[rights]
    apart = marks.answer[left] != marks.answer[right]
    left, right = np.minimum(left, right)[apart], np.maximum(left, right)[apart]
    shared = np.minimum(marks.end[left], marks.end[right]) - np.maximum(marks.start[left], marks.start[right])
    if not marks.pieces:
        return Overlaps(left, right, shared)
    for at in np.flatnonzero(np.isin(left, list(marks.pieces)) | np.isin(right, list(marks.pieces))).tolist():
        shared[at] = _shared(marks.stretches(int(left[at])), marks.stretches(int(right[at])))
    some = shared > 0
    return Overlaps(left[some], right[some], shared[some])


def _shared(one: Sequence[Piece], other: Sequence[Piece]) -> float:
    return sum(max(0.0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def answer_pairs(marks: Marks) -> AnswerPairs:
    """Every two answers to one item, sorted by left and right answer, so that `pair_of` can find them.

    >>> len(answer_pairs(encode_marks([1, 1, 1, 2], "abca", [[], [], [], []])).left)
    3
    """
    found = pairs_within(marks.answer_item)
    order = np.lexsort((found.right, found.left))
    return AnswerPairs(found.item[order], found.left[order], found.right[order])


def pair_of(pairs: AnswerPairs, left: Codes, right: Codes) -> Codes:
    """The place in `pairs` of each two answers.

    >>> pairs = answer_pairs(encode_marks([1, 1, 1], "abc", [[], [], []]))
    >>> pair_of(pairs, np.array([0, 1]), np.array([2, 2])).tolist()
    [1, 2]
    """
    width = int(pairs.right.max()) + 1 if pairs.right.size else 1
    return np.searchsorted(pairs.left * width + pairs.right, left * width + right)


def totals(place: Codes, weight: Floats, size: int) -> Floats:
    """The sum of `weight` at each place.

    >>> totals(np.array([0, 2, 2]), np.array([1.0, 2.0, 3.0]), 3).tolist()
    [1.0, 0.0, 5.0]
    """
    return np.asarray(np.bincount(place, weight, minlength=size), np.float64)


def _sweep(group: Codes, start: Floats, end: Floats) -> tuple[Codes, Codes]:
    lefts, rights = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    active, offset = np.arange(max(0, len(group) - 1), dtype=np.int64), 1
    while active.size:
        active = active[active + offset < len(group)]
        other = active + offset
        active = active[(group[other] == group[active]) & (start[other] < end[active])]
        lefts.append(active)
        rights.append(active + offset)
        offset += 1
    return np.concatenate(lefts), np.concatenate(rights)


def _once_each(
    item: Sequence[Hashable], annotator: Sequence[Hashable], marks: Sequence[Answer]
) -> dict[tuple[Hashable, Hashable], frozenset[Span]]:
    found: dict[tuple[Hashable, Hashable], frozenset[Span]] = {}
    contrary: list[tuple[Hashable, Hashable]] = []
    for one, who, given in zip(item, annotator, marks, strict=True):
        if given is None:
            continue
        answer = frozenset(_checked(mark) for mark in given)
        if found.setdefault((one, who), answer) != answer:
            contrary.append((one, who))
    if contrary:
        raise ContradictingAnswers(item=str(contrary[0][0]), annotator=str(contrary[0][1]), rows=len(contrary))
    return found


def _checked(mark: Span) -> Span:
    start, end = mark[0], mark[1]
    if not (isfinite(start) and isfinite(end) and start < end) or is_missing(mark[2]):
        raise BadMark(start=start, end=end)
    return Span(float(start), float(end), mark[2], _pieces(mark))


def _pieces(mark: Span) -> tuple[Piece, ...]:
    """Several pieces in order and apart, or none. Raises `BadMark`."""
    pieces = (
        tuple((float(start), float(end)) for start, end in mark[3])
        if len(mark) > len(("start", "end", "label"))
        else ()
    )
    if not pieces or pieces == ((mark[0], mark[1]),):
        return ()
    ordered = all(start < end for start, end in pieces) and all(a[1] < b[0] for a, b in pairwise(pieces))
    if not ordered or (pieces[0][0], pieces[-1][1]) != (mark[0], mark[1]):
        raise BadMark(start=mark[0], end=mark[1])
    return pieces


def _names(values: Iterable[Hashable]) -> dict[Hashable, int]:
    return {value: code for code, value in enumerate(in_order(set(values)))}
