"""The page of how many answers a round's items have, and how sure they are."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.annotations import ROUND_NAMES, RoundNotFound
from guiju.consensus.wanting.actions import ask_no_more, read_overlap_of
from guiju.consensus.wanting.model import Sureness
from guiju.kit import N_
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.rulebooks import get_published
from guiju.site import Form, actor_of, done, field, house_of, page
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest

ASKED_NO_MORE = N_("No further answers are asked for. What was begun is still taken.")


@get("/projects/{project_id:int}/rounds/{round_id:int}/overlap", sync_to_thread=True, include_in_schema=False)
def overlap_page(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int]) -> Response[Any]:
    """Answers used against as many for every item, what is settled and what is unsure, and who is how reliable."""
    house, actor = house_of(request), actor_of(request)
    report, round_, project = read_overlap_of(house, actor, round_id)
    if round_.project_id != project_id:
        raise RoundNotFound(round=round_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        rulebook = get_published(connection, round_.rulebook_id)
    return page(
        request,
        "consensus/overlap.html",
        project=project,
        round=round_,
        round_name=ROUND_NAMES[round_.kind],
        report=report,
        states=Sureness,
        titles={each.id: each.title for each in rulebook.rulebook.fields},
        leads=actor.trusted or may(standing.roles, Act.OPEN_ROUND),
        rules=may(standing.roles, Act.RULE),
    )


@post("/projects/{project_id:int}/rounds/{round_id:int}/overlap", sync_to_thread=True, include_in_schema=False)
def post_no_more(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int], data: Form) -> Redirect:
    """Ask for no further answers."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    ask_no_more(house_of(request), actor, round_id, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/rounds/{round_id}/overlap?said={quote_plus(ASKED_NO_MORE)}")


PAGES: list[Any] = [overlap_page, post_no_more]
