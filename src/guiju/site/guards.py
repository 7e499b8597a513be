"""Who asks, in which language, and whether the request is their own: for every route, page and API alike."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from litestar import Request
from sqlalchemy import Connection

from guiju.kit import N_, Refusal
from guiju.site.words import LOCALES, CatalogueWords, negotiate, words_for
from guiju.storage import Actor, House

COOKIE = "guiju_session"
LOCALE_COOKIE = "guiju_locale"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

AnyRequest: TypeAlias = Request[Any, Any, Any]


class NotSignedIn(Refusal):
    """Nobody is known behind the request."""

    code = "not-signed-in"
    status = 401
    sentence = N_("You are not signed in, or your sign-in has ended.")
    next_step = N_("Sign in and do it again; what the workbench holds is kept.")


class ForgedRequest(Refusal):
    """A write by cookie without the session's own token: another site may have sent it."""

    code = "forged-request"
    status = 403
    sentence = N_("This request did not come from a page of your own session.")
    next_step = N_("Reload the page and do it again.")


class PasswordMustChange(Refusal):
    """The account still has the password that somebody handed out."""

    code = "password-must-change"
    status = 403
    sentence = N_("Your password was handed out by somebody else.")
    next_step = N_("Choose your own password first.")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request brings to prove who sent it. `forged` when a cookie's write lacks its token."""

    token: str
    by_cookie: bool
    csrf: str | None
    method: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is behind a request, and the token that their own pages carry."""

    actor: Actor
    csrf: str | None
    must_change_password: bool


FindSignedIn: TypeAlias = Callable[[Connection, str, bool], SignedIn | None]
"""Finds who a token belongs to: `(connection, token, by_cookie)`. The web room plugs in the people's own."""
FindActor: TypeAlias = Callable[[Connection], Actor]


def house_of(request: AnyRequest) -> House:
    return cast(House, request.app.state.house)


def credentials_of(request: AnyRequest) -> Credentials:
    """What the request brings. Raises `NotSignedIn` when it brings nothing."""
    header = _authorization(request)
    if header[:7].lower() == "bearer ":
        return Credentials(header[7:].strip(), False, None, request.method)
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        raise NotSignedIn
    return Credentials(cookie, True, request.headers.get("x-csrf-token"), request.method)


def _authorization(request: AnyRequest) -> str:
    """The header as it came: the framework's table of all headers costs more than the look for one."""
    for name, value in request.scope["headers"]:
        if name == b"authorization":
            return value.decode("latin-1")
    return ""


def find_signed_in(request: AnyRequest, connection: Connection, credentials: Credentials) -> SignedIn:
    """Who the credentials belong to. Raises `NotSignedIn`."""
    find = cast(FindSignedIn, request.app.state.find_signed_in)
    found = find(connection, credentials.token, credentials.by_cookie)
    if found is None:
        raise NotSignedIn
    return found


def check_csrf(signed_in: SignedIn, credentials: Credentials, given: str | None = None) -> None:
    """Refuse a cookie's write that does not carry the session's own token. Raises `ForgedRequest`."""
    if not credentials.by_cookie or credentials.method in SAFE_METHODS:
        return
    brought = given or credentials.csrf or ""
    if not secrets.compare_digest(brought.encode(), (signed_in.csrf or "").encode()) or not brought:
        raise ForgedRequest


def finder(request: AnyRequest) -> FindActor:
    """Looks the sender up inside a transaction, with the request proven to be their own.

    Raises `NotSignedIn` at once when the request brings nothing to be known by.
    """
    credentials = credentials_of(request)

    def find(connection: Connection) -> Actor:
        signed_in = find_signed_in(request, connection, credentials)
        check_csrf(signed_in, credentials)
        if signed_in.must_change_password:
            raise PasswordMustChange
        return signed_in.actor

    return find


def known_signed_in(request: AnyRequest) -> SignedIn | None:
    """Who asks, if it has been looked up for this request already."""
    scope = cast(Mapping[str, Any], request.scope)  # it holds more than the framework's own keys
    return scope.get("guiju_signed_in")


def signed_in_of(request: AnyRequest) -> SignedIn:
    """Who asks, looked up once a request. Raises `NotSignedIn`."""
    known = known_signed_in(request)
    if known is None:
        with house_of(request).reading() as connection:
            known = find_signed_in(request, connection, credentials_of(request))
        request.scope["guiju_signed_in"] = known  # type: ignore[typeddict-unknown-key]
    return known


def actor_of(request: AnyRequest, csrf: str | None = None) -> Actor:
    """Who asks, with the request proven to be their own. `csrf` is a form's hidden field.

    Raises `NotSignedIn`, `ForgedRequest`, `PasswordMustChange`.
    """
    signed_in = signed_in_of(request)
    check_csrf(signed_in, credentials_of(request), csrf)
    if signed_in.must_change_password:
        raise PasswordMustChange
    return signed_in.actor


def locale_of(request: AnyRequest) -> str:
    """The reader's language: chosen on the page, else the account's, else the browser's."""
    chosen = request.query_params.get("lang") or request.cookies.get(LOCALE_COOKIE)
    if chosen in LOCALES:
        return chosen
    known = known_signed_in(request)
    if known is not None and known.actor.locale in LOCALES:
        return known.actor.locale
    return negotiate(request.headers.get("accept-language", ""))


def words_of(request: AnyRequest) -> CatalogueWords:
    return words_for(locale_of(request))
