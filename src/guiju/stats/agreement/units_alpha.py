"""Krippendorff's alpha for unitizing: agreement on where units lie and what they are, corrected for chance.

Formula: every annotator cuts the item into units with a label and gaps (label 0) between them. With l_ck the length
that one annotator calls c where another says k, each ordered pair of annotators weighing 1 / (m - 1), and
l_c = sum_k l_ck, l = sum_c l_c (annotators x length):
    e_ck = l (l_c l_k - [c = k] q_c) / (l^2 - sum_c q_c)        q_c = sum of squared lengths of the units c,
                                                                q_0 = unit x length of all gaps
    u-alpha       1 - sum_{c != k} l_ck / sum_{c != k} e_ck     over all labels and the gaps
    |u-alpha      the same with all labels taken for one: marked or not
    cu-alpha      the same over labels only, where both marked; each unit counts with the length that others marked too
    (k)u-alpha    1 - ((l_k - l_kk) / l_k) / ((e_k - e_kk) / e_k) in that table of labels only: one label's reliability
q removes the pairs of a unit with itself, as 1/(n - 1) does in alpha of single values; gaps pair by their atoms.
Assumes: within one annotator's answer no two units overlap; annotators of an item saw all of it; items are laid one
after another. `unit` is the length of an atom: 1 for characters; for seconds 0, where atoms have no length.
Source: Krippendorff, Mathet, Bouvry & Widlöcher 2016, doi:10.1007/s11135-015-0266-1; Krippendorff, Content Analysis
(4th ed. 2019), section 12.6. It replaces the alpha_U of 1995 and 2004, which misbehaves for three annotators or more.
Intervals: percentile bootstrap over items; none from a single item.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.agreement.marks import Answer, Marks, encode_marks, in_pieces, overlaps
from guiju.stats.agreement.resampling import item_weights
from guiju.stats.agreement.structured_errors import BadParameter, OverlappingUnits, UnknownLength
from guiju.stats.columns import Codes, Floats
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY, Figure, figure

NO_COMMON_MARK = N_("Nowhere did two annotators both mark something, so labels cannot be compared.")


@dataclass(frozen=True, slots=True)
class LabelUnitsAlpha:
    """(k)u-alpha of one label, and `coverage`: the share of its length where another annotator marked something."""

    label: Hashable
    alpha: Figure
    coverage: float | None

    def to_dict(self) -> dict[str, object]:
        return {"label": self.label, "alpha": self.alpha.to_dict(), "coverage": self.coverage}


@dataclass(frozen=True, slots=True)
class UnitsAlpha:
    """The family: `alpha` of places and labels, `marked` of places, `coding` of labels where both marked."""

    items: int
    annotators: int
    units: int
    alpha: Figure
    marked: Figure
    coding: Figure
    labels: tuple[LabelUnitsAlpha, ...]

    def to_dict(self) -> dict[str, object]:
        return {
            "items": self.items,
            "annotators": self.annotators,
            "units": self.units,
            "alpha": self.alpha.to_dict(),
            "marked": self.marked.to_dict(),
            "coding": self.coding.to_dict(),
            "labels": [label.to_dict() for label in self.labels],
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        if self.alpha.value is None:
            return (Sentence(self.alpha.why or NO_OVERLAP),)
        said = N_(
            "Beyond chance, annotators agree to {alpha} on where marks lie and what they are; 1 is full agreement."
        )
        found = [Sentence(said, {"alpha": f"{self.alpha.value:.3f}"})]
        if self.marked.value is not None and self.coding.value is not None:
            places = {"marked": f"{self.marked.value:.3f}", "coding": f"{self.coding.value:.3f}"}
            parts = N_("On what to mark at all it is {marked}, and on the label where both marked it is {coding}.")
            found.append(Sentence(parts, places))
        caution = N_(
            "It measures shared length: one long mark outweighs many short ones, and it counts no missed marks."
        )
        return (*found, Sentence(caution))


def units_alpha(
    item: Sequence[Hashable],
    annotator: Sequence[Hashable],
    units: Sequence[Answer],
    lengths: Mapping[Hashable, float],
    *,
    unit: float = 1.0,
    seed: int = 0,
) -> UnitsAlpha:
    """Alpha over units, on marking alone, on coding alone, and of each label (see the module).

    One row for each item and annotator; `units` holds sequences of `Span`; `lengths` gives each item's length in the
    unit of the marks. Raises `OverlappingUnits`, `UnknownLength`, `BadParameter` (a negative `unit`) and what
    `encode_marks` raises. What cannot be computed is `None` with the reason.

    >>> from guiju.stats.agreement.marks import Span
    >>> found = units_alpha([1, 1], ["a", "b"], [[Span(0, 4, "PER")], [Span(0, 6, "PER")]], {1: 20})
    >>> round(found.alpha.value, 3), round(found.marked.value, 3), found.coding.why
    (0.747, 0.747, 'Every answer is the same, so agreement cannot be told from chance.')
    """
    if not 0 <= unit < np.inf:
        raise BadParameter(name="unit", value=unit, wanted=">= 0")
    marks = in_pieces(encode_marks(item, annotator, units))
    _demand_apart(marks)
    tables = _tables(marks, _lengths(marks, lengths), unit)
    weights = np.vstack([np.ones(len(tables.total)), item_weights(len(tables.total), seed)])
    items, sums = len(tables.total), _summed(tables, weights)
    labels = tuple(_label(sums, items, code, name) for code, name in enumerate(marks.labels))
    return UnitsAlpha(
        len(marks.items),
        len(marks.annotators),
        len(marks.start),
        _figure(_nominal(sums), items, True),
        _figure(_binary(sums), items, True),
        _figure(_coding(sums), items, bool(sums.common[0] > 0)),
        labels,
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    """Lengths by item (or by replicate): all, agreed, and by label: marked, squared; then where two marked."""

    total: Floats
    gap: Floats
    gap_pairs: Floats
    gap_atoms: Floats
    agreed: Floats
    marked: Floats
    squared: Floats
    common: Floats
    common_marked: Floats
    common_agreed: Floats
    common_squared: Floats


def _tables(marks: Marks, lengths: Floats, unit: float) -> _Tables:
    answers = np.bincount(marks.answer_item, minlength=len(marks.items))
    kept = np.flatnonzero(answers >= 2)
    kinds, size = max(1, len(marks.labels)), (len(marks.items), max(1, len(marks.labels)))
    both = overlaps(marks, same_label=False)
    weight = 2 * both.shared / np.maximum(1, answers - 1)[marks.item[both.left]]
    same = marks.label[both.left] == marks.label[both.right]
    cell = marks.item * kinds + marks.label
    common = _by(cell[both.left], weight / 2, size) + _by(cell[both.right], weight / 2, size)
    pairable = _each(both.left, weight / 2, len(cell)) + _each(both.right, weight / 2, len(cell))
    marked = _by(cell, marks.length, size)
    total = answers * lengths
    gap = total - marked.sum(axis=1)
    gap_pairs = gap - (marked - common).sum(axis=1)
    agreed = _by(cell[both.left[same]], weight[same], size)
    squares = _by(cell, np.square(marks.length), size), _by(cell, np.square(pairable), size)
    rows = (total, gap, gap_pairs, unit * gap, agreed.sum(axis=1) + gap_pairs, marked, squares[0])
    where_two = (common.sum(axis=1), common, agreed, squares[1])
    return _Tables(*(one[kept] for one in (*rows, *where_two)))


def _summed(tables: _Tables, weights: Floats) -> _Tables:
    return _Tables(*(weights @ getattr(tables, name) for name in _Tables.__slots__))


def _nominal(sums: _Tables) -> Floats:
    squares = np.square(sums.marked).sum(axis=1) + np.square(sums.gap)
    return _alpha(sums.total - sums.agreed, sums.total, squares, sums.squared.sum(axis=1) + sums.gap_atoms)


def _binary(sums: _Tables) -> Floats:
    """Marked or not; the units of all labels keep their own squares."""
    squares = np.square(sums.marked.sum(axis=1)) + np.square(sums.gap)
    apart = 2 * (sums.gap - sums.gap_pairs)
    return _alpha(apart, sums.total, squares, sums.squared.sum(axis=1) + sums.gap_atoms)


def _coding(sums: _Tables) -> Floats:
    squares = np.square(sums.common_marked).sum(axis=1)
    apart = sums.common - sums.common_agreed.sum(axis=1)
    return _alpha(apart, sums.common, squares, sums.common_squared.sum(axis=1))


def _alpha(apart: Floats, total: Floats, squares: Floats, own: Floats) -> Floats:
    expected = _ratio(total * (np.square(total) - squares), np.square(total) - own)
    expected[expected <= 1e-9 * total] = 0.0  # what rounding leaves where all is one label
    return 1 - _ratio(apart, expected)


def _of_label(sums: _Tables, code: int) -> Floats:
    marked, total, own = sums.common_marked[:, code], sums.common, sums.common_squared[:, code]
    observed = _ratio(marked - sums.common_agreed[:, code], marked)
    apart = marked * (total - marked)
    expected = _ratio(apart, apart + np.square(marked) - own)
    expected[expected <= 1e-9] = 0.0
    return 1 - _ratio(observed, expected)


def _label(sums: _Tables, items: int, code: int, name: Hashable) -> LabelUnitsAlpha:
    length, common = float(sums.marked[0, code]), float(sums.common_marked[0, code])
    alpha = _figure(_of_label(sums, code), items, common > 0)
    return LabelUnitsAlpha(name, alpha, common / length if length else None)


def _figure(values: Floats, items: int, shared: bool) -> Figure:
    if not items:
        return Figure(None, why=NO_OVERLAP)
    if np.isnan(values[0]):
        return Figure(None, n=items, why=ONE_ANSWER_ONLY if shared else NO_COMMON_MARK)
    return figure(float(values[0]), values[1:], items)


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)


def _by(cell: Codes, weight: Floats, size: tuple[int, int]) -> Floats:
    return np.bincount(cell, weight, minlength=size[0] * size[1]).reshape(size).astype(np.float64)


def _each(mark: Codes, weight: Floats, marks: int) -> Floats:
    return np.bincount(mark, weight, minlength=marks).astype(np.float64)


def _lengths(marks: Marks, lengths: Mapping[Hashable, float]) -> Floats:
    found = np.array([lengths.get(item, np.nan) for item in marks.items], np.float64)
    reach = np.zeros(len(marks.items))
    np.maximum.at(reach, marks.item, marks.end)
    wrong = np.flatnonzero(~(found >= reach) | ~np.isfinite(found) | (found <= 0))
    if wrong.size:
        row = int(wrong[0])
        raise UnknownLength(item=str(marks.items[row]), length=float(found[row]), end=float(reach[row]))
    if marks.start.size and marks.start.min() < 0:
        row = int(np.argmin(marks.start))
        raise UnknownLength(item=str(marks.items[marks.item[row]]), length=0.0, end=float(marks.start[row]))
    return found


def _demand_apart(marks: Marks) -> None:
    over = (marks.answer[1:] == marks.answer[:-1]) & (marks.start[1:] < marks.end[:-1])
    if over.any():
        answer = int(marks.answer[int(np.argmax(over))])
        item, who = marks.items[marks.answer_item[answer]], marks.annotators[marks.answer_annotator[answer]]
        raise OverlappingUnits(item=str(item), annotator=str(who))
