"""Withdrawals: asked for on one page, which says what would be reached; shown on another, which proves what went."""

from collections.abc import Mapping
from typing import Any

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.bank.withdrawing.actions import ask_to_withdraw, get_withdrawal, list_withdrawals, preview
from guiju.bank.withdrawing.errors import NothingToWithdraw
from guiju.bank.withdrawing.model import EXTENT_NAMES, HOW_NAMES, SCOPE_NAMES, Asked, Extent, Scope
from guiju.people import Act, NotAllowed, may
from guiju.projects import list_projects_of
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import find_job


def _asked(said: Mapping[str, str]) -> Asked:
    scope = Scope(said["scope"]) if said["scope"] in set(Scope) else Scope.PROJECT
    extent = Extent(said["extent"]) if said["extent"] in set(Extent) else Extent.ALL
    project, item = (int(said[name]) if said[name].isdecimal() else None for name in ("project", "item"))
    return Asked(scope, extent, said["reason"], said["customer"], project, item)


@get("/bank/withdrawals", sync_to_thread=True, include_in_schema=False)
def withdrawals_page(
    request: AnyRequest,
    of: FromQuery[str] = "",
    customer: FromQuery[str] = "",
    project: FromQuery[str] = "",
    item: FromQuery[str] = "",
) -> Response[Any]:
    """The form, what it would reach, and what was withdrawn before."""
    house, actor = house_of(request), actor_of(request)
    with house.reading() as connection:
        standings = list_projects_of(connection, actor.id)
    scope = of or ("item" if item else "customer" if customer else "project")
    said = {"scope": scope, "extent": "all", "reason": "", "customer": customer, "project": project, "item": item}
    asked, foreseen, refused = _asked(said), None, False
    if customer or project or item:
        try:
            foreseen = preview(house, actor, asked)
        except (NothingToWithdraw, NotAllowed):
            refused = True
    led = [each.project for each in standings if may(each.roles, Act.WITHDRAW)]
    return page(
        request,
        "bank/withdrawals.html",
        asked=asked,
        foreseen=foreseen,
        refused=refused,
        rows=list_withdrawals(house, actor),
        projects=led,
        customers=sorted({each.customer for each in led if each.customer}),
        scope_names=SCOPE_NAMES,
        extent_names=EXTENT_NAMES,
    )


@post("/bank/withdrawals", sync_to_thread=True, include_in_schema=False)
def withdraw_it(request: AnyRequest, data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    names = ("scope", "extent", "reason", "customer", "project", "item")
    asked = _asked({name: field(data, name, required=False) for name in names})
    typed = field(data, "typed", required=False)
    made = ask_to_withdraw(house_of(request), actor, request_id_of(data), asked, typed)
    return done(f"/bank/withdrawals/{made}")


@get("/bank/withdrawals/{withdrawal_id:int}", sync_to_thread=True, include_in_schema=False)
def withdrawal_page(request: AnyRequest, withdrawal_id: FromPath[int]) -> Response[Any]:
    """How far it is; then what was found, what was removed, and what lies outside the house."""
    house, actor = house_of(request), actor_of(request)
    one, packages = get_withdrawal(house, actor, withdrawal_id)
    with house.reading() as connection:
        job = find_job(connection, one.job_id) if one.job_id else None
    names: dict[str, Any] = {"how_names": HOW_NAMES, "scope_names": SCOPE_NAMES, "extent_names": EXTENT_NAMES}
    return page(request, "bank/withdrawal.html", one=one, packages=packages, job=job, **names)


PAGES: list[Any] = [withdrawals_page, withdraw_it, withdrawal_page]
