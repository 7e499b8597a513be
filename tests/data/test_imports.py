"""An import is whole or it is nothing: killed, cancelled, repeated, taken back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update

from guiju.data import (
    JOBS,
    Counts,
    SourceInUse,
    SourceState,
    cancel_import,
    count_items,
    insert_drawn_items,
    item_ids,
    item_table,
    land_source,
    open_source,
    run_import,
    source_table,
    start_import,
    take_back_source,
)
from guiju.data.taking import actions as taking
from guiju.kit import new_id
from guiju.rulings.tables import question
from guiju.storage import House, JobRun, JobState, Tx, work_jobs
from guiju.storage.tables import job as job_table
from tests.data.conftest import Importer, picture_bytes

Write = Callable[[str, bytes | str], Path]
LINES = "\n".join(f"message number {n}" for n in range(20_000))


def _rows(house: House) -> int:
    with house.reading() as connection:
        return connection.execute(select(func.count()).select_from(item_table)).scalar_one()


def _blobs(house: House) -> list[str]:
    return [path.name for path in (house.home / "blobs").rglob("*") if path.is_file()]


def _state(house: House, source: int) -> str:
    with house.reading() as connection:
        return connection.execute(select(source_table.c.state).where(source_table.c.id == source)).scalar_one()


def test_an_import_that_was_interrupted_goes_on_where_it_was(
    importer: Importer, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = importer.ask(write("a.txt", LINES))
    written = 0

    class PowerCutError(BaseException):
        """Nothing that a handler could catch."""

    real = JobRun.advance

    def cut(run: JobRun, *args: object, **options: object) -> None:
        nonlocal written
        written += 1
        if written == 4:
            raise PowerCutError
        real(run, *args, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(JobRun, "advance", cut)
        with pytest.raises(PowerCutError):
            work_jobs(importer.house, JOBS, only=started.job)
    assert _rows(importer.house) > 0
    with importer.house.reading() as connection:
        assert count_items(connection, importer.cast.project) == 0, "nothing is seen before it has landed"
    importer.house.write(lambda tx: tx.execute(update(job_table).values(beat_at=0)))
    work_jobs(importer.house, JOBS, only=started.job)
    assert importer.job(started.job).outcome == {
        "source": started.source, "records": 20_000, "taken": 20_000, "duplicates": 0, "refused": 0,
        "encodings": {"a.txt": "utf-8"},
    }  # fmt: skip
    assert _rows(importer.house) == 20_000


_WORKER = """
import sys; from pathlib import Path; from guiju.web import routes; from guiju.data import JOBS
from guiju.storage import open_house, work_jobs
work_jobs(open_house(Path(sys.argv[1]), database=sys.argv[2] or None), JOBS)
"""


def test_a_killed_worker_s_import_is_finished_by_the_next(importer: Importer, write: Write) -> None:
    path = write("a.txt", "\n".join(f"message number {n}" for n in range(60_000)))
    started = importer.ask(path)
    house = importer.house
    database = "" if house.database.is_sqlite else house.database.url
    worker = subprocess.Popen([sys.executable, "-c", _WORKER, str(house.home), database])
    deadline = time.monotonic() + 60
    while importer.job(started.job).done == 0 and time.monotonic() < deadline:
        time.sleep(0.005)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    house.write(lambda tx: tx.execute(update(job_table).values(beat_at=0)))
    work_jobs(house, JOBS, only=started.job)
    assert importer.job(started.job).state is JobState.DONE
    with house.reading() as connection:
        assert count_items(connection, importer.cast.project) == 60_000


def test_a_cancelled_import_leaves_nothing(importer: Importer, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    started = importer.ask(write("a.txt", LINES))
    house, cast = importer.house, importer.cast
    real, called = taking.look_at, 0

    def cancelling(*args: object) -> object:
        nonlocal called
        called += 1
        if called == 12_000:
            cancel_import(house, cast.zhou, cast.project, started.source)
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "look_at", cancelling)
    work_jobs(house, JOBS, only=started.job)
    assert importer.job(started.job).state is JobState.CANCELLED
    assert (_rows(house), _state(house, started.source)) == (0, SourceState.DROPPED)


def test_a_failed_import_leaves_nothing(importer: Importer, write: Write) -> None:
    path = write("a.txt", LINES)
    started = importer.ask(path)
    path.unlink()
    work_jobs(importer.house, JOBS, only=started.job)
    job = importer.job(started.job)
    assert (job.state, (job.outcome or {})["error"]["code"]) == (JobState.FAILED, "path-not-found")
    assert (_rows(importer.house), _state(importer.house, started.source)) == (0, SourceState.DROPPED)


def test_the_same_request_starts_one_import(importer: Importer, write: Write) -> None:
    cast, path, request_id = importer.cast, write("a.txt", "one"), new_id()
    both = [
        start_import(importer.house, cast.zhou, cast.project, request_id=request_id, paths=[path]) for _ in range(2)
    ]
    assert both[0] == both[1]


def test_what_is_here_already_is_a_duplicate_in_this_project_alone(importer: Importer, write: Write) -> None:
    path = write("a.txt", "one\ntwo\none")
    first, second = importer.run(path), importer.run(write("b.txt", "two\nthree"))
    assert importer.codes(first) == {"a.txt:3": "duplicate"}
    assert importer.codes(second) == {"b.txt:1": "duplicate"}
    other = importer.run(path, project=importer.cast.another_project())
    assert (other.outcome or {})["taken"] == 2


def test_a_source_is_taken_back_whole_with_its_pictures_and_can_come_again(importer: Importer, write: Write) -> None:
    house, cast = importer.house, importer.cast
    picture = write("folder/one.jpg", picture_bytes(1))
    source = int((importer.run(picture.parent).outcome or {})["source"])
    assert len(_blobs(house)) == 1
    clearing = take_back_source(house, cast.zhou, cast.project, source, request_id=new_id())
    with house.reading() as connection:
        assert count_items(connection, cast.project) == 0
    work_jobs(house, JOBS, only=clearing)
    assert (_rows(house), _blobs(house)) == (0, [])
    assert (importer.run(picture.parent).outcome or {})["taken"] == 1


def test_a_file_may_come_again_before_the_source_taken_back_is_cleared_away(importer: Importer, write: Write) -> None:
    path, cast = write("a.txt", "one\ntwo"), importer.cast
    source = int((importer.run(path).outcome or {})["source"])
    take_back_source(importer.house, cast.zhou, cast.project, source, request_id=new_id())
    assert (importer.run(path).outcome or {})["taken"] == 2


def test_a_source_that_is_worked_with_stays(importer: Importer, write: Write) -> None:
    house, cast = importer.house, importer.cast
    source = int((importer.run(write("a.txt", "one\ntwo")).outcome or {})["source"])
    with house.reading() as connection:
        item = item_ids(connection, cast.project)[0]
    asked = {
        "project_id": cast.project,
        "item_id": item,
        "asked_by": cast.alice.id,
        "text": "?",
        "state": "open",
        "at": 1,
    }
    house.write(lambda tx: tx.execute(insert(question), asked))
    with pytest.raises(SourceInUse):
        take_back_source(house, cast.zhou, cast.project, source, request_id=new_id())
    assert _state(house, source) == SourceState.LANDED


def test_items_are_drawn_into_another_project_and_what_is_there_is_not_copied(importer: Importer, write: Write) -> None:
    house, cast = importer.house, importer.cast
    importer.run(write("a.txt", "one\ntwo\nthree"))
    other = cast.another_project()
    importer.run(write("b.txt", "two"), project=other)
    with house.reading() as connection:
        ids, there = item_ids(connection, cast.project), item_ids(connection, other)

    def draw(tx: Tx) -> dict[int, int]:
        source = open_source(tx, other, "drawn", created_by=cast.zhou.id)
        known = insert_drawn_items(tx, other, source, ids)
        land_source(tx, source, Counts(3, 2, 1, 0))
        return known

    known = house.write(draw)
    assert list(known) == ids
    assert known[ids[1]] == there[0]
    with house.reading() as connection:
        assert set(known.values()) == set(item_ids(connection, other))


def test_a_worker_that_lost_its_job_leaves_the_items_to_the_one_that_has_it(importer: Importer, write: Write) -> None:
    started = importer.ask(write("a.txt", LINES))

    def lose_it(run: JobRun) -> dict[str, object]:
        importer.house.write(lambda tx: tx.execute(update(job_table).values(worker="another")))
        return run_import(run)

    work_jobs(importer.house, {"data.import": lose_it}, only=started.job)
    assert _state(importer.house, started.source) == SourceState.STAGING
