"""A lot is drawn: what waits is taken, the plan is read from the brief's figures, the sample is drawn by a secret seed.

What can be computed is computed before the write: ranking 100,000 items by hash takes longer than storing them.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from guiju.annotations import list_annotators
from guiju.briefs import get_signed_figures
from guiju.inspection import store
from guiju.inspection import tables as t
from guiju.inspection.errors import (
    FiguresMissing,
    LotChanged,
    LotNotFound,
    LotNotRejected,
    LotResubmitted,
    NothingToInspect,
    ReworkNotDone,
)
from guiju.inspection.model import Lot, LotState, Outcome, Risk, Scope, Strictness
from guiju.inspection.rules import risks_of
from guiju.inspection.store import Candidates, Pool
from guiju.inspection.streams.actions import read_stream
from guiju.inspection.streams.errors import InspectionStopped
from guiju.inspection.streams.model import StreamKey, Switching
from guiju.inspection.streams.rules import next_inspection
from guiju.kit import new_secret
from guiju.people import Act
from guiju.projects import authorise
from guiju.stats.acceptance.single import Plan, known_aql, single_plan
from guiju.stats.draw import draw_sample
from guiju.storage import Actor, Event, House, Tx
from guiju.work import seal_slots


@dataclass(frozen=True, slots=True)
class Terms:
    """How a lot is to be inspected. What is `None` is read: AQL and level from the signed brief, strictness from the
    lots before. `size` is the most that the lot takes; `None` takes all that waits."""

    size: int | None = None
    aql: str | float | None = None
    level: str | None = None
    severity: Strictness | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The lot that would be drawn: `waiting` items in the pool, the plan, how strict and why, and what it risks."""

    waiting: int
    plan: Plan
    switching: Switching
    risks: list[Risk]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An annotator whose work waits for inspection, and how many items of it."""

    annotator_id: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Each:
    """The lots that were drawn one by one, and the annotators whose stream is stopped."""

    lots: list[int]
    stopped: list[int]


@dataclass(frozen=True, slots=True)
class _Drawn:
    candidates: Candidates
    plan: Plan
    seed: str
    sample: list[int]


def preview_lot(
    house: House,
    actor: Actor,
    project_id: int,
    *,
    round_id: int | None = None,
    annotator_id: int | None = None,
    terms: Terms | None = None,
) -> Preview:
    """What drawing a lot now would give.

    Raises `NothingToInspect`, `FiguresMissing`, `UnknownPlan`, `InspectionStopped`.
    """
    terms, pool = terms or Terms(), Pool(project_id, round_id, annotator_id)
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        waiting = store.count_candidates(connection, pool)
        if waiting == 0:
            raise NothingToInspect
        size = min(waiting, terms.size or waiting)
        plan, switching = _plan(connection, pool, terms, size)
    return Preview(waiting, plan, switching, risks_of(plan))


def _plan(connection: Connection, pool: Pool, terms: Terms, size: int) -> tuple[Plan, Switching]:
    figures = get_signed_figures(connection, pool.project_id)
    aql = terms.aql if terms.aql is not None else figures.aql if figures else None
    if aql is None:
        raise FiguresMissing
    level = terms.level or (figures.level if figures else "II")
    stream = read_stream(connection, StreamKey(pool.project_id, pool.annotator_id))
    switching = next_inspection(stream.state, stream.because, resubmitted=pool.resubmits is not None)
    return single_plan(size, known_aql(aql), level, terms.severity or switching.severity), switching


def draw_lot(  # noqa: PLR0913 - each is a choice of its own
    house: House,
    actor: Actor,
    project_id: int,
    request_id: str,
    *,
    round_id: int | None = None,
    annotator_id: int | None = None,
    size: int | None = None,
    aql: str | float | None = None,
    level: str | None = None,
    severity: Strictness | None = None,
) -> int:
    """Put what waits for inspection into a lot and draw its sample; returns the lot.

    Of one round, of one annotator, or of the whole project; at most `size` items, the oldest first. Raises
    `NothingToInspect`, `FiguresMissing`, `UnknownPlan`, `InspectionStopped`, `LotChanged`.
    """
    pool = Pool(project_id, round_id, annotator_id)
    return _draw(house, actor, request_id, pool, Terms(size, aql, level, severity))


def draw_each(
    house: House, actor: Actor, project_id: int, request_id: str, *, round_id: int | None = None, terms: Terms
) -> Each:
    """A lot for each annotator whose work waits, each in their own stream. A stream that is stopped gives none.

    Raises `NothingToInspect`, `FiguresMissing`, `UnknownPlan`, `LotChanged`.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.DRAW_LOT)
        waiting = sorted(store.count_by_annotator(connection, Pool(project_id, round_id)))
    lots, stopped = list[int](), list[int]()
    for annotator in waiting:
        pool = Pool(project_id, round_id, annotator)
        try:
            lots.append(_draw(house, actor, f"{request_id}-{annotator}"[:64], pool, terms))
        except InspectionStopped:
            stopped.append(annotator)
    if not lots and not stopped:
        raise NothingToInspect
    return Each(lots, stopped)


