"""The search page as a browser meets it: found, marked, set aside, kept; hostile words shown as they are."""

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.findings import JOBS
from guiju.findings.search import Search, search_items
from guiju.kit import PageRequest, new_id
from guiju.scenes import JOBS as SCENE_JOBS
from guiju.scenes import View, ask_to_make
from guiju.storage import work_jobs
from tests.inspection.build import import_texts
from tests.support.cast import Cast

Client = TestClient[Litestar]


@pytest.fixture
def page(cast: Cast, client: Client) -> str:
    """The address of the search page of a project with three texts, one of them hostile; zhou is signed in."""
    import_texts(cast, cast.project, ["申请退款 <script>alert(1)</script>", "=HYPERLINK(1) 退款单", "别的事情"])
    search_items(cast.house, cast.zhou, cast.project, Search(), PageRequest())
    work_jobs(cast.house, JOBS)
    cast.sign_in(client, "zhou")
    return f"/projects/{cast.project}/search"


def form(client: Client, page: str, to: str, **said: str | list[str]) -> int:
    csrf = client.get("/api/v1/me").json()["csrf"]
    answer = client.post(f"{page}/{to}", data={"csrf": csrf, **said}, follow_redirects=False)
    return answer.status_code


def test_words_are_marked_and_what_is_hostile_is_only_shown(client: Client, page: str) -> None:
    shown = client.get(page, params={"q": "退款"}).text
    assert shown.count("<mark>退款</mark>") == 2
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown


def test_the_result_is_taken_along_without_formulas(client: Client, page: str) -> None:
    lines = client.get(f"{page}.csv", params={"q": "退款"}).text.splitlines()
    assert len(lines) == 3
    assert ",'=HYPERLINK(1) 退款单" in lines[1]


def test_ticked_items_are_set_aside_and_come_back(client: Client, page: str) -> None:
    found = client.get(f"/api/v1{page}", params={"q": "事情"}).json()["found"]
    [item] = [str(one["item"]) for one in found]
    assert form(client, page, "asides", act="aside", item=item, request_id="one-request-1") == 303
    assert [one["item"] for one in client.get(f"/api/v1{page}", params={"state": "aside"}).json()["found"]] == [
        int(item)
    ]
    assert form(client, page, "asides", act="back", item=item, state="aside", request_id="one-request-2") == 303
    assert client.get(f"/api/v1{page}", params={"state": "aside"}).json()["found"] == []


def test_a_kept_search_is_a_link_that_everybody_sees(cast: Cast, client: Client, page: str) -> None:
    assert form(client, page, "kept", name="退款的", q="退款", request_id="one-request-3") == 303
    cast.sign_in(client, "lin")
    assert 'href="' + page + '?q=%E9%80%80%E6%AC%BE">退款的</a>' in client.get(page).text


@pytest.mark.parametrize("query", ["state=lost", "media=smell", "source=x", "q=" + "x" * 501, "cursor=nonsense"])
def test_a_broken_address_is_refused_by_name(client: Client, page: str, query: str) -> None:
    answer = client.get(f"/api/v1{page}?{query}")
    assert answer.status_code in {400, 422}
    assert answer.json()["code"] in {"search-unreadable", "bad-cursor"}
    assert answer.json()["next"]


def test_numbers_that_no_column_holds_are_refused_by_name(cast: Cast, client: Client, page: str) -> None:
    huge = 10**30
    headers = {"X-CSRF-Token": client.get("/api/v1/me").json()["csrf"]}
    told = client.post(
        f"/api/v1/projects/{cast.project}/asides", json={"id": "x" * 12, "items": [huge]}, headers=headers
    )
    # PostgreSQL compares with any number and finds none.
    assert (told.status_code, told.json().get("code")) in {(422, "number-too-large"), (201, None)}
    assert client.get(f"/api/v1/items/{huge}").status_code in {404, 422}
    assert client.get(f"{page}?source=999999999999999999").status_code == 200


def test_what_is_like_an_item_that_is_not_there_is_refused(cast: Cast, client: Client, page: str) -> None:
    ask_to_make(cast.house, cast.zhou, cast.project, View.TEXT, request_id=new_id())
    work_jobs(cast.house, SCENE_JOBS)
    for number in ("999999999", "9" * 30):
        answer = client.get(f"/api/v1{page}", params={"like": number})
        assert (answer.status_code, answer.json()["code"]) in {(404, "item-not-found"), (422, "number-too-large")}
