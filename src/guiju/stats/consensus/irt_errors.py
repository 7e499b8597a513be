"""How exact discriminations and difficulties are: observed information, complete minus missing (Louis 1982).

Up to `WHOLE` items the table of information is inverted whole, so that what the items owe to the same uncertain
abilities counts; beyond it, item by item, and the errors are then a little too small.
"""

import numpy as np

from guiju.stats.columns import Floats
from guiju.stats.consensus.cells import sums
from guiju.stats.consensus.irt_steps import CENTRE, Data, Spread, State, each_node, precisions

WHOLE = 400


def errors(data: Data, state: State, spread: Spread) -> tuple[Floats, Floats]:
    """Kernel: standard errors of log a and of b = -d / a (delta method); NaN where the information is not positive."""
    aa, ad, dd = _whole(data, state, spread) if data.items <= WHOLE else _by_item(data, state, spread)
    a = np.exp(state.items.log_a)
    b = -state.items.d / a
    variance = b * b * aa + 2 * b / a * ad + dd / (a * a)
    return _root(aa), _root(variance)


def _root(variance: Floats) -> Floats:
    return np.sqrt(np.where(variance > 0, variance, np.nan))


def _known(data: Data, state: State) -> tuple[Floats, Floats, Floats]:
    """Complete information of each item's own (log a, d), expected over the abilities."""
    aa, ad, dd = (np.zeros(data.items) for _ in range(3))
    for weight, level, missed, chance in each_node(data, state):
        aa += sums(data.item, weight * (chance * level - missed) * level, data.items)
        ad += sums(data.item, weight * chance * level, data.items)
        dd += sums(data.item, weight * chance, data.items)
    return aa, ad, dd


def _by_item(data: Data, state: State, spread: Spread) -> tuple[Floats, Floats, Floats]:
    aa, ad, dd = _known(data, state)
    mean_a, mean_d, square_a, mixed, square_d = (np.zeros(len(data.item)) for _ in range(5))
    for weight, level, missed, _ in each_node(data, state):
        mean_d += weight * missed
        mean_a += weight * missed * level
        square_d += weight * missed * missed
        mixed += weight * missed * missed * level
        square_a += weight * (missed * level) ** 2
    more_a, more_d = precisions(spread)
    aa = aa + more_a - sums(data.item, square_a - mean_a**2, data.items)
    ad = ad - sums(data.item, mixed - mean_a * mean_d, data.items)
    dd = dd + more_d - sums(data.item, square_d - mean_d**2, data.items)
    whole = aa * dd - ad * ad
    good = (whole > 0) & (aa > 0)
    safe = np.where(good, whole, np.nan)
    return dd / safe, -ad / safe, aa / safe


def _whole(data: Data, state: State, spread: Spread) -> tuple[Floats, Floats, Floats]:
    n = data.items
    known = np.zeros((2 * n, 2 * n))
    aa, ad, dd = _known(data, state)
    place = np.arange(n)
    known[place, place], known[place + n, place + n] = aa, dd
    known[place, place + n] = known[place + n, place] = ad
    more_a, more_d = precisions(spread)
    known[:n, :n] += more_a * np.eye(n)
    known[n:, n:] += more_d * (np.eye(n) - more_d / (n * more_d + 1 / CENTRE**2))
    information = known - _missing(data, state)
    if np.linalg.eigvalsh(information)[0] <= 0:
        nothing = np.full(n, np.nan)
        return nothing, nothing, nothing
    inverse = np.linalg.inv(information).astype(np.float64, copy=False)
    return inverse[place, place], inverse[place, place + n], inverse[place + n, place + n]


def _missing(data: Data, state: State) -> Floats:
    """The covariance of the scores that the abilities leave open: sum over annotators of Cov(score | answers)."""
    n = data.items
    mean, whole = np.zeros((data.annotators, 2 * n)), np.zeros((2 * n, 2 * n))
    for weight, level, missed, _ in each_node(data, state):
        score = np.zeros((data.annotators, 2 * n))
        np.add.at(score, (data.annotator, data.item), missed * level)
        np.add.at(score, (data.annotator, data.item + n), missed)
        share = np.zeros(data.annotators)
        share[data.annotator] = weight
        mean += share[:, None] * score
        whole += score.T @ (share[:, None] * score)
    return whole - mean.T @ mean
