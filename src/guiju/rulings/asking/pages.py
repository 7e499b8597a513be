"""A page from which anybody in the project asks; what is like it is shown while it is being written."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.data import find_items
from guiju.kit import N_
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.rulebooks import latest_published
from guiju.rulings.asking.actions import ask_about, ask_question, find_similar
from guiju.rulings.asking.model import WHY_NAMES
from guiju.site import Form, actor_of, done, field, flag, house_of, page
from guiju.site.forms import many, request_id_of
from guiju.site.guards import AnyRequest

ASKED = N_("The question is asked; whoever may rule on it sees it.")
SHOWN = 12
Numbers = FromQuery[list[int] | None]
Words = FromQuery[list[str] | None]


@get("/projects/{project_id:int}/questions/ask", sync_to_thread=True, include_in_schema=False)
def ask_page(  # noqa: PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    project_id: FromPath[int],
    item: Numbers = None,
    label: Words = None,
    clause: FromQuery[str] = "",
    text: FromQuery[str] = "",
) -> Response[Any]:
    """Ask about items, between labels, about a clause, or about the rulebook as a whole."""
    actor, wanted = actor_of(request), sorted(set(item or []))[:500]
    with house_of(request).reading() as connection:
        standing = authorise(connection, actor, project_id, Act.ASK)
        sees = actor.trusted or may(standing.roles, Act.SEE_ITEMS)
        items = find_items(connection, project_id, wanted) if sees else {}
        rulebook = latest_published(connection, project_id)
    return page(
        request,
        "rulings/ask.html",
        project=standing.project,
        items=list(items.values()),
        shown=SHOWN,
        labels=set(label or []),
        clause=clause,
        text=text[:4_000],
        rulebook=rulebook,
        reports=actor.trusted or may(standing.roles, Act.SEE_REPORTS),
    )


@get("/projects/{project_id:int}/questions/alike", sync_to_thread=True, include_in_schema=False)
def alike_part(
    request: AnyRequest,
    project_id: FromPath[int],
    text: FromQuery[str] = "",
    item: Numbers = None,
    label: Words = None,
) -> Response[Any]:
    """Questions like the one that is being written, as a part of the page."""
    house, actor = house_of(request), actor_of(request)
    about: dict[str, Any] = {"text": text[:4_000], "items": (item or [])[:500], "labels": (label or [])[:50]}
    found = find_similar(house, actor, project_id, **about)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.ASK)
    reports = actor.trusted or may(standing.roles, Act.SEE_REPORTS)
    return page(
        request,
        "rulings/alike.html",
        project=standing.project,
        similar=found,
        why_names=WHY_NAMES,
        reports=reports,
        merges=None,
    )


@post("/projects/{project_id:int}/questions/ask", sync_to_thread=True, include_in_schema=False)
def post_question(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Ask it."""
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    items = [int(each) for each in many(data, "item") if each.isdecimal() and len(each) < 19]
    asked: dict[str, Any] = {
        "request_id": request_id_of(data),
        "text": field(data, "text"),
        "clause": field(data, "clause", required=False) or None,
        "labels": many(data, "label"),
    }
    if items:
        again = flag(data, "again") or len(set(items)) == 1
        question = ask_about(house, actor, project_id, items=items, again=again, **asked)
    else:
        question = ask_question(house, actor, project_id, **asked)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.ASK)
    sees = actor.trusted or may(standing.roles, Act.SEE_REPORTS)
    to = f"/projects/{project_id}/questions/{question}" if sees else "/work"
    return done(f"{to}?said={quote_plus(ASKED)}")


PAGES: list[Any] = [ask_page, alike_part, post_question]
