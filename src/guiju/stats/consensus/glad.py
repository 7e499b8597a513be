"""GLAD: who is able, which items are hard, and what is right, all at once.

Formula:
    x = alpha_j exp(beta_i);  P(y_ij = k | z_i = c) = s(x) if k = c, else (1 - s(x)) / (K - 1);  s(x) = 1/(1 + exp(-x))
    alpha_j ~ Normal(1, 1), beta_i ~ Normal(1, 1), z_i ~ prior (uniform unless given)
    maximised over alpha, beta: sum_i log sum_c prior_c prod_j P(y_ij | c) + log densities of alpha and beta
    alpha_j is the ability of annotator j (0: guesses; below 0: tends to the wrong side), exp(-beta_i) the difficulty
    of item i. Because logit P(right) = x, the E-step is a softmax of exp(beta_i) * sum of the alphas that gave a label.
    EM: after each E-step one Newton step in all alphas at once (concave), then one Fisher scoring step in all betas;
    a step that lowers the objective is halved, so that it never falls.
Assumes:
    each item has one right label; answers are independent given it; a wrong answer is any other label alike; how hard
    an item is, is the same for everybody. An annotator's bias towards a label is not modelled (see dawid_skene, mace).
Source:
    Whitehill, Ruvolo, Wu, Bergsma & Movellan 2009, "Whose Vote Should Count More", NeurIPS 22, pp. 2035-2043;
    several classes as in Ustalov, Pavlichenko & Tseitlin 2024, doi:10.21105/joss.06227.
    Information about alpha under missing truth: Louis 1982, doi:10.1111/j.2517-6161.1982.tb01203.x
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log, pi
from typing import Any

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Columns, Floats
from guiju.stats.consensus.cells import Beliefs, Cells, believe, demand_setting, filled, sums, uniform
from guiju.stats.consensus.checks import demand_comparable
from guiju.stats.consensus.methods import Method
from guiju.stats.consensus.result import CategoricalConsensus, answers_per_annotator, shares
from guiju.stats.figure import Figure

_MEAN = 1.0
"""Prior mean of ability and of log ease; both have standard deviation 1."""
_LONGEST = 1.0
"""The longest step of one parameter in one iteration."""


@dataclass(frozen=True, slots=True, eq=False)
class GladConsensus(CategoricalConsensus):
    """A consensus with `ability` (alpha) of each annotator and `log_ease` (beta) of each item (difficulty: exp(-beta)).

    `ability_error` is the standard error of alpha (observed information, everything else held at its estimate).
    `log_posterior` is what was maximised; `log_likelihood` is without the priors of alpha and beta. `reliability` is
    the expected share of the annotator's answers that are right; its interval is Wilson's on that count.
    """

    ability: Floats = field(kw_only=True)
    ability_error: Floats = field(kw_only=True)
    log_ease: Floats = field(kw_only=True)
    log_posterior: float = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class _State:
    ability: Floats
    log_ease: Floats
    beliefs: Beliefs
    right: Floats
    """s(x) of each answer."""
    log_likelihood: float
    log_posterior: float


def glad(
    columns: Columns,
    *,
    priors: Mapping[Any, float] | None = None,
    iterations: int = 500,
    tolerance: float = 1e-8,
) -> GladConsensus:
    """The consensus of `columns` by GLAD.

    Stops when the log posterior rises by less than `tolerance` an answer, or after `iterations` (then `converged` is
    false). `priors`: a probability for each class. Formula, Assumes, Source: see the module. Nothing is random.
    Raises `NothingToResolve`, `OneClassOnly`, `NobodyToCompare`, `BadSetting`.

    >>> from guiju.stats.columns import encode
    >>> rows = [(i, a, "yes" if (i % 2 == 0) != (a == "wrong" or (a == "c" and i == 1)) else "no")
    ...         for i in range(6) for a in ("a", "b", "c", "wrong")]
    >>> found = glad(encode(*zip(*rows)))
    >>> [row.label for row in found.rows()]
    ['yes', 'no', 'yes', 'no', 'yes', 'no']
    >>> [round(one.value, 2) for one in found.reliability]
    [1.0, 1.0, 0.83, 0.0]
    """
    demand_comparable(columns)
    demand_setting("iterations", iterations, "1 or more", holds=iterations >= 1)
    demand_setting("tolerance", tolerance, "0 or more", holds=tolerance >= 0)
    prior = _prior(columns, priors)
    state, done, converged = _fit(columns, prior, iterations, tolerance)
    picked = state.beliefs.picked()
    expected_right = sums(columns.annotator, state.beliefs.p[state.beliefs.cells.of], len(columns.annotators))
    reliability = shares(expected_right, answers_per_annotator(columns))
    return GladConsensus(
        "glad",
        tuple(columns.items),
        columns.annotators,
        columns.labels,
        picked.label,
        picked.confidence,
        picked.ties,
        reliability,
        state.beliefs.dense(),
        tuple(prior.tolist()),
        done,
        converged,
        state.log_likelihood,
        _meaning(columns, state, reliability),
        ability=state.ability,
        ability_error=1 / np.sqrt(_information(columns, state)),
        log_ease=state.log_ease,
        log_posterior=state.log_posterior,
    )


def _prior(columns: Columns, priors: Mapping[Any, float] | None) -> Floats:
    if priors is None:
        return uniform(columns)
    prior = np.array([priors.get(label, np.nan) for label in columns.labels], float)
    holds = bool(np.all(prior > 0)) and abs(float(prior.sum()) - 1) < 1e-9
    demand_setting("priors", float(prior.sum()), "a positive probability for each class, 1 together", holds=holds)
    return prior


def _fit(columns: Columns, prior: Floats, iterations: int, tolerance: float) -> tuple[_State, int, bool]:
    cells = filled(columns)
    ones = np.full(len(columns.annotators), _MEAN), np.full(len(columns.items), _MEAN)
    state = _weigh(columns, cells, prior, *ones)
    for done in range(1, iterations + 1):
        following = _rise(columns, cells, prior, state)
        if following.log_posterior - state.log_posterior <= tolerance * len(columns):
            better = following if following.log_posterior > state.log_posterior else state
            return better, done, True
        state = following
    return state, iterations, False


def _weigh(columns: Columns, cells: Cells, prior: Floats, ability: Floats, log_ease: Floats) -> _State:
    """The E-step: beliefs and objective at these abilities and eases."""
    ease = np.exp(log_ease)
    wrong_label = log(cells.labels - 1)
    backing = sums(cells.of, ability[columns.annotator], len(cells))
    beliefs = believe(cells, ease[cells.item] * backing + wrong_label * cells.count, prior)
    x = ability[columns.annotator] * ease[columns.item]
    all_wrong = -float(np.logaddexp(0.0, x).sum()) - len(columns) * wrong_label
    likelihood = float(beliefs.log_z.sum()) + all_wrong
    return _State(ability, log_ease, beliefs, _logistic(x), likelihood, likelihood + _log_prior(ability, log_ease))


def _log_prior(ability: Floats, log_ease: Floats) -> float:
    count = len(ability) + len(log_ease)
    squares = float(np.square(ability - _MEAN).sum() + np.square(log_ease - _MEAN).sum())
    return -0.5 * (squares + count * log(2 * pi))


def _rise(columns: Columns, cells: Cells, prior: Floats, state: _State) -> _State:
    """One M-step and the next E-step; the step is halved while it does not rise."""
    ability, log_ease = _steps(columns, state)
    following = _weigh(columns, cells, prior, ability, log_ease)
    for _ in range(20):
        if following.log_posterior >= state.log_posterior:
            break
        ability, log_ease = (ability + state.ability) / 2, (log_ease + state.log_ease) / 2
        following = _weigh(columns, cells, prior, ability, log_ease)
    return following


def _steps(columns: Columns, state: _State) -> tuple[Floats, Floats]:
    """Newton for the abilities given the eases, then Fisher scoring for the eases given the new abilities."""
    believed = state.beliefs.p[state.beliefs.cells.of]
    ease = np.exp(state.log_ease)[columns.item]
    spread = state.right * (1 - state.right)
    ability = _step(state.ability, columns.annotator, (believed - state.right) * ease, spread * ease * ease)
    x = ability[columns.annotator] * ease
    right = _logistic(x)
    log_ease = _step(state.log_ease, columns.item, (believed - right) * x, right * (1 - right) * x * x)
    return ability, log_ease


def _step(now: Floats, group: Codes, slope: Floats, curve: Floats) -> Floats:
    """`now` after one step; the prior adds its slope, and 1 to the curvature."""
    rise = sums(group, slope, len(now)) - (now - _MEAN)
    return now + np.clip(rise / (sums(group, curve, len(now)) + 1), -_LONGEST, _LONGEST)


def _logistic(x: Floats) -> Floats:
    from scipy.special import expit  # noqa: PLC0415 - heavy: a page that needs no consensus does not pay for it

    return expit(x)


def _information(columns: Columns, state: _State) -> Floats:
    """Observed information of each ability: complete minus missing (Louis); the prior's 1 is its least."""
    believed = state.beliefs.p[state.beliefs.cells.of]
    ease = np.exp(state.log_ease)[columns.item]
    known = (state.right * (1 - state.right) - believed * (1 - believed)) * ease * ease
    return np.maximum(sums(columns.annotator, known, len(columns.annotators)) + 1, 1)


