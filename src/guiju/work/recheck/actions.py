"""A recheck is estimated, opened, read, and what it changed is put back."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from guiju.annotations import (
    Round,
    RoundKind,
    RoundNotFound,
    RoundState,
    annotator_of_account,
    find_round,
    insert_round,
    resolve_many,
    retire,
    set_round_state,
)
from guiju.briefs import get_signed_figures
from guiju.kit import Refusal
from guiju.people import Act, Role, find_account
from guiju.projects import ProjectNotFound, authorise, list_members
from guiju.rulebooks import latest_published
from guiju.storage import Actor, Event, House, Tx
from guiju.work.errors import RulebookNotPublished
from guiju.work.overlap import Overlap, overlap_of
from guiju.work.overlap.actions import ask_for_several
from guiju.work.pace import usual_pace
from guiju.work.recheck import store
from guiju.work.recheck.errors import NobodyToRecheck, NothingToRecheck, TooManyToRecheck
from guiju.work.recheck.model import Estimate, Held, Plan, Recheck, Wanted
from guiju.work.recheck.rules import plan_recheck
from guiju.work.store import insert_slots, progress_of

MOST_ITEMS = 100_000
FILL_ROWS = 2_000
MOST_LISTED = 500


def estimate_recheck(
    house: House,
    actor: Actor,
    project_id: int,
    *,
    items: Sequence[int],
    account_ids: Sequence[int] = (),
    inspected: Collection[int] = (),
) -> Estimate:
    """How many of these items a recheck would take, and how long it would last, by the median time of an answer.

    `inspected` are items that a lot under inspection holds. Raises `NobodyToRecheck`, `TooManyToRecheck`.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.OPEN_ROUND)
        plan = _plan(connection, project_id, items, account_ids, inspected)
        measured, median = usual_pace(connection, project_id)
        figures = get_signed_figures(connection, project_id)
    n, price = len(plan.wanted), figures.unit_price if figures else None
    cost = None if price is None else price * n
    return Estimate(n, plan.left_out, median, measured, cost, figures.currency if figures else "")


def _plan(
    connection: Connection, project_id: int, items: Sequence[int], chosen: Sequence[int], inspected: Collection[int]
) -> Plan:
    if len(items) > MOST_ITEMS:
        raise TooManyToRecheck(count=len(items), most=MOST_ITEMS)
    members = list_members(connection, project_id)
    people = {each.account_id for each in members if each.roles & Role.ANNOTATOR and not each.blocked}
    stranger = next((each for each in chosen if each not in people), None)
    if stranger is not None:
        raise NobodyToRecheck(account=stranger)
    known = list(dict.fromkeys(items))
    return plan_recheck(
        known,
        store.held_of(connection, project_id, known),
        store.seen_by(connection, known),
        store.waiting_elsewhere(connection, known),
        inspected,
        people,
        [] if set(chosen) == people else sorted(set(chosen)),
    )


def open_recheck(  # noqa: PLR0913 - what the recheck is
    house: House,
    actor: Actor,
    project_id: int,
    *,
    request_id: str,
    items: Sequence[int],
    account_ids: Sequence[int] = (),
    shown: bool = False,
    inspected: Collection[int] = (),
    overlap: int | Overlap = 1,
) -> int:
    """Open a recheck of these items, blind or with what holds `shown`; returns the round.

    `overlap` is how many answers an item gets, as production is opened for several.

    Nobody gets an item that they answered before: with `account_ids` each item is kept for one of these, without, it
    is for any annotator of the project. Filled in chunks while nobody sees it; the same request again goes on where a
    killed one stopped. Raises `NothingToRecheck`, `NobodyToRecheck`, `TooManyToRecheck`,
    `RulebookNotPublished`.
    """

    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.OPEN_ROUND)
        plan = _planned(connection, project_id, items, account_ids, inspected)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.OPEN_ROUND)
        key = f"recheck.open.{project_id}"
        return tx.once(request_id, actor.id, key, lambda: _start(tx, actor, project_id, plan, shown=shown))

    round_id = house.write(write)
    _fill(house, project_id, round_id, items, account_ids, inspected, plan)
    house.write(lambda tx: _finish(tx, actor, project_id, round_id, shown=shown))
    if overlap_of(overlap).most > 1:
        ask_for_several(house, actor, round_id, overlap, request_id=f"{request_id}-several"[-64:])
    return round_id


