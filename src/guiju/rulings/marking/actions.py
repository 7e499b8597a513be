"""Examples that are texts of the rulebook become items that can be asked about."""

from collections.abc import Sequence
from dataclasses import replace

from guiju.data import AsideReason, Counts, Media, find_items, land_source, open_source, set_aside
from guiju.data.deriving.actions import ids_of_contents, insert_new_items
from guiju.data.model import NewItem
from guiju.kit import sha256_hex
from guiju.rulebooks import CompiledRulebook
from guiju.rulings.marking import store
from guiju.rulings.marking.model import Known
from guiju.storage import Tx

CAUSE = "rulebook-examples"


def seat_known(tx: Tx, actor_id: int, rulebook: CompiledRulebook, chosen: Sequence[Known]) -> list[Known]:
    """The same with an item each, in the caller's transaction.

    A text becomes an item in a source of its own and is set aside, so that no production gives it out; a text that
    the project has already stands for itself. What cannot be had as an item is left out.
    """
    texts = {sha256_hex(one.text.encode()): one for one in chosen if one.item_id is None and one.text is not None}
    ids = _items_of(tx, actor_id, rulebook, texts) if texts else {}
    seated = {one.id: ids[content] for content, one in texts.items() if content in ids}
    for reference_id, item_id in seated.items():
        store.set_item(tx, reference_id, item_id)
    return [
        one if one.item_id is not None else replace(one, item_id=seated[one.id])
        for one in chosen
        if one.item_id is not None or one.id in seated
    ]


def _items_of(tx: Tx, actor_id: int, rulebook: CompiledRulebook, texts: dict[str, Known]) -> dict[str, int]:
    there = ids_of_contents(tx, rulebook.project_id, list(texts))
    if len(there) < len(texts):
        missing = {content: one for content, one in texts.items() if content not in there}
        there |= _new_items(tx, actor_id, rulebook, missing)
    landed = find_items(tx.connection, rulebook.project_id, list(there.values()))
    return {content: item_id for content, item_id in there.items() if item_id in landed}


def _new_items(tx: Tx, actor_id: int, rulebook: CompiledRulebook, texts: dict[str, Known]) -> dict[str, int]:
    name = f"{rulebook.rulebook.title.get('zh') or rulebook.rulebook.title.get('en', '')} {rulebook.version}"
    source = open_source(tx, rulebook.project_id, name.strip(), created_by=actor_id)
    new = [_new_item(content, one, rulebook) for content, one in texts.items()]
    fresh, ids = insert_new_items(tx, rulebook.project_id, source, new)
    land_source(tx, source, Counts(len(new), fresh, len(new) - fresh, 0))
    set_aside(tx, rulebook.project_id, list(ids.values()), AsideReason.EXAMPLE, cause=CAUSE, by=actor_id)
    return ids


def _new_item(content: str, known: Known, rulebook: CompiledRulebook) -> NewItem:
    text = known.text or ""
    name = f"{known.origin_id} {rulebook.version}"
    return NewItem(content, Media.TEXT, name, text, "text/plain", len(text.encode()))
