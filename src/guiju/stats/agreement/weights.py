"""How much of an agreement two different answers are: 1 when equal, 0 when as far apart as can be.

Formula: with x the labels as numbers (their places 1..q where they are no numbers), R = max x - min x, and m the
number of labels from one to the other, both counted:
    identity   1 if equal, else 0
    linear     1 - |x_k - x_l| / R          quadratic  1 - (x_k - x_l)^2 / R^2       radical  1 - sqrt(|x_k - x_l| / R)
    ordinal    1 - m(m - 1) / (q(q - 1)), from places alone
    ratio      1 - ((x_k - x_l) / (x_k + x_l))^2 / ((max - min) / (max + min))^2, numbers of zero and above
Assumes: for all but identity that the labels have an order.
Source: Cohen 1968, doi:10.1037/h0026256; Gwet, Handbook of Inter-Rater Reliability (4th ed. 2014), ch. 3.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from guiju.stats.agreement.distances import Measure, Nominal, Squared, Table
from guiju.stats.agreement.errors import ImpossibleTable, NegativeNumber, UnknownWeights
from guiju.stats.columns import Floats
from guiju.stats.errors import TooManyAnswers

Weights: TypeAlias = str | NDArray[np.floating[Any]]
KNOWN = ("identity", "linear", "quadratic", "ordinal", "radical", "ratio")
_LIMIT = 5_000


def agreement_weights(labels: Sequence[Any], weights: Weights = "linear") -> Floats:
    """The table of weights of `labels`, which stand in order.

    Raises `UnknownWeights`, `ImpossibleTable`, `NegativeNumber` and `TooManyAnswers`.

    >>> agreement_weights([1, 2, 4], "quadratic").round(3).tolist()
    [[1.0, 0.889, 0.0], [0.889, 1.0, 0.556], [0.0, 0.556, 1.0]]
    """
    if not isinstance(weights, str):
        return _possible(np.asarray(weights, np.float64), len(labels))
    if weights not in KNOWN:
        raise UnknownWeights(weights=weights, known=", ".join(KNOWN))
    if len(labels) > _LIMIT:
        raise TooManyAnswers(distinct=len(labels), limit=_LIMIT)
    if weights == "identity":
        return np.eye(len(labels))
    place = np.arange(1.0, len(labels) + 1)
    apart = _ordinal(place) if weights == "ordinal" else _apart(_values(labels), weights)
    most = apart.max(initial=0.0)
    return 1 - apart / most if most else np.ones_like(apart)


class Weighing:
    """Weights as distances 1 - w, for the kernels that sum distances."""

    @staticmethod
    def measure(labels: Sequence[Any], weights: Weights) -> Measure:
        """Identity and quadratic need no table, however many labels there are."""
        if isinstance(weights, str) and weights == "identity":
            return Nominal()
        if isinstance(weights, str) and weights == "quadratic":
            values = _values(labels)
            spread = float(np.ptp(values)) if len(values) else 0.0
            return Squared((values - values.mean()) / spread if spread else np.zeros(len(values)))
        return Table(1 - agreement_weights(labels, weights))


def _values(labels: Sequence[Any]) -> Floats:
    """The labels as numbers, else their places."""
    try:
        values = np.array([float(label) for label in labels], np.float64)
    except (TypeError, ValueError, OverflowError):
        return np.arange(1.0, len(labels) + 1)
    return values if np.isfinite(values).all() else np.arange(1.0, len(labels) + 1)


def _apart(values: Floats, weights: str) -> Floats:
    difference = np.abs(values[:, None] - values[None, :])
    if weights == "linear":
        return difference
    if weights == "quadratic":
        return np.square(difference)
    if weights == "radical":
        return np.sqrt(difference)
    if len(values) and values.min() < 0:
        raise NegativeNumber(label=str(values.min()))
    total = values[:, None] + values[None, :]
    return np.square(np.divide(difference, total, out=np.zeros_like(difference), where=total != 0))


def _ordinal(place: Floats) -> Floats:
    spanned = np.abs(place[:, None] - place[None, :]) + 1
    return spanned * (spanned - 1) / 2


def _possible(table: Floats, labels: int) -> Floats:
    if table.shape != (labels, labels):
        raise ImpossibleTable(reason=f"{table.shape} != {(labels, labels)}")
    if not np.isfinite(table).all() or (table < 0).any() or (table > 1).any():
        raise ImpossibleTable(reason="w < 0, w > 1, NaN")
    if not np.allclose(table, table.T) or not np.allclose(np.diag(table), 1):
        raise ImpossibleTable(reason="w(a, b) != w(b, a), w(a, a) != 1")
    return table
