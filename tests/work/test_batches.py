"""Who gets what: batches with priority and people, split, withdrawn and handed over without loss."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import func, select, update

from guiju.annotations import RoundNotFound, current_annotations
from guiju.kinds import Choice
from guiju.kit import Refusal, new_id
from guiju.people import Role, Skills, block_account, create_team, set_team_member
from guiju.projects import set_member
from guiju.storage import Actor, House, pump
from guiju.web.subscribers import SUBSCRIBERS
from guiju.work import Lapsed, Submitted, Task, lease_tasks, open_production, open_trial, save_draft, submit_annotation
from guiju.work.actions import Answered
from guiju.work.drawing.model import Wish
from guiju.work.errors import NotAnAnnotatorHere
from guiju.work.queue import (
    By,
    Change,
    Demands,
    Hands,
    Part,
    change_batch,
    hand_over,
    put_back,
    read_queue,
    split_batch,
    withdraw_batch,
)
from guiju.work.queue.errors import (
    BadDay,
    BadPart,
    BadPriority,
    BatchNameMissing,
    BatchNotFound,
    BatchWithdrawn,
    NothingHeld,
    NothingToSplit,
    NotSplittable,
    SameHands,
    SplitTakesAll,
    WithdrawalUnexplained,
)
from guiju.work.queue.model import BatchLine
from guiju.work.store import progress_of
from guiju.work.tables import slot as slot_table
from tests.support.build import import_paths, service_project
from tests.support.cast import Cast

REASON = "the customer's deadline"


@pytest.fixture
def production(cast: Cast, tmp_path: Path) -> int:
    """Production open for anybody over twelve messages."""
    service_project(cast, tmp_path)
    return open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason=REASON)


def as_(actor: Actor) -> Callable[[Any], Actor]:
    return lambda _: actor


def take(house: House, actor: Actor, round_id: int, want: int = 1) -> list[Task]:
    return house.write(lease_tasks(house, as_(actor), round_id, want))


def submit(house: House, actor: Actor, round_id: int, task: Task) -> Submitted | Lapsed:
    given = Answered(new_id(), task.slot, task.lease, 0, {"intent": Choice(("refund",))})
    return house.write(submit_annotation(as_(actor), round_id, given))


def batches(cast: Cast, round_id: int) -> list[BatchLine]:
    return read_queue(cast.house, cast.zhou, round_id).batches


def split(cast: Cast, round_id: int, count: int = 4, *, by: By = By.COUNT, **change: Any) -> int:
    [whole, *_] = [line.batch for line in batches(cast, round_id) if line.batch.split_from is None]
    part = Part(by, str(count))
    return split_batch(cast.house, cast.zhou, round_id, whole.id, part, Change("part", **change), request_id=new_id())


def by_batch(cast: Cast, round_id: int) -> dict[int, list[int]]:
    rows = select(slot_table.c.batch_id, slot_table.c.item_id).where(slot_table.c.round_id == round_id)
    found: dict[int, list[int]] = {}
    with cast.house.reading() as connection:
        for batch_id, item_id in connection.execute(rows):
            found.setdefault(batch_id, []).append(item_id)
    return found


def test_an_urgent_part_is_handed_out_before_the_rest_and_after_it_is_later_behind(cast: Cast, production: int) -> None:
    part = split(cast, production, priority=9)
    urgent = set(by_batch(cast, production)[part])
    [first] = take(cast.house, cast.alice, production)
    assert first.item.id in urgent
    change_batch(cast.house, cast.zhou, production, part, Change("part", 1))
    taken = [take(cast.house, cast.bob, production, 10)[n].item.id for n in range(8)]
    assert not urgent & set(taken)


def test_of_one_priority_the_part_that_is_wanted_earlier_goes_first(cast: Cast, production: int) -> None:
    later = split(cast, production, 3, due="2026-12-24")
    sooner = split(cast, production, 3, due="2026-12-01")
    order = [line.batch.id for line in batches(cast, production)]
    assert order[:2] == [sooner, later]
    taken = [task.item.id for task in take(cast.house, cast.alice, production, 6)]
    assert taken == sorted(by_batch(cast, production)[sooner]) + sorted(by_batch(cast, production)[later])


def test_work_is_kept_for_who_has_the_language_and_the_skill(cast: Cast, production: int) -> None:
    part = split(cast, production, 4, priority=9, demands=Demands(languages=("yue",), skills=("medicine",)))
    kept = set(by_batch(cast, production)[part])
    assert not kept & {task.item.id for task in take(cast.house, cast.alice, production, 10)}
    assert [line.takers for line in batches(cast, production) if line.batch.id == part] == [0]
    half = Skills(("yue",), ())
    set_member(cast.house, cast.zhou, cast.project, cast.bob.id, Role.ANNOTATOR, skills=half)
    assert take(cast.house, cast.bob, production) == []
    whole = Skills(("yue", "zh"), ("medicine",))
    set_member(cast.house, cast.zhou, cast.project, cast.bob.id, Role.ANNOTATOR, skills=whole)
    assert {task.item.id for task in take(cast.house, cast.bob, production, 10)} == kept


def test_work_is_kept_for_a_team_and_for_who_is_certified(cast: Cast, production: int) -> None:
    team = create_team(cast.house, cast.admin, request_id=new_id(), name="night")
    set_team_member(cast.house, cast.admin, team, cast.carol.id, belongs=True)
    split(cast, production, 4, priority=9, demands=Demands(teams=(team,)))
    split(cast, production, 4, priority=9, demands=Demands(certified=True))
    assert len(take(cast.house, cast.alice, production, 10)) == 4
    assert len(take(cast.house, cast.carol, production, 10)) == 4
    assert take(cast.house, cast.bob, production) == []


def test_a_part_by_source_or_column_is_split_off(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 4)
    more = tmp_path / "more.csv"
    more.write_text("id,text,channel\na,你好一,phone\nb,你好二,mail\nc,你好三,phone\n", encoding="utf-8")
    source = import_paths(cast, more)
    round_id = open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason=REASON)
    [whole] = [line.batch.id for line in batches(cast, round_id)]
    phone = Part(By.COLUMN, "phone", "channel")
    request_id = new_id()
    made = [
        split_batch(cast.house, cast.zhou, round_id, whole, phone, Change("phone"), request_id=request_id)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    of_source = Part(By.SOURCE, str(source))
    rest = split_batch(cast.house, cast.zhou, round_id, whole, of_source, Change("rest"), request_id=new_id())
    assert {key: len(each) for key, each in by_batch(cast, round_id).items()} == {whole: 4, made[0]: 2, rest: 1}
    with pytest.raises(NothingToSplit):
        split_batch(cast.house, cast.zhou, round_id, whole, phone, Change("again"), request_id=new_id())


def test_what_cannot_be_split_is_refused_by_name(cast: Cast, production: int) -> None:
    [whole] = [line.batch.id for line in batches(cast, production)]

    def refused(part: Part, change: Change, batch: int = whole, actor: Actor = cast.zhou) -> type[Refusal]:
        with pytest.raises(Refusal) as refusal:
            split_batch(cast.house, actor, production, batch, part, change, request_id=new_id())
        return refusal.type

    four = Part(By.COUNT, "4")
    assert refused(Part(By.COUNT, "12"), Change("all")) is SplitTakesAll
    assert refused(Part(By.COUNT, "-1"), Change("none")) is BadPart
    assert refused(Part(By.COLUMN, "x", '"'), Change("quote")) is BadPart
    assert refused(Part(By.SCENE, "99"), Change("scene")) is NothingToSplit
    assert refused(four, Change("")) is BatchNameMissing
    assert refused(four, Change("p", 10)) is BadPriority
    assert refused(four, Change("p", due="soon")) is BadDay
    assert refused(four, Change("p", demands=Demands(accounts=(cast.hu.id,)))) is NotAnAnnotatorHere
    assert refused(four, Change("p"), batch=999) is BatchNotFound
    assert refused(four, Change("p"), actor=cast.mallory) is RoundNotFound
    trial = open_trial(
        cast.house,
        cast.zhou,
        cast.project,
        request_id=new_id(),
        account_ids=[cast.alice.id, cast.bob.id],
        wish=Wish(2),
    )
    with pytest.raises(NotSplittable):
        split_batch(cast.house, cast.zhou, trial, 0, Part(By.COUNT, "1"), Change("p"), request_id=new_id())


def test_a_withdrawn_part_is_handed_out_no_more_its_answers_and_drafts_stay_and_it_can_be_put_back(
    cast: Cast, production: int
) -> None:
    part = split(cast, production, 4, priority=9)
    first, second = take(cast.house, cast.alice, production, 2)
    assert isinstance(submit(cast.house, cast.alice, production, first), Submitted)
    cast.house.write(save_draft(as_(cast.alice), production, second.slot, second.lease, {"intent": Choice(("other",))}))
    with pytest.raises(WithdrawalUnexplained):
        withdraw_batch(cast.house, cast.zhou, production, part, reason=" ")
    assert withdraw_batch(cast.house, cast.zhou, production, part, reason="sent twice by the customer") == 3
    assert isinstance(submit(cast.house, cast.alice, production, second), Lapsed)
    held = set(by_batch(cast, production)[part])
    assert not held & {task.item.id for task in take(cast.house, cast.bob, production, 10)}
    with cast.house.reading() as connection:
        assert len(list(current_annotations(connection, production))) == 1
        assert progress_of(connection, production).total == 9
    with pytest.raises(BatchWithdrawn):
        split_batch(cast.house, cast.zhou, production, part, Part(By.COUNT, "1"), Change("p"), request_id=new_id())
    assert put_back(cast.house, cast.zhou, production, part) == 3
    again = {task.item.id: task for task in take(cast.house, cast.alice, production, 10)}
    assert second.item.id in again
    assert again[second.item.id].answers is not None


def test_what_somebody_holds_goes_to_another_and_their_drafts_stay_theirs(cast: Cast, production: int) -> None:
    mine = take(cast.house, cast.alice, production, 3)
    cast.house.write(
        save_draft(as_(cast.alice), production, mine[0].slot, mine[0].lease, {"intent": Choice(("other",))})
    )
    moved = hand_over(cast.house, cast.zhou, production, Hands(cast.alice.id), Hands(cast.bob.id))
    assert (moved.moved, moved.left) == (3, 0)
    got = take(cast.house, cast.bob, production, 3)
    assert {task.item.id for task in got} == {task.item.id for task in mine}
    assert all(task.answers is None for task in got)
    assert not {task.item.id for task in mine} & {t.item.id for t in take(cast.house, cast.carol, production, 10)}
    with pytest.raises(NothingHeld):
        hand_over(cast.house, cast.zhou, production, Hands(cast.alice.id), Hands(cast.bob.id))
    with pytest.raises(SameHands):
        hand_over(cast.house, cast.zhou, production, Hands(cast.bob.id), Hands(cast.bob.id))
    with pytest.raises(NotAnAnnotatorHere):
        hand_over(cast.house, cast.zhou, production, Hands(cast.bob.id), Hands(cast.mallory.id))


def test_nobody_is_handed_an_item_that_they_answered(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 2)
    round_id = open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason=REASON, overlap=2)
    [task] = take(cast.house, cast.alice, round_id)
    submit(cast.house, cast.alice, round_id, task)
    assert len(take(cast.house, cast.bob, round_id, 3)) == 2
    moved = hand_over(cast.house, cast.zhou, round_id, Hands(cast.bob.id), Hands(cast.alice.id))
    assert (moved.moved, moved.left) == (1, 1)
    assert task.item.id not in {each.item.id for each in take(cast.house, cast.alice, round_id, 3)}


def test_who_leaves_in_the_middle_loses_nothing_and_the_work_goes_on(cast: Cast, production: int) -> None:
    held = take(cast.house, cast.alice, production, 3)
    cast.house.write(
        save_draft(as_(cast.alice), production, held[0].slot, held[0].lease, {"intent": Choice(("other",))})
    )
    submit(cast.house, cast.alice, production, held[1])
    hand_over(cast.house, cast.zhou, production, Hands(cast.alice.id), Hands(cast.bob.id))
    take(cast.house, cast.bob, production, 2)
    block_account(cast.house, cast.admin, cast.bob.id, blocked=True)
    pump(cast.house.database, SUBSCRIBERS)
    got = take(cast.house, cast.carol, production, 10)
    assert {held[0].item.id, held[2].item.id} <= {task.item.id for task in got}
    set_member(cast.house, cast.zhou, cast.project, cast.carol.id, Role(0))
    pump(cast.house.database, SUBSCRIBERS)
    again = take(cast.house, cast.alice, production, 10)
    assert len(again) == 10
    assert next(task for task in again if task.item.id == held[0].item.id).answers is not None


def test_a_lease_that_lapses_comes_back_into_its_part(cast: Cast, production: int) -> None:
    part = split(cast, production, 4, priority=9)
    [task] = take(cast.house, cast.alice, production)
    lapsed = update(slot_table).where(slot_table.c.id == task.slot)
    cast.house.write(lambda tx: tx.execute(lapsed.values(state=0, annotator_id=None, lease=None)))
    [again] = take(cast.house, cast.bob, production)
    assert again.slot == task.slot
    assert len(by_batch(cast, production)[part]) == 4


def test_the_page_and_the_route_tell_it_and_strangers_are_refused(
    cast: Cast, production: int, client: TestClient[Any]
) -> None:
    headers = cast.sign_in(client, "zhou")
    [whole] = client.get(f"/api/v1/rounds/{production}/queue").json()["batches"]
    told = {"act": "split", "id": new_id(), "batch": whole["id"], "value": "5", "name": "急件", "priority": 9}
    made = client.post(f"/api/v1/rounds/{production}/queue", json=told, headers=headers)
    assert made.status_code == 200, made.text
    page = client.get(f"/projects/{cast.project}/rounds/{production}/queue").text
    assert "急件" in page
    form = {"act": "withdraw", "batch": made.json()["batch"], "reason": "twice", "csrf": headers["X-CSRF-Token"]}
    answer = client.post(f"/projects/{cast.project}/rounds/{production}/queue", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    [gone] = [each for each in client.get(f"/api/v1/rounds/{production}/queue").json()["batches"] if each["withdrawn"]]
    assert gone["counts"]["withdrawn"] == 5
    headers = cast.sign_in(client, "alice")
    assert client.get(f"/api/v1/rounds/{production}/queue").status_code == 403
    headers = cast.sign_in(client, "mallory")
    assert client.get(f"/api/v1/rounds/{production}/queue").status_code == 404
    assert client.post(f"/api/v1/rounds/{production}/queue", json=told, headers=headers).status_code == 404


def test_the_roster_shows_what_people_speak_and_can_do(cast: Cast, client: TestClient[Any]) -> None:
    headers = cast.sign_in(client, "zhou")
    body = {"id": new_id(), "roles": ["annotator"], "languages": ["EN-gb", "zh"], "skills": [" medicine "]}
    members = client.put(f"/api/v1/projects/{cast.project}/members/bob@guiju.test", json=body, headers=headers).json()
    [bob] = [each for each in members if each["name"] == "Bob"]
    assert (bob["languages"], bob["skills"]) == (["en-GB", "zh"], ["medicine"])
    assert "en-GB" in client.get(f"/projects/{cast.project}/members").text
    for wrong in ({"languages": ["no tag"]}, {"skills": ["x" * 41]}, {"skills": [f"s{n}" for n in range(31)]}):
        refused = client.put(
            f"/api/v1/projects/{cast.project}/members/bob@guiju.test", json={**body, **wrong}, headers=headers
        )
        assert refused.status_code == 422
    assert client.get(f"/api/v1/projects/{cast.project}/members").json() == members
    with cast.house.reading() as connection:
        assert connection.execute(select(func.count()).select_from(slot_table)).scalar() == 0
