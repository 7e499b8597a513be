"""The rulebook's editor: the draft as plain text in a form, which the page's script makes pleasant to write in."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any
from urllib.parse import quote_plus

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery

from guiju.kinds import KINDS
from guiju.kit import N_, Refusal, bilingual, describe
from guiju.kit.words import Bilingual
from guiju.rulebooks.actions import Draft, get_draft, merge_draft, problems_in, publish_rulebook, save_draft
from guiju.rulebooks.diff import WEIGHT_NAMES
from guiju.rulebooks.document import parse_rulebook, tidy_document
from guiju.rulebooks.errors import RulebookConflict
from guiju.rulebooks.merging import Conflict
from guiju.rulebooks.model import Rulebook
from guiju.rulebooks.reading.body import body_of
from guiju.rulebooks.rules import describe_problem, errors_of
from guiju.rulebooks.writing.rules import outline
from guiju.rulebooks.writing.words import editor_words
from guiju.site import (
    Form,
    actor_of,
    done,
    field,
    house_of,
    locale_of,
    number,
    page,
    request_id_of,
    signed_in_of,
    words_of,
)
from guiju.site.guards import AnyRequest

Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
LIMIT = 1_000_000
SHELVES = {
    "search": N_("All items"),
    "costly": N_("Those that the last trial differed on most"),
    "pick": N_("Those picked last"),
}
"""Where the tray takes items from; `findings.shelf` fills it."""

SAVED, MERGED = N_("The draft is saved."), N_("The draft is saved, together with what others changed meanwhile.")
SAID = N_("The rulebook is published; this version never changes.")


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


def _read(document: str) -> Rulebook | None:
    try:
        return parse_rulebook(document)
    except Refusal:
        return None


def _place_of(rulebook: Rulebook | None, noted: Noted | None) -> tuple[int, dict[str, Bilingual]]:
    """The line of the clause that is noted (0: none), and what the labels of the draft are called."""
    if noted is None or rulebook is None:
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
    rulebook = _read(document)
    at, label_names = _place_of(rulebook, noted)
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
        problems=(said := [describe_problem(problem, words) for problem in problems]),
        boot=_boot(request, draft, rulebook, conflicts, at) | {"problems": said},
        blocked=len(errors_of(problems)),
        reasons=[reason.describe(words) for reason in draft.proposal.reasons] if draft.proposal else [],
        weight=WEIGHT_NAMES[draft.proposal.weight] if draft.proposal else None,
        **(body_of(rulebook) if rulebook else {"reading": None}),
    )


def _boot(
    request: AnyRequest, draft: Draft, rulebook: Rulebook | None, conflicts: Sequence[Conflict], at: int
) -> dict[str, object]:
    """What the script begins with, its words among it."""
    locale, signed_in, words = locale_of(request), signed_in_of(request), words_of(request)
    entries = outline(rulebook) if rulebook else ()
    shelves = [{"of": of, "name": words(name)} for of, name in SHELVES.items()]
    return {
        "project": draft.project.id,
        "account": signed_in.actor.id,
        "csrf": signed_in.csrf,
        "revision": draft.revision,
        "at": at,
        "entries": [asdict(one) | {"name": bilingual(one.name, locale)} for one in entries],
        "kinds": [*KINDS],
        "conflicts": [
            {"place": each.place, "mine": each.mine, "theirs": each.theirs, "marks": msgspec.to_builtins(each.marks)}
            for each in conflicts
        ],
        "shelves": shelves,
        **editor_words(words),
    }


PAGES: list[Any] = [show_editor, post_draft, post_file, post_publish]
