"""Rows of posterior probabilities: made from their logs, and gathered from blocks.

Formula: q_k = exp(s_k - max s) / sum_c exp(s_c - max s); log sum = max s + log sum_c exp(s_c - max s).
Assumes: at least one finite score a row. Source: the log-sum-exp of Blanchard, Higham & Higham 2021,
doi:10.1093/imanum/draa038.
"""

import numpy as np

from guiju.stats.columns import Codes, Floats
from guiju.stats.consensus.result import Picked, Ties
from guiju.stats.consensus.rows import row_max, row_sum


def normalise(scores: Floats) -> Floats:
    """Turn rows of log weights into probabilities, in place, and give the log of each row's sum of weights.

    The largest weight of a row becomes 1 before the exponential, so none can overflow and not all can vanish.

    >>> scores = np.log([[1.0, 3.0]])
    >>> normalise(scores).round(4).tolist(), scores.round(2).tolist()
    ([1.3863], [[0.25, 0.75]])
    """
    top = row_max(scores)
    scores -= top[:, None]
    np.exp(scores, out=scores)
    whole = row_sum(scores)
    scores /= whole[:, None]
    return np.log(whole) + top


class Collected:
    """What blocks of items come to, put together in the items' order."""

    def __init__(self, items: int) -> None:
        self._label = np.empty(items, np.int32)
        self._confidence = np.empty(items)
        self._ties: list[Ties] = []

    def put(self, first: int, found: Picked) -> None:
        """The items from `first` on."""
        place = slice(first, first + len(found.label))
        self._label[place], self._confidence[place] = found.label, found.confidence
        if found.ties.item.size:
            self._ties.append(Ties(found.ties.item + first, found.ties.label))

    @property
    def picked(self) -> Picked:
        """Everything put so far."""
        return Picked(self._label, self._confidence, joined(self._ties))


def joined(parts: list[Ties]) -> Ties:
    """The ties of all parts.

    >>> joined([Ties(np.array([at]), np.array([0], np.int32)) for at in (1, 4)]).item.tolist()
    [1, 4]
    """
    if not parts:
        return Ties(_none(), _none().astype(np.int32))
    return Ties(np.concatenate([one.item for one in parts]), np.concatenate([one.label for one in parts]))


def _none() -> Codes:
    return np.empty(0, np.int64)
