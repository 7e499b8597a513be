"""Routes about feeds: look before anything is brought, bring, bring again, stop and start."""

from typing import Any

import msgspec
from litestar import delete, get, post
from litestar.params import FromPath, JSONBody

from guiju.data import Columns, Origin
from guiju.data.actions import as_rights
from guiju.data.api import SourceAnswer, source_answer
from guiju.data.mapping.model import Preview, Told
from guiju.data.mapping.rules import columns_of
from guiju.feeds import actions
from guiju.feeds.actions import FeedLine, FeedReport
from guiju.feeds.connections.api import API as CONNECTIONS
from guiju.feeds.model import Asked, Seen
from guiju.kit import Words, iso
from guiju.site import actor_of, house_of, words_of
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest


class FaultOut(msgspec.Struct, frozen=True):
    code: str
    message: str
    next: str


class FileOut(msgspec.Struct, frozen=True):
    name: str
    size: int
    state: str
    changed: bool
    source: int | None
    fault: FaultOut | None


class FeedOut(msgspec.Struct, frozen=True):
    """`every` in minutes; `null`: only when somebody asks. `failures` in a row; with the fifth it stops by itself."""

    id: int
    name: str
    connection: int
    connection_name: str
    kind: str
    asked: dict[str, Any]
    mapping: dict[str, Any] | None
    every: int | None
    running: bool
    moving: bool
    looked_at: str | None
    next_look_at: str | None
    failures: int
    fault: FaultOut | None
    sources: list[SourceAnswer]


class FeedDetails(msgspec.Struct, frozen=True):
    """`files` counts them by state; the others are the latest of each."""

    feed: FeedOut
    files: dict[str, int]
    failed: list[FileOut]
    changed: list[FileOut]
    waiting: list[FileOut]


class NewFeed(msgspec.Struct, frozen=True):
    """`query` of a database, or `folder` of files. With `mapping` (an empty one: find it out) it is brought at once."""

    id: str
    connection: int
    name: str = ""
    query: str = ""
    folder: str = ""
    rows: int = 1_000_000
    seconds: int = 600
    mapping: dict[str, Any] | None = None
    rights: str = "customer"
    owner: str | None = None
    licence: str | None = None
    collected_on: str | None = None
    every: int | None = None


class FeedMade(msgspec.Struct, frozen=True):
    feed: int
    job: int | None


class PreviewAsked(msgspec.Struct, frozen=True):
    connection: int
    query: str = ""
    folder: str = ""
    seconds: int = 30
    mapping: dict[str, Any] | None = None


class LookAsked(msgspec.Struct, frozen=True):
    id: str


class LookStarted(msgspec.Struct, frozen=True):
    job: int


class Running(msgspec.Struct, frozen=True):
    """`every` in minutes, as it is started; `null`: only when somebody asks."""

    running: bool
    every: int | None = None


class Forgotten(msgspec.Struct, frozen=True):
    files: int


def fault_out(fault: Told | None, words: Words) -> FaultOut | None:
    if fault is None:
        return None
    return FaultOut(fault.code, words(fault.sentence, **fault.details), words(fault.next, **fault.details))


def file_out(one: Seen, words: Words) -> FileOut:
    return FileOut(one.name, one.size, one.state.value, one.changed, one.source_id, fault_out(one.fault, words))


def feed_out(line: FeedLine, words: Words) -> FeedOut:
    feed = line.feed
    about = (feed.id, feed.name, feed.connection_id, feed.connection, feed.kind.value)
    looked = iso(feed.looked_at) if feed.looked_at else None
    due = iso(feed.next_look_at) if feed.next_look_at else None
    return FeedOut(
        *about,
        actions.asked_as_text(feed.asked),
        actions.said_of(feed.columns),
        feed.every,
        feed.running,
        line.is_moving,
        looked,
        due,
        feed.failures,
        fault_out(feed.fault, words),
        [source_answer(one) for one in line.sources],
    )


def details_out(report: FeedReport, words: Words) -> FeedDetails:
    return FeedDetails(
        feed_out(report.line, words),
        {state.value: count for state, count in report.counts.items()},
        *([file_out(one, words) for one in some] for some in (report.failed, report.changed, report.waiting)),
    )


