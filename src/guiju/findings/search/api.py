"""JSON routes of searches."""

from typing import Annotated

import msgspec
from litestar import delete, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from guiju.findings.marks import list_labels
from guiju.findings.search.acting import set_all_aside, set_items_aside
from guiju.findings.search.actions import forget_search, keep_search, list_kept_searches, search_items
from guiju.findings.search.model import Found, Kept, Search
from guiju.findings.search.rules import PARTS, read_search
from guiju.kit import PageRequest
from guiju.people import Act
from guiju.projects import authorise
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class FoundAnswer(msgspec.Struct):
    item: int
    name: str
    media: str
    source: int
    text: str | None
    labels: list[str]
    resolved: bool
    aside: bool


class SearchAnswer(msgspec.Struct):
    found: list[FoundAnswer]
    cursor: str | None
    unread: int
    labels_behind: bool


class Wanted(msgspec.Struct):
    """A search, as the parts of its address."""

    q: str = ""
    label: str = ""
    source: str = ""
    media: str = ""
    state: str = ""
    scene: str = ""
    like: str = ""
    region: str = ""

    @property
    def search(self) -> Search:
        return read_search({part: getattr(self, part) for part in PARTS})


class AsideRequest(Wanted, kw_only=True):
    """Items, or a search whose result is meant."""

    id: str
    items: list[int] = []
    back: bool = False


class AsideAnswer(msgspec.Struct):
    items: int | None
    job: int | None


class KeepRequest(Wanted, kw_only=True):
    id: str
    name: str


class KeptAnswer(msgspec.Struct):
    id: int
    name: str
    query: str


class LabelCount(msgspec.Struct):
    label: str
    items: int


def found_answer(one: Found) -> FoundAnswer:
    item = one.item
    said = (item.id, item.name, item.media.value, item.source_id, item.body, list(one.labels))
    return FoundAnswer(*said, one.is_resolved, one.is_aside)


def kept_answer(kept: Kept) -> KeptAnswer:
    return KeptAnswer(kept.id, kept.name, kept.query)


@get("/projects/{project_id:int}/search", sync_to_thread=True)
def get_search(  # noqa: PLR0913 - each filter is a choice of its own
    request: AnyRequest,
    project_id: FromPath[int],
    *,
    q: FromQuery[str] = "",
    label: FromQuery[str] = "",
    source: FromQuery[str] = "",
    media: FromQuery[str] = "",
    in_state: Annotated[str, QueryParameter(name="state")] = "",
    scene: FromQuery[str] = "",
    like: FromQuery[str] = "",
    region: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> SearchAnswer:
    """Items with all these words that fit all these filters, the newest first; `like` something, the nearest first.

    `region` is `x,y,w,h`, a part of the picture that `like` names: whole pictures are compared with it.
    """
    said = {"q": q, "label": label, "source": source, "media": media, "state": in_state, "scene": scene, "like": like}
    wanted = read_search({**said, "region": region})
    found = search_items(house_of(request), actor_of(request), project_id, wanted, PageRequest(limit, cursor))
    return SearchAnswer([found_answer(one) for one in found.rows], found.cursor, found.unread, found.labels_behind)


@get("/projects/{project_id:int}/label-counts", sync_to_thread=True)
def get_label_counts(request: AnyRequest, project_id: FromPath[int]) -> list[LabelCount]:
    """Every label that an answer of record uses, with the number of items."""
    with house_of(request).reading() as connection:
        authorise(connection, actor_of(request), project_id, Act.SEE_ITEMS)
        return [LabelCount(label, n) for label, n in list_labels(connection, project_id)]


@post("/projects/{project_id:int}/asides", sync_to_thread=True)
def post_asides(request: AnyRequest, project_id: FromPath[int], data: JSONBody[AsideRequest]) -> AsideAnswer:
    """Set items aside, or bring them back: those named at once, all that a search finds by a job."""
    house, actor = house_of(request), actor_of(request)
    if data.items:
        told = set_items_aside(house, actor, project_id, request_id=data.id, items=data.items, back=data.back)
        return AsideAnswer(told, None)
    job = set_all_aside(house, actor, project_id, request_id=data.id, wanted=data.search, back=data.back)
    return AsideAnswer(None, job)


@get("/projects/{project_id:int}/searches", sync_to_thread=True)
def get_searches(request: AnyRequest, project_id: FromPath[int]) -> list[KeptAnswer]:
    return [kept_answer(each) for each in list_kept_searches(house_of(request), actor_of(request), project_id)]


@post("/projects/{project_id:int}/searches", sync_to_thread=True)
def post_search(request: AnyRequest, project_id: FromPath[int], data: JSONBody[KeepRequest]) -> dict[str, int]:
    """Keep a search under a name."""
    house, actor = house_of(request), actor_of(request)
    return {"search": keep_search(house, actor, project_id, request_id=data.id, name=data.name, wanted=data.search)}


@delete("/projects/{project_id:int}/searches/{search_id:int}", sync_to_thread=True)
def delete_search(request: AnyRequest, project_id: FromPath[int], search_id: FromPath[int]) -> None:
    forget_search(house_of(request), actor_of(request), project_id, search_id)


API = [get_search, get_label_counts, post_asides, get_searches, post_search, delete_search]
