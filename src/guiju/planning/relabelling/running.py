"""The two jobs: the answers are read and what they would become is kept; then all of it is turned on at once.

Killed while reading, it goes on behind its checkpoint; killed while acting, either nothing is changed yet or everything
is, and only what follows (the recheck, the word to the journal) is still done.
"""

from functools import partial
from typing import Any

import msgspec

from guiju.planning.relabelling import figures, store
from guiju.planning.relabelling.deciding import decider
from guiju.planning.relabelling.errors import ReadAgain, RelabellingNotFound
from guiju.planning.relabelling.model import Came, Found, Kind, Recheck, Relabelling, State
from guiju.planning.relabelling.reading import Reading
from guiju.planning.relabelling.rules import MOST_RECHECKED
from guiju.planning.relabelling.switching import switch
from guiju.planning.relabelling.wording import prepare, prepare_undo
from guiju.rulebooks import compile_document, get_published
from guiju.rulebooks.publishing import Prepared, publish_prepared
from guiju.stats.draw import draw_sample
from guiju.storage import Actor, Event, JobRun, Tx
from guiju.work.recheck import NothingToRecheck, open_recheck

BACK_AT_ONCE = 5_000


def _get(run: JobRun) -> Relabelling:
    project_id, wanted = int(run.job.project_id or 0), int(run.job.payload["relabelling"])
    with run.house.reading() as connection:
        found = store.find_relabelling(connection, project_id, wanted)
    if found is None:
        raise RelabellingNotFound(relabelling=wanted)
    return found


def _actor(run: JobRun) -> Actor:
    return Actor(run.job.created_by or 0, "", "", trusted=True)


def _reading(run: JobRun, mine: Relabelling, found: Found) -> Reading:
    """Raises what trying the new document raises."""
    prepared = prepare(run.house, mine.project_id, mine.asked)
    with run.house.reading() as connection:
        before = get_published(connection, mine.before_id)
        decide = decider(run.house, connection, mine.project_id, mine.asked, before)
    return Reading(mine.asked, before, compile_document(prepared.document), decide, found)


def run_read(run: JobRun) -> dict[str, object]:
    """Read every answer of record that names a label, and keep what it would become. Changes nothing that holds."""
    mine, state = _get(run), run.checkpoint or {}
    labels = list(mine.asked.names)
    reading = _reading(run, mine, msgspec.convert(state.get("found", {}), Found))
    after, upto = int(state.get("after", 0)), int(state.get("upto", 0))
    with run.house.reading() as connection:
        total = store.count_held(connection, mine.project_id)
        upto = upto or store.last_resolution(connection, mine.project_id)
    while labels:
        with run.house.reading() as connection:
            said = store.read_held(connection, mine.project_id, labels, after)
        if not said:
            break
        rows, after = reading.rows(said), said[-1].item
        checkpoint = {"after": after, "upto": upto, "found": msgspec.to_builtins(reading.found)}
        put = partial(store.put_changes, relabelling_id=mine.id, rows=rows)
        run.advance(put, done=reading.found.answers, total=total, checkpoint=checkpoint)
    rows = _superseded(run, mine, reading)
    run.advance(partial(store.put_changes, relabelling_id=mine.id, rows=rows), done=total)
    found = _told(run, mine, reading.found)
    run.advance(lambda tx: _ready(tx, mine, found, upto), done=total, total=total)
    return {"relabelling": mine.id, "answers": found.answers}


def _superseded(run: JobRun, mine: Relabelling, reading: Reading) -> list[dict[str, Any]]:
    """A split decides nothing about what was inspected under the one label: that is delivered as it was accepted."""
    if mine.asked.kind is Kind.SPLIT or not mine.asked.names:
        return []
    with run.house.reading() as connection:
        return reading.rows(store.read_superseded(connection, mine.project_id, list(mine.asked.names)), held=False)


def _told(run: JobRun, mine: Relabelling, found: Found) -> Found:
    labels = list(mine.asked.names)
    with run.house.reading() as connection:
        of_lots = figures.count_lots(connection, mine.project_id, mine.id)
        beside = {
            "annotations": figures.count_annotations(connection, mine.project_id, labels) if labels else 0,
            "between": figures.count_between(connection, mine.project_id, mine.asked.sources),
            "references": figures.count_references(connection, mine.project_id, labels) if labels else 0,
            "deposits": figures.count_deposits(connection, mine.project_id, labels) if labels else 0,
            "deliveries": figures.count_deliveries(connection, mine.project_id),
            "rounds": figures.count_open_rounds(connection, mine.project_id),
        }
    return msgspec.structs.replace(found, accepted=of_lots[0], inspecting=of_lots[1], **beside)


def _ready(tx: Tx, mine: Relabelling, found: Found, upto: int) -> None:
    store.update_relabelling(tx, mine.id, found=found, state=State.READY, read_upto=upto)
    facts = {"answers": found.answers, "sources": mine.asked.sources}
    tx.journal(Event(mine.created_by, "rulebook.relabelling-read", mine.project_id, mine.id, facts=facts))


