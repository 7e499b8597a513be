"""What people do about accounts and sessions: authorise → load → decide → write → journal."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from guiju.kit import new_secret
from guiju.people import store
from guiju.people.errors import (
    AccountBlocked,
    AccountNotFound,
    AdminOnly,
    AlreadySetUp,
    EmailTaken,
    LastAdmin,
    TooManyTries,
    WrongPassword,
)
from guiju.people.model import Account
from guiju.people.passwords import first_password, hash_password, hash_token, verify_password
from guiju.people.rules import Tries, check_password, clean_email, clean_name, seconds_to_wait
from guiju.site import SignedIn
from guiju.storage import Actor, Event, House, Tx

SESSION_MICROS = 14 * 24 * 3600 * 1_000_000
# Addresses with failed sign-ins that are kept in mind; beyond these the one that failed longest ago is forgotten.
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class NewSession:
    """A fresh session: the secret goes into the browser's cookie and is not kept here."""

    token: str
    account: Account


class _Throttle:
    """Failed sign-ins in a row, by address; forgotten when the process ends."""

    def __init__(self) -> None:
        self._tries: dict[str, Tries] = {}
        self._lock = threading.Lock()

    def check(self, email: str) -> None:
        wait = seconds_to_wait(self._tries.get(email, Tries(0, 0.0)), time.monotonic())
        if wait:
            raise TooManyTries(seconds=wait)

    def failed(self, email: str) -> None:
        with self._lock:
            failed = self._tries.pop(email, Tries(0, 0.0)).failed + 1
            if len(self._tries) >= _REMEMBERED:
                self._tries.pop(next(iter(self._tries)))
            self._tries[email] = Tries(failed, time.monotonic())

    def succeeded(self, email: str) -> None:
        with self._lock:
            self._tries.pop(email, None)


_throttle = _Throttle()


def find_signed_in(connection: Connection, token: str, by_cookie: bool, now: int) -> SignedIn | None:
    """Who a session's or an API token's secret belongs to."""
    hashed = hash_token(token)
    return store.find_by_session(connection, hashed, now) if by_cookie else store.find_by_token(connection, hashed)


def require_admin(actor: Actor) -> None:
    """Raises `AdminOnly`."""
    if not (actor.is_admin or actor.trusted):
        raise AdminOnly


def set_up(
    house: House, *, email: str, name: str, password: str, must_change: bool = False, locale: str | None = None
) -> int:
    """The first start: make the first administrator, who `must_change` a password that was not their own choice.

    Raises `AlreadySetUp`, `BadEmail`, `WeakPassword`.
    """
    email = clean_email(email)
    check_password(password, email)
    hashed = hash_password(password)

    def write(tx: Tx) -> int:
        if store.find_first_admin(tx.connection) is not None:
            raise AlreadySetUp
        account_id = _insert(
            tx, email, name, hashed, is_admin=True, may_open=True, must_change=must_change, locale=locale
        )
        tx.journal(Event(account_id, "people.set-up", subject_id=account_id))
        return account_id

    return house.write(write)


def sign_in(house: House, *, email: str, password: str) -> NewSession:
    """Check a password and open a session. Raises `WrongPassword`, `AccountBlocked`, `TooManyTries`."""
    email = email.strip().lower()
    _throttle.check(email)
    with house.reading() as connection:
        account = store.find_account_by_email(connection, email)
        hashed = store.find_password_hash(connection, account.id) if account else None
    if not verify_password(hashed, password) or account is None:
        _throttle.failed(email)
        raise WrongPassword
    if account.blocked_at is not None:
        raise AccountBlocked
    _throttle.succeeded(email)
    return NewSession(_open_session(house, account.id), account)


def _open_session(house: House, account_id: int) -> str:
    token, csrf = new_secret(), new_secret(24)

    def write(tx: Tx) -> None:
        store.insert_session(tx, account_id, hash_token(token), csrf, tx.at + SESSION_MICROS)
        tx.journal(Event(account_id, "people.signed-in", subject_id=account_id))

    house.write(write)
    return token


def sign_out(house: House, actor: Actor, token: str) -> None:
    """End one session."""

    def write(tx: Tx) -> None:
        store.delete_session(tx, hash_token(token))
        tx.journal(Event(actor.id, "people.signed-out", subject_id=actor.id))

    house.write(write)


def change_password(house: House, account_id: int, *, old: str, new: str) -> None:
    """Choose one's own password; every session of the account ends. Raises `WrongPassword`, `WeakPassword`."""
    with house.reading() as connection:
        account = store.find_account(connection, account_id)
        hashed = store.find_password_hash(connection, account_id)
    if account is None or not verify_password(hashed, old):
        raise WrongPassword
    check_password(new, account.email)
    fresh = hash_password(new)

    def write(tx: Tx) -> None:
        store.update_account(tx, account_id, password_hash=fresh, must_change_password=False)
        store.delete_sessions_of(tx, account_id)
        tx.journal(Event(account_id, "people.password-changed", subject_id=account_id))

    house.write(write)


