"""Items like an item, like a part of a picture, or like a text: by the vectors of the map that is shown."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from guiju.data import Item, ItemNotFound, find_items
from guiju.data.errors import ItemWithheld
from guiju.data.media.cropping import Region, check_region, crop_region, written
from guiju.scenes import store
from guiju.scenes.errors import NoMap, WouldLeaveTheHouse
from guiju.scenes.making import rules
from guiju.scenes.making.contents import content_of
from guiju.scenes.making.store import Vectors, of_map
from guiju.scenes.model import MEDIA_OF, VIEW_NAMES, View
from guiju.scenes.rules import home_of
from guiju.storage import House
from guiju.vectors.errors import EmbedderChanged
from guiju.vectors.model import Floats
from guiju.vectors.names import LEAVING

# A folder of vectors may hold those of other projects too: so many of the nearest are looked up.
SPARE = 10
SHOWN_SIDE = 320


def items_like(house: House, project_id: int, said: str, most: int) -> list[int]:
    """Items most like what is said, the nearest first: the number of an item, or any text.

    Raises `NoMap`, `EmbedderChanged`, `ItemNotFound` for a number that none has, and `WouldLeaveTheHouse` for a text
    where a service outside compares.
    """
    with house.reading() as connection:
        item = _item(connection, project_id, int(said)) if said.isdecimal() else None
        view = next(each for each in View if item is None or item.media in MEDIA_OF[each])
        current = store.find_map(connection, project_id, view)
    vectors, plane = of_map(house, current, VIEW_NAMES[view])
    row = vectors.read_known([bytes.fromhex(item.hash)])[1] if item else np.zeros((0, 1), np.float32)
    if not len(row):
        if current and current.backend in LEAVING:
            raise WouldLeaveTheHouse
        content = said if item is None else content_of(house, item.media.value, item.hash, item.body)
        row = vectors.embed([content])
    return _held(house, project_id, _nearest(vectors, row, plane["mean"], most * SPARE), most)


def items_like_region(house: House, project_id: int, number: int, region: Region, most: int) -> tuple[list[int], bytes]:
    """Pictures that are as wholes most like a part of one, the nearest first; and that part, small, as WebP.

    Raises `ItemNotFound`, as `crop_region`, `NoMap`, `EmbedderChanged`.
    """
    with house.reading() as connection:
        item = _item(connection, project_id, number)
        check_region(item, region)
        current = store.find_map(connection, project_id, View.IMAGE)
    vectors, plane = of_map(house, current, VIEW_NAMES[View.IMAGE])
    part = crop_region(house, item, region)
    # Its file goes as soon as it is compared: what is erased from the project must not stay in a cache.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "part.png"
        path.write_bytes(written(part, "PNG"))
        row = vectors.embed([path])
    keys = _nearest(vectors, row, plane["mean"], most * SPARE)
    return _held(house, project_id, keys, most), written(part, "WEBP", SHOWN_SIDE)


def _held(house: House, project_id: int, keys: Sequence[str], most: int) -> list[int]:
    with house.reading() as connection:
        held = store.items_of_hashes(connection, project_id, keys)
    return [held[key] for key in keys if key in held][:most]


def _item(connection: Connection, project_id: int, number: int) -> Item:
    found = find_items(connection, project_id, [number], withheld=False)
    if number not in found:
        raise ItemWithheld if number in find_items(connection, project_id, [number]) else ItemNotFound(item=number)
    return found[number]


def _nearest(vectors: Vectors, row: Floats, mean: Floats, most: int) -> list[str]:
    """The hashes of the contents nearest to a row."""
    point, _ = rules.centred(row, mean)
    keys, close = vectors.closeness(point[0], mean)
    order: list[int] = np.argsort(-close, kind="stable")[:most].tolist()
    return [keys[at].hex() for at in order]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on a map, a row each: its item, the scene it belongs to now (`None`: nowhere), and its vector."""

    items: list[int]
    scenes: list[int | None]
    names: dict[int, str]
    rows: Floats


def standing_of(house: House, project_id: int, view: View, most: int) -> Standing | None:
    """The vectors of a map, centred and of unit length; of more than `most` items some from the whole length.

    `None` where there is no map, or its vectors are lost. What is blank, or has no vector, is left out.
    """
    with house.reading() as connection:
        current = store.find_map(connection, project_id, view)
        scenes = {each.id: each for each in store.list_scenes(connection, project_id, view)}
        held = store.hashes_of_map(connection, current.id) if current else []
    try:
        vectors, plane = of_map(house, current, VIEW_NAMES[view])
    except (NoMap, EmbedderChanged):
        return None
    held = held[:: max(1, -(-len(held) // most))]
    there, rows = vectors.read_known([bytes.fromhex(key) for _, key, _, _ in held])
    if not len(rows):
        return None
    rows, _ = rules.centred(rows, plane["mean"])
    said = np.flatnonzero(np.abs(rows).sum(axis=1) > 0)
    kept: list[int] = there[said].tolist()
    homes = [home_of(scenes, held[at][2]) for at in kept]
    names = {each: scenes[each].name for each in set(homes) if each is not None}
    return Standing([held[at][0] for at in kept], homes, names, rows[said])
