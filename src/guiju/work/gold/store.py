"""SQL of known answers in production."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from guiju.annotations import RoundState, annotation_table, round_table
from guiju.data import item_table
from guiju.rulings import reference_table
from guiju.storage import Prepared, Tx
from guiju.work import tables as t
from guiju.work.gold.model import Gold, GoldWish, Record, Returns, Stop
from guiju.work.gold.tables import gold_item, gold_mark, gold_policy, gold_stop
from guiju.work.model import Slot, SlotState

_p, _i, _m, _x, _s = gold_policy.c, gold_item.c, gold_mark.c, gold_stop.c, t.slot.c
_POLICY = Prepared(
    select(_p.round_id, _p.gold_round_id, _p.base, _p.line, _p.stops, _p.tells, _p.returns, _p.key).where(
        _p.round_id == bindparam("round_id")
    )
)
_STOP = (_x.id, _x.round_id, _x.annotator_id, _x.at, _x.n, _x.right, _x.low, _x.high, _x.line, _x.lifted_at)
_HOLDING = Prepared(
    select(*_STOP).where(
        _x.round_id == bindparam("round_id"), _x.annotator_id == bindparam("annotator_id"), _x.holds == 0
    )
)
_LATEST = Prepared(
    select(_m.score, _m.at)
    .where(
        _m.round_id == bindparam("round_id"), _m.annotator_id == bindparam("annotator_id"), _m.at > bindparam("since")
    )
    .order_by(_m.at.desc())
    .limit(bindparam("most"))
)
_SINCE = Prepared(
    select(func.max(_x.lifted_at)).where(
        _x.round_id == bindparam("round_id"), _x.annotator_id == bindparam("annotator_id")
    )
)
_a = annotation_table.c
# what somebody has answered anywhere is nothing new to them
_NEW_TO = Prepared(
    select(_i.item_id)
    .where(
        _i.round_id == bindparam("round_id"),
        _i.item_id > bindparam("after"),
        ~select(_a.id).where(_a.item_id == _i.item_id, _a.annotator_id == bindparam("annotator_id")).exists(),
        ~select(_s.id)
        .where(
            _s.item_id == _i.item_id,
            _s.round_id == bindparam("gold_round_id"),
            _s.reserved == bindparam("annotator_id"),
        )
        .exists(),
    )
    .order_by(_i.item_id)
    .limit(1)
)


def find_policy(connection: Connection, round_id: int) -> Gold | None:
    row = _POLICY.first(connection, {"round_id": round_id})
    return Gold(row[0], row[1], _wish(tuple(row[2:7])), row[7]) if row else None


def _wish(row: tuple[Any, ...]) -> GoldWish:
    return GoldWish(row[0], row[1], bool(row[2]), bool(row[3]), Returns(row[4]))


def gold_rounds_of(rounds: Sequence[int] | Select[Any]) -> Select[Any]:
    """The rounds that the known answers of these lie in."""
    return select(_p.gold_round_id).where(_p.round_id.in_(rounds))


def policies_of(connection: Connection, round_ids: Sequence[int]) -> dict[int, Gold]:
    columns = (_p.round_id, _p.gold_round_id, _p.base, _p.line, _p.stops, _p.tells, _p.returns, _p.key)
    rows = connection.execute(select(*columns).where(_p.round_id.in_(round_ids)))
    return {row[0]: Gold(row[0], row[1], _wish(tuple(row[2:7])), row[7]) for row in rows}


def insert_policy(tx: Tx, gold: Gold) -> None:
    told = {**asdict(gold.wish), "key": gold.key}
    tx.execute(insert(gold_policy), {"round_id": gold.round_id, "gold_round_id": gold.gold_round_id, **told})


def update_policy(tx: Tx, round_id: int, wish: GoldWish) -> None:
    tx.execute(update(gold_policy).where(_p.round_id == round_id).values(**asdict(wish)))


def insert_items(tx: Tx, round_id: int, known: Sequence[tuple[int, int]]) -> None:
    rows = [{"round_id": round_id, "item_id": item, "reference_id": reference} for item, reference in known]
    tx.execute(insert(gold_item), rows)


def count_items(connection: Connection, round_id: int) -> int:
    return connection.execute(select(func.count()).where(_i.round_id == round_id)).scalar_one()


def pool_of(round_id: int) -> Select[Any]:
    """The items whose answer is known to a round."""
    return select(_i.item_id).where(_i.round_id == round_id)


def sources_among(connection: Connection, items: Select[Any]) -> set[int]:
    """The sources that these items are from."""
    i = item_table.c
    return set(connection.execute(select(i.source_id).where(i.id.in_(items)).distinct()).scalars())


def source_of(connection: Connection, items: Collection[int]) -> dict[int, int]:
    i = item_table.c
    return {row[0]: row[1] for row in connection.execute(select(i.id, i.source_id).where(i.id.in_(items)))}


def next_new_to(connection: Connection, gold: Gold, annotator_id: int, after: int) -> int | None:
    """The next item of the pool after this one that the annotator has never answered nor been given."""
    values = {"round_id": gold.round_id, "gold_round_id": gold.gold_round_id, "annotator_id": annotator_id}
    return _NEW_TO.scalar(connection, {**values, "after": after})


def reference_of(connection: Connection, round_id: int, item_id: int) -> tuple[int, str] | None:
    """The reference, and what is right (JSON)."""
    r = reference_table.c
    known = select(r.id, r.answers).join_from(gold_item, reference_table, r.id == _i.reference_id)
    row = connection.execute(known.where(_i.round_id == round_id, _i.item_id == item_id)).first()
    return (row[0], row[1]) if row else None


def keep_mark(tx: Tx, slot_id: int, **values: object) -> None:
    """What the first answer to a slot is worth."""
    tx.execute(insert(gold_mark), {"slot_id": slot_id, "at": tx.at, **values})


def record_of(connection: Connection, round_id: int, annotator_id: int, most: int) -> Record:
    """The latest marks since they came back, if they were stopped."""
    who = {"round_id": round_id, "annotator_id": annotator_id}
    since = _SINCE.scalar(connection, who) or 0
    scores = [row[0] for row in _LATEST.rows(connection, {**who, "since": since, "most": most})]
    return Record(sum(scores), len(scores))


def find_stop(connection: Connection, round_id: int, annotator_id: int) -> Stop | None:
    """What stops the annotator in the round now."""
    row = _HOLDING.first(connection, {"round_id": round_id, "annotator_id": annotator_id})
    return Stop(*row) if row else None


def insert_stop(tx: Tx, round_id: int, annotator_id: int, **figures: object) -> int:
    who = {"round_id": round_id, "annotator_id": annotator_id, "at": tx.at, "holds": 0, "lifted_at": None}
    return tx.insert(insert(gold_stop), {**who, "lifted_by": None, "signed_by": None, "reason": None, **figures})


def lift(tx: Tx, stop_id: int, how: str, signed_by: int | None, reason: str | None) -> None:
    told = {"lifted_at": tx.at, "lifted_by": how, "signed_by": signed_by, "reason": reason, "holds": tx.at}
    tx.execute(update(gold_stop).where(_x.id == stop_id).values(**told))


def stops_of(connection: Connection, round_id: int) -> dict[int, Stop]:
    """Who is stopped in the round now, by annotator."""
    rows = connection.execute(select(*_STOP).where(_x.round_id == round_id, _x.holds == 0))
    return {row.annotator_id: Stop(*row) for row in rows}


def marked_in(connection: Connection, round_id: int) -> set[int]:
    return set(connection.execute(select(_m.annotator_id).where(_m.round_id == round_id).distinct()).scalars())


def span_of_pool(connection: Connection, round_id: int) -> tuple[int, int] | None:
    """The lowest and the highest item of the pool."""
    low, high = connection.execute(
        select(func.min(_i.item_id), func.max(_i.item_id)).where(_i.round_id == round_id)
    ).one()
    return (low, high) if low is not None else None


def project_of(connection: Connection, round_id: int) -> int:
    r = round_table.c
    return connection.execute(select(r.project_id).where(r.id == round_id)).scalar_one()


def items_named(connection: Connection, project_id: int, names: Sequence[str]) -> set[int | None]:
    """The items of a project that have these names."""
    i = item_table.c
    return set(connection.execute(select(i.id).where(i.project_id == project_id, i.name.in_(names))).scalars())


_NEAR = 50


def state_beside(connection: Connection, gold: Gold, slot: Slot, annotator_id: int) -> SlotState | None:
    """What became of the answer to an ordinary item that somebody gave just before this one, or else just after it; of
    the known item's own source, where there is one near.
    """
    first = (
        select(func.min(_a.id))
        .where(_a.round_id == gold.gold_round_id, _a.item_id == slot.item_id, _a.annotator_id == annotator_id)
        .scalar_subquery()
    )
    i, same = item_table.c, select(item_table.c.source_id).where(item_table.c.id == slot.item_id).scalar_subquery()
    mine = (_a.round_id == gold.round_id) & (_a.annotator_id == annotator_id) & (_a.revision == 1)
    near = select(_a.item_id, (i.source_id == same).label("same")).join_from(annotation_table, item_table)
    before = near.where(mine, _a.id < first).order_by(_a.id.desc()).limit(_NEAR)
    after = near.where(mine, _a.id > first).order_by(_a.id).limit(_NEAR)
    found: list[Any] = [*connection.execute(before)] or [*connection.execute(after)]
    if not found:
        return None
    item = next((row.item_id for row in found if row.same), found[0].item_id)
    wanted = select(_s.state).where(_s.round_id == gold.round_id, _s.item_id == item, _s.annotator_id == annotator_id)
    state = connection.execute(wanted).scalar()
    return None if state is None else SlotState(state)


def stopped_in(connection: Connection, project_id: int, annotator_id: int | None = None) -> list[Stop]:
    """What stops people now in rounds of a project that are worked on, or one of them; the oldest first."""
    r = round_table.c
    wanted = select(*_STOP).join_from(gold_stop, round_table, r.id == _x.round_id)
    wanted = wanted.where(r.project_id == project_id, _x.holds == 0, r.state != RoundState.CLOSED)
    if annotator_id is not None:
        wanted = wanted.where(_x.annotator_id == annotator_id)
    return [Stop(*row) for row in connection.execute(wanted.order_by(_x.at))]
