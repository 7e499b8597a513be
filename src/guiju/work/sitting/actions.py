"""A round is opened for one annotator, and one of its items answered by name."""

from collections.abc import Mapping, Sequence

from guiju.annotations import Round, RoundKind, RoundState, insert_round
from guiju.kinds import Answer
from guiju.kit import new_secret
from guiju.storage import Actor, Event, Tx
from guiju.work import store
from guiju.work.actions import Answered, store_answer
from guiju.work.errors import SlotNotFound
from guiju.work.model import SlotState
from guiju.work.rules import LEASE_MICROS, Standing, check_open
from guiju.work.sitting.store import slot_of


def open_for_one(  # noqa: PLR0913 - what a round is
    tx: Tx,
    actor: Actor,
    project_id: int,
    *,
    kind: RoundKind,
    rulebook_id: int,
    annotator_id: int,
    items: Sequence[int],
    until: int | None = None,
) -> int:
    """Open a round that asks one annotator for these items, in this order, until then; returns it.

    The caller has authorised.
    """
    round_id = insert_round(
        tx,
        project_id=project_id,
        kind=kind,
        rulebook_id=rulebook_id,
        state=RoundState.OPEN,
        created_by=actor.id,
        until=until,
    )
    rows = [{"item_id": item, "ordinal": place, "reserved": annotator_id} for place, item in enumerate(items)]
    store.insert_slots(tx, round_id, rows)
    tx.journal(Event(actor.id, "round.opened", project_id, round_id, facts={"items": len(rows)}))
    return round_id


def answer_item(  # noqa: PLR0913 - what an answer is
    tx: Tx,
    actor: Actor,
    round_: Round,
    annotator_id: int,
    *,
    item_id: int,
    answers: Mapping[str, Answer],
    clauses: Sequence[str] = (),
    request_id: str,
) -> int:
    """Store the annotator's answer to one item of a round for them alone, or correct it; returns the annotation.

    The caller has authorised. Raises `SlotNotFound`, `AnswersRefused`, `RoundClosed`, `TimeOver`.
    """
    check_open(round_, tx.at)
    slot = slot_of(tx.connection, round_.id, item_id, annotator_id)
    if slot is None:
        raise SlotNotFound(slot=item_id)
    revision = store.current_revision(tx.connection, round_.id, item_id, annotator_id)
    if slot.state is SlotState.OPEN:
        store.take_slot(tx, slot.id, annotator_id, new_secret(12), tx.at + LEASE_MICROS)
    standing = Standing.REVISED if slot.state is SlotState.DONE else Standing.HELD
    answered = Answered(request_id, slot.id, "", revision, dict(answers), clauses=tuple(clauses))
    return store_answer(tx, actor, round_, slot, annotator_id, answered, standing)[0].annotation_id
