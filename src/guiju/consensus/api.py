"""JSON of consensus."""

from typing import Annotated, Any

import msgspec
from litestar import post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.consensus.actions import resolve_round
from guiju.consensus.model import Outcome
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class ResolveRequest(msgspec.Struct):
    """`id` is made by the client; `method` is one of the ways to resolve."""

    id: RequestId
    method: str = "majority"


@post("/rounds/{round_id:int}/consensus", sync_to_thread=True, status_code=200)
def resolve(request: AnyRequest, round_id: FromPath[int], data: JSONBody[ResolveRequest]) -> Outcome:
    """Resolve a closed round's items from their several answers; `ties` are the items left open."""
    actor = actor_of(request)
    return resolve_round(house_of(request), actor, round_id, request_id=data.id, method=data.method)


API: list[Any] = [resolve]
