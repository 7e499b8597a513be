"""Naming connections, checking them, granting them to projects; a granted one for whoever draws from it."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from guiju.data.mapping.model import Told
from guiju.data.mapping.rules import told_of
from guiju.feeds.connections import store
from guiju.feeds.connections.errors import (
    ConnectionInUse,
    ConnectionNameTaken,
    ConnectionNotFound,
    PathNotAllowed,
    SecretMissing,
    UnknownGrant,
)
from guiju.feeds.connections.model import ConnectionKind, NamedConnection, Place
from guiju.feeds.connections.rules import (
    check_reference,
    clean_connection_name,
    is_reference,
    path_on_server,
    read_address,
)
from guiju.feeds.errors import WellFailed
from guiju.feeds.wells import probe
from guiju.people import Act, require_admin
from guiju.projects import Project, authorise, list_all_projects
from guiju.storage import Actor, Event, House, Tx

FOLDERS = "GUIJU_FOLDERS"


def list_connections(house: House, actor: Actor) -> list[NamedConnection]:
    """Every connection, by name; never their secrets. Raises `AdminOnly`."""
    require_admin(actor)
    with house.reading() as connection:
        return store.list_connections(connection)


def get_connection(house: House, actor: Actor, connection_id: int) -> NamedConnection:
    """Raises `AdminOnly`, `ConnectionNotFound`."""
    require_admin(actor)
    with house.reading() as connection:
        return _get(connection, connection_id)


def find_connection_id(house: House, actor: Actor, said: str) -> int:
    """A connection by its number or name. Raises `AdminOnly`, `ConnectionNotFound`."""
    for one in list_connections(house, actor):
        if said in {str(one.id), one.name}:
            return one.id
    raise ConnectionNotFound(connection=said[:80])


def _get(connection: Connection, connection_id: int) -> NamedConnection:
    found = store.find_connection(connection, connection_id)
    if found is None:
        raise ConnectionNotFound(connection=connection_id)
    return found


def count_feeds(house: House, actor: Actor, connection_id: int) -> int:
    """How many feeds draw from it. Raises `AdminOnly`."""
    require_admin(actor)
    with house.reading() as connection:
        return store.count_feeds(connection, connection_id)


def add_connection(
    house: House,
    actor: Actor,
    *,
    request_id: str,
    name: str,
    kind: ConnectionKind,
    address: str,
    secret: str = "",
) -> int:
    """Name a connection; `secret` is the secret itself, or `env:…` or `file:…` where it is kept.

    Raises `AdminOnly`, `BadAddress`, `AddressHasSecret`, `PathNotAllowed`, `BadSecretReference`, `ConnectionNameTaken`.
    """
    require_admin(actor)
    called, where = clean_connection_name(name), check_address(house, actor, kind, address)
    reference = _reference_of(secret)
    made: list[int] = []

    def write(tx: Tx) -> int:
        _demand_free(tx, called, None)
        values = {"name": called, "kind": kind, "address": where, "reference": reference, "for_all": 0}
        made.append(store.insert_connection(tx, **values, created_by=actor.id))
        tx.journal(Event(actor.id, "connection.added", subject_id=made[-1], facts={"kind": kind}))
        return made[-1]

    try:
        connection_id = house.write(lambda tx: tx.once(request_id, actor.id, "connection.add", lambda: write(tx)))
    except IntegrityError as error:  # somebody else named it at the same moment
        raise ConnectionNameTaken(name=called) from error
    if reference == "house" and made:
        store.keep_secret(house, _key(connection_id), secret)
    return connection_id


def change_connection(
    house: House,
    actor: Actor,
    connection_id: int,
    *,
    name: str | None = None,
    address: str | None = None,
    secret: str | None = None,
) -> None:
    """Change what is given. A new address loses the old secret: else whoever changes it could have it sent elsewhere.

    Raises as `add_connection` does, and `ConnectionNotFound`.
    """
    found = get_connection(house, actor, connection_id)
    values: dict[str, object] = {}
    if name is not None:
        values["name"] = clean_connection_name(name)
    if address is not None and address.strip() != found.address:
        values["address"] = check_address(house, actor, found.kind, address)
        secret = secret or ""
    if secret is not None:
        values["reference"] = _reference_of(secret)

    def write(tx: Tx) -> None:
        _get(tx.connection, connection_id)
        _demand_free(tx, str(values.get("name", found.name)), connection_id)
        store.update_connection(tx, connection_id, **values, checked_at=None, fault=None)
        facts = {"changed": sorted(values)}
        tx.journal(Event(actor.id, "connection.changed", subject_id=connection_id, facts=facts))

    if "reference" in values:
        _keep(house, connection_id, secret or "")
    house.write(write)


def _keep(house: House, connection_id: int, secret: str) -> None:
    if _reference_of(secret) == "house":
        store.keep_secret(house, _key(connection_id), secret)
    else:
        store.forget_secret(house, _key(connection_id))


def _key(connection_id: int) -> str:
    """Begins with a dot, so that no `file:NAME` can name it."""
    return f".connection-{connection_id}"


def _reference_of(secret: str) -> str | None:
    if not secret:
        return None
    return check_reference(secret) if is_reference(secret) else "house"


def _demand_free(tx: Tx, name: str, connection_id: int | None) -> None:
    if store.find_by_name(tx.connection, name) not in {None, connection_id}:
        raise ConnectionNameTaken(name=name)


def check_address(house: House, actor: Actor, kind: ConnectionKind, address: str) -> str:
    """Raises `BadAddress`, `AddressHasSecret`, `PathNotAllowed`."""
    path = path_on_server(kind, read_address(kind, address))
    if path is not None and not _may_name(house, actor, Path(path)):
        raise PathNotAllowed(path=path[:200])
    return address.strip()


def _may_name(house: House, actor: Actor, path: Path) -> bool:
    """The server's own disk: for who is trusted with the machine, else below the folders that its operator opened."""
    real, home = path.resolve(), house.home.resolve()
    if real.is_relative_to(home) or home.is_relative_to(real):
        return False
    opened = [Path(one).resolve() for one in os.environ.get(FOLDERS, "").split(os.pathsep) if one]
    return actor.trusted or any(real.is_relative_to(one) for one in opened)


