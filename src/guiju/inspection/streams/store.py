"""SQL of streams: the lots that make them, and what people decided about them."""

from sqlalchemy import ColumnElement, Connection, insert, select

from guiju.inspection import tables as lots
from guiju.inspection.streams.model import ActTaken, StreamAct, StreamKey
from guiju.inspection.streams.tables import stream_act as t
from guiju.storage import Tx


def in_stream(key: StreamKey, project_id: ColumnElement[int], annotator_id: ColumnElement[int]) -> ColumnElement[bool]:
    whose = annotator_id.is_(None) if key.annotator_id is None else annotator_id == key.annotator_id
    return (project_id == key.project_id) & whose


def list_keys(connection: Connection, project_id: int) -> list[StreamKey]:
    """The streams that have a lot, everybody's first."""
    whose = lots.lot.c.annotator_id
    found = select(whose).distinct().where(lots.lot.c.project_id == project_id)
    ids = list(connection.execute(found).scalars())
    return [StreamKey(project_id, each) for each in sorted(ids, key=lambda one: one or 0)]


def list_acts(connection: Connection, key: StreamKey) -> list[ActTaken]:
    mine = in_stream(key, t.c.project_id, t.c.annotator_id)
    rows = connection.execute(select(t.c.event, t.c.act, t.c.reason, t.c.by, t.c.at).where(mine).order_by(t.c.event))
    return [ActTaken(row.event, StreamAct(row.act), row.reason, row.by, row.at) for row in rows]


def insert_act(tx: Tx, key: StreamKey, act: StreamAct, **values: object) -> None:
    named = {"project_id": key.project_id, "annotator_id": key.annotator_id, "act": act, "at": tx.at}
    tx.insert(insert(t), {**named, **values})
