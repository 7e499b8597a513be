"""Decisions of the queue: who an open slot is for, whether an answer still counts."""

import enum
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guiju.annotations import Round, RoundClosed, RoundState
from guiju.kit import N_
from guiju.work.errors import TimeOver
from guiju.work.model import Slot, SlotState

LEASE_MICROS = 30 * 60 * 1_000_000
MOST_AHEAD = 10
# Two clocks that both are right differ by so much over an item.
CLOCKS_APART_MS = 1_000
# An answer that was sent in time may arrive so much later.
GRACE_MICROS = 10 * 1_000_000
# What the column holds: more than three weeks.
MOST_ACTIVE_MS = 2**31 - 1
# Answers wanted of the same item lie this far apart in the queue, so that nobody meets an item twice in a row.
LAYER = 1 << 40
MOST_LAYERS = 9


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


def decide_active(claimed: int | None, leased_at: int | None, now: int) -> tuple[int | None, int | None]:
    """The active time that is stored, in milliseconds, and the claim where it cannot be.

    Nobody worked longer on an item than they had it. A page's clock is theirs to set, so a claim beyond that, or below
    nothing, is cut to what is possible and kept beside it.
    """
    if claimed is None:
        return None, None
    most = MOST_ACTIVE_MS if leased_at is None else max(0, now - leased_at) // 1_000
    if 0 <= claimed <= most <= MOST_ACTIVE_MS:
        return claimed, None
    possible = max(0, min(claimed, most, MOST_ACTIVE_MS))
    odd = claimed < 0 or claimed - possible > CLOCKS_APART_MS
    return possible, max(-MOST_ACTIVE_MS, min(claimed, MOST_ACTIVE_MS)) if odd else None


def check_open(round_: Round, now: int) -> None:
    """Raises `RoundClosed`, `TimeOver`."""
    if round_.until is not None and now > round_.until + GRACE_MICROS:
        raise TimeOver
    if round_.state is not RoundState.OPEN:
        raise RoundClosed(state=round_.state.value)


@dataclass(frozen=True, slots=True)
class ProductionGate:
    """Whether a project may produce, and why: `why` is a msgid with `places`."""

    opens: bool
    why: str
    places: Mapping[str, object] = field(default_factory=dict[str, object])
    overridden: bool = False


PASSED = N_("Trial {n} passed its gate under version {version}.")
OPENED_BY_REASON = N_("The gate of trial {n} was opened with a signed reason.")
WITHOUT = N_("Opened without a trial, with a signed reason.")
NO_TRIAL = N_("No trial has passed its gate yet.")
OUTDATED = N_("Trial {n} passed under version {version}; the rules have changed their meaning since ({now}).")
NOT_PASSED = N_("The gate of trial {n} was not passed.")


def decide_production(
    decisions: Sequence[tuple[int, str, bool, bool]], version: str, reason: str | None
) -> ProductionGate:
    """Whether production opens: a trial must have passed under this major version, or somebody signs a reason.

    `decisions` are `(number of the trial, its rulebook's version, passed, opened with a reason)`, oldest first.
    """
    now = [each for each in decisions if major(each[1]) == major(version)]
    opening = next((each for each in reversed(now) if each[2] or each[3]), None)
    if opening is not None:
        places = {"n": opening[0], "version": opening[1]}
        return ProductionGate(True, PASSED if opening[2] else OPENED_BY_REASON, places)
    if (reason or "").strip():
        return ProductionGate(True, WITHOUT, overridden=True)
    if not decisions:
        return ProductionGate(False, NO_TRIAL)
    last = decisions[-1]
    outdated = major(last[1]) != major(version) and (last[2] or last[3])
    return ProductionGate(
        False, OUTDATED if outdated else NOT_PASSED, {"n": last[0], "version": last[1], "now": version}
    )


def major(version: str) -> str:
    """The part of a version that moves when its meaning does."""
    return version.split(".", 1)[0]


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
