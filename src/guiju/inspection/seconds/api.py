"""JSON routes of second looks."""

from collections.abc import Callable
from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from guiju.inspection.disputes.api import FoundAnswer, found_answer
from guiju.inspection.model import Outcome
from guiju.inspection.seconds.actions import (
    follow_inspector,
    list_disagreements,
    measure_inspectors,
    rule_disagreement,
    set_share,
)
from guiju.inspection.seconds.model import Agreed, Course, Disagreement, Measured, Rate, Stretch
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest


class RateAnswer(msgspec.Struct):
    x: int
    n: int
    share: float | None
    interval: list[float]


class InspectorAnswer(msgspec.Struct):
    """`hits`: of the true defects, those found; `alarms`: of the good items, those called defective."""

    account: int
    name: str
    looked: int
    hits: RateAnswer
    alarms: RateAnswer


class StretchAnswer(msgspec.Struct):
    """From a day on: how often both said the same, the true defects missed, the good items called defective."""

    begins: str
    looked: int
    agreed: RateAnswer
    missed: RateAnswer
    alarms: RateAnswer


class TrendAnswer(msgspec.Struct):
    """Agreement in the newer half against the older one; `interval` is that of the difference (Newcombe, 95%)."""

    older: RateAnswer
    newer: RateAnswer
    interval: list[float]
    sentence: str


class PartnerAnswer(msgspec.Struct):
    name: str
    agreed: RateAnswer


class CourseAnswer(msgspec.Struct):
    """One inspector: all of it, week by week, the trend; `partners` are told to who answers for the inspection."""

    account: int
    name: str
    whole: StretchAnswer
    weeks: list[StretchAnswer]
    trend: TrendAnswer | None
    partners: list[PartnerAnswer]


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
        [
            InspectorAnswer(one.account_id, one.name, one.looked, _rate(one.hits), _rate(one.alarms))
            for one in found.people
        ],
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


def _stretch(one: Stretch) -> StretchAnswer:
    return StretchAnswer(one.begins, one.looked, _rate(one.agreed), _rate(one.missed), _rate(one.alarms))


def course_answer(course: Course, said: Callable[[str], str] = str) -> CourseAnswer:
    trend = course.trend
    return CourseAnswer(
        course.account_id,
        course.name,
        _stretch(course.whole),
        [_stretch(week) for week in course.weeks],
        TrendAnswer(_rate(trend.older), _rate(trend.newer), [trend.low, trend.high], said(trend.sentence))
        if trend
        else None,
        [PartnerAnswer(name, _rate(agreed)) for name, agreed in course.partners],
    )


@get("/projects/{project_id:int}/inspectors/{account_id:int}", sync_to_thread=True)
def get_inspector(request: AnyRequest, project_id: FromPath[int], account_id: FromPath[int]) -> CourseAnswer:
    """How one inspector judges over time, by second looks."""
    found = follow_inspector(house_of(request), actor_of(request), project_id, account_id)
    return course_answer(found, words_of(request))


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


API: list[Any] = [get_inspectors, get_inspector, post_share, post_right]
