"""Routes about a project's brief."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post, put
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta

from guiju.briefs.actions import (
    answer_question,
    close_comment,
    comment_brief,
    get_brief,
    look_at_brief,
    save_brief,
    sign_brief,
    today_of,
)
from guiju.briefs.document import parse_brief
from guiju.briefs.errors import BriefNotFound
from guiju.briefs.model import Comment
from guiju.briefs.paper import paper_of
from guiju.briefs.rules import describe_gap, find_gaps
from guiju.kit import iso
from guiju.site import actor_of, house_of, words_of
from guiju.site.documents import as_download
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


class Answering(msgspec.Struct, frozen=True):
    """`question` as it stands in the brief; `facet` is where the answer goes, `how` if none is named."""

    id: RequestId
    question: str
    answer: Annotated[str, Meta(min_length=1, max_length=4000)]
    facet: str = ""


class Commenting(msgspec.Struct, frozen=True):
    """`place` is a facet or figure, empty for the whole."""

    id: RequestId
    text: Annotated[str, Meta(min_length=1, max_length=4000)]
    place: Annotated[str, Meta(max_length=24)] = ""


class Settling(msgspec.Struct, frozen=True):
    id: RequestId


class CommentShown(msgspec.Struct, frozen=True):
    id: int
    version: int
    place: str
    text: str
    written_by: int
    written_at: str
    settled_by: int | None
    settled_at: str | None


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


@get("/projects/{project_id:int}/brief/versions/{version:int}/export", sync_to_thread=True)
def export_version(
    request: AnyRequest,
    project_id: FromPath[int],
    version: FromPath[int],
    format: FromQuery[str] = "docx",  # noqa: A002
) -> Response[bytes]:
    """A version as `docx`, `pdf` or `html`, or the document itself as `yaml`."""
    return exported(request, project_id, version, format)


def exported(request: AnyRequest, project_id: int, version: int, format: str) -> Response[bytes]:  # noqa: A002
    """A version as a file, in the reader's language."""
    house = house_of(request)
    standing, found = get_brief(house, actor_of(request), project_id, version)
    assert found is not None
    stem = f"brief-{project_id}-v{version}"
    if format == "yaml":
        headers = {"Content-Disposition": f'attachment; filename="{stem}.yaml"'}
        return Response(found.document.encode(), media_type="application/yaml", headers=headers)
    return as_download(paper_of(found, words_of(request), standing.project.name, today_of(house)), format, stem)


@post("/projects/{project_id:int}/brief/sign", sync_to_thread=True, status_code=200)
def post_signature(request: AnyRequest, project_id: FromPath[int], data: JSONBody[BriefSigning]) -> BriefShown:
    """Sign exactly the version and save that were read."""
    actor, house = actor_of(request), house_of(request)
    sign_brief(house, actor, project_id, version=data.version, revision=data.revision, request_id=data.id)
    return _shown(request, project_id)


@post("/projects/{project_id:int}/brief/answers", sync_to_thread=True, status_code=200)
def post_answer(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Answering]) -> BriefShown:
    """Answer an open question, and put the answer into its facet."""
    told = {"question": data.question, "answer": data.answer, "facet": data.facet}
    answer_question(house_of(request), actor_of(request), project_id, **told, request_id=data.id)
    return _shown(request, project_id)


@get("/projects/{project_id:int}/brief/comments", sync_to_thread=True)
def list_comments(request: AnyRequest, project_id: FromPath[int]) -> list[CommentShown]:
    """What was said of the brief, the newest first; empty for who may not comment."""
    return [_comment(each) for each in look_at_brief(house_of(request), actor_of(request), project_id).comments]


@post("/projects/{project_id:int}/brief/comments", sync_to_thread=True, status_code=200)
def post_comment(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Commenting]) -> CommentShown:
    """Say something of a facet, a figure or the whole."""
    actor, house = actor_of(request), house_of(request)
    said = comment_brief(house, actor, project_id, place=data.place, text=data.text, request_id=data.id)
    return next(_comment(each) for each in look_at_brief(house, actor, project_id).comments if each.id == said)


@post("/projects/{project_id:int}/brief/comments/{comment_id:int}/settle", sync_to_thread=True, status_code=200)
def settle_comment(
    request: AnyRequest, project_id: FromPath[int], comment_id: FromPath[int], data: JSONBody[Settling]
) -> list[CommentShown]:
    """Settle a comment; it stays readable. Answers with all of them."""
    actor, house = actor_of(request), house_of(request)
    close_comment(house, actor, project_id, comment_id, request_id=data.id)
    return [_comment(each) for each in look_at_brief(house, actor, project_id).comments]


def _comment(said: Comment) -> CommentShown:
    settled = iso(said.closed_at) if said.closed_at else None
    return CommentShown(
        said.id, said.version, said.place, said.text, said.written_by, iso(said.written_at), said.closed_by, settled
    )


API: list[Any] = [
    show_brief,
    put_brief,
    export_version,
    post_signature,
    post_answer,
    list_comments,
    post_comment,
    settle_comment,
]
