"""SQL of the groups that items fall into."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, select

from guiju.annotations import annotator_table, resolution_table
from guiju.data import item_table, source_table
from guiju.inspection.pool import Pool
from guiju.inspection.strata.model import By
from guiju.inspection.strata.rules import NOWHERE
from guiju.kinds import decode_answers, kind_of
from guiju.scenes import placement_table, scene_map_table, scene_names


def names_of(connection: Connection, pool: Pool, by: By, last: int) -> dict[int, str]:
    """The name of the group of each item that waits in `pool`, up to the item `last`; `NOWHERE` for none."""
    match by:
        case By.ANNOTATOR:
            return _annotators(connection, pool, last)
        case By.SOURCE:
            return _sources(connection, pool, last)
        case By.SCENE:
            return _scenes(connection, pool, last)
        case By.LABEL:
            return _labels(connection, pool, last)


def _annotators(connection: Connection, pool: Pool, last: int) -> dict[int, str]:
    held, who = resolution_table, annotator_table
    rows = pool.query().join(who, who.c.id == held.c.annotator_id, isouter=True).where(held.c.item_id <= last)
    found = connection.execute(rows.add_columns(held.c.item_id, who.c.name, who.c.id))
    return {row[0]: f"{row[1]} ({row[2]})" if row[2] else NOWHERE for row in found}


def _sources(connection: Connection, pool: Pool, last: int) -> dict[int, str]:
    held, item, source = resolution_table, item_table, source_table
    rows = pool.query().join(item, item.c.id == held.c.item_id).join(source, source.c.id == item.c.source_id)
    found = rows.where(held.c.item_id <= last).add_columns(held.c.item_id, source.c.name, source.c.id)
    return {row[0]: f"{row[1]} ({row[2]})" for row in connection.execute(found)}


def _scenes(connection: Connection, pool: Pool, last: int) -> dict[int, str]:
    """The scene of each item on the maps that are in force; of an item that stands on several, the last map."""
    held, place, maps = resolution_table, placement_table, scene_map_table
    names = dict(scene_names(connection, pool.project_id))
    current = select(maps.c.id).where(maps.c.project_id == pool.project_id, maps.c.state == "current")
    on = (place.c.item_id == held.c.item_id) & place.c.map_id.in_(current)
    rows = pool.query().join(place, on, isouter=True).where(held.c.item_id <= last).order_by(place.c.map_id)
    found = connection.execute(rows.add_columns(held.c.item_id, place.c.scene_id))
    return {row[0]: names.get(row[1], NOWHERE) for row in found}


def _labels(connection: Connection, pool: Pool, last: int) -> dict[int, str]:
    """The label of each answer; of several the rarest, so that none is missed."""
    held = resolution_table
    rows = pool.query().where(held.c.item_id <= last).add_columns(held.c.item_id, held.c.answers)
    known: dict[str, frozenset[str]] = {}
    said = {row[0]: row[1] for row in connection.execute(rows)}
    for answers in said.values():
        if answers not in known:
            known[answers] = frozenset(_labels_in(answers))
    counts = Counter(label for answers in said.values() for label in known[answers])
    return {
        item: min(known[answers], key=lambda one: (counts[one], one), default=NOWHERE) for item, answers in said.items()
    }


def _labels_in(answers: str) -> Iterable[str]:
    for answer in decode_answers(answers).values():
        yield from kind_of(answer).labels_of(answer)
