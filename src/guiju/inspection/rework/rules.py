"""How rework is shared out. Pure."""

from collections.abc import Collection, Iterable, Mapping

from guiju.inspection.rework.errors import NobodyElse


def share_out(items: Iterable[int], authors: Mapping[int, Collection[int]], people: Collection[int]) -> dict[int, int]:
    """An account for each item, none of its `authors`, so that all get about as many. Raises `NobodyElse`."""
    load, given, none = dict.fromkeys(sorted(people), 0), dict[int, int](), 0
    for item in items:
        able = [who for who in load if who not in authors.get(item, ())]
        if not able:
            none += 1
            continue
        chosen = min(able, key=lambda who: load[who])
        load[chosen] += 1
        given[item] = chosen
    if none:
        raise NobodyElse(count=none)
    return given
