"""SQL of slots, drafts and gate decisions. What is asked at every press of a key is `Prepared`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnClause,
    ColumnElement,
    Connection,
    Integer,
    Select,
    bindparam,
    cast,
    func,
    insert,
    literal,
    literal_column,
    null,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from guiju.annotations import RoundKind, RoundState, annotation_table, resolution_table, round_table
from guiju.data import aside_table, count_items, is_aside, item_table, source_table
from guiju.kinds import Media
from guiju.storage import Prepared, Tx
from guiju.work import tables as t
from guiju.work.model import Line, RoundProgress, Slot, SlotState
from guiju.work.rules import LAYER

_SLOT = (
    t.slot.c.id,
    t.slot.c.round_id,
    t.slot.c.item_id,
    t.slot.c.state,
    t.slot.c.annotator_id,
    t.slot.c.lease,
    t.slot.c.lease_until,
    t.slot.c.leased_at,
    t.slot.c.suggestion_id,
)
# Written into the SQL as they are: only so does a partial index serve the statement.
_OPEN: ColumnClause[int] = literal_column(str(SlotState.OPEN.value))
_LEASED: ColumnClause[int] = literal_column(str(SlotState.LEASED.value))
_mine = t.slot.alias("mine")
_FIND_SLOT = Prepared(select(*_SLOT).where(t.slot.c.id == bindparam("slot_id")))
_i = item_table.c
# A slot with all that its task shows: one look-up for each task, not four.
_SHOWN = (
    t.slot.c.id,
    t.slot.c.note,
    _i.id.label("item_id"),
    _i.media,
    _i.name,
    _i.body,
    _i.width,
    _i.height,
    _i.size,
    _i.parts,
    _i.duration,
    t.draft.c.answers,
    t.slot.c.lease,
    t.slot.c.suggestion_id,
    t.slot.c.found,
    t.slot.c.batch_id,
)
_SHOWING = t.slot.join(item_table, _i.id == t.slot.c.item_id).outerjoin(
    t.draft, (t.draft.c.slot_id == t.slot.c.id) & (t.draft.c.annotator_id == bindparam("annotator_id"))
)
_NEXT_WANTED = (
    select(*_SHOWN)
    .select_from(_SHOWING)
    .where(
        t.slot.c.round_id == bindparam("round_id"),
        t.slot.c.reserved == bindparam("reserved"),
        t.slot.c.batch_id == bindparam("batch_id"),
        t.slot.c.state == _OPEN,
        # an item of several answers is never given twice to one annotator
        ~select(_mine.c.id)
        .where(
            _mine.c.round_id == t.slot.c.round_id,
            _mine.c.item_id == t.slot.c.item_id,
            _mine.c.annotator_id == bindparam("annotator_id"),
        )
        .exists(),
    )
    .order_by(t.slot.c.ordinal)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=t.slot)
)
_NEXT_OPEN = Prepared(_NEXT_WANTED)
# In a recheck nobody looks at what they have answered before, in whatever round.
_said = annotation_table.c
_SEEN = (_said.item_id == t.slot.c.item_id) & (_said.annotator_id == bindparam("annotator_id"))
_NEXT_UNSEEN = Prepared(_NEXT_WANTED.where(~select(_said.id).where(_SEEN).exists()))
_HELD = Prepared(
    select(*_SHOWN)
    .select_from(_SHOWING)
    .where(
        t.slot.c.annotator_id == bindparam("annotator_id"),
        t.slot.c.round_id == bindparam("round_id"),
        t.slot.c.state == _LEASED,
    )
    .order_by(t.slot.c.ordinal)
    .limit(bindparam("most"))
)
_KNOWN_OPEN = Prepared(
    select(*_SHOWN)
    .select_from(_SHOWING)
    .where(
        t.slot.c.round_id == bindparam("round_id"),
        t.slot.c.reserved == bindparam("annotator_id"),
        t.slot.c.state == _OPEN,
    )
    .order_by(t.slot.c.ordinal, t.slot.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=t.slot)
)
_TAKE = Prepared(
    update(t.slot)
    .where(t.slot.c.id == bindparam("slot_id"))
    .values(
        state=SlotState.LEASED.value,
        annotator_id=bindparam("by_annotator"),
        lease=bindparam("with_lease"),
        leased_at=bindparam("now"),
        lease_until=bindparam("until"),
    )
)
_EXTEND = Prepared(update(t.slot).where(t.slot.c.id == bindparam("slot_id")).values(lease_until=bindparam("until")))
_FINISH = Prepared(
    update(t.slot).where(t.slot.c.id == bindparam("slot_id")).values(state=SlotState.DONE.value, lease_until=null())
)
_RELEASE_LAPSED = Prepared(
    update(t.slot)
    .where(t.slot.c.state == _LEASED, t.slot.c.lease_until < bindparam("now"))
    .values(state=SlotState.OPEN.value, annotator_id=null(), lease=null())
)
_BY_REQUEST = Prepared(
    select(annotation_table.c.id, annotation_table.c.revision, annotation_table.c.annotator_id).where(
        annotation_table.c.request_id == bindparam("request_id")
    )
)
_CURRENT_REVISION = Prepared(
    select(func.max(annotation_table.c.revision)).where(
        annotation_table.c.round_id == bindparam("round_id"),
        annotation_table.c.item_id == bindparam("item_id"),
        annotation_table.c.annotator_id == bindparam("annotator_id"),
    )
)
_ITEM = Prepared(
    select(
        item_table.c.id,
        item_table.c.media,
        item_table.c.name,
        item_table.c.body,
        item_table.c.width,
        item_table.c.height,
        item_table.c.size,
        item_table.c.parts,
        item_table.c.duration,
        item_table.c.speakers,
    ).where(item_table.c.id == bindparam("item_id"))
)
_DROP_DRAFT = Prepared(
    t.draft.delete().where(
        t.draft.c.slot_id == bindparam("slot_id"), t.draft.c.annotator_id == bindparam("annotator_id")
    )
)


def find_slot(connection: Connection, slot_id: int) -> Slot | None:
    row = _FIND_SLOT.first(connection, {"slot_id": slot_id})
    return Slot(row[0], row[1], row[2], SlotState(row[3]), *row[4:]) if row else None


@dataclass(frozen=True, slots=True)
class ItemRow:
    id: int
    media: Media
    name: str
    body: str | None
    width: int | None
    height: int | None
    size: int
    parts: int | None
    duration: int | None
    speakers: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A slot that can be taken, with what its task shows; one in hand already has its `lease`."""

    slot: int
    note: str | None
    item: ItemRow
    draft: str | None
    lease: str | None
    suggestion: int | None
    found: str | None
    batch: int = 0


