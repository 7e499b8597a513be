"""SQL of streams: the lots that make them, and what people decided about them."""

from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, and_, insert, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from guiju.inspection import tables as lots
from guiju.inspection.model import Weight
from guiju.inspection.plans.model import AqlPlan
from guiju.inspection.store import read_plan
from guiju.inspection.streams.model import ActTaken, StreamAct, StreamKey
from guiju.inspection.streams.tables import stream_act as t
from guiju.storage import Tx


def in_stream(key: StreamKey, columns: ReadOnlyColumnCollection[str, Column[Any]]) -> ColumnElement[bool]:
    """Whether a row of lots, or of acts, belongs to the stream."""
    made = {"annotator_id": key.annotator_id, "source_id": key.source_id}
    same = [columns[name].is_(None) if value is None else columns[name] == value for name, value in made.items()]
    return and_(columns.project_id == key.project_id, *same)


def list_keys(connection: Connection, project_id: int) -> list[StreamKey]:
    """The streams that have a lot, everybody's first."""
    made = (lots.lot.c.annotator_id, lots.lot.c.source_id)
    found = connection.execute(select(*made).distinct().where(lots.lot.c.project_id == project_id))
    return [StreamKey(project_id, *row) for row in sorted(found, key=lambda one: (one[1] or 0, one[0] or 0))]


def weights_inspected(connection: Connection, key: StreamKey) -> list[Weight]:
    """The severities that some plan of the stream counts by an AQL of their own, the major ones first."""
    plans = select(lots.lot.c.plan).distinct().where(in_stream(key, lots.lot.c))
    kept = [read_plan(plan) for plan in connection.execute(plans).scalars()]
    # the plans of the tables alone are switched
    limits = [limit for plan in kept if isinstance(plan, AqlPlan) for limit in plan.limits]
    found = {limit.weights[0] for limit in limits if limit.stages and limit.aql}
    return [Weight.MAJOR, *(weight for weight in (Weight.MINOR, Weight.CRITICAL) if weight in found)]


def list_acts(connection: Connection, key: StreamKey) -> list[ActTaken]:
    mine = in_stream(key, t.c)
    rows = connection.execute(select(t.c.event, t.c.act, t.c.reason, t.c.by, t.c.at).where(mine).order_by(t.c.event))
    return [ActTaken(row.event, StreamAct(row.act), row.reason, row.by, row.at) for row in rows]


def insert_act(tx: Tx, key: StreamKey, act: StreamAct, **values: object) -> None:
    made = {"project_id": key.project_id, "annotator_id": key.annotator_id, "source_id": key.source_id}
    named = {**made, "act": act, "at": tx.at}
    tx.insert(insert(t), {**named, **values})
