"""The bank's page: search, look, draw into a project."""

from typing import Any

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.bank.actions import (
    FROM_BANK,
    Choice,
    draw_from_bank,
    get_reader,
    list_bank_labels,
    read_thumbnail,
    search_bank,
)
from guiju.bank.model import Find
from guiju.kit import Page, PageRequest
from guiju.people import Act, may
from guiju.projects import list_projects_of
from guiju.site import Form, actor_of, field, house_of, number, page, request_id_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest

ON_A_PAGE = 24


@get("/bank", sync_to_thread=True, include_in_schema=False)
def bank_page(
    request: AnyRequest, q: FromQuery[str] = "", label: FromQuery[str] = "", cursor: FromQuery[str | None] = None
) -> Response[Any]:
    """Search by words and by label."""
    actor, house = actor_of(request), house_of(request)
    with house.reading() as connection:
        get_reader(connection, actor)
        standings = list_projects_of(connection, actor.id)
    asked = bool(q.strip() or label.strip())
    found = search_bank(house, actor, q, label, PageRequest(ON_A_PAGE, cursor)) if asked else Page(list[Find](), None)
    return page(
        request,
        "bank/bank.html",
        q=q,
        label=label,
        asked=asked,
        rows=found.rows,
        cursor=found.cursor,
        labels=list_bank_labels(house, actor),
        projects=[each.project for each in standings if may(each.roles, Act.DRAW_FROM_BANK)],
        from_bank=FROM_BANK,
    )


@post("/bank/draws", sync_to_thread=True, include_in_schema=False)
def draw_it(request: AnyRequest, data: Form) -> Response[Any] | Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    project = int(number(data, "project"))
    chosen = Choice(tuple(int(each) for each in many(data, "deposit") if each.isdecimal()))
    if not chosen.deposits:
        chosen = Choice((), field(data, "q", required=False), field(data, "label", required=False))
    drawn = draw_from_bank(house_of(request), actor, project, request_id_of(data), chosen)
    return page(request, "bank/drawn.html", drawn=drawn, project_id=project)


@get("/bank/{deposit_id:int}/thumb", sync_to_thread=True, include_in_schema=False)
def thumbnail(request: AnyRequest, deposit_id: FromPath[int]) -> Response[bytes]:
    small = read_thumbnail(house_of(request), actor_of(request), deposit_id)
    return Response(small, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=86400"})


PAGES = [bank_page, draw_it, thumbnail]