@get("/projects/{project_id:int}/feeds", sync_to_thread=True)
def get_feeds(request: AnyRequest, project_id: FromPath[int]) -> list[FeedOut]:
    words = words_of(request)
    return [feed_out(one, words) for one in actions.list_feeds(house_of(request), actor_of(request), project_id)]


@post("/projects/{project_id:int}/feeds", sync_to_thread=True)
def make_feed(request: AnyRequest, project_id: FromPath[int], data: JSONBody[NewFeed]) -> FeedMade:
    """Make a feed; told how it is read, it is brought at once by a job."""
    actor, house, request_id = actor_of(request), house_of(request), request_id_of({"request_id": data.id})
    asked = Asked(data.query, data.folder, data.rows, data.seconds)
    columns = columns_of(data.mapping) if data.mapping is not None else None
    origin = Origin("", as_rights(data.rights), data.owner, data.licence, data.collected_on)
    about = {"connection_id": data.connection, "name": data.name, "asked": asked}
    made = actions.create_feed(house, actor, project_id, request_id=request_id, **about)  # type: ignore[arg-type]
    job = None
    if columns is not None:
        job = actions.map_feed(house, actor, project_id, made, columns=columns, origin=origin, every=data.every)
    return FeedMade(made, job)


@post("/projects/{project_id:int}/feed-previews", sync_to_thread=True, status_code=200)
def preview(request: AnyRequest, project_id: FromPath[int], data: JSONBody[PreviewAsked]) -> Preview:
    """What the first rows or files would become; nothing is kept."""
    columns: Columns | None = columns_of(data.mapping) if data.mapping is not None else None
    asked = Asked(data.query, data.folder, seconds=data.seconds)
    return actions.preview_feed(house_of(request), actor_of(request), project_id, data.connection, asked, columns)


@get("/projects/{project_id:int}/feeds/{feed_id:int}", sync_to_thread=True)
def get_feed(request: AnyRequest, project_id: FromPath[int], feed_id: FromPath[int]) -> FeedDetails:
    report = actions.read_feed(house_of(request), actor_of(request), project_id, feed_id)
    return details_out(report, words_of(request))


@post("/projects/{project_id:int}/feeds/{feed_id:int}/look", sync_to_thread=True, status_code=202)
def look(
    request: AnyRequest, project_id: FromPath[int], feed_id: FromPath[int], data: JSONBody[LookAsked]
) -> LookStarted:
    """Bring what is new."""
    request_id = request_id_of({"request_id": data.id})
    return LookStarted(
        actions.ask_for_look(house_of(request), actor_of(request), project_id, feed_id, request_id=request_id)
    )


@post("/projects/{project_id:int}/feeds/{feed_id:int}/state", sync_to_thread=True, status_code=200)
def set_state(
    request: AnyRequest, project_id: FromPath[int], feed_id: FromPath[int], data: JSONBody[Running]
) -> FeedDetails:
    """Stop it, or start it (again)."""
    actor, house = actor_of(request), house_of(request)
    actions.set_running(house, actor, project_id, feed_id, running=data.running, every=data.every)
    return details_out(actions.read_feed(house, actor, project_id, feed_id), words_of(request))


@post("/projects/{project_id:int}/feeds/{feed_id:int}/forget", sync_to_thread=True, status_code=200)
def forget(request: AnyRequest, project_id: FromPath[int], feed_id: FromPath[int]) -> Forgotten:
    """Look at everything anew the next time."""
    return Forgotten(actions.forget_seen(house_of(request), actor_of(request), project_id, feed_id))


@delete("/projects/{project_id:int}/feeds/{feed_id:int}", sync_to_thread=True, status_code=204)
def remove(request: AnyRequest, project_id: FromPath[int], feed_id: FromPath[int]) -> None:
    """Draw no more; what was brought stays."""
    actions.remove_feed(house_of(request), actor_of(request), project_id, feed_id)


API: list[Any] = [
    *CONNECTIONS,
    get_feeds,
    make_feed,
    preview,
    get_feed,
    look,
    set_state,
    forget,
    remove,
]
