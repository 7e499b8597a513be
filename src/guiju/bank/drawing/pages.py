"""A draw from the bank's page, and what came of it."""

from typing import Any

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.bank.drawing.actions import ask_to_draw, draw_from_bank, get_draw, is_many
from guiju.bank.drawing.api import read_as
from guiju.bank.drawing.model import MOST_AT_ONCE, MOST_DRAWN, Choice
from guiju.bank.finding.model import Search
from guiju.bank.finding.rules import read_search
from guiju.data.actions import stop_job
from guiju.site import Form, actor_of, done, field, house_of, number, page, request_id_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest


@post("/bank/draws", sync_to_thread=True, include_in_schema=False)
def draw_it(request: AnyRequest, data: Form) -> Response[Any] | Redirect:
    """The ticked deposits, or without any all that was found."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    project = int(number(data, "project"))
    deposits = tuple(int(each) for each in many(data, "deposit") if each.isdecimal())
    as_ = read_as(field(data, "as", required=False) or "answers")
    q, label, like = (field(data, name, required=False) for name in ("q", "label", "like"))
    search = Search() if deposits else read_search(q, label, many(data, "facet"), like)
    most = int(number(data, "most", low=1, high=MOST_AT_ONCE, default=MOST_DRAWN))
    chosen = Choice(deposits, search, as_, most)
    if is_many(chosen):
        draw = ask_to_draw(house_of(request), actor, project, request_id_of(data), chosen)
        return done(f"/bank/draws/{draw}")
    drawn = draw_from_bank(house_of(request), actor, project, request_id_of(data), chosen)
    return page(request, "bank/drawn.html", drawn=drawn, project_id=project, as_=as_)


@get("/bank/draws/{draw_id:int}", sync_to_thread=True, include_in_schema=False)
def draw_page(request: AnyRequest, draw_id: FromPath[int]) -> Response[Any]:
    """How far a draw of many is; then what came of it."""
    draw, job = get_draw(house_of(request), actor_of(request), draw_id)
    if draw.result is not None:
        as_ = draw.chosen.as_
        return page(request, "bank/drawn.html", drawn=draw.result, project_id=draw.project_id, as_=as_)
    error = (job.outcome or {}).get("error") if job is not None else None
    return page(request, "bank/drawing.html", draw=draw, job=job, error=error)


@post("/bank/draws/{draw_id:int}/stop", sync_to_thread=True, include_in_schema=False)
def stop_it(request: AnyRequest, draw_id: FromPath[int], data: Form) -> Redirect:
    """Whoever asked for it, or leads the project, stops it: nothing of it is kept."""
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    _, job = get_draw(house, actor, draw_id)
    if job is not None:
        stop_job(house, actor, job)
    return done(f"/bank/draws/{draw_id}")


PAGES: list[Any] = [draw_it, draw_page, stop_it]
