"""Routes for programs: ask for a profile, read it, and the items that one of its figures counts."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.cleaning.profiles.actions import ask_for_profile, get_profile, list_wanted_items
from guiju.cleaning.profiles.model import Profile, Wanted
from guiju.data.api import ItemsAnswer, item_answer
from guiju.kit import PageRequest, iso
from guiju.site import actor_of, house_of, request_id_of
from guiju.site.guards import AnyRequest


class ProfileAnswer(msgspec.Struct, frozen=True):
    """`source` is `null` where the profile is of the whole project."""

    source: int | None
    made_at: str
    profile: Profile


class ProfileRequest(msgspec.Struct, frozen=True):
    """Without a source: every source that has no profile yet, or all of them."""

    id: str
    source: int | None = None


class ProfileAsked(msgspec.Struct, frozen=True):
    jobs: list[int]


@get("/projects/{project_id:int}/profile", sync_to_thread=True)
def get_one_profile(
    request: AnyRequest, project_id: FromPath[int], source: FromQuery[int | None] = None
) -> ProfileAnswer:
    """What is in a source or in the project."""
    kept = get_profile(house_of(request), actor_of(request), project_id, source)
    return ProfileAnswer(kept.source_id, iso(kept.made_at), kept.profile)


@post("/projects/{project_id:int}/profile", sync_to_thread=True, status_code=202)
def ask_for_one_profile(request: AnyRequest, project_id: FromPath[int], data: JSONBody[ProfileRequest]) -> ProfileAsked:
    """Take a profile anew; a source has one of itself after its import."""
    request_id = request_id_of({"request_id": data.id})
    house, actor = house_of(request), actor_of(request)
    return ProfileAsked(ask_for_profile(house, actor, project_id, request_id=request_id, source_id=data.source))


@get("/projects/{project_id:int}/profile/items", sync_to_thread=True)
def get_wanted_items(  # noqa: PLR0913, PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    project_id: FromPath[int],
    figure: FromQuery[str] = "",
    low: FromQuery[float | None] = None,
    high: FromQuery[float | None] = None,
    value: FromQuery[str | None] = None,
    lacks: FromQuery[str | None] = None,
    source: FromQuery[int | None] = None,
    limit: FromQuery[int] = 50,
    cursor: FromQuery[str | None] = None,
) -> ItemsAnswer:
    """The items whose `figure` lies in [`low`, `high`) or is `value`, or whose record `lacks` a column."""
    house, actor = house_of(request), actor_of(request)
    wanted = Wanted(figure, low, high, value, lacks)
    found = list_wanted_items(house, actor, project_id, wanted, PageRequest(limit, cursor), source_id=source)
    return ItemsAnswer([item_answer(house, item) for item in found.rows], found.cursor)


API: list[Any] = [get_one_profile, ask_for_one_profile, get_wanted_items]
