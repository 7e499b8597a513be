"""Background work: seen while it runs, stopped when asked, taken up again where it was."""

from typing import Any

import pytest
from sqlalchemy import func, select, update

from guiju.kit import N_, Refusal, now
from guiju.storage import (
    Event,
    House,
    Job,
    JobRun,
    JobState,
    Tx,
    ask_for_job,
    cancel_job,
    find_job,
    list_jobs,
    open_house,
    work_jobs,
)
from guiju.storage.jobs import LOST_AFTER, MAX_ATTEMPTS
from guiju.storage.tables import job as job_table
from guiju.storage.tables import journal, receipt
from tests.storage.killed import CHUNKS, count_slowly, running


def ask(house: House, kind: str = "test", project_id: int | None = 5, **payload: object) -> int:
    return house.write(lambda tx: ask_for_job(tx, kind, payload, project_id=project_id, actor_id=3))


def look(house: House, job_id: int) -> Job:
    with house.reading() as connection:
        job = find_job(connection, job_id)
    assert job is not None
    return job


def error_of(job: Job) -> dict[str, Any]:
    assert job.outcome is not None
    return job.outcome["error"]


def test_a_job_gets_its_payload_and_leaves_its_outcome(house: House) -> None:
    asked = ask(house, words=["一", "二"])
    assert look(house, asked).state is JobState.QUEUED
    assert work_jobs(house, {"test": lambda run: {"counted": len(run.job.payload["words"])}}) == 1
    done = look(house, asked)
    assert (done.state, done.outcome, done.project_id, done.created_by) == (JobState.DONE, {"counted": 2}, 5, 3)
    assert done.ended_at is not None
    assert work_jobs(house, {}) == 0


def test_a_job_that_was_asked_for_in_a_refused_write_never_runs(house: House) -> None:
    def write(tx: Tx) -> None:
        ask_for_job(tx, "test", {}, project_id=None, actor_id=None)
        raise Refusal

    with pytest.raises(Refusal):
        house.write(write)
    assert work_jobs(house, {}) == 0


def test_progress_is_seen_while_the_job_runs(house: House) -> None:
    asked = ask(house)
    seen: list[tuple[JobState, int, int | None]] = []

    def handle(run: JobRun) -> dict[str, object]:
        for done in (1, 2):
            run.advance(done=done, total=2)
            job = look(house, asked)
            seen.append((job.state, job.done, job.total))
        return {}

    work_jobs(house, {"test": handle})
    assert seen == [(JobState.RUNNING, 1, 2), (JobState.RUNNING, 2, 2)]


def test_jobs_are_worked_in_the_order_they_were_asked_for(house: House) -> None:
    asked = [ask(house) for _ in range(3)]
    worked: list[int] = []
    work_jobs(house, {"test": lambda run: worked.append(run.job.id) or {}})
    assert worked == asked


def _journal(tx: Tx) -> None:
    tx.journal(Event(None, "test.chunk"))


def test_a_cancelled_job_stops_at_its_next_chunk_and_keeps_nothing_of_it(house: House) -> None:
    asked = ask(house)

    def handle(run: JobRun) -> dict[str, object]:
        run.advance(_journal, done=1)
        house.write(lambda tx: cancel_job(tx, asked))
        run.advance(_journal, done=2)
        raise AssertionError("it went on")

    work_jobs(house, {"test": handle})
    job = look(house, asked)
    assert (job.state, job.done, error_of(job)["code"]) == (JobState.CANCELLED, 1, "job-cancelled")
    with house.reading() as connection:
        assert connection.execute(select(func.count()).select_from(journal)).scalar_one() == 1


def test_a_queued_job_that_is_cancelled_is_over_at_once(house: House) -> None:
    asked = ask(house)
    house.write(lambda tx: cancel_job(tx, asked))
    assert look(house, asked).state is JobState.CANCELLED
    assert work_jobs(house, {}) == 0


def test_a_job_that_is_over_cannot_be_cancelled(house: House) -> None:
    asked = ask(house)
    work_jobs(house, {"test": lambda _: {"kept": True}})
    house.write(lambda tx: cancel_job(tx, asked))
    assert (look(house, asked).state, look(house, asked).outcome) == (JobState.DONE, {"kept": True})


class TestSaysNo(Refusal):
    """Of these tests."""

    __test__ = False
    code = "test-says-no"
    sentence = N_("The file {file} has no header.")
    next_step = N_("Write one.")


