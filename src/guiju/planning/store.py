"""The facts of a project's life, read across the slices in a few indexed counts."""

from dataclasses import dataclass
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from guiju.annotations import (
    Origin,
    Round,
    RoundKind,
    RoundState,
    annotation_table,
    list_rounds,
    resolution_table,
)
from guiju.bank import deposit_table
from guiju.briefs import blocking, find_current_brief, find_gaps, parse_brief
from guiju.data import count_items, list_sources
from guiju.delivery import delivery_table
from guiju.inspection import lot_entry_table, lot_table
from guiju.inspection.acceptance import acceptance_table, waiting_lots
from guiju.planning.model import Facts, LotFacts, RoundFacts, TrialFacts
from guiju.rulebooks import latest_published
from guiju.rulings import question_table
from guiju.storage import last_event
from guiju.work import RoundProgress, list_gate_decisions, progress_of_rounds

WORK = (RoundKind.PRODUCTION, RoundKind.REWORK, RoundKind.RECHECK)
"""The rounds whose answers the project is made of."""


def gather_facts(connection: Connection, project_id: int) -> Facts:
    """All that the line of life is decided from; the caller has authorised the reader."""
    version = find_current_brief(connection, project_id)
    brief = parse_brief(version.document) if version else None
    figures = brief.figures if brief else None
    rulebook = latest_published(connection, project_id)
    rounds = [each for each in list_rounds(connection, project_id) if each.state is not RoundState.DRAFT]
    progress = progress_of_rounds(connection, [each.id for each in rounds])
    made = [each for each in rounds if each.kind is RoundKind.PRODUCTION]
    production = [progress[each.id] for each in made]
    answered = [_round(each, progress[each.id]) for each in made if _is_answered(progress[each.id])]
    closed = {each.id for each in made if each.state is RoundState.CLOSED}
    resolved = _count_resolved(connection, project_id)
    known = _list_lots(connection, project_id)
    lasting = _count_lasting(connection, project_id, known)
    lots = _lots(known, lasting.accepted, rounds, progress)
    work = [each for each in rounds if each.kind in WORK]
    return Facts(
        brief_written=brief is not None,
        brief_gaps=len(blocking(find_gaps(brief))) if brief else 0,
        brief_signed_at=version.signed_at if version else None,
        aql=figures.aql if figures else None,
        volume=figures.volume if figures else None,
        items=lasting.items,
        rulebook=rulebook.version if rulebook else None,
        labels=len(rulebook.labels) if rulebook else 0,
        trial=_trial(connection, project_id, rounds, progress),
        production_done=sum(each.done for each in production),
        production_total=sum(each.total for each in production),
        answered=next((each for each in answered if each.round_id not in closed), None),
        unsettled=next((each for each in answered if each.round_id in closed and _waits(connection, each)), None),
        recheck=_recheck(rounds, progress),
        resolved=resolved,
        unlotted=max(0, resolved - lasting.lotted),
        lots=lots,
        unsigned=sum(lot.plan.lot for lot in waiting_lots(connection, project_id)),
        signed=_signed(connection, project_id),
        deliveries=_count(connection, delivery_table.c.project_id == project_id, delivery_table.c.state == "ready"),
        deposits=_count(connection, deposit_table.c.project_id == project_id),
        questions=_count(connection, question_table.c.project_id == project_id, question_table.c.state == "open"),
        due=figures.due if figures else None,
        days_a_week=min(7.0, max(1.0, brief.plan.days_a_week)) if brief else 5.0,
        overlap=max(1, brief.plan.overlap) if brief else 1,
        lotted=lasting.lotted,
        redone=sum(progress[each.id].total for each in rounds if each.kind is RoundKind.REWORK),
        working={each.id: _lacking(progress[each.id]) for each in work if each.state is not RoundState.CLOSED},
        worked=tuple(each.id for each in work),
    )


def _signed(connection: Connection, project_id: int) -> tuple[int, str] | None:
    """The newest signature of the customer."""
    one = acceptance_table.c
    found = select(one.number, one.state).where(one.project_id == project_id, one.signed_event.is_not(None))
    row = connection.execute(found.where(one.state != "dropped").order_by(one.signed_event.desc()).limit(1)).first()
    return (row.number, row.state) if row else None


def _lacking(progress: RoundProgress) -> int:
    return progress.open + progress.leased


def _recheck(rounds: list[Round], progress: dict[int, RoundProgress]) -> TrialFacts | None:
    """The oldest recheck that waits for answers, or to be closed."""
    open_ = [each for each in rounds if each.kind is RoundKind.RECHECK and each.state is RoundState.OPEN]
    if not open_:
        return None
    seen = progress[open_[0].id]
    return TrialFacts(open_[0].id, open_[0].number, seen.done, seen.total, decided=False, passed=False, figure=None)


