"""The requester signs: accepted, with conditions, or sent back; and conditions are closed with their evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from guiju.data import find_items
from guiju.inspection import store as inspection
from guiju.inspection.acceptance import store
from guiju.inspection.acceptance.actions import authorise_requester, check_under_way, check_undisputed
from guiju.inspection.acceptance.errors import (
    AcceptanceChanged,
    AcceptanceNotFound,
    AcceptancePageStale,
    AcceptanceSampleNotJudged,
    ConditionMet,
    ConditionNotFound,
    EvidenceMissing,
    ItemNotOffered,
)
from guiju.inspection.acceptance.model import (
    Acceptance,
    Decision,
    LotOffered,
    Promise,
    Statement,
    VersionUsed,
)
from guiju.inspection.acceptance.rules import (
    check_promises,
    check_reason,
    clean_name,
    clean_text,
    mark_of,
    sum_ours,
    theirs_of,
)
from guiju.inspection.judging import returned_of
from guiju.inspection.model import Finding, Lot, LotRow, LotState, Outcome, Reason, SampleItem, Scope
from guiju.inspection.reading import with_tallies
from guiju.inspection.rules import tally
from guiju.kit import N_, canonical_json, digest, iso
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import latest_published
from guiju.storage import Actor, Event, House, Tx
from guiju.work import Returned, open_rework

SENT_BACK = N_("The customer sent it back, in acceptance {number}.")


@dataclass(frozen=True, slots=True)
class Said:
    """What the requester signs with: `mark` is that of the page they read; `items` go back alone, else whole lots."""

    decision: Decision
    name: str = ""
    mark: str = ""
    conditions: tuple[Promise, ...] = ()
    reason: str = ""
    items: tuple[int, ...] = ()


class Facts(NamedTuple):
    """What an acceptance says while it is open: what a page shows, and what is about to be signed."""

    rows: list[LotRow]
    offered: tuple[LotOffered, ...]
    versions: tuple[VersionUsed, ...]
    sample: list[SampleItem]
    mark: str


def facts_of(connection: Connection, acceptance: Acceptance) -> Facts:
    """The figures of an acceptance as they are now."""
    lots = store.lots_of(connection, acceptance.id)
    rows = with_tallies(connection, lots)
    offered = tuple(LotOffered(row.lot.number, row.lot.plan.lot, row.tally.judged, row.tally.defective) for row in rows)
    versions = acceptance.versions
    sample = store.read_sample(connection, acceptance.id)
    mark = mark_of(acceptance.content, offered, versions, theirs_of(tally(sample)))
    return Facts(rows, offered, versions, sample, mark)


def sign_acceptance(
    house: House, actor: Actor, project_id: int, acceptance_id: int, said: Said, *, request_id: str
) -> Decision:
    """Decide an acceptance, exactly once. What is sent back becomes rework, and its lots are rejected.

    Raises `AcceptanceNotFound`, `AcceptanceSigned`, `SignerNameMissing`, `ConditionsMissing`, `ConditionIncomplete`,
    `ReturnReasonMissing`, `ItemNotOffered`, `AcceptanceDisputesOpen`, `AcceptanceChanged`, `AcceptancePageStale`,
    `AcceptanceSampleNotJudged`.
    """

    def write(tx: Tx) -> str:
        authorise_requester(tx.connection, actor, project_id)
        # Held: of two who sign at once, the second finds the signature of the first.
        acceptance = store.lock_acceptance(tx, project_id, acceptance_id)
        if acceptance is None:
            raise AcceptanceNotFound(acceptance=acceptance_id)
        return tx.once(
            request_id, actor.id, f"acceptance.sign.{acceptance_id}", lambda: _decide(tx, actor, acceptance, said)
        )

    return Decision(house.write(write))


def _decide(tx: Tx, actor: Actor, acceptance: Acceptance, said: Said) -> str:
    check_under_way(tx.connection, acceptance)
    if said.decision is Decision.DROP:
        return _drop(tx, actor, acceptance, said)
    name, reason = clean_name(said.name), clean_text(said.reason)
    check_reason(said.decision, reason)
    check_promises(said.decision, said.conditions, datetime.fromtimestamp(tx.at / 1_000_000, UTC).date())
    facts = facts_of(tx.connection, acceptance)
    lots = [row.lot for row in facts.rows]
    _check(tx, acceptance, facts, said, lots)
    chosen = _chosen(tx, acceptance, said)
    statement = _statement(tx, actor, acceptance, facts, said, name, reason)
    signed = digest(statement)
    event = tx.journal(Event(actor.id, "acceptance.signed", acceptance.project_id, acceptance.id, digest=signed))
    store.settle(
        tx,
        acceptance.id,
        state=said.decision.value,
        statement=canonical_json(statement).decode(),
        digest=signed,
        signed_by=actor.id,
        signed_at=tx.at,
        signed_event=event,
    )
    store.insert_conditions(tx, acceptance.id, said.conditions)
    if said.decision is Decision.RETURN:
        for lot in lots:
            if not said.items or lot.id in chosen:
                _send_back(tx, actor, acceptance, lot, chosen.get(lot.id), facts.sample, reason)
    return said.decision.value


def _drop(tx: Tx, actor: Actor, acceptance: Acceptance, said: Said) -> str:
    state = Decision.DROP.value
    facts = {"reason": clean_text(said.reason)}
    event = tx.journal(Event(actor.id, "acceptance.dropped", acceptance.project_id, acceptance.id, facts=facts))
    store.settle(tx, acceptance.id, state=state, signed_by=actor.id, signed_at=tx.at, signed_event=event)
    return state


def _check(tx: Tx, acceptance: Acceptance, facts: Facts, said: Said, lots: Sequence[Lot]) -> None:
    changed = store.newer_lot(tx.connection, acceptance)
    if changed is not None:
        raise AcceptanceChanged(number=changed)
    check_undisputed(tx.connection, lots)
    if said.mark != facts.mark:
        raise AcceptancePageStale
    left = tally(facts.sample).left
    if left and said.decision is not Decision.RETURN:
        raise AcceptanceSampleNotJudged(left=left, n=acceptance.n)


def _chosen(tx: Tx, acceptance: Acceptance, said: Said) -> dict[int, list[int]]:
    """The items that go back by name, by lot. Raises `ItemNotOffered`."""
    if said.decision is not Decision.RETURN or not said.items:
        return {}
    wanted = list(dict.fromkeys(said.items))
    lots = store.lots_of_items(tx.connection, acceptance.id, wanted)
    found = dict[int, list[int]]()
    for item in wanted:
        if item not in lots:
            raise ItemNotOffered(item=item)
        found.setdefault(lots[item], []).append(item)
    return found


def _statement(  # noqa: PLR0917 - all that is signed
    tx: Tx, actor: Actor, acceptance: Acceptance, facts: Facts, said: Said, name: str, reason: str
) -> Statement:
    project = authorise(tx.connection, actor, acceptance.project_id, Act.ACCEPT).project
    named = find_items(tx.connection, acceptance.project_id, said.items) if said.decision is Decision.RETURN else {}
    return Statement(
        project.name,
        acceptance.number,
        said.decision,
        actor.email,
        name,
        iso(tx.at),
        acceptance.items,
        acceptance.content,
        facts.offered,
        facts.versions,
        acceptance.seed,
        acceptance.n,
        sum_ours(facts.rows),
        theirs_of(tally(facts.sample)),
        tuple({"text": one.text, "due": one.due.isoformat()} for one in said.conditions),
        reason,
        tuple(named[item].name for item in sorted(named)),
    )


def _send_back(  # noqa: PLR0917 - what goes back, from where, and why
    tx: Tx,
    actor: Actor,
    acceptance: Acceptance,
    lot: Lot,
    items: Sequence[int] | None,
    sample: Sequence[SampleItem],
    reason: str,
) -> None:
    """The lot is rejected, and what goes back waits for those who made it."""
    facts = {"acceptance": acceptance.number, "items": len(items) if items else lot.plan.lot}
    event = tx.journal(Event(actor.id, "lot.rejected", lot.project_id, lot.id, facts=facts))
    published = latest_published(tx.connection, lot.project_id)
    assert published is not None  # what was accepted was made under a published version
    round_id = open_rework(
        tx,
        project_id=lot.project_id,
        lot_id=lot.id,
        rulebook_id=published.id,
        created_by=actor.id,
        items=_returned(tx, lot, items, sample, reason),
    )
    inspection.set_decided(
        tx,
        lot.id,
        state=LotState.REJECTED,
        reason=inspection.encode_reason(Reason(SENT_BACK, {"number": acceptance.number})),
        decided_by=actor.id,
        decided_at=tx.at,
        decided_event=event,
        rework_round=round_id,
        rework_scope=Scope.CHOSEN if items else Scope.ALL,
    )
    store.insert_returned(tx, acceptance.id, lot.id, items or ())


def _returned(
    tx: Tx, lot: Lot, items: Sequence[int] | None, sample: Sequence[SampleItem], reason: str
) -> Iterator[Returned]:
    defects: dict[int, tuple[Finding, str]] = {
        place.item_id: (place.verdict.finding, inspection.find_resolution_of(tx.connection, place).answers)
        for place in sample
        if place.verdict and place.verdict.finding.outcome is Outcome.DEFECT
    }
    for item, who in inspection.read_entries(tx.connection, lot.id, items):
        if item in defects:
            yield returned_of(item, who, *defects[item])
        else:
            yield Returned(item, who, reason)


def meet_condition(
    house: House, actor: Actor, project_id: int, acceptance_id: int, number: int, *, evidence: str, request_id: str
) -> None:
    """Close a condition with what shows that it is met.

    Raises `EvidenceMissing`, `AcceptanceNotFound`, `ConditionNotFound`, `ConditionMet`.
    """
    said = clean_text(evidence)
    if not said:
        raise EvidenceMissing

    def act(tx: Tx) -> None:
        if store.find_acceptance(tx.connection, project_id, acceptance_id) is None:
            raise AcceptanceNotFound(acceptance=acceptance_id)
        if number not in {one.number for one in store.list_conditions(tx.connection, acceptance_id)}:
            raise ConditionNotFound(number=number)
        if not store.meet(tx, acceptance_id, number, evidence=said, met_by=actor.id):
            raise ConditionMet(number=number)
        facts = {"condition": number, "evidence": said}
        tx.journal(Event(actor.id, "acceptance.condition-met", project_id, acceptance_id, facts=facts))

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.MEET_CONDITION)
        tx.once(request_id, actor.id, f"acceptance.meet.{acceptance_id}.{number}", lambda: act(tx))

    house.write(write)