ABOUT = N_(
    "GLAD weighs each answer by its annotator's ability and its item's difficulty. The least reliable annotator, "
    "{annotator}, is expected to be right in {p} of their answers; the hardest item is {item}."
)
NOT_ABOUT = N_(
    "Nobody outside looked: if most annotators share a mistake, it counts as right here. A bias towards one label "
    "is not seen either."
)


def _meaning(columns: Columns, state: _State, reliability: tuple[Figure, ...]) -> tuple[Sentence, ...]:
    known = [place for place, one in enumerate(reliability) if one.value is not None]
    least = min(known, key=lambda place: reliability[place].value or 0.0)
    hardest = int(np.argmin(np.where(columns.answers_per_item > 0, state.log_ease, np.inf)))
    places = {
        "annotator": columns.annotators[least],
        "p": f"{reliability[least].value:.2f}",
        "item": columns.items[hardest],
    }
    return Sentence(ABOUT, places), Sentence(NOT_ABOUT)


def _held_out(training: Columns, hidden: Columns, seed: int) -> Floats:
    """log P(answer) of each hidden row: its label is right and given, or another is and this one was taken for it."""
    del seed
    demand_comparable(training)
    state, _, _ = _fit(training, uniform(training), 500, 1e-8)
    believed = state.beliefs.of(hidden.item, hidden.label)
    right = _logistic(state.ability[hidden.annotator] * np.exp(state.log_ease)[hidden.item])
    wrong = (1 - believed) * (1 - right) / (len(training.labels) - 1)
    return np.log(np.maximum(believed * right + wrong, np.finfo(float).tiny))


def _by_seed(columns: Columns, seed: int) -> CategoricalConsensus:
    del seed
    return glad(columns)


METHOD = Method("glad", _by_seed, _held_out)
