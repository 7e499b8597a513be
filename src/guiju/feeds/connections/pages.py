"""Connections, for administrators: the list, one of them, its secret and its projects."""

from collections.abc import Callable
from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.data.mapping.model import Told
from guiju.feeds.connections import actions
from guiju.feeds.connections.model import ADDRESSES, KIND_NAMES, SECRET_NAMES, SecretKind
from guiju.feeds.connections.rules import as_kind
from guiju.kit import N_, Refusal, describe
from guiju.people import require_admin
from guiju.site import Form, actor_of, done, field, flag, house_of, page, request_id_of, words_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest
from guiju.storage import Actor

SAVED = N_("Saved.")
ANSWERS = N_("It answers.")
REMOVED = N_("The connection was removed.")
NAMES = {"kinds": KIND_NAMES, "addresses": ADDRESSES, "secret_names": SECRET_NAMES}


def teller(request: AnyRequest) -> Callable[..., str]:
    """Says a kept refusal, or its next step, in the reader's language."""
    words = words_of(request)

    def tell(told: Told, part: str = "sentence") -> str:
        return words(told.next if part == "next" else told.sentence, **told.details)

    return tell


def _own(request: AnyRequest, data: dict[str, Any]) -> Actor:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    require_admin(actor)
    return actor


@get("/people/connections", sync_to_thread=True, include_in_schema=False)
def list_connections(request: AnyRequest) -> Response[Any]:
    return _list(request, actor_of(request), {}, None)


def _list(request: AnyRequest, actor: Actor, given: dict[str, str], refusal: Refusal | None) -> Response[Any]:
    found = actions.list_connections(house_of(request), actor)
    faults = {one.id: msgspec.json.decode(one.fault, type=Told) for one in found if one.fault}
    error = describe(refusal, words_of(request)) if refusal else None
    told = {"connections": found, "faults": faults, "tell": teller(request), "given": given, "error": error}
    return page(request, "feeds/connections.html", status=refusal.status if refusal else 200, **told, **NAMES)


@post("/people/connections", sync_to_thread=True, include_in_schema=False)
def add(request: AnyRequest, data: Form) -> Response[Any] | Redirect:
    actor, house = _own(request, data), house_of(request)
    given = {name: field(data, name, required=False) for name in ("name", "kind", "address")}
    try:
        made = actions.add_connection(
            house,
            actor,
            request_id=request_id_of(data),
            name=given["name"],
            kind=as_kind(given["kind"]),
            address=given["address"],
            secret=field(data, "secret", required=False),
        )
    except Refusal as refusal:
        return _list(request, actor, given, refusal)
    actions.check_connection(house, actor, made)
    return done(f"/people/connections/{made}")


@get("/people/connections/{connection_id:int}", sync_to_thread=True, include_in_schema=False)
def show(request: AnyRequest, connection_id: FromPath[int]) -> Response[Any]:
    return _show(request, actor_of(request), connection_id, None)


def _show(request: AnyRequest, actor: Actor, connection_id: int, refusal: Refusal | None) -> Response[Any]:
    house = house_of(request)
    found = actions.get_connection(house, actor, connection_id)
    fault = msgspec.json.decode(found.fault, type=Told) if found.fault else None
    reference = (found.reference or "").partition(":")[2] if found.secret_kind is not SecretKind.HOUSE else ""
    told = {
        "found": found,
        "fault": fault,
        "reference": reference,
        "tell": teller(request),
        "projects": actions.list_grantable(house, actor),
        "feeds": actions.count_feeds(house, actor, connection_id),
        "error": describe(refusal, words_of(request)) if refusal else None,
    }
    return page(request, "feeds/connection.html", status=refusal.status if refusal else 200, **told, **NAMES)


@post("/people/connections/{connection_id:int}", sync_to_thread=True, include_in_schema=False)
def change(request: AnyRequest, connection_id: FromPath[int], data: Form) -> Response[Any] | Redirect:
    """An empty secret leaves the one that is kept, unless it is said that there is none."""
    actor, house = _own(request, data), house_of(request)
    secret = field(data, "secret", required=False)
    try:
        actions.change_connection(
            house,
            actor,
            connection_id,
            name=field(data, "name", required=False),
            address=field(data, "address", required=False),
            secret="" if flag(data, "no_secret") else secret or None,
        )
    except Refusal as refusal:
        return _show(request, actor, connection_id, refusal)
    actions.check_connection(house, actor, connection_id)
    return done(f"/people/connections/{connection_id}?said={SAVED}")


@post("/people/connections/{connection_id:int}/projects", sync_to_thread=True, include_in_schema=False)
def grant(request: AnyRequest, connection_id: FromPath[int], data: Form) -> Redirect:
    actor = _own(request, data)
    projects = [int(one) for one in many(data, "project") if one.isdecimal()]
    actions.grant_connection(house_of(request), actor, connection_id, projects, for_all=flag(data, "for_all"))
    return done(f"/people/connections/{connection_id}?said={SAVED}")


@post("/people/connections/{connection_id:int}/check", sync_to_thread=True, include_in_schema=False)
def check(request: AnyRequest, connection_id: FromPath[int], data: Form) -> Redirect:
    fault = actions.check_connection(house_of(request), _own(request, data), connection_id)
    return done(f"/people/connections/{connection_id}{'' if fault else f'?said={ANSWERS}'}")


@post("/people/connections/{connection_id:int}/remove", sync_to_thread=True, include_in_schema=False)
def remove(request: AnyRequest, connection_id: FromPath[int], data: Form) -> Response[Any] | Redirect:
    actor = _own(request, data)
    try:
        actions.remove_connection(house_of(request), actor, connection_id)
    except Refusal as refusal:
        return _show(request, actor, connection_id, refusal)
    return done(f"/people/connections?said={REMOVED}")


PAGES: list[Any] = [list_connections, add, show, change, grant, check, remove]
