"""One's own answers of a round, to look at or correct."""

from dataclasses import dataclass
from typing import Any

import msgspec

from guiju.annotations import current_annotations
from guiju.kit import iso
from guiju.storage import Actor, House
from guiju.work import store
from guiju.work.actions import place_in, task_item
from guiju.work.gold.mixing import find_gold
from guiju.work.gold.naming import outer_name
from guiju.work.model import TaskItem


@dataclass(frozen=True, slots=True)
class Mine:
    """One of my own answers, to look at or correct."""

    slot: int
    item: TaskItem
    revision: int
    answers: Any
    at: str


def list_mine(house: House, actor: Actor, round_id: int, limit: int) -> list[Mine]:
    """My own latest answers in a round, newest first; those to known items stand among them. Raises `RoundNotFound`."""
    with house.reading() as connection:
        round_, annotator_id = place_in(connection, actor, round_id)
        if annotator_id is None:
            return []
        gold = find_gold(connection, round_)
        rounds = [round_.id, gold.gold_round_id] if gold else [round_.id]
        said = [each for one in rounds for each in current_annotations(connection, one, annotator_id=annotator_id)]
        latest = sorted(said, key=lambda each: -each.id)[:limit]
        items = [each.item_id for each in latest]
        slots = {
            (one, item): slot
            for one in rounds
            for item, slot in store.slots_of(connection, one, annotator_id, items).items()
        }
        return [
            Mine(
                _named(gold.key if gold else None, slots.get((each.round_id, each.item_id), 0)),
                task_item(store.get_item(connection, each.item_id)),
                each.revision,
                msgspec.Raw(each.answers.encode()),
                iso(each.at),
            )
            for each in latest
        ]


def _named(key: str | None, slot_id: int) -> int:
    return outer_name(key, slot_id) if key and slot_id else slot_id
