"""The two steps of the two-parameter logistic model with abilities integrated out. The model is in `irt`.

An annotator with a thousand answers has an ability known to a few hundredths: a fixed grid would miss where it lies.
Each annotator therefore has Gauss-Hermite nodes of their own, laid about the mode of their posterior.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple

import numpy as np

from guiju.stats.columns import Codes, Columns, Floats
from guiju.stats.consensus.cells import Beliefs, Cells, believe, sums

NODES = 11
CENTRE = 3.0
"""Prior standard deviation of the mean of d, whose own mean is 0."""
_LONGEST = 1.0
_HALVINGS = 20


class Spread(NamedTuple):
    """Prior standard deviations over the items: of log a, and of the easiness d in logits."""

    log_discrimination: float = 0.5
    easiness: float = 1.0


class Stopping(NamedTuple):
    """When to stop."""

    iterations: int
    tolerance: float


@dataclass(frozen=True, slots=True)
class Items:
    """log a and d of each item, and the mean of d's prior."""

    log_a: Floats
    d: Floats
    centre: float


@dataclass(frozen=True, slots=True)
class Abilities:
    """The posterior of each annotator's ability on nodes of their own (annotators x nodes), and its two moments."""

    nodes: Floats
    weights: Floats
    mean: Floats
    sd: Floats
    log_marginal: float


@dataclass(frozen=True, slots=True)
class Data:
    """The answers: whose, on what, and which are alike in item and label; `latent` when the truth is not given."""

    item: Codes
    annotator: Codes
    items: int
    annotators: int
    cells: Cells | None
    prior: Floats

    @classmethod
    def of(cls, columns: Columns, cells: Cells | None, prior: Floats) -> "Data":
        return cls(columns.item, columns.annotator, len(columns.items), len(columns.annotators), cells, prior)


@dataclass(frozen=True, slots=True)
class State:
    """Where the climb stands: the probability that each answer is right, and what follows from it."""

    items: Items
    right: Floats
    beliefs: Beliefs | None
    truth: float
    """What the beliefs about the truth add to the objective: their entropy, prior, and which wrong label it was."""
    abilities: Abilities
    objective: float


class Climb(NamedTuple):
    """The end of the climb."""

    state: State
    iterations: int
    converged: bool


def climb(data: Data, right: Floats, truth: float, spread: Spread, stopping: Stopping) -> Climb:
    """Kernel: from the answers' first chances to be right to the top. A turn: beliefs, items, abilities; never down."""
    usual = float(np.clip(right.mean(), 0.05, 0.95))
    start = log(usual / (1 - usual))
    items = Items(np.zeros(data.items), np.full(data.items, start), start)
    state = _weigh(data, State(items, right, None, truth, _nobody(data), 0.0), spread)
    for done in range(1, stopping.iterations + 1):
        following = _rise(data, state, spread)
        if following.objective - state.objective <= stopping.tolerance * len(data.item):
            better = following if following.objective >= state.objective else state
            return Climb(better, done, converged=True)
        state = following
    return Climb(state, stopping.iterations, converged=False)


def _nobody(data: Data) -> Abilities:
    nothing = np.zeros((data.annotators, 0))
    return Abilities(nothing, nothing, np.zeros(data.annotators), np.ones(data.annotators), 0.0)


def _rise(data: Data, state: State, spread: Spread) -> State:
    before = believe_again(data, state) if data.cells is not None else state
    better = _better_items(data, before, spread)
    shifted = _weigh(data, replace(before, items=_shifted(better, state.abilities, spread)), spread)
    if shifted.objective >= state.objective:
        return shifted
    return _halved(data, replace(before, items=better), state, spread)


def _halved(data: Data, proposed: State, state: State, spread: Spread) -> State:
    """The step from `state` to `proposed`, halved until it does not fall."""
    items, old = proposed.items, state.items
    for _ in range(_HALVINGS):
        following = _weigh(data, replace(proposed, items=items), spread)
        if following.objective >= state.objective:
            return following
        items = _centred((items.log_a + old.log_a) / 2, (items.d + old.d) / 2, spread)
    return state


def _shifted(items: Items, abilities: Abilities, spread: Spread) -> Items:
    """`items` on the scale on which the abilities, as they are now believed, have mean 0.

    The model fixes that mean, and plain EM creeps towards it: parameter expansion (Liu, Rubin & Wu 1998).
    """
    mean = float(abilities.mean.mean())
    return _centred(items.log_a, items.d + np.exp(items.log_a) * mean, spread)


def _centred(log_a: Floats, d: Floats, spread: Spread) -> Items:
    """With the centre that is best for these items."""
    n = len(d)
    return Items(log_a, d, float(d.mean()) * n / (n + (spread.easiness / CENTRE) ** 2))


