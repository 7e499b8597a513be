"""Routes about oneself and about the accounts of the house."""

from typing import Any

import msgspec
from litestar import get

from guiju.people.accounts.api import API as ACCOUNTS
from guiju.people.hands.api import API as HANDS
from guiju.people.roster.api import API as ROSTER
from guiju.people.teams.api import API as TEAMS
from guiju.people.tokens.api import API as TOKENS
from guiju.site import locale_of, signed_in_of
from guiju.site.guards import AnyRequest


class Me(msgspec.Struct, frozen=True):
    """Who asks; `csrf` goes into the `X-CSRF-Token` header of a session's writes, and is null for a token's."""

    id: int
    name: str
    email: str
    is_admin: bool
    locale: str
    csrf: str | None


@get("/me", sync_to_thread=True)
def who_am_i(request: AnyRequest) -> Me:
    signed_in = signed_in_of(request)
    actor = signed_in.actor
    return Me(actor.id, actor.name, actor.email, actor.is_admin, locale_of(request), signed_in.csrf)


API: list[Any] = [who_am_i, *HANDS, *ACCOUNTS, *ROSTER, *TEAMS, *TOKENS]
