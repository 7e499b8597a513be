"""A ruling is before everybody's eyes who works by the rulebook, once, and who has seen it is known."""

from pathlib import Path
from typing import Any

import pytest

from guiju.data import item_ids
from guiju.kit import new_id
from guiju.projects import ProjectNotFound
from guiju.rulings import answer_question, ask_question, mark_seen, read_seen, unseen_rulings
from tests.annotations.moving import publish_labels
from tests.support.build import import_messages
from tests.support.cast import Cast


@pytest.fixture
def item(cast: Cast, tmp_path: Path) -> int:
    publish_labels(cast, "choice", ["complaint", "question"])
    import_messages(cast, tmp_path, 2)
    with cast.house.reading() as connection:
        return item_ids(connection, cast.project)[0]


@pytest.fixture
def ruling(cast: Cast, item: int) -> int:
    about: dict[str, Any] = {"item_id": item, "labels": ["question", "complaint"]}
    question = ask_question(cast.house, cast.alice, cast.project, request_id=new_id(), text="算投诉吗？", **about)
    return answer_question(cast.house, cast.xing, question, request_id=new_id(), text="算。", clause="C1")


def unseen(cast: Cast, name: str) -> list[int]:
    return [each.ruling.id for each in unseen_rulings(cast.house, cast.people[name], cast.project)]


def test_everybody_sees_it_once_and_whoever_gave_it_has_seen_it(cast: Cast, ruling: int, item: int) -> None:
    [shown] = unseen_rulings(cast.house, cast.bob, cast.project)
    assert (shown.question, shown.items, shown.labels) == ("算投诉吗？", (item,), ("complaint", "question"))
    assert unseen(cast, "xing") == []
    assert mark_seen(cast.house, cast.bob, cast.project, [ruling]) == 1
    assert mark_seen(cast.house, cast.bob, cast.project, [ruling]) == 0
    assert unseen(cast, "bob") == []
    assert unseen(cast, "alice") == [ruling]


def test_the_trainer_knows_who_has_seen_it_and_who_has_not(cast: Cast, ruling: int) -> None:
    for name in ("bob", "alice", "gao"):
        mark_seen(cast.house, cast.people[name], cast.project, [ruling])
    with cast.house.reading() as connection:
        seen = read_seen(connection, cast.project, [ruling])[ruling]
    # the engineer neither annotates nor inspects
    assert [name for name, _ in seen.seen] == ["Xing", "Bob", "Alice"]
    assert (seen.not_yet, seen.of) == (("Carol", "Hu"), 5)


def test_rulings_of_other_projects_are_not_marked_and_strangers_see_none(cast: Cast, ruling: int) -> None:
    another = cast.another_project()
    assert mark_seen(cast.house, cast.zhou, another, [ruling, 10**9]) == 0
    with pytest.raises(ProjectNotFound):
        unseen_rulings(cast.house, cast.mallory, cast.project)
    with pytest.raises(ProjectNotFound):
        mark_seen(cast.house, cast.mallory, cast.project, [ruling])


def test_the_workbench_fetches_them_and_says_what_was_seen(cast: Cast, client: Any, ruling: int, item: int) -> None:
    headers = cast.sign_in(client, "carol")
    here = f"/api/v1/projects/{cast.project}/rulings"
    [shown] = client.get(f"{here}/unseen").json()["rulings"]
    assert (shown["id"], shown["items"], "answers" in shown) == (ruling, [item], False)
    assert client.post(f"{here}/seen", json={"rulings": [ruling]}, headers=headers).json() == {"new": 1}
    assert client.get(f"{here}/unseen").json() == {"rulings": []}
    assert client.get(f"{here}/{ruling}/seen").status_code == 403
    cast.sign_in(client, "zhou")
    told = client.get(f"{here}/{ruling}/seen").json()
    assert ([each["name"] for each in told["seen"]], told["not_yet"]) == (["Xing", "Carol"], ["Alice", "Bob", "Hu"])
    assert "Alice" in client.get(f"/projects/{cast.project}/questions/1").text
