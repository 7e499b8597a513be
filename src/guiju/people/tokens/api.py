"""Routes about one's own API tokens."""

import msgspec
from litestar import delete, get, post
from litestar.params import FromPath, JSONBody

from guiju.people.tokens import actions
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class TokenOut(msgspec.Struct, frozen=True):
    id: int
    name: str
    created_at: int
    revoked_at: int | None


class NewTokenIn(msgspec.Struct, frozen=True):
    id: str
    name: str


class NewTokenOut(msgspec.Struct, frozen=True):
    """`secret` is told now and never again."""

    id: int
    name: str
    secret: str


@get("/tokens", sync_to_thread=True)
def list_tokens(request: AnyRequest) -> list[TokenOut]:
    tokens = actions.list_tokens(house_of(request), actor_of(request))
    return [TokenOut(token.id, token.name, token.created_at, token.revoked_at) for token in tokens]


@post("/tokens", sync_to_thread=True)
def create_token(request: AnyRequest, data: JSONBody[NewTokenIn]) -> NewTokenOut:
    made = actions.create_token(house_of(request), actor_of(request), request_id=data.id, name=data.name)
    return NewTokenOut(made.id, made.name, made.secret)


@delete("/tokens/{token_id:int}", sync_to_thread=True)
def revoke_token(request: AnyRequest, token_id: FromPath[int]) -> None:
    actions.revoke_token(house_of(request), actor_of(request), token_id)


API = [list_tokens, create_token, revoke_token]
