"""The page of amendments: what rulings ask of the rules, and what became of it."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.data import find_items
from guiju.kit import N_
from guiju.planning.amendments.actions import drop_amendment, list_amendments, write_amendment
from guiju.planning.amendments.model import Written
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of
from guiju.site.guards import AnyRequest

WRITTEN = N_("It is in the draft. Measure what it touches, then publish and open the recheck.")
DROPPED = N_("The amendment is dropped, and why is on record.")


@get("/projects/{project_id:int}/amendments", sync_to_thread=True, include_in_schema=False)
def amendments_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    house = house_of(request)
    found = list_amendments(house, actor_of(request), project_id)
    with house.reading() as connection:
        items = find_items(connection, project_id, [one.item_id for one in found.amendments])
    return page(request, "planning/amendments.html", project=found.project, found=found, items=items)


@post("/projects/{project_id:int}/amendments/{dispute_id:int}", sync_to_thread=True, include_in_schema=False)
def write_it(request: AnyRequest, project_id: FromPath[int], dispute_id: FromPath[int], data: Form) -> Redirect:
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    told, text = request_id_of(data), field(data, "text", required=False)
    if field(data, "act", required=False) == "drop":
        drop_amendment(house, actor, project_id, dispute_id, request_id=told, reason=text)
        return done(f"/projects/{project_id}/amendments?said={quote_plus(DROPPED)}")
    title, clause = field(data, "title", required=False), field(data, "clause", required=False) or None
    write_amendment(house, actor, project_id, dispute_id, Written(text, title, clause), request_id=told)
    return done(f"/projects/{project_id}/rulebook/impact?said={quote_plus(WRITTEN)}")


PAGES: list[Any] = [amendments_page, write_it]
