"""The retrospective: figures from the tables, words from the trainer, and what the next estimate learns from it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guiju.annotations import RoundKind, RoundState, list_rounds
from guiju.briefs import Plan, parse_brief, render_brief, save_brief
from guiju.inspection import DefectType, Finding, Outcome, Weight, decide_lot, draw_lot, get_lot, judge, resubmit_lot
from guiju.kit import midnight, new_id, now
from guiju.kit.money import parse_money
from guiju.pay import Period, Rate, Terms, Unit, close_period, set_card
from guiju.people import NotAllowed
from guiju.planning.days import DAY
from guiju.planning.estimate import Asked, Basis, Pace, Spread, estimate, estimate_project
from guiju.planning.estimate.model import Lesson
from guiju.planning.retrospective.actions import (
    finish_retrospective,
    list_retrospectives,
    read_retrospective,
    save_words,
    write_retrospective,
)
from guiju.planning.retrospective.errors import (
    NothingDone,
    RetrospectiveFinished,
    RetrospectiveNotFound,
    StaleRetrospective,
    UnknownSection,
    WordsMissing,
    WorkStillOpen,
)
from guiju.planning.retrospective.model import Figures
from guiju.planning.retrospective.rules import share_difference, shares
from guiju.projects import ProjectNotFound
from guiju.samples.documents import brief_text
from guiju.work import set_round_running
from tests.planning.going import Work, begin
from tests.support.build import service_project
from tests.support.cast import Cast

ITEMS = 24


def test_the_parts_of_a_difference_add_up_to_it() -> None:
    planned, actual = {"items": 100, "seconds": 2, "rework": 1.1}, {"items": 120, "seconds": 3, "rework": 1.0}
    parts = shares("hours", planned, actual)
    assert sum(one.amount for one in parts) == pytest.approx(360 - 220)
    assert [one.why for one in parts if one.amount < 0] == ["rework"]
    assert shares("hours", planned, planned) == []
    assert shares("hours", planned, {**actual, "seconds": 0}) == []


def test_the_difference_of_two_shares_has_newcombe_s_interval() -> None:
    """56 of 70 against 48 of 80: the example of Newcombe's paper, 0.2 with 0.0524 to 0.3339."""
    told = share_difference((48, 80), (56, 70))
    assert told is not None
    assert [round(value, 4) for value in told] == [0.2, 0.0524, 0.3339]
    assert share_difference((0, 0), (1, 5)) is None


@pytest.fixture
def work(cast: Cast, tmp_path: Path) -> Work:
    """Production of 24 items, all answered within two days: alice quickly, bob not."""
    service_project(cast, tmp_path, ITEMS)
    work = begin(cast)
    work.answer("alice", 12, days_ago=2, seconds=10)
    work.answer("bob", 12, days_ago=1, seconds=30)
    return work


def _close(work: Work) -> None:
    set_round_running(work.cast.house, work.cast.zhou, work.round, RoundState.CLOSED)


def _inspect(work: Work, defects: int, again: int | None = None) -> int:
    """A lot of everything (or one that comes again) is drawn, its first places judged defective, and it is decided."""
    cast = work.cast
    if again is None:
        lot = draw_lot(cast.house, cast.hu, cast.project, request_id=new_id())
    else:
        lot = resubmit_lot(cast.house, cast.hu, cast.project, again, new_id())
    report = get_lot(cast.house, cast.hu, cast.project, lot)
    bad = Finding(Outcome.DEFECT, DefectType.WRONG_LABEL, Weight.MAJOR, "C1")
    for place in report.sample:
        finding = bad if place.place <= defects else Finding(Outcome.PASS)
        judge(cast.house, cast.hu, cast.project, lot, place.item_id, finding=finding, request_id=new_id())
    decide_lot(cast.house, cast.hu, cast.project, lot, request_id=new_id())
    return lot


def _write(work: Work, **told: Any) -> Any:
    return write_retrospective(work.cast.house, work.cast.zhou, work.cast.project, request_id=new_id(), **told)


def test_while_work_is_going_on_only_an_interim_one_is_written(work: Work) -> None:
    with pytest.raises(WorkStillOpen):
        _write(work)
    assert _write(work, interim=True).is_interim
    _close(work)
    assert not _write(work).is_interim, "the draft is written anew"


def test_a_project_in_which_nothing_was_done_has_nothing_to_look_back_at(cast: Cast) -> None:
    with pytest.raises(NothingDone):
        write_retrospective(cast.house, cast.zhou, cast.project, request_id=new_id())


