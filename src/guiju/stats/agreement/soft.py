"""Agreement of soft labels: answers that are shares over the labels ("70% sad, 30% angry").

Formula: with m = (p + q) / 2 and H the entropy in bits,
    JS(p, q) = H(m) - (H(p) + H(q)) / 2, in [0, 1];   Jensen-Shannon distance = sqrt(JS), which is a metric
    observed agreement = mean over items of the mean of 1 - JS over pairs of answers;   alpha = 1 - D_o / D_e with JS
Assumes: shares are of the same labels in the same order and are scaled to sum 1; an annotator's shares are what they
mean: it cannot tell doubt from a mixed item.
Source: Lin 1991, doi:10.1109/18.61115 (divergence); Endres & Schindelin 2003, doi:10.1109/TIT.2003.813506 (metric);
Krippendorff, Content Analysis (2004), ch. 11 (alpha with any distance).
Intervals: percentile bootstrap over items.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guiju.kit import N_, Sentence
from guiju.stats.agreement.pairwise import PairwiseAgreement, agreement_from_distances, chance_pairs
from guiju.stats.agreement.structured_errors import NotShares
from guiju.stats.columns import Codes, Floats, in_order, pairs_within
from guiju.stats.errors import ContradictingAnswers, UnevenColumns
from guiju.stats.figure import NO_OVERLAP

_CHUNK = 1_000_000


@dataclass(frozen=True, slots=True)
class JensenShannon:
    """The divergence in bits, in [0, 1], and the distance, its square root."""

    divergence: float
    distance: float

    def to_dict(self) -> dict[str, object]:
        return {"divergence": self.divergence, "distance": self.distance}


@dataclass(frozen=True, slots=True)
class SoftAgreement:
    """Observed agreement and alpha by Jensen-Shannon divergence, and the mean divergence of pairs."""

    agreement: PairwiseAgreement
    items: int
    annotators: int
    answers: int

    def to_dict(self) -> dict[str, object]:
        counts = {"items": self.items, "annotators": self.annotators, "answers": self.answers}
        return {**counts, **self.agreement.to_dict()}

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        observed = self.agreement.observed
        if observed.value is None:
            return (Sentence(observed.why or NO_OVERLAP),)
        said = N_(
            "Two people's shares for one item overlap to {observed} on average: 1 is the same shares, 0 is nothing."
        )
        caution = N_("Vague answers overlap easily: read alpha beside it, which compares with answers to other items.")
        return (Sentence(said, {"observed": f"{observed.value:.3f}"}), Sentence(caution))


def jensen_shannon(p: ArrayLike, q: ArrayLike) -> JensenShannon:
    """Divergence and distance of two soft labels; shares need not sum to 1. Raises `NotShares`.

    >>> found = jensen_shannon([1, 0], [0.5, 0.5])
    >>> round(found.divergence, 4), round(found.distance, 4)
    (0.3113, 0.5579)
    """
    one, other = _shares([p]), _shares([q])
    if one.shape != other.shape:
        raise NotShares(problem=f"{one.shape[1]} ≠ {other.shape[1]}")
    divergence = float(_divergence(one, other)[0])
    return JensenShannon(divergence, divergence**0.5)


def divergences(shares: ArrayLike, left: Codes, right: Codes) -> Floats:
    """The divergence of each pair of rows of `shares` (rows x labels, in any scale). Raises `NotShares`.

    >>> divergences([[1, 0], [1, 1], [0, 2]], [0, 0], [1, 2]).round(4).tolist()
    [0.3113, 1.0]
    """
    return _of_pairs(_shares(shares), np.asarray(left, np.int64), np.asarray(right, np.int64))


def soft_agreement(
    item: Sequence[Hashable], annotator: Sequence[Hashable], shares: ArrayLike, seed: int = 0
) -> SoftAgreement:
    """Agreement of soft labels: one row for each item and annotator, `shares` rows x labels, in any scale.

    Raises `NotShares`, `UnevenColumns`, and `ContradictingAnswers` when one annotator answers one item twice.

    >>> found = soft_agreement([1, 1, 2, 2], "abab", [[1, 0], [0.5, 0.5], [0, 1], [0, 1]])
    >>> round(found.agreement.observed.value, 4), round(found.agreement.alpha.value, 4)
    (0.8444, 0.6817)
    """
    table = _shares(shares)
    if not len(item) == len(annotator) == len(table):
        raise UnevenColumns(items=len(item), annotators=len(annotator), labels=len(table))
    _demand_once(item, annotator)
    names = in_order(set(item))
    place = {name: code for code, name in enumerate(names)}
    codes = np.fromiter((place[one] for one in item), np.int64, len(item))
    # The order of the rows must not matter, and the chance pairs are drawn by row: sort by item, then by the shares.
    order = np.lexsort((*table.T[::-1], codes))
    order = order[np.bincount(codes, minlength=len(names))[codes[order]] >= 2]
    kept, codes = table[order], codes[order]
    within = pairs_within(codes)
    apart = _of_pairs(kept, within.left, within.right)
    at_large = chance_pairs(len(kept), seed)
    found = agreement_from_distances(within.item, apart, _of_pairs(kept, at_large.left, at_large.right), seed)
    by_item = _by_item(names, within.item, apart)
    agreement = PairwiseAgreement(found.observed, found.alpha, by_item)
    return SoftAgreement(agreement, len(names), len(set(annotator)), len(item))


def _by_item(names: Sequence[Hashable], item: Codes, apart: Floats) -> tuple[tuple[Hashable, float], ...]:
    codes, place, pairs = np.unique(item, return_inverse=True, return_counts=True)
    share = 1 - np.bincount(place, apart, minlength=codes.size) / pairs
    order = np.argsort(share, kind="stable")
    return tuple((names[int(codes[i])], float(share[i])) for i in order)


def _of_pairs(table: NDArray[np.float64], left: Codes, right: Codes) -> Floats:
    step = max(1, _CHUNK // max(1, table.shape[1]))
    parts = [_divergence(table[left[i : i + step]], table[right[i : i + step]]) for i in range(0, len(left), step)]
    return np.concatenate(parts) if parts else np.empty(0)


def _divergence(p: NDArray[np.float64], q: NDArray[np.float64]) -> Floats:
    apart = _entropy((p + q) / 2) - (_entropy(p) + _entropy(q)) / 2
    return np.clip(np.where((p == q).all(axis=1), 0.0, apart), 0.0, 1.0)


def _entropy(p: NDArray[np.float64]) -> Floats:
    return -(p * np.log2(p, out=np.zeros_like(p), where=p > 0)).sum(axis=1)


def _shares(shares: ArrayLike | Sequence[ArrayLike]) -> NDArray[np.float64]:
    try:
        found = np.asarray(cast("ArrayLike", shares), np.float64)
    except (TypeError, ValueError) as error:
        raise NotShares(problem="…") from error
    if found.ndim != 2 or not found.shape[1]:
        raise NotShares(problem=str(found.shape))
    if not np.isfinite(found).all() or (found < 0).any() or (found.sum(axis=1) <= 0).any():
        raise NotShares(problem="NaN, < 0, Σ = 0")
    return found / found.sum(axis=1, keepdims=True)


def _demand_once(item: Sequence[Hashable], annotator: Sequence[Hashable]) -> None:
    seen: set[tuple[Hashable, Hashable]] = set()
    for key in zip(item, annotator, strict=True):
        if key in seen:
            raise ContradictingAnswers(item=str(key[0]), annotator=str(key[1]), rows=1)
        seen.add(key)