def create_account(  # noqa: PLR0913 - each names one column of the form
    house: House,
    actor: Actor,
    *,
    email: str,
    name: str,
    is_admin: bool = False,
    may_open_projects: bool = False,
    password: str | None = None,
    locale: str | None = None,
) -> tuple[int, str]:
    """Make an account; returns its id and the first password to hand out (changed at the first sign-in).

    A given `password` is kept as it is. Raises `AdminOnly`, `EmailTaken`, `BadEmail`.
    """
    require_admin(actor)
    email = clean_email(email)
    first = password or first_password()
    hashed = hash_password(first)

    def write(tx: Tx) -> int:
        must_change = password is None
        options = {"is_admin": is_admin, "may_open": may_open_projects, "must_change": must_change, "locale": locale}
        account_id = _insert(tx, email, name, hashed, **options)  # type: ignore[arg-type]
        tx.journal(Event(actor.id, "people.account-created", subject_id=account_id))
        return account_id

    return house.write(write), first


def _insert(  # noqa: PLR0913 - the row of an account
    tx: Tx, email: str, name: str, hashed: str, *, is_admin: bool, may_open: bool, must_change: bool, locale: str | None
) -> int:
    if store.find_account_by_email(tx.connection, email) is not None:
        raise EmailTaken(email=email)
    try:
        return store.insert_account(
            tx,
            email=email,
            name=clean_name(name, email),
            password_hash=hashed,
            is_admin=is_admin,
            may_open_projects=may_open,
            must_change_password=must_change,
            locale=locale,
        )
    except IntegrityError as error:  # somebody else made the same account at the same moment
        raise EmailTaken(email=email) from error


def insert_first(tx: Tx, *, email: str, name: str, hashed: str, may_open: bool) -> int:
    """Insert an account with a first password, inside a transaction. Raises `EmailTaken`."""
    return _insert(tx, email, name, hashed, is_admin=False, may_open=may_open, must_change=True, locale=None)


def reset_password(house: House, actor: Actor, account_id: int) -> str:
    """Give an account a new first password, without e-mail; its sessions end. Raises `AdminOnly`, `AccountNotFound`."""
    require_admin(actor)
    first = first_password()
    hashed = hash_password(first)

    def write(tx: Tx) -> None:
        get_account(tx, account_id)
        store.update_account(tx, account_id, password_hash=hashed, must_change_password=True)
        store.delete_sessions_of(tx, account_id)
        tx.journal(Event(actor.id, "people.password-reset", subject_id=account_id))

    house.write(write)
    return first


def block_account(house: House, actor: Actor, account_id: int, *, blocked: bool) -> None:
    """Block an account (its sessions end, its work stays) or let it in again. Raises `AdminOnly`, `LastAdmin`."""
    require_admin(actor)

    def write(tx: Tx) -> None:
        get_account(tx, account_id)
        if blocked:
            keep_an_admin(tx, account_id)
        store.update_account(tx, account_id, blocked_at=tx.at if blocked else None)
        if blocked:
            store.delete_sessions_of(tx, account_id)
        tx.journal(Event(actor.id, "people.blocked" if blocked else "people.unblocked", subject_id=account_id))

    house.write(write)


def keep_an_admin(tx: Tx, account_id: int) -> None:
    """Refuse to lose this account if nobody else could run the house. Raises `LastAdmin`."""
    if store.lock_admins(tx) == [account_id]:
        raise LastAdmin


def get_account(tx: Tx, account_id: int) -> Account:
    """Raises `AccountNotFound`."""
    account = store.find_account(tx.connection, account_id)
    if account is None:
        raise AccountNotFound(email=account_id)
    return account


def account_ids_of(house: House, emails: Iterable[str]) -> list[int]:
    """The accounts of these addresses, in their order. Raises `AccountNotFound`."""
    found: list[int] = []
    with house.reading() as connection:
        for email in emails:
            account = store.find_account_by_email(connection, email)
            if account is None:
                raise AccountNotFound(email=email[:80])
            found.append(account.id)
    return found


def get_actor(house: House, email: str | None) -> Actor:
    """The account that a command acts as: the given one, or the first administrator. It is trusted with the home."""
    with house.reading() as connection:
        account = store.find_account_by_email(connection, email) if email else store.find_first_admin(connection)
    if account is None:
        raise AccountNotFound(email=email or "admin")
    return Actor(account.id, account.name, account.email, account.is_admin, account.locale, trusted=True)
