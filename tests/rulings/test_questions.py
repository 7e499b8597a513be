"""A question from the workbench becomes a ruling, what holds, and a known right answer."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from guiju.annotations import (
    Origin,
    RoundState,
    annotator_of_account,
    find_resolutions,
    insert_annotation,
    insert_round,
)
from guiju.annotations.model import RoundKind
from guiju.data import item_ids
from guiju.kinds import Choice, decode_answers
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.rulings import (
    NotOwnWork,
    QuestionAnswered,
    QuestionEmpty,
    QuestionItemUnknown,
    QuestionNotFound,
    RulingNotAllowed,
    answer_question,
    answers_for,
    ask_question,
    gold_answers,
    latest_rulings,
    reference_table,
)
from guiju.storage import pump
from guiju.web.subscribers import SUBSCRIBERS
from tests.annotations.moving import publish_labels
from tests.support.build import import_messages, publish_the_rulebook
from tests.support.cast import Cast

YES = {"answer": {"kind": "choice", "labels": ["yes"]}}


@pytest.fixture
def rulebook(cast: Cast) -> int:
    return publish_labels(cast, "choice", ["yes", "no"])


@pytest.fixture
def item(cast: Cast, rulebook: int, tmp_path: Path) -> int:
    import_messages(cast, tmp_path, 2)
    with cast.house.reading() as connection:
        return item_ids(connection, cast.project)[0]


def ask(cast: Cast, item: int | None = None) -> int:
    return ask_question(
        cast.house, cast.alice, cast.project, request_id=new_id(), text="欠费算投诉吗？", item_id=item, clause="C1"
    )


def rule(cast: Cast, question: int, **more: Any) -> int:
    return answer_question(cast.house, cast.xing, question, request_id=new_id(), text="算。", **more)


def test_whoever_asked_sees_the_ruling_and_the_workbench_lists_it(cast: Cast, item: int) -> None:
    question = ask(cast, item)
    ruling = rule(cast, question, clause="C1")
    with cast.house.reading() as connection:
        mine = answers_for(connection, cast.alice.id)
        latest = latest_rulings(connection, cast.project)
        assert answers_for(connection, cast.bob.id) == []
    assert [(one.question.id, one.ruling.text if one.ruling else None) for one in mine] == [(question, "算。")]
    assert [(one.ruling.id, one.ruling.clause, one.question) for one in latest] == [(ruling, "C1", "欠费算投诉吗？")]


def test_a_ruling_with_the_right_answer_holds_and_is_known(cast: Cast, item: int) -> None:
    rule(cast, ask(cast, item), answers=YES)
    with cast.house.reading() as connection:
        held = find_resolutions(connection, cast.project, item_ids=[item])
        known = gold_answers(connection, cast.project, [item])
    assert [(one.origin, decode_answers(one.answers)) for one in held] == [
        (Origin.RULING, {"answer": Choice(("yes",))})
    ]
    assert decode_answers(known[item]) == {"answer": Choice(("yes",))}


def test_a_right_answer_outside_of_the_rulebook_is_refused_and_the_question_stays_open(cast: Cast, item: int) -> None:
    question = ask(cast, item)
    with pytest.raises(RulingNotAllowed):
        rule(cast, question, answers={"answer": {"kind": "choice", "labels": ["maybe"]}})
    assert rule(cast, question)


def test_a_question_is_ruled_on_once(cast: Cast, item: int) -> None:
    question, request = ask(cast, item), new_id()
    first, again = (answer_question(cast.house, cast.xing, question, request_id=request, text="算。") for _ in range(2))
    assert first == again
    with pytest.raises(QuestionAnswered):
        rule(cast, question)


def test_nobody_rules_on_their_own_work(cast: Cast, rulebook: int, item: int) -> None:
    def annotate(tx: Any) -> None:
        annotator = annotator_of_account(tx, cast.xing.id, "Xing")
        about: dict[str, Any] = {"project_id": cast.project, "rulebook_id": rulebook}
        made = insert_round(tx, **about, kind=RoundKind.PRODUCTION, state=RoundState.OPEN, created_by=cast.zhou.id)
        insert_annotation(tx, **about, round_id=made, item_id=item, annotator_id=annotator, revision=1, answers="{}")

    cast.house.write(annotate)
    question = ask(cast, item)
    with pytest.raises(NotOwnWork):
        rule(cast, question)
    assert answer_question(cast.house, cast.zhou, question, request_id=new_id(), text="算。")


def test_an_empty_question_and_one_about_a_foreign_item_are_refused(cast: Cast, item: int) -> None:
    with pytest.raises(QuestionEmpty):
        ask_question(cast.house, cast.alice, cast.project, request_id=new_id(), text="  ")
    another = cast.another_project()
    with pytest.raises(QuestionItemUnknown):
        ask_question(cast.house, cast.zhou, another, request_id=new_id(), text="?", item_id=item)


def test_annotators_ask_and_do_not_rule_and_strangers_do_neither(cast: Cast, client: Any, item: int) -> None:
    question = ask(cast, item)
    with pytest.raises(NotAllowed):
        answer_question(cast.house, cast.bob, question, request_id=new_id(), text="算。")
    with pytest.raises(QuestionNotFound):
        answer_question(cast.house, cast.mallory, question, request_id=new_id(), text="算。")
    with pytest.raises(ProjectNotFound):
        ask_question(cast.house, cast.mallory, cast.project, request_id=new_id(), text="?")
    headers = cast.sign_in(client, "mallory")
    assert client.get(f"/projects/{cast.project}/questions").status_code == 404
    assert client.get(f"/api/v1/projects/{cast.project}/questions").status_code == 404
    told = {"id": new_id(), "text": "算。"}
    assert client.post(f"/api/v1/questions/{question}/ruling", json=told, headers=headers).status_code == 404


def test_the_page_shows_the_question_with_its_item_and_takes_the_ruling(cast: Cast, client: Any, item: int) -> None:
    question = ask(cast, item)
    csrf = cast.sign_in(client, "xing")["X-CSRF-Token"]
    address = f"/projects/{cast.project}/questions"
    shown = client.get(address)
    assert shown.status_code == 200, shown.text
    assert "欠费算投诉吗？" in shown.text
    form = {"csrf": csrf, "request_id": new_id(), "text": "算。", "clause": "C1", "answer-answer": "yes"}
    assert client.post(f"{address}/{question}", data=form, follow_redirects=False).status_code == 303
    assert "欠费算投诉吗？" not in client.get(address).text
    assert "算。" in client.get(f"{address}?show=answered").text
    listed = client.get(f"/api/v1/projects/{cast.project}/questions", params={"show": "answered"}).json()
    assert listed["questions"][0]["ruling"]["answers"] == YES


def test_the_workbench_asks_from_its_round(cast: Cast, client: Any, rulebook: int, item: int) -> None:
    about: dict[str, Any] = {"project_id": cast.project, "rulebook_id": rulebook, "created_by": cast.zhou.id}
    round_id = cast.house.write(lambda tx: insert_round(tx, **about, kind=RoundKind.PRODUCTION, state=RoundState.OPEN))
    headers = cast.sign_in(client, "alice")
    told = {"id": new_id(), "item": item, "text": "欠费算投诉吗？", "clause": None}
    answer = client.post(f"/api/v1/rounds/{round_id}/questions", json=told, headers=headers)
    assert answer.status_code == 201, answer.text
    again = client.post(f"/api/v1/rounds/{round_id}/questions", json=told, headers=headers)
    assert again.json() == answer.json()
    headers = cast.sign_in(client, "mallory")
    told = {**told, "id": new_id()}
    assert client.post(f"/api/v1/rounds/{round_id}/questions", json=told, headers=headers).status_code == 404


def test_a_published_rulebook_s_examples_become_references_once(cast: Cast) -> None:
    rulebook = publish_the_rulebook(cast)
    pump(cast.house.database, SUBSCRIBERS)
    pump(cast.house.database, SUBSCRIBERS)
    with cast.house.reading() as connection:
        rows = connection.execute(select(reference_table).where(reference_table.c.rulebook_id == rulebook)).all()
    assert rows
    assert {row.origin for row in rows} == {"example"}
    assert len({row.origin_id for row in rows}) == len(rows)
    assert all(row.label or row.answers for row in rows)
