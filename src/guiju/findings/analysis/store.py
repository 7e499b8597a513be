"""SQL of analyses: counts over the labels of the answers of record, each one walk and one grouping."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, func, insert, select, update

from guiju.annotations import annotation_table, annotator_table, resolution_table, round_table
from guiju.cleaning.duplicates.tables import near_member as near_member_table
from guiju.data import item_table, source_table
from guiju.findings.analysis import tables as t
from guiju.findings.marks import label_mark_table
from guiju.scenes import placement_table, scene_map_table, scene_table
from guiju.storage import House, Tx

CHUNK = 5_000
WEEK = 7 * 86_400_000_000
Cells = dict[str, dict[tuple[str, str], int]]
_m = label_mark_table.c


def find_kept(connection: Connection, project_id: int) -> Any:
    """`job_id`, `document`, `made_at` of the last analysis."""
    a = t.label_analysis.c
    return connection.execute(select(a.job_id, a.document, a.made_at).where(a.project_id == project_id)).first()


def keep(tx: Tx, project_id: int, **values: object) -> None:
    mine = t.label_analysis.c.project_id == project_id
    if not tx.execute(update(t.label_analysis).where(mine).values(**values)).rowcount:
        tx.execute(insert(t.label_analysis), {"project_id": project_id, **values})


def count_labels(connection: Connection, project_id: int) -> dict[str, dict[str, tuple[int, int]]]:
    """Field → label → (items, uses)."""
    counted = select(_m.field, _m.label, func.count(), func.sum(_m.n)).where(_m.project_id == project_id)
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for field, label, items, uses in connection.execute(counted.group_by(_m.field, _m.label)):
        found.setdefault(field, {})[label] = (int(items), int(uses))
    return found


def count_items_of_fields(connection: Connection, project_id: int) -> dict[str, int]:
    counted = select(_m.field, func.count(_m.item_id.distinct())).where(_m.project_id == project_id)
    return {field: int(n) for field, n in connection.execute(counted.group_by(_m.field))}


def count_resolved(connection: Connection, project_id: int) -> int:
    r = resolution_table.c
    mine = select(func.count()).select_from(resolution_table).where(r.project_id == project_id, r.holds)
    return int(connection.execute(mine).scalar_one())


def by_source(connection: Connection, project_id: int) -> tuple[Cells, dict[str, str]]:
    s, i = source_table.c, item_table.c
    counted = select(_m.field, i.source_id, _m.label, func.count()).join_from(
        label_mark_table, item_table, i.id == _m.item_id
    )
    rows = connection.execute(counted.where(_m.project_id == project_id).group_by(_m.field, i.source_id, _m.label))
    names = {
        str(row[0]): str(row[1]) for row in connection.execute(select(s.id, s.name).where(s.project_id == project_id))
    }
    return _cells(rows), names


def by_annotator(connection: Connection, project_id: int) -> tuple[Cells, dict[str, str]]:
    """Answers of record that are one annotator's own."""
    r, a = resolution_table.c, annotator_table.c
    counted = (
        select(_m.field, r.annotator_id, _m.label, func.count())
        .join_from(label_mark_table, resolution_table, and_(r.item_id == _m.item_id, r.holds))
        .where(_m.project_id == project_id, r.annotator_id.is_not(None))
    )
    cells = _cells(connection.execute(counted.group_by(_m.field, r.annotator_id, _m.label)))
    known = {int(key) for of in cells.values() for key, _ in of}
    rows = connection.execute(select(a.id, a.name).where(a.id.in_(known)))
    return cells, {str(row[0]): str(row[1]) for row in rows}


def by_week(connection: Connection, project_id: int) -> Cells:
    """By the week in which the answer of record came, as microseconds of its beginning."""
    r = resolution_table.c
    week = r.at - r.at % WEEK
    counted = (
        select(_m.field, week, _m.label, func.count())
        .join_from(label_mark_table, resolution_table, and_(r.item_id == _m.item_id, r.holds))
        .where(_m.project_id == project_id)
    )
    return _cells(connection.execute(counted.group_by(_m.field, week, _m.label)))


def by_scene(connection: Connection, project_id: int) -> tuple[Cells, dict[str, str]]:
    """By the scene that an item stands in on the map that is shown."""
    p, s, of = placement_table.c, scene_table.c, scene_map_table.c
    shown = (of.id == p.map_id) & (of.project_id == project_id) & (of.state == "current")
    counted = (
        select(_m.field, p.scene_id, _m.label, func.count())
        .join_from(label_mark_table, placement_table, p.item_id == _m.item_id)
        .join(scene_map_table, shown)
        .where(_m.project_id == project_id, p.scene_id.is_not(None))
    )
    cells = _cells(connection.execute(counted.group_by(_m.field, p.scene_id, _m.label)))
    known = {int(key) for of_field in cells.values() for key, _ in of_field}
    named = connection.execute(select(s.id, s.name).where(s.id.in_(known)))
    return cells, {str(row[0]): str(row[1]) for row in named}


