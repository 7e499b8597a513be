"""Expectation-maximisation as a driver: when it stops, whatever the model.

Formula: with q the posterior under parameters old, the bound after a step to parameters new is
    B = log L(old) + Q(new) - Q(old),   Q(t) = E_q[log P(answers, truth | t)]
which is E_q[log P(answers, truth | new)] + entropy(q): never above log L(new), and never falling. The climb has
converged when B per answer grows by less than the tolerance; nothing of the size of the items is kept for that.
Assumes: each step's parameters maximise Q, or at least do not lower it.
Source: Dempster, Laird & Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x; Neal & Hinton 1998,
doi:10.1007/978-94-011-5014-9_12.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite
from typing import Generic, NamedTuple, TypeVar

from guiju.kit import N_
from guiju.stats.consensus.errors import BadSetting

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stopping:
    """The climb ends when an iteration gains less than `tolerance` (in nats an answer), or after `iterations`."""

    tolerance: float = 1e-7
    iterations: int = 1_000

    def __post_init__(self) -> None:
        if not (isfinite(self.tolerance) and self.tolerance >= 0):
            raise BadSetting(setting=N_("tolerance"), value=self.tolerance, wanted=N_("0 or more"))
        if self.iterations < 1:
            raise BadSetting(setting=N_("number of iterations"), value=self.iterations, wanted=N_("1 or more"))


class Step(NamedTuple, Generic[T]):
    """Parameters after a step, and the bound per answer that they reach."""

    parameters: T
    bound: float


@dataclass(frozen=True, slots=True)
class Climbed(Generic[T]):
    """Where the climb ended."""

    parameters: T
    iterations: int
    converged: bool


def climb(begin: T, step: Callable[[T], Step[T]], stopping: Stopping) -> Climbed[T]:
    """Step from `begin` until the bound no longer grows by the tolerance.

    >>> climb(4.0, lambda x: Step(x / 2, -x / 2), Stopping(tolerance=0.1))
    Climbed(parameters=0.0625, iterations=6, converged=True)
    """
    parameters, bound = begin, -inf
    for iteration in range(1, stopping.iterations + 1):
        parameters, reached = step(parameters)
        if reached - bound < stopping.tolerance:
            return Climbed(parameters, iteration, converged=True)
        bound = reached
    return Climbed(parameters, stopping.iterations, converged=False)