def _planned(
    connection: Connection, project_id: int, items: Sequence[int], chosen: Sequence[int], inspected: Collection[int]
) -> Plan | Refusal:
    """The plan, or why there is none: a request that comes again is answered by what it did."""
    try:
        plan = _plan(connection, project_id, items, chosen, inspected)
    except Refusal as refusal:
        return refusal
    return plan if plan.wanted else NothingToRecheck(count=len(items))


def _start(tx: Tx, actor: Actor, project_id: int, plan: Plan | Refusal, *, shown: bool) -> int:
    """The round, while nobody sees it."""
    if isinstance(plan, Refusal):
        raise plan
    rulebook = latest_published(tx.connection, project_id)
    if rulebook is None:
        raise RulebookNotPublished
    return insert_round(
        tx,
        project_id=project_id,
        kind=RoundKind.RECHECK,
        rulebook_id=rulebook.id,
        state=RoundState.DRAFT,
        created_by=actor.id,
        shows_record=shown,
    )


def _fill(  # noqa: PLR0917 - what a recheck is filled with
    house: House,
    project_id: int,
    round_id: int,
    items: Sequence[int],
    chosen: Sequence[int],
    inspected: Collection[int],
    plan: Plan | Refusal,
) -> None:
    """Its slots, in chunks that let other writers in between; a round that was being filled goes on where it was."""
    with house.reading() as connection:
        if not _is_draft(connection, round_id):
            return
        there = store.items_in(connection, round_id)
        if there:
            left = [each for each in items if each not in there]
            plan = _planned(connection, project_id, left, chosen, inspected)
    if isinstance(plan, Refusal):
        return  # all of it was filled before
    for start in range(0, len(plan.wanted), FILL_ROWS):
        some = plan.wanted[start : start + FILL_ROWS]
        house.write(lambda tx, some=some, start=start: _fill_some(tx, round_id, some, len(there) + start))


def _is_draft(connection: Connection, round_id: int) -> bool:
    round_ = find_round(connection, round_id)
    return round_ is not None and round_.state is RoundState.DRAFT


def _fill_some(tx: Tx, round_id: int, some: Sequence[Wanted], place: int) -> None:
    round_ = find_round(tx.connection, round_id)
    if round_ is None or round_.state is not RoundState.DRAFT:
        return
    ids = [each.held.item_id for each in some]
    gone = store.waiting_elsewhere(tx.connection, ids) | store.items_in(tx.connection, round_id, ids)
    left = [each for each in some if each.held.item_id not in gone]
    if not left:
        return
    kept = {each: _annotator(tx, each) for each in sorted({one.account_id for one in left})}
    rows = [
        {"item_id": each.held.item_id, "ordinal": place + n, "reserved": kept[each.account_id]}
        for n, each in enumerate(left)
    ]
    insert_slots(tx, round_id, rows)
    held = [each.held for each in left]
    store.insert_items(tx, round_id, held)
    if round_.shows_record:
        store.keep_shown(tx, round_id, held)


def _finish(tx: Tx, actor: Actor, project_id: int, round_id: int, *, shown: bool) -> None:
    if not _is_draft(tx.connection, round_id):
        return
    set_round_state(tx, round_id, RoundState.OPEN)
    facts: dict[str, object] = {"items": progress_of(tx.connection, round_id).total, "shown": shown}
    tx.journal(Event(actor.id, "round.opened", project_id, round_id, facts=facts))


