"""The page of what a rulebook's draft would touch."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.kit import N_
from guiju.people import Act, Role, list_certificates, may
from guiju.planning.impact.actions import ask_for_impact, look_at_impact, pick_touched
from guiju.planning.impact.publishing import estimate_touched, publish_and_recheck
from guiju.projects import authorise, list_members
from guiju.rulebooks import publish_rulebook
from guiju.rulebooks.diff import WEIGHT_NAMES
from guiju.site import Form, actor_of, done, field, flag, house_of, page, request_id_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest
from guiju.work.recheck import LEFT_OUT_NAMES

PUBLISHED = N_("The rulebook is published; this version never changes.")
RECHECK_OPEN = N_("The rulebook is published, and the recheck of what it touches is open.")
NOTHING_TO_RECHECK = N_("The rulebook is published; none of the items that it touches can be rechecked now.")
NAMES = {weight.name.lower(): name for weight, name in WEIGHT_NAMES.items()}


@get("/projects/{project_id:int}/rulebook/impact", sync_to_thread=True, include_in_schema=False)
def show_impact(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    looked = look_at_impact(house_of(request), actor_of(request), project_id)
    house = house_of(request)
    with house.reading() as connection:
        live = sum(each.is_live for each in list_certificates(connection, project_id))
        standing = authorise(connection, actor_of(request), project_id, Act.SEE_PROJECT)
        members = list_members(connection, project_id)
    may_publish = all(may(standing.roles, act) for act in (Act.PUBLISH_RULEBOOK, Act.OPEN_ROUND))
    return page(
        request,
        "planning/impact.html",
        looked=looked,
        project=looked.project,
        weight_names=NAMES,
        certificates=live,
        publishes=may_publish,
        people=[each for each in members if each.roles & Role.ANNOTATOR and not each.blocked],
    )


@get("/projects/{project_id:int}/rulebook/impact/recheck", sync_to_thread=True, include_in_schema=False)
def show_recheck(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    """What a recheck of the touched items would take, for the people who are ticked."""
    house, actor = house_of(request), actor_of(request)
    ticked = [int(each) for each in request.query_params.getall("annotator", []) if each.isdecimal()]
    looked = look_at_impact(house, actor, project_id)
    estimate = estimate_touched(house, actor, project_id, account_ids=ticked) if looked.measured else None
    return page(request, "planning/recheck.html", estimate=estimate, left_out_names=LEFT_OUT_NAMES)


@post("/projects/{project_id:int}/rulebook/impact/publish", sync_to_thread=True, include_in_schema=False)
def publish(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Publish the draft; unless it is not wanted, open the recheck of what it touches in the same act."""
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    version, told = field(data, "version", required=False) or None, request_id_of(data)
    if not flag(data, "recheck"):
        publish_rulebook(house, actor, project_id, request_id=told, version=version)
        return done(f"/projects/{project_id}/rulebook?said={quote_plus(PUBLISHED)}")
    accounts = [int(each) for each in many(data, "annotator") if each.isdecimal()]
    shown = field(data, "blind", required=False) == "no"
    made = publish_and_recheck(
        house, actor, project_id, request_id=told, version=version, account_ids=accounts, shown=shown
    )
    if made.round_id is None:
        return done(f"/projects/{project_id}/rulebook?said={quote_plus(NOTHING_TO_RECHECK)}")
    return done(f"/projects/{project_id}/rounds/{made.round_id}/recheck?said={quote_plus(RECHECK_OPEN)}")


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


PAGES: list[Any] = [show_impact, show_progress, show_recheck, ask, pick, publish]
