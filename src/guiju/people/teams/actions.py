"""Making teams, naming them, and who is in them."""

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from guiju.people.actions import get_account, require_admin
from guiju.people.model import Account, Team
from guiju.people.rules import clean_name
from guiju.people.store import list_accounts_of
from guiju.people.teams import store
from guiju.people.teams.errors import TeamNameMissing, TeamNameTaken, TeamNotFound
from guiju.storage import Actor, Event, House, Tx


def list_teams(connection: Connection) -> list[Team]:
    """Every team, by name: whoever leads a project may choose one."""
    return store.list_teams(connection)


def get_team(connection: Connection, team_id: int) -> Team:
    """Raises `TeamNotFound`."""
    team = store.find_team(connection, team_id)
    if team is None:
        raise TeamNotFound
    return team


def read_team(house: House, actor: Actor, team_id: int) -> tuple[Team, list[Account]]:
    """A team and its members' accounts, by name. Raises `AdminOnly`, `TeamNotFound`."""
    require_admin(actor)
    with house.reading() as connection:
        team = get_team(connection, team_id)
        return team, list_accounts_of(connection, team.members)


def create_team(house: House, actor: Actor, *, request_id: str, name: str) -> int:
    """Make a team; returns its id. Raises `AdminOnly`, `TeamNameMissing`, `TeamNameTaken`."""
    require_admin(actor)

    def make(tx: Tx) -> int:
        team_id = insert_named(tx, name)
        tx.journal(Event(actor.id, "people.team-created", subject_id=team_id))
        return team_id

    return house.write(lambda tx: tx.once(request_id, actor.id, "people.team", lambda: make(tx)))


def rename_team(house: House, actor: Actor, team_id: int, name: str) -> None:
    """Raises `AdminOnly`, `TeamNotFound`, `TeamNameMissing`, `TeamNameTaken`."""
    require_admin(actor)

    def write(tx: Tx) -> None:
        get_team(tx.connection, team_id)
        store.rename(tx, team_id, _free_name(tx, name, team_id))
        tx.journal(Event(actor.id, "people.team-renamed", subject_id=team_id))

    house.write(write)


def set_team_member(house: House, actor: Actor, team_id: int, account_id: int, *, belongs: bool) -> None:
    """Put an account into a team or take it out. Raises `AdminOnly`, `TeamNotFound`, `AccountNotFound`."""
    require_admin(actor)

    def write(tx: Tx) -> None:
        get_team(tx.connection, team_id)
        get_account(tx, account_id)
        store.remove_member(tx, team_id, account_id)
        if belongs:
            store.add_members(tx, [(team_id, account_id)])
        facts = {"account": account_id, "belongs": belongs}
        tx.journal(Event(actor.id, "people.team-member-set", subject_id=team_id, facts=facts))

    house.write(write)


def insert_named(tx: Tx, name: str) -> int:
    """Insert a team inside a transaction. Raises `TeamNameMissing`, `TeamNameTaken`."""
    free = _free_name(tx, name, None)
    try:
        return store.insert_team(tx, free)
    except IntegrityError as error:  # somebody else made it at the same moment
        raise TeamNameTaken(name=free) from error


def _free_name(tx: Tx, name: str, team_id: int | None) -> str:
    cleaned = clean_name(name, "")
    if not cleaned:
        raise TeamNameMissing
    if store.find_team_id(tx.connection, cleaned) not in (None, team_id):
        raise TeamNameTaken(name=cleaned)
    return cleaned
