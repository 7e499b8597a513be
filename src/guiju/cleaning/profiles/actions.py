"""Profiles are asked for, read, and lead to the items that they count."""

from dataclasses import dataclass

from guiju.cleaning.profiles import store
from guiju.cleaning.profiles.errors import NothingToProfile, NotProfiled, UnknownFigure
from guiju.cleaning.profiles.model import AMOUNTS, CHOICES, Kept, Wanted
from guiju.data import Item, Source, SourceNotFound, SourceState, find_items, find_source, list_sources
from guiju.kit import Page, PageRequest, decode_cursor, encode_cursor
from guiju.kit.paging import BadCursor
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, Job, JobRun, JournalRow, Subscriber, Tx, ask_for_job, list_jobs

PROFILE = "cleaning.profile"


def run_profile(run: JobRun) -> dict[str, object]:
    """The job; see `profiles.running`."""
    from guiju.cleaning.profiles.running import run_profile as carry_out  # noqa: PLC0415 - NumPy

    return carry_out(run)


def _on_landed(tx: Tx, row: JournalRow) -> None:
    source = row.subject_id if row.action == "data.landed" else None
    ask_for_job(tx, PROFILE, {"source": source}, project_id=row.project_id, actor_id=row.actor_id)


SUBSCRIBERS = [Subscriber("cleaning.profile", frozenset({"data.landed", "data.taken-back"}), _on_landed)]


def ask_for_profile(
    house: House, actor: Actor, project_id: int, *, request_id: str, source_id: int | None = None
) -> list[int]:
    """Ask for a profile of a source, or of every landed source that has none by today's method; the jobs' ids.

    Where every source has one, all are taken anew. Raises `SourceNotFound`, `NothingToProfile`.
    """

    def ask(tx: Tx) -> list[int]:
        wanted = _wanted_sources(tx, project_id, source_id)
        jobs = [
            ask_for_job(tx, PROFILE, {"source": source}, project_id=project_id, actor_id=actor.id) for source in wanted
        ]
        tx.journal(Event(actor.id, "cleaning.profile-asked", project_id, source_id, facts={"sources": len(wanted)}))
        return jobs

    def write(tx: Tx) -> list[int]:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, "cleaning.profile", lambda: ask(tx))

    return house.write(write)


def _wanted_sources(tx: Tx, project_id: int, source_id: int | None) -> list[int]:
    if source_id is not None:
        source = find_source(tx.connection, source_id)
        if source is None or source.project_id != project_id or source.state is not SourceState.LANDED:
            raise SourceNotFound(source=source_id)
        return [source_id]
    landed = [s.id for s in list_sources(tx.connection, project_id) if s.state is SourceState.LANDED]
    if not landed:
        raise NothingToProfile
    done = store.profiled_sources(tx.connection, project_id)
    return [source for source in reversed(landed) if source not in done] or landed[::-1]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a page shows: the profile (if there is one), the sources to choose from, and the jobs at work."""

    kept: Kept | None
    sources: list[Source]
    jobs: list[Job]
    not_profiled: int


def look_at_profile(house: House, actor: Actor, project_id: int, source_id: int | None = None) -> Looked:
    """Raises `SourceNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        sources = [s for s in list_sources(connection, project_id) if s.state is SourceState.LANDED]
        if source_id is not None and source_id not in {source.id for source in sources}:
            raise SourceNotFound(source=source_id)
        kept = store.find_profile(connection, project_id, source_id)
        jobs = [job for job in list_jobs(connection, project_id) if job.kind == PROFILE and not job.state.is_over]
        without = {source.id for source in sources} - store.profiled_sources(connection, project_id)
    return Looked(kept, sources, jobs, len(without))


def get_profile(house: House, actor: Actor, project_id: int, source_id: int | None = None) -> Kept:
    """Raises `NotProfiled`, `SourceNotFound`."""
    kept = look_at_profile(house, actor, project_id, source_id).kept
    if kept is None:
        raise NotProfiled
    return kept


def list_wanted_items(
    house: House, actor: Actor, project_id: int, wanted: Wanted, request: PageRequest, *, source_id: int | None = None
) -> Page[Item]:
    """The items that a figure counts, by id. Raises `UnknownFigure`, `BadCursor`."""
    from guiju.cleaning.profiles.figures import columns  # noqa: PLC0415 - NumPy, which a server need not load

    ids: list[int] = []
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        _check(wanted)
        behind = _behind(request.cursor)
        for chunk in store.read_project_chunks(connection, project_id, source_id=source_id, behind=behind):
            # sources may lie in each other, so a chunk that begins behind what is found ends the search
            if len(ids) > request.size and chunk.first_item > sorted(ids)[request.size]:
                break
            rows = columns.find_rows(columns.unpack(chunk.columns), wanted)
            ids.extend(int(item) for item in rows[rows > behind][: request.size + 1])
        ids = sorted(ids)[: request.size + 1]
        items = find_items(connection, project_id, ids[: request.size], withheld=False)
    cursor = encode_cursor([ids[request.size - 1]]) if len(ids) > request.size else None
    return Page([items[item] for item in ids[: request.size] if item in items], cursor)


def _check(wanted: Wanted) -> None:
    known = CHOICES if wanted.value is not None else AMOUNTS
    if wanted.figure and wanted.lacks is None and wanted.figure not in known:
        raise UnknownFigure(figure=wanted.figure[:40], known=", ".join((*AMOUNTS, *CHOICES)))


def _behind(cursor: str | None) -> int:
    key = decode_cursor(cursor) if cursor else [0]
    if len(key) != 1 or not isinstance(key[0], int):
        raise BadCursor(cursor=(cursor or "")[:40])
    return key[0]
