"""The stages' times and what waits, gathered; the caller authorises."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from guiju.inspection import LotState
from guiju.people import Act
from guiju.planning.model import Facts
from guiju.planning.stages import store
from guiju.planning.stages.model import LotTimes, Stage, StageTime, Wait, WaitKind
from guiju.planning.stages.rules import plain_stage, stage_times
from guiju.planning.stages.store import LotNow, Package
from guiju.rulings import Waiting


def look_at_stages(connection: Connection, project_id: int) -> list[StageTime]:
    """How long each stage took so far, those that nothing went through left out."""
    handed = store.packages(connection, project_id)
    lots = [replace_delivered(lot, handed) for lot in store.lot_times(connection, project_id)]
    told = stage_times(lots, store.sampled_waits(connection, [lot.lot_id for lot in lots]))
    asked = plain_stage(Stage.QUESTION, store.question_waits(connection, project_id))
    disputed = plain_stage(Stage.DISPUTE, store.dispute_waits(connection, project_id))
    return [*told, *(each for each in (asked, disputed) if each is not None)]


def replace_delivered(lot: LotTimes, handed: Sequence[Package]) -> LotTimes:
    """The lot with the moment of the first delivery that holds it."""
    if lot.state != LotState.ACCEPTED:
        return lot
    held = [one.at for one in handed if holds(one, lot.number, lot.decided_event or 0)]
    return lot._replace(delivered_at=min(held, default=None))


def holds(package: Package, number: int, decided_event: int) -> bool:
    """Whether a delivery was frozen after the lot was accepted, and asked for it."""
    return decided_event <= package.as_of and (not package.lots or number in package.lots)


def look_at_waiting(
    connection: Connection, project_id: int, facts: Facts, questions: Waiting | None, names: Mapping[int | None, str]
) -> list[Wait]:
    """What waits now, whatever has waited longest first; since when answers wait for a lot is left open."""
    found = [*_lots(connection, project_id), *_disputes(connection, project_id)]
    found += _accepted(connection, project_id, facts.lots.accepted_items)
    if facts.unlotted:
        found.append(Wait(WaitKind.IN_NO_LOT, facts.unlotted, None, Act.DRAW_LOT, "/lots"))
    if questions is not None and questions.open:
        whose = tuple(names.get(one.owner_id, "") for one in questions.owners if one.owner_id in names)
        asked = Wait(WaitKind.QUESTIONS, questions.open, questions.oldest_at, Act.RULE, "/questions", names=whose)
        found.append(asked)
    return sorted(found, key=lambda one: one.since if one.since is not None else 1 << 62)


def dated(connection: Connection, project_id: int, waits: Sequence[Wait]) -> list[Wait]:
    """The same with the moment since when answers wait for a lot, which is a walk over what was drawn before them."""
    return [
        replace(one, since=store.oldest_in_no_lot(connection, project_id)) if one.kind is WaitKind.IN_NO_LOT else one
        for one in waits
    ]


def _lots(connection: Connection, project_id: int) -> list[Wait]:
    lots = store.open_lots(connection, project_id)
    reworked = [lot.rework_round for lot in lots if lot.rework_round is not None]
    out = store.still_out(connection, reworked) if reworked else {}
    last = store.last_answer_in(connection, reworked) if reworked else {}
    return [_lot(lot, out.get(lot.rework_round or 0, {}), last) for lot in lots]


def _lot(lot: LotNow, out: Mapping[str | None, int], last: Mapping[int, int]) -> Wait:
    if lot.state == LotState.INSPECTING:
        since = lot.judged_at or lot.drawn_at
        return Wait(WaitKind.LOT, 1, since, Act.INSPECT, f"/lots/{lot.lot_id}", lot.lot_id, lot.number)
    answered = last.get(lot.rework_round or 0)
    since = max(lot.decided_at or lot.drawn_at, answered or 0)
    if out:
        whose = tuple(name for name in out if name is not None)
        return Wait(WaitKind.REWORK, sum(out.values()), since, Act.ANNOTATE, "/rounds", lot.lot_id, lot.number, whose)
    return Wait(WaitKind.RESUBMISSION, 1, since, Act.DRAW_LOT, f"/lots/{lot.lot_id}", lot.lot_id, lot.number)


def _disputes(connection: Connection, project_id: int) -> list[Wait]:
    count, since = store.open_disputes(connection, project_id)
    return [Wait(WaitKind.DISPUTES, count, since, Act.RULE, "/disputes")] if count else []


def _accepted(connection: Connection, project_id: int, accepted: int) -> list[Wait]:
    handed = store.packages(connection, project_id)
    lots = store.accepted_lots(connection, project_id)
    waiting = [lot for lot in lots if not any(holds(one, lot[1], lot[2]) for one in handed)]
    if not waiting:
        return []
    items = accepted if len(waiting) == len(lots) else store.count_entries(connection, [lot[0] for lot in waiting])
    return [Wait(WaitKind.DELIVERY, items, min(lot[3] for lot in waiting), Act.DELIVER, "/deliveries")]
