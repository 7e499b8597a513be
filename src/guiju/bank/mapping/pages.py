"""What the labels of the bank's rulebooks are in a project's own: a list, and a form for one of them."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.bank.mapping.actions import decide_mapping, forget_mapping, list_mappings, read_mapping
from guiju.bank.mapping.model import BECAUSE_NAMES, HOW_NAMES, How, Line
from guiju.bank.mapping.rules import labelled
from guiju.kit import N_
from guiju.people import Act, may
from guiju.site import Form, actor_of, done, field, house_of, number, page, request_id_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest

DECIDED = N_("The mapping is decided; what is drawn from now on comes in this project's labels.")

FORGOTTEN = N_("The mapping is forgotten; nothing is drawn by it any more.")


@get("/projects/{project_id:int}/label-maps", sync_to_thread=True, include_in_schema=False)
def maps_page(request: AnyRequest, project_id: FromPath[int], of: FromQuery[int] = 0) -> Response[Any]:
    house, actor = house_of(request), actor_of(request)
    standing, known = list_mappings(house, actor, project_id)
    old, new, lines = read_mapping(house, actor, project_id, of) if of else (None, None, [])
    return page(
        request,
        "bank/label_maps.html",
        project=standing.project,
        known=known,
        of=of,
        old=old,
        new=new,
        lines=lines,
        targets=[(one.id, one.kind, one.labels) for one in labelled(new)] if new else [],
        kinds={one.id: one.kind for one in old.fields} if old else {},
        how_names=HOW_NAMES,
        because_names=BECAUSE_NAMES,
        decides=actor.trusted or may(standing.roles, Act.WRITE_RULEBOOK),
    )


@post("/projects/{project_id:int}/label-maps", sync_to_thread=True, include_in_schema=False)
def decide_it(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    of = int(number(data, "of"))
    if field(data, "act", required=False) == "forget":
        forget_mapping(house_of(request), actor, project_id, request_id_of(data), of)
        return done(f"/projects/{project_id}/label-maps?of={of}&said={quote_plus(FORGOTTEN)}")
    lines = [_line(each, field(data, f"to {each}", required=False), field(data, f"look {each}", required=False))
             for each in many(data, "line")]  # fmt: skip
    gone = field(data, "given_up", required=False).replace("，", ",").split(",")
    decide_mapping(house_of(request), actor, project_id, request_id_of(data), of, lines, gone)
    return done(f"/projects/{project_id}/label-maps?of={of}&said={quote_plus(DECIDED)}")


def _line(name: str, to: str, look: str) -> Line:
    """`field/label`, what it becomes in the same form or nothing, and whether somebody should look at it again."""
    of, _, label = name.partition("/")
    to_field, _, to_label = to.partition("/")
    if not to:
        return Line(of, label, How.NONE)
    return Line(of, label, How.RECHECK if look else How.BECOMES, to_field, to_label)


PAGES: list[Any] = [maps_page, decide_it]
