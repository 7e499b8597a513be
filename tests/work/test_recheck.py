"""A recheck: other eyes than the first, what they confirm stays, what they change holds and can be put back."""

from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.annotations import Origin, RoundState, find_resolutions, get_round
from guiju.kit import new_id
from guiju.people import NotAllowed, Role
from guiju.planning import look_at_day, look_at_project
from guiju.projects import ProjectNotFound, set_member
from guiju.rulings import answer_question, ask_question
from guiju.work import estimate_recheck, open_recheck, set_round_running
from guiju.work.recheck import LeftOut, NobodyToRecheck, NothingToRecheck, TooManyToRecheck, put_back, read_recheck
from guiju.work.recheck.model import Held
from guiju.work.recheck.rules import plan_recheck
from tests.inspection.build import Made, choice, make_texts, resolve_all, sign_a_brief
from tests.support.cast import Cast


class Hand:
    """An annotator at the wire."""

    def __init__(self, cast: Cast, client: TestClient[Litestar], who: str, round_: int) -> None:
        self.client, self.path = client, f"/api/v1/rounds/{round_}"
        self.headers = cast.sign_in(client, who)

    def lease(self, want: int = 10) -> list[dict[str, Any]]:
        answer = self.client.post(f"{self.path}/lease", json={"want": want}, headers=self.headers)
        return answer.json()["tasks"]

    def answer(self, task: dict[str, Any], label: str, active_ms: int | None = None) -> None:
        said = {"label": {"kind": "choice", "labels": [label]}}
        sent = {"id": new_id(), "slot": task["slot"], "lease": task["lease"], "answers": said, "active_ms": active_ms}
        stored = self.client.post(f"{self.path}/annotations", json=sent, headers=self.headers)
        assert stored.status_code == 200, stored.text


def opened(cast: Cast, items: list[int], **options: Any) -> int:
    return open_recheck(cast.house, cast.zhou, cast.project, request_id=new_id(), items=items, **options)


def held(cast: Cast, items: list[int]) -> dict[int, tuple[str, int]]:
    with cast.house.reading() as connection:
        found = find_resolutions(connection, cast.project, item_ids=items)
    return {each.item_id: (each.answers, each.id) for each in found}


@pytest.fixture
def made(cast: Cast) -> Made:
    """Six texts that alice labelled a and b in turn."""
    return make_texts(cast, 6)


def test_nobody_gets_an_item_that_they_answered_before(cast: Cast, client: TestClient[Litestar], made: Made) -> None:
    resolve_all(cast.house, cast.bob, made.project, made.rulebook, {made.items[0]: choice("b")})
    round_ = opened(cast, made.items)
    assert not Hand(cast, client, "alice", round_).lease()
    assert {task["item"]["id"] for task in Hand(cast, client, "bob", round_).lease()} == set(made.items[1:])
    assert [task["item"]["id"] for task in Hand(cast, client, "carol", round_).lease()] == made.items[:1]


def test_work_that_one_may_not_take_is_not_among_ones_own_for_today(cast: Cast, made: Made) -> None:
    round_ = opened(cast, made.items)
    assert round_ not in {each.round_id for each in look_at_day(cast.house, cast.alice).rounds}
    [waiting] = [each for each in look_at_day(cast.house, cast.bob).rounds if each.round_id == round_]
    assert waiting.left == 6


def test_a_blind_recheck_shows_nothing_and_the_other_what_holds_but_not_whose_it_is(
    cast: Cast, client: TestClient[Litestar], made: Made
) -> None:
    blind = Hand(cast, client, "bob", opened(cast, made.items[:1])).lease()
    shown = Hand(cast, client, "bob", opened(cast, made.items[1:2], shown=True)).lease()
    assert [task["suggestion"] for task in blind] == [None]
    [suggestion] = [task["suggestion"] for task in shown]
    assert suggestion["answers"] == {"label": {"kind": "choice", "labels": ["b"]}}
    assert (suggestion["kind"], suggestion["annotator"]) == ("record", "")


@pytest.mark.parametrize("shown", [False, True])
def test_the_same_answer_leaves_what_holds_another_one_holds_from_then_on(
    cast: Cast, client: TestClient[Litestar], made: Made, shown: bool
) -> None:
    before, pair = held(cast, made.items), made.items[:2]
    round_ = opened(cast, pair, shown=shown)
    bob = Hand(cast, client, "bob", round_)
    for task in bob.lease():
        bob.answer(task, "a")
    after, report = held(cast, made.items), read_recheck(cast.house, cast.zhou, cast.project, round_)
    assert after[pair[0]] == before[pair[0]], "confirmed: not even its resolution is another"
    assert '"a"' in after[pair[1]][0]
    assert (report.confirmed, report.changed) == (1, 1)
    [changed] = report.listed
    assert (changed.item_id, changed.first, changed.second, changed.stands) == (pair[1], "Alice", "Bob", True)


