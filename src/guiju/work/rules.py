"""Decisions of the queue: who an open slot is for, whether an answer still counts."""

import enum
import json
from typing import Any

from guiju.annotations import Round, RoundClosed, RoundState
from guiju.work.model import Slot, SlotState

LEASE_MICROS = 30 * 60 * 1_000_000
MOST_AHEAD = 10
# Answers wanted of the same item lie this far apart in the queue, so that nobody meets an item twice in a row.
LAYER = 1 << 40


class Standing(enum.Enum):
    """How an answer finds its slot."""

    HELD = "held"
    LAPSED = "lapsed"
    REVISED = "revised"
    SEALED = "sealed"
    FOREIGN = "foreign"


def decide_standing(slot: Slot | None, round_id: int, annotator_id: int, lease: str, now: int) -> Standing:
    """Whether an answer with this lease (empty: a correction of one's own earlier answer) may be stored."""
    if slot is None or slot.round_id != round_id:
        return Standing.FOREIGN
    mine = slot.annotator_id == annotator_id
    if not lease:
        return _standing_of_correction(slot, mine)
    if slot.state is SlotState.LEASED and mine and slot.lease == lease and (slot.lease_until or 0) >= now:
        return Standing.HELD
    return Standing.LAPSED


def _standing_of_correction(slot: Slot, mine: bool) -> Standing:
    if not mine:
        return Standing.FOREIGN
    if slot.state is SlotState.SEALED:
        return Standing.SEALED
    return Standing.REVISED if slot.state is SlotState.DONE else Standing.LAPSED


def check_open(round_: Round) -> None:
    """Raises `RoundClosed`."""
    if round_.state is not RoundState.OPEN:
        raise RoundClosed(state=round_.state.value)


def gate_json(measure: str, at_least: float, rule: str) -> str:
    """The gate as a round keeps it."""
    return json.dumps({"measure": measure, "at_least": at_least, "rule": rule}, sort_keys=True)


def spread(ids: list[int], annotators: list[int]) -> list[dict[str, Any]]:
    """A trial's slots: every item once for every annotator, in the same order."""
    return [
        {"item_id": item_id, "ordinal": place, "reserved": annotator}
        for annotator in annotators
        for place, item_id in enumerate(ids)
    ]
