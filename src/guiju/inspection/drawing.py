"""A lot is drawn: what waits is taken, its plan is made, and its sample drawn with bytes that were committed before.

What can be computed is computed before the write.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from guiju.annotations import list_annotators
from guiju.data import list_sources
from guiju.inspection import pool as pools
from guiju.inspection import store
from guiju.inspection import tables as t
from guiju.inspection.errors import (
    LotChanged,
    LotNotFound,
    LotNotRejected,
    LotResubmitted,
    NothingToInspect,
    ReworkNotDone,
)
from guiju.inspection.model import Lot, LotState, Outcome, Risk, Scope, Split, Terms
from guiju.inspection.plans.actions import plan_for, terms_of
from guiju.inspection.plans.model import AnyPlan, Strictness
from guiju.inspection.pool import Candidates, Pool
from guiju.inspection.proof.actions import commit_bytes, have_commitment
from guiju.inspection.proof.rules import draw_lines, entry_of, facts_of, seed_of
from guiju.inspection.proof.store import lock_open, use_commitment
from guiju.inspection.rules import risks_of
from guiju.inspection.strata.model import Strata
from guiju.inspection.strata.rules import NOWHERE, check_plan, plan_strata, wanted_of
from guiju.inspection.strata.store import names_of
from guiju.inspection.streams.model import Switching
from guiju.inspection.unfolding import fold, unfold
from guiju.kit import sha256_hex
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, Tx
from guiju.work import progress_of_rounds, seal_slots

__all__ = ["Preview", "Terms", "Waiting", "draw_from", "draw_lot", "preview_lot", "resubmit_lot"]

AT_ONCE = 20_000
"""Entries that the drawing transaction itself writes; of a larger lot it writes pages."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The lot that would be drawn: `waiting` items in the pool, the plan, how strict and why, and what it risks."""

    waiting: int
    plan: AnyPlan
    switching: Switching
    risks: list[Risk]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work that waits for inspection and that can be a lot of its own: an annotator's, a source's or a day's."""

    key: int | str
    name: str
    count: int

    @property
    def annotator_id(self) -> int:
        """The annotator whose it is."""
        assert isinstance(self.key, int)
        return self.key


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a lot takes and how it is drawn; the groups of its items where it is drawn by groups."""

    candidates: Candidates
    plan: AnyPlan
    lines: str
    contents: str
    strata: Strata | None
    newest: int

    @property
    def groups(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for entry in map(entry_of, self.lines.splitlines()) if self.strata else ():
            found.setdefault(entry.stratum, []).append(entry.item_id)
        return found


def preview_lot(  # noqa: PLR0913 - each is a choice of its own
    house: House,
    actor: Actor,
    project_id: int,
    *,
    round_id: int | None = None,
    annotator_id: int | None = None,
    pool: Pool | None = None,
    terms: Terms | None = None,
    counted: int | None = None,
) -> Preview:
    """What drawing a lot now would give; `counted` items wait there, where somebody counted them just now.

    Raises `NothingToInspect`, `FiguresMissing`, `UnknownPlan`, `InspectionStopped` and what plans refuse.
    """
    terms, pool = terms or Terms(), pool or Pool(project_id, round_id, annotator_id)
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        waiting = pools.count_candidates(connection, pool) if counted is None else counted
        if waiting == 0:
            raise NothingToInspect
        size = min(waiting, terms.size or waiting)
        plan, switching = plan_for(connection, pool, terms, size)
        if terms.strata:
            check_plan(plan)
    return Preview(waiting, plan, switching, risks_of(plan))


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
    return draw_from(house, actor, pool, request_id, Terms(size, aql, level, severity))


def draw_from(house: House, actor: Actor, pool: Pool, request_id: str, terms: Terms) -> int:
    """The same from any pool, by any terms. Raises as above, `UnknownDay`, and what plans and strata refuse."""
    return _draw(house, actor, request_id, pool, terms)


def list_waiting(
    house: House, actor: Actor, project_id: int, round_id: int | None = None
) -> dict[Split, list[Waiting]]:
    """What waits for inspection and can be a lot of its own: whose work by name, from which source, of which day."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        counts = pools.count_by_each(connection, Pool(project_id, round_id), list(Split))
        names = {split: _names(connection, project_id, by, split) for split, by in counts.items()}
    return {
        split: sorted(
            (Waiting(key, names[split][key], count) for key, count in by.items() if key in names[split]),
            key=lambda one: one.name,
        )
        for split, by in counts.items()
    }


