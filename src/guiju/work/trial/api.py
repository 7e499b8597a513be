"""JSON of a trial: its report, and the decision at its gate."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest
from guiju.work.trial.actions import annotator_names, decide_gate, make_report
from guiju.work.trial.rules import describe_report

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class DecideRequest(msgspec.Struct):
    """`last` is the report's own, so that nobody decides on what they have not seen; 0 takes what holds now."""

    id: RequestId
    reason: str | None = None
    last: int = 0


class Decided(msgspec.Struct, frozen=True):
    passed: bool


@get("/rounds/{round_id:int}/report", sync_to_thread=True)
def show_report(request: AnyRequest, round_id: FromPath[int]) -> dict[str, Any]:
    """Agreement in a round with several answers an item, computed from the answers that hold now."""
    house, actor = house_of(request), actor_of(request)
    report = make_report(house, actor, round_id)
    return describe_report(report, annotator_names(house, report), words_of(request))


@post("/rounds/{round_id:int}/gate", sync_to_thread=True, status_code=200)
def decide(request: AnyRequest, round_id: FromPath[int], data: JSONBody[DecideRequest]) -> Decided:
    """Decide a trial's gate and close the trial; one that has not passed needs a signed reason."""
    house, actor = house_of(request), actor_of(request)
    reason = data.reason
    return Decided(decide_gate(house, actor, round_id, request_id=data.id, override_reason=reason, seen=data.last))


API: list[Any] = [show_report, decide]
