"""All that waits as several lots in one act, which sent again is the same act."""

from dataclasses import dataclass, replace
from math import ceil

from sqlalchemy import Connection

from guiju.inspection import pool as pools
from guiju.inspection import store
from guiju.inspection.drawing import draw_from
from guiju.inspection.errors import NothingToInspect, TooManyLots
from guiju.inspection.model import Split, Terms
from guiju.inspection.pool import Pool
from guiju.inspection.streams.errors import InspectionStopped
from guiju.inspection.unfolding import unfold
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, House, Tx

__all__ = ["Each", "draw_each", "draw_lots"]

MOST_LOTS = 200


@dataclass(frozen=True, slots=True)
class Each:
    """The lots that were drawn one by one, and the annotators or sources whose stream is stopped."""

    lots: list[int]
    stopped: list[int]


def draw_each(
    house: House, actor: Actor, project_id: int, request_id: str, *, round_id: int | None = None, terms: Terms
) -> Each:
    """A lot for each annotator whose work waits, each in their own stream. A stream that is stopped gives none.

    Raises `NothingToInspect`, `FiguresMissing`, `UnknownPlan`, `LotChanged`.
    """
    pool = Pool(project_id, round_id)
    return draw_lots(house, actor, pool, request_id, split=Split.ANNOTATOR, terms=terms, several=False)


def draw_lots(
    house: House,
    actor: Actor,
    pool: Pool,
    request_id: str,
    *,
    split: Split | None = None,
    terms: Terms,
    several: bool = True,
) -> Each:
    """All that waits as several lots in one act: for each annotator, source or day, and none larger than the size;
    without `several` one of each, which leaves waiting what is beyond the size.

    Lots of one group are about equally large. Sent again it answers the same, and goes on where it was when it had
    been cut short. Raises `NothingToInspect`, `FiguresMissing`, `UnknownPlan`, `LotChanged`, `TooManyLots`, and
    `InspectionStopped` where everybody's stream is the stopped one.
    """
    unfold(house, _authorised(house, actor, pool))

    def plan(tx: Tx) -> list[tuple[str, int]]:
        authorise(tx.connection, actor, pool.project_id, Act.DRAW_LOT)
        action = f"lot.draw-{split or 'all'}.{pool.project_id}"
        return tx.once(
            f"{request_id[:40]}-plan", actor.id, action, lambda: _shared_out(tx, pool, split, terms, several)
        )

    lots, stopped = list[int](), list[int]()
    for key, waiting in house.write(plan):
        try:
            group = _part_of(pool, split, key)
            lots += _draw_group(house, actor, f"{request_id[:40]}-{key}", group, waiting, terms=terms)
        except InspectionStopped:
            if split in {None, Split.DAY}:
                raise
            stopped.append(int(key))
    if not lots and not stopped:
        raise NothingToInspect
    return Each(lots, stopped)


def _authorised(house: House, actor: Actor, pool: Pool) -> int:
    with house.reading() as connection:
        authorise(connection, actor, pool.project_id, Act.DRAW_LOT)
    return pool.project_id


def _shared_out(tx: Tx, pool: Pool, split: Split | None, terms: Terms, several: bool) -> list[tuple[str, int]]:
    """The groups that become lots of their own, and how many items of each: kept, so that the act sent again is the
    same act. Raises `NothingToInspect`, `TooManyLots`."""
    groups = _groups(tx.connection, pool, split)
    if not groups:
        raise NothingToInspect
    if not several:
        groups = [(key, min(waiting, terms.size or waiting)) for key, waiting in groups]
    count = sum(_parts(waiting, terms.size) for _, waiting in groups)
    if count > MOST_LOTS:
        raise TooManyLots(count=count, most=MOST_LOTS)
    return groups


def _groups(connection: Connection, pool: Pool, split: Split | None) -> list[tuple[str, int]]:
    """What becomes lots of its own: a name for the request, and how many items wait there."""
    if split is None:
        return [("0", waiting)] if (waiting := pools.count_candidates(connection, pool)) else []
    counts = pools.count_by(connection, pool, split)
    return [(str(key), counts[key]) for key in sorted(counts, key=str)]


def _part_of(pool: Pool, split: Split | None, key: str) -> Pool:
    match split:
        case None:
            return pool
        case Split.DAY:
            return replace(pool, day=key)
        case Split.ANNOTATOR:
            return replace(pool, annotator_id=int(key))
        case Split.SOURCE:
            return replace(pool, source_id=int(key))


def _parts(waiting: int, size: int | None) -> int:
    return ceil(waiting / size) if size else 1


def _draw_group(house: House, actor: Actor, request_id: str, pool: Pool, waiting: int, *, terms: Terms) -> list[int]:
    """One group as lots. What is gone from the group since it was counted leaves the last lots smaller."""
    lots, parts = list[int](), _parts(waiting, terms.size)
    while waiting > 0:
        told = replace(terms, size=ceil(waiting / parts)) if terms.size else terms
        try:
            lots.append(draw_from(house, actor, pool, f"{request_id}-{len(lots)}", told))
        except NothingToInspect:
            break
        unfold(house, pool.project_id)
        with house.reading() as connection:
            size, last = store.extent_of(connection, lots[-1])
        pool = replace(pool, after=last)
        waiting, parts = waiting - size, max(1, parts - 1)
    return lots
