"""The act on a trial's page that resolves its items; the page itself is work's."""

from typing import Any
from urllib.parse import quote_plus

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect

from guiju.consensus.actions import resolve_round
from guiju.kit import N_
from guiju.site import Form, actor_of, done, field, house_of
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest

SAID = N_("The items are resolved; the tied ones wait for a ruling.")


@post("/projects/{project_id:int}/rounds/{round_id:int}/consensus", sync_to_thread=True, include_in_schema=False)
def post_resolve(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int], data: Form) -> Redirect:
    """Resolve by majority; what it leaves undecided is shown next."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    outcome = resolve_round(house_of(request), actor, round_id, request_id=request_id_of(data))
    shown = "undecided" if outcome.ties else "trial"
    return done(f"/projects/{project_id}/rounds/{round_id}/{shown}?said={quote_plus(SAID)}")


PAGES: list[Any] = [post_resolve]
