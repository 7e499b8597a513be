"""Feeds, for who brings a project's data: the list, a new one, one with what it brought and what it could not."""

from contextlib import suppress
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from guiju.data.actions import standing_of
from guiju.data.errors import BadCollectionDay
from guiju.data.intake.errors import ImportRefused
from guiju.data.mapping.actions import discard_upload
from guiju.data.mapping.errors import MappingUnreadable, UploadNotFound
from guiju.data.mapping.pages import bring_page, origin_of_form
from guiju.data.mapping.rules import columns_of_form
from guiju.data.model import RIGHTS_NAMES, SOURCE_STATE_NAMES
from guiju.feeds import actions
from guiju.feeds.connections.actions import list_granted
from guiju.feeds.connections.model import KIND_NAMES
from guiju.feeds.connections.pages import PAGES as CONNECTIONS
from guiju.feeds.connections.pages import teller
from guiju.feeds.model import FILE_STATE_NAMES, ROWS, SECONDS
from guiju.feeds.rules import asked_of
from guiju.kit import N_, Refusal, describe
from guiju.people import Act
from guiju.site import Form, actor_of, done, field, flag, house_of, page, request_id_of, words_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest
from guiju.storage import Actor

STARTED = N_("It runs.")
STOPPED = N_("It is stopped; nothing is looked at by itself.")
FORGOTTEN = N_(
    "Forgotten: the next look takes everything that is there. What the project has already is not taken twice."
)
REMOVED = N_("The feed was removed. What it brought stays.")
NAMES: dict[str, Any] = {
    "kinds": KIND_NAMES,
    "states": SOURCE_STATE_NAMES,
    "rights_names": RIGHTS_NAMES,
    "file_states": FILE_STATE_NAMES,
}


