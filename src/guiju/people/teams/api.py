"""Routes about teams."""

import msgspec
from litestar import delete, get, post, put
from litestar.params import FromPath, JSONBody

from guiju.people.actions import require_admin
from guiju.people.errors import AccountNotFound
from guiju.people.store import find_account_by_email
from guiju.people.teams import actions
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class TeamOut(msgspec.Struct, frozen=True):
    id: int
    name: str
    members: list[int]


class NewTeam(msgspec.Struct, frozen=True):
    id: str
    name: str


@get("/teams", sync_to_thread=True)
def list_teams(request: AnyRequest) -> list[TeamOut]:
    require_admin(actor_of(request))
    with house_of(request).reading() as connection:
        return [TeamOut(team.id, team.name, list(team.members)) for team in actions.list_teams(connection)]


@post("/teams", sync_to_thread=True)
def create_team(request: AnyRequest, data: JSONBody[NewTeam]) -> TeamOut:
    team_id = actions.create_team(house_of(request), actor_of(request), request_id=data.id, name=data.name)
    return _team(request, team_id)


@put("/teams/{team_id:int}", sync_to_thread=True)
def rename_team(request: AnyRequest, team_id: FromPath[int], data: JSONBody[NewTeam]) -> TeamOut:
    actions.rename_team(house_of(request), actor_of(request), team_id, data.name)
    return _team(request, team_id)


@put("/teams/{team_id:int}/members/{email:str}", sync_to_thread=True)
def put_in(request: AnyRequest, team_id: FromPath[int], email: FromPath[str]) -> TeamOut:
    return _set(request, team_id, email, belongs=True)


@delete("/teams/{team_id:int}/members/{email:str}", sync_to_thread=True, status_code=200)
def take_out(request: AnyRequest, team_id: FromPath[int], email: FromPath[str]) -> TeamOut:
    return _set(request, team_id, email, belongs=False)


def _set(request: AnyRequest, team_id: int, email: str, *, belongs: bool) -> TeamOut:
    actor, house = actor_of(request), house_of(request)
    require_admin(actor)
    with house.reading() as connection:
        account = find_account_by_email(connection, email)
    if account is None:
        raise AccountNotFound(email=email)
    actions.set_team_member(house, actor, team_id, account.id, belongs=belongs)
    return _team(request, team_id)


def _team(request: AnyRequest, team_id: int) -> TeamOut:
    with house_of(request).reading() as connection:
        team = actions.get_team(connection, team_id)
    return TeamOut(team.id, team.name, list(team.members))


API = [list_teams, create_team, rename_team, put_in, take_out]
