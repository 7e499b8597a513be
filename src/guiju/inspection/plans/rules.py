"""What the verdicts so far say of a lot, by the rule of its own plan. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from guiju.inspection.plans.model import (
    Limit,
    LotPlan,
    SequentialLotPlan,
    Standing,
    StandingLimit,
    Weight,
    poorer,
)
from guiju.stats.acceptance.sequential import SequentialPlan, decide_sequential, sequential_plan
from guiju.stats.acceptance.stages import Step

AHEAD = 20
"""How many places of a sequential plan are open at once, so that several inspectors can judge beside each other."""


class Judged(NamedTuple):
    """A place of the sample that was judged: the severity of its defect, `None` for a pass."""

    place: int
    weight: Weight | None


def standing_of(plan: LotPlan, judged: Iterable[Judged]) -> Standing:
    """What the verdicts say: each severity by its own numbers, the lot by all of them.

    One limit that rejects rejects the lot; all must accept to accept it. Stages count place by place, so verdicts on
    later places wait for their stage. A rejection number that is reached within a stage decides at once; acceptance
    waits until the stage is looked at whole.
    """
    said = sorted(judged)
    if isinstance(plan, SequentialLotPlan):
        return _sequential(plan, said)
    places = [one.place for one in said]
    staged = [_staged(limit, said, places) for limit in plan.limits if limit.stages]
    all_limits = [*(one for one, _, _ in staged), *_none_accepted(plan, said)]
    look_at = max((need for _, need, _ in staged), default=plan.n)
    return Standing(
        _together(all_limits),
        look_at,
        look_at - _among(places, look_at),
        max((stage for _, _, stage in staged), default=1),
        all_limits,
    )


def _together(limits: Sequence[StandingLimit]) -> Step:
    steps = {one.step for one in limits}
    if Step.REJECT in steps:
        return Step.REJECT
    if Step.GO_ON in steps:
        return Step.GO_ON
    return Step.ACCEPT_AND_RETURN_TO_NORMAL if Step.ACCEPT_AND_RETURN_TO_NORMAL in steps else Step.ACCEPT


def _none_accepted(plan: LotPlan, said: Sequence[Judged]) -> list[StandingLimit]:
    found = [(limit, _count(limit, said)) for limit in plan.limits if not limit.stages]
    return [StandingLimit(limit, n, 0, 1, Step.REJECT if n else Step.ACCEPT) for limit, n in found]


def _count(limit: Limit, said: Iterable[Judged], last: int | None = None) -> int:
    return sum(one.weight in limit.weights for one in said if last is None or one.place <= last)


def _among(places: Sequence[int], last: int) -> int:
    return sum(place <= last for place in places)


def _staged(limit: Limit, said: Sequence[Judged], places: Sequence[int]) -> tuple[StandingLimit, int, int]:
    """The limit, the place up to which its stage in hand goes, and that stage, counted from 1."""
    for number, (stage, end) in enumerate(zip(limit.stages, limit.ends, strict=True), 1):
        found = _count(limit, said, end)
        whole = _among(places, end) == end
        last = number == len(limit.stages)
        if found >= stage.reject:
            step = Step.REJECT
        elif not whole:
            step = Step.GO_ON
        elif found <= (-1 if stage.accept is None else stage.accept):
            step = Step.ACCEPT
        elif last:
            step = Step.ACCEPT_AND_RETURN_TO_NORMAL
        else:
            continue
        return StandingLimit(limit, found, stage.accept, stage.reject, step), end, number
    raise AssertionError  # the last stage always has a word


def lines_of(plan: SequentialLotPlan, limit: Limit | None = None) -> SequentialPlan:
    """Wald's lines of the plan: those of the major defects, or of a severity by its own AQL."""
    if limit is None or limit.aql is None:
        return sequential_plan(plan.good, plan.poor, plan.alpha, plan.beta)
    good = float(limit.aql) / 100
    return sequential_plan(good, poorer(good), plan.alpha, plan.beta)


@dataclass(slots=True)
class _Walk:
    """One severity on its way between its lines."""

    limit: Limit
    lines: SequentialPlan
    most: int
    seen: int = 0
    found: int = 0
    step: Step = Step.GO_ON

    def look(self, one: Judged) -> None:
        if self.step is Step.GO_ON:
            self.seen, self.found = one.place, self.found + (one.weight in self.limit.weights)
            self.step = decide_sequential(self.lines, self.seen, self.found, self.most)

    def told(self) -> StandingLimit:
        if self.seen >= self.most:
            accept, reject = self.limit.accept, self.limit.reject
        else:
            accept, reject = self.lines.accept_at(self.seen), self.lines.reject_at(self.seen)
        return StandingLimit(self.limit, self.found, None if accept < 0 else accept, reject, self.step)

    def fewest(self) -> int:
        """How many passes in a row would accept."""
        if self.step is not Step.GO_ON:
            return 0
        tried = range(self.seen + 1, self.most)
        enough = (n for n in tried if decide_sequential(self.lines, n, self.found) is Step.ACCEPT)
        return next(enough, self.most) - self.seen


def _sequential(plan: SequentialLotPlan, said: Sequence[Judged]) -> Standing:
    """Item by item in the order of the draw, each severity by its own lines until all accept or one rejects; what was
    judged beyond a gap waits until the gap is closed."""
    most, seen = plan.n, 0
    walks = [_Walk(limit, lines_of(plan, limit), most) for limit in plan.limits if limit.stages]
    for one in said:
        if one.place != seen + 1 or _together([walk.told() for walk in walks]) is not Step.GO_ON:
            break
        seen = one.place
        for walk in walks:
            walk.look(one)
    limits = [*(walk.told() for walk in walks), *_none_accepted(plan, said)]
    together = _together(limits)
    if together is not Step.GO_ON:
        return Standing(together, seen, 0, 1, limits)
    return Standing(together, min(most, seen + AHEAD), max(walk.fewest() for walk in walks), 1, limits)
