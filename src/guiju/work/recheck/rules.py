"""Which items are rechecked, and by whom. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from guiju.work.recheck.model import Held, LeftOut, Plan, Wanted

ANYBODY = 0
RULING = "ruling"


def plan_recheck(  # noqa: PLR0917 - what is known of the items
    items: Sequence[int],
    held: Mapping[int, Held],
    seen: Mapping[int, Collection[int]],
    waiting: Collection[int],
    inspected: Collection[int],
    people: Collection[int],
    chosen: Sequence[int],
) -> Plan:
    """Every item once, for somebody who has not answered it.

    `seen` are the accounts that answered an item, `people` those who may annotate. With `chosen` among them each item
    is kept for one of these, the one with the fewest so far; without, it is for whoever comes first.
    """
    load = Counter(dict.fromkeys(chosen, 0))
    wanted: list[Wanted] = []
    left: Counter[LeftOut] = Counter()
    for item in dict.fromkeys(items):
        one = held.get(item)
        free = [each for each in chosen or people if each not in seen.get(item, ())]
        reason = _why_not(item, one, waiting, inspected) or (None if free else LeftOut.KNOWN)
        if one is None or reason is not None:
            left[reason or LeftOut.OPEN] += 1
            continue
        account = min(free, key=lambda each: (load[each], each)) if chosen else ANYBODY
        load[account] += 1
        wanted.append(Wanted(one, account))
    return Plan(tuple(wanted), dict(left))


def _why_not(item: int, held: Held | None, waiting: Collection[int], inspected: Collection[int]) -> LeftOut | None:
    if held is None:
        return LeftOut.OPEN
    if held.origin == RULING:
        return LeftOut.RULED
    if item in inspected:
        return LeftOut.INSPECTED
    return LeftOut.WAITING if item in waiting else None