@get("/projects/{project_id:int}/feeds", sync_to_thread=True, include_in_schema=False)
def list_feeds(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    actor, house = actor_of(request), house_of(request)
    lines = actions.list_feeds(house, actor, project_id)
    told = {"lines": lines, "granted": list_granted(house, actor, project_id), "tell": teller(request)}
    return page(request, "feeds/list.html", project=standing_of(house, actor, project_id).project, **told, **NAMES)


@get("/projects/{project_id:int}/feeds/aside", sync_to_thread=True, include_in_schema=False)
def show_aside(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    """What stands on the data page: the feeds, or what there is to draw from; nothing where there is neither."""
    actor, house = actor_of(request), house_of(request)
    lines, granted = actions.list_feeds(house, actor, project_id), list_granted(house, actor, project_id)
    return page(request, "feeds/aside.html", project_id=project_id, lines=lines, granted=granted)


@get("/projects/{project_id:int}/sources/{source_id:int}/feed", sync_to_thread=True, include_in_schema=False)
def show_origin(request: AnyRequest, project_id: FromPath[int], source_id: FromPath[int]) -> Response[str]:
    """What stands on a source's page: the feed that brought it."""
    feed = actions.find_feed_of_source(house_of(request), actor_of(request), project_id, source_id)
    return page(request, "feeds/origin.html", project_id=project_id, feed=feed, tell=teller(request))


@get("/projects/{project_id:int}/feeds/new", sync_to_thread=True, include_in_schema=False)
def new_feed(request: AnyRequest, project_id: FromPath[int], connection: FromQuery[int | None] = None) -> Response[str]:
    return _new_page(request, actor_of(request), project_id, connection, {}, None)


def _new_page(  # noqa: PLR0917 - as the form was sent
    request: AnyRequest,
    actor: Actor,
    project_id: int,
    connection: int | None,
    given: dict[str, str],
    refusal: Refusal | None,
) -> Response[str]:
    house = house_of(request)
    granted = list_granted(house, actor, project_id)
    chosen = next((one for one in granted if one.id == connection), granted[0] if len(granted) == 1 else None)
    error = describe(refusal, words_of(request)) if refusal else None
    told = {"granted": granted, "chosen": chosen, "given": given, "error": error, "rows": ROWS, "seconds": SECONDS}
    project = standing_of(house, actor, project_id).project
    return page(request, "feeds/new.html", status=refusal.status if refusal else 200, project=project, **told, **NAMES)


@post("/projects/{project_id:int}/feeds", sync_to_thread=True, include_in_schema=False)
def make_feed(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[str] | Redirect:
    """Make it, and look at its first records at once. What cannot be looked at is not made."""
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    names = ("connection", "name", "query", "folder", "rows", "seconds")
    given = {name: field(data, name, required=False) for name in names}
    chosen = int(given["connection"]) if given["connection"].isdecimal() else 0
    try:
        standing_of(house, actor, project_id, Act.IMPORT_DATA)
        said = {name: given[name].replace(",", "") for name in ("rows", "seconds") if given[name]}
        asked = asked_of({"query": given["query"], "folder": given["folder"], **said})
        with actions.sampled(house, actor, project_id, chosen, asked) as upload:
            about = {"connection_id": chosen, "name": given["name"], "asked": asked}
            feed_id = actions.create_feed(
                house,
                actor,
                project_id,
                request_id=request_id_of(data),
                **about,  # type: ignore[arg-type]
            )
            key = actions.keep_sample(house, actor, project_id, feed_id, upload)
    except Refusal as refusal:
        if refusal.status in {401, 403, 404} and not isinstance(refusal, actions.WELL_REFUSALS):
            raise
        return _new_page(request, actor, project_id, chosen, given, refusal)
    return Redirect(f"/projects/{project_id}/bring/{key}", status_code=303)


@get("/projects/{project_id:int}/feeds/{feed_id:int}", sync_to_thread=True, include_in_schema=False)
def show_feed(request: AnyRequest, project_id: FromPath[int], feed_id: FromPath[int]) -> Response[str]:
    return _feed_page(request, actor_of(request), project_id, feed_id, None)


def _feed_page(
    request: AnyRequest, actor: Actor, project_id: int, feed_id: int, refusal: Refusal | None
) -> Response[str]:
    house = house_of(request)
    report = actions.read_feed(house, actor, project_id, feed_id)
    error = describe(refusal, words_of(request)) if refusal else None
    project = standing_of(house, actor, project_id).project
    status = refusal.status if refusal else 200
    told = {"report": report, "line": report.line, "feed": report.line.feed, "error": error, "tell": teller(request)}
    return page(request, "feeds/feed.html", status=status, project=project, may_import=True, **told, **NAMES)


@post("/projects/{project_id:int}/feeds/{feed_id:int}/sample", sync_to_thread=True, include_in_schema=False)
def sample(
    request: AnyRequest, project_id: FromPath[int], feed_id: FromPath[int], data: Form
) -> Response[str] | Redirect:
    """Look at the first records (again), to say how they are read."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    try:
        key = actions.open_sample(house_of(request), actor, project_id, feed_id)
    except actions.WELL_REFUSALS as refusal:
        return _feed_page(request, actor, project_id, feed_id, refusal)
    return Redirect(f"/projects/{project_id}/bring/{key}", status_code=303)


@post("/projects/{project_id:int}/feeds/{feed_id:int}/mapping", sync_to_thread=True, include_in_schema=False)
def take_mapping(
    request: AnyRequest, project_id: FromPath[int], feed_id: FromPath[int], data: Form
) -> Response[str] | Redirect:
    """What the mapping page says of a sample: from now on it is read so, and it is brought."""
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    feed = actions.get_feed(house, actor, project_id, feed_id)
    said, answers = {name: field(data, name, required=False) for name in data}, many(data, "answers")
    upload = field(data, "upload", required=False, limit=64)
    try:
        columns, origin = columns_of_form(said, answers), origin_of_form(house, data)
        actions.map_feed(house, actor, project_id, feed_id, columns=columns, origin=origin, every=feed.every)
    except (ImportRefused, MappingUnreadable, BadCollectionDay) as refusal:
        given = {**said, "mapped": "1"}
        return bring_page(request, actor, project_id, upload, said=given, answers=answers, refusal=refusal)
    with suppress(UploadNotFound):  # the sample is older than a day; what was said holds
        discard_upload(house, actor, project_id, upload)
    return done(f"/projects/{project_id}/feeds/{feed_id}")


@post("/projects/{project_id:int}/feeds/{feed_id:int}/look", sync_to_thread=True, include_in_schema=False)
def look(
    request: AnyRequest, project_id: FromPath[int], feed_id: FromPath[int], data: Form
) -> Response[str] | Redirect:
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    try:
        actions.ask_for_look(house, actor, project_id, feed_id, request_id=request_id_of(data))
    except actions.WELL_REFUSALS as refusal:
        return _feed_page(request, actor, project_id, feed_id, refusal)
    return done(f"/projects/{project_id}/feeds/{feed_id}")


@post("/projects/{project_id:int}/feeds/{feed_id:int}/state", sync_to_thread=True, include_in_schema=False)
def set_state(
    request: AnyRequest, project_id: FromPath[int], feed_id: FromPath[int], data: Form
) -> Response[str] | Redirect:
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    running, every = not flag(data, "stop"), field(data, "every", required=False)
    try:
        actions.set_running(house, actor, project_id, feed_id, running=running, every=every)
    except actions.WELL_REFUSALS as refusal:
        return _feed_page(request, actor, project_id, feed_id, refusal)
    return done(f"/projects/{project_id}/feeds/{feed_id}?said={STARTED if running else STOPPED}")


@post("/projects/{project_id:int}/feeds/{feed_id:int}/forget", sync_to_thread=True, include_in_schema=False)
def forget(
    request: AnyRequest, project_id: FromPath[int], feed_id: FromPath[int], data: Form
) -> Response[str] | Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    try:
        actions.forget_seen(house_of(request), actor, project_id, feed_id)
    except actions.WELL_REFUSALS as refusal:
        return _feed_page(request, actor, project_id, feed_id, refusal)
    return done(f"/projects/{project_id}/feeds/{feed_id}?said={FORGOTTEN}")


@post("/projects/{project_id:int}/feeds/{feed_id:int}/remove", sync_to_thread=True, include_in_schema=False)
def remove(
    request: AnyRequest, project_id: FromPath[int], feed_id: FromPath[int], data: Form
) -> Response[str] | Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    try:
        actions.remove_feed(house_of(request), actor, project_id, feed_id)
    except actions.WELL_REFUSALS as refusal:
        return _feed_page(request, actor, project_id, feed_id, refusal)
    return done(f"/projects/{project_id}/feeds?said={REMOVED}")


PAGES: list[Any] = [
    *CONNECTIONS,
    list_feeds,
    show_aside,
    show_origin,
    new_feed,
    make_feed,
    show_feed,
    sample,
    take_mapping,
    look,
    set_state,
    forget,
    remove,
]
