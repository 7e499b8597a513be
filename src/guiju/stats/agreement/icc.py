"""Intraclass correlation: how much of the differences between ratings are differences between the items.

Formula: n items, each rated by k judges; B, J, E, W the mean squares between items, between judges, of the residual,
and within items (judges and residual together):
    ICC(1,1) = (B - W) / (B + (k-1) W)                      ICC(1,k) = (B - W) / B
    ICC(2,1) = (B - E) / (B + (k-1) E + k (J - E) / n)      ICC(2,k) = (B - E) / (B + (J - E) / n)
    ICC(3,1) = (B - E) / (B + (k-1) E)                      ICC(3,k) = (B - E) / B
Assumes: ratings are numbers with normal errors of equal spread; 1: each item has other judges, 2: the judges are a
sample of those to be spoken for and their bias counts, 3: these very judges, whose bias does not count.
Interval: from the F distribution, for the second kind with Satterthwaite's degrees of freedom.
Source: Shrout & Fleiss 1979, doi:10.1037/0033-2909.86.2.420; McGraw & Wong 1996, doi:10.1037/1082-989X.1.1.30.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from guiju.kit import N_, Sentence
from guiju.stats.agreement.errors import IncompleteTable, TooFewRatings
from guiju.stats.columns import Columns, Floats
from guiju.stats.errors import NotANumber
from guiju.stats.figure import ANALYTIC, Figure, short

NO_SPREAD = N_("Every rating is the same, so there is no difference between items to be told.")

_ONE = N_("Of the differences between single ratings, a share of {value} comes from differences between the items.")
_MEAN = N_("Of the differences between means of {judges} ratings, {value} comes from differences between the items.")
_NOT = N_(
    "It falls when the items are alike, even if the judges are as exact as before: compare it on similar items only."
)


class MeanSquares(NamedTuple):
    """Of a table of items x judges."""

    items: int
    judges: int
    between: float
    within: float
    judge: float
    residual: float


@dataclass(frozen=True, slots=True)
class IntraclassCorrelations:
    """The six of Shrout and Fleiss, each with its interval, and the mean squares they come from."""

    squares: MeanSquares
    icc11: Figure
    icc21: Figure
    icc31: Figure
    icc1k: Figure
    icc2k: Figure
    icc3k: Figure

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """Of the second kind, which speaks for other judges too."""
        return self.icc21.meaning

    def to_dict(self) -> dict[str, object]:
        names = ("icc11", "icc21", "icc31", "icc1k", "icc2k", "icc3k")
        figures: list[Figure] = [getattr(self, name) for name in names]
        found: dict[str, object] = dict(zip(names, [one.to_dict() for one in figures], strict=True))
        return {"items": self.squares.items, "judges": self.squares.judges, **found}


def intraclass(ratings: ArrayLike) -> IntraclassCorrelations:
    """From a table of items x judges without gaps. Raises `IncompleteTable` (NaN), `TooFewRatings`, `NotANumber`.

    >>> found = intraclass([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    >>> round(found.icc21.value, 3), [round(end, 3) for end in found.icc21.interval]
    (0.29, [0.019, 0.761])
    """
    table = np.asarray(ratings, np.float64)
    if table.ndim != 2 or min(table.shape, default=0) < 2:
        items, judges = (*table.shape, 1, 1)[:2]
        raise TooFewRatings(items=items, judges=judges)
    missing = int(np.isnan(table).sum())
    if missing:
        raise IncompleteTable(missing=missing, cells=table.size)
    if not np.isfinite(table).all():
        raise NotANumber(label="inf", distance="interval")
    squares = _mean_squares(table)
    kinds = (_icc11, _icc21, _icc31)
    single = [_told(_figure(squares, kind, 1), squares, _ONE) for kind in kinds]
    mean = [_told(_figure(squares, kind, squares.judges), squares, _MEAN) for kind in kinds]
    return IntraclassCorrelations(squares, *single, *mean)


def intraclass_of(columns: Columns) -> IntraclassCorrelations:
    """The same from columns whose labels are numbers: every annotator is a judge and has rated every item.

    >>> from guiju.stats.columns import encode
    >>> round(intraclass_of(encode([1, 1, 2, 2, 3, 3], ["al", "bo"] * 3, [1, 2, 3, 4, 5, 6])).icc31.value, 3)
    1.0
    """
    table = np.full((len(columns.items), len(columns.annotators)), np.nan)
    values = [_number(label) for label in columns.labels]
    table[columns.item, columns.annotator] = np.array(values, np.float64)[columns.label]
    return intraclass(table)


def _number(label: Any) -> float:
    try:
        return float(label)
    except (TypeError, ValueError, OverflowError) as error:
        raise NotANumber(label=str(label), distance="interval") from error


def _mean_squares(table: Floats) -> MeanSquares:
    n, k = table.shape
    middle = table - table.mean()
    items, judges = middle.mean(axis=1), middle.mean(axis=0)
    between = k * float(np.square(items).sum()) / (n - 1)
    within = float(np.square(middle - items[:, None]).sum()) / (n * (k - 1))
    judge = n * float(np.square(judges).sum()) / (k - 1)
    residual = float(np.square(middle - items[:, None] - judges).sum()) / ((n - 1) * (k - 1))
    return MeanSquares(n, k, between, within, judge, residual)


class _Ends(NamedTuple):
    value: float
    low: float
    high: float


def _figure(squares: MeanSquares, kind: Callable[[MeanSquares, int], _Ends], of: int) -> Figure:
    if squares.between + squares.within + squares.judge <= 0:
        return Figure(None, n=squares.items, why=NO_SPREAD)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = kind(squares, of)
    if not np.isfinite(found.value):
        return Figure(None, n=squares.items, why=NO_SPREAD)
    if not np.isfinite([found.low, found.high]).all():
        return Figure(found.value, n=squares.items)
    return Figure(*map(float, found), n=squares.items, how=ANALYTIC)


def _told(found: Figure, squares: MeanSquares, what: str) -> Figure:
    value = "–" if found.value is None else short(found.value)
    return found.meaning_of(Sentence(what, {"value": value, "judges": squares.judges}), Sentence(_NOT))


def _quantile(d1: float, d2: float) -> float:
    from scipy.special import fdtri  # noqa: PLC0415 - heavy: only these intervals need it

    return float(fdtri(d1, d2, 0.975))


def _icc11(s: MeanSquares, of: int) -> _Ends:
    return _one_way(s, s.within, s.items * (s.judges - 1), of)


def _icc31(s: MeanSquares, of: int) -> _Ends:
    return _one_way(s, s.residual, (s.items - 1) * (s.judges - 1), of)


def _one_way(s: MeanSquares, error: float, freedom: int, of: int) -> _Ends:
    """The first and the third kind differ in what is error; an F of the truth lies between F / f and F f."""
    ratio = np.float64(s.between) / error
    low, high = ratio / _quantile(s.items - 1, freedom), ratio * _quantile(freedom, s.items - 1)
    value, *ends = (_from_ratio(one, s.judges, of) for one in (ratio, low, high))
    return _Ends(value, *ends)


def _from_ratio(ratio: float, judges: int, of: int) -> float:
    if np.isinf(ratio):
        return 1.0
    rest = judges - 1 if of == 1 else 0
    return float(np.float64(ratio - 1) / (ratio + rest))


def _icc21(s: MeanSquares, of: int) -> _Ends:
    n, k = s.items, s.judges
    bias = (s.judge - s.residual) / n
    single = np.float64(s.between - s.residual) / (s.between + (k - 1) * s.residual + k * bias)
    freedom = _satterthwaite(s, float(single))
    f, g = _quantile(n - 1, freedom), _quantile(freedom, n - 1)
    share = k * s.judge + (k * n - k - n) * s.residual
    low = n * (s.between - f * s.residual) / (f * share + n * s.between)
    high = n * (g * s.between - s.residual) / (share + n * g * s.between)
    if of == 1:
        return _Ends(float(single), float(low), float(high))
    value = np.float64(s.between - s.residual) / (s.between + bias)
    return _Ends(float(value), *(float(one * k / (1 + one * (k - 1))) for one in (low, high)))


def _satterthwaite(s: MeanSquares, single: float) -> float:
    n, k = s.items, s.judges
    scaled = k * single * (s.judge / s.residual if s.residual else np.inf)
    rest = n * (1 + (k - 1) * single) - k * single
    top = (k - 1) * (n - 1) * (scaled + rest) ** 2
    return float(np.float64(top) / ((n - 1) * scaled**2 + rest**2))
