"""Agreement corrected for chance as others than Krippendorff define chance, for any number of annotators.

Formula: kappa = (p_a - p_e) / (1 - p_e), with r_ik the answers k to item i, r_i its answers, w_kl the weights (1 if
equal, else 0, where none are named), pi_k the mean over items of r_ik / r_i, q the number of possible labels and
T = sum_kl w_kl:
    p_a = mean over items with r_i >= 2 of sum_k r_ik (sum_l w_kl r_il - 1) / (r_i (r_i - 1))
    Fleiss                       p_e = sum_kl w_kl pi_k pi_l
    Gwet's AC1 (AC2: weighted)   p_e = T / (q (q - 1)) sum_k pi_k (1 - pi_k)
    Brennan-Prediger, Bennett S  p_e = T / q^2
Items with one answer count in pi and not in p_a (Gwet's treatment of missing answers).
Assumes: annotators answered independently; items are a sample; AC1 and S also that q is known: labels that nobody gave
count if the columns name them.
Interval: t with n - 1 degrees of freedom on Gwet's linearised standard error, cut at 1; or percentile bootstrap,
which is left for the former beyond five million cells of patterns x labels.
Source: Fleiss 1971, doi:10.1037/h0031619; Gwet 2008, doi:10.1348/000711006X126600; Brennan & Prediger 1981,
doi:10.1177/001316448104100307; Bennett, Alpert & Goldstein 1954, doi:10.1086/266520; Gwet, Handbook (2014), ch. 5.
"""

from typing import NamedTuple, TypeAlias, cast

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.agreement.alpha import resamples
from guiju.stats.agreement.distances import Measure
from guiju.stats.agreement.patterns import Patterns
from guiju.stats.agreement.weights import Weighing, Weights
from guiju.stats.columns import Columns, Floats
from guiju.stats.figure import ANALYTIC, NO_OVERLAP, ONE_ANSWER_ONLY, Figure, figure, figure_t, short

_CELLS = 5_000_000

_MEANS = N_("Beyond the agreement that chance gives ({expected}), {value} of what was left to reach has been reached.")
_FLEISS = N_("Chance here is two answers drawn from all answers: where one label is common, the figure is strict.")
_GWET = N_("Chance here is guessing on hard items only: where one label is common, the figure stays near the observed.")
_UNIFORM = N_(
    "Chance here is picking any of {labels} labels with equal probability: labels nobody uses raise the figure."
)


def fleiss_kappa(columns: Columns, weights: Weights = "identity", *, how: str = ANALYTIC, seed: int = 0) -> Figure:
    """Fleiss' kappa, weighted if `weights` are named, with its interval (`how`: "analytic" or "bootstrap").

    >>> from guiju.stats.columns import encode
    >>> columns = encode([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, ["x", "x", "y", "y", "x", "y"])
    >>> round(fleiss_kappa(columns).value, 4)
    0.3333
    """
    return ChanceCorrected.of(Patterns.of(columns), weights, how=how, seed=seed).fleiss


def gwet_ac1(columns: Columns, *, how: str = ANALYTIC, seed: int = 0) -> Figure:
    """Gwet's AC1 with its interval.

    >>> from guiju.stats.columns import encode
    >>> columns = encode([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, ["x", "x", "x", "x", "x", "y"])
    >>> round(gwet_ac1(columns).value, 4)
    0.5385
    """
    return ChanceCorrected.of(Patterns.of(columns), "identity", how=how, seed=seed).gwet


def gwet_ac2(columns: Columns, weights: Weights = "linear", *, how: str = ANALYTIC, seed: int = 0) -> Figure:
    """Gwet's AC2: AC1 with weights, so that near misses count in part.

    >>> from guiju.stats.columns import encode
    >>> columns = encode([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, [1, 1, 3, 2, 3, 3])
    >>> round(gwet_ac2(columns).value, 4)
    0.6604
    """
    return ChanceCorrected.of(Patterns.of(columns), weights, how=how, seed=seed).gwet


def brennan_prediger(columns: Columns, weights: Weights = "identity", *, how: str = ANALYTIC, seed: int = 0) -> Figure:
    """Brennan and Prediger's kappa, which for two annotators is Bennett's S.

    >>> from guiju.stats.columns import encode
    >>> columns = encode([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, ["x", "x", "x", "x", "x", "y"])
    >>> round(brennan_prediger(columns).value, 4)
    0.3333
    """
    return ChanceCorrected.of(Patterns.of(columns), weights, how=how, seed=seed).brennan_prediger


class _Fleiss(NamedTuple):
    """Chance is two answers drawn from all answers."""

    measure: Measure

    def expected(self, shares: Floats) -> Floats:
        """From the share of each label, for each row of `shares`."""
        return 1 - self.measure.at_large(shares)

    def slope(self, shares: Floats) -> Floats:
        """Half of how that changes with the share of each label."""
        return 1 - self.measure.toward(shares)

    @property
    def sentence(self) -> Sentence:
        return Sentence(_FLEISS)


