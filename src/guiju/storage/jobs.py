"""Background work: a table in the same database, asked for in the same transaction as the action that wants it.

A job's handler gets a `JobRun`: it saves checkpoints with its own writes, so that a killed job goes on where it was,
and hears when somebody cancelled it. A job whose worker has not been heard of for a while is taken up by another.
What was never begun goes first; a long job gives way to it between its chunks and goes on where it was.
"""

import enum
import os
import socket
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
import structlog
from sqlalchemy import Connection, Row, insert, or_, select, update

from guiju.kit import N_, NotFound, Refusal
from guiju.storage import tables as t
from guiju.storage.engine import Tx

if TYPE_CHECKING:
    from guiju.storage.house import House

LOST_AFTER = 20_000_000
BEAT_SECONDS = 5
IDLE_SECONDS = 0.3
MAX_ATTEMPTS = 5
log = structlog.get_logger()


class JobState(enum.StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        return self in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


class JobNotFound(NotFound):
    code = "job-not-found"
    sentence = N_("There is no such job.")
    next_step = N_("Open the project's page to see its jobs.")


class JobCancelled(Refusal):
    """Raised inside a handler when somebody cancelled the job."""

    code = "job-cancelled"
    status = 409
    sentence = N_("The job was cancelled; nothing of it was kept.")
    next_step = N_("Start it again when you want it.")


class StoodBackError(Exception):
    """Raised inside a handler that gives way to others: the job waits again, with its checkpoint."""


class JobBroken(Refusal):
    """The program, not the user's data, failed."""

    code = "job-broken"
    status = 500
    sentence = N_("The job stopped because of a fault in the program: {fault}.")
    next_step = N_("Nothing of it was kept. Tell the administrator; the log has the details.")


class JobGivenUp(Refusal):
    """A job that took its worker down with it every time."""

    code = "job-given-up"
    status = 500
    sentence = N_("The job was given up: its worker died {attempts} times while working on it.")
    next_step = N_(
        "Tell the administrator: the machine may be short of memory, or the file may be more than it can take."
    )


@dataclass(frozen=True, slots=True)
class Job:
    id: int
    kind: str
    project_id: int | None
    payload: dict[str, Any]
    state: JobState
    done: int
    total: int | None
    outcome: dict[str, Any] | None
    created_by: int | None
    created_at: int
    ended_at: int | None


def ask_for_job(
    tx: Tx, kind: str, payload: Mapping[str, object], *, project_id: int | None, actor_id: int | None
) -> int:
    """Queue a job in the asking action's own transaction; returns its id."""
    return tx.insert(
        insert(t.job),
        {
            "kind": kind,
            "project_id": project_id,
            "payload": _json(payload),
            "state": JobState.QUEUED,
            "created_by": actor_id,
            "created_at": tx.at,
        },
    )


def _json(value: Mapping[str, object]) -> str:
    return msgspec.json.encode(value).decode()


def _job(row: Row[Any]) -> Job:
    return Job(
        row.id,
        row.kind,
        row.project_id,
        msgspec.json.decode(row.payload),
        JobState(row.state),
        row.done,
        row.total,
        msgspec.json.decode(row.outcome) if row.outcome else None,
        row.created_by,
        row.created_at,
        row.ended_at,
    )


def find_live_job(
    connection: Connection, kind: str, payload: Mapping[str, object], project_id: int | None
) -> Job | None:
    """The same job, asked for before and not over."""
    live = (t.job.c.state.in_([JobState.QUEUED, JobState.RUNNING])) & (t.job.c.cancel_asked == 0)
    same = (t.job.c.kind == kind) & (t.job.c.project_id == project_id) & (t.job.c.payload == _json(payload))
    row = connection.execute(select(t.job).where(live, same).order_by(t.job.c.id).limit(1)).first()
    return _job(row) if row else None


def find_job(connection: Connection, job_id: int) -> Job | None:
    row = connection.execute(select(t.job).where(t.job.c.id == job_id)).first()
    return _job(row) if row else None


def list_jobs(connection: Connection, project_id: int, limit: int = 20) -> list[Job]:
    """A project's latest jobs, newest first."""
    found = select(t.job).where(t.job.c.project_id == project_id).order_by(t.job.c.id.desc()).limit(limit)
    return [_job(row) for row in connection.execute(found)]


def cancel_job(tx: Tx, job_id: int) -> None:
    """Ask a job to stop; a queued one is over at once."""
    mine = update(t.job).where(t.job.c.id == job_id)
    over = {"state": JobState.CANCELLED, "outcome": _json(_refused(JobCancelled())), "ended_at": tx.at}
    tx.execute(mine.where(t.job.c.state == JobState.QUEUED).values(over))
    tx.execute(mine.where(t.job.c.state == JobState.RUNNING).values(cancel_asked=1))


class JobRun:
    """One handler's hold on its job."""

    def __init__(self, house: "House", job: Job, worker: str, checkpoint: dict[str, Any] | None) -> None:
        self.house = house
        self.job = job
        self.checkpoint = checkpoint
        self._worker = worker

    def advance(
        self,
        work: Callable[[Tx], None] | None = None,
        *,
        done: int,
        total: int | None = None,
        checkpoint: Mapping[str, object] | None = None,
    ) -> None:
        """Write one chunk, the progress and the checkpoint in one transaction.

        Raises `JobCancelled` when somebody asked the job to stop or another worker has taken it over.
        """
        values: dict[str, object] = {"done": done, "beat_at": self.house.clock()}
        if total is not None:
            values["total"] = total
        if checkpoint is not None:
            values["checkpoint"] = _json(checkpoint)

        def chunk(tx: Tx) -> None:
            held = (t.job.c.id == self.job.id) & (t.job.c.worker == self._worker) & (t.job.c.cancel_asked == 0)
            if tx.execute(update(t.job).where(held).values(values)).rowcount == 0:
                raise JobCancelled
            if work is not None:
                work(tx)

        self.house.write(chunk)

    def give_way(self) -> None:
        """Let what was asked for meanwhile go first. To be called where the checkpoint holds all that was done."""
        with self.house.reading() as connection:
            others = select(t.job.c.id).where(t.job.c.state == JobState.QUEUED, t.job.c.beat_at.is_(None)).limit(1)
            if connection.execute(others).first() is not None:
                raise StoodBackError

    def was_cancelled(self, tx: Tx) -> bool:
        """Whether somebody asked the job to stop; otherwise another worker has it, and goes on with it."""
        asked = select(t.job.c.cancel_asked).where(t.job.c.id == self.job.id)
        return bool(tx.execute(asked).scalar())


Handler: TypeAlias = Callable[[JobRun], Mapping[str, object]]


def work_jobs(
    house: "House",
    handlers: Mapping[str, Handler],
    *,
    patience: float | None = 0.0,
    only: int | None = None,
) -> int:
    """Run queued jobs until none has come for `patience` seconds (`None`: for ever); returns how many were run.

    `only` runs that one job. Progress, refusals and faults are stored in the job's row.
    """
    worker = f"{socket.gethostname()}:{os.getpid()}:{time.monotonic_ns()}"
    count, idle_since = 0, time.monotonic()
    while True:
        claimed = house.write(lambda tx: _claim(tx, worker, only))
        if claimed is not None:
            _run(house, handlers, worker, *claimed)
            count, idle_since = count + 1, time.monotonic()
        elif only is not None or (patience is not None and time.monotonic() - idle_since >= patience):
            return count
        else:
            time.sleep(IDLE_SECONDS)


def _claim(tx: Tx, worker: str, only: int | None) -> tuple[Job, dict[str, Any] | None] | None:
    lost = (t.job.c.state == JobState.RUNNING) & (t.job.c.beat_at < tx.at - LOST_AFTER)
    free = select(t.job).where(or_(t.job.c.state == JobState.QUEUED, lost))
    if only is not None:
        free = free.where(t.job.c.id == only)
    free = free.order_by(t.job.c.beat_at.nulls_first(), t.job.c.id).limit(1).with_for_update(skip_locked=True)
    while (row := tx.execute(free).first()) is not None and row.attempts >= MAX_ATTEMPTS:
        _give_up(tx, row)
    if row is None:
        return None
    taken = {"state": JobState.RUNNING, "worker": worker, "beat_at": tx.at, "attempts": row.attempts + 1}
    tx.execute(update(t.job).where(t.job.c.id == row.id).values(taken))
    return _job(row), msgspec.json.decode(row.checkpoint) if row.checkpoint else None


def _give_up(tx: Tx, row: Row[Any]) -> None:
    over = {"state": JobState.FAILED, "outcome": _json(_refused(JobGivenUp(attempts=row.attempts))), "ended_at": tx.at}
    tx.execute(update(t.job).where(t.job.c.id == row.id).values(over))


def _run(
    house: "House", handlers: Mapping[str, Handler], worker: str, job: Job, checkpoint: dict[str, Any] | None
) -> None:
    run = JobRun(house, job, worker, checkpoint)
    try:
        with _beating(house, job.id, worker):
            run.advance(done=job.done)
            outcome = dict(handlers[job.kind](run))
        state = JobState.DONE
    except StoodBackError:
        _stand_back(house, job, worker)
        return
    except JobCancelled as refusal:
        outcome, state = _refused(refusal), JobState.CANCELLED
    except Refusal as refusal:
        outcome, state = _refused(refusal), JobState.FAILED
    except Exception as fault:
        log.exception("job-broken", job=job.id, kind=job.kind)
        outcome, state = _refused(JobBroken(fault=f"{type(fault).__name__}: {fault}"[:300])), JobState.FAILED
    _end(house, job, worker, state, outcome)


def _stand_back(house: "House", job: Job, worker: str) -> None:
    """Back into the queue; a job that somebody cancelled at this moment is over."""
    mine = update(t.job).where(t.job.c.id == job.id, t.job.c.worker == worker)
    over = {"state": JobState.CANCELLED, "outcome": _json(_refused(JobCancelled()))}

    def write(tx: Tx) -> None:
        tx.execute(mine.where(t.job.c.cancel_asked == 0).values(state=JobState.QUEUED, worker=None, attempts=0))
        tx.execute(mine.where(t.job.c.cancel_asked == 1).values(**over, ended_at=tx.at))

    house.write(write)


def _refused(refusal: Refusal) -> dict[str, object]:
    return {
        "error": {
            "code": refusal.code,
            "sentence": refusal.sentence,
            "next": refusal.next_step,
            "details": {key: str(value) for key, value in refusal.details.items()},
        }
    }


def _end(house: "House", job: Job, worker: str, state: JobState, outcome: Mapping[str, object]) -> None:
    mine = (t.job.c.id == job.id) & (t.job.c.worker == worker)
    values = {"state": state, "outcome": _json(outcome)}
    house.write(lambda tx: tx.execute(update(t.job).where(mine).values(**values, ended_at=tx.at)))


@contextmanager
def _beating(house: "House", job_id: int, worker: str) -> Generator[None]:
    """Tell the table every few seconds that this worker lives."""
    over = threading.Event()

    def beat() -> None:
        mine = (t.job.c.id == job_id) & (t.job.c.worker == worker)
        while not over.wait(BEAT_SECONDS):
            try:
                house.write(lambda tx: tx.execute(update(t.job).where(mine).values(beat_at=tx.at)))
            except Exception:
                log.exception("job-heart", job=job_id)

    heart = threading.Thread(target=beat, daemon=True, name="guiju-job-heart")
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()