def _names(
    connection: Connection, project_id: int, counts: Mapping[int | str, int], split: Split
) -> dict[int | str, str]:
    match split:
        case Split.ANNOTATOR:
            people = list_annotators(connection, [int(key) for key in counts])
            return {key: person.name for key, person in people.items()}
        case Split.SOURCE:
            return {each.id: each.name for each in list_sources(connection, project_id)}
        case Split.DAY:
            return {key: str(key) for key in counts}


def resubmit_lot(house: House, actor: Actor, project_id: int, lot_id: int, request_id: str) -> int:
    """Bring a rejected lot again after its rework, as a new lot by the same plan, under tightened inspection where the
    plan is one of the tables; returns the new lot.

    Raises `LotNotFound`, `LotNotRejected`, `ReworkNotDone`, `LotResubmitted`.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.DRAW_LOT)
        old = store.find_lot(connection, project_id, lot_id)
        if old is None:
            raise LotNotFound(lot=lot_id)
        _check_returned(connection, old)
    pool = Pool(project_id, old.round_id, old.annotator_id, old.source_id, old.day, resubmits=old.id)
    return _draw(house, actor, request_id, pool, terms_of(old.plan))


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
    elif lot.rework_scope is Scope.CHOSEN and lot.rework_round is not None:
        seen = progress_of_rounds(connection, [lot.rework_round])[lot.rework_round]
        return seen.open + seen.leased
    return store.count_unreworked(connection, lot.id, only)


def _draw(house: House, actor: Actor, request_id: str, pool: Pool, terms: Terms) -> int:
    with house.reading() as connection:
        authorise(connection, actor, pool.project_id, Act.DRAW_LOT)
    have_commitment(house, actor, pool.project_id)
    unfold(house, pool.project_id)
    with house.reading() as connection:
        candidates = pools.find_candidates(connection, pool, terms.size)
        drawn = _prepare(connection, pool, terms, candidates) if candidates.count else None

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, pool.project_id, Act.DRAW_LOT)
        return tx.once(request_id, actor.id, f"lot.draw.{pool.project_id}", lambda: _store(tx, actor, pool, drawn))

    return house.write(write)


def _prepare(connection: Connection, pool: Pool, terms: Terms, candidates: Candidates) -> _Drawn:
    plan, _ = plan_for(connection, pool, terms, candidates.count)
    newest = store.newest_lot(connection, pool.project_id)
    lines, strata = candidates.lines, None
    if terms.strata is not None:
        check_plan(plan)
        names = names_of(connection, pool, terms.strata.by, candidates.last_item)
        entries = [entry_of(line) for line in lines.splitlines()]
        strata = plan_strata((names.get(one.item_id, NOWHERE) for one in entries), terms.strata, plan.n)
        keys = {part.name: part.key for part in strata.parts}
        lines = "".join(f"{one[0]},{one[1]},{keys[names.get(one.item_id, NOWHERE)]}\n" for one in entries)
    return _Drawn(candidates, plan, lines, sha256_hex(lines.encode()), strata, newest)


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
    committed = lock_open(tx, pool.project_id)
    if committed is None:  # another lot was drawn with what stood ready
        raise LotChanged
    seed = seed_of(committed.secret, drawn.contents)
    lot_id = store.insert_lot(
        tx,
        project_id=pool.project_id,
        round_id=pool.round_id,
        annotator_id=pool.annotator_id,
        source_id=pool.source_id,
        day=pool.day,
        plan=store.encode_plan(drawn.plan),
        seed=seed,
        contents=drawn.contents,
        strata=store.encode_strata(drawn.strata),
        resubmits=pool.resubmits,
        created_by=actor.id,
    )
    picked = draw_lines(drawn.lines, wanted_of(drawn.strata, drawn.plan.n), seed)
    sample = [one.item_id for one in picked]
    if drawn.candidates.count > AT_ONCE >= len(sample):
        # of the draws between reading and writing there was none, so nothing else was taken
        if store.newest_lot(tx.connection, pool.project_id, before=lot_id) != drawn.newest:
            raise LotChanged
        fold(tx, pool.project_id, lot_id, lines=drawn.lines, sample=picked, by=actor.id)
    elif pools.take_entries(tx, lot_id, pool, drawn.candidates) != drawn.candidates.count:
        raise LotChanged
    else:
        store.mark_strata(tx, lot_id, drawn.groups)
        store.mark_sample(tx, lot_id, sample)
    seal_slots(tx, select(t.lot_entry.c.item_id).where(t.lot_entry.c.lot_id == lot_id))
    use_commitment(tx, committed.id, lot_id)
    facts = facts_of(drawn.plan, committed.commitment, drawn.contents, seed, sample)
    store.set_drawn(tx, lot_id, tx.journal(Event(actor.id, "lot.drawn", pool.project_id, lot_id, facts=facts)))
    commit_bytes(tx, actor, pool.project_id)
    return lot_id
