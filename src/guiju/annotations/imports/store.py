"""SQL of an import of others' work."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, bindparam, delete, func, insert, literal, select, text, update

from guiju.annotations import tables as t
from guiju.annotations.imports.model import ItemRow
from guiju.annotations.model import AnnotatorKind, Origin, RoundState
from guiju.data import SourceState, item_table, source_table
from guiju.storage import Prepared, Tx

SLICE = 1_000
_i = item_table.c
_LANDED = (source_table.c.id == _i.source_id) & (source_table.c.state == SourceState.LANDED)
_ROW = (_i.id, _i.media, func.coalesce(func.length(_i.body), _i.size), _i.width, _i.height, _i.parts, _i.duration)
_SPOKEN = (_i.speakers,)


def _items(key: Any) -> "Select[*tuple[Any, ...]]":
    landed = select(key, *_ROW, *_SPOKEN).join_from(item_table, source_table, _LANDED)
    return landed.where(_i.project_id == bindparam("project_id"))


def _among(key: Any) -> dict[str, Prepared]:
    """Items whose `key` is one of a JSON array: one parameter, whatever their number.

    Without an order: with one by id, SQLite walks the whole project by id instead of looking the names up.
    """
    given = {
        "sqlite": "SELECT value FROM json_each(:wanted)",
        "postgresql": "SELECT value FROM json_array_elements_text(CAST(:wanted AS json))",
    }
    return {name: Prepared(_items(key).where(key.in_(text(wanted)))) for name, wanted in given.items()}


_BY_NAME, _BY_HASH = _among(_i.name), _among(_i.hash)
_IMAGES = _items(_i.name).where(_i.media == "image").order_by(_i.id)


def _item(row: Sequence[Any]) -> ItemRow:
    _, item_id, media, length, *measures, speakers = row
    return ItemRow(item_id, media, length, *(measure or 0 for measure in measures), speakers=speakers)


def items_by_name(connection: Connection, project_id: int, names: Sequence[str]) -> dict[str, ItemRow]:
    """Landed items of these names; of several with one name, the first that came."""
    return _find(connection, _BY_NAME, project_id, names)


def items_by_hash(connection: Connection, project_id: int, hashes: Sequence[str]) -> dict[str, ItemRow]:
    """Landed items with these contents."""
    return _find(connection, _BY_HASH, project_id, hashes)


def _find(
    connection: Connection, statements: Mapping[str, Prepared], project_id: int, wanted: Sequence[str]
) -> dict[str, ItemRow]:
    statement = statements[connection.dialect.name]
    # a byte that was no character in its file came as a lone surrogate: no item has such a name
    sound = [one.encode(errors="replace").decode() for one in wanted]
    values = {"project_id": project_id, "wanted": msgspec.json.encode(sound).decode()}
    found: dict[str, ItemRow] = {}
    for row in statement.rows(connection, values):
        known = found.get(row[0])
        if known is None or row[1] < known.id:
            found[row[0]] = _item(row)
    return found


def images_by_file_name(connection: Connection, project_id: int) -> dict[str, ItemRow | None]:
    """The project's images by the last part of their name; `None` where several share it."""
    found: dict[str, ItemRow | None] = {}
    for row in connection.execute(_IMAGES, {"project_id": project_id}):
        name = PurePosixPath(row[0]).name
        found[name] = None if name in found else _item(row)
    return found


def annotators_named(
    tx: Tx, project_id: int, names: Sequence[str], kind: AnnotatorKind = AnnotatorKind.IMPORT
) -> dict[str, int]:
    """The project's annotators of these names, made when new."""
    known = _annotators(tx, project_id, names)
    new = [name for name in names if name not in known]
    if new:
        row = {"kind": kind, "project_id": project_id}
        tx.execute(insert(t.annotator), [{**row, "name": name} for name in new])
        known |= _annotators(tx, project_id, new)
    return known


