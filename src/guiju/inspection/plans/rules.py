"""What the verdicts so far say of a lot, by the rule of its own plan. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from guiju.inspection.plans.model import Limit, LotPlan, SequentialLotPlan, Standing, StandingLimit, Weight
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


def lines_of(plan: SequentialLotPlan) -> SequentialPlan:
    """Wald's lines of the plan."""
    return sequential_plan(plan.good, plan.poor, plan.alpha, plan.beta)


def _sequential(plan: SequentialLotPlan, said: Sequence[Judged]) -> Standing:
    """Item by item in the order of the draw; what was judged beyond a gap waits until the gap is closed."""
    lines, limit, most = lines_of(plan), plan.main, plan.n
    found, seen, step = 0, 0, Step.GO_ON
    for one in said:
        if one.place != seen + 1 or step is not Step.GO_ON:
            break
        seen, found = one.place, found + (one.weight in limit.weights)
        step = decide_sequential(lines, seen, found, most)
    numbers = (limit.accept, limit.reject) if seen >= most else (lines.accept_at(seen), lines.reject_at(seen))
    main = StandingLimit(limit, found, None if numbers[0] < 0 else numbers[0], numbers[1], step)
    limits = [main, *_none_accepted(plan, said)]
    together = _together(limits)
    look_at = seen if together is not Step.GO_ON else min(most, seen + AHEAD)
    return Standing(
        together, look_at, 0 if together is not Step.GO_ON else _fewest(lines, seen, found, most), 1, limits
    )


def _fewest(lines: SequentialPlan, seen: int, found: int, most: int) -> int:
    """How many passes in a row would accept the lot."""
    enough = (n for n in range(seen + 1, most) if decide_sequential(lines, n, found) is Step.ACCEPT)
    return next(enough, most) - seen
