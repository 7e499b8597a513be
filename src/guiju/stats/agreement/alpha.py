"""Krippendorff's alpha and observed agreement, for any number of annotators with missing answers.

Formula: with n_uc the answers c to item u, m_u its answers, n_c all answers c and n all answers, over items of two
answers or more, and d the distance of two answers:
    alpha = 1 - D_o / D_e
    D_o = sum_u sum_ck n_uc n_uk d_ck / (m_u - 1) / n        D_e = sum_ck n_c n_k d_ck / (n (n - 1))
    observed = mean over u of 1 - sum_ck n_uc n_uk d_ck / (m_u (m_u - 1))
Observed agreement counts equal answers where the distance has no unit (ordinal, interval, ratio).
Assumes: annotators answered independently and are interchangeable; items are a sample of those to be spoken for.
Interval: percentile bootstrap over items, 1,000 resamples (the ordinal ranks stay those of the whole); beyond 20,000
patterns, where resampling costs much and gains nothing, from the linearised figure (infinitesimal jackknife).
Source: Krippendorff, Content Analysis (2004, ISBN 978-0-7619-1545-4), ch. 11; Hayes & Krippendorff 2007,
doi:10.1080/19312450709336664; Efron 1979, doi:10.1214/aos/1176344552.
"""

from typing import NamedTuple

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.agreement.distances import Between, Distance
from guiju.stats.agreement.patterns import Ints, Patterns
from guiju.stats.columns import Columns, Floats
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY, Figure, figure, figure_t, short

REPLICATES = 1_000
_PATTERNS = 20_000
_CELLS = 5_000_000
_CHUNK = 4_000_000

_ALPHA = N_(
    "Of the disagreement that answers dealt out at random would show, {value} is gone: 1 is perfect, 0 is chance."
)
_ALPHA_NOT = N_("It does not say that the answers are right: people who share an error agree too.")
_RELY = N_("By Krippendorff's rule, rely on answers from .800, and draw only tentative conclusions from .667.")
_SHARE = N_("Two people who answer the same item say the same with probability {value}, over {n} items.")
_SHARE_NOT = N_("Part of that is chance: where one answer is common, people agree often without agreeing on much.")


def krippendorff_alpha(
    columns: Columns, distance: Distance = "nominal", seed: int = 0, *, interval: bool = True
) -> Figure:
    """Krippendorff's alpha with its interval (left out when `interval` is false).

    Raises `UnknownDistance`, `NotANumber`, `NegativeNumber`, `TooManyAnswers`, `ImpossibleTable`.

    >>> from guiju.stats.columns import encode
    >>> columns = encode([1, 1, 2, 2, 3, 3, 4], ["al", "bo"] * 3 + ["al"], [1, 1, 2, 3, 3, 3, 1])
    >>> [round(krippendorff_alpha(columns, d).value, 3) for d in ("nominal", "interval")]
    [0.545, 0.828]
    """
    return observed_and_alpha(Patterns.of(columns), distance, seed, interval=interval)[1]


def observed_agreement(
    columns: Columns, distance: Distance = "nominal", seed: int = 0, *, interval: bool = True
) -> Figure:
    """Mean over items of the share of agreeing pairs of answers, 1 - distance.

    >>> from guiju.stats.columns import encode
    >>> observed_agreement(encode([1, 1, 1, 2, 2], list("abcab"), list("xxyzz"))).value
    0.6666666666666666
    """
    return observed_and_alpha(Patterns.of(columns), distance, seed, interval=interval)[0]


def observed_and_alpha(
    patterns: Patterns, distance: Distance = "nominal", seed: int = 0, *, interval: bool = True
) -> tuple[Figure, Figure]:
    """Both figures from one set of patterns and one set of resamples.

    >>> from guiju.stats.columns import encode
    >>> patterns = Patterns.of(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"]))
    >>> [one.value for one in observed_and_alpha(patterns)]
    [0.5, 0.0]
    """
    pairable = patterns.pairable
    between = Between.of(distance, patterns.labels, pairable.totals)
    if not len(pairable.weight):
        nothing = Figure(None, why=NO_OVERLAP).meaning_of()
        return nothing, nothing
    sums = _Sums.of(pairable, between)
    weight = pairable.weight.astype(np.float64)
    point = sums.at(weight, pairable.totals)
    replicates = _replicates(pairable, sums, seed) if interval and _few(pairable) else None
    observed, alpha = point.figures(sums, weight, replicates, interval=interval)
    return _told(observed, alpha)


