"""The pages in front of the house: whoever opens them may be nobody yet."""

from typing import Any

from litestar import get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.kit import Refusal, describe
from guiju.people import actions, store
from guiju.people.door.errors import PasswordsDiffer
from guiju.people.errors import AlreadySetUp
from guiju.people.rules import local_path
from guiju.site import (
    LOCALES,
    Form,
    check_csrf,
    credentials_of,
    done,
    field,
    house_of,
    locale_of,
    page,
    signed_in_of,
    words_of,
)
from guiju.site.guards import COOKIE, LOCALE_COOKIE, AnyRequest, ForgedRequest, NotSignedIn

YEAR_SECONDS = 365 * 24 * 3600
FRONT_PAGE = "/work"


def is_https(request: AnyRequest) -> bool:
    """Whether the browser came over HTTPS, to us or to the proxy before us."""
    forwarded = request.headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    return (forwarded or request.url.scheme) == "https"


def _session_cookie(request: AnyRequest, token: str) -> Cookie:
    age = actions.SESSION_MICROS // 1_000_000
    return Cookie(
        key=COOKIE, value=token, path="/", max_age=age, httponly=True, samesite="lax", secure=is_https(request)
    )


def _language_cookie(request: AnyRequest, code: str) -> Cookie:
    return Cookie(
        key=LOCALE_COOKIE, value=code, path="/", max_age=YEAR_SECONDS, samesite="lax", secure=is_https(request)
    )


def in_language(request: AnyRequest, answer: Redirect, code: str) -> Redirect:
    """The answer, with the chosen language kept by the browser."""
    answer.set_cookie(_language_cookie(request, code))
    return answer


def _let_in(request: AnyRequest, email: str, password: str, to: str) -> Redirect:
    session = actions.sign_in(house_of(request), email=email, password=password)
    answer = done("/account/password" if session.account.must_change_password else to)
    answer.set_cookie(_session_cookie(request, session.token))
    return answer


def _refuse_other_sites(request: AnyRequest) -> None:
    """A form before the sign-in has no session to carry a token of; the browser says where it came from."""
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise ForgedRequest


def _is_empty(request: AnyRequest) -> bool:
    with house_of(request).reading() as connection:
        return store.find_first_admin(connection) is None


def _is_signed_in(request: AnyRequest) -> bool:
    try:
        signed_in_of(request)
    except NotSignedIn:
        return False
    return True


def again(request: AnyRequest, template: str, refusal: Refusal, **context: object) -> Response[Any]:
    """The form once more, with what was refused above it."""
    error = describe(refusal, words_of(request))
    return page(request, template, status=refusal.status, error=error, **context)


@get("/first-start", sync_to_thread=True, include_in_schema=False)
def first_start(request: AnyRequest) -> Response[Any]:
    if not _is_empty(request):
        raise AlreadySetUp
    return page(request, "people/first-start.html", error=None, email="", name="")


@post("/first-start", sync_to_thread=True, include_in_schema=False)
def make_first_admin(request: AnyRequest, data: Form) -> Response[Any]:
    _refuse_other_sites(request)
    email, name = field(data, "email", required=False), field(data, "name", required=False)
    try:
        password = _chosen_password(data)
        actions.set_up(house_of(request), email=email, name=name, password=password, locale=locale_of(request))
    except AlreadySetUp:
        raise
    except Refusal as refusal:
        return again(request, "people/first-start.html", refusal, email=email, name=name)
    return _let_in(request, email, password, FRONT_PAGE)


@get("/sign-in", sync_to_thread=True, include_in_schema=False)
def ask_to_sign_in(request: AnyRequest, to: FromQuery[str] = FRONT_PAGE) -> Response[Any]:
    to = local_path(to, FRONT_PAGE)
    if _is_empty(request):
        return done("/first-start")
    if _is_signed_in(request):
        return done(to)
    return page(request, "people/sign-in.html", error=None, email="", to=to)


@post("/sign-in", sync_to_thread=True, include_in_schema=False)
def let_in(request: AnyRequest, data: Form) -> Response[Any]:
    _refuse_other_sites(request)
    email = field(data, "email", required=False)
    to = local_path(field(data, "to", required=False), FRONT_PAGE)
    try:
        return _let_in(request, email, _password(data, "password"), to)
    except Refusal as refusal:
        return again(request, "people/sign-in.html", refusal, email=email, to=to)


@post("/sign-out", sync_to_thread=True, include_in_schema=False)
def let_out(request: AnyRequest, data: Form) -> Redirect:
    signed_in, credentials = signed_in_of(request), credentials_of(request)
    check_csrf(signed_in, credentials, field(data, "csrf", required=False))
    actions.sign_out(house_of(request), signed_in.actor, credentials.token)
    answer = done("/sign-in")
    answer.delete_cookie(COOKIE, path="/")
    return answer


@get("/language/{code:str}", sync_to_thread=True, include_in_schema=False)
def choose_language(request: AnyRequest, code: FromPath[str], to: FromQuery[str] = "/") -> Redirect:
    answer = done(local_path(to, "/"))
    return in_language(request, answer, code) if code in LOCALES else answer


@get("/account/password", sync_to_thread=True, include_in_schema=False)
def ask_for_password(request: AnyRequest) -> Response[Any]:
    signed_in = signed_in_of(request)
    return page(request, "people/password.html", error=None, handed_out=signed_in.must_change_password)


@post("/account/password", sync_to_thread=True, include_in_schema=False)
def choose_password(request: AnyRequest, data: Form) -> Response[Any]:
    # Not `actor_of`: it sends whoever must choose a password to this very page.
    signed_in = signed_in_of(request)
    check_csrf(signed_in, credentials_of(request), field(data, "csrf", required=False))
    actor = signed_in.actor
    try:
        new = _chosen_password(data)
        actions.change_password(house_of(request), actor.id, old=_password(data, "password"), new=new)
    except Refusal as refusal:
        return again(request, "people/password.html", refusal, handed_out=signed_in.must_change_password)
    return _let_in(request, actor.email, new, FRONT_PAGE if signed_in.must_change_password else "/account")


def _password(data: dict[str, Any], name: str) -> str:
    """A password as it was typed: spaces at its ends belong to it."""
    return str(data.get(name, ""))[:1_000]


def _chosen_password(data: dict[str, Any]) -> str:
    new = _password(data, "new")
    if new != _password(data, "again"):
        raise PasswordsDiffer
    return new


PAGES = [
    first_start,
    make_first_admin,
    ask_to_sign_in,
    let_in,
    let_out,
    choose_language,
    ask_for_password,
    choose_password,
]
