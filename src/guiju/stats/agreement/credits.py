"""What one annotator's marks earn against another's, and F1 from it: arithmetic shared by spans and segments.

Formula: with n_a, n_b the marks of two annotators on their common items and c_a, c_b the credit that they earn in
[0, 1] each:  P = c_a / n_a,  R = c_b / n_b,  F1 = 2 P R / (P + R), which is 0 when P = R = 0, 2 c_b / (n_a + n_b)
when c_a = c_b, and does not exist when n_a = n_b = 0. Pooled: sum (c_a + c_b) / sum (n_a + n_b).
Assumes: credit is given within a label; answers to one item are compared once.
Source: Hripcsak & Rothschild 2005, doi:10.1197/jamia.M1733.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from guiju.kit import N_
from guiju.stats.agreement.marks import Marks, overlaps, pair_of, totals
from guiju.stats.agreement.resampling import item_weights
from guiju.stats.columns import AnswerPairs, Codes, Floats
from guiju.stats.figure import NO_OVERLAP, Figure, figure

NOTHING_MARKED = N_("Neither annotator marked anything in the items that both answered.")


class Credit(NamedTuple):
    """What the left and the right answer of a pair earn (or hold) of a label; a pair and label may stand twice."""

    pair: Codes
    label: Codes
    left: Floats
    right: Floats


@dataclass(frozen=True, slots=True)
class Credited:
    """F1 as mean over pairs of annotators, pooled, pooled by label, and of each two annotators (NaN: no marks)."""

    mean: Figure
    pooled: Figure
    labels: tuple[Figure, ...]
    by_pair: Floats


def marks_given(marks: Marks, pairs: AnswerPairs) -> Credit:
    """How many marks of each label the two answers of each pair hold.

    >>> from guiju.stats.agreement.marks import Span, answer_pairs, encode_marks
    >>> marks = encode_marks([1, 1], "ab", [[Span(0, 4)], [Span(0, 4), Span(2, 6)]])
    >>> given = marks_given(marks, answer_pairs(marks))
    >>> given.left.tolist(), given.right.tolist()
    ([1.0], [2.0])
    """
    kinds = max(1, len(marks.labels))
    rows = len(marks.answer_item)
    table = np.bincount(marks.answer * kinds + marks.label, minlength=rows * kinds).astype(np.float64)
    table = table.reshape(rows, kinds)
    pair, label = np.repeat(np.arange(len(pairs.left)), kinds), np.tile(np.arange(kinds), len(pairs.left))
    return Credit(pair, label, table[pairs.left].ravel(), table[pairs.right].ravel())


def exact(marks: Marks, pairs: AnswerPairs) -> Credit:
    """One for each mark that the other made too: same start, end, pieces and label.

    >>> from guiju.stats.agreement.marks import Span, answer_pairs, encode_marks
    >>> marks = encode_marks([1, 1], "ab", [[Span(0, 4)], [Span(0, 4), Span(2, 6)]])
    >>> exact(marks, answer_pairs(marks)).right.tolist()
    [1.0]
    """
    alike = overlaps(marks, same_label=True)
    same = (marks.start[alike.left] == marks.start[alike.right]) & (marks.end[alike.left] == marks.end[alike.right])
    left, right = alike.left[same], alike.right[same]
    if marks.pieces:
        pairs_of = zip(left.tolist(), right.tolist(), strict=True)
        equal = np.array([marks.stretches(one) == marks.stretches(other) for one, other in pairs_of], bool)
        left, right = left[equal], right[equal]
    ones = np.ones(len(left))
    return Credit(pair_of(pairs, marks.answer[left], marks.answer[right]), marks.label[left], ones, ones)


def cover(marks: Marks, pairs: AnswerPairs) -> Credit:
    """The share of each mark that the other's marks of its label cover, at most 1; one row a mark and pair.

    >>> from guiju.stats.agreement.marks import Span, answer_pairs, encode_marks
    >>> marks = encode_marks([1, 1], "ab", [[Span(0, 4)], [Span(0, 4), Span(2, 6)]])
    >>> cover(marks, answer_pairs(marks)).right.tolist()
    [0.0, 1.0, 0.5]
    """
    alike = overlaps(marks, same_label=True)
    pair = pair_of(pairs, marks.answer[alike.left], marks.answer[alike.right])
    left, right = (_covered(marks, pair, mark, alike.shared) for mark in (alike.left, alike.right))
    nothing = np.zeros(len(left.share)), np.zeros(len(right.share))
    return Credit(
        np.concatenate([left.pair, right.pair]),
        np.concatenate([left.label, right.label]),
        np.concatenate([left.share, nothing[1]]),
        np.concatenate([nothing[0], right.share]),
    )


def touch(covers: Credit) -> Credit:
    """One for each mark of which the other covers something.

    >>> from guiju.stats.agreement.marks import Span, answer_pairs, encode_marks
    >>> marks = encode_marks([1, 1], "ab", [[Span(0, 4)], [Span(0, 4), Span(2, 6)]])
    >>> touch(cover(marks, answer_pairs(marks))).right.tolist()
    [0.0, 1.0, 1.0]
    """
    return Credit(
        covers.pair, covers.label, (covers.left > 0).astype(np.float64), (covers.right > 0).astype(np.float64)
    )


def resamples(pairs: AnswerPairs, seed: int) -> Floats:
    """Weights of the items that two annotators answered, drawn once for all figures.

    >>> from guiju.stats.agreement.marks import answer_pairs, encode_marks
    >>> resamples(answer_pairs(encode_marks([1, 1, 2, 2], "abab", [[]] * 4)), seed=0).shape
    (1000, 2)
    """
    return item_weights(len(np.unique(pairs.item)), seed)


def credited(marks: Marks, pairs: AnswerPairs, given: Credit, credit: Credit, weights: Floats) -> Credited:
    """All figures of one way to give credit; `weights` are `resamples` of the pairs.

    >>> from guiju.stats.agreement.marks import Span, answer_pairs, encode_marks
    >>> marks = encode_marks([1, 1], "ab", [[Span(0, 4)], [Span(0, 4), Span(2, 6)]])
    >>> pairs = answer_pairs(marks)
    >>> credited(marks, pairs, marks_given(marks, pairs), exact(marks, pairs), resamples(pairs, 0)).pooled.value
    0.6666666666666666
    """
    if not len(pairs.left):
        none = Figure(None, why=NO_OVERLAP)
        return Credited(none, none, tuple(none for _ in marks.labels), np.empty(0))
    items, place = np.unique(pairs.item, return_inverse=True)
    mean, by_pair = _mean_over_pairs(marks, pairs, (_held(pairs, given), _held(pairs, credit)), (weights, place))
    wide = (len(items), max(1, len(marks.labels)))
    total, found = _table(place, given, wide), _table(place, credit, wide)
    pooled = _share(found.sum(axis=1), total.sum(axis=1), weights)
    labels = tuple(_share(found[:, code], total[:, code], weights) for code in range(len(marks.labels)))
    return Credited(mean, pooled, labels, by_pair)


class _Cover(NamedTuple):
    pair: Codes
    label: Codes
    share: Floats


def _covered(marks: Marks, pair: Codes, mark: Codes, shared: Floats) -> _Cover:
    width = max(1, len(marks.start))
    key, place = np.unique(pair * width + mark, return_inverse=True)
    of = key % width
    share = np.minimum(1.0, np.bincount(place, shared, minlength=len(key)) / marks.length[of])
    return _Cover(key // width, marks.label[of], share)


class _Sides(NamedTuple):
    left: Floats
    right: Floats


def _held(pairs: AnswerPairs, credit: Credit) -> _Sides:
    size = len(pairs.left)
    return _Sides(totals(credit.pair, credit.left, size), totals(credit.pair, credit.right, size))


def _table(place: Codes, credit: Credit, shape: tuple[int, int]) -> Floats:
    """Both sides together, by item and label."""
    cell = place[credit.pair] * shape[1] + credit.label
    return totals(cell, credit.left + credit.right, shape[0] * shape[1]).reshape(shape)


def _share(found: Floats, total: Floats, weights: Floats) -> Figure:
    all_of, n = float(total.sum()), int((total > 0).sum())
    if not all_of:
        return Figure(None, why=NOTHING_MARKED)
    held = weights @ total
    replicates = np.divide(weights @ found, held, out=np.full(len(held), np.nan), where=held > 0)
    return figure(float(found.sum()) / all_of, replicates, n)


def _mean_over_pairs(
    marks: Marks, pairs: AnswerPairs, sides: tuple[_Sides, _Sides], drawn: tuple[Floats, Codes]
) -> tuple[Figure, Floats]:
    """F1 of each two annotators and its mean; `drawn` holds the items' weights and the item of each pair of answers."""
    weights, place = drawn
    who = marks.answer_annotator[pairs.left] * len(marks.annotators) + marks.answer_annotator[pairs.right]
    codes, two = np.unique(who, return_inverse=True)
    columns = [side for both in sides for side in both]
    by_pair = _f1(*(totals(two, column, len(codes)) for column in columns))
    if np.isnan(by_pair).all():
        return Figure(None, why=NOTHING_MARKED), by_pair
    items = weights.shape[1]
    values = _f1(*(_drawn(weights, column, place, two, len(codes)) for column in columns))
    known = ~np.isnan(values)
    some = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    replicates = np.divide(total, some, out=np.full(len(total), np.nan), where=some > 0)
    return figure(float(np.nanmean(by_pair)), replicates, items), by_pair


def _drawn(weights: Floats, column: Floats, item: Codes, two: Codes, pairs: int) -> Floats:
    """What each two annotators hold in each resample: resamples x pairs."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - heavy: most items have answers of few of the pairs

    table = csr_array((column, (two, item)), shape=(pairs, weights.shape[1]))
    return np.asarray(table @ weights.T, np.float64).T


def _f1(held_left: Floats, held_right: Floats, left: Floats, right: Floats) -> Floats:
    """F1 from what both hold and earn; NaN where nothing is held. Nothing held on one side: P or R is 0, F1 is 0."""
    earned = left * held_right + right * held_left
    value = np.divide(2 * left * right, earned, out=np.zeros_like(earned), where=earned > 0)
    return np.where(held_left + held_right > 0, value, np.nan)
