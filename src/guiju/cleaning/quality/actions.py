"""Quality rules are written, tried, published, held against sources; and what that set aside is undone."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from guiju.cleaning.profiles.actions import PROFILE
from guiju.cleaning.profiles.store import profiled_sources
from guiju.cleaning.quality import errors, store
from guiju.cleaning.quality.model import Rule, Run, RunState, Trying, Version
from guiju.cleaning.quality.rules import checked
from guiju.data import Source, SourceNotFound, find_items
from guiju.data.model import Item
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.storage import (
    Actor,
    Event,
    House,
    Job,
    JobRun,
    JournalRow,
    Subscriber,
    Tx,
    ask_for_job,
    cancel_job,
    find_job,
)

CHECK = "cleaning.check"
UNDO = "cleaning.undo-check"
RELEASE = "cleaning.release-source"
NOTE_CHARACTERS = 500
SECONDS = 10.0


def run_check(run: JobRun) -> dict[str, object]:
    """The job; see `quality.running`."""
    from guiju.cleaning.quality.running import run_check as carry_out  # noqa: PLC0415 - NumPy

    return carry_out(run)


def run_undo(run: JobRun) -> dict[str, object]:
    from guiju.cleaning.quality.running import run_undo as carry_out  # noqa: PLC0415 - NumPy

    return carry_out(run)


def run_release(run: JobRun) -> dict[str, object]:
    from guiju.cleaning.quality.running import run_release as carry_out  # noqa: PLC0415 - NumPy

    return carry_out(run)


def _on_profiled(tx: Tx, row: JournalRow) -> None:
    """Once a new source has its profile, the rules in force are held against it; taken anew, they are not again."""
    project_id, source_id = int(row.project_id or 0), int(row.subject_id or 0)
    version = store.find_version(tx.connection, project_id)
    if version is None or not store.source_is_landed(tx.connection, source_id):
        return
    if not store.was_checked_at_import(tx.connection, source_id, version.number):
        _ask(tx, version, source_id, by=int(row.actor_id or version.by), by_import=True)


JOBS = {CHECK: run_check, UNDO: run_undo, RELEASE: run_release}
SUBSCRIBERS = [Subscriber("cleaning.check", frozenset({"cleaning.profiled"}), _on_profiled)]


def _ask(tx: Tx, version: Version, source_id: int, *, by: int, by_import: bool) -> int:
    about = {"project_id": version.project_id, "source_id": source_id, "version": version.number}
    run_id = store.insert_run(tx, **about, by_import=int(by_import), created_by=by)
    job_id = ask_for_job(tx, CHECK, {"run": run_id}, project_id=version.project_id, actor_id=by)
    store.update_run(tx, run_id, {"job_id": job_id})
    return run_id


def publish_rules(
    house: House, actor: Actor, project_id: int, rules: Sequence[Rule], *, request_id: str, note: str = ""
) -> Version:
    """Let these rules be in force from now on: a new version, if they say something new.

    Raises `CheckUnknown`, `RuleWrong`.
    """
    said = checked(rules)

    def publish(tx: Tx) -> int:
        before = store.find_version(tx.connection, project_id)
        if before is not None and before.rules == said:
            return before.number
        number = before.number + 1 if before else 1
        about = {"project_id": project_id, "version": number, "by": actor.id}
        store.insert_version(tx, said, note=note.strip()[:NOTE_CHARACTERS], **about)
        facts = {"version": number, "rules": len(said)}
        tx.journal(Event(actor.id, "cleaning.rules-published", project_id, facts=facts))
        return number

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, "cleaning.rules", lambda: publish(tx))

    return get_version(house, actor, project_id, house.write(write))


def find_rules(house: House, actor: Actor, project_id: int) -> Version | None:
    """The version in force."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        return store.find_version(connection, project_id)


def get_version(house: House, actor: Actor, project_id: int, number: int | None = None) -> Version:
    """Raises `VersionNotFound`, without a number `NoRules`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        found = store.find_version(connection, project_id, number)
    if found is None:
        raise errors.NoRules if number is None else errors.VersionNotFound(version=number)
    return found


def list_versions(house: House, actor: Actor, project_id: int) -> list[Version]:
    """The newest first."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        return store.list_versions(connection, project_id)


