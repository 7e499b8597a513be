"""Feeds: made, looked at before anything is brought, told how they are read, brought again, stopped and started."""

import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec

from guiju.data import Columns, Origin, find_source
from guiju.data.actions import SourceLine
from guiju.data.intake.actions import check_origin
from guiju.data.intake.errors import TooManyColumns
from guiju.data.mapping.actions import keep_upload, preview_import
from guiju.data.mapping.model import Preview
from guiju.data.uploads.actions import Upload
from guiju.feeds import store
from guiju.feeds.connections.actions import get_granted, place_of
from guiju.feeds.connections.errors import ConnectionNotFound, PathNotAllowed, SecretMissing
from guiju.feeds.connections.model import NamedConnection, Place
from guiju.feeds.errors import (
    BadInterval,
    ChangedWhileRead,
    FeedBusy,
    FeedNotFound,
    FeedNotMapped,
    FeedStopped,
    NoRows,
    NotASelect,
    NothingNew,
    QueryMissing,
    WellFailed,
)
from guiju.feeds.model import (
    SAMPLE_BYTES,
    SAMPLE_FILES,
    SAMPLE_ROWS,
    SAMPLE_SECONDS,
    Asked,
    Feed,
    FileState,
    Found,
    Seen,
)
from guiju.feeds.rules import MINUTE, check_asked, check_every
from guiju.feeds.wells import open_files, open_query
from guiju.feeds.wells.known import forget_rows
from guiju.feeds.wells.model import Files, Limits
from guiju.feeds.wells.rows import write_sample
from guiju.kit import new_id
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, Tx, ask_for_job, find_job

LOOK = "feeds.look"
SHOWN_SOURCES = 20
SHOWN_FILES = 50
WELL_REFUSALS = (
    WellFailed,
    ConnectionNotFound,
    SecretMissing,
    PathNotAllowed,
    QueryMissing,
    NotASelect,
    BadInterval,
    FeedBusy,
    FeedNotMapped,
    FeedStopped,
    TooManyColumns,
)
"""What a page shows above its form: everything else is no fault of what was written there."""


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed, whether it is being brought at this moment, and the sources that it brought last."""

    feed: Feed
    is_moving: bool
    sources: list[SourceLine]


@dataclass(frozen=True, slots=True)
class FeedReport:
    """A feed with what it saw: files that failed, that came before with other content, that wait; how many each."""

    line: FeedLine
    counts: dict[FileState, int]
    failed: list[Seen]
    changed: list[Seen]
    waiting: list[Seen]


def list_feeds(house: House, actor: Actor, project_id: int) -> list[FeedLine]:
    """A project's feeds, the newest first, for those who bring its data."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
        found = store.list_feeds(connection, project_id)
    return [_line(house, feed, 1) for feed in found]


def _line(house: House, feed: Feed, sources: int) -> FeedLine:
    with house.reading() as connection:
        job = find_job(connection, feed.job_id) if feed.job_id else None
        ids = store.list_sources_of(connection, feed.id, sources)
        kept = [source for one in ids if (source := find_source(connection, one)) is not None]
        lines = [SourceLine(one, find_job(connection, one.job_id) if one.job_id else None) for one in kept]
    return FeedLine(feed, job is not None and not job.state.is_over, lines)


def get_feed(house: House, actor: Actor, project_id: int, feed_id: int) -> Feed:
    """Raises `FeedNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
        feed = store.find_feed(connection, feed_id)
    if feed is None or feed.project_id != project_id:
        raise FeedNotFound(feed=feed_id)
    return feed


def read_feed(house: House, actor: Actor, project_id: int, feed_id: int) -> FeedReport:
    """Raises `FeedNotFound`."""
    feed = get_feed(house, actor, project_id, feed_id)
    with house.reading() as connection:
        counts = dict(store.count_files(connection, feed_id))
        failed = store.list_files(connection, feed_id, FileState.FAILED, SHOWN_FILES)
        changed = store.list_files(connection, feed_id, FileState.TAKEN, SHOWN_FILES, changed=True)
        waiting = store.list_files(connection, feed_id, FileState.WAITING, SHOWN_FILES)
    return FeedReport(_line(house, feed, SHOWN_SOURCES), counts, failed, changed, waiting)


def find_feed_of_source(house: House, actor: Actor, project_id: int, source_id: int) -> Feed | None:
    """The feed that brought a source, for those who bring data; `None` of one that was uploaded."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
        feed_id = store.find_feed_of_source(connection, source_id)
        feed = store.find_feed(connection, feed_id) if feed_id is not None else None
    return feed if feed is not None and feed.project_id == project_id else None


