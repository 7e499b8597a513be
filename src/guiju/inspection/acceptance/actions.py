"""The customer opens an acceptance over what our own inspection accepted, and judges a sample of their own."""

from collections.abc import Sequence

from sqlalchemy import Connection

from guiju.inspection import store as inspection
from guiju.inspection.acceptance import store
from guiju.inspection.acceptance.content import read_content_of
from guiju.inspection.acceptance.errors import (
    AcceptanceChanged,
    AcceptanceDisputesOpen,
    AcceptanceLotNotAccepted,
    AcceptanceLotSigned,
    AcceptanceNotFound,
    AcceptanceOpen,
    AcceptanceSigned,
    NothingToAccept,
)
from guiju.inspection.acceptance.model import Acceptance, AcceptanceState, Sizing
from guiju.inspection.acceptance.rules import size_of_sample
from guiju.inspection.bench.model import Laid
from guiju.inspection.bench.rules import order_places
from guiju.inspection.errors import LotNotFound, NotInSample, NotOwnWork, VerdictStale
from guiju.inspection.judging import check_against, clean_finding
from guiju.inspection.model import Finding, Lot, LotState, Outcome
from guiju.inspection.reading import find_place, unjudged
from guiju.kit import canonical_json, new_secret
from guiju.people import Act, NotAllowed, Role, find_account
from guiju.projects import authorise
from guiju.projects.model import Standing
from guiju.rulebooks import get_published
from guiju.stats.draw import draw_sample
from guiju.storage import Actor, Event, House, Tx
from guiju.work import show_item

MOST_LAID = 20


def authorise_requester(connection: Connection, actor: Actor, project_id: int) -> Standing:
    """Only the requester accepts: neither an administrator nor whoever can reach the house signs in their place.

    Raises `NotAllowed`, and as `authorise` does.
    """
    standing = authorise(connection, actor, project_id, Act.ACCEPT)
    if Role.REQUESTER not in standing.roles:
        raise NotAllowed(act=Act.ACCEPT.value)
    return standing


def open_acceptance(
    house: House, actor: Actor, project_id: int, *, request_id: str, sizing: Sizing, lots: Sequence[int] = ()
) -> int:
    """Offer `lots` (ids; none: all that wait) and draw the customer's own sample of them; returns the acceptance.

    Raises `NothingToAccept`, `LotNotFound`, `AcceptanceLotNotAccepted`, `AcceptanceLotSigned`, `AcceptanceOpen`,
    `AcceptanceDisputesOpen`, `SampleUnclear`, `SampleTooLarge`, `ClaimImpossible`.
    """
    with house.reading() as connection:
        authorise_requester(connection, actor, project_id)
        offered = _offered(connection, project_id, lots)
        check_undisputed(connection, offered)
        ids = [lot.id for lot in offered]
        last = store.last_resolution(connection)
        content = read_content_of(connection, ids, last) if ids else None
    seed, drawn = new_secret(), list[tuple[int, int]]()
    if content is not None:
        n = size_of_sample(sizing, len(content.held))
        drawn = [(int(one), content.held[int(one)]) for one in draw_sample(map(str, sorted(content.held)), n, seed)]

    def act(tx: Tx) -> int:
        if content is None:
            raise NothingToAccept
        under_way = store.find_open(tx.connection, project_id)
        if under_way is not None:
            raise AcceptanceOpen(number=under_way.number)
        _check_still(tx, project_id, offered)
        acceptance_id = store.insert_acceptance(
            tx,
            project_id=project_id,
            n=len(drawn),
            seed=seed,
            items=len(content.held),
            content=content.digest,
            versions=canonical_json(content.versions).decode(),
            last_resolution=last,
            opened_by=actor.id,
        )
        store.insert_lots(tx, acceptance_id, offered)
        store.insert_places(tx, acceptance_id, drawn)
        facts = {"lots": ids, "seed": seed, "n": len(drawn), "content": content.digest}
        tx.journal(Event(actor.id, "acceptance.opened", project_id, acceptance_id, facts=facts))
        return acceptance_id

    def write(tx: Tx) -> int:
        authorise_requester(tx.connection, actor, project_id)
        return tx.once(request_id, actor.id, f"acceptance.open.{project_id}", lambda: act(tx))

    return house.write(write)


def _offered(connection: Connection, project_id: int, wanted: Sequence[int]) -> list[Lot]:
    waiting = store.waiting_lots(connection, project_id)
    if not wanted:
        return waiting
    by_id = {lot.id: lot for lot in waiting}
    for lot_id in wanted:
        if lot_id not in by_id:
            raise _why_not(connection, project_id, lot_id)
    return [by_id[lot_id] for lot_id in dict.fromkeys(wanted)]


def _why_not(
    connection: Connection, project_id: int, lot_id: int
) -> LotNotFound | AcceptanceLotNotAccepted | AcceptanceLotSigned:
    lot = inspection.find_lot(connection, project_id, lot_id)
    if lot is None:
        return LotNotFound(lot=lot_id)
    signed = store.signed_in(connection, lot_id)
    if lot.state is LotState.ACCEPTED and signed is not None:
        return AcceptanceLotSigned(number=lot.number, acceptance=signed)
    return AcceptanceLotNotAccepted(number=lot.number, state=lot.state_name)


