"""SQL of relabellings: the rows themselves, and the answers that name labels."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from guiju.annotations import newest_wording, resolution_table, says_the_same
from guiju.data import item_table
from guiju.data.model import shape_of_item
from guiju.inspection import LotState, lot_entry_table, lot_table
from guiju.kinds import ItemShape
from guiju.planning.relabelling import tables as t
from guiju.planning.relabelling.model import Asked, Came, Found, Kind, Relabelling, State
from guiju.storage import Tx

CHUNK = 2_000
_r, _i, _c = resolution_table.c, item_table.c, t.change.c


def insert_relabelling(tx: Tx, *, asked: Asked, act: Kind, **values: object) -> int:
    row = {"act": act, "asked": _json(asked), "created_at": tx.at, "read_upto": 0, **values}
    return tx.insert(insert(t.relabelling), row)


def update_relabelling(
    tx: Tx, relabelling_id: int, *, found: Found | None = None, came_of: Came | None = None, **values: object
) -> None:
    told = {name: _json(one) for name, one in (("found", found), ("came_of", came_of)) if one is not None}
    tx.execute(update(t.relabelling).where(t.relabelling.c.id == relabelling_id).values({**told, **values}))


def _json(value: msgspec.Struct) -> str:
    return msgspec.json.encode(value).decode()


def find_relabelling(connection: Connection, project_id: int, relabelling_id: int) -> Relabelling | None:
    mine = (t.relabelling.c.id == relabelling_id) & (t.relabelling.c.project_id == project_id)
    row = connection.execute(select(t.relabelling).where(mine)).first()
    return _relabelling(row) if row else None


def list_relabellings(connection: Connection, project_id: int, limit: int = 50) -> list[Relabelling]:
    """A project's relabellings, the newest first."""
    mine = select(t.relabelling).where(t.relabelling.c.project_id == project_id)
    return [_relabelling(row) for row in connection.execute(mine.order_by(t.relabelling.c.id.desc()).limit(limit))]


def find_undoing(connection: Connection, relabelling_id: int) -> int | None:
    """The act that undoes this one, unless it was discarded."""
    mine = (t.relabelling.c.undoes == relabelling_id) & (t.relabelling.c.state != State.DISCARDED)
    return connection.execute(select(func.max(t.relabelling.c.id)).where(mine)).scalar()


def is_at_work(connection: Connection, project_id: int) -> bool:
    acting = (t.relabelling.c.project_id == project_id) & (t.relabelling.c.state == State.ACTING)
    return connection.execute(select(t.relabelling.c.id).where(acting).limit(1)).first() is not None


def _relabelling(row: Row[Any]) -> Relabelling:
    found = msgspec.json.decode(row.found, type=Found) if row.found else None
    came_of = msgspec.json.decode(row.came_of, type=Came) if row.came_of else None
    asked = msgspec.json.decode(row.asked, type=Asked)
    named = (row.id, row.project_id, Kind(row.act), State(row.state), asked, found, came_of)
    rest = (row.before_id, row.after_id, row.undoes, row.read_upto, row.job_id)
    return Relabelling(*named, *rest, row.created_by, row.created_at, row.acted_by, row.acted_at)


class Said(NamedTuple):
    """A resolution that may name one of the labels; `root` is what it restates, else itself."""

    id: int
    item: int
    answers: str
    rulebook: int
    origin: str
    root: int
    shape: ItemShape


