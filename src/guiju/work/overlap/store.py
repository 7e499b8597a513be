"""SQL of how many answers are wanted."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select

from guiju.annotations import Round, set_round_asks
from guiju.storage import House, Prepared, Tx
from guiju.work.model import SlotState
from guiju.work.overlap.model import Overlap, Way
from guiju.work.overlap.rules import draw_share, scatter
from guiju.work.overlap.tables import overlap_due, overlap_policy
from guiju.work.rules import LAYER
from guiju.work.tables import draft, slot

_GIVEN = (SlotState.LEASED.value, SlotState.DONE.value, SlotState.SEALED.value)
CHUNK = 1_000
_DUE = Prepared(insert(overlap_due).values(round_id=bindparam("round_id"), item_id=bindparam("item_id")))
_COUNT = Prepared(
    select(func.count()).where(
        slot.c.round_id == bindparam("round_id"),
        slot.c.item_id == bindparam("item_id"),
        slot.c.state < SlotState.WITHDRAWN.value,
    )
)


def insert_policy(tx: Tx, round_id: int, overlap: Overlap) -> None:
    values = {"way": overlap.way, "least": overlap.least, "most": overlap.most, "share": overlap.share}
    more = {"sure": overlap.sure, "alike": overlap.alike, "seed": overlap.seed}
    tx.execute(insert(overlap_policy).values(round_id=round_id, **values, **more))


def find_overlap(connection: Connection, round_: Round) -> Overlap:
    """The policy that the round was opened with; of a round without one the number of its answers."""
    p = overlap_policy.c
    wanted = select(p.way, p.least, p.most, p.share, p.sure, p.alike, p.seed).where(p.round_id == round_.id)
    row: Any = connection.execute(wanted).one_or_none()
    return Overlap(Way(row[0]), *row[1:]) if row else Overlap(Way.FIXED, round_.overlap, round_.overlap)


def stands_alone(connection: Connection, round_: Round, item_id: int) -> bool:
    """Whether one answer is all that the item gets, so that it holds at once."""
    if round_.least > 1:
        return False
    return round_.overlap == 1 or _COUNT.scalar(connection, {"round_id": round_.id, "item_id": item_id}) == 1


def mark_due(tx: Tx, round_id: int, item_id: int) -> None:
    """An answer came, or was corrected: consensus looks at the item."""
    _DUE.run(tx.connection, {"round_id": round_id, "item_id": item_id})


def take_due(tx: Tx, round_id: int, most: int) -> list[int]:
    """The items of the oldest `most` answers that were not weighed, each once; they are taken away."""
    d = overlap_due.c
    oldest = select(d.id, d.item_id).where(d.round_id == round_id).order_by(d.id).limit(most)
    found: list[Any] = list(tx.execute(oldest))
    if found:
        tx.execute(delete(overlap_due).where(d.id.in_([row[0] for row in found])))
    return sorted({row[1] for row in found})


def fill_share(house: House, round_id: int, overlap: Overlap, reserved: int, batch_id: int = 0) -> tuple[int, int]:
    """Make the further slots of the share; the span of items touched. Items that have theirs are passed over."""
    mine = (slot.c.round_id == round_id) & (slot.c.ordinal < LAYER)
    with house.reading() as connection:
        ids = sorted(set(connection.execute(select(slot.c.item_id).where(mine)).scalars()))
        several = select(slot.c.item_id).where(mine).group_by(slot.c.item_id).having(func.count() > 1)
        there = set(connection.execute(several).scalars())
    drawn = [one for one in draw_share(ids, overlap.share, overlap.seed) if one not in there]
    places = scatter(ids, drawn, overlap.most - 1, overlap.seed)
    for start in range(0, len(drawn), CHUNK):
        rows = [
            {"item_id": one, "ordinal": at, "reserved": reserved, "batch_id": batch_id}
            for one in drawn[start : start + CHUNK]
            for at in places[one]
        ]
        house.write(lambda tx, rows=rows: _insert(tx, round_id, rows))
    return (ids[0], ids[-1]) if ids else (0, 0)


def _insert(tx: Tx, round_id: int, rows: Sequence[dict[str, int]]) -> None:
    tx.execute(insert(slot), [{"round_id": round_id, "state": SlotState.OPEN.value, **row} for row in rows])


class Left(NamedTuple):
    """What of an item's slots waits: nobody has it, or somebody has it in hand."""

    open: int
    leased: int


def slots_left(connection: Connection, round_id: int, items: Iterable[int]) -> dict[int, Left]:
    """For these items the slots without an answer."""
    wanted = list(items)
    found: dict[int, Left] = dict.fromkeys(wanted, Left(0, 0))
    counted = (
        select(slot.c.item_id, slot.c.state, func.count())
        .where(slot.c.round_id == round_id, slot.c.item_id.in_(wanted))
        .where(slot.c.state.in_([SlotState.OPEN.value, SlotState.LEASED.value]))
        .group_by(slot.c.item_id, slot.c.state)
    )
    rows: Any = connection.execute(counted)
    for item_id, state, n in rows:
        before = found[item_id]
        found[item_id] = before._replace(open=n) if state == SlotState.OPEN else before._replace(leased=n)
    return found


def ask_further(tx: Tx, round_id: int, wanted: dict[int, int]) -> None:
    """One more answer to each of these items, behind the answers that it has (`wanted`: item → how many).

    It is kept for the team that the item is kept for, never for one person; of what was withdrawn nothing is asked.
    """
    if not wanted:
        return
    first = (
        select(slot.c.item_id, func.min(slot.c.ordinal), func.min(slot.c.reserved), func.max(slot.c.batch_id))
        .where(slot.c.round_id == round_id, slot.c.item_id.in_(list(wanted)))
        .group_by(slot.c.item_id)
        .having(func.max(slot.c.state) < SlotState.WITHDRAWN.value)
    )
    found: Any = tx.execute(first)
    rows: list[dict[str, int]] = [
        {
            "item_id": item,
            "ordinal": ordinal % LAYER + wanted[item] * LAYER,
            "reserved": min(0, kept),
            "batch_id": batch,
        }
        for item, ordinal, kept, batch in found
    ]
    _insert(tx, round_id, rows)


def withdraw_further(tx: Tx, round_id: int, items: Iterable[int]) -> None:
    """Want no further answer to these items any more, where nobody has begun one."""
    wanted = list(items)
    if wanted:
        tx.execute(delete(slot).where(_idle(round_id), slot.c.item_id.in_(wanted)))


def _idle(round_id: int) -> ColumnElement[bool]:
    begun = select(draft.c.slot_id).where(draft.c.slot_id == slot.c.id).exists()
    return (slot.c.round_id == round_id) & (slot.c.state == SlotState.OPEN.value) & ~begun


def stop_asking(tx: Tx, round_id: int, least: int) -> None:
    """From now on no further answers are asked for; those beyond `least` that nobody has begun are withdrawn."""
    set_round_asks(tx, round_id, asks=False)
    other = slot.alias("other")
    given = select(func.count()).where(
        other.c.round_id == round_id, other.c.item_id == slot.c.item_id, other.c.state.in_(_GIVEN)
    )
    tx.execute(delete(slot).where(_idle(round_id), given.correlate(slot).scalar_subquery() >= least))
    tx.execute(delete(overlap_due).where(overlap_due.c.round_id == round_id))
