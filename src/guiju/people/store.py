"""SQL of accounts, sessions, tokens and teams."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, tuple_, update

from guiju.kit import Page, PageRequest, decode_cursor, encode_cursor
from guiju.kit.paging import BadCursor
from guiju.people import tables as t
from guiju.people.model import Account
from guiju.site import SignedIn
from guiju.storage import Prepared, Tx

_ACCOUNT = (
    t.account.c.id,
    t.account.c.email,
    t.account.c.name,
    t.account.c.is_admin,
    t.account.c.may_open_projects,
    t.account.c.must_change_password,
    t.account.c.locale,
    t.account.c.blocked_at,
    t.account.c.created_at,
)
_BY_SESSION = Prepared(
    select(*_ACCOUNT, t.session.c.csrf, t.session.c.expires_at)
    .join_from(t.session, t.account)
    .where(t.session.c.token_hash == bindparam("token_hash"))
)
_BY_TOKEN = Prepared(
    select(*_ACCOUNT)
    .join_from(t.api_token, t.account)
    .where(t.api_token.c.token_hash == bindparam("token_hash"), t.api_token.c.revoked_at.is_(None))
)

_TEAMS_OF = Prepared(
    select(t.team_member.c.team_id)
    .where(t.team_member.c.account_id == bindparam("account_id"))
    .order_by(t.team_member.c.team_id)
)


def account_of(row: Sequence[Any]) -> Account:
    account_id, email, name, is_admin, may_open, must_change, *rest = row[: len(_ACCOUNT)]
    return Account(account_id, email, name, bool(is_admin), bool(may_open), bool(must_change), *rest)


def find_by_session(connection: Connection, token_hash: str, now: int) -> SignedIn | None:
    """Who a live session belongs to."""
    row = _BY_SESSION.first(connection, {"token_hash": token_hash})
    if row is None:
        return None
    *_, csrf, expires_at = row
    account = account_of(row)
    return SignedIn(account.actor, csrf, account.must_change_password) if _is_live(account, expires_at, now) else None


def _is_live(account: Account, expires_at: int, now: int) -> bool:
    return account.blocked_at is None and expires_at >= now


def find_by_token(connection: Connection, token_hash: str) -> SignedIn | None:
    """Who an API token that was not revoked belongs to."""
    row = _BY_TOKEN.first(connection, {"token_hash": token_hash})
    account = account_of(row) if row else None
    if account is None or account.blocked_at is not None:
        return None
    return SignedIn(account.actor, None, account.must_change_password)


def find_account(connection: Connection, account_id: int) -> Account | None:
    row = connection.execute(select(*_ACCOUNT).where(t.account.c.id == account_id)).first()
    return account_of(row) if row else None


def find_account_by_email(connection: Connection, email: str) -> Account | None:
    row = connection.execute(select(*_ACCOUNT).where(t.account.c.email == email.strip().lower())).first()
    return account_of(row) if row else None


def find_password_hash(connection: Connection, account_id: int) -> str | None:
    return connection.execute(select(t.account.c.password_hash).where(t.account.c.id == account_id)).scalar()


def find_first_admin(connection: Connection) -> Account | None:
    admins = select(*_ACCOUNT).where(t.account.c.is_admin, t.account.c.blocked_at.is_(None))
    row = connection.execute(admins.order_by(t.account.c.id).limit(1)).first()
    return account_of(row) if row else None


def lock_admins(tx: Tx) -> list[int]:
    """The administrators who can sign in, kept as they are until the transaction ends."""
    admins = select(t.account.c.id).where(t.account.c.is_admin, t.account.c.blocked_at.is_(None))
    return list(tx.execute(admins.order_by(t.account.c.id).with_for_update()).scalars())


def list_accounts(connection: Connection) -> list[Account]:
    return [account_of(row) for row in connection.execute(select(*_ACCOUNT).order_by(t.account.c.name, t.account.c.id))]


def list_accounts_of(connection: Connection, account_ids: Iterable[int]) -> list[Account]:
    """These accounts, by name."""
    found = select(*_ACCOUNT).where(t.account.c.id.in_(list(account_ids)))
    return [account_of(row) for row in connection.execute(found.order_by(t.account.c.name, t.account.c.id))]


def page_accounts(connection: Connection, words: str, wanted: PageRequest) -> Page[Account]:
    """The accounts whose name or address contains `words`, by name."""
    name, account_id = t.account.c.name, t.account.c.id
    found = select(*_ACCOUNT).order_by(name, account_id).limit(wanted.size + 1)
    if words:
        found = found.where(or_(*(c.icontains(words, autoescape=True) for c in (name, t.account.c.email))))
    if wanted.cursor:
        found = found.where(tuple_(name, account_id) > tuple_(*_name_and_id(wanted.cursor)))
    accounts = [account_of(row) for row in connection.execute(found)]
    more = len(accounts) > wanted.size
    last = accounts[wanted.size - 1] if more else None
    return Page(accounts[: wanted.size], encode_cursor([last.name, last.id]) if last else None)


def _name_and_id(cursor: str) -> tuple[str, int]:
    match decode_cursor(cursor):
        case [str(name), int(account_id)]:
            return name, account_id
        case _:
            raise BadCursor(cursor=cursor[:40])


def emails_among(connection: Connection, emails: list[str]) -> set[str]:
    """Which of these addresses have an account."""
    return set(connection.execute(select(t.account.c.email).where(t.account.c.email.in_(emails))).scalars())


def insert_account(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.account), {"created_at": tx.at, **values})


def update_account(tx: Tx, account_id: int, **values: object) -> None:
    tx.execute(update(t.account).where(t.account.c.id == account_id).values(**values))


def insert_session(tx: Tx, account_id: int, token_hash: str, csrf: str, expires_at: int) -> None:
    values = {"token_hash": token_hash, "account_id": account_id, "csrf": csrf, "created_at": tx.at}
    tx.execute(insert(t.session), {**values, "expires_at": expires_at})


def delete_session(tx: Tx, token_hash: str) -> None:
    tx.execute(delete(t.session).where(t.session.c.token_hash == token_hash))


def delete_sessions_of(tx: Tx, account_id: int) -> None:
    tx.execute(delete(t.session).where(t.session.c.account_id == account_id))


def team_ids_of(connection: Connection, account_id: int) -> list[int]:
    """The teams an account belongs to."""
    return [row[0] for row in _TEAMS_OF.rows(connection, {"account_id": account_id})]
