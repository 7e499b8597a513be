"""What people said of scenes and items, brought into rows of the matrix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from guiju.scenes import store
from guiju.scenes.making.contents import content_of
from guiju.scenes.making.model import NOWHERE, Told
from guiju.scenes.making.rules import rows_of
from guiju.scenes.making.store import Items, read_chunks
from guiju.scenes.model import How, Map, Scene, SceneState, Tie, View
from guiju.scenes.rules import groups_together, home_of
from guiju.storage import House
from guiju.vectors.model import Floats, unit

MOST_HITS = 500


@dataclass(frozen=True, slots=True)
class What:
    """`scenes` are the kept scenes that have a place in `told.given`, in its order; `moved` items that a person put."""

    told: Told
    scenes: Sequence[int]
    names: frozenset[str]
    moved: frozenset[int] = field(default_factory=frozenset[int])


def hear(house: House, project_id: int, view: View, items: Items, rows: Floats) -> What:
    """Kept scenes keep what stands in them; those with seed words begin where texts with these words lie."""
    with house.reading() as connection:
        current = store.find_map(connection, project_id, view)
        scenes = store.list_scenes(connection, project_id, view)
        links = store.list_links(connection, project_id)
    kept = [scene for scene in scenes if scene.state is SceneState.KEPT]
    place = {item: row for row, item in enumerate(items.ids)}
    stands, moved = _standing(house, current, scenes, place)
    hits = seed_hits(house, project_id, view, {scene.id: scene.seeds for scene in kept if scene.seeds})
    centres: list[Floats] = []
    known: list[int] = []
    for scene in kept:
        own = stands.get(scene.id, [])
        seeded = [place[item] for item in hits.get(scene.id, []) if item in place]
        middles = [rows[np.array(some)].mean(axis=0) for some in (own, seeded) if some]
        if middles:
            centres.append(unit(np.sum([unit(each[None]) for each in middles], axis=0))[0])
            known.append(scene.id)
    given = np.array(centres, np.float32).reshape(len(centres), rows.shape[1])
    fixed = np.full(len(rows), NOWHERE, np.int64)
    for which, scene_id in enumerate(known):
        fixed[np.array(stands.get(scene_id, []), np.int64)] = which
    together = rows_of([sorted(group) for group in groups_together(links)], place)
    apart = [
        (place[link.one_id], place[link.other_id])
        for link in links
        if link.tie is Tie.APART and link.one_id in place and link.other_id in place
    ]
    return What(Told(given, fixed, together, apart), known, frozenset(scene.name for scene in kept), moved)


def _standing(
    house: House, current: Map | None, scenes: Sequence[Scene], place: Mapping[int, int]
) -> tuple[dict[int, list[int]], frozenset[int]]:
    """The rows that stand in each kept scene on the map there is, and the items that a person moved."""
    if current is None:
        return {}, frozenset()
    by_id = {scene.id: scene for scene in scenes}
    with house.reading() as connection:
        placed = store.standing(connection, current.id)
    homes = {scene_id: home_of(by_id, scene_id) for scene_id in {each[1] for each in placed}}
    stands: dict[int, list[int]] = {}
    moved: set[int] = set()
    for item, scene_id, how, _ in placed:
        home = homes[scene_id]
        if home is None or item not in place or by_id[home].state is not SceneState.KEPT:
            continue
        stands.setdefault(home, []).append(place[item])
        if how == How.MOVED:
            moved.add(item)
    return stands, frozenset(moved)


def seed_hits(house: House, project_id: int, view: View, seeds: Mapping[int, Sequence[str]]) -> dict[int, list[int]]:
    """The items whose text has a scene's seed words: those with two of them, or with one where those are few."""
    if not seeds or view is not View.TEXT:
        return {}
    counted: dict[int, list[tuple[int, int]]] = {scene_id: [] for scene_id in seeds}
    for rows in read_chunks(house, store.items_of_view(project_id, view)):
        for item, key, media, body in rows:
            text = content_of(house, media, key, body).lower()
            for scene_id, words in seeds.items():
                if (count := sum(_stands_in(word, text) for word in words)) and len(counted[scene_id]) < 20 * MOST_HITS:
                    counted[scene_id].append((count, item))
    return {scene_id: _best(found) for scene_id, found in counted.items()}


def _stands_in(word: str, text: str) -> bool:
    """An English word as a word, anything else wherever it stands.

    >>> _stands_in("car", "my card"), _stands_in("car", "my car."), _stands_in("退款", "我要退款")
    (False, True, True)
    """
    at = text.find(word)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
        if not word.isascii() or not any(each.isascii() and each.isalnum() for each in around):
            return True
        at = text.find(word, at + 1)
    return False


def _best(found: Sequence[tuple[int, int]]) -> list[int]:
    strong = [item for count, item in found if count >= 2]
    return (strong if len(strong) >= 5 else [item for _, item in found])[:MOST_HITS]
