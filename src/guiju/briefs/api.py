"""Routes about a project's brief."""

from typing import Annotated, Any

import msgspec
from litestar import get, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.briefs.actions import get_brief, save_brief, sign_brief, today_of
from guiju.briefs.document import parse_brief
from guiju.briefs.errors import BriefNotFound
from guiju.briefs.rules import describe_gap, find_gaps
from guiju.kit import iso
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class BriefShown(msgspec.Struct, frozen=True):
    """The newest brief: its YAML, the mark that a save starts from, who signed it, and its gaps."""

    version: int
    revision: int
    document: str
    signed_by: int | None
    signed_at: str | None
    gaps: list[dict[str, Any]]


class BriefSaving(msgspec.Struct, frozen=True):
    """`version` and `revision` are those of the brief that was read, 0 where there was none."""

    id: RequestId
    document: str
    version: int = 0
    revision: int = 0


class BriefSigning(msgspec.Struct, frozen=True):
    id: RequestId
    version: int
    revision: int


@get("/projects/{project_id:int}/brief", sync_to_thread=True)
def show_brief(request: AnyRequest, project_id: FromPath[int]) -> BriefShown:
    """The newest brief, signed or not."""
    return _shown(request, project_id)


def _shown(request: AnyRequest, project_id: int) -> BriefShown:
    actor, house = actor_of(request), house_of(request)
    _, current = get_brief(house, actor, project_id)
    if current is None:
        raise BriefNotFound(project=project_id)
    words = words_of(request)
    gaps = [describe_gap(gap, words) for gap in find_gaps(parse_brief(current.document), today_of(house))]
    signed_at = iso(current.signed_at) if current.signed_at else None
    return BriefShown(current.version, current.revision, current.document, current.signed_by, signed_at, gaps)


@put("/projects/{project_id:int}/brief", sync_to_thread=True)
def put_brief(request: AnyRequest, project_id: FromPath[int], data: JSONBody[BriefSaving]) -> BriefShown:
    """Keep a brief; refused when somebody saved another since it was read."""
    actor = actor_of(request)
    started = (data.version, data.revision) if data.version else None
    save_brief(house_of(request), actor, project_id, document=data.document, started_from=started, request_id=data.id)
    return _shown(request, project_id)


@post("/projects/{project_id:int}/brief/sign", sync_to_thread=True, status_code=200)
def post_signature(request: AnyRequest, project_id: FromPath[int], data: JSONBody[BriefSigning]) -> BriefShown:
    """Sign exactly the version and save that were read."""
    actor, house = actor_of(request), house_of(request)
    sign_brief(house, actor, project_id, version=data.version, revision=data.revision, request_id=data.id)
    return _shown(request, project_id)


API: list[Any] = [show_brief, put_brief, post_signature]
