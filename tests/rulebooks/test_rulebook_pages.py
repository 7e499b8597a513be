"""The rulebook's pages and routes: read, written, published, compared; the stranger is refused."""

from typing import Any

import pytest

from guiju.kit import new_id
from guiju.samples.documents import rulebook_text
from tests.support.cast import Cast

STEEL, SERVICE = rulebook_text("steel"), rulebook_text("service")
BROKEN = STEEL.replace("'width >= 8 && height >= 8'", "'width >= 8 && heigth >= 8'")


def _draft(client: Any, cast: Cast, headers: dict[str, str], document: str, revision: int) -> Any:
    body = {"id": new_id(), "document": document, "revision": revision}
    return client.put(f"/api/v1/projects/{cast.project}/rulebook/draft", json=body, headers=headers)


def _publish(client: Any, cast: Cast, document: str = STEEL, revision: int = 0) -> int:
    headers = cast.sign_in(client, "zhou")
    assert _draft(client, cast, headers, document, revision).status_code == 200
    body = {"id": new_id()}
    made = client.post(f"/api/v1/projects/{cast.project}/rulebook/publish", json=body, headers=headers)
    assert made.status_code == 201, made.text
    return made.json()["id"]


def test_the_api_drafts_publishes_and_lists(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    draft = _draft(client, cast, headers, BROKEN, 0).json()
    assert [(each["code"], each["severity"]) for each in draft["problems"]] == [("expression-unknown-name", "error")]
    assert draft["problems"][0]["caret"].splitlines()[1] == " " * 14 + "^"
    assert draft["proposed"] is None
    made = _publish(client, cast, STEEL, 1)
    versions = client.get(f"/api/v1/projects/{cast.project}/rulebook/versions").json()["versions"]
    assert [(each["id"], each["version"]) for each in versions] == [(made, "1.0.0")]
    whole = client.get(f"/api/v1/projects/{cast.project}/rulebook/versions/{made}").json()
    assert whole["document"] == STEEL
    assert whole["rulebook"]["checks"][0]["expect"][0] == "and"


def test_the_api_refuses_a_stale_draft_by_name(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    _draft(client, cast, headers, STEEL, 0)
    refused = _draft(client, cast, headers, STEEL, 0)
    assert (refused.status_code, refused.json()["code"]) == (409, "rulebook-is-stale")


@pytest.mark.parametrize(
    ("lang", "name", "note"), [("zh-Hans", "裂纹", "典型划痕"), ("en", "Crack", "a plain scratch")]
)
def test_the_version_in_force_is_readable_in_both_languages(
    client: Any, cast: Cast, lang: str, name: str, note: str
) -> None:
    _publish(client, cast)
    cast.sign_in(client, "alice")
    page = client.get(f"/projects/{cast.project}/rulebook?lang={lang}").text
    assert name in page
    assert note in page
    assert "width &gt;= 3 * height" in page
    assert "/rulebook/edit" not in page


def test_the_editor_saves_lists_problems_and_publishes(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    form = {"csrf": headers["X-CSRF-Token"], "document": BROKEN, "revision": "0"}
    edit = f"/projects/{cast.project}/rulebook/edit"
    assert client.post(edit, data=form, follow_redirects=False).status_code == 303
    page = client.get(edit + "?lang=en").text
    assert "heigth" in page
    assert 'data-line="55"' in page
    assert "/rulebook/publish" not in page
    fixed = {**form, "document": STEEL, "revision": "1"}
    assert client.post(edit, data=fixed, follow_redirects=False).status_code == 303
    assert 'value="1.0.0"' in client.get(edit).text
    publish = {"csrf": headers["X-CSRF-Token"], "version": "1.0.0"}
    to = f"/projects/{cast.project}/rulebook/publish"
    assert client.post(to, data=publish, follow_redirects=False).status_code == 303
    assert client.get(f"/projects/{cast.project}/rulebook").status_code == 200


def _post(client: Any, cast: Cast, headers: dict[str, str], document: str, revision: int) -> Any:
    form = {"csrf": headers["X-CSRF-Token"], "document": document, "revision": str(revision)}
    return client.post(f"/projects/{cast.project}/rulebook/edit?lang=en", data=form, follow_redirects=False)


def test_a_stale_save_in_the_editor_keeps_what_was_typed(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    _draft(client, cast, headers, STEEL, 0)
    answer = _post(client, cast, headers, SERVICE, 0)
    assert answer.status_code == 409
    assert "客服消息意图标注规则" in answer.text


def test_two_editors_at_once_are_merged_by_passage_and_a_clash_shows_both_texts(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    _draft(client, cast, headers, STEEL, 0)
    _draft(client, cast, headers, STEEL.replace("不超过 2 像素", "不超过 3 像素"), 1)
    merged = _post(client, cast, headers, STEEL.replace("发亮的刻痕", "发白的刻痕"), 1)
    assert "together+with+what+others+changed" in merged.headers["location"]
    clash = _post(client, cast, headers, STEEL.replace("不超过 2 像素", "不超过 9 像素"), 1)
    assert clash.status_code == 409
    assert "<del>3</del><ins>9</ins>" in clash.text
    assert "发白的刻痕" in clash.text
    assert 'name="revision" value="3"' in clash.text


def test_a_file_is_imported_and_given_back_as_it_was(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    fields = {"csrf": headers["X-CSRF-Token"], "revision": "0"}
    files = {"file": ("rulebook.md", STEEL.encode(), "text/markdown")}
    to = f"/projects/{cast.project}/rulebook/import"
    assert client.post(to, data=fields, files=files, follow_redirects=False).status_code == 303
    assert client.get(f"/projects/{cast.project}/rulebook/draft.md").text == STEEL


def test_two_versions_are_compared_in_words(client: Any, cast: Cast) -> None:
    old = _publish(client, cast)
    new = _publish(client, cast, STEEL.replace("'width >= 3 * height'", "'width >= 4 * height'"), 1)
    page = client.get(f"/projects/{cast.project}/rulebook/{new}/diff/{old}?lang=en")
    assert page.status_code == 200, page.text
    assert "Check “scratch-long” asks for something else." in page.text
    assert "meaning changed" in page.text


@pytest.mark.parametrize("path", ["", "/edit", "/draft.md", "/{made}", "/{made}/rulebook.md", "/{made}/diff/{made}"])
def test_the_stranger_is_refused_on_every_page(client: Any, cast: Cast, path: str) -> None:
    made = _publish(client, cast)
    cast.sign_in(client, "mallory")
    assert client.get(f"/projects/{cast.project}/rulebook{path.format(made=made)}").status_code == 404


@pytest.mark.parametrize("path", ["draft", "versions", "versions/{made}"])
def test_the_stranger_is_refused_by_the_api(client: Any, cast: Cast, path: str) -> None:
    made = _publish(client, cast)
    headers = cast.sign_in(client, "mallory")
    assert client.get(f"/api/v1/projects/{cast.project}/rulebook/{path.format(made=made)}").status_code == 404
    assert _draft(client, cast, headers, STEEL, 1).status_code == 404
