"""SQL of how rounds were resolved."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select

from guiju.annotations import Origin, resolution_table, retire
from guiju.consensus.model import Leaning, Plan, ResolvedItem, Run
from guiju.consensus.tables import consensus_run, consensus_unsure
from guiju.kit import Sentence
from guiju.storage import Tx
from guiju.work import slot_table

_SEALED = 3
_r, _u = consensus_run.c, consensus_unsure.c


def insert_run(tx: Tx, values: Mapping[str, Any], because: Sentence | None) -> None:
    said = None if because is None else msgspec.json.encode({"msgid": because.msgid, "places": because.places}).decode()
    tx.execute(insert(consensus_run).values(**values, because=said, at=tx.at))


def list_runs(connection: Connection, round_id: int) -> list[Run]:
    """How a round was resolved, newest first."""
    columns = (_r.method, _r.merge, _r.recommended, _r.because, _r.at_least, _r.resolved)
    columns += (_r.ties, _r.unsure, _r.chosen_by, _r.at)
    rows: Any = connection.execute(select(*columns).where(_r.round_id == round_id).order_by(_r.id.desc()))
    return [Run(row[0], row[1], row[2], _sentence(row[3]), *row[4:]) for row in rows]


def _sentence(said: str | None) -> Sentence | None:
    return Sentence(**msgspec.json.decode(said)) if said else None


def clear_unsure(tx: Tx, round_id: int) -> None:
    tx.execute(delete(consensus_unsure).where(_u.round_id == round_id))


def put_unsure(tx: Tx, round_id: int, plan: Plan, chunk: Sequence[ResolvedItem]) -> None:
    """Leave these items to a person: what an earlier run made of them holds no more, unless it lies in a lot."""
    if not chunk:
        return
    items = [one.item_id for one in chunk]
    h, s = resolution_table.c, slot_table.c
    sealed = select(s.id).where(s.item_id == h.item_id, s.state == _SEALED).exists()
    earlier = select(h.id).where(
        h.round_id == round_id, h.item_id.in_(items), h.holds, h.origin == Origin.CONSENSUS, ~sealed
    )
    retire(tx, earlier)
    shared = {"round_id": round_id, "method": plan.method}
    rows = [{**shared, "item_id": one.item_id, "answers": one.answers, "confidence": one.confidence} for one in chunk]
    tx.execute(insert(consensus_unsure), rows)


def leanings_of(connection: Connection, round_id: int, items: Iterable[int]) -> dict[int, Leaning]:
    """What the unsure among these items would have come to."""
    wanted = select(_u.item_id, _u.answers, _u.confidence, _u.method)
    rows: Any = connection.execute(wanted.where(_u.round_id == round_id, _u.item_id.in_(list(items))))
    return {row[0]: Leaning(*row[1:]) for row in rows}
