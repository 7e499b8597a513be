"""Making and revoking one's own API tokens."""

from guiju.kit import new_secret
from guiju.people.passwords import hash_token
from guiju.people.rules import clean_name
from guiju.people.tokens import store
from guiju.people.tokens.errors import TokenAlreadyMade, TokenNotFound
from guiju.people.tokens.model import ApiToken, NewToken
from guiju.storage import Actor, Event, House, Tx

PREFIX = "guiju_"


def list_tokens(house: House, actor: Actor) -> list[ApiToken]:
    """One's own tokens, the newest first; never their secrets."""
    with house.reading() as connection:
        return store.list_tokens_of(connection, actor.id)


def create_token(house: House, actor: Actor, *, request_id: str, name: str) -> NewToken:
    """Make a token that acts as its owner. Raises `TokenAlreadyMade` for a request that was sent before."""
    secret = PREFIX + new_secret()
    hashed, called = hash_token(secret), clean_name(name, "API")

    def make(tx: Tx) -> list[int | str]:
        token_id = store.insert_token(tx, actor.id, called, hashed)
        tx.journal(Event(actor.id, "people.token-created", subject_id=token_id))
        return [token_id, hashed]

    token_id, stored = house.write(lambda tx: tx.once(request_id, actor.id, "people.token", lambda: make(tx)))
    if stored != hashed:
        raise TokenAlreadyMade
    return NewToken(int(token_id), called, secret)


def revoke_token(house: House, actor: Actor, token_id: int) -> None:
    """End a token at once. Raises `TokenNotFound`."""

    def write(tx: Tx) -> None:
        if not store.revoke(tx, actor.id, token_id):
            raise TokenNotFound
        tx.journal(Event(actor.id, "people.token-revoked", subject_id=token_id))

    house.write(write)
