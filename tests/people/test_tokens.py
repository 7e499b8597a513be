"""API tokens: shown once, kept as digests, revocable."""

from typing import Any

import pytest
from sqlalchemy import select

from guiju.kit import new_id
from guiju.people import block_account, create_token, revoke_token
from guiju.people.passwords import hash_token
from guiju.people.tables import api_token
from guiju.people.tokens.errors import TokenAlreadyMade, TokenNotFound
from tests.support.cast import Cast


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_a_token_acts_as_its_owner_until_it_is_revoked(cast: Cast, client: Any) -> None:
    token = create_token(cast.house, cast.gao, request_id=new_id(), name="loader")
    me = client.get("/api/v1/me", headers=bearer(token.secret)).json()
    assert (me["email"], me["csrf"]) == ("gao@guiju.test", None)
    revoke_token(cast.house, cast.gao, token.id)
    assert client.get("/api/v1/me", headers=bearer(token.secret)).status_code == 401


def test_only_the_digest_of_a_token_is_kept(cast: Cast) -> None:
    token = create_token(cast.house, cast.gao, request_id=new_id(), name="loader")
    with cast.house.reading() as connection:
        row = connection.execute(select(api_token)).one()
    assert row.token_hash == hash_token(token.secret)
    assert token.secret not in [str(value) for value in row]


def test_a_token_cannot_be_shown_twice(cast: Cast) -> None:
    request_id = new_id()
    create_token(cast.house, cast.gao, request_id=request_id, name="loader")
    with pytest.raises(TokenAlreadyMade):
        create_token(cast.house, cast.gao, request_id=request_id, name="loader")


def test_nobody_revokes_the_token_of_another(cast: Cast, client: Any) -> None:
    token = create_token(cast.house, cast.gao, request_id=new_id(), name="loader")
    with pytest.raises(TokenNotFound):
        revoke_token(cast.house, cast.mallory, token.id)
    assert client.get("/api/v1/me", headers=bearer(token.secret)).status_code == 200


def test_the_token_of_a_blocked_account_is_refused(cast: Cast, client: Any) -> None:
    token = create_token(cast.house, cast.gao, request_id=new_id(), name="loader")
    block_account(cast.house, cast.admin, cast.gao.id, blocked=True)
    assert client.get("/api/v1/me", headers=bearer(token.secret)).status_code == 401


def test_a_write_by_token_needs_no_session_token(cast: Cast, client: Any) -> None:
    headers = bearer(create_token(cast.house, cast.gao, request_id=new_id(), name="loader").secret)
    made = client.post("/api/v1/tokens", json={"id": new_id(), "name": "second"}, headers=headers)
    assert made.status_code == 201
    assert client.get("/api/v1/me", headers=bearer(made.json()["secret"])).status_code == 200
    assert client.delete(f"/api/v1/tokens/{made.json()['id']}", headers=headers).status_code == 204
    listed = client.get("/api/v1/tokens", headers=headers).json()
    assert [(token["name"], token["revoked_at"] is None) for token in listed] == [("second", False), ("loader", True)]
    assert "secret" not in listed[0]


def test_the_account_page_shows_a_new_token_once(cast: Cast, client: Any) -> None:
    csrf = cast.sign_in(client, "gao")["X-CSRF-Token"]
    page = client.post("/account/tokens", data={"csrf": csrf, "name": "loader"}).text
    secret = page.split("guiju_", 1)[1].split("<", 1)[0]
    assert client.get("/api/v1/me", headers=bearer(f"guiju_{secret}")).status_code == 200
    assert secret not in client.get("/account").text


def test_a_page_of_another_site_makes_no_token(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "gao")
    assert client.post("/account/tokens", data={"csrf": "guessed", "name": "loader"}).status_code == 403
    assert client.post("/api/v1/tokens", json={"id": new_id(), "name": "loader"}).status_code == 403
    assert client.get("/api/v1/tokens").json() == []
