"""JSON of picked items and of what is done about them."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from guiju.findings.picks.actions import (
    ask_of_pick,
    clause_from_pick,
    estimate_for_pick,
    example_from_pick,
    list_picks,
    look_at_pick,
    make_pick,
    put_next,
    recheck_pick,
    trial_of_pick,
)
from guiju.findings.picks.model import Of, Pick
from guiju.findings.picks.rules import reason_of
from guiju.kit import Words, iso
from guiju.people import AccountNotFound, find_account_by_email
from guiju.site import actor_of, house_of, words_of
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import House
from guiju.work import Estimate


class PickRequest(msgspec.Struct, frozen=True):
    """A finding (`of`) as its parts name it, or those `items` of it; a `search` is its `link`."""

    of: Of
    items: list[int] = []
    field: str = ""
    label: str = ""
    other: str = ""
    scene: str = ""
    scene_id: str = ""
    view: str = ""
    link: str = ""
    words: str = ""


class Picked(msgspec.Struct, frozen=True):
    pick: int


class DeedOut(msgspec.Struct, frozen=True):
    deed: str
    subject: int | None
    said: str
    by: int
    at: str


class PickOut(msgspec.Struct, frozen=True):
    id: int
    of: str
    reason: str
    items: list[int]
    at: str


class PickShown(PickOut, frozen=True):
    deeds: list[DeedOut]
    open_questions: list[int]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the picked items are meant; none named are all."""

    id: str = ""
    items: list[int] = []


class EstimateRequest(msgspec.Struct, frozen=True, kw_only=True):
    """`annotators` are e-mail addresses; none named is any annotator of the project."""

    items: list[int] = []
    annotators: list[str] = []


class EstimateOut(msgspec.Struct, frozen=True):
    items: int
    left_out: dict[str, int]
    median_ms: float | None
    hours: float | None
    price: float | None
    currency: str


class RecheckRequest(About, frozen=True, kw_only=True):
    annotators: list[str] = []
    shown: bool = False


class RoundOpened(msgspec.Struct, frozen=True):
    round: int


class AskRequest(About, frozen=True, kw_only=True):
    """`again` asks although a question about much the same is open."""

    text: str
    clause: str | None = None
    again: bool = False


class QuestionAsked(msgspec.Struct, frozen=True):
    question: int


class ClauseRequest(msgspec.Struct, frozen=True, kw_only=True):
    id: str = ""
    title: str
    text: str


class ClauseAdded(msgspec.Struct, frozen=True):
    clause: str


class ExampleRequest(msgspec.Struct, frozen=True, kw_only=True):
    id: str = ""
    item: int
    note: str = ""
    clause: str | None = None


class ExampleAdded(msgspec.Struct, frozen=True):
    example: str


class PickTrialRequest(About, frozen=True, kw_only=True):
    annotators: list[str]


class PutNext(msgspec.Struct, frozen=True):
    items: int


def pick_out(pick: Pick, words: Words) -> PickOut:
    reason = reason_of(pick.of, pick.details, words)
    return PickOut(pick.id, pick.of.value, reason, list(pick.items), iso(pick.created_at))


def estimate_out(found: Estimate) -> EstimateOut:
    left = {why.value: n for why, n in found.left_out.items()}
    return EstimateOut(found.items, left, found.median_ms, found.hours, found.price, found.currency)


def _told(request_id: str) -> str:
    return request_id_of({"request_id": request_id})


def accounts_of(house: House, emails: list[str]) -> list[int]:
    """Raises `AccountNotFound`."""
    with house.reading() as connection:
        found = {email: find_account_by_email(connection, email) for email in emails}
    missing = next((email for email, account in found.items() if account is None), None)
    if missing is not None:
        raise AccountNotFound(email=missing)
    return [account.id for account in found.values() if account is not None]


@get("/projects/{project_id:int}/picks", sync_to_thread=True)
def get_picks(request: AnyRequest, project_id: FromPath[int]) -> list[PickOut]:
    """The items that were picked from findings, the newest 50."""
    words = words_of(request)
    return [pick_out(each, words) for each in list_picks(house_of(request), actor_of(request), project_id)]


@post("/projects/{project_id:int}/picks", sync_to_thread=True)
def post_pick(request: AnyRequest, project_id: FromPath[int], data: JSONBody[PickRequest]) -> Picked:
    """Pick the items of a finding; the same pick again is the one there is."""
    details = {name: str(getattr(data, name)) for name in PickRequest.__struct_fields__ if name not in {"of", "items"}}
    house, actor = house_of(request), actor_of(request)
    return Picked(make_pick(house, actor, project_id, of=data.of, details=details, items=data.items))


