"""Teams: the list, one team, and who is in it."""

from collections import Counter
from typing import Any

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.kit import N_
from guiju.people.actions import require_admin
from guiju.people.errors import AccountNotFound
from guiju.people.qualifications import certificates_of
from guiju.people.store import find_account_by_email
from guiju.people.teams import actions
from guiju.site import Form, actor_of, done, field, flag, house_of, page, request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import Actor

SAVED = N_("Saved.")


def _own(request: AnyRequest, data: dict[str, Any]) -> Actor:
    return actor_of(request, csrf=field(data, "csrf", required=False))


@get("/people/teams", sync_to_thread=True)
def list_teams(request: AnyRequest) -> Response[Any]:
    require_admin(actor_of(request))
    with house_of(request).reading() as connection:
        return page(request, "people/teams.html", teams=actions.list_teams(connection))


@post("/people/teams", sync_to_thread=True)
def make_team(request: AnyRequest, data: Form) -> Redirect:
    actor = _own(request, data)
    name = field(data, "name", required=False)
    team_id = actions.create_team(house_of(request), actor, request_id=request_id_of(data), name=name)
    return done(f"/people/teams/{team_id}")


@get("/people/teams/{team_id:int}", sync_to_thread=True)
def show_team(request: AnyRequest, team_id: FromPath[int]) -> Response[Any]:
    team, members = actions.read_team(house_of(request), actor_of(request), team_id)
    with house_of(request).reading() as connection:
        held = certificates_of(connection, [member.id for member in members])
    certified = Counter(one.account_id for one in held if one.is_live)
    return page(request, "people/team.html", team=team, members=members, certified=certified)


@post("/people/teams/{team_id:int}", sync_to_thread=True)
def name_team(request: AnyRequest, team_id: FromPath[int], data: Form) -> Redirect:
    actions.rename_team(house_of(request), _own(request, data), team_id, field(data, "name", required=False))
    return done(f"/people/teams/{team_id}?said={SAVED}")


@post("/people/teams/{team_id:int}/members", sync_to_thread=True)
def change_team(request: AnyRequest, team_id: FromPath[int], data: Form) -> Redirect:
    """Put one in by e-mail address, or take one out."""
    actor, house = _own(request, data), house_of(request)
    require_admin(actor)
    email = field(data, "email")
    with house.reading() as connection:
        account = find_account_by_email(connection, email)
    if account is None:
        raise AccountNotFound(email=email)
    actions.set_team_member(house, actor, team_id, account.id, belongs=not flag(data, "out"))
    return done(f"/people/teams/{team_id}")


PAGES = [list_teams, make_team, show_team, name_team, change_team]
