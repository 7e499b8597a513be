"""How long each stage takes, item by item, from what happened to the lots. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from guiju.planning.stages.model import LotTimes, Sampled, SlowLot, Stage, StageTime

SHOWN = 3


def stage_times(lots: Sequence[LotTimes], sampled: Sequence[Sampled]) -> list[StageTime]:
    """The stages that anything went through, each lot weighing as much as it has items."""
    of = {lot.lot_id: lot for lot in lots}
    places = Counter(one.lot_id for one in sampled)
    told = [
        _stage(Stage.TO_LOT, [(one.wait, of[one.lot_id].items / places[one.lot_id], of[one.lot_id]) for one in sampled])
    ]
    told.append(_of_lots(Stage.TO_VERDICT, ((lot, lot.drawn_at, lot.first_verdict) for lot in lots)))
    told.append(_of_lots(Stage.TO_DECISION, ((lot, lot.first_verdict, lot.decided_at) for lot in lots)))
    told.append(_of_lots(Stage.REWORK, ((lot, lot.decided_at, lot.again_at) for lot in lots)))
    told.append(_of_lots(Stage.TO_DELIVERY, ((lot, lot.decided_at, lot.delivered_at) for lot in lots)))
    return [each for each in told if each is not None]


def plain_stage(stage: Stage, waits: Sequence[int]) -> StageTime | None:
    """A stage that no lot goes through."""
    if not waits:
        return None
    return StageTime(stage, len(waits), weighted([(w, 1) for w in waits], 0.5), weighted([(w, 1) for w in waits], 0.9))


def _of_lots(stage: Stage, moments: Iterable[tuple[LotTimes, int | None, int | None]]) -> StageTime | None:
    known = [(end - begin, lot.items, lot) for lot, begin, end in moments if begin is not None and end is not None]
    return _stage(stage, [(max(0, wait), weight, lot) for wait, weight, lot in known])


def _stage(stage: Stage, waits: Sequence[tuple[int, float, LotTimes]]) -> StageTime | None:
    if not waits:
        return None
    longest: dict[int, SlowLot] = {}
    for wait, _, lot in waits:
        if lot.lot_id not in longest or wait > longest[lot.lot_id].wait:
            longest[lot.lot_id] = SlowLot(lot.lot_id, lot.number, wait)
    slowest = sorted(longest.values(), key=lambda one: (-one.wait, one.number))[:SHOWN]
    pairs = [(wait, weight) for wait, weight, _ in waits]
    n = round(sum(weight for _, weight in pairs))
    return StageTime(stage, n, weighted(pairs, 0.5), weighted(pairs, 0.9), tuple(slowest))


def weighted(pairs: Sequence[tuple[int, float]], share: float) -> int:
    """The value below which `share` of the weight lies.

    >>> weighted([(5, 1), (1, 8), (9, 1)], 0.9)
    5
    """
    ordered = sorted(pairs)
    wanted, seen = share * sum(weight for _, weight in ordered), 0.0
    for value, weight in ordered:
        seen += weight
        if seen >= wanted - 1e-9:
            return value
    return ordered[-1][0]
