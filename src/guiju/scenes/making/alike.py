"""Items like an item, or like a text: by the vectors of the map that is shown."""

import numpy as np
from sqlalchemy import Connection

from guiju.data import Item, ItemNotFound, find_items
from guiju.scenes import store
from guiju.scenes.errors import WouldLeaveTheHouse
from guiju.scenes.making import rules
from guiju.scenes.making.contents import content_of
from guiju.scenes.making.store import Vectors, of_map
from guiju.scenes.model import MEDIA_OF, VIEW_NAMES, View
from guiju.storage import House
from guiju.vectors.model import Floats
from guiju.vectors.names import LEAVING

# A folder of vectors may hold those of other projects too: so many of the nearest are looked up.
SPARE = 10


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
    keys = _nearest(vectors, row, plane["mean"], most * SPARE)
    with house.reading() as connection:
        held = store.items_of_hashes(connection, project_id, keys)
    return [held[key] for key in keys if key in held][:most]


def _item(connection: Connection, project_id: int, number: int) -> Item:
    found = find_items(connection, project_id, [number], withheld=False)
    if number not in found:
        raise ItemNotFound(item=number)
    return found[number]


def _nearest(vectors: Vectors, row: Floats, mean: Floats, most: int) -> list[str]:
    """The hashes of the contents nearest to a row."""
    point, _ = rules.centred(row, mean)
    keys, close = vectors.closeness(point[0], mean)
    order: list[int] = np.argsort(-close, kind="stable")[:most].tolist()
    return [keys[at].hex() for at in order]
