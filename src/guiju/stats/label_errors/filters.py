"""Which labels are suspect: four ways to turn the confident joint into a set of items, and two plain ones.

Formula: with J the calibrated joint (label i, truly j), n_i the items labelled i, p the predicted probabilities:
    prune-by-class         of the items labelled i, the n_i - J_ii with the lowest p_i
    prune-by-noise-rate    for each i != j, of the items labelled i the J_ij with the largest p_j - p_i
    both                   those that the two above agree on
    confident-learning     those that confidently count as another class than their label
    low-self-confidence, low-normalized-margin    as many as confident-learning names, those with the lowest score
In the first four an item is left out again when its label is, within 1e-6, its most probable class; the diagonal of J
is raised to `keep` where it is less, at the cost of its row's other cells, so that no class is suspected to the last
item. Equal scores: the earlier row.
Assumes: what `confident_joint` assumes.
Source: Northcutt, Jiang & Chuang 2021, doi:10.1613/jair.1.12125, section 3.2.
"""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guiju.kit import N_
from guiju.stats.columns import Codes
from guiju.stats.label_errors.confident import NEAR, Confident, count_confident
from guiju.stats.label_errors.errors import UnknownChoice
from guiju.stats.label_errors.probabilities import Checked, Probabilities, checked, own
from guiju.stats.label_errors.ranking import quality

By: TypeAlias = Literal[
    "prune-by-noise-rate",
    "prune-by-class",
    "both",
    "confident-learning",
    "low-self-confidence",
    "low-normalized-margin",
]
WAYS: tuple[By, ...] = (
    "prune-by-noise-rate",
    "prune-by-class",
    "both",
    "confident-learning",
    "low-self-confidence",
    "low-normalized-margin",
)
Mask: TypeAlias = NDArray[np.bool_]


def suspects(
    labels: Sequence[int] | NDArray[Any], probabilities: ArrayLike, by: By = "prune-by-noise-rate", *, keep: int = 1
) -> Mask:
    """Whether each of n labels (column numbers) is suspect, from an n x K table of predicted probabilities.

    A class with `keep` labels or fewer is left alone by the pruning ways. Raises `UnknownChoice`, and what
    `confident_joint` raises.

    >>> p = [[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.2, 0.8], [0.1, 0.9], [0.3, 0.7], [0.4, 0.6], [0.85, 0.15]]
    >>> np.flatnonzero(suspects([0, 0, 0, 0, 1, 1, 1, 1], p)).tolist()
    [3, 7]
    """
    if by not in WAYS:
        raise UnknownChoice(value=by, what=N_("find label errors"), known=", ".join(WAYS))
    if keep < 1:
        raise UnknownChoice(value=f"keep={keep}", what=N_("find label errors"), known="keep >= 1")
    data = checked(labels, probabilities)
    return suspect_rows(data, count_confident(data), by, keep)


def suspect_rows(data: Checked, confident: Confident, by: By, keep: int = 1) -> Mask:
    """The suspects of checked data whose confident joint is known.

    >>> data = checked([0, 0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.3, 0.7], [0.1, 0.9]])
    >>> suspect_rows(data, count_confident(data), "confident-learning").tolist()
    [False, True, False, False]
    """
    doubted = _doubted(data)
    if by.startswith("low-"):
        score = quality(data, "self-confidence" if by == "low-self-confidence" else "normalized-margin")
        mask = np.zeros(len(data.labels), bool)
        mask[lowest(score, int((confident.against & doubted).sum()))] = True
        return mask
    if by == "confident-learning":
        return confident.against & doubted
    return _pruned(data, _to_prune(confident.joint.joint, keep), by, keep) & doubted


def lowest(scores: NDArray[Any], many: int) -> Codes:
    """The rows of the `many` lowest scores; of equal ones the earlier. In no particular order.

    >>> sorted(lowest(np.array([0.5, 0.2, 0.5, 0.1]), 3).tolist())
    [0, 1, 3]
    """
    if many <= 0:
        return np.empty(0, np.int64)
    if many >= len(scores):
        return np.arange(len(scores))
    edge = np.partition(scores, many - 1)[many - 1]
    below = np.flatnonzero(scores < edge)
    return np.concatenate([below, np.flatnonzero(scores == edge)[: many - below.size]])


def _doubted(data: Checked) -> Mask:
    """Whether some class is more probable than the given label."""
    doubted = np.empty(len(data.labels), bool)
    for block in data.blocks():
        doubted[block.begin : block.end] = block.probabilities.max(axis=1) > own(block) + NEAR
    return doubted


def _to_prune(joint: Codes, keep: int) -> Codes:
    """The joint with a diagonal of at least `keep`; what is added is taken evenly from the row's other cells."""
    diagonal = np.diagonal(joint)
    raised = np.maximum(diagonal, keep)
    sharers = np.maximum(np.count_nonzero(joint, axis=1) - 1.0, 1.0)
    table = np.floor(np.maximum(joint - ((raised - diagonal) / sharers)[:, None], 0)).astype(np.int64)
    np.fill_diagonal(table, raised)
    return table


def _pruned(data: Checked, prune: Codes, by: By, keep: int) -> Mask:
    mask = np.zeros(len(data.labels), bool)
    small = data.labels.astype(np.min_scalar_type(data.classes), copy=False)
    order = np.argsort(small, kind="stable")
    ends = np.cumsum(np.bincount(data.labels, minlength=data.classes))
    for given, (begin, end) in enumerate(zip(np.r_[0, ends[:-1]], ends, strict=True)):
        if end - begin > keep:
            rows = order[begin:end]
            mask[rows] = _pruned_of_class(data.probabilities[rows], given, prune[given], by)
    return mask


def _pruned_of_class(table: Probabilities, given: int, prune: Codes, by: By) -> Mask:
    mine = table[:, given]
    by_class, by_rate = np.zeros(len(table), bool), np.zeros(len(table), bool)
    if by != "prune-by-noise-rate":
        by_class[lowest(mine, len(table) - int(prune[given]))] = True
    if by != "prune-by-class":
        for true in np.flatnonzero(prune):
            if true != given:
                by_rate[lowest(mine - table[:, true], int(prune[true]))] = True
    return by_class & by_rate if by == "both" else by_class | by_rate
