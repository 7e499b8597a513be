"""SQL of maps, scenes, placements, ties and acts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, delete, func, insert, select, text, update

from guiju.data import SourceState, is_aside, item_table, source_table
from guiju.scenes import tables as t
from guiju.scenes.model import MEDIA_OF, How, Link, Map, Placed, Scene, SceneAct, SceneState, Tie, View
from guiju.storage import Tx

SLICE = 2_000
OPEN = (SceneState.PROPOSED.value, SceneState.KEPT.value)
NEARNESS = 10_000
_decode = msgspec.json.Decoder(list[str]).decode


def json_of(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _map(row: Row[*tuple[Any, ...]]) -> Map:
    about = (row.id, row.project_id, View(row.media), row.state, row.backend, row.far)
    return Map(*about, row.made_by, row.made_at)


def _scene(row: Row[*tuple[Any, ...]]) -> Scene:
    tree = (row.id, row.parent_id, SceneState(row.state), row.into_id, row.name, row.definition)
    return Scene(*tree, tuple(_decode(row.keywords)), tuple(_decode(row.seeds)), row.hue, row.made_by, row.made_at)


def find_map(connection: Connection, project_id: int, view: View) -> Map | None:
    """The map that is shown."""
    mine = (t.scene_map.c.project_id == project_id) & (t.scene_map.c.media == view)
    row = connection.execute(select(t.scene_map).where(mine, t.scene_map.c.state == "current")).first()
    return _map(row) if row else None


def find_map_by_id(connection: Connection, map_id: int) -> Map | None:
    row = connection.execute(select(t.scene_map).where(t.scene_map.c.id == map_id)).first()
    return _map(row) if row else None


def maps_in(connection: Connection, project_id: int, *states: str) -> list[Map]:
    mine = select(t.scene_map).where(t.scene_map.c.project_id == project_id, t.scene_map.c.state.in_(states))
    return [_map(row) for row in connection.execute(mine.order_by(t.scene_map.c.id))]


def insert_map(tx: Tx, project_id: int, view: View, backend: str, made_by: int) -> int:
    values = {"project_id": project_id, "media": view, "state": "draft", "backend": backend, "far": 2.0}
    return tx.insert(insert(t.scene_map), {**values, "made_by": made_by, "made_at": tx.at})


def set_map(tx: Tx, map_id: int, **values: object) -> None:
    tx.execute(update(t.scene_map).where(t.scene_map.c.id == map_id).values(**values))


def retire_maps(tx: Tx, project_id: int, view: View) -> None:
    mine = (t.scene_map.c.project_id == project_id) & (t.scene_map.c.media == view)
    tx.execute(update(t.scene_map).where(mine, t.scene_map.c.state == "current").values(state="old"))


def delete_some_placements(tx: Tx, map_id: int, limit: int = SLICE) -> int:
    mine = select(t.placement.c.item_id).where(t.placement.c.map_id == map_id).limit(limit)
    gone = delete(t.placement).where(t.placement.c.map_id == map_id, t.placement.c.item_id.in_(mine))
    return tx.execute(gone).rowcount


def delete_map(tx: Tx, map_id: int) -> None:
    tx.execute(delete(t.scene_map).where(t.scene_map.c.id == map_id))


def list_scenes(connection: Connection, project_id: int, view: View) -> list[Scene]:
    """Open ones and those that were merged or dissolved; drafts and what was replaced are left out."""
    mine = (t.scene.c.project_id == project_id) & (t.scene.c.media == view)
    told = [*OPEN, SceneState.MERGED.value, SceneState.DISSOLVED.value]
    found = select(t.scene).where(mine, t.scene.c.state.in_(told)).order_by(t.scene.c.id)
    return [_scene(row) for row in connection.execute(found)]


def insert_scene(tx: Tx, project_id: int, view: View, **values: object) -> int:
    lists = {key: json_of(values.pop(key, [])) for key in ("keywords", "seeds")}
    told = {"definition": "", "hue": 0, "parent_id": None, "made_by": None, "made_at": tx.at, **values, **lists}
    return tx.insert(insert(t.scene), {"project_id": project_id, "media": view, **told})


def update_scenes(tx: Tx, ids: Sequence[int], **values: object) -> None:
    tx.execute(update(t.scene).where(t.scene.c.id.in_(ids)).values(**values))


def move_children(tx: Tx, parents: Sequence[int], to: int | None) -> None:
    tx.execute(update(t.scene).where(t.scene.c.parent_id.in_(parents)).values(parent_id=to))


def replace_proposals(tx: Tx, project_id: int, view: View) -> None:
    """The drafts become what is proposed; what was proposed and nobody touched is replaced."""
    mine = (t.scene.c.project_id == project_id) & (t.scene.c.media == view)
    for now, then in ((SceneState.PROPOSED, SceneState.REPLACED), (SceneState.DRAFT, SceneState.PROPOSED)):
        tx.execute(update(t.scene).where(mine, t.scene.c.state == now.value).values(state=then.value))


def drop_drafts(tx: Tx, project_id: int, view: View) -> None:
    mine = (t.scene.c.project_id == project_id) & (t.scene.c.media == view)
    tx.execute(update(t.scene).where(mine, t.scene.c.state == "draft").values(state=SceneState.REPLACED.value))


def count_placements(connection: Connection, map_id: int) -> dict[int | None, tuple[int, int]]:
    """(items, unsure) by scene, as the placements say it; items set aside and sources taken back are not counted."""
    p = t.placement.c
    counted = (
        select(p.scene_id, func.count(), func.sum(1 - p.sure))
        .join_from(t.placement, item_table, item_table.c.id == p.item_id)
        .where(p.map_id == map_id, ~is_aside())
        .group_by(p.scene_id)
    )
    return {row[0]: (int(row[1]), int(row[2] or 0)) for row in connection.execute(counted)}


_COLUMNS = ("item_id", "scene_id", "how", "sure", "far", "cell", "x", "y")


def put_placements(tx: Tx, map_id: int, rows: Sequence[Sequence[object]]) -> None:
    """Where items stand, each row in the order of `_COLUMNS`; what a person moved stays."""
    if not rows:
        return
    told = {"map": map_id, "rows": json_of(rows)}
    tx.execute(_PUT_SQLITE if tx.dialect == "sqlite" else _PUT_POSTGRES, told)


_PUT_HEAD = f"INSERT INTO placement (map_id, {', '.join(_COLUMNS)}) SELECT :map, "
_PUT_TAIL = (
    " ON CONFLICT (map_id, item_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])
    + " WHERE placement.how <> 'moved'"
)
# An item taken back while its place was computed has none.
_PUT_SQLITE = text(
    _PUT_HEAD  # noqa: S608 - names of columns alone are put together
    + ", ".join(f"value ->> {place}" for place in range(len(_COLUMNS)))
    + " FROM json_each(:rows) WHERE EXISTS (SELECT 1 FROM item WHERE item.id = value ->> 0)"
    + _PUT_TAIL
)
_PUT_POSTGRES = text(
    _PUT_HEAD  # noqa: S608 - the same
    + ", ".join(
        f"value ->> {place}" if name == "how" else f"CAST(value ->> {place} AS bigint)"
        for place, name in enumerate(_COLUMNS)
    )
    + " FROM json_array_elements(CAST(:rows AS json))"
    + " WHERE EXISTS (SELECT 1 FROM item WHERE item.id = CAST(value ->> 0 AS bigint))"
    + _PUT_TAIL
)


def move_items(tx: Tx, map_id: int, items: Sequence[int], scene_id: int) -> int:
    """Let a person's word stand for these items; how many are on the map."""
    moved = 0
    for start in range(0, len(items), SLICE):
        mine = (t.placement.c.map_id == map_id) & t.placement.c.item_id.in_(items[start : start + SLICE])
        told = {"scene_id": scene_id, "how": How.MOVED.value, "sure": 1}
        moved += tx.execute(update(t.placement).where(mine).values(**told)).rowcount
    return moved


