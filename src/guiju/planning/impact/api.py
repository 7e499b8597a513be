"""Routes about what a rulebook's draft would touch."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.people import account_ids_of
from guiju.planning.impact.actions import ask_for_impact, look_at_impact, pick_touched
from guiju.planning.impact.model import Impact
from guiju.planning.impact.publishing import publish_and_recheck
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


class PublishRequest(msgspec.Struct, frozen=True):
    """`annotators` are e-mail addresses; none named is any annotator of the project. `shown`: with what holds now."""

    id: RequestId
    version: str | None = None
    annotators: list[str] = []
    shown: bool = False


class PublishedOut(msgspec.Struct, frozen=True):
    """The `rulebook` version's id, the recheck (`round`; none where nothing can be rechecked), and items touched."""

    rulebook: int
    round: int | None
    items: int


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


@post("/projects/{project_id:int}/rulebook/impact/publish", sync_to_thread=True, status_code=201)
def publish(request: AnyRequest, project_id: FromPath[int], data: JSONBody[PublishRequest]) -> PublishedOut:
    """Publish the draft and open a recheck of what it was measured to touch, in one request."""
    house, actor = house_of(request), actor_of(request)
    accounts = account_ids_of(house, data.annotators)
    told: dict[str, Any] = {"version": data.version, "account_ids": accounts, "shown": data.shown}
    made = publish_and_recheck(house, actor, project_id, request_id=data.id, **told)
    return PublishedOut(made.rulebook_id, made.round_id, made.items)


API: list[Any] = [show_impact, ask, pick, publish]
