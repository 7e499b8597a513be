"""Routes for programs: accepted contributions become items."""

from typing import Any

import msgspec
from litestar import post
from litestar.params import FromPath, JSONBody

from guiju.delivery.harvest.actions import harvest
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class HarvestRequest(msgspec.Struct, frozen=True):
    """`into` is the project whose items they become; without it the one that collected them."""

    into: int | None = None
    name: str = ""


class HarvestAnswer(msgspec.Struct, frozen=True):
    into: int
    source: int
    items: int
    known: int


@post("/projects/{project_id:int}/harvests", sync_to_thread=True, status_code=201)
def post_harvest(request: AnyRequest, project_id: FromPath[int], data: JSONBody[HarvestRequest]) -> HarvestAnswer:
    """Make items of every accepted contribution that is none there yet; refused where there is none."""
    house, actor = house_of(request), actor_of(request)
    made = harvest(house, actor, project_id, data.into or project_id, name=data.name or "Collected")
    return HarvestAnswer(made.into, made.source, made.items, made.known)


API: list[Any] = [post_harvest]
