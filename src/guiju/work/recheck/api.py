"""JSON of rechecks."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from guiju.site import actor_of, house_of
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest
from guiju.work.recheck.actions import project_of_recheck, put_back, read_recheck
from guiju.work.recheck.model import Changed


class ChangedOut(msgspec.Struct, frozen=True):
    """`before` and `after` are `{field: answer}`; `stands` says whether the new answer holds now."""

    item: int
    name: str
    before: msgspec.Raw
    after: msgspec.Raw
    first: str | None
    second: str
    stands: bool


class RecheckOut(msgspec.Struct, frozen=True):
    round: int
    shown: bool
    items: int
    answered: int
    confirmed: int
    changed: int
    confirmed_interval: tuple[float, float]
    listed: list[ChangedOut]


class PuttingBack(msgspec.Struct, frozen=True):
    items: list[int]
    id: str = ""


class PutBackAnswer(msgspec.Struct, frozen=True):
    items: int


@get("/rounds/{recheck_id:int}/recheck", sync_to_thread=True)
def get_recheck(request: AnyRequest, recheck_id: FromPath[int]) -> RecheckOut:
    """How many answers a recheck confirmed, and what it changed."""
    house, actor = house_of(request), actor_of(request)
    report = read_recheck(house, actor, project_of_recheck(house, actor, recheck_id), recheck_id)
    counts = (report.progress.total, report.progress.done, report.confirmed, report.changed, report.interval)
    return RecheckOut(recheck_id, report.round.shows_record, *counts, [_changed(each) for each in report.listed])


def _changed(one: Changed) -> ChangedOut:
    said = (msgspec.Raw(one.before.encode()), msgspec.Raw(one.after.encode()))
    return ChangedOut(one.item_id, one.name, *said, one.first, one.second, one.stands)


@post("/rounds/{recheck_id:int}/recheck/put-back", sync_to_thread=True, status_code=200)
def post_put_back(request: AnyRequest, recheck_id: FromPath[int], data: JSONBody[PuttingBack]) -> PutBackAnswer:
    """Let what held before a recheck hold again for these items."""
    house, actor, told = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    project_id = project_of_recheck(house, actor, recheck_id)
    return PutBackAnswer(put_back(house, actor, project_id, recheck_id, request_id=told, items=data.items))


API: list[Any] = [get_recheck, post_put_back]