class _Sums(NamedTuple):
    """What each pattern adds: distance per answer, and share of agreeing pairs."""

    patterns: Patterns
    between: Between
    apart: Floats
    share: Floats

    @classmethod
    def of(cls, patterns: Patterns, between: Between) -> "_Sums":
        apart = between.measure.within(patterns)
        pairs = patterns.size * (patterns.size - 1)
        share = patterns.agreeing / pairs if between.counts_equal else 1 - apart / pairs
        return cls(patterns, between, apart / (patterns.size - 1), share)

    def at(self, weight: Floats, totals: Floats) -> "_Point":
        n = float(weight @ self.patterns.size)
        at_large = float(self.between.measure.at_large(totals))
        return _Point(n, float(weight @ self.apart), at_large, float(weight @ self.share / weight.sum()), totals)


class _Point(NamedTuple):
    n: float
    apart: float
    at_large: float
    observed: float
    totals: Floats

    def figures(
        self, sums: _Sums, weight: Floats, replicates: "_Replicates | None", *, interval: bool
    ) -> tuple[Figure, Figure]:
        items = int(weight.sum())
        if self.at_large <= 0 or len(np.flatnonzero(self.totals)) < 2:
            observed = Figure(self.observed, n=items) if replicates is None else self._share(replicates, items)
            return observed, Figure(None, n=items, why=ONE_ANSWER_ONLY)
        alpha = 1 - (self.n - 1) * self.apart / self.at_large
        if replicates is not None:
            return self._share(replicates, items), figure(alpha, replicates.alpha, items)
        if not interval:
            return Figure(self.observed, n=items), Figure(alpha, n=items)
        share = _standard_error(weight, (sums.share - self.observed) / items, items)
        error = _standard_error(weight, self._influence(sums), items)
        return figure_t(self.observed, share, items), figure_t(alpha, error, items)

    def _share(self, replicates: "_Replicates", items: int) -> Figure:
        return figure(self.observed, replicates.observed, items)

    def _influence(self, sums: _Sums) -> Floats:
        """How alpha changes with the weight of each pattern."""
        patterns, measure = sums.patterns, sums.between.measure
        toward = patterns.summed(patterns.count * measure.toward(self.totals)[patterns.label])
        ratio = self.apart / self.at_large
        return (2 * (self.n - 1) * ratio * toward - (self.n - 1) * sums.apart) / self.at_large - patterns.size * ratio


def _standard_error(weight: Floats, influence: Floats, items: int) -> float:
    if items < 2:
        return float("nan")
    centred = influence - float(weight @ influence) / items
    return float(np.sqrt(weight @ np.square(centred) * items / (items - 1)))


class _Replicates(NamedTuple):
    observed: Floats
    alpha: Floats


def _few(patterns: Patterns) -> bool:
    used = len(np.flatnonzero(patterns.totals))
    return len(patterns.weight) <= _PATTERNS and len(patterns.weight) * used <= _CELLS


def _replicates(patterns: Patterns, sums: _Sums, seed: int) -> _Replicates:
    """Both figures for resampled items; NaN where all answers of a resample are equal."""
    counts, measure = patterns.dense, sums.between.measure.among(patterns.used)
    shares: list[Floats] = []
    alphas: list[Floats] = []
    for drawn in resamples(patterns.weight, seed, width=counts.shape[1]):
        many = drawn.astype(np.float64)
        totals = many @ counts
        n, at_large = totals.sum(axis=1), measure.at_large(totals)
        varied = (totals > 0).sum(axis=1) > 1
        missing = np.full(len(n), np.nan)
        shares.append(many @ sums.share / many.sum(axis=1))
        apart = (n - 1) * (many @ sums.apart)
        alphas.append(1 - np.divide(apart, at_large, out=missing, where=varied & (at_large > 0)))
    return _Replicates(np.concatenate(shares), np.concatenate(alphas))


def resamples(weight: Ints, seed: int, *, width: int = 1) -> list[Ints]:
    """How often each pattern is drawn in each of 1,000 bootstrap replicates, in chunks (replicates x patterns).

    >>> import numpy as np
    >>> [chunk.shape for chunk in resamples(np.array([3, 1]), seed=1)]
    [(1000, 2)]
    """
    rng = np.random.default_rng(seed)
    items = int(weight.sum())
    step = max(1, min(REPLICATES, _CHUNK // max(len(weight), width)))
    sizes = [min(step, REPLICATES - start) for start in range(0, REPLICATES, step)]
    return [rng.multinomial(items, weight / items, size) for size in sizes]


def _told(observed: Figure, alpha: Figure) -> tuple[Figure, Figure]:
    share = Sentence(_SHARE, {"value": observed.written, "n": observed.n})
    gone = Sentence(_ALPHA, {"value": "–" if alpha.value is None else short(alpha.value)})
    return (
        observed.meaning_of(share, Sentence(_SHARE_NOT)),
        alpha.meaning_of(gone, Sentence(_RELY), Sentence(_ALPHA_NOT)),
    )
