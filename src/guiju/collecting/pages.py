"""Pages of collecting: what people gave, what a person agreed to, and the contents themselves."""

from typing import Any
from urllib.parse import quote_plus

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from guiju.collecting.actions import get_contribution
from guiju.collecting.consents.actions import list_mine, withdraw
from guiju.collecting.model import PROBLEM_NAMES, STATE_NAMES, State
from guiju.collecting.prompts import add_prompts
from guiju.collecting.reading import count_items_made, list_given, list_givers, standing_of
from guiju.data.errors import NoThumbnail
from guiju.data.media.actions import serve_blob, serve_thumbnail
from guiju.data.media.pages import send_file
from guiju.kit import N_, PageRequest
from guiju.people import Act, may
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of
from guiju.site.guards import AnyRequest

SHOWN = 60
LONGEST_PROMPTS = 500_000
PROMPTS_ADDED = N_("The prompts are being imported; open production when they are there.")
WITHDRAWN = N_("The consent is taken back, and what was given under it is removed.")
_more: list[Any] = []


def add_to_collecting(more: Any) -> None:
    """Let a slice above put acts beside what was given: `more(request, project_id)` gives forms to show."""
    _more.append(more)


@get("/projects/{project_id:int}/collecting", sync_to_thread=True, include_in_schema=False)
def show_collecting(
    request: AnyRequest,
    project_id: FromPath[int],
    only: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
) -> Response[str]:
    """What people gave with its measures, who they are, and the prompts still to come."""
    house, actor = house_of(request), actor_of(request)
    standing = standing_of(house, actor, project_id)
    states = [state for state in State if state.name.lower() == only]
    found = list_given(house, actor, project_id, PageRequest(SHOWN, cursor), states)
    return page(
        request,
        "collecting/collecting.html",
        project=standing.project,
        rows=found.rows,
        cursor=found.cursor,
        only=only,
        people=list_givers(house, actor, project_id),
        made=count_items_made(house, actor, project_id),
        states=STATE_NAMES,
        reasons=PROBLEM_NAMES,
        may_import=may(standing.roles, Act.IMPORT_DATA),
        leads=may(standing.roles, Act.CHANGE_PROJECT),
        more=[form for each in _more for form in each(request, project_id)],
    )


@post("/projects/{project_id:int}/collecting/prompts", sync_to_thread=True, include_in_schema=False)
def post_prompts(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    text = field(data, "prompts", limit=LONGEST_PROMPTS)
    add_prompts(house_of(request), actor, project_id, text, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/collecting?said={quote_plus(PROMPTS_ADDED)}")


@get("/consents", sync_to_thread=True, include_in_schema=False)
def show_consents(request: AnyRequest) -> Response[str]:
    """What I agreed to, word for word, and the way to take it back."""
    return page(request, "collecting/consents.html", agreed=list_mine(house_of(request), actor_of(request)))


@post("/consents/{consent_id:int}/withdraw", sync_to_thread=True, include_in_schema=False)
def post_withdrawal(request: AnyRequest, consent_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    withdraw(house_of(request), actor, consent_id)
    back = field(data, "project", required=False)
    to = f"/projects/{back}/collecting" if back.isdecimal() else "/consents"
    return done(f"{to}?said={quote_plus(WITHDRAWN)}")


@get("/media/contributions/{token:str}", sync_to_thread=True, include_in_schema=False)
def send_contribution(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """What was given, as it was given; it may be taken back, so no browser keeps it for long."""
    house = house_of(request)
    found = get_contribution(house, actor_of(request), token)
    kind = found.given.media_type if found.given else "application/octet-stream"
    kind = "text/plain; charset=utf-8" if kind == "text/plain" else kind
    served = serve_blob(house, found.hash or "", kind)
    return send_file(request, served, **{"Cache-Control": "private, no-cache"})


@get("/media/contributions/{token:str}/thumb", sync_to_thread=True, include_in_schema=False)
def send_contribution_thumb(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """A photograph small, for lists."""
    house = house_of(request)
    found = get_contribution(house, actor_of(request), token)
    if found.given is None or found.mode != "picture":
        raise NoThumbnail(item=found.item_id)
    measures = found.given.measures
    size = (int(measures.get("width", 0)), int(measures.get("height", 0)))
    served = serve_thumbnail(house, found.hash or "", *size)
    return send_file(request, served, **{"Cache-Control": "private, no-cache"})


PAGES: list[Any] = [
    show_collecting,
    post_prompts,
    show_consents,
    post_withdrawal,
    send_contribution,
    send_contribution_thumb,
]