def _count(connection: Connection, *conditions: ColumnElement[Any]) -> int:
    return connection.execute(select(func.count()).where(*conditions)).scalar_one()


def _round(round_: Round, progress: RoundProgress) -> RoundFacts:
    return RoundFacts(round_.id, round_.number, progress.total, round_.overlap)


def _is_answered(progress: RoundProgress) -> bool:
    return 0 < progress.total == progress.done


def _waits(connection: Connection, round_: RoundFacts) -> bool:
    """Whether a closed round has several answers an item, was never resolved, and left an item open."""
    if round_.overlap == 1:
        return False
    r, a = resolution_table.c, annotation_table.c
    # both values are named so that the index (round, holds, item) leads to the one row
    made = select(r.id).where(r.round_id == round_.round_id, r.holds.in_([True, False]), r.origin == Origin.CONSENSUS)
    if connection.execute(made.limit(1)).first() is not None:
        return False
    held = select(r.id).where(r.item_id == a.item_id, r.holds).exists()
    left = select(a.id).where(a.round_id == round_.round_id, ~held)
    return connection.execute(left.limit(1)).first() is not None


def _count_resolved(connection: Connection, project_id: int) -> int:
    r = resolution_table.c
    return connection.execute(select(func.count()).where(r.project_id == project_id, r.holds)).scalar_one()


@dataclass(frozen=True, slots=True)
class _Counted:
    """Items of a project, those that lie in lots, entries of accepted lots: counted when things were as `of` says."""

    of: tuple[object, ...]
    items: int
    lotted: int
    accepted: int


_counted: WeakKeyDictionary[Engine, dict[int, _Counted]] = WeakKeyDictionary()


def _count_lasting(connection: Connection, project_id: int, lots: "list[_Lot]") -> _Counted:
    """What no answer changes, counted again when a source landed, a lot was drawn or decided, or anything else was
    done to the project but a verdict given."""
    known = _counted.setdefault(connection.engine, {})
    last = last_event(connection, project_id, but="verdict.given")
    of = (last, tuple(lots), tuple((one.id, one.state) for one in list_sources(connection, project_id)))
    if project_id not in known or known[project_id].of != of:
        entry, accepted = lot_entry_table.c, [one.id for one in lots if one.state == "accepted"]
        mine = entry.lot_id.in_([one.id for one in lots])
        lotted = connection.execute(select(func.count(entry.item_id.distinct())).where(mine)).scalar_one()
        held = _count(connection, entry.lot_id.in_(accepted)) if accepted else 0
        known[project_id] = _Counted(of, count_items(connection, project_id), lotted if lots else 0, held)
    return known[project_id]


def _trial(
    connection: Connection, project_id: int, rounds: list[Round], progress: dict[int, RoundProgress]
) -> TrialFacts | None:
    trials = [each for each in rounds if each.kind is RoundKind.TRIAL]
    if not trials:
        return None
    latest = trials[-1]
    decision = next((d for d in list_gate_decisions(connection, project_id) if d.round_id == latest.id), None)
    seen = progress[latest.id]
    figure = decision.figure if decision else None
    passed = bool(decision and decision.passed)
    return TrialFacts(latest.id, latest.number, seen.done, seen.total, decision is not None, passed, figure)


class _Lot(NamedTuple):
    id: int
    state: str
    resubmits: int | None


def _list_lots(connection: Connection, project_id: int) -> list[_Lot]:
    lot = lot_table.c
    found = select(lot.id, lot.state, lot.resubmits).where(lot.project_id == project_id).order_by(lot.id)
    return [_Lot(*row) for row in connection.execute(found)]


def _lots(lots: list[_Lot], accepted_items: int, rounds: list[Round], progress: dict[int, RoundProgress]) -> LotFacts:
    inspecting = [lot.id for lot in lots if lot.state == "inspecting"]
    accepted = [lot.id for lot in lots if lot.state == "accepted"]
    again = {lot.resubmits for lot in lots}
    rejected = [lot.id for lot in lots if lot.state == "rejected" and lot.id not in again]
    reworked = {each.lot_id: progress[each.id] for each in rounds if each.kind is RoundKind.REWORK}
    waiting = {lot: reworked[lot].open + reworked[lot].leased if lot in reworked else 0 for lot in rejected}
    return LotFacts(
        inspecting=len(inspecting),
        accepted=len(accepted),
        rejected=len(rejected),
        accepted_items=accepted_items,
        first_inspecting=inspecting[0] if inspecting else None,
        waiting_resubmission=next((lot for lot in rejected if not waiting[lot]), None),
        rework_open=sum(waiting.values()),
    )
