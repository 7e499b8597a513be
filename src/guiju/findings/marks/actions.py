"""Labels are counted behind the resolutions: a few at once when somebody asks, many as a job."""

from typing import Any

from guiju.findings.marks import store
from guiju.kinds import decode_answers, kind_of
from guiju.storage import House, JobRun, Tx, ask_for_job, find_job

COUNT_MARKS = "findings.marks"
CHUNK = 1_000
SETTLED_AFTER = 10_000_000
LABEL_CHARACTERS = 60


def bring_up(house: House, project_id: int) -> bool:
    """Count what was resolved since; whether all of it is counted now. What is too much at once becomes a job."""
    with house.reading() as connection:
        upto, job_id = store.place_of(connection, project_id)
        new = store.read_new(connection, project_id, upto, CHUNK + 1, house.clock() - SETTLED_AFTER)
        job = find_job(connection, job_id) if job_id else None
    if not new:
        return True
    if len(new) <= CHUNK:
        house.write(lambda tx: _count(tx, project_id, new))
        return True
    if job is None or job.state.is_over:
        house.write(lambda tx: _ask(tx, project_id))
    return False


def _ask(tx: Tx, project_id: int) -> None:
    _, job_id = store.place_of(tx.connection, project_id)
    job = find_job(tx.connection, job_id) if job_id else None
    if job is None or job.state.is_over:
        store.set_job(tx, project_id, ask_for_job(tx, COUNT_MARKS, {}, project_id=project_id, actor_id=None))


def run_count(run: JobRun) -> dict[str, object]:
    """The job that counts alone."""
    return {"resolutions": count_all(run)}


def count_all(run: JobRun) -> int:
    """Chunk after chunk from where the last one ended, which the table itself remembers; how many there were."""
    project_id, done = int(run.job.project_id or 0), 0
    while True:
        with run.house.reading() as connection:
            upto, _ = store.place_of(connection, project_id)
            new = store.read_new(connection, project_id, upto, CHUNK, run.house.clock() - SETTLED_AFTER)
        if not new:
            return done
        done += len(new)
        run.advance(lambda tx, new=new: _count(tx, project_id, new), done=done)


def _count(tx: Tx, project_id: int, new: list[tuple[int, int, str]]) -> None:
    """Only what nobody counted meanwhile."""
    upto, _ = store.place_of(tx.connection, project_id)
    fresh = [each for each in new if each[0] > upto]
    if not fresh:
        return
    latest = {item: answers for _, item, answers in fresh}
    rows = [row for item, answers in latest.items() for row in _rows(project_id, item, answers)]
    store.put_marks(tx, project_id, fresh[-1][0], list(latest), rows)


def _rows(project_id: int, item: int, answers: str) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], int] = {}
    for field, answer in decode_answers(answers.encode()).items():
        for label, n in kind_of(answer).labels_of(answer).items():
            key = (field[:LABEL_CHARACTERS], label[:LABEL_CHARACTERS])
            found[key] = found.get(key, 0) + n
    return [
        {"project_id": project_id, "field": field, "label": label, "item_id": item, "n": n}
        for (field, label), n in found.items()
    ]
