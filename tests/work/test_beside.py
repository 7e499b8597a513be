"""What stands beside the item: examples that can be looked at, and the words that acts are found by."""

import json
from pathlib import Path
from typing import Any

import pytest

from guiju.annotations import RoundKind, RoundState, insert_round
from tests.support.build import import_surfaces, publish_the_rulebook
from tests.support.cast import Cast


@pytest.fixture
def steel(cast: Cast, tmp_path: Path) -> int:
    """An open round of steel surfaces, the first two of which the rulebook's examples name."""
    import_surfaces(cast, tmp_path, 2)
    rulebook = publish_the_rulebook(cast, "steel")
    about: dict[str, Any] = {"project_id": cast.project, "rulebook_id": rulebook, "created_by": cast.zhou.id}
    return cast.house.write(lambda tx: insert_round(tx, **about, kind=RoundKind.PRODUCTION, state=RoundState.OPEN))


def examples(client: Any, cast: Cast, round_id: int) -> dict[str, dict[str, Any]]:
    page = client.get(f"/projects/{cast.project}/rounds/{round_id}/work").text
    boot = json.loads(page.split('id="boot">')[1].split("</script>")[0])
    return {each["id"]: each for each in boot["rulebook"]["examples"]}


def test_an_example_that_is_an_image_of_the_project_has_a_thumbnail(cast: Cast, client: Any, steel: int) -> None:
    cast.sign_in(client, "bob")
    url = examples(client, cast, steel)["E1"]["url"]
    sent = client.get(url)
    assert (sent.status_code, sent.headers["content-type"]) == (200, "image/webp")


def test_what_is_drawn_in_the_example_is_known_in_shares_of_its_image(cast: Cast, client: Any, steel: int) -> None:
    cast.sign_in(client, "bob")
    [mark] = examples(client, cast, steel)["E1"]["marks"]
    assert mark == pytest.approx([123 / 640, 116 / 400, 228 / 640, 8 / 400], abs=1e-4)


def test_an_example_whose_image_is_not_there_has_none(cast: Cast, client: Any, steel: int) -> None:
    cast.sign_in(client, "bob")
    assert examples(client, cast, steel)["E2"]["url"] is None


def test_the_thumbnail_is_not_for_a_stranger(cast: Cast, client: Any, steel: int) -> None:
    cast.sign_in(client, "bob")
    url = examples(client, cast, steel)["E1"]["url"]
    cast.sign_in(client, "mallory")
    assert client.get(url).status_code == 404


def test_the_words_of_acts_come_in_chinese_and_as_they_are_typed(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "bob")
    said, initials, full = client.get("/workbench/words").json()["Undo"]
    assert (said, initials, full) == ("撤销", "cx", "chexiao")


def test_the_words_are_for_who_is_signed_in(client: Any) -> None:
    answer = client.get("/workbench/words", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?to=/workbench/words")
