"""What is decided about scenes: the tree with its counts, ties that hold, colours, a stratified draw. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from guiju.scenes.errors import CannotMerge, CannotMove, ContradictingTies, SceneNameMissing, SceneNameTaken
from guiju.scenes.model import TIE_NAMES, Link, Scene, SceneLine, Tie, Tree

COLOURS = 8
NAME_CHARACTERS = 120
SEED_WORDS = 20


def plan_tree(scenes: Sequence[Scene], counts: Mapping[int | None, tuple[int, int]], revision: int) -> Tree:
    """The open scenes in their order, the largest first among brothers.

    `counts` are (items, unsure) by the scene written in the placement; what was merged counts where it went.
    """
    by_id = {scene.id: scene for scene in scenes}
    own: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    nowhere = 0
    for scene_id, (items, unsure) in counts.items():
        home = home_of(by_id, scene_id)
        if home is None:
            nowhere += items
        else:
            own[home][0] += items
            own[home][1] += unsure
    open_ones = {scene.id: scene for scene in scenes if scene.state.is_open}
    children: dict[int | None, list[int]] = defaultdict(list)
    for scene in open_ones.values():
        children[scene.parent_id if scene.parent_id in open_ones else None].append(scene.id)
    lines: list[SceneLine] = []
    for root in _by_size(children[None], own, children):
        _walk(root, 0, open_ones, own, children, lines)
    total = nowhere + sum(items for items, _ in own.values())
    return Tree(tuple(lines), nowhere, total, revision)


def home_of(by_id: Mapping[int, Scene], scene_id: int | None) -> int | None:
    """Where what was placed in a scene stands now; `None` where that was dissolved."""
    seen: set[int] = set()
    while scene_id is not None and scene_id not in seen:
        seen.add(scene_id)
        scene = by_id.get(scene_id)
        if scene is None:
            return None
        if scene.state.is_open:
            return scene_id
        scene_id = scene.into_id
    return None


def _below(scene_id: int, own: Mapping[int, list[int]], children: Mapping[int | None, list[int]]) -> tuple[int, int]:
    items, unsure = own.get(scene_id, (0, 0))
    for child in children.get(scene_id, []):
        more, less_sure = _below(child, own, children)
        items, unsure = items + more, unsure + less_sure
    return items, unsure


def _by_size(found: Iterable[int], own: Mapping[int, list[int]], children: Mapping[int | None, list[int]]) -> list[int]:
    return sorted(found, key=lambda each: (-_below(each, own, children)[0], each))


def _walk(  # noqa: PLR0917 - one step of a walk over a tree
    at: int,
    depth: int,
    scenes: Mapping[int, Scene],
    own: Mapping[int, list[int]],
    children: Mapping[int | None, list[int]],
    lines: list[SceneLine],
) -> None:
    items, unsure = _below(at, own, children)
    lines.append(SceneLine(scenes[at], depth, items, unsure, bool(children.get(at))))
    for child in _by_size(children.get(at, []), own, children):
        _walk(child, depth + 1, scenes, own, children, lines)


def checked_name(name: str, tree: Tree, own_id: int | None = None) -> str:
    """Raises `SceneNameMissing`, `SceneNameTaken`."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > NAME_CHARACTERS:
        raise SceneNameMissing
    if any(line.scene.name == tidy and line.scene.id != own_id for line in tree.lines):
        raise SceneNameTaken(name=tidy)
    return tidy


def free_name(name: str, taken: set[str]) -> str:
    """
    >>> free_name("refund", {"refund", "refund 2"})
    'refund 3'
    """
    number, found = 2, name[:NAME_CHARACTERS]
    while found in taken:
        found = f"{name[: NAME_CHARACTERS - 6]} {number}"
        number += 1
    return found


def seed_words(said: str | Sequence[str]) -> list[str]:
    """Words between commas, blanks kept inside them; at most twenty, each once.

    >>> seed_words("refund, money back，退款、refund")
    ['refund', 'money back', '退款']
    """
    text = said if isinstance(said, str) else ",".join(said)
    for mark in "，、;；\n":
        text = text.replace(mark, ",")
    words = (" ".join(word.split()).lower()[:60] for word in text.split(","))
    return list(dict.fromkeys(word for word in words if word))[:SEED_WORDS]


def check_merge(tree: Tree, into: int, others: Sequence[int]) -> list[int]:
    """The scenes to be merged. Raises `CannotMerge`."""
    wanted = [each for each in dict.fromkeys(others) if each != into]
    if not wanted or any(into in tree.below(each) for each in wanted):
        raise CannotMerge
    return wanted


def check_parent(tree: Tree, scene_id: int, parent_id: int | None) -> None:
    """Raises `CannotMove`."""
    if parent_id is not None and parent_id in tree.below(scene_id):
        raise CannotMove


def groups_together(links: Iterable[Link]) -> list[set[int]]:
    """Items tied together, through however many others."""
    group: dict[int, set[int]] = {}
    for link in links:
        if link.tie is Tie.TOGETHER:
            joined = group.get(link.one_id, {link.one_id}) | group.get(link.other_id, {link.other_id})
            group.update(dict.fromkeys(joined, joined))
    return list({id(each): each for each in group.values()}.values())


def check_tie(links: Sequence[Link], one: int, other: int, tie: Tie) -> None:
    """Raises `ContradictingTies` when what was said before says the contrary."""
    if tie is Tie.APART:
        if any({one, other} <= group for group in groups_together(links)):
            raise ContradictingTies(said=TIE_NAMES[Tie.TOGETHER])
        return
    joined = next(
        group for group in groups_together([*links, Link(0, one, other, Tie.TOGETHER)]) if {one, other} <= group
    )
    if any(link.tie is Tie.APART and {link.one_id, link.other_id} <= joined for link in links):
        raise ContradictingTies(said=TIE_NAMES[Tie.APART])


def plan_colours(spots: Mapping[int, tuple[float, float]], colours: int = COLOURS) -> dict[int, int]:
    """A colour for each scene such that those beside each other on the map differ, as far as there are colours."""
    given: dict[int, int] = {}
    for scene_id, (x, y) in spots.items():
        near = sorted(given, key=lambda each: (spots[each][0] - x) ** 2 + (spots[each][1] - y) ** 2)
        taken = [given[each] for each in near[: colours - 1]]
        used = {colour: sum(each == colour for each in given.values()) for colour in range(colours)}
        given[scene_id] = min((colour for colour in range(colours) if colour not in taken), key=lambda c: (used[c], c))
    return given


def plan_draw(
    items: Mapping[int, Sequence[str]], each: int, draw: Callable[[Sequence[str], int], Sequence[str]]
) -> dict[int, list[str]]:
    """At most `each` of every scene's items, drawn by `draw`; scenes without items are left out."""
    return {scene: list(draw(found, min(each, len(found)))) for scene, found in sorted(items.items()) if found}
