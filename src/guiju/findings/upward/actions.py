"""What becomes of scenes and findings: labels, clauses and examples of the draft, and the items of a trial."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import msgspec

from guiju.annotations import find_resolutions
from guiju.briefs import get_brief, mark_of, parse_brief
from guiju.briefs.actions import save_written, starter_brief
from guiju.data import ItemNotFound, find_items, find_items_by_name
from guiju.findings.upward.errors import DraftUnreadable, NothingShown, NothingToDraw, ShareOutside, TooManyDrawn
from guiju.findings.upward.rules import Shown, add_clause, add_example, add_label, label_id, two
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import Draft, Polarity, Rulebook, errors_of, get_draft, parse_rulebook, save_draft
from guiju.scenes import View, hashes_by_scene, list_scene_items, note_draw
from guiju.scenes.reading import line_of, read_scenes
from guiju.scenes.rules import plan_draw
from guiju.storage import Actor, House
from guiju.work import open_assigned_trial
from guiju.work.drawing import MOST_ITEMS as MOST_TRIAL_ITEMS
from guiju.work.drawing import read_undrawn
from guiju.work.errors import NobodyToAnnotate

NOTE_CHARACTERS = 500
EXAMPLES = (("typical", 2), ("boundary", 1))


def label_from_scene(
    house: House, actor: Actor, project_id: int, view: View, scene_id: int, *, request_id: str, label: str = ""
) -> str:
    """Add a scene to the rulebook's draft: name, definition, two typical texts and one on the boundary as examples.

    Returns the label's id. Raises `SceneNotFound`, `NoMap`, `DraftUnreadable`, `LabelThere`, `BadLabelId`, and
    `RulebookIsStale` when somebody saved the draft at the same moment.
    """
    draft = _readable_draft(house, actor, project_id)
    shown, name, definition = _examples(house, actor, project_id, view, scene_id)
    chosen = label.strip() or label_id(name, scene_id)
    is_starter = not draft.is_saved and draft.latest is None
    document = add_label(draft.document, chosen, name, definition, shown, is_starter=is_starter)
    save_draft(house, actor, project_id, document=document, from_revision=draft.revision, request_id=request_id)
    return chosen


_BROKEN = frozenset({"yaml-broken", "front-matter-missing", "heading-unreadable"})


def _readable_draft(house: House, actor: Actor, project_id: int) -> Draft:
    """Raises `DraftUnreadable`."""
    draft = get_draft(house, actor, project_id)
    wrong = errors_of(draft.problems)
    if wrong and (draft.is_saved or draft.latest) and any(each.code in _BROKEN for each in wrong):
        raise DraftUnreadable(line=wrong[0].line)
    return draft


def add_clause_to_draft(
    house: House,
    actor: Actor,
    project_id: int,
    *,
    request_id: str,
    title: str,
    text: str,
    labels: Sequence[str] = (),
) -> str:
    """Write a clause into the rulebook's draft; its number. Labels that the draft does not have are left out.

    Raises `ClauseEmpty`, `DraftUnreadable`, and `RulebookIsStale` when somebody saved the draft at the same moment.
    """
    draft = _readable_draft(house, actor, project_id)
    known = {each.id for each in parse_rulebook(draft.document).labels}
    fitting = [each for each in dict.fromkeys(labels) if each in known]
    document, clause = add_clause(draft.document, title, text, fitting)
    _save(house, actor, project_id, draft, document, request_id)
    return clause


def add_item_example(  # noqa: PLR0913 - an example is said in one call
    house: House,
    actor: Actor,
    project_id: int,
    *,
    request_id: str,
    item_id: int,
    note: str,
    clause: str | None = None,
    polarity: Polarity = Polarity.BOUNDARY,
    answers: str | None = None,
) -> str:
    """Put an item into the rulebook's draft as an example, with these answers (JSON) or those of record; its number.

    Raises `ItemNotFound`, `NothingShown`, `DraftUnreadable`, `RulebookIsStale`.
    """
    draft = _readable_draft(house, actor, project_id)
    rulebook = parse_rulebook(draft.document)
    with house.reading() as connection:
        item = find_items(connection, project_id, [item_id]).get(item_id)
        if item is None:
            raise ItemNotFound(item=item_id)
        named = find_items_by_name(connection, project_id, [item.name]).get(item.name)
        held = find_resolutions(connection, project_id, item_ids=[item_id])
    shown = {"item": item.name} if named and named.id == item_id else {"text": item.body}
    if not any(shown.values()):
        raise NothingShown(item=item_id)
    known = answers or (held[0].answers if held else None)
    answer = _short(rulebook, known) if known else {}
    said = {"clause": clause} if clause and any(each.id == clause for each in rulebook.clauses) else {}
    told = {"polarity": polarity.value, **said, "note": two(note.strip()[:NOTE_CHARACTERS]), **shown}
    document, example = add_example(draft.document, {**told, **({"answer": answer} if answer else {})})
    _save(house, actor, project_id, draft, document, request_id)
    return example


def _short(rulebook: Rulebook, answers: str) -> dict[str, object]:
    """Answers as an example writes them, of the fields that the draft still has."""
    known = {each.id for each in rulebook.fields}
    wires: dict[str, dict[str, object]] = msgspec.json.decode(answers)
    return {
        field: wire["labels"] if wire.get("kind") == "choice" else wire
        for field, wire in wires.items()
        if field in known
    }


def _save(house: House, actor: Actor, project_id: int, draft: Draft, document: str, request_id: str) -> None:  # noqa: PLR0917 - a save
    if document != draft.document or not draft.is_saved:
        save_draft(house, actor, project_id, document=document, from_revision=draft.revision, request_id=request_id)


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


def share_to_brief(
    house: House,
    actor: Actor,
    project_id: int,
    view: View,
    scene_id: int,
    *,
    request_id: str,
    share: float | None = None,
) -> float:
    """Write the share of a scene into the brief's difficulty mix, under the scene's name; the share.

    Unless told it is the scene's present share of the items on the map. A signed brief gets a new version to be
    signed. Raises `SceneNotFound`, `ShareOutside`, `BriefConflict`.
    """
    if share is not None and not 0 < share <= 1:
        raise ShareOutside(share=share)
    scenes = read_scenes(house, actor, project_id, view)
    line = line_of(scenes.tree, scene_id)
    wanted = round(share if share is not None else line.items / max(1, scenes.tree.total), 4)
    standing, current = get_brief(house, actor, project_id)
    brief = parse_brief(current.document if current else starter_brief(standing.project))
    changed = replace(brief, mix={**brief.mix, line.scene.name: wanted})
    save_written(house, actor, project_id, brief=changed, started_from=mark_of(current), request_id=request_id)
    return wanted


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
        waiting = read_undrawn(connection, project_id)
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