@get("/projects/{project_id:int}/picks/{pick_id:int}", sync_to_thread=True)
def get_pick(request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int]) -> PickShown:
    """Picked items, why, and what was done about them."""
    shown = look_at_pick(house_of(request), actor_of(request), project_id, pick_id)
    told = pick_out(shown.pick, words_of(request))
    deeds = [DeedOut(each.deed.value, each.subject, each.said, each.by, iso(each.at)) for each in shown.deeds]
    return PickShown(told.id, told.of, told.reason, told.items, told.at, deeds, [each.id for each in shown.alike])


@post("/projects/{project_id:int}/picks/{pick_id:int}/estimate", sync_to_thread=True, status_code=200)
def post_estimate(
    request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: JSONBody[EstimateRequest]
) -> EstimateOut:
    """What a recheck would take: items, what is left out and why, hours by the median time of an answer."""
    house, actor = house_of(request), actor_of(request)
    people = accounts_of(house, data.annotators)
    return estimate_out(estimate_for_pick(house, actor, project_id, pick_id, items=data.items, account_ids=people))


@post("/projects/{project_id:int}/picks/{pick_id:int}/recheck", sync_to_thread=True)
def post_recheck(
    request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: JSONBody[RecheckRequest]
) -> RoundOpened:
    """Open a recheck: each item goes to somebody who has not answered it before, blind or with what holds."""
    house, actor = house_of(request), actor_of(request)
    wanted: dict[str, Any] = {"items": data.items, "account_ids": accounts_of(house, data.annotators)}
    opened = recheck_pick(house, actor, project_id, pick_id, request_id=_told(data.id), shown=data.shown, **wanted)
    return RoundOpened(opened)


@post("/projects/{project_id:int}/picks/{pick_id:int}/question", sync_to_thread=True)
def post_question(
    request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: JSONBody[AskRequest]
) -> QuestionAsked:
    """Ask the expert one question about them; one that is open about much the same is offered instead."""
    house, actor = house_of(request), actor_of(request)
    asked: dict[str, Any] = {"text": data.text, "items": data.items, "clause": data.clause, "again": data.again}
    return QuestionAsked(ask_of_pick(house, actor, project_id, pick_id, request_id=_told(data.id), **asked))


@post("/projects/{project_id:int}/picks/{pick_id:int}/clause", sync_to_thread=True)
def post_clause(
    request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: JSONBody[ClauseRequest]
) -> ClauseAdded:
    """Write a clause into the rulebook's draft."""
    house, actor, told = house_of(request), actor_of(request), _told(data.id)
    return ClauseAdded(
        clause_from_pick(house, actor, project_id, pick_id, request_id=told, title=data.title, text=data.text)
    )


@post("/projects/{project_id:int}/picks/{pick_id:int}/example", sync_to_thread=True)
def post_example(
    request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: JSONBody[ExampleRequest]
) -> ExampleAdded:
    """Put one of the items into the rulebook's draft as a boundary example."""
    house, actor, told = house_of(request), actor_of(request), _told(data.id)
    said: dict[str, Any] = {"item": data.item, "note": data.note, "clause": data.clause}
    return ExampleAdded(example_from_pick(house, actor, project_id, pick_id, request_id=told, **said))


@post("/projects/{project_id:int}/picks/{pick_id:int}/trial", sync_to_thread=True)
def post_trial(
    request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: JSONBody[PickTrialRequest]
) -> RoundOpened:
    """Open a trial of them for these people."""
    house, actor = house_of(request), actor_of(request)
    wanted: dict[str, Any] = {"items": data.items, "account_ids": accounts_of(house, data.annotators)}
    return RoundOpened(trial_of_pick(house, actor, project_id, pick_id, request_id=_told(data.id), **wanted))


@post("/projects/{project_id:int}/picks/{pick_id:int}/next", sync_to_thread=True)
def post_next(request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: JSONBody[About]) -> PutNext:
    """Let production hand them out before all others."""
    house, actor = house_of(request), actor_of(request)
    return PutNext(put_next(house, actor, project_id, pick_id, request_id=_told(data.id), items=data.items))


API: list[Any] = [
    get_picks,
    post_pick,
    get_pick,
    post_estimate,
    post_recheck,
    post_question,
    post_clause,
    post_example,
    post_trial,
    post_next,
]
