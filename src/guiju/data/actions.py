"""What is read of sources and items, each for whom may see it, and what slices above do with sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiju.data import store
from guiju.data.asides import find_withheld
from guiju.data.errors import ItemNotFound, ItemWithheld, SourceNotFound, UnknownRights
from guiju.data.intake.model import Change
from guiju.data.intake.store import count_changes, list_changes
from guiju.data.model import Counts, Item, ItemFilter, Leftover, Rights, Source, SourceState
from guiju.kit import NotFound, Page, PageRequest, decode_cursor, encode_cursor
from guiju.kit.paging import BadCursor
from guiju.people import Act, NotAllowed, may
from guiju.projects import Standing, authorise
from guiju.storage import Actor, Event, House, Job, JobNotFound, JobState, Tx, cancel_job, find_job


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source and, while it is not over, its job."""

    source: Source
    job: Job | None

    @property
    def is_moving(self) -> bool:
        return self.source.state is SourceState.STAGING and self.job is not None and not self.job.state.is_over

    @property
    def has_failed(self) -> bool:
        return self.job is not None and self.job.state is JobState.FAILED


def standing_of(house: House, actor: Actor, project_id: int, act: Act = Act.SEE_ITEMS) -> Standing:
    """The actor's place in the project, for a page's frame and its buttons. Raises as `authorise` does."""
    with house.reading() as connection:
        return authorise(connection, actor, project_id, act)


def get_item_count(house: House, actor: Actor, project_id: int) -> int:
    """How many items of a project are seen."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        return store.count_items(connection, project_id)


def as_rights(said: str) -> Rights:
    """Raises `UnknownRights`."""
    try:
        return Rights(said)
    except ValueError as error:
        raise UnknownRights(rights=said[:40]) from error


def list_project_sources(house: House, actor: Actor, project_id: int) -> list[SourceLine]:
    """Every source of a project, the newest first."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        found = store.list_sources(connection, project_id)
        return [SourceLine(source, find_job(connection, source.job_id) if source.job_id else None) for source in found]


def get_source(house: House, actor: Actor, project_id: int, source_id: int) -> SourceLine:
    """Raises `SourceNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        source = store.find_source(connection, source_id)
        if source is None or source.project_id != project_id:
            raise SourceNotFound(source=source_id)
        return SourceLine(source, find_job(connection, source.job_id) if source.job_id else None)


def list_source_changes(
    house: House, actor: Actor, project_id: int, source_id: int, limit: int
) -> tuple[list[Change], int]:
    """A source's records that took the place of others, the first `limit`, and how many. Raises `SourceNotFound`."""
    get_source(house, actor, project_id, source_id)
    with house.reading() as connection:
        return list_changes(connection, source_id, limit), count_changes(connection, source_id)


def list_leftovers(house: House, actor: Actor, project_id: int, source_id: int, wanted: PageRequest) -> Page[Leftover]:
    """The records of a source that were not taken. Raises `SourceNotFound`, `BadCursor`."""
    get_source(house, actor, project_id, source_id)
    after = _key(wanted.cursor, (int,))
    with house.reading() as connection:
        rows = store.list_leftovers(connection, source_id, int(after[0] or 0) if after else 0, wanted.size + 1)
    more = len(rows) > wanted.size
    rows = rows[: wanted.size]
    return Page(rows, encode_cursor([rows[-1].id]) if more else None)


def list_items(
    house: House, actor: Actor, project_id: int, wanted: PageRequest, filtered: ItemFilter | None = None
) -> Page[Item]:
    """A page of a project's items, by id or by name, withheld ones for those who may see them. Raises `BadCursor`."""
    filtered = filtered or ItemFilter()
    after = _key(wanted.cursor, (str, int) if filtered.ordered_by_name else (int,))
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_ITEMS)
        whole = actor.trusted or may(standing.roles, Act.SEE_ORIGINALS)
        rows = store.list_items(connection, project_id, filtered, after, wanted.size + 1, withheld=whole)
    more = len(rows) > wanted.size
    rows = rows[: wanted.size]
    last: list[int | str | None] = []
    if more:
        last = [rows[-1].name, rows[-1].id] if filtered.ordered_by_name else [rows[-1].id]
    return Page(rows, encode_cursor(last) if more else None)


