"""How a split tells its labels apart: by scene, by a list of items, by a condition, by the nearest examples."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, select

from guiju.data import find_items, find_items_by_name
from guiju.kinds import Answer, ItemShape, find_asked
from guiju.planning.relabelling.errors import SplitNotOneOf, SplitUndecided
from guiju.planning.relabelling.model import Asked, Kind, Rule, Split
from guiju.planning.relabelling.rules import Choose
from guiju.rulebooks import CompiledRulebook
from guiju.rulebooks.compiled import rows_asked
from guiju.rulebooks.conditions import variables_of_check
from guiju.rulebooks.expressions import VARIABLES, BadExpression, Evaluate, check_expression, compile_expression
from guiju.scenes import View, placement_table
from guiju.scenes.reading import members_of, read_tree
from guiju.scenes.store import find_map, list_scenes
from guiju.storage import House

MOST_COMPARED = 250_000
APART = 0.02
"""How much nearer (in cosine) the nearest example of one label must be than the nearest of any other."""

Decide: TypeAlias = Callable[[int, Mapping[str, Answer], ItemShape], Choose]
"""What chooses the labels within the answers of one item."""


def decider(
    house: House, connection: Connection, project_id: int, asked: Asked, rulebook: CompiledRulebook
) -> Decide | None:
    """`None` where each label has one that stands for it. Raises `SplitUndecided`, `SplitNotOneOf`, `BadExpression`."""
    if asked.kind is not Kind.SPLIT or asked.split is None:
        return None
    split, new = asked.split, [target.id for target in asked.targets]
    strangers = [name for name in (*split.by, *filter(None, [split.rest])) if name not in new]
    if strangers:
        raise SplitNotOneOf(name=strangers[0][:60])
    if split.rule is Rule.CHECK:
        return _by_condition(asked, split.condition, rulebook)
    if not any(split.by.values()):
        raise SplitUndecided(label=asked.sources[0])
    if split.rule is Rule.SCENE:
        return _by_item(_in_scenes(connection, project_id, split), split.rest)
    listed = _listed(connection, project_id, split)
    if split.rule is Rule.ITEMS:
        return _by_item(listed, split.rest)
    return _by_item({**_nearest(house, project_id, listed), **listed}, split.rest)


def _by_item(labels: Mapping[int, str], rest: str) -> Decide:
    def decide(item: int, _answers: Mapping[str, Answer], _shape: ItemShape) -> Choose:
        chosen = labels.get(item) or rest or None
        return lambda _field, _part: chosen

    return decide


def _in_scenes(connection: Connection, project_id: int, split: Split) -> dict[int, str]:
    """The items of each scene, and of those below it and merged into it, whatever they are compared by."""
    found: dict[int, str] = {}
    wanted = {scene: label for label, scenes in split.by.items() for scene in scenes}
    for view in View:
        current = find_map(connection, project_id, view)
        here = {str(scene.id) for scene in list_scenes(connection, project_id, view)} if current else set[str]()
        for name in [name for name in wanted if name in here and current]:
            assert current is not None
            tree = read_tree(connection, project_id, view, current)
            members = members_of(connection, project_id, view, tree, int(name))
            p = placement_table.c
            placed = select(p.item_id).where(p.map_id == current.id, p.scene_id.in_(members))
            found.update(dict.fromkeys(connection.execute(placed).scalars(), wanted.pop(name)))
    if wanted:
        raise SplitNotOneOf(name=next(iter(wanted))[:60])
    return found


def _listed(connection: Connection, project_id: int, split: Split) -> dict[int, str]:
    """The items by their names, or by their numbers where none has such a name."""
    wanted = {name: label for label, names in split.by.items() for name in names}
    found = {name: item.id for name, item in find_items_by_name(connection, project_id, list(wanted)).items()}
    numbers = [int(name) for name in wanted if name not in found and name.isdecimal()]
    found.update({str(number): number for number in find_items(connection, project_id, numbers)})
    stranger = next((name for name in wanted if name not in found), None)
    if stranger is not None:
        raise SplitNotOneOf(name=stranger[:60])
    return {found[name]: label for name, label in wanted.items()}


def _nearest(house: House, project_id: int, examples: Mapping[int, str]) -> dict[int, str]:
    """Items whose nearest example is clearly nearer than the nearest of any other label, on the map of scenes."""
    import numpy as np  # noqa: PLC0415 - what only this rule needs

    from guiju.scenes.making.alike import standing_of  # noqa: PLC0415

    found: dict[int, str] = {}
    for view in View:
        standing = standing_of(house, project_id, view, MOST_COMPARED)
        if standing is None:
            continue
        place = {item: at for at, item in enumerate(standing.items)}
        labels = list(dict.fromkeys(label for item, label in examples.items() if item in place))
        if len(labels) < len(set(examples.values())):
            continue
        rows = [[place[item] for item, one in examples.items() if one == label and item in place] for label in labels]
        close = np.stack([(standing.rows @ standing.rows[at].T).max(axis=1) for at in rows])
        order = np.sort(close, axis=0)
        sure: list[bool] = (order[-1] - order[-2] >= APART).tolist()
        best: list[int] = close.argmax(axis=0).tolist()
        found.update(
            {item: labels[at] for item, at, is_sure in zip(standing.items, best, sure, strict=True) if is_sure}
        )
    if not found:
        raise SplitUndecided(label=", ".join(dict.fromkeys(examples.values())))
    return found


def _by_condition(asked: Asked, condition: str, rulebook: CompiledRulebook) -> Decide:
    """The first label where it holds, the second where it does not: of each thing marked, or of the whole answer."""
    source, new = asked.sources[0], [target.id for target in asked.targets]
    if not condition.strip() or len(new) != 2:
        raise SplitUndecided(label=source)
    tests = _tests(source, condition, rulebook)
    shapes = {shape.id: shape for shape in rulebook.fields}

    def decide(_item: int, answers: Mapping[str, Answer], item: ItemShape) -> Choose:
        asking = find_asked(answers, rulebook.fields, item)
        chosen: dict[tuple[str, str], str] = {}
        for field, holds in tests.items():
            if field in answers:
                rows: Sequence[tuple[str | None, Mapping[str, Any]]]
                rows = list(rows_asked(answers[field], item, shapes[field], asking))
                chosen.update({(field, part or ""): new[0] if holds(told) else new[1] for part, told in rows})
        return lambda field, part: chosen.get((field, part), chosen.get((field, "")))

    return decide


def _tests(source: str, condition: str, rulebook: CompiledRulebook) -> dict[str, Evaluate]:
    """The condition, for each field of the label that it types for. Raises `BadExpression` where there is none."""
    found: dict[str, Evaluate] = {}
    refused: BadExpression | None = None
    for field in rulebook.rulebook.fields:
        if source not in field.labels or field.kind not in VARIABLES:
            continue
        try:
            found[field.id] = compile_expression(check_expression(condition, variables_of_check(field)))
        except BadExpression as refusal:
            refused = refusal
    if not found:
        raise refused or SplitUndecided(label=source)
    return found
