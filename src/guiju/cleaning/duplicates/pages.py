"""Groups of near-duplicates: members side by side with what they have apart, what to keep, and its undoing."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from guiju.cleaning.duplicates.actions import (
    as_keep,
    ask_for_search,
    decide_all,
    decide_group,
    list_groups,
    look_at_groups,
    undo_all,
    undo_group,
)
from guiju.cleaning.duplicates.model import AT_LEAST, KEEP_NAMES, KEEP_NOTES
from guiju.data.actions import standing_of
from guiju.data.model import MEDIA_NAMES
from guiju.kit import PageRequest
from guiju.people import Act, may
from guiju.site import Form, actor_of, done, field, house_of, number, page, request_id_of
from guiju.site.guards import AnyRequest

GROUPS_SHOWN = 20


@get("/projects/{project_id:int}/duplicates", sync_to_thread=True, include_in_schema=False)
def show_groups(
    request: AnyRequest,
    project_id: FromPath[int],
    decided: FromQuery[bool] = False,
    cursor: FromQuery[str | None] = None,
) -> Response[str]:
    actor, house = actor_of(request), house_of(request)
    seen = look_at_groups(house, actor, project_id)
    found = list_groups(house, actor, project_id, PageRequest(GROUPS_SHOWN, cursor), is_open=not decided)
    standing = standing_of(house, actor, project_id)
    names: dict[str, Any] = {
        "keep_names": KEEP_NAMES,
        "keep_notes": KEEP_NOTES,
        "media_names": MEDIA_NAMES,
        "at_least": AT_LEAST,
    }
    shown: dict[str, Any] = {"seen": seen, "found": found, "decided": decided, "project": standing.project, **names}
    return page(request, "cleaning/duplicates.html", may_act=may(standing.roles, Act.IMPORT_DATA), **shown)


@get("/projects/{project_id:int}/duplicates/progress", sync_to_thread=True, include_in_schema=False)
def show_progress(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    """The jobs at work, asked for again until there is none; then the whole page is."""
    actor, house = actor_of(request), house_of(request)
    seen = look_at_groups(house, actor, project_id)
    standing = standing_of(house, actor, project_id)
    answer = page(request, "cleaning/comparing.html", seen=seen, project=standing.project)
    if not seen.jobs:
        answer.headers["HX-Refresh"] = "true"
    return answer


@post("/projects/{project_id:int}/duplicates", sync_to_thread=True, include_in_schema=False)
def search(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    at_least = number(data, "at_least", low=0.5, high=1, default=AT_LEAST)
    ask_for_search(house_of(request), actor, project_id, request_id=request_id_of(data), at_least=at_least)
    return done(f"/projects/{project_id}/duplicates")


@post("/projects/{project_id:int}/duplicates/all", sync_to_thread=True, include_in_schema=False)
def decide_many(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    job = int(number(data, "undo", default=0))
    if job:
        undo_all(house, actor, project_id, job, request_id=request_id_of(data))
    else:
        keep = as_keep(field(data, "keep"))
        at_least = number(data, "at_least", low=0.5, high=1, default=AT_LEAST)
        decide_all(house, actor, project_id, request_id=request_id_of(data), keep=keep, at_least=at_least)
    return done(f"/projects/{project_id}/duplicates")


@post("/projects/{project_id:int}/duplicates/{group_id:int}", sync_to_thread=True, include_in_schema=False)
def decide_one(request: AnyRequest, project_id: FromPath[int], group_id: FromPath[int], data: Form) -> Redirect:
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    said, request_id = field(data, "keep"), request_id_of(data)
    if said == "undo":
        undo_group(house, actor, project_id, group_id, request_id=request_id)
        return done(f"/projects/{project_id}/duplicates?decided=true")
    kept = int(number(data, "kept", default=0)) or None
    decide_group(house, actor, project_id, group_id, request_id=request_id, keep=as_keep(said), kept=kept)
    return done(f"/projects/{project_id}/duplicates")


PAGES: list[Any] = [show_groups, show_progress, search, decide_many, decide_one]
