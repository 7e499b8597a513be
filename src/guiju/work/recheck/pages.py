"""The page of a recheck: how many answers it confirmed, what it changed, and the way back."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.annotations import STATE_NAMES
from guiju.kinds import decode_answers, kind_of
from guiju.kit import N_
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.rulebooks import get_published
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest
from guiju.work.recheck.actions import MOST_LISTED, put_back, read_recheck

PUT_BACK = N_("The earlier answers hold again.")


@get("/projects/{project_id:int}/rounds/{recheck_id:int}/recheck", sync_to_thread=True, include_in_schema=False)
def recheck_page(request: AnyRequest, project_id: FromPath[int], recheck_id: FromPath[int]) -> Response[Any]:
    """What a recheck confirmed, and what it changed."""
    house, actor = house_of(request), actor_of(request)
    report = read_recheck(house, actor, project_id, recheck_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        rulebook = get_published(connection, report.round.rulebook_id)
    return page(
        request,
        "work/recheck/report.html",
        project=report.project,
        report=report,
        labels=rulebook.labels,
        said=labels_said,
        most=MOST_LISTED,
        state_words=STATE_NAMES,
        leads=actor.trusted or may(standing.roles, Act.OPEN_ROUND),
    )


def labels_said(answers: str) -> list[tuple[str, int]]:
    """The labels of an answer with how often it uses them; what has no label says nothing here."""
    found: dict[str, int] = {}
    for answer in decode_answers(answers.encode()).values():
        for label, n in kind_of(answer).labels_of(answer).items():
            found[label] = found.get(label, 0) + n
    return list(found.items())


@post("/projects/{project_id:int}/rounds/{recheck_id:int}/recheck", sync_to_thread=True, include_in_schema=False)
def post_put_back(request: AnyRequest, project_id: FromPath[int], recheck_id: FromPath[int], data: Form) -> Redirect:
    """Let the earlier answers of the ticked items hold again."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    items = [int(each) for each in many(data, "item") if each.isdecimal()]
    put_back(house_of(request), actor, project_id, recheck_id, request_id=request_id_of(data), items=items)
    return done(f"/projects/{project_id}/rounds/{recheck_id}/recheck?said={quote_plus(PUT_BACK)}")


PAGES: list[Any] = [recheck_page, post_put_back]
