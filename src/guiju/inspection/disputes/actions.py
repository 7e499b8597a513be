"""Disputes are raised by who gave the answer, and ruled on by somebody who neither gave it nor judged it."""

from collections.abc import Iterable
from dataclasses import replace

from guiju.annotations import RoundState, set_round_state
from guiju.inspection import store as inspection
from guiju.inspection.disputes import store
from guiju.inspection.disputes.errors import (
    DisputedAlready,
    DisputeNotFound,
    DisputeRuled,
    NotYourFinding,
    ReworkBegun,
    RulesOnOwnVerdict,
)
from guiju.inspection.disputes.model import Dispute, Disputed, DisputeRuling, DisputeState, MyFinding
from guiju.inspection.disputes.rules import check_reopening, clean_reason, defect_of
from guiju.inspection.errors import LotNotFound, NotOwnWork, UnknownClause
from guiju.inspection.model import Finding, Lot, LotState, Outcome, Verdict
from guiju.kinds import decode_answers, encode_answers
from guiju.kit import Page, PageRequest, decode_cursor, encode_cursor
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import get_published
from guiju.rulings import RuledAnswer, keep_ruling
from guiju.storage import Actor, Event, House, Tx


def raise_dispute(
    house: House, actor: Actor, project_id: int, lot_id: int, item_id: int, *, request_id: str, reason: str
) -> int:
    """Hold that what was found on one's own answer is no defect; returns the dispute.

    Raises `DisputeEmpty`, `LotNotFound`, `NothingToDispute`, `NotYourFinding`, `DisputedAlready`.
    """
    said = clean_reason(reason)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.ANNOTATE)
        lot = inspection.lock_lot(tx, project_id, lot_id)
        if lot is None:
            raise LotNotFound(lot=lot_id)
        return tx.once(request_id, actor.id, f"dispute.raise.{lot_id}", lambda: _raise(tx, actor, lot, item_id, said))

    return house.write(write)


def _raise(tx: Tx, actor: Actor, lot: Lot, item_id: int, reason: str) -> int:
    if not inspection.own_places(tx.connection, lot.id, actor.id, item_id):
        raise NotYourFinding(item=item_id)
    verdict = defect_of(inspection.find_place(tx.connection, lot.id, item_id))
    before = store.find_by_verdict(tx.connection, verdict.id)
    if before is not None:
        raise DisputedAlready(state=before.state_name)
    dispute_id = store.insert_dispute(
        tx,
        project_id=lot.project_id,
        lot_id=lot.id,
        item_id=item_id,
        verdict_id=verdict.id,
        raised_by=actor.id,
        reason=reason,
    )
    facts = {"lot": lot.id, "item": item_id, "verdict": verdict.id}
    tx.journal(Event(actor.id, "dispute.raised", lot.project_id, dispute_id, facts=facts))
    return dispute_id


def rule_dispute(
    house: House, actor: Actor, project_id: int, dispute_id: int, said: DisputeRuling, *, request_id: str
) -> DisputeState:
    """Withdraw the defect or confirm it.

    What is right by the ruling (the answer that was judged, or the inspector's correction) becomes a reference. Raises
    `DisputeNotFound`, `DisputeEmpty`, `DisputeRuled`, `RulesOnOwnVerdict`, `NotOwnWork`, `UnknownClause`.
    """
    said = replace(said, text=clean_reason(said.text), clause=(said.clause or "").strip() or None)

    def write(tx: Tx) -> str:
        authorise(tx.connection, actor, project_id, Act.RULE)
        dispute = store.lock_dispute(tx, project_id, dispute_id)
        if dispute is None:
            raise DisputeNotFound(dispute=dispute_id)
        return tx.once(request_id, actor.id, f"dispute.rule.{dispute_id}", lambda: _rule(tx, actor, dispute, said))

    return DisputeState(house.write(write))