def assign_items(tx: Tx, map_id: int, items: Mapping[int, Sequence[int]]) -> None:
    """Items by their new scene; whether a person moved them stays as it is."""
    for scene_id, found in items.items():
        for start in range(0, len(found), SLICE):
            mine = (t.placement.c.map_id == map_id) & t.placement.c.item_id.in_(found[start : start + SLICE])
            tx.execute(update(t.placement).where(mine).values(scene_id=scene_id))


def _on_map(map_id: int) -> Select[*tuple[Any, ...]]:
    p = t.placement.c
    return (
        select(p.item_id, p.scene_id, p.how, p.sure, p.far, p.x, p.y)
        .join_from(t.placement, item_table, item_table.c.id == p.item_id)
        .join(source_table, source_table.c.id == item_table.c.source_id)
        .where(p.map_id == map_id, source_table.c.state == SourceState.LANDED, ~is_aside())
    )


def _placed(row: Row[*tuple[Any, ...]]) -> Placed:
    return Placed(row.item_id, row.scene_id, How(row.how), bool(row.sure), row.far / NEARNESS, row.x, row.y)


def _in_scenes(scenes: Sequence[int | None]) -> Any:
    """Placements of these scenes; `None` among them is what fits nowhere."""
    known = t.placement.c.scene_id.in_([each for each in scenes if each is not None])
    return known | t.placement.c.scene_id.is_(None) if None in scenes else known


