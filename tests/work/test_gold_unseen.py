"""No route tells a known item: no lot, no withdrawal, no count, no practice, no exam, not the moment of a stop."""

from random import Random
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import func, select

from guiju.annotations import annotation_table, get_round
from guiju.coaching.actions import Said, practise
from guiju.coaching.reading import lay_desk
from guiju.data import item_ids
from guiju.exams.actions import candidates_for
from guiju.inspection import draw_lot
from guiju.kinds import Choice, decode_answers
from guiju.kit import new_id
from guiju.people import Role
from guiju.planning.alerts.actions import list_alerts
from guiju.projects.actions import set_member
from guiju.rulebooks import latest_published
from guiju.rulings import answer_question, ask_question, veiled_items
from guiju.storage import Actor, pump
from guiju.web.subscribers import SUBSCRIBERS
from guiju.work import Lapsed, Task, open_production, submit_annotation
from guiju.work.actions import Answered
from guiju.work.errors import AnswerSealed
from guiju.work.gold import GoldWish, Returns, WorkStopped
from guiju.work.gold.actions import known_of_round
from guiju.work.gold.tables import gold_stop
from guiju.work.queue import Hands, hand_over, read_queue, withdraw_batch
from tests.support.build import service_project
from tests.support.cast import Cast
from tests.work.test_gold import REASON, WISH, as_, know, submit, take, work

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


@pytest.fixture
def known(cast: Cast, tmp_path: Any) -> set[int]:
    service_project(cast, tmp_path, 40)
    return know(cast, 16)


@pytest.fixture(autouse=True)
def _the_same_dice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.work.gold.mixing._dice", Random(7))


@pytest.fixture
def production(cast: Cast, known: set[int]) -> int:
    assert known
    return open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason=REASON, gold=WISH)


def corrected(cast: Cast, actor: Actor, round_id: int, task: Task, revision: int) -> str:
    """What becomes of a correction, as its sender is told."""
    try:
        stored = submit(cast.house, actor, round_id, task, "complaint", revision=revision)
    except AnswerSealed as refusal:
        return f"{refusal.code} {sorted(refusal.details)}"
    return f"stored as {stored.revision}"


def test_what_lies_beside_a_lot_can_be_corrected_no_longer_than_what_lies_in_it(
    cast: Cast, production: int, known: set[int]
) -> None:
    done = work(cast, cast.alice, production, known, "refund")
    plain = next(task for task in done if task.item.id not in known)
    gold = [task for task in done if task.item.id in known]
    assert {corrected(cast, cast.alice, production, task, 1) for task in (plain, *gold)} == {"stored as 2"}
    draw_lot(cast.house, cast.hu, cast.project, request_id=new_id())
    told = {corrected(cast, cast.alice, production, task, 2) for task in (plain, *gold)}
    assert told == {"answer-sealed ['slot']"}


def in_hand(cast: Cast, production: int, known: set[int]) -> list[Task]:
    """Items that Alice holds, known ones among them."""
    held = take(cast.house, cast.alice, production, 10)
    assert {task.item.id in known for task in held} == {True, False}
    return held


def sent(cast: Cast, round_id: int, task: Task) -> object:
    told = Answered(new_id(), task.slot, task.lease, 0, {"intent": Choice(("refund",))})
    return type(cast.house.write(submit_annotation(as_(cast.alice), round_id, told)))


def test_what_is_taken_back_or_handed_over_goes_with_its_known_items(
    cast: Cast, production: int, known: set[int]
) -> None:
    held = in_hand(cast, production, known)
    hand_over(cast.house, cast.zhou, production, Hands(account_id=cast.alice.id), Hands())
    assert {sent(cast, production, task) for task in held} == {Lapsed}
    held = in_hand(cast, production, known)
    [line] = read_queue(cast.house, cast.zhou, production).batches
    withdraw_batch(cast.house, cast.zhou, production, line.batch.id, reason="sent twice")
    assert {sent(cast, production, task) for task in held} == {Lapsed}


def test_who_leaves_and_comes_back_holds_no_known_item_alone(cast: Cast, production: int, known: set[int]) -> None:
    held = in_hand(cast, production, known)
    set_member(cast.house, cast.zhou, cast.project, cast.alice.id, Role(0))
    pump(cast.house.database, SUBSCRIBERS)
    set_member(cast.house, cast.zhou, cast.project, cast.alice.id, Role.ANNOTATOR)
    assert {sent(cast, production, task) for task in held} == {Lapsed}


