"""An item becomes an example of the text that is being written: found, taken, well formed; nothing is kept."""

from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.findings.picks.model import Of
from guiju.kinds import Boxes
from guiju.rulebooks import compile_document, get_draft, parse_rulebook
from tests.findings.test_picks import pick
from tests.inspection.build import Made, make_pictures, make_texts
from tests.support.cast import Cast

# What it asks the database is asked on both by the tests of the actions.
pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


def _tray(client: Any, cast: Cast, **asked: str) -> Any:
    return client.get(f"/api/v1/projects/{cast.project}/rulebook/tray", params=asked)


def _place(client: Any, cast: Cast, headers: dict[str, str], **body: object) -> Any:
    return client.post(f"/api/v1/projects/{cast.project}/rulebook/example", json=body, headers=headers)


def _written(document: str, edit: dict[str, Any]) -> str:
    lines = document.split("\n")
    lines[edit["line"] : edit["line"] + edit["gone"]] = edit["lines"]
    return "\n".join(lines)


@pytest.fixture
def texts(cast: Cast) -> Made:
    return make_texts(cast, 6)


def test_an_item_with_its_answer_becomes_an_example_at_the_clause(
    client: TestClient[Litestar], cast: Cast, texts: Made
) -> None:
    headers = cast.sign_in(client, "zhou")
    document = get_draft(cast.house, cast.zhou, cast.project).document
    note = {"zh": "先看\n第二句", "en": ""}
    body = {"document": document, "item": texts.items[3], "polarity": "boundary", "label": "b", "clause": "C2"}
    placed = _place(client, cast, headers, **body, note=note).json()
    after = _written(document, placed)
    example = compile_document(after).rulebook.examples[-1]
    assert (example.id, example.polarity, example.label, example.clause) == (placed["id"], "boundary", "b", "C2")
    assert example.answer == {"label": ["b"]}
    assert example.note["zh"] == "先看 第二句"
    assert get_draft(cast.house, cast.zhou, cast.project).document == document
    again = _place(client, cast, headers, **{**body, "document": after}).json()
    assert again["id"] not in {one.id for one in parse_rulebook(after).examples}


def test_boxes_are_written_in_short_and_read_back(client: TestClient[Litestar], cast: Cast) -> None:
    made = make_pictures(cast, 2)
    headers = cast.sign_in(client, "zhou")
    document = get_draft(cast.house, cast.zhou, cast.project).document
    placed = _place(client, cast, headers, document=document, item=made.items[1], polarity="positive").json()
    assert any("width: 20" in line for line in placed["lines"])
    compiled = compile_document(_written(document, placed))
    answers = compiled.answers_of(compiled.rulebook.examples[-1])
    assert answers is not None
    drawn = answers["objects"]
    assert isinstance(drawn, Boxes)
    assert [shape.label for shape in drawn.shapes] == ["a", "b"]


def test_the_shelf_holds_what_is_searched_picked_and_dear(
    client: TestClient[Litestar], cast: Cast, texts: Made
) -> None:
    cast.sign_in(client, "zhou")
    found = _tray(client, cast, of="search", limit="2").json()
    assert len(found["items"]) == 2
    assert found["cursor"]
    assert _tray(client, cast, of="pick").json()["items"] == []
    pick(cast, Of.GIVEN, *texts.items[:3])
    assert {one["item"] for one in _tray(client, cast, of="pick").json()["items"]} == set(texts.items[:3])
    assert _tray(client, cast, of="costly").json()["code"] == "no-trial-yet"
    refused = _tray(client, cast, of="nowhere")
    assert (refused.status_code, refused.json()["code"]) == (422, "shelf-unknown")


def test_the_shelf_says_how_many_items_have_words_that_were_not_read_yet(
    client: TestClient[Litestar], cast: Cast, texts: Made
) -> None:
    cast.sign_in(client, "zhou")
    found = _tray(client, cast, q="text").json()
    assert (found["items"], found["unread"]) == ([], len(texts.items))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"item": 10**9}, "item-not-found"),
        ({"polarity": "maybe"}, "polarity-unknown"),
        ({"document": "no front"}, "draft-not-readable"),
    ],
)
def test_what_makes_no_example_is_refused_by_name(
    client: TestClient[Litestar], cast: Cast, texts: Made, asked: dict[str, object], code: str
) -> None:
    headers = cast.sign_in(client, "zhou")
    document = get_draft(cast.house, cast.zhou, cast.project).document
    body = {"document": document, "item": texts.items[0], "polarity": "positive", **asked}
    assert _place(client, cast, headers, **body).json()["code"] == code


def test_items_of_a_project_are_laid_out_for_those_who_write_its_rules(
    client: TestClient[Litestar], cast: Cast, texts: Made
) -> None:
    for who, status in (("alice", 403), ("mallory", 404)):
        headers = cast.sign_in(client, who)
        assert _tray(client, cast).status_code == status
        body = {"document": "", "item": texts.items[0], "polarity": "positive"}
        assert _place(client, cast, headers, **body).status_code == status