def list_placed(
    connection: Connection,
    map_id: int,
    scenes: Sequence[int | None],
    *,
    farthest: bool = False,
    unsure: bool = False,
    offset: int = 0,
    limit: int = 24,
) -> list[Placed]:
    """Items of scenes: the most typical first, or the oddest."""
    p = t.placement.c
    found = _on_map(map_id).where(_in_scenes(scenes))
    if unsure:
        found = found.where(p.sure == 0)
    order = (p.far.desc(), p.item_id.desc()) if farthest else (p.far, p.item_id)
    return [_placed(row) for row in connection.execute(found.order_by(*order).offset(offset).limit(limit))]


def find_placed(connection: Connection, map_id: int, items: Sequence[int]) -> list[Placed]:
    found: list[Placed] = []
    for start in range(0, len(items), SLICE):
        mine = _on_map(map_id).where(t.placement.c.item_id.in_(items[start : start + SLICE]))
        found += [_placed(row) for row in connection.execute(mine)]
    return found


def points(connection: Connection, map_id: int, most: int) -> list[tuple[Any, ...]]:
    """(item, scene, x, y) of the first `most` items by their id, as plain rows."""
    p = t.placement.c
    found = _on_map(map_id).with_only_columns(p.item_id, p.scene_id, p.x, p.y).order_by(p.item_id).limit(most)
    # fetched in one go: row by row, 100,000 of them take a second longer
    return [*connection.execute(found).all()]


def hashes_of_scenes(connection: Connection, map_id: int, scenes: Sequence[int | None]) -> dict[str, int]:
    """The items of scenes by the hash of their content."""
    found = _on_map(map_id).with_only_columns(item_table.c.hash, item_table.c.id).where(_in_scenes(scenes))
    return {row[0]: row[1] for row in connection.execute(found)}


def items_of_view(project_id: int, view: View) -> Select[*tuple[Any, ...]]:
    """(id, hash, media, body) of what can stand on a map, by id."""
    i = item_table.c
    return (
        select(i.id, i.hash, i.media, i.body)
        .join_from(item_table, source_table, source_table.c.id == i.source_id)
        .where(i.project_id == project_id, source_table.c.state == SourceState.LANDED)
        .where(i.media.in_([each.value for each in MEDIA_OF[view]]), ~is_aside())
        .order_by(i.id)
    )


def count_of_view(connection: Connection, project_id: int, view: View) -> int:
    return connection.execute(
        select(func.count()).select_from(items_of_view(project_id, view).order_by(None).subquery())
    ).scalar_one()


def unplaced(project_id: int, view: View, map_id: int) -> Select[*tuple[Any, ...]]:
    """Those of `items_of_view` that are not on the map."""
    there = select(t.placement.c.item_id).where(
        t.placement.c.map_id == map_id, t.placement.c.item_id == item_table.c.id
    )
    return items_of_view(project_id, view).where(~there.exists())


def list_links(connection: Connection, project_id: int) -> list[Link]:
    mine = select(t.scene_link).where(t.scene_link.c.project_id == project_id).order_by(t.scene_link.c.id)
    return [Link(row.id, row.one_id, row.other_id, Tie(row.kind)) for row in connection.execute(mine)]


