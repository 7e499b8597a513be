"""SQL of rechecks: what holds, who answered before, what waits elsewhere, and what came of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, case, func, insert, select, update

from guiju.annotations import (
    RoundKind,
    RoundState,
    annotation_table,
    annotator_table,
    resolution_table,
    round_table,
)
from guiju.data import is_aside, item_table, source_table
from guiju.storage import Tx
from guiju.work import tables as t
from guiju.work.model import SlotState
from guiju.work.recheck.model import Changed, Held
from guiju.work.recheck.tables import recheck_item

SLICE = 1_000
_a, _r, _i = annotation_table.c, resolution_table.c, item_table.c


def _slices(items: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(items), SLICE):
        yield items[start : start + SLICE]


def held_of(connection: Connection, project_id: int, items: Sequence[int]) -> dict[int, Held]:
    """What holds for those of the items that could be handed out."""
    said = (
        select(func.min(_a.id))
        .where(_a.item_id == _r.item_id, _a.answers == _r.answers)
        .correlate(resolution_table)
        .scalar_subquery()
    )
    # What was said in labels that were merged or renamed since is not what holds.
    own = (
        select(_a.id)
        .where(_a.id == _r.annotation_id, _a.answers == _r.answers)
        .correlate(resolution_table)
        .scalar_subquery()
    )
    found: dict[int, Held] = {}
    for some in _slices(items):
        held = (
            select(_r.item_id, _r.id, _r.origin, func.coalesce(own, said))
            .join_from(resolution_table, item_table, _i.id == _r.item_id)
            .join(source_table, source_table.c.id == _i.source_id)
            .where(_r.project_id == project_id, _r.holds, _r.item_id.in_(some))
            .where(source_table.c.state == "landed", ~is_aside())
        )
        found.update((row[0], Held(*row)) for row in connection.execute(held))
    return found


def seen_by(connection: Connection, items: Sequence[int]) -> dict[int, set[int]]:
    """The accounts that answered each item, in whatever round."""
    found: dict[int, set[int]] = {}
    for some in _slices(items):
        rows = (
            select(_a.item_id, annotator_table.c.account_id)
            .join_from(annotation_table, annotator_table, annotator_table.c.id == _a.annotator_id)
            .where(_a.item_id.in_(some), annotator_table.c.account_id.is_not(None))
            .distinct()
        )
        for item, account in connection.execute(rows):
            found.setdefault(item, set()).add(account)
    return found


def waiting_elsewhere(connection: Connection, items: Sequence[int]) -> set[int]:
    """Those that wait in a recheck or in rework that is not over."""
    found: set[int] = set()
    for some in _slices(items):
        rows = (
            select(t.slot.c.item_id)
            .join_from(t.slot, round_table, round_table.c.id == t.slot.c.round_id)
            .where(t.slot.c.item_id.in_(some), t.slot.c.state.in_([SlotState.OPEN, SlotState.LEASED]))
            .where(round_table.c.kind.in_([RoundKind.RECHECK, RoundKind.REWORK]))
            .where(round_table.c.state.in_([RoundState.OPEN, RoundState.PAUSED]))
        )
        found |= set(connection.execute(rows).scalars())
    return found


def items_in(connection: Connection, round_id: int, items: Sequence[int] | None = None) -> set[int]:
    """The items that a recheck has already; of `items` only, where they are given."""
    mine = select(recheck_item.c.item_id).where(recheck_item.c.round_id == round_id)
    if items is None:
        return set(connection.execute(mine).scalars())
    slices = (connection.execute(mine.where(recheck_item.c.item_id.in_(some))).scalars() for some in _slices(items))
    return {each for found in slices for each in found}


def resolutions(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return select(_r.id).where(_r.id.in_(ids))


def insert_items(tx: Tx, round_id: int, held: Sequence[Held]) -> None:
    tx.execute(
        insert(recheck_item),
        [{"round_id": round_id, "item_id": each.item_id, "resolution_id": each.resolution_id} for each in held],
    )


def keep_shown(tx: Tx, round_id: int, held: Sequence[Held]) -> None:
    """Show with each item what holds for it."""
    shown = [each for each in held if each.shown is not None]
    for start in range(0, len(shown), SLICE):
        some = {each.item_id: each.shown for each in shown[start : start + SLICE]}
        mine = (t.slot.c.round_id == round_id) & t.slot.c.item_id.in_(list(some))
        tx.execute(update(t.slot).where(mine).values(suggestion_id=case(some, value=t.slot.c.item_id)))


_later = annotation_table.alias("later").c
_before = resolution_table.alias("before")
_NEWEST = ~(
    select(_later.id)
    .where(_later.round_id == _a.round_id, _later.item_id == _a.item_id, _later.annotator_id == _a.annotator_id)
    .where(_later.revision > _a.revision)
    .exists()
)
_ANSWERED = recheck_item.join(
    annotation_table, (_a.round_id == recheck_item.c.round_id) & (_a.item_id == recheck_item.c.item_id)
).join(_before, _before.c.id == recheck_item.c.resolution_id)


def count_answered(connection: Connection, round_id: int) -> tuple[int, int]:
    """How many answers say what held, and how many say another thing."""
    same = func.coalesce(func.sum(case((_a.answers == _before.c.answers, 1), else_=0)), 0)
    counted = select(func.count(), same).select_from(_ANSWERED)
    n, confirmed = connection.execute(counted.where(recheck_item.c.round_id == round_id, _NEWEST)).one()
    return int(confirmed), int(n) - int(confirmed)


def list_changed(connection: Connection, round_id: int, most: int) -> list[Changed]:
    """Items whose recheck says another thing, by item."""
    holds = select(_r.id).where(_r.item_id == recheck_item.c.item_id, _r.holds, _r.round_id == round_id).exists()
    who, by = annotator_table.alias("who"), annotator_table.alias("by")
    listed = (
        select(_i.id, _i.name, _before.c.answers, _a.answers, who.c.name, by.c.name, holds)
        .select_from(
            _ANSWERED.join(item_table, _i.id == recheck_item.c.item_id)
            .join(by, by.c.id == _a.annotator_id)
            .outerjoin(who, who.c.id == _before.c.annotator_id)
        )
        .where(recheck_item.c.round_id == round_id, _NEWEST, _a.answers != _before.c.answers)
        .order_by(_i.id)
        .limit(most)
    )
    return [Changed(*row[:6], bool(row[6])) for row in connection.execute(listed)]


def held_before(tx: Tx, round_id: int, items: Sequence[int]) -> list[dict[str, Any]]:
    """What held before the recheck, of those items for which its answer holds now: rows of resolutions."""
    names = ("project_id", "item_id", "rulebook_id", "round_id", "origin", "annotation_id", "annotator_id", "answers")
    columns = [_before.c[name] for name in (*names, "confidence")]
    found: list[dict[str, Any]] = []
    for some in _slices(items):
        now = select(_r.id).where(_r.item_id == recheck_item.c.item_id, _r.holds, _r.round_id == round_id).exists()
        rows = (
            select(*columns)
            .join_from(recheck_item, _before, _before.c.id == recheck_item.c.resolution_id)
            .where(recheck_item.c.round_id == round_id, recheck_item.c.item_id.in_(some), now)
        )
        found += [dict(row) for row in tx.execute(rows).mappings()]
    return found