def test_nobody_is_stopped_at_a_known_item(cast: Cast, production: int, known: set[int]) -> None:
    done = work(cast, cast.bob, production, known, "exchange")
    with cast.house.reading() as connection:
        assert connection.execute(select(func.count()).select_from(gold_stop)).scalar() == 1
    assert done[-1].item.id not in known


def test_counts_that_an_annotator_sees_grow_with_known_items_as_with_others(
    cast: Cast, production: int, known: set[int], client: TestClient[Any]
) -> None:
    headers = cast.sign_in(client, "alice")
    seen: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    for _ in range(12):
        [task] = client.post(f"/api/v1/rounds/{production}/lease", json={"want": 1}, headers=headers).json()["tasks"]
        before = client.get(f"/projects/{cast.project}").text
        body = {
            "id": new_id(),
            "slot": task["slot"],
            "lease": task["lease"],
            "answers": {"intent": {"kind": "choice", "labels": ["refund"]}},
        }
        stored = client.post(f"/api/v1/rounds/{production}/annotations", json=body, headers=headers)
        after = client.get(f"/projects/{cast.project}").text
        work_ = client.get("/work").text
        row = work_[work_.index('class="r num"') :][:60]
        seen[task["item"]["id"] in known].add((str(before == after), row.split(">")[1].split("<")[0]))
        assert stored.status_code == 200
    assert seen[True]
    assert seen[True] == seen[False] == {("True", "有")}


def test_the_pool_is_kept_from_annotators_whether_given_or_not_and_what_they_were_given_for_ever(
    cast: Cast, production: int, known: set[int]
) -> None:
    with cast.house.reading() as connection:
        before = veiled_items(connection, cast.alice.id, cast.project)
        assert known >= before >= known - {0}
        assert not veiled_items(connection, cast.zhou.id, cast.project)
    work(cast, cast.alice, production, known, "refund")
    with cast.house.reading() as connection:
        assert veiled_items(connection, cast.alice.id, cast.project) == before
        met = set(
            connection.execute(
                select(annotation_table.c.item_id).where(annotation_table.c.round_id != production)
            ).scalars()
        )
        rulebook = latest_published(connection, cast.project)
        assert rulebook is not None
        asked = {one.known.item_id for one in candidates_for(connection, rulebook, cast.alice.id)}
        free = {one.known.item_id for one in candidates_for(connection, rulebook, cast.bob.id)}
    assert met
    assert asked.isdisjoint(met)
    assert free >= met


@pytest.mark.parametrize(("returns", "back"), [(Returns.PRACTICE, True), (Returns.WORD, False)])
def test_a_stop_is_told_to_those_who_lead_and_practice_lifts_it(
    cast: Cast, known: set[int], client: TestClient[Any], monkeypatch: pytest.MonkeyPatch, returns: Returns, back: bool
) -> None:
    monkeypatch.setattr("guiju.work.gold.rules.LEAST_PRACTISED", 1)
    wish = GoldWish(0.2, 0.8, returns=returns)
    production = open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason=REASON, gold=wish)
    work(cast, cast.bob, production, known, "exchange")
    [alert] = [one for one in list_alerts(cast.house, cast.zhou, cast.project).speaking if one.kind == "stopped"]
    assert alert.path.endswith(f"/queue#person-{cast.bob.id}")
    cast.sign_in(client, "zhou")
    page = client.get(f"/projects/{cast.project}/rounds").text
    assert f"queue#person-{cast.bob.id}" in page
    with pytest.raises(WorkStopped) as told:
        take(cast.house, cast.bob, production)
    assert ("ten different" in told.value.next_step) is back
    with cast.house.reading() as connection:
        plain = next(each for each in item_ids(connection, cast.project, limit=99) if each not in known)
    told_of: dict[str, Any] = {"request_id": new_id(), "text": "退款还是投诉？"}
    question = ask_question(cast.house, cast.alice, cast.project, item_id=plain, **told_of)
    ruled = {"intent": Choice(("refund",))}
    answer_question(cast.house, cast.xing, question, request_id=new_id(), text="要钱就是退款。", answers=ruled)
    with cast.house.reading() as connection:
        desk = lay_desk(connection, cast.bob, cast.project)
        of = known_of_round(connection, get_round(connection, production))
    assert of is not None
    assert of.wish.returns is returns
    one = desk.known[0]
    right = one.reference.answers
    practise(cast.house, cast.bob, cast.project, Said(new_id(), one.reference.id, decode_answers(right)))
    if back:
        assert take(cast.house, cast.bob, production)
        assert not [
            each for each in list_alerts(cast.house, cast.zhou, cast.project).speaking if each.kind == "stopped"
        ]
    else:
        with pytest.raises(WorkStopped):
            take(cast.house, cast.bob, production)
