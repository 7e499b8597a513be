"""Is a model as often right as it says it is?

Formula: c_i the highest predicted probability of item i, h_i = 1 if that class is right, p_iy the right class's:
    bins b of items by c_i, equally wide ((j-1)/B, j/B], or cut at the quantiles of c so that they hold equally many
    ECE = sum_b n_b/n |mean h - mean c|          MCE = the largest |mean h - mean c| of a bin
    Brier = mean_i sum_k (p_ik - [k = y_i])^2, from 0 to 2        log loss = -mean ln p_iy
    by chance: the mean ECE of 100 sets of outcomes drawn as h_i ~ Bernoulli(c_i), a perfectly calibrated model
    temperature: the T that minimises the log loss of p_ik^(1/T) / sum_j p_ij^(1/T)
    intervals: ECE percentile bootstrap over items, bins fixed; Brier, log loss Student's t; bins Wilson
Assumes: items are a random sample, none of them seen in training. ECE is never negative, hence above 0 even for a
    perfect model, the more so the fewer the items and the more the bins: compare it with what chance gives.
Source: Naeini, Cooper & Hauskrecht 2015, doi:10.1609/aaai.v29i1.9602 (ECE, MCE); Guo et al. 2017,
    doi:10.48550/arXiv.1706.04599 (temperature); Brier 1950,
    doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2; Efron 1979, doi:10.1214/aos/1176344552.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Floats
from guiju.stats.figure import ANALYTIC, Figure, short
from guiju.stats.label_errors.probabilities import Checked, checked
from guiju.stats.scores.counts import NEVER_PREDICTED, bootstrapped, share
from guiju.stats.scores.errors import NotATemperature, NotBins, RuledOut, UnknownUnit

Cut: TypeAlias = Literal["width", "mass"]
_DRAWS = 20_000_000
_FAR = 100.0

RULED_OUT = N_("The model gave a right answer the probability 0, so the log loss is without end.")
ALL_RIGHT = N_("Every right answer is the model's first: the sharper, the better, so there is no best temperature.")
NOTHING_LEARNT = N_("Flatter is always better here: the probabilities say nothing, so there is no best temperature.")
_OVER = N_("The model says {confidence} on average and is right {accuracy} of the time: it is too sure of itself.")
_UNDER = N_("The model says {confidence} on average and is right {accuracy} of the time: it is too modest.")
_ECE = N_(
    "In groups of like confidence, what it says and how often it is right differ by {ece} on average; "
    "a perfectly honest model would show {chance} with this many items."
)
_NOT = N_("That speaks of honesty, not of skill: a model that always says “50%” and is right half the time is honest.")


@dataclass(frozen=True, slots=True)
class Bin:
    """Items whose confidence lies above `low`, up to `high`: mean `confidence`, and how often they are right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: Figure

    def to_dict(self) -> dict[str, object]:
        accuracy = self.accuracy.to_dict()
        return {"low": self.low, "high": self.high, "n": self.n, "confidence": self.confidence, "accuracy": accuracy}


