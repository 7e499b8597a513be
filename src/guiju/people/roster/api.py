"""The route that takes a roster."""

import msgspec
from litestar import post

from guiju.people.actions import require_admin
from guiju.people.roster.actions import import_roster
from guiju.people.roster.pages import Upload, file_of
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class HandoutOut(msgspec.Struct, frozen=True):
    """A first password to hand out: told once, kept nowhere."""

    account: int
    name: str
    email: str
    team: str
    first_password: str


@post("/accounts/roster", sync_to_thread=True)
def take_roster(request: AnyRequest, data: Upload) -> list[HandoutOut]:
    actor = actor_of(request)
    require_admin(actor)
    file = file_of(data)
    handouts = import_roster(house_of(request), actor, file=file.filename, content=file.file.read())
    return [HandoutOut(h.account_id, h.name, h.email, h.team, h.password) for h in handouts]


API = [take_roster]
