"""SQL of teams."""

from sqlalchemy import Connection, delete, insert, select, update

from guiju.people import tables as t
from guiju.people.model import Team
from guiju.storage import Tx


def list_teams(connection: Connection) -> list[Team]:
    """Every team with the ids of its members, by name."""
    members: dict[int, list[int]] = {}
    joined = select(t.team_member.c.team_id, t.team_member.c.account_id).order_by(t.team_member.c.account_id)
    for team_id, account_id in connection.execute(joined):
        members.setdefault(team_id, []).append(account_id)
    teams = connection.execute(select(t.team.c.id, t.team.c.name).order_by(t.team.c.name, t.team.c.id))
    return [Team(team_id, name, tuple(members.get(team_id, ()))) for team_id, name in teams]


def find_team(connection: Connection, team_id: int) -> Team | None:
    name = connection.execute(select(t.team.c.name).where(t.team.c.id == team_id)).scalar()
    members = select(t.team_member.c.account_id).where(t.team_member.c.team_id == team_id)
    ordered = members.order_by(t.team_member.c.account_id)
    return None if name is None else Team(team_id, name, tuple(connection.execute(ordered).scalars()))


def find_team_id(connection: Connection, name: str) -> int | None:
    return connection.execute(select(t.team.c.id).where(t.team.c.name == name)).scalar()


def insert_team(tx: Tx, name: str) -> int:
    return tx.insert(insert(t.team), {"name": name, "created_at": tx.at})


def rename(tx: Tx, team_id: int, name: str) -> None:
    tx.execute(update(t.team).where(t.team.c.id == team_id).values(name=name))


def add_members(tx: Tx, pairs: list[tuple[int, int]]) -> None:
    """Put accounts into teams: (team id, account id), none of them there yet."""
    if pairs:
        tx.execute(insert(t.team_member), [{"team_id": team, "account_id": account} for team, account in pairs])


def remove_member(tx: Tx, team_id: int, account_id: int) -> None:
    member = (t.team_member.c.team_id == team_id) & (t.team_member.c.account_id == account_id)
    tx.execute(delete(t.team_member).where(member))
