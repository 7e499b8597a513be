"""What people do to the tree: each act is one write and one row of its log."""

from collections.abc import Callable, Sequence

from guiju.data import find_items
from guiju.people import Act
from guiju.projects import authorise
from guiju.scenes import store
from guiju.scenes.actions import once
from guiju.scenes.errors import CannotSplit, NoItemsGiven, TieNeedsTwo, TieNotFound
from guiju.scenes.model import SceneState, Tie, Tree, View
from guiju.scenes.reading import current_map, line_of, members_of, read_tree
from guiju.scenes.rules import check_merge, check_parent, check_tie, checked_name, free_name, seed_words
from guiju.storage import Actor, Event, House, Tx

MOST_MOVED = 20_000
MOST_PARTS = 12


def _act(  # noqa: PLR0917 - an act is said in one call
    house: House,
    actor: Actor,
    project_id: int,
    view: View,
    request_id: str,
    name: str,
    act: Callable[[Tx, Tree], tuple[int | None, dict[str, object]]],
) -> int:
    """Do one act upon the tree; returns the scene it was about. The journal's row holds its facts' digest."""

    def write(tx: Tx) -> int:
        tree = read_tree(tx.connection, project_id, view, None)
        scene_id, details = act(tx, tree)
        store.insert_act(tx, project_id, view, name, scene_id, actor.id, details)
        tx.journal(Event(actor.id, f"scenes.{name}", project_id, scene_id, facts=details))
        return scene_id or 0

    return once(house, actor, project_id, request_id, f"scenes.{name}", write)


def keep_scene(house: House, actor: Actor, project_id: int, view: View, scene_id: int, *, request_id: str) -> int:
    """Say that a proposed scene stays as it is. Raises `SceneNotFound`."""

    def act(tx: Tx, tree: Tree) -> tuple[int, dict[str, object]]:
        _keep(tx, tree, scene_id)
        return scene_id, {}

    return _act(house, actor, project_id, view, request_id, "keep", act)


def _keep(tx: Tx, tree: Tree, scene_id: int, **values: object) -> None:
    """Whatever a person touches is kept, with the scenes that it stands below."""
    at: int | None = scene_id
    line_of(tree, scene_id)
    chain: list[int] = []
    while at is not None and (line := tree.find(at)) is not None:
        chain.append(at)
        at = line.scene.parent_id
    store.update_scenes(tx, chain, state=SceneState.KEPT.value)
    if values:
        store.update_scenes(tx, [scene_id], **values)


def describe_scene(  # noqa: PLR0913 - what can be said of a scene
    house: House,
    actor: Actor,
    project_id: int,
    view: View,
    scene_id: int,
    *,
    request_id: str,
    name: str | None = None,
    definition: str | None = None,
    seeds: str | Sequence[str] | None = None,
) -> int:
    """Name a scene, define it in words, tell the words that it is known by; what is `None` stays.

    Raises `SceneNotFound`, `SceneNameMissing`, `SceneNameTaken`.
    """

    def act(tx: Tx, tree: Tree) -> tuple[int, dict[str, object]]:
        was = line_of(tree, scene_id).scene
        told: dict[str, object] = {}
        if name is not None and name.strip() != was.name:
            told["name"] = checked_name(name, tree, scene_id)
        if definition is not None and definition.strip() != was.definition:
            told["definition"] = definition.strip()[:4_000]
        if seeds is not None:
            told["seeds"] = store.json_of(seed_words(seeds))
        _keep(tx, tree, scene_id, **told)
        return scene_id, {**told, "was": was.name} if "name" in told else told

    return _act(house, actor, project_id, view, request_id, "describe", act)


def merge_scenes(  # noqa: PLR0917 - said in one call
    house: House,
    actor: Actor,
    project_id: int,
    view: View,
    into: int,
    others: Sequence[int],
    *,
    request_id: str,
) -> int:
    """Let what stands in `others` stand in `into`; what is below them comes below it. No placement is written.

    Raises `SceneNotFound`, `CannotMerge`.
    """

    def act(tx: Tx, tree: Tree) -> tuple[int, dict[str, object]]:
        merged = check_merge(tree, into, others)
        names = [line_of(tree, each).scene.name for each in merged]
        _keep(tx, tree, into)
        store.update_scenes(tx, merged, state=SceneState.MERGED.value, into_id=into)
        store.move_children(tx, merged, into)
        return into, {"merged": merged, "names": names}

    return _act(house, actor, project_id, view, request_id, "merge", act)


