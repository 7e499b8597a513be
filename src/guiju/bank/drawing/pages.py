"""A draw from the bank's page, and what came of it."""

from typing import Any

from litestar import post
from litestar.response import Response

from guiju.bank.drawing.actions import MOST_DRAWN, draw_from_bank
from guiju.bank.drawing.api import read_as
from guiju.bank.drawing.model import Choice
from guiju.bank.finding.model import Search
from guiju.bank.finding.rules import read_search
from guiju.site import Form, actor_of, field, house_of, number, page, request_id_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest


@post("/bank/draws", sync_to_thread=True, include_in_schema=False)
def draw_it(request: AnyRequest, data: Form) -> Response[Any]:
    """The ticked deposits, or without any all that was found."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    project = int(number(data, "project"))
    deposits = tuple(int(each) for each in many(data, "deposit") if each.isdecimal())
    as_ = read_as(field(data, "as", required=False) or "answers")
    q, label, like = (field(data, name, required=False) for name in ("q", "label", "like"))
    search = Search() if deposits else read_search(q, label, many(data, "facet"), like)
    most = int(number(data, "most", low=1, high=MOST_DRAWN, default=MOST_DRAWN))
    chosen = Choice(deposits, search, as_, most)
    drawn = draw_from_bank(house_of(request), actor, project, request_id_of(data), chosen)
    return page(request, "bank/drawn.html", drawn=drawn, project_id=project, as_=as_)


PAGES = [draw_it]