def believe_again(data: Data, state: State) -> State:
    """Kernel: the beliefs about the truth given the abilities.

    Each giver of a label adds a_i * mean ability + d_i + log(K - 1) to its score.
    """
    assert data.cells is not None
    cells, extra = data.cells, log(data.cells.labels - 1)
    worth = np.exp(state.items.log_a)[data.item] * state.abilities.mean[data.annotator] + state.items.d[data.item]
    score = sums(cells.of, worth, len(cells)) + extra * cells.count
    beliefs = believe(cells, score, data.prior)
    right = beliefs.p[cells.of]
    truth = float(beliefs.log_z.sum() - beliefs.p @ score) - extra * float((1 - right).sum())
    return replace(state, right=right, beliefs=beliefs, truth=truth)


def _weigh(data: Data, state: State, spread: Spread) -> State:
    """The abilities at these items and chances, and the objective."""
    abilities = _abilities(data, state)
    items = state.items
    log_a, d = items.log_a / spread.log_discrimination, (items.d - items.centre) / spread.easiness
    prior = -0.5 * float(log_a @ log_a + d @ d)
    prior -= 0.5 * (items.centre / CENTRE) ** 2
    return replace(state, abilities=abilities, objective=abilities.log_marginal + state.truth + prior)


def _abilities(data: Data, state: State) -> Abilities:
    a, d = np.exp(state.items.log_a)[data.item], state.items.d[data.item]
    mode, sd = state.abilities.mean, state.abilities.sd
    for _ in range(3):
        chance = logistic(a * mode[data.annotator] + d)
        slope = sums(data.annotator, a * (state.right - chance), data.annotators) - mode
        sd = 1 / np.sqrt(sums(data.annotator, a * a * chance * (1 - chance), data.annotators) + 1)
        mode = mode + np.clip(slope * sd * sd, -_LONGEST, _LONGEST)
    at, weight = np.polynomial.hermite.hermgauss(NODES)
    nodes = mode[:, None] + np.sqrt(2) * sd[:, None] * at
    density = np.log(weight) + at * at + np.log(sd[:, None]) - 0.5 * np.log(np.pi) - 0.5 * nodes * nodes
    for node in range(NODES):
        eta = a * nodes[data.annotator, node] + d
        density[:, node] += sums(data.annotator, state.right * eta - np.logaddexp(0.0, eta), data.annotators)
    top = density.max(axis=1, keepdims=True)
    weights = np.exp(density - top)
    whole = weights.sum(axis=1, keepdims=True)
    weights /= whole
    mean = (weights * nodes).sum(axis=1)
    spread = np.sqrt(np.maximum((weights * (nodes - mean[:, None]) ** 2).sum(axis=1), 0.0))
    return Abilities(nodes, weights, mean, spread, float(np.log(whole).sum() + top.sum()))


class Node(NamedTuple):
    """One node of every answer: its weight, a theta, what is not explained (right - chance), chance (1 - chance)."""

    weight: Floats
    level: Floats
    missed: Floats
    spread: Floats


def each_node(data: Data, state: State) -> Iterator[Node]:
    """Kernel: the nodes of the abilities, one after the other, for all answers."""
    a, d = np.exp(state.items.log_a)[data.item], state.items.d[data.item]
    for node in range(NODES):
        level = a * state.abilities.nodes[data.annotator, node]
        chance = logistic(level + d)
        yield Node(state.abilities.weights[data.annotator, node], level, state.right - chance, chance * (1 - chance))


def _better_items(data: Data, state: State, spread: Spread) -> Items:
    """One step of Fisher scoring in (log a, d) of each item, then the centres."""
    up_a, up_d, aa, ad, dd = (np.zeros(data.items) for _ in range(5))
    for weight, level, missed, chance in each_node(data, state):
        rise, curve = weight * missed, weight * chance
        up_d += sums(data.item, rise, data.items)
        up_a += sums(data.item, rise * level, data.items)
        dd += sums(data.item, curve, data.items)
        ad += sums(data.item, curve * level, data.items)
        aa += sums(data.item, curve * level * level, data.items)
    items, (more_a, more_d) = state.items, precisions(spread)
    up_a, up_d = up_a - items.log_a * more_a, up_d - (items.d - items.centre) * more_d
    aa, dd = aa + more_a, dd + more_d
    whole = aa * dd - ad * ad
    log_a = items.log_a + np.clip((dd * up_a - ad * up_d) / whole, -_LONGEST, _LONGEST)
    d = items.d + np.clip((aa * up_d - ad * up_a) / whole, -_LONGEST, _LONGEST)
    return _centred(log_a, d, spread)


def precisions(spread: Spread) -> tuple[float, float]:
    """Kernel: 1 / variance of the priors of log a and d."""
    return 1 / spread.log_discrimination**2, 1 / spread.easiness**2


def logistic(x: Floats) -> Floats:
    """Kernel: 1 / (1 + exp(-x))."""
    from scipy.special import expit  # noqa: PLC0415 - heavy: a page that needs no consensus does not pay for it

    return expit(x)