def next_open(
    connection: Connection, round_id: int, line: Line, *, annotator_id: int, most: int, unseen: bool = False
) -> list[Offer]:
    """Open slots of a line in their order, without what the annotator has had before in the round; `unseen`: in any."""
    place = {"round_id": round_id, "batch_id": line.batch_id, "reserved": line.reserved}
    values = {**place, "annotator_id": annotator_id, "most": most}
    return [_offer(row) for row in (_NEXT_UNSEEN if unseen else _NEXT_OPEN).rows(connection, values)]


def known_open(connection: Connection, round_id: int, annotator_id: int, most: int) -> list[Offer]:
    """Open slots of a round of known answers that were made for the annotator."""
    values = {"round_id": round_id, "annotator_id": annotator_id, "most": most}
    return [_offer(row) for row in _KNOWN_OPEN.rows(connection, values)]


def held_slots(connection: Connection, round_id: int, annotator_id: int, most: int) -> list[Offer]:
    """What the annotator has in hand already."""
    values = {"round_id": round_id, "annotator_id": annotator_id, "most": most}
    return [_offer(row) for row in _HELD.rows(connection, values)]


def _offer(row: tuple[Any, ...]) -> Offer:
    return Offer(row[0], row[1], ItemRow(*row[2:11]), *row[11:])


def take_slot(tx: Tx, slot_id: int, annotator_id: int, lease: str, until: int) -> None:
    values = {"slot_id": slot_id, "by_annotator": annotator_id, "with_lease": lease, "now": tx.at, "until": until}
    _TAKE.run(tx.connection, values)


