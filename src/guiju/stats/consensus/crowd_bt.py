"""Crowd-BT: Bradley-Terry when some annotators guess or turn the question round.

Formula:
    P(annotator k says i beats j) = eta_k p_i / (p_i + p_j) + (1 - eta_k) p_j / (p_i + p_j)
    maximised: sum log P + sum_k log Beta(eta_k; a, b) - r/2 sum lambda^2, lambda = log p of mean 0, r the `ridge`
    eta_k: 1 = judges as the strengths say, 1/2 = guesses, 0 = always the other way round.
    EM over whether each answer was given straight or turned: eta_k = (straight + a - 1) / (n_k + a + b - 2), and
    lambda by Newton on wins weighted by the chance of being straight (concave).
Assumes:
    most annotators judge straight (else everything may come out upside down: the prior and the start, eta above 1/2,
    say so); comparisons are independent. Ties say nothing about who is stronger and are left out.
Source:
    Chen, Bennett, Collins-Thompson & Horvitz 2013, doi:10.1145/2433396.2433420. Interval of eta: see mixture_interval.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Floats
from guiju.stats.consensus.ability_errors import NothingCompared, TooManyItems
from guiju.stats.consensus.bradley_terry import MOST_ITEMS, concordance
from guiju.stats.consensus.cells import demand_setting, sums
from guiju.stats.consensus.comparisons import Comparisons
from guiju.stats.consensus.duels import Duel, demand_connected, maximise
from guiju.stats.consensus.mixture_interval import Prior, mixture_interval
from guiju.stats.consensus.result import NO_ANSWERS
from guiju.stats.figure import Figure


@dataclass(frozen=True, slots=True, eq=False)
class CrowdBT:
    """`strength` (geometric mean 1) in the order of `items`; `reliability` eta in that of `annotators`.

    The interval of eta is its 95% posterior interval, everything else held. `ties` were left out. `concordance` is
    with all answers that decide, whoever gave them.
    """

    items: tuple[Hashable, ...]
    annotators: tuple[Hashable, ...]
    strength: Floats
    reliability: tuple[Figure, ...]
    concordance: Figure
    log_likelihood: float
    objective: float
    iterations: int
    converged: bool
    ties: float

    @property
    def ranking(self) -> tuple[Hashable, ...]:
        """The items from the strongest."""
        return tuple(self.items[place] for place in np.argsort(-self.strength, kind="stable").tolist())

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        known = [(one.value, who) for one, who in zip(self.reliability, self.annotators, strict=True) if one.n]
        p, who = min(known, key=lambda pair: pair[0] or 0.0)
        return Sentence(ABOUT, {"first": self.ranking[0], "who": who, "p": f"{p:.2f}"}), Sentence(NOT_ABOUT)

    def to_dict(self) -> dict[str, object]:
        names = map(str, self.annotators)
        return {
            "strengths": dict(zip(map(str, self.items), self.strength.tolist(), strict=True)),
            "reliability": {name: one.to_dict() for name, one in zip(names, self.reliability, strict=True)},
            "concordance": self.concordance.to_dict(),
            "log_likelihood": self.log_likelihood,
            "iterations": self.iterations,
            "converged": self.converged,
            "ties": self.ties,
        }


ABOUT = N_(
    "With each annotator trusted as far as their answers fit the order, the strongest is {first}. Least trusted is "
    "{who}: {p} of their answers go the way of the strengths."
)
NOT_ABOUT = N_(
    "About a half means guessing, far below means that somebody may have understood the question the other way round. "
    "With few answers an annotator is judged mostly by what is usual."
)


def crowd_bt(
    comparisons: Comparisons,
    *,
    prior: tuple[float, float] = (4.0, 2.0),
    ridge: float = 0.1,
    iterations: int = 500,
    tolerance: float = 1e-7,
) -> CrowdBT:
    """Strengths of the items and reliabilities of the annotators, from comparisons that name who made them.

    Stops when the objective rises by less than `tolerance` a comparison. `prior`: a and b of the Beta prior of eta,
    each over 1, the first larger. Formula, Assumes, Source: see the module.
    Raises `NothingCompared`, `NotConnected`, `TooManyItems`, `BadSetting`.

    >>> from itertools import combinations
    >>> from guiju.stats.consensus.comparisons import encode_comparisons
    >>> rows = [(i, j, "right" if who == "contrary" else "left", who)
    ...         for i, j in combinations("ABCDE", 2) for who in ("al", "bo", "contrary")]
    >>> found = crowd_bt(encode_comparisons(*zip(*rows)))
    >>> "".join(found.ranking), [round(one.value, 2) for one in found.reliability]
    ('ABCDE', [0.92, 0.92, 0.23])
    """
    _demand_sense(comparisons, prior, ridge, iterations, tolerance)
    decided = _decided(comparisons)
    duel = Duel(decided.left, decided.right, decided.won, decided.lost, 0 * decided.won, decided.items, davidson=False)
    demand_connected(duel, comparisons.items)
    state, done, converged = _climb(decided, Prior(*prior), ridge, iterations, tolerance)
    return CrowdBT(
        comparisons.items,
        comparisons.annotators,
        np.exp(state.log_strength),
        _reliability(decided, state, Prior(*prior)),
        concordance(comparisons, state.log_strength),
        state.log_likelihood,
        state.objective,
        done,
        converged,
        float(comparisons.times[comparisons.outcome == 0].sum()),
    )


def _demand_sense(
    comparisons: Comparisons, prior: tuple[float, float], ridge: float, iterations: int, tolerance: float
) -> None:
    if len(comparisons.items) > MOST_ITEMS:
        raise TooManyItems(items=len(comparisons.items), limit=MOST_ITEMS)
    demand_setting("prior", prior, "two numbers over 1, the first larger", holds=np.inf > prior[0] > prior[1] > 1)
    demand_setting("ridge", ridge, "more than 0", holds=0 < ridge < np.inf)
    demand_setting("iterations", iterations, "1 or more", holds=iterations >= 1)
    demand_setting("tolerance", tolerance, "0 or more", holds=0 <= tolerance < np.inf)
    if not (comparisons.outcome != 0).any():
        raise NothingCompared


@dataclass(frozen=True, slots=True)
class _Decided:
    """The comparisons with a winner: whose, of what, and how often."""

    left: Codes
    right: Codes
    won: Floats
    lost: Floats
    annotator: Codes
    items: int
    annotators: int

    @property
    def times(self) -> Floats:
        return self.won + self.lost


@dataclass(frozen=True, slots=True)
class _State:
    log_strength: Floats
    eta: Floats
    says: Floats
    """P(winner beats loser) by the strengths alone."""
    straight: Floats
    """The chance that the answer was given straight."""
    log_likelihood: float
    objective: float


def _decided(comparisons: Comparisons) -> _Decided:
    rows = comparisons.outcome != 0
    left_won = (comparisons.outcome == 1)[rows]
    times = comparisons.times[rows]
    return _Decided(
        comparisons.left[rows],
        comparisons.right[rows],
        np.where(left_won, times, 0.0),
        np.where(left_won, 0.0, times),
        comparisons.annotator[rows],
        len(comparisons.items),
        len(comparisons.annotators),
    )


def _climb(
    decided: _Decided, prior: Prior, ridge: float, iterations: int, tolerance: float
) -> tuple[_State, int, bool]:
    usual = np.full(decided.annotators, prior.a / (prior.a + prior.b))
    state = _weigh(decided, prior, ridge, np.zeros(decided.items), usual)
    n = sums(decided.annotator, decided.times, decided.annotators)
    for done in range(1, iterations + 1):
        straight = sums(decided.annotator, decided.times * state.straight, decided.annotators)
        eta = (straight + prior.a - 1) / (n + prior.a + prior.b - 2)
        following = _weigh(decided, prior, ridge, _strengths(decided, state, ridge), eta)
        if following.objective - state.objective <= tolerance * len(decided.left):
            return following, done, True
        state = following
    return state, iterations, False


def _strengths(decided: _Decided, state: _State, ridge: float) -> Floats:
    """The best log strengths when each answer counts for its winner as far as it was straight, else for the loser."""
    turned = 1 - state.straight
    won = decided.won * state.straight + decided.lost * turned
    lost = decided.lost * state.straight + decided.won * turned
    duel = Duel(decided.left, decided.right, won, lost, 0 * won, decided.items, davidson=False)
    return maximise(duel, ridge, state.log_strength).log_strength


def _weigh(decided: _Decided, prior: Prior, ridge: float, log_strength: Floats, eta: Floats) -> _State:
    ahead = (log_strength[decided.left] - log_strength[decided.right]) * np.sign(decided.won - decided.lost)
    says, trust = 1 / (1 + np.exp(-ahead)), eta[decided.annotator]
    chance = trust * says + (1 - trust) * (1 - says)
    likelihood = float(decided.times @ np.log(chance))
    beta = (prior.a - 1) * np.log(eta).sum() + (prior.b - 1) * np.log1p(-eta).sum()
    penalty = ridge / 2 * float(log_strength @ log_strength)
    return _State(log_strength, eta, says, trust * says / chance, likelihood, likelihood + float(beta) - penalty)


def _reliability(decided: _Decided, state: _State, prior: Prior) -> tuple[Figure, ...]:
    trust = state.eta[decided.annotator]
    slope = (2 * state.says - 1) / (trust * state.says + (1 - trust) * (1 - state.says))
    times = np.rint(decided.times).astype(np.int64)
    ends = mixture_interval(np.repeat(decided.annotator, times), np.repeat(slope, times), state.eta, prior)
    n = np.bincount(decided.annotator, decided.times, decided.annotators)
    rows = zip(state.eta.tolist(), ends.low.tolist(), ends.high.tolist(), n.tolist(), strict=True)
    return tuple(
        Figure(eta, low, high, round(count)) if count else Figure(None, why=NO_ANSWERS)
        for eta, low, high, count in rows
    )