def put_link(tx: Tx, project_id: int, one: int, other: int, tie: Tie, by: int) -> int:  # noqa: PLR0917 - a row
    low, high = sorted((one, other))
    tx.execute(delete(t.scene_link).where(t.scene_link.c.one_id == low, t.scene_link.c.other_id == high))
    told = {"project_id": project_id, "one_id": low, "other_id": high, "kind": tie, "made_by": by, "made_at": tx.at}
    return tx.insert(insert(t.scene_link), told)


def delete_link(tx: Tx, project_id: int, link_id: int) -> bool:
    mine = (t.scene_link.c.id == link_id) & (t.scene_link.c.project_id == project_id)
    return tx.execute(delete(t.scene_link).where(mine)).rowcount == 1


def last_act(connection: Connection, project_id: int, view: View) -> int:
    """The revision of the tree."""
    mine = (t.scene_act.c.project_id == project_id) & (t.scene_act.c.media == view)
    return int(connection.execute(select(func.max(t.scene_act.c.id)).where(mine)).scalar() or 0)


def insert_act(  # noqa: PLR0917 - a row
    tx: Tx, project_id: int, view: View, act: str, scene_id: int | None, by: int | None, details: Mapping[str, object]
) -> int:
    told = {"project_id": project_id, "media": view, "act": act, "scene_id": scene_id, "by": by, "at": tx.at}
    return tx.insert(insert(t.scene_act), {**told, "details": json_of(details)})


def list_acts(connection: Connection, project_id: int, view: View, before: int, limit: int) -> list[SceneAct]:
    """The newest first."""
    a = t.scene_act.c
    mine = select(t.scene_act).where(a.project_id == project_id, a.media == view)
    if before:
        mine = mine.where(a.id < before)
    return [
        SceneAct(row.id, row.act, row.scene_id, row.by, row.at, msgspec.json.decode(row.details))
        for row in connection.execute(mine.order_by(a.id.desc()).limit(limit))
    ]


def held_hashes(connection: Connection, hashes: Iterable[str]) -> set[str]:
    """Those that a landed item of any project has."""
    i = item_table.c
    landed = (source_table.c.id == i.source_id) & (source_table.c.state == SourceState.LANDED)
    wanted = select(i.hash).join_from(item_table, source_table, landed).where(i.hash.in_(list(hashes)))
    return set(connection.execute(wanted).scalars())


def standing(connection: Connection, map_id: int) -> list[tuple[int, int | None, str, int]]:
    """(item, scene, how, cell) of a whole map, as plain rows."""
    p = t.placement.c
    found = select(p.item_id, p.scene_id, p.how, p.cell).where(p.map_id == map_id).order_by(p.item_id)
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(found)]


def hashes_of_map(connection: Connection, map_id: int) -> list[tuple[int, str, int | None, int]]:
    """(item, hash, scene, cell) of what stands on a map and may be learnt from."""
    p = t.placement.c
    found = _on_map(map_id).with_only_columns(p.item_id, item_table.c.hash, p.scene_id, p.cell)
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(found)]


def count_rows(found: Select[*tuple[Any, ...]]) -> Select[int]:
    return select(func.count()).select_from(found.order_by(None).subquery())


def items_of_hashes(connection: Connection, project_id: int, hashes: Sequence[str]) -> dict[str, int]:
    """The items of a project with these contents, by content."""
    i = item_table.c
    found: dict[str, int] = {}
    for start in range(0, len(hashes), SLICE):
        mine = select(i.hash, i.id).where(i.project_id == project_id, i.hash.in_(hashes[start : start + SLICE]))
        found.update((row[0], row[1]) for row in connection.execute(mine))
    return found


def scene_names(connection: Connection, project_id: int) -> list[tuple[int, str]]:
    """The scenes that items stand in, on the maps that are shown, by name: nothing is counted."""
    s = t.scene.c
    shown = s.state.in_(["proposed", "kept"])
    rows = select(s.id, s.name).where(s.project_id == project_id, shown).order_by(s.name, s.id)
    return [(row[0], row[1]) for row in connection.execute(rows)]
