"""SQL of known answers in production."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

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


class Unmarked(NamedTuple):
    """A first answer to a known item (JSON) beside what is right (JSON)."""

    slot_id: int
    annotator_id: int
    reference_id: int
    said: str
    right: str
    at: int


MOST_UNMARKED = 12
_GIVEN = select(_a.item_id, _a.annotator_id, _a.answers, _a.at, _a.revision, _a.id).where(
    _a.round_id == bindparam("gold_round_id")
)


def _first_of(given: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The first answers among some that were given to known items, without a mark, beside what is right."""
    first = given.subquery().c
    return (
        select(_s.id, first.annotator_id, reference_table.c.id, first.answers, reference_table.c.answers, first.at)
        .join(
            t.slot,
            (_s.round_id == bindparam("gold_round_id"))
            & (_s.item_id == first.item_id)
            & (_s.annotator_id == first.annotator_id),
        )
        .join(gold_item, (_i.round_id == bindparam("round_id")) & (_i.item_id == first.item_id))
        .join(reference_table, reference_table.c.id == _i.reference_id)
        .where(first.revision == 1, ~select(_m.slot_id).where(_m.slot_id == _s.id).exists())
        .order_by(first.id)
    )


_latest = _GIVEN.where(_a.annotator_id == bindparam("annotator_id"), _a.id < bindparam("before"))
_UNMARKED = Prepared(_first_of(_latest.order_by(_a.id.desc()).limit(MOST_UNMARKED)))
_KEEP = Prepared(insert(gold_mark).values({column.name: bindparam(column.name) for column in gold_mark.c}))


def unmarked(connection: Connection, gold: Gold, annotator_id: int, before: int) -> list[Unmarked]:
    """What somebody answered before this answer of the known items, and was not marked yet: the latest at most."""
    values = {"round_id": gold.round_id, "gold_round_id": gold.gold_round_id, "annotator_id": annotator_id}
    return [Unmarked(*row) for row in _UNMARKED.rows(connection, {**values, "before": before})]


def all_unmarked(connection: Connection, gold: Gold) -> list[Unmarked]:
    """What was answered of the known items by anybody, and is not marked."""
    values = {"round_id": gold.round_id, "gold_round_id": gold.gold_round_id}
    return [Unmarked(*row) for row in connection.execute(_first_of(_GIVEN), values)]


def keep_mark(tx: Tx, slot_id: int, **values: object) -> None:
    """What the first answer to a slot is worth, and when it was given."""
    _KEEP.run(tx.connection, {"slot_id": slot_id, **values})


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
_FIRST = Prepared(
    select(
        func.min(_a.id), select(item_table.c.source_id).where(item_table.c.id == bindparam("item_id")).scalar_subquery()
    ).where(
        _a.round_id == bindparam("in_round"),
        _a.item_id == bindparam("item_id"),
        _a.annotator_id == bindparam("annotator_id"),
    )
)
_beside = (
    select(_a.id, _s.state, item_table.c.source_id)
    .join_from(annotation_table, item_table, item_table.c.id == _a.item_id)
    .join(t.slot, (_s.round_id == _a.round_id) & (_s.item_id == _a.item_id) & (_s.annotator_id == _a.annotator_id))
    .where(_a.round_id == bindparam("round_id"), _a.annotator_id == bindparam("annotator_id"), _a.revision == 1)
    .limit(_NEAR)
)
_BEFORE = Prepared(_beside.where(_a.id < bindparam("first")).order_by(_a.id.desc()))
_AFTER = Prepared(_beside.where(_a.id > bindparam("first")).order_by(_a.id))


def state_beside(connection: Connection, gold: Gold, slot: Slot, annotator_id: int) -> SlotState | None:
    """What became of the answer to an ordinary item that somebody gave just before this one, or else just after it; of
    the item's own source, where there is one near.
    """
    who = {"annotator_id": annotator_id}
    first = _FIRST.first(connection, {**who, "in_round": slot.round_id, "item_id": slot.item_id})
    if first is None or first[0] is None:
        return None
    place = {**who, "round_id": gold.round_id, "first": first[0]}
    found = _BEFORE.rows(connection, place) or _AFTER.rows(connection, place)
    if not found:
        return None
    return SlotState(next((row[1] for row in found if row[2] == first[1]), found[0][1]))


def stopped_in(connection: Connection, project_id: int, annotator_id: int | None = None) -> list[Stop]:
    """What stops people now in rounds of a project that are worked on, or one of them; the oldest first."""
    r = round_table.c
    wanted = select(*_STOP).join_from(gold_stop, round_table, r.id == _x.round_id)
    wanted = wanted.where(r.project_id == project_id, _x.holds == 0, r.state != RoundState.CLOSED)
    if annotator_id is not None:
        wanted = wanted.where(_x.annotator_id == annotator_id)
    return [Stop(*row) for row in connection.execute(wanted.order_by(_x.at))]
