"""The search page: words, filters, what was found, what is done with it; and the result as a table to take along."""

import csv
import io
from base64 import b64encode
from collections.abc import Iterator
from itertools import islice
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Stream

from guiju.data import Media, find_items, list_project_sources
from guiju.data.model import MEDIA_NAMES, Item
from guiju.data.pages import opening_of
from guiju.data.rules import safe_cell
from guiju.data.words import query_tokens
from guiju.findings.marks import known_labels, labels_of_items
from guiju.findings.search import store
from guiju.findings.search.acting import set_all_aside, set_items_aside
from guiju.findings.search.actions import (
    COUNTED_UP_TO,
    choose_all,
    count_found,
    forget_search,
    keep_search,
    list_kept_searches,
    search_items,
)
from guiju.findings.search.model import STATE_NAMES, Search
from guiju.findings.search.rules import PARTS, read_search, stretches
from guiju.kit import PageRequest
from guiju.people import Act, may
from guiju.projects import Standing, authorise
from guiju.scenes import scene_names
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest
from guiju.storage import Actor, House

ON_A_PAGE = 50
MOST_TAKEN_ALONG = 100_000


@get("/projects/{project_id:int}/search", sync_to_thread=True, include_in_schema=False)
def search_page(request: AnyRequest, project_id: FromPath[int], cursor: FromQuery[str | None] = None) -> Response[Any]:
    actor, house = actor_of(request), house_of(request)
    wanted = _asked(request)
    found = search_items(house, actor, project_id, wanted, PageRequest(ON_A_PAGE, cursor))
    standing = _standing(house, actor, project_id)
    with house.reading() as connection:
        labels, scenes = known_labels(connection, project_id), scene_names(connection, project_id)
    words = query_tokens(wanted.q)
    return page(
        request,
        "findings/search.html",
        project=standing.project,
        may_act=actor.trusted or may(standing.roles, Act.IMPORT_DATA),
        may_pick=actor.trusted or may(standing.roles, Act.SEE_ITEMS),
        wanted=wanted,
        found=found,
        total=None if cursor else count_found(house, actor, project_id, wanted),
        counted_up_to=COUNTED_UP_TO,
        labels=labels,
        sources=[each.source for each in list_project_sources(house, actor, project_id)],
        kept=list_kept_searches(house, actor, project_id),
        scenes=scenes,
        media_names=MEDIA_NAMES,
        state_names=STATE_NAMES,
        pictured=_pictured(house, project_id, wanted),
        part=b64encode(found.part).decode() if found.part else "",
        marked={one.item.id: _marked(one.item, words) for one in found.rows},
    )


def _pictured(house: House, project_id: int, wanted: Search) -> Item | None:
    """The picture by which is searched, on which a part can be drawn."""
    if not wanted.like.isdecimal():
        return None
    with house.reading() as connection:
        item = find_items(connection, project_id, [int(wanted.like)], withheld=False).get(int(wanted.like))
    return item if item is not None and item.media is Media.IMAGE else None


def _standing(house: House, actor: Actor, project_id: int) -> Standing:
    with house.reading() as connection:
        return authorise(connection, actor, project_id, Act.SEE_ITEMS)


def _marked(item: Item, words: tuple[str, ...]) -> list[tuple[str, bool]]:
    """The item's text where the words stand; a dialogue's or comparison's beginning where they stand elsewhere."""
    if item.media is Media.TEXT and item.body is not None:
        return stretches(item.body, words)
    return stretches(opening_of(item), words)


def _asked(request: AnyRequest) -> Search:
    return read_search({key: request.query_params.get(key, "") for key in PARTS})


def _wanted(data: Any) -> Search:
    said = {key: field(data, key, required=False, limit=500) for key in PARTS}
    return read_search(said)


@post("/projects/{project_id:int}/search/asides", sync_to_thread=True, include_in_schema=False)
def set_aside_form(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    wanted, back = _wanted(data), field(data, "act") in {"back", "all-back"}
    to = f"/projects/{project_id}/search?{wanted.link}"
    if field(data, "act").startswith("all"):
        set_all_aside(house, actor, project_id, request_id=request_id_of(data), wanted=wanted, back=back)
        return done(to)
    items = [int(each) for each in many(data, "item") if each.isdecimal()]
    set_items_aside(house, actor, project_id, request_id=request_id_of(data), items=items, back=back)
    return done(to)


@post("/projects/{project_id:int}/search/kept", sync_to_thread=True, include_in_schema=False)
def keep_form(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor, house, wanted = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request), _wanted(data)
    name = field(data, "name", required=False, limit=200)
    keep_search(house, actor, project_id, request_id=request_id_of(data), name=name, wanted=wanted)
    return done(f"/projects/{project_id}/search?{wanted.link}")


@post("/projects/{project_id:int}/search/kept/{search_id:int}/forget", sync_to_thread=True, include_in_schema=False)
def forget_form(request: AnyRequest, project_id: FromPath[int], search_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    forget_search(house_of(request), actor, project_id, search_id)
    return done(f"/projects/{project_id}/search")


@get("/projects/{project_id:int}/search.csv", sync_to_thread=True, include_in_schema=False)
def download_found(request: AnyRequest, project_id: FromPath[int]) -> Stream:
    """The first 100,000 items that are found, as a table."""
    actor, house = actor_of(request), house_of(request)
    wanted = _asked(request)
    _standing(house, actor, project_id)
    headers = {"Content-Disposition": f'attachment; filename="items-{project_id}.csv"'}
    return Stream(_lines(house, project_id, wanted), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(house: House, project_id: int, wanted: Search) -> Iterator[str]:
    yield "\ufeff" + _line("item", "name", "media", "labels", "text")
    walk = iter(choose_all(house, project_id, wanted)[:MOST_TAKEN_ALONG])
    while part := list(islice(walk, 1_000)):
        with house.reading() as connection:
            labels = labels_of_items(connection, part)
            items = store.find_items(connection, project_id, part, withheld=False)
        yield "".join(
            _line(str(each), item.name, item.media.value, " ".join(labels.get(each, ())), item.body or "")
            for each in part
            if (item := items.get(each)) is not None
        )


def _line(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(each) for each in cells])
    return out.getvalue()


PAGES = [search_page, set_aside_form, keep_form, forget_form, download_found]
