"""An import: asked for in one transaction, carried out as a job, in chunks, seen by nobody until it has landed."""

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy.exc import IntegrityError

from guiju.data import store
from guiju.data.errors import BadCollectionDay, SourceInUse, SourceNotFound, SourceNotLanded
from guiju.data.intake.model import Columns, ImportPayload, Origin
from guiju.data.intake.store import bring_some_back
from guiju.data.mapping.store import remember
from guiju.data.model import Source, SourceState
from guiju.data.readers import find_family, find_parts, open_parts
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, JobRun, Tx, ask_for_job, cancel_job, find_job

IMPORT = "data.import"
CLEAR = "data.clear"
CLEAR_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Started:
    """A new source and the job that fills it."""

    source: int
    job: int


def start_import(  # noqa: PLR0913 - an import is said in one call
    house: House,
    actor: Actor,
    project_id: int,
    *,
    request_id: str,
    paths: Sequence[Path],
    origin: Origin | None = None,
    columns: Columns | None = None,
    uploaded: Path | None = None,
    waiting: bool = False,
    beside: Callable[[Tx, int], None] | None = None,
) -> Started:
    """Look at the files, then ask for the job that imports them.

    `uploaded` is the folder of the server's own copies, removed when the job is over or nothing comes of it; `waiting`
    lets it be when the import is refused, for another try. How these columns were read is remembered. `beside`
    writes what a slice above keeps of the new source, in the same transaction.
    Raises `ImportRefused` before anything is kept.
    """
    origin, columns = check_origin(house, origin or Origin()), columns or Columns()
    given = [str(path.resolve()) for path in paths]
    payload = ImportPayload(0, given, columns, str(uploaded) if uploaded else None)
    fresh: list[bool] = []

    def ask(tx: Tx) -> dict[str, int]:
        fresh.append(True)
        started = _ask(tx, actor, project_id, origin, payload)
        if beside is not None:
            beside(tx, started["source"])
        return started

    def write(tx: Tx) -> dict[str, int]:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, "data.import", lambda: ask(tx))

    try:
        family = check_import(house, actor, project_id, paths, columns)
        payload = msgspec.structs.replace(payload, family=family or None)
        return Started(**house.write(write))
    finally:
        if uploaded is not None and not fresh and not (waiting and sys.exc_info()[0]):
            shutil.rmtree(uploaded, ignore_errors=True)


def check_origin(house: House, origin: Origin) -> Origin:
    """Raises `BadCollectionDay`: a day that is none, or is still to come anywhere on earth."""
    said = origin.collected_on
    if not said:
        return msgspec.structs.replace(origin, collected_on=None)
    try:
        day = date.fromisoformat(said)
    except ValueError as error:
        raise BadCollectionDay(day=said[:40]) from error
    latest = datetime.fromtimestamp(house.clock() / 1_000_000, UTC) + timedelta(hours=14)
    if day.year < 1900 or day > latest.date():
        raise BadCollectionDay(day=said[:40])
    return msgspec.structs.replace(origin, collected_on=day.isoformat())


