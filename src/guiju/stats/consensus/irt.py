"""Item response theory, two parameters: how able an annotator is, how hard an item is, how well it tells them apart.

Formula:
    P(annotator j is right on item i) = s(a_i theta_j + d_i) = s(a_i (theta_j - b_i)),  s(x) = 1/(1 + exp(-x))
    theta_j ~ Normal(0, 1), integrated out; log a_i ~ Normal(0, .5^2), d_i ~ Normal(e, 1), e ~ Normal(0, 3^2).
    Difficulty b_i = -d_i / a_i: an annotator of ability b_i is right every second time.
    `irt_2pl` (right answers known): maximises sum_j log integral phi(theta) prod_i P^r (1-P)^(1-r) dtheta + log priors
    `irt` (not known): P(y_ij = k | z_i = c) = P if k = c, else (1 - P) / (K - 1); z_i uniform. q(theta) and q(z) are
    kept apart (mean field), which bounds the log likelihood from below; the bound and the log priors are maximised.
Assumes:
    one ability an annotator, the same for all items and all the time; answers independent given abilities and truth;
    a wrong answer is any other label alike. Few answers an item: a_i and d_i then lean on their priors.
Source:
    Bock & Aitkin 1981, doi:10.1007/BF02293801 (marginal likelihood by EM); Birnbaum 1968, in Lord & Novick,
    "Statistical Theories of Mental Test Scores" (2PL); Mislevy 1986, doi:10.1007/BF02293979 (priors of items);
    parameter expansion: Liu, Rubin & Wu 1998, doi:10.1093/biomet/85.4.755;
    Naylor & Smith 1982, "Applications of a method for the efficient computation of posterior distributions",
    Applied Statistics 31, pp. 214-225 (nodes about each mode); Louis 1982, doi:10.1111/j.2517-6161.1982.tb01203.x
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Columns, Floats, is_missing
from guiju.stats.consensus.ability_errors import NothingKnown
from guiju.stats.consensus.cells import demand_setting, filled, sums, uniform
from guiju.stats.consensus.checks import demand_answers, demand_comparable
from guiju.stats.consensus.irt_errors import errors
from guiju.stats.consensus.irt_steps import Climb, Data, Spread, State, Stopping, believe_again, climb, logistic
from guiju.stats.consensus.methods import Method
from guiju.stats.consensus.result import CategoricalConsensus, answers_per_annotator, shares
from guiju.stats.figure import Figure

_Z95 = 1.959963984540054
NO_INFORMATION = N_("The answers to this item say too little to tell how exact the estimate is.")


@dataclass(frozen=True, slots=True, eq=False)
class Scales:
    """Arrays in the order of annotators (ability) and items (the others), with standard errors.

    `ability` is the posterior mean, `ability_error` the posterior standard deviation. `discrimination` is a, with
    `discrimination_error` on the scale of log a; `difficulty` is b. An error is NaN where the answers say too little.
    """

    ability: Floats
    ability_error: Floats
    discrimination: Floats
    discrimination_error: Floats
    difficulty: Floats
    difficulty_error: Floats

    def ability_of(self, annotator: int, n: int) -> Figure:
        """The ability of an annotator (by code), from `n` answers; interval: mean -+ 1.96 posterior sd."""
        return _figure(float(self.ability[annotator]), float(self.ability_error[annotator]), n)

    def difficulty_of(self, item: int, n: int) -> Figure:
        """The difficulty of an item (by code), from `n` answers; interval: estimate -+ 1.96 standard errors."""
        return _figure(float(self.difficulty[item]), float(self.difficulty_error[item]), n)


def _figure(value: float, error: float, n: int) -> Figure:
    if np.isnan(error):
        return Figure(value, n=n, why=NO_INFORMATION)
    return Figure(value, value - _Z95 * error, value + _Z95 * error, n)


@dataclass(frozen=True, slots=True, eq=False)
class IrtConsensus(CategoricalConsensus):
    """A consensus with the `scales` of annotators and items, whose errors take the consensus for the truth.

    `log_likelihood` is the bound from below. `reliability` is the expected share of the annotator's answers that are
    right, with Wilson's interval.
    """

    scales: Scales = field(kw_only=True)
    objective: float = field(kw_only=True)


@dataclass(frozen=True, slots=True, eq=False)
class IrtFit:
    """The 2PL of annotators and items where the right answers are known.

    `log_likelihood` is marginal over abilities; `objective` adds the log priors of the items (without constants).
    """

    items: tuple[Hashable, ...]
    annotators: tuple[Hashable, ...]
    scales: Scales
    reliability: tuple[Figure, ...]
    answers: int
    iterations: int
    converged: bool
    log_likelihood: float
    objective: float
    meaning: tuple[Sentence, ...]

    def to_dict(self) -> dict[str, object]:
        ability, error = self.scales.ability.tolist(), self.scales.ability_error.tolist()
        hard, doubt = self.scales.difficulty.tolist(), self.scales.difficulty_error.tolist()
        sharp = self.scales.discrimination.tolist()
        return {
            "items": [
                {"item": item, "difficulty": b, "error": None if np.isnan(e) else e, "discrimination": a}
                for item, b, e, a in zip(self.items, hard, doubt, sharp, strict=True)
            ],
            "annotators": [
                {"annotator": who, "ability": theta, "error": sd, "reliability": one.to_dict()}
                for who, theta, sd, one in zip(self.annotators, ability, error, self.reliability, strict=True)
            ],
            "answers": self.answers,
            "iterations": self.iterations,
            "converged": self.converged,
            "log_likelihood": self.log_likelihood,
        }


def irt_2pl(
    columns: Columns,
    gold: Mapping[Any, Any],
    *,
    spread: Spread | None = None,
    iterations: int = 1000,
    tolerance: float = 1e-9,
) -> IrtFit:
    """Abilities, difficulties and discriminations from answers to items whose right answer is in `gold`.

    Items without gold are left out. Stops when the objective rises by less than `tolerance` an answer. An item that
    all get right (or wrong) is as easy (or hard) as the prior lets it be; without a prior it would be infinitely so.
    Formula, Assumes, Source: see the module. Raises `NothingToResolve`, `NothingKnown`, `BadSetting`.

    >>> from guiju.stats.columns import encode
    >>> gold = {i: "x" for i in range(6)}
    >>> rows = [(i, a, "x" if i < known else "y") for a, known in (("al", 2), ("bo", 3), ("cy", 5)) for i in range(6)]
    >>> found = irt_2pl(encode(*zip(*rows)), gold)
    >>> found.scales.ability.round(2).tolist(), found.scales.difficulty.round(1).tolist()
    ([-0.67, -0.2, 0.8], [-1.2, -1.2, -0.5, 0.1, 0.1, 0.8])
    """
    demand_answers(columns)
    spread, stopping = _settings(spread, iterations, tolerance)
    marked, right = _marked(columns, gold)
    n = answers_per_annotator(marked)
    reliability = shares(sums(marked.annotator, right, len(n)), n)
    data = Data.of(marked, None, uniform(marked))
    end = climb(data, right, 0.0, spread, stopping)
    return IrtFit(
        tuple(marked.items),
        marked.annotators,
        _scales(data, end, spread),
        reliability,
        len(marked),
        end.iterations,
        end.converged,
        end.state.abilities.log_marginal,
        end.state.objective,
        _meaning(marked, end.state),
    )


def irt(
    columns: Columns, *, spread: Spread | None = None, iterations: int = 1000, tolerance: float = 1e-8
) -> IrtConsensus:
    """The consensus of `columns` by the 2PL with unknown truth.

    Starts from the shares of votes; nothing is random. Stops when the objective rises by less than `tolerance` an
    answer. Formula, Assumes, Source: see the module.
    Raises `NothingToResolve`, `OneClassOnly`, `NobodyToCompare`, `BadSetting`.

    >>> from guiju.stats.columns import encode
    >>> rows = [(i, a, "yes" if (i % 2 == 0) != (a == "c" and i < 4) else "no") for i in range(8) for a in "abc"]
    >>> found = irt(encode(*zip(*rows)))
    >>> [row.label for row in found.rows()][:4], found.scales.ability.round(1).tolist()
    (['yes', 'no', 'yes', 'no'], [0.7, 0.7, -1.4])
    """
    demand_comparable(columns)
    spread, stopping = _settings(spread, iterations, tolerance)
    data, end = _climb_latent(columns, spread, stopping)
    state = end.state
    assert state.beliefs is not None
    picked = state.beliefs.picked()
    expected_right = sums(columns.annotator, state.right, len(columns.annotators))
    return IrtConsensus(
        "irt",
        tuple(columns.items),
        columns.annotators,
        columns.labels,
        picked.label,
        picked.confidence,
        picked.ties,
        shares(expected_right, answers_per_annotator(columns)),
        state.beliefs.dense(),
        tuple(data.prior.tolist()),
        end.iterations,
        end.converged,
        state.abilities.log_marginal + state.truth,
        _meaning(columns, state),
        scales=_scales(data, end, spread),
        objective=state.objective,
    )


def _settings(spread: Spread | None, iterations: int, tolerance: float) -> tuple[Spread, Stopping]:
    chosen = spread or Spread()
    for name, value in zip(Spread._fields, chosen, strict=True):
        demand_setting(name, value, "more than 0", holds=0 < value < np.inf)
    demand_setting("iterations", iterations, "1 or more", holds=iterations >= 1)
    demand_setting("tolerance", tolerance, "0 or more", holds=0 <= tolerance < np.inf)
    return chosen, Stopping(iterations, tolerance)


def _marked(columns: Columns, gold: Mapping[Any, Any]) -> tuple[Columns, Floats]:
    """The answers to items with gold, and 1 for each that is right."""
    place = {label: code for code, label in enumerate(columns.labels)}
    known = np.array([item in gold and not is_missing(gold[item]) for item in columns.items])
    truth = np.array([place.get(gold[item], -2) if item in gold else -1 for item in columns.items])
    rows = known[columns.item]
    if not rows.any():
        raise NothingKnown
    new = np.cumsum(known) - 1
    who, person = np.unique(columns.annotator[rows], return_inverse=True)
    items = [item for item, there in zip(columns.items, known.tolist(), strict=True) if there]
    marked = Columns(
        items,
        tuple(columns.annotators[code] for code in who.tolist()),
        columns.labels,
        new[columns.item[rows]],
        person,
        columns.label[rows],
    )
    return marked, (columns.label == truth[columns.item])[rows].astype(float)


def _climb_latent(columns: Columns, spread: Spread, stopping: Stopping) -> tuple[Data, Climb]:
    """Begins with the share of votes that each answer's label had."""
    cells = filled(columns)
    data = Data.of(columns, cells, uniform(columns))
    votes = cells.count / columns.answers_per_item[cells.item]
    return data, climb(data, votes[cells.of], -np.inf, spread, stopping)


