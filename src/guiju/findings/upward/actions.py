"""What becomes of scenes: labels, and the items of a trial."""

from collections.abc import Sequence
from functools import partial

from guiju.findings.upward.errors import DraftUnreadable, NothingToDraw, TooManyDrawn
from guiju.findings.upward.rules import Shown, add_label, label_id
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import errors_of, get_draft, save_draft
from guiju.scenes import View, hashes_by_scene, list_scene_items, note_draw
from guiju.scenes.rules import plan_draw
from guiju.storage import Actor, House
from guiju.work import open_assigned_trial
from guiju.work.errors import NobodyToAnnotate
from guiju.work.opening import MOST_TRIAL_ITEMS
from guiju.work.store import find_unresolved

EXAMPLES = (("typical", 2), ("boundary", 1))


def label_from_scene(
    house: House, actor: Actor, project_id: int, view: View, scene_id: int, *, request_id: str, label: str = ""
) -> str:
    """Add a scene to the rulebook's draft: name, definition, two typical texts and one on the boundary as examples.

    Returns the label's id. Raises `SceneNotFound`, `NoMap`, `DraftUnreadable`, `LabelThere`, `BadLabelId`, and
    `RulebookIsStale` when somebody saved the draft at the same moment.
    """
    draft = get_draft(house, actor, project_id)
    wrong = errors_of(draft.problems)
    if wrong and (draft.is_saved or draft.latest) and any(each.code in _BROKEN for each in wrong):
        raise DraftUnreadable(line=wrong[0].line)
    shown, name, definition = _examples(house, actor, project_id, view, scene_id)
    chosen = label.strip() or label_id(name, scene_id)
    is_starter = not draft.is_saved and draft.latest is None
    document = add_label(draft.document, chosen, name, definition, shown, is_starter=is_starter)
    save_draft(house, actor, project_id, document=document, from_revision=draft.revision, request_id=request_id)
    return chosen


_BROKEN = frozenset({"yaml-broken", "front-matter-missing", "heading-unreadable"})


def _examples(house: House, actor: Actor, project_id: int, view: View, scene_id: int) -> tuple[list[Shown], str, str]:
    found: dict[str, Shown] = {}
    name = definition = ""
    for order, most in EXAMPLES:
        seen = list_scene_items(house, actor, project_id, view, scene_id, order=order, limit=most)
        assert seen.line is not None
        name, definition = seen.line.scene.name, seen.line.scene.definition
        texts = [seen.items[each.item_id].body for each in seen.placed if each.item_id in seen.items]
        if view is View.TEXT:
            found.update((text, Shown(text, order == "boundary")) for text in texts if text and text not in found)
    return list(found.values()), name, definition


def open_scene_trial(  # noqa: PLR0913 - a trial is said in one call
    house: House,
    actor: Actor,
    project_id: int,
    view: View,
    *,
    request_id: str,
    each: int,
    account_ids: Sequence[int],
    scenes: Sequence[int] = (),
) -> int:
    """Open a trial of `each` items from every scene (of `scenes`, or all that have no scene below them).

    The request's own id is the seed, kept in the tree's log: with it anybody draws the same items again. Raises
    `NothingToDraw`, `TooManyDrawn`, `NobodyToAnnotate`, `BriefNotSigned`, `RulebookNotPublished`, `NoMap`.
    """
    from guiju.stats.draw import draw_sample  # noqa: PLC0415 - a room that brings NumPy along

    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.OPEN_ROUND)
        waiting = find_unresolved(connection, project_id)
    if len(set(account_ids)) < 2:
        raise NobodyToAnnotate(count=len(set(account_ids)))
    known = hashes_by_scene(house, actor, project_id, view)
    wanted = {
        scene: [key for key in keys if key in waiting] for scene, keys in known.items() if not scenes or scene in scenes
    }
    drawn = plan_draw(wanted, max(1, each), partial(draw_sample, seed=request_id))
    items = [waiting[key] for keys in drawn.values() for key in keys]
    if not items:
        raise NothingToDraw
    if len(items) > MOST_TRIAL_ITEMS:
        raise TooManyDrawn(each=each, scenes=len(drawn), count=len(items), most=MOST_TRIAL_ITEMS)
    assignments = [(item, account) for item in items for account in sorted(set(account_ids))]
    round_id = open_assigned_trial(house, actor, project_id, request_id=request_id, assignments=assignments)
    drawn_of = {str(scene): len(keys) for scene, keys in drawn.items()}
    note_draw(house, actor, project_id, view, request_id=f"{request_id[:58]}-note", seed=request_id, drawn=drawn_of)
    return round_id
