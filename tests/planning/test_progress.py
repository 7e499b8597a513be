"""Progress by round, person and day; summed for good and counted where it lies, the same figures."""

from pathlib import Path
from typing import Any

import pytest

from guiju.kit import midnight, now
from guiju.people import NotAllowed
from guiju.planning.days import DAY, Tally, by_round, by_round_and_person, day_of, keep_days, worked
from guiju.planning.days.store import mark_of
from guiju.planning.forecast import Basis
from guiju.planning.progress import look_at_progress
from guiju.planning.stages import WaitKind
from guiju.planning.stages.model import LotTimes, Sampled, Stage
from guiju.planning.stages.rules import stage_times
from guiju.projects import ProjectNotFound
from tests.planning.going import Work, begin
from tests.support.build import service_project
from tests.support.cast import Cast


@pytest.fixture
def work(cast: Cast, tmp_path: Path) -> Work:
    """Thirty items; alice answered for some days, bob on one of them and today."""
    service_project(cast, tmp_path, 30)
    work = begin(cast)
    for days_ago in (4, 3, 2, 1):
        work.answer("alice", 3, days_ago=days_ago, seconds=10)
    work.answer("bob", 4, days_ago=2, seconds=20)
    work.answer("bob", 2, seconds=20)
    return work


def test_a_day_begins_as_the_machine_s_own_does() -> None:
    at = midnight(now())
    assert day_of(at, at) == day_of(at + DAY - 1, at) == day_of(at - 1, at) + 1


def test_who_did_how_much_how_fast_and_when(work: Work) -> None:
    seen = look_at_progress(work.cast.house, work.cast.zhou, work.cast.project)
    [line] = seen.rounds
    assert (line.progress.done, line.progress.total) == (18, 30)
    alice, bob = seen.people
    assert (alice.name, alice.tally.firsts, alice.tally.seconds, alice.today) == ("Alice", 12, 10.0, 0)
    assert (bob.tally.answers, bob.tally.seconds, bob.today) == (6, 20.0, 2)
    assert [one.firsts for one in seen.days[-5:]] == [3, 3, 7, 3, 2]
    assert [one.people for one in seen.days[-5:]] == [1, 1, 2, 1, 1]


def test_what_is_summed_for_good_and_what_came_since_are_one(work: Work) -> None:
    house, project = work.cast.house, work.cast.project

    def tallies() -> dict[tuple[int, int], Tally]:
        with house.reading() as connection:
            return by_round_and_person(connection, worked(connection, project, now()))

    before = tallies()
    assert keep_days(house, least=1) == 16, "what bob answered this minute is not settled"
    assert tallies() == before
    assert keep_days(house, least=1) == 0
    work.answer("bob", 1, days_ago=1, seconds=20)
    work.answer("alice", 1, seconds=10)
    with house.reading() as connection:
        assert mark_of(connection) > 0
        [tally] = by_round(connection, worked(connection, project, now())).values()
    assert (tally.answers, tally.firsts, tally.timed) == (20, 20, 20)


def test_what_waits_for_whom_is_told(work: Work) -> None:
    seen = look_at_progress(work.cast.house, work.cast.zhou, work.cast.project)
    [waits] = seen.waits
    assert (waits.kind, waits.count) == (WaitKind.IN_NO_LOT, 18)
    assert waits.since is not None
    assert "Hu" in seen.waited_for[waits.act]
    told = seen.watched.forecast
    assert told.basis in {Basis.MEASURED, Basis.TOO_EARLY}, "how many of the days were working days"
    assert (told.to_come, told.left - told.rework) == (8_000 - 30, 8_000 - 30 + 12), "the brief wants 8,000"


def test_who_may_not_read_reports_sees_no_progress(work: Work, client: Any) -> None:
    cast = work.cast
    with pytest.raises(NotAllowed):
        look_at_progress(cast.house, cast.alice, cast.project)
    with pytest.raises(ProjectNotFound):
        look_at_progress(cast.house, cast.mallory, cast.project)
    cast.sign_in(client, "hu")
    told = client.get(f"/api/v1/projects/{cast.project}/progress").json()
    assert [one["annotator"] for one in told["people"]] == ["Alice", "Bob"]
    assert told["rounds"][0]["done"] == 18
    assert client.get(f"/projects/{cast.project}/progress").status_code == 200


def _lot(number: int, items: int, *moments: int | None) -> LotTimes:
    drawn, first, decided, again = moments
    return LotTimes(number, number, "accepted", items, drawn or 0, decided, 1, first, again)


def test_a_lot_weighs_as_much_as_it_has_items() -> None:
    lots = [_lot(1, 900, 100, 110, 120, None), _lot(2, 100, 100, 190, 400, 500)]
    told = {one.stage: one for one in stage_times(lots, [Sampled(1, 5), Sampled(1, 7), Sampled(2, 50)])}
    assert (told[Stage.TO_VERDICT].n, told[Stage.TO_VERDICT].median, told[Stage.TO_VERDICT].p90) == (1000, 10, 10)
    assert (told[Stage.TO_LOT].median, told[Stage.TO_LOT].p90) == (7, 7)
    assert [one.number for one in told[Stage.TO_LOT].slowest] == [2, 1]
    assert (told[Stage.REWORK].n, told[Stage.REWORK].median) == (100, 100)
    assert Stage.TO_DELIVERY not in told
