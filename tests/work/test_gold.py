"""Known answers lie unseen in production: nobody can tell them, they measure people, and stop who is surely below."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.testing import TestClient
from sqlalchemy import func, select

from guiju.annotations import RoundKind, annotation_table, current_annotations, find_resolutions, get_round, list_rounds
from guiju.data import item_ids
from guiju.kinds import Choice, encode_answers
from guiju.kit import Refusal, new_id
from guiju.pay import Period, Rate, Terms, Unit, compute_statements, set_card
from guiju.people import grant_certificate
from guiju.rulebooks.tables import rulebook as rulebook_table
from guiju.rulings import insert_gold, reference_table
from guiju.storage import Actor, House
from guiju.work import GoldWish, Submitted, Task, lease_tasks, open_production, submit_annotation
from guiju.work.actions import Answered
from guiju.work.gold import admit, change_gold, decide_back, decide_rate, decide_stop
from guiju.work.gold.actions import known_of_round
from guiju.work.gold.errors import (
    BadGoldShare,
    BadLine,
    NoGoldHere,
    NothingKnown,
    NotStopped,
    WordUnexplained,
    WorkStopped,
)
from guiju.work.gold.model import Record
from guiju.work.gold.naming import inner_name, outer_name
from guiju.work.gold.tables import gold_item
from guiju.work.mine import list_mine
from guiju.work.queue import read_queue
from guiju.work.store import progress_of
from guiju.work.tables import slot as slot_table
from tests.support.build import service_project
from tests.support.cast import Cast

REASON = "the customer's deadline"
WISH = GoldWish(0.2, 0.8)


def as_(actor: Actor) -> Callable[[Any], Actor]:
    return lambda _: actor


def take(house: House, actor: Actor, round_id: int, want: int = 1) -> list[Task]:
    return house.write(lease_tasks(house, as_(actor), round_id, want))


def submit(house: House, actor: Actor, round_id: int, task: Task, label: str, revision: int = 0) -> Submitted:
    lease = "" if revision else task.lease
    told = Answered(new_id(), task.slot, lease, revision, {"intent": Choice((label,))})
    stored = house.write(submit_annotation(as_(actor), round_id, told))
    assert isinstance(stored, Submitted)
    return stored


def know(cast: Cast, count: int) -> set[int]:
    """The last items' right answer is `refund`, as a file brought it."""
    with cast.house.reading() as connection:
        items = item_ids(connection, cast.project, limit=1_000)[:count]
        rulebook = connection.execute(select(func.max(rulebook_table.c.id))).scalar_one()
    right = encode_answers({"intent": Choice(("refund",))}).decode()
    cast.house.write(lambda tx: insert_gold(tx, cast.project, rulebook, [(item, right) for item in items]))
    return set(items)


@pytest.fixture
def known(cast: Cast, tmp_path: Path) -> set[int]:
    service_project(cast, tmp_path, 40)
    return know(cast, 16)


