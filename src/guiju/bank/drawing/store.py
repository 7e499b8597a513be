"""SQL of draws: what is drawn, and where it came from."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from guiju.annotations import resolution_table
from guiju.bank import tables as t
from guiju.bank.drawing.model import Usable
from guiju.bank.finding.model import Search
from guiju.bank.finding.store import fitting, is_own
from guiju.bank.model import Reader
from guiju.data import item_table
from guiju.storage import Tx

SLICE = 1_000
_d, _i, _draw = t.deposit.c, item_table.c, t.draw.c


def read_usable(connection: Connection, ids: Sequence[int], reader: Reader) -> list[Usable]:
    """Those of these deposits that the reader sees."""
    held = resolution_table.c
    found: list[Usable] = []
    for start in range(0, len(ids), SLICE):
        seen = fitting(connection, Search(), reader).where(_d.id.in_(ids[start : start + SLICE]))
        rows = (
            select(_d.id, _d.item_id, _d.project_id, _d.project_name, _d.rulebook_id, _d.rights, _d.customer, _d.grade)
            .add_columns(held.answers, _i.media, _i.size, _i.body, _i.width, _i.height, _i.parts, _i.duration)
            .add_columns(_i.speakers, _d.doubt, is_own(reader))
            .join_from(t.deposit, item_table, _i.id == _d.item_id)
            .join(resolution_table, held.id == _d.resolution_id)
            .where(_d.id.in_(seen))
        )
        found += [Usable(*row) for row in connection.execute(rows)]
    return found


def insert_draws(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Provenance of what was drawn; a deposit that the project drew before keeps its first row."""
    project = rows[0]["project_id"] if rows else 0
    there = set(tx.execute(select(_draw.deposit_id).where(_draw.project_id == project)).scalars())
    fresh = [{**row, "at": tx.at} for row in rows if row["deposit_id"] not in there]
    if fresh:
        tx.execute(insert(t.draw), fresh)


def items_of_source(connection: Connection, source_id: int) -> set[int]:
    return set(connection.execute(select(_i.id).where(_i.source_id == source_id)).scalars())


def provenance_of(connection: Connection, project_id: int, item_ids: Sequence[int]) -> dict[int, int]:
    """Of the items that the project drew from the bank, the deposit that each came from."""
    mine = (_draw.project_id == project_id) & _draw.item_id.in_(item_ids)
    return {row[0]: row[1] for row in connection.execute(select(_draw.item_id, _draw.deposit_id).where(mine))}
