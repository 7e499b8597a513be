"""JSON of how many answers a round's items have."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.consensus.wanting.actions import ask_no_more, describe_overlap, read_overlap_of
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class AskNoMoreIn(msgspec.Struct):
    """`id` is made by the client."""

    id: RequestId


@get("/rounds/{round_id:int}/overlap", sync_to_thread=True)
def overlap(request: AnyRequest, round_id: FromPath[int]) -> dict[str, Any]:
    """The policy, answers used against as many for every item, items settled and unsure, who is how reliable."""
    return describe_overlap(read_overlap_of(house_of(request), actor_of(request), round_id)[0])


@post("/rounds/{round_id:int}/overlap/end", sync_to_thread=True, status_code=200)
def end_overlap(request: AnyRequest, round_id: FromPath[int], data: JSONBody[AskNoMoreIn]) -> dict[str, Any]:
    """Ask for no further answers; those that nobody has begun are withdrawn. Answers like `GET …/overlap`."""
    house, actor = house_of(request), actor_of(request)
    ask_no_more(house, actor, round_id, request_id=data.id)
    return describe_overlap(read_overlap_of(house, actor, round_id)[0])


API: list[Any] = [overlap, end_overlap]