def naming(column: ColumnElement[str], labels: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column of answers may name any of these labels: what it holds is read to be sure."""
    return or_(*(column.contains(f'"{label}"', autoescape=True) for label in labels))


def _said(labels: Iterable[str]) -> Select[*tuple[Any, ...]]:
    length = func.coalesce(func.length(_i.body), _i.size)
    root = func.coalesce(_r.restates, _r.id)
    return (
        select(_r.id, _r.item_id, _r.answers, _r.rulebook_id, _r.origin, root)
        .add_columns(_i.media, length, _i.width, _i.height, _i.parts, _i.duration, _i.speakers)
        .join_from(resolution_table, item_table, _i.id == _r.item_id)
        .where(naming(_r.answers, labels))
    )


def _row(row: Sequence[Any]) -> Said:
    media, length, width, height, parts, duration, speakers = row[6:]
    shape = shape_of_item(media, length, width, height, parts=parts, duration=duration, speakers=speakers)
    return Said(row[0], row[1], row[2], row[3], row[4], row[5], shape)


def count_held(connection: Connection, project_id: int) -> int:
    mine = (_r.project_id == project_id) & _r.holds
    return connection.execute(select(func.count()).select_from(resolution_table).where(mine)).scalar_one()


def read_held(connection: Connection, project_id: int, labels: Sequence[str], after: int) -> list[Said]:
    """The next answers of record that may name the labels, behind the item `after`."""
    wanted = _said(labels).where(_r.project_id == project_id, _r.holds, _r.item_id > after)
    return [_row(row) for row in connection.execute(wanted.order_by(_r.item_id).limit(CHUNK))]


def read_since(connection: Connection, project_id: int, labels: Sequence[str], last: int) -> list[Said]:
    """Those that hold and were made behind the resolution `last`."""
    wanted = _said(labels).where(_r.project_id == project_id, _r.holds.is_(True), _r.id > last)
    return [_row(row) for row in connection.execute(wanted.order_by(_r.id))]


def last_resolution(connection: Connection, project_id: int) -> int:
    mine = select(func.max(_r.id)).where(_r.project_id == project_id)
    return int(connection.execute(mine).scalar() or 0)


def read_superseded(connection: Connection, project_id: int, labels: Sequence[str]) -> list[Said]:
    """What lots that are accepted or being inspected hold of items that were answered otherwise since."""
    entry, lot, now = lot_entry_table.c, lot_table.c, resolution_table.alias("now")
    holding = exists().where(now.c.item_id == entry.item_id, now.c.holds, says_the_same(entry.resolution_id, now))
    entries = (
        select(newest_wording(entry.resolution_id))
        .join_from(lot_entry_table, lot_table, lot.id == entry.lot_id)
        .where(lot.project_id == project_id, lot.state.in_([LotState.ACCEPTED, LotState.INSPECTING]), ~holding)
    )
    wanted = _said(labels).where(_r.id.in_(entries)).order_by(_r.item_id)
    return [_row(row) for row in connection.execute(wanted)]


def put_changes(tx: Tx, relabelling_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Keep what is to be written; what was kept of a resolution before gives way."""
    if rows:
        ids = [row["resolution_id"] for row in rows]
        tx.execute(delete(t.change).where(_c.relabelling_id == relabelling_id, _c.resolution_id.in_(ids)))
        tx.execute(insert(t.change), [{"relabelling_id": relabelling_id, **row} for row in rows])


def forget_changes(tx: Tx, relabelling_id: int) -> None:
    tx.execute(delete(t.change).where(_c.relabelling_id == relabelling_id))


def read_eyes(connection: Connection, relabelling_id: int) -> list[int]:
    """The items that a split left open."""
    mine = select(_c.item_id).where(_c.relabelling_id == relabelling_id, _c.eyes, _c.held)
    return list(connection.execute(mine.order_by(_c.item_id)).scalars())


def read_made(connection: Connection, low: int, high: int) -> list[int]:
    """The items whose resolutions an act made, as far as they still hold."""
    mine = select(_r.item_id).where(_r.id > low, _r.id <= high, _r.holds).order_by(_r.item_id)
    return list(connection.execute(mine).scalars())


def count_made(connection: Connection, came_of: Came) -> int:
    mine = select(func.count()).where(_r.id > came_of.low, _r.id <= came_of.high, _r.holds)
    return connection.execute(mine).scalar_one()


def stage_undo(tx: Tx, *, undo_id: int, undone: int, came_of: Came, items: tuple[int, int]) -> None:
    """What an act wrote is to be written back, for the items from the first to the last of `items`.

    What it wrote and somebody answered otherwise since is left alone.
    """
    old, made = resolution_table.alias("old"), resolution_table.alias("made")
    mine = and_(
        made.c.project_id == old.c.project_id,
        made.c.holds.in_([True, False]),
        made.c.item_id == _c.item_id,
        # by the item's index, not by the range of ids: that one is as long as the act
        (made.c.id + 0).between(came_of.low + 1, came_of.high),
        func.coalesce(made.c.restates, 0) == func.coalesce(_c.restates, 0),
    )
    back = (
        select(literal(undo_id), made.c.id, _c.item_id, old.c.answers, old.c.rulebook_id)
        .add_columns(func.coalesce(old.c.restates, old.c.id), _c.held, false())
        .select_from(t.change)
        .join(old, old.c.id == _c.resolution_id)
        .join(made, mine)
        .where(_c.relabelling_id == undone, _c.answers != "", _c.item_id.between(*items))
        .where(or_(made.c.holds, ~_c.held))
    )
    names = ["relabelling_id", "resolution_id", "item_id", "answers", "rulebook_id", "restates", "held", "eyes"]
    tx.execute(insert(t.change).from_select(names, back))


def bounds_of_items(connection: Connection, relabelling_id: int) -> tuple[int, int]:
    mine = select(func.min(_c.item_id), func.max(_c.item_id)).where(_c.relabelling_id == relabelling_id)
    low, high = connection.execute(mine).one()
    return int(low or 0), int(high or 0)


def count_since(connection: Connection, mine: Relabelling) -> int:
    """Answers that hold and were given in the old labels after the act."""
    gone = set(mine.asked.names) - {target.id for target in mine.asked.targets}
    if mine.came_of is None or mine.act is Kind.UNDO or not gone:
        return 0
    later = (_r.project_id == mine.project_id) & _r.holds.is_(True) & (_r.id > mine.came_of.high)
    return connection.execute(select(func.count()).where(later, naming(_r.answers, sorted(gone)))).scalar_one()


def labels_kept(connection: Connection, undone: Relabelling) -> list[str]:
    """Of the labels that an act brought, those that answers hold which somebody gave since."""
    assert undone.came_of is not None
    later = (_r.project_id == undone.project_id) & _r.holds.is_(True) & (_r.id > undone.came_of.high)
    new = [target.id for target in undone.asked.targets]
    holding = {one: select(_r.id).where(later, naming(_r.answers, [one])).limit(1) for one in new}
    return [one for one, wanted in holding.items() if connection.execute(wanted).first()]
