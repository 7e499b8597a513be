"""The likelihood of duels, its top, and whether it has one. The model is in `bradley_terry`."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from guiju.stats.columns import Floats
from guiju.stats.consensus.ability_errors import NoFiniteStrength, NoFiniteTies, NotConnected
from guiju.stats.consensus.cells import sums

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Duel:
    """For each row: how often the left item won, the right one, and how often it was a tie."""

    left: Any
    right: Any
    won: Floats
    lost: Floats
    tied: Floats
    items: int
    davidson: bool


@dataclass(frozen=True, slots=True)
class Maximum:
    """Log strengths of mean 0 with standard errors, log v, and the likelihood there."""

    log_strength: Floats
    error: Floats
    log_tie: float
    log_likelihood: float
    iterations: int


def demand_connected(duel: Duel, items: tuple[Hashable, ...]) -> None:
    """Kernel: every item is reached from every other by comparisons. Raises `NotConnected`, which tells the groups."""
    met = duel.won + duel.lost + duel.tied > 0
    count, group = _components(duel.left[met], duel.right[met], duel.items, "weak")
    if count > 1:
        groups = [[items[place] for place in np.flatnonzero(group == one)] for one in range(count)]
        raise NotConnected(count=count, groups=" | ".join(_listed(names) for names in groups[:_SHOWN]))


def demand_finite(duel: Duel, items: tuple[Hashable, ...]) -> None:
    """Kernel: no group only wins against the rest (Ford 1957). Raises `NoFiniteStrength`, which tells the groups."""
    winner, loser = _wins(duel.left, duel.right, duel.won + duel.tied > 0, duel.lost + duel.tied > 0)
    count, group = _components(winner, loser, duel.items, "strong")
    if count > 1:
        lost_to = np.zeros(count, bool)
        lost_to[group[loser[group[winner] != group[loser]]]] = True
        top = group == int(np.flatnonzero(~lost_to)[0])
        above, below = ([items[place] for place in np.flatnonzero(side)] for side in (top, ~top))
        raise NoFiniteStrength(winners=_listed(above), losers=_listed(below))


def demand_finite_ties(duel: Duel) -> None:
    """Kernel: strengths and the tie parameter do not run away together. Raises `NoFiniteTies`.

    They do if numbers d exist with d_i - d_j >= 1 where i beat j and |d_i - d_j| <= 1 where they tied: then d and v can
    grow side by side for ever. A circle of wins rules that out; else the inequalities are tried (Bellman-Ford).
    """
    winner, loser = _wins(duel.left, duel.right, duel.won > 0, duel.lost > 0)
    count, _ = _components(winner, loser, duel.items, "strong")
    if count < duel.items:
        return
    tied = duel.tied > 0
    one = np.concatenate([winner, duel.left[tied], duel.right[tied]])
    other = np.concatenate([loser, duel.right[tied], duel.left[tied]])
    most = np.concatenate([np.full(len(winner), -1), np.full(2 * int(tied.sum()), 1)])
    far = np.zeros(duel.items, np.int64)
    for _ in range(duel.items + 1):
        nearer = far.copy()
        np.minimum.at(nearer, other, far[one] + most)
        if (nearer == far).all():
            raise NoFiniteTies
        far = nearer


def _wins(left: Any, right: Any, ahead: Any, behind: Any) -> tuple[Any, Any]:
    """Who beat whom, once for each row and side."""
    return np.concatenate([left[ahead], right[behind]]), np.concatenate([right[ahead], left[behind]])


def _components(one: Any, other: Any, items: int, connection: Literal["weak", "strong"]) -> tuple[int, Any]:
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy: only a ranking needs it
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - as above

    graph: Any = coo_array((np.ones(len(one)), (one, other)), shape=(items, items))
    count, group = connected_components(graph.tocsr(), directed=True, connection=connection)
    return int(count), group


def _listed(names: list[Hashable]) -> str:
    more = "" if len(names) <= _SHOWN else f", … ({len(names)})"
    return ", ".join(map(str, names[:_SHOWN])) + more


def maximise(duel: Duel, ridge: float, start: Floats | None = None) -> Maximum:
    """Kernel: Newton's method, halved where it does not rise: the objective is concave."""
    point = np.zeros(duel.items + 1) if start is None else np.append(start, 0.0)
    value, slope, curve = _derivatives(duel, ridge, point)
    done, following = 0, (value, slope, curve)
    while done < 200:
        done += 1
        step: Floats = np.linalg.solve(curve, slope).astype(np.float64, copy=False)
        for _ in range(60):
            following = _derivatives(duel, ridge, point + step)
            if following[0] >= value - 1e-12 * abs(value):
                break
            step = step / 2
        point = point + step
        value, slope, curve = following
        if np.abs(step).max() < 1e-10:
            break
    centred = point[:-1] - point[:-1].mean()
    likelihood = value + ridge / 2 * float(point[:-1] @ point[:-1])
    return Maximum(centred, _errors(curve, duel), float(point[-1]), likelihood, done)


def _derivatives(duel: Duel, ridge: float, point: Floats) -> tuple[float, Floats, Floats]:
    """The penalised log likelihood, its slope, and its negative curvature made regular.

    Only differences of strengths matter, so the curvature is singular along (1, ..., 1): adding 1/n there leaves the
    solution without a component along it. Where there are no ties log v has no slope, and stands with curvature 1.
    """
    n, left, right = duel.items, duel.left, duel.right
    one, other, between = _logs(duel, point)
    p, q, t = np.exp(one), np.exp(other), np.exp(between)
    times = duel.won + duel.lost + duel.tied
    won, lost, tied = duel.won, duel.lost, duel.tied
    value = float(won @ one + lost @ other) + (float(tied @ between) if duel.davidson else 0.0)
    gain = won + tied / 2 - times * (p + t / 2)  # left; right has the opposite, as every comparison hands out one point
    slope = np.append(sums(left, gain, n) - sums(right, gain, n), float((tied - times * t).sum()))
    curve = np.zeros((n + 1, n + 1))
    own = times * (p + t / 4 - (p + t / 2) ** 2)
    np.add.at(curve, (left, right), -own)
    np.add.at(curve, (right, left), -own)
    curve[np.arange(n), np.arange(n)] = sums(left, own, n) + sums(right, own, n) + ridge
    mixed = times * t * (q - p) / 2
    curve[:n, n] = curve[n, :n] = sums(left, mixed, n) - sums(right, mixed, n)
    curve[n, n] = float((times * t * (1 - t)).sum()) if duel.davidson else 1.0
    if ridge == 0:
        curve[:n, :n] += 1 / n
    slope[:n] -= ridge * point[:n]
    return value - ridge / 2 * float(point[:n] @ point[:n]), slope, curve


def _logs(duel: Duel, point: Floats) -> tuple[Floats, Floats, Floats]:
    """log P of a win for the left, a win for the right, and a tie."""
    ahead = point[duel.left] - point[duel.right]
    middle = point[-1] * np.ones(len(ahead)) if duel.davidson else np.full(len(ahead), -np.inf)
    whole = np.logaddexp(np.logaddexp(ahead / 2, -ahead / 2), middle)
    return ahead / 2 - whole, -ahead / 2 - whole, middle - whole


def _errors(curve: Floats, duel: Duel) -> Floats:
    """Standard errors of the log strengths about their mean."""
    n = duel.items
    covariance = np.linalg.inv(curve)[:n, :n]
    centred = covariance - covariance.mean(axis=0) - covariance.mean(axis=1)[:, None] + covariance.mean()
    return np.sqrt(np.maximum(centred.diagonal(), 0.0)).astype(np.float64, copy=False)
