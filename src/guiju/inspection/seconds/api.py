"""JSON routes of second looks."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from guiju.inspection.disputes.api import FoundAnswer, found_answer
from guiju.inspection.model import Outcome
from guiju.inspection.seconds.actions import list_disagreements, measure_inspectors, rule_disagreement, set_share
from guiju.inspection.seconds.model import Agreed, Disagreement, Measured, Rate
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class RateAnswer(msgspec.Struct):
    x: int
    n: int
    share: float | None
    interval: list[float]


class InspectorAnswer(msgspec.Struct):
    """`hits`: of the true defects, those found; `alarms`: of the good items, those called defective."""

    name: str
    looked: int
    hits: RateAnswer
    alarms: RateAnswer


class AgreedAnswer(msgspec.Struct):
    value: float | None
    low: float | None
    high: float | None


class DisagreementAnswer(msgspec.Struct):
    lot: int
    item: int
    first: FoundAnswer
    first_outcome: Outcome
    second: FoundAnswer
    second_outcome: Outcome


class InspectorsAnswer(msgspec.Struct):
    """`percent` of each sample is judged twice. `corrected` is the share of defective items if inspectors did not err,
    with its interval; `found` what they found. `to_rule` waits for a ruling of the reader."""

    percent: int
    looked: int
    waiting: int
    open: int
    inspectors: list[InspectorAnswer]
    observed: AgreedAnswer | None
    alpha: AgreedAnswer | None
    found: RateAnswer
    corrected: float | None
    corrected_interval: list[float] | None
    to_rule: list[DisagreementAnswer]


class ShareRequest(msgspec.Struct):
    id: str
    percent: int


class ShareSet(msgspec.Struct):
    percent: int


class RightRequest(msgspec.Struct):
    id: str
    defect: bool
    text: str


class RightSaid(msgspec.Struct):
    right: Outcome


def _rate(rate: Rate) -> RateAnswer:
    return RateAnswer(rate.x, rate.n, rate.share, list(rate.interval))


def _agreed(one: Agreed | None) -> AgreedAnswer | None:
    return AgreedAnswer(one.value, one.low, one.high) if one else None


def inspectors_answer(found: Measured, to_rule: list[Disagreement]) -> InspectorsAnswer:
    return InspectorsAnswer(
        found.percent,
        found.looked,
        found.waiting,
        found.open,
        [InspectorAnswer(one.name, one.looked, _rate(one.hits), _rate(one.alarms)) for one in found.people],
        _agreed(found.observed),
        _agreed(found.alpha),
        _rate(found.found),
        found.corrected.value if found.corrected else None,
        list(found.corrected.interval) if found.corrected else None,
        [
            DisagreementAnswer(
                one.lot_id,
                one.item_id,
                found_answer(one.first),
                one.first.outcome,
                found_answer(one.second),
                one.second.outcome,
            )
            for one in to_rule
        ],
    )


@get("/projects/{project_id:int}/inspectors", sync_to_thread=True)
def get_inspectors(request: AnyRequest, project_id: FromPath[int]) -> InspectorsAnswer:
    """How well inspectors judge, by second looks; an inspector reads only of themselves."""
    house, actor = house_of(request), actor_of(request)
    found = measure_inspectors(house, actor, project_id)
    with house.reading() as connection:
        roles = authorise(connection, actor, project_id, Act.SEE_REPORTS).roles
    rules = actor.trusted or may(roles, Act.RULE)
    return inspectors_answer(found, list_disagreements(house, actor, project_id) if rules else [])


@post("/projects/{project_id:int}/inspectors", sync_to_thread=True)
def post_share(request: AnyRequest, project_id: FromPath[int], data: JSONBody[ShareRequest]) -> ShareSet:
    """Say how much of each sample is judged twice from now on, in percent."""
    return ShareSet(set_share(house_of(request), actor_of(request), project_id, data.percent, request_id=data.id))


@post("/projects/{project_id:int}/lots/{lot_id:int}/looks/{item_id:int}", sync_to_thread=True)
def post_right(
    request: AnyRequest,
    project_id: FromPath[int],
    lot_id: FromPath[int],
    item_id: FromPath[int],
    data: JSONBody[RightRequest],
) -> RightSaid:
    """Rule between two inspectors who differ."""
    house, actor = house_of(request), actor_of(request)
    right = rule_disagreement(
        house, actor, project_id, lot_id, item_id, request_id=data.id, defect=data.defect, text=data.text
    )
    return RightSaid(right)


API: list[Any] = [get_inspectors, post_share, post_right]