class Started(msgspec.Struct, frozen=True):
    """Checks that were asked for, and the jobs of profiles that must be there before the checks that follow them."""

    runs: list[int]
    profiling: list[int]


def start_checks(
    house: House, actor: Actor, project_id: int, *, request_id: str, source_id: int | None = None
) -> Started:
    """Hold the rules in force against a source, or against every source; a check and a job for each.

    A source without a profile gets one first, and is checked when it is there.
    Raises `NoRules`, `NothingToCheck`, `SourceNotFound`, `CheckGoingOn`.
    """

    def start(tx: Tx) -> dict[str, list[int]]:
        version = store.find_version(tx.connection, project_id)
        if version is None:
            raise errors.NoRules
        ready, others = _wanted_sources(tx.connection, project_id, source_id)
        _refuse_going_on(tx, ready)
        runs = [_ask(tx, version, source.id, by=actor.id, by_import=False) for source in ready]
        jobs = [_ask_for_profile(tx, source, actor.id) for source in others]
        facts = {"version": version.number, "sources": len(ready) + len(others)}
        tx.journal(Event(actor.id, "cleaning.check-asked", project_id, source_id, facts=facts))
        return {"runs": runs, "profiling": jobs}

    def write(tx: Tx) -> dict[str, list[int]]:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, "cleaning.check", lambda: start(tx))

    return Started(**house.write(write))


