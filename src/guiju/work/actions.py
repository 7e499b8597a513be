"""What an annotator does: take items, keep drafts, submit, correct. One transaction each, answered once it is durable.

These run at every press of a key, so they take what the request brought (`find_actor` looks the sender up) and do
everything in the writer's transaction: no thread in between, no second look.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import Connection

from guiju.annotations import (
    AnswersRefused,
    Origin,
    Round,
    RoundKind,
    RoundNotFound,
    StaleRevision,
    annotator_of_account,
    find_resolutions,
    find_round_as,
    insert_annotation,
    resolve,
)
from guiju.collecting import mark_used, settle
from guiju.data import is_tiled, shape_of_item
from guiju.kinds import Answer, ItemShape, decode_answers, encode_answers, normalise_answers
from guiju.kit import digest, iso, new_secret, sha256_hex
from guiju.people import Act, holds_certificate
from guiju.projects import ProjectNotFound, authorise
from guiju.rulebooks import CompiledRulebook, get_published
from guiju.site.guards import FindActor
from guiju.storage import Actor, Event, House, Tx
from guiju.work import store
from guiju.work.errors import AnswerSealed, CertificateWanted, SlotNotFound
from guiju.work.gold.mixing import (
    check_going_on,
    find_gold,
    mix,
    settle_by_chance,
    settle_return,
    slot_named,
    standing_of,
    stopped,
)
from guiju.work.gold.model import Gold
from guiju.work.gold.naming import outer_name
from guiju.work.model import Lapsed, Slot, SlotState, Submitted, Task, TaskItem
from guiju.work.overlap import mark_due, stands_alone
from guiju.work.prefill import RECORD, Suggestion, compare, find_suggestion, keep_outcome
from guiju.work.queue.lines import lines_for, major_of
from guiju.work.rules import LEASE_MICROS, MOST_AHEAD, Standing, check_open, decide_active, decide_standing

SWEEP_SECONDS = 5.0
_next_sweep: dict[int, float] = {}


@dataclass(frozen=True, slots=True)
class Answered:
    """What a submit brings."""

    request_id: str
    slot: int
    lease: str
    revision: int
    answers: dict[str, Answer]
    active_ms: int | None = None
    clauses: tuple[str, ...] = ()
    want: int = 0
    # parts of a suggestion that were surer than this were shown; the annotator's own threshold, in [0, 1]
    hidden_below: float = 0.0
    # a play of the sample projects: its people's times are as the play has them, not as the clock has
    played: bool = False


def lease_tasks(house: House, find_actor: FindActor, round_id: int, want: int) -> Callable[[Tx], list[Task]]:
    """The transaction that hands out up to `want` items: first those in hand already, then open ones.

    Raises `RoundNotFound`, `RoundClosed`, `TimeOver`, `CertificateWanted`, `WorkStopped`, and what `authorise` raises.
    """

    def write(tx: Tx) -> list[Task]:
        actor = find_actor(tx.connection)
        round_, annotator_id = working_place(tx, actor, round_id)
        check_open(round_, tx.at)
        check_certificate(tx.connection, actor, round_)
        check_going_on(tx.connection, round_, actor.id, annotator_id)
        _sweep(house, tx)
        return _lease(tx, round_, actor, annotator_id, want, with_held=True)

    return write


def submit_annotation(find_actor: FindActor, round_id: int, answered: Answered) -> Callable[[Tx], Submitted | Lapsed]:
    """The transaction that stores one answer, resolves what it resolves, and hands out the next items.

    The same request again answers the same and stores nothing. A lease that is over keeps the answer as a draft and
    returns `Lapsed`. Raises `AnswersRefused`, `StaleRevision`, `AnswerSealed`, `SlotNotFound`, `RoundClosed`.
    """

    def write(tx: Tx) -> Submitted | Lapsed:
        actor = find_actor(tx.connection)
        round_, annotator_id = working_place(tx, actor, round_id)
        slot, asks, gold = slot_named(tx.connection, round_, answered.slot)
        standing = standing_of(tx, slot, asks, annotator_id, answered.lease, gold)
        if slot is None or standing is not Standing.HELD:
            repeated = store.find_by_request(tx.connection, answered.request_id)
            if repeated is not None and repeated[2] == annotator_id:
                tasks = _lease(tx, round_, actor, annotator_id, answered.want) if answered.want else []
                return Submitted(repeated[0], repeated[1], tasks)
        if slot is None or standing is Standing.FOREIGN:
            raise SlotNotFound(slot=answered.slot)
        if standing is Standing.SEALED:
            raise AnswerSealed(slot=answered.slot)
        if standing is Standing.LAPSED:
            return _keep_lapsed(tx, slot, annotator_id, answered)
        check_open(round_, tx.at)
        stored, _ = store_answer(tx, actor, asks, slot, annotator_id, answered, standing)
        if gold is not None and standing is Standing.HELD:
            rulebook, known = get_published(tx.connection, round_.rulebook_id), asks is not round_
            settle_by_chance(tx, gold, rulebook, actor, given=(annotator_id, stored.annotation_id), known=known)
        tasks = _lease(tx, round_, actor, annotator_id, answered.want) if answered.want else []
        return replace(stored, tasks=tasks)

    return write


def store_answer(  # noqa: PLR0917 - all that was looked up for one answer
    tx: Tx, actor: Actor, round_: Round, slot: Slot, annotator_id: int, answered: Answered, standing: Standing
) -> tuple[Submitted, str]:
    """Store an answer whose standing is settled, with what comes of it; returns its stored form too.

    The caller has authorised.
    """
    revision = 1
    if standing is Standing.REVISED or answered.revision:
        current = store.current_revision(tx.connection, round_.id, slot.item_id, annotator_id)
        if current != answered.revision:
            raise StaleRevision(given=answered.revision, current=current, revision=current)
        revision = current + 1
    rulebook = get_published(tx.connection, round_.rulebook_id)
    given, used = settle(tx.connection, (round_.project_id, slot.item_id, annotator_id), answered.answers)
    answers = _checked(tx, rulebook, slot.item_id, given)
    since = None if answered.played else slot.leased_at
    active_ms, claim = decide_active(answered.active_ms, since, tx.at)
    annotation_id = insert_annotation(
        tx,
        project_id=round_.project_id,
        round_id=round_.id,
        item_id=slot.item_id,
        annotator_id=annotator_id,
        rulebook_id=round_.rulebook_id,
        revision=revision,
        answers=answers,
        request_id=answered.request_id,
        active_ms=active_ms,
        active_claim_ms=claim,
        clauses=",".join(answered.clauses)[:200] or None,
    )
    mark_used(tx, used, annotation_id)
    if (
        round_.kind.resolves_at_once
        and stands_alone(tx.connection, round_, slot.item_id)
        and not _confirms(tx, round_, slot.item_id, answers)
    ):
        resolve(
            tx,
            project_id=round_.project_id,
            round_id=round_.id,
            item_id=slot.item_id,
            rulebook_id=round_.rulebook_id,
            origin=Origin.ANNOTATION,
            answers=answers,
            annotation_id=annotation_id,
            annotator_id=annotator_id,
        )
    if round_.asks:
        mark_due(tx, round_.id, slot.item_id)
    if slot.suggestion_id is not None:
        _keep_outcome(tx, slot, slot.suggestion_id, annotator_id, annotation_id, answers, answered.hidden_below)
    if standing is Standing.HELD:
        store.finish_slot(tx, slot.id)
        store.drop_draft(tx, slot.id, annotator_id)
    tx.journal(
        Event(
            actor.id,
            "work.submitted",
            round_.project_id,
            annotation_id,
            from_revision=answered.revision,
            digest=sha256_hex(answers.encode()),
        )
    )
    return Submitted(annotation_id, revision, []), answers


def _confirms(tx: Tx, round_: Round, item_id: int, answers: str) -> bool:
    """Whether a recheck says what holds already: then that stays, with the lot that it was accepted in."""
    if round_.kind is not RoundKind.RECHECK:
        return False
    held = find_resolutions(tx.connection, round_.project_id, item_ids=[item_id])
    return bool(held) and held[0].answers == answers and held[0].rulebook_id == round_.rulebook_id


def _keep_outcome(  # noqa: PLR0917 - all that was looked up for one answer
    tx: Tx, slot: Slot, suggestion_id: int, annotator_id: int, annotation_id: int, answers: str, hidden_below: float
) -> None:
    """What became of the suggestion, from both answers as they are stored."""
    suggestion = find_suggestion(tx.connection, suggestion_id)
    if suggestion is None:
        return
    scores = msgspec.json.decode(suggestion.scores, type=dict[str, dict[str, float]])
    before, after = decode_answers(bytes(suggestion.answers)), decode_answers(answers)
    keep_outcome(
        tx,
        annotation_id=annotation_id,
        round_id=slot.round_id,
        annotator_id=annotator_id,
        slot_id=slot.id,
        suggestion_id=suggestion_id,
        made=compare(before, after, scores, hidden_below),
        revised=slot.state is SlotState.DONE,
    )


def _checked(tx: Tx, rulebook: CompiledRulebook, item_id: int, answers: dict[str, Answer]) -> str:
    """The answers in their stored form. Raises `AnswersRefused`."""
    problems = rulebook.check_answers(answers, shape_of(store.get_item(tx.connection, item_id)))
    if problems:
        raise AnswersRefused(problems)
    return encode_answers(normalise_answers(answers, rulebook.fields)).decode()


def shape_of(item: store.ItemRow) -> ItemShape:
    """An item as the kinds' checks see it."""
    length = len(item.body or "") or item.size
    measures = {"parts": item.parts, "duration": item.duration}
    return shape_of_item(item.media, length, item.width, item.height, **measures, speakers=item.speakers)


