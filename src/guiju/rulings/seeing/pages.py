"""The button under new rulings on a person's own page."""

from typing import Any
from urllib.parse import quote_plus

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect

from guiju.kit import N_
from guiju.rulings.seeing.actions import mark_seen
from guiju.site import Form, actor_of, done, field, house_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest

NOTED = N_("Noted that you have read them.")


@post("/projects/{project_id:int}/rulings/seen", sync_to_thread=True, include_in_schema=False)
def post_seen(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Keep that the reader has read these rulings."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    rulings = [int(each) for each in many(data, "ruling") if each.isdecimal() and len(each) < 19]
    mark_seen(house_of(request), actor, project_id, rulings)
    return done(f"/work?said={quote_plus(NOTED)}")


PAGES: list[Any] = [post_seen]
