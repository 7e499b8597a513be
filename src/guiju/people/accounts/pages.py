"""One's own account, and the accounts of the house for its administrators."""

from typing import Any

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.kit import N_, PageRequest, Refusal
from guiju.people import actions as core
from guiju.people.accounts import actions
from guiju.people.door.pages import again, in_language
from guiju.people.qualifications import LAPSE_NAMES, Certificate, certificates_of
from guiju.people.roster.model import Handout
from guiju.people.roster.pages import show_handouts
from guiju.people.tokens.actions import create_token, list_tokens, revoke_token
from guiju.site import LOCALES, Form, actor_of, done, field, flag, house_of, page, request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import Actor

PEOPLE_A_PAGE = 100
SAVED = N_("Saved.")
REVOKED = N_("The token is revoked.")
BLOCKED = N_("The account is blocked. Its work is kept.")
UNBLOCKED = N_("The account may sign in again.")


def _own(request: AnyRequest, data: dict[str, Any]) -> Actor:
    return actor_of(request, csrf=field(data, "csrf", required=False))


@get("/account", sync_to_thread=True)
def show_account(request: AnyRequest) -> Response[Any]:
    actor = actor_of(request)
    return _account_page(request, actor, secret=None)


def _account_page(request: AnyRequest, actor: Actor, secret: str | None) -> Response[Any]:
    house = house_of(request)
    account = actions.read_account(house, actor, actor.id)
    tokens = [token for token in list_tokens(house, actor) if token.revoked_at is None]
    return page(
        request,
        "people/account.html",
        account=account,
        tokens=tokens,
        secret=secret,
        languages=LOCALES,
        certificates=_certificates(request, actor.id),
        lapses=LAPSE_NAMES,
    )


def _certificates(request: AnyRequest, account_id: int) -> list[Certificate]:
    with house_of(request).reading() as connection:
        return certificates_of(connection, [account_id])


@post("/account", sync_to_thread=True)
def change_account(request: AnyRequest, data: Form) -> Redirect:
    actor = _own(request, data)
    language = field(data, "locale", required=False)
    actions.change_profile(house_of(request), actor, name=field(data, "name"), locale=language)
    answer = done(f"/account?said={SAVED}")
    return in_language(request, answer, language) if language in LOCALES else answer


@post("/account/tokens", sync_to_thread=True, status_code=200)
def make_token(request: AnyRequest, data: Form) -> Response[Any]:
    """The answer itself shows the secret: a redirect would have to keep it somewhere."""
    actor = _own(request, data)
    made = create_token(house_of(request), actor, request_id=request_id_of(data), name=field(data, "name"))
    return _account_page(request, actor, secret=made.secret)


@post("/account/tokens/{token_id:int}/revoke", sync_to_thread=True)
def end_token(request: AnyRequest, token_id: FromPath[int], data: Form) -> Redirect:
    revoke_token(house_of(request), _own(request, data), token_id)
    return done(f"/account?said={REVOKED}")


@get("/people", sync_to_thread=True)
def list_people(request: AnyRequest, q: FromQuery[str] = "", cursor: FromQuery[str | None] = None) -> Response[Any]:
    actor = actor_of(request)
    found = actions.search_accounts(house_of(request), actor, q, PageRequest(PEOPLE_A_PAGE, cursor))
    return page(request, "people/list.html", found=found, q=q)


@get("/people/new", sync_to_thread=True)
def ask_for_person(request: AnyRequest) -> Response[Any]:
    core.require_admin(actor_of(request))
    return page(request, "people/new.html", error=None, form={})


@post("/people/new", sync_to_thread=True, status_code=200)
def add_person(request: AnyRequest, data: Form) -> Response[Any]:
    actor = _own(request, data)
    name, email = field(data, "name", required=False), field(data, "email", required=False)
    admin, opens = flag(data, "is_admin"), flag(data, "may_open_projects")
    core.require_admin(actor)
    try:
        account_id, first = core.create_account(
            house_of(request), actor, name=name, email=email, is_admin=admin, may_open_projects=opens
        )
    except Refusal as refusal:
        form = {"name": name, "email": email, "is_admin": admin, "may_open_projects": opens}
        return again(request, "people/new.html", refusal, form=form)
    return show_handouts(request, [Handout(account_id, name or email, email.strip().lower(), "", first)])


@get("/people/{account_id:int}", sync_to_thread=True)
def show_person(request: AnyRequest, account_id: FromPath[int]) -> Response[Any]:
    actor = actor_of(request)
    core.require_admin(actor)
    account = actions.read_account(house_of(request), actor, account_id)
    return page(
        request,
        "people/person.html",
        account=account,
        teams=actions.list_teams_of(house_of(request), account_id),
        certificates=_certificates(request, account_id),
        lapses=LAPSE_NAMES,
    )


@post("/people/{account_id:int}/rights", sync_to_thread=True)
def set_rights(request: AnyRequest, account_id: FromPath[int], data: Form) -> Redirect:
    actor = _own(request, data)
    rights = {"is_admin": flag(data, "is_admin"), "may_open_projects": flag(data, "may_open_projects")}
    actions.change_rights(house_of(request), actor, account_id, **rights)
    return done(f"/people/{account_id}?said={SAVED}")


@post("/people/{account_id:int}/reset", sync_to_thread=True, status_code=200)
def reset(request: AnyRequest, account_id: FromPath[int], data: Form) -> Response[Any]:
    actor = _own(request, data)
    first = core.reset_password(house_of(request), actor, account_id)
    account = actions.read_account(house_of(request), actor, account_id)
    return show_handouts(request, [Handout(account.id, account.name, account.email, "", first)])


@post("/people/{account_id:int}/block", sync_to_thread=True)
def block(request: AnyRequest, account_id: FromPath[int], data: Form) -> Redirect:
    blocked = flag(data, "blocked")
    core.block_account(house_of(request), _own(request, data), account_id, blocked=blocked)
    said = BLOCKED if blocked else UNBLOCKED
    return done(f"/people/{account_id}?said={said}")


PAGES = [
    show_account,
    change_account,
    make_token,
    end_token,
    list_people,
    ask_for_person,
    add_person,
    show_person,
    set_rights,
    reset,
    block,
]
