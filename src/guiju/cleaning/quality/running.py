"""The jobs: rules held against a source, batch by batch; and what such a check set aside, brought back."""

from collections.abc import Iterable, Sequence
from functools import partial

import msgspec

from guiju.cleaning.profiles.store import profiled_sources
from guiju.cleaning.quality import store
from guiju.cleaning.quality.checking import Batch, add_up, answer, batches, reads_of_source
from guiju.cleaning.quality.errors import CheckRunNotFound, ProfileWanted, VersionNotFound
from guiju.cleaning.quality.model import Run, RunState, Tally, Then, Version
from guiju.cleaning.quality.rules import Done, settle, source_tally
from guiju.data import AsideReason, Source, SourceNotFound, SourceState, bring_items_back, find_source, set_aside
from guiju.data.deriving import find_used
from guiju.storage import Event, JobCancelled, JobRun, Tx

SLICE = 1_000


class _Checkpoint(msgspec.Struct):
    after: int = 0
    items: int = 0
    beside: int = 0
    tallies: list[Tally] = msgspec.field(default_factory=list[Tally])


def run_check(job: JobRun) -> dict[str, object]:
    """Hold the rules against the source that the payload's run names. Killed, it goes on behind the last batch.

    Cancelled or failed, what it set aside comes back. Raises `CheckRunNotFound`, `ProfileWanted`, `SourceNotFound`.
    """
    run = _find(job, int(job.job.payload["run"]))
    if run.state is RunState.RUNNING:
        try:
            _Checking(job, run).carry_out()
        except JobCancelled:
            _give_up(job, run)
            raise
        except Exception:
            _give_up(job, run, failed=True)
            raise
    _replace_earlier(job, run)
    with job.house.reading() as connection:
        done = store.find_run(connection, run.id)
    outcome = done.outcome if done else None
    return {"run": run.id, "items": outcome.items if outcome else 0, "aside": outcome.aside if outcome else 0}


def _find(job: JobRun, run_id: int) -> Run:
    with job.house.reading() as connection:
        found = store.find_run(connection, run_id)
    if found is None:
        raise CheckRunNotFound(run=run_id)
    return found


def _give_up(job: JobRun, run: Run, *, failed: bool = False) -> None:
    """Nothing of it stays; another worker that took the job over goes on with it."""
    if failed or job.house.write(job.was_cancelled):
        job.house.write(lambda tx: store.update_run(tx, run.id, {"state": RunState.FAILED}, was=RunState.RUNNING))
        _bring_back(job, run, beating=False)


