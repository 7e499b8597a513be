"""Verdicts on the sample, and the decision on the lot."""

from collections.abc import Iterable
from dataclasses import replace

import msgspec

from guiju.data import find_items
from guiju.inspection import store
from guiju.inspection.correcting import settle_correction, summarise_correction
from guiju.inspection.disputes.store import count_open
from guiju.inspection.errors import (
    DisputesOpen,
    LotNotFound,
    NotInSample,
    NotOwnWork,
    UnknownClause,
    VerdictDisputed,
    VerdictStale,
)
from guiju.inspection.model import (
    DEFECT_NAMES,
    WEIGHT_NAMES,
    Finding,
    Lot,
    LotState,
    Outcome,
    SampleItem,
    Scope,
)
from guiju.inspection.plans.rules import standing_of
from guiju.inspection.rework.actions import address
from guiju.inspection.rework.model import ReworkTo
from guiju.inspection.rules import check_finding, check_undecided, decide, judged_of
from guiju.inspection.seconds.actions import take_second
from guiju.inspection.unfolding import unfold
from guiju.kinds import decode_answers, encode_answers
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import CompiledRulebook, get_published, latest_published
from guiju.storage import Actor, Event, House, Tx
from guiju.work import Found, Returned, open_rework

NOTE_LENGTH = 2_000
SAME = ReworkTo()


def judge(  # noqa: PLR0913, PLR0917 - a verdict is said in one call
    house: House,
    actor: Actor,
    project_id: int,
    lot_id: int,
    item_id: int,
    request_id: str,
    finding: Finding,
    *,
    seen: int | None = None,
) -> int:
    """Store what an inspector found on one item of the sample; said again it is a new revision. Returns the verdict.

    `seen` is the revision that the inspector had before them (0: none); without it the verdict is put over any.
    Raises `LotNotFound`, `NotInSample`, `NotOwnWork`, `LotDecided`, `VerdictDisputed`, `VerdictStale`,
    `DefectIncomplete`, `UnknownClause`, `BadAnswer`, and of a correction `AnswersRefused`, `CorrectionIsAnswer`.
    """
    clean = clean_finding(finding)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.INSPECT)
        # Held: a decision that is being taken counts this verdict or refuses it, never neither.
        lot = store.lock_lot(tx, project_id, lot_id)
        if lot is None:
            raise LotNotFound(lot=lot_id)
        return tx.once(
            request_id,
            actor.id,
            f"verdict.give.{lot_id}.{item_id}",
            lambda: _judge(tx, actor, lot, item_id, clean, request_id=request_id, seen=seen),
        )

    return house.write(write)


def clean_finding(finding: Finding) -> Finding:
    """A pass carries no defect; a correction is kept in the one byte form of answers."""
    correction = encode_answers(decode_answers(finding.correction)).decode() if finding.correction else None
    note = (finding.note or "").strip()[:NOTE_LENGTH] or None
    if finding.outcome is Outcome.PASS:
        return Finding(Outcome.PASS, note=note)
    return Finding(finding.outcome, finding.defect_type, finding.severity, finding.clause or None, note, correction)


def _judge(tx: Tx, actor: Actor, lot: Lot, item_id: int, finding: Finding, *, request_id: str, seen: int | None) -> int:
    place = store.find_place(tx.connection, lot.id, item_id)
    if place is None:
        raise NotInSample(item=item_id)
    if store.own_places(tx.connection, lot.id, actor.id, item_id):
        raise NotOwnWork(item=item_id)
    finding = _settled(tx, lot, place, finding)
    look = take_second(tx, actor, lot, place, finding, request_id=request_id, seen=seen)
    if look is not None:
        return look
    check_undecided(lot)
    if count_open(tx.connection, lot.project_id, lot.id, item_id):
        raise VerdictDisputed(item=item_id)
    before = place.verdict.revision if place.verdict else 0
    if seen is not None and seen != before:
        raise VerdictStale(item=item_id, revision=before)
    verdict_id = store.insert_verdict(tx, place, finding, lot_id=lot.id, inspector_id=actor.id, request_id=request_id)
    facts = {"lot": lot.id, "item": item_id, "outcome": finding.outcome.value, "verdict": verdict_id}
    tx.journal(Event(actor.id, "verdict.given", lot.project_id, lot.id, from_revision=before or None, facts=facts))
    return verdict_id


def _settled(tx: Tx, lot: Lot, place: SampleItem, finding: Finding) -> Finding:
    """A defect in the words of its rulebook, its correction whole."""
    if finding.outcome is not Outcome.DEFECT:
        return finding
    held = store.find_resolution_of(tx.connection, place)
    rulebook = get_published(tx.connection, held.rulebook_id)
    check_against(rulebook, finding)
    if not finding.correction:
        return finding
    item = find_items(tx.connection, lot.project_id, [place.item_id])[place.item_id]
    return replace(finding, correction=settle_correction(finding.correction, held.answers, rulebook, item))


