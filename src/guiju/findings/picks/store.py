"""SQL of picked items."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, select

from guiju.findings.marks import label_mark_table
from guiju.findings.picks import tables as t
from guiju.findings.picks.model import Deed, Done, Of, Pick
from guiju.inspection import LotState, lot_entry_table, lot_table
from guiju.scenes import placement_table, scene_map_table
from guiju.storage import Tx

SLICE = 1_000
_m = label_mark_table.c


def _pick(row: Row[*tuple[Any, ...]]) -> Pick:
    details = msgspec.json.decode(row.details, type=dict[str, str])
    items = msgspec.json.decode(row.items, type=tuple[int, ...])
    return Pick(row.id, row.project_id, Of(row.of), details, items, row.created_by, row.created_at)


def find_pick(connection: Connection, project_id: int, pick_id: int) -> Pick | None:
    mine = (t.pick.c.id == pick_id) & (t.pick.c.project_id == project_id)
    row = connection.execute(select(t.pick).where(mine)).first()
    return _pick(row) if row else None


def list_picks(connection: Connection, project_id: int, limit: int) -> list[Pick]:
    """The newest first."""
    found = select(t.pick).where(t.pick.c.project_id == project_id).order_by(t.pick.c.id.desc()).limit(limit)
    return [_pick(row) for row in connection.execute(found)]


def find_same(connection: Connection, project_id: int, digest: str) -> int | None:
    same = (t.pick.c.project_id == project_id) & (t.pick.c.digest == digest)
    return connection.execute(select(t.pick.c.id).where(same)).scalar()


def insert_pick(  # noqa: PLR0917 - a row
    tx: Tx, project_id: int, of: Of, details: Mapping[str, str], items: Sequence[int], digest: str, by: int
) -> int:
    said = {"details": msgspec.json.encode(details).decode(), "items": msgspec.json.encode(items).decode()}
    row = {"project_id": project_id, "of": of.value, "digest": digest, "created_by": by, "created_at": tx.at}
    return tx.insert(insert(t.pick), {**row, **said})


def insert_deed(tx: Tx, pick_id: int, deed: Deed, by: int, subject: int | None, said: str) -> int:  # noqa: PLR0917 - a row
    row = {"pick_id": pick_id, "deed": deed.value, "subject": subject, "said": said[:80], "by": by, "at": tx.at}
    return tx.insert(insert(t.pick_deed), row)


def list_deeds(connection: Connection, pick_id: int) -> list[Done]:
    d = t.pick_deed.c
    rows = select(d.deed, d.subject, d.said, d.by, d.at).where(d.pick_id == pick_id).order_by(d.id)
    return [Done(Deed(row[0]), *row[1:]) for row in connection.execute(rows)]


def under_inspection(connection: Connection, items: Sequence[int]) -> set[int]:
    """Those that a lot holds which is being inspected."""
    entry, lot = lot_entry_table.c, lot_table.c
    found: set[int] = set()
    for start in range(0, len(items), SLICE):
        some = items[start : start + SLICE]
        rows = select(entry.item_id).join_from(lot_entry_table, lot_table, lot.id == entry.lot_id)
        rows = rows.where(lot.state == LotState.INSPECTING, entry.item_id.in_(some))
        found |= set(connection.execute(rows).scalars())
    return found


def items_with(  # noqa: PLR0917 - which items
    connection: Connection, project_id: int, field: str, label: str, most: int, scene: int | None = None
) -> list[int]:
    """Items whose answer of record has a label in a field (any, where none is said), of a scene where one is said."""
    found = select(_m.item_id).where(_m.project_id == project_id)
    if field:
        found = found.where(_m.field == field)
    if label:
        found = found.where(_m.label == label)
    if scene is not None:
        p, of = placement_table.c, scene_map_table.c
        found = found.join(placement_table, (p.item_id == _m.item_id) & (p.scene_id == scene))
        found = found.join(scene_map_table, (of.id == p.map_id) & (of.state == "current"))
    return list(connection.execute(found.distinct().order_by(_m.item_id).limit(most)).scalars())


def items_with_both(connection: Connection, project_id: int, one: str, other: str, most: int) -> list[int]:
    """Items with two labels, each said as `field.label`."""
    first, second = label_mark_table.alias("first").c, label_mark_table.alias("second").c
    said = [each.partition(".") for each in (one, other)]
    found = select(first.item_id).where(first.project_id == project_id, second.project_id == project_id)
    found = found.where(first.item_id == second.item_id)
    found = found.where(first.field == said[0][0], first.label == said[0][2])
    found = found.where(second.field == said[1][0], second.label == said[1][2])
    return list(connection.execute(found.distinct().order_by(first.item_id).limit(most)).scalars())
