"""Where agreement is lost: between whom, on which label, and which label is taken for which."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from guiju.stats.columns import AnswerPairs, Codes, Columns, Floats, pairs_within

ITEMS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two annotators on the `n` items that both answered; `kappa` is `None` where chance alone would agree fully."""

    a: Hashable
    b: Hashable
    n: int
    observed: float
    kappa: float | None

    def to_dict(self) -> dict[str, object]:
        return {"a": self.a, "b": self.b, "n": self.n, "observed": self.observed, "kappa": self.kappa}


@dataclass(frozen=True, slots=True)
class LabelAlpha:
    """Alpha of one label against all others; `n` answers gave it. `None` if all answers or none gave it."""

    label: Hashable
    n: int
    alpha: float | None

    def to_dict(self) -> dict[str, object]:
        return {"label": self.label, "n": self.n, "alpha": self.alpha}


@dataclass(frozen=True, slots=True)
class Confusion:
    """Pairs of answers that said `a` and `b` of one item, in either order; `items` names at most 50 of those items."""

    a: Hashable
    b: Hashable
    count: int
    items: tuple[Hashable, ...]

    def to_dict(self) -> dict[str, object]:
        return {"a": self.a, "b": self.b, "count": self.count, "items": list(self.items)}


def pair_agreements(columns: Columns, at_least: int = 1) -> tuple[PairAgreement, ...]:
    """Each two annotators with `at_least` common items, most items first.

    Cohen's kappa, (p_o - p_e) / (1 - p_e) with p_e from the two annotators' own label shares on their common items:
    Cohen 1960, doi:10.1177/001316446002000104.
    """
    found = _of_two(columns, pairs_within(columns.item))
    who = columns.annotator[found.left] * len(columns.annotators) + columns.annotator[found.right]
    codes, place, n = np.unique(who, return_inverse=True, return_counts=True)
    same = np.bincount(place, columns.label[found.left] == columns.label[found.right], minlength=codes.size) / n
    expected = _expected(columns, found, place, n)
    order = [i for i in np.lexsort((codes, -n)) if n[i] >= at_least]
    return tuple(_pair(columns, int(codes[i]), int(n[i]), float(same[i]), float(expected[i])) for i in order)


def _of_two(columns: Columns, found: AnswerPairs) -> AnswerPairs:
    """Pairs by different annotators: kept repeats pair an annotator with themselves."""
    two = columns.annotator[found.left] != columns.annotator[found.right]
    return AnswerPairs(found.item[two], found.left[two], found.right[two])


def _pair(columns: Columns, code: int, n: int, observed: float, expected: float) -> PairAgreement:
    left, right = divmod(code, len(columns.annotators))
    kappa = (observed - expected) / (1 - expected) if expected < 1 else None
    return PairAgreement(columns.annotators[left], columns.annotators[right], n, observed, kappa)


def _expected(columns: Columns, found: AnswerPairs, place: Codes, n: Codes) -> Floats:
    """Agreement by chance of each pair of annotators: the product of their label shares, summed over labels."""
    width = len(columns.labels)
    left, left_n = np.unique(place * width + columns.label[found.left], return_counts=True)
    right, right_n = np.unique(place * width + columns.label[found.right], return_counts=True)
    both, at_left, at_right = np.intersect1d(left, right, assume_unique=True, return_indices=True)
    products = left_n[at_left] * right_n[at_right]
    return np.bincount(both // max(1, width), products, minlength=n.size) / np.square(n.astype(np.float64))


def label_alphas(columns: Columns) -> tuple[LabelAlpha, ...]:
    """Nominal alpha of each label, one against the rest, over items with two answers or more; worst first."""
    answers = columns.answers_per_item
    width = len(columns.labels)
    pairable = answers[columns.item] >= 2
    cell, count = np.unique((columns.item * width + columns.label)[pairable], return_counts=True)
    m = answers[cell // max(1, width)]
    apart = np.bincount(cell % max(1, width), 2 * count * (m - count) / (m - 1), minlength=width)
    n = np.bincount(columns.label[pairable], minlength=width)
    alphas = [_binary_alpha(float(a), int(c), int(n.sum())) for a, c in zip(apart, n, strict=True)]
    found = [LabelAlpha(*row) for row in zip(columns.labels, n.tolist(), alphas, strict=True)]
    return tuple(sorted(found, key=lambda label: (label.alpha is None, label.alpha or 0.0)))


def _binary_alpha(apart: float, count: int, total: int) -> float | None:
    expected = 2 * count * (total - count) / (total - 1) if total > 1 else 0.0
    return 1 - apart / expected if expected else None


def confusions(columns: Columns) -> tuple[Confusion, ...]:
    """Each two labels given to the same item by different annotators, most pairs of answers first."""
    found = pairs_within(columns.item)
    a, b = columns.label[found.left], columns.label[found.right]
    code = np.minimum(a, b) * len(columns.labels) + np.maximum(a, b)
    rows = np.flatnonzero(a != b)
    rows = rows[np.lexsort((found.item[rows], code[rows]))]
    codes, start, count = np.unique(code[rows], return_index=True, return_counts=True)
    order = np.lexsort((codes, -count))
    return tuple(_confusion(columns, int(codes[i]), found.item[rows[start[i] : start[i] + count[i]]]) for i in order)


def _confusion(columns: Columns, code: int, items: Codes) -> Confusion:
    a, b = divmod(code, len(columns.labels))
    shown = np.unique(items)[:ITEMS_SHOWN]
    return Confusion(columns.labels[a], columns.labels[b], len(items), tuple(columns.items[i] for i in shown))
