"""Practice over HTTP: asked without being told, marked at once, back when it should be."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.coaching import practice_card_table
from guiju.coaching.actions import Said, practise
from guiju.coaching.reading import Wanted, ask_next, look_at_practice
from guiju.coaching.rules import DAY
from guiju.kinds import Choice
from guiju.kit import new_id, now
from guiju.planning import look_at_day
from guiju.rulebooks import get_draft, publish_rulebook, save_draft
from guiju.storage import House, open_house, pump
from guiju.web.subscribers import SUBSCRIBERS
from tests.support.cast import Cast

RULES = """---
title: {{zh: "留言", en: "Messages"}}
version: 1.0.0
fields:
  - id: intent
    kind: choice
    target: item
    title: {{zh: "意图", en: "Intent"}}
    labels: [refund, chat, praise]
labels:
  - {{id: refund, name: {{zh: "退款", en: "Refund"}}, definition: {{zh: "要退钱。", en: "Wants money back."}}}}
  - {{id: chat, name: {{zh: "闲聊", en: "Chat"}}, definition: {{zh: "没有诉求。", en: "No request."}}}}
  - {{id: praise, name: {{zh: "表扬", en: "Praise"}}, definition: {{zh: "说好。", en: "Says it is good."}}}}
examples:
  - {{id: E1, polarity: positive, label: refund, clause: C1, text: "请退款", answer: {{intent: [refund]}},
     note: {{zh: "要钱。", en: "Asks for money."}}}}
  - {{id: E2, polarity: boundary, label: chat, clause: C1, text: "{boundary}", answer: {{intent: [{says}]}},
     note: {{zh: "只是打招呼。", en: "Only a greeting."}}}}
  - {{id: E3, polarity: positive, label: praise, text: "很好", answer: {{intent: [praise]}},
     note: {{zh: "好。", en: "Good."}}}}
---

## C1 诉求 | Requests
labels: refund, chat

有诉求才算。