def extend_lease(tx: Tx, slot_id: int, until: int) -> None:
    """The item stays in hand; since when does not change."""
    _EXTEND.run(tx.connection, {"slot_id": slot_id, "until": until})


def slots_of(connection: Connection, round_id: int, annotator_id: int, items: Sequence[int]) -> dict[int, int]:
    """The annotator's slot for each of the items."""
    mine = select(t.slot.c.item_id, t.slot.c.id).where(
        t.slot.c.round_id == round_id, t.slot.c.annotator_id == annotator_id, t.slot.c.item_id.in_(items)
    )
    return {row[0]: row[1] for row in connection.execute(mine)}


def finish_slot(tx: Tx, slot_id: int) -> None:
    _FINISH.run(tx.connection, {"slot_id": slot_id})


def release_lapsed(tx: Tx) -> int:
    """Give back every slot whose lease is over; returns how many."""
    return _RELEASE_LAPSED.run(tx.connection, {"now": tx.at})


def find_by_request(connection: Connection, request_id: str) -> tuple[int, int, int] | None:
    """`(annotation, revision, annotator)` that this request stored before."""
    return _BY_REQUEST.first(connection, {"request_id": request_id})  # type: ignore[return-value]


def current_revision(connection: Connection, round_id: int, item_id: int, annotator_id: int) -> int:
    """The highest revision, 0 before the first."""
    values = {"round_id": round_id, "item_id": item_id, "annotator_id": annotator_id}
    return _CURRENT_REVISION.scalar(connection, values) or 0


def get_item(connection: Connection, item_id: int) -> ItemRow:
    """The item that a slot points to: it is there as long as the slot is."""
    return ItemRow(*(_ITEM.first(connection, {"item_id": item_id}) or ()))


def drop_draft(tx: Tx, slot_id: int, annotator_id: int) -> None:
    _DROP_DRAFT.run(tx.connection, {"slot_id": slot_id, "annotator_id": annotator_id})


def put_draft(tx: Tx, slot_id: int, annotator_id: int, answers: str) -> None:
    """Keep the answers so far, over those kept before."""
    make = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    new = make(t.draft).values(slot_id=slot_id, annotator_id=annotator_id, answers=answers, at=tx.at)
    tx.execute(
        new.on_conflict_do_update(index_elements=["slot_id", "annotator_id"], set_={"answers": answers, "at": tx.at})
    )


