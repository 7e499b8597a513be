"""Items like an item, or like a text: by the vectors of the map that is shown."""

import numpy as np
from sqlalchemy import Connection

from guiju.data import Item, ItemNotFound, find_items
from guiju.scenes import store
from guiju.scenes.errors import NoMap
from guiju.scenes.making import rules
from guiju.scenes.making.contents import content_of
from guiju.scenes.making.store import Vectors, place_of_map, read_arrays
from guiju.scenes.model import MEDIA_OF, VIEW_NAMES, Map, View
from guiju.storage import House
from guiju.vectors.backends import get_backend
from guiju.vectors.model import Floats

# A folder of vectors may hold those of other projects too: so many of the nearest are looked up.
SPARE = 10


def items_like(house: House, project_id: int, said: str, most: int) -> list[int]:
    """Items most like what is said, the nearest first: the number of an item, or any text.

    Raises `NoMap`, and `ItemNotFound` for a number that none has.
    """
    with house.reading() as connection:
        item = _item(connection, project_id, int(said)) if said.isdecimal() else None
        view = next(each for each in View if item is None or item.media in MEDIA_OF[each])
        current = store.find_map(connection, project_id, view)
    plane = read_arrays(place_of_map(house, current.id)) if current else None
    if current is None or plane is None:
        raise NoMap(media=VIEW_NAMES[view])
    content = said if item is None else content_of(house, item.media.value, item.hash, item.body)
    keys = _nearest(house, current, content, plane["mean"], most * SPARE)
    with house.reading() as connection:
        held = store.items_of_hashes(connection, project_id, keys)
    return [held[key] for key in keys if key in held][:most]


def _item(connection: Connection, project_id: int, number: int) -> Item:
    found = find_items(connection, project_id, [number], withheld=False)
    if number not in found:
        raise ItemNotFound(item=number)
    return found[number]


def _nearest(house: House, current: Map, content: object, mean: Floats, most: int) -> list[str]:
    """The hashes of the contents nearest to `content`."""
    vectors = Vectors(house, get_backend(current.backend, current.view.value, house.home), current.id)
    if not vectors.has_learnt:
        raise NoMap(media=VIEW_NAMES[current.view])
    point, _ = rules.centred(vectors.embed([content]), mean)
    keys, close = vectors.closeness(point[0], mean)
    order: list[int] = np.argsort(-close, kind="stable")[:most].tolist()
    return [keys[at].hex() for at in order]
