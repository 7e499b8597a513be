"""Connections are named by administrators, their secrets told to nobody, and drawn from by whom they are granted to."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import select

from guiju.feeds import ConnectionKind, add_connection
from guiju.feeds.connections.actions import change_connection, get_connection, list_connections, place_of
from guiju.feeds.connections.errors import (
    AddressHasSecret,
    BadAddress,
    BadSecretReference,
    PathNotAllowed,
    SecretMissing,
)
from guiju.feeds.connections.rules import check_reference, read_address
from guiju.kit import Refusal, new_id
from guiju.people import AdminOnly
from guiju.storage import House, metadata, work_jobs
from tests.data.conftest import picture_bytes
from tests.feeds.conftest import HANDLERS, Drawer
from tests.support.cast import Cast

Client = TestClient[Litestar]
SECRET = "correct-horse-battery"
DESK = "postgresql://reader@127.0.0.1:9/desk"


@pytest.mark.parametrize(
    ("kind", "address", "refusal"),
    [
        (ConnectionKind.POSTGRESQL, "postgresql://reader:pw@db/desk", AddressHasSecret),
        (ConnectionKind.POSTGRESQL, "postgresql://reader@db/desk?password=pw", AddressHasSecret),
        (ConnectionKind.POSTGRESQL, "postgresql://reader@db/desk?options=-c%20x", BadAddress),
        (ConnectionKind.POSTGRESQL, "mysql://reader@db/desk", BadAddress),
        (ConnectionKind.POSTGRESQL, "postgresql://db/desk", BadAddress),
        (ConnectionKind.POSTGRESQL, "postgresql://reader@db:port/desk", BadAddress),
        (ConnectionKind.MYSQL, "mysql://reader@db", BadAddress),
        (ConnectionKind.OBJECTS, "s3://bucket?secret_access_key=x", AddressHasSecret),
        (ConnectionKind.OBJECTS, "https://bucket", BadAddress),
        (ConnectionKind.FOLDER, "relative", BadAddress),
        (ConnectionKind.FOLDER, "/srv/../etc", BadAddress),
        (ConnectionKind.SQLITE, "", BadAddress),
    ],
)
def test_an_address_that_is_none_or_holds_a_secret_is_refused(
    kind: ConnectionKind, address: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as caught:
        read_address(kind, address)
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize(
    "reference", ["env:PATH", "env:GUIJU_DATABASE", "file:/etc/shadow", "file:../guiju.db", "file:"]
)
def test_not_any_variable_or_file_of_the_server_can_be_a_secret(reference: str) -> None:
    with pytest.raises(BadSecretReference):
        check_reference(reference)


def test_a_secret_lies_in_a_file_that_only_the_server_reads_and_is_told_nowhere(
    cast: Cast, client: Client, house: House
) -> None:
    headers = cast.sign_in(client, "admin")
    told = {"id": new_id(), "name": "Desk", "kind": "postgresql", "address": DESK, "secret": SECRET}
    made = client.post("/api/v1/connections", json=told, headers=headers)
    assert (made.status_code, made.json()["secret"]) == (201, "house")
    number = made.json()["id"]
    [kept] = (house.home / "secrets").iterdir()
    assert (stat.S_IMODE(kept.stat().st_mode), stat.S_IMODE(kept.parent.stat().st_mode)) == (0o600, 0o700)
    checked = client.post(f"/api/v1/connections/{number}/check", headers=headers)
    assert checked.json()["fault"]["code"] == "well-unreachable"
    pages = ["/api/v1/connections", f"/people/connections/{number}", "/people/connections"]
    for answer in (made, checked, *(client.get(page) for page in pages)):
        assert answer.status_code < 300
        assert SECRET not in answer.text
    assert not list(_rows_that_say(house, SECRET))
    assert client.delete(f"/api/v1/connections/{number}", headers=headers).status_code == 204
    assert not list((house.home / "secrets").iterdir())


def _rows_that_say(house: House, word: str) -> Iterator[object]:
    with house.reading() as connection:
        for table in metadata.sorted_tables:
            yield from (row for row in connection.execute(select(table)) if word in str(tuple(row)))


def test_a_secret_may_be_a_variable_or_a_file_and_is_asked_for_when_it_is_gone(
    cast: Cast, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    about: dict[str, Any] = {"kind": ConnectionKind.POSTGRESQL, "address": DESK}
    for name, reference in (("a", "env:GUIJU_SECRET_DESK"), ("b", "file:desk")):
        made = add_connection(house, cast.admin, request_id=new_id(), name=name, secret=reference, **about)
        with pytest.raises(SecretMissing):
            place_of(house, get_connection(house, cast.admin, made))
    monkeypatch.setenv("GUIJU_SECRET_DESK", SECRET)
    (house.home / "secrets").mkdir()
    (house.home / "secrets" / "desk").write_text(SECRET + "\n", encoding="utf-8")
    assert [place_of(house, one).secret for one in list_connections(house, cast.admin)] == [SECRET, SECRET]


def test_a_new_address_has_to_be_given_its_secret(cast: Cast, house: House) -> None:
    """Else whoever changes it could have the old one sent to a host of their own."""
    about: dict[str, Any] = {"kind": ConnectionKind.POSTGRESQL, "address": DESK, "secret": SECRET}
    made = add_connection(house, cast.admin, request_id=new_id(), name="Desk", **about)
    change_connection(house, cast.admin, made, name="Service desk")
    assert place_of(house, get_connection(house, cast.admin, made)).secret == SECRET
    change_connection(house, cast.admin, made, address=DESK.replace("9", "10"))
    assert place_of(house, get_connection(house, cast.admin, made)).secret is None


def test_the_server_s_own_disk_is_named_on_the_server_or_below_what_its_operator_opened(
    cast: Cast, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = tmp_path / "opened"
    opened.mkdir()
    (opened / "home").symlink_to(house.home)

    def name(path: Path, *, trusted: bool = False) -> int:
        about: dict[str, Any] = {"name": new_id(), "kind": ConnectionKind.FOLDER, "address": str(path)}
        return add_connection(house, replace(cast.admin, trusted=trusted), request_id=new_id(), **about)

    with pytest.raises(PathNotAllowed):
        name(opened)
    assert name(opened / "a", trusted=True)
    monkeypatch.setenv("GUIJU_FOLDERS", str(opened))
    assert name(opened)
    for home in (house.home, house.home / "blobs", house.home.parent, opened / "home"):
        with pytest.raises(PathNotAllowed):
            name(home, trusted=True)


def test_nobody_but_administrators_names_connections(cast: Cast, house: House, client: Client) -> None:
    for who in (cast.zhou, cast.mallory):
        with pytest.raises(AdminOnly):
            list_connections(house, who)
    headers = cast.sign_in(client, "zhou")
    assert client.get("/people/connections").status_code == 403
    assert client.post("/api/v1/connections", json={}, headers=headers).status_code in {400, 403}


def test_a_connection_is_known_to_nobody_to_whose_project_it_is_not_granted(
    drawer: Drawer, desk: Path, client: Client
) -> None:
    cast = drawer.cast
    connection = drawer.connect(ConnectionKind.SQLITE, str(desk), name="Secret desk")
    other = cast.another_project()
    headers = cast.sign_in(client, "zhou")
    [granted] = client.get(f"/api/v1/projects/{cast.project}/connections").json()
    assert granted == {"id": connection, "name": "Secret desk", "kind": "sqlite"}
    assert client.get(f"/api/v1/projects/{other}/connections").json() == []
    told: Any = {"id": new_id(), "connection": connection, "query": "SELECT 1", "mapping": {}}
    refused = client.post(f"/api/v1/projects/{other}/feeds", json=told, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (404, "connection-not-found")
    cast.sign_in(client, "lin")
    for page in ("feeds", "feeds/aside", "feeds/new"):
        assert client.get(f"/projects/{cast.project}/{page}").status_code == 403
    assert "Secret desk" not in client.get(f"/projects/{cast.project}/data").text


def test_a_feed_by_its_pages_from_the_query_to_the_items(drawer: Drawer, desk: Path, client: Client) -> None:
    cast = drawer.cast
    connection = drawer.connect(ConnectionKind.SQLITE, str(desk))
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    form = {"csrf": csrf, "connection": str(connection), "query": "DELETE FROM message", "name": "Calls"}
    refused = client.post(f"/projects/{cast.project}/feeds", data=form)
    assert (refused.status_code, "DELETE" in refused.text) == (422, True)
    form["query"] = "SELECT id, content FROM message ORDER BY id"
    bring = client.post(f"/projects/{cast.project}/feeds", data=form, follow_redirects=False).headers["location"]
    seen = client.get(bring)
    assert "我要退款" in seen.text
    upload = bring.rpartition("/")[2]
    said = {"csrf": csrf, "mapped": "1", "media": "text", "text": "content", "name": "id", "upload": upload}
    then = seen.text.partition('id="bring" class="cols" method="post" action="')[2].partition('"')[0]
    page = client.post(then, data={**said, "owner": "星河"}, follow_redirects=False).headers["location"]
    work_jobs(cast.house, HANDLERS)
    shown = client.get(page)
    assert (shown.status_code, drawer.texts()) == (200, ["m1: 我要退款", "m2: 包裹在哪里", "m3: 谢谢"])
    source = drawer.report(int(page.rpartition("/")[2])).line.sources[0].source
    assert source.owner == "星河"
    assert "Calls" in client.get(f"/projects/{cast.project}/sources/{source.id}/feed").text
    assert not list(cast.house.scratch.iterdir()), "the sample is gone"


def test_a_feed_by_the_api_is_stopped_started_and_told(drawer: Drawer, inbox: Path, client: Client) -> None:
    cast = drawer.cast
    connection = drawer.connect(ConnectionKind.FOLDER, str(inbox))
    headers = cast.sign_in(client, "gao")
    (inbox / "a.csv").write_text("id,text\n1,one\n", encoding="utf-8")
    api = f"/api/v1/projects/{cast.project}"
    seen = client.post(f"{api}/feed-previews", json={"connection": connection}, headers=headers).json()
    assert (seen["header"], seen["taken"]) == (["id", "text"], 1)
    told = {"id": new_id(), "connection": connection, "mapping": {"text": "text"}, "every": 5}
    made = client.post(f"{api}/feeds", json=told, headers=headers).json()
    drawer.work()
    [line] = client.get(f"{api}/feeds").json()
    assert (line["id"], line["every"], line["running"], line["mapping"]) == (made["feed"], 5, True, {"text": "text"})
    feed = f"{api}/feeds/{made['feed']}"
    assert client.get(feed).json()["waiting"][0]["name"] == "a.csv"
    client.post(f"{feed}/state", json={"running": False}, headers=headers)
    refused = client.post(f"{feed}/look", json={"id": new_id()}, headers=headers)
    assert refused.json()["code"] == "feed-stopped"
    started = client.post(f"{feed}/state", json={"running": True, "every": 9}, headers=headers).json()
    assert (started["feed"]["every"], started["feed"]["running"]) == (9, True)
    bad = client.post(f"{feed}/state", json={"running": True, "every": -3}, headers=headers)
    assert bad.json()["code"] == "bad-interval"
    assert client.delete(feed, headers=headers).status_code == 204


def test_a_sample_of_a_folder_shows_pictures_and_tables_alike_as_they_will_be_brought(
    drawer: Drawer, inbox: Path, client: Client
) -> None:
    cast = drawer.cast
    (inbox / "a.csv").write_text("id,text\n1,one\n", encoding="utf-8")
    (inbox / "p.jpg").write_bytes(picture_bytes(1))
    connection = drawer.connect(ConnectionKind.FOLDER, str(inbox))
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    form = {"csrf": csrf, "connection": str(connection)}
    bring = client.post(f"/projects/{cast.project}/feeds", data=form, follow_redirects=False).headers["location"]
    seen = client.get(bring).text
    assert '<option value="all" selected>' in seen
    assert "What would be refused" not in seen