def _keep_lapsed(tx: Tx, slot: Slot, annotator_id: int, answered: Answered) -> Lapsed:
    store.put_draft(tx, slot.id, annotator_id, encode_answers(answered.answers).decode())
    return Lapsed(answered.slot)


def place_in(connection: Connection, actor: Actor, round_id: int) -> tuple[Round, int | None]:
    """The round, for a member who may annotate in it, and the annotator that they are if they have been one before.

    A stranger may not know that the round exists.
    """
    found = find_round_as(connection, round_id, actor.id)
    if found is None:
        raise RoundNotFound(round=round_id)
    try:
        authorise(connection, actor, found[0].project_id, Act.ANNOTATE)
    except ProjectNotFound as refusal:
        raise RoundNotFound(round=round_id) from refusal
    return found


def working_place(tx: Tx, actor: Actor, round_id: int) -> tuple[Round, int]:
    """The round, and the annotator that the actor is from now on."""
    round_, annotator_id = place_in(tx.connection, actor, round_id)
    return round_, annotator_id or annotator_of_account(tx, actor.id, actor.name)


def may_take(connection: Connection, actor: Actor, round_: Round) -> bool:
    """Whether the round gives this account items: anybody, or who passed the exam on its rules."""
    return not round_.certified or holds_certificate(
        connection, actor.id, round_.project_id, major_of(connection, round_)
    )


