"""Accounts: what an administrator does with everybody's, and what nobody else may."""

from typing import Any

import pytest

from guiju.kit import PageRequest, new_id
from guiju.people import AdminOnly, block_account, create_account, find_account, sign_in
from guiju.people.accounts.actions import change_profile, change_rights, search_accounts
from guiju.people.errors import AccountBlocked, BadEmail, EmailTaken, LastAdmin
from tests.support.cast import PASSWORD, Cast

PAGES = ["/people", "/people/new", "/people/1", "/people/import", "/people/teams", "/people/teams/1"]
READS = ["/api/v1/accounts", "/api/v1/accounts/1", "/api/v1/teams"]
POSTS = [
    "/people/new",
    "/people/1/rights",
    "/people/1/reset",
    "/people/1/block",
    "/people/teams",
    "/people/teams/1",
    "/people/teams/1/members",
]
WRITES: list[tuple[str, str, dict[str, object]]] = [
    ("POST", "/api/v1/accounts", {"name": "X", "email": "x@guiju.test"}),
    ("PATCH", "/api/v1/accounts/1", {"blocked": True}),
    ("POST", "/api/v1/accounts/1/first-password", {}),
    ("POST", "/api/v1/teams", {"name": "X"}),
    ("PUT", "/api/v1/teams/1", {"name": "X"}),
    ("PUT", "/api/v1/teams/1/members/alice@guiju.test", {}),
    ("DELETE", "/api/v1/teams/1/members/alice@guiju.test", {}),
]
FORM = {"name": "X", "email": "alice@guiju.test"}


@pytest.mark.parametrize("name", ["mallory", "zhou"])
def test_nobody_but_an_administrator_sees_or_changes_accounts(name: str, cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, name)
    for path in [*PAGES, *READS]:
        assert client.get(path).status_code == 403, path
    for path in POSTS:
        answer = client.post(path, data={**FORM, "csrf": headers["X-CSRF-Token"]})
        assert answer.status_code == 403, path
    for method, path, body in WRITES:
        answer = client.request(method, path, json={"id": new_id(), **body}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "admin-only"), path


def test_whoever_is_not_signed_in_is_sent_to_sign_in_or_told_so(cast: Cast, client: Any) -> None:
    for path in [*PAGES, "/account"]:
        answer = client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?to={path}")
    for path in [*READS, "/api/v1/tokens"]:
        assert client.get(path).status_code == 401, path


def test_a_form_without_the_sessions_token_changes_nothing(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "admin")
    for path in POSTS:
        assert client.post(path, data={**FORM, "csrf": "guessed"}).status_code == 403, path
    for method, path, body in WRITES:
        assert client.request(method, path, json={"id": new_id(), **body}).status_code == 403, path


def test_an_administrator_sees_every_page(cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, "admin")
    client.post("/api/v1/teams", json={"id": new_id(), "name": "Night"}, headers=headers)
    for path in [*PAGES, "/account", "/account/password"]:
        assert client.get(path).status_code == 200, path


def test_a_new_account_shows_its_first_password_once(cast: Cast, client: Any) -> None:
    csrf = cast.sign_in(client, "admin")["X-CSRF-Token"]
    form = {"csrf": csrf, "name": "New", "email": "New@guiju.test", "may_open_projects": "1"}
    answer = client.post("/people/new", data=form)
    assert answer.status_code == 200
    assert "new@guiju.test" in answer.text
    again = client.post("/people/new", data=form)
    assert again.status_code == 409
    assert 'value="New@guiju.test"' in again.text


def test_an_address_has_one_account_however_it_is_written(cast: Cast) -> None:
    with pytest.raises(EmailTaken):
        create_account(cast.house, cast.admin, email=" ALICE@guiju.test", name="Another")
    with pytest.raises(BadEmail):
        create_account(cast.house, cast.admin, email="alice at guiju", name="Another")


def test_the_last_administrator_stays(cast: Cast) -> None:
    with pytest.raises(LastAdmin):
        block_account(cast.house, cast.admin, cast.admin.id, blocked=True)
    with pytest.raises(LastAdmin):
        change_rights(cast.house, cast.admin, cast.admin.id, is_admin=False)
    change_rights(cast.house, cast.admin, cast.zhou.id, is_admin=True)
    change_rights(cast.house, cast.admin, cast.admin.id, is_admin=False)
    with cast.house.reading() as connection:
        account = find_account(connection, cast.admin.id)
    assert account is not None
    assert not account.is_admin


