"""Further answers are asked for only where the answers so far leave an item unsure."""

from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.annotations import RoundNotFound, RoundState
from guiju.consensus.wanting import AsksNoMore, OverlapReport, Sureness, ask_no_more, read_overlap_of, weigh_open
from guiju.consensus.wanting.rules import decide_sureness, least_alike
from guiju.data import item_ids
from guiju.kinds import Box, Boxes, Choice, FieldShape
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.stats.consensus.online import Crowd
from guiju.work import lease_tasks, list_mine, open_production, save_draft, set_round_running, submit_annotation
from guiju.work.actions import Answered
from guiju.work.overlap import Overlap, Way
from tests.support.build import service_project
from tests.support.cast import Cast

UNTIL = Overlap(Way.UNTIL, 2, 3, sure=0.9)


def produce(cast: Cast, folder: Path, count: int, overlap: Overlap = UNTIL) -> int:
    service_project(cast, folder, count)
    told: dict[str, Any] = {"request_id": new_id(), "reason": "a small project", "overlap": overlap}
    return open_production(cast.house, cast.zhou, cast.project, **told)


def answer(cast: Cast, round_id: int, name: str, labels: dict[int, str], most: int = 99) -> int:
    """The person answers what the round gives them, `refund` but for the items in `labels`; how many."""
    who, count = cast.people[name], 0
    while count < most and (tasks := cast.house.write(lease_tasks(cast.house, lambda _: who, round_id, 1))):
        label = labels.get(tasks[0].item.id, "refund")
        said = Answered(new_id(), tasks[0].slot, tasks[0].lease, 0, {"intent": Choice((label,))})
        cast.house.write(submit_annotation(lambda _: who, round_id, said))
        count += 1
    return count


def report(cast: Cast, round_id: int) -> OverlapReport:
    return read_overlap_of(cast.house, cast.zhou, round_id)[0]


def items_of(cast: Cast, round_id: int) -> list[int]:
    with cast.house.reading() as connection:
        return sorted(item_ids(connection, cast.project, limit=99))


def test_only_the_item_on_which_two_differ_is_asked_again(cast: Cast, tmp_path: Path) -> None:
    round_id = produce(cast, tmp_path, 8)
    odd = items_of(cast, round_id)[3]
    assert answer(cast, round_id, "alice", {}) == 8
    assert answer(cast, round_id, "bob", {odd: "complaint"}) == 8
    assert answer(cast, round_id, "carol", {}) == 0
    assert weigh_open(cast.house) == 8
    told = report(cast, round_id)
    assert (told.states[Sureness.SETTLED], told.states[Sureness.WANTED], told.open) == (7, 1, 1)
    assert answer(cast, round_id, "carol", {}) == 1
    weigh_open(cast.house)
    told = report(cast, round_id)
    # two do not surely outvote who never gave that label wrongly before: a person decides
    assert (dict(told.states), told.used) == ({Sureness.SETTLED: 7, Sureness.UNSURE: 1}, 17)
    assert told.spread == {2: 7, 3: 1}
    assert told.saved == pytest.approx(1 - 17 / 24)


def test_who_differs_from_the_others_is_found_less_reliable(cast: Cast, tmp_path: Path) -> None:
    round_id = produce(cast, tmp_path, 12, Overlap(Way.UNTIL, 2, 3, sure=0.99))
    odd = items_of(cast, round_id)[:5]
    for name, labels in (("alice", {}), ("bob", dict.fromkeys(odd, "complaint")), ("carol", {})):
        answer(cast, round_id, name, labels)
        weigh_open(cast.house)
    answer(cast, round_id, "carol", {})
    weigh_open(cast.house)
    names = [one.name for one in report(cast, round_id).people]
    assert names[0] == "Bob"


def test_what_stays_unsure_at_the_most_is_left_to_a_person(cast: Cast, tmp_path: Path) -> None:
    round_id = produce(cast, tmp_path, 4)
    first = items_of(cast, round_id)[0]
    for name, label in (("alice", "refund"), ("bob", "complaint"), ("carol", "logistics")):
        answer(cast, round_id, name, {first: label})
        weigh_open(cast.house)
    told = report(cast, round_id)
    assert (told.states[Sureness.UNSURE], told.states[Sureness.SETTLED], told.open) == (1, 3, 0)


def test_a_correction_is_weighed_again(cast: Cast, tmp_path: Path) -> None:
    round_id = produce(cast, tmp_path, 3)
    first = items_of(cast, round_id)[0]
    answer(cast, round_id, "alice", {})
    answer(cast, round_id, "bob", {first: "complaint"})
    weigh_open(cast.house)
    assert report(cast, round_id).states[Sureness.WANTED] == 1
    mine = next(one for one in list_mine(cast.house, cast.bob, round_id, 9) if one.item.id == first)
    said = Answered(new_id(), mine.slot, "", 1, {"intent": Choice(("refund",))})
    cast.house.write(submit_annotation(lambda _: cast.bob, round_id, said))
    weigh_open(cast.house)
    told = report(cast, round_id)
    assert (told.states[Sureness.SETTLED], told.open) == (3, 0)


