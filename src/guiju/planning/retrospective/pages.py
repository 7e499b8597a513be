"""The retrospective's page, and the same on paper."""

from typing import Any

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.kit import N_
from guiju.people import Act, find_account, may
from guiju.planning.retrospective.actions import (
    finish_retrospective,
    list_retrospectives,
    read_retrospective,
    save_words,
    write_retrospective,
)
from guiju.planning.retrospective.model import SECTION_NAMES, Retrospective, Section
from guiju.planning.retrospective.writing import blocks_of, document_of, head_of
from guiju.site import LOCALES, Form, actor_of, done, field, flag, house_of, page, request_id_of, words_for, words_of
from guiju.site.documents import as_download, get_format
from guiju.site.forms import number
from guiju.site.guards import AnyRequest, locale_of
from guiju.storage import House

# Where a section's rows are, under the project's own address.
ROWS = {
    Section.ESTIMATE: (("/estimate", N_("Estimate")), ("/brief", N_("Brief"))),
    Section.TIME: (("/progress", N_("Progress")), ("/rounds", N_("Rounds"))),
    Section.DEFECTS: (("/lots", N_("Inspection")),),
    Section.RULES: (("/rulebook", N_("Rulebook")),),
    Section.NEXT: (("/questions", N_("Questions")), ("/rulebook", N_("Rulebook"))),
}


@get("/projects/{project_id:int}/retrospective", sync_to_thread=True, include_in_schema=False)
def show(request: AnyRequest, project_id: FromPath[int], version: FromQuery[int] = 0) -> Response[Any]:
    """The newest version, or the one asked for; for the trainer with a place for words to each section."""
    house, actor, words = house_of(request), actor_of(request), words_of(request)
    standing, known, still_open = list_retrospectives(house, actor, project_id)
    if version:
        one = read_retrospective(house, actor, project_id, version)
    else:
        one = known[0] if known else None
    return page(
        request,
        "planning/retrospective.html",
        project=standing.project,
        one=one,
        known=known,
        still_open=still_open,
        writes=actor.trusted or may(standing.roles, Act.DECIDE_GATE),
        head=list(head_of(one, words, _name(house, one))) if one else [],
        sections=[
            (each, SECTION_NAMES[each], ROWS[each], blocks_of(each, one.figures, words, f"/projects/{project_id}"))
            for each in Section
        ]
        if one
        else [],
    )


def _name(house: House, one: Retrospective) -> str:
    if one.signed_by is None:
        return ""
    with house.reading() as connection:
        account = find_account(connection, one.signed_by)
    return account.name if account else ""


@get("/projects/{project_id:int}/retrospective/file", sync_to_thread=True, include_in_schema=False)
def take(
    request: AnyRequest,
    project_id: FromPath[int],
    version: FromQuery[int] = 0,
    format: FromQuery[str] = "pdf",  # noqa: A002 - the query's own word
    language: FromQuery[str] = "",
) -> Response[bytes]:
    """A version as a file, in the reader's language unless another is chosen."""
    get_format(format)
    house = house_of(request)
    one = read_retrospective(house, actor_of(request), project_id, version or None)
    words = words_for(language if language in LOCALES else locale_of(request))
    paper = document_of(one, words, _name(house, one))
    return as_download(paper, format, paper.title)


@post("/projects/{project_id:int}/retrospective", sync_to_thread=True, include_in_schema=False)
def act(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Have it written, keep words, or sign."""
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    said = {each.value: field(data, each.value, required=False) for each in Section}
    if flag(data, "write"):
        if field(data, "version", required=False):  # from a draft's own page: what stands in its fields is kept
            version, revision = int(number(data, "version", low=1)), int(number(data, "revision", low=1))
            save_words(house, actor, project_id, version, revision=revision, words=said)
        write_retrospective(house, actor, project_id, request_id=request_id_of(data), interim=flag(data, "interim"))
        return done(f"/projects/{project_id}/retrospective")
    version, revision = int(number(data, "version", low=1)), int(number(data, "revision", low=1))
    if flag(data, "finish"):
        finish_retrospective(house, actor, project_id, version, revision=revision, words=said)
    else:
        save_words(house, actor, project_id, version, revision=revision, words=said)
    return done(f"/projects/{project_id}/retrospective?version={version}")


PAGES: list[Any] = [show, take, act]
