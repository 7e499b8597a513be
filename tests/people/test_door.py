"""The door: the first start, signing in and out, the language, and one's own password."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar

from guiju.kit import new_id
from guiju.people import block_account, create_account, reset_password
from guiju.people.rules import FREE_TRIES, Tries, local_path, seconds_to_wait
from guiju.storage import House
from tests.support.cast import PASSWORD, Cast

FIRST = {"name": "周", "email": "zhou@guiju.test", "new": PASSWORD, "again": PASSWORD}


def enter(client: Any, email: str, password: str = PASSWORD, **more: str) -> Any:
    form = {"email": email, "password": password, **more}
    return client.post("/sign-in", data=form, follow_redirects=False)


@pytest.fixture
def english(client: Any) -> Iterator[Any]:
    client.headers["Accept-Language"] = "en"
    return client


def test_an_empty_house_asks_for_its_first_administrator(client: Any) -> None:
    assert client.get("/", follow_redirects=False).headers["location"] == "/first-start"
    answer = client.post("/first-start", data=FIRST, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/work")
    me = client.get("/api/v1/me").json()
    assert (me["name"], me["is_admin"]) == ("周", True)


def test_the_first_start_is_refused_afterwards(cast: Cast, client: Any) -> None:
    assert client.get("/first-start").status_code == 409
    assert client.post("/first-start", data=FIRST).status_code == 409


def test_two_different_passwords_are_refused_and_the_form_keeps_the_name(english: Any) -> None:
    answer = english.post("/first-start", data={**FIRST, "again": "something else"})
    assert answer.status_code == 422
    assert "not the same" in answer.text
    assert 'value="周"' in answer.text


def test_a_session_cookie_is_for_this_site_and_not_for_scripts(cast: Cast, client: Any) -> None:
    cookie = enter(client, "alice@guiju.test").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


def test_behind_a_proxy_with_https_the_cookie_is_secure(cast: Cast, client: Any) -> None:
    client.headers["X-Forwarded-Proto"] = "https"
    assert "; secure" in enter(client, "alice@guiju.test").headers["set-cookie"].lower()


def test_a_wrong_password_and_an_unknown_address_are_told_alike(cast: Cast, english: Any) -> None:
    wrong, unknown = enter(english, "alice@guiju.test", "wrong"), enter(english, "nobody@guiju.test")
    assert wrong.status_code == unknown.status_code == 401
    assert "do not belong together" in wrong.text
    assert wrong.text.replace("alice", "") == unknown.text.replace("nobody", "")


def test_too_many_failed_tries_make_the_next_one_wait(cast: Cast, client: Any) -> None:
    address = f"{new_id()}@guiju.test"
    for _ in range(FREE_TRIES):
        assert enter(client, address, "guess").status_code == 401
    assert enter(client, address, "guess").status_code == 429
    assert enter(client, "alice@guiju.test").status_code == 303, "others are not kept waiting"


def test_the_wait_doubles_up_to_five_minutes() -> None:
    waits = [seconds_to_wait(Tries(failed, 0.0), 0.0) for failed in (4, 5, 6, 7, 30)]
    assert waits == [0, 2, 4, 8, 300]


def test_signing_in_leads_where_one_was_going(cast: Cast, client: Any) -> None:
    assert enter(client, "alice@guiju.test", to="/projects/1/data?x=1").headers["location"] == "/projects/1/data?x=1"


@pytest.mark.parametrize("to", ["https://evil.test/", "//evil.test", "/\\evil.test", "/\t/evil.test", "evil", ""])
def test_no_link_leads_to_another_site(to: str, cast: Cast, client: Any) -> None:
    assert local_path(to, "/work") == "/work"
    assert enter(client, "alice@guiju.test", to=to).headers["location"] == "/work"
    assert client.get("/language/en", params={"to": to}, follow_redirects=False).headers["location"] == "/"


def test_another_site_cannot_sign_a_person_in(cast: Cast, client: Any) -> None:
    client.headers["Sec-Fetch-Site"] = "cross-site"
    assert enter(client, "alice@guiju.test").status_code == 403


def test_signing_out_ends_the_session(cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, "alice")
    kept = client.cookies["guiju_session"]
    assert client.post("/sign-out", data={"csrf": headers["X-CSRF-Token"]}, follow_redirects=False).status_code == 303
    client.cookies.set("guiju_session", kept)
    assert client.get("/api/v1/me").status_code == 401


def test_signing_out_by_another_site_is_refused(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "alice")
    assert client.post("/sign-out", data={"csrf": "guessed"}).status_code == 403
    assert client.get("/api/v1/me").status_code == 200


def test_nobody_is_not_told_who_they_are(client: Any) -> None:
    answer = client.get("/api/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")


def test_the_language_is_kept(cast: Cast, client: Any) -> None:
    answer = client.get("/language/en", params={"to": "/sign-in"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "Sign in" in client.get("/sign-in").text


def test_an_unknown_language_changes_nothing(client: Any) -> None:
    answer = client.get("/language/tlh", follow_redirects=False)
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers


def test_a_first_password_must_be_changed_before_anything_else(cast: Cast, client: Any) -> None:
    _, first = create_account(cast.house, cast.admin, email="new@guiju.test", name="New")
    assert enter(client, "new@guiju.test", first).headers["location"] == "/account/password"
    assert client.get("/account", follow_redirects=False).headers["location"] == "/account/password"
    form = {"csrf": client.get("/api/v1/me").json()["csrf"], "password": first, "new": PASSWORD, "again": PASSWORD}
    answer = client.post("/account/password", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/work")
    assert client.get("/account").status_code == 200


def test_a_new_password_needs_the_present_one(cast: Cast, client: Any) -> None:
    csrf = cast.sign_in(client, "alice")["X-CSRF-Token"]
    form = {"csrf": csrf, "password": "wrong", "new": "another sentence", "again": "another sentence"}
    assert client.post("/account/password", data=form).status_code == 401
    assert enter(client, "alice@guiju.test").status_code == 303


def test_a_changed_password_ends_the_other_sessions(cast: Cast, app: Litestar, client: Any) -> None:
    headers = cast.sign_in(client, "alice")
    elsewhere = client.cookies["guiju_session"]
    csrf = cast.sign_in(client, "alice")["X-CSRF-Token"]
    form = {"csrf": csrf, "password": PASSWORD, "new": "another sentence", "again": "another sentence"}
    assert client.post("/account/password", data=form, follow_redirects=False).status_code == 303
    assert client.get("/api/v1/me").status_code == 200
    client.cookies.clear()
    client.cookies.set("guiju_session", elsewhere)
    assert client.get("/api/v1/me", headers=headers).status_code == 401


def test_a_blocked_person_is_out_at_once_and_cannot_come_back(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "alice")
    block_account(cast.house, cast.admin, cast.alice.id, blocked=True)
    assert client.get("/api/v1/me").status_code == 401
    assert enter(client, "alice@guiju.test").status_code == 403
    block_account(cast.house, cast.admin, cast.alice.id, blocked=False)
    assert enter(client, "alice@guiju.test").status_code == 303


def test_a_reset_password_opens_only_the_page_to_change_it(cast: Cast, client: Any) -> None:
    first = reset_password(cast.house, cast.admin, cast.alice.id)
    assert enter(client, "alice@guiju.test").status_code == 401
    assert enter(client, "alice@guiju.test", first).headers["location"] == "/account/password"


def test_a_session_ends_by_itself(house: House, cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, "alice")
    house.write(lambda tx: tx.execute(_aged()))
    assert client.get("/api/v1/me", headers=headers).status_code == 401


def _aged() -> Any:
    from guiju.people.tables import session

    return session.update().values(expires_at=1)