def create_feed(
    house: House,
    actor: Actor,
    project_id: int,
    *,
    request_id: str,
    connection_id: int,
    name: str = "",
    asked: Asked | None = None,
) -> int:
    """Make a feed; nothing is brought until somebody said how it is read. Returns its id.

    Raises `ConnectionNotFound`, `QueryMissing`, `NotASelect`, `FolderOutside`.
    """

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        granted = get_granted(tx.connection, project_id, connection_id)
        wanted = check_asked(granted.kind, asked or Asked())
        return tx.once(request_id, actor.id, "feed.create", lambda: make(tx, granted, wanted))

    def make(tx: Tx, granted: NamedConnection, wanted: Asked) -> int:
        called = " ".join(name.split())[:200] or " / ".join(filter(None, (granted.name, wanted.folder)))
        values = {"name": called, "asked": store.encoded(wanted), "running": 1, "created_by": actor.id}
        feed_id = store.insert_feed(tx, project_id=project_id, connection_id=connection_id, **values)
        tx.journal(Event(actor.id, "feed.made", project_id, feed_id, facts={"connection": connection_id}))
        return feed_id

    return house.write(write)


def map_feed(
    house: House,
    actor: Actor,
    project_id: int,
    feed_id: int,
    *,
    columns: Columns,
    origin: Origin | None = None,
    every: object = None,
) -> int:
    """Say how it is read, whose data it is, and how often it looks by itself; it looks at once: the job's id.

    Raises `FeedNotFound`, `BadInterval`, `BadCollectionDay`, `ConnectionNotFound`.
    """
    told, minutes = check_origin(house, origin or Origin()), check_every(every)

    def write(tx: Tx) -> int:
        feed = _get(tx, actor, project_id, feed_id)
        get_granted(tx.connection, project_id, feed.connection_id)
        values = {"mapping": store.encoded(columns), "origin": store.encoded(told), "every": minutes, "running": 1}
        store.update_feed(tx, feed_id, **values, failures=0, fault=None)
        if feed.columns is not None and feed.columns != columns:
            tx.after_commit(lambda: forget_rows(house, feed_id))
        tx.journal(Event(actor.id, "feed.mapped", project_id, feed_id, facts={"every": minutes}))
        return _ask(tx, feed, actor.id)

    return house.write(write)


def _get(tx: Tx, actor: Actor, project_id: int, feed_id: int) -> Feed:
    authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
    feed = store.find_feed(tx.connection, feed_id, lock=True)
    if feed is None or feed.project_id != project_id:
        raise FeedNotFound(feed=feed_id)
    return feed


def _is_moving(tx: Tx, feed: Feed) -> bool:
    job = find_job(tx.connection, feed.job_id) if feed.job_id else None
    return job is not None and not job.state.is_over


def _ask(tx: Tx, feed: Feed, actor_id: int) -> int:
    """The job that looks; the one that is at it already, if there is one."""
    if feed.job_id is not None and _is_moving(tx, feed):
        return feed.job_id
    job_id = ask_for_job(tx, LOOK, {"feed": feed.id}, project_id=feed.project_id, actor_id=actor_id)
    due = tx.at + feed.every * MINUTE if feed.every else None
    store.update_feed(tx, feed.id, job_id=job_id, next_look_at=due)
    return job_id


def ask_for_look(house: House, actor: Actor, project_id: int, feed_id: int, *, request_id: str) -> int:
    """Bring what is new, now: the job's id. Raises `FeedNotFound`, `FeedNotMapped`, `FeedStopped`."""

    def write(tx: Tx) -> int:
        feed = _get(tx, actor, project_id, feed_id)
        get_granted(tx.connection, project_id, feed.connection_id)
        if feed.columns is None:
            raise FeedNotMapped(feed=feed.name)
        if not feed.running:
            raise FeedStopped(feed=feed.name)
        return tx.once(request_id, actor.id, "feed.look", lambda: ask(tx, feed))

    def ask(tx: Tx, feed: Feed) -> int:
        tx.journal(Event(actor.id, "feed.look-asked", project_id, feed_id))
        return _ask(tx, feed, actor.id)

    return house.write(write)


def set_running(
    house: House, actor: Actor, project_id: int, feed_id: int, *, running: bool, every: object = ""
) -> None:
    """Stop a feed, or start it (again) to look every so many minutes. Raises `FeedNotFound`, `BadInterval`."""
    minutes = check_every(every) if running else None

    def write(tx: Tx) -> None:
        feed = _get(tx, actor, project_id, feed_id)
        values: dict[str, object] = {"running": int(running), "next_look_at": None}
        if running:
            get_granted(tx.connection, project_id, feed.connection_id)
            due = tx.at if minutes is not None and feed.columns is not None else None
            values |= {"every": minutes, "failures": 0, "fault": None, "next_look_at": due}
        store.update_feed(tx, feed_id, **values)
        action = "feed.started" if running else "feed.stopped"
        tx.journal(Event(actor.id, action, project_id, feed_id, facts={"every": minutes}))

    house.write(write)


def forget_seen(house: House, actor: Actor, project_id: int, feed_id: int) -> int:
    """Look at everything anew the next time; how many files are forgotten. Raises `FeedNotFound`, `FeedBusy`."""

    def write(tx: Tx) -> int:
        feed = _get(tx, actor, project_id, feed_id)
        if _is_moving(tx, feed):
            raise FeedBusy(feed=feed.name)
        store.update_feed(tx, feed_id, failures=0, fault=None)
        tx.after_commit(lambda: forget_rows(house, feed_id))
        tx.journal(Event(actor.id, "feed.forgotten", project_id, feed_id))
        return store.forget_files(tx, feed_id)

    return house.write(write)