def _scales(data: Data, end: Climb, spread: Spread) -> Scales:
    of_a, of_b = errors(data, end.state, spread)
    items, abilities = end.state.items, end.state.abilities
    return Scales(abilities.mean, abilities.sd, np.exp(items.log_a), of_a, _difficulty(end.state), of_b)


def _difficulty(state: State) -> Floats:
    return -state.items.d / np.exp(state.items.log_a)


ABOUT = N_(
    "Ability and difficulty stand on one scale: whoever is as able as an item is hard gets it right every second time. "
    "The most able is {best} ({ability}), the hardest item {item} ({difficulty})."
)
NOT_ABOUT = N_(
    "An ability counts in spreads of this group of annotators, so it says nothing about another group. With few "
    "answers an item, its difficulty leans on what is usual here."
)


def _meaning(columns: Columns, state: State) -> tuple[Sentence, ...]:
    best, hardest = int(np.argmax(state.abilities.mean)), int(np.argmax(_difficulty(state)))
    places = {
        "best": columns.annotators[best],
        "ability": f"{state.abilities.mean[best]:+.2f}",
        "item": columns.items[hardest],
        "difficulty": f"{_difficulty(state)[hardest]:+.2f}",
    }
    return Sentence(ABOUT, places), Sentence(NOT_ABOUT)


def _held_out(training: Columns, hidden: Columns, seed: int) -> Floats:
    """log P(answer) of each hidden row: its label is right and given, or another is and this one was taken for it."""
    del seed
    demand_comparable(training)
    data, end = _climb_latent(training, Spread(), Stopping(1000, 1e-8))
    state = believe_again(data, end.state)
    assert state.beliefs is not None
    a, d = np.exp(state.items.log_a)[hidden.item], state.items.d[hidden.item]
    nodes, weights = state.abilities.nodes[hidden.annotator], state.abilities.weights[hidden.annotator]
    right = (weights * logistic(a[:, None] * nodes + d[:, None])).sum(axis=1)
    believed = state.beliefs.of(hidden.item, hidden.label)
    wrong = (1 - believed) * (1 - right) / (len(training.labels) - 1)
    return np.log(np.maximum(believed * right + wrong, np.finfo(float).tiny))


def _by_seed(columns: Columns, seed: int) -> CategoricalConsensus:
    del seed
    return irt(columns)


METHOD = Method("irt", _by_seed, _held_out)
