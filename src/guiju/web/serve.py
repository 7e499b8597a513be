"""One server process: uvicorn, the journal's subscribers, and a worker process while there are jobs."""

import gc
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from sqlalchemy import select

from guiju.consensus.wanting import weigh_open
from guiju.exams import settle_overdue
from guiju.feeds import ask_for_due
from guiju.kit import without_collecting
from guiju.planning.days import keep_days
from guiju.storage import House, JobState, pump
from guiju.storage.journal import seal
from guiju.storage.tables import job
from guiju.web.app import create_app
from guiju.web.subscribers import SUBSCRIBERS
from guiju.web.wire import JoinedProtocol

PULSE_SECONDS = 0.5
SWITCH_SECONDS = 0.001
# What is under way when the server is told to stop: an answer is given in that time, a long download is broken off.
GRACE_SECONDS = 10
log = structlog.get_logger()


def run_server(house: House, *, home: Path, database: str | None, host: str, port: int) -> None:
    """Serve until told to stop."""
    configure_log()
    # The writer's thread and the event loop share the interpreter; short turns keep an answer from waiting 5 ms.
    sys.setswitchinterval(SWITCH_SECONDS)
    pulse = Pulse(house, home, database)
    pulse.start()
    with without_collecting():
        site = create_app(house)
    # What is loaded now stays: the collector need not walk it again each time.
    gc.freeze()
    config = uvicorn.Config(
        site,
        host=host,
        port=port,
        http=JoinedProtocol,
        log_level="warning",
        access_log=False,
        proxy_headers=True,
        lifespan="on",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    try:
        uvicorn.Server(config).run()
    finally:
        pulse.stop()


def configure_log() -> None:
    """One line of JSON an event; a fault with its traceback, never with the values in it: those may be secrets."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class Pulse:
    """What goes on beside the requests: subscribers act on the journal, jobs find a worker."""

    def __init__(self, house: House, home: Path, database: str | None) -> None:
        self._house = house
        self._command = [sys.executable, "-m", "guiju", "worker", "--until-idle", "--home", str(home)]
        self._command += ["--database", database] if database else []
        self._worker: subprocess.Popen[Any] | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="guiju-pulse")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()
        if self._worker is not None:
            self._worker.terminate()

    def _run(self) -> None:
        while not self._over.wait(PULSE_SECONDS):
            try:
                self._beat()
            except Exception:
                log.exception("pulse")

    def _beat(self) -> None:
        ask_for_due(self._house)
        if self._worker is None or self._worker.poll() is not None:
            self._worker = subprocess.Popen(self._command) if self._has_jobs() else None  # noqa: S603 - our own program
        pump(self._house.database, SUBSCRIBERS)
        settle_overdue(self._house)
        weigh_open(self._house)
        seal(self._house.database)
        keep_days(self._house)

    def _has_jobs(self) -> bool:
        waiting = job.c.state.in_([JobState.QUEUED, JobState.RUNNING])
        with self._house.reading() as connection:
            return connection.execute(select(job.c.id).where(waiting).limit(1)).first() is not None
