"""Several answers become what holds."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from guiju.annotations import (
    Origin,
    Resolution,
    Round,
    RoundKind,
    RoundNotFound,
    RoundState,
    current_annotations,
    find_resolutions,
    get_round,
    resolve_many,
)
from guiju.consensus.errors import NothingToResolve, RoundStillOpen, TrialUndecided, UnknownMethod
from guiju.consensus.methods import METHODS
from guiju.consensus.model import Outcome, Plan, ResolvedItem
from guiju.consensus.rules import plan_resolutions, settle_conditions
from guiju.data import Item, find_items
from guiju.people import Act
from guiju.projects import ProjectNotFound, authorise
from guiju.rulebooks import get_published
from guiju.storage import Actor, Event, House, Tx
from guiju.work.trial import is_gate_decided

CHUNK = 1_000


def resolve_round(house: House, actor: Actor, round_id: int, *, request_id: str, method: str = "majority") -> Outcome:
    """Resolve a closed round's items by `method`; ties stay open, what was ruled stands.

    Written in chunks, the journal's row with the last; sent again, it writes only what is missing. Raises
    `UnknownMethod`, `RoundStillOpen`, `TrialUndecided`, `NothingToResolve`.
    """
    if method not in METHODS:
        raise UnknownMethod(method=method[:40], known=", ".join(METHODS))
    with house.reading() as connection:
        round_ = _round_for(connection, actor, round_id)
        answers = _answers(connection, round_id)
        held = _held(connection, round_.project_id, sorted(answers))
        rulebook = get_published(connection, round_.rulebook_id)
    plan = plan_resolutions(method, METHODS[method], answers)
    if any(field.when is not None for field in rulebook.fields):
        plan = settle_conditions(plan, rulebook, _items_of(house, round_.project_id, plan))
    if not plan.resolved:
        raise NothingToResolve(ties=len(plan.ties))
    ruled = {item_id for item_id, found in held.items() if found.origin is Origin.RULING}
    wanted = [one for one in plan.resolved if one.item_id not in ruled]
    new = [one for one in wanted if not _is_there(held.get(one.item_id), round_id, one)]
    *before, last = _chunks(new)
    for chunk in before:
        house.write(lambda tx, chunk=chunk: _write(tx, actor, round_, chunk))

    def finish(tx: Tx) -> int:
        _write(tx, actor, round_, last)
        facts = {"method": method, "resolved": len(wanted), "ties": len(plan.ties)}
        tx.journal(Event(actor.id, "round.resolved", round_.project_id, round_id, facts=facts))
        return len(wanted)

    house.write(lambda tx: tx.once(request_id, actor.id, f"round.resolve.{round_id}", lambda: finish(tx)))
    return Outcome(method, len(wanted), plan.ties, len(plan.resolved) - len(wanted))


def _round_for(connection: Connection, actor: Actor, round_id: int) -> Round:
    """The round, for somebody who may resolve it. A stranger may not know that it exists."""
    round_ = get_round(connection, round_id)
    try:
        authorise(connection, actor, round_.project_id, Act.DECIDE_GATE)
    except ProjectNotFound as refusal:
        raise RoundNotFound(round=round_id) from refusal
    if round_.state is not RoundState.CLOSED:
        raise RoundStillOpen
    if round_.kind is RoundKind.TRIAL and not is_gate_decided(connection, round_):
        raise TrialUndecided
    return round_


def _answers(connection: Connection, round_id: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for annotation in current_annotations(connection, round_id):
        found[annotation.item_id].append(annotation.answers)
    return found


def _items_of(house: House, project_id: int, plan: Plan) -> dict[int, Item]:
    with house.reading() as connection:
        return find_items(connection, project_id, [one.item_id for one in plan.resolved])


def _held(connection: Connection, project_id: int, item_ids: Sequence[int]) -> dict[int, Resolution]:
    found: dict[int, Resolution] = {}
    for start in range(0, len(item_ids), CHUNK):
        part = item_ids[start : start + CHUNK]
        held = find_resolutions(connection, project_id, item_ids=part, limit=len(part))
        found |= {one.item_id: one for one in held}
    return found


def _is_there(held: Resolution | None, round_id: int, wanted: ResolvedItem) -> bool:
    """Whether this very resolution holds already."""
    return (
        held is not None
        and held.origin is Origin.CONSENSUS
        and held.round_id == round_id
        and held.answers == wanted.answers
    )


def _chunks(found: Sequence[ResolvedItem]) -> list[Sequence[ResolvedItem]]:
    return [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)] or [[]]


def _write(tx: Tx, actor: Actor, round_: Round, chunk: Sequence[ResolvedItem]) -> None:
    authorise(tx.connection, actor, round_.project_id, Act.DECIDE_GATE)
    shared = {
        "project_id": round_.project_id,
        "rulebook_id": round_.rulebook_id,
        "round_id": round_.id,
        "origin": Origin.CONSENSUS,
        "annotation_id": None,
        "annotator_id": None,
    }
    rows = [{**shared, "item_id": one.item_id, "answers": one.answers, "confidence": one.confidence} for one in chunk]
    resolve_many(tx, rows)