def list_grantable(house: House, actor: Actor) -> list[Project]:
    """Every project, for who decides what it may draw from. Raises `AdminOnly`."""
    require_admin(actor)
    return [standing.project for standing in list_all_projects(house, replace(actor, trusted=True))]


def grant_connection(
    house: House, actor: Actor, connection_id: int, projects: Sequence[int], *, for_all: bool = False
) -> None:
    """Let exactly these projects draw from it, or all. Raises `AdminOnly`, `ConnectionNotFound`, `UnknownGrant`."""
    require_admin(actor)
    wanted = sorted(set(projects))
    known = {project.id for project in list_grantable(house, actor)} if wanted else set[int]()
    for project_id in wanted:
        if project_id not in known:
            raise UnknownGrant(project=project_id)

    def write(tx: Tx) -> None:
        _get(tx.connection, connection_id)
        store.set_grants(tx, connection_id, wanted, for_all=for_all)
        facts = {"projects": wanted, "for_all": for_all}
        tx.journal(Event(actor.id, "connection.granted", subject_id=connection_id, facts=facts))

    house.write(write)


def remove_connection(house: House, actor: Actor, connection_id: int) -> None:
    """Raises `AdminOnly`, `ConnectionNotFound`, `ConnectionInUse`."""
    require_admin(actor)

    def write(tx: Tx) -> None:
        found = _get(tx.connection, connection_id)
        feeds = store.count_feeds(tx.connection, connection_id)
        if feeds:
            raise ConnectionInUse(name=found.name, feeds=feeds)
        store.delete_connection(tx, connection_id)
        tx.journal(Event(actor.id, "connection.removed", subject_id=connection_id))

    house.write(write)
    store.forget_secret(house, _key(connection_id))


def check_connection(house: House, actor: Actor, connection_id: int) -> Told | None:
    """Ask the place whether it answers; why it does not, which is kept. Raises `AdminOnly`, `ConnectionNotFound`."""
    found = get_connection(house, actor, connection_id)
    fault: Told | None = None
    try:
        probe(place_of(house, found))
    except (WellFailed, SecretMissing, PathNotAllowed) as refusal:
        fault = told_of(refusal)
    kept = msgspec.json.encode(fault).decode() if fault else None

    def write(tx: Tx) -> None:
        store.update_connection(tx, connection_id, checked_at=tx.at, fault=kept)
        tx.journal(Event(actor.id, "connection.checked", subject_id=connection_id, facts={"answers": fault is None}))

    house.write(write)
    return fault


def place_of(house: House, found: NamedConnection) -> Place:
    """What a well is opened by, with its secret. Raises `SecretMissing`, `PathNotAllowed`."""
    path = path_on_server(found.kind, read_address(found.kind, found.address))
    if path is not None and Path(path).resolve().is_relative_to(house.home.resolve()):
        raise PathNotAllowed(path=path[:200])
    if found.reference is None:
        return Place(found.name, found.kind, found.address)
    secret = store.read_secret(house, found.reference, _key(found.id))
    if secret is None:
        raise SecretMissing(name=found.name, reference=found.reference)
    return Place(found.name, found.kind, found.address, secret)


def list_granted(house: House, actor: Actor, project_id: int) -> list[NamedConnection]:
    """What a project may draw from, for those who bring its data. Raises as `authorise` does."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
        found = store.list_connections(connection)
    return [one for one in found if one.for_all or project_id in one.projects]


def get_granted(connection: Connection, project_id: int, connection_id: int) -> NamedConnection:
    """Raises `ConnectionNotFound`, whether it is not there or not granted."""
    found = store.find_connection(connection, connection_id)
    if found is None or not (found.for_all or project_id in found.projects):
        raise ConnectionNotFound(connection=connection_id)
    return found