def check_certificate(connection: Connection, actor: Actor, round_: Round) -> None:
    """Raises `CertificateWanted`, which says where the exam is."""
    if not may_take(connection, actor, round_):
        raise CertificateWanted(major=major_of(connection, round_), where=f"/projects/{round_.project_id}/exams")


def _sweep(house: House, tx: Tx) -> None:
    """Now and then give back what nobody holds any more."""
    moment = time.monotonic()
    if moment >= _next_sweep.get(id(house), 0.0):
        _next_sweep[id(house)] = moment + SWEEP_SECONDS
        store.release_lapsed(tx)


def _lease(tx: Tx, round_: Round, actor: Actor, annotator_id: int, want: int, *, with_held: bool = False) -> list[Task]:
    if not may_take(tx.connection, actor, round_):
        return []  # the answer that asks is stored; only who asks for items by themselves is told why there are none
    want = max(0, min(want, MOST_AHEAD))
    gold = find_gold(tx.connection, round_)
    if gold is not None:
        settle_return(tx, gold, actor.id, annotator_id, round_.project_id)
        if stopped(tx.connection, gold, actor.id, annotator_id) is not None:
            return []
    found = _held(tx.connection, round_, gold, annotator_id, want) if with_held else []
    fresh = _open_slots(tx.connection, round_, actor, annotator_id, want - len(found))
    found += mix(tx, gold, round_, actor, annotator_id, fresh) if gold else fresh
    return [_take(tx, round_, offer, annotator_id, gold) for offer in found]