class _Checking:
    """One check of a source."""

    def __init__(self, job: JobRun, run: Run) -> None:
        self._job, self._house, self._run = job, job.house, run
        self._at = msgspec.convert(job.checkpoint or {}, _Checkpoint)
        self._version, self._source = self._read()
        self._rules = self._version.rules
        if not self._at.tallies:
            self._at.tallies = [Tally() for _ in self._rules]

    def _read(self) -> tuple[Version, Source]:
        run = self._run
        with self._house.reading() as connection:
            version = store.find_version(connection, run.project_id, run.version)
            source = find_source(connection, run.source_id)
            profiled = profiled_sources(connection, run.project_id)
            self._total = store.count_items_of_sources(connection, [run.source_id])
        if version is None:
            raise VersionNotFound(version=run.version)
        if source is None or source.state is not SourceState.LANDED:
            raise SourceNotFound(source=run.source_id)
        if source.id not in profiled:
            raise ProfileWanted(source=source.name)
        return version, source

    def carry_out(self) -> None:
        self._job.advance(done=self._at.items, total=self._total)
        for batch in batches(self._house, self._run.project_id, self._run.source_id, self._rules, self._at.after):
            self._take(batch)
        for place, rule in enumerate(self._rules):
            if reads_of_source(rule.check):
                self._at.tallies[place] = source_tally(rule, self._source.counts)
        self._end()

    def _take(self, batch: Batch) -> None:
        """Look at a batch, and set aside what its rules want set aside; the checkpoint comes with the last slice."""
        plan: list[tuple[int, list[int]]] = []
        for place, rule in enumerate(self._rules):
            if reads_of_source(rule.check):
                continue
            said, used = answer(rule, batch), set[int]()
            if rule.then is Then.ASIDE and said.failed.any():
                failing = [int(one) for one in batch.ids[said.failed]]
                used = self._used(failing)
                plan.append((place, [one for one in failing if one not in used]))
            add_up(self._at.tallies[place], said, batch.ids, in_work=len(used))
        self._at.items += len(batch.ids)
        self._at.beside += int((~batch.waiting).sum())
        self._at.after = batch.last
        for place, ids in plan:
            for part in _parts(ids):
                self._job.advance(partial(self._set_aside, place, part), done=self._at.items)
        self._job.advance(done=self._at.items, checkpoint=msgspec.to_builtins(self._at))

    def _used(self, items: Sequence[int]) -> set[int]:
        with self._house.reading() as connection:
            return {one for part in _parts(items) for one in find_used(connection, part, but="derivation")}

    def _set_aside(self, place: int, items: Sequence[int], tx: Tx) -> None:
        run = self._run
        set_aside(tx, run.project_id, items, AsideReason.RULE, cause=run.cause(place), by=run.created_by)

    def _end(self) -> None:
        """The outcome is seen by one row's update; a hold's items are set aside before it."""
        run, at = self._run, self._at
        with self._house.reading() as connection:
            counted, aside = store.count_by_cause(connection, run), store.count_items_of(connection, run)
        by_place = {place: counted.get(run.cause(place), 0) for place in range(len(self._rules))}
        outcome = settle(self._rules, at.tallies, Done(at.items, at.beside, aside, by_place))
        if outcome.held:
            self._hold()
        said = msgspec.json.encode(outcome).decode()

        def land(tx: Tx) -> None:
            if not store.update_run(tx, run.id, {"state": RunState.DONE, "outcome": said}, was=RunState.RUNNING):
                raise JobCancelled
            facts = {"version": run.version, "items": outcome.items, "aside": outcome.aside, "held": int(outcome.held)}
            tx.journal(Event(run.created_by, "cleaning.checked", run.project_id, run.source_id, facts=facts))

        self._job.advance(land, done=self._total)

    def _hold(self) -> None:
        run, after = self._run, 0
        while True:
            with self._house.reading() as connection:
                ids = store.ids_behind(connection, run.source_id, after, SLICE)
                used = find_used(connection, ids, but="derivation") if ids else set[int]()
            if not ids:
                return
            self._job.advance(partial(self._hold_some, [one for one in ids if one not in used]), done=self._at.items)
            after = ids[-1]

    def _hold_some(self, items: Sequence[int], tx: Tx) -> None:
        run = self._run
        set_aside(tx, run.project_id, items, AsideReason.RULE, cause=run.hold_cause, by=run.created_by)


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + SLICE] for start in range(0, len(ids), SLICE))


def _replace_earlier(job: JobRun, run: Run) -> None:
    """Of the checks of a source the latest holds; what an earlier one alone set aside comes back."""
    with job.house.reading() as connection:
        done = store.runs_of_source(connection, run.source_id, RunState.DONE)
        unfinished = store.runs_of_source(connection, run.source_id, RunState.REPLACED)
    for earlier in [*done[:-1], *unfinished[-1:]]:
        job.house.write(
            lambda tx, earlier=earlier: store.update_run(
                tx, earlier.id, {"state": RunState.REPLACED}, was=RunState.DONE
            )
        )
        _bring_back(job, earlier)


def _bring_back(job: JobRun, run: Run, *, beating: bool = True) -> int:
    """Bring back what a check set aside, slice by slice; how many rows that were."""
    back = 0
    with job.house.reading() as connection:
        causes = list(store.count_by_cause(connection, run))
    for cause in causes:
        while True:
            with job.house.reading() as connection:
                ids = store.some_of_cause(connection, run.project_id, cause, 0, SLICE)
            if not ids:
                break
            work = partial(bring_items_back, project_id=run.project_id, items=ids, cause=cause)
            if beating:
                job.advance(lambda tx, work=work: void(work(tx)), done=back)
            else:
                job.house.write(work)
            back += len(ids)
    return back


def void(_: object) -> None:
    """What a write counts is not asked here."""


def run_undo(job: JobRun) -> dict[str, object]:
    """Bring back all that a check set aside. May be repeated after a kill."""
    run = _find(job, int(job.job.payload["run"]))
    back = _bring_back(job, run)
    job.house.write(lambda tx: store.update_run(tx, run.id, {"state": RunState.UNDONE}, was=RunState.UNDOING))
    return {"run": run.id, "back": back}


def run_release(job: JobRun) -> dict[str, object]:
    """Give a held source's items out again; what single rules set aside stays. May be repeated after a kill."""
    run = _find(job, int(job.job.payload["run"]))
    back = 0
    while True:
        with job.house.reading() as connection:
            ids = store.some_of_cause(connection, run.project_id, run.hold_cause, 0, SLICE)
        if not ids:
            return {"run": run.id, "back": back}
        back += len(ids)
        work = partial(bring_items_back, project_id=run.project_id, items=ids, cause=run.hold_cause)
        job.advance(lambda tx, work=work: void(work(tx)), done=back)
