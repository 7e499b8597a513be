"""Bradley-Terry: one strength for each item, from who won against whom.

Formula:
    P(i beats j) = p_i / (p_i + p_j);  with ties (Davidson): p_i : p_j : v sqrt(p_i p_j) for i, j, tie
    log likelihood: sum over comparisons of log P(outcome), concave in lambda = log p and log v; Newton's method.
    Scale: the mean of lambda is 0 (the geometric mean of p is 1). Covariance: the inverse of the observed (= expected)
    information on that scale; interval of lambda: estimate -+ 1.96 standard errors.
    `ridge` r subtracts r/2 sum lambda^2: finite strengths also for items that only win or only lose.
Assumes:
    strengths lie on one line (no cycles but by chance), comparisons are independent, sides do not matter.
    A finite maximum exists if and only if for every split in two groups some item of each has beaten (or tied with)
    one of the other (Ford); with ties also only if strengths and v cannot run away together (see `demand_finite_ties`).
Source:
    Bradley & Terry 1952, doi:10.2307/2334029;
    Ford 1957, "Solution of a ranking problem from binary comparisons", Amer. Math. Monthly 64(8), pp. 28-33;
    Davidson 1970, doi:10.1080/01621459.1970.10481082; Hunter 2004, doi:10.1214/aos/1079120141
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Floats
from guiju.stats.consensus.ability_errors import NothingCompared, OnlyTies, TooManyItems
from guiju.stats.consensus.cells import demand_setting
from guiju.stats.consensus.comparisons import Comparisons
from guiju.stats.consensus.duels import Duel, demand_connected, demand_finite, demand_finite_ties, maximise
from guiju.stats.figure import Figure
from guiju.stats.intervals import wilson

MOST_ITEMS = 3000
_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Strength:
    """One item: `strength` p and `log_strength` with its interval, from `log_strength.n` comparisons."""

    item: Hashable
    strength: float
    log_strength: Figure

    def to_dict(self) -> dict[str, object]:
        return {"item": self.item, "strength": self.strength, "log_strength": self.log_strength.to_dict()}


@dataclass(frozen=True, slots=True)
class BradleyTerry:
    """`strengths` in the order of the items; `ranking` from the strongest.

    `tie` is Davidson's v: two equals tie with probability v / (2 + v); 0 without ties in the model. `concordance` is
    the share of decided comparisons that the stronger item won (equal strengths count half), with Wilson's interval.
    """

    strengths: tuple[Strength, ...]
    tie: float
    concordance: Figure
    log_likelihood: float
    iterations: int
    comparisons: float
    ties: float

    @property
    def ranking(self) -> tuple[Strength, ...]:
        return tuple(sorted(self.strengths, key=lambda one: -one.strength))

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        first, last = self.ranking[0], self.ranking[-1]
        odds = first.strength / (first.strength + last.strength)
        share = "–" if self.concordance.value is None else f"{self.concordance.value:.2f}"
        places = {"first": first.item, "last": last.item, "p": _odds(odds), "share": share}
        return Sentence(ABOUT, places), Sentence(NOT_ABOUT)

    def to_dict(self) -> dict[str, object]:
        return {
            "strengths": [one.to_dict() for one in self.strengths],
            "tie": self.tie,
            "concordance": self.concordance.to_dict(),
            "log_likelihood": self.log_likelihood,
            "iterations": self.iterations,
            "comparisons": self.comparisons,
            "ties": self.ties,
        }


ABOUT = N_(
    "The strongest is {first}: against the weakest, {last}, it would win with probability {p}. The order explains a "
    "share of {share} of the decided comparisons."
)
NOT_ABOUT = N_(
    "Only odds between items have a meaning: a strength twice as high means odds of two to one, not twice the quality. "
    "Neighbours whose intervals overlap may well stand the other way round."
)
NOTHING_DECIDED = N_("No comparison was decided, so there is no order to explain.")


def _odds(p: float) -> str:
    return "> 0.99" if p > 0.99 else f"{p:.2f}"


def bradley_terry(
    comparisons: Comparisons, *, ties: Literal["davidson", "half", "drop"] = "davidson", ridge: float = 0.0
) -> BradleyTerry:
    """The maximum likelihood strengths of the items compared.

    Ties have a probability of their own ("davidson"), count half a win for each ("half"), or are left out ("drop").
    Formula, Assumes, Source: see the module. Raises `NothingCompared`, `OnlyTies`, `NotConnected` (also with a ridge:
    the data say nothing across groups), `NoFiniteStrength` and `NoFiniteTies` (not
    with a ridge), `TooManyItems`, `BadSetting`.

    >>> from guiju.stats.consensus.comparisons import from_wins
    >>> found = bradley_terry(from_wins([[0, 2, 0, 1], [3, 0, 5, 0], [0, 3, 0, 1], [4, 0, 3, 0]], "ABCD"))
    >>> [round(one.strength, 3) for one in found.strengths]
    [0.64, 1.043, 0.66, 2.27]
    >>> [round(end, 2) for end in found.strengths[3].log_strength.interval]
    [-0.4, 2.04]
    """
    demand_setting("ridge", ridge, "0 or more", holds=0 <= ridge < np.inf)
    demand_setting("ties", ties, "davidson, half or drop", holds=ties in ("davidson", "half", "drop"))
    duel = _duel(comparisons, ties)
    _demand_rankable(duel, comparisons, ridge)
    end = maximise(duel, ridge)
    centred = end.log_strength
    return BradleyTerry(
        tuple(map(_strength, comparisons.items, centred.tolist(), end.error.tolist(), comparisons.per_item.tolist())),
        float(np.exp(end.log_tie)) if duel.davidson else 0.0,
        concordance(comparisons, centred),
        end.log_likelihood,
        end.iterations,
        float(comparisons.times.sum()),
        float(comparisons.times[comparisons.outcome == 0].sum()),
    )


def _duel(pairs: Comparisons, ties: str) -> Duel:
    won, tied, lost = (np.where(pairs.outcome == side, pairs.times, 0.0) for side in (1, 0, -1))
    if ties == "half":
        won, lost = won + tied / 2, lost + tied / 2
    davidson = ties == "davidson" and bool(tied.any())
    return Duel(pairs.left, pairs.right, won, lost, tied if davidson else 0 * tied, len(pairs.items), davidson)


def _demand_rankable(duel: Duel, pairs: Comparisons, ridge: float) -> None:
    if duel.items > MOST_ITEMS:
        raise TooManyItems(items=duel.items, limit=MOST_ITEMS)
    if len(pairs) and not (pairs.outcome != 0).any():
        raise OnlyTies(count=f"{pairs.times.sum():g}")
    if not (duel.won + duel.lost + duel.tied).any():
        raise NothingCompared
    demand_connected(duel, pairs.items)
    if ridge == 0:
        demand_finite(duel, pairs.items)
        if duel.davidson:
            demand_finite_ties(duel)


def _strength(item: Hashable, value: float, error: float, n: float) -> Strength:
    interval = (value - _Z95 * error, value + _Z95 * error)
    return Strength(item, float(np.exp(value)), Figure(value, *interval, round(n)))


def concordance(pairs: Comparisons, log_strength: Floats) -> Figure:
    """The share of decided comparisons that the stronger item won, with Wilson's interval.

    Formula: (won by the stronger + half of those between equals) / decided. Assumes, Source: see the module.

    >>> from guiju.stats.consensus.comparisons import from_wins
    >>> concordance(from_wins([[0, 3], [1, 0]]), np.array([0.5, -0.5])).value
    0.75
    """
    ahead = (log_strength[pairs.left] - log_strength[pairs.right]) * pairs.outcome
    decided = pairs.outcome != 0
    n = float(pairs.times[decided].sum())
    if n == 0:
        return Figure(None, why=NOTHING_DECIDED)
    even = np.abs(ahead) < 1e-9
    right = float(pairs.times[decided & ~even & (ahead > 0)].sum() + pairs.times[decided & even].sum() / 2)
    low, high = wilson(right, round(n)) if right <= round(n) else (0.0, 1.0)
    return Figure(right / n, low, high, round(n))