def _held(connection: Connection, round_: Round, gold: Gold | None, annotator_id: int, want: int) -> list[store.Offer]:
    """What is in hand; known items among the others in an order that says nothing."""
    found = store.held_slots(connection, round_.id, annotator_id, want)
    if gold is None:
        return found
    found += store.held_slots(connection, gold.gold_round_id, annotator_id, want)
    return sorted(found, key=lambda each: each.lease or "")[:want]


def _open_slots(connection: Connection, round_: Round, actor: Actor, annotator_id: int, want: int) -> list[store.Offer]:
    """Slots that wait, in the order of the round's lines."""
    found: list[store.Offer] = []
    unseen = round_.kind is RoundKind.RECHECK
    for line in lines_for(connection, round_, actor, annotator_id) if want > 0 else ():
        most = want - len(found)
        found += store.next_open(connection, round_.id, line, annotator_id=annotator_id, most=most, unseen=unseen)
        if len(found) >= want:
            break
    seen: set[int] = set()
    return [offer for offer in found if not (offer.item.id in seen or seen.add(offer.item.id))]


def _take(tx: Tx, round_: Round, offer: store.Offer, annotator_id: int, gold: Gold | None) -> Task:
    lease, until = offer.lease or new_secret(12), tx.at + LEASE_MICROS
    if offer.lease:  # what is in hand keeps its lease: an answer may be on its way with it
        store.extend_lease(tx, offer.slot, until)
    else:
        store.take_slot(tx, offer.slot, annotator_id, lease, until)
    answers = offer.draft
    if answers is None and round_.lot_id is not None:
        held = find_resolutions(tx.connection, round_.project_id, item_ids=[offer.item.id])
        answers = held[0].answers if held else None
    kept = msgspec.Raw(answers.encode()) if answers else None
    suggestion = _suggested(tx, round_, offer.suggestion) if offer.suggestion else None
    found = msgspec.Raw(offer.found.encode()) if offer.found else None
    name = outer_name(gold.key, offer.slot) if gold else offer.slot
    return Task(name, lease, iso(until), task_item(offer.item), 0, kept, offer.note, suggestion, found)


def _suggested(tx: Tx, round_: Round, annotation_id: int) -> Suggestion | None:
    """What is shown with the task; whose answer is rechecked is not told."""
    found = find_suggestion(tx.connection, annotation_id)
    if found is None or not round_.shows_record:
        return found
    return replace(found, annotator="", kind=RECORD, confidence=None, scores={})


def task_item(item: store.ItemRow) -> TaskItem:
    """An item as the workbench takes it."""
    tiled = is_tiled(item.width, item.height)
    url = None if item.body is not None else f"/media/items/{item.id}{'/overview' if tiled else ''}"
    measures = (item.width, item.height, item.parts, item.duration, tiled)
    return TaskItem(item.id, item.media, item.name, item.body, url, *measures)


def show_item(connection: Connection, item_id: int) -> TaskItem:
    """An item that is there, as every bench takes it. The caller has authorised."""
    return task_item(store.get_item(connection, item_id))


def save_draft(
    find_actor: FindActor, round_id: int, slot_id: int, lease: str, answers: dict[str, Answer]
) -> Callable[[Tx], None]:
    """The transaction that keeps an unfinished answer, and the item with it a while longer. Raises `SlotNotFound`."""

    def write(tx: Tx) -> None:
        actor = find_actor(tx.connection)
        round_, annotator_id = working_place(tx, actor, round_id)
        slot, asks, _ = slot_named(tx.connection, round_, slot_id)
        standing = decide_standing(slot, asks.id, annotator_id, lease, tx.at)
        if slot is None or standing not in {Standing.HELD, Standing.LAPSED}:
            raise SlotNotFound(slot=slot_id)
        if slot.state in {SlotState.DONE, SlotState.SEALED}:
            return  # it was on its way when the answer itself was stored
        kept = encode_answers(answers).decode()
        store.put_draft(tx, slot.id, annotator_id, kept)
        if standing is Standing.HELD:
            store.extend_lease(tx, slot.id, tx.at + LEASE_MICROS)
        facts = digest({"answers": kept})
        tx.journal(Event(actor.id, "work.drafted", round_.project_id, slot.id, digest=facts))

    return write
