"""The two steps of MACE on sparse tables: cells (item, label) by pairs (annotator, label). The model is in `mace`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from guiju.stats.columns import Codes, Columns, Floats
from guiju.stats.consensus.cells import Beliefs, Cells, believe, filled, sums, uniform

Curve: TypeAlias = Callable[[Any], Any]
LOOK, SPAM, HABIT = 0.5, 0.5, 10.0
"""Priors of "vb": Beta of looking and spamming, Dirichlet of the habit."""


class Settings(NamedTuple):
    """How to fit."""

    method: Literal["vb", "em"]
    iterations: int
    tolerance: float
    smoothing: float


@dataclass(frozen=True, slots=True)
class Tables:
    """What stays the same in every iteration.

    A pair is a label that an annotator gave at least once: `owner` and `given` are its codes, `times` how often; `pair`
    is that of each answer. `backing` sums over the answers of a cell, `giving` over those of a pair.
    """

    cells: Cells
    prior: Floats
    owner: Codes
    given: Codes
    times: Floats
    pair: Codes
    unseen: Floats
    backing: Any
    giving: Any


@dataclass(frozen=True, slots=True)
class Habits:
    """`looks` and `spams` of each annotator, and the habit: `gives` of each pair, `others` of any label never given.

    As point estimates looks + spams = 1 and each habit sums to 1; as weights of "vb" they fall short of it.
    """

    looks: Floats
    spams: Floats
    gives: Floats
    others: Floats
    owner: Codes
    given: Codes

    def of(self, annotator: int, labels: int) -> Floats:
        """The habit of an annotator over all labels."""
        habit = np.full(labels, self.others[annotator])
        mine = self.owner == annotator
        habit[self.given[mine]] = self.gives[mine]
        return habit


@dataclass(frozen=True, slots=True)
class Run:
    """One start, run to its end."""

    point: Habits
    beliefs: Beliefs
    objective: float
    iterations: int
    converged: bool


class _Step(NamedTuple):
    weights: Habits
    point: Habits
    gain: float
    """What the objective has beside the likelihood: minus KL to the priors, or the log prior."""


def tables(columns: Columns) -> Tables:
    """Kernel: the sparse tables of `columns`."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - heavy: a page that needs no consensus does not pay for it

    cells = filled(columns)
    key = columns.annotator.astype(np.int64, copy=False) * len(columns.labels) + columns.label
    pairs, pair, times = np.unique(key, return_inverse=True, return_counts=True)
    owner, given = np.divmod(pairs, len(columns.labels))
    ones = np.ones(len(columns))
    backing = csr_array((ones, (cells.of, pair)), shape=(len(cells), len(pairs)))
    unseen = len(columns.labels) - np.bincount(owner, minlength=len(columns.annotators)).astype(float)
    return Tables(cells, uniform(columns), owner, given, times.astype(float), pair, unseen, backing, backing.T.tocsr())


def fit_once(known: Tables, settings: Settings, rng: np.random.Generator) -> Run:
    """Kernel: from a random start to convergence. Each iteration is an M-step from the beliefs, then their E-step."""
    start = _random(known, rng)
    beliefs, _ = weigh(known, start)
    objective, point, habits, done, converged = -np.inf, start, start, 0, False
    while done < settings.iterations:
        done += 1
        step = _maximise(known, settings, _looked(known, habits, beliefs))
        habits, point = step.weights, step.point
        beliefs, likelihood = weigh(known, habits)
        before, objective = objective, likelihood + step.gain
        converged = objective - before <= settings.tolerance * len(known.pair)
        if converged and settings.tolerance > 0:
            break
    return Run(point, beliefs, objective, done, converged)


def weigh(known: Tables, habits: Habits) -> tuple[Beliefs, float]:
    """Kernel: the E-step: beliefs, and the log likelihood that goes with them."""
    spammed = habits.spams[known.owner] * habits.gives
    weight = np.log1p(habits.looks[known.owner] / spammed)
    beliefs = believe(known.cells, known.backing @ weight, known.prior)
    return beliefs, float(beliefs.log_z.sum() + known.times @ np.log(spammed))


def _random(known: Tables, rng: np.random.Generator) -> Habits:
    people = len(known.unseen)
    looks, spams = rng.uniform(1, 2.5, (2, people))
    drawn, rest = rng.uniform(1, 2.5, len(known.owner)), np.full(people, 1.75)
    whole = sums(known.owner, drawn, people) + known.unseen * rest
    share = looks / (looks + spams)
    return Habits(share, 1 - share, drawn / whole[known.owner], rest / whole, known.owner, known.given)


def _looked(known: Tables, habits: Habits, beliefs: Beliefs) -> Floats:
    """How many of the answers of each pair are expected to come from looking."""
    looks = habits.looks[known.owner]
    return (known.giving @ beliefs.p) * looks / (looks + habits.spams[known.owner] * habits.gives)


def _maximise(known: Tables, settings: Settings, looked: Floats) -> _Step:
    people = len(known.unseen)
    spammed = np.maximum(known.times - looked, 0.0)
    look, spam = sums(known.owner, looked, people), sums(known.owner, spammed, people)
    if settings.method == "vb":
        return _variational(known, look, spam, spammed)
    more = settings.smoothing
    point = _means(known, look + more, spam + more, spammed + more, np.full(people, more))
    habit = float(np.log(point.gives).sum() + known.unseen @ np.log(point.others))
    return _Step(point, point, more * (float(np.log(point.looks).sum() + np.log(point.spams).sum()) + habit))


def _means(known: Tables, look: Floats, spam: Floats, gives: Floats, others: Floats) -> Habits:
    whole = sums(known.owner, gives, len(others)) + known.unseen * others
    share = look / (look + spam)
    rest = spam / (look + spam)  # not 1 - share, which would be rounded to 0
    return Habits(share, rest, gives / whole[known.owner], others / whole, known.owner, known.given)


def _gamma_functions() -> tuple[Curve, Curve]:
    from scipy.special import digamma, gammaln  # noqa: PLC0415 - heavy: see `tables`

    return digamma, gammaln


def _variational(known: Tables, look: Floats, spam: Floats, spammed: Floats) -> _Step:
    digamma, gammaln = _gamma_functions()

    labels, n = known.cells.labels, look + spam
    log_look, log_spam = (
        digamma(look + LOOK) - digamma(n + LOOK + SPAM),
        digamma(spam + SPAM) - digamma(n + LOOK + SPAM),
    )
    whole = digamma(spam + HABIT * labels)
    log_gives, log_others = digamma(spammed + HABIT) - whole[known.owner], digamma(HABIT) - whole
    weights = Habits(
        np.exp(log_look), np.exp(log_spam), np.exp(log_gives), np.exp(log_others), known.owner, known.given
    )
    point = _means(known, look + LOOK, spam + SPAM, spammed + HABIT, np.full(len(n), HABIT))
    beta = gammaln(n + LOOK + SPAM) - gammaln(LOOK + SPAM) + look * log_look + spam * log_spam
    beta -= gammaln(look + LOOK) - gammaln(LOOK) + gammaln(spam + SPAM) - gammaln(SPAM)
    dirichlet = gammaln(spam + HABIT * labels) - gammaln(HABIT * labels)
    pairs = spammed * log_gives - gammaln(spammed + HABIT) + gammaln(HABIT)
    return _Step(weights, point, -float(beta.sum() + dirichlet.sum() + pairs.sum()))