def _annotator(tx: Tx, account_id: int) -> int:
    account = find_account(tx.connection, account_id) if account_id else None
    return annotator_of_account(tx, account_id, account.name) if account else 0


def read_recheck(house: House, actor: Actor, project_id: int, round_id: int) -> Recheck:
    """What came of a recheck so far, for whom may see reports. Raises `RoundNotFound`."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        round_ = _recheck(connection, project_id, round_id)
        confirmed, changed = store.count_answered(connection, round_id)
        listed = store.list_changed(connection, round_id, MOST_LISTED)
        progress = progress_of(connection, round_id)
    interval = _interval(confirmed, confirmed + changed)
    return Recheck(round_, standing.project, progress, confirmed, changed, interval, tuple(listed))


def _recheck(connection: Connection, project_id: int, round_id: int) -> Round:
    round_ = find_round(connection, round_id)
    if round_ is None or round_.project_id != project_id or round_.kind is not RoundKind.RECHECK:
        raise RoundNotFound(round=round_id)
    return round_


def _interval(part: int, whole: int) -> tuple[float, float]:
    from guiju.stats.intervals import wilson  # noqa: PLC0415 - figures cost start-up time where nobody asks for them

    found = wilson(part, whole) if whole else None
    return (found.low, found.high) if found else (0.0, 1.0)


def put_back(
    house: House, actor: Actor, project_id: int, round_id: int, *, request_id: str, items: Sequence[int]
) -> int:
    """Let what held before a recheck hold again, for those of these items whose recheck holds now; how many.

    Both answers stay on record. Raises `RoundNotFound`, `TooManyToRecheck`.
    """
    if len(items) > MOST_ITEMS:
        raise TooManyToRecheck(count=len(items), most=MOST_ITEMS)

    def act(tx: Tx) -> int:
        rows = store.held_before(tx, round_id, sorted(set(items)))
        resolve_many(tx, rows)
        tx.journal(Event(actor.id, "recheck.put-back", project_id, round_id, facts={"items": len(rows)}))
        return len(rows)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.OPEN_ROUND)
        _recheck(tx.connection, project_id, round_id)
        return tx.once(request_id, actor.id, f"recheck.put-back.{round_id}", lambda: act(tx))

    return house.write(write)


def project_of_recheck(house: House, actor: Actor, round_id: int) -> int:
    """The project of a recheck, for whom may see its reports. Raises `RoundNotFound`."""
    with house.reading() as connection:
        round_ = find_round(connection, round_id)
        if round_ is None or round_.kind is not RoundKind.RECHECK:
            raise RoundNotFound(round=round_id)
        try:
            authorise(connection, actor, round_.project_id, Act.SEE_REPORTS)
        except ProjectNotFound as refusal:
            raise RoundNotFound(round=round_id) from refusal
    return round_.project_id


def open_drawn_recheck(
    tx: Tx, project_id: int, rulebook_id: int, rows: Sequence[tuple[int, int, int]], *, created_by: int
) -> int:
    """Open a recheck of `(item, resolution, annotation)` that came from outside and are not sure: each is shown with
    its answer, for any annotator, and until somebody has answered it nothing holds. Returns the round."""
    round_id = insert_round(
        tx,
        project_id=project_id,
        kind=RoundKind.RECHECK,
        rulebook_id=rulebook_id,
        state=RoundState.OPEN,
        created_by=created_by,
        shows_record=True,
    )
    insert_slots(tx, round_id, [{"item_id": row[0], "ordinal": n, "reserved": 0} for n, row in enumerate(rows)])
    held = [Held(item, resolution, "annotation", annotation) for item, resolution, annotation in rows]
    store.insert_items(tx, round_id, held)
    store.keep_shown(tx, round_id, held)
    for start in range(0, len(rows), FILL_ROWS):
        retire(tx, store.resolutions([row[1] for row in rows[start : start + FILL_ROWS]]))
    tx.journal(Event(created_by, "round.opened", project_id, round_id, facts={"items": len(rows), "shown": True}))
    return round_id
