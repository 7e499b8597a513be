"""Nothing unanswered is forgotten: owners, ages, and questions that are one."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from guiju.data import item_ids
from guiju.kit import new_id, now
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.rulings import (
    QuestionNotFound,
    answer_question,
    answers_for,
    ask_question,
    assign_questions,
    merge_questions,
    question_table,
    read_waiting,
    set_line,
    unmerge_question,
    waiting_for,
)
from guiju.rulings.waiting.errors import HoursOutside, NothingToMerge, NotMerged, OwnerCannotRule, QuestionNotOpen
from tests.annotations.moving import publish_labels
from tests.support.build import import_messages
from tests.support.cast import Cast

DAY = 24 * 3_600 * 10**6


@pytest.fixture
def items(cast: Cast, tmp_path: Path) -> list[int]:
    publish_labels(cast, "choice", ["complaint", "question"])
    import_messages(cast, tmp_path, 3)
    with cast.house.reading() as connection:
        return item_ids(connection, cast.project)


def ask(cast: Cast, text: str, name: str = "alice", **about: Any) -> int:
    return ask_question(cast.house, cast.people[name], cast.project, request_id=new_id(), text=text, **about)


def rule(cast: Cast, question: int, text: str = "算。") -> int:
    return answer_question(cast.house, cast.xing, question, request_id=new_id(), text=text)


def merge(cast: Cast, into: int, *others: int) -> int:
    return merge_questions(cast.house, cast.xing, cast.project, request_id=new_id(), questions=others, into=into)


def waiting(cast: Cast) -> Any:
    with cast.house.reading() as connection:
        return read_waiting(connection, cast.project, now())


def age(cast: Cast, question: int, days: float) -> None:
    earlier = now() - int(days * DAY)
    mine = question_table.c.id == question
    cast.house.write(lambda tx: tx.execute(update(question_table).where(mine).values(at=earlier)))


def told(cast: Cast, name: str) -> list[tuple[int, str | None]]:
    with cast.house.reading() as connection:
        found = answers_for(connection, cast.people[name].id)
    return [(one.question.id, one.ruling.text if one.ruling else None) for one in found]


def test_a_question_is_the_experts_at_first_and_anybodys_who_may_answer_it(cast: Cast, items: list[int]) -> None:
    question = ask(cast, "欠费算投诉吗？", item_id=items[0])
    assert [(each.owner_id, each.open) for each in waiting(cast).owners] == [(cast.xing.id, 1)]
    give: dict[str, Any] = {"questions": [question], "request_id": new_id()}
    assign_questions(cast.house, cast.qian, cast.project, owner=cast.lin.id, **give)
    with cast.house.reading() as connection:
        mine = waiting_for(connection, cast.lin.id, {cast.project: "钢板"}, now())
        assert [(each.id, each.overdue) for each in mine] == [(question, False)]
        assert waiting_for(connection, cast.xing.id, {cast.project: "钢板"}, now()) == []
    # an expert's own question goes to somebody else
    ask(cast, "擦伤呢？", name="xing")
    assert cast.zhou.id in {each.owner_id for each in waiting(cast).owners}


def test_nobody_owns_what_they_may_not_answer(cast: Cast) -> None:
    question = ask(cast, "欠费算投诉吗？")
    for owner in (cast.alice.id, cast.mallory.id, cast.hu.id):
        with pytest.raises(OwnerCannotRule):
            assign_questions(
                cast.house, cast.zhou, cast.project, request_id=new_id(), questions=[question], owner=owner
            )
    give: dict[str, Any] = {"questions": [question], "owner": None}
    with pytest.raises(NotAllowed):
        assign_questions(cast.house, cast.alice, cast.project, request_id=new_id(), **give)
    with pytest.raises(ProjectNotFound):
        assign_questions(cast.house, cast.mallory, cast.project, request_id=new_id(), **give)


def test_what_is_older_than_the_projects_line_is_overdue(cast: Cast) -> None:
    old, new = ask(cast, "欠费算投诉吗？"), ask(cast, "催件算不算？", name="bob")
    age(cast, old, 2.1)
    found = waiting(cast)
    assert (found.open, found.overdue, found.hours, found.oldest_id) == (2, 1, 48, old)
    set_line(cast.house, cast.zhou, cast.project, hours=72)
    assert waiting(cast).overdue == 0
    age(cast, new, 4)
    with cast.house.reading() as connection:
        mine = waiting_for(connection, cast.xing.id, {cast.project: "钢板"}, now())
    assert [(each.id, each.overdue) for each in mine] == [(new, True), (old, False)]
    for hours in (0, -5, 10_000):
        with pytest.raises(HoursOutside):
            set_line(cast.house, cast.zhou, cast.project, hours=hours)
    with pytest.raises(NotAllowed):
        set_line(cast.house, cast.xing, cast.project, hours=24)


def test_one_ruling_answers_all_that_were_merged_and_each_asker_is_told(cast: Cast) -> None:
    first, second, third = ask(cast, "欠费算投诉吗？"), ask(cast, "欠费是投诉吗", "bob"), ask(cast, "欠费？", "carol")
    assert merge(cast, first, second) == 1
    # what was merged before goes along
    other = ask(cast, "欠费的抱怨？")
    assert merge(cast, other, first, third) == 3
    assert (waiting(cast).open, waiting(cast).oldest_id) == (1, other)
    rule(cast, other)
    assert told(cast, "bob") == [(second, "算。")]
    assert told(cast, "carol") == [(third, "算。")]
    assert told(cast, "alice") == [(other, "算。"), (first, "算。")]


def test_a_late_question_is_merged_into_one_that_is_answered_and_parted_again(cast: Cast) -> None:
    first = ask(cast, "欠费算投诉吗？")
    rule(cast, first)
    late = ask(cast, "欠费是投诉吗", "bob")
    assert told(cast, "bob") == [(late, None)]
    merge(cast, first, late)
    assert told(cast, "bob") == [(late, "算。")]
    unmerge_question(cast.house, cast.zhou, late, request_id=new_id())
    assert told(cast, "bob") == [(late, None)]
    assert waiting(cast).open == 1
    with pytest.raises(NotMerged):
        unmerge_question(cast.house, cast.zhou, late, request_id=new_id())
    with pytest.raises(QuestionNotFound):
        unmerge_question(cast.house, cast.mallory, late, request_id=new_id())


def test_what_is_answered_is_not_merged_away_nor_anything_with_itself(cast: Cast) -> None:
    first, second = ask(cast, "欠费算投诉吗？"), ask(cast, "催件算不算？", "bob")
    with pytest.raises(NothingToMerge):
        merge(cast, first, first)
    rule(cast, second)
    with pytest.raises(QuestionNotOpen):
        merge(cast, first, second)
    elsewhere = ask_question(cast.house, cast.zhou, cast.another_project(), request_id=new_id(), text="?")
    with pytest.raises(QuestionNotFound):
        merge(cast, first, elsewhere)
    with pytest.raises(NotAllowed):
        merge_questions(cast.house, cast.alice, cast.project, request_id=new_id(), questions=[second], into=first)


def test_the_list_is_filtered_sorted_and_sends_back_what_is_ticked(cast: Cast, client: Any, items: list[int]) -> None:
    first = ask(cast, "欠费算投诉吗？", item_id=items[0], labels=["complaint"], clause="C1")
    second = ask(cast, "催件算不算？", "bob", labels=["question"])
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    here = f"/projects/{cast.project}/questions"

    def shown(query: str) -> list[bool]:
        text = client.get(f"{here}?{query}").text
        return [f'href="{here}/{each}"' in text.partition("data-rows")[2] for each in (first, second)]

    assert shown("") == [True, True]
    assert shown("label=complaint") == [True, False]
    assert shown("clause=C1") == [True, False]
    assert shown("words=催件") == [False, True]
    assert shown(f"owner={cast.zhou.id}") == [False, False]
    ticked: dict[str, Any] = {"csrf": csrf, "question": [str(first), str(second)]}
    given = {**ticked, "owner": str(cast.zhou.id), "query": "label=complaint"}
    back = client.post(f"{here}/sort", data=given, follow_redirects=False)
    assert back.headers["location"].startswith(f"{here}?label=complaint&said=")
    assert shown(f"owner={cast.zhou.id}") == [True, True]
    assert client.post(f"{here}/sort", data={**ticked, "act": "merge"}, follow_redirects=False).status_code == 303
    assert shown("") == [True, False]
    page = client.get(f"{here}/{first}").text
    assert "催件算不算？" in page
    parting = {"csrf": csrf, "from": str(first)}
    assert client.post(f"{here}/{second}/unmerge", data=parting, follow_redirects=False).status_code == 303
    assert shown("") == [True, True]
    assert client.post(f"{here}/line", data={"csrf": csrf, "days": "0.5"}, follow_redirects=False).status_code == 303
    assert waiting(cast).hours == 12


def test_the_same_by_api(cast: Cast, client: Any) -> None:
    first, second = ask(cast, "欠费算投诉吗？"), ask(cast, "欠费是投诉吗？", "bob")
    headers = cast.sign_in(client, "xing")
    here = f"/api/v1/projects/{cast.project}/questions"
    assigning = {"id": new_id(), "questions": [first, second], "owner": cast.zhou.id}
    assert client.post(f"{here}/assign", json=assigning, headers=headers).json() == {"questions": 2}
    merging = {"id": new_id(), "questions": [second], "into": first}
    assert client.post(f"{here}/merge", json=merging, headers=headers).json() == {"questions": 1}
    assert client.post(f"{here}/merge", json=merging, headers=headers).json() == {"questions": 1}
    found = client.get(f"{here}/waiting").json()
    assert (found["open"], found["owners"][0]["owner"], found["oldest"]) == (1, cast.zhou.id, first)
    [merged] = client.get(here, params={"show": "merged"}).json()["questions"]
    assert (merged["id"], merged["merged_into"]) == (second, first)
    parting = client.post(f"/api/v1/questions/{second}/unmerge", json={"id": new_id()}, headers=headers)
    assert parting.status_code == 201
    headers = cast.sign_in(client, "mallory")
    assert client.get(f"{here}/waiting").status_code == 404