def test_what_held_before_is_put_back_with_its_author_and_only_where_the_recheck_still_holds(
    cast: Cast, client: TestClient[Litestar], made: Made
) -> None:
    round_ = opened(cast, made.items)
    bob = Hand(cast, client, "bob", round_)
    for task in bob.lease():
        bob.answer(task, "a")
    resolve_all(cast.house, cast.carol, made.project, made.rulebook, {made.items[1]: choice("b")})
    told, where = new_id(), (cast.house, cast.zhou, cast.project, round_)
    assert put_back(*where, request_id=told, items=made.items) == 2
    assert put_back(*where, request_id=told, items=made.items) == 2, "sent twice, done once"
    with cast.house.reading() as connection:
        back = find_resolutions(connection, cast.project, item_ids=made.items[3:4])
    assert [(each.answers, each.round_id, each.origin) for each in back] == [
        ('{"label":{"kind":"choice","labels":["b"]}}', made.round, Origin.ANNOTATION)
    ]
    assert not any(each.stands for each in read_recheck(*where).listed)


def test_what_cannot_be_rechecked_is_left_out_with_its_reason(cast: Cast, made: Made) -> None:
    sign_a_brief(cast, cast.project)
    ruled, waiting, known, inspected = made.items[:4]
    question = ask_question(
        cast.house, cast.bob, cast.project, request_id=new_id(), text="?", item_id=ruled, round_id=made.round
    )
    answers = {"label": {"kind": "choice", "labels": ["a"]}}
    answer_question(cast.house, cast.xing, question, request_id=new_id(), text="a", answers=answers)
    opened(cast, [waiting])
    for who in (cast.bob, cast.carol):
        resolve_all(cast.house, who, made.project, made.rulebook, {known: choice("a")})
    found = estimate_recheck(cast.house, cast.zhou, cast.project, items=[*made.items, 10**9], inspected={inspected})
    assert found.items == 2
    assert found.left_out == {
        LeftOut.RULED: 1,
        LeftOut.WAITING: 1,
        LeftOut.KNOWN: 1,
        LeftOut.INSPECTED: 1,
        LeftOut.OPEN: 1,
    }
    with pytest.raises(NothingToRecheck):
        opened(cast, [ruled, waiting, known])


def test_hours_and_price_are_told_before_it_opens(cast: Cast, client: TestClient[Litestar]) -> None:
    made = make_texts(cast, 12)
    sign_a_brief(cast, cast.project)
    assert estimate_recheck(cast.house, cast.zhou, cast.project, items=made.items).median_ms is None
    bob = Hand(cast, client, "bob", opened(cast, made.items))
    for task in bob.lease():
        bob.answer(task, "a", active_ms=0)
    with cast.house.reading() as connection:
        assert get_round(connection, made.round).overlap == 1
    told = estimate_recheck(cast.house, cast.zhou, cast.project, items=made.items[:10])
    assert (told.items, told.median_ms, told.hours) == (10, 0.0, 0.0)
    assert (told.price, told.currency) == (pytest.approx(1.0), "CNY")


def test_for_chosen_people_the_items_are_shared_out_evenly(
    cast: Cast, client: TestClient[Litestar], made: Made
) -> None:
    round_ = opened(cast, made.items, account_ids=[cast.bob.id])
    assert not Hand(cast, client, "carol", round_).lease()
    assert len(Hand(cast, client, "bob", round_).lease()) == 6
    set_member(cast.house, cast.zhou, cast.project, cast.hu.id, Role.INSPECTOR | Role.ANNOTATOR)
    items = {item: Held(item, item, "annotation", None) for item in range(10)}
    plan = plan_recheck(range(10), items, {0: {1}, 1: {1}}, (), (), {1, 2, 3}, [1, 2])
    load = [sum(each.account_id == who for each in plan.wanted) for who in (1, 2)]
    assert load == [5, 5]
    assert {each.account_id for each in plan.wanted if each.held.item_id in {0, 1}} == {2}


def test_who_may_open_one_and_whom_it_may_be_for(cast: Cast, made: Made) -> None:
    with pytest.raises(NobodyToRecheck):
        opened(cast, made.items, account_ids=[cast.xing.id])
    with pytest.raises(TooManyToRecheck):
        opened(cast, list(range(100_001)))
    for who, refusal in (("alice", NotAllowed), ("xing", NotAllowed), ("mallory", ProjectNotFound)):
        with pytest.raises(refusal):
            open_recheck(cast.house, cast.people[who], cast.project, request_id=new_id(), items=made.items)
        with pytest.raises(refusal):
            estimate_recheck(cast.house, cast.people[who], cast.project, items=made.items)


def test_the_project_says_what_its_recheck_waits_for_until_it_is_closed(
    cast: Cast, client: TestClient[Litestar], made: Made
) -> None:
    sign_a_brief(cast, cast.project)
    round_ = opened(cast, made.items)
    step = look_at_project(cast.house, cast.zhou, cast.project).step
    assert step is not None
    assert (step.title.places["done"], step.path) == ("0", "/rounds")
    bob = Hand(cast, client, "bob", round_)
    for task in bob.lease():
        bob.answer(task, "a")
    step = look_at_project(cast.house, cast.zhou, cast.project).step
    assert step is not None
    assert step.path == f"/rounds/{round_}/recheck"
    set_round_running(cast.house, cast.zhou, round_, RoundState.CLOSED)
    step = look_at_project(cast.house, cast.zhou, cast.project).step
    assert step is not None
    assert step.path == "/lots"
