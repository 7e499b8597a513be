"""What the editor asks while somebody writes: problems, outline, the reading, what others saved. Nothing is kept."""

from typing import Any

import pytest

from guiju.kit import new_id
from guiju.samples.documents import rulebook_text
from tests.support.cast import Cast

# What it asks the database is asked on both by the tests of the actions.
pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)

STEEL = rulebook_text("steel")


def _ask(client: Any, cast: Cast, headers: dict[str, str], what: str, **body: object) -> Any:
    return client.post(f"/api/v1/projects/{cast.project}/rulebook/{what}", json=body, headers=headers)


def _save(client: Any, cast: Cast, headers: dict[str, str], document: str, revision: int) -> Any:
    body = {"id": new_id(), "document": document, "revision": revision}
    return client.put(f"/api/v1/projects/{cast.project}/rulebook/draft", json=body, headers=headers)


def test_a_text_is_read_and_nothing_is_kept(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    looked = _ask(client, cast, headers, "look", document=STEEL.replace("height >= 8", "heigth >= 8")).json()
    assert [one["code"] for one in looked["problems"] if one["severity"] == "error"] == ["expression-unknown-name"]
    scratch = next(one for one in looked["entries"] if (one["group"], one["id"]) == ("labels", "scratch"))
    line: int = scratch["line"]
    assert STEEL.splitlines()[line - 1].strip() == "- id: scratch"
    assert f'data-at="{scratch["line"]}"' in looked["html"]
    assert looked["revision"] == 0
    assert client.get(f"/api/v1/projects/{cast.project}/rulebook/draft").json()["is_saved"] is False


def test_a_text_that_cannot_be_read_has_its_line_and_no_reading(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    looked = _ask(client, cast, headers, "look", document=STEEL.replace("labels:\n", "labels: [\n", 1)).json()
    assert looked["html"] is None
    assert looked["problems"][0]["line"] > 1


def test_what_a_text_says_is_never_markup_of_the_page(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    evil = STEEL.replace("细长、平直", "<script>alert(1)</script>", 1) + "\n<img src=x onerror=alert(1)>\n"
    html = _ask(client, cast, headers, "look", document=evil).json()["html"]
    assert "<script" not in html
    assert "<img" not in html


def test_the_editor_is_told_that_others_saved_and_brings_their_changes_in(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    _save(client, cast, headers, STEEL, 0)
    _save(client, cast, headers, STEEL.replace("不超过 2 像素", "不超过 3 像素"), 1)
    mine = STEEL.replace("发亮的刻痕", "发白的刻痕")
    assert _ask(client, cast, headers, "look", document=mine).json()["revision"] == 2
    joined = _ask(client, cast, headers, "join", document=mine, revision=1).json()
    assert (joined["revision"], joined["conflicts"]) == (2, [])
    assert "不超过 3 像素" in joined["document"]
    assert "发白的刻痕" in joined["document"]


def test_a_passage_that_both_changed_is_shown_with_both_texts(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    _save(client, cast, headers, STEEL, 0)
    _save(client, cast, headers, STEEL.replace("不超过 2 像素", "不超过 3 像素"), 1)
    clash = _ask(
        client, cast, headers, "join", document=STEEL.replace("不超过 2 像素", "不超过 9 像素"), revision=1
    ).json()
    (conflict,) = clash["conflicts"]
    assert "9 像素" in conflict["mine"]
    assert "3 像素" in conflict["theirs"]
    assert conflict["mine"].strip() in clash["document"]
    assert [mark["text"] for mark in conflict["marks"] if mark["kind"] == "gone"] == ["3"]


def test_who_may_not_write_the_rulebook_is_told_nothing_of_it(client: Any, cast: Cast) -> None:
    for who, status in (("alice", 403), ("mallory", 404)):
        headers = cast.sign_in(client, who)
        for what in ("look", "join"):
            assert _ask(client, cast, headers, what, document=STEEL, revision=0).status_code == status
