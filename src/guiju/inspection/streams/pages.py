"""The page of streams: how strictly each is inspected, why, and what people decide about it."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.inspection.model import STRICTNESS_NAMES, WEIGHT_NAMES
from guiju.inspection.streams.actions import decide_stream, list_streams
from guiju.inspection.streams.model import ACT_NAMES, StreamAct, StreamKey
from guiju.kit import N_
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of
from guiju.site.guards import AnyRequest

DECIDED = N_("It is decided, and on record with its reason.")


@get("/projects/{project_id:int}/streams", sync_to_thread=True, include_in_schema=False)
def streams_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """Every stream of lots with its history."""
    house, actor = house_of(request), actor_of(request)
    streams = list_streams(house, actor, project_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
    return page(
        request,
        "inspection/streams.html",
        project=standing.project,
        streams=streams,
        strictness_names=STRICTNESS_NAMES,
        weight_names=WEIGHT_NAMES,
        act_names=ACT_NAMES,
        decides=actor.trusted or may(standing.roles, Act.DECIDE_GATE),
    )


@post("/projects/{project_id:int}/streams", sync_to_thread=True, include_in_schema=False)
def decide_it(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    key = StreamKey(project_id, *(_number(field(data, name, required=False)) for name in ("annotator", "source")))
    said = field(data, "act")
    act = StreamAct(said) if said in set(StreamAct) else StreamAct.RESUME
    reason = field(data, "reason", required=False)
    decide_stream(house_of(request), actor, key, act, reason=reason, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/streams?said={quote_plus(DECIDED)}")


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() else None


PAGES: list[Any] = [streams_page, decide_it]