@dataclass(frozen=True, slots=True)
class Calibration:
    """All figures; `bins` are the reliability diagram, without the empty ones; `chance` is ECE by chance alone."""

    n: int
    ece: Figure
    chance: float
    mce: float
    brier: Figure
    log_loss: Figure
    confidence: float
    accuracy: Figure
    bins: tuple[Bin, ...]

    def to_dict(self) -> dict[str, object]:
        return {
            "n": self.n,
            "ece": self.ece.to_dict(),
            "chance": self.chance,
            "mce": self.mce,
            "brier": self.brier.to_dict(),
            "log_loss": self.log_loss.to_dict(),
            "confidence": self.confidence,
            "accuracy": self.accuracy.to_dict(),
            "bins": [one.to_dict() for one in self.bins],
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        accuracy = self.accuracy.value or 0.0
        told = {"confidence": short(self.confidence), "accuracy": short(accuracy)}
        honest = {"ece": short(self.ece.value or 0.0), "chance": short(self.chance)}
        first = Sentence(_OVER if self.confidence > accuracy else _UNDER, told)
        return (first, Sentence(_ECE, honest), Sentence(_NOT))


@dataclass(frozen=True, slots=True)
class Temperature:
    """The best temperature (`value.value`; above 1 the model was too sure), and the log loss before and after it."""

    value: Figure
    before: float
    after: float

    def to_dict(self) -> dict[str, object]:
        return {"temperature": self.value.value, "why": self.value.why, "before": self.before, "after": self.after}


def calibration(
    labels: Sequence[int] | NDArray[Any], probabilities: ArrayLike, bins: int = 15, cut: Cut = "width", seed: int = 0
) -> Calibration:
    """How honest n x K predicted `probabilities` are, given the right `labels` (column numbers).

    With `cut` "mass" bins hold about equally many items; equal confidences are never parted. The bootstrap of ECE
    draws 1,000 times up to 20,000 items, then fewer, at least 100. Raises `NotBins`, `UnknownUnit`, and what
    `confident_joint` raises for labels and probabilities that are none.

    >>> p = np.array([[0.9, 0.1]] * 10 + [[0.4, 0.6]] * 10)
    >>> found = calibration([0] * 7 + [1] * 3 + [1] * 6 + [0] * 4, p, bins=10)
    >>> round(found.ece.value, 3), round(found.mce, 3), round(found.brier.value, 3), round(found.log_loss.value, 3)
    (0.1, 0.2, 0.49, 0.719)
    """
    if not isinstance(bins, int) or not 1 <= bins <= 1_000:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise NotBins(bins=bins)
    if cut not in ("width", "mass"):
        raise UnknownUnit(value=cut, known="width, mass")
    data = checked(labels, probabilities)
    sure = _Sure.of(data)
    edges = _edges(sure.confidence, bins, cut)
    place = np.clip(np.searchsorted(edges, sure.confidence, side="left") - 1, 0, len(edges) - 2)
    n, rng = len(place), np.random.default_rng(seed)
    ece = _ece(place, sure.hit - sure.confidence, len(edges) - 1)
    found = _bins(place, sure, edges)
    return Calibration(
        n=n,
        ece=bootstrapped(ece, _resampled(place, sure.hit - sure.confidence, len(edges) - 1, rng), n),
        chance=_by_chance(place, sure.confidence, len(edges) - 1, rng),
        mce=max(abs((one.accuracy.value or 0.0) - one.confidence) for one in found),
        brier=_mean(sure.brier),
        log_loss=Figure(None, n=n, why=RULED_OUT) if (sure.right <= 0).any() else _mean(-np.log(sure.right)),
        confidence=float(sure.confidence.mean()),
        accuracy=share(float(sure.hit.sum()), n, NEVER_PREDICTED),
        bins=found,
    )


def fit_temperature(labels: Sequence[int] | NDArray[Any], probabilities: ArrayLike) -> Temperature:
    """The temperature that makes n x K `probabilities` most honest on these `labels`; judge it on others.

    The loss is convex in 1/T, whose slope is brought to 0. `None` with the reason where no T from .01 to 100 is best.
    Raises `RuledOut`, and what `confident_joint` raises for labels and probabilities that are none.

    >>> fit = fit_temperature([0] * 7 + [1] * 3, [[0.9, 0.1]] * 10)
    >>> round(fit.value.value, 3), round(fit.before, 3), round(fit.after, 3)
    (2.593, 0.765, 0.611)
    >>> apply_temperature([[0.9, 0.1]], fit.value.value).round(3).tolist()
    [[0.7, 0.3]]
    """
    from scipy.optimize import brentq  # noqa: PLC0415 - heavy: only this fit needs it

    data = checked(labels, probabilities)
    right = _right(data)
    if (right <= 0).any():
        raise RuledOut(row=int(np.flatnonzero(right <= 0)[0]))
    logs = _logs(data.probabilities)
    wanted = float(np.log(right).mean())

    def slope(sharpness: float) -> float:
        powered = _powered(logs, sharpness)
        return float((powered * np.where(powered > 0, logs, 0.0)).sum(axis=1).mean()) - wanted

    before = -wanted
    if slope(_FAR) <= 0:
        return Temperature(Figure(None, n=len(right), why=ALL_RIGHT), before, before)
    if slope(1 / _FAR) >= 0:
        return Temperature(Figure(None, n=len(right), why=NOTHING_LEARNT), before, before)
    sharpness = float(brentq(slope, 1 / _FAR, _FAR, xtol=1e-12))
    after = _powered(logs, sharpness)[np.arange(len(right)), data.labels]
    return Temperature(Figure(1 / sharpness, n=len(right)), before, float(-np.log(after).mean()))


def apply_temperature(probabilities: ArrayLike, temperature: float) -> Floats:
    """n x K `probabilities` at another `temperature`: above 1 flatter, below 1 sharper.

    Formula, Assumes, Source: see the module. Raises `NotATemperature` unless it is above 0.

    >>> apply_temperature([[0.8, 0.2]], 2.0).round(3).tolist()
    [[0.667, 0.333]]
    """
    if not 0 < temperature < float("inf"):
        raise NotATemperature(value=temperature)
    return _powered(_logs(np.asarray(probabilities, np.float64)), 1 / temperature)


@dataclass(frozen=True, slots=True, eq=False)
class _Sure:
    """Of each item: highest probability, whether its class is right, the right class's probability, Brier's part."""

    confidence: Floats
    hit: Floats
    right: Floats
    brier: Floats

    @classmethod
    def of(cls, data: Checked) -> "_Sure":
        table = data.probabilities.astype(np.float64, copy=False)
        right = _right(data)
        best = table.argmax(axis=1)
        brier = np.square(table).sum(axis=1) - 2 * right + 1
        return cls(table.max(axis=1), (best == data.labels).astype(np.float64), right, brier)


def _right(data: Checked) -> Floats:
    return data.probabilities[np.arange(len(data.labels)), data.labels].astype(np.float64)


def _edges(confidence: Floats, bins: int, cut: Cut) -> Floats:
    if cut == "width":
        return np.linspace(0.0, 1.0, bins + 1)
    return np.unique(np.r_[0.0, np.quantile(confidence, np.linspace(0, 1, bins + 1))[1:]])


def _bins(place: Codes, sure: _Sure, edges: Floats) -> tuple[Bin, ...]:
    many = len(edges) - 1
    n = np.bincount(place, minlength=many)
    said = np.bincount(place, sure.confidence, many)
    hits = np.bincount(place, sure.hit, many)
    return tuple(
        Bin(
            float(edges[b]),
            float(edges[b + 1]),
            int(n[b]),
            float(said[b] / n[b]),
            share(float(hits[b]), int(n[b]), NEVER_PREDICTED),
        )
        for b in np.flatnonzero(n)
    )


def _ece(place: Codes, gap: Floats, bins: int) -> float:
    return float(np.abs(np.bincount(place, gap, bins)).sum()) / len(place)


def _resampled(place: Codes, gap: Floats, bins: int, rng: np.random.Generator) -> Floats:
    n = len(place)
    times = int(np.clip(_DRAWS // n, 100, 1_000))
    drawn = (rng.integers(0, n, n) for _ in range(times))
    return np.array([_ece(place[rows], gap[rows], bins) for rows in drawn])


def _by_chance(place: Codes, confidence: Floats, bins: int, rng: np.random.Generator) -> float:
    outcomes = ((rng.random(len(place)) < confidence) - confidence for _ in range(100))
    return float(np.mean([_ece(place, gap, bins) for gap in outcomes]))


def _mean(values: Floats) -> Figure:
    """The mean with Student's t interval, not below 0."""
    from scipy.special import stdtrit  # noqa: PLC0415 - heavy: only this interval needs it

    n, value = len(values), float(values.mean())
    if n < 2:
        return Figure(value, n=n)
    half = float(stdtrit(n - 1, 0.975)) * float(values.std(ddof=1)) / n**0.5
    return Figure(value, max(0.0, value - half), value + half, n, how=ANALYTIC)


def _logs(table: NDArray[Any]) -> Floats:
    return np.log(table, out=np.full(table.shape, -np.inf), where=table > 0, dtype=np.float64)


def _powered(logs: Floats, sharpness: float) -> Floats:
    raised = logs * sharpness
    powered = np.exp(raised - raised.max(axis=1, keepdims=True))
    return powered / powered.sum(axis=1, keepdims=True)
