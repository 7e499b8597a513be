"""The buttons beside a ruling that put it into the rulebook's draft."""

from typing import Any
from urllib.parse import quote_plus

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect

from guiju.findings.taking.actions import As, take_up_ruling
from guiju.kit import N_
from guiju.site import Form, actor_of, done, field, house_of
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest

WRITTEN = N_("It stands in the rulebook’s draft; publish it when it is right.")


@post("/projects/{project_id:int}/rulings/{ruling_id:int}/draft", sync_to_thread=True, include_in_schema=False)
def post_use(request: AnyRequest, project_id: FromPath[int], ruling_id: FromPath[int], data: Form) -> Redirect:
    """Take a ruling up as what its button says."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    said = field(data, "as", required=False)
    wanted = As(said) if said in set(As) else As.BOUNDARY
    house, told = house_of(request), request_id_of(data)
    take_up_ruling(house, actor, project_id, ruling_id, request_id=told, wanted=wanted)
    question = field(data, "question", required=False)
    to = f"/questions/{question}" if question.isdecimal() else "/rulebook/edit"
    return done(f"/projects/{project_id}{to}?said={quote_plus(WRITTEN)}")


PAGES: list[Any] = [post_use]
