"""Kappas that know who answered: Cohen's and Scott's for two annotators, Conger's for any number.

Formula: kappa = (p_o - p_e) / (1 - p_e), with weights w_kl (1 if equal, else 0, where none are named). Of two
annotators a and b on the items that both answered, with label shares p_a and p_b and r = (p_a + p_b) / 2:
    p_o = mean of w_kl over items        Cohen  p_e = sum_kl w_kl p_ak p_bl        Scott  p_e = sum_kl w_kl r_k r_l
Conger, with p_g the label shares of each of r annotators over all items they answered, and p_o as for Fleiss' kappa:
    p_e = mean over ordered pairs g != h of sum_kl w_kl p_gk p_hl
Assumes: independent annotators; Cohen and Conger that each has habits of their own, Scott that all share the same.
Interval: t on the linearised standard error; for Cohen that is Fleiss, Cohen and Everitt's.
Source: Cohen 1960, doi:10.1177/001316446002000104; Cohen 1968, doi:10.1037/h0026256; Fleiss, Cohen & Everitt 1969,
doi:10.1037/h0028106; Scott 1955, doi:10.1086/266577; Conger 1980, doi:10.1037/0033-2909.88.2.322.
"""

from collections.abc import Hashable
from typing import NamedTuple

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.agreement.confusion import Shared
from guiju.stats.agreement.distances import Measure
from guiju.stats.agreement.errors import NeedsTwoAnnotators, RepeatedAnswers
from guiju.stats.agreement.patterns import Ints, Patterns, added
from guiju.stats.agreement.weights import Weighing, Weights
from guiju.stats.columns import Columns, Floats
from guiju.stats.errors import TooManyAnswers
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY, Figure, figure_t, short

_CELLS = 50_000_000
_MEANS = N_("Beyond the agreement that chance gives ({expected}), {value} of what was left to reach has been reached.")
_COHEN = N_("Chance here keeps each annotator's own habits: two people with different habits can score well.")
_SCOTT = N_("Chance here is drawn from both annotators' answers together: different habits count as disagreement.")
_CONGER = N_("Chance here is two different annotators, each with the habits they showed over all their answers.")


def cohen_kappa(
    columns: Columns, weights: Weights = "identity", *, a: Hashable | None = None, b: Hashable | None = None
) -> Figure:
    """Cohen's kappa of the two annotators of `columns`, or of `a` and `b` among more, with its interval.

    Raises `NeedsTwoAnnotators`, `UnknownAnnotator`, `RepeatedAnswers`, and what the weights raise.

    >>> from guiju.stats.columns import encode
    >>> columns = encode([1, 1, 2, 2, 3, 3, 4, 4], ["al", "bo"] * 4, [1, 1, 2, 2, 3, 2, 1, 1])
    >>> round(cohen_kappa(columns).value, 3), round(cohen_kappa(columns, "quadratic").value, 3)
    (0.6, 0.75)
    """
    return _of_two(columns, weights, _pair(columns, a, b, "Cohen's kappa"), pooled=False)


def scott_pi(
    columns: Columns, weights: Weights = "identity", *, a: Hashable | None = None, b: Hashable | None = None
) -> Figure:
    """Scott's pi of the two annotators of `columns`, or of `a` and `b` among more, with its interval.

    >>> from guiju.stats.columns import encode
    >>> columns = encode([1, 1, 2, 2, 3, 3, 4, 4], ["al", "bo"] * 4, [1, 1, 2, 2, 3, 2, 1, 1])
    >>> round(scott_pi(columns).value, 3)
    0.579
    """
    return _of_two(columns, weights, _pair(columns, a, b, "Scott's pi"), pooled=True)


