"""Routes about connections: administrators name them, trainers hear of those that are granted to their project."""

from typing import Any

import msgspec
from litestar import delete, get, patch, post, put
from litestar.params import FromPath, JSONBody

from guiju.feeds.connections import actions
from guiju.feeds.connections.model import NamedConnection
from guiju.feeds.connections.rules import as_kind
from guiju.kit import iso
from guiju.people import require_admin
from guiju.site import actor_of, house_of
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest


class ConnectionOut(msgspec.Struct, frozen=True):
    """Never the secret: `secret` says where it is kept (`none`, `house`, `env:NAME`, `file:NAME`)."""

    id: int
    name: str
    kind: str
    address: str
    secret: str
    for_all: bool
    projects: list[int]
    checked_at: str | None
    fault: dict[str, Any] | None


class GrantedOut(msgspec.Struct, frozen=True):
    id: int
    name: str
    kind: str


class NewConnection(msgspec.Struct, frozen=True):
    """`secret` is the secret itself, or where it is kept: `env:GUIJU_SECRET_…` or `file:NAME`."""

    id: str
    name: str
    kind: str
    address: str
    secret: str = ""


class ChangedConnection(msgspec.Struct, frozen=True):
    """What is not said stays. A new address without its secret has none."""

    name: str | None = None
    address: str | None = None
    secret: str | None = None


class Grants(msgspec.Struct, frozen=True):
    projects: list[int] = []
    for_all: bool = False


class Checked(msgspec.Struct, frozen=True):
    answers: bool
    fault: dict[str, Any] | None


def connection_out(found: NamedConnection) -> ConnectionOut:
    checked = iso(found.checked_at) if found.checked_at else None
    fault = msgspec.json.decode(found.fault) if found.fault else None
    about = (found.id, found.name, found.kind.value, found.address, found.reference or "none", found.for_all)
    return ConnectionOut(*about, list(found.projects), checked, fault)


@get("/connections", sync_to_thread=True)
def get_connections(request: AnyRequest) -> list[ConnectionOut]:
    return [connection_out(one) for one in actions.list_connections(house_of(request), actor_of(request))]


@post("/connections", sync_to_thread=True)
def add_connection(request: AnyRequest, data: JSONBody[NewConnection]) -> ConnectionOut:
    actor, house = actor_of(request), house_of(request)
    require_admin(actor)
    request_id = request_id_of({"request_id": data.id})
    about = {"name": data.name, "kind": as_kind(data.kind), "address": data.address, "secret": data.secret}
    made = actions.add_connection(house, actor, request_id=request_id, **about)  # type: ignore[arg-type]
    return connection_out(actions.get_connection(house, actor, made))


@get("/connections/{connection_id:int}", sync_to_thread=True)
def get_connection(request: AnyRequest, connection_id: FromPath[int]) -> ConnectionOut:
    return connection_out(actions.get_connection(house_of(request), actor_of(request), connection_id))


@patch("/connections/{connection_id:int}", sync_to_thread=True)
def change_connection(
    request: AnyRequest, connection_id: FromPath[int], data: JSONBody[ChangedConnection]
) -> ConnectionOut:
    actor, house = actor_of(request), house_of(request)
    actions.change_connection(house, actor, connection_id, name=data.name, address=data.address, secret=data.secret)
    return connection_out(actions.get_connection(house, actor, connection_id))


@delete("/connections/{connection_id:int}", sync_to_thread=True, status_code=204)
def remove_connection(request: AnyRequest, connection_id: FromPath[int]) -> None:
    actions.remove_connection(house_of(request), actor_of(request), connection_id)


@put("/connections/{connection_id:int}/projects", sync_to_thread=True)
def grant(request: AnyRequest, connection_id: FromPath[int], data: JSONBody[Grants]) -> ConnectionOut:
    """Let exactly these projects draw from it, or all."""
    actor, house = actor_of(request), house_of(request)
    actions.grant_connection(house, actor, connection_id, data.projects, for_all=data.for_all)
    return connection_out(actions.get_connection(house, actor, connection_id))


@post("/connections/{connection_id:int}/check", sync_to_thread=True, status_code=200)
def check(request: AnyRequest, connection_id: FromPath[int]) -> Checked:
    """Ask the place whether it answers, with no more than the right to read."""
    fault = actions.check_connection(house_of(request), actor_of(request), connection_id)
    return Checked(fault is None, msgspec.to_builtins(fault) if fault else None)


@get("/projects/{project_id:int}/connections", sync_to_thread=True)
def get_granted(request: AnyRequest, project_id: FromPath[int]) -> list[GrantedOut]:
    """What the project may draw from."""
    found = actions.list_granted(house_of(request), actor_of(request), project_id)
    return [GrantedOut(one.id, one.name, one.kind.value) for one in found]


API: list[Any] = [
    get_connections,
    add_connection,
    get_connection,
    change_connection,
    remove_connection,
    grant,
    check,
    get_granted,
]
