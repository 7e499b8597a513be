"""Confident learning: how often is a thing that is truly j labelled i? Counted from a model's probabilities.

Formula: with p_ij the predicted probability of class j for item i, y_i its given label, K classes:
    threshold    t_j  = mean of p_ij over the items labelled j
    confident    item i counts as truly j if p_ij >= t_j; if several classes qualify, as its most probable class
    counts       C_ij = number of items labelled i that count as truly j, the diagonal at least 1
    joint        J_ij = n_i C_ij / sum_k C_ik, with n_i the items labelled i; rounded, each row still adding up to n_i
    noise        P(label i | truly j) = J_ij / sum_k J_kj;  inverse P(truly j | label i) = J_ij / n_i
Assumes: the probabilities are out of sample (the model never saw the item's own label: cross-validation), and mistakes
    depend on the true class and not on the item. Both are only roughly true, so read the joint as an estimate.
Source: Northcutt, Jiang & Chuang 2021, doi:10.1613/jair.1.12125. The answers are those of the authors' own package,
    `cleanlab`, to whose habits we keep: comparisons allow 1e-6, a class that is no label has the threshold 2, and among
    several qualifying classes the most probable class of all is taken, even one below its own threshold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Floats
from guiju.stats.label_errors.probabilities import Block, Checked, checked, own

NEAR = 1e-6
_UNUSED = 2.0
_LEAST = 2e-6

_MEANING = N_(
    "The model's probabilities suggest that about {wrong} of {n} labels ({share}) are wrong. "
    "Most often what is truly “{true}” is labelled “{given}”: about {count} times."
)
_MEANING_NONE = N_("The model's probabilities speak against none of the {n} labels.")
_CAUTION = N_(
    "This is an estimate from one model. It is only as good as the model, and it counts for nothing if the model "
    "learnt from these same labels; it says which labels to look at again, not which are wrong."
)


@dataclass(frozen=True, slots=True, eq=False)
class ConfidentJoint:
    """What `confident_joint` counted; arrays are indexed [given label, true class]."""

    thresholds: Floats
    counts: Codes
    joint: Codes
    labelled: Codes

    @property
    def n(self) -> int:
        return int(self.labelled.sum())

    @property
    def wrong(self) -> int:
        """Labels estimated to be wrong: what stands off the diagonal of the joint."""
        return int(self.joint.sum() - np.trace(self.joint))

    @property
    def true_share(self) -> Floats:
        """The estimated share of each true class."""
        return self.joint.sum(axis=0) / self.n

    @property
    def noise(self) -> Floats:
        """P(label | truth), each column adding up to 1; a column of zeros for a class nothing is estimated to be."""
        return self.joint / np.maximum(self.joint.sum(axis=0), 1)

    @property
    def inverse_noise(self) -> Floats:
        """P(truth | label), each row adding up to 1; a row of zeros for a class that is nobody's label."""
        return self.joint / np.maximum(self.joint.sum(axis=1, keepdims=True), 1)

    def to_dict(self) -> dict[str, object]:
        thresholds = [None if one == _UNUSED else float(one) for one in self.thresholds]
        return {
            "n": self.n,
            "wrong": self.wrong,
            "thresholds": thresholds,
            "counts": self.counts.tolist(),
            "joint": self.joint.tolist(),
            "noise": self.noise.tolist(),
            "inverse_noise": self.inverse_noise.tolist(),
            "true_share": self.true_share.tolist(),
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        return self.told([str(one) for one in range(len(self.labelled))])

    def told(self, names: Sequence[str]) -> tuple[Sentence, ...]:
        """The meaning with the classes' own names."""
        if self.wrong == 0:
            return (Sentence(_MEANING_NONE, {"n": self.n}), Sentence(_CAUTION))
        off = self.joint * (1 - np.eye(len(self.joint), dtype=np.int64))
        given, true = divmod(int(off.argmax()), len(off))
        places = {
            "wrong": self.wrong,
            "n": self.n,
            "share": f"{100 * self.wrong / self.n:.1f}%",
            "given": names[given],
            "true": names[true],
            "count": int(off.max()),
        }
        return (Sentence(_MEANING, places), Sentence(_CAUTION))


def confident_joint(labels: Sequence[int] | NDArray[Any], probabilities: ArrayLike) -> ConfidentJoint:
    """The confident joint of n `labels` (column numbers) and an n x K table of predicted `probabilities`.

    `counts` are the confident items alone, `joint` is calibrated to the number of labels of each class.
    Raises `NothingToCheck`, `UnevenProbabilities`, `UnknownClass`, `NotProbabilities`.

    >>> p = [[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.2, 0.8], [0.1, 0.9], [0.3, 0.7], [0.4, 0.6], [0.85, 0.15]]
    >>> found = confident_joint([0, 0, 0, 0, 1, 1, 1, 1], p)
    >>> found.thresholds.round(4).tolist(), found.counts.tolist(), found.wrong
    ([0.65, 0.5875], [[3, 1], [1, 3]], 2)
    """
    return count_confident(checked(labels, probabilities)).joint


class Confident(NamedTuple):
    """The joint, and for each item whether its label speaks against the class it confidently counts as."""

    joint: ConfidentJoint
    against: NDArray[np.bool_]


def count_confident(data: Checked) -> Confident:
    """The confident joint of checked data in two passes over blocks.

    >>> count_confident(checked([0, 0, 1], [[0.9, 0.1], [0.2, 0.8], [0.3, 0.7]])).against.tolist()
    [False, True, False]
    """
    labelled = np.bincount(data.labels, minlength=data.classes)
    thresholds = _thresholds(data, labelled)
    counts = np.zeros(data.classes**2, np.int64)
    against = np.zeros(len(data.labels), bool)
    limits = (thresholds - NEAR).astype(data.probabilities.dtype)
    for block in data.blocks():
        truth, confident = _counted_as(block, limits)
        cells = block.labels * data.classes + truth
        counts += np.bincount(cells[confident], minlength=counts.size)
        against[block.begin : block.end] = confident & (truth != block.labels)
    table = counts.reshape(data.classes, data.classes)
    np.fill_diagonal(table, table.diagonal().clip(min=1))
    return Confident(ConfidentJoint(thresholds, table, _calibrated(table, labelled), labelled), against)


def _thresholds(data: Checked, labelled: Codes) -> Floats:
    sums = np.zeros(data.classes)
    for block in data.blocks():
        sums += np.bincount(block.labels, weights=own(block), minlength=data.classes)
    means = np.divide(sums, labelled, out=np.full(data.classes, _UNUSED), where=labelled > 0)
    return np.maximum(means, _LEAST)


def _counted_as(block: Block, limits: NDArray[Any]) -> tuple[Codes, NDArray[np.bool_]]:
    """The class that each row counts as, and whether it counts at all."""
    qualifies = block.probabilities >= limits
    many = np.count_nonzero(qualifies, axis=1)
    truth = qualifies.argmax(axis=1).astype(np.int64)
    np.copyto(truth, block.probabilities.argmax(axis=1), where=many > 1)
    return truth, many > 0


def _calibrated(counts: Codes, labelled: Codes) -> Codes:
    """`counts` scaled so that each row adds up to the labels of its class, in whole numbers."""
    # The diagonal is at least 1, so no row is empty. The second scaling undoes rounding alone.
    scaled = counts / counts.sum(axis=1, keepdims=True) * labelled[:, None]
    scaled = scaled / scaled.sum() * labelled.sum()
    return _rounded_rows(scaled)


def _rounded_rows(table: Floats) -> Codes:
    """Whole numbers near `table`, each row keeping its rounded sum: the cells that rounding wronged most give way.

    Among equally wronged cells the last gets one more, the first gives one up.
    """
    whole = table.round()
    missing = (table.sum(axis=1).round() - whole.sum(axis=1)).astype(np.int64)
    for row in np.flatnonzero(missing):
        wronged = np.argsort(table[row] - whole[row], kind="stable")
        if missing[row] > 0:
            whole[row, wronged[::-1][: missing[row]]] += 1
        else:
            whole[row, wronged[: -missing[row]]] -= 1
    return whole.astype(np.int64)
