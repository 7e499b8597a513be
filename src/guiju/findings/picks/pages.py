"""Picked items on a page, with one button for each thing that can be done about them."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.data.pages import opening_of
from guiju.findings.picks.actions import (
    Shown,
    ask_of_pick,
    clause_from_pick,
    estimate_for_pick,
    example_from_pick,
    get_pick,
    look_at_pick,
    make_pick,
    put_next,
    recheck_pick,
    trial_of_pick,
)
from guiju.findings.picks.errors import FindingUnknown
from guiju.findings.picks.model import DEED_NAMES, Of
from guiju.findings.picks.rules import PLACES, question_of, reason_of, remaining
from guiju.findings.search.rules import PARTS, read_search
from guiju.kit import N_
from guiju.people import Act, Role, may
from guiju.projects import list_members
from guiju.rulebooks import latest_published
from guiju.rulings import AskedAlready
from guiju.site import Form, actor_of, done, field, flag, house_of, page, request_id_of, words_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest
from guiju.storage import Actor, House
from guiju.work import Estimate
from guiju.work.recheck import LEFT_OUT_NAMES

OPENED = N_("The recheck is open.")
ASKED = N_("The question is asked; whoever may rule on it sees it.")
WRITTEN = N_("It stands in the rulebook’s draft; publish it when it is right.")
DRAWN = N_("The trial is open.")
FIRST = N_("These items are handed out before all others now.")


@post("/projects/{project_id:int}/picks", sync_to_thread=True, include_in_schema=False)
def post_pick(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Pick the items of a finding, or the ticked ones of a search, and go where something is done about them."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    of = field(data, "of", required=False)
    if of not in set(Of):
        raise FindingUnknown(of=of[:40] or "–", part="–")
    details = {name: field(data, name, required=False, limit=500) for name in (*PLACES, "scene_id", "view")}
    ticked = _numbers(data, "item")
    if of == Of.SEARCH:  # its own parts have the names of other things here
        said = read_search({part: field(data, part, required=False, limit=500) for part in PARTS})
        details, ticked = {"link": said.link}, [] if field(data, "act", required=False) == "pick-all" else ticked
    pick = make_pick(house_of(request), actor, project_id, of=Of(of), details=details, items=ticked)
    act = field(data, "act", required=False)
    return done(f"/projects/{project_id}/picks/{pick}{f'#{act}' if act in {'recheck', 'question', 'rule'} else ''}")


def _numbers(data: dict[str, Any], name: str) -> list[int]:
    return [int(each) for each in many(data, name) if each.isdecimal() and len(each) <= 18]


@get("/projects/{project_id:int}/picks/{pick_id:int}", sync_to_thread=True, include_in_schema=False)
def pick_page(request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int]) -> Response[Any]:
    return _page(request, actor_of(request), project_id, pick_id)


def _page(
    request: AnyRequest,
    actor: Actor,
    project_id: int,
    pick_id: int,
    *,
    offered: AskedAlready | None = None,
    **kept: str,
) -> Response[Any]:
    house, words = house_of(request), words_of(request)
    shown = look_at_pick(house, actor, project_id, pick_id)
    roles = shown.standing.roles
    leads, writes = (actor.trusted or may(roles, act) for act in (Act.OPEN_ROUND, Act.WRITE_RULEBOOK))
    with house.reading() as connection:
        members = list_members(connection, project_id)
        rulebook = latest_published(connection, project_id)
    estimate = estimate_for_pick(house, actor, project_id, pick_id) if leads and rulebook else None
    return page(
        request,
        "findings/pick.html",
        project=shown.standing.project,
        shown=shown,
        pick=shown.pick,
        reason=reason_of(shown.pick.of, shown.pick.details, words),
        question=kept.get("text") or question_of(shown.pick, words),
        offered=offered,
        openings={item.id: opening_of(item) for item in shown.items},
        names={each.account_id: each.name for each in members},
        annotators=[each for each in members if each.roles & Role.ANNOTATOR and not each.blocked],
        rulebook=rulebook,
        estimate=estimate,
        left_out_names=LEFT_OUT_NAMES,
        deed_names=DEED_NAMES,
        leads=leads,
        writes=writes,
        unanswered=_is_unanswered(shown, estimate),
    )


def _is_unanswered(shown: Shown, estimate: Estimate | None) -> bool:
    """Whether these are items to be annotated rather than answers to be looked at again."""
    return shown.pick.of is Of.FAR or (estimate is not None and not estimate.items and not any(shown.labels.values()))


def _meant(house: House, actor: Actor, project_id: int, pick_id: int, data: dict[str, Any]) -> list[int]:
    _, pick = get_pick(house, actor, project_id, pick_id)
    return remaining(pick, _numbers(data, "shown"), _numbers(data, "item"))


@post("/projects/{project_id:int}/picks/{pick_id:int}/recheck", sync_to_thread=True, include_in_schema=False)
def post_recheck(request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: Form) -> Redirect:
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    round_id = recheck_pick(
        house,
        actor,
        project_id,
        pick_id,
        request_id=request_id_of(data),
        items=_meant(house, actor, project_id, pick_id, data),
        account_ids=_numbers(data, "annotator"),
        shown=field(data, "blind", required=False) == "no",
    )
    return done(f"/projects/{project_id}/rounds/{round_id}/recheck?said={quote_plus(OPENED)}")


@post("/projects/{project_id:int}/picks/{pick_id:int}/question", sync_to_thread=True, include_in_schema=False)
def post_question(
    request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: Form
) -> Redirect | Response[Any]:
    """Ask; where a question about much the same is open, show that one first."""
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    text = field(data, "text", required=False)
    try:
        ask_of_pick(
            house,
            actor,
            project_id,
            pick_id,
            request_id=request_id_of(data),
            text=text,
            items=_meant(house, actor, project_id, pick_id, data),
            again=flag(data, "again"),
        )
    except AskedAlready as offered:
        return _page(request, actor, project_id, pick_id, offered=offered, text=text)
    return done(f"/projects/{project_id}/questions?said={quote_plus(ASKED)}")


@post("/projects/{project_id:int}/picks/{pick_id:int}/clause", sync_to_thread=True, include_in_schema=False)
def post_clause(request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: Form) -> Redirect:
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    title, text = (field(data, name, required=False) for name in ("title", "clause_text"))
    clause_from_pick(house, actor, project_id, pick_id, request_id=request_id_of(data), title=title, text=text)
    return done(f"/projects/{project_id}/rulebook/edit?said={quote_plus(WRITTEN)}")


@post("/projects/{project_id:int}/picks/{pick_id:int}/example", sync_to_thread=True, include_in_schema=False)
def post_example(request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: Form) -> Redirect:
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    chosen = _numbers(data, "example")
    said: dict[str, Any] = {
        "note": field(data, "note", required=False),
        "clause": field(data, "clause", required=False) or None,
    }
    told = request_id_of(data)
    example_from_pick(house, actor, project_id, pick_id, request_id=told, item=chosen[0] if chosen else 0, **said)
    return done(f"/projects/{project_id}/rulebook/edit?said={quote_plus(WRITTEN)}")


@post("/projects/{project_id:int}/picks/{pick_id:int}/trial", sync_to_thread=True, include_in_schema=False)
def post_trial(request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: Form) -> Redirect:
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    people, items = _numbers(data, "annotator"), _meant(house, actor, project_id, pick_id, data)
    told = request_id_of(data)
    trial_of_pick(house, actor, project_id, pick_id, request_id=told, account_ids=people, items=items)
    return done(f"/projects/{project_id}/rounds?said={quote_plus(DRAWN)}")


@post("/projects/{project_id:int}/picks/{pick_id:int}/next", sync_to_thread=True, include_in_schema=False)
def post_next(request: AnyRequest, project_id: FromPath[int], pick_id: FromPath[int], data: Form) -> Redirect:
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    items = _meant(house, actor, project_id, pick_id, data)
    put_next(house, actor, project_id, pick_id, request_id=request_id_of(data), items=items)
    return done(f"/projects/{project_id}/picks/{pick_id}?said={quote_plus(FIRST)}")


PAGES: list[Any] = [
    post_pick,
    pick_page,
    post_recheck,
    post_question,
    post_clause,
    post_example,
    post_trial,
    post_next,
]
