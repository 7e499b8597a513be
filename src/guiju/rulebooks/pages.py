"""The rulebook's pages: the version in force as it is read, the editor with its problems, old versions, differences."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote_plus

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery

from guiju.kinds import KINDS
from guiju.kit import N_, Refusal, describe
from guiju.kit.words import Bilingual
from guiju.people import Act, may
from guiju.projects import Standing
from guiju.rulebooks.actions import (
    Draft,
    get_document,
    get_draft,
    get_rulebook,
    list_versions,
    merge_draft,
    problems_in,
    publish_rulebook,
    read_rulebook,
    save_draft,
)
from guiju.rulebooks.compiled import CompiledRulebook
from guiju.rulebooks.diff import WEIGHT_NAMES, differences
from guiju.rulebooks.document import parse_rulebook, tidy_document
from guiju.rulebooks.errors import RulebookConflict
from guiju.rulebooks.exports import FORMATS, export_rulebook
from guiju.rulebooks.merging import Conflict
from guiju.rulebooks.model import POLARITY_NAMES, Example
from guiju.rulebooks.rules import describe_problem, errors_of
from guiju.site import Form, actor_of, done, field, house_of, number, page, request_id_of, signed_in_of, words_of
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
        shown=compiled.for_workbench() if compiled else None,
        is_current=is_current,
        may_write=may(standing.roles, Act.WRITE_RULEBOOK),
        versions=_versions(request, standing.project.id),
        examples_of=_examples_by_clause(compiled) if compiled else {},
        polarity_names=POLARITY_NAMES,
        kind_names={name: kind.title for name, kind in KINDS.items()},
        formats=FORMATS,
        sources={check.check.id: check.check for check in compiled.checks} if compiled else {},
    )


def _examples_by_clause(compiled: CompiledRulebook) -> dict[str | None, list[Example]]:
    found: dict[str | None, list[Example]] = defaultdict(list)
    for example in compiled.rulebook.examples:
        found[example.clause].append(example)
    return dict(found)


def _versions(request: AnyRequest, project_id: int) -> list[dict[str, object]]:
    versions = list_versions(house_of(request), signed_in_of(request).actor, project_id)[1]
    older = [*(version.id for version in versions[1:]), None]
    return [{"version": version, "before": before} for version, before in zip(versions, older, strict=False)]


@get("/projects/{project_id:int}/rulebook/edit", sync_to_thread=True, include_in_schema=False)
def show_editor(  # noqa: PLR0913, PLR0917 - what a trial's report notes beside the draft
    request: AnyRequest,
    project_id: FromPath[int],
    starter: FromQuery[str] = "choice",
    clause: FromQuery[str] = "",
    trial: FromQuery[int] = 0,
    a: FromQuery[str] = "",
    b: FromQuery[str] = "",
    n: FromQuery[int] = 0,
) -> Response[str]:
    """The draft; from a trial's report it opens at the clause to amend, with the confusion noted beside it."""
    actor = actor_of(request)
    draft = get_draft(house_of(request), actor, project_id, starter=starter)
    return _editor(request, draft, draft.document, starter, noted=Noted(clause, trial, a, b, n) if trial else None)


@post("/projects/{project_id:int}/rulebook/edit", sync_to_thread=True, include_in_schema=False)
def post_draft(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[Any]:
    """Save the draft; a refusal shows the editor again with everything that was typed."""
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    document = tidy_document(field(data, "document", limit=LIMIT))
    started = int(number(data, "revision", default=0))
    try:
        revision = save_draft(
            house, actor, project_id,
            document=document, from_revision=started, request_id=request_id_of(data),
        )  # fmt: skip
    except RulebookConflict as refusal:
        merged = merge_draft(house, actor, project_id, document, started)
        draft = get_draft(house, actor, project_id)
        return _editor(request, draft, merged.text, "choice", refusal, conflicts=merged.conflicts)
    except Refusal as refusal:
        return _editor(request, get_draft(house, actor, project_id), document, "choice", refusal)
    said = SAVED if revision == started + 1 else MERGED
    return done(f"/projects/{project_id}/rulebook/edit?said={quote_plus(said)}")


@post("/projects/{project_id:int}/rulebook/import", sync_to_thread=True, include_in_schema=False)
def post_file(request: AnyRequest, project_id: FromPath[int], data: Upload) -> Response[Any]:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    upload = data.get("file")
    content = upload.file.read(LIMIT * 4 + 1) if isinstance(upload, UploadFile) else b""
    document = content.decode("utf-8-sig", errors="replace")
    started = int(number(data, "revision", default=0))
    request_id = request_id_of(data)
    save_draft(house_of(request), actor, project_id, document=document, from_revision=started, request_id=request_id)
    return done(f"/projects/{project_id}/rulebook/edit?said=The draft is saved.")


@post("/projects/{project_id:int}/rulebook/publish", sync_to_thread=True, include_in_schema=False)
def post_publish(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[Any]:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    version = field(data, "version", required=False) or None
    publish_rulebook(house_of(request), actor, project_id, request_id=request_id_of(data), version=version)
    return done(f"/projects/{project_id}/rulebook?said=The rulebook is published; this version never changes.")


@dataclass(frozen=True, slots=True)
class Noted:
    """What a trial found: labels `a` and `b` taken for one another in `n` pairs of answers; an empty one is nothing."""

    clause: str
    trial: int
    a: str
    b: str
    n: int


def _place_of(document: str, noted: Noted | None) -> tuple[int, dict[str, Bilingual]]:
    """The line of the clause that is noted (0: none), and what the labels of the draft are called."""
    if noted is None:
        return 0, {}
    try:
        rulebook = parse_rulebook(document)
    except Refusal:
        return 0, {}
    line = next((each.line for each in rulebook.clauses if each.id == noted.clause), 0)
    return line, {label.id: label.name for label in rulebook.labels}


def _editor(
    request: AnyRequest,
    draft: Draft,
    document: str,
    starter: str,
    refusal: Refusal | None = None,
    *,
    conflicts: Sequence[Conflict] = (),
    noted: Noted | None = None,
) -> Response[str]:
    words = words_of(request)
    at, label_names = _place_of(document, noted)
    problems = (
        draft.problems if document == draft.document else problems_in(house_of(request), draft.project.id, document)
    )
    return page(
        request,
        "rulebooks/edit.html",
        status=refusal.status if refusal else 200,
        error=describe(refusal, words) if refusal else None,
        project=draft.project,
        draft=draft,
        document=document,
        conflicts=conflicts,
        starter=starter,
        noted=noted,
        at=at,
        label_names=label_names,
        problems=[describe_problem(problem, words) for problem in problems],
        blocked=len(errors_of(problems)),
        reasons=[reason.describe(words) for reason in draft.proposal.reasons] if draft.proposal else [],
        weight=WEIGHT_NAMES[draft.proposal.weight] if draft.proposal else None,
        kind_names={name: kind.title for name, kind in KINDS.items()},
    )


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
    show_editor,
    post_draft,
    post_file,
    post_publish,
    download_version,
    download_draft,
    export_version,
    show_diff,
]