def test_a_blocked_administrator_is_no_way_to_lose_the_last_one(cast: Cast) -> None:
    change_rights(cast.house, cast.admin, cast.zhou.id, is_admin=True)
    block_account(cast.house, cast.admin, cast.zhou.id, blocked=True)
    with pytest.raises(LastAdmin):
        change_rights(cast.house, cast.admin, cast.admin.id, is_admin=False)


def test_blocking_ends_the_sessions_and_keeps_the_account(cast: Cast) -> None:
    block_account(cast.house, cast.admin, cast.bob.id, blocked=True)
    with pytest.raises(AccountBlocked):
        sign_in(cast.house, email="bob@guiju.test", password=PASSWORD)
    with cast.house.reading() as connection:
        assert find_account(connection, cast.bob.id) is not None


def test_the_list_pages_by_name_and_searches_names_and_addresses(cast: Cast) -> None:
    first = search_accounts(cast.house, cast.admin, "", PageRequest(5))
    second = search_accounts(cast.house, cast.admin, "", PageRequest(200, first.cursor))
    names = [account.name for account in [*first.rows, *second.rows]]
    assert len(first.rows) == 5
    assert names == sorted(names)
    assert len(names) == 11
    assert [a.name for a in search_accounts(cast.house, cast.admin, "ALI", PageRequest()).rows] == ["Alice"]
    assert search_accounts(cast.house, cast.admin, "%", PageRequest()).rows == []


def test_a_made_up_place_in_the_list_is_refused(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "admin")
    for cursor in ("nonsense", "WzFd", "WyJhIiwiYiJd"):
        assert client.get("/api/v1/accounts", params={"cursor": cursor}).json()["code"] == "bad-cursor"


def test_only_an_administrator_gives_rights(cast: Cast) -> None:
    with pytest.raises(AdminOnly):
        change_rights(cast.house, cast.zhou, cast.zhou.id, is_admin=True)


def test_a_person_changes_their_own_name_and_language(cast: Cast, client: Any) -> None:
    csrf = cast.sign_in(client, "alice")["X-CSRF-Token"]
    answer = client.post("/account", data={"csrf": csrf, "name": " 爱  丽丝 ", "locale": "en"})
    assert answer.status_code == 200
    me = client.get("/api/v1/me").json()
    assert (me["name"], me["locale"]) == ("爱 丽丝", "en")


def test_a_language_that_is_not_ours_is_not_kept(cast: Cast) -> None:
    change_profile(cast.house, cast.alice, name="Alice", locale="tlh")
    with cast.house.reading() as connection:
        account = find_account(connection, cast.alice.id)
    assert account is not None
    assert account.locale is None


def test_the_api_blocks_and_resets(cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, "admin")
    path = f"/api/v1/accounts/{cast.bob.id}"
    blocked = client.patch(path, json={"id": new_id(), "blocked": True}, headers=headers).json()
    assert blocked["blocked_at"] is not None
    first = client.post(f"{path}/first-password", json={"id": new_id()}, headers=headers).json()
    client.patch(path, json={"id": new_id(), "blocked": False}, headers=headers)
    assert sign_in(cast.house, email="bob@guiju.test", password=first["first_password"]).account.must_change_password


def test_teams_are_made_named_and_filled(cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, "admin")
    wanted = {"id": new_id(), "name": "Night shift"}
    team = client.post("/api/v1/teams", json=wanted, headers=headers).json()
    assert client.post("/api/v1/teams", json=wanted, headers=headers).json()["id"] == team["id"]
    taken = client.post("/api/v1/teams", json={"id": new_id(), "name": "Night shift"}, headers=headers)
    assert taken.json()["code"] == "team-name-taken"
    path = f"/api/v1/teams/{team['id']}"
    assert client.put(path, json={"id": new_id(), "name": "夜班"}, headers=headers).json()["name"] == "夜班"
    assert client.put(f"{path}/members/bob@guiju.test", headers=headers).json()["members"] == [cast.bob.id]
    assert "Bob" in client.get(f"/people/teams/{team['id']}").text
    assert client.delete(f"{path}/members/bob@guiju.test", headers=headers).json()["members"] == []
    assert client.put(f"{path}/members/nobody@guiju.test", headers=headers).json()["code"] == "account-not-found"
