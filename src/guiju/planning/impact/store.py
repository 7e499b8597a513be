"""SQL of impacts: the answers of record in slices, and the last impact of a project."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from guiju.annotations import resolution_table
from guiju.data import item_table
from guiju.data.model import shape_of_item
from guiju.inspection import LotState, lot_entry_table, lot_table
from guiju.kinds import ItemShape
from guiju.planning.impact import tables as t
from guiju.planning.impact.model import Impact
from guiju.storage import Tx

CHUNK = 10_000
_r, _i = resolution_table.c, item_table.c


class Answered(NamedTuple):
    """An item's answer of record, as it is stored."""

    item: int
    answers: str
    shape: ItemShape


def count_answers(connection: Connection, project_id: int) -> int:
    mine = (_r.project_id == project_id) & _r.holds
    return int(connection.execute(select(func.count()).select_from(resolution_table).where(mine)).scalar() or 0)


def read_answers(connection: Connection, project_id: int, after: int) -> list[Answered]:
    """The next answers of record behind the item `after`, in the order of the items."""
    length = func.coalesce(func.length(_i.body), _i.size)
    wanted = (
        select(_i.id, _r.answers, _i.media, length, _i.width, _i.height, _i.parts, _i.duration, _i.speakers)
        .join_from(resolution_table, item_table, _i.id == _r.item_id)
        .where(_r.project_id == project_id, _r.holds, _r.item_id > after)
        .order_by(_r.item_id)
        .limit(CHUNK)
    )
    # Many items are of one shape: pictures of one camera, texts of one length.
    shapes: dict[Sequence[Any], ItemShape] = {}
    found = list[Answered]()
    for item, answers, *facts in connection.execute(wanted):
        seen = tuple(facts)
        shape = shapes.get(seen)
        if shape is None:
            shape = shapes[seen] = _shape(seen)
        found.append(Answered(item, answers, shape))
    return found


def _shape(row: Sequence[Any]) -> ItemShape:
    media, length, width, height, parts, duration, speakers = row
    return shape_of_item(media, length, width, height, parts=parts, duration=duration, speakers=speakers)


def read_accepted(connection: Connection, project_id: int) -> Iterator[tuple[int, list[int]]]:
    """`(lot, its items)` of the accepted lots."""
    mine = (lot_table.c.project_id == project_id) & (lot_table.c.state == LotState.ACCEPTED)
    for lot in connection.execute(select(lot_table.c.id).where(mine)).scalars().all():
        held = select(lot_entry_table.c.item_id).where(lot_entry_table.c.lot_id == lot)
        yield lot, list(connection.execute(held).scalars())


def find_impact(connection: Connection, project_id: int) -> tuple[int, Impact | None, int] | None:
    """`(job, what it measured, when)` of the last."""
    row = connection.execute(select(t.impact).where(t.impact.c.project_id == project_id)).first()
    if row is None:
        return None
    measured = msgspec.json.decode(row.measured, type=Impact) if row.measured else None
    return row.job_id, measured, row.at


def put_job(tx: Tx, project_id: int, job_id: int) -> None:
    """The job that measures now; what the one before it measured stays until this one is done."""
    mine = update(t.impact).where(t.impact.c.project_id == project_id)
    if not tx.execute(mine.values(job_id=job_id)).rowcount:
        tx.execute(insert(t.impact), {"project_id": project_id, "job_id": job_id, "measured": None, "at": tx.at})


def put_measured(tx: Tx, project_id: int, measured: Impact) -> None:
    values = {"measured": msgspec.json.encode(measured).decode(), "at": tx.at}
    tx.execute(update(t.impact).where(t.impact.c.project_id == project_id).values(**values))
