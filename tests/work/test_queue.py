"""The queue: everybody gets their own, an answer is stored once, what lapses is kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from sqlalchemy import func, select, update

from guiju.annotations import (
    AnswersRefused,
    RoundClosed,
    RoundNotFound,
    RoundState,
    StaleRevision,
    annotation_table,
    find_resolutions,
)
from guiju.consensus import resolve_round
from guiju.consensus.errors import TrialUndecided
from guiju.data import item_ids
from guiju.kinds import Answer, Choice
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.storage import Actor, House
from guiju.work import (
    GateNotPassed,
    Lapsed,
    Returned,
    Submitted,
    Task,
    lease_tasks,
    list_mine,
    open_assigned_trial,
    open_production,
    open_rework,
    open_trial,
    save_draft,
    seal_slots,
    set_round_running,
    submit_annotation,
)
from guiju.work.actions import Answered
from guiju.work.errors import (
    AnswerSealed,
    BriefNotSigned,
    NobodyToAnnotate,
    NothingToAnnotate,
    RoundNotByHand,
    SlotNotFound,
)
from guiju.work.rules import decide_production
from guiju.work.tables import slot as slot_table
from guiju.work.trial import decide_gate
from tests.support.build import publish_the_rulebook, service_project, sign_the_brief
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


def submit(house: House, actor: Actor, round_id: int, task: Task, label: str = "refund", **options: Any) -> Any:
    answers = {"intent": Choice((label,))}
    given: dict[str, Any] = {
        "request_id": new_id(),
        "slot": task.slot,
        "lease": task.lease,
        "revision": 0,
        "answers": answers,
        **options,
    }
    return house.write(submit_annotation(as_(actor), round_id, Answered(**given)))


def test_nobody_gets_the_same_item_twice(cast: Cast, production: int) -> None:
    seen: list[int] = []
    for turn in range(4):
        for actor in (cast.alice, cast.bob, cast.carol):
            [task] = take(cast.house, actor, production)
            seen.append(task.item.id)
            submit(cast.house, actor, production, task)
        assert len(seen) == len(set(seen)) == 3 * (turn + 1)
    assert take(cast.house, cast.alice, production) == []


def test_what_is_in_hand_comes_again_after_a_reload(cast: Cast, production: int) -> None:
    first = take(cast.house, cast.alice, production, 3)
    again = take(cast.house, cast.alice, production, 3)
    assert [task.slot for task in again] == [task.slot for task in first]


def test_an_answer_under_way_counts_though_its_item_was_asked_for_again(cast: Cast, production: int) -> None:
    [first] = take(cast.house, cast.alice, production)
    [again] = take(cast.house, cast.alice, production)
    assert again.lease == first.lease
    assert isinstance(submit(cast.house, cast.alice, production, first), Submitted)


def test_a_submit_sent_twice_is_stored_once_and_answers_the_same(cast: Cast, production: int) -> None:
    [task] = take(cast.house, cast.alice, production)
    request_id = new_id()
    answers = [submit(cast.house, cast.alice, production, task, request_id=request_id) for _ in range(3)]
    assert {(answer.annotation_id, answer.revision) for answer in answers} == {(answers[0].annotation_id, 1)}
    with cast.house.reading() as connection:
        assert connection.execute(select(func.count()).select_from(annotation_table)).scalar() == 1


def test_a_submit_brings_the_next_item_along(cast: Cast, production: int) -> None:
    [task] = take(cast.house, cast.alice, production)
    stored = submit(cast.house, cast.alice, production, task, want=1)
    assert isinstance(stored, Submitted)
    assert [each.item.id != task.item.id for each in stored.tasks] == [True]


def test_one_answer_is_the_resolution_at_once(cast: Cast, production: int) -> None:
    [task] = take(cast.house, cast.alice, production)
    submit(cast.house, cast.alice, production, task, "complaint")
    with cast.house.reading() as connection:
        [held] = find_resolutions(connection, cast.project)
    assert held.item_id == task.item.id
    assert msgspec.json.decode(held.answers) == {"intent": {"kind": "choice", "labels": ["complaint"]}}


def test_an_answer_on_a_lapsed_lease_is_kept_as_a_draft(cast: Cast, production: int) -> None:
    [task] = take(cast.house, cast.alice, production)
    cast.house.write(
        lambda tx: tx.execute(update(slot_table).where(slot_table.c.id == task.slot).values(lease_until=1))
    )
    assert submit(cast.house, cast.alice, production, task, "exchange") == Lapsed(task.slot)
    with cast.house.reading() as connection:
        assert find_resolutions(connection, cast.project) == []
    cast.house.write(
        lambda tx: tx.execute(update(slot_table).where(slot_table.c.id == task.slot).values(state=0, annotator_id=None))
    )
    [again] = take(cast.house, cast.alice, production)
    assert msgspec.json.decode(again.answers) == {"intent": {"kind": "choice", "labels": ["exchange"]}}


def test_a_draft_comes_back_with_its_item(cast: Cast, production: int) -> None:
    [task] = take(cast.house, cast.alice, production)
    answers: dict[str, Answer] = {"intent": Choice(("invoice",))}
    cast.house.write(save_draft(as_(cast.alice), production, task.slot, task.lease, answers))
    [again] = take(cast.house, cast.alice, production)
    assert msgspec.json.decode(again.answers) == {"intent": {"kind": "choice", "labels": ["invoice"]}}


def test_a_correction_is_a_new_revision_and_becomes_the_resolution(cast: Cast, production: int) -> None:
    [task] = take(cast.house, cast.alice, production)
    submit(cast.house, cast.alice, production, task, "refund")
    corrected = submit(cast.house, cast.alice, production, task, "exchange", lease="", revision=1)
    assert corrected.revision == 2
    with cast.house.reading() as connection:
        [held] = find_resolutions(connection, cast.project)
    assert "exchange" in held.answers
    [mine] = list_mine(cast.house, cast.alice, production, 20)
    assert (mine.revision, mine.slot) == (2, task.slot)


def test_a_stale_revision_is_refused(cast: Cast, production: int) -> None:
    [task] = take(cast.house, cast.alice, production)
    submit(cast.house, cast.alice, production, task)
    submit(cast.house, cast.alice, production, task, "exchange", lease="", revision=1)
    with pytest.raises(StaleRevision) as refused:
        submit(cast.house, cast.alice, production, task, "invoice", lease="", revision=1)
    assert refused.value.details["revision"] == 2


def test_what_is_in_a_lot_can_no_longer_be_changed(cast: Cast, production: int) -> None:
    [task] = take(cast.house, cast.alice, production)
    submit(cast.house, cast.alice, production, task)
    cast.house.write(lambda tx: seal_slots(tx, [task.item.id]))
    with pytest.raises(AnswerSealed):
        submit(cast.house, cast.alice, production, task, "exchange", lease="", revision=1)


def test_nobody_answers_in_anothers_place(cast: Cast, production: int) -> None:
    [task] = take(cast.house, cast.alice, production)
    assert isinstance(submit(cast.house, cast.bob, production, task), Lapsed)
    submit(cast.house, cast.alice, production, task)
    with pytest.raises(SlotNotFound):
        submit(cast.house, cast.bob, production, task, lease="", revision=1)


def test_a_label_that_the_rulebook_does_not_have_is_refused(cast: Cast, production: int) -> None:
    [task] = take(cast.house, cast.alice, production)
    with pytest.raises(AnswersRefused):
        submit(cast.house, cast.alice, production, task, "nonsense")
    with cast.house.reading() as connection:
        assert connection.execute(select(func.count()).select_from(annotation_table)).scalar() == 0


def test_a_closed_round_takes_no_answers(cast: Cast, production: int) -> None:
    [task] = take(cast.house, cast.alice, production)
    set_round_running(cast.house, cast.zhou, production, RoundState.CLOSED)
    with pytest.raises(RoundClosed):
        submit(cast.house, cast.alice, production, task)
    with pytest.raises(RoundClosed):
        take(cast.house, cast.alice, production)


def test_a_stranger_may_not_know_that_the_round_exists(cast: Cast, production: int) -> None:
    with pytest.raises(RoundNotFound):
        take(cast.house, cast.mallory, production)


def test_the_requester_does_not_annotate(cast: Cast, production: int) -> None:
    with pytest.raises(NotAllowed):
        take(cast.house, cast.lin, production)


def test_in_a_trial_everybody_answers_the_same_items(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path)
    people = [cast.alice.id, cast.bob.id]
    trial = open_trial(cast.house, cast.zhou, cast.project, request_id=new_id(), account_ids=people, size=5)
    items = [{task.item.id for task in take(cast.house, actor, trial, 10)} for actor in (cast.alice, cast.bob)]
    assert items[0] == items[1]
    assert len(items[0]) == 5
    assert take(cast.house, cast.carol, trial, 10) == []


def test_a_trials_answers_resolve_nothing_by_themselves(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path)
    people = [cast.alice.id, cast.bob.id]
    trial = open_trial(cast.house, cast.zhou, cast.project, request_id=new_id(), account_ids=people, size=5)
    [task] = take(cast.house, cast.alice, trial)
    submit(cast.house, cast.alice, trial, task)
    with cast.house.reading() as connection:
        assert find_resolutions(connection, cast.project) == []


def test_with_two_answers_an_item_nobody_gives_both(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 3)
    round_id = open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), overlap=2, reason=REASON)
    for actor in (cast.alice, cast.bob):
        tasks = take(cast.house, actor, round_id, 10)
        assert len({task.item.id for task in tasks}) == len(tasks) == 3
        for task in tasks:
            submit(cast.house, actor, round_id, task)
    assert take(cast.house, cast.carol, round_id, 10) == []


def test_production_waits_for_a_trial_or_a_signed_reason(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path)
    with pytest.raises(GateNotPassed):
        open_production(cast.house, cast.zhou, cast.project, request_id=new_id())


@pytest.mark.parametrize(
    ("decisions", "reason", "opens", "why"),
    [
        ([], None, False, "No trial has passed its gate yet."),
        ([(1, "1.2.0", True, False)], None, True, "Trial 1 passed its gate under version 1.2.0."),
        ([(1, "1.2.0", False, True)], None, True, "The gate of trial 1 was opened with a signed reason."),
        ([(1, "1.2.0", True, False), (2, "1.3.0", False, False)], None, True, "Trial 1 passed"),
        ([(1, "0.9.0", True, False)], None, False, "the rules have changed their meaning since (1.3.0)"),
        ([(1, "0.9.0", True, False)], "urgent", True, "Opened without a trial"),
        ([], "  ", False, "No trial has passed"),
    ],
)
def test_the_gate_to_production_is_decided_from_the_trials_and_says_why(
    decisions: list[tuple[int, str, bool, bool]], reason: str | None, opens: bool, why: str
) -> None:
    gate = decide_production(decisions, "1.3.0", reason)
    assert gate.opens is opens
    assert why in gate.why.format(**gate.places)


def test_no_way_in_produces_before_the_gate_and_only_who_decides_gates_signs_a_reason(
    cast: Cast, client: TestClient[Any], tmp_path: Path
) -> None:
    service_project(cast, tmp_path, 4)
    qian = cast.sign_in(client, "qian")
    asked = {"id": new_id(), "kind": "production"}
    api = f"/api/v1/projects/{cast.project}/rounds"
    assert client.post(api, json=asked, headers=qian).json()["code"] == "gate-not-passed"
    assert client.post(api, json={**asked, "reason": REASON}, headers=qian).json()["code"] == "not-allowed"
    form = {"csrf": qian["X-CSRF-Token"], "reason": "", "overlap": "1"}
    assert "gate-not-passed" in client.post(f"/projects/{cast.project}/rounds/production", data=form).text
    gao = cast.sign_in(client, "gao")
    sent = client.post(
        f"/api/v1/projects/{cast.project}/annotation-imports?format=csv&round=production&filename=a.csv&id={new_id()}",
        content=b"item,annotator,label\nm0000,Li,refund\n",
        headers=gao,
    )
    assert sent.json()["code"] == "unknown-round-kind"
    with cast.house.reading() as connection:
        assert find_resolutions(connection, cast.project) == []


def test_a_trial_that_is_closed_by_hand_resolves_nothing_and_a_decided_one_is_not_opened_again(
    cast: Cast, tmp_path: Path
) -> None:
    service_project(cast, tmp_path, 2)
    people = [cast.alice.id, cast.bob.id]
    trial = open_trial(cast.house, cast.zhou, cast.project, request_id=new_id(), account_ids=people, size=2)
    for actor in (cast.alice, cast.bob):
        for task in take(cast.house, actor, trial, 2):
            submit(cast.house, actor, trial, task)
    set_round_running(cast.house, cast.zhou, trial, RoundState.CLOSED)
    with pytest.raises(TrialUndecided):
        resolve_round(cast.house, cast.zhou, trial, request_id=new_id())
    assert decide_gate(cast.house, cast.zhou, trial, request_id=new_id())
    assert resolve_round(cast.house, cast.zhou, trial, request_id=new_id()).resolved == 2
    with pytest.raises(RoundNotByHand):
        set_round_running(cast.house, cast.zhou, trial, RoundState.OPEN)


def test_rounds_wait_for_a_signed_brief_and_for_items(cast: Cast) -> None:
    publish_the_rulebook(cast)
    people = [cast.alice.id, cast.bob.id]
    with pytest.raises(NothingToAnnotate):
        open_trial(cast.house, cast.zhou, cast.project, request_id=new_id(), account_ids=people, size=5)
    with pytest.raises(BriefNotSigned):
        open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason=REASON)
    sign_the_brief(cast)
    with pytest.raises(NobodyToAnnotate):
        open_trial(cast.house, cast.zhou, cast.project, request_id=new_id(), account_ids=people[:1], size=5)


def test_work_kept_for_a_person_is_handed_to_them_alone(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 4)
    round_id = open_production(
        cast.house, cast.zhou, cast.project, request_id=new_id(), account_id=cast.carol.id, reason=REASON
    )
    assert take(cast.house, cast.alice, round_id, 10) == []
    assert len(take(cast.house, cast.carol, round_id, 10)) == 4


def test_opening_with_the_same_request_opens_once(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 4)
    request_id = new_id()
    opened = {
        open_production(cast.house, cast.zhou, cast.project, request_id=request_id, reason=REASON) for _ in range(2)
    }
    assert len(opened) == 1
    assert len(take(cast.house, cast.alice, opened.pop(), 10)) == 4


def test_rework_comes_with_the_note_and_the_earlier_answer(cast: Cast, production: int) -> None:
    [task] = take(cast.house, cast.alice, production)
    submit(cast.house, cast.alice, production, task, "refund")
    with cast.house.reading() as connection:
        [held] = find_resolutions(connection, cast.project)
    rework = cast.house.write(
        lambda tx: open_rework(
            tx,
            project_id=cast.project,
            lot_id=1,
            rulebook_id=held.rulebook_id,
            created_by=cast.zhou.id,
            items=[Returned(held.item_id, held.annotator_id, "C2")],
        )
    )
    assert take(cast.house, cast.bob, rework) == []
    [again] = take(cast.house, cast.alice, rework)
    assert again.note == "C2"
    assert msgspec.json.decode(again.answers) == {"intent": {"kind": "choice", "labels": ["refund"]}}
    submit(cast.house, cast.alice, rework, again, "exchange")
    with cast.house.reading() as connection:
        [held] = find_resolutions(connection, cast.project)
    assert "exchange" in held.answers


def test_in_an_assigned_trial_each_gets_what_is_theirs(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 4)
    with cast.house.reading() as connection:
        first, second, third, _ = item_ids(connection, cast.project)
    assignments = [(first, cast.alice.id), (second, cast.alice.id), (second, cast.bob.id), (third, cast.bob.id)]
    trial = open_assigned_trial(cast.house, cast.zhou, cast.project, request_id=new_id(), assignments=assignments)
    handed = [
        [task.item.id for task in take(cast.house, actor, trial, 10)] for actor in (cast.alice, cast.bob, cast.carol)
    ]
    assert handed == [[first, second], [second, third], []]
