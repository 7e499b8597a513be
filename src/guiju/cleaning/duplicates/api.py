"""Routes for programs: search near-duplicates, read the groups, decide on them."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.cleaning.duplicates.actions import (
    as_keep,
    ask_for_search,
    decide_all,
    decide_group,
    list_groups,
    undo_all,
    undo_group,
)
from guiju.cleaning.duplicates.model import AT_LEAST, Group
from guiju.kit import PageRequest
from guiju.site import actor_of, house_of, request_id_of
from guiju.site.guards import AnyRequest


class MemberAnswer(msgspec.Struct, frozen=True):
    """`weight` is how much the item counts, where the decision says so; `is_new`: it came after the decision."""

    item: int
    likeness: float
    weight: float
    is_new: bool


class GroupAnswer(msgspec.Struct, frozen=True):
    """`keep` is the decision (one, merged, all, weighed), `kept` the item that stays; the first six members."""

    id: int
    media: str
    size: int
    likeness: float
    is_open: bool
    keep: str | None
    kept: int | None
    members: list[MemberAnswer]


class GroupsAnswer(msgspec.Struct, frozen=True):
    groups: list[GroupAnswer]
    cursor: str | None


class SearchRequest(msgspec.Struct, frozen=True):
    id: str
    at_least: float = AT_LEAST


class DecideRequest(msgspec.Struct, frozen=True):
    """`keep`: one, merged, all, weighed, or undo; `kept` is the item that stays, by default the first."""

    id: str
    keep: str
    kept: int | None = None


class DecideAllRequest(msgspec.Struct, frozen=True):
    """Every waiting group as like as `at_least`; or `undo`, the job whose decisions are undone."""

    id: str
    keep: str = "one"
    at_least: float = AT_LEAST
    undo: int | None = None


class NearJob(msgspec.Struct, frozen=True):
    job: int


class Decided(msgspec.Struct, frozen=True):
    group: int
    keep: str | None


def group_answer(group: Group) -> GroupAnswer:
    members = [MemberAnswer(m.item_id, m.likeness, m.weight, m.is_new) for m in group.members]
    act = group.act.value if group.act else None
    return GroupAnswer(group.id, group.media.value, group.size, group.least, group.is_open, act, group.kept, members)


@get("/projects/{project_id:int}/duplicates", sync_to_thread=True)
def get_groups(
    request: AnyRequest,
    project_id: FromPath[int],
    decided: FromQuery[bool] = False,
    limit: FromQuery[int] = 50,
    cursor: FromQuery[str | None] = None,
) -> GroupsAnswer:
    """Groups of near-duplicates that wait, or those that are decided."""
    wanted = PageRequest(limit, cursor)
    found = list_groups(house_of(request), actor_of(request), project_id, wanted, is_open=not decided)
    return GroupsAnswer([group_answer(group) for group, _ in found.rows], found.cursor)


@post("/projects/{project_id:int}/duplicates", sync_to_thread=True, status_code=202)
def search_groups(request: AnyRequest, project_id: FromPath[int], data: JSONBody[SearchRequest]) -> NearJob:
    """Search the project; groups that were decided stay, what is like them joins them."""
    request_id = request_id_of({"request_id": data.id})
    house, actor = house_of(request), actor_of(request)
    return NearJob(ask_for_search(house, actor, project_id, request_id=request_id, at_least=data.at_least))


@post("/projects/{project_id:int}/duplicates/all", sync_to_thread=True, status_code=202)
def decide_groups(request: AnyRequest, project_id: FromPath[int], data: JSONBody[DecideAllRequest]) -> NearJob:
    """Decide every waiting group that is as like as that, or undo what such a job decided."""
    request_id = request_id_of({"request_id": data.id})
    house, actor = house_of(request), actor_of(request)
    if data.undo is not None:
        return NearJob(undo_all(house, actor, project_id, data.undo, request_id=request_id))
    keep = as_keep(data.keep)
    return NearJob(decide_all(house, actor, project_id, request_id=request_id, keep=keep, at_least=data.at_least))


@post("/projects/{project_id:int}/duplicates/{group_id:int}", sync_to_thread=True, status_code=200)
def decide_one_group(
    request: AnyRequest, project_id: FromPath[int], group_id: FromPath[int], data: JSONBody[DecideRequest]
) -> Decided:
    """Decide on a group, decide anew, or undo."""
    request_id = request_id_of({"request_id": data.id})
    house, actor = house_of(request), actor_of(request)
    if data.keep == "undo":
        undo_group(house, actor, project_id, group_id, request_id=request_id)
        return Decided(group_id, None)
    keep = as_keep(data.keep)
    decide_group(house, actor, project_id, group_id, request_id=request_id, keep=keep, kept=data.kept)
    return Decided(group_id, keep.value)


API: list[Any] = [get_groups, search_groups, decide_groups, decide_one_group]