def conger_kappa(columns: Columns, weights: Weights = "identity") -> Figure:
    """Conger's kappa of any number of annotators, with missing answers; for two who answered all it is Cohen's.

    Raises `RepeatedAnswers`, `TooManyAnswers` (annotators x labels), and what the weights raise.

    >>> from guiju.stats.columns import encode
    >>> columns = encode([1, 1, 1, 2, 2, 2], ["al", "bo", "cy"] * 2, list("xxyyyy"))
    >>> round(conger_kappa(columns).value, 3)
    0.333
    """
    if len(columns.annotators) * len(columns.labels) > _CELLS:
        raise TooManyAnswers(distinct=len(columns.labels), limit=_CELLS // len(columns.annotators))
    if columns.repeats:
        raise RepeatedAnswers
    patterns = Patterns.of(columns)
    pairable = patterns.size >= 2
    if not pairable.any():
        return Figure(None, why=NO_OVERLAP).meaning_of()
    return _Conger.of(columns, Weighing.measure(columns.labels, weights)).figure(patterns, patterns.places(columns)[1])


def _pair(columns: Columns, a: Hashable | None, b: Hashable | None, name: str) -> tuple[Hashable, Hashable]:
    if a is not None and b is not None and a != b:
        return a, b
    if a is not None or b is not None or len(columns.annotators) != 2:
        raise NeedsTwoAnnotators(figure=name, annotators=1 if a is not None else len(columns.annotators))
    return columns.annotators[0], columns.annotators[1]


def _of_two(columns: Columns, weights: Weights, pair: tuple[Hashable, Hashable], *, pooled: bool) -> Figure:
    shared = Shared.of(columns, *pair)
    n = len(shared.left)
    if not n:
        return Figure(None, why=NO_OVERLAP).meaning_of()
    measure = Weighing.measure(columns.labels, weights)
    left, right = (np.bincount(side, minlength=len(columns.labels)) / n for side in shared)
    left, right = ((left + right) / 2,) * 2 if pooled else (left, right)
    expected = 1 - float(left @ measure.toward(right))
    if np.count_nonzero(left + right) < 2 or expected >= 1:
        return Figure(None, n=n, why=ONE_ANSWER_ONLY).meaning_of()
    agreed = 1 - measure.apart(shared.left, shared.right)
    value = float((agreed.mean() - expected) / (1 - expected))
    toward = (1 - measure.toward(right), 1 - measure.toward(left))
    chance = toward[0][shared.left] + toward[1][shared.right]
    each = (agreed - expected - (1 - value) * (chance - 2 * expected)) / (1 - expected)
    error = float(np.sqrt(np.square(each - value).mean() / n))
    return _told(figure_t(value, error, n), expected, _SCOTT if pooled else _COHEN)


def _told(found: Figure, expected: float, habit: str) -> Figure:
    places = {"expected": short(expected), "value": short(found.value or 0.0)}
    return found.meaning_of(Sentence(_MEANS, places), Sentence(habit))


class _Conger(NamedTuple):
    """Who said what how often, and for each item how its answers move what chance expects."""

    measure: Measure
    expected: float
    moved: Floats

    @classmethod
    def of(cls, columns: Columns, measure: Measure) -> "_Conger":
        people, kinds = len(columns.annotators), len(columns.labels)
        cell = columns.annotator.astype(np.int64) * kinds + columns.label
        given = np.bincount(cell, minlength=people * kinds).reshape(people, kinds).astype(np.float64)
        answers = given.sum(axis=1)
        share = given[answers > 0] / answers[answers > 0, None]
        r, every = len(share), share.sum(axis=0)
        pairs = max(1, r * (r - 1))
        agreed = r * r - float(measure.at_large(every)) - float((1 - measure.at_large(share)).sum())
        toward = np.zeros((people, kinds))
        toward[answers > 0] = np.array([r - 1 - measure.toward(every - one) for one in share])
        own = np.zeros(people)
        own[answers > 0] = (toward[answers > 0] * share).sum(axis=1)
        slope = (toward - own[:, None]) * 2 / pairs / np.maximum(1, answers)[:, None]
        moved = added(columns.item, slope.ravel()[cell], len(columns.items))
        return cls(measure, agreed / pairs, moved[columns.answers_per_item > 0])

    def figure(self, patterns: Patterns, place: Ints) -> Figure:
        """`place` is the pattern of each item."""
        size = patterns.size[place]
        pairable = size >= 2
        n, compared = len(place), int(np.count_nonzero(pairable))
        if np.count_nonzero(patterns.totals) < 2 or self.expected >= 1:
            return Figure(None, n=compared, why=ONE_ANSWER_ONLY).meaning_of()
        pairs = np.maximum(1, patterns.size * (patterns.size - 1))
        agreed = np.where(pairable, (1 - self.measure.within(patterns) / pairs)[place], 0.0)
        rest = 1 - self.expected
        value = float((agreed.sum() / compared - self.expected) / rest)
        each = n / compared * (agreed - self.expected * pairable) / rest - (1 - value) * n * self.moved / rest
        error = float(np.sqrt(np.square(each - value).sum() / (n * (n - 1)))) if n > 1 else float("nan")
        return _told(figure_t(value, error, compared, units=n), self.expected, _CONGER)
