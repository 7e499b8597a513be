"""SQL of what consensus knows of a round that asks for further answers."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, case, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from guiju.annotations import RoundState, round_table
from guiju.consensus.wanting.model import Learned, Sureness, Weighed
from guiju.consensus.wanting.tables import wanting_item, wanting_round
from guiju.stats.consensus.online import Belief
from guiju.storage import Tx
from guiju.work import slot_table

_GIVEN, _WITHDRAWN = (2, 3), 4
_i = wanting_item.c
_ITEM = (_i.item_id, _i.answers, _i.state, _i.sure, _i.alike, _i.beliefs)
_beliefs = msgspec.json.Decoder(dict[str, Belief])


def asking_rounds(connection: Connection) -> list[int]:
    """The rounds that ask for further answers and are not closed."""
    r = round_table.c
    running = r.state.in_([RoundState.OPEN.value, RoundState.PAUSED.value])
    return list(connection.execute(select(r.id).where(r.asks, running).order_by(r.id)).scalars())


def lock_learned(tx: Tx, round_id: int) -> tuple[Learned, int]:
    """What was learned so far and where the second looks stand; one weighs a round at a time."""
    w = wanting_round.c
    found = select(w.learned, w.swept).where(w.round_id == round_id).with_for_update()
    rows: list[Any] = list(tx.execute(found))
    if not rows:
        tx.execute(insert(wanting_round).values(round_id=round_id, learned=_json(Learned({})), swept=0))
        return Learned({}), 0
    return msgspec.json.decode(rows[0][0], type=Learned), rows[0][1]


def read_learned(connection: Connection, round_id: int) -> Learned:
    found = connection.execute(select(wanting_round.c.learned).where(wanting_round.c.round_id == round_id)).scalar()
    return msgspec.json.decode(found, type=Learned) if found else Learned({})


def keep_learned(tx: Tx, round_id: int, learned: Learned, swept: int) -> None:
    mine = update(wanting_round).where(wanting_round.c.round_id == round_id)
    tx.execute(mine.values(learned=_json(learned), swept=swept))


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _weighed(row: Any) -> Weighed:
    return Weighed(row[0], row[1], Sureness(row[2]), row[3], row[4], _beliefs.decode(row[5]))


def find_weighed(connection: Connection, round_id: int, items: Sequence[int]) -> dict[int, Weighed]:
    rows = connection.execute(select(*_ITEM).where(_i.round_id == round_id, _i.item_id.in_(items)))
    return {row[0]: _weighed(row) for row in rows}


def next_weighed(connection: Connection, round_id: int, after: int, most: int) -> list[Weighed]:
    """The items after `after`, from the first on again at the end."""
    mine = select(*_ITEM).where(_i.round_id == round_id).order_by(_i.item_id).limit(most)
    found = [_weighed(row) for row in connection.execute(mine.where(_i.item_id > after))]
    if len(found) < most:
        rest = mine.where(_i.item_id <= after).limit(most - len(found))
        found += [_weighed(row) for row in connection.execute(rest)]
    return found


def put_weighed(tx: Tx, round_id: int, items: Iterable[Weighed]) -> None:
    rows = [
        {
            "round_id": round_id,
            "item_id": one.item_id,
            "answers": one.answers,
            "state": one.state.value,
            "sure": one.sure,
            "alike": one.alike,
            "beliefs": _json(one.beliefs),
        }
        for one in items
    ]
    if not rows:
        return
    make = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    new = make(wanting_item)
    changed = {name: new.excluded[name] for name in ("answers", "state", "sure", "alike", "beliefs")}
    tx.execute(new.on_conflict_do_update(index_elements=["round_id", "item_id"], set_=changed), rows)


def count_states(connection: Connection, round_id: int) -> list[tuple[Sureness, int, int]]:
    """State, number of answers, number of items."""
    counted = select(_i.state, _i.answers, func.count()).where(_i.round_id == round_id).group_by(_i.state, _i.answers)
    return [(Sureness(row[0]), row[1], row[2]) for row in connection.execute(counted)]


def count_wanted(connection: Connection, round_id: int) -> tuple[int, int, int]:
    """How many items the round has, how many of them with several slots, and how many answers were given."""
    s = slot_table.c
    given = func.sum(case((s.state.in_(_GIVEN), 1), else_=0))
    each = select(s.item_id, func.count().label("n"), given.label("given")).where(
        s.round_id == round_id, s.state < _WITHDRAWN
    )
    per = each.group_by(s.item_id).subquery()
    several: Select[Any] = select(func.count()).select_from(per).where(per.c.n > 1)
    row = connection.execute(select(func.count(), func.coalesce(func.sum(per.c.given), 0)).select_from(per)).one()
    return int(row[0]), int(connection.execute(several).scalar_one()), int(row[1])