def put_below(  # noqa: PLR0917 - said in one call
    house: House, actor: Actor, project_id: int, view: View, scene_id: int, parent: int | None, *, request_id: str
) -> int:
    """Move a scene below another, or (`None`) to the top. Raises `SceneNotFound`, `CannotMove`."""

    def act(tx: Tx, tree: Tree) -> tuple[int, dict[str, object]]:
        line_of(tree, scene_id)
        check_parent(tree, scene_id, parent)
        if parent is not None:
            _keep(tx, tree, parent)
        _keep(tx, tree, scene_id, parent_id=parent)
        return scene_id, {"parent": parent}

    return _act(house, actor, project_id, view, request_id, "below", act)


def dissolve_scene(house: House, actor: Actor, project_id: int, view: View, scene_id: int, *, request_id: str) -> int:
    """End a scene: its items fit nowhere until they are placed again, what is below it moves up.

    Raises `SceneNotFound`.
    """

    def act(tx: Tx, tree: Tree) -> tuple[int, dict[str, object]]:
        was = line_of(tree, scene_id).scene
        store.move_children(tx, [scene_id], was.parent_id)
        store.update_scenes(tx, [scene_id], state=SceneState.DISSOLVED.value)
        return scene_id, {"name": was.name}

    return _act(house, actor, project_id, view, request_id, "dissolve", act)


def make_scene(  # noqa: PLR0913 - a scene is said in one call
    house: House,
    actor: Actor,
    project_id: int,
    view: View,
    *,
    request_id: str,
    name: str,
    definition: str = "",
    seeds: str | Sequence[str] = "",
    items: Sequence[int] = (),
    parent: int | None = None,
) -> int:
    """Make a scene, of items or of words by which the next finding begins; returns its id.

    Raises `SceneNameMissing`, `SceneNameTaken`, `SceneNotFound`, and `NoItemsGiven`, `NoMap` where items are told.
    """

    def act(tx: Tx, tree: Tree) -> tuple[int, dict[str, object]]:
        tidy = checked_name(name, tree)
        if parent is not None:
            _keep(tx, tree, parent)
        told = {"definition": definition.strip()[:4_000], "seeds": seed_words(seeds), "hue": len(tree.lines) % 8}
        made = {"name": tidy, "state": SceneState.KEPT, "parent_id": parent, "made_by": actor.id, **told}
        scene_id = store.insert_scene(tx, project_id, view, **made)
        moved = _move(tx, project_id, view, scene_id, items) if items else 0
        return scene_id, {"name": tidy, "items": moved}

    return _act(house, actor, project_id, view, request_id, "make", act)


def move_items(  # noqa: PLR0917 - said in one call
    house: House, actor: Actor, project_id: int, view: View, items: Sequence[int], to: int, *, request_id: str
) -> int:
    """Put items into a scene; the machine leaves them there. Raises `NoItemsGiven`, `NoMap`, `SceneNotFound`."""

    def act(tx: Tx, tree: Tree) -> tuple[int, dict[str, object]]:
        _keep(tx, tree, to)
        return to, {"items": _move(tx, project_id, view, to, items)}

    return _act(house, actor, project_id, view, request_id, "move", act)


def _move(tx: Tx, project_id: int, view: View, scene_id: int, items: Sequence[int]) -> int:
    current = current_map(tx.connection, project_id, view)
    moved = store.move_items(tx, current.id, list(dict.fromkeys(items))[:MOST_MOVED], scene_id)
    if not moved or len(items) > MOST_MOVED:
        raise NoItemsGiven(most=MOST_MOVED)
    return moved


