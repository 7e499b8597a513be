"""Contradictions as pages: a list, and one with its answers side by side, a question and a ruling."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.bank.contradicting.actions import (
    ask_about_side,
    get_contradiction,
    list_contradictions,
    rule_on_contradiction,
)
from guiju.bank.contradicting.api import read_state
from guiju.bank.contradicting.model import FATE_NAMES, STATE_NAMES, Case, State
from guiju.bank.finding.actions import find_shown, lay_answers
from guiju.kit import N_, PageRequest
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import Actor, House

ON_A_PAGE = 12
ASKED = N_("The question is asked in the project whose deposit it is; its ruling there settles this side.")
RULED = N_("The ruling is on record.")


@get("/bank/contradictions", sync_to_thread=True, include_in_schema=False)
def contradictions_page(
    request: AnyRequest, which: FromQuery[str] = "open", cursor: FromQuery[str | None] = None
) -> Response[Any]:
    house, actor, chosen = house_of(request), actor_of(request), read_state(which)
    found, counted = list_contradictions(house, actor, chosen, PageRequest(ON_A_PAGE, cursor))
    return page(
        request,
        "bank/contradictions.html",
        cases=found.rows,
        cursor=found.cursor,
        counted={State.OPEN: counted.open, State.SETTLED: counted.settled},
        chosen=chosen,
        state_names=STATE_NAMES,
        fate_names=FATE_NAMES,
        **_shown(house, actor, found.rows),
    )


def _shown(house: House, actor: Actor, cases: list[Case]) -> dict[str, Any]:
    finds = find_shown(house, actor, [side.deposit_id for case in cases for side in case.sides])
    return {"finds": {one.id: one for one in finds}, "laid": lay_answers(house, finds)}


@get("/bank/contradictions/{contradiction_id:int}", sync_to_thread=True, include_in_schema=False)
def contradiction_page(request: AnyRequest, contradiction_id: FromPath[int]) -> Response[Any]:
    house, actor = house_of(request), actor_of(request)
    case = get_contradiction(house, actor, contradiction_id)
    shown = _shown(house, actor, [case])
    return page(request, "bank/contradiction.html", case=case, fate_names=FATE_NAMES, **shown)


@post("/bank/contradictions/{contradiction_id:int}", sync_to_thread=True, include_in_schema=False)
def settle_it(request: AnyRequest, contradiction_id: FromPath[int], data: Form) -> Redirect:
    """One form for each act: ask about a side, let one stand, set one or all aside."""
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    act, request_id = field(data, "act"), request_id_of(data)
    said = field(data, "deposit", required=False)
    deposit = int(said) if said.isdecimal() else 0
    text = field(data, "text", required=False)
    if act == "ask":
        ask_about_side(house, actor, contradiction_id, request_id, deposit, text)
    else:
        stands = deposit if act == "stands" else 0
        aside = [deposit] if act == "aside" else []
        rule_on_contradiction(house, actor, contradiction_id, request_id, stands, aside, text)
    told = ASKED if act == "ask" else RULED
    return done(f"/bank/contradictions/{contradiction_id}?said={quote_plus(told)}")


PAGES: list[Any] = [contradictions_page, contradiction_page, settle_it]
