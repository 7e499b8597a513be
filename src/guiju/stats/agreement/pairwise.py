"""Agreement of answers that cannot be tabled (boxes, spans, masks): from distances of pairs.

Formula: observed = mean over items of 1 - mean distance of the item's pairs of answers; alpha = 1 - D_o / D_e, with D_o
the mean over answers of the mean distance within their item, and D_e the mean distance of pairs of answers at large.
Assumes: a distance in [0, 1] that is 0 for equal answers and the same both ways; independent annotators.
Source: Krippendorff, Content Analysis (2004, ISBN 978-0-7619-1545-4), ch. 11; Efron 1979, doi:10.1214/aos/1176344552.

The caller has a distance in [0, 1] between two answers. Observed agreement is exact. Alpha's expected distance is the
mean over pairs drawn from all answers at large; up to `CAP` pairs it is all of them, which is Krippendorff's D_e.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from guiju.stats.columns import Codes, Floats, in_order, pairs_within
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY, Figure, figure

CAP = 20_000
REPLICATES = 1_000
A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class PairwiseAgreement:
    """Observed agreement and alpha over items, and each item's own observed agreement, the worst first."""

    observed: Figure
    alpha: Figure
    by_item: tuple[tuple[Hashable, float], ...] = ()

    def to_dict(self) -> dict[str, object]:
        return {"observed": self.observed.to_dict(), "alpha": self.alpha.to_dict(), "by_item": list(self.by_item)}


class RowPairs(NamedTuple):
    """Row numbers of the left and of the right answer of each pair."""

    left: Codes
    right: Codes


def chance_pairs(answers: int, seed: int = 0, cap: int = CAP) -> RowPairs:
    """Pairs of different rows out of `answers`: all of them if they are at most `cap`, else `cap` drawn with `seed`.

    >>> list(zip(*(rows.tolist() for rows in chance_pairs(3))))
    [(0, 1), (0, 2), (1, 2)]
    """
    if answers * (answers - 1) // 2 <= cap:
        left, right = np.triu_indices(answers, 1)
        return RowPairs(left.astype(np.int64), right.astype(np.int64))
    rng = np.random.default_rng(seed)
    left = rng.integers(0, answers, cap)
    right = (left + rng.integers(1, answers, cap)) % answers
    return RowPairs(left, right)


def agreement_from_distances(item_index: Codes, distance: Floats, expected: Floats, seed: int = 0) -> PairwiseAgreement:
    """From `distance` of every pair of answers to item `item_index`, and `expected` distances of pairs at large.

    Items weigh alike in observed agreement and by their answers in alpha, as in `stats.agreement`. The bootstrap
    resamples items and holds the expected distance fixed, so the interval of alpha is a little narrow for few items.

    >>> found = agreement_from_distances(np.array([0, 1]), np.array([0.0, 0.5]), np.array([0.5, 0.5]))
    >>> found.observed.value, found.alpha.value
    (0.75, 0.5)
    """
    if not len(distance):
        return PairwiseAgreement(Figure(None, why=NO_OVERLAP), Figure(None, why=NO_OVERLAP))
    _, place, pairs = np.unique(item_index, return_inverse=True, return_counts=True)
    mean = np.bincount(place, distance) / pairs
    answers = (1 + np.sqrt(1 + 8 * pairs)) / 2  # m answers make m(m-1)/2 pairs
    weights = _resamples(len(pairs), seed)
    at_large = float(expected.mean()) if len(expected) else 0.0
    observed = figure(float(1 - mean.mean()), 1 - weights @ mean / len(pairs), len(pairs))
    if at_large == 0:
        return PairwiseAgreement(observed, Figure(None, n=len(pairs), why=ONE_ANSWER_ONLY))
    alphas = 1 - (weights @ (answers * mean)) / (weights @ answers) / at_large
    alpha = float(1 - (answers * mean).sum() / answers.sum() / at_large)
    return PairwiseAgreement(observed, figure(alpha, alphas, len(pairs)))


def alpha_from_distances(item_index: Codes, distance: Floats, expected: Floats) -> float | None:
    """Alpha alone, without its interval; `None` where nothing is compared or all answers are equal.

    >>> alpha_from_distances(np.array([0, 1]), np.array([0.0, 0.5]), np.array([0.5, 0.5]))
    0.5
    """
    at_large = float(expected.mean()) if len(expected) else 0.0
    if not len(distance) or at_large == 0:
        return None
    pairs = np.bincount(item_index).astype(np.float64)
    total = np.bincount(item_index, distance)
    answers = np.where(pairs > 0, (1 + np.sqrt(1 + 8 * pairs)) / 2, 0.0)
    return float(1 - (answers * total / np.maximum(1, pairs)).sum() / answers.sum() / at_large)


def agreement_of_answers(
    item: Sequence[Hashable], answers: Sequence[A], distance: Callable[[A, A], float], seed: int = 0
) -> PairwiseAgreement:
    """The same from the answers themselves: one row for each item and annotator, `distance` called for each pair.

    >>> found = agreement_of_answers([1, 1, 2, 2], [0.1, 0.2, 0.9, 0.9], lambda a, b: abs(a - b))
    >>> round(found.observed.value, 2), round(found.alpha.value, 2)
    (0.95, 0.9)
    """
    names = in_order(set(item))
    place = {name: code for code, name in enumerate(names)}
    codes = np.fromiter((place[name] for name in item), np.int64, len(item))
    order = np.argsort(codes, kind="stable")
    answered = np.bincount(codes, minlength=len(names))
    order = order[answered[codes[order]] >= 2]
    rows: list[int] = order.tolist()
    kept: list[A] = [answers[row] for row in rows]
    within = pairs_within(codes[order])
    apart = _distances(kept, within.left, within.right, distance)
    expected = _distances(kept, *chance_pairs(len(kept), seed), distance)
    found = agreement_from_distances(within.item, apart, expected, seed)
    return PairwiseAgreement(found.observed, found.alpha, _by_item(names, within.item, apart))


def _distances(answers: Sequence[A], left: Codes, right: Codes, distance: Callable[[A, A], float]) -> Floats:
    lefts: list[int] = left.tolist()
    rights: list[int] = right.tolist()
    pairs = zip(lefts, rights, strict=True)
    return np.fromiter((distance(answers[a], answers[b]) for a, b in pairs), np.float64, len(left))


def _by_item(names: Sequence[Hashable], item: Codes, distance: Floats) -> tuple[tuple[Hashable, float], ...]:
    codes, place, pairs = np.unique(item, return_inverse=True, return_counts=True)
    share = 1 - np.bincount(place, distance, minlength=codes.size) / pairs
    order = np.argsort(share, kind="stable")
    shares: list[float] = share[order].tolist()
    return tuple((names[code], one) for code, one in zip(codes[order].tolist(), shares, strict=True))


def _resamples(items: int, seed: int) -> Floats:
    """How often each item is drawn in each bootstrap replicate (replicates x items)."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(items, np.full(items, 1 / items), REPLICATES).astype(np.float64)