def split_scene(  # noqa: PLR0917 - said in one call
    house: House, actor: Actor, project_id: int, view: View, scene_id: int, parts: int = 2, *, request_id: str
) -> list[int]:
    """Split a scene into at most `parts` below it, by what its items say; returns them, the largest first.

    Raises `SceneNotFound`, `CannotSplit`, `NoMap`.
    """
    from guiju.scenes.making.placing import split_scene_items  # noqa: PLC0415 - NumPy, which only this act needs

    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SHAPE_SCENES)
        current = current_map(connection, project_id, view)
        tree = read_tree(connection, project_id, view, current)
        name = line_of(tree, scene_id).scene.name
        scenes = members_of(connection, project_id, view, tree, scene_id)
        members = store.hashes_of_scenes(connection, current.id, scenes)
    groups = split_scene_items(
        house, current, [(item, key) for key, item in members.items()], max(2, min(parts, MOST_PARTS))
    )

    def act(tx: Tx) -> list[int]:
        if len(groups) < 2:
            raise CannotSplit(scene=name, count=len(members))
        tree = read_tree(tx.connection, project_id, view, None)
        _keep(tx, tree, scene_id)
        taken = {line.scene.name for line in tree.lines}
        made: list[int] = []
        for at, (items, words) in enumerate(groups):
            called = free_name(" · ".join(words[:3]) or f"{name} {at + 1}", taken)
            taken.add(called)
            told = {"name": called, "keywords": words, "hue": (tree.lines[0].scene.hue + at) % 8}
            child = {"state": SceneState.KEPT, "parent_id": scene_id, "made_by": actor.id, **told}
            made.append(store.insert_scene(tx, project_id, view, **child))
            store.assign_items(tx, current.id, {made[-1]: items})
        facts: dict[str, object] = {"parts": made, "sizes": [len(items) for items, _ in groups]}
        store.insert_act(tx, project_id, view, "split", scene_id, actor.id, facts)
        tx.journal(Event(actor.id, "scenes.split", project_id, scene_id, facts=facts))
        return made

    return once(house, actor, project_id, request_id, "scenes.split", act)


def tie_items(  # noqa: PLR0917 - said in one call
    house: House, actor: Actor, project_id: int, one: int, other: int, tie: Tie, *, request_id: str
) -> int:
    """Say that two items belong together, or do not; it holds for every map to come. Returns the tie.

    Raises `TieNeedsTwo`, `ContradictingTies`.
    """

    def act(tx: Tx) -> int:
        if one == other or len(find_items(tx.connection, project_id, [one, other])) != 2:
            raise TieNeedsTwo
        links = [
            each for each in store.list_links(tx.connection, project_id) if {each.one_id, each.other_id} != {one, other}
        ]
        check_tie(links, one, other, tie)
        link = store.put_link(tx, project_id, one, other, tie, actor.id)
        tx.journal(Event(actor.id, "scenes.tied", project_id, link, facts={"tie": tie.value}))
        return link

    return once(house, actor, project_id, request_id, "scenes.tie", act)


def untie(house: House, actor: Actor, project_id: int, link_id: int, *, request_id: str) -> int:
    """Take back what was said of two items. Raises `TieNotFound`."""

    def act(tx: Tx) -> int:
        if not store.delete_link(tx, project_id, link_id):
            raise TieNotFound
        tx.journal(Event(actor.id, "scenes.untied", project_id, link_id))
        return link_id

    return once(house, actor, project_id, request_id, "scenes.untie", act)


def note_draw(
    house: House, actor: Actor, project_id: int, view: View, *, request_id: str, seed: str, drawn: dict[str, int]
) -> None:
    """Keep in the tree's log what was drawn from each scene, and by which seed."""

    def act(tx: Tx) -> int:
        facts: dict[str, object] = {"seed": seed, "drawn": drawn, "items": sum(drawn.values())}
        store.insert_act(tx, project_id, view, "draw", None, actor.id, facts)
        return tx.journal(Event(actor.id, "scenes.drawn", project_id, None, facts=facts))

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.OPEN_ROUND)
        return tx.once(request_id, actor.id, f"scenes.draw.{project_id}", lambda: act(tx))

    house.write(write)
