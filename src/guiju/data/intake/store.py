"""SQL of an import at work."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from guiju.data import store
from guiju.data import tables as t
from guiju.data.asides import AsideReason, bring_items_back, is_aside, set_aside
from guiju.data.intake.model import Change, ChunkPlan, Earlier, Known, RefusedRecord
from guiju.data.model import Source, SourceState
from guiju.storage import House, Tx


class ContentRacedError(Exception):
    """Another import took in the same content between the look and the write: look again."""


def find_known(
    house: House, project_id: int, source_id: int, hashes: Sequence[str]
) -> tuple[dict[str, Known], set[int]]:
    """The contents that the project has, and the dropped sources whose items are still in the way."""
    with house.reading() as connection:
        rows = store.find_by_hash(connection, project_id, hashes)
    dropped = {row.source_id for row in rows if row.state == SourceState.DROPPED}
    known = {
        row.hash: Known(row.name, row.state == SourceState.STAGING and row.source_id != source_id, bool(row.is_past))
        for row in rows
        if row.state != SourceState.DROPPED
    }
    return known, dropped


def has_kin(house: House, project_id: int, source_id: int, family: str | None) -> bool:
    """Whether a table with the same columns was imported before."""
    if family is None:
        return False
    kin = (t.source.c.project_id == project_id) & (t.source.c.family == family) & (t.source.c.id != source_id)
    with house.reading() as connection:
        found = select(t.source.c.id).where(kin, t.source.c.state == SourceState.LANDED).limit(1)
        return connection.execute(found).first() is not None


def find_earlier(house: House, project_id: int, family: str, names: Sequence[str]) -> dict[str, Earlier]:
    """By name, the newest items from tables with the same columns, but for those that are set aside."""
    given = "SELECT value FROM json_each(:names)"
    if not house.database.is_sqlite:
        given = "SELECT value FROM json_array_elements_text(CAST(:names AS json))"
    wanted = (
        select(t.item.c.id, t.item.c.name, t.item.c.hash)
        .join_from(t.item, t.source, t.source.c.id == t.item.c.source_id)
        .where(t.item.c.project_id == project_id, t.item.c.name.in_(text(given)))
        .where(t.source.c.family == family, t.source.c.state == SourceState.LANDED, ~is_aside())
        .order_by(t.item.c.id)
    )
    with house.reading() as connection:
        rows = connection.execute(wanted, {"names": msgspec.json.encode(names).decode()})
        return {row.name: Earlier(row.id, row.hash) for row in rows}


def set_changed_aside(house: House, source_id: int, limit: int = 1_000) -> None:
    """Set aside what a landed source's records were before, a slice at a time. May be repeated."""
    after = 0
    while after is not None:
        after = house.write(lambda tx, last=after: _set_some_aside(tx, source_id, last, limit))


def _set_some_aside(tx: Tx, source_id: int, after: int, limit: int) -> int | None:
    source = store.find_source(tx.connection, source_id)
    if source is None or source.state is not SourceState.LANDED:
        return None
    ids = _changed_ids(tx, source_id, after, limit)
    for item_id, by_source in _returned(tx, source, ids):
        bring_items_back(tx, source.project_id, [item_id], cause_of(by_source))
    set_aside(tx, source.project_id, ids, AsideReason.CHANGED, cause=cause_of(source_id), by=source.created_by)
    return ids[-1] if ids else None


def _changed_ids(tx: Tx, source_id: int, after: int, limit: int) -> list[int]:
    mine = (t.succession.c.source_id == source_id) & (t.succession.c.old_item_id > after)
    wanted = select(t.succession.c.old_item_id).where(mine).order_by(t.succession.c.old_item_id).limit(limit)
    return list(tx.execute(wanted).scalars())


def _returned(tx: Tx, source: Source, old_items: Sequence[int]) -> list[Row[*tuple[Any, ...]]]:
    """Items of other sources whose content these records have again: their ids, and the newest source that had put
    another content in their place."""
    past = t.succession.alias("past")
    other = t.source.alias("other")
    mine = (t.succession.c.source_id == source.id) & t.succession.c.old_item_id.in_(old_items)
    content = (t.item.c.hash == t.succession.c.new_hash) & (t.item.c.project_id == source.project_id)
    landed = (other.c.id == past.c.source_id) & (other.c.state == SourceState.LANDED) & (other.c.id != source.id)
    found = (
        select(t.item.c.id, func.max(past.c.source_id).label("by_source"))
        .join_from(t.succession, t.item, content)
        .join(past, past.c.old_item_id == t.item.c.id)
        .join(other, landed)
        .where(mine, t.item.c.source_id != source.id)
        .group_by(t.item.c.id)
    )
    return list(tx.execute(found)) if old_items else []


def list_changes(connection: Connection, source_id: int, limit: int) -> list[Change]:
    """The first of a source's records that came before with other content."""
    mine = select(t.succession).where(t.succession.c.source_id == source_id).order_by(t.succession.c.old_item_id)
    rows = connection.execute(mine.limit(limit))
    return [Change(row.old_item_id, row.name, row.old_hash, row.new_hash) for row in rows]


def count_changes(connection: Connection, source_id: int) -> int:
    mine = select(func.count()).where(t.succession.c.source_id == source_id)
    return int(connection.execute(mine).scalar_one())


def cause_of(source_id: int) -> str:
    """What the items are set aside by that an import took the place of."""
    return f"import:{source_id}"


def bring_some_back(tx: Tx, source_id: int, limit: int) -> int:
    """Bring back a slice of what a dropped source set aside, and forget that it was changed; how many."""
    source = store.find_source(tx.connection, source_id)
    ids = _changed_ids(tx, source_id, 0, limit)
    if source is not None and ids:
        for item_id, by_source in _returned(tx, source, ids):
            cause, by = cause_of(by_source), source.created_by
            set_aside(tx, source.project_id, [item_id], AsideReason.CHANGED, cause=cause, by=by)
        bring_items_back(tx, source.project_id, ids, cause_of(source_id))
        mine = (t.succession.c.source_id == source_id) & t.succession.c.old_item_id.in_(ids)
        tx.execute(delete(t.succession).where(mine))
    return len(ids)


def insert_chunk(tx: Tx, project_id: int, source_id: int, plan: ChunkPlan) -> None:
    """Write one chunk. Raises `ContentRacedError`."""
    if store.insert_items(tx, project_id, source_id, plan.items) != len(plan.items):
        raise ContentRacedError
    if plan.changes:
        rows = [{"source_id": source_id, **asdict(change)} for change in plan.changes]
        make = sqlite.insert if tx.dialect == "sqlite" else postgresql.insert
        tx.execute(make(t.succession).on_conflict_do_nothing(), rows)
    store.insert_leftovers(tx, [leftover_row(source_id, record) for record in plan.leftovers])


def leftover_row(source_id: int, record: RefusedRecord) -> dict[str, object]:
    return {
        "source_id": source_id,
        "position": record.position,
        "name": record.name[:300].encode("utf-8", errors="replace").decode().replace("\0", "\ufffd"),
        "code": record.refusal.code,
        "details": msgspec.json.encode(record.refusal.details, enc_hook=str).decode(),
    }