def insert_slots(tx: Tx, round_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Slots given one by one: `item_id`, `ordinal`, `reserved` and perhaps `batch_id`, `note` and `found`."""
    usual = {"round_id": round_id, "state": SlotState.OPEN.value, "batch_id": 0, "note": None, "found": None}
    if rows:
        tx.execute(insert(t.slot), [{**usual, **row} for row in rows])


def fill_slots(  # noqa: PLR0913 - where a layer's slots lie
    tx: Tx,
    round_id: int,
    project_id: int,
    *,
    after: int,
    most: int,
    layer: int,
    reserved: int,
    batch_id: int = 0,
    without: Select[Any] | None = None,
) -> int | None:
    """One layer of slots for the next `most` items without a resolution; returns the last item, `None` at the end.

    `without` are items to be left out; then they are in an order drawn at random, so that it says nothing of them.
    """
    items = unresolved_items(project_id, after)
    if without is not None:
        items = items.where(item_table.c.id.not_in(without))
    chosen = items.limit(most).subquery()
    last = tx.scalar(select(func.max(chosen.c.id)))
    if last is None:
        return None
    place = chosen.c.id + layer * LAYER if without is None else _anywhere(tx) + layer * LAYER
    of_layer = t.slot.c.ordinal.between(layer * LAYER, (layer + 1) * LAYER - 1)
    present = select(t.slot.c.id).where(t.slot.c.round_id == round_id, t.slot.c.item_id == chosen.c.id, of_layer)
    wanted = select(
        literal(round_id),
        chosen.c.id,
        place,
        literal(reserved),
        literal(batch_id),
        literal(SlotState.OPEN.value),
    ).where(~present.exists())
    columns = ["round_id", "item_id", "ordinal", "reserved", "batch_id", "state"]
    tx.execute(insert(t.slot).from_select(columns, wanted))
    return int(last)


def _anywhere(tx: Tx) -> ColumnElement[int]:
    """A place in a layer, drawn by the database for each row."""
    if tx.dialect == "postgresql":
        return cast(func.floor(func.random() * LAYER), BigInteger)
    return func.random().op("&")(literal_column(str(LAYER - 1)))


def unresolved_items(project_id: int, after: int = 0) -> Select[Any]:
    """Landed items of a project that are not set aside, hold no resolution, and wait for no recheck, by id."""
    held = select(resolution_table.c.id).where(resolution_table.c.item_id == item_table.c.id, resolution_table.c.holds)
    return (
        select(item_table.c.id)
        .join_from(item_table, source_table, source_table.c.id == item_table.c.source_id)
        .where(item_table.c.project_id == project_id, item_table.c.id > after, source_table.c.state == "landed")
        .where(~held.exists(), ~is_aside(), item_table.c.id.not_in(in_recheck(project_id)))
        .order_by(item_table.c.id)
    )


def in_recheck(project_id: int) -> Select[Any]:
    """Items whose answer is being looked at again: what came from elsewhere and is not sure holds nothing meanwhile."""
    r, waits = round_table.c, (SlotState.OPEN.value, SlotState.LEASED.value)
    mine = (r.project_id == project_id) & (r.kind == RoundKind.RECHECK) & (r.state == RoundState.OPEN)
    # joined, SQLite would walk the open slots of every round
    return select(t.slot.c.item_id).where(t.slot.c.round_id.in_(select(r.id).where(mine)), t.slot.c.state.in_(waits))


def progress_of_rounds(connection: Connection, round_ids: Sequence[int]) -> dict[int, RoundProgress]:
    """How far each of the rounds is."""
    # each count walks one stretch of the index (round, state); grouping them all compares row by row, twice as slow
    states = union_all(*(select(literal(state.value, Integer).label("state")) for state in SlotState)).subquery()
    mine = (t.slot.c.round_id == round_table.c.id) & (t.slot.c.state == states.c.state)
    count = select(func.count()).select_from(t.slot).where(mine).scalar_subquery()
    every = select(round_table.c.id, states.c.state, count).join_from(round_table, states, true())
    counts: dict[int, dict[int, int]] = {round_id: {} for round_id in round_ids}
    for round_id, state, n in connection.execute(every.where(round_table.c.id.in_(round_ids))):
        counts[round_id][state] = n
    return {
        round_id: RoundProgress(round_id, by.get(0, 0), by.get(1, 0), by.get(2, 0) + by.get(3, 0))
        for round_id, by in counts.items()
    }


def progress_of(connection: Connection, round_id: int) -> RoundProgress:
    return progress_of_rounds(connection, [round_id])[round_id]


def find_unresolved(connection: Connection, project_id: int) -> dict[str, int]:
    """The landed items without a resolution: content hash → item."""
    found = unresolved_items(project_id).add_columns(item_table.c.hash)
    return {row[1]: row[0] for row in connection.execute(found)}


def count_unresolved(connection: Connection, project_id: int) -> int:
    """How many items `unresolved_items` are: walks over indexes of what is not among them, not one over the items."""
    r, a = resolution_table.c, aside_table.c
    held = select(func.count()).where(r.project_id == project_id, r.holds)
    kept = select(r.id).where(r.item_id == a.item_id, r.holds)
    gone = select(func.count(a.item_id.distinct())).where(a.project_id == project_id, ~kept.exists())
    again = in_recheck(project_id).subquery().c.item_id
    stands, aside = select(r.id).where(r.item_id == again, r.holds), select(a.item_id).where(a.item_id == again)
    looked = select(func.count(again.distinct())).where(~stands.exists(), ~aside.exists())
    out = sum(int(connection.execute(one).scalar_one()) for one in (held, gone, looked))
    return count_items(connection, project_id) - out