def _check_still(tx: Tx, project_id: int, offered: Sequence[Lot]) -> None:
    """Between reading and writing a lot may have been decided anew."""
    for lot in offered:
        now = inspection.lock_lot(tx, project_id, lot.id)
        if now is None or (now.state, now.decided_event) != (lot.state, lot.decided_event):
            raise AcceptanceChanged(number=lot.number)


def check_undisputed(connection: Connection, offered: Sequence[Lot]) -> None:
    """Raises `AcceptanceDisputesOpen`."""
    disputed = store.disputes_by_lot(connection, [lot.id for lot in offered])
    if disputed:
        named = ", ".join(str(lot.number) for lot in offered if lot.id in disputed)
        raise AcceptanceDisputesOpen(count=sum(disputed.values()), lots=named)


def acceptance_of(connection: Connection, project_id: int, acceptance_id: int) -> Acceptance:
    """Raises `AcceptanceNotFound`."""
    found = store.find_acceptance(connection, project_id, acceptance_id)
    if found is None:
        raise AcceptanceNotFound(acceptance=acceptance_id)
    return found


def check_under_way(connection: Connection, acceptance: Acceptance) -> None:
    """Raises `AcceptanceSigned`, which says who decided and how."""
    if acceptance.state is AcceptanceState.JUDGING:
        return
    signer = find_account(connection, acceptance.signed_by or 0)
    name = acceptance.statement.name if acceptance.statement else signer.name if signer else "–"
    raise AcceptanceSigned(number=acceptance.number, state=acceptance.state_name, name=name)


def lay_places(
    house: House,
    actor: Actor,
    project_id: int,
    acceptance_id: int,
    *,
    want: int,
    rulebook_id: int | None = None,
    item_id: int | None = None,
) -> list[Laid]:
    """The next places of the customer's sample, of those made under one rulebook: `item_id` first, judged or not.

    Raises `AcceptanceNotFound`, `AcceptanceSigned`, `NotInSample`, `NotOwnWork`.
    """
    with house.reading() as connection:
        authorise_requester(connection, actor, project_id)
        check_under_way(connection, acceptance_of(connection, project_id, acceptance_id))
        sample = store.read_sample(connection, acceptance_id)
        own = store.own_places(connection, acceptance_id, actor.id)
        made = store.rulebooks_of(connection, acceptance_id)
        left = order_places(sample, unjudged(sample, own), actor.id)
        first = find_place(sample, own, item_id) if item_id is not None else None
        waiting = left if first is None else [first, *(each for each in left if each.place != first.place)]
        book = rulebook_id if rulebook_id is not None else made[waiting[0].item_id] if waiting else 0
        wanted = [each for each in waiting if made[each.item_id] == book][: max(0, min(want, MOST_LAID))]
        answers = {each.item_id: inspection.find_resolution_of(connection, each).answers for each in wanted}
        return [Laid(each, show_item(connection, each.item_id), answers[each.item_id]) for each in wanted]


def judge_place(  # noqa: PLR0913, PLR0917 - a verdict is said in one call
    house: House,
    actor: Actor,
    project_id: int,
    acceptance_id: int,
    item_id: int,
    request_id: str,
    finding: Finding,
    *,
    seen: int | None = None,
) -> int:
    """Store what the customer found on one item of their sample; said again it is a new revision. Returns the verdict.

    Answers are only read here: a correction is left out. Raises `AcceptanceNotFound`, `AcceptanceSigned`,
    `NotInSample`, `NotOwnWork`, `VerdictStale`, `DefectIncomplete`, `UnknownClause`.
    """
    clean = clean_finding(finding)

    def act(tx: Tx, acceptance: Acceptance) -> int:
        check_under_way(tx.connection, acceptance)
        found = store.read_sample(tx.connection, acceptance.id, item_id)
        if not found:
            raise NotInSample(item=item_id)
        if store.own_places(tx.connection, acceptance.id, actor.id, item_id):
            raise NotOwnWork(item=item_id)
        before = found[0].verdict.revision if found[0].verdict else 0
        if seen is not None and seen != before:
            raise VerdictStale(item=item_id, revision=before)
        if clean.outcome is Outcome.DEFECT:
            held = inspection.find_resolution_of(tx.connection, found[0])
            check_against(get_published(tx.connection, held.rulebook_id), clean)
        verdict = store.insert_verdict(tx, found[0], clean, acceptance_id=acceptance.id, given_by=actor.id)
        facts = {"item": item_id, "outcome": clean.outcome.value, "verdict": verdict}
        tx.journal(
            Event(actor.id, "acceptance.judged", project_id, acceptance.id, from_revision=before or None, facts=facts)
        )
        return verdict

    def write(tx: Tx) -> int:
        authorise_requester(tx.connection, actor, project_id)
        acceptance = store.lock_acceptance(tx, project_id, acceptance_id)
        if acceptance is None:
            raise AcceptanceNotFound(acceptance=acceptance_id)
        action = f"acceptance.judge.{acceptance_id}.{item_id}"
        return tx.once(request_id, actor.id, action, lambda: act(tx, acceptance))

    return house.write(write)
