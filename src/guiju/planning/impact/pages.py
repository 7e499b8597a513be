"""The page of what a rulebook's draft would touch."""

from typing import Any

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.people import list_certificates
from guiju.planning.impact.actions import ask_for_impact, look_at_impact, pick_touched
from guiju.rulebooks.diff import WEIGHT_NAMES
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of
from guiju.site.guards import AnyRequest

NAMES = {weight.name.lower(): name for weight, name in WEIGHT_NAMES.items()}


@get("/projects/{project_id:int}/rulebook/impact", sync_to_thread=True, include_in_schema=False)
def show_impact(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    looked = look_at_impact(house_of(request), actor_of(request), project_id)
    with house_of(request).reading() as connection:
        live = sum(each.is_live for each in list_certificates(connection, project_id))
    return page(
        request,
        "planning/impact.html",
        looked=looked,
        project=looked.project,
        weight_names=NAMES,
        certificates=live,
    )


@get("/projects/{project_id:int}/rulebook/impact/progress", sync_to_thread=True, include_in_schema=False)
def show_progress(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    """The job at work, asked for again until it is over; then the whole page is."""
    looked = look_at_impact(house_of(request), actor_of(request), project_id)
    answer = page(request, "planning/measuring.html", looked=looked, project=looked.project)
    if looked.job is None:
        answer.headers["HX-Refresh"] = "true"
    return answer


@post("/projects/{project_id:int}/rulebook/impact", sync_to_thread=True, include_in_schema=False)
def ask(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    ask_for_impact(house_of(request), actor, project_id, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/rulebook/impact")


@post("/projects/{project_id:int}/rulebook/impact/pick", sync_to_thread=True, include_in_schema=False)
def pick(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """To the touched items, where a recheck or a question is opened."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    return done(f"/projects/{project_id}/picks/{pick_touched(house_of(request), actor, project_id)}")


PAGES: list[Any] = [show_impact, show_progress, ask, pick]
