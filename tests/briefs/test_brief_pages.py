"""The brief's pages and routes: the form keeps what was typed, the API says the same, the stranger is refused."""

import re
from typing import Any

import pytest

from guiju.briefs import parse_brief
from guiju.kit import new_id
from guiju.samples.documents import brief_text
from tests.support.cast import Cast

STEEL = brief_text("steel")


def _put(client: Any, cast: Cast, headers: dict[str, str], **values: Any) -> Any:
    body = {"id": new_id(), "document": STEEL, **values}
    return client.put(f"/api/v1/projects/{cast.project}/brief", json=body, headers=headers)


def test_the_api_saves_reads_and_signs(client: Any, cast: Cast) -> None:
    saved = _put(client, cast, cast.sign_in(client, "zhou"))
    assert saved.status_code == 200, saved.text
    assert (saved.json()["version"], saved.json()["revision"]) == (1, 1)
    assert [gap["code"] for gap in saved.json()["gaps"]] == ["question-open"]
    headers = cast.sign_in(client, "lin")
    body = {"id": new_id(), "version": 1, "revision": 1}
    signed = client.post(f"/api/v1/projects/{cast.project}/brief/sign", json=body, headers=headers)
    assert signed.json()["signed_by"] == cast.lin.id
    shown = client.get(f"/api/v1/projects/{cast.project}/brief").json()
    assert shown["document"] == STEEL
    assert shown["signed_at"]


def test_the_api_refuses_a_stale_save_by_name(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    _put(client, cast, headers)
    refused = _put(client, cast, headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "brief-is-stale")


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_the_form_shows_seven_facets_and_saves_what_is_typed(client: Any, cast: Cast, lang: str) -> None:
    headers = cast.sign_in(client, "zhou")
    page = client.get(f"/projects/{cast.project}/brief?lang={lang}")
    assert page.status_code == 200
    assert page.text.count("<textarea") == 14
    form = {
        "csrf": headers["X-CSRF-Token"], "version": "0", "revision": "0",
        "title.zh": "钢板", "what.zh": "在图像上框出六类缺陷", "volume": "1,200", "measure": "alpha", "at_least": "0.7",
        "rule": "lower95", "aql": "2.5", "level": "I", "due": "2027-03-28", "unit_price": "", "rights": "general",
        "question.text": ["第一问？", "", "第三问？"], "question.owner": ["林", "", "周"],
        "question.due": ["2027-01-02", "", ""], "question.answer": ["", "", "答"],
    }  # fmt: skip
    answer = client.post(f"/projects/{cast.project}/brief", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    brief = parse_brief(client.get(f"/api/v1/projects/{cast.project}/brief").json()["document"])
    assert (brief.figures.volume, brief.figures.agreement.rule, brief.figures.rights) == (1200, "lower95", "general")
    assert [(q.text, q.owner, q.answer) for q in brief.questions] == [("第一问？", "林", ""), ("第三问？", "周", "答")]
    assert brief.questions[0].due is not None


def test_a_refused_form_comes_back_with_everything_that_was_typed(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    form = {"csrf": headers["X-CSRF-Token"], "version": "4", "title.zh": "我刚写的", "what.zh": "一段很长的话"}
    figures = {
        "measure": "observed",
        "at_least": "0.8",
        "rule": "point",
        "aql": "1",
        "level": "II",
        "rights": "customer",
    }
    answer = client.post(f"/projects/{cast.project}/brief", data={**form, **figures}, follow_redirects=False)
    assert answer.status_code == 409
    assert "我刚写的" in answer.text
    assert "一段很长的话" in answer.text


def test_a_file_is_imported_and_given_back_as_it_was(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    fields = {"csrf": headers["X-CSRF-Token"], "version": "0", "revision": "0"}
    files = {"file": ("brief.yaml", ("# 一句注释\n" + STEEL).encode(), "application/yaml")}
    answer = client.post(f"/projects/{cast.project}/brief/import", data=fields, files=files, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert client.get(f"/projects/{cast.project}/brief/1/brief.yaml").text == "# 一句注释\n" + STEEL


def test_the_requester_signs_on_the_page(client: Any, cast: Cast) -> None:
    _put(client, cast, cast.sign_in(client, "zhou"))
    headers = cast.sign_in(client, "lin")
    assert f'action="/projects/{cast.project}/brief/sign"' in client.get(f"/projects/{cast.project}/brief").text
    form = {"csrf": headers["X-CSRF-Token"], "version": "1", "revision": "1"}
    assert client.post(f"/projects/{cast.project}/brief/sign", data=form, follow_redirects=False).status_code == 303
    page = client.get(f"/projects/{cast.project}/brief?lang=en").text
    assert re.search(r'class="tag good">signed', page)
    assert f'action="/projects/{cast.project}/brief/sign"' not in page


def test_who_may_not_write_reads_without_a_form(client: Any, cast: Cast) -> None:
    _put(client, cast, cast.sign_in(client, "zhou"))
    cast.sign_in(client, "alice")
    page = client.get(f"/projects/{cast.project}/brief")
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert "5,000" in page.text


@pytest.mark.parametrize("path", ["/projects/{}/brief", "/projects/{}/brief/1", "/projects/{}/brief/1/brief.yaml"])
def test_the_stranger_is_refused_on_every_page(client: Any, cast: Cast, path: str) -> None:
    _put(client, cast, cast.sign_in(client, "zhou"))
    headers = cast.sign_in(client, "mallory")
    assert client.get(path.format(cast.project)).status_code == 404
    assert client.get(f"/api/v1/projects/{cast.project}/brief").status_code == 404
    assert _put(client, cast, headers, version=1, revision=1).status_code == 404
