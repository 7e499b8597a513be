"""Routes about a project's rulebook: its draft, its publication, its versions."""

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post, put
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta

from guiju.kit import Words, iso
from guiju.rulebooks.actions import (
    get_document,
    get_draft,
    get_rulebook,
    list_versions,
    publish_rulebook,
    save_draft,
)
from guiju.rulebooks.diff import Difference
from guiju.rulebooks.exports import export_rulebook
from guiju.rulebooks.model import RulebookVersion
from guiju.rulebooks.rules import describe_problem
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class DraftShown(msgspec.Struct, frozen=True):
    """The draft (or what a new one begins with), its problems, and the version that its changes propose.

    `revision` is what a save says it started from. `proposed` is null while the text has errors.
    """

    document: str
    revision: int
    is_saved: bool
    based_on: str | None
    problems: list[dict[str, Any]]
    proposed: str | None
    reasons: list[dict[str, Any]]


class DraftSaving(msgspec.Struct, frozen=True):
    id: RequestId
    document: str
    revision: int


class Publishing(msgspec.Struct, frozen=True):
    """`version` null takes the one that the changes propose."""

    id: RequestId
    version: str | None = None


class VersionShown(msgspec.Struct, frozen=True):
    id: int
    version: str
    digest: str
    published_by: int | None
    published_at: str | None


class VersionList(msgspec.Struct, frozen=True):
    versions: list[VersionShown]


class WholeVersion(msgspec.Struct, frozen=True):
    """A published version: as it was written, and as the workbench reads it."""

    id: int
    version: str
    digest: str
    document: str
    rulebook: dict[str, Any]


@get("/projects/{project_id:int}/rulebook/draft", sync_to_thread=True)
def show_draft(request: AnyRequest, project_id: FromPath[int], starter: FromQuery[str] = "choice") -> DraftShown:
    """The draft, or what a new one begins with."""
    return _draft(request, project_id, starter)


def _draft(request: AnyRequest, project_id: int, starter: str = "choice") -> DraftShown:
    draft = get_draft(house_of(request), actor_of(request), project_id, starter=starter)
    words = words_of(request)
    proposal = draft.proposal
    return DraftShown(
        draft.document,
        draft.revision,
        draft.is_saved,
        draft.latest.version if draft.latest else None,
        [describe_problem(problem, words) for problem in draft.problems],
        proposal.version if proposal else None,
        _reasons(proposal.reasons, words) if proposal else [],
    )


def _reasons(reasons: Iterable[Difference], words: Words) -> list[dict[str, Any]]:
    return [reason.describe(words) for reason in reasons]


@put("/projects/{project_id:int}/rulebook/draft", sync_to_thread=True)
def put_draft(request: AnyRequest, project_id: FromPath[int], data: JSONBody[DraftSaving]) -> DraftShown:
    """Keep a draft, readable or not; refused when somebody saved since it was read."""
    actor = actor_of(request)
    save_draft(
        house_of(request), actor, project_id,
        document=data.document, from_revision=data.revision, request_id=data.id,
    )  # fmt: skip
    return _draft(request, project_id)


@post("/projects/{project_id:int}/rulebook/publish", sync_to_thread=True, status_code=201)
def post_publish(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Publishing]) -> VersionShown:
    """Publish the draft: it never changes afterwards."""
    actor, house = actor_of(request), house_of(request)
    rulebook_id = publish_rulebook(house, actor, project_id, request_id=data.id, version=data.version)
    return _shown(get_document(house, actor, project_id, rulebook_id))


@get("/projects/{project_id:int}/rulebook/versions", sync_to_thread=True)
def show_versions(request: AnyRequest, project_id: FromPath[int]) -> VersionList:
    """Every published version, the newest first."""
    actor = actor_of(request)
    _, versions = list_versions(house_of(request), actor, project_id)
    return VersionList([_shown(version) for version in versions])


@get("/projects/{project_id:int}/rulebook/versions/{rulebook_id:int}", sync_to_thread=True)
def show_version(request: AnyRequest, project_id: FromPath[int], rulebook_id: FromPath[int]) -> WholeVersion:
    actor, house = actor_of(request), house_of(request)
    version = get_document(house, actor, project_id, rulebook_id)
    _, compiled = get_rulebook(house, actor, project_id, rulebook_id)
    return WholeVersion(version.id, version.version, version.digest, version.document, compiled.for_workbench())


@get("/projects/{project_id:int}/rulebook/versions/{rulebook_id:int}/export", sync_to_thread=True)
def export_version(
    request: AnyRequest,
    project_id: FromPath[int],
    rulebook_id: FromPath[int],
    format: FromQuery[str] = "prompt",  # noqa: A002 - the word of the address
) -> Response[bytes]:
    """A version as `docx`, `pdf`, `html`, as a `prompt` for a language model, or the `schema` of its answers."""
    project, compiled = get_rulebook(house_of(request), actor_of(request), project_id, rulebook_id)
    file = export_rulebook(compiled, format, words_of(request), project.name)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=file.media_type, headers=headers)


def _shown(version: RulebookVersion) -> VersionShown:
    published_at = iso(version.published_at) if version.published_at else None
    return VersionShown(version.id, version.version, version.digest, version.published_by, published_at)


API: list[Any] = [show_draft, put_draft, post_publish, show_versions, show_version, export_version]
