"""Sampling in stages: what single, double and multiple plans have in common, and the chance that they accept.

Formula: let f_k(d) be the probability that no earlier stage has decided, given d defective among the first n_k items;
in a random order f_k(d) = sum_x H(x; n_(k-1), d, n_k) f_(k-1)(x) over the x that go on, H hypergeometric. Then
P(accept at k) = sum_(d <= Ac_k) f_k(d) P(d; n_k), P from the process (binomial) or from the lot (hypergeometric).
Assumes: stages are drawn at random from the same lot and looked at whole; defective items found are not put back.
Source: Schilling & Neubauer, Acceptance Sampling in Quality Control, 3rd ed. 2017, ISBN 978-1-4987-3357-1.
"""

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple, TypeAlias

from guiju.stats.acceptance.chances import Quality, hypergeometric
from guiju.stats.acceptance.errors import ImpossiblePlan, PlanLargerThanLot
from guiju.stats.errors import EmptyLot, ImpossibleCount


class Stage(NamedTuple):
    """Look at `n` more items. With all found so far: accept at `accept` or fewer, reject at `reject` or more.

    `accept` is None where the lot cannot be accepted yet. After the last stage there is nothing between the two, save
    in reduced plans, whose gap accepts.
    """

    n: int
    accept: int | None
    reject: int

    def to_dict(self) -> dict[str, int | None]:
        return {"n": self.n, "accept": self.accept, "reject": self.reject}


Stages: TypeAlias = tuple[Stage, ...]


class Step(Enum):
    """What the stages so far say."""

    ACCEPT = "accept"
    ACCEPT_AND_RETURN_TO_NORMAL = "accept-and-return-to-normal"
    REJECT = "reject"
    GO_ON = "go-on"


def check_stages(stages: Sequence[Stage], lot: int | None = None) -> Stages:
    """The stages as a tuple, if they are a plan for the lot.

    Raises `ImpossiblePlan` (nothing to look at, a rejection number not above the acceptance number, numbers that fall,
    no last word), `PlanLargerThanLot`, `EmptyLot`.

    >>> check_stages([Stage(50, 1, 4), Stage(50, 4, 5)], lot=1000)[1].reject
    5
    """
    if lot is not None and lot < 1:
        raise EmptyLot(size=lot)
    if not stages or stages[-1].accept is None:
        last = stages[-1] if stages else Stage(0, None, 0)
        raise ImpossiblePlan(n=last.n, accept=last.accept, reject=last.reject)
    for stage in stages:
        if stage.n < 1 or stage.reject <= _number(stage) or _number(stage) < -1 or stage.reject < 1:
            raise ImpossiblePlan(n=stage.n, accept=stage.accept, reject=stage.reject)
    for before, after in pairwise(stages):
        if _number(after) < _number(before) or after.reject < before.reject:
            raise ImpossiblePlan(n=after.n, accept=after.accept, reject=after.reject)
    total = sum(stage.n for stage in stages)
    if lot is not None and total > lot:
        raise PlanLargerThanLot(n=total, lot=lot)
    return tuple(stages)


def decide_stages(stages: Sequence[Stage], found: Sequence[int]) -> Step:
    """What the lot's fate is after `found` defective items in each of the stages looked at so far.

    Formula: D_k = found_1 + … + found_k; accept at the first k with D_k <= Ac_k, reject at the first with D_k >= Re_k.
    Assumes: each stage was looked at whole. Source: MIL-STD-105E, 4.10. Raises `ImpossibleCount`, `ImpossiblePlan`.

    >>> decide_stages([Stage(50, 1, 4), Stage(50, 4, 5)], [2, 2]).value
    'accept'
    """
    plan, total = check_stages(stages), 0
    if len(found) > len(plan):
        raise ImpossibleCount(count=len(found), total=len(plan))
    for number, (stage, defects) in enumerate(zip(plan, found, strict=False), 1):
        if not 0 <= defects <= stage.n:
            raise ImpossibleCount(count=defects, total=stage.n)
        total += defects
        if total <= _number(stage):
            return Step.ACCEPT
        if total >= stage.reject:
            return Step.REJECT
        if number == len(plan):
            return Step.ACCEPT_AND_RETURN_TO_NORMAL
    return Step.GO_ON


class StageChance(NamedTuple):
    """After `seen` items: the probability that the lot is accepted just then, or that a further stage is looked at."""

    seen: int
    accepted: float
    goes_on: float
    found: float
    """Defective items found, expected, counting only the ways that accept just then."""


def stage_chances(stages: Stages, source: Quality) -> tuple[StageChance, ...]:
    """What happens at each stage when samples are drawn from `source`.

    >>> from guiju.stats.acceptance.chances import Process
    >>> first, second = stage_chances((Stage(50, 1, 4), Stage(50, 4, 5)), Process(0.02))
    >>> round(first.accepted, 4), round(first.goes_on, 4), round(second.accepted, 4)
    (0.7358, 0.2465, 0.2159)
    """
    return tuple(_at_stage(ways, source) for ways in _ways(stages))


def accepted_of(stages: Stages, source: Quality) -> float:
    """Probability that the plan accepts what is drawn from `source`.

    >>> from guiju.stats.acceptance.chances import Lot
    >>> round(accepted_of((Stage(50, 1, 4), Stage(50, 4, 5)), Lot(bad=20, size=1000)), 4)
    0.9598
    """
    if len(stages) == 1:
        return source.at_most(stages[0].reject - 1, stages[0].n)
    return min(1.0, sum(stage.accepted for stage in stage_chances(stages, source)))


class _Ways(NamedTuple):
    """After `seen` items: with so many found, the probability that no earlier stage had decided."""

    seen: int
    accepting: tuple[tuple[int, float], ...]
    going_on: tuple[tuple[int, float], ...]


def _at_stage(ways: _Ways, source: Quality) -> StageChance:
    accepting = [(d, open_ * source.chance(d, ways.seen)) for d, open_ in ways.accepting]
    return StageChance(
        ways.seen,
        sum(chance for _, chance in accepting),
        sum(open_ * source.chance(d, ways.seen) for d, open_ in ways.going_on),
        sum(d * chance for d, chance in accepting),
    )


@lru_cache(maxsize=512)
def _ways(stages: Stages) -> tuple[_Ways, ...]:
    seen = list(accumulate(stage.n for stage in stages))
    before: tuple[tuple[int, float], ...] = ((0, 1.0),)
    found: list[_Ways] = []
    for number, (stage, total) in enumerate(zip(stages, seen, strict=True)):
        earlier = total - stage.n
        last = number == len(stages) - 1
        # after the last stage whatever is not rejected is accepted: the gap of a reduced plan
        accept = stage.reject - 1 if last else _number(stage)
        still_open = (
            [
                (d, sum(hypergeometric(x, earlier, d, total) * ways for x, ways in before if x <= d))
                for d in range(before[0][0], min(stage.reject - 1, total) + 1)
            ]
            if before
            else []
        )
        accepting = tuple(one for one in still_open if one[0] <= accept)
        before = tuple(one for one in still_open if one[0] > accept)
        found.append(_Ways(total, accepting, before))
    return tuple(found)


def _number(stage: Stage) -> int:
    return -1 if stage.accept is None else stage.accept
