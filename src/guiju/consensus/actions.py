"""Several answers become what holds."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

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
from guiju.consensus import store
from guiju.consensus.advising import advise
from guiju.consensus.errors import (
    NoLabelToChoose,
    NothingToResolve,
    RoundStillOpen,
    SurenessOutOfRange,
    TrialUndecided,
    UnknownMerge,
    UnknownMethod,
)
from guiju.consensus.methods import LEARNING, MERGES, METHODS, OWN
from guiju.consensus.model import Advice, Advised, Outcome, Plan, ResolvedItem, Run, Said
from guiju.consensus.rules import choose_advice, leave_unsure, plan_resolutions, settle_conditions
from guiju.data import Item, find_items
from guiju.people import Act
from guiju.projects import ProjectNotFound, authorise
from guiju.rulebooks import get_published
from guiju.rulings import gold_answers
from guiju.storage import Actor, Event, House, Tx
from guiju.work.overlap import chooses_one
from guiju.work.trial import is_gate_decided

CHUNK = 1_000
RECOMMENDED = "recommended"


def resolve_round(  # noqa: PLR0913 - how it is resolved
    house: House,
    actor: Actor,
    round_id: int,
    *,
    request_id: str,
    method: str = "majority",
    merge: str = OWN,
    at_least: float = 0.0,
    advice: Advice | None = None,
) -> Outcome:
    """Resolve a closed round's items by `method`; ties stay open, and what is less sure than `at_least`.

    What is no single label is merged by `merge`.

    What was ruled stands. `advice` is what was recommended when the method was chosen; it goes on record with it.
    Written in chunks, the journal's row with the last; sent again, it writes only what is missing. Raises
    `UnknownMethod`, `UnknownMerge`, `SurenessOutOfRange`, `NoLabelToChoose`, `RoundStillOpen`, `TrialUndecided`,
    `NothingToResolve`, and what the method refuses.
    """
    if method not in METHODS:
        raise UnknownMethod(method=method[:40], known=", ".join(METHODS))
    if merge not in MERGES:
        raise UnknownMerge(merge=merge[:40], known=", ".join(MERGES))
    if not 0 <= at_least <= 1:
        raise SurenessOutOfRange(given=f"{at_least:.4g}")
    with house.reading() as connection:
        round_ = _round_for(connection, actor, round_id)
        answers = _answers(connection, round_id)
        held = _held(connection, round_.project_id, sorted(answers))
        rulebook = get_published(connection, round_.rulebook_id)
    if method in LEARNING and not any(chooses_one(field) for field in rulebook.fields):
        raise NoLabelToChoose(method=method)
    plan = plan_resolutions(method, METHODS[method], rulebook.fields, answers, merge)
    if any(field.when is not None for field in rulebook.fields):
        plan = settle_conditions(plan, rulebook, _items_of(house, round_.project_id, plan))
    if not plan.resolved:
        raise NothingToResolve(ties=len(plan.ties))
    plan = leave_unsure(plan, at_least)
    ruled = {item_id for item_id, found in held.items() if found.origin is Origin.RULING}
    single = {item_id for item_id, found in held.items() if _stands_alone(found, round_id)}
    wanted = [one for one in plan.resolved if one.item_id not in ruled | single]
    unsure = [one for one in plan.unsure if one.item_id not in ruled | single]
    new = [one for one in wanted if not _is_there(held.get(one.item_id), round_, one)]
    *before, last = _chunks(new)
    house.write(lambda tx: store.clear_unsure(tx, round_id))
    for part in _chunks(unsure):
        house.write(lambda tx, part=part: _leave(tx, actor, round_, plan, part))
    for chunk in before:
        house.write(lambda tx, chunk=chunk: _write(tx, actor, round_, chunk))

    def finish(tx: Tx) -> int:
        _write(tx, actor, round_, last)
        counts = {"resolved": len(wanted), "ties": len(plan.ties), "unsure": len(unsure), "at_least": at_least}
        facts: dict[str, Any] = {"method": method, "merge": merge, **counts}
        facts["recommended"] = advice.recommended if advice else None
        place = {"project_id": round_.project_id, "round_id": round_id, "chosen_by": actor.id}
        store.insert_run(tx, {**facts, **place}, advice.because if advice else None)
        tx.journal(Event(actor.id, "round.resolved", round_.project_id, round_id, facts=facts))
        return len(wanted)

    house.write(lambda tx: tx.once(request_id, actor.id, f"round.resolve.{round_id}", lambda: finish(tx)))
    kept = sum(one.item_id in ruled for one in (*plan.resolved, *plan.unsure))
    return Outcome(method, len(wanted), plan.ties, kept, tuple(one.item_id for one in unsure))


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


def choose_and_resolve(
    house: House, actor: Actor, round_id: int, *, request_id: str, method: str, at_least: float, merge: str = OWN
) -> Outcome:
    """`resolve_round` with the advice on record; `recommended` takes the method, or the merge, that is advised.

    Where fields are advised different methods, the one that most are advised counts, the richer of two.
    """
    if method not in {*METHODS, RECOMMENDED}:
        raise UnknownMethod(method=method[:40], known=", ".join((RECOMMENDED, *METHODS)))
    if merge not in {*MERGES, RECOMMENDED}:
        raise UnknownMerge(merge=merge[:40], known=", ".join((RECOMMENDED, *MERGES)))
    advised, _, _ = advise_on(house, actor, round_id)
    advice = choose_advice(advised.labels)
    if method == RECOMMENDED:
        method = advice.recommended if advice else "majority"
    if merge == RECOMMENDED:
        merge = advised.merging.recommended if advised.merging else OWN
    told: dict[str, Any] = {"method": method, "merge": merge, "at_least": at_least}
    return resolve_round(house, actor, round_id, request_id=request_id, advice=advice, **told)


def _answers(connection: Connection, round_id: int) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    for annotation in current_annotations(connection, round_id):
        found[annotation.item_id].append(Said(annotation.annotator_id, annotation.answers))
    return found


def _leave(tx: Tx, actor: Actor, round_: Round, plan: Plan, chunk: Sequence[ResolvedItem]) -> None:
    authorise(tx.connection, actor, round_.project_id, Act.DECIDE_GATE)
    store.put_unsure(tx, round_.id, plan, chunk)


def advise_on(house: House, actor: Actor, round_id: int) -> tuple[Advised, list[Run], Round]:
    """Which method to trust, how to merge what is no label, and how the round was resolved before.

    Raises what `resolve_round` raises of a round.
    """
    with house.reading() as connection:
        round_ = _round_for(connection, actor, round_id)
        answers = _answers(connection, round_id)
        rulebook = get_published(connection, round_.rulebook_id)
        gold = gold_answers(connection, round_.project_id, sorted(answers))
        runs = store.list_runs(connection, round_id)
    return advise(rulebook.fields, answers, gold), runs, round_


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


def _stands_alone(held: Resolution, round_id: int) -> bool:
    """Whether it is the round's own: an item that got one answer, which holds by itself."""
    return held.origin is Origin.ANNOTATION and held.round_id == round_id


def _is_there(held: Resolution | None, round_: Round, wanted: ResolvedItem) -> bool:
    """Whether this very resolution holds already; what a recheck confirms stays, with the lot it was accepted in."""
    if held is None or held.answers != wanted.answers:
        return False
    confirms = round_.kind is RoundKind.RECHECK and held.rulebook_id == round_.rulebook_id
    return confirms or (held.origin is Origin.CONSENSUS and held.round_id == round_.id)


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