def sources_without_profile(house: House, actor: Actor, project_id: int, source_id: int | None = None) -> list[int]:
    """Raises `SourceNotFound`, `NothingToCheck`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        _, others = _wanted_sources(connection, project_id, source_id)
    return [source.id for source in others]


def _ask_for_profile(tx: Tx, source: Source, by: int) -> int:
    return ask_for_job(tx, PROFILE, {"source": source.id}, project_id=source.project_id, actor_id=by)


def _wanted_sources(
    connection: Connection, project_id: int, source_id: int | None
) -> tuple[list[Source], list[Source]]:
    """Imported sources whose figures are there, and those that have no profile yet."""
    landed = store.landed_sources(connection, project_id)
    wanted = landed if source_id is None else [source for source in landed if source.id == source_id]
    if source_id is not None and not wanted:
        raise SourceNotFound(source=source_id)
    if not wanted:
        raise errors.NothingToCheck
    profiled = profiled_sources(connection, project_id)
    return [one for one in wanted if one.id in profiled], [one for one in wanted if one.id not in profiled]


def _refuse_going_on(tx: Tx, sources: Sequence[Source]) -> None:
    for source in sources:
        for run in store.runs_of_source(tx.connection, source.id, RunState.RUNNING):
            job = find_job(tx.connection, run.job_id) if run.job_id else None
            if job is not None and not job.state.is_over:
                raise errors.CheckGoingOn(source=source.name, run=run.id)
            store.update_run(tx, run.id, {"state": RunState.FAILED}, was=RunState.RUNNING)


def try_rules(
    house: House,
    actor: Actor,
    project_id: int,
    rules: Sequence[Rule],
    *,
    source_id: int | None = None,
    seconds: float = SECONDS,
) -> Trying:
    """What rules would do, without doing it: exact where `looked` is all items, otherwise of those looked at in time.

    Sources without a profile are not looked at. Raises `CheckUnknown`, `RuleWrong`, `NothingToCheck`, `SourceNotFound`,
    `ProfileWanted` where no source has a profile.
    """
    from guiju.cleaning.quality.trying import carry_out  # noqa: PLC0415 - NumPy

    said = checked(rules)
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
        sources, others = _wanted_sources(connection, project_id, source_id)
    if not sources:
        raise errors.ProfileWanted(source=others[0].name)
    seen = carry_out(house, project_id, said, sources, seconds)
    return msgspec.structs.replace(seen, unprofiled=len(others))


def get_run(house: House, actor: Actor, project_id: int, run_id: int) -> Run:
    """Raises `CheckRunNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        found = store.find_run(connection, run_id)
    if found is None or found.project_id != project_id:
        raise errors.CheckRunNotFound(run=run_id)
    return found


def list_runs(house: House, actor: Actor, project_id: int, source_id: int | None = None) -> list[Run]:
    """The newest first."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        return store.list_runs(connection, project_id, source_id)


@dataclass(frozen=True, slots=True)
class Line:
    """A source and the check of it that is in force or going on, with its job while it is."""

    source: Source
    run: Run | None
    job: Job | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Where the rules of a project stand."""

    version: Version | None
    lines: list[Line]
    may_write: bool


def look_at_quality(house: House, actor: Actor, project_id: int) -> Overview:
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_ITEMS)
        version = store.find_version(connection, project_id)
        runs = store.latest_runs(connection, project_id)
        sources = store.landed_sources(connection, project_id)
        lines = [_line(connection, source, runs.get(source.id)) for source in reversed(sources)]
    return Overview(version, lines, actor.trusted or may(standing.roles, Act.IMPORT_DATA))


def _line(connection: Connection, source: Source, run: Run | None) -> Line:
    waits = run is not None and run.state is RunState.RUNNING and run.job_id
    return Line(source, run, find_job(connection, run.job_id) if run and run.job_id and waits else None)


def items_of(house: House, actor: Actor, project_id: int, ids: Sequence[int]) -> dict[int, Item]:
    """Those of the items that the reader may see; what was masked is not among them."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        return find_items(connection, project_id, ids, withheld=False)


def undo_check(house: House, actor: Actor, project_id: int, run_id: int, *, request_id: str) -> int:
    """Bring back by a job all that a check set aside; the job's id. One that goes on is cancelled.

    Raises `CheckRunNotFound`, `CheckNotDone`.
    """

    def undo(tx: Tx) -> int:
        run = _find_run(tx.connection, project_id, run_id)
        if run.state not in {RunState.DONE, RunState.RUNNING}:
            raise errors.CheckNotDone(run=run_id)
        if run.state is RunState.RUNNING and run.job_id:
            cancel_job(tx, run.job_id)
        store.update_run(tx, run.id, {"state": RunState.UNDOING})
        tx.journal(Event(actor.id, "cleaning.check-undone", project_id, run.source_id, facts={"run": run.id}))
        return ask_for_job(tx, UNDO, {"run": run.id}, project_id=project_id, actor_id=actor.id)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, "cleaning.undo-check", lambda: undo(tx))

    return house.write(write)


def _find_run(connection: Connection, project_id: int, run_id: int) -> Run:
    run = store.find_run(connection, run_id)
    if run is None or run.project_id != project_id:
        raise errors.CheckRunNotFound(run=run_id)
    return run


def release_source(house: House, actor: Actor, project_id: int, run_id: int, reason: str, *, request_id: str) -> int:
    """Give the items of a held source out all the same, for a reason that stays on record; the job's id.

    Raises `CheckRunNotFound`, `NotHeld`, `ReasonWanted`.
    """
    reason = " ".join(reason.split())[:NOTE_CHARACTERS]
    if not reason:
        raise errors.ReasonWanted

    def release(tx: Tx) -> int:
        run = _find_run(tx.connection, project_id, run_id)
        if not run.is_holding:
            raise errors.NotHeld(run=run_id)
        store.update_run(tx, run.id, {"released_by": actor.id, "released_at": tx.at, "reason": reason})
        tx.journal(Event(actor.id, "cleaning.source-released", project_id, run.source_id, facts={"run": run.id}))
        return ask_for_job(tx, RELEASE, {"run": run.id}, project_id=project_id, actor_id=actor.id)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, "cleaning.release", lambda: release(tx))

    return house.write(write)


def names_of(house: House, people: Sequence[int]) -> dict[int, str]:
    """What those who wrote, started or released something are called."""
    with house.reading() as connection:
        return store.names_of(connection, people)