def run_act(run: JobRun) -> dict[str, object]:
    """Publish the version and turn on what was read, in one transaction; then open the recheck. Goes on where it was.

    Raises `ReadAgain`, `RulebookIsStale`, `UndoConflict`; then nothing is changed, and it can be decided again.
    """
    mine = _get(run)
    if mine.came_of is None:
        try:
            _switch(run, mine)
        except Exception:
            back = State.DISCARDED if mine.act is Kind.UNDO else State.READY
            run.house.write(lambda tx: store.update_relabelling(tx, mine.id, state=back))
            raise
        mine = _get(run)
    came_of = _rechecked(run, mine)
    run.advance(lambda tx: _finish(tx, run, mine, came_of), done=came_of.answers, total=came_of.answers)
    return {"relabelling": mine.id, "answers": came_of.answers, "kept": came_of.kept, "rechecks": came_of.rechecks}


def _switch(run: JobRun, mine: Relabelling) -> None:
    prepared = _undoing(run, mine) if mine.act is Kind.UNDO else _doing(run, mine)
    actor = _actor(run)

    def turn(tx: Tx) -> None:
        rulebook = publish_prepared(tx, actor, mine.project_id, prepared)
        made = switch(tx, mine.id, rulebook)
        came_of = Came(made.answers, made.kept, made.low, made.high)
        by = actor.id or None
        store.update_relabelling(tx, mine.id, came_of=came_of, after_id=rulebook, acted_at=tx.at, acted_by=by)

    run.advance(turn, done=0)


def _doing(run: JobRun, mine: Relabelling) -> Prepared:
    """What was answered since the answers were read is read as well. Raises `ReadAgain`."""
    prepared = prepare(run.house, mine.project_id, mine.asked)
    if prepared.latest.id != mine.before_id:
        raise ReadAgain
    labels = list(mine.asked.names)
    if labels:
        with run.house.reading() as connection:
            since = store.read_since(connection, mine.project_id, labels, mine.read_upto)
        rows = _reading(run, mine, mine.found or Found()).rows(since)
        run.advance(partial(store.put_changes, relabelling_id=mine.id, rows=rows), done=0)
    return prepared


def _undoing(run: JobRun, mine: Relabelling) -> Prepared:
    with run.house.reading() as connection:
        undone = store.find_relabelling(connection, mine.project_id, mine.undoes or 0)
        if undone is None or undone.came_of is None:
            raise RelabellingNotFound(relabelling=mine.undoes)
        kept = store.labels_kept(connection, undone)
        low, high = store.bounds_of_items(connection, undone.id)
    run.advance(lambda tx: store.forget_changes(tx, mine.id), done=0)
    for start in range(low, high + 1, BACK_AT_ONCE):
        items = (start, start + BACK_AT_ONCE - 1)
        stage = partial(store.stage_undo, undo_id=mine.id, undone=undone.id, came_of=undone.came_of, items=items)
        run.advance(stage, done=0)
    return prepare_undo(run.house, _actor(run), undone, kept)


def _rechecked(run: JobRun, mine: Relabelling) -> Came:
    """Open what was asked for; sent twice, a round is opened once."""
    assert mine.came_of is not None
    came_of, asked = mine.came_of, mine.asked
    if mine.act is Kind.UNDO:
        return came_of
    with run.house.reading() as connection:
        open_items = store.read_eyes(connection, mine.id)
        made = store.read_made(connection, came_of.low, came_of.high) if asked.recheck is not Recheck.NONE else []
    seed = f"relabelling-{mine.id}-{came_of.low}"
    if asked.recheck is Recheck.SAMPLE:
        made = [int(item) for item in draw_sample(map(str, made), min(asked.sample, len(made)), seed)]
    wanted = sorted({*open_items, *made})
    rounds: list[int] = []
    for start in range(0, len(wanted), MOST_RECHECKED):
        some = wanted[start : start + MOST_RECHECKED]
        try:
            name = f"relabelling-{mine.id}-{start}"
            rounds.append(open_recheck(run.house, _actor(run), mine.project_id, request_id=name, items=some))
        except NothingToRecheck:
            continue
    return msgspec.structs.replace(came_of, rechecks=rounds, rechecked=len(wanted), seed=seed)


def _finish(tx: Tx, run: JobRun, mine: Relabelling, came_of: Came) -> None:
    store.update_relabelling(tx, mine.id, came_of=came_of, state=State.DONE)
    action = "rulebook.relabelling-undone" if mine.act is Kind.UNDO else "rulebook.relabelled"
    facts = {"answers": came_of.answers, "sources": mine.asked.sources, "reason": mine.asked.reason}
    tx.journal(Event(run.job.created_by, action, mine.project_id, mine.id, facts=facts))
