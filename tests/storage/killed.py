"""A program that dies of SIGKILL: `python killed.py (write|work) HOME DATABASE SECONDS`.

`write` writes from eight threads, prints the id of each request once its write was answered, and kills itself after
`SECONDS` in the middle of that. `work` works the jobs until it is killed.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import insert

from guiju.kit import new_id
from guiju.storage import Event, House, JobRun, Tx, open_house, work_jobs
from guiju.storage.tables import receipt

THREADS = 8
CHUNKS = 40


def write_once(house: House, request_id: str) -> int:
    """One journal row for `request_id`, however often it is sent."""
    return house.write(
        lambda tx: tx.once(request_id, None, "test.press", lambda: tx.journal(Event(None, "test.pressed")))
    )


def _press(house: House, until: float) -> None:
    """The kill comes right after an answer, when one that was given too early would show."""
    while True:
        request_id = new_id()
        os.write(1, f"sent {request_id}\n".encode())
        write_once(house, request_id)
        os.write(1, f"stored {request_id}\n".encode())
        if time.monotonic() > until:
            os.kill(os.getpid(), signal.SIGKILL)


def count_slowly(run: JobRun) -> dict[str, object]:
    """A job of `CHUNKS` chunks, each a row; a row written twice would break its key."""
    start = run.checkpoint["next"] if run.checkpoint else 0
    for number in range(start, CHUNKS):
        time.sleep(run.job.payload["seconds"])
        run.advance(lambda tx, n=number: _put(tx, n), done=number + 1, total=CHUNKS, checkpoint={"next": number + 1})
        os.write(1, f"chunk {number}\n".encode())
    return {"started_at": start}


def _put(tx: Tx, number: int) -> None:
    tx.execute(
        insert(receipt), {"request_id": f"chunk-{number:04}", "action": "test.chunk", "outcome": "0", "at": tx.at}
    )


@contextmanager
def running(what: str, house: House, seconds: float = 60) -> "Generator[subprocess.Popen[str]]":
    """This program on the home of `house`; killed at the end of the block if it still runs."""
    command = [sys.executable, __file__, what, str(house.home), house.database.url, str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def main(what: str, home: str, database: str, seconds: str) -> None:
    house = open_house(Path(home), database=database)
    if what == "work":
        work_jobs(house, {"count": count_slowly})
        return
    for _ in range(THREADS):
        threading.Thread(target=_press, args=(house, time.monotonic() + float(seconds)), daemon=True).start()
    time.sleep(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