> en: Only what is asked for counts.
"""


def publish(cast: Cast, boundary: str = "退款吗哈哈", says: str = "chat", document: str = RULES) -> int:
    document = document.format(boundary=boundary, says=says)
    since = get_draft(cast.house, cast.zhou, cast.project).revision
    save_draft(cast.house, cast.zhou, cast.project, document=document, from_revision=since, request_id=new_id())
    published = publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())
    pump(cast.house.database, SUBSCRIBERS)
    return published


@pytest.fixture
def rules(cast: Cast) -> int:
    """Three labels, three examples with their answers, one of them a boundary case."""
    return publish(cast)


@contextmanager
def days_later(house: House, days: float) -> Generator[House]:
    later = open_house(house.home, database=house.database.url, clock=lambda: now() + int(days * DAY))
    yield later
    later.close()


def texts(cast: Cast, house: House | None = None, who: str = "alice", **wanted: Any) -> list[str]:
    _, found = ask_next(house or cast.house, cast.people[who], cast.project, Wanted(10, **wanted))
    return [one.name for one in found]


def answer(cast: Cast, text: str, label: str, house: House | None = None, who: str = "alice") -> float:
    house = house or cast.house
    _, found = ask_next(house, cast.people[who], cast.project, Wanted(10))
    slot = next(one.reference.id for one in found if one.name == text)
    said = Said(new_id(), slot, {"intent": Choice((label,))})
    return practise(house, cast.people[who], cast.project, said).marked.score


@pytest.mark.usefixtures("rules")
def test_a_person_is_asked_without_being_told_and_marked_at_once_with_the_clause_and_why(
    cast: Cast, client: TestClient[Litestar]
) -> None:
    headers, path = cast.sign_in(client, "alice"), f"/api/v1/projects/{cast.project}/practice"
    asked = client.post(f"{path}/next", json={"want": 2}, headers=headers).json()
    assert asked["left"] == 3
    [first, _] = asked["tasks"]
    assert first["item"]["text"] == "退款吗哈哈", "the boundary case goes first"
    assert "chat" not in str(asked), "what is right is not told"
    sent = {"id": new_id(), "slot": first["slot"], "answers": {"intent": {"kind": "choice", "labels": ["refund"]}}}
    marked = client.post(f"{path}/answers", json={**sent, "next": {"holding": [first["slot"]]}}, headers=headers).json()
    assert marked["mark"]["verdict"] == "wrong"
    assert marked["mark"]["right"] == {"intent": {"kind": "choice", "labels": ["chat"]}}
    assert (marked["mark"]["clause"], marked["mark"]["note"]["en"]) == ("C1", "Only a greeting.")
    assert marked["mark"]["labels"] == {"chat": 0.0, "refund": 0.0}
    assert marked["mark"]["again"]
    assert len(marked["tasks"]) == 2
    again = client.post(f"{path}/answers", json=sent, headers=headers).json()
    assert again["annotation"] == marked["annotation"], "sent twice, marked once"
    state = client.get(path).json()
    assert (state["now"], state["again"], state["fresh"], state["shaky"]) == (3, 1, 2, 1)


@pytest.mark.usefixtures("rules")
def test_what_was_wrong_comes_again_today_and_tomorrow_and_what_was_right_tomorrow_and_then_after_six_days(
    cast: Cast,
) -> None:
    assert answer(cast, "请退款", "refund") == 1.0
    assert answer(cast, "退款吗哈哈", "refund") == 0.0
    assert texts(cast) == ["很好", "退款吗哈哈"], "what is new, then what was weak"
    answer(cast, "退款吗哈哈", "chat")
    assert texts(cast) == ["很好"]
    assert look_at_day(cast.house, cast.alice).practice == [(cast.project, "钢板表面缺陷", 0)]
    with days_later(cast.house, 1) as tomorrow:
        assert look_at_day(tomorrow, cast.alice).practice == [(cast.project, "钢板表面缺陷", 2)]
        assert texts(cast, tomorrow) == ["退款吗哈哈", "请退款", "很好"]
        answer(cast, "请退款", "refund", tomorrow)
        answer(cast, "退款吗哈哈", "refund", tomorrow)
        answer(cast, "退款吗哈哈", "chat", tomorrow)
    with days_later(cast.house, 2) as then:
        assert texts(cast, then) == ["退款吗哈哈", "很好"]
    with days_later(cast.house, 7) as then:
        assert "请退款" in texts(cast, then)


@pytest.mark.usefixtures("rules")
def test_what_sits_stays_over_a_new_version_and_what_it_says_otherwise_is_asked_anew(cast: Cast) -> None:
    answer(cast, "请退款", "refund")
    answer(cast, "退款吗哈哈", "chat")
    publish(cast, says="refund")
    assert set(texts(cast)) == {"退款吗哈哈", "很好"}
    assert answer(cast, "退款吗哈哈", "refund") == 1.0
    with days_later(cast.house, 1) as tomorrow:
        assert set(texts(cast, tomorrow)) == {"请退款", "退款吗哈哈", "很好"}


@pytest.mark.usefixtures("rules")
def test_everybody_practises_for_themselves(cast: Cast) -> None:
    answer(cast, "请退款", "refund")
    assert len(texts(cast, who="bob")) == 3
    _, mine = look_at_practice(cast.house, cast.bob, cast.project)
    assert (mine.sits, mine.shaky, mine.fresh) == (0, 0, 3)


@pytest.mark.usefixtures("rules")
def test_a_label_is_practised_by_itself_even_if_nothing_of_it_is_due(cast: Cast) -> None:
    answer(cast, "请退款", "refund")
    assert texts(cast, labels=("refund",)) == []
    assert texts(cast, labels=("refund",), anyway=True) == ["请退款"]


@pytest.mark.usefixtures("rules")
def test_what_cannot_be_marked_is_refused_by_its_name(cast: Cast, client: TestClient[Litestar]) -> None:
    headers, path = cast.sign_in(client, "alice"), f"/api/v1/projects/{cast.project}/practice"
    [task] = client.post(f"{path}/next", json={"want": 1}, headers=headers).json()["tasks"]
    usual = {"id": new_id(), "slot": task["slot"], "answers": {"intent": {"kind": "choice", "labels": ["chat"]}}}
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"slot": 999_999}, "practice-card-not-found"),
        ({"answers": {"intent": {"kind": "choice", "labels": ["nonsense"]}}}, "answers-refused"),
        ({"answers": {}}, "answers-refused"),
        ({"id": "short"}, "bad-request-id"),
        ({"next": {"labels": ["x"] * 500}}, "request-unreadable"),
    ]
    for sent, code in wrong:
        refused = client.post(f"{path}/answers", json={**usual, **sent}, headers=headers)
        assert refused.json()["code"] == code, sent
        assert refused.json()["next"], "every refusal says the next step"
    other = client.post(f"{path}/next", json={"labels": ["refund", "nonsense"]}, headers=headers).json()
    assert (other["code"], other["details"]["name"]) == ("practice-of-nothing", "nonsense")
    with cast.house.reading() as connection:
        assert not connection.execute(practice_card_table.select()).all()


def test_without_a_rulebook_or_a_known_answer_it_is_said_what_is_missing(
    cast: Cast, client: TestClient[Litestar]
) -> None:
    headers, path = cast.sign_in(client, "alice"), f"/api/v1/projects/{cast.project}/practice"
    assert client.post(f"{path}/next", json={}, headers=headers).json()["code"] == "no-rulebook"
    for page in ("practice", "lessons", "skills"):
        assert f"/projects/{cast.project}/rulebook" in client.get(f"/projects/{cast.project}/{page}").text
    document = RULES.format(boundary="x", says="chat")
    bare = document[: document.index("examples:")] + document[document.index("---\n\n##") :]
    save_draft(cast.house, cast.zhou, cast.project, document=bare, from_revision=0, request_id=new_id())
    publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())
    assert client.post(f"{path}/next", json={}, headers=headers).json()["code"] == "nothing-to-practise"


@pytest.mark.usefixtures("rules")
def test_a_stranger_practises_nothing(cast: Cast, client: TestClient[Litestar]) -> None:
    headers, path = cast.sign_in(client, "mallory"), f"/api/v1/projects/{cast.project}/practice"
    assert client.get(path).status_code == 404
    assert client.post(f"{path}/next", json={}, headers=headers).status_code == 404