def _rule(tx: Tx, actor: Actor, dispute: Dispute, said: DisputeRuling) -> str:
    if dispute.state is not DisputeState.OPEN:
        raise DisputeRuled(state=dispute.state_name)
    inspection.lock_lot(tx, dispute.project_id, dispute.lot_id)
    place = inspection.find_place(tx.connection, dispute.lot_id, dispute.item_id)
    verdict = defect_of(place)
    assert place is not None  # `defect_of` saw to it
    if verdict.inspector_id == actor.id:
        raise RulesOnOwnVerdict(item=dispute.item_id)
    if inspection.own_places(tx.connection, dispute.lot_id, actor.id, dispute.item_id):
        raise NotOwnWork(item=dispute.item_id)
    held = inspection.find_resolution_of(tx.connection, place)
    published = get_published(tx.connection, held.rulebook_id)
    if said.clause and said.clause not in {clause.id for clause in published.rulebook.clauses}:
        raise UnknownClause(clause=said.clause)
    store.settle(tx, dispute.id, said.state, ruled_by=actor.id, ruling=said.text, clause=said.clause, gap=said.gap)
    if said.withdraw:
        withdrawn, request_id = Finding(Outcome.PASS, note=said.text), f"dispute-{dispute.id}"
        inspection.insert_verdict(
            tx, place, withdrawn, lot_id=dispute.lot_id, inspector_id=actor.id, request_id=request_id
        )
    right = _right(verdict, held.answers, said.state) or ""
    project_id, item_id = dispute.project_id, dispute.item_id
    ruled = RuledAnswer(project_id, held.round_id, item_id, held.rulebook_id, right, said.clause)
    keep_ruling(tx, actor, ruled, said.text)
    facts = {"lot": dispute.lot_id, "item": item_id, "state": said.state.value, "gap": said.gap}
    tx.journal(Event(actor.id, "dispute.ruled", project_id, dispute.id, facts=facts))
    return said.state.value


def _right(verdict: Verdict, judged: str, state: DisputeState) -> str | None:
    """What the ruling says is right: all fields of the answer, as JSON."""
    if state is DisputeState.WITHDRAWN:
        return judged
    correction = verdict.finding.correction
    if correction is None:
        return None
    return encode_answers({**decode_answers(judged), **decode_answers(correction)}).decode()


def reopen_lot(house: House, actor: Actor, project_id: int, lot_id: int, *, request_id: str) -> None:
    """Take a rejection back that withdrawn defects no longer carry: the lot is inspected again from where it stood,
    and its rework is closed. Raises `LotNotFound`, `LotNotRejected`, `RejectionStands`, `ReworkBegun`.
    """

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.DECIDE_LOT)
        lot = inspection.lock_lot(tx, project_id, lot_id)
        if lot is None:
            raise LotNotFound(lot=lot_id)
        tx.once(request_id, actor.id, f"lot.reopen.{lot_id}", lambda: _reopen(tx, actor, lot))

    house.write(write)


def _reopen(tx: Tx, actor: Actor, lot: Lot) -> None:
    check_reopening(lot, inspection.read_sample(tx.connection, lot.id))
    resubmitted = inspection.find_resubmission(tx.connection, lot.id) is not None
    if resubmitted or inspection.count_unreworked(tx.connection, lot.id, None) != lot.plan.lot:
        raise ReworkBegun(number=lot.number)
    if lot.rework_round is not None:
        set_round_state(tx, lot.rework_round, RoundState.CLOSED)
    nothing = dict.fromkeys(
        ("reason", "rework_round", "rework_scope", "decided_by", "decided_at", "decided_event"), None
    )
    inspection.set_decided(tx, lot.id, state=LotState.INSPECTING, **nothing)
    tx.journal(Event(actor.id, "lot.reopened", lot.project_id, lot.id, facts={"rework": lot.rework_round}))


def list_disputes(
    house: House,
    actor: Actor,
    project_id: int,
    states: Iterable[DisputeState] = tuple(DisputeState),
    wanted: PageRequest | None = None,
) -> Page[Disputed]:
    """The project's disputes, the newest first."""
    wanted = wanted or PageRequest()
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        rows = store.list_disputed(connection, project_id, states, before=_before(wanted), limit=wanted.size + 1)
    more = len(rows) > wanted.size
    rows = rows[: wanted.size]
    return Page(rows, encode_cursor([rows[-1].dispute.id]) if more else None)


def list_my_findings(house: House, actor: Actor, project_id: int, wanted: PageRequest | None = None) -> Page[MyFinding]:
    """What was found wrong with the actor's own answers, the newest first."""
    wanted = wanted or PageRequest()
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_PROJECT)
        rows = store.list_findings_on(connection, project_id, actor.id, before=_before(wanted), limit=wanted.size + 1)
    more = len(rows) > wanted.size
    rows = rows[: wanted.size]
    return Page(rows, encode_cursor([rows[-1].verdict_id]) if more else None)


def _before(wanted: PageRequest) -> int | None:
    before = decode_cursor(wanted.cursor)[0] if wanted.cursor else None
    return before if isinstance(before, int) else None