def test_it_holds_plan_and_actual_side_by_side_and_where_time_went(work: Work) -> None:
    _inspect(work, 0)
    _close(work)
    figures = _write(work).figures
    lines = {one.what: one for one in figures.lines}
    assert (lines["items"].planned, lines["items"].actual) == (8_000, ITEMS)
    assert lines["seconds"].actual == pytest.approx(20)
    assert lines["hours"].actual == pytest.approx((12 * 10 + 12 * 30) / 3600)
    hours = [one for one in figures.reasons if one.of == "hours"]
    assert {"items", "seconds"} <= {one.why for one in hours}
    assert lines["hours"].planned is not None
    assert sum(one.amount for one in hours) == pytest.approx(lines["hours"].actual - lines["hours"].planned, abs=0.05)
    spent = {one.what: one for one in figures.spent}
    assert (spent["production"].answers, spent["inspection"].is_measured) == (ITEMS, False)
    assert (figures.judged, figures.defective, figures.defects) == (spent["inspection"].answers, 0, [])


def test_defects_stand_with_their_clause_and_what_the_next_rules_should_say(work: Work) -> None:
    _inspect(work, 2)
    figures = _write(work, interim=True).figures
    [defect] = figures.defects
    assert (defect.type, defect.clause, defect.severity, defect.count) == ("wrong-label", "C1", "major", 2)
    assert figures.interval is not None
    assert figures.interval[0] < 2 / figures.judged < figures.interval[1]


def test_it_is_finished_with_words_and_then_never_changes(work: Work) -> None:
    cast = work.cast
    _close(work)
    one = _write(work)
    place = (cast.house, cast.zhou, cast.project, one.version)
    with pytest.raises(WordsMissing):
        finish_retrospective(*place, revision=one.revision)
    with pytest.raises(UnknownSection):
        save_words(*place, revision=one.revision, words={"weather": "fine"})
    revision = save_words(*place, revision=one.revision, words={"time": "Bob was new."})
    with pytest.raises(StaleRetrospective):
        finish_retrospective(*place, revision=one.revision)
    with pytest.raises(RetrospectiveNotFound):
        read_retrospective(cast.house, cast.hu, cast.project)
    finish_retrospective(*place, revision=revision)
    signed = read_retrospective(cast.house, cast.hu, cast.project)
    assert (signed.is_finished, signed.words, signed.signed_by) == (True, {"time": "Bob was new."}, cast.zhou.id)
    with pytest.raises(RetrospectiveFinished):
        save_words(*place, revision=revision + 1, words={})
    assert _write(work).version == 2
    assert [each.version for each in list_retrospectives(cast.house, cast.hu, cast.project)[1]] == [1]


def test_the_trainer_alone_writes_it(work: Work) -> None:
    cast = work.cast
    with pytest.raises(NotAllowed):
        write_retrospective(cast.house, cast.hu, cast.project, request_id=new_id(), interim=True)
    with pytest.raises(NotAllowed):
        list_retrospectives(cast.house, cast.alice, cast.project)
    with pytest.raises(ProjectNotFound):
        list_retrospectives(cast.house, cast.mallory, cast.project)


ASKED = Asked(Spread(3600, 3600, 3600), 1, 4, 5, 5, date(2027, 3, 1), seconds=30)


def test_finished_projects_say_times_rework_and_what_comes_beside() -> None:
    plain = estimate(ASKED)
    lesson = Lesson((Pace(400, 60.0), Pace(300, 60.0)), 0.3, 0.25)
    told = estimate(ASKED, (), [Pace(9, 1.0)], [lesson])
    assert plain is not None
    assert told is not None
    assert (told.basis, told.projects, round(told.seconds.point, 6)) == (Basis.FINISHED, 1, 60)
    assert told.beside == pytest.approx(3600 * 60 / 3600 * 0.25)
    assert told.rework_hours == pytest.approx(60 * 0.2), "between the tenth that is usual and the three tenths there"
    trial = estimate(ASKED, [Pace(60, 20.0)], (), [lesson])
    assert trial is not None
    assert (trial.basis, trial.projects, trial.seconds.point) == (Basis.TRIAL, 1, pytest.approx(20))


def test_a_second_brief_of_the_trade_learns_from_the_first_project(work: Work) -> None:
    cast = work.cast
    other = cast.another_project()
    brief = replace(parse_brief(brief_text("service")), plan=Plan(seconds=5.0))
    save_brief(cast.house, cast.zhou, other, document=render_brief(brief), started_from=None, request_id=new_id())
    before = estimate_project(cast.house, cast.zhou, other).found
    assert before is not None
    assert before.basis is Basis.BRIEF
    _close(work)
    one = _write(work)
    words = {"next": "Say what a refund is."}
    finish_retrospective(cast.house, cast.zhou, cast.project, one.version, revision=one.revision, words=words)
    after = estimate_project(cast.house, cast.zhou, other).found
    assert after is not None
    assert (after.projects, after.basis) == (1, Basis.BRIEF), "twelve answers of each are too few to say times"


