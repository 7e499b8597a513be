"""Rounds are opened: which items, who, how many answers, behind which gate.

A round is filled in chunks while it is a draft that nobody sees, and opens in one write at the end; the same request
again goes on where a killed one stopped.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

import msgspec
from sqlalchemy import Connection

from guiju.annotations import (
    Round,
    RoundKind,
    RoundNotFound,
    RoundState,
    annotator_of_account,
    find_round,
    get_round,
    insert_round,
    set_round_certified,
    set_round_state,
)
from guiju.briefs import get_signed_figures
from guiju.data import item_ids
from guiju.kit import new_secret
from guiju.people import Act, find_account
from guiju.projects import ProjectNotFound, authorise
from guiju.rulebooks import get_published, latest_published
from guiju.storage import Actor, Event, House, Tx
from guiju.work import store
from guiju.work.errors import (
    BriefNotSigned,
    GateNotPassed,
    NobodyToAnnotate,
    NothingToAnnotate,
    RoundNotByHand,
    RulebookNotPublished,
)
from guiju.work.gates import list_gate_decisions
from guiju.work.gold.actions import open_gold
from guiju.work.gold.mixing import mark_rest
from guiju.work.gold.model import GoldWish
from guiju.work.gold.store import find_policy, pool_of
from guiju.work.model import Returned
from guiju.work.overlap import (
    Overlap,
    Way,
    demand_possible,
    fill_share,
    find_overlap,
    insert_policy,
    overlap_of,
)
from guiju.work.prefill import BLIND, Policy, settle_policy, suggest
from guiju.work.queue import store as queue
from guiju.work.queue.actions import keep_whole
from guiju.work.queue.model import WHOLE, Change
from guiju.work.queue.rules import check_change
from guiju.work.rules import ProductionGate, decide_production, gate_json

FILL_ROWS = 5_000


def insert_trial(tx: Tx, actor: Actor, project_id: int, overlap: int, *, certified: bool = False) -> int:
    """A trial behind the gate of the signed brief; `certified`: for people who passed the exam."""
    figures = get_signed_figures(tx.connection, project_id)
    if figures is None:
        raise BriefNotSigned
    return insert_round(
        tx,
        project_id=project_id,
        kind=RoundKind.TRIAL,
        rulebook_id=_rulebook(tx, project_id),
        state=RoundState.OPEN,
        created_by=actor.id,
        overlap=overlap,
        gate=gate_json(figures.agreement.measure, figures.agreement.at_least, figures.agreement.rule),
        certified=certified,
    )


def open_assigned_trial(
    house: House,
    actor: Actor,
    project_id: int,
    *,
    request_id: str,
    assignments: Sequence[tuple[int, int]],
    certified: bool = False,
) -> int:
    """Open a trial in which each `(item, account)` is one answer wanted: when not everybody answers everything.

    Raises what `open_trial` raises but for what it says of draws; items that are not the project's, or were never
    landed, are `NothingToAnnotate`.
    """
    wanted = sorted(set(assignments))

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.OPEN_ROUND)
        return tx.once(
            request_id,
            actor.id,
            f"round.open.{project_id}",
            lambda: _open_assigned(tx, actor, project_id, wanted, certified),
        )

    return house.write(write)


def _open_assigned(
    tx: Tx, actor: Actor, project_id: int, assignments: Sequence[tuple[int, int]], certified: bool
) -> int:
    known = {account_id: find_account(tx.connection, account_id) for account_id in {each for _, each in assignments}}
    accounts = {account_id: account for account_id, account in known.items() if account is not None}
    if len(accounts) < 2:
        raise NobodyToAnnotate(count=len(accounts))
    ours = set(item_ids(tx.connection, project_id, limit=10**9))
    slots = [(item, account) for item, account in assignments if item in ours and account in accounts]
    if not slots:
        raise NothingToAnnotate
    most = max(Counter(item for item, _ in slots).values())
    round_id = insert_trial(tx, actor, project_id, most, certified=certified)
    annotators = {each: annotator_of_account(tx, each, account.name) for each, account in accounts.items()}
    rows = [
        {"item_id": item, "ordinal": place, "reserved": annotators[account]}
        for place, (item, account) in enumerate(slots)
    ]
    store.insert_slots(tx, round_id, rows)
    tx.journal(Event(actor.id, "round.opened", project_id, round_id, facts={"assignments": len(slots)}))
    return round_id


def _rulebook(tx: Tx, project_id: int) -> int:
    published = latest_published(tx.connection, project_id)
    if published is None:
        raise RulebookNotPublished
    return published.id


def open_production(  # noqa: PLR0913 - each is a choice of its own
    house: House,
    actor: Actor,
    project_id: int,
    *,
    request_id: str,
    overlap: int | Overlap = 1,
    team_id: int | None = None,
    account_id: int | None = None,
    reason: str | None = None,
    policy: Policy = BLIND,
    certified: bool = False,
    change: Change = WHOLE,
    gold: GoldWish | None = None,
) -> int:
    """Open production over every item that holds no resolution; for a person, a team or anybody. Returns the round.

    `overlap` is how many answers an item gets: a number, or a policy. `policy` says where its suggestions come from;
    `certified` keeps it for people who passed the exam; `change` says when it is handed out and for whom it is kept,
    `gold` how many known answers are mixed in. Raises `GateNotPassed` when no trial has passed under the rulebook's
    major version and no `reason` is signed, `NotAllowed` of a reason by who does not decide gates,
    `NothingToSuggest`, `NothingKnown`, and what `open_trial`, `demand_possible` and `check_change` raise.
    """
    wanted = replace(overlap_of(overlap), seed=new_secret(12))
    demand_possible(wanted, one_person=account_id is not None)
    change = check_change(change)

    def start(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.OPEN_ROUND)
        return tx.once(
            request_id,
            actor.id,
            f"round.open.{project_id}",
            lambda: _start_production(tx, actor, project_id, wanted, reason, policy, certified),
        )

    round_id = house.write(start)
    batch_id = house.write(lambda tx: _settle_handing_out(tx, actor, round_id, change, gold))
    reserved = -team_id if team_id else house.write(lambda tx: _annotator(tx, account_id)) if account_id else 0
    for layer in range(wanted.least):
        fill_layer(house, project_id, round_id, layer, reserved, policy, batch_id=batch_id)
    if wanted.way is Way.SHARE:
        _fill_share(house, round_id, reserved, policy, batch_id)
    house.write(lambda tx: _finish_opening(tx, actor, project_id, round_id))
    return round_id


def _fill_share(house: House, round_id: int, reserved: int, policy: Policy, batch_id: int) -> None:
    """The seed is the one that is on record: a request that is sent again goes on with it."""
    with house.reading() as connection:
        settled = find_overlap(connection, get_round(connection, round_id))
    first, last = fill_share(house, round_id, settled, reserved, batch_id)
    if not policy.blind:
        house.write(lambda tx: suggest(tx, round_id, policy, first - 1, last))


def _settle_handing_out(tx: Tx, actor: Actor, round_id: int, change: Change, gold: GoldWish | None) -> int:
    """The batch of all items, and what is mixed in: once, before the round is filled."""
    round_ = get_round(tx.connection, round_id)
    if gold is not None and round_.state is RoundState.DRAFT:
        open_gold(tx, actor, round_, gold)
    return keep_whole(tx, actor, round_id, change)


def production_gate(connection: Connection, project_id: int, reason: str | None = None) -> ProductionGate:
    """Whether the project may produce now, and why, by the gates of its trials; the caller has authorised."""
    published = latest_published(connection, project_id)
    known = list_gate_decisions(connection, project_id)
    versions = {each.rulebook_id: get_published(connection, each.rulebook_id).version for each in known}
    decisions = [(each.number, versions[each.rulebook_id], each.passed, bool(each.reason)) for each in known]
    return decide_production(decisions, published.version if published else "", reason)


def _annotator(tx: Tx, account_id: int) -> int:
    account = find_account(tx.connection, account_id)
    return annotator_of_account(tx, account_id, account.name) if account else 0


def _start_production(  # noqa: PLR0917 - what production is opened with
    tx: Tx, actor: Actor, project_id: int, overlap: Overlap, reason: str | None, policy: Policy, certified: bool
) -> int:
    rulebook_id = _rulebook(tx, project_id)
    if get_signed_figures(tx.connection, project_id) is None:
        raise BriefNotSigned
    gate = production_gate(tx.connection, project_id, reason)
    if not gate.opens:
        raise GateNotPassed(why=gate.why, **gate.places)
    if gate.overridden:
        authorise(tx.connection, actor, project_id, Act.DECIDE_GATE)
    if tx.execute(store.unresolved_items(project_id).limit(1)).first() is None:
        raise NothingToAnnotate
    settle_policy(tx.connection, policy, store.unresolved_items(project_id))
    round_id = insert_round(
        tx,
        project_id=project_id,
        kind=RoundKind.PRODUCTION,
        rulebook_id=rulebook_id,
        state=RoundState.DRAFT,
        created_by=actor.id,
        overlap=overlap.most,
        least=overlap.least,
        asks=overlap.way is Way.UNTIL,
        suggest_round_id=policy.round_id,
        suggest_annotator_id=policy.annotator_id,
        certified=certified,
    )
    facts: dict[str, object] = {"without_gate": reason or ""}
    if overlap.most > 1:
        insert_policy(tx, round_id, overlap)
        facts["overlap"] = asdict(overlap)
    if not policy.blind:
        facts |= {"suggest_round": policy.round_id, "suggest_annotator": policy.annotator_id}
    tx.journal(Event(actor.id, "round.created", project_id, round_id, facts=facts))
    return round_id


def fill_layer(  # noqa: PLR0917 - what a layer is filled with
    house: House,
    project_id: int,
    round_id: int,
    layer: int,
    reserved: int,
    policy: Policy = BLIND,
    *,
    batch_id: int = 0,
) -> None:
    """Make the slots of one layer, in chunks that let other writers in between."""

    with house.reading() as connection:
        without = pool_of(round_id) if find_policy(connection, round_id) else None

    def fill(tx: Tx, after: int) -> int | None:
        place: dict[str, Any] = {"layer": layer, "reserved": reserved, "batch_id": batch_id, "without": without}
        last = store.fill_slots(tx, round_id, project_id, after=after, most=FILL_ROWS, **place)
        if last is not None and not policy.blind:
            suggest(tx, round_id, policy, after, last)
        return last

    after: int | None = 0
    while after is not None:
        after = house.write(lambda tx, after=after: fill(tx, after))


def _finish_opening(tx: Tx, actor: Actor, project_id: int, round_id: int) -> None:
    round_ = find_round(tx.connection, round_id)
    if round_ is not None and round_.state is RoundState.DRAFT:
        set_round_state(tx, round_id, RoundState.OPEN)
        tx.journal(Event(actor.id, "round.opened", project_id, round_id))


def open_rework(
    tx: Tx,
    *,
    project_id: int,
    lot_id: int,
    rulebook_id: int,
    created_by: int,
    items: Iterable[Returned],
) -> int:
    """Send `items` back, in the transaction that rejects their lot. Returns the round.

    Each item waits for the annotator whose work it is; for anybody when they cannot sign in.
    """
    round_id = insert_round(
        tx,
        project_id=project_id,
        kind=RoundKind.REWORK,
        rulebook_id=rulebook_id,
        state=RoundState.OPEN,
        created_by=created_by,
        lot_id=lot_id,
    )
    rows = [
        {
            "item_id": each.item_id,
            "ordinal": place,
            "reserved": each.annotator_id or 0,
            "note": each.note,
            "found": msgspec.json.encode(each.found).decode() if each.found else None,
        }
        for place, each in enumerate(items)
    ]
    for start in range(0, len(rows), FILL_ROWS):
        store.insert_slots(tx, round_id, rows[start : start + FILL_ROWS])
    return round_id


def bring_forward(house: House, actor: Actor, project_id: int, *, request_id: str, items: Sequence[int]) -> int:
    """Let these items be handed out before all others of open production; how many wait there."""

    def act(tx: Tx) -> int:
        n = queue.bring_forward(tx, project_id, sorted(set(items)))
        tx.journal(Event(actor.id, "work.brought-forward", project_id, facts={"items": n}))
        return n

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.OPEN_ROUND)
        return tx.once(request_id, actor.id, f"work.forward.{project_id}", lambda: act(tx))

    return house.write(write)


def _is_decided(tx: Tx, round_: Round) -> bool:
    return any(each.round_id == round_.id for each in list_gate_decisions(tx.connection, round_.project_id))


def set_round_running(house: House, actor: Actor, round_id: int, state: RoundState) -> None:
    """Pause a round, open it again, or close it.

    Raises `RoundNotByHand` of a trial whose gate is decided, and of a round that is still being filled.
    """

    def write(tx: Tx) -> None:
        round_ = get_round(tx.connection, round_id)
        authorise(tx.connection, actor, round_.project_id, Act.OPEN_ROUND)
        if round_.state is state:
            return
        if round_.state is RoundState.DRAFT or _is_decided(tx, round_):
            raise RoundNotByHand
        if state is RoundState.CLOSED:
            mark_rest(tx, round_)
        set_round_state(tx, round_id, state)
        tx.journal(Event(actor.id, f"round.{state.value}", round_.project_id, round_id))

    house.write(write)


def demand_certificate(house: House, actor: Actor, round_id: int, *, certified: bool) -> None:
    """Let a round give its items to people who passed the exam alone, or to everybody again.

    Answers that are on their way are taken all the same. Raises `RoundNotFound`.
    """

    def write(tx: Tx) -> None:
        round_ = get_round(tx.connection, round_id)
        try:
            authorise(tx.connection, actor, round_.project_id, Act.OPEN_ROUND)
        except ProjectNotFound as refusal:
            raise RoundNotFound(round=round_id) from refusal
        if round_.kind.is_learning or round_.certified is certified:
            return
        set_round_certified(tx, round_id, certified=certified)
        facts: dict[str, object] = {"certified": certified}
        tx.journal(Event(actor.id, "round.certified", round_.project_id, round_id, facts=facts))

    house.write(write)