def contrary_groups(connection: Connection, project_id: int, field: str, most: int) -> list[tuple[int, int, str]]:
    """`(group, item, label)` of near-duplicates that a field labels differently."""
    n = near_member_table.c
    mine = (_m.project_id == project_id) & (_m.field == field)
    joined = label_mark_table.join(near_member_table, n.item_id == _m.item_id)
    groups = select(n.group_id).select_from(joined).where(mine).group_by(n.group_id)
    contrary = groups.having(func.count(_m.label.distinct()) > 1).order_by(n.group_id)
    rows = select(n.group_id, n.item_id, _m.label).select_from(joined).where(mine, n.group_id.in_(contrary.limit(most)))
    found = connection.execute(rows.order_by(n.group_id, n.item_id, _m.label))
    return [(int(row[0]), int(row[1]), str(row[2])) for row in found]


def _cells(rows: Any) -> Cells:
    found: Cells = {}
    for field, key, label, n in rows:
        found.setdefault(field, {})[str(key), label] = int(n)
    return found


def count_together(connection: Connection, project_id: int) -> dict[tuple[str, str], int]:
    """Two labels (as `field.label`) on one item, and on how many."""
    one, other = label_mark_table.alias("one").c, label_mark_table.alias("other").c
    before = (one.field < other.field) | ((one.field == other.field) & (one.label < other.label))
    counted = (
        select(one.field, one.label, other.field, other.label, func.count())
        .where(one.project_id == project_id, other.project_id == project_id, one.item_id == other.item_id, before)
        .group_by(one.field, one.label, other.field, other.label)
        .having(func.count() > 1)
    )
    return {(f"{row[0]}.{row[1]}", f"{row[2]}.{row[3]}"): int(row[4]) for row in connection.execute(counted)}


def single_labels(connection: Connection, project_id: int, field: str, most: int) -> list[tuple[int, str]]:
    """`(item, label)` of items with exactly one label, used once; of more than `most` some from the whole length."""
    alone = (
        select(_m.item_id, func.min(_m.label).label("label"))
        .where(_m.project_id == project_id, _m.field == field)
        .group_by(_m.item_id)
        .having((func.count() == 1) & (func.sum(_m.n) == 1))
        .subquery()
    )
    total = int(connection.execute(select(func.count()).select_from(alone)).scalar_one())
    rows = select(alone.c.item_id, alone.c.label)
    if total > most:
        rows = rows.where(alone.c.item_id % (total // most + 1) == 0)
    return [(int(row[0]), str(row[1])) for row in connection.execute(rows.order_by(alone.c.item_id))]


def read_contents(house: House, ids: Sequence[int]) -> Iterator[Any]:
    """`(id, media, hash, body, name)` of items, a chunk at a time, each read on its own."""
    i = item_table.c
    wanted: Select[*tuple[Any, ...]] = select(i.id, i.media, i.hash, i.body, i.name)
    for start in range(0, len(ids), CHUNK):
        with house.reading() as connection:
            yield from connection.execute(wanted.where(i.id.in_(ids[start : start + CHUNK])).order_by(i.id)).all()


def names_of(connection: Connection, ids: Sequence[int]) -> Mapping[int, str]:
    i = item_table.c
    return {int(row[0]): str(row[1]) for row in connection.execute(select(i.id, i.name).where(i.id.in_(ids)))}


def sizes_of_scenes(connection: Connection, project_id: int) -> tuple[dict[str, int], int]:
    """Items on the maps that are shown, by the name of the scene that they stand in, and all of them."""
    p, s, of = placement_table.c, scene_table.c, scene_map_table.c
    shown = (of.id == p.map_id) & (of.project_id == project_id) & (of.state == "current")
    counted = (
        select(s.name, func.count())
        .select_from(placement_table.join(scene_map_table, shown).outerjoin(scene_table, s.id == p.scene_id))
        .group_by(s.name)
    )
    rows = {row[0]: int(row[1]) for row in connection.execute(counted)}
    return {str(name): n for name, n in rows.items() if name is not None}, sum(rows.values())


def touched_items(connection: Connection, project_id: int) -> set[int]:
    """Items with an answer of record, or at least somebody's answer."""
    r, a, of = resolution_table.c, annotation_table.c, round_table.c
    held = select(r.item_id).where(r.project_id == project_id, r.holds)
    rounds = select(of.id).where(of.project_id == project_id, of.state != "draft", of.kind.not_in(["exam", "practice"]))
    said = select(a.item_id).where(a.round_id.in_(rounds)).distinct()
    return {*connection.execute(held).scalars(), *connection.execute(said).scalars()}