class _Gwet(NamedTuple):
    """Chance is guessing, as often as the labels' shares leave it open."""

    factor: float

    def expected(self, shares: Floats) -> Floats:
        return self.factor * cast("Floats", (shares * (1 - shares)).sum(axis=-1))

    def slope(self, shares: Floats) -> Floats:
        return self.factor * (1 - shares)

    @property
    def sentence(self) -> Sentence:
        return Sentence(_GWET)


class _Uniform(NamedTuple):
    """Chance is any label with equal probability."""

    labels: int
    factor: float

    def expected(self, shares: Floats) -> Floats:
        return cast("Floats", shares.sum(axis=-1)) * 0 + self.factor

    def slope(self, shares: Floats) -> Floats:
        return np.full(len(shares), self.factor)

    @property
    def sentence(self) -> Sentence:
        return Sentence(_UNIFORM, {"labels": self.labels})


_Rule: TypeAlias = _Fleiss | _Gwet | _Uniform


def _rules(labels: int, measure: Measure) -> tuple[_Rule, _Rule, _Rule]:
    total = labels**2 - float(measure.at_large(np.ones(labels)))
    gwet = total / (labels * (labels - 1)) if labels > 1 else float("nan")
    uniform = total / labels**2 if labels > 1 else float("nan")
    return _Fleiss(measure), _Gwet(gwet), _Uniform(labels, uniform)


class ChanceCorrected(NamedTuple):
    """Three figures from one set of patterns."""

    fleiss: Figure
    gwet: Figure
    brennan_prediger: Figure

    @classmethod
    def of(
        cls, patterns: Patterns, weights: Weights = "identity", *, how: str = ANALYTIC, seed: int = 0
    ) -> "ChanceCorrected":
        pairable = patterns.size >= 2
        if not pairable.any():
            nothing = Figure(None, why=NO_OVERLAP).meaning_of()
            return cls(nothing, nothing, nothing)
        parts = _Parts.of(patterns, Weighing.measure(patterns.labels, weights))
        rules = _rules(len(patterns.labels), parts.measure)
        return cls(*(parts.figure(rule, how, seed) for rule in rules))


class _Parts(NamedTuple):
    patterns: Patterns
    measure: Measure
    agreed: Floats
    pairable: Floats

    @classmethod
    def of(cls, patterns: Patterns, measure: Measure) -> "_Parts":
        pairs = patterns.size * (patterns.size - 1)
        agreed = np.divide(pairs - measure.within(patterns), pairs, out=np.zeros(len(pairs)), where=pairs > 0)
        return cls(patterns, measure, agreed, (pairs > 0).astype(np.float64))

    def figure(self, rule: _Rule, how: str, seed: int) -> Figure:
        patterns, weight = self.patterns, self.patterns.weight.astype(np.float64)
        n, compared = patterns.items, float(weight @ self.pairable)
        pi = patterns.shares
        expected = float(rule.expected(pi))
        if not expected < 1 or (expected > 1 - 1e-12 and np.count_nonzero(pi) < 2):
            return Figure(None, n=int(compared), why=ONE_ANSWER_ONLY).meaning_of()
        value = float((weight @ self.agreed / compared - expected) / (1 - expected))
        if how == ANALYTIC or len(patterns.weight) * len(patterns.labels) > _CELLS:
            found = figure_t(value, self._error(rule, pi, expected, value), int(compared), units=n)
        else:
            found = figure(value, self._replicates(rule, seed), int(compared))
        places = {"expected": short(expected), "value": short(value)}
        return found.meaning_of(Sentence(_MEANS, places), rule.sentence)

    def _error(self, rule: _Rule, pi: Floats, expected: float, value: float) -> float:
        """Gwet's: items with one answer move what chance expects, and those with two or more both."""
        patterns, weight = self.patterns, self.patterns.weight
        n = patterns.items
        if n < 2:
            return float("nan")
        chance = patterns.summed(patterns.count * rule.slope(pi)[patterns.label]) / patterns.size
        scale = n / float(weight @ self.pairable)
        each = scale * (self.agreed - expected * self.pairable) / (1 - expected)
        each = each - 2 * (1 - value) * (chance - expected) / (1 - expected)
        return float(np.sqrt(weight @ np.square(each - value) / (n * (n - 1))))

    def _replicates(self, rule: _Rule, seed: int) -> Floats:
        share = np.zeros((len(self.patterns.weight), len(self.patterns.labels)))
        share[self.patterns.row, self.patterns.label] = self.patterns.count / self.patterns.size[self.patterns.row]
        found: list[Floats] = []
        for drawn in resamples(self.patterns.weight, seed, width=share.shape[1]):
            many = drawn.astype(np.float64)
            compared = many @ self.pairable
            none = np.full(len(many), np.nan)
            agreed = np.divide(many @ self.agreed, compared, out=none.copy(), where=compared > 0)
            expected = rule.expected(many @ share / many.sum(axis=1, keepdims=True))
            found.append(np.divide(agreed - expected, 1 - expected, out=none, where=expected < 1 - 1e-12))
        return np.concatenate(found)
