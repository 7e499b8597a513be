"""How much a model supports each given label: the score by which suspects are ranked, lowest first.

Formula: with p_ij the predicted probability of class j for item i, y_i the given label, t_j the class thresholds:
    self-confidence     q_i = p_i,y
    normalized margin   q_i = (p_i,y - max over j != y of p_ij + 1) / 2
    adjusted            the same of p'_ij = (p_ij - t_j + max t) / sum_j (p_ij - t_j + max t)
Assumes: probabilities out of sample. `adjusted` makes up for a model that is surer of frequent classes.
Source: Northcutt, Jiang & Chuang 2021, doi:10.1613/jair.1.12125; Kuan & Mueller 2022, Model-agnostic label quality
    scoring to detect real-world label errors (ICML DataPerf workshop).
"""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guiju.kit import N_
from guiju.stats.columns import Floats
from guiju.stats.label_errors.confident import count_confident
from guiju.stats.label_errors.errors import UnknownChoice
from guiju.stats.label_errors.probabilities import Block, Checked, checked, own

Score: TypeAlias = Literal["self-confidence", "normalized-margin"]
SCORES: tuple[Score, ...] = ("self-confidence", "normalized-margin")


def label_quality(
    labels: Sequence[int] | NDArray[Any],
    probabilities: ArrayLike,
    score: Score = "self-confidence",
    *,
    adjusted: bool = False,
) -> Floats:
    """A score in 0 to 1 for each of n labels (column numbers) from an n x K table: low means suspect.

    Raises `UnknownChoice`, and what `confident_joint` raises.

    >>> label_quality([0, 1], [[0.7, 0.3], [0.8, 0.2]], "normalized-margin").round(2).tolist()
    [0.7, 0.2]
    """
    if score not in SCORES:
        raise UnknownChoice(value=score, what=N_("rank labels"), known=", ".join(SCORES))
    data = checked(labels, probabilities)
    return quality(data, score, count_confident(data).joint.thresholds if adjusted else None)


def quality(data: Checked, score: Score, thresholds: Floats | None = None) -> Floats:
    """The scores of checked data, adjusted if `thresholds` are given.

    >>> quality(checked([0, 1], [[0.7, 0.3], [0.8, 0.2]]), "self-confidence").tolist()
    [0.7, 0.2]
    """
    scores = np.empty(len(data.labels))
    for block in data.blocks():
        shown = block if thresholds is None else _adjusted(block, thresholds)
        scores[block.begin : block.end] = own(shown) if score == "self-confidence" else (_margin(shown) + 1) / 2
    return scores


def _adjusted(block: Block, thresholds: Floats) -> Block:
    table = block.probabilities - thresholds + thresholds.max()
    return block._replace(probabilities=table / table.sum(axis=1, keepdims=True))


def _margin(block: Block) -> NDArray[np.floating[Any]]:
    others = block.probabilities.copy()
    others[np.arange(len(block.labels)), block.labels] = -np.inf
    return own(block) - others.max(axis=1)
