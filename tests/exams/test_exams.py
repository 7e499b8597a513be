"""An exam: a paper of one's own, marked against what is known, and a certificate for who passes."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from guiju.annotations import AnswersRefused, round_table
from guiju.exams import (
    SUBSCRIBERS,
    AlreadyCertified,
    ExamClosed,
    ExamNotFound,
    ExamState,
    Feedback,
    Given,
    HandedIn,
    MarkOutOfReach,
    NoAttemptsLeft,
    NotAnswered,
    NotOnPaper,
    PassRule,
    Settings,
    SettingsImpossible,
    SittingNotFound,
    TellsAtEnd,
    TooFewReferences,
    answer_paper,
    begin_sitting,
    hand_in,
    held_by_open_papers,
    list_certificates,
    mark_question,
    marks_of_account,
    open_exam,
    read_paper,
    read_result,
    read_roll,
    set_exam_state,
    settle_overdue,
)
from guiju.exams.tables import sitting as sitting_table
from guiju.kinds import Choice
from guiju.kit import new_id
from guiju.people import NotAllowed, holds_certificate
from guiju.projects import ProjectNotFound
from guiju.rulebooks import publish_rulebook, save_draft
from guiju.rulings import SUBSCRIBERS as RULINGS
from guiju.samples.documents import rulebook_text
from guiju.storage import pump
from guiju.work import TimeOver, lease_tasks, submit_annotation
from guiju.work.actions import Answered
from guiju.work.rules import GRACE_MICROS
from tests.support.cast import Cast
from tests.support.exams import answer, begin, examined_project, right_answers, sit

MINUTE = 60 * 1_000_000


def publish(cast: Cast, version: str) -> None:
    """The same rules under another number, and what the house makes of it."""
    document = rulebook_text("service").replace("问包裹在哪。", f"问包裹在哪（{version}）。")
    save_draft(cast.house, cast.zhou, cast.project, document=document, from_revision=1, request_id=new_id())
    publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id(), version=version)
    pump(cast.house.database, [*RULINGS, *SUBSCRIBERS])


def holds(cast: Cast, name: str, major: int = 1) -> bool:
    with cast.house.reading() as connection:
        return holds_certificate(connection, getattr(cast, name).id, cast.project, major)


def test_who_answers_enough_right_passes_and_is_certified(cast: Cast, tmp_path: Path) -> None:
    exam = examined_project(cast, tmp_path)
    result = sit(cast, cast.carol, exam, lambda place: place > 0)
    assert (result.sitting.score, result.sitting.passed, result.certified) == (0.8, True, True)
    assert 0 < result.sitting.low < 0.8 < result.sitting.high < 1
    [(certificate, account)] = list_certificates(cast.house, cast.zhou, cast.project)
    assert (account.name, certificate.version, certificate.score) == ("Carol", "1.0.0", 0.8)


def test_who_does_not_learns_each_right_answer_with_its_clause_and_reason(cast: Cast, tmp_path: Path) -> None:
    exam = examined_project(cast, tmp_path)
    result = sit(cast, cast.bob, exam, lambda place: place < 2)
    assert (result.sitting.score, result.sitting.passed, holds(cast, "bob")) == (0.4, False, False)
    wrong = result.questions[4]
    assert wrong.question.score == 0
    assert wrong.yours != wrong.right
    assert wrong.clause
    assert dict(wrong.note)["en"]


def test_what_is_left_out_is_worth_nothing(cast: Cast, tmp_path: Path) -> None:
    sitting = begin(cast, cast.carol, examined_project(cast, tmp_path))
    hand_in(cast.house, cast.carol, sitting.id, request_id=new_id())
    result = read_result(cast.house, cast.carol, sitting.id)
    assert (result.sitting.score, result.sitting.answered, result.questions[0].yours) == (0.0, 0, None)


def test_a_paper_is_answered_in_the_workbench_as_any_round_and_corrected_until_it_is_handed_in(
    cast: Cast, tmp_path: Path
) -> None:
    sitting = begin(cast, cast.carol, examined_project(cast, tmp_path, size=3))
    known = right_answers(cast)
    tasks = cast.house.write(lease_tasks(cast.house, lambda _: cast.carol, sitting.round_id, 5))
    assert [task.item.id for task in tasks] == [
        item.id for item in read_paper(cast.house, cast.carol, sitting.id).items
    ]
    for task in tasks:
        sent = Answered(new_id(), task.slot, task.lease, 0, {"intent": Choice(())})
        with pytest.raises(AnswersRefused):
            cast.house.write(submit_annotation(lambda _: cast.carol, sitting.round_id, sent))
        sent = Answered(new_id(), task.slot, task.lease, 0, known[task.item.id])
        cast.house.write(submit_annotation(lambda _: cast.carol, sitting.round_id, sent))
    hand_in(cast.house, cast.carol, sitting.id, request_id=new_id())
    assert read_result(cast.house, cast.carol, sitting.id).sitting.score == 1


def test_a_paper_tells_nothing_that_is_right_before_it_is_handed_in(cast: Cast, tmp_path: Path) -> None:
    sitting = begin(cast, cast.carol, examined_project(cast, tmp_path))
    items = answer(cast, cast.carol, sitting.id, lambda _: True)
    assert read_result(cast.house, cast.carol, sitting.id).questions == ()
    assert read_result(cast.house, cast.zhou, sitting.id).questions == ()
    with pytest.raises(TellsAtEnd):
        mark_question(cast.house, cast.carol, sitting.id, items[0])


def test_where_the_exam_tells_at_once_a_marked_answer_stays_as_it_was_marked(cast: Cast, tmp_path: Path) -> None:
    sitting = begin(cast, cast.carol, examined_project(cast, tmp_path, feedback=Feedback.AT_ONCE))
    [first, *_] = [item.id for item in read_paper(cast.house, cast.carol, sitting.id).items]
    with pytest.raises(NotAnswered):
        mark_question(cast.house, cast.carol, sitting.id, first)
    items = answer(cast, cast.carol, sitting.id, lambda place: place > 0)
    assert mark_question(cast.house, cast.carol, sitting.id, items[0]).score == 0
    answer(cast, cast.carol, sitting.id, lambda _: True)
    assert mark_question(cast.house, cast.carol, sitting.id, items[0]).score == 0
    hand_in(cast.house, cast.carol, sitting.id, request_id=new_id())
    assert read_result(cast.house, cast.carol, sitting.id).sitting.score == 0.8


def test_a_second_paper_asks_what_the_first_did_not(cast: Cast, tmp_path: Path) -> None:
    exam = examined_project(cast, tmp_path, size=7)
    papers = [{one.item.id for one in sit(cast, cast.bob, exam, lambda _: False).questions} for _ in range(2)]
    assert len(papers[0] | papers[1]) == 14


def test_who_begins_again_goes_on_with_the_same_paper(cast: Cast, tmp_path: Path) -> None:
    exam = examined_project(cast, tmp_path)
    assert begin(cast, cast.carol, exam).id == begin(cast, cast.carol, exam).id != begin(cast, cast.bob, exam).id


def test_too_few_known_answers_are_refused_with_what_to_add(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(TooFewReferences) as refused:
        examined_project(cast, tmp_path, size=40)
    assert refused.value.details["count"] == 18
    assert "invoice 1" in str(refused.value.details["lacking"])


@pytest.mark.parametrize(
    ("settings", "refusal"),
    [
        ({"size": 2}, SettingsImpossible),
        ({"pass_mark": 1.2}, SettingsImpossible),
        ({"seconds": 5}, SettingsImpossible),
        ({"attempts": 0}, SettingsImpossible),
        ({"size": 10, "rule": PassRule.LOWER}, MarkOutOfReach),
    ],
)
def test_settings_that_make_no_exam_are_refused_by_name(
    cast: Cast, tmp_path: Path, settings: dict[str, Any], refusal: type[Exception]
) -> None:
    del tmp_path
    with pytest.raises(refusal):
        open_exam(cast.house, cast.zhou, cast.project, request_id=new_id(), settings=Settings(**settings))


def test_a_paper_is_handed_in_once_and_nothing_comes_after(cast: Cast, tmp_path: Path) -> None:
    sitting = begin(cast, cast.carol, examined_project(cast, tmp_path))
    request = new_id()
    for _ in range(2):
        hand_in(cast.house, cast.carol, sitting.id, request_id=request)
    with pytest.raises(HandedIn):
        hand_in(cast.house, cast.carol, sitting.id, request_id=new_id())
    with pytest.raises(HandedIn):
        answer(cast, cast.carol, sitting.id, lambda _: True)


def test_when_the_time_is_over_nothing_more_is_taken_and_what_came_before_is_marked(cast: Cast, tmp_path: Path) -> None:
    sitting = begin(cast, cast.carol, examined_project(cast, tmp_path, seconds=600))
    answer(cast, cast.carol, sitting.id, lambda place: place < 4)
    assert settle_overdue(cast.house) == 0
    for table, of in (
        (sitting_table, sitting_table.c.id == sitting.id),
        (round_table, round_table.c.id == sitting.round_id),
    ):
        earlier = update(table).where(of).values(until=table.c.until - 10 * MINUTE - GRACE_MICROS)
        cast.house.write(lambda tx, earlier=earlier: tx.execute(earlier))
    with pytest.raises(TimeOver):
        answer(cast, cast.carol, sitting.id, lambda _: True)
    with pytest.raises(TimeOver):
        cast.house.write(lease_tasks(cast.house, lambda _: cast.carol, sitting.round_id, 1))
    [(line, _, _)] = read_roll(cast.house, cast.zhou, sitting.exam_id).sittings
    assert (line.score, line.overtime, line.passed) == (0.8, True, True)


def test_nobody_sees_or_answers_anothers_paper(cast: Cast, tmp_path: Path) -> None:
    sitting = begin(cast, cast.carol, examined_project(cast, tmp_path))
    for stranger in (cast.bob, cast.mallory):
        with pytest.raises(SittingNotFound):
            read_paper(cast.house, stranger, sitting.id)
        with pytest.raises(SittingNotFound):
            read_result(cast.house, stranger, sitting.id)
        with pytest.raises(SittingNotFound):
            hand_in(cast.house, stranger, sitting.id, request_id=new_id())
        with pytest.raises(SittingNotFound):
            answer_paper(cast.house, stranger, sitting.id, request_id=new_id(), given=[])
    with pytest.raises(ExamNotFound):
        begin(cast, cast.mallory, sitting.exam_id)
    with pytest.raises(ProjectNotFound):
        list_certificates(cast.house, cast.mallory, cast.project)
    with pytest.raises(NotAllowed):
        begin(cast, cast.zhou, sitting.exam_id)
    with pytest.raises(NotAllowed):
        open_exam(cast.house, cast.carol, cast.project, request_id=new_id(), settings=Settings())


def test_what_is_not_on_the_paper_is_refused_with_everything_that_came_along(cast: Cast, tmp_path: Path) -> None:
    sitting = begin(cast, cast.carol, examined_project(cast, tmp_path))
    [first, *_] = read_paper(cast.house, cast.carol, sitting.id).items
    given = [Given(first.id, right_answers(cast)[first.id]), Given(999, {})]
    with pytest.raises(NotOnPaper):
        answer_paper(cast.house, cast.carol, sitting.id, request_id=new_id(), given=given)
    assert read_paper(cast.house, cast.carol, sitting.id).answered == frozenset()


def test_attempts_end_and_begin_anew_when_the_rules_change_their_meaning(cast: Cast, tmp_path: Path) -> None:
    exam = examined_project(cast, tmp_path, attempts=1)
    sit(cast, cast.bob, exam, lambda _: False)
    with pytest.raises(NoAttemptsLeft):
        begin(cast, cast.bob, exam)
    publish(cast, "2.0.0")
    assert begin(cast, cast.bob, exam).attempt == 2


def test_who_is_certified_need_not_sit_again_and_a_closed_exam_takes_nobody(cast: Cast, tmp_path: Path) -> None:
    exam = examined_project(cast, tmp_path)
    sit(cast, cast.carol, exam)
    with pytest.raises(AlreadyCertified):
        begin(cast, cast.carol, exam)
    going_on = begin(cast, cast.bob, exam)
    set_exam_state(cast.house, cast.zhou, exam, ExamState.CLOSED)
    with pytest.raises(ExamClosed):
        begin(cast, cast.alice, exam)
    assert begin(cast, cast.bob, exam).id == going_on.id


@pytest.mark.parametrize(("version", "lapses"), [("1.1.0", False), ("2.0.0", True)])
def test_a_certificate_lapses_when_the_rules_change_their_meaning(
    cast: Cast, tmp_path: Path, version: str, lapses: bool
) -> None:
    sit(cast, cast.carol, examined_project(cast, tmp_path))
    publish(cast, version)
    [(certificate, _)] = list_certificates(cast.house, cast.carol, cast.project)
    assert (certificate.lapsed_by == version) is lapses is not holds(cast, "carol")


def test_rules_that_change_while_a_paper_is_sat_leave_the_mark_and_give_no_certificate(
    cast: Cast, tmp_path: Path
) -> None:
    sitting = begin(cast, cast.carol, examined_project(cast, tmp_path))
    answer(cast, cast.carol, sitting.id, lambda _: True)
    publish(cast, "2.0.0")
    hand_in(cast.house, cast.carol, sitting.id, request_id=new_id())
    result = read_result(cast.house, cast.carol, sitting.id)
    assert (result.sitting.passed, result.certified, result.superseded) == (True, False, "2.0.0")
    assert list_certificates(cast.house, cast.carol, cast.project) == []


def test_coaching_reads_the_marks_and_leaves_open_papers_alone(cast: Cast, tmp_path: Path) -> None:
    exam = examined_project(cast, tmp_path)
    begin(cast, cast.carol, exam)
    with cast.house.reading() as connection:
        assert len(held_by_open_papers(connection, cast.project, cast.carol.id)) == 5
        assert marks_of_account(connection, cast.project, cast.carol.id) == []
    sit(cast, cast.bob, exam, lambda place: place > 0)
    with cast.house.reading() as connection:
        marks = marks_of_account(connection, cast.project, cast.bob.id)
        seeds = connection.execute(select(sitting_table.c.seed)).scalars().all()
    assert sorted(mark[2] for mark in marks) == [0, 1, 1, 1, 1]
    assert len(set(seeds)) == 2


def test_the_same_request_begins_one_paper(cast: Cast, tmp_path: Path) -> None:
    exam, request = examined_project(cast, tmp_path), new_id()
    first = begin_sitting(cast.house, cast.carol, exam, request_id=request)
    hand_in(cast.house, cast.carol, first.id, request_id=new_id())
    assert begin_sitting(cast.house, cast.carol, exam, request_id=request).id == first.id