def test_a_refusal_ends_in_the_row_with_its_name_and_details(house: House) -> None:
    asked = ask(house)

    def handle(_run: JobRun) -> dict[str, object]:
        raise TestSaysNo(file="a.csv")

    work_jobs(house, {"test": handle})
    job = look(house, asked)
    assert job.state is JobState.FAILED
    assert error_of(job) == {
        "code": "test-says-no",
        "sentence": TestSaysNo.sentence,
        "next": TestSaysNo.next_step,
        "details": {"file": "a.csv"},
    }


def test_a_fault_ends_in_the_row_and_the_next_job_runs(house: House) -> None:
    broken, sound = ask(house, "broken"), ask(house, "sound")
    work_jobs(house, {"broken": lambda _: {"never": 1 // 0}, "sound": lambda _: {}})
    assert error_of(look(house, broken))["code"] == "job-broken"
    assert "ZeroDivisionError" in error_of(look(house, broken))["details"]["fault"]
    assert look(house, sound).state is JobState.DONE


def test_a_kind_that_nobody_works_is_a_fault(house: House) -> None:
    asked = ask(house, "unheard-of")
    work_jobs(house, {})
    assert look(house, asked).state is JobState.FAILED


def test_one_job_can_be_worked_alone(house: House) -> None:
    first, second = ask(house), ask(house)
    assert work_jobs(house, {"test": lambda _: {}}, only=second) == 1
    assert (look(house, first).state, look(house, second).state) == (JobState.QUEUED, JobState.DONE)


def test_a_project_sees_its_own_jobs_newest_first(house: House) -> None:
    mine = [ask(house, project_id=1) for _ in range(3)]
    ask(house, project_id=2)
    with house.reading() as connection:
        assert [job.id for job in list_jobs(connection, 1, limit=2)] == mine[:0:-1]


def later(house: House) -> House:
    """The same home when a silent worker counts as lost."""
    return open_house(house.home, database=house.database.url, clock=lambda: now() + LOST_AFTER + 1_000_000)


def test_a_killed_worker_s_job_is_taken_up_from_its_checkpoint(house: House) -> None:
    asked = ask(house, "count", seconds=0.02)
    with running("work", house) as worker:
        assert worker.stdout is not None
        chunks = [worker.stdout.readline() for _ in range(5)]
        worker.kill()
    assert chunks[-1] == "chunk 4\n"
    assert look(house, asked).state is JobState.RUNNING
    assert work_jobs(house, {"count": count_slowly}) == 0, "it may still be alive"
    again = later(house)
    try:
        house.write(lambda tx: tx.execute(update(job_table).values(payload='{"seconds": 0}')))
        assert work_jobs(again, {"count": count_slowly}) == 1
    finally:
        again.close()
    job = look(house, asked)
    assert (job.state, job.done, job.total) == (JobState.DONE, CHUNKS, CHUNKS)
    assert job.outcome is not None
    assert job.outcome["started_at"] >= 5, "it began anew"
    with house.reading() as connection:
        rows = connection.execute(select(func.count()).where(receipt.c.action == "test.chunk")).scalar_one()
    assert rows == CHUNKS


def test_a_worker_that_lost_its_job_writes_nothing_more(house: House) -> None:
    asked = ask(house)
    again = later(house)
    stories: list[str] = []

    def slow(run: JobRun) -> dict[str, object]:
        work_jobs(again, {"test": lambda _: {"by": "the second"}})
        run.advance(lambda _: stories.append("written"), done=9)
        return {"by": "the first"}

    try:
        work_jobs(house, {"test": slow})
    finally:
        again.close()
    job = look(house, asked)
    assert (job.state, job.outcome, stories) == (JobState.DONE, {"by": "the second"}, [])


def test_a_job_that_kills_every_worker_is_given_up(house: House) -> None:
    asked = ask(house)
    lost = {"state": JobState.RUNNING, "beat_at": 1, "worker": "gone", "attempts": MAX_ATTEMPTS}
    house.write(lambda tx: tx.execute(update(job_table).values(lost)))
    sound = ask(house)
    assert work_jobs(house, {"test": lambda _: {}}) == 1
    assert error_of(look(house, asked))["code"] == "job-given-up"
    assert look(house, sound).state is JobState.DONE