def _annotators(tx: Tx, project_id: int, names: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(names), SLICE):
        mine = (t.annotator.c.project_id == project_id) & t.annotator.c.name.in_(names[start : start + SLICE])
        found |= {row.name: row.id for row in tx.execute(select(t.annotator.c.name, t.annotator.c.id).where(mine))}
    return found


_GIVEN = (
    *("project_id", "round_id", "item_id", "annotator_id", "rulebook_id"),
    *("revision", "answers", "active_ms", "confidence", "scores", "at"),
)
_INSERT_ANNOTATION = Prepared(insert(t.annotation).values({name: bindparam(name) for name in _GIVEN}))


def insert_annotations(tx: Tx, rows: Sequence[Mapping[str, object]]) -> None:
    """First revisions, many at once."""
    _INSERT_ANNOTATION.run_many(tx.connection, rows)


def set_overlap(tx: Tx, round_id: int, overlap: int) -> None:
    tx.execute(update(t.round_).where(t.round_.c.id == round_id).values(overlap=overlap))


def resolve_single_answers(tx: Tx, round_id: int, after: int, limit: int) -> int | None:
    """Resolve the items behind `after` that one annotator answered; the last item looked at, `None` at the end.

    Everything stays inside the database: a hundred thousand answers need not travel. An item that this round has
    resolved already is left alone, so that a killed import may go on.
    """
    a, r = t.annotation.c, t.resolution.c
    mine = select(a.item_id).where(a.round_id == round_id, a.item_id > after).distinct().order_by(a.item_id)
    ids = mine.limit(limit).subquery()
    last = tx.scalar(select(func.max(ids.c.item_id)))
    if last is None:
        return None
    # both values are named so that the index (round, holds, item) leads to the one row and is not walked
    done = select(r.id).where(r.item_id == a.item_id, r.round_id == round_id, r.holds.in_([True, False]))
    single = (
        select(func.min(a.id).label("id"), a.item_id)
        .where(a.round_id == round_id, a.item_id > after, a.item_id <= last, ~done.exists())
        .group_by(a.item_id)
        .having(func.count(a.annotator_id.distinct()) == 1)
        .subquery()
    )
    held = r.holds & r.item_id.in_(select(single.c.item_id)) & (r.item_id > after) & (r.item_id <= last)
    held &= r.project_id == select(t.round_.c.project_id).where(t.round_.c.id == round_id).scalar_subquery()
    tx.execute(update(t.resolution).where(held, r.round_id != round_id).values(holds=False))
    names = ["project_id", "item_id", "rulebook_id", "round_id", "origin", "annotation_id", "annotator_id", "answers"]
    values = select(a.project_id, a.item_id, a.rulebook_id, a.round_id, literal(Origin.ANNOTATION.value), a.id)
    values = values.add_columns(a.annotator_id, a.answers, literal(True), literal(tx.at))
    values = values.join_from(t.annotation, single, single.c.id == a.id)
    tx.execute(insert(t.resolution).from_select([*names, "holds", "at"], values))
    return int(last)


def delete_some_annotations(tx: Tx, round_id: int, limit: int) -> int:
    """Take back annotations of a round that is still a draft; returns how many."""
    mine = select(t.annotation.c.id).join_from(t.annotation, t.round_, t.round_.c.id == t.annotation.c.round_id)
    mine = mine.where(t.annotation.c.round_id == round_id, t.round_.c.state == RoundState.DRAFT).limit(limit)
    return int(tx.execute(delete(t.annotation).where(t.annotation.c.id.in_(mine))).rowcount)


def delete_draft_round(tx: Tx, round_id: int) -> bool:
    """Take back a round that nobody has seen; whether there was one."""
    draft = (t.round_.c.id == round_id) & (t.round_.c.state == RoundState.DRAFT)
    return int(tx.execute(delete(t.round_).where(draft)).rowcount) == 1


def count_resolved(connection: Connection, round_id: int) -> int:
    held = select(func.count()).where(t.resolution.c.round_id == round_id, t.resolution.c.holds)
    return int(connection.execute(held).scalar_one())
