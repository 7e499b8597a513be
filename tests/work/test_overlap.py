"""How many answers an item gets: as many for all, several for a share that nobody can tell, or until they are sure."""

from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import func, select

from guiju.annotations import Origin, find_resolutions, get_round
from guiju.kinds import Choice
from guiju.kit import new_id
from guiju.work import lease_tasks, open_production, slot_table, submit_annotation
from guiju.work.actions import Answered
from guiju.work.overlap import (
    AnswersImpossible,
    OnePersonOnly,
    Overlap,
    ShareImpossible,
    SurenessImpossible,
    Way,
    draw_share,
    find_overlap,
    read_overlap,
)
from guiju.work.overlap.rules import scatter
from tests.support.build import service_project
from tests.support.cast import Cast

SHARE = Overlap(Way.SHARE, 1, 3, share=0.25)


def produce(cast: Cast, overlap: int | Overlap, **more: Any) -> int:
    told: dict[str, Any] = {"request_id": new_id(), "reason": "a small project", "overlap": overlap, **more}
    return open_production(cast.house, cast.zhou, cast.project, **told)


def answers_wanted(cast: Cast, round_id: int) -> dict[int, int]:
    s = slot_table.c
    counted = select(s.item_id, func.count()).where(s.round_id == round_id).group_by(s.item_id)
    with cast.house.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(counted)}


def answer_all(cast: Cast, round_id: int, name: str, label: str = "refund") -> list[int]:
    """The person answers all that the round gives them; the items in the order in which they came."""
    who, items = cast.people[name], list[int]()
    while tasks := cast.house.write(lease_tasks(cast.house, lambda _: who, round_id, 1)):
        said = Answered(new_id(), tasks[0].slot, tasks[0].lease, 0, {"intent": Choice((label,))})
        cast.house.write(submit_annotation(lambda _: who, round_id, said))
        items.append(tasks[0].item.id)
    return items


# A share


def test_a_share_of_the_items_gets_several_answers_by_the_seed_on_record(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 12)
    round_id = produce(cast, SHARE)
    wanted = answers_wanted(cast, round_id)
    assert sorted(wanted.values()) == [1] * 9 + [3] * 3
    with cast.house.reading() as connection:
        policy = find_overlap(connection, get_round(connection, round_id))
    assert len(policy.seed) >= 12
    assert draw_share(sorted(wanted), 0.25, policy.seed) == sorted(item for item, n in wanted.items() if n == 3)


def test_what_gets_one_answer_holds_at_once_and_what_gets_several_does_not(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 12)
    round_id = produce(cast, SHARE)
    answer_all(cast, round_id, "alice")
    single = {item for item, n in answers_wanted(cast, round_id).items() if n == 1}
    with cast.house.reading() as connection:
        held = find_resolutions(connection, cast.project)
    assert {one.item_id for one in held} == single
    assert {one.origin for one in held} == {Origin.ANNOTATION}


def test_the_queue_does_not_tell_which_items_are_asked_twice(cast: Cast, tmp_path: Path) -> None:
    """Every annotator is given every item once, and a task has nothing in it that differs."""
    service_project(cast, tmp_path, 12)
    round_id = produce(cast, SHARE)
    first = cast.house.write(lease_tasks(cast.house, lambda _: cast.alice, round_id, 10))
    assert {(task.note, task.suggestion, task.revision) for task in first} == {(None, None, 0)}
    assert len(set(answer_all(cast, round_id, "alice"))) == 12


def test_further_answers_of_a_share_lie_in_between_the_others() -> None:
    ids = list(range(1, 1001))
    places = scatter(ids, draw_share(ids, 0.2, "seed"), 1, "seed")
    late = sum(place > 500 for [place] in places.values())
    assert 70 <= late <= 130
    assert sum(abs(place - item) < 20 for item, [place] in places.items()) < 30


def test_a_request_sent_again_asks_for_nothing_more(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 12)
    request_id = new_id()
    round_id = produce(cast, SHARE, request_id=request_id)
    before = answers_wanted(cast, round_id)
    assert produce(cast, SHARE, request_id=request_id) == round_id
    assert answers_wanted(cast, round_id) == before


# What is possible


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ((Way.FIXED, 0, 0, 0.0, 0.9, 0.8), AnswersImpossible),
        ((Way.FIXED, 0, 10, 0.0, 0.9, 0.8), AnswersImpossible),
        ((Way.SHARE, 1, 1, 0.2, 0.9, 0.8), AnswersImpossible),
        ((Way.SHARE, 1, 2, 1.0, 0.9, 0.8), ShareImpossible),
        ((Way.SHARE, 1, 2, 0.0, 0.9, 0.8), ShareImpossible),
        ((Way.UNTIL, 1, 5, 0.0, 0.9, 0.8), AnswersImpossible),
        ((Way.UNTIL, 3, 3, 0.0, 0.9, 0.8), AnswersImpossible),
        ((Way.UNTIL, 2, 5, 0.0, 1.0, 0.8), SurenessImpossible),
        ((Way.UNTIL, 2, 5, 0.0, 0.9, 0.0), SurenessImpossible),
        ((Way.UNTIL, 2, 5, 0.0, float("nan"), 0.8), SurenessImpossible),
    ],
)
def test_what_cannot_be_is_refused_by_name(said: tuple[Any, ...], refused: type[Exception]) -> None:
    with pytest.raises(refused):
        read_overlap(*said)


def test_one_person_is_not_asked_for_several_answers(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 2)
    with pytest.raises(OnePersonOnly):
        produce(cast, 2, account_id=cast.alice.id)


def test_the_form_and_the_api_open_each_way(cast: Cast, tmp_path: Path, client: TestClient[Litestar]) -> None:
    service_project(cast, tmp_path, 10)
    headers = cast.sign_in(client, "zhou")
    page = client.get(f"/projects/{cast.project}/rounds").text
    assert all(f'value="{way}"' in page for way in Way)
    sent = {"csrf": headers["X-CSRF-Token"], "way": "until", "least": "2", "most": "4", "sure": "90", "reason": "small"}
    answer = client.post(f"/projects/{cast.project}/rounds/production", data=sent, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    wanted = {"way": "share", "share": 0.3, "most": 2}
    told = {"id": new_id(), "kind": "production", "reason": "small", "overlap": wanted}
    made = client.post(f"/api/v1/projects/{cast.project}/rounds", json=told, headers=headers)
    assert made.status_code == 201, made.text
    rounds = {each["id"]: each for each in client.get(f"/api/v1/projects/{cast.project}/rounds").json()["rounds"]}
    told_again = [(each["least"], each["overlap"], each["asks"]) for each in rounds.values()]
    assert told_again == [(2, 4, True), (1, 2, False)]
    policy = client.get(f"/api/v1/rounds/{made.json()['round']}/overlap").json()
    assert (policy["policy"]["way"], policy["drawn"], policy["items"]) == ("share", 3, 10)
    wrong = {**told, "id": new_id(), "overlap": {"way": "share", "share": 2}}
    refused = client.post(f"/api/v1/projects/{cast.project}/rounds", json=wrong, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "share-impossible")