def check_against(rulebook: CompiledRulebook, finding: Finding) -> None:
    """A finding in the words of the version that was answered under. Raises `DefectIncomplete`, `UnknownClause`."""
    check_finding(finding, kinds_of(rulebook))
    if finding.clause and finding.clause not in {clause.id for clause in rulebook.rulebook.clauses}:
        raise UnknownClause(clause=finding.clause)


def kinds_of(rulebook: CompiledRulebook) -> list[str]:
    return [field.kind for field in rulebook.fields]


def decide_lot(
    house: House,
    actor: Actor,
    project_id: int,
    lot_id: int,
    request_id: str,
    *,
    scope: Scope = Scope.ALL,
    to: ReworkTo = SAME,
) -> LotState:
    """Accept or reject by what the plan says of the verdicts; returns the new state.

    A rejected lot goes back: all of it to be looked at again by those who made it (`Scope.ALL`, the trade's practice),
    or only what was found defective; `to` says to whom. Raises `LotNotFound`, `LotDecided`, `DisputesOpen`,
    `SampleNotJudged`, `NobodyElse`, `NotAReworker`.
    """

    def write(tx: Tx) -> str:
        authorise(tx.connection, actor, project_id, Act.DECIDE_LOT)
        lot = store.lock_lot(tx, project_id, lot_id)
        if lot is None:
            raise LotNotFound(lot=lot_id)
        return tx.once(request_id, actor.id, "lot.decide", lambda: _decide(tx, actor, lot, scope, to))

    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.DECIDE_LOT)
    unfold(house, project_id)
    return LotState(house.write(write))


def _decide(tx: Tx, actor: Actor, lot: Lot, scope: Scope, to: ReworkTo) -> str:
    check_undecided(lot)
    disputed = count_open(tx.connection, lot.project_id, lot.id)
    if disputed:
        raise DisputesOpen(count=disputed, number=lot.number)
    sample = store.read_sample(tx.connection, lot.id)
    decision = decide(lot.plan, standing_of(lot.plan, judged_of(sample)))
    state = LotState.ACCEPTED if decision.accepted else LotState.REJECTED
    event = tx.journal(
        Event(actor.id, f"lot.{state.value}", lot.project_id, lot.id, facts=dict(decision.reason.details))
    )
    store.set_decided(
        tx,
        lot.id,
        state=state,
        reason=store.encode_reason(decision.reason),
        decided_by=actor.id,
        decided_at=tx.at,
        decided_event=event,
    )
    if state is LotState.REJECTED:
        _send_back(tx, actor, lot, sample, scope, to)
    return state.value


def _send_back(  # noqa: PLR0917 - what goes back, from where and to whom
    tx: Tx, actor: Actor, lot: Lot, sample: Iterable[SampleItem], scope: Scope, to: ReworkTo
) -> None:
    defects = {
        place.item_id: (place.verdict.finding, store.find_resolution_of(tx.connection, place).answers)
        for place in sample
        if place.verdict and place.verdict.finding.outcome is Outcome.DEFECT
    }
    only = list(defects) if scope is Scope.DEFECTS else None
    published = latest_published(tx.connection, lot.project_id)
    assert published is not None  # resolutions are made under a published version
    round_id = open_rework(
        tx,
        project_id=lot.project_id,
        lot_id=lot.id,
        rulebook_id=published.id,
        created_by=actor.id,
        items=[
            returned_of(item, who, *defects.get(item, (None, "")))
            for item, who in address(tx, lot, store.read_entries(tx.connection, lot.id, only), to)
        ],
    )
    store.set_decided(tx, lot.id, rework_round=round_id, rework_scope=scope)


def returned_of(item_id: int, annotator_id: int | None, finding: Finding | None, held: str) -> Returned:
    """An item on its way back, with what was found on it."""
    if finding is None or finding.defect_type is None or finding.severity is None:
        return Returned(item_id, annotator_id)
    found = Found(
        DEFECT_NAMES[finding.defect_type],
        WEIGHT_NAMES[finding.severity],
        finding.clause,
        finding.note,
        msgspec.Raw(held.encode()),
        msgspec.Raw(finding.correction.encode()) if finding.correction else None,
    )
    return Returned(item_id, annotator_id, describe_finding(finding, held), found)


def describe_finding(finding: Finding, held: str = "{}") -> str:
    """A defect as its annotator reads it: the clause, what, what should have been answered instead of `held`, the
    inspector's own words.
    """
    right = summarise_correction(finding.correction, held) if finding.correction else ""
    parts = [finding.clause, finding.defect_type, right and f"→ {right}", finding.note]
    return " · ".join(str(part) for part in parts if part)
