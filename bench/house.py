"""A house to measure in: a project of so many short texts, in production, with eight annotators and a server."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from guiju.briefs import save_brief, sign_brief
from guiju.data import JOBS as HANDLERS
from guiju.data import start_import
from guiju.kit import new_id
from guiju.people import Role, create_account, set_up
from guiju.people.tokens.actions import create_token
from guiju.projects import create_project, set_member
from guiju.rulebooks import publish_rulebook, save_draft
from guiju.samples.documents import brief_text, rulebook_text
from guiju.storage import Actor, House, opened_house, work_jobs
from guiju.work import open_production

CLIENTS = 8
# As it is where Guiju is installed: with compiled bytecode.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Bench:
    """What the measuring clients need."""

    home: Path
    project: int
    round: int
    tokens: list[str]
    trainer_token: str


def write_texts(path: Path, count: int) -> Path:
    """A CSV of `count` short distinct texts."""
    with path.open("w", encoding="utf-8") as out:
        out.write("id,text\n")
        for n in range(count):
            out.write(f"m{n:07d},订单 {n:07d} 的包裹三天没有更新了，请帮我查一下现在到哪里了\n")
    return path


def build(home: Path, tasks: int) -> Bench:
    """Make the home: `tasks` texts imported, a rulebook published, production open for anybody."""
    with opened_house(home) as house:
        admin = Actor(
            set_up(house, email="admin@bench.test", name="Admin", password="bench bench"),
            "Admin",
            "admin@bench.test",
            is_admin=True,
            trusted=True,
        )
        project = create_project(house, admin, request_id=new_id(), name="Bench")
        import_texts(house, admin, project, write_texts(home / "texts.csv", tasks))
        save_draft(house, admin, project, document=rulebook_text("service"), from_revision=0, request_id=new_id())
        publish_rulebook(house, admin, project, request_id=new_id())
        mark = save_brief(house, admin, project, document=brief_text("service"), started_from=None, request_id=new_id())
        sign_brief(house, admin, project, version=mark[0], revision=mark[1], request_id=new_id())
        round_id = open_production(house, admin, project, request_id=new_id(), reason="a benchmark")
        tokens = [_annotator(house, admin, project, n) for n in range(CLIENTS)]
        trainer = create_token(house, admin, request_id=new_id(), name="bench").secret
    return Bench(home, project, round_id, tokens, trainer)


def _annotator(house: House, admin: Actor, project: int, n: int) -> str:
    account, _ = create_account(house, admin, email=f"a{n}@bench.test", name=f"A{n}", password="bench bench")
    set_member(house, admin, project, account, Role.ANNOTATOR)
    actor = Actor(account, f"A{n}", f"a{n}@bench.test")
    return create_token(house, actor, request_id=new_id(), name="bench").secret


def import_texts(house: House, actor: Actor, project: int, path: Path) -> None:
    """Import a file in this process, as the command does."""
    started = start_import(house, actor, project, request_id=new_id(), paths=[path])
    work_jobs(house, HANDLERS, only=started.job)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(home: Path, *options: str) -> Generator[tuple[int, subprocess.Popen[bytes], float]]:
    """A server on `home`: its port, its process, and the seconds it took to its first page."""
    port = free_port()
    begun = time.perf_counter()
    command = [sys.executable, "-m", "guiju", "serve", "--home", str(home), "--port", str(port), *options]
    server = subprocess.Popen(command, env=ENVIRONMENT)
    try:
        wait_for(port)
        yield port, server, time.perf_counter() - begun
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def wait_for(port: int, path: str = "/sign-in") -> None:
    """Wait until the server answers `path` with its page."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as probe:
            probe.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            if probe.recv(12).endswith(b"200"):
                return
        time.sleep(0.02)
    raise TimeoutError("the server did not start")


def resident_mib(pid: int) -> float:
    """A process's resident memory."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def cpu_seconds(pid: int) -> float:
    """What a process has taken of the processors since it began."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def scratch() -> Generator[Path]:
    """A folder on the disk that homes lie on (not in memory: what is measured includes its fsync)."""
    with tempfile.TemporaryDirectory(prefix="guiju-bench-", dir=os.environ.get("GUIJU_BENCH_DIR")) as folder:
        yield Path(folder)
