"""Data over HTTP: uploads, pages, files; for members, never for the stranger."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from PIL import Image

from guiju.data import JOBS, item_ids, take_back_source
from guiju.kit import new_id
from guiju.storage import work_jobs
from tests.data.conftest import Importer, picture_bytes

Write = Callable[[str, bytes | str], Path]
Client = TestClient[Litestar]


@pytest.fixture
def picture(importer: Importer, write: Write) -> int:
    """The id of a landed picture."""
    importer.run(write("folder/one.jpg", picture_bytes(1, (800, 400))).parent)
    with importer.house.reading() as connection:
        return item_ids(connection, importer.cast.project)[0]


def test_a_file_larger_than_any_other_request_streams_in_by_the_api(importer: Importer, client: Client) -> None:
    cast = importer.cast
    headers = cast.sign_in(client, "gao")
    content = "text\n" + "\n".join(f"{n} " + "x" * 600 for n in range(20_000))
    assert len(content) > 12_000_000
    address = f"/api/v1/projects/{cast.project}/sources?filename=a.csv&name=Calls&id={new_id()}"
    answer = client.post(address, content=content.encode(), headers=headers)
    assert answer.status_code == 202, answer.text
    work_jobs(importer.house, JOBS)
    job = client.get(f"/api/v1/jobs/{answer.json()['job']}").json()
    assert (job["state"], job["done"], job["outcome"]["taken"]) == ("done", 20_000, 20_000)
    sources = client.get(f"/api/v1/projects/{cast.project}/sources").json()["sources"]
    assert [(s["name"], s["taken"]) for s in sources] == [("Calls", 20_000)]
    assert not list(importer.house.scratch.iterdir()), "the server's copy is gone"


def test_a_refused_upload_is_told_at_once_and_leaves_no_copy(importer: Importer, client: Client) -> None:
    headers = importer.cast.sign_in(client, "gao")
    address = f"/api/v1/projects/{importer.cast.project}/sources?filename=a.csv&text=body&id={new_id()}"
    answer = client.post(address, content=b"a,b\n1,2\n", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "column-missing")
    assert not list(importer.house.scratch.iterdir())


def test_items_page_by_cursor_in_either_order(importer: Importer, client: Client, write: Write) -> None:
    importer.run(write("a.csv", "id,text\n" + "\n".join(f"n{n % 7}-{n},text {n}" for n in range(25))))
    importer.cast.sign_in(client, "lin")
    for sort in ("id", "name"):
        names: list[str] = []
        cursor = ""
        while cursor is not None:
            address = f"/api/v1/projects/{importer.cast.project}/items?limit=10&sort={sort}"
            answer = client.get(address + (f"&cursor={cursor}" if cursor else "")).json()
            names += [item["name"] for item in answer["items"]]
            cursor = answer["cursor"]
        assert len(set(names)) == 25
        assert sort == "id" or names == sorted(names)
    found = client.get(f"/api/v1/projects/{importer.cast.project}/items?prefix=n3-").json()["items"]
    assert {item["name"] for item in found} == {"n3-3", "n3-10", "n3-17", "n3-24"}


def test_a_form_with_several_files_imports_them_as_one_source(importer: Importer, client: Client) -> None:
    cast = importer.cast
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    files: Any = [
        ("file", ("plates/a.jpg", picture_bytes(1), "image/jpeg")),
        ("file", ("plates/../../b.jpg", picture_bytes(2), "image/jpeg")),
    ]
    address = f"/projects/{cast.project}/data"
    answer = client.post(address, data={"csrf": csrf}, files=files, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    answer = client.post(answer.headers["location"], data={"csrf": csrf, "rights": "general"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    work_jobs(importer.house, JOBS)
    names = [item["name"] for item in client.get(f"/api/v1/projects/{cast.project}/items").json()["items"]]
    assert sorted(names) == ["plates/a.jpg", "plates/b.jpg"]
    page = client.get(address).text
    assert "plates" in page


def test_a_form_without_its_token_or_file_is_refused(importer: Importer, client: Client) -> None:
    csrf = importer.cast.sign_in(client, "zhou")["X-CSRF-Token"]
    address, files = f"/projects/{importer.cast.project}/data", {"file": ("a.txt", b"one", "text/plain")}
    assert client.post(address, data={"csrf": "forged"}, files=files).status_code == 403
    empty = {"file": ("", b"", "application/octet-stream")}
    assert client.post(address, data={"csrf": csrf}, files=empty).status_code == 422
    assert not list(importer.house.scratch.iterdir())


def test_the_pages_show_sources_leftovers_and_items(importer: Importer, client: Client, write: Write) -> None:
    job = importer.run(write("a.csv", "id,text\nm1,=1+1\nm1,=1+1\n=x,\n"))
    source, project = (job.outcome or {})["source"], importer.cast.project
    importer.cast.sign_in(client, "zhou")
    for language in ("en", "zh-Hans"):
        for to in (
            "data",
            f"sources/{source}",
            f"sources/{source}/line",
            "items",
            "items?sort=name&prefix=m",
            "items/1",
        ):
            address = f"/projects/{project}/{to}"
            answer = client.get(address, headers={"Accept-Language": language})
            assert answer.status_code == 200, (to, answer.text)
    client.cookies.set("guiju_locale", "en")
    assert "The same content is already here as “m1”." in client.get(f"/projects/{project}/sources/{source}").text
    listed = client.get(f"/projects/{project}/sources/{source}/leftovers.csv").text
    assert listed.splitlines()[2].startswith("4,'=x,text-empty,Its text is empty."), listed


def test_a_picture_is_sent_whole_or_in_part_and_shut_in(importer: Importer, client: Client, picture: int) -> None:
    importer.cast.sign_in(client, "alice")
    whole = client.get(f"/media/items/{picture}")
    assert whole.content == importer.house.blobs.read(whole.headers["etag"].strip('"'))
    assert whole.headers["content-type"] == "image/jpeg"
    assert whole.headers["content-security-policy"].startswith("sandbox")
    assert whole.headers["x-content-type-options"] == "nosniff"
    part = client.get(f"/media/items/{picture}", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert client.get(f"/media/items/{picture}", headers={"Range": "bytes=999999999-"}).status_code == 416
    again = client.get(f"/media/items/{picture}", headers={"If-None-Match": whole.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_thumbnail_is_small_and_a_tiff_is_shown_as_png(
    importer: Importer, client: Client, write: Write, picture: int
) -> None:
    importer.run(write("b.tiff", picture_bytes(2, kind="TIFF")))
    importer.cast.sign_in(client, "hu")
    with Image.open(BytesIO(client.get(f"/media/items/{picture}/thumb").content)) as small:
        assert small.size == (320, 160)
    shown = client.get(f"/media/items/{picture + 1}")
    assert (shown.headers["content-type"], shown.content[:4]) == ("image/png", b"\x89PNG")


def test_the_stranger_is_refused_everywhere(importer: Importer, client: Client, picture: int) -> None:
    project = importer.cast.project
    headers = importer.cast.sign_in(client, "mallory")
    for to in (
        f"/media/items/{picture}",
        f"/media/items/{picture}/thumb",
        f"/projects/{project}/data",
        f"/projects/{project}/items",
        f"/projects/{project}/items/{picture}",
        f"/projects/{project}/sources/1",
        f"/projects/{project}/sources/1/leftovers.csv",
        f"/api/v1/projects/{project}/sources",
        f"/api/v1/projects/{project}/items",
        f"/api/v1/projects/{project}/sources/1/leftovers",
        f"/api/v1/items/{picture}",
        "/api/v1/jobs/1",
    ):
        assert client.get(to).status_code == 404, to
    address = f"/api/v1/projects/{project}/sources?filename=a.txt&id={new_id()}"
    assert client.post(address, content=b"one", headers=headers).status_code == 404
    form = {"csrf": headers["X-CSRF-Token"]}
    posted = client.post(f"/projects/{project}/data", data=form, files={"file": ("a.txt", b"one", "text/plain")})
    assert posted.status_code == 404
    assert client.post("/api/v1/jobs/1/cancel", headers=headers).status_code == 404
    assert client.post(f"/projects/{project}/sources/1/take-back", data=form).status_code == 404
    assert not list(importer.house.scratch.iterdir())


def test_an_annotator_may_not_bring_or_take_back_data(importer: Importer, client: Client, picture: int) -> None:
    headers = importer.cast.sign_in(client, "alice")
    address = f"/api/v1/projects/{importer.cast.project}/sources"
    assert client.post(f"{address}?filename=a.txt&id={new_id()}", content=b"one", headers=headers).status_code == 403
    assert client.post(f"{address}/1/take-back", json={"id": new_id()}, headers=headers).status_code == 403
    assert client.get(f"/media/items/{picture}").status_code == 200


def test_what_was_taken_back_is_not_there_any_more(importer: Importer, client: Client, picture: int) -> None:
    cast = importer.cast
    take_back_source(importer.house, cast.zhou, cast.project, 1, request_id=new_id())
    cast.sign_in(client, "zhou")
    assert client.get(f"/media/items/{picture}").status_code == 404


def test_an_import_is_cancelled_by_the_api(importer: Importer, client: Client, write: Write) -> None:
    started = importer.ask(write("a.txt", "one"))
    headers = importer.cast.sign_in(client, "zhou")
    assert client.post(f"/api/v1/jobs/{started.job}/cancel", headers=headers).status_code == 202
    work_jobs(importer.house, JOBS)
    assert client.get(f"/api/v1/jobs/{started.job}").json()["state"] == "cancelled"