@pytest.fixture(autouse=True)
def _the_same_dice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is a known item is drawn at random: in the tests by the same draw each time."""
    monkeypatch.setattr("guiju.work.gold.mixing._dice", Random(7))


@pytest.fixture
def production(cast: Cast, known: set[int]) -> int:
    """Production over 24 messages, with 16 whose answer is known mixed in."""
    assert known
    return open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason=REASON, gold=WISH)


def work(cast: Cast, actor: Actor, round_id: int, known: set[int], label: str) -> list[Task]:
    """Answer until nothing more is given: known items with `label`."""
    done: list[Task] = []
    while True:
        try:
            tasks = take(cast.house, actor, round_id, 2)
        except WorkStopped:
            return done
        if not tasks:
            return done
        for task in tasks:
            if take_was_lost(cast, task):
                continue
            submit(cast.house, actor, round_id, task, label if task.item.id in known else "complaint")
            done.append(task)


def take_was_lost(cast: Cast, task: Task) -> bool:
    """Whether what was in hand went back meanwhile, as it does when somebody is stopped."""
    with cast.house.reading() as connection:
        return connection.execute(select(slot_table.c.id).where(slot_table.c.lease == task.lease)).first() is None


def test_known_items_come_among_the_others_and_nothing_of_them_is_resolved_or_counted(
    cast: Cast, production: int, known: set[int]
) -> None:
    done = work(cast, cast.alice, production, known, "refund")
    met = [task.item.id for task in done if task.item.id in known]
    assert met
    assert len(met) == len(set(met))
    with cast.house.reading() as connection:
        assert {each.item_id for each in find_resolutions(connection, cast.project)} == {
            task.item.id for task in done
        } - known
        assert {each.item_id for each in current_annotations(connection, production)}.isdisjoint(known)
        assert progress_of(connection, production).done == progress_of(connection, production).total == 24
        [gold] = list_rounds(connection, cast.project, RoundKind.GOLD)
        paid = select(func.count()).where(annotation_table.c.round_id.in_([production, gold.id]))
        assert connection.execute(paid).scalar() == len(done)
    mine = list_mine(cast.house, cast.alice, production, 100)
    assert {each.item.id for each in mine} == {task.item.id for task in done}
    assert {each.slot for each in mine} == {task.slot for task in done}


def test_nothing_that_an_annotator_sees_tells_a_known_item(
    cast: Cast, production: int, known: set[int], client: TestClient[Any]
) -> None:
    headers = cast.sign_in(client, "alice")
    shapes: dict[bool, set[str]] = {True: set(), False: set()}
    seen: dict[bool, list[int]] = {True: [], False: []}
    while tasks := client.post(f"/api/v1/rounds/{production}/lease", json={"want": 3}, headers=headers).json()["tasks"]:
        again = client.post(f"/api/v1/rounds/{production}/lease", json={"want": 3}, headers=headers).json()["tasks"]
        assert {task["slot"] for task in again} >= {task["slot"] for task in tasks}
        before = client.get(f"/api/v1/projects/{cast.project}/rounds", headers=headers).json()["rounds"]
        for task in tasks:
            of = task["item"]["id"] in known
            shapes[of].add(",".join(sorted(task) + sorted(task["item"])))
            seen[of].append(task["slot"])
            body = {
                "id": new_id(),
                "slot": task["slot"],
                "lease": task["lease"],
                "revision": 0,
                "answers": {"intent": {"kind": "choice", "labels": ["refund" if of else "complaint"]}},
            }
            answer = client.post(f"/api/v1/rounds/{production}/annotations", json=body, headers=headers)
            assert answer.status_code == 200, answer.text
            assert sorted(answer.json()) == ["annotation", "tasks"]
        after = client.get(f"/api/v1/projects/{cast.project}/rounds", headers=headers).json()["rounds"]
        assert [each["done"] for each in after if each["id"] == production] == [
            each["done"] + len(tasks) for each in before if each["id"] == production
        ]
        assert {each["kind"] for each in after} == {"production"}
    assert shapes[True] == shapes[False]
    least, most = min(seen[False]), max(seen[False])
    assert any(least < slot < most for slot in seen[True])


def test_slots_are_called_by_numbers_that_say_nothing_and_lead_back() -> None:
    names = [outer_name("k" * 32, slot) for slot in range(2_000)]
    assert [inner_name("k" * 32, name) for name in names] == list(range(2_000))
    assert max(names) < 2**48
    rising = sum(one < other for one, other in pairwise(names))
    assert 900 < rising < 1_100


@given(n=st.integers(0, 40), wrong=st.integers(0, 40), base=st.floats(0.01, 0.2), line=st.floats(0.3, 0.99))
def test_the_rate_rises_with_errors_and_never_leaves_its_bounds(n: int, wrong: int, base: float, line: float) -> None:
    wrong = min(wrong, n)
    wish = GoldWish(base, line)
    here = decide_rate(wish, Record(n - wrong, n)).share
    assert base <= here <= max(0.3, base)
    if wrong < n:
        assert here <= decide_rate(wish, Record(n - wrong - 1, n)).share + 1e-12


def test_the_rate_falls_back_to_the_base_when_errors_are_surely_few() -> None:
    wish = GoldWish(0.05, 0.8)
    assert decide_rate(wish, Record(0, 0)).share > 0.15
    assert decide_rate(wish, Record(40, 40)).share == 0.05
    assert decide_rate(wish, Record(0, 40)).share == 0.2


def test_somebody_is_stopped_by_the_interval_and_never_by_a_few_answers() -> None:
    wish = GoldWish(0.05, 0.8)
    assert not decide_stop(wish, Record(0, 7)).stops
    assert decide_stop(wish, Record(2, 8)).stops
    assert not decide_stop(wish, Record(6, 8)).stops
    assert not decide_stop(GoldWish(0.05, 0.8, stops=False), Record(0, 40)).stops


def test_practice_passes_from_ten_known_answers_on_with_the_share_that_is_asked_for() -> None:
    assert decide_back(0.8, Record(8, 10))
    assert not decide_back(0.8, Record(9, 9))
    assert not decide_back(0.8, Record(15, 20))


def test_who_is_surely_below_the_line_is_stopped_and_loses_nothing(
    cast: Cast, production: int, known: set[int]
) -> None:
    change_gold(cast.house, cast.zhou, production, GoldWish(0.2, 0.9))
    work(cast, cast.bob, production, known, "exchange")
    with pytest.raises(WorkStopped) as told:
        take(cast.house, cast.bob, production)
    assert int(str(told.value.details["n"])) >= 8
    assert str(told.value.details["where"]).endswith("/practice")
    with cast.house.reading() as connection:
        assert progress_of(connection, production).leased == 0
        answered = progress_of(connection, production).done
        assert len(list(current_annotations(connection, production))) == answered
        of = known_of_round(connection, get_round(connection, production))
    assert of is not None
    [bob] = of.people
    assert bob.stop is not None
    assert bob.high < 0.9
    assert work(cast, cast.alice, production, known, "refund")
    with cast.house.reading() as connection:
        assert progress_of(connection, production).done == 24


def test_who_was_stopped_comes_back_by_the_trainers_signed_word_and_counts_anew(
    cast: Cast, production: int, known: set[int]
) -> None:
    work(cast, cast.bob, production, known, "exchange")
    with pytest.raises(WordUnexplained):
        admit(cast.house, cast.zhou, production, cast.bob.id, reason=" ")
    with pytest.raises(Refusal):
        admit(cast.house, cast.qian, production, cast.bob.id, reason="not a trainer")
    admit(cast.house, cast.zhou, production, cast.bob.id, reason="we read C2 together")
    with pytest.raises(NotStopped):
        admit(cast.house, cast.zhou, production, cast.bob.id, reason="again")
    assert take(cast.house, cast.bob, production)


def test_who_was_stopped_comes_back_by_passing_the_exam(cast: Cast, production: int, known: set[int]) -> None:
    work(cast, cast.bob, production, known, "exchange")
    with cast.house.reading() as connection:
        rulebook = get_round(connection, production).rulebook_id
    told: dict[str, Any] = {
        "account_id": cast.bob.id,
        "project_id": cast.project,
        "rulebook_id": rulebook,
        "version": "1.0.0",
    }
    cast.house.write(lambda tx: grant_certificate(tx, **told, sitting_id=1, score=1.0))
    assert take(cast.house, cast.bob, production)


def test_the_first_answer_to_a_known_item_counts_and_its_correction_does_not(
    cast: Cast, production: int, known: set[int]
) -> None:
    task = next(each for each in work(cast, cast.alice, production, known, "exchange") if each.item.id in known)
    with cast.house.reading() as connection:
        before = known_of_round(connection, get_round(connection, production))
    assert submit(cast.house, cast.alice, production, task, "refund", revision=1).revision == 2
    with cast.house.reading() as connection:
        after = known_of_round(connection, get_round(connection, production))
    assert before is not None
    assert after is not None
    assert after.people[0].record == before.people[0].record


def test_what_cannot_be_mixed_in_is_refused_by_name(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path)

    def opened(wish: GoldWish | None) -> int:
        return open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason=REASON, gold=wish)

    with pytest.raises(NothingKnown):
        opened(WISH)
    know(cast, 3)
    with pytest.raises(BadGoldShare):
        opened(GoldWish(0.5))
    with pytest.raises(BadLine):
        opened(GoldWish(0.05, 1.0))
    round_id = opened(None)
    with pytest.raises(NoGoldHere):
        change_gold(cast.house, cast.zhou, round_id, WISH)


def test_the_rulebooks_examples_are_not_mixed_in_for_everybody_sees_them(
    cast: Cast, production: int, known: set[int]
) -> None:
    with cast.house.reading() as connection:
        pool = set(connection.execute(select(gold_item.c.item_id)).scalars())
        examples = select(reference_table.c.item_id).where(reference_table.c.origin == "example")
        assert pool == known - set(connection.execute(examples).scalars())


def test_the_page_shows_the_interval_to_the_trainer(cast: Cast, production: int, known: set[int], client: Any) -> None:
    work(cast, cast.bob, production, known, "exchange")
    cast.sign_in(client, "zhou")
    page = client.get(f"/projects/{cast.project}/rounds/{production}/queue").text
    assert 'value="admit"' in page
    [bob] = client.get(f"/api/v1/rounds/{production}/queue").json()["known"]
    assert bob["stopped"]
    assert bob["share"] <= 0.3
    assert read_queue(cast.house, cast.zhou, production).people
    client.cookies.clear()
    cast.sign_in(client, "bob")
    refused = client.get(f"/projects/{cast.project}/rounds/{production}/work")
    assert refused.status_code == 403
    assert "/practice" in refused.text


def test_a_known_item_is_paid_as_any_other_of_the_round(cast: Cast, production: int, known: set[int]) -> None:
    terms = Terms("CNY", (Rate(RoundKind.PRODUCTION, Unit.ITEM, 100_000),))
    set_card(cast.house, cast.qian, cast.project, terms, valid_from=0, request_id=new_id())
    done = work(cast, cast.alice, production, known, "refund")
    assert known & {task.item.id for task in done}
    now = cast.house.clock()
    [statement] = compute_statements(cast.house, cast.qian, cast.project, Period(1, now + 1))
    assert [(line.round_id, line.quantity) for line in statement.lines] == [(production, len(done))]