def remove_feed(house: House, actor: Actor, project_id: int, feed_id: int) -> None:
    """Draw no more; what was brought stays. Raises `FeedNotFound`, `FeedBusy`."""

    def write(tx: Tx) -> None:
        feed = _get(tx, actor, project_id, feed_id)
        if _is_moving(tx, feed):
            raise FeedBusy(feed=feed.name)
        store.delete_feed(tx, feed_id)
        tx.after_commit(lambda: forget_rows(house, feed_id))
        tx.journal(Event(actor.id, "feed.removed", project_id, feed_id))

    house.write(write)


def ask_for_due(house: House) -> int:
    """Ask for the looks that are due; how many. For the server's pulse."""
    with house.reading() as connection:
        due = store.find_due(connection, house.clock())
    return sum(house.write(lambda tx, one=feed_id: _ask_if_due(tx, one)) for feed_id in due)


def _ask_if_due(tx: Tx, feed_id: int) -> int:
    feed = store.find_feed(tx.connection, feed_id, lock=True)
    if feed is None or not feed.running or feed.next_look_at is None or feed.next_look_at > tx.at:
        return 0  # another server was faster
    _ask(tx, feed, feed.created_by)
    return 1


@contextmanager
def sampled(house: House, actor: Actor, project_id: int, connection_id: int, asked: Asked) -> Generator[Upload]:
    """The first rows or files, in a folder of their own that is removed when anything fails.

    Raises `ConnectionNotFound`, `SecretMissing`, `WellFailed` of every kind.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
        granted = get_granted(connection, project_id, connection_id)
    wanted, place = check_asked(granted.kind, asked), place_of(house, granted)
    upload = Upload(house.scratch / f"upload-{new_id()}")
    (upload.folder / "files").mkdir(parents=True)
    try:
        upload.files.extend(_sample(place, wanted, upload.folder / "files"))
        yield upload
    except BaseException:
        shutil.rmtree(upload.folder, ignore_errors=True)
        raise


def _sample(place: Place, asked: Asked, folder: Path) -> list[Path]:
    if place.kind.is_database:
        path = folder / "query.jsonl"
        limits = Limits(SAMPLE_ROWS, min(asked.seconds, SAMPLE_SECONDS))
        with open_query(place, asked.query, limits) as answer:
            if not write_sample(answer, path, SAMPLE_ROWS, place.name):
                raise NoRows(connection=place.name)
        return [path]
    with open_files(place, asked.folder) as files:
        found = [one for one in islice(files.walk(), SAMPLE_FILES * 10) if one.fault is None]
        taken = _copy_some(files, found, folder)
    if not taken:
        raise NothingNew(connection=place.name, folder=asked.folder or place.name)
    return taken


def _copy_some(files: Files, found: Sequence[Found], folder: Path) -> list[Path]:
    taken: list[Path] = []
    size = 0
    for one in found:
        if len(taken) >= SAMPLE_FILES or (taken and size + one.size > SAMPLE_BYTES):
            break
        to = folder / one.name
        try:
            to.parent.mkdir(parents=True, exist_ok=True)
            files.copy(one, to)
        except (ChangedWhileRead, OSError):
            continue
        taken.append(to)
        size += one.size
    return taken


def preview_feed(  # noqa: PLR0917 - what is asked, of whom, and how it is read
    house: House, actor: Actor, project_id: int, connection_id: int, asked: Asked, columns: Columns | None = None
) -> Preview:
    """What the first rows or files would become; nothing is kept. Raises as `sampled` does, and `ImportRefused`."""
    with sampled(house, actor, project_id, connection_id, asked) as upload:
        preview = preview_import(house, actor, project_id, upload.paths, columns)
        shutil.rmtree(upload.folder, ignore_errors=True)
    return preview


def open_sample(house: House, actor: Actor, project_id: int, feed_id: int) -> str:
    """Let a sample wait on the mapping page, which sends what was said to the feed; its id.

    Raises `FeedNotFound`, and as `sampled` does.
    """
    feed = get_feed(house, actor, project_id, feed_id)
    with sampled(house, actor, project_id, feed.connection_id, feed.asked) as upload:
        return keep_sample(house, actor, project_id, feed_id, upload)


def keep_sample(house: House, actor: Actor, project_id: int, feed_id: int, upload: Upload) -> str:
    """Let a sample of a feed wait on the mapping page; its id. Raises `FeedNotFound`."""
    feed = get_feed(house, actor, project_id, feed_id)
    then = f"/projects/{project_id}/feeds/{feed_id}/mapping"
    return keep_upload(house, actor, project_id, upload, name=feed.name, then=then)


def asked_as_text(asked: Asked) -> dict[str, object]:
    """What is asked, as a form and a program read it."""
    return {"query": asked.query, "folder": asked.folder, "rows": asked.rows, "seconds": asked.seconds}


def said_of(columns: Columns | None) -> dict[str, object] | None:
    """A mapping without what nobody said."""
    return None if columns is None else msgspec.to_builtins(columns)