def check_import(house: House, actor: Actor, project_id: int, paths: Sequence[Path], columns: Columns) -> str:
    """Whether these files can be imported, before anything is; their family. Raises `ImportRefused`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
    parts = find_parts(paths, columns.take)
    open_parts(parts, columns)
    return find_family(parts)


def _ask(tx: Tx, actor: Actor, project_id: int, origin: Origin, payload: ImportPayload) -> dict[str, int]:
    source_id = store.insert_source(
        tx,
        project_id=project_id,
        name=(origin.name or ", ".join(Path(path).name for path in payload.paths))[:200],
        owner=origin.owner,
        licence=origin.licence,
        rights=origin.rights,
        collected_on=origin.collected_on,
        mapping=msgspec.json.encode(payload.columns).decode(),
        family=payload.family,
        created_by=actor.id,
    )
    if payload.family and payload.columns != Columns():
        remember(tx, project_id, payload.family, payload.columns, actor.id)
    told = msgspec.to_builtins(msgspec.structs.replace(payload, source=source_id))
    job_id = ask_for_job(tx, IMPORT, told, project_id=project_id, actor_id=actor.id)
    store.set_job(tx, source_id, job_id)
    facts = {"files": len(payload.paths), "rights": origin.rights}
    tx.journal(Event(actor.id, "data.import-asked", project_id, source_id, facts=facts))
    return {"source": source_id, "job": job_id}


def cancel_import(house: House, actor: Actor, project_id: int, source_id: int) -> int:
    """Stop an import; nothing of it is kept. Returns the id of the job that clears it away.

    Raises `SourceNotFound`, `SourceNotLanded` when there is nothing to cancel any more.
    """

    def write(tx: Tx) -> int:
        source = get_source_for(tx, actor, project_id, source_id)
        if source.state is not SourceState.STAGING:
            raise SourceNotLanded(source=source.name)
        if source.job_id is not None:
            cancel_job(tx, source.job_id)
        tx.journal(Event(actor.id, "data.import-cancelled", project_id, source_id))
        return _drop_and_clear(tx, actor.id, source)

    return house.write(write)


def take_back_source(house: House, actor: Actor, project_id: int, source_id: int, *, request_id: str) -> int:
    """Take a landed source back whole: at once nobody sees it, a job clears it away (its id is returned).

    Raises `SourceNotFound`, `SourceNotLanded`, and `SourceInUse` when anything refers to one of its items.
    """

    def act(tx: Tx) -> int:
        source = get_source_for(tx, actor, project_id, source_id)
        if source.state is not SourceState.LANDED:
            raise SourceNotLanded(source=source.name)
        if store.has_use(tx.connection, source_id):
            raise SourceInUse(source=source.name)
        tx.journal(Event(actor.id, "data.taken-back", project_id, source_id, facts={"taken": source.counts.taken}))
        return _drop_and_clear(tx, actor.id, source)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, "data.take-back", lambda: act(tx))

    return house.write(write)


def get_source_for(tx: Tx, actor: Actor, project_id: int, source_id: int) -> Source:
    """A source that the actor may change. Raises `SourceNotFound`."""
    authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
    source = store.find_source(tx.connection, source_id)
    if source is None or source.project_id != project_id:
        raise SourceNotFound(source=source_id)
    return source


def _drop_and_clear(tx: Tx, actor_id: int, source: Source) -> int:
    store.drop(tx, source.id)
    return ask_for_job(tx, CLEAR, {"source": source.id}, project_id=source.project_id, actor_id=actor_id)


def run_clear(run: JobRun) -> dict[str, object]:
    """The job that clears a dropped source away."""
    source_id = int(run.job.payload["source"])
    return {"source": source_id, "items": clear_source(run.house, source_id)}


def clear_source(house: House, source_id: int) -> int:
    """Delete what a dropped source holds, a slice at a time; returns how many items it was. May be repeated.

    Raises `SourceInUse` when something came to refer to an item in the last moment.
    """
    cleared = 0
    while house.write(lambda tx: bring_some_back(tx, source_id, CLEAR_ROWS)):
        pass
    try:
        while True:
            count, blobs = house.write(lambda tx: store.delete_some_items(tx, source_id, CLEAR_ROWS))
            cleared += count
            _forget_blobs(house, blobs)
            if count == 0:
                break
    except IntegrityError as error:
        raise SourceInUse(source=source_id) from error
    while house.write(lambda tx: store.delete_some_leftovers(tx, source_id, CLEAR_ROWS)):
        pass
    return cleared


def _forget_blobs(house: House, hashes: Sequence[str]) -> None:
    """Remove contents that nothing refers to: inside a write, so that no import can land a row for one meanwhile."""

    def forget(tx: Tx) -> None:
        for key in store.find_unreferred(tx.connection, hashes):
            house.blobs.delete(key)

    if hashes:
        house.write(forget)


def drop_failed(house: House, source_id: int) -> None:
    """After a failed import: nothing of it is kept."""

    def write(tx: Tx) -> None:
        source = store.find_source(tx.connection, source_id)
        if source is not None and store.drop(tx, source_id):
            tx.journal(Event(source.created_by, "data.import-failed", source.project_id, source_id))

    house.write(write)
    clear_source(house, source_id)


def tidy_project(house: House, project_id: int) -> None:
    """Clear away what imports left behind whose worker did not live to do it."""
    with house.reading() as connection:
        jobs = [(s, find_job(connection, s.job_id)) for s in store.list_sources(connection, project_id) if s.job_id]
        over = [s.id for s, job in jobs if s.state is SourceState.STAGING and job is not None and job.state.is_over]
    for source_id in over:
        drop_failed(house, source_id)
