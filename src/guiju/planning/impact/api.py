"""Routes about what a rulebook's draft would touch."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.planning.impact.actions import ask_for_impact, look_at_impact, pick_touched
from guiju.planning.impact.model import Impact
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class ImpactShown(msgspec.Struct, frozen=True):
    """`impact` is the last that was measured, of the draft as it is now if `is_of_now`; `job` measures another."""

    impact: Impact | None
    is_of_now: bool
    job: int | None


class ImpactAsked(msgspec.Struct, frozen=True):
    job: int


class ImpactRequest(msgspec.Struct, frozen=True):
    id: RequestId


class TouchedPicked(msgspec.Struct, frozen=True):
    pick: int


@get("/projects/{project_id:int}/rulebook/impact", sync_to_thread=True)
def show_impact(request: AnyRequest, project_id: FromPath[int]) -> ImpactShown:
    """What publishing the draft would touch of the answers of record, as it was last measured."""
    looked = look_at_impact(house_of(request), actor_of(request), project_id)
    return ImpactShown(looked.measured, looked.is_of_now, looked.job.id if looked.job else None)


@post("/projects/{project_id:int}/rulebook/impact", sync_to_thread=True, status_code=202)
def ask(request: AnyRequest, project_id: FromPath[int], data: JSONBody[ImpactRequest]) -> ImpactAsked:
    """Measure it: the draft's checks tried on every answer of record, its changes by the labels they concern."""
    return ImpactAsked(ask_for_impact(house_of(request), actor_of(request), project_id, request_id=data.id))


@post("/projects/{project_id:int}/rulebook/impact/pick", sync_to_thread=True, status_code=201)
def pick(request: AnyRequest, project_id: FromPath[int]) -> TouchedPicked:
    """The touched items as a pick, from which a recheck is opened."""
    return TouchedPicked(pick_touched(house_of(request), actor_of(request), project_id))


API: list[Any] = [show_impact, ask, pick]
