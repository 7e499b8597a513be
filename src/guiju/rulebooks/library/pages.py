"""The page on which entries of other rulebooks are seen beside one's own and taken over."""

from typing import Any
from urllib.parse import quote_plus

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from guiju.kit import N_
from guiju.rulebooks.library.actions import list_books, read_beside, take_from
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest

TAKEN = N_("What was chosen is in the draft, with where it came from.")
GROUP_NAMES = {"labels": N_("Labels"), "clauses": N_("Clauses"), "checks": N_("Checks"), "examples": N_("Examples")}


@get("/projects/{project_id:int}/rulebook/library", sync_to_thread=True, include_in_schema=False)
def show_library(request: AnyRequest, project_id: FromPath[int], book: FromQuery[int] = 0) -> Response[str]:
    house, actor = house_of(request), actor_of(request)
    project, books = list_books(house, actor, project_id)
    chosen = book or (books[0].id if books else 0)
    beside = read_beside(house, actor, project_id, chosen) if chosen else None
    shown = "rulebooks/library.html"
    return page(request, shown, project=project, books=books, beside=beside, group_names=GROUP_NAMES)


@post("/projects/{project_id:int}/rulebook/library/{book_id:int}", sync_to_thread=True, include_in_schema=False)
def post_library(request: AnyRequest, project_id: FromPath[int], book_id: FromPath[int], data: Form) -> Response[Any]:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    take_from(house_of(request), actor, project_id, book_id, many(data, "entry"), request_id=request_id_of(data))
    return done(f"/projects/{project_id}/rulebook/edit?said={quote_plus(TAKEN)}")


PAGES: list[Any] = [show_library, post_library]
