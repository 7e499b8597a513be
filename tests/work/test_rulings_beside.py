"""The workbench brings what was ruled last along, to stand beside the rules."""

import json
from pathlib import Path
from typing import Any

import pytest

from guiju.annotations import RoundKind, RoundState, insert_round
from guiju.kit import new_id
from guiju.rulings import answer_question, ask_question
from tests.support.build import import_messages, publish_the_rulebook
from tests.support.cast import Cast


@pytest.fixture
def production(cast: Cast, tmp_path: Path) -> int:
    """An open round of the cast's project."""
    rulebook = publish_the_rulebook(cast)
    import_messages(cast, tmp_path, 2)
    about: dict[str, Any] = {"project_id": cast.project, "rulebook_id": rulebook, "created_by": cast.zhou.id}
    return cast.house.write(lambda tx: insert_round(tx, **about, kind=RoundKind.PRODUCTION, state=RoundState.OPEN))


def settle(cast: Cast, text: str, ruling: str, clause: str | None = None) -> int:
    question = ask_question(cast.house, cast.alice, cast.project, request_id=new_id(), text=text)
    return answer_question(cast.house, cast.xing, question, request_id=new_id(), text=ruling, clause=clause)


def brought_along(client: Any, cast: Cast, round_id: int) -> list[dict[str, Any]]:
    page = client.get(f"/projects/{cast.project}/rounds/{round_id}/work").text
    return json.loads(page.split('id="boot">')[1].split("</script>")[0])["rulings"]


def test_the_newest_ruling_comes_first_with_its_question_and_clause(cast: Cast, client: Any, production: int) -> None:
    first, second = settle(cast, "欠费算投诉吗？", "算。", "C1"), settle(cast, "</script>?", "不算。")
    cast.sign_in(client, "bob")
    found = brought_along(client, cast, production)
    assert [(one["id"], one["text"], one["clause"], one["question"]) for one in found] == [
        (second, "不算。", None, "</script>?"),
        (first, "算。", "C1", "欠费算投诉吗？"),
    ]
    assert set(found[0]) == {"id", "text", "clause", "question", "at"}, "no item, no right answer"


def test_only_the_last_twenty_come_and_none_of_another_project(cast: Cast, client: Any, production: int) -> None:
    other = cast.another_project()
    question = ask_question(cast.house, cast.zhou, other, request_id=new_id(), text="?")
    answer_question(cast.house, cast.zhou, question, request_id=new_id(), text="elsewhere")
    for number in range(22):
        settle(cast, f"{number}?", str(number))
    cast.sign_in(client, "bob")
    assert [one["text"] for one in brought_along(client, cast, production)] == [str(n) for n in range(21, 1, -1)]
