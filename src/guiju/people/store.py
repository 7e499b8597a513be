"""SQL of accounts, sessions, tokens and teams."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

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


def count_admins(connection: Connection) -> int:
    admins = select(func.count()).where(t.account.c.is_admin, t.account.c.blocked_at.is_(None))
    return connection.execute(admins).scalar_one()


def list_accounts(connection: Connection) -> list[Account]:
    return [account_of(row) for row in connection.execute(select(*_ACCOUNT).order_by(t.account.c.name, t.account.c.id))]


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
    found = select(t.team_member.c.team_id).where(t.team_member.c.account_id == account_id)
    return list(connection.execute(found.order_by(t.team_member.c.team_id)).scalars())
