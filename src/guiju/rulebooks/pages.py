"""The rulebook's pages: the version in force as it is read, old versions, differences. `writing` has the editor."""

from typing import Annotated, Any

from litestar import Response, get
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery

from guiju.kit import N_
from guiju.people import Act, may
from guiju.projects import Standing
from guiju.rulebooks.actions import (
    get_document,
    get_draft,
    get_rulebook,
    list_versions,
    read_rulebook,
)
from guiju.rulebooks.compiled import CompiledRulebook
from guiju.rulebooks.diff import WEIGHT_NAMES, differences
from guiju.rulebooks.exports import FORMATS, export_rulebook
from guiju.rulebooks.reading.body import body_of
from guiju.site import actor_of, house_of, page, signed_in_of, words_of
from guiju.site.guards import AnyRequest

Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
LIMIT = 1_000_000

SAVED, MERGED = N_("The draft is saved."), N_("The draft is saved, together with what others changed meanwhile.")
SAID = N_("The rulebook is published; this version never changes.")


@get("/projects/{project_id:int}/rulebook", sync_to_thread=True, include_in_schema=False)
def show_current(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    actor = actor_of(request)
    standing, compiled = read_rulebook(house_of(request), actor, project_id)
    return _reading_page(request, standing, compiled, is_current=True)


@get("/projects/{project_id:int}/rulebook/{rulebook_id:int}", sync_to_thread=True, include_in_schema=False)
def show_version(request: AnyRequest, project_id: FromPath[int], rulebook_id: FromPath[int]) -> Response[str]:
    actor, house = actor_of(request), house_of(request)
    standing, latest = read_rulebook(house, actor, project_id)
    _, compiled = get_rulebook(house, actor, project_id, rulebook_id)
    return _reading_page(request, standing, compiled, is_current=latest is not None and latest.id == rulebook_id)


def _reading_page(
    request: AnyRequest, standing: Standing, compiled: CompiledRulebook | None, *, is_current: bool
) -> Response[str]:
    return page(
        request,
        "rulebooks/read.html",
        project=standing.project,
        compiled=compiled,
        is_current=is_current,
        may_write=may(standing.roles, Act.WRITE_RULEBOOK),
        versions=_versions(request, standing.project.id),
        formats=FORMATS,
        **(body_of(compiled.rulebook) if compiled else {}),
    )


def _versions(request: AnyRequest, project_id: int) -> list[dict[str, object]]:
    versions = list_versions(house_of(request), signed_in_of(request).actor, project_id)[1]
    older = [*(version.id for version in versions[1:]), None]
    return [{"version": version, "before": before} for version, before in zip(versions, older, strict=False)]


@get("/projects/{project_id:int}/rulebook/{rulebook_id:int}/rulebook.md", sync_to_thread=True, include_in_schema=False)
def download_version(request: AnyRequest, project_id: FromPath[int], rulebook_id: FromPath[int]) -> Response[bytes]:
    actor = actor_of(request)
    version = get_document(house_of(request), actor, project_id, rulebook_id)
    return _file(version.document, f"rulebook-{project_id}-{version.version}.md")


@get("/projects/{project_id:int}/rulebook/draft.md", sync_to_thread=True, include_in_schema=False)
def download_draft(request: AnyRequest, project_id: FromPath[int]) -> Response[bytes]:
    actor = actor_of(request)
    draft = get_draft(house_of(request), actor, project_id)
    return _file(draft.document, f"rulebook-{project_id}-draft.md")


@get("/projects/{project_id:int}/rulebook/{rulebook_id:int}/export", sync_to_thread=True, include_in_schema=False)
def export_version(
    request: AnyRequest,
    project_id: FromPath[int],
    rulebook_id: FromPath[int],
    format: FromQuery[str] = "docx",  # noqa: A002 - the word of the address
) -> Response[bytes]:
    """A version in the reader's language as Word, PDF, a page, or as a prompt."""
    project, compiled = get_rulebook(house_of(request), actor_of(request), project_id, rulebook_id)
    file = export_rulebook(compiled, format, words_of(request), project.name)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "X-Content-Type-Options": "nosniff"}
    return Response(file.content, media_type=file.media_type, headers=headers)


def _file(document: str, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(document.encode(), media_type="text/markdown; charset=utf-8", headers=headers)


@get(
    "/projects/{project_id:int}/rulebook/{rulebook_id:int}/diff/{other_id:int}",
    sync_to_thread=True,
    include_in_schema=False,
)
def show_diff(
    request: AnyRequest, project_id: FromPath[int], rulebook_id: FromPath[int], other_id: FromPath[int]
) -> Response[str]:
    """What changed from `other_id` (the older) to `rulebook_id`."""
    actor, house = actor_of(request), house_of(request)
    project, new = get_rulebook(house, actor, project_id, rulebook_id)
    _, old = get_rulebook(house, actor, project_id, other_id)
    words = words_of(request)
    changes = [change.describe(words) for change in differences(old.rulebook, new.rulebook)]
    names = {weight.name.lower(): name for weight, name in WEIGHT_NAMES.items()}
    return page(request, "rulebooks/diff.html", project=project, old=old, new=new, changes=changes, weight_names=names)


PAGES: list[Any] = [
    show_current,
    show_version,
    download_version,
    download_draft,
    export_version,
    show_diff,
]
