"""SQL of API tokens."""

from sqlalchemy import Connection, insert, select, update

from guiju.people import tables as t
from guiju.people.tokens.model import ApiToken
from guiju.storage import Tx

_TOKEN = (t.api_token.c.id, t.api_token.c.name, t.api_token.c.created_at, t.api_token.c.revoked_at)


def list_tokens_of(connection: Connection, account_id: int) -> list[ApiToken]:
    """The account's tokens, the newest first."""
    mine = select(*_TOKEN).where(t.api_token.c.account_id == account_id)
    return [ApiToken(*row) for row in connection.execute(mine.order_by(t.api_token.c.id.desc()))]


def insert_token(tx: Tx, account_id: int, name: str, token_hash: str) -> int:
    values: dict[str, object] = {"account_id": account_id, "name": name, "token_hash": token_hash, "created_at": tx.at}
    return tx.insert(insert(t.api_token), values)


def revoke(tx: Tx, account_id: int, token_id: int) -> bool:
    """Whether the account had such a token that was not revoked yet."""
    mine = (t.api_token.c.id == token_id) & (t.api_token.c.account_id == account_id)
    live = mine & t.api_token.c.revoked_at.is_(None)
    return tx.execute(update(t.api_token).where(live).values(revoked_at=tx.at)).rowcount == 1