def test_what_somebody_has_begun_is_not_withdrawn(cast: Cast, tmp_path: Path) -> None:
    round_id = produce(cast, tmp_path, 3)
    first = items_of(cast, round_id)[0]
    answer(cast, round_id, "alice", {})
    answer(cast, round_id, "bob", {first: "complaint"})
    weigh_open(cast.house)
    [task] = cast.house.write(lease_tasks(cast.house, lambda _: cast.carol, round_id, 1))
    cast.house.write(save_draft(lambda _: cast.carol, round_id, task.slot, task.lease, {"intent": Choice(("refund",))}))
    ask_no_more(cast.house, cast.zhou, round_id, request_id=new_id())
    assert report(cast, round_id).open == 1
    said = Answered(new_id(), task.slot, task.lease, 0, {"intent": Choice(("refund",))})
    cast.house.write(submit_annotation(lambda _: cast.carol, round_id, said))
    assert report(cast, round_id).open == 0


def test_asking_ends_by_the_trainer_once_and_by_nobody_else(cast: Cast, tmp_path: Path) -> None:
    round_id = produce(cast, tmp_path, 3)
    first = items_of(cast, round_id)[0]
    answer(cast, round_id, "alice", {})
    answer(cast, round_id, "bob", {first: "complaint"})
    weigh_open(cast.house)
    with pytest.raises(NotAllowed):
        ask_no_more(cast.house, cast.alice, round_id, request_id=new_id())
    with pytest.raises(RoundNotFound):
        ask_no_more(cast.house, cast.mallory, round_id, request_id=new_id())
    request_id = new_id()
    for _ in range(2):
        ask_no_more(cast.house, cast.zhou, round_id, request_id=request_id)
    assert (report(cast, round_id).open, report(cast, round_id).asks) == (0, False)
    with pytest.raises(AsksNoMore):
        ask_no_more(cast.house, cast.zhou, round_id, request_id=new_id())


def test_the_page_says_what_was_used_and_who_is_reliable(
    cast: Cast, tmp_path: Path, client: TestClient[Litestar]
) -> None:
    round_id = produce(cast, tmp_path, 4)
    here = f"/projects/{cast.project}/rounds/{round_id}/overlap"
    headers = cast.sign_in(client, "zhou")
    assert client.get(here).status_code == 200
    answer(cast, round_id, "alice", {})
    answer(cast, round_id, "bob", {})
    weigh_open(cast.house)
    page = client.get(here).text
    assert "Alice" in page
    told = client.get(f"/api/v1/rounds/{round_id}/overlap").json()
    assert (told["states"]["settled"], told["by_answers"], told["answers"]) == (4, {"2": 4}, 8)
    ended = client.post(f"/api/v1/rounds/{round_id}/overlap/end", json={"id": new_id()}, headers=headers)
    assert (ended.status_code, ended.json()["asks"]) == (200, False)
    cast.sign_in(client, "mallory")
    assert client.get(f"/api/v1/rounds/{round_id}/overlap").status_code == 404
    cast.sign_in(client, "alice")
    assert client.get(f"/api/v1/rounds/{round_id}/overlap").status_code == 403


def test_a_closed_round_is_not_weighed_any_more(cast: Cast, tmp_path: Path) -> None:
    round_id = produce(cast, tmp_path, 3)
    answer(cast, round_id, "alice", {})
    set_round_running(cast.house, cast.zhou, round_id, RoundState.CLOSED)
    assert weigh_open(cast.house) == 0


# What is decided


@pytest.mark.parametrize(
    ("answers", "coming", "sure", "state"),
    [
        (1, 1, 0.99, Sureness.WAITING),
        (2, 0, 0.95, Sureness.SETTLED),
        (2, 0, 0.8, Sureness.WANTED),
        (3, 0, 0.8, Sureness.UNSURE),
        (3, 0, None, Sureness.SETTLED),
    ],
)
def test_an_item_is_settled_wanted_or_unsure(answers: int, coming: int, sure: float | None, state: Sureness) -> None:
    assert decide_sureness(UNTIL, answers, coming, sure, None) is state


def test_boxes_are_sure_when_a_majority_of_the_answers_agrees() -> None:
    def boxes(left: float) -> dict[str, Any]:
        return {"defect": Boxes((Box("a", "scratch", left, 0, 100, 100),))}

    field = [FieldShape("defect", "box", ("scratch",))]
    here, near, away = boxes(0), boxes(2), boxes(500)
    assert (least_alike(field, [(1, here), (2, near)]) or 0) > 0.9
    assert (least_alike(field, [(1, here), (2, away)]) or 0) < 0.1
    assert (least_alike(field, [(1, here), (2, away), (3, near)]) or 0) > 0.9
    assert (least_alike(field, [(1, here), (2, away), (3, near), (4, boxes(900))]) or 0) < 0.1


def test_weighing_an_item_again_forgets_what_it_taught_before() -> None:
    crowd = Crowd(2)
    first = crowd.weigh([(1, "a"), (2, "b")])
    again = crowd.weigh([(1, "a"), (2, "a")], first)
    fresh = Crowd(2)
    fresh.weigh([(1, "a"), (2, "a")])
    assert again.best[0] == "a"
    assert [crowd.skills[who].answers for who in (1, 2)] == [fresh.skills[who].answers for who in (1, 2)] == [1, 1]
    assert crowd.right == pytest.approx(fresh.right, abs=0.02)
