"""The jobs: a recipe run over items chunk by chunk, resumed behind its checkpoint; and a run undone, slice by slice."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import msgspec

from guiju.cleaning.recipes import errors, store
from guiju.cleaning.recipes.actions import begin_undoing
from guiju.cleaning.recipes.model import Counts, Outcome, Run, RunPayload, RunState
from guiju.cleaning.recipes.pieces import piece_of, record_of
from guiju.cleaning.recipes.rules import Made, add_up, carry_out, media_of, ready
from guiju.data import AsideReason, Item, bring_items_back, find_items, land_source, set_aside
from guiju.data import Counts as SourceCounts
from guiju.data import store as data_store
from guiju.data.deriving import Derived, derive_chunk, find_used, ids_of_contents
from guiju.data.intake.actions import clear_source
from guiju.data.intake.errors import ImportRefused, RecordRefused
from guiju.data.intake.model import Record, RefusedRecord
from guiju.data.intake.store import leftover_row
from guiju.storage import Event, JobCancelled, JobRun, Tx

CHUNK_ITEMS = 500
CHUNK_PIECES = 2_000
CHUNK_BYTES = 8_000_000
CHUNK_SECONDS = 2.0
UNDO_ROWS = 1_000


def run_recipe(run: JobRun) -> dict[str, object]:
    """Run a recipe over the items that its payload names. Cancelled or failed, all is as before.

    Raises `JobCancelled`, `RunNotFound`, `BlobMissing`.
    """
    payload = msgspec.convert(run.job.payload, RunPayload)
    with run.house.reading() as connection:
        found = store.find_run(connection, payload.run)
    if found is None:
        raise errors.RunNotFound(run=payload.run)
    if found.state is RunState.DONE:
        return _outcome(found.id, found.counts)
    try:
        return _Running(run, found, payload.until).carry_out()
    except JobCancelled:
        _undo_if_mine(run, found.id)
        raise
    except Exception:
        _undo_if_mine(run, found.id, failed=True)
        raise


def _undo_if_mine(run: JobRun, run_id: int, *, failed: bool = False) -> None:
    """After a cancellation or a failure nothing of the run stays; another worker that took it over goes on with it."""

    def write(tx: Tx) -> bool:
        found = store.find_run(tx.connection, run_id)
        if found is None or found.state is not RunState.RUNNING:
            return found is not None and found.state is RunState.UNDOING
        if not failed and not run.was_cancelled(tx):
            return False
        begin_undoing(tx, found, found.created_by)
        return True

    run.house.write(write)


def _outcome(run_id: int, counts: Counts) -> dict[str, object]:
    return {"run": run_id, **msgspec.to_builtins(counts)}


@dataclass(slots=True)
class _Chunk:
    """Items looked at but not yet stored."""

    made: list[tuple[Item, Made]]
    records: list[tuple[int, Record]]
    metas: dict[int, str]

    @property
    def pieces(self) -> int:
        return len(self.records)


class _Running:
    """One run over a recipe's items."""

    def __init__(self, job: JobRun, run: Run, until: int) -> None:
        self._job, self._house, self._run, self._until = job, job.house, run, until
        self._counts = msgspec.convert(job.checkpoint or {}, Counts)
        with self._house.reading() as connection:
            recipe = store.find_recipe(connection, run.recipe_id, run.version)
            key = store.find_key(connection, run.project_id)
        if recipe is None or key is None:
            raise errors.RecipeNotFound(recipe=run.recipe_id)
        self._recipe, self._key = recipe, key
        self._steps = ready(recipe.steps)
        self._media = media_of(self._steps)
        self._total = 0

    def carry_out(self) -> dict[str, object]:
        if self._run.state is not RunState.RUNNING:
            raise JobCancelled
        with self._house.reading() as connection:
            left, _ = store.count_wanted(connection, self._recipe, self._run.from_source, after=self._counts.after)
        self._total = self._counts.seen + left
        self._job.advance(done=self._counts.seen, total=self._total)
        while True:
            with self._house.reading() as connection:
                ids = self._wanted(connection, CHUNK_ITEMS)
                items = find_items(connection, self._run.project_id, ids)
                used = find_used(connection, ids, but="derivation")
            if not ids:
                break
            self._take([items[one] for one in ids if one in items], used, ids[-1])
        self._land()
        return _outcome(self._run.id, self._counts)

    def _wanted(self, connection: object, limit: int) -> list[int]:
        return store.list_wanted(
            connection,  # type: ignore[arg-type]
            self._recipe,
            self._run.from_source,
            after=self._counts.after,
            until=self._until,
            limit=limit,
        )

    def _take(self, items: Sequence[Item], used: set[int], last: int) -> None:
        """Look at the items, and store them as soon as they are enough."""
        chunk, weight, since = _Chunk([], [], {}), 0, time.monotonic()
        for item in items:
            made = self._look_at(item, item.id in used)
            chunk.made.append((item, made))
            if made.outcome in {Outcome.CHANGED, Outcome.SPLIT}:
                for piece in made.pieces:
                    position = len(chunk.records) + 1
                    chunk.records.append((item.id, record_of(piece, position)))
                    if piece.meta:
                        chunk.metas[position] = msgspec.json.encode(piece.meta).decode()
                weight += item.size
            if chunk.pieces >= CHUNK_PIECES or weight >= CHUNK_BYTES or time.monotonic() - since > CHUNK_SECONDS:
                self._store(chunk, item.id)
                chunk, weight, since = _Chunk([], [], {}), 0, time.monotonic()
        self._store(chunk, last)

    def _look_at(self, item: Item, used: bool) -> Made:
        try:
            made = carry_out(piece_of(self._house, item, self._media), self._steps, self._key)
        except RecordRefused as refusal:
            return Made(Outcome.FAILED, [], [], masked=False, lost=0, fault=refusal)
        if used and made.outcome not in {Outcome.UNCHANGED, Outcome.FAILED}:
            return Made(Outcome.FAILED, [], [], masked=False, lost=0, fault=errors.ItemInWork())
        return made

    def _store(self, chunk: _Chunk, last: int) -> None:
        def write(insert: Callable[[Tx, Collection[int]], None], derived: Derived) -> None:
            plan = plan_outcomes(chunk.made, [parent for parent, _ in chunk.records], derived)
            counts = msgspec.convert(msgspec.to_builtins(self._counts), Counts)
            for made in plan.made:
                add_up(counts, made)
            counts.after, counts.made = last, counts.made + len(plan.children)

            def work(tx: Tx) -> None:
                insert(tx, plan.positions)
                self._write(tx, plan)

            self._job.advance(
                work, done=counts.seen, total=max(self._total, counts.seen), checkpoint=msgspec.to_builtins(counts)
            )
            self._counts = counts

        records = [record for _, record in chunk.records]
        derive_chunk(self._house, self._run.project_id, self._run.source_id, records, metas=chunk.metas, write=write)

    def _write(self, tx: Tx, plan: "_Plan") -> None:
        run = self._run
        ids = ids_of_contents(tx, run.project_id, [content for _, _, content in plan.children])
        store.insert_derivations(
            tx, run.id, [(parent, place, ids[content]) for parent, place, content in plan.children]
        )
        store.insert_cleaned(tx, run.id, plan.outcomes)
        data_store.insert_leftovers(tx, [leftover_row(run.source_id, fault) for fault in plan.faults])
        for reason, parents in plan.asides.items():
            held = [*parents]
            if reason is AsideReason.PERSONAL:
                # What the masked item came out of says the same about the same person.
                held += store.ancestors_of(tx.connection, parents)
            set_aside(tx, run.project_id, held, reason, cause=run.cause, by=run.created_by)

    def _land(self) -> None:
        """One row's update: from now on the derived items are seen."""
        run, counts = self._run, self._counts
        told = msgspec.json.encode(counts).decode()

        def land(tx: Tx) -> None:
            if not store.update_run(tx, run.id, {"state": RunState.DONE, "counts": told}, was=RunState.RUNNING):
                raise JobCancelled
            with_source = data_store.count_of_source(tx.connection, run.source_id)
            same = counts.made - with_source
            land_source(
                tx, run.source_id, SourceCounts(counts.made + counts.failed, with_source, max(same, 0), counts.failed)
            )
            facts = {
                name: getattr(counts, name) for name in ("unchanged", "changed", "split", "dropped", "failed", "made")
            }
            tx.journal(Event(run.created_by, "cleaning.run-landed", run.project_id, run.id, facts=facts))

        self._job.advance(land, done=counts.seen, total=counts.seen)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to write of a chunk."""

    made: list[Made]
    outcomes: dict[int, Outcome]
    children: list[tuple[int, int, str]]
    positions: set[int]
    asides: dict[AsideReason, list[int]]
    faults: list[RefusedRecord]


def plan_outcomes(made: Sequence[tuple[Item, Made]], parents: Sequence[int], derived: Derived) -> _Plan:
    """Which items stand for which, which are set aside and why, and which stay as they are with a reason. Pure.

    An item of whose pieces one cannot be taken stays whole: half of it would be lost without anybody's knowing.
    """
    positions: dict[int, list[int]] = {}
    for position, parent in enumerate(parents, 1):
        positions.setdefault(parent, []).append(position)
    plan = _Plan([], {}, [], set(), {}, [])
    for item, one in made:
        mine = positions.get(item.id, [])
        fault = one.fault or _fault(item, mine, derived)
        if fault is not None:
            one = Made(Outcome.FAILED, [], one.tallies, masked=False, lost=0, fault=fault)  # noqa: PLW2901
            plan.faults.append(RefusedRecord(item.id, item.name, fault))
        plan.made.append(one)
        plan.outcomes[item.id] = one.outcome
        if one.outcome in {Outcome.UNCHANGED, Outcome.FAILED}:
            continue
        plan.children.extend((item.id, place, derived.hashes[position]) for place, position in enumerate(mine))
        plan.positions.update(mine)
        plan.asides.setdefault(_reason(one), []).append(item.id)
    return plan


def _fault(item: Item, mine: Sequence[int], derived: Derived) -> RecordRefused | ImportRefused | None:
    for position in mine:
        if position in derived.refused:
            return derived.refused[position].refusal
        if position in derived.held:
            return errors.HeldByImport()
        if derived.hashes[position] == item.hash:
            return errors.NothingStandsForIt()
    return None


def _reason(made: Made) -> AsideReason:
    if made.masked:
        return AsideReason.PERSONAL
    return AsideReason.RULE if made.outcome is Outcome.DROPPED else AsideReason.CLEANED


def run_undo(job: JobRun) -> dict[str, object]:
    """Bring a run's parents back and clear its items away, a slice at a time. May be repeated after a kill."""
    run_id = int(job.job.payload["run"])
    with job.house.reading() as connection:
        run = store.find_run(connection, run_id)
    if run is None:
        raise errors.RunNotFound(run=run_id)
    back = int((job.checkpoint or {}).get("back", 0))

    def take(tx: Tx) -> None:
        nonlocal back
        items = store.take_some_back(tx, run.id, UNDO_ROWS)
        ancestors = store.ancestors_of(tx.connection, items)
        bring_items_back(tx, run.project_id, [*items, *ancestors], run.cause)
        taken.append(len(items))

    taken: list[int] = []
    while True:
        job.advance(take, done=back, checkpoint={"back": back + (taken[-1] if taken else 0)})
        if not taken[-1]:
            break
        back += taken[-1]
    cleared = clear_source(job.house, run.source_id)
    job.house.write(lambda tx: store.update_run(tx, run.id, {"state": RunState.UNDONE}, was=RunState.UNDOING))
    return {"run": run.id, "back": back, "cleared": cleared}
