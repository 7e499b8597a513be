"""What pages, routes and acts read of scenes, authorised."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from guiju.data import Item, find_items
from guiju.people import Act, find_account
from guiju.projects import Standing, authorise
from guiju.scenes import store
from guiju.scenes.errors import NoMap, SceneNotFound
from guiju.scenes.model import VIEW_NAMES, Link, Map, Placed, Scene, SceneAct, SceneLine, Tree, View
from guiju.scenes.rules import home_of, plan_tree
from guiju.storage import Actor, House, Job, list_jobs

MAKE, PLACE, FORGET = "scenes.make", "scenes.place", "scenes.forget"
MOST_POINTS = 250_000


def running_job(connection: Connection, project_id: int) -> Job | None:
    """The job that finds or places scenes in this project now."""
    found = (job for job in list_jobs(connection, project_id) if job.kind in {MAKE, PLACE})
    return next((job for job in found if not job.state.is_over), None)


def latest_job(connection: Connection, project_id: int) -> Job | None:
    return next((job for job in list_jobs(connection, project_id) if job.kind in {MAKE, PLACE}), None)


@dataclass(frozen=True, slots=True)
class Scenes:
    """What the page shows: the map there is, the tree, how many items have no place yet, and the latest job."""

    standing: Standing
    view: View
    views: tuple[View, ...]
    map: Map | None
    tree: Tree
    unplaced: int
    job: Job | None


def read_scenes(house: House, actor: Actor, project_id: int, view: View | None = None) -> Scenes:
    """The scenes of one view; unless told, of the one that most of the project's items are in."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_ITEMS)
        sizes = {each: store.count_of_view(connection, project_id, each) for each in View}
        views = tuple(each for each in View if sizes[each])
        chosen = view or max(View, key=lambda each: sizes[each])
        current = store.find_map(connection, project_id, chosen)
        tree = read_tree(connection, project_id, chosen, current)
        unplaced = sizes[chosen] - tree.total if current else 0
        return Scenes(standing, chosen, views, current, tree, max(0, unplaced), latest_job(connection, project_id))


def read_tree(connection: Connection, project_id: int, view: View, current: Map | None) -> Tree:
    counts = store.count_placements(connection, current.id) if current else {}
    scenes = store.list_scenes(connection, project_id, view)
    return plan_tree(scenes, counts, store.last_act(connection, project_id, view))


def current_map(connection: Connection, project_id: int, view: View) -> Map:
    """Raises `NoMap`."""
    found = store.find_map(connection, project_id, view)
    if found is None:
        raise NoMap(media=VIEW_NAMES[view])
    return found


def members_of(connection: Connection, project_id: int, view: View, tree: Tree, scene_id: int) -> list[int | None]:
    """The scenes whose placements stand in a scene now: itself, those below it, and what was merged into these."""
    inside = set(tree.below(scene_id))
    scenes = {scene.id: scene for scene in store.list_scenes(connection, project_id, view)}
    from_merged = (scene.id for scene in scenes.values() if scene.into_id is not None)
    merged = [each for each in from_merged if _end_of(scenes, each) in inside]
    return [*sorted(inside), *merged]


def _end_of(scenes: dict[int, Scene], scene_id: int) -> int:
    seen: set[int] = set()
    while (into := scenes[scene_id].into_id) is not None and scene_id not in seen and into in scenes:
        seen.add(scene_id)
        scene_id = into
    return scene_id


def nowhere_of(connection: Connection, project_id: int, view: View) -> list[int | None]:
    """What stands for no scene: no scene at all, and those that were dissolved."""
    scenes = {scene.id: scene for scene in store.list_scenes(connection, project_id, view)}
    gone = [each for each in scenes if not scenes[_end_of(scenes, each)].state.is_open]
    return [None, *gone]


@dataclass(frozen=True, slots=True)
class Shown:
    """A scene with some of its items."""

    line: SceneLine | None
    placed: list[Placed]
    items: dict[int, Item]


ORDERS = ("typical", "odd", "boundary")


def list_scene_items(  # noqa: PLR0913 - which items, in which order, from where
    house: House,
    actor: Actor,
    project_id: int,
    view: View,
    scene_id: int | None,
    *,
    order: str = "typical",
    offset: int = 0,
    limit: int = 24,
) -> Shown:
    """Items of a scene (of `None`: what fits nowhere): the most typical, the oddest, or those on the boundary.

    Raises `NoMap`, `SceneNotFound`.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        current = current_map(connection, project_id, view)
        tree = read_tree(connection, project_id, view, current)
        if scene_id is None:
            line, scenes = None, nowhere_of(connection, project_id, view)
        else:
            line = line_of(tree, scene_id)
            scenes = members_of(connection, project_id, view, tree, scene_id)
        options = {"farthest": order == "odd", "unsure": order == "boundary"}
        placed = store.list_placed(
            connection, current.id, scenes, **options, offset=max(0, offset), limit=max(1, min(limit, 200))
        )
        return Shown(
            line, placed, find_items(connection, project_id, [each.item_id for each in placed], withheld=False)
        )


def list_given_items(house: House, actor: Actor, project_id: int, view: View, items: Sequence[int]) -> Shown:
    """Those of `items` that stand on the map, at most 200 of them."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        current = current_map(connection, project_id, view)
        placed = store.find_placed(connection, current.id, list(items)[:200])
        return Shown(
            None, placed, find_items(connection, project_id, [each.item_id for each in placed], withheld=False)
        )


def line_of(tree: Tree, scene_id: int) -> SceneLine:
    """Raises `SceneNotFound`."""
    found = tree.find(scene_id)
    if found is None:
        raise SceneNotFound(scene=scene_id)
    return found


def read_points(house: House, actor: Actor, project_id: int, view: View) -> tuple[int, list[tuple[Any, ...]]]:
    """The tree's revision, and (item, scene, x, y) of every item, with what was merged where it stands now."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        current = current_map(connection, project_id, view)
        scenes = {scene.id: scene for scene in store.list_scenes(connection, project_id, view)}
        ends = {each: _end_of(scenes, each) for each in scenes}
        homes = {each: end if scenes[end].state.is_open else 0 for each, end in ends.items()}
        rows = store.points(connection, current.id, MOST_POINTS)
        revision = store.last_act(connection, project_id, view)
    return revision, [(item, homes.get(scene, 0), x, y) for item, scene, x, y in rows]


def list_scene_acts(  # noqa: PLR0917 - said in one call
    house: House, actor: Actor, project_id: int, view: View, before: int = 0, limit: int = 50
) -> list[SceneAct]:
    """What was done to the tree, the newest first."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        return store.list_acts(connection, project_id, view, before, max(1, min(limit, 200)))


def list_ties(house: House, actor: Actor, project_id: int) -> list[Link]:
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        return store.list_links(connection, project_id)


def names_of_people(house: House, accounts: Sequence[int]) -> dict[int, str]:
    """What these accounts are called."""
    with house.reading() as connection:
        found = {each: find_account(connection, each) for each in sorted(set(accounts))}
        return {each: account.name for each, account in found.items() if account}


def hashes_by_scene(house: House, actor: Actor, project_id: int, view: View) -> dict[int, list[str]]:
    """The items of each scene that has none below it, by the hash of their content. Raises `NoMap`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        current = current_map(connection, project_id, view)
        scenes = {scene.id: scene for scene in store.list_scenes(connection, project_id, view)}
        found: dict[int, list[str]] = {}
        for _, key, scene, _ in store.hashes_of_map(connection, current.id):
            home = home_of(scenes, scene)
            if home is not None:
                found.setdefault(home, []).append(key)
    return found