def _key(cursor: str | None, types: Sequence[type]) -> list[int | str | None] | None:
    """A cursor's key, of the shape that the list has. Raises `BadCursor`."""
    if not cursor:
        return None
    key = decode_cursor(cursor)
    if len(key) != len(types) or not all(isinstance(value, kind) for value, kind in zip(key, types, strict=True)):
        raise BadCursor(cursor=cursor[:40])
    return key


def get_item(house: House, actor: Actor, item_id: int, project_id: int | None = None) -> Item:
    """An item, for those who may see items and for those who annotate them. Raises `ItemNotFound`, `NotAllowed`,
    and `ItemWithheld` for an item with personal data that a masked one stands for.
    """
    with house.reading() as connection:
        item = store.find_item(connection, item_id)
        if item is None or project_id not in {None, item.project_id}:
            raise ItemNotFound(item=item_id)
        try:
            authorise(connection, actor, item.project_id, Act.SEE_ITEMS)
        except NotAllowed:
            authorise(connection, actor, item.project_id, Act.ANNOTATE)
        except NotFound as error:
            raise ItemNotFound(item=item_id) from error
        if find_withheld(connection, [item_id]):
            try:
                authorise(connection, actor, item.project_id, Act.SEE_ORIGINALS)
            except NotAllowed as error:
                raise ItemWithheld(item=item_id) from error
    return item


def get_job(house: House, actor: Actor, job_id: int) -> Job:
    """A job of a project that the actor belongs to. Raises `JobNotFound`."""
    with house.reading() as connection:
        job = find_job(connection, job_id)
        if job is None or job.project_id is None:
            raise JobNotFound(job=job_id)
        try:
            authorise(connection, actor, job.project_id, Act.SEE_PROJECT)
        except NotFound as error:
            raise JobNotFound(job=job_id) from error
    return job


def stop_job(house: House, actor: Actor, job: Job) -> None:
    """Ask another slice's job to stop: its own asker may, and whoever leads the project."""
    project_id = int(job.project_id or 0)

    def write(tx: Tx) -> None:
        act = Act.SEE_PROJECT if job.created_by == actor.id else Act.CHANGE_PROJECT
        authorise(tx.connection, actor, project_id, act)
        cancel_job(tx, job.id)
        tx.journal(Event(actor.id, "data.job-cancelled", project_id, job.id))

    house.write(write)


def read_text(house: House, item: Item) -> str:
    """A text item's whole text, wherever it is kept. Raises `BlobMissing`."""
    return item.body if item.body is not None else house.blobs.read(item.hash).decode()


def open_source(
    tx: Tx,
    project_id: int,
    name: str,
    *,
    created_by: int,
    owner: str | None = None,
    licence: str | None = None,
    rights: Rights = Rights.CUSTOMER,
) -> int:
    """A new source that a slice above fills in its own transaction, and lands."""
    values = {"name": name[:200], "owner": owner, "licence": licence, "rights": rights, "created_by": created_by}
    return store.insert_source(tx, project_id=project_id, **values)


def land_source(tx: Tx, source_id: int, counts: Counts) -> None:
    """Let a source's items be seen. Raises `SourceNotFound` when it is not being filled."""
    if not store.land(tx, source_id, counts):
        raise SourceNotFound(source=source_id)


def insert_drawn_items(
    tx: Tx, project_id: int, source_id: int, items: Sequence[int], renamed: Mapping[int, str] | None = None
) -> dict[int, int]:
    """Copy items (by id, of any project) into a source; each old id with the new one.

    Content that the project has already is not copied again: its own item's id stands for it. Those `renamed` come
    under this name and without the other columns of their record, which may say whose they were.
    """
    became = store.copy_items(tx, project_id, source_id, items)
    store.rename_items(tx, source_id, {became[old]: name for old, name in (renamed or {}).items() if old in became})
    return became