def list_waiting(house: House, actor: Actor, project_id: int, round_id: int | None = None) -> list[Waiting]:
    """Whose work waits for inspection, by name."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        counts = store.count_by_annotator(connection, Pool(project_id, round_id))
        people = list_annotators(connection, counts)
    waiting = [Waiting(each, people[each].name, count) for each, count in counts.items() if each in people]
    return sorted(waiting, key=lambda one: one.name)


def resubmit_lot(house: House, actor: Actor, project_id: int, lot_id: int, request_id: str) -> int:
    """Bring a rejected lot again after its rework, as a new lot under tightened inspection; returns the new lot.

    Raises `LotNotFound`, `LotNotRejected`, `ReworkNotDone`, `LotResubmitted`.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.DRAW_LOT)
        old = store.find_lot(connection, project_id, lot_id)
        if old is None:
            raise LotNotFound(lot=lot_id)
        _check_returned(connection, old)
    pool = Pool(project_id, old.round_id, old.annotator_id, resubmits=old.id)
    return _draw(house, actor, request_id, pool, Terms(aql=old.plan.aql, level=old.plan.level))


def _check_returned(connection: Connection, old: Lot) -> None:
    if old.state is not LotState.REJECTED:
        raise LotNotRejected(number=old.number)
    left = count_in_rework(connection, old)
    if left:
        raise ReworkNotDone(number=old.number, left=left)


def count_in_rework(connection: Connection, lot: Lot) -> int:
    """How many items of a rejected lot its annotators have not sent again."""
    only = None
    if lot.rework_scope is Scope.DEFECTS:
        sample = store.read_sample(connection, lot.id)
        only = [each.item_id for each in sample if each.verdict and each.verdict.finding.outcome is Outcome.DEFECT]
    return store.count_unreworked(connection, lot.id, only)


def _draw(house: House, actor: Actor, request_id: str, pool: Pool, terms: Terms) -> int:
    with house.reading() as connection:
        authorise(connection, actor, pool.project_id, Act.DRAW_LOT)
        candidates = store.find_candidates(connection, pool, terms.size)
        drawn = _draw_from(connection, pool, terms, candidates) if candidates.ids else None

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, pool.project_id, Act.DRAW_LOT)
        return tx.once(request_id, actor.id, f"lot.draw.{pool.project_id}", lambda: _store(tx, actor, pool, drawn))

    return house.write(write)


def _draw_from(connection: Connection, pool: Pool, terms: Terms, candidates: Candidates) -> _Drawn:
    plan, _ = _plan(connection, pool, terms, len(candidates.ids))
    seed = new_secret()
    sample = draw_sample(map(str, candidates.ids), plan.n, seed)
    return _Drawn(candidates, plan, seed, [int(item) for item in sample])


def _check_not_resubmitted(connection: Connection, pool: Pool) -> None:
    if pool.resubmits is None or store.find_resubmission(connection, pool.resubmits) is None:
        return
    old = store.find_lot(connection, pool.project_id, pool.resubmits)
    raise LotResubmitted(number=old.number if old else pool.resubmits)


def _store(tx: Tx, actor: Actor, pool: Pool, drawn: _Drawn | None) -> int:
    # The same request sent again finds nothing waiting any more: its receipt answers before this is reached.
    if drawn is None:
        raise NothingToInspect
    _check_not_resubmitted(tx.connection, pool)
    lot_id = store.insert_lot(
        tx,
        project_id=pool.project_id,
        round_id=pool.round_id,
        annotator_id=pool.annotator_id,
        plan=store.encode_plan(drawn.plan),
        seed=drawn.seed,
        resubmits=pool.resubmits,
        created_by=actor.id,
    )
    if store.take_entries(tx, lot_id, pool, drawn.candidates) != len(drawn.candidates.ids):
        raise LotChanged
    store.mark_sample(tx, lot_id, drawn.sample)
    seal_slots(tx, select(t.lot_entry.c.item_id).where(t.lot_entry.c.lot_id == lot_id))
    facts = {"plan": drawn.plan.to_dict(), "seed": drawn.seed, "resubmits": pool.resubmits}
    tx.journal(Event(actor.id, "lot.drawn", pool.project_id, lot_id, facts=facts))
    return lot_id