def test_where_work_is_paid_the_cost_is_what_pay_paid_and_what_was_earned_since(work: Work) -> None:
    cast = work.cast
    rejected = _inspect(work, 2)
    _rework(work)
    _inspect(work, 0, rejected)
    _close(work)
    priced = _write(work).figures
    assert priced.costing is not None
    assert (priced.costing.basis, _cost(priced)) == ("price", pytest.approx(ITEMS * 0.12))
    day = midnight(now()) // DAY * DAY
    rates = tuple(Rate(kind, Unit.ITEM, parse_money("0.05")) for kind in (RoundKind.PRODUCTION, RoundKind.REWORK))
    begins = day - 30 * DAY
    set_card(cast.house, cast.zhou, cast.project, Terms("CNY", rates), valid_from=begins, request_id=new_id())
    earned = _write(work).figures
    assert earned.costing is not None
    assert (earned.costing.basis, earned.costing.paid) == ("cards", 0)
    # 24 items less two defective ones, which are paid when they are done again
    assert _cost(earned) == pytest.approx(ITEMS * 0.05) == pytest.approx(earned.costing.unpaid)
    close_period(cast.house, cast.zhou, cast.project, Period(begins, day), request_id=new_id())
    paid = _write(work).figures
    assert paid.costing is not None
    assert (paid.costing.basis, paid.costing.statements) == ("statements", 2)
    assert paid.costing.paid == pytest.approx((ITEMS - 2) * 0.05)
    assert paid.costing.paid + paid.costing.unpaid == pytest.approx(_cost(paid)) == pytest.approx(_cost(earned))
    lines = {one.what: one.actual for one in paid.lines}
    assert lines["price"] == pytest.approx(ITEMS * 0.12), "what the customer pays stands beside it"
    spent = {one.what: one for one in paid.spent}
    assert spent["rework"].cost == pytest.approx(2 * 0.05)
    assert [number for _, number in spent["production"].rounds] == [1]
    [defect] = paid.defects
    assert defect.cost == pytest.approx(spent["rework"].cost), "the defects share what their lot's rework was paid"
    assert [number for _, number in defect.lots] == [1]


def _cost(figures: Figures) -> float | None:
    return next(one.actual for one in figures.lines if one.what == "cost")


def _rework(work: Work) -> None:
    """Everybody corrects their own part of the rejected lot."""
    cast = work.cast
    with cast.house.reading() as connection:
        [again] = [one.id for one in list_rounds(connection, cast.project) if one.kind is RoundKind.REWORK]
    Work(cast, again).answer("alice", 12, seconds=5)
    Work(cast, again).answer("bob", 12, seconds=5)


def test_the_next_estimate_takes_its_times_and_rework_from_what_was_finished(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, ITEMS)
    work = begin(cast)
    work.answer("alice", ITEMS, days_ago=1, seconds=36)
    _close(work)
    one = _write(work)
    finish_retrospective(
        cast.house, cast.zhou, cast.project, one.version, revision=one.revision, words={"time": "Steady."}
    )
    other = cast.another_project()
    brief = replace(parse_brief(brief_text("service")), plan=Plan())
    save_brief(cast.house, cast.zhou, other, document=render_brief(brief), started_from=None, request_id=new_id())
    learned = estimate_project(cast.house, cast.zhou, other)
    assert learned.found is not None
    assert learned.asked is not None
    assert (learned.found.basis, learned.found.projects) == (Basis.FINISHED, 1)
    assert learned.found.seconds.point == pytest.approx(36)
    assert learned.asked.rework.point == pytest.approx(0.05), "between the tenth that is usual and none there"


def test_page_route_and_papers_say_the_same(work: Work, client: Any) -> None:
    cast = work.cast
    _close(work)
    headers = cast.sign_in(client, "zhou")
    path = f"/projects/{cast.project}/retrospective"
    assert "No retrospective was written yet." in client.get(f"{path}?lang=en").text
    form = {"csrf": headers["X-CSRF-Token"], "request_id": new_id(), "write": "1"}
    assert client.post(path, data=form, follow_redirects=False).status_code == 303
    page = client.get(f"{path}?lang=en").text
    assert "Seconds an answer" in page
    assert f"/rounds/{work.round}/pace" in page, "a figure leads to its round"
    [told] = client.get(f"/api/v1{path}s").json()
    assert (told["version"], told["finished"], told["interim"]) == (1, False, False)
    sent = {"csrf": headers["X-CSRF-Token"], "version": "1", "revision": "1", "rules": "Words of mine.", "finish": "1"}
    assert client.post(path, data=sent, follow_redirects=False).status_code == 303
    assert "Words of mine." in client.get(path).text
    for kind in ("docx", "html"):
        assert client.get(f"{path}/file?format={kind}").status_code == 200
    assert "Words of mine." in client.get(f"/api/v1{path}s/file?format=html&language=en").text
    bad = {"id": new_id(), "act": "finish", "version": 1, "revision": 9, "words": {"rules": "again"}}
    assert client.post(f"/api/v1{path}s", json=bad, headers=headers).json()["code"] == "retrospective-finished"
