"""The texts that a service outside has not answered yet, and some of them as they would be sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.scenes import store
from guiju.scenes.making.contents import without_people
from guiju.scenes.making.store import Row, Vectors, contents_of, read_chunks
from guiju.scenes.model import View
from guiju.storage import House
from guiju.vectors.backends import endpoint


@dataclass(frozen=True, slots=True)
class Seen:
    """How many different texts are to be sent, how many were answered; of the first, what they say and what is sent."""

    fresh: int
    known: int
    pairs: Sequence[tuple[str, str]]


def look_at_texts(house: House, project_id: int, view: View, most: int) -> Seen:
    """Raises `EndpointFileWrong`."""
    done = Vectors(house, endpoint.BACKEND, 0).known()
    keys: set[bytes] = set()
    some: list[Row] = []
    for rows in read_chunks(house, store.items_of_view(project_id, view)):
        some += [row for row in rows if bytes.fromhex(row[1]) not in done][: most - len(some)]
        keys.update(bytes.fromhex(key) for _, key, _, _ in rows)
    said = [str(each) for each in contents_of(house, some)]
    return Seen(len(keys - done), len(keys & done), [(each, without_people(each)) for each in said])
