"""Routes about the accounts of the house, for its administrators."""

import msgspec
from litestar import get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.kit import PageRequest
from guiju.people import actions as core
from guiju.people.accounts import actions
from guiju.people.model import Account
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class AccountOut(msgspec.Struct, frozen=True):
    """An account; times are microseconds since 1970 in UTC."""

    id: int
    name: str
    email: str
    is_admin: bool
    may_open_projects: bool
    must_change_password: bool
    blocked_at: int | None
    created_at: int


class AccountsOut(msgspec.Struct, frozen=True):
    accounts: list[AccountOut]
    cursor: str | None


class NewAccount(msgspec.Struct, frozen=True):
    """`id` is the client's own; an address that has an account already is refused, so nothing is made twice."""

    id: str
    name: str
    email: str
    is_admin: bool = False
    may_open_projects: bool = False


class FirstPassword(msgspec.Struct, frozen=True):
    """A first password to hand out: told once, kept nowhere."""

    account: int
    first_password: str


class AccountChange(msgspec.Struct, frozen=True):
    """What is left out stays as it is."""

    id: str
    is_admin: bool | None = None
    may_open_projects: bool | None = None
    blocked: bool | None = None


def _out(account: Account) -> AccountOut:
    return AccountOut(
        account.id,
        account.name,
        account.email,
        account.is_admin,
        account.may_open_projects,
        account.must_change_password,
        account.blocked_at,
        account.created_at,
    )


@get("/accounts", sync_to_thread=True)
def list_accounts(
    request: AnyRequest, q: FromQuery[str] = "", cursor: FromQuery[str | None] = None, limit: FromQuery[int] = 50
) -> AccountsOut:
    found = actions.search_accounts(house_of(request), actor_of(request), q, PageRequest(limit, cursor))
    return AccountsOut([_out(account) for account in found.rows], found.cursor)


@post("/accounts", sync_to_thread=True)
def create_account(request: AnyRequest, data: JSONBody[NewAccount]) -> FirstPassword:
    account_id, first = core.create_account(
        house_of(request),
        actor_of(request),
        email=data.email,
        name=data.name,
        is_admin=data.is_admin,
        may_open_projects=data.may_open_projects,
    )
    return FirstPassword(account_id, first)


@get("/accounts/{account_id:int}", sync_to_thread=True)
def get_account(request: AnyRequest, account_id: FromPath[int]) -> AccountOut:
    return _out(actions.read_account(house_of(request), actor_of(request), account_id))


@patch("/accounts/{account_id:int}", sync_to_thread=True)
def change_account(request: AnyRequest, account_id: FromPath[int], data: JSONBody[AccountChange]) -> AccountOut:
    actor, house = actor_of(request), house_of(request)
    if data.is_admin is not None or data.may_open_projects is not None:
        rights = {"is_admin": data.is_admin, "may_open_projects": data.may_open_projects}
        actions.change_rights(house, actor, account_id, **rights)
    if data.blocked is not None:
        core.block_account(house, actor, account_id, blocked=data.blocked)
    return _out(actions.read_account(house, actor, account_id))


@post("/accounts/{account_id:int}/first-password", sync_to_thread=True)
def reset_password(request: AnyRequest, account_id: FromPath[int]) -> FirstPassword:
    return FirstPassword(account_id, core.reset_password(house_of(request), actor_of(request), account_id))


API = [list_accounts, create_account, get_account, change_account, reset_password]
